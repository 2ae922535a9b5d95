"""How much of a case a report shows: about twelve printed pages, or everything.

What is left off the paper stands on the screen; what nobody can read on a screen either is counted. Both are said where
it happens.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Room(NamedTuple):
    """How many lines of a table stand on paper and on the screen, and how many names or codes in each cell."""

    paper: int | None = None
    screen: int | None = None
    each: int | None = None


class Extent(NamedTuple):
    """How many lines stand where; None is all of them.

    Attributes
    ----------
    matters, strengths : int or None
        Matters of each side on the first two pages.
    more : int or None
        Further matters of each side on the screen.
    points : int or None
        Findings of one matter.
    paper : int or None
        Lines of a table on paper.
    key : int or None
        Rows of the chronology on paper.
    screen : int or None
        Lines of a table on the screen.
    each : int or None
        Names or codes in one cell of a table.
    rows : int or None
        Rows of the chronology on the screen.
    links : int or None
        Rows that are named as what a number or a matter rests on.
    cells : int or None
        Cells of the table of who knew what.
    """

    matters: int | None = 7
    strengths: int | None = 4
    more: int | None = 100
    points: int | None = 10
    paper: int | None = 8
    key: int | None = 30
    screen: int | None = 300
    each: int | None = 12
    rows: int | None = 1500
    links: int | None = 6
    cells: int | None = 8000

    def room(self, paper: int | None = None) -> Room:
        """The room of a table, of which as many lines stand on paper as usual, or so many."""
        if self.paper is None or self.screen is None:
            return Room()
        printed = self.paper if paper is None else paper
        return Room(printed, max(self.screen, printed), self.each)


SHORT = Extent()
FULL = Extent(*(None for _ in Extent._fields))
ONLY_PAPER = SHORT._replace(more=0, points=1, screen=0, rows=0)


def first(items: list[T], number: int | None) -> list[T]:
    """The first so many of a list, or all."""
    return items if number is None else items[:number]
