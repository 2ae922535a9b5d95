"""What a file format cannot hold, found before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..case.records import RawTable
from ..case.schema import BY_NAME
from ..errors import Problem, SafetynetError, problem_table
from ..wording import shortened
from . import workbook

if TYPE_CHECKING:
    import pandas as pd

_INSTEAD = "Shorten the text, or write a folder of CSV files or a .json file."


class UnfitTextError(SafetynetError, ValueError):
    """A case with something in it that the format cannot hold; nothing was written.

    Attributes
    ----------
    problems : pandas.DataFrame
        One line per fault: table, row, column, value (always empty), problem, hint.
    """

    def __init__(self, faults: tuple[Problem, ...], what: str) -> None:
        self.faults = faults
        self.what = what
        lines = [f"  {fault}" for fault in faults[:10]]
        if len(faults) > 10:
            lines.append(f"  ... and {len(faults) - 10} more: see .problems of this error.")
        super().__init__("\n".join([f"The case cannot be written as {what}; nothing was written.", *lines]))

    @property
    def problems(self) -> pd.DataFrame:
        """The faults as a table."""
        return problem_table(self.faults)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.faults, self.what))


def refuse_unfit(tables: Mapping[str, RawTable], form: str) -> None:
    """Raise if `form` (csv, parquet, xlsx, json) cannot hold every cell of the tables.

    Raises
    ------
    UnfitTextError
        Naming table, row, column, and what to do.
    """
    faults = tuple(fault for name, table in tables.items() for fault in unfit(name, table, form))
    if faults:
        raise UnfitTextError(faults, form)


def unfit(name: str, table: RawTable, form: str) -> Iterator[Problem]:
    """What `form` cannot hold of one table."""
    for column in table.columns:
        if not column.strip():
            yield Problem(name, "", column, "", "a column has no name.", "Give it one.")
        if not _is_text(column):
            yield Problem(name, "", ascii(column), "", *_HALF)
        if form == "xlsx" and workbook.characters(column) > workbook.MOST_CHARACTERS:
            yield Problem(
                name,
                "",
                shortened(column, 40),
                "",
                "the name of the column is too long for Excel.",
                "Shorten it.",
            )
    if form == "xlsx":
        yield from _too_large(name, table)
    key = BY_NAME[name].key[0] if len(BY_NAME[name].key) == 1 else ""
    place = table.columns.index(key) if key in table.columns else -1
    for index, row in enumerate(table.rows):
        for column, text in zip(table.columns, row, strict=True):
            if not text:
                continue
            fault = _fault(text, form)
            if fault:
                whose = f" of {ascii(row[place])[:60]}" if place >= 0 else ""
                yield Problem(name, table.line(index), column, "", f"the cell{whose} {fault[0]}", fault[1])


def _too_large(name: str, table: RawTable) -> Iterator[Problem]:
    rows, columns, hint = len(table.rows), len(table.columns), "Write a folder of CSV files."
    if rows >= workbook.MOST_ROWS:
        said = f"it has {rows} rows, and an Excel sheet holds {workbook.MOST_ROWS - 1} and a header."
        yield Problem(name, "", "", "", said, hint)
    if columns > workbook.MOST_COLUMNS:
        said = f"it has {columns} columns, and an Excel sheet holds {workbook.MOST_COLUMNS}."
        yield Problem(name, "", "", "", said, hint)


_HALF = ("has half a character in it (a lone surrogate), which no file can hold.", "Type the text again.")


def _fault(text: str, form: str) -> tuple[str, str] | None:
    if not _is_text(text):
        return _HALF
    # A character is two for Excel, or seven when it is written as a code, at most.
    if form == "xlsx" and len(text) * 7 >= workbook.MOST_CHARACTERS:
        size = workbook.characters(text)
        if size > workbook.MOST_CHARACTERS:
            return f"takes {size:,} characters, and an Excel cell holds {workbook.MOST_CHARACTERS:,}.", _INSTEAD
    return None


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
