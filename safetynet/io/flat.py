"""A table of results made flat for a file: every column named, every cell a text, a number, a date, or yes or no."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, type_of
from ..labels import is_missing
from ..tidy import COLUMNS, Holds

if TYPE_CHECKING:
    import pandas as pd

PARTED = (";", ":", ",")  # lists, lists in lists, and lists in those
_LISTS = (tuple, list, set, frozenset)


class Flat:
    """A table with what each of its columns holds.

    Attributes
    ----------
    table : pandas.DataFrame
        Its cells as they were; an index with a name stands first among the columns.
    holds : dict
        What each column holds, by its name.
    """

    def __init__(self, table: object) -> None:
        self.table = _framed(table)
        self.holds: dict[str, Holds] = {name: _holds(name, self.table[name]) for name in self.table.columns}

    def cells(self, column: str) -> list[Any]:
        """The cells of a column in plain Python: text, number, date, yes or no, None where there is nothing."""
        plain = _PLAIN[self.holds[column]]
        return [None if _is_none(cell) else plain(cell) for cell in self.table[column].astype(object)]

    def missing(self, column: str) -> int:
        """How many cells of a column have nothing in them; an empty text is one of them."""
        return sum(cell is None or cell == "" for cell in self.cells(column))


def _framed(table: object) -> pd.DataFrame:
    """A table whose columns have different texts for names, with its index where that has a name."""
    import pandas as pd

    if isinstance(table, pd.Series):
        table = table.to_frame("value" if table.name is None else table.name)
    if not isinstance(table, pd.DataFrame):
        raise ArgumentError(
            f"{type_of(table)} is no table. Give a DataFrame or a Series; of a score, a comparison or an "
            "agreement give its .table."
        )
    made = pd.DataFrame(table).copy(deep=False)  # of a plain class
    named = [(level, name) for level, name in enumerate(table.index.names) if name is not None]
    for place, (level, name) in enumerate(named):
        free = name if name not in table.columns else f"index_{name}"
        made.insert(place, free, table.index.get_level_values(level))
    made.columns = pd.Index([_named(name) for name in made.columns], dtype=object)
    made.index = pd.RangeIndex(len(made))
    if twice := sorted({name for name in made.columns if list(made.columns).count(name) > 1}):
        raise ArgumentError(f"the table has several columns {twice[0]!r}. Give each column a name of its own.")
    return made


def _named(name: object) -> str:
    return listed(name) if isinstance(name, tuple) else str(name)


def _is_none(cell: object) -> bool:
    if isinstance(cell, str):  # most cells are
        return not cell
    return not isinstance(cell, _LISTS) and is_missing(cell)


def _holds(name: str, cells: pd.Series[Any]) -> Holds:
    """What a column holds, from its dtype and, where that says nothing, from its cells."""
    import pandas as pd

    kinds = pd.api.types
    if kinds.is_bool_dtype(cells.dtype):
        return "flag" if cells.dtype == bool else "maybe"
    if kinds.is_integer_dtype(cells.dtype):
        return "whole"
    if kinds.is_float_dtype(cells.dtype):
        return "number"
    if kinds.is_datetime64_any_dtype(cells.dtype):
        return "day" if cells.dt.tz is None and (cells.dropna() == cells.dropna().dt.normalize()).all() else "text"
    return _found_in(name, [cell for cell in cells.astype(object) if not _is_none(cell)])


def _found_in(name: str, cells: Sequence[Any]) -> Holds:
    """What a column of objects holds."""
    if not cells:
        return "ids" if name in COLUMNS and COLUMNS[name].holds == "ids" else "text"
    tests: dict[Holds, Any] = {
        "ids": lambda cell: isinstance(cell, _LISTS),
        "maybe": lambda cell: isinstance(cell, bool),
        "day": lambda cell: isinstance(cell, dt.date) and not isinstance(cell, dt.datetime),
        "number": lambda cell: isinstance(cell, int | float) and not isinstance(cell, bool),
    }
    return next((holds for holds, fits in tests.items() if all(map(fits, cells))), "text")


def listed(cell: object, depth: int = 0) -> str:
    """A cell as text: lists with ``;``, lists in them with ``:``, and in those with ``,``.

    Examples
    --------
    >>> listed(("p1", "p2")), listed((("p1", ("c1", "c2")), ("p2", ("c1",))))
    ('p1;p2', 'p1:c1,c2;p2:c1')
    """
    if isinstance(cell, _LISTS):
        return PARTED[min(depth, len(PARTED) - 1)].join(listed(part, depth + 1) for part in in_order(cell))
    if _is_none(cell):
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() and cell.tzinfo is None else cell.isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def in_order(cell: Any) -> Sequence[Any]:
    """The parts of a list; those of a set by their text."""
    return sorted(cell, key=str) if isinstance(cell, set | frozenset) else cell


def _as_date(cell: Any) -> dt.date:
    return cell.date() if isinstance(cell, dt.datetime) else cell


_PLAIN: dict[Holds, Any] = {
    "text": listed,
    "ids": listed,
    "thing": listed,
    "day": _as_date,
    "whole": int,
    "number": float,
    "flag": bool,
    "maybe": bool,
}


def is_endless(number: object) -> bool:
    """Whether a cell is an infinite number, which no statistics program has."""
    return isinstance(number, float) and math.isinf(number)
