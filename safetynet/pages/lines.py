"""Tables of a page as plain data: headings, and cells that know what they hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from ..wording import day
from .extent import Room, first
from .names import Names, Said

Holds = Literal["text", "prose", "words", "date", "day", "number", "yes", "who", "rows", "concerns"]
LONG = 24  # letters of a word that is broken before it pushes a column off the page


class Ids(NamedTuple):
    """Ids of rows or concerns, each of which links to its place where the page has it, and how many more there are."""

    kind: Literal["row", "concern"]
    ids: tuple[str, ...]
    further: int = 0


class Who(NamedTuple):
    """People and agencies, under both names, and how many more there are."""

    names: list[Said]
    further: int = 0


class Column(NamedTuple):
    """One column: the field of the lines that it shows, its heading, and what it holds."""

    field: str
    heading: str
    holds: Holds = "text"


Cell = str | Said | Ids | Who
Record = Mapping[str, Any] | Any  # a mapping, or a named tuple


class Line(NamedTuple):
    """One line: its cells, and whether it stands on paper too."""

    cells: list[Cell]
    on_paper: bool


class Table(NamedTuple):
    """A table: what it is called, its columns, its lines, and how many are not even on the screen."""

    name: str
    caption: str
    columns: Sequence[Column]
    lines: list[Line]
    left_out: int

    @property
    def only_on_screen(self) -> int:
        """How many lines do not stand on paper."""
        return sum(not line.on_paper for line in self.lines)


def table(
    name: str,
    caption: str,
    columns: Sequence[Column],
    records: Iterable[Record],
    names: Names,
    *,
    room: Room = Room(),  # noqa: B008 -- a tuple
    weigh: Callable[[Mapping[str, Any]], float] = lambda _: 0,
) -> Table:
    """A table of records that have the fields of the columns.

    The weightiest lines stand on paper, as many as there is `room` for, and more on the screen.
    """
    every: list[Mapping[str, Any]] = [one if isinstance(one, Mapping) else one._asdict() for one in records]
    places = sorted(range(len(every)), key=lambda place: -weigh(every[place]))
    shown = sorted(first(places, room.screen))
    printed = set(first(places, room.paper))
    lines = [
        Line([cell(every[place][column.field], column.holds, names, room.each) for column in columns], place in printed)
        for place in shown
    ]
    return Table(name, caption, columns, lines, len(every) - len(shown))


def cell(value: Any, holds: Holds, names: Names, each: int | None = None) -> Cell:
    """One cell, from what a measure gives; of many names or codes the first `each`."""
    if value is None:
        return ""
    if isinstance(value, Said | Ids | Who):
        return value
    if holds not in ("rows", "concerns", "who"):
        return _plain(value, holds)
    every = [one for one in ((value,) if isinstance(value, str) else value) if one]
    shown = first(every, each)
    if holds == "who":
        return Who(names.several(shown), len(every) - len(shown))
    return Ids("row" if holds == "rows" else "concern", tuple(shown), len(every) - len(shown))


def _plain(value: Any, holds: Holds) -> str:
    if holds == "day":
        return day(value)
    if holds == "yes":
        return "yes" if value else "no"
    if holds == "number":
        return "not defined" if math.isnan(value) else f"{value:.2f}"
    return str(value).replace("_", " ") if holds == "words" else str(value)


def is_long(value: object) -> bool:
    """Whether a cell has a word so long that it may be broken anywhere."""
    texts = [value] if isinstance(value, str) else []
    if isinstance(value, Who):
        texts = [text for said in value.names for text in said]
    elif isinstance(value, Said | Ids):
        texts = list(value.ids) if isinstance(value, Ids) else list(value)
    return any(len(word) > LONG for text in texts if len(text) > LONG for word in text.split())
