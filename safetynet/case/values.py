"""What the text of one cell says: its value by the type of its column, or what is wrong with it.

Nothing here knows of rows or tables: a cell in the spelling of the case format, its column, and the ids of the case
are all that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..dates import BadDate, OpenWindow, Window, parse_window
from ..errors import did_you_mean
from .columns import Column, ColumnType
from .ids import Ids
from .vocabulary import CONFIDENCE_WORDS

Value = str | int | float | tuple[str, ...] | Window | OpenWindow | None
MOST_NAMED = 1_000  # unknown ids of one cell that are named
MOST_HINTS = 100  # words of a closed list of which the nearest is looked for; in a hopeless input others get no hint


class Wrong(NamedTuple):
    """What is wrong with a cell, what to do, and which part of it is meant (None = all of it)."""

    problem: str
    hint: str = ""
    value: str | None = None


class Cell(NamedTuple):
    """A cell as read: its value, and what is wrong."""

    value: Value = None
    wrong: tuple[Wrong, ...] = ()


class Known:
    """The ids of a case by table, with the places of their rows, and what an unknown one may have been meant for.

    Parameters
    ----------
    lookup : callable
        Gives the ids and names in which an unknown one is looked for; it is called when there is one.
    """

    def __init__(self, lookup: Callable[[], Ids]) -> None:
        self.tables: dict[str, dict[str, int]] = {}
        self._lookup = lookup
        self._words: dict[tuple[str, str], str] = {}

    def of(self, table: str) -> Mapping[str, int]:
        """The ids of one table, with the places of their rows."""
        return self.tables.get(table, {})

    def has(self, column: Column, item: str) -> bool:
        """Whether a cell of the column may hold the id."""
        return item in column.extra or any(item in self.of(table) for table in column.points_to)

    def near(self, column: str, value: str, words: Sequence[str]) -> str:
        """The nearest words of a closed list."""
        if (column, value) not in self._words and len(self._words) < MOST_HINTS:
            self._words[column, value] = did_you_mean(value, words, allowed=20)
        return self._words.get((column, value), "")

    def unknown(self, column: Column, item: str) -> Wrong:
        """What is wrong with an id that none of the column's tables has."""
        hint = "Only one id is possible here." if ";" in item and not column.many else ""
        hint = hint or self._lookup().hint(item, column.points_to, column.extra)
        return Wrong(f"{item!r} is not in {' or '.join(column.points_to)}.", hint, item)


def cell(column: Column, text: str, known: Known) -> Cell:
    """What a cell says; an empty one has no value."""
    if column.type in ("text", "id"):
        return Cell(text or None)
    return _READERS[column.type](column, text, known) if text else Cell()


def _word(column: Column, text: str, known: Known) -> Cell:
    if text in column.vocabulary:
        return Cell(text)
    hint = known.near(column.name, text, column.vocabulary)
    return Cell(wrong=(Wrong(f"{text!r} is not a {column.name} that the case format has.", hint),))


def _ref(column: Column, text: str, known: Known) -> Cell:
    return Cell(text) if known.has(column, text) else Cell(wrong=(known.unknown(column, text),))


def _refs(column: Column, text: str, known: Known) -> Cell:
    found: list[str] = []
    wrong: list[Wrong] = []
    any_code = column.points_to == ("sources",) and "sources" not in known.tables  # nothing says which codes there are
    for item in text.split(";") if ";" in text else [text]:
        if not item:
            wrong.append(Wrong("there is an empty place between two ';'.", "Take out the ';' that is too many.", text))
        elif any_code or known.has(column, item):
            found.append(item)
        elif len(wrong) < MOST_NAMED:
            wrong.append(known.unknown(column, item))
        else:
            hint = (
                f"The cell has {text.count(';') + 1:,} ids, of which the first {MOST_NAMED:,} unknown ones are named."
            )
            wrong.append(Wrong("further ids of the cell are unknown.", hint))
            break
    return Cell(tuple(dict.fromkeys(found)), tuple(wrong))


def _window(_column: Column, text: str, _known: Known) -> Cell:
    try:
        found = parse_window(text)
    except BadDate as error:
        return Cell(wrong=(Wrong(f"{text!r} cannot be read as a date: {error.problem}", error.hint),))
    if found.first is None or found.last is None:
        return Cell(found)
    return Cell(Window(found.first, found.last, found.time))


def _due(column: Column, text: str, known: Known) -> Cell:
    value, wrong = _window(column, text, known)
    if isinstance(value, OpenWindow) and value.last is None:
        hint = "Write the last day on which it is in time."
        return Cell(wrong=(Wrong(f"{text!r} is open: a due date has an end.", hint),))
    return Cell(value.last if isinstance(value, (Window, OpenWindow)) else None, wrong)


def _integer(column: Column, text: str, _known: Known) -> Cell:
    if text.isascii() and text.isdigit() and len(text) < 20 and column.low <= int(text) <= column.high:
        return Cell(int(text))
    problem = f"{text!r} is not a whole number from {column.low} to {column.high}."
    return Cell(wrong=(Wrong(problem, column.help),))


def _confidence(_column: Column, text: str, _known: Known) -> Cell:
    if text in CONFIDENCE_WORDS:
        return Cell(CONFIDENCE_WORDS[text])
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 < number <= 1:
        return Cell(number)
    hint = "Write a number above 0 and up to 1, or high, medium or low."
    return Cell(wrong=(Wrong(f"{text!r} is not a confidence.", hint),))


_READERS: Mapping[ColumnType, Callable[[Column, str, Known], Cell]] = {
    "word": _word,
    "ref": _ref,
    "refs": _refs,
    "place": _ref,
    "window": _window,
    "due": _due,
    "integer": _integer,
    "confidence": _confidence,
}
