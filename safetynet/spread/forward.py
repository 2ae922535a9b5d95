"""Reach from day to day: who can have been reached by whom, while more and more contacts come to count.

The engine of :mod:`safetynet.spread.sweep`, stopped at the end of each day and taken up again on the next. What comes
to count late and began early takes it back to a day before that on which it began, of which it is kept how it stood:
not every day, since to go through a few days again costs less than to keep how each stood.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from .edges import Edge
from .sweep import FACT, Sweep, moments

APART = 16  # so many days on which something happens lie between those of which it is kept how it stood
Counting = tuple[int, Edge]  # from which day an edge counts


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
        if new:
            self._take_in(new)
            if (begin := self._begin(new)) < self._next:
                self._go_back(begin)
        oldest = self._oldest.get(day, -(1 << 60))
        for place in range(bisect_left(self._days, self._next), len(self._days)):
            today = self._days[place]
            if today > day:
                break
            if today >= oldest and place - bisect_left(self._days, self._kept[-1][0]) >= APART:
                self._kept.append((today, self._now.copy()))
            self._now.go_on(self._events[today])
        self._next = max(self._next, day + 1)
        later = self._days[bisect_left(self._days, self._next) :]
        end = self._now
        if later and end.lacking:
            end = end.copy()
            for other in later:
                end.go_on(self._events[other])
        return end.plain()

    def _begin(self, edges: Iterable[Edge]) -> int:
        return min(min(edge[2], edge[3]) for edge in edges) // self._length

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

    def _go_back(self, day: int) -> None:
        """Take up again how it stood before a day, or before the last day until then of which that is kept."""
        while self._kept[-1][0] > day:
            self._kept.pop()
        self._next, stood = self._kept[-1]
        self._now = stood.copy()
