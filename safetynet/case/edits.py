"""What is left out when a new case is made of a checked one: `until`, `between`, `without` and `about`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..dates import Window
from ..errors import ArgumentError, brief, unknown
from .parts import Parts
from .records import Concern, RawTable, Records, Row
from .vocabulary import WORD_KINDS

Tables = Mapping[str, RawTable]
REFERENCES = ("ref", "disputes")
ACTORS = ("who", "to", "present", "absent", "interpreter")
NAMES_SOMEBODY = (*WORD_KINDS, "assumed", "believed", "withheld")  # a row of these kinds means another without its `to`
ALSO_WITHOUT_CONCERNS = ("opened", "closed", "done")  # a row of these kinds says something without its concerns


def only_rows(raw: Tables, records: Records, stays: Callable[[Row], bool]) -> Parts:
    """The case with some of its rows; a reference to a row that is gone is taken out."""
    parts = Parts(raw, records)
    parts.cut("chronology", REFERENCES, parts.keep("chronology", stays))
    return parts


def _named(records: Records, ids: Iterable[str]) -> dict[str, set[str]]:
    """What the ids that a caller gave stand for, by table."""
    tables: dict[str, Mapping[str, Any]] = {
        "people": records.people,
        "agencies": records.agencies,
        "concerns": records.concerns,
        "chronology": records.by_id,
    }
    found: dict[str, set[str]] = {table: set() for table in tables}
    for name in ids:
        if not isinstance(name, str):
            raise ArgumentError(f"{brief(name)} is not an id. Give ids as texts, one by one: case.without('p3', 'p4').")
        places = [table for table, known in tables.items() if name in known]
        if not places:
            raise unknown("the id", name, [known for table in tables.values() for known in table])
        if len(places) > 1:
            both = " and of ".join(places)
            raise ArgumentError(f"{name!r} stands for a row of {both}. Give one of them another id first.")
        found[places[0]].add(name)
    return found


def leave_out(raw: Tables, records: Records, ids: Iterable[str]) -> Parts:
    """Every table without the given people, agencies, concerns or rows."""
    gone = _named(records, ids)
    gone["people"] |= {person.id for person in records.people.values() if person.agency in gone["agencies"]}
    people, agencies = gone["people"], gone["agencies"]
    actors = people | agencies
    parts = Parts(raw, records)
    parts.keep("people", lambda person: person.id not in people)
    parts.keep("agencies", lambda agency: agency.id not in agencies)
    _leave_out_concerns(parts, lambda one: one.id not in gone["concerns"] and bool(set(one.about) - people), people)
    lost = records.concerns.keys() - {one.record.id for one in parts.entries("concerns")}
    _leave_out_of_rows(parts, gone["chronology"], actors, people, lost)
    parts.keep("ties", lambda tie: tie.source not in actors and tie.target not in actors)
    parts.keep("services", lambda service: service.person not in people and service.agency not in agencies)
    parts.keep("permissions", lambda rule: rule.source not in agencies and rule.target not in agencies)
    parts.keep("links", lambda link: not link.who or bool(set(link.who) - actors))
    parts.cut("links", ("who",), actors)
    parts.keep("conditions", lambda condition: condition.agency not in agencies)
    return parts


def _leave_out_concerns(parts: Parts, stays: Callable[[Concern], bool], people: set[str]) -> None:
    """Keep some concerns; what answers or joins the others goes with them."""
    lost = parts.keep("concerns", stays)
    parts.cut("concerns", ("about",), people)
    parts.cut("concerns", ("answers",), lost)
    parts.keep("links", lambda link: link.source not in lost and link.target not in lost)


def _leave_out_of_rows(parts: Parts, rows: set[str], actors: set[str], people: set[str], concerns: set[str]) -> None:
    """The chronology without some rows, and without some people, agencies and concerns in the others."""
    gone = parts.keep("chronology", lambda row: row.id not in rows)
    before = {one.record.id: one.record for one in parts.entries("chronology")}
    parts.cut("chronology", ACTORS, actors)
    parts.cut("chronology", ("about",), people)
    parts.cut("chronology", ("concerns",), concerns)
    gone |= parts.keep("chronology", lambda row: row is before[row.id] or _still_says(before[row.id], row))
    _forget(parts, gone)


def _still_says(before: Row, row: Row) -> bool:
    """Whether a row that lost some of what it names is a row still."""
    if (before.who and not row.who) or (before.about and not row.about):
        return False
    if before.to and not row.to and row.kind in NAMES_SOMEBODY:
        return False
    lost_concerns = bool(before.concerns) and not row.concerns
    return not lost_concerns or row.is_contact or bool(row.seen) or row.kind in ALSO_WITHOUT_CONCERNS


def _forget(parts: Parts, gone: set[str]) -> None:
    """Leave out what was done about rows that are gone, and every reference to them."""
    gone = gone | parts.keep("chronology", lambda row: row.kind != "done" or not row.ref or bool(set(row.ref) - gone))
    parts.cut("chronology", REFERENCES, gone)


def rewrite(
    raw: Tables,
    records: Records,
    gone: Iterable[str],
    rows: Mapping[str, Mapping[str, str | tuple[str, ...] | Window]],
) -> Parts:
    """The case without some rows and with other dates, people or concerns in some of the others.

    What is written is of a form that the record could have had: it is not checked again.
    """
    parts = leave_out(raw, records, gone)
    entries = parts.entries("chronology")
    for place, one in enumerate(entries):
        if cells := rows.get(one.record.id):
            entries[place] = parts.changed("chronology", one, cells)
    return parts


def about_child(raw: Tables, records: Records, child: str) -> Parts:
    """The tables as seen from one child."""
    if child not in records.children:
        raise unknown("the child", child, records.children)
    others = set(records.children) - {child}
    parts = Parts(raw, records)
    parts.change("people", lambda person: person.id in others, kind="family")
    dropped = {one.id for one in records.concerns.values() if child not in one.about and set(one.about) & others}
    _leave_out_concerns(parts, lambda one: one.id not in dropped, set())
    gone = parts.keep("chronology", lambda row: not row.about or child in row.about)
    parts.cut("chronology", ("about",), others)
    before = {one.record.id: one.record for one in parts.entries("chronology")}
    parts.cut("chronology", ("concerns",), dropped)
    gone |= parts.keep("chronology", lambda row: _still_says(before[row.id], row))
    _forget(parts, gone)
    parts.keep("services", lambda service: service.person not in others)
    return parts
