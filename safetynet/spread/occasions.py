"""Occasions through which nothing goes twice: the items that came through one, told apart from the others."""

from __future__ import annotations

from collections import defaultdict

from .edges import ALL, Edge, each


class Marks:
    """Items that came through an occasion that is still open, told apart from others by further bits.

    Bit ``base + n`` is the item and the occasions of ``read[n]``. Whoever has an item with fewer marks has no use
    for it with more; once an occasion is over its mark means nothing, and is forgotten: its bits serve others.
    """

    def __init__(self, base: int) -> None:
        self.base = base
        self.unmarked = (1 << base) - 1
        self.read: list[tuple[int, frozenset[int]]] = []
        self.free: list[int] = []  # bits whose occasion is over
        self.bits: dict[tuple[int, frozenset[int]], int] = {}
        self.of: defaultdict[int, int] = defaultdict(int)  # item -> its marked bits
        self.by: defaultdict[int, int] = defaultdict(int)  # occasion -> the bits marked by it

    def copy(self) -> Marks:
        """The same marks, to go on apart from these."""
        made = Marks(self.base)
        made.read, made.free, made.bits = self.read.copy(), self.free.copy(), self.bits.copy()
        made.of, made.by = self.of.copy(), self.by.copy()
        return made

    def bit(self, item: int, used: frozenset[int]) -> int:
        if not used:
            return item
        mark = (item, used)
        if mark not in self.bits:
            if self.free:
                bit = self.free.pop()
                self.read[bit - self.base] = mark
            else:
                bit = self.base + len(self.read)
                self.read.append(mark)
            self.bits[mark] = bit
            self.of[item] |= 1 << bit
            for once in used:
                self.by[once] |= 1 << bit
        return self.bits[mark]

    def meaning(self, bit: int) -> tuple[int, frozenset[int]]:
        return (bit, frozenset()) if bit < self.base else self.read[bit - self.base]

    def plain(self, items: int) -> int:
        """The items without their marks."""
        out = items & self.unmarked
        for bit in each(items >> self.base):
            out |= 1 << self.read[bit][0]
        return out

    def told_apart(self, items: int) -> tuple[int, frozenset[tuple[int, frozenset[int]]]]:
        """The items without marks, and those with theirs, whatever bits they have here."""
        return items & self.unmarked, frozenset(self.read[bit] for bit in each(items >> self.base))

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
        over = self.by.pop(once, 0)
        if over:
            for holder, items in enumerate(held):
                if items & over:
                    held[holder] = self._without(once, items, over)
            for edge, items in sealed.items():
                sealed[edge] = self._without(once, items, over)
            self._set_free(over)

    def _set_free(self, over: int) -> None:
        for bit in each(over):
            mark = self.meaning(bit)
            del self.bits[mark]
            self.of[mark[0]] &= ~(1 << bit)
            for other in mark[1] & self.by.keys():
                self.by[other] &= ~(1 << bit)
            self.free.append(bit)

    def _without(self, once: int, items: int, over: int) -> int:
        for bit in each(items & over):
            item, used = self.meaning(bit)
            items |= 1 << self.bit(item, used - {once})
        return items & ~over
