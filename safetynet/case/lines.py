"""One row of a table while it is checked: what its cells say, and how to say what is wrong with it."""

from __future__ import annotations

from typing import Protocol

from ..dates import OpenWindow, Window
from .values import Known, Value


class Notes(Protocol):
    """What collects problems and knows the ids and the text of the cells."""

    known: Known

    def add(self, table: str, index: int | None, column: str, value: str, problem: str, hint: str = "") -> None: ...

    def text(self, table: str, index: int, column: str) -> str: ...


class Line:
    """One row of a table; `cells` are the values of those of its cells that hold one."""

    __slots__ = ("cells", "index", "notes", "table")

    def __init__(self, notes: Notes, table: str, index: int) -> None:
        self.notes = notes
        self.table = table
        self.index = index
        self.cells: dict[str, Value] = {}

    def text(self, column: str) -> str:
        """The text of a cell; also of one that could not be read."""
        return self.notes.text(self.table, self.index, column)

    def word(self, column: str) -> str:
        """The word or id of a cell; empty where there is none."""
        value = self.cells.get(column)
        return value if isinstance(value, str) else ""

    def ids(self, column: str) -> tuple[str, ...]:
        """The ids of a cell."""
        value = self.cells.get(column)
        return value if isinstance(value, tuple) and not isinstance(value, (Window, OpenWindow)) else ()

    def window(self, column: str) -> Window | OpenWindow | None:
        """The date of a cell."""
        value = self.cells.get(column)
        return value if isinstance(value, (Window, OpenWindow)) else None

    def is_agency(self, one: str) -> bool:
        """Whether an id is that of an agency."""
        return one in self.notes.known.of("agencies")

    def wrong(self, column: str, problem: str, hint: str = "", value: str | None = None) -> None:
        """Note what is wrong with a cell; `value` is the part of it that is meant, if not all of it."""
        self.notes.add(self.table, self.index, column, self.text(column) if value is None else value, problem, hint)
