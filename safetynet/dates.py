"""Dates as sources give them: a day, a day with a time, a month, a year, an interval, or an open end.

A partial date is a :class:`Window`, [first day, last day]; nothing here pretends that it is a day. Days are
counted as proleptic Gregorian ordinals (``datetime.date.toordinal``), so that any year from 1 to 9999 works.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from .errors import DateError

if TYPE_CHECKING:
    import numpy as np

    DateLike: TypeAlias = str | dt.date | np.datetime64
else:
    DateLike = "DateLike"
"""What a date may be given as: text such as ``"2019-05-20"`` or ``"2019-05"``, a date, a datetime or Timestamp."""

DAY = 86400  # seconds; the engine counts in them so that times of day keep their order

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.0+)?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)

_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)

ASKED = "Write 2019-05-20; 2019-05 or 2019 mean their last day."
FORMS = "Write 2019-05-20, 2019-05-20T16:30, 2019-05, 2019, or an interval such as 2019-05-02/2019-05-09 or 2019-05/.."


class Window(NamedTuple):
    """The days on which something may have happened, both included, as ordinals.

    `time` is the second of the day where the source gives a time; then the window is that one day. A window
    that is open on a side has ``None`` there until :meth:`closed` gives it an end.
    """

    first: int
    last: int
    time: int | None = None

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def first_date(self) -> dt.date:
        return dt.date.fromordinal(self.first)

    @property
    def last_date(self) -> dt.date:
        return dt.date.fromordinal(self.last)

    def __str__(self) -> str:
        if self.is_day:
            return self.first_date.isoformat()
        return f"{self.first_date.isoformat()} to {self.last_date.isoformat()}"


class OpenWindow(NamedTuple):
    """A window as it was written: a side may be open (``None``).

    `reach` is then the far day of the side that is given: of ``1999-11/..`` the last of November, as it may have
    begun as late as that.
    """

    first: int | None
    last: int | None
    time: int | None = None
    reach: int | None = None

    def closed(self, start: int, end: int) -> Window:
        """The window with open sides closed at the given days (never turning it round)."""
        near = [] if self.reach is None else [self.reach]
        first = min([start, *near, *([] if self.last is None else [self.last])]) if self.first is None else self.first
        last = max([end, *near, first]) if self.last is None else self.last
        return Window(first, last, self.time)


class BadDate(ValueError):
    """A text that is no date: what is wrong, and what to write instead."""

    def __init__(self, problem: str, hint: str = FORMS + ".") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def _day(year: int, month: int, day: int) -> int:
    if not 1 <= month <= 12:
        raise BadDate(f"there is no month {month}.")
    if not 1 <= year <= 9999:
        raise BadDate(f"the year {year} cannot be used.", "Years run from 0001 to 9999.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise BadDate(f"{calendar.month_name[month]} {year} has no day {day}.")
    return dt.date(year, month, day).toordinal()


def _span(text: str) -> tuple[int, int]:
    """First and last day of a day, month or year."""
    if match := _DAY.fullmatch(text):
        day = _day(*(int(part) for part in match.groups()))
        return day, day
    if match := _MONTH.fullmatch(text):
        year, month = (int(part) for part in match.groups())
        first = _day(year, month, 1)
        return first, first + calendar.monthrange(year, month)[1] - 1
    if _YEAR.fullmatch(text):
        year = int(text)
        return _day(year, 1, 1), _day(year, 12, 31)
    if match := _SLASHED.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        try:
            _day(year, month, day)
        except BadDate as error:
            raise BadDate(f"it is not written as year-month-day, and {error.problem}") from None
        raise BadDate(
            "it is not written as year-month-day.",
            f"Write {year:04d}-{month:02d}-{day:02d} if the day comes first.",
        )
    if match := _RUN_TOGETHER.fullmatch(text):
        raise BadDate("it is not written as year-month-day.", f"Write {'-'.join(match.groups())}.")
    if _SERIAL.fullmatch(text):
        raise BadDate(
            "it looks like a spreadsheet's day number.", "Give the cell the format of a date, or write 2019-05-20."
        )
    raise BadDate("it is not a date.")


def parse_window(text: str) -> OpenWindow:
    """Read a date cell.

    Raises
    ------
    BadDate
        With what is wrong and what to write instead.
    """
    text = text.strip()
    if match := _TIME.fullmatch(text):
        day = _span(match[1])[0]
        hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
        if hour > 23 or minute > 59 or second > 59:
            raise BadDate(f"there is no time {text[11:]} in a day.")
        return OpenWindow(day, day, hour * 3600 + minute * 60 + second)
    if "/" in text and not _SLASHED.fullmatch(text):
        sides = text.split("/")
        if len(sides) != 2:
            raise BadDate("an interval has one '/'.")
        left, right = (side.strip() for side in sides)
        if left == ".." and right == "..":
            raise BadDate("an interval is open on one side at most.")
        if "T" in left or "T" in right:
            raise BadDate("an interval has days, months or years as its ends, not times.")
        first = None if left == ".." else _span(left)[0]
        last = None if right == ".." else _span(right)[1]
        if first is not None and last is not None and last < first:
            raise BadDate("the interval ends before it starts.", "Put the earlier date first.")
        reach = _span(left)[1] if last is None else _span(right)[0] if first is None else None
        return OpenWindow(first, last, None, reach)
    return OpenWindow(*_span(text))


_UNITS = {"Y": 4, "M": 7, "D": 10}  # of numpy: how much of a date they give


def as_text(value: Any) -> str:
    """A date-like Python, numpy or pandas value as the text that a cell would hold; a missing one is empty."""
    import numpy as np

    if isinstance(value, np.datetime64):
        if np.isnat(value):
            return ""
        unit = np.datetime_data(value.dtype)[0]
        if unit in _UNITS:  # a month of numpy is a month, not its first day
            return str(value)[: _UNITS[unit]]
        value = value.astype("datetime64[us]").item() if unit != "W" else value.astype("datetime64[D]").item()
        if isinstance(value, int):
            raise BadDate("it is a year that cannot be used.", "Years run from 0001 to 9999.")
    if isinstance(value, dt.datetime):
        if value != value:  # pandas' NaT
            return ""
        if value.tzinfo is not None:
            raise BadDate("it has a time zone.", "Give the local time without one.")
        if getattr(value, "nanosecond", 0) or value.microsecond:
            raise BadDate("it has parts of a second.", "Round it to whole seconds.")
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        return value.isoformat(timespec="minutes" if value.second == 0 else "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def window_of(value: DateLike, argument: str = "at") -> Window:
    """The days of a date that a caller typed; a month or a year is all of its days.

    Raises
    ------
    DateError
        Naming the argument, the value, and how to write it.
    """
    if value is None or isinstance(value, (bool, int, float)):
        raise DateError(f"{argument}={value!r} is not a date. {ASKED}")
    try:
        text = as_text(value)
        if not text:
            raise DateError(f"{argument} is missing: it is {value!r}. {ASKED}")
        window = parse_window(text)
    except BadDate as error:
        hint = ASKED if error.hint.startswith(FORMS) else error.hint
        raise DateError(f"{argument}={str(value)!r}: {error.problem} {hint}") from None
    if window.first is None or window.last is None:
        raise DateError(f"{argument}={str(value)!r}: a date that is asked for cannot be open. {ASKED}")
    return Window(window.first, window.last, window.time)


def as_day(value: DateLike, argument: str = "at") -> int:
    """The ordinal of a date that a caller typed; a month or a year means its last day.

    Raises
    ------
    DateError
        Naming the argument, the value, and how to write it.
    """
    return window_of(value, argument).last


def date_of(ordinal: int) -> dt.date:
    """The date of an ordinal."""
    return dt.date.fromordinal(ordinal)


def datetime64(ordinals: Any) -> Any:
    """Ordinals (NaN or None = no date) as a numpy array of ``datetime64[s]``, which holds any year."""
    import numpy as np

    epoch = dt.date(1970, 1, 1).toordinal()
    return np.array(
        [
            np.datetime64("NaT", "s") if day is None or day != day else np.datetime64((int(day) - epoch) * DAY, "s")
            for day in ordinals
        ],
        dtype="datetime64[s]",
    )
