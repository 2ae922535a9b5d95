"""The rows of the chronology as they are drawn: in which lane, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..dates import date_of
from ..record.snapshot import Snapshot
from ..tables._chronology import NOBODY, chronology_lanes
from .kit.axis import TimeAxis, pack
from .kit.lines import each
from .kit.sheet import Sheet
from .kit.style import AROUND, SECTORS, Look
from .kit.words import clean, short_name

BANDS = ("opened", "closed")
ORDER = {
    "observed": 0,
    "asked": 1,
    "told": 1,
    "met": 1,
    "declined": 2,
    "assumed": 2,
}  # of one day: seen, passed, then the rest
MOST_LANES = 16  # "auto" draws persons up to this many lanes


@dataclass
class Item:
    """One row as it is drawn: its day, its lanes, and the column it stands in."""

    row: str
    kind: str
    day: int
    first: int
    lanes: tuple[str, ...]
    to: tuple[str, ...]
    absent: tuple[str, ...]
    concerns: tuple[str, ...]
    new: tuple[str, ...]
    state: str
    until: int | None
    x: float = 0.0
    places: list[int] = field(default_factory=list)


class LaneRows:
    """The rows of one drawing, its lanes and its days."""

    def __init__(self, view: Snapshot, sheet: Sheet, by: str, contact_kws: Mapping[str, Any],
                 meeting_kws: Mapping[str, Any], label_kws: Mapping[str, Any]) -> None:  # fmt: skip
        self.view, self.sheet = view, sheet
        self.contact_kws, self.meeting_kws, self.label_kws = contact_kws, meeting_kws, label_kws
        if by == "auto":
            people = {name for row in view.rows for name in (*row.who, *row.to, *row.absent)}
            by = "person" if len(people) <= min(MOST_LANES, sheet.height / 26) else "agency"
        self.by = by
        self.items = self._items()
        self.done = {row.id: row for row in view.rows if row.kind == "done"}
        self.lanes = self._order()
        self.number = {lane: place for place, lane in enumerate(self.lanes)}
        self.y: dict[str, float] = {}
        self.left_out = 0
        self.levels: defaultdict[str, list[float]] = defaultdict(list)

    def _items(self) -> list[Item]:
        table = chronology_lanes(self.view.case, date_of(self.view.day), by=self.by, rules=self.view.rules)
        rows = {row.id: row for row in self.view.rows}
        items = []
        for line in each(table):
            window = rows[line.row].date
            until = None if line.until != line.until else line.until.toordinal()
            lanes = line.lanes or ((NOBODY,) if line.kind in ("agreed", "needed") else ())
            items.append(
                Item(
                    line.row,
                    line.kind,
                    window.last,
                    window.first,
                    lanes,
                    line.to,
                    line.absent,
                    line.concerns,
                    line.new,
                    line.state,
                    until,
                )
            )
        return items

    def _order(self) -> list[str]:
        """The lanes: child, family, support, then the others as they come in, an agency's people together."""
        seen: dict[str, int] = {}
        for place, item in enumerate(self.items):
            for lane in (*item.lanes, *item.to, *item.absent):
                seen.setdefault(lane, place)
        first: dict[str, int] = {}
        for lane, place in seen.items():
            first[self._home(lane)] = min(place, first.get(self._home(lane), place))
        return sorted(seen, key=lambda lane: (self._layer(lane), first[self._home(lane)], seen[lane]))

    def _home(self, lane: str) -> str:
        known = lane in self.view.records.agencies or lane in self.view.records.people
        return self.view.party(lane) if known and lane != NOBODY else lane

    def _layer(self, lane: str) -> int:
        if lane == NOBODY:
            return 4
        kind = lane if lane in AROUND else self._kind(lane)
        return {"child": 0, "family": 1, "support": 2}.get(kind, 3)

    def _kind(self, lane: str) -> str:
        person = self.view.records.people.get(lane)
        return "agency" if person is None else "professional" if lane in self.view.professionals else person.kind

    def _lane_name(self, lane: str) -> str:
        if lane == NOBODY:
            return "nobody took it"
        if lane in AROUND and lane not in self.view.records.people:
            return {"child": "Child", "family": "Family", "support": "Family's own support"}[lane]
        name = short_name(self.view.records, lane)
        if self.by == "person" and lane in self.view.professionals and self.view.records.people[lane].agency:
            return f"{name}, {clean(self.view.records.agencies[self.view.records.people[lane].agency].name)}"
        return name

    def _lane_look(self, lane: str) -> Look | None:
        if lane == NOBODY:
            return None
        if lane in AROUND and lane not in self.view.records.people:
            return AROUND[lane]
        if self._kind(lane) in AROUND:
            return AROUND[self._kind(lane)]
        agency = self.view.records.agencies.get(self.view.party(lane))
        return SECTORS[agency.sector if agency else "other"]

    def _time(self, left: float, right: float) -> TimeAxis:
        """Give every drawn row a column of its day, and every day its width."""
        days: defaultdict[int, list[Item]] = defaultdict(list)
        for item in self.items:
            if item.kind not in BANDS and not self._ends_line(item):
                days[item.day].append(item)
        columns = {item.first: 0 for item in self.items} | {item.day: 0 for item in self.items}
        if self.items:
            columns.setdefault(self.view.day, 0)
        chosen: dict[str, int] = {}
        for busy, items in days.items():
            spans = [self._span(item) for item in items]
            order = sorted(
                range(len(items)), key=lambda place: (ORDER.get(items[place].kind, 3), spans[place], items[place].row)
            )
            numbers, needed = pack([spans[place] for place in order])
            columns[busy] = needed
            for place, number in zip(order, numbers, strict=True):
                chosen[items[place].row] = number
        harm = self.view.records.harm
        if harm is not None and harm.first <= self.view.day + 1:
            columns.setdefault(harm.first, 0)
        axis = TimeAxis(columns, left, right, 11.0)
        for item in self.items:
            item.x = axis.column(item.day, chosen[item.row]) if item.row in chosen else axis.x(item.day)
        return axis

    def _ends_line(self, item: Item) -> bool:
        """Whether a done row is the end of an agreed action's line, and so needs no column."""
        return item.kind == "done" and self._action(item) is not None

    def _action(self, item: Item) -> Item | None:
        row = self.done.get(item.row)
        if row is None:
            return None
        return next((one for one in self.items if one.row in row.ref and one.kind == "agreed"), None)

    def _span(self, item: Item) -> tuple[int, int]:
        places = [self.number[lane] for lane in (*item.lanes, *item.to, *item.absent)]
        return (min(places), max(places))
