"""A snapshot as arrays, so that thousands of changes can be tried without making a case of each.

Who has what on record since when, who left it to others or took it up, whom they can see around the child; and on which
days somebody was involved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..dates import NEVER
from ..measures.actions import actions_on
from ..measures.leaving import TAKING_ON, seen_around
from ..record.involvement import comes_back, involvement
from ..record.parties import agency_of, staff
from ..record.snapshot import Snapshot
from ..spells import Spell, Spells, part, shared
from .deeds import Deed, Flags, deeds, papers

Days = npt.NDArray[np.int64]

LONG_AGO = -1  # a day before every other


class Figures:
    """A snapshot as arrays: professionals × worries that are current by its day, known to one or not.

    Attributes
    ----------
    people, worries : tuple of str
        What the rows and columns stand for.
    first, last : int
        The days on which something may be changed: those of the chronology, up to the day of the snapshot.
    since : array of int
        The day since which each has each worry on record.
    known : array of bool
        The worries that a professional has on record.
    on_file : dict
        The same as `since`, of the files of agencies.
    """

    def __init__(self, view: Snapshot) -> None:
        self.view = view
        self.people: tuple[str, ...] = tuple(sorted(view.professionals))
        self.worries = view.current
        self.person = {name: place for place, name in enumerate(self.people)}
        self.worry = {name: place for place, name in enumerate(self.worries)}
        start, end = view.records.start, view.records.end
        self.first = 1 if start is None else start
        self.last = 0 if end is None else min(view.day, end)
        self.size = (len(self.people), len(self.worries))
        self.involved: Flags = self.flags(view.involved)
        self.working: Flags = self.flags(view.working)
        self.weight = np.array([view.weight(name) for name in self.worries], dtype=float)
        severities = (view.records.concerns[name].severity for name in self.worries)
        self.dilution = np.array([view.rules.dilution[severity - 1] for severity in severities], dtype=float)
        self.since, self.on_file = self._on_record()
        self.known: Flags = np.any(self.since < NEVER, axis=0, keepdims=True)[0]
        self.spells: dict[str, Spells] = {
            name: spells for name, spells in involvement(view).items() if name in self.person
        }
        self.deeds: tuple[Deed, ...] = deeds(view, self.person, self.worries)
        self.papers = tuple(papers(view, self.person, self.worries, self.deeds))

    @cached_property
    def held(self) -> Flags:
        """The worries that each of the involved has on record."""
        held: Flags = (self.since < NEVER) & self.involved[:, None]
        return held

    @cached_property
    def acted_on(self) -> Flags:
        """The worries on which there is an action, completed or not."""
        return np.array([bool(actions_on(self.view, worry)) for worry in self.worries], dtype=bool)

    @cached_property
    def most(self) -> float:
        """The most that one of them has on record, by weight."""
        return float((self.held @ self.weight).max(initial=0.0))

    @cached_property
    def apart(self) -> Flags:
        """Worries × worries: whether nobody involved has both on record."""
        held = self.held.astype(np.float32)
        apart: Flags = ~(held.T @ held > 0)
        np.fill_diagonal(apart, False)
        return apart

    def flags(self, names: Iterable[str]) -> Flags:
        """Which people are among some names."""
        among = frozenset(names)
        return np.array([name in among for name in self.people], dtype=bool)

    def columns(self, names: Iterable[str]) -> Flags:
        """Which worries are among some concerns."""
        among = frozenset(names)
        return np.array([name in among for name in self.worries], dtype=bool)

    def names(self, flags: Flags) -> tuple[str, ...]:
        """The worries for which a row of flags holds."""
        return tuple(name for name, flag in zip(self.worries, flags, strict=True) if flag)

    def had(self, name: str, day: int) -> Flags:
        """The known worries that somebody has on record by a day."""
        flags: Flags = (self.since[self.person[name]] <= day) & self.known
        return flags

    def _on_record(self) -> tuple[Days, dict[str, Days]]:
        """Since when people, and the files of agencies, have the worries."""
        since: Days = np.full(self.size, NEVER, dtype=np.int64)
        on_file: dict[str, Days] = {}
        for (holder, concern), day in self.view.since.items():
            if concern in self.worry and holder in self.person:
                since[self.person[holder], self.worry[concern]] = day
            elif concern in self.worry and holder in self.view.records.agencies:
                file = on_file.setdefault(holder, np.full(self.size[1], NEVER, dtype=np.int64))
                file[self.worry[concern]] = day
        return since, on_file

    # leaving it to others, and taking it up --------------------------------------------------------------

    @cached_property
    def taken_up(self) -> Days:
        """The last day on which each took each worry up: told, asked, decided, met with it, or was made its owner."""
        days: Days = np.full(self.size, LONG_AGO, dtype=np.int64)
        for row in self.view.rows:
            if row.kind in TAKING_ON:
                cells = np.ix_(self._places(row.who), self._columns(row.concerns))
                days[cells] = np.maximum(days[cells], row.date.last)
        return days

    @cached_property
    def left_one(self) -> Days:
        """The last day on which each is on record as leaving each worry to others by its name."""
        days: Days = np.full(self.size, LONG_AGO - 1, dtype=np.int64)
        for row in self.view.of_kind("assumed"):
            if row.concerns:
                cells = np.ix_(self._places(row.who), self._columns(row.concerns))
                days[cells] = np.maximum(days[cells], row.date.last)
        return days

    @cached_property
    def left_all(self) -> tuple[Days, Days]:
        """Assumptions that name nothing, people × so many: the day on which each counts, and its last day."""
        rows = [row for row in self.view.of_kind("assumed") if not row.concerns]
        days: Days = np.full((2, self.size[0], len(rows)), LONG_AGO - 1, dtype=np.int64)
        for place, row in enumerate(rows):
            who = self._places(row.who)
            days[0, who, place], days[1, who, place] = self.view.when(row.date), row.date.last
        return days[0], days[1]

    def _places(self, names: Iterable[str]) -> list[int]:
        return [self.person[name] for name in names if name in self.person]

    def _columns(self, concerns: Iterable[str]) -> list[int]:
        return [self.worry[name] for name in concerns if name in self.worry]

    def leaves_it(self, people: Days, since: Days, taken_up: Days) -> Flags:
        """Where an assumption of people that others will act still stands."""
        stands: Flags = taken_up <= self.left_one[people]
        for when, last in zip(*(np.moveaxis(days[people], -1, 0) for days in self.left_all), strict=True):
            stands = stands | ((taken_up <= last[..., None]) & (since <= when[..., None]))
        return stands

    # who can be seen ------------------------------------------------------------------------------------

    @cached_property
    def _seen(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """The people and the agencies' desks that each of the involved sees around the child."""
        found = {}
        for name in self.people:
            seen = frozenset(seen_around(self.view, name))
            found[name] = (seen & self.person.keys(), seen - self.person.keys())
        return found

    @cached_property
    def others(self) -> Days:
        """How many others each sees around the child."""
        return np.array([sum(map(len, self._seen[name])) for name in self.people], dtype=np.int64)

    def _others_with(self, name: str, other: str) -> int:
        """How many others somebody would see around the child if they saw one professional more."""
        people, desks = self._seen[name]
        people = people | ({other} - {name})
        return len(people) + sum(staff(self.view.records, desk).isdisjoint(people) for desk in desks)

    @cached_property
    def sees_more(self) -> Days:
        """People × people: by how much a contact with the second raises the number of others that the first sees."""
        made = [[self._others_with(name, other) for other in self.people] for name in self.people]
        more: Days = np.array(made, dtype=np.int64).reshape(len(self.people), -1) - self.others[:, None]
        return more

    @cached_property
    def outside(self) -> Flags:
        """People × people: whether the second is not of the first one's agency."""
        agency = np.array([agency_of(self.view.records, name) for name in self.people], dtype=object)
        apart: Flags = (agency[:, None] != agency[None, :]) | (agency == "")[:, None]
        return apart

    # on which days ----------------------------------------------------------------------------------------

    def is_involved(self, name: str, first: int, last: int | None = None) -> bool:
        """Whether a professional was involved on all of some days."""
        end = first if last is None else last
        return any(start <= first and end <= until for start, until in self.spells.get(name, ()))

    @cached_property
    def back(self) -> Days:
        """The first day from which a row of theirs for others keeps each involved who is not; NEVER where none does."""
        days = [None if name in self.view.involved else comes_back(self.view, name) for name in self.people]
        return np.array([NEVER if day is None else day for day in days], dtype=np.int64)

    @cached_property
    def turns(self) -> dict[str, list[int]]:
        """For each professional who appears, the days from which what they say or hear has another effect."""
        found = {}
        for name in self.spells:
            place = self.person[name]
            days = [*self.since[place], *(self.left_one[place] + 1), self.back[place]]
            for left in self.left_all:
                days += [*(left[place] + 1)]
            for deed in self.deeds:
                if deed.senders[place] or deed.staff[place]:
                    days += [deed.day, deed.until, deed.refused + 1]
            days += [paper.day for paper in self.papers if paper.people[place]]
            found[name] = [day for day in map(int, days) if self.first <= day <= self.last]
        return found

    def days(self, people: Sequence[str], *cuts: Iterable[int]) -> list[Spell]:
        """The days on which all of some people were involved, cut before each of some days, in order."""
        together: Spells = (Spell(self.first, self.last),) if self.first <= self.last else ()
        for name in people:
            together = shared(together, self.spells.get(name, ()))
        return [Spell(*stretch) for stretch in _cut(together, sorted({day for days in cuts for day in days}))]

    def stretches(self, one: str, other: str, cuts: Iterable[int]) -> list[tuple[int, int]]:
        """The same of two professionals, cut before the days from which what they say or hear has another effect."""
        together = shared(self._there[one], self._there[other])
        return _cut(together, sorted(self._turning[one].union(self._turning[other], cuts))) if together else []

    @cached_property
    def _there(self) -> dict[str, Spells]:
        """The days on which each was involved, of those on which something may be changed."""
        return {name: part(spells, self.first, self.last) for name, spells in self.spells.items()}

    @cached_property
    def _turning(self) -> dict[str, frozenset[int]]:
        """The turns as sets."""
        return {name: frozenset(days) for name, days in self.turns.items()}


def _cut(spells: Iterable[Spell], turns: Sequence[int]) -> list[tuple[int, int]]:
    """Spells cut before each of some days, which are in order."""
    found = []
    for first, last in spells:
        starts = [first, *turns[bisect_right(turns, first) : bisect_right(turns, last)]]
        found += [(start, after - 1) for start, after in pairwise([*starts, last + 1])]
    return found
