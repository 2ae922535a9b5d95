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
    for first, last in sorted(spells):
        if made and first <= made[-1].last + 1:
            made[-1] = Spell(made[-1].first, max(last, made[-1].last))
        else:
            made.append(Spell(first, last))
    return tuple(made)


def within(spells: Iterable[tuple[int, int]], first: int, last: int) -> Spells:
    """What of the spells lies between two days, both included; merged."""
    cut = ((max(start, first), min(end, last)) for start, end in spells)
    return merge((start, end) for start, end in cut if start <= end)


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
    listed = merge(other)
    return merge(spell for first, last in listed for spell in within(one, first, last)) if listed else ()


def minus(spells: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> Spells:
    """The days of the spells that none of the others covers."""
    listed = merge(taken)
    return tuple(left for first, last in merge(spells) for left in gaps(listed, first, last))


def total(spells: Iterable[tuple[int, int]]) -> int:
    """How many days the spells cover, each day once."""
    return sum(spell.days for spell in merge(spells))


def covers(spells: Iterable[tuple[int, int]], day: int) -> bool:
    """Whether a day lies in one of the spells."""
    return any(first <= day <= last for first, last in spells)
