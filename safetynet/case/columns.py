"""How the case format describes a column and a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["id", "text", "word", "ref", "refs", "window", "due", "integer", "confidence", "place"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
    type : str
        id (the row's own name), text, word (one of `vocabulary`), ref (one id), refs (ids with ``;``), window
        (a date, perhaps partial), due (a date; a month or year means its last day), integer (from `low` to `high`),
        confidence, place (an agency, a sector or ``*``).
    required : bool
        Whether every row needs a value.
    help : str
        What a person who fills the table in needs to know.
    vocabulary : tuple of str
        The words that a cell may hold; in a text column those that we know, besides which others are kept.
    points_to : tuple of str
        The tables whose ids a cell may name.
    extra : tuple of str
        Words that a cell may hold instead of an id.
    low, high : int
        The range of an integer.
    """

    name: str
    type: ColumnType = "text"
    required: bool = False
    help: str = ""
    vocabulary: tuple[str, ...] = ()
    points_to: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def many(self) -> bool:
        """Whether a cell may hold several values, separated by ``;``."""
        return self.type == "refs"

    @property
    def closed(self) -> bool:
        """Whether a cell holds one of the words of the vocabulary and no other."""
        return self.type == "word"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a case: its columns in order, its key, and whether a case must have it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    _index: dict[str, Column] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._index.update({column.name: column for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def id(self) -> str:
        """The column of the row's own name; empty where a row has none."""
        return self.key[0] if len(self.key) == 1 else ""

    def get(self, name: str) -> Column | None:
        """The column of that name, or None for a column that we do not know."""
        return self._index.get(name)
