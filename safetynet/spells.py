"""Spells of days, both ends included: put together, what lies between them, and how long they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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
