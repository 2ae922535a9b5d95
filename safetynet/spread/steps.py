"""How many steps apart holders are in an undirected graph; no time in it. Sets of holders are bits of one number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

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


class Distances:
    """The same while more and more holders are joined: each new edge changes only what it makes shorter."""

    def __init__(self, size: int) -> None:
        self._within = [[1 << holder for holder in range(size)]]  # for each number of steps, who is so near to each
        self._pairs = [size]  # how many pairs these are

    @property
    def counts(self) -> list[int]:
        """How many ordered pairs are 1, 2, 3, ... steps apart."""
        return [more - fewer for fewer, more in pairwise(self._pairs)]

    def join(self, one: int, other: int) -> None:
        """Join two."""
        near, far = ([within[holder] for within in self._within] for holder in (one, other))
        self._let_through(near, far)
        self._let_through(far, near)
        while len(self._pairs) > 1 and self._pairs[-1] == self._pairs[-2]:
            self._pairs.pop()
            self._within.pop()

    def _let_through(self, near: Sequence[int], far: Sequence[int]) -> None:
        """Have those who come nearer to the other end of a new edge by it; `near` and `far` as they were without it."""
        nearer = 0
        for count, within in enumerate(near, 1):
            beyond = far[min(count, len(far) - 1)]
            for holder in each(within & ~nearer & ~beyond):
                self._bring_near(holder, count, far)
            nearer = within

    def _bring_near(self, holder: int, count: int, far: Sequence[int]) -> None:
        """Have a holder reach the other end in so many steps, and from there whoever is near that."""
        while count < len(self._within) or far[-1] & ~self._within[-1][holder]:
            if count == len(self._within):
                self._within.append(self._within[-1].copy())
                self._pairs.append(self._pairs[-1])
            within = self._within[count]
            new = far[0] & ~within[holder]
            within[holder] |= new
            self._pairs[count] += new.bit_count()
            count, far = count + 1, far[1:] or far


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
