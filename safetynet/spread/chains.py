"""By which chain of edges an item comes to a holder, and until when it could still have set out.

Both questions are one search over (holder, occasions used on the way), the earliest first or the latest first; see
:mod:`safetynet.spread.edges` for what holders, items, edges and occasions are.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .edges import BEFORE, Edge

NONE: frozenset[int] = frozenset()


class Step(NamedTuple):
    """A place in a search: a holder at a tick, the occasions used on the way, and the steps behind it."""

    tick: int
    holder: int
    used: frozenset[int] = NONE
    edge: Edge | None = None
    behind: Step | None = None
    length: int = 0

    def on(self, tick: int, holder: int, used: frozenset[int], edge: Edge) -> Step:
        return Step(tick, holder, used, edge, self, self.length + 1)

    def edges(self) -> list[Edge]:
        """The edges from here back to where the search began."""
        out: list[Edge] = []
        step: Step | None = self
        while step is not None and step.edge is not None:
            out.append(step.edge)
            step = step.behind
        return out


class Search:
    """Best first. No holder is left a second time, unless with an occasion unused that was used the first time."""

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, int, int, Step]] = []
        self.left: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
        self.added = 0

    def add(self, rank: int, step: Step) -> None:
        if not self.is_beaten(step):
            self.added += 1
            heapq.heappush(self.heap, (rank, len(step.used), step.length, self.added, step))

    def is_beaten(self, step: Step) -> bool:
        return any(used <= step.used for used in self.left[step.holder])

    def __iter__(self) -> Iterator[Step]:
        while self.heap:
            step = heapq.heappop(self.heap)[-1]
            if not self.is_beaten(step):
                self.left[step.holder].append(step.used)
                yield step


def chain(
    facts: Iterable[tuple[int, int, int]], edges: Iterable[Edge], holder: int, item: int
) -> tuple[int, list[Edge]] | None:
    """The earliest way by which `item` comes to `holder`.

    Parameters
    ----------
    facts : iterable of (holder, items, tick)
        What holders come by of their own, and when.
    edges : iterable of Edge
    holder, item : int

    Returns
    -------
    (int, list of Edge) or None
        Who had it of their own, and the edges it went through from there, first to last (none if that is `holder`).
        None if it never comes.
    """
    return next((way for one, way in chains(facts, edges, item) if one == holder), None)


def chains(
    facts: Iterable[tuple[int, int, int]], edges: Iterable[Edge], item: int
) -> Iterator[tuple[int, tuple[int, list[Edge]]]]:
    """The earliest way by which `item` comes to each holder whom it reaches, in one search: as :func:`chain` has it."""
    search = Search()
    out: defaultdict[int, list[Edge]] = defaultdict(list)
    ends: defaultdict[int, int] = defaultdict(lambda: BEFORE)
    for edge in edges:
        if edge.items >> item & 1:
            out[edge.source].append(edge)
            ends[edge.once] = max(ends[edge.once], edge.leaves, edge.arrives)
    for knower, items, tick in facts:
        if items >> item & 1:
            search.add(tick, Step(tick, knower))
    found: set[int] = set()
    for step in search:
        if step.holder not in found:
            found.add(step.holder)
            path = step.edges()[::-1]
            yield step.holder, (path[0].source if path else step.holder, path)
        for edge in out[step.holder]:
            if step.tick <= edge.leaves and edge.once not in step.used:
                tick = max(step.tick, edge.arrives)
                used = step.used | {edge.once} if edge.once else step.used
                used = frozenset(once for once in used if ends[once] >= tick) if used else used
                search.add(tick, step.on(tick, edge.target, used, edge))


def chains_back(edges: Iterable[Edge], target: int, by: int) -> dict[int, tuple[int, list[Edge]]]:
    """From whom, and until when, an item could still have set out to be with `target` by the tick `by`.

    Returns
    -------
    dict
        For each holder from whom a chain leads to `target` in time: the latest tick at which the holder could still
        have come by the item, and the edges of that chain, first to last. `target` itself: `by`, and none.
    """
    search = Search()
    into: defaultdict[int, list[Edge]] = defaultdict(list)
    starts: dict[int, int] = {}
    for edge in edges:
        into[edge.target].append(edge)
        starts[edge.once] = min(edge.arrives, starts.get(edge.once, edge.arrives))
    search.add(-by, Step(by, target))
    found: dict[int, Step] = {}
    for step in search:
        found.setdefault(step.holder, step)
        for edge in into[step.holder]:
            if edge.arrives <= step.tick and edge.once not in step.used:
                tick = min(step.tick, edge.leaves)
                used = step.used | {edge.once} if edge.once else step.used
                used = frozenset(once for once in used if starts[once] <= tick) if used else used
                search.add(-tick, step.on(tick, edge.source, used, edge))
    return {holder: (step.tick, step.edges()) for holder, step in found.items()}
