"""Dated one-way edges along which items pass, and sets of items.

Nothing here knows about children or concerns. *Holders* and *items* are whole numbers from 0; a set of items is
one Python integer with a bit for each, so that passing a whole set on is a single ``|``. Time is a whole number
(*tick*).

An :class:`Edge` carries what its source holds by the tick `leaves`, and hands it over at `arrives` or, if the
source came by it later than that, at once. So ``arrives <= leaves`` is an open door (everything that comes in
between passes through), and ``leaves < arrives`` is a letter (what was in it when it was sent).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

ALL = -1  # every item: all bits set
BEFORE = -(1 << 60)  # a tick before every real one

_make = tuple.__new__


class Edge(NamedTuple):
    """A one-way passage in time; `items` are those that may pass, `label` is what the caller calls it.

    Edges with the same `once` above 0 are one occasion: nothing goes through two of them on its way, as what one
    listener says to a speaker does not reach the next listener on that same occasion.
    """

    source: int
    target: int
    leaves: int
    arrives: int
    items: int = ALL
    label: str = ""
    once: int = 0

    @property
    def begins(self) -> int:
        """The tick at which it opens or is sent."""
        return min(self.leaves, self.arrives)

    @property
    def ends(self) -> int:
        """The tick at which it closes or is read."""
        return max(self.leaves, self.arrives)


def both_ways(one: int, other: int, leaves: int, arrives: int) -> tuple[Edge, Edge]:
    """A two-way contact as two edges; what ``Edge`` makes of each, without its detour over names and defaults."""
    there, back = (one, other, leaves, arrives, ALL, "", 0), (other, one, leaves, arrives, ALL, "", 0)
    return _make(Edge, there), _make(Edge, back)


def turned_round(edges: Iterable[Edge]) -> list[Edge]:
    """The edges in the time turned round: whom something reaches are those by whom one is reached when it runs back."""
    return [_make(Edge, (one[1], one[0], -one[3], -one[2], *one[4:])) for one in edges]


def each(items: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while items:
        low = items & -items
        yield low.bit_length() - 1
        items ^= low
