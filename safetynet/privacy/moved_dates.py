"""Every date of a case moved by the same number of days: days stay days, and windows keep their length.

A month or a year is written as the interval of its days, as the days of another month are not as many. So is what is
open on a side where the text gives more than one day; the side that is open then ends where the case closed it.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from ..dates import DAY, OpenWindow, parse_window

FIRST, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


class Moved(NamedTuple):
    """A move by some days, within a case that goes from `start` to `end`."""

    days: int
    start: int | None
    end: int | None

    def cell(self, text: str) -> str:
        """A date cell, moved."""
        if not text.strip():
            return ""
        window = parse_window(text)
        first, last, time, _ = window
        if time is not None and first is not None:
            return f"{self._day(first)}T{_clock(time)}"
        if (first is None or last is None) and len(set(window.given)) == 1:
            day = self._day(window.given[0])
            return f"../{day}" if first is None else f"{day}/.."
        closed = window.closed(self.start, self.end)
        return self._day(closed.first) if closed.is_day else f"{self._day(closed.first)}/{self._day(closed.last)}"

    def due(self, text: str) -> str:
        """A day by which something is due, moved: of a month or a year its last day."""
        if not text.strip():
            return ""
        window = parse_window(text)
        return self.cell(text) if window.last is None else self._day(window.last)

    def _day(self, day: int) -> str:
        return dt.date.fromordinal(day + self.days).isoformat()


def days_in(text: str) -> tuple[int, ...]:
    """The days that a date cell gives, none where it is empty."""
    if not text.strip():
        return ()
    window: OpenWindow = parse_window(text)
    return window.given


def _clock(second: int) -> str:
    hours, rest = divmod(second % DAY, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
