"""Dates as sources give them: a day, a day with a time, a month, a year, an interval, or an open end.

A partial date is a :class:`Window`, [first day, last day]; nothing here pretends that it is a day. Days are
counted as proleptic Gregorian ordinals (``datetime.date.toordinal``), so that any year from 1 to 9999 works.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from .errors import DateError, type_of
from .unsure import refuse
from .written import FORMS, LONGEST, NAMES, STANDARD, DateOrder, checked, one, refuse_odd_signs
from .written import BadDate as BadDate

if TYPE_CHECKING:
    import numpy as np

    DateLike: TypeAlias = str | dt.date | np.datetime64
else:
    DateLike = "DateLike"
"""What a date may be given as: text such as ``"2019-05-20"`` or ``"2019-05"``, a date, a datetime or Timestamp."""

DAY = 86400  # seconds; the engine counts in them so that times of day keep their order
NEVER = 1 << 40  # a day after every other

_YEAR = re.compile(rf"\d{{4}}|\d[- ](?:{NAMES})[- ]'?\d\d\b", re.IGNORECASE)  # a side of an interval has one
_OPEN = ("..", "...", "\u2026")  # an open end as people type it

ASKED = "Write 2019-05-20; 2019-05 or 2019 mean their last day."


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

    @property
    def given(self) -> tuple[int, ...]:
        """The days that the text gives."""
        return tuple(day for day in (self.first, self.last, self.reach) if day is not None)

    def closed(self, start: int | None, end: int | None) -> Window:
        """The window with open sides closed at the given days, never turning it round; None = there are no days."""
        if self.first is not None and self.last is not None:
            return Window(self.first, self.last, self.time)
        near = self.given
        first = min(near if start is None else (start, *near)) if self.first is None else self.first
        last = max(near if end is None else (end, *near)) if self.last is None else self.last
        made = ClosedWindow(first, last, self.time)
        made.written = self
        return made


class ClosedWindow(Window):
    """A window that was written with an open end; `written` is how, for another case closes it elsewhere."""

    written: OpenWindow


def standard(text: str, order: DateOrder | None = None) -> str:
    """A date as the case format writes it, whatever a person wrote that can mean one thing only.

    Parameters
    ----------
    text : str
        A day with or without a time, a month, a year, or an interval with ``/``.
    order : {"dmy", "mdy"}, optional
        Whether the day or the month comes first in dates of numbers only. Without it they are refused.

    Raises
    ------
    BadDate
        With what is wrong and what to write instead.

    Examples
    --------
    >>> standard("22 May 2016"), standard("24-Mar-21/Apr 2021"), standard("7/4/21 9:30", "dmy")
    ('2016-05-22', '2021-03-24/2021-04', '2021-04-07T09:30')
    """
    plain = " ".join(text.split())
    if STANDARD.fullmatch(plain):
        return plain
    if len(plain) > LONGEST:
        raise BadDate("it is not a date.")
    refuse_odd_signs(plain)
    sides = [".." if side.strip() in _OPEN else side.strip() for side in plain.split("/")]
    if ".." not in sides and (len(sides) == 1 or not all(map(_YEAR.search, sides))):
        return _end(plain, order)
    if len(sides) != 2:
        raise BadDate("an interval has one '/'.")
    ends = [side if side == ".." else _end(side, order) for side in sides]
    if any("T" in end for end in ends):
        raise BadDate("an interval has days, months or years as its ends, not times.")
    return "/".join(ends)


def _end(text: str, order: DateOrder | None) -> str:
    plain = text.casefold()
    return one(plain, order) or refuse(plain, order)


def _span(text: str) -> tuple[int, int]:
    """First and last day of a day, month or year in the form of the case format."""
    parts = [int(part) for part in text.split("-")]
    if 0 in parts[1:]:
        raise BadDate(f"there is no {'month' if parts[1] == 0 else 'day'} 0.")
    found = checked(*parts)
    return found.first.toordinal(), found.last.toordinal()


def parse_window(text: str, order: DateOrder | None = None) -> OpenWindow:
    """Read a date cell; `order` is that of day and month in dates of numbers only.

    Raises
    ------
    BadDate
        With what is wrong and what to write instead.
    """
    text = standard(text, order)
    day, _, time = text.partition("T")
    if time:
        hour, minute, second = ([int(part) for part in time.split(":")] + [0])[:3]
        if hour > 23 or minute > 59 or second > 59:
            raise BadDate(f"there is no time {time} in a day.")
        first, last = _span(day)
        if first != last:
            raise BadDate("a time needs a whole day before it.")
        return OpenWindow(first, last, hour * 3600 + minute * 60 + second)
    left, slash, right = text.partition("/")
    if not slash:
        return OpenWindow(*_span(text))
    if left == ".." and right == "..":
        raise BadDate("an interval is open on one side at most.")
    first_day = None if left == ".." else _span(left)[0]
    last_day = None if right == ".." else _span(right)[1]
    if first_day is not None and last_day is not None and last_day < first_day:
        raise BadDate("the interval ends before it starts.", "Put the earlier date first.")
    reach = _span(left)[1] if last_day is None else _span(right)[0] if first_day is None else None
    return OpenWindow(first_day, last_day, None, reach)


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
        return "" if value != value else _moment(value)  # pandas' NaT is not itself
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _moment(value: dt.datetime) -> str:
    """A day with its time; midnight is the day alone."""
    if value.tzinfo is not None:
        raise BadDate("it has a time zone.", "Give the local time without one.")
    if getattr(value, "nanosecond", 0) or value.microsecond:
        raise BadDate("it has parts of a second.", "Round it to whole seconds.")
    if (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat(timespec="minutes" if value.second == 0 else "seconds")


def window_of(value: DateLike, argument: str = "at") -> Window:
    """The days of a date that a caller typed; a month or a year is all of its days.

    Raises
    ------
    DateError
        Naming the argument, the value, and how to write it.
    """
    typed: object = value
    if typed is None or isinstance(typed, (bool, int, float)):
        raise DateError(f"{argument}={value!r} is not a date. {ASKED}")
    if not isinstance(typed, (str, dt.date)) and type(typed).__name__ != "datetime64":
        raise DateError(f"{argument} is {type_of(typed)}, and one date is asked for. {ASKED}")
    try:
        text = as_text(value)
        if not text:
            raise DateError(f"{argument} is missing: it is {value}. {ASKED}")
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
