"""Rows that are none: blank ones, lines that only part the sheet, and rows that hold nothing but an id.

And what a row of the chronology is called that has no id of its own: ``r12`` is the twelfth.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from itertools import chain, count, islice

from ..errors import Problem
from .records import RawTable
from .schema import BY_NAME
from .told import Told

_RULED = re.compile(r"[-–—―=_*#~.•·+<>|\s]{1,}.*[-–—―=_*#~.•·+<>|]|[-–—―=_*#~.•·+<>|\s]+", re.DOTALL)
_MONTHS = "|".join(name for name in (*calendar.month_name, *calendar.month_abbr) if name)
_PERIOD = re.compile(
    rf"(?:(?:{_MONTHS}|spring|summer|autumn|fall|winter|q[1-4]|(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter"
    r"(?: of)?|week \d+)[ ,]*)?(?:(?:19|20)\d\d(?:[-/]\d{2,4})?)?(?: ?q[1-4])?",
    re.IGNORECASE | re.ASCII,
)


def is_divider(text: str) -> bool:
    """Whether a text that stands alone in a row only parts the sheet: between dashes, or a year, a month, a quarter.

    Examples
    --------
    >>> is_divider("— 2021 second quarter —"), is_divider("March 2021"), is_divider("-----"), is_divider("Bruise seen")
    (True, True, True, False)
    """
    plain = text.strip()
    return bool(plain) and bool(_RULED.fullmatch(plain) or _PERIOD.fullmatch(plain))


def without_blanks(name: str, table: RawTable, told: Told) -> RawTable:
    """The table without rows that hold nothing; a row with a text and nothing else is asked about."""
    if name == "case":
        return table
    keep: list[int] = []
    only_ids: list[int] = []
    known = BY_NAME[name]
    keys = [place for place, heading in enumerate(table.columns) if (c := known.get(heading)) and c.type == "id"]
    for index, row in enumerate(table.rows):
        filled = list(islice((place for place, cell in enumerate(row) if cell and not cell.isspace()), 2))
        if len(filled) > 1:
            keep.append(index)
        elif filled and is_divider(row[filled[0]]):
            told.notes.append(_note(name, table, index, "it only parts the table, and is no row."))
        elif filled and filled == keys and name == "chronology":
            only_ids.append(index)
        elif filled and table.columns[filled[0]] in ("summary", "source", "basis"):
            said = f"the row has nothing but a {table.columns[filled[0]]}."
            told.problems.append(Problem(name, table.line(index), "", "", said, "Fill it in, or take it out."))
        elif filled:
            keep.append(index)
    if only_ids:
        many = f" (nor have {len(only_ids) - 1} others)" if len(only_ids) > 1 else ""
        told.notes.append(_note(name, table, only_ids[0], f"the row has nothing but an id{many}, and is no row."))
    if len(keep) == len(table.rows):
        return table
    lines = tuple(table.line(index) for index in keep)
    return RawTable(table.columns, tuple(table.rows[index] for index in keep), lines)


def _note(name: str, table: RawTable, index: int, said: str) -> Problem:
    return Problem(name, table.line(index), "", "", said, "Fill in its other cells if it is one.")


def named(chronology: RawTable, told: Told) -> RawTable:
    """The chronology with a name for each row that has no id of its own: ``r1`` is the first row."""
    if "id" not in chronology.columns:
        names = [f"r{number}" for number in range(1, len(chronology.rows) + 1)]
        rows = tuple((name, *row) for name, row in zip(names, chronology.rows, strict=True))
        return RawTable(("id", *chronology.columns), rows, chronology.lines)
    place = chronology.columns.index("id")
    taken = {row[place].strip() for row in chronology.rows}
    if "" not in taken:
        return chronology
    made, without = [], list[tuple[str, str]]()  # the line and the name of each row without one
    for number, row in enumerate(chronology.rows, 1):
        name = row[place]
        if not name.strip():
            name = next(one for one in chain([f"r{number}"], (f"r{number}_{n}" for n in count(2))) if one not in taken)
            without.append((chronology.line(number - 1), name))
        made.append((*row[:place], name, *row[place + 1 :]))
    if taken != {""}:
        told.notes.append(_without_ids(without))
    return RawTable(chronology.columns, tuple(made), chronology.lines)


def _without_ids(rows: Sequence[tuple[str, str]]) -> Problem:
    """One note for all the rows that have no id where others have one: a coder may leave it empty."""
    (line, name), (_, last) = rows[0], rows[-1]
    said = f"the row has no id; it is called {name!r}."
    if len(rows) > 1:
        said = f"{len(rows)} rows have no id; they are called after their place, from {name!r} to {last!r}."
    hint = "Fill it in where another row refers to the row; safetynet convert writes these ids out."
    return Problem("chronology", line, "id", name, said, hint)
