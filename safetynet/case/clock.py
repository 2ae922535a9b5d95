"""A column of times, or of a sequence, beside the date of the chronology: asked about, never passed over in silence.

A time counts only as part of a date, ``2024-01-10T14:00``. Where it stands in a column of its own that column is
kept, and a note says which rows stand without their time because of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..dates import standard
from ..errors import Problem
from ..problems import few_rows
from ..written import BadDate
from .headings import fold
from .records import RawTable
from .schema import BY_NAME

_TIMES = (
    *("time", "times", "timeofday", "timeofevent", "eventtime", "timeofcontact"),
    *("hour", "hours", "clock", "starttime"),
)
_SEQUENCES = (
    *("sequence", "seq", "sequenceno", "sequencenumber", "order", "ordernumber"),
    *("no", "nr", "number", "step", "position", "rownumber"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DATED = re.compile(r"(?:18|19)\d\d-\d\d-\d\d(?:t| )?(\d\d:\d\d(?::\d\d)?)?", re.ASCII)


def beside_the_date(table: RawTable) -> list[Problem]:
    """A note for a column of times, and one for a column of a sequence, that say more than the dates."""
    if "date" not in table.columns:
        return []
    known = BY_NAME["chronology"]
    own = {fold(name).rstrip(".#:"): place for place, name in enumerate(table.columns) if known.get(name) is None}
    times = next((own[name] for name in _TIMES if name in own), None)
    sequence = next((own[name] for name in _SEQUENCES if name in own), None)
    notes = [] if times is None else _times(table, times)
    return notes if sequence is None else [*notes, *_sequence(table, sequence)]


def with_time(date: str, time: str) -> str:
    """A day with the time that stands beside it; the day alone where the two do not make one.

    Examples
    --------
    >>> with_time("2024-01-10", "2.30 pm"), with_time("2024-01", "14:30"), with_time("2024-01-10", "morning")
    ('2024-01-10T14:30', '2024-01', '2024-01-10')
    """
    if not _DAY.fullmatch(date):
        return date
    if match := _DATED.fullmatch(time.strip().casefold()):  # a time that a spreadsheet gave a day of its own
        time = match[1] or "00:00"
    try:
        timed = standard(f"{date} {time}")
    except BadDate:
        return date
    return timed if "T" in timed else date


def _times(table: RawTable, place: int) -> list[Problem]:
    at = table.columns.index("date")
    lacking = [index for index, row in enumerate(table.rows) if row[place].strip() and "T" not in row[at]]
    if not lacking:
        return []
    first = table.rows[lacking[0]]
    said = f"a time of its own column is not used: the dates of {_rows(table, lacking)} have none."
    example = with_time(first[at], first[place])
    hint = f"Put the time into date, such as {example if 'T' in example else '2019-05-20T16:30'}."
    return [Problem("chronology", table.line(lacking[0]), table.columns[place], "", said, hint)]


def _sequence(table: RawTable, place: int) -> list[Problem]:
    at = table.columns.index("date")
    days = Counter(row[at] for row in table.rows if _DAY.fullmatch(row[at]))
    numbered = [index for index, row in enumerate(table.rows) if _WHOLE.fullmatch(row[place].strip())]
    several = [index for index in numbered if days[table.rows[index][at]] > 1]
    if len({table.rows[index][place].strip() for index in several}) < 2:
        return []
    said = f"the order that this column gives within a day is not used, and {_rows(table, several)} share a day."
    hint = "Write times into date (2019-05-20T09:00) where the order within a day matters."
    return [Problem("chronology", table.line(several[0]), table.columns[place], "", said, hint)]


def _rows(table: RawTable, indices: Sequence[int]) -> str:
    return few_rows([table.line(index) for index in indices])
