"""How many steps apart holders are in an undirected graph; no time in it. Sets of holders are bits of one number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .edges import each

Neighbours = Sequence[Iterable[int]]


def distances(neighbours: Neighbours, without: int = 0) -> list[int]:
    """How many ordered pairs are 1, 2, 3, ... steps apart, on paths that avoid the holders in `without`.

    The set of holders within k steps of each is the union of its neighbours' sets within k - 1. Who does not gain
    in a round, or has everybody, never will again.
    """
    everybody = ((1 << len(neighbours)) - 1) & ~without
    ball = [everybody & 1 << holder for holder in range(len(neighbours))]
    growing: Sequence[int] = [holder for holder, own in enumerate(ball) if own]
    counts: list[int] = []
    while growing:
        wider, gained, still = ball.copy(), 0, []
        for holder in growing:
            within = ball[holder]
            for neighbour in neighbours[holder]:
                within |= ball[neighbour]
            if within != ball[holder]:
                gained += within.bit_count() - ball[holder].bit_count()
                wider[holder] = within
                if within != everybody:
                    still.append(holder)
        if gained:
            counts.append(gained)
        ball, growing = wider, still
    return counts


def steps_from(neighbours: Neighbours, some: int) -> list[int]:
    """How many holders are 1, 2, 3, ... steps from the nearest of some."""
    counts: list[int] = []
    seen = fresh = some
    while fresh:
        near = 0
        for holder in each(fresh):
            for neighbour in neighbours[holder]:
                near |= 1 << neighbour
        fresh = near & ~seen
        seen |= fresh
        if fresh:
            counts.append(fresh.bit_count())
    return counts


def closeness(counts: Iterable[int]) -> float:
    """Each counted as 1 over its number of steps; added up in this order, as the compiled twin does it, to the bit."""
    total = 0.0
    for steps, count in enumerate(counts, 1):
        total += count / steps
    return total
