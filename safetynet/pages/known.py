"""Who knew what: the concerns with their codes, and who has each on record, by agency and by person."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..dates import date_of
from ..record.naming import gravest_first
from ..record.snapshot import Snapshot
from ..tables._who_knew_what import STATES, Cell, lines
from ..wording import count
from .extent import Extent, first
from .lines import Column, Table, table
from .names import Names, Said

SIGNS: Mapping[str, str] = {
    "first hand": "S",
    "source not recorded": "?",
    "told": "T",
    "possible": "·",
    "no record": "",
}
AROUND = {
    "child": "the child",
    "family": "the family",
    "support": "natural support",
    "public": "others round the child",
}
ROOM = 56  # letters and the room of a cell that fit beside the names on A4
CONCERNS = (
    Column("id", "Code", "text"),
    Column("summary", "Concern", "prose"),
    Column("category", "Category", "words"),
    Column("severity", "Severity", "text"),
    Column("since", "First on a professional's record", "day"),
    Column("holders", "Professionals who have it", "text"),
)


class Mark(NamedTuple):
    """One cell: its sign, the word for it, and since when."""

    sign: str
    state: str
    since: str


class Line(NamedTuple):
    """One line: the heading under which it stands, who it is, whether they have left, and the cells."""

    group: str
    name: Said
    left: bool
    marks: list[Mark]


class Matrix(NamedTuple):
    """Part of the table of who knew what, as wide as a page: some concerns, and everybody."""

    concerns: list[str]
    lines: list[Line]


class Known(NamedTuple):
    """The whole of it, by agency and by person, and what is left out."""

    agency: list[Matrix]
    person: list[Matrix]
    left_out: str


def concerns_of(view: Snapshot, names: Names, extent: Extent) -> Table:
    """Every concern with its code; gravest first."""
    order = gravest_first(view, view.records.concerns)
    return table(
        "concerns",
        "The concerns and their codes",
        CONCERNS,
        [_concern(view, one) for one in order],
        names,
        room=extent.room(48),
    )


def _concern(view: Snapshot, one: str) -> dict[str, object]:
    concern = view.records.concerns[one]
    holders = len(view.holders.get(one, frozenset()) & view.professionals)
    since = view.first_known.get(one)
    known = {"severity": concern.severity or "", "since": since, "holders": holders}
    return {"id": one, "summary": concern.summary, "category": concern.category, **known}


def known_of(view: Snapshot, names: Names, extent: Extent) -> Known:
    """Who had what on record: nobody who has nothing has a line; concerns that were shared stand close together."""
    every = lines(view, family=True, chains=False)
    concerns = list(dict.fromkeys(cell.concern for cell in every))
    of: dict[str, dict[str, Cell]] = {}
    for one in every:
        of.setdefault(one.holder, {})[one.concern] = one
    holders = [one for one, cells in of.items() if any(cell.state != "no record" for cell in cells.values())]
    room = len(concerns) if extent.cells is None else max(1, extent.cells // max(1, len(holders)))
    chosen = set(first(gravest_first(view, concerns), room))
    kept = [one for one in concerns if one in chosen]
    headings = _headings(view, holders)
    people = [
        _person(view, names, one, [[of[one][concern]] for concern in kept])
        for members in headings.values()
        for one in members
    ]
    agencies = [
        _line("", Said(group, group), False, [[of[one][concern] for one in members] for concern in kept])
        for (group, _), members in headings.items()
    ]
    left_out = count(len(concerns) - len(kept), "concern") if len(kept) < len(concerns) else ""
    return Known(_parts(kept, agencies), _parts(kept, people), left_out)


def _headings(view: Snapshot, holders: Iterable[str]) -> dict[tuple[str, bool], list[str]]:
    """The holders under the heading of their agency, the family or those round it; agencies first."""
    found: dict[tuple[str, bool], list[str]] = {}
    kinds = list(AROUND)
    people = view.records.people
    for one in sorted(holders, key=lambda one: 1 + kinds.index(people[one].kind) if one in view.family else 0):
        found.setdefault((_group(view, one), one in view.family), []).append(one)
    return found


def _group(view: Snapshot, holder: str) -> str:
    if holder in view.family:
        return AROUND[view.records.people[holder].kind]
    agency = view.records.agencies.get(view.party(holder))
    return view.name(agency.id) if agency else "no agency given"


def _person(view: Snapshot, names: Names, holder: str, cells: Sequence[Sequence[Cell]]) -> Line:
    file = holder in view.records.agencies
    left = not file and holder in view.professionals and holder not in view.involved
    said = "the agency's file" if file else names.of(holder).person
    return _line(_group(view, holder), Said(said, said), left, cells)


def _line(group: str, name: Said, left: bool, cells: Sequence[Sequence[Cell]]) -> Line:
    """A line of somebody, or of several together: each cell is the surest that any of them has."""
    return Line(
        group,
        name,
        left,
        [_mark(min(several, key=lambda cell: (STATES.index(cell.state), cell.since or 0))) for several in cells],
    )


def _mark(cell: Cell) -> Mark:
    since = "" if cell.since is None else date_of(cell.since).isoformat()
    return Mark(SIGNS[cell.state], cell.state, since)


def _parts(concerns: list[str], every: list[Line]) -> list[Matrix]:
    """The table in parts that are as wide as a page; a line that says nothing in a part is not in it."""
    number = max(1, math.ceil(sum(map(_width, concerns)) / ROOM))
    size = max(1, math.ceil(len(concerns) / number))
    while size > 1 and any(sum(map(_width, part)) > ROOM for part in _cut(concerns, size)):
        size -= 1
    parts: list[Matrix] = []
    for start, part in zip(range(0, len(concerns), size), _cut(concerns, size), strict=True):
        cut = [one._replace(marks=one.marks[start : start + len(part)]) for one in every]
        parts.append(Matrix(part, [one for one in cut if any(mark.sign for mark in one.marks)]))
    return parts


def _cut(concerns: list[str], size: int) -> list[list[str]]:
    return [concerns[start : start + size] for start in range(0, len(concerns), size)]


def _width(code: str) -> float:
    return max(2.4, min(len(code), 12) * 0.8)
