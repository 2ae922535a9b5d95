"""Spells of days, both ends included: put together, what lies between them, and how long they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import reduce
from itertools import accumulate
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
K = TypeVar("K")


NEVER = 1 << 41  # a day after every other, and after all that stand for one


class Spell(NamedTuple):
    """Days from the first to the last, both included, as ordinals."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it covers."""
        return self.last - self.first + 1


Spells = tuple[Spell, ...]


def merge(spells: Iterable[tuple[int, int]]) -> Spells:
    """The same days as spells that neither overlap nor touch, in order."""
    made: list[Spell] = []
    for spell in sorted(spells):
        if not made or spell[0] > made[-1].last + 1:
            made.append(spell if isinstance(spell, Spell) else Spell(*spell))
        elif spell[1] > made[-1].last:
            made[-1] = Spell(made[-1].first, spell[1])
    return tuple(made)


def within(spells: Iterable[tuple[int, int]], first: int, last: int) -> Spells:
    """What of the spells lies between two days, both included; merged."""
    if last < first:
        return ()
    return merge(
        (start if start > first else first, end if end < last else last)
        for start, end in spells
        if start <= last and end >= first and start <= end
    )


def gaps(spells: Iterable[tuple[int, int]], first: int, last: int) -> Spells:
    """The days between two days, both included, that no spell covers."""
    found: list[Spell] = []
    begin = first
    for start, end in within(spells, first, last):
        if begin < start:
            found.append(Spell(begin, start - 1))
        begin = end + 1
    if begin <= last:
        found.append(Spell(begin, last))
    return tuple(found)


def both(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> Spells:
    """The days that both cover."""
    mine, theirs = merge(one), merge(other)
    found: list[Spell] = []
    here = there = 0
    while here < len(mine) and there < len(theirs):
        first, last = max(mine[here].first, theirs[there].first), min(mine[here].last, theirs[there].last)
        if first <= last:
            found.append(Spell(first, last))
        if mine[here].last < theirs[there].last:
            here += 1
        else:
            there += 1
    return tuple(found)


def minus(spells: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> Spells:
    """The days of the spells that none of the others covers."""
    mine, theirs = merge(spells), merge(taken)
    if not mine:
        return ()
    return both(mine, gaps(theirs, mine[0].first, mine[-1].last))


def total(spells: Iterable[tuple[int, int]]) -> int:
    """How many days the spells cover, each day once."""
    return sum(spell.days for spell in merge(spells))


def covers(spells: Iterable[tuple[int, int]], day: int) -> bool:
    """Whether a day lies in one of the spells."""
    return any(first <= day <= last for first, last in spells)


# of spells that neither overlap nor touch, in order ------------------------------------------------------


def part(spells: Spells, first: int, last: int) -> Spells:
    """What of merged spells lies between two days, both included: looked up, not looked through."""
    if last < first:
        return ()
    begin, end = bisect_right(spells, (first, NEVER)), bisect_right(spells, (last, NEVER))
    if begin and spells[begin - 1].last >= first:
        begin -= 1
    if begin >= end:
        return ()
    some = list(spells[begin:end])
    some[0] = Spell(max(first, some[0].first), some[0].last)
    some[-1] = Spell(some[-1].first, min(last, some[-1].last))
    return tuple(some)


def shared(one: Spells, other: Spells) -> Spells:
    """The days that two merged spells both cover; quick where one of them has few."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return tuple(spell for first, last in few for spell in part(many, first, last))


def _first_of(spell: Spell) -> int:
    return spell.first


def _last_of(spell: Spell) -> int:
    return spell.last


class Covered:
    """Days that are covered by more and more spells."""

    def __init__(self) -> None:
        self._spells: list[Spell] = []

    def add(self, first: int, last: int) -> None:
        """Cover the days from one to another."""
        begin = bisect_left(self._spells, first - 1, key=_last_of)
        end = bisect_right(self._spells, last + 1, key=_first_of)
        if begin < end:
            first, last = min(first, self._spells[begin].first), max(last, self._spells[end - 1].last)
        self._spells[begin:end] = [Spell(first, last)]

    def add_all(self, spells: Iterable[tuple[int, int]]) -> None:
        """Cover the days of several spells."""
        for first, last in spells:
            self.add(first, last)

    def within(self, first: int, last: int) -> list[Spell]:
        """The spells so far that have days between two days, both included."""
        begin = bisect_left(self._spells, first, key=_last_of)
        return self._spells[begin : bisect_right(self._spells, last, key=_first_of)]


# things with days, to be found by them -------------------------------------------------------------------


class Lasting(Generic[T]):
    """Things that last from one day to another, to be found by days."""

    def __init__(self, things: Iterable[tuple[int, int, T]]) -> None:
        self._things = sorted(things, key=itemgetter(0))
        self._firsts = [first for first, _, _ in self._things]
        self._latest = list(accumulate((last for _, last, _ in self._things), max))  # the last day of any so far

    def between(self, first: int, last: int) -> list[T]:
        """Those that end on a day or after it and begin on another or before it, by their first days."""
        some = self._things[bisect_left(self._latest, first) : bisect_right(self._firsts, last)]
        return [thing for _, end, thing in some if end >= first]

    def any_between(self, first: int, last: int) -> bool:
        """Whether there is one of these."""
        begun = bisect_right(self._firsts, last)
        return begun > 0 and self._latest[begun - 1] >= first


class Soonest(Generic[K, T]):
    """Things of days, each with a rank, to find the one of the lowest rank of those from a day on."""

    def __init__(self, things: Iterable[tuple[int, K, T]]) -> None:
        self._things = sorted(things, key=itemgetter(0))
        self._days = [day for day, _, _ in self._things]
        lowest = list(accumulate(self._things[::-1], _lower))
        self._lowest = lowest[::-1]

    def since(self, day: int, but: T | None = None) -> tuple[K, T] | None:
        """The lowest rank of those on a day or after it, `but` one of them apart, with what has it; None without any.

        Of equal ranks the one of the earlier day.
        """
        place = bisect_left(self._days, day)
        found: list[tuple[int, K, T]] = []
        while place < len(self._things) and self._lowest[place][2] is but:
            found += [self._things[place]] if self._things[place][2] is not but else []
            place += 1
        found += self._lowest[place : place + 1]
        return reduce(_lower, found[::-1])[1:] if found else None


def _lower(later: tuple[int, Any, Any], one: tuple[int, Any, Any]) -> tuple[int, Any, Any]:
    """Of two things the one of the lower rank; of equal ranks the one of the earlier day."""
    return later if later[1] < one[1] else one
