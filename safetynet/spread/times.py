"""The times of a contact list in their order: numbers, durations, days, or days with a time.

A day without a time is no midnight: its contact may have been at any time of that day. A ``datetime`` at midnight is
such a day, as in a case.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import timegm
from collections.abc import Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from ..dates import DAY, BadDate, DateLike, as_text, parse_window
from ..errors import ArgumentError, DateError, is_whole

if TYPE_CHECKING:
    import pandas as pd

    TimeLike: TypeAlias = int | float | dt.timedelta | np.timedelta64 | DateLike
else:
    TimeLike = "TimeLike"
"""What a time may be given as: a number, a duration, or a date with or without a time."""

SECOND = 10**9  # in nanoseconds, as are the units of numpy
UNITS = {"s": SECOND, "ms": 10**6, "us": 10**3, "ns": 1}
EPOCH = dt.date(1970, 1, 1).toordinal()


class Span(NamedTuple):
    """A time that was typed: its first and last key among the times of a column, and how it is shown there."""

    first: Any
    last: Any
    shown: Any


class Times:
    """The times of a column, ranked: contacts of one time have one place.

    Attributes
    ----------
    begins, ends : array of int
        The place of each contact among the different times; two where it may have been at any time of a day.
    """

    def __init__(self, cells: pd.Series[Any], first: Any, last: Any) -> None:
        self.cells = cells
        self.order, shown_by, places = np.unique(np.concatenate([first, last]), return_index=True, return_inverse=True)
        self.begins, self.ends = np.split(places.reshape(-1).astype(np.int64), 2)
        self.shown_by = shown_by % max(1, len(cells))

    def __len__(self) -> int:
        return len(self.order)

    def span(self, value: TimeLike, argument: str) -> Span:
        """What a caller typed as a time."""
        raise NotImplementedError

    def before(self, span: Span) -> int:
        """How many times lie before a span."""
        return int(np.searchsorted(self.order, span.first, "left"))

    def until(self, span: Span) -> int:
        """How many times lie before the end of a span, its last included."""
        return int(np.searchsorted(self.order, span.last, "right"))

    def shown(self, places: Sequence[int | None], typed: Sequence[tuple[int, Span]] = ()) -> Any:
        """The times at some places in the form of the column, missing for None; some as they were typed."""
        import pandas as pd

        cells = [-1 if place is None else int(self.shown_by[place]) for place in places]
        made: Any = pd.Series(self.cells.array.take(cells, allow_fill=True))
        for number, span in typed:
            made.iloc[number] = span.shown
        return made.array


class Numbers(Times):
    """Whole or other numbers."""

    def __init__(self, cells: pd.Series[Any]) -> None:
        keys = cells.to_numpy(dtype="int64" if cells.dtype.kind == "i" else "float64")
        super().__init__(cells, keys, keys)

    def span(self, value: TimeLike, argument: str) -> Span:
        whole = self.cells.dtype.kind == "i"
        if not (is_whole(value) if whole else _is_number(value)):
            what = "whole number" if whole else "number"
            raise ArgumentError(f"{argument}={value!r} is not a {what}, as the times of the contacts are.")
        return Span(value, value, value)


class Durations(Times):
    """Times since some beginning."""

    def __init__(self, cells: pd.Series[Any]) -> None:
        super().__init__(cells, keys := cells.astype("int64").to_numpy(), keys)

    def span(self, value: TimeLike, argument: str) -> Span:
        import pandas as pd

        if not isinstance(value, (dt.timedelta, np.timedelta64)):
            raise ArgumentError(f"{argument}={value!r} is not a duration, as the times of the contacts are.")
        exact = pd.Timedelta(value)
        unit = UNITS[self.cells.dt.unit]
        length = exact.as_unit("ns").value
        return Span(-(-length // unit), length // unit, exact)


class Dates(Times):
    """Days, or days with a time, in one time zone or in none; `whole` are those without a time."""

    def __init__(self, cells: pd.Series[Any], whole: Any) -> None:
        self.zone = cells.dt.tz
        self.unit = UNITS[cells.dt.unit]
        first = cells.astype("int64").to_numpy()
        last = first.copy()
        days, place = np.unique(first[whole], return_inverse=True)
        if len(days):
            dates = cells[whole].drop_duplicates().sort_values().dt.date
            last[whole] = np.array([self._end_of(day.toordinal()) // self.unit for day in dates], np.int64)[place]
        super().__init__(cells, first, last)

    def span(self, value: TimeLike, argument: str) -> Span:
        import pandas as pd

        if isinstance(value, dt.datetime) and value.tzinfo is not None:
            if self.zone is None:
                raise DateError(
                    f"{argument}={str(value)!r}: it has a time zone, and the times of the contacts have none."
                )
            exact = pd.Timestamp(value).tz_convert(self.zone)
            if exact != exact.normalize():
                key = timegm(exact.utctimetuple()) * SECOND + exact.microsecond * 1000 + exact.nanosecond
                return Span(-(-key // self.unit), key // self.unit, exact)
            value = exact.date()
        given = _given(value, argument)
        begin = self._nanosecond(given.first, given.time or 0)
        end = self._end_of(given.last) if given.time is None else begin
        return Span(-(-begin // self.unit), end // self.unit, self._stamp(given.last, given.time or 0))

    def _stamp(self, day: int, time: int) -> pd.Timestamp:
        import pandas as pd

        naive = pd.Timestamp(np.datetime64(day - EPOCH, "D").astype("datetime64[s]")) + pd.Timedelta(time, "ns")
        if self.zone is None:
            return naive
        return naive.tz_localize(self.zone, ambiguous=True, nonexistent="shift_forward")

    def _nanosecond(self, day: int, time: int) -> int:
        """The nanosecond since 1970 of a local time."""
        if self.zone is None:
            return (day - EPOCH) * DAY * SECOND + time
        return timegm(self._stamp(day, time - time % SECOND).utctimetuple()) * SECOND + time % SECOND

    def _end_of(self, day: int) -> int:
        return self._nanosecond(day + 1, 0) - 1


class Given(NamedTuple):
    """A date as it was given: its first and last day, and the nanosecond of the day where it has a time."""

    first: int
    last: int
    time: int | None
    text: str


def times_of(column: pd.Series[Any], name: str) -> Times:
    """The times of a column that has no empty cell.

    Raises
    ------
    ArgumentError
        If they are neither numbers, nor durations, nor dates; with what to do.
    """
    import pandas as pd

    kind = column.dtype.kind
    if isinstance(column.dtype, pd.PeriodDtype):
        raise ArgumentError(
            f"the column {name!r} has periods. Write table[{name!r}].dt.to_timestamp() for their start."
        )
    if isinstance(column.dtype, (np.dtype, pd.DatetimeTZDtype)):
        if kind == "m":
            return Durations(column)
        if kind == "M":
            return Dates(column, (column == column.dt.normalize()).to_numpy())
    if kind in "iuf":
        return Numbers(column.astype("float64" if kind == "f" else "Int64"))
    return _of_things(column.tolist(), name)


def _of_things(things: list[Any], name: str) -> Times:
    """The times of a column of Python objects, which are all of one sort."""
    import pandas as pd

    if all(map(_is_number, things)):
        return Numbers(pd.Series(things, dtype="Int64" if all(map(is_whole, things)) else "float64"))
    if all(isinstance(thing, (dt.timedelta, np.timedelta64)) for thing in things):
        return Durations(pd.Series(pd.to_timedelta(things)))
    zones = {str(thing.tzinfo) if _has_zone(thing) else "" for thing in things}
    if zones == {""}:
        return _of_dates([_given(thing, name) for thing in things], name)
    if "" in zones:
        raise DateError(f"the column {name!r} has times with a time zone and times without. Give all of them one.")
    cells = pd.Series(pd.to_datetime(things, utc=True))
    if len(zones) == 1:
        cells = cells.dt.tz_convert(things[0].tzinfo)
    return Dates(cells, (cells == cells.dt.normalize()).to_numpy())


def _of_dates(given: list[Given], name: str) -> Dates:
    import pandas as pd

    for one in given:
        if one.first != one.last:
            raise DateError(f"{name}={one.text!r}: a contact of a list has one day. Write 2019-05-20.")
    unit = next(unit for unit in ("s", "us", "ns") if not any((one.time or 0) % UNITS[unit] for one in given))
    keys = [((one.first - EPOCH) * DAY * SECOND + (one.time or 0)) // UNITS[unit] for one in given]
    cells = pd.Series(np.array(keys, "int64").view(f"datetime64[{unit}]"))
    return Dates(cells, np.array([one.time is None for one in given], bool))


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _has_zone(value: object) -> bool:
    return isinstance(value, dt.datetime) and value.tzinfo is not None


def _given(value: Any, argument: str) -> Given:
    """A date as it was given, its time exact."""
    if not isinstance(value, (str, dt.date, np.datetime64)):
        raise ArgumentError(
            f"{argument}={value!r} is no time as the contacts have them. Times are numbers, durations, or dates such "
            "as 2019-05-20 and 2019-05-20T16:30."
        )
    try:
        text, part = _text(value)
        window = parse_window(text)
    except BadDate as error:
        raise DateError(f"{argument}={str(value)!r}: {error.problem} {_hint(value) or error.hint}".rstrip()) from None
    if window.first is None or window.last is None:
        raise DateError(f"{argument}={str(value)!r}: it is open on a side. Write 2019-05-20.")
    return Given(window.first, window.last, None if window.time is None else window.time * SECOND + part, text)


_FRACTION = re.compile(r"(.*\d:\d\d:\d\d)\.(\d{1,9})", re.ASCII)
_ZONE = re.compile(r".*\d:\d\d.*(Z|[+-]\d\d:?\d\d)", re.ASCII)


def _text(value: str | dt.date | np.datetime64) -> tuple[str, int]:
    """A date as text without parts of a second, and these in nanoseconds."""
    import pandas as pd

    if isinstance(value, np.datetime64) and np.datetime_data(value.dtype)[0] not in ("Y", "M", "W", "D"):
        value = pd.Timestamp(value)
    if isinstance(value, dt.datetime) and value == value:
        part = value.microsecond * 1000 + getattr(value, "nanosecond", 0)
        text = value.isoformat(timespec="seconds")
        return (text if part or value.time() != dt.time() else text[:10]), part
    text = value.strip() if isinstance(value, str) else as_text(value)
    if match := _FRACTION.fullmatch(text):
        return match[1], int(match[2].ljust(9, "0"))
    return text, 0


def _hint(value: object) -> str:
    if not isinstance(value, str):
        return ""
    if _ZONE.fullmatch(value.strip()):
        return "It has a time zone: convert the column with pandas.to_datetime(..., utc=True)."
    return "Numbers that are texts become numbers with pandas.to_numeric(...)." if value.strip().isdigit() else ""
