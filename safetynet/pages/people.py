"""Who was there: agencies with the roles in them, or the people; the family; and what the work was done in."""

from __future__ import annotations

from typing import Any

from ..case.records import Person
from ..record.snapshot import Snapshot
from ..wording import in_words, when
from .extent import Extent
from .lines import Column, Table, table
from .names import Names, Said

AGENCIES = (
    Column("agency", "Agency", "who"),
    Column("sector", "Sector", "words"),
    Column("people", "People in it, by role", "prose"),
    Column("since", "First in a row", "day"),
    Column("involved", "Still involved", "text"),
    Column("held", "Concerns on record", "text"),
)
PEOPLE = (
    Column("person", "Professional", "who"),
    Column("role", "Role", "prose"),
    Column("agency", "Agency", "who"),
    Column("since", "First in a row", "day"),
    Column("involved", "Still involved", "yes"),
    Column("held", "Concerns on record", "text"),
)
FAMILY = (
    Column("person", "Name", "who"),
    Column("kind", "Who they are", "text"),
    Column("role", "Role in the record", "prose"),
    Column("held", "Concerns on record", "text"),
)
CONDITIONS = (
    Column("kind", "What", "words"),
    Column("agency", "Where", "who"),
    Column("period", "When", "text"),
    Column("summary", "In the words of the record", "prose"),
)
AROUND = {"child": "the child", "family": "family", "support": "natural support", "public": "public"}


def people_of(view: Snapshot, names: Names, extent: Extent) -> dict[str, Table]:
    """The tables of people: by agency, by person, the family, and the conditions of the work."""
    people = view.records.people.values()
    staff = [one for one in people if one.kind == "professional" and one.id in view.appeared]
    family = [one for one in people if one.kind != "professional"]
    limits: dict[str, Any] = {"room": extent.room(24)}
    return {
        "agencies": table("agencies", "Agencies and roles", AGENCIES, _agencies(view, names, staff), names, **limits),
        "people": table("people", "Professionals", PEOPLE, [_person(view, one) for one in staff], names, **limits),
        "family": table(
            "family", "Family and those round it", FAMILY, [_kin(view, one) for one in family], names, **limits
        ),
        "conditions": table("conditions", "What the work was done in", CONDITIONS, _conditions(view), names, **limits),
    }


def _held(view: Snapshot, *ones: str) -> str:
    return str(len({concern for one in ones for concern in view.held.get(one, ())}) or "")


def _agencies(view: Snapshot, names: Names, staff: list[Person]) -> list[dict[str, Any]]:
    """A line for each agency that has appeared, in the order in which they did, and one for those without an agency."""
    homes: dict[str, list[str]] = {one: [] for one in view.records.agencies if one in view.appeared}
    for person in staff:
        homes.setdefault(person.agency, []).append(person.id)
    made = []
    for home, people in homes.items():
        agency = view.records.agencies.get(home)
        inside = sum(one in view.involved for one in people)
        made.append(
            {
                "agency": home if agency else Said("no agency given", "no agency given"),
                "sector": agency.sector if agency else "",
                "people": Said(
                    in_words(names.roles[one] for one in people), "; ".join(names.of(one).person for one in people)
                ),
                "since": min(view.appeared[one] for one in (home, *people) if one in view.appeared),
                "involved": f"{inside} of {len(people)}" if people else "",
                "held": _held(view, home, *people),
            }
        )
    return sorted(made, key=lambda line: line["since"])


def _person(view: Snapshot, one: Person) -> dict[str, Any]:
    who = {"person": one.id, "role": one.role, "agency": one.agency}
    return {**who, "since": view.appeared[one.id], "involved": one.id in view.involved, "held": _held(view, one.id)}


def _kin(view: Snapshot, one: Person) -> dict[str, Any]:
    return {"person": one.id, "kind": AROUND[one.kind], "role": one.role, "held": _held(view, one.id)}


def _conditions(view: Snapshot) -> list[dict[str, Any]]:
    """The conditions that began by the day, or whose beginning the record does not say."""
    return [
        {"kind": one.kind, "agency": one.agency, "period": _period(one.start, one.end), "summary": one.summary}
        for one in view.records.conditions
        if one.start is None or one.start.first <= view.day
    ]


def _period(start: Any, end: Any) -> str:
    said = {"from": start, "to": end}
    return " ".join(f"{word} {when(window)}" for word, window in said.items() if window is not None)
