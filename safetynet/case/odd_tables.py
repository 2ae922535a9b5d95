"""What is odd about people, agencies, concerns, links and permissions, and about columns of one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..errors import Problem, nearest
from .headings import twin_of
from .look import Look, Said
from .schema import BY_NAME
from .vocabulary import SECTORS

MOST_HINTS = 100  # agencies of which the nearest that is listed is looked for


def columns(look: Look) -> Iterator[Problem]:
    """Columns of one's own that look like one of ours beside it; they are kept as they are."""
    for name, table in look.raw.items():
        for column in table.columns:
            if BY_NAME[name].get(column) is None and (near := twin_of(name, column, ())):
                problem = f"the column {column!r} is kept as one of your own beside {near!r}."
                yield Problem(name, "", column, column, problem, f"Put what it holds into {near!r} if it is that.")


def people(look: Look) -> Iterator[Problem]:
    """Two people of one name; a remit of somebody who is no professional."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for place, person in enumerate(look.records.people.values()):
        ids = names[" ".join(person.name.casefold().split())]
        ids.append(person.id)
        if len(ids) == 2:
            hint = (
                "If they are one human being, give them one id: two ids would make one head's knowledge look unshared."
            )
            said = Said("name", ";".join(ids), f"{' and '.join(ids)} have the same name.", hint)
            yield look.at("people", place, said)
        if person.remit != "works_with" and person.kind != "professional":
            said = Said("remit", person.id, "remit has no effect: they are no professional.", "Leave it empty.")
            yield look.at("people", place, said)


def agencies(look: Look) -> Iterator[Problem]:
    """Agencies that people name and the table of agencies does not list."""
    listed = [name for name in look.records.agencies if name not in look.created]
    for number, name in enumerate(look.created):
        near = nearest(name, listed, 1) if number < MOST_HINTS else []
        problem = f"the agency {name!r} is named by a person but not listed; it was created."
        hint = f"Did you mean {near[0]!r}?" if near else "List it to give it a sector."
        yield Problem("agencies", "", "id", name, problem, hint)


def concerns(look: Look) -> Iterator[Problem]:
    """A reassurance of no worry, a concern that nobody ever observed."""
    seen = {one for row in look.records.rows if row.kind == "observed" for one in row.concerns}
    for place, concern in enumerate(look.records.concerns.values()):
        calm = [one for one in concern.answers if not look.records.concerns[one].is_worry]
        if calm:
            hint = "answers names the worries that a reassurance allays."
            yield look.at("concerns", place, Said("answers", ";".join(calm), "it answers no worry.", hint))
        if concern.id not in seen:
            hint = "Add an observed row if the record says who saw it first."
            yield look.at("concerns", place, Said("id", concern.id, "no row shows that anybody observed it.", hint))


def links(look: Look) -> Iterator[Problem]:
    """Two concerns joined as one matter that could be one, and a link of a concern with itself."""
    for place, link in enumerate(look.records.links):
        one, other = look.records.concerns[link.source], look.records.concerns[link.target]
        if one is other:
            said = Said("to", one.id, "it joins a concern with itself.", "Name the other concern.")
            yield look.at("links", place, said)
        elif link.kind == "same_matter" and (set(one.about), one.category) == (set(other.about), other.category):
            problem = (
                f"{one.id!r} and {other.id!r} are of one category about the same child: they could be one concern."
            )
            hint = "Keep both if they are two reports of one thing; make them one if they are one report."
            yield look.at("links", place, Said("kind", f"{one.id};{other.id}", problem, hint))


def places(look: Look) -> Iterator[Problem]:
    """Places of the permissions that may be read in two ways: an agency whose id is the word for a sector."""
    both = {name for name in look.records.agencies if name in SECTORS}
    for place, rule in enumerate(look.records.permissions or ()):
        for column, one in (("from", rule.source), ("to", rule.target)):
            if one in both:
                problem = f"{one!r} is an agency and a sector: the row counts for both."
                yield look.at("permissions", place, Said(column, one, problem, "Give the agency another id."))


RULES = (columns, people, agencies, concerns, links, places)
