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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

ALL = -1  # every item: all bits set
BEFORE = -1  # a tick before every real one


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


class Gain(NamedTuple):
    """At `tick`, `holder` came by `items`: through `edge`, or of its own (None)."""

    tick: int
    holder: int
    items: int
    edge: Edge | None


class Versions:
    """Items that have gone through an occasion are told apart from those that have not, as further bits."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.all_base = (1 << base) - 1
        self.known: list[tuple[int, frozenset[int]]] = []  # (item, occasions used) of bit base + n
        self.bits: dict[tuple[int, frozenset[int]], int] = {}

    def read(self, bit: int) -> tuple[int, frozenset[int]]:
        return (bit, frozenset()) if bit < self.base else self.known[bit - self.base]

    def bit(self, item: int, used: frozenset[int]) -> int:
        if not used:
            return item
        if (item, used) not in self.bits:
            self.bits[item, used] = self.base + len(self.known)
            self.known.append((item, used))
        return self.bits[item, used]

    def plain(self, items: int) -> int:
        """The items with their versions folded together."""
        out = items & self.all_base
        for bit in each(items >> self.base):
            out |= 1 << self.known[bit][0]
        return out

    def passing(self, edge: Edge, items: int, held: int) -> int:
        """What of `items` gets through `edge` to somebody who holds `held`."""
        if edge.items == ALL and not edge.once:
            return items
        out = 0
        for bit in each(items):
            item, used = self.read(bit)
            if edge.items >> item & 1 and not (edge.once and (edge.once in used or held >> item & 1)):
                out |= 1 << self.bit(item, used | {edge.once} if edge.once else used)
        return out

    def before(self, edge: Edge, bit: int) -> int:
        """The version that became `bit` in going through `edge`."""
        item, used = self.read(bit)
        return self.bit(item, used - {edge.once})


def each(items: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while items:
        low = items & -items
        yield low.bit_length() - 1
        items ^= low


class Spread(NamedTuple):
    """What spread: `held` (items per holder), and every gain in the order of time."""

    held: list[int]
    gains: list[Gain]
    versions: Versions

    def first(self) -> dict[tuple[int, int], int]:
        """The first tick of each (holder, item)."""
        found: dict[tuple[int, int], int] = {}
        for gain in self.gains:
            for item in each(self.versions.plain(gain.items)):
                found.setdefault((gain.holder, item), gain.tick)
        return found

    def chain(self, holder: int, item: int) -> list[Edge]:
        """The edges, first to last, of the earliest way by which `item` came to `holder`; empty if of its own."""
        came: dict[tuple[int, int], Gain] = {}
        for gain in self.gains:
            for bit in each(gain.items):
                came[gain.holder, bit] = gain
        bit = next(bit for gain in self.gains if gain.holder == holder
                   for bit in each(gain.items) if self.versions.read(bit)[0] == item)  # fmt: skip
        path: list[Edge] = []
        while (edge := came[holder, bit].edge) is not None:
            path.append(edge)
            holder, bit = edge.source, self.versions.before(edge, bit)
        return path[::-1]


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
    One sweep over the ticks at which anything begins or ends. Work grows with the number of facts and edges
    and with the number of gains, never with the length of time between them.
    """
    opening: defaultdict[int, list[tuple[int, Edge]]] = defaultdict(list)
    closing: defaultdict[int, list[tuple[int, Edge]]] = defaultdict(list)
    posting: defaultdict[int, list[Edge]] = defaultdict(list)
    coming: defaultdict[int, list[tuple[int, int, Edge | None]]] = defaultdict(list)
    widest = 0
    for holder, items, tick in facts:
        coming[tick].append((holder, items, None))
        widest |= items
    for number, edge in enumerate(edges):
        if edge.arrives <= edge.leaves:
            opening[edge.arrives].append((number, edge))
            closing[edge.leaves].append((number, edge))
        else:
            posting[edge.leaves].append(edge)
    versions = Versions(widest.bit_length())
    held = [0] * size
    gains: list[Gain] = []
    doors: list[dict[int, Edge]] = [{} for _ in range(size)]
    ticks = [*{*coming, *opening, *closing, *posting}]
    heapq.heapify(ticks)
    last = None
    while ticks:
        tick = heapq.heappop(ticks)
        if tick == last:
            continue
        last = tick
        stack: list[Edge] = []
        for holder, items, via in coming.pop(tick, ()):
            new = items & ~held[holder]
            if new:
                held[holder] |= new
                gains.append(Gain(tick, holder, new, via))
                stack.extend(doors[holder].values())
        for number, edge in opening.get(tick, ()):
            doors[edge.source][number] = edge
            stack.append(edge)
        while stack:
            edge = stack.pop()
            new = held[edge.source] & ~held[edge.target]
            if new and (edge.once or edge.items != ALL):
                new = versions.passing(edge, held[edge.source], held[edge.target]) & ~held[edge.target]
            if new:
                held[edge.target] |= new
                gains.append(Gain(tick, edge.target, new, edge))
                stack.extend(doors[edge.target].values())
        for edge in posting.get(tick, ()):
            content = versions.passing(edge, held[edge.source], 0)
            if content:
                coming[edge.arrives].append((edge.target, content, edge))
                heapq.heappush(ticks, edge.arrives)
        for number, edge in closing.get(tick, ()):
            del doors[edge.source][number]
    if versions.known:
        held = [versions.plain(items) for items in held]
    return Spread(held, gains, versions)


def spread_back(size: int, edges: Iterable[Edge], target: int, by: int) -> tuple[list[int | None], list[Edge | None]]:
    """The latest tick at which each holder could still have come by an item for `target` to have it by `by`.

    Returns
    -------
    latest : list of int or None
        Per holder; None if no chain leads from it to `target` in time.
    onward : list of Edge or None
        The first edge of such a chain.
    """
    into: list[list[Edge]] = [[] for _ in range(size)]
    for edge in edges:
        into[edge.target].append(edge)
    latest: list[int | None] = [None] * size
    onward: list[Edge | None] = [None] * size
    latest[target] = by
    queue = [(-by, target)]
    while queue:
        negative, holder = heapq.heappop(queue)
        limit = -negative
        if limit != latest[holder]:
            continue
        for edge in into[holder]:
            if edge.arrives > limit:
                continue
            tick = min(edge.leaves, limit)
            known = latest[edge.source]
            if known is None or tick > known:
                latest[edge.source] = tick
                onward[edge.source] = edge
                heapq.heappush(queue, (-tick, edge.source))
    return latest, onward


def reach(size: int, edges: Iterable[Edge]) -> list[int]:
    """For each holder, the set (bits) of holders from whom something could have reached it, itself included.

    Two-way contacts of one tick let it through at once; an edge without a past lets only its source through.
    """
    return spread(size, ((holder, 1 << holder, BEFORE) for holder in range(size)), edges).held


def reached_pairs(size: int, edges: Iterable[Edge], nodes: Sequence[int] | None = None) -> int:
    """The number of ordered pairs (i, j), i not j, with a time-respecting path from i to j, among `nodes`."""
    among = range(size) if nodes is None else nodes
    mask = 0
    for node in among:
        mask |= 1 << node
    sets = reach(size, edges)
    return sum((sets[node] & mask).bit_count() - 1 for node in among)
