"""The rows of the chronology as they are drawn: in which lane, and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from ..record.involvement import involvement
from ..spells import Spells, merge
from ..tables._chronology import TO_BE_DONE, Item, LaneBy, lane_of, lines
from .kit.axis import TimeAxis, pack
from .kit.drawing import CasePage
from .kit.style import AROUND, Look

By = Literal["auto", "agency", "person"]
NOBODY = ""  # the lane of what nobody took
MOST_LANES = 16  # "auto" draws persons up to this many lanes
FIRST = {"observed": 0, "asked": 1, "told": 1, "met": 1}  # of one day: seen, passed, then the rest


@dataclass
class Drawn:
    """One row, and where it is drawn."""

    item: Item
    lanes: tuple[str, ...]
    x: float = 0.0
    ends: list[Drawn] = field(default_factory=list)  # the done rows that end its line

    @property
    def day(self) -> int:
        return self.item.latest

    @property
    def every(self) -> tuple[str, ...]:
        """All lanes that it touches."""
        item = self.item
        return (*self.lanes, *item.to_lanes, *item.present_lanes, *item.absent_lanes)

    @property
    def is_bracket(self) -> bool:
        """Whether it only opens or closes a band."""
        return self.item.kind in ("opened", "closed") and not self.item.to_lanes


class LaneRows:
    """The rows of one drawing, its lanes and its days."""

    def __init__(self, page: CasePage, by: By) -> None:
        self.page, self.view = page, page.view
        self.by: LaneBy = "agency" if by == "agency" or (by == "auto" and self._many()) else "person"
        self.rows = [self._drawn(item) for item in lines(self.view, self.by)]
        self.ended = self._join_ends()
        self.lanes = self._order()
        self.number = {lane: place for place, lane in enumerate(self.lanes)}

    def _many(self) -> bool:
        """Whether there are too many people for a lane each."""
        people = {name for row in self.view.rows for name in (*row.who, *row.to, *row.present, *row.absent)}
        return len(people) > min(MOST_LANES, self.page.height / (2.4 * self.page.small))

    @staticmethod
    def _drawn(item: Item) -> Drawn:
        nobody = (NOBODY,) if item.kind in (*TO_BE_DONE, "needed") else ()
        return Drawn(item, item.lanes or nobody)

    def _join_ends(self) -> set[str]:
        """Give each action the done rows that end its line; returns those rows."""
        at = {row.item.row: row for row in self.rows}
        found = set()
        for row in self.rows:
            if row.item.kind == "done":
                actions = [one for one in self.view.by_id[row.item.row].ref if one in at]
                for one in actions:
                    if at[one].item.kind in TO_BE_DONE:
                        at[one].ends.append(row)
                        found.add(row.item.row)
                        break
        return found

    # lanes --------------------------------------------------------------------------------------------

    def _order(self) -> list[str]:
        """The lanes: child, family and those round them, then the others as they come in, an agency's together."""
        seen: dict[str, int] = {}
        for place, row in enumerate(self.rows):
            for lane in row.every:
                seen.setdefault(lane, place)
        first: dict[str, int] = {}
        for lane, place in seen.items():
            first[self._home(lane)] = min(place, first.get(self._home(lane), place))
        return sorted(seen, key=lambda lane: (self._layer(lane), first[self._home(lane)], seen[lane]))

    def _is_kind(self, lane: str) -> bool:
        """Whether a lane stands for all of a kind round the child."""
        return lane in AROUND and lane not in self.view.records.people

    def _home(self, lane: str) -> str:
        return lane if lane == NOBODY or self._is_kind(lane) else self.view.party(lane) or lane

    def _layer(self, lane: str) -> int:
        if lane == NOBODY:
            return len(AROUND) + 1
        kind = lane if self._is_kind(lane) else self.page.kind_of(lane)
        return list(AROUND).index(kind) if kind in AROUND else len(AROUND)

    def lane_name(self, lane: str) -> str:
        """What stands beside a lane."""
        if lane == NOBODY:
            return "nobody took it"
        if self._is_kind(lane):
            return AROUND[lane].words.capitalize()
        name = self.page.name(lane)
        person = self.view.records.people.get(lane)
        if person is None or not person.agency or lane in self.view.family:
            return name
        return f"{name}, {self.page.name(person.agency)}"

    def lane_look(self, lane: str) -> Look | None:
        if lane == NOBODY:
            return None
        return AROUND[lane] if self._is_kind(lane) else self.page.look_of(lane)

    def bands(self) -> dict[str, Spells]:
        """From when to when the professionals of each lane were involved."""
        spells: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for name, days in involvement(self.view).items():
            spells[lane_of(self.view, name, self.by)] += days
        return {lane: merge(days) for lane, days in spells.items() if lane in self.number}

    # time ---------------------------------------------------------------------------------------------

    def place(self, left: float, right: float) -> TimeAxis:
        """Give every drawn row a column of its day, and every day its width."""
        days: defaultdict[int, list[Drawn]] = defaultdict(list)
        for row in self.rows:
            if not row.is_bracket and row.item.row not in self.ended:
                days[row.day].append(row)
        columns = {row.item.earliest: 0 for row in self.rows} | {row.day: 0 for row in self.rows}
        columns.setdefault(self.view.day, 0)
        chosen: dict[str, int] = {}
        for day, rows in days.items():
            rows.sort(key=lambda row: (FIRST.get(row.item.kind, 2), self._span(row), row.item.row))
            numbers, columns[day] = pack([self._span(row) for row in rows])
            chosen |= {row.item.row: number for row, number in zip(rows, numbers, strict=True)}
        if self.page.harm is not None:
            columns.setdefault(self.page.harm, 0)
        axis = TimeAxis(columns, left, right, 11.0)
        for row in self.rows:
            column = chosen.get(row.item.row)
            row.x = axis.x(row.day) if column is None else axis.column(row.day, column)
        return axis

    def _span(self, row: Drawn) -> tuple[int, int]:
        places = [self.number[lane] for lane in row.every]
        return (min(places), max(places))
