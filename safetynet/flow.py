"""How items can spread over dated one-way edges: forward, backward, and by which chain.

Nothing here knows about children or concerns. *Holders* and *items* are whole numbers from 0; a set of items is
one Python integer with a bit for each, so that passing a whole set on is a single ``|``. Time is a whole number
(*tick*).

An :class:`Edge` carries what its source holds by the tick `leaves`, and hands it over at `arrives` or, if the
source came by it later than that, at once. So ``arrives <= leaves`` is an open door (everything that comes in
between passes through), and ``leaves < arrives`` is a letter (what was in it when it was sent).
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

ALL = -1  # every item: all bits set
BEFORE = -1  # a tick before every real one

FACT, READ, OPEN, POST, CLOSE = range(5)  # what happens at one tick, in this order


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


class Spread(NamedTuple):
    """What spread: `held` (items per holder), and every gain (tick, holder, items) in the order of time."""

    held: list[int]
    gains: list[tuple[int, int, int]]

    def first(self) -> dict[tuple[int, int], int]:
        """The first tick of each (holder, item)."""
        found: dict[tuple[int, int], int] = {}
        for tick, holder, items in self.gains:
            for item in each(items):
                found.setdefault((holder, item), tick)
        return found


def each(items: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while items:
        low = items & -items
        yield low.bit_length() - 1
        items ^= low


def spread(size: int, facts: Iterable[tuple[int, int, int]], edges: Iterable[Edge]) -> Spread:
    """Let items spread.

    Parameters
    ----------
    size : int
        Number of holders.
    facts : iterable of (holder, items, tick)
        What holders come by of their own, and when.
    edges : iterable of Edge

    Notes
    -----
    One sweep over the ticks at which anything begins or ends. Work grows with the number of facts and edges, and
    with how often a holder gains times the holders that it has a door to; never with the time between them.
    """
    agenda: list[tuple[int, int, Any]] = [(tick, FACT, (holder, items)) for holder, items, tick in facts]
    ends: dict[int, int] = {}
    for edge in edges:
        if edge.arrives <= edge.leaves:
            agenda.append((edge.arrives, OPEN, edge))
        else:
            agenda += ((edge.leaves, POST, edge), (edge.arrives, READ, edge))
        if edge.once:
            ends[edge.once] = max(edge.leaves, edge.arrives, ends.get(edge.once, BEFORE))
    agenda += ((tick, CLOSE, once) for once, tick in ends.items())
    agenda.sort()
    width = max((items.bit_length() for _, phase, (_, items) in _facts(agenda)), default=0)
    held = [0] * size
    gains: list[tuple[int, int, int]] = []
    doors: list[dict[tuple[int, int, int], Edge]] = [{} for _ in range(size)]
    sealed: dict[Edge, int] = {}
    marks = Marks(width)
    waiting: deque[Edge] = deque()
    for tick, phase, thing in agenda:
        if phase == OPEN:
            key = (thing.target, thing.items, thing.once)
            known = doors[thing.source].get(key)
            if known is None or known.leaves < thing.leaves:
                doors[thing.source][key] = thing
            if not held[thing.source] & ~held[thing.target]:
                continue
            waiting.append(thing)
