"""A sheet as it stands, whatever program made it: cells by row and column, and what is hidden, struck out or merged."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ..case.columns import Column
from . import formulas
from .reading import Unreadable, letter, text_of

CellKind = Literal["text", "number", "date", "truth", "error", "formula"]
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # the parts of a number format that are no digits or dates


class Cell(NamedTuple):
    """What a cell holds, and the format in which it is shown."""

    value: Any
    kind: CellKind = "text"
    look: str = ""


@dataclass
class Grid:
    """One sheet.

    Attributes
    ----------
    name : str
    rows : dict
        The cells that hold something, by row and column, both from 1.
    hidden, struck : set of int
        Rows that are hidden (by hand or by a filter), and rows with struck-through text.
    hidden_columns : set of int
    merged : list of (first row, first column, last row, last column)
    is_hidden : bool
        Whether the sheet itself is hidden.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Note a cell that holds something."""
        if cell.value not in (None, ""):
            self.rows.setdefault(row, {})[column] = cell


def number_of(letters: str) -> int:
    """The number of a column that a spreadsheet calls so."""
    number = 0
    for sign in letters.upper():
        number = number * 26 + ord(sign) - 64
    return number


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """What a spreadsheet calls a block of cells."""
    return f"{letter(first_column)}{first_row}:{letter(last_column)}{last_row}"


def cell_text(cell: Cell, column: Column | None, where: str) -> str:
    """The text of one cell; `where` is what the spreadsheet calls it.

    Raises
    ------
    Unreadable
        For a formula, an error value, a date that shows no day, a number that shows other digits.
    """
    value, kind, look = cell
    if kind == "formula":
        raise Unreadable(
            f"the cell {where} is a formula.",
            "Copy the cells and paste them as values; for a text that starts with =, write ' before it.",
        )
    if kind == "error":
        raise Unreadable(f"the cell {where} has the error value {value}.", "Write what it should say.")
    if kind == "date" and isinstance(value, dt.date) and not shows_a_day(look):
        raise Unreadable(
            f"the cell {where} shows a date without its day, and holds {value:%Y-%m-%d}.",
            f"Format the cell as text and write {value:%Y-%m}, or the whole date.",
        )
    if kind == "number" and re.fullmatch("00+", look):
        raise Unreadable(
            f"the cell {where} shows leading zeros that it does not hold.",
            "Format the cell as text and write it again.",
        )
    if isinstance(value, float) and value == value:
        value = float(format(value, ".15g"))  # the digits that a spreadsheet itself keeps
    return formulas.unescape(value) if isinstance(value, str) else text_of(value, column)


def shows_a_day(look: str) -> bool:
    """Whether a number format shows the day of a date."""
    return not look or "d" in _NOT_SHOWN.sub("", look).lower()
