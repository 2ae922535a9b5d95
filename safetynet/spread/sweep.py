"""The engine event by event: doors that open and close, letters that are sent and read, occasions that end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import reduce
from operator import itemgetter, or_
from typing import Any

from .edges import ALL, Edge
from .occasions import Marks

Fact = tuple[int, int, int]  # holder, items, tick
Gain = tuple[int, int, int]  # tick, holder, items
Happening = Callable[[int, Any], None]

FACT, READ, OPEN, SEND, CLOSE = range(5)  # what can happen at a tick, in this order


def moments(edges: Sequence[Edge]) -> tuple[list[tuple[int, Any]], bool]:
    """What begins and ends of some edges, in no order, with its moment; whether occasions are among it.

    All edges of one occasion are given together.
    """
    listed: list[tuple[int, Any]] = [(8 * edge[3] + OPEN, edge) for edge in edges if edge[3] <= edge[2]]
    over: dict[int, int] = {}
    for edge in [edge for edge in edges if edge[2] < edge[3] or edge[6]]:
        if edge.leaves < edge.arrives:
            listed += ((8 * edge.leaves + SEND, edge), (8 * edge.arrives + READ, edge))
        if edge.once:
            over[edge.once] = max(edge.leaves, edge.arrives, over.get(edge.once, edge.leaves))
    listed += [(8 * tick + CLOSE, once) for once, tick in over.items()]
    return listed, bool(over)


def agenda(facts: Sequence[Fact], edges: Sequence[Edge]) -> tuple[list[tuple[int, Any]], bool]:
    """Everything that begins and ends, with its moment (the tick, and what comes first at it); whether occasions do."""
    listed: list[tuple[int, Any]] = [(8 * fact[2] + FACT, fact) for fact in facts]
    begun, occasions = moments(edges)
    listed += begun
    listed.sort(key=itemgetter(0))
    return listed, occasions


class Sweep:
    """One sweep over all events: who holds what, the doors that are open, and what is still to be tried.

    Attributes
    ----------
    held : list of int
        The items of each holder so far.
    gains : list of (tick, holder, items)
        How they came, in the order of time.
    """

    def __init__(self, size: int, facts: Sequence[Fact], edges: Sequence[Edge]) -> None:
        self.held = [0] * size
        self.gains: list[Gain] = []
        self.agenda, self.with_occasions = agenda(facts, edges)
        self.everything = reduce(or_, (items for _, items, _ in facts), 0)
        self.lacking = size  # holders who do not have everything yet
        self.marks = Marks(self.everything.bit_length())
        self.doors: list[list[Edge]] = [[] for _ in range(size)]
        self.sealed: dict[Edge, int] = {}
        self.waiting: deque[Edge] = deque()

    def copy(self) -> Sweep:
        """The same state, to go on apart from this one; without the gains so far."""
        made = copy(self)
        made.held, made.gains, made.waiting = self.held.copy(), [], deque()
        made.doors = [doors.copy() for doors in self.doors]
        made.sealed, made.marks = self.sealed.copy(), self.marks.copy()
        return made

    def stands_as(self, other: Sweep) -> bool:
        """Whether everybody, and every letter under way, has what they have in another state; doors apart."""
        if not self.marks.bits and not other.marks.bits:
            return self.held == other.held and self.sealed == other.sealed
        mine, theirs = self.marks.told_apart, other.marks.told_apart
        return (
            all(mine(one) == theirs(two) for one, two in zip(self.held, other.held, strict=True))
            and self.sealed.keys() == other.sealed.keys()
            and all(mine(items) == theirs(other.sealed[letter]) for letter, items in self.sealed.items())
        )

    def run(self) -> None:
        """Let everything happen, and take the marks of occasions off in the end."""
        self.go_on(self.agenda)
        self.held = self.plain()

    def plain(self) -> list[int]:
        """The items of each holder so far, without the marks of occasions."""
        return [self.marks.plain(items) for items in self.held] if self.marks.bits else self.held

    def go_on(self, agenda: Iterable[tuple[int, Any]]) -> None:
        """Let some more happen, in order, until everybody has everything."""
        if not self.lacking:
            return
        happens: dict[int, Happening] = {FACT: self.come_by, SEND: self.send, READ: self.read, CLOSE: self.close}
        waiting, doors, held = self.waiting, self.doors, self.held
        for moment, thing in agenda:
            phase = moment & 7
            if phase == OPEN:
                source = thing[0]
                doors[source].append(thing)
                if not held[source] & ~held[thing[1]]:
                    continue
                waiting.append(thing)
            else:
                happens[phase](moment >> 3, thing)
            if waiting:
                self.try_doors(moment >> 3)
                if not self.lacking:
                    break

    def come_by(self, tick: int, fact: Fact) -> None:
        """Somebody comes by something of their own."""
        if new := fact[1] & ~self.held[fact[0]]:
            self.take(tick, fact[0], new)

    def send(self, _tick: int, letter: Edge) -> None:
        """A letter is sent, with what its source holds."""
        self.sealed[letter] = self.marks.through(letter, self.held[letter.source])

    def read(self, tick: int, letter: Edge) -> None:
        """A letter is read."""
        if new := self.marks.new(self.sealed.pop(letter, 0), self.held[letter.target]):
            self.take(tick, letter.target, new)

    def close(self, _tick: int, once: int) -> None:
        """An occasion is over."""
        self.marks.forget(once, self.held, self.sealed)

    def try_doors(self, tick: int) -> None:
        """Let items go through the doors that wait to be tried, and on."""
        held, marks, waiting = self.held, self.marks, self.waiting
        while waiting:
            edge = waiting.popleft()
            new = held[edge[0]] & ~held[edge[1]]
            if new and (edge[4] != ALL or edge[6] or marks.bits):
                new = marks.new(marks.through(edge, new), held[edge[1]])
            if new:
                self.take(tick, edge[1], new)

    def take(self, tick: int, holder: int, items: int) -> None:
        """Give a holder items, and have the doors from there tried."""
        self.held[holder] = has = self.held[holder] | items
        plain = items if items <= self.everything else self.marks.plain(items)
        self.gains.append((tick, holder, plain))
        self.doors[holder] = still_open = [door for door in self.doors[holder] if door[2] >= tick]
        if self.with_occasions:  # occasions last, so that what can come another way comes without their mark
            self.waiting.extendleft(door for door in still_open if not door[6])
            self.waiting.extend(door for door in still_open if door[6])
        else:
            self.waiting.extend(still_open)
        if has & self.everything == self.everything:
            self.lacking -= 1
