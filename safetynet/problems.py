"""What is wrong with an input, or odd in it: one line per fault, and faults that are alike as one.

A message never quotes what a case tells about a person: ids, tables, rows and columns are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .written import ALL_NUMBERS

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 40  # characters of a value that a message repeats; what is longer is prose
_MOST_ROWS = 5  # and values that a message names of faults that are alike
_PROSE = re.compile(r"a text of \d+ characters")
_NUMBERS = re.compile(r"(\d{1,4})\D+(\d{1,4})\D+\d{1,4}", re.ASCII)


class Problem(NamedTuple):
    """One fault of an input, in the words of the person who typed it."""

    table: str
    row: str
    column: str
    value: str
    problem: str
    hint: str

    def __str__(self) -> str:
        place = self.table + (f" row {self.row}" if self.row else "") + (f", {self.column}" if self.column else "")
        return f"{place}: {self.problem}" + (f" {self.hint}" if self.hint else "")


def printable(problem: Problem) -> Problem:
    """The fault with half a character in a name or value written as its code, so that it can be shown and stored."""
    return Problem(*(cell if cell.isascii() else _whole(cell) for cell in problem))


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def problem_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """The problems as a table: table, row, column, value, problem, hint."""
    import pandas as pd

    return pd.DataFrame(list(problems), columns=list(Problem._fields), dtype="str")


def without_narrative(value: str) -> str:
    """A value as a message may repeat it: quoted; of what looks like prose, only how long it is.

    What a case tells never goes into messages, also when it stands in the wrong cell.
    """
    if len(value) > LONGEST or len(value.split()) > 3:
        return f"a text of {len(value)} characters"
    return repr(value)


class Alike(NamedTuple):
    """Faults that are alike, as one: how many, where, and what to do about all of them."""

    many: int
    table: str
    rows: str
    column: str
    problem: str
    hint: str

    def __str__(self) -> str:
        if not self.table:  # of several tables: the sentence says where
            return f"{self.problem} {self.hint}"
        several = "," in self.rows or " and " in self.rows
        rows = f" {'rows' if several else 'row'} {self.rows}" if self.rows else ""
        place = self.table + rows + (f", {self.column}" if self.column else "")
        return f"{place}: {self.problem}" + (f" {self.hint}" if self.hint else "")


def alike(problems: Iterable[Problem]) -> list[Alike]:
    """The faults, those that are alike put together, in the order of the first of each."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for one in problems:
        groups.setdefault(_kind(one), []).append(one)
    return [_together(several) for several in groups.values()]


def _kind(one: Problem) -> tuple[str, ...]:
    """What faults share that are told as one."""
    if f": {ALL_NUMBERS}." in one.problem:
        return (ALL_NUMBERS,)
    if not one.row:
        return (*one,)
    return one.table, one.column, _without_value(one), one.hint


def _without_value(one: Problem) -> str:
    return _PROSE.sub("...", one.problem.replace(repr(one.value), "...") if one.value else one.problem)


def _together(several: Sequence[Problem]) -> Alike:
    first = several[0]
    if len(several) == 1:
        return Alike(1, *first[:3], *first[4:])
    if ALL_NUMBERS in first.problem:
        return _dates(several)
    lines = list(dict.fromkeys(one.row for one in several))
    values = [repr(value) for value in dict.fromkeys(one.value for one in several if one.value)][1:]
    also = ""
    if values and repr(first.value) in first.problem:
        also = f" Likewise {few(values)}."
    return Alike(len(several), first.table, few(lines), first.column, first.problem + also, first.hint)


def few(items: Sequence[str]) -> str:
    """The first of some rows, values or places, and how many more there are: 2, 3, 5, 8, 9 and 12 more."""
    rest = len(items) - _MOST_ROWS
    return ", ".join(items[:_MOST_ROWS]) + (f" and {rest} more" if rest > 0 else "")


def few_rows(lines: Sequence[str]) -> str:
    """Rows as a message names them: row 4, or rows 4, 5."""
    return f"{'row' if len(lines) == 1 else 'rows'} {few(lines)}"


def _dates(several: Sequence[Problem]) -> Alike:
    """Dates of numbers only: whether the day comes first is asked once."""
    found = [(match[0], int(match[1]), int(match[2])) for one in several if (match := _NUMBERS.search(one.value))]
    day_first = [text for text, left, _ in found if left > 12]
    month_first = [text for text, _, right in found if right > 12]
    example = (*day_first, *month_first, several[0].value)[0]
    tables = dict.fromkeys(one.table for one in several)
    where = ", ".join(f"{sum(one.table == table for one in several)} in {table}" for table in tables)
    ask = {
        (True, False): "is the day first? Then date_order='dmy' (--date-order dmy)",
        (False, True): "is the month first? Then date_order='mdy' (--date-order mdy)",
        (False, False): "does the day come first, or the month? date_order='dmy' or 'mdy' (--date-order) says it once",
        (True, True): "in some the day comes first and in others the month, so that no order fits them all",
    }[bool(day_first), bool(month_first)]
    said = f"{len(several)} dates ({where}) read like {example}: {ask}."
    return Alike(len(several), "", "", "date", said, "Or write them like 2019-05-20.")
