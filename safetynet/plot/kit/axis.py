"""A time axis on which busy days are wide and empty stretches short, with a visible break where they are.

Where a plain scale has room for everything, it is a plain scale.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...dates import date_of
from ...wording import short_day
from .fonts import measure

NOT_TO_SCALE = "Time is not to scale: empty stretches are drawn short, the longest marked with //."


class Break(NamedTuple):
    """A stretch without any row that is drawn shorter than the others."""

    x: float
    days: int


def stretch_text(days: int) -> str:
    """A length of time in round words: "3 weeks", "10 months", "6 years"."""
    for unit, name in ((365.25, "year"), (30.4, "month"), (7.0, "week")):
        if days >= 2 * unit:
            return f"{days / unit:.0f} {name}s"
    return f"{days} days"


class TimeAxis:
    """Where each day is, from `left` to `right`.

    Parameters
    ----------
    columns : mapping from day to int
        The days on which something is drawn, and how many columns each needs (0: an end of a window).
    left, right : float
    column : float
        How wide a column should at least be on a plain scale.
    """

    def __init__(self, columns: Mapping[int, int], left: float, right: float, column: float = 9.0) -> None:
        self.days = sorted(columns)
        self.columns = dict(columns)
        self.left, self.right = left, right
        self.start: dict[int, float] = {}
        self.end: dict[int, float] = {}
        self.breaks: list[Break] = []
        self.plain = self._try_plain(column)
        if not self.plain:
            self._spaced()

    def _try_plain(self, column: float) -> bool:
        first, last = self.days[0], self.days[-1]
        wide = self.columns[last] * column
        if last == first:
            middle = (self.left + self.right) / 2
            wide = min(wide, self.right - self.left)
            self.start, self.end = {first: middle - wide / 2}, {first: middle + wide / 2}
            return True
        unit = (self.right - self.left - wide) / (last - first)
        for day, following in zip(self.days, self.days[1:], strict=False):
            if self.columns[day] * column > (following - day) * unit + 1e-6:
                return False
        for day in self.days:
            self.start[day] = self.left + (day - first) * unit
            self.end[day] = self.start[day] + self.columns[day] * column
        return True

    def _spaced(self) -> None:
        gaps = [following - day for day, following in zip(self.days, self.days[1:], strict=False)]
        weights = [math.log2(1 + gap) for gap in gaps]
        total = sum(self.columns.values())
        room = self.right - self.left
        share = min(0.45, max(0.14, 1 - total * 14.0 / room))
        column = room * (1 - share) / max(total, 1)
        unit = room * share / max(sum(weights), 1e-9)
        if column > 26.0:
            column = 26.0
            unit = (room - column * total) / max(sum(weights), 1e-9)
        x = self.left
        typical = (
            sorted(gap / weight for gap, weight in zip(gaps, weights, strict=True))[len(gaps) // 2] if gaps else 1.0
        )
        for place, day in enumerate(self.days):
            self.start[day] = x
            x += self.columns[day] * column
            self.end[day] = x
            if place < len(gaps):
                wide = weights[place] * unit
                if gaps[place] >= 28 and gaps[place] / weights[place] > 2 * typical:
                    self._break(x + wide / 2, gaps[place] - 1)
                x += wide

    def _break(self, x: float, days: int) -> None:
        """A break mark; two that would touch become one."""
        if self.breaks and x - self.breaks[-1].x < 14.0:
            last = self.breaks.pop()
            self.breaks.append(Break((last.x + x) / 2, last.days + days))
        else:
            self.breaks.append(Break(x, days))

    def x(self, day: int) -> float:
        """Where a day is: the middle of its columns, or between the days round it."""
        if day in self.start:
            return (self.start[day] + self.end[day]) / 2
        if day < self.days[0]:
            return self.left
        if day > self.days[-1]:
            return self.right
        later = next(one for one in self.days if one > day)
        earlier = max(one for one in self.days if one < day)
        share = (day - earlier) / (later - earlier)
        return self.end[earlier] + share * (self.start[later] - self.end[earlier])

    def column(self, day: int, number: int) -> float:
        """The middle of one column of a day."""
        wide = (self.end[day] - self.start[day]) / max(self.columns[day], 1)
        return self.start[day] + (number + 0.5) * wide

    def column_width(self) -> float:
        """How wide the narrowest column is."""
        return min(
            ((self.end[day] - self.start[day]) / self.columns[day] for day in self.days if self.columns[day]),
            default=9.0,
        )

    def ticks(self, size: float, gap: float = 7.0) -> list[tuple[float, str, str]]:
        """(x, day and month, year or nothing) of the days that can be named without touching; the busiest first."""
        chosen: list[tuple[float, float, int]] = []
        ends = (self.days[0], self.days[-1])
        for day in sorted(self.days, key=lambda one: (one not in ends, -self.columns[one], one)):
            half = measure(short_day(day, year=False), size)[0] / 2
            x = min(max(self.x(day), self.left + half), self.right - half)
            if all(abs(x - other) > half + width + gap for other, width, _ in chosen):
                chosen.append((x, half, day))
        marks, year = [], None
        for x, _, day in sorted(chosen):
            this = date_of(day).year
            marks.append((x, short_day(day, year=False), str(this) if this != year else ""))
            year = this
        return marks


def pack(spans: Sequence[tuple[int, int]]) -> tuple[list[int], int]:
    """A column for each span of lanes, so that no two in a column overlap; and how many columns that takes."""
    columns: list[list[tuple[int, int]]] = []
    chosen = []
    for low, high in spans:
        for number, column in enumerate(columns):
            if all(high < other_low or low > other_high for other_low, other_high in column):
                column.append((low, high))
                chosen.append(number)
                break
        else:
            columns.append([(low, high)])
            chosen.append(len(columns) - 1)
    return chosen, max(len(columns), 1)
