"""How items spread over dated edges, and from whom to whom something can have come.

The compiled twin of this module, for many cases, is :mod:`safetynet.spread.kernels`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .edges import BEFORE, Edge, each
from .sweep import Fact, Gain, Sweep

Pairs = Sequence[tuple[int, int]]  # from whom to whom


class Spread(NamedTuple):
    """What spread: `held` (items per holder), and every gain (tick, holder, items) in the order of time."""

    held: list[int]
    gains: list[Gain]

    def first(self) -> dict[tuple[int, int], int]:
        """The first tick of each (holder, item)."""
        found: dict[tuple[int, int], int] = {}
        for tick, holder, items in self.gains:
            for item in each(items):
                found.setdefault((holder, item), tick)
        return found


def spread(size: int, facts: Iterable[Fact], edges: Iterable[Edge]) -> Spread:
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
    with how often a holder gains times the holders it then has a door to; never with the time between them.
    """
    sweep = Sweep(size, list(facts), list(edges))
    sweep.run()
    return Spread(sweep.held, sweep.gains)


def reach(size: int, edges: Iterable[Edge]) -> list[int]:
    """For each holder, the set (bits) of holders from whom something could have reached it, itself included.

    Two-way contacts of one tick let it through at once; an edge without a past lets only its source through.
    """
    return spread(size, ((holder, 1 << holder, BEFORE) for holder in range(size)), edges).held


def reached_pairs(size: int, edges: Iterable[Edge]) -> int:
    """The number of ordered pairs (i, j), i not j, with a time-respecting path from i to j."""
    return sum(holders.bit_count() - 1 for holders in reach(size, edges))


def through_moments(size: int, facts: Iterable[Fact], moments: Iterable[tuple[int, Pairs]], *, apart: bool) -> Spread:
    """Let items spread over long lists of contacts that have one tick each, given tick by tick.

    The same as :func:`spread` over edges that leave and arrive then, or, where they are `apart`, over letters that are
    sent at a tick and read right after: what comes in by one does not go on in another of the same tick. The facts are
    there before the first contact.
    """
    held = [0] * size
    for holder, items, _ in facts:
        held[holder] |= items
    gains: list[Gain] = []
    for tick, pairs in moments:
        before = held.copy() if apart else held
        changed = True
        while changed:
            changed = False
            for a, b in pairs:
                if new := before[a] & ~held[b]:
                    held[b] |= new
                    gains.append((tick, b, new))
                    changed = not apart
    return Spread(held, gains)
