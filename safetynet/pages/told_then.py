"""Words for people who are not to know what came after a day: those that name a later date are left out.

A row by the day may have been written later than it happened, and speak of what came; so may a role or a title.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from contextlib import suppress

from ..case import Case
from ..case.records import RawTable
from ..case.schema import BY_NAME

LEFT_OUT = "[words of a later date left out]"  # where a cell may not be empty

_MONTH = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_MONTH["sept"] = 9
_WORD = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAYS = (  # ways to write a date, with the parts in the order of the names
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)"), ("year", "month", "day")),
    (re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)"), ("day", "month", "year")),
    (re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)"), ("month", "day", "year")),
    (
        re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of|-)? ?({_WORD})\.?,?[ -](\d{{4}})(?!\d)", re.IGNORECASE),
        ("day", "month", "year"),
    ),
    (
        re.compile(rf"\b({_WORD})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)", re.IGNORECASE),
        ("month", "day", "year"),
    ),
    (re.compile(rf"\b({_WORD})\.?,? (\d{{4}})(?!\d)", re.IGNORECASE), ("month", "year")),
    (re.compile(r"(?<!\d)((?:1[89]|20|21)\d\d)(?!\d)"), ("year",)),
)


def first_days(text: str) -> Iterator[int]:
    """The first day of every date that a text may be read to name."""
    for pattern, names in _DAYS:
        for found in pattern.finditer(text):
            parts = dict(zip(names, found.groups(), strict=True))
            year = int(parts["year"])
            month, day = parts.get("month") or "1", parts.get("day") or "1"
            number = _MONTH.get(month.lower().rstrip(".")) or (int(month) if month.isdigit() else 0)
            with suppress(ValueError):  # no such day
                yield dt.date(year + 2000 if year < 100 else year, number, int(day)).toordinal()


def told_by(text: str, day: int) -> str:
    """A text, or nothing where it names a date after the day.

    Examples
    --------
    >>> import datetime as dt
    >>> from safetynet.pages.told_then import told_by
    >>> day = dt.date(1999, 8, 5).toordinal()
    >>> told_by("Seen on 2 August 1999", day), told_by("Found on 24 Feb 2000", day)
    ('Seen on 2 August 1999', '')
    """
    return "" if any(first > day for first in first_days(text)) else text


def as_told_by(case: Case, day: int) -> Case:
    """A case without any words that name a date after a day; what an opening says is left out whole.

    The summary of an opening is apt to say how it went on ("assessment, closed after five months").
    """
    tables = {name: _told(name, raw, day) for name, raw in case._raw.items()}
    return Case._from_raw(tables, name=case.id, what="the case as it stood", read_from=case._read_from)


def _told(table: str, raw: RawTable, day: int) -> RawTable:
    """A table of which every cell of free words is as it may be told."""
    known = BY_NAME[table]
    words = [(column := known.get(name)) is None or column.type == "text" for name in raw.columns]
    needed = [(column := known.get(name)) is not None and column.required for name in raw.columns]
    opening = [table == "chronology" and name == "summary" for name in raw.columns]
    kind = raw.columns.index("kind") if "kind" in raw.columns else -1

    def cell(place: int, text: str, row: tuple[str, ...]) -> str:
        if not (text and words[place]):
            return text
        told = "" if opening[place] and row[kind] == "opened" else told_by(text, day)
        return told or (LEFT_OUT if needed[place] else "")

    rows = tuple(tuple(cell(place, text, row) for place, text in enumerate(row)) for row in raw.rows)
    return raw._replace(rows=rows)
