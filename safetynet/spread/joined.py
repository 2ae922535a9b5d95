"""Graphs as sets of bits: an undirected one that grows, its parts, and the rounds of a directed one; no time in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .edges import each


class Joined:
    """A graph that only grows, and the parts that it is in.

    Attributes
    ----------
    pairs : list of (int, int)
        The pairs that are joined, in the order in which they came.
    neighbours : list of list of int
    together : int
        How many ordered pairs a chain joins: Σ s(s-1) over the sizes of the parts.
    """

    def __init__(self, size: int) -> None:
        self.pairs: list[tuple[int, int]] = []
        self.neighbours: list[list[int]] = [[] for _ in range(size)]
        self.together = 0
        self._beside = [0] * size
        self._part = list(range(size))
        self._members = [[node] for node in range(size)]

    def join(self, one: int, other: int) -> bool:
        """Join two; whether they were not before."""
        if self._beside[one] >> other & 1:
            return False
        self._beside[one] |= 1 << other
        self._beside[other] |= 1 << one
        self.neighbours[one].append(other)
        self.neighbours[other].append(one)
        self.pairs.append((one, other))
        large, small = self._part[one], self._part[other]
        if large != small:
            if len(self._members[large]) < len(self._members[small]):
                large, small = small, large
            self.together += 2 * len(self._members[large]) * len(self._members[small])
            for node in self._members[small]:
                self._part[node] = large
            self._members[large] += self._members[small]
            self._members[small] = []
        return True


def parts(beside: Sequence[int], among: int) -> Iterator[int]:
    """The parts that some nodes are in, each a set of bits; `beside` has the neighbours of each."""
    left = among
    while left:
        part = fresh = left & -left
        while fresh:
            near = 0
            for node in each(fresh):
                near |= beside[node]
            fresh = near & among & ~part
            part |= fresh
        left &= ~part
        yield part


def rounds(onward: Sequence[int]) -> list[int]:
    """The groups of which each leads to every other, perhaps through others; `onward` has where each leads.

    Each is a set of bits, in the order of its first node; a node from which no way leads back is one by itself.
    """
    reached = [1 << node | near for node, near in enumerate(onward)]
    for through, further in enumerate(reached):
        for node, found in enumerate(reached):
            if found >> through & 1:
                reached[node] |= further
    groups: dict[int, int] = {}
    for node, found in enumerate(reached):  # those who lead to each other lead to the same
        groups[found] = groups.get(found, 0) | 1 << node
    return list(groups.values())
