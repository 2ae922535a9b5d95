"""Reach from day to day: who can have been reached by whom, while more and more contacts come to count.

The engine of :mod:`safetynet.spread.sweep`, stopped at the end of each day and taken up again on the next. What comes
to count late and began early takes it back to a day before that on which it began, of which it is kept how it stood:
not every day, since to go through a few days again costs less than to keep how each stood.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from .edges import Edge
from .sweep import FACT, Sweep, moments

APART = 16  # so many days on which something happens lie between those of which it is kept how it stood
Counting = tuple[int, Edge]  # from which day an edge counts
Kept = Sequence[tuple[int, Sweep]]  # how it stood before a day


def _day_of(kept: tuple[int, Sweep]) -> int:
    return kept[0]


class Forward:
    """Everybody starts with an item of their own, numbered as they are; asked day by day, in order.

    Parameters
    ----------
    size : int
        Number of holders.
    edges : iterable of (day, Edge)
        The edges, each with the day from which it counts; all of one occasion from the same day.
    length : int
        How many ticks a day has.
    """

    def __init__(self, size: int, edges: Iterable[Counting], length: int) -> None:
        self._length = length
        self._coming: defaultdict[int, list[Edge]] = defaultdict(list)
        for day, edge in edges:
            self._coming[day].append(edge)
        self._events: dict[int, list[tuple[int, Any]]] = {}  # what happens on each day, of the edges that count
        self._days: list[int] = []  # those days, in order
        self._kept: list[tuple[int, Sweep]] = []  # how it stood before a day
        self._now = Sweep(size, [(holder, 1 << holder, 0) for holder in range(size)], [])
        self._now.with_occasions = any(edge.once for new in self._coming.values() for edge in new)
        self._now.go_on([(FACT, (holder, 1 << holder, 0)) for holder in range(size)])
        self._next = min((self._begin(new) for new in self._coming.values()), default=0)  # the first day to come
        self._kept.append((self._next, self._now.copy()))
        self._oldest: dict[int, int] = {}  # where what counts after a day begins
        oldest = 1 << 60
        for day in sorted(self._coming, reverse=True):
            self._oldest[day] = oldest
            oldest = min(oldest, self._begin(self._coming[day]))

    def to(self, day: int) -> list[int]:
        """For each holder, the set (bits) of holders from whom something could have reached it by edges that count."""
        new = self._coming.pop(day, [])
        if not self._now.lacking:  # more contacts take nothing away
            return self._now.plain()
        if new:
            self._take_in(new)
            begun = [edge for edge in new if self._begin([edge]) < self._next and not self._is_sent_now(edge)]
            if bringing := [edge for edge in begun if self._may_bring(edge)]:
                self._go_back(bringing)
        self._go_on(day)
        later = self._days[bisect_left(self._days, self._next) :]
        end = self._now
        if later and end.lacking:
            end = end.copy()
            for other in later:
                end.go_on(self._events[other])
        return end.plain()

    def _go_on(self, day: int, before: Kept = (), settled: int = 0) -> None:
        """Let the days up to one happen.

        `before` are how it stood without an edge that has come in, the last first: from a day `settled` or later on
        which it stands as it did then, all is as it was then.
        """
        oldest, place = self._oldest.get(day, -(1 << 60)), bisect_left(self._days, self._next)
        then = list(before)
        while place < len(self._days) and self._days[place] <= day:
            today = self._days[place]
            while then and then[-1][0] < today:
                then.pop()
            if then and then[-1][0] == today >= settled and self._now.stands_as(then[-1][1]):
                self._next, self._now = then[0]
                self._kept += then[:0:-1]
                return
            if today >= oldest and place - bisect_left(self._days, self._kept[-1][0]) >= APART:
                self._kept.append((today, self._now.copy()))
            self._now.go_on(self._events[today])
            place += 1
        self._next = max(self._next, day + 1)

    def _begin(self, edges: Iterable[Edge]) -> int:
        return min(min(edge[2], edge[3]) for edge in edges) // self._length

    def _is_sent_now(self, edge: Edge) -> bool:
        """Whether an edge is a letter sent at the last tick before the day to come; it is sent then."""
        if not edge.leaves == self._next * self._length - 1 < edge.arrives:
            return False
        self._now.send(edge.leaves, edge)
        return True

    def _may_bring(self, edge: Edge) -> bool:
        """Whether an edge that began before now may bring its target anything; no where that is sure.

        It stays open then as long as it is, for what its source may come by in the meantime when another comes in.
        """
        if edge.ends >= self._next * self._length:
            return True
        place = bisect_right(self._kept, self._begin([edge]), key=_day_of)
        over = bisect_left(self._kept, edge.ends // self._length + 1, key=_day_of)
        then = self._kept[over][1] if over < len(self._kept) else self._now
        if then.marks.plain(then.held[edge.source]) & ~self._kept[place - 1][1].held[edge.target]:
            return True
        for day, stood in self._kept[place:] if edge.arrives <= edge.leaves else ():
            if day * self._length <= edge.leaves:
                stood.doors[edge.source].append(edge)
        return False

    def _take_in(self, edges: list[Edge]) -> None:
        """Put what begins and ends of edges that count from now on into its days."""
        days = set()
        for moment, thing in moments(edges)[0]:
            day = (moment >> 3) // self._length
            if day not in self._events:
                self._events[day] = []
                insort(self._days, day)
            self._events[day].append((moment, thing))
            days.add(day)
        for day in days:
            self._events[day].sort(key=itemgetter(0))

    def _go_back(self, edges: list[Edge]) -> None:
        """Have happen again what does once some edges have come in that began before now.

        From the last day until they began of which it is kept how it stood, until it stands as it did without them.
        """
        day, before = self._begin(edges), [(self._next, self._now)]
        while self._kept[-1][0] > day:
            before.append(self._kept.pop())
        last, (self._next, stood) = self._next - 1, self._kept[-1]
        self._now = stood.copy()
        self._go_on(last, before, max(edge.ends for edge in edges) // self._length + 1)
