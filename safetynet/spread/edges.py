"""How items can spread over dated one-way edges, and from whom to whom.

Nothing here knows about children or concerns. *Holders* and *items* are whole numbers from 0; a set of items is
one Python integer with a bit for each, so that passing a whole set on is a single ``|``. Time is a whole number
(*tick*).

An :class:`Edge` carries what its source holds by the tick `leaves`, and hands it over at `arrives` or, if the
source came by it later than that, at once. So ``arrives <= leaves`` is an open door (everything that comes in
between passes through), and ``leaves < arrives`` is a letter (what was in it when it was sent).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import itemgetter, or_
from typing import Any, NamedTuple

ALL = -1  # every item: all bits set
BEFORE = -1  # a tick before every real one

_make = tuple.__new__

FACT, READ, OPEN, SEND, CLOSE = range(5)  # what can happen at a tick, in this order


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


def both_ways(one: int, other: int, leaves: int, arrives: int) -> tuple[Edge, Edge]:
    """A two-way contact as two edges; what ``Edge`` makes of each, without its detour over names and defaults."""
    there, back = (one, other, leaves, arrives, ALL, "", 0), (other, one, leaves, arrives, ALL, "", 0)
    return _make(Edge, there), _make(Edge, back)


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
    with how often a holder gains times the holders it then has a door to; never with the time between them.
    """
    facts, edges = list(facts), list(edges)
    agenda: list[tuple[int, Any]] = [(8 * tick + FACT, (holder, items)) for holder, items, tick in facts]
    agenda += [(8 * edge[3] + OPEN, edge) for edge in edges if edge[3] <= edge[2]]
    ends: dict[int, int] = {}
    for edge in [edge for edge in edges if edge[2] < edge[3] or edge[6]]:
        if edge.leaves < edge.arrives:
            agenda += ((8 * edge.leaves + SEND, edge), (8 * edge.arrives + READ, edge))
        if edge.once:
            ends[edge.once] = max(edge.leaves, edge.arrives, ends.get(edge.once, BEFORE))
    agenda += [(8 * tick + CLOSE, once) for once, tick in ends.items()]
    agenda.sort(key=itemgetter(0))
    everything = reduce(or_, (items for _, items, _ in facts), 0)
    lacking = size  # holders who do not have everything yet
    marks = Marks(everything.bit_length())
    held = [0] * size
    gains: list[tuple[int, int, int]] = []
    doors: list[list[Edge]] = [[] for _ in range(size)]
    sealed: dict[Edge, int] = {}
    waiting: deque[Edge] = deque()

    def take(tick: int, holder: int, items: int) -> int:
        """Give the holder the items, and have the doors from there tried; 1 if that was all there is to have."""
        had = held[holder]
        held[holder] = has = had | items
        gains.append((tick, holder, items))
        doors[holder] = still_open = [door for door in doors[holder] if door[2] >= tick]
        if ends:  # occasions last, so that what can come another way comes without their mark
            waiting.extendleft(door for door in still_open if not door[6])
            waiting.extend(door for door in still_open if door[6])
        else:
            waiting.extend(still_open)
        return has & everything == everything != had & everything

    for moment, thing in agenda:
        tick, phase = moment >> 3, moment & 7
        if phase == OPEN:
            doors[thing[0]].append(thing)
            waiting.append(thing)
        elif phase == FACT:
            holder, items = thing
            if new := items & ~held[holder]:
                lacking -= take(tick, holder, new)
        elif phase == SEND:
            sealed[thing] = marks.through(thing, held[thing.source])
        elif phase == READ:
            if new := marks.new(sealed.pop(thing, 0), held[thing.target]):
                lacking -= take(tick, thing.target, new)
        else:
            marks.forget(thing, held, sealed)
        while waiting:
            edge = waiting.popleft()
            new = held[edge[0]] & ~held[edge[1]]
            if new and (marks.read or edge[6] or edge[4] != ALL):
                new = marks.new(marks.through(edge, held[edge.source]), held[edge.target])
            if new:
                lacking -= take(tick, edge.target, new)
        if not lacking:
            break
    if marks.read:
        held = [marks.plain(items) for items in held]
        gains = [(tick, holder, marks.plain(items)) for tick, holder, items in gains]
    return Spread(held, gains)


def reach(size: int, edges: Iterable[Edge]) -> list[int]:
    """For each holder, the set (bits) of holders from whom something could have reached it, itself included.

    Two-way contacts of one tick let it through at once; an edge without a past lets only its source through.
    """
    return spread(size, ((holder, 1 << holder, BEFORE) for holder in range(size)), edges).held


def reached_pairs(size: int, edges: Iterable[Edge]) -> int:
    """The number of ordered pairs (i, j), i not j, with a time-respecting path from i to j."""
    return sum(holders.bit_count() - 1 for holders in reach(size, edges))


def distances(neighbours: Sequence[Iterable[int]]) -> list[int]:
    """How many ordered pairs are 1, 2, 3, ... steps apart in an undirected graph; no time in it.

    The set of holders within k steps of each is the union of its neighbours' sets within k - 1. Who does not gain
    in a round, or has everybody, never will again.
    """
    everybody = (1 << len(neighbours)) - 1
    ball = [1 << holder for holder in range(len(neighbours))]
    growing: Sequence[int] = range(len(neighbours))
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


class Marks:
    """Items that came through an occasion that is still open, told apart from others by further bits.

    Bit ``base + n`` is the item and the occasions of ``read[n]``. Whoever has an item with fewer marks has no use
    for it with more; once an occasion is over its mark means nothing, and is forgotten.
    """

    def __init__(self, base: int) -> None:
        self.base = base
        self.unmarked = (1 << base) - 1
        self.read: list[tuple[int, frozenset[int]]] = []
        self.bits: dict[tuple[int, frozenset[int]], int] = {}
        self.of: defaultdict[int, int] = defaultdict(int)  # item -> its marked bits

    def bit(self, item: int, used: frozenset[int]) -> int:
        if not used:
            return item
        if (item, used) not in self.bits:
            self.bits[item, used] = self.base + len(self.read)
            self.of[item] |= 1 << self.base + len(self.read)
            self.read.append((item, used))
        return self.bits[item, used]

    def meaning(self, bit: int) -> tuple[int, frozenset[int]]:
        return (bit, frozenset()) if bit < self.base else self.read[bit - self.base]

    def plain(self, items: int) -> int:
        """The items without their marks."""
        out = items & self.unmarked
        for bit in each(items >> self.base):
            out |= 1 << self.read[bit][0]
        return out

    def through(self, edge: Edge, items: int) -> int:
        """What gets through an edge, as it comes out of it."""
        if not edge.once and edge.items == ALL:
            return items
        if not edge.once and not items >> self.base:
            return items & edge.items
        out = 0
        for bit in each(items):
            item, used = self.meaning(bit)
            if edge.items >> item & 1 and not (edge.once and edge.once in used):
                out |= 1 << self.bit(item, used | {edge.once} if edge.once else used)
        return out

    def new(self, items: int, held: int) -> int:
        """What of `items` adds to `held`."""
        items &= ~held
        if not items >> self.base:
            return items
        out = items & self.unmarked
        marked = sorted((self.read[bit] for bit in each(items >> self.base)), key=lambda one: len(one[1]))
        for item, used in marked:
            have = held | out
            if not have >> item & 1 and not any(
                self.read[bit][1] <= used for bit in each((have & self.of[item]) >> self.base)
            ):
                out |= 1 << self.bits[item, used]
        return out

    def forget(self, once: int, held: list[int], sealed: dict[Edge, int]) -> None:
        """Take the mark of an occasion that is over off everything."""
        over = 0
        for (_, used), bit in self.bits.items():
            if once in used:
                over |= 1 << bit
        if over:
            for holder, items in enumerate(held):
                held[holder] = self._without(once, items, over)
            for edge, items in sealed.items():
                sealed[edge] = self._without(once, items, over)

    def _without(self, once: int, items: int, over: int) -> int:
        for bit in each(items & over):
            item, used = self.meaning(bit)
            items |= 1 << self.bit(item, used - {once})
        return items & ~over
