"""The four numbers of a snapshot as arrays, so that thousands of changes can be tried without building a case again.

A change of the record reaches the numbers in three ways only: since when somebody has a worry on record, when they
last took a worry up (told, asked, met with it, or were made its owner), and how many others they can see around
the child. :meth:`Figures.numbers` takes these as they would be; :meth:`Figures.contacts` does so for many
conversations at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..measures.actions import actions_on
from ..measures.in_hand import in_hand
from ..measures.leaving import TAKING_ON, seen_around
from ..record.involvement import involvement
from ..record.snapshot import Snapshot
from ..spells import covers

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]

NEVER = 1 << 40  # a day after every other
LONG_AGO = -1  # a day before every other
CHUNK = 4096  # conversations worked on at once

PICTURE, PAIRS, DIFFUSION, UNOWNED = range(4)
NUMBERS = ("best_picture", "unshared_pairs", "diffusion", "unowned_share")


class Holdings(NamedTuple):
    """People × worries: since when it is on record, when they last took it up; and how many others each sees."""

    since: Days
    taken_up: Days
    others: Days

    def copy(self) -> Holdings:
        return Holdings(self.since.copy(), self.taken_up.copy(), self.others.copy())


class Piece(NamedTuple):
    """Days in a row, both ends included, on which a change would have the same effect."""

    first: int
    last: int


class Figures:
    """A snapshot as arrays: professionals × worries that are current by its day, known to one or not.

    Attributes
    ----------
    people, worries : tuple of str
        What the rows and columns stand for.
    first, last : int
        The days on which something may be changed: those of the chronology, up to the day of the snapshot.
    known : array of bool
        The worries that a professional has on record.
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
        size = (len(self.people), len(self.worries))

        self.involved = np.array([name in view.involved for name in self.people], dtype=bool)
        self.weight = np.array([view.weight(name) for name in self.worries], dtype=float)
        self.since: Days = np.full(size, NEVER, dtype=np.int64)
        self.on_file: dict[str, Days] = {}
        for (holder, concern), day in view.since.items():
            if concern in self.worry and holder in self.person:
                self.since[self.person[holder], self.worry[concern]] = day
            elif concern in self.worry and holder in view.records.agencies:
                file = self.on_file.setdefault(holder, np.full(size[1], NEVER, dtype=np.int64))
                file[self.worry[concern]] = day
        self.known: Flags = np.any(self.since < NEVER, axis=0, keepdims=True)[0]

        self.taken_up: Days = np.full(size, LONG_AGO, dtype=np.int64)
        self.left_one: Days = np.full(size, LONG_AGO - 1, dtype=np.int64)  # an assumption that names the worry
        self.left_all: Days = np.full(size[0], LONG_AGO - 1, dtype=np.int64)  # one that names nothing
        for row in view.rows:
            who = [self.person[name] for name in row.who if name in self.person]
            about = [self.worry[name] for name in row.concerns if name in self.worry]
            when = view.when(row.date)
            if row.kind in TAKING_ON:
                _latest(self.taken_up, who, about, when)
            elif row.kind == "assumed" and row.concerns:
                _latest(self.left_one, who, about, when)
            elif row.kind == "assumed":
                self.left_all[who] = np.maximum(self.left_all[who], when)

        self.completed: Flags = np.zeros(size[1], dtype=bool)
        self.live: Flags = np.zeros(size, dtype=bool)  # the owners of live actions, informed or not
        for name, column in self.worry.items():
            self.completed[column] = covers(in_hand(view, name).days, view.day)
            for action in actions_on(view, name):
                if action.standing == "live":
                    self.live[[self.person[owner] for owner in action.owners if owner in self.person], column] = True

        self.spells = {name: _merged(spells) for name, spells in involvement(view).items() if name in self.person}
        self._seen: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        for name in self.people:
            seen = seen_around(view, name) if name in view.involved else ()
            desks = frozenset(seen) & view.records.agencies.keys()
            self._seen[name] = (frozenset(seen) - desks, desks)
        self.others: Days = np.array([sum(map(len, self._seen[name])) for name in self.people], dtype=np.int64)
        most = len(self.people) + len(view.records.agencies) + 1
        exponent = np.array([view.rules.dilution[view.records.concerns[name].severity - 1] for name in self.worries])
        self._felt: Reals = (1.0 + np.arange(most + 1))[:, None] ** -exponent[None, :]  # by how many others are seen

    # who and when -------------------------------------------------------------------------------------

    @property
    def holdings(self) -> Holdings:
        """What is on record as it is; not to be changed."""
        return Holdings(self.since, self.taken_up, self.others)

    def is_involved(self, name: str, first: int, last: int | None = None) -> bool:
        """Whether a professional was involved on all of some days."""
        last = first if last is None else last
        return any(start <= first and last <= end for start, end in self.spells.get(name, ()))

    def others_with(self, name: str, more: Iterable[str]) -> int:
        """How many others somebody would see around the child if they saw some more."""
        people, desks = self._seen[name]
        named = set(more) - {name}
        people = people | (named & self.person.keys())
        hidden = {self.view.records.people[one].agency for one in (*people, name)}
        return len(people) + len((desks | (named & self.view.records.agencies.keys())) - hidden)

    @cached_property
    def sees_more(self) -> Days:
        """People × people: by how much a contact with the second raises the number of others that the first sees."""
        agency = [self.view.records.people[name].agency for name in self.people]
        more = np.zeros((len(self.people), len(self.people)), dtype=np.int64)
        for place, name in enumerate(self.people):
            people, desks = self._seen[name]
            for other_place, other in enumerate(self.people):
                if other != name and other not in people:
                    more[place, other_place] = agency[other_place] not in desks
        return more

    @cached_property
    def turns(self) -> dict[str, Days]:
        """For each professional who appears, the days from which a change that they take part in has another effect."""
        found = {}
        for name, spells in self.spells.items():
            row = self.person[name]
            days = [day for first, last in spells for day in (first, last + 1)]
            days += [*self.since[row], *(self.left_one[row] + 1), self.left_all[row] + 1]
            kept = np.unique(np.array(days, dtype=np.int64))
            found[name] = kept[(kept >= self.first) & (kept <= self.last)]
        return found

    def pieces(self, people: Sequence[str], more: Iterable[int] = ()) -> list[Piece]:
        """The days on which all of some people were involved, cut where the effect of a change may turn, in order."""
        if not all(name in self.turns for name in people):
            return []
        turns = np.unique(np.concatenate([*(self.turns[name] for name in people), np.array([*more], dtype=np.int64)]))
        turns = turns[(turns >= self.first) & (turns <= self.last)]
        ends = [*(turns[1:] - 1), self.last][: len(turns)]
        return [
            Piece(int(first), int(last))
            for first, last in zip(turns, ends, strict=True)
            if all(self.is_involved(name, int(first)) for name in people)
        ]

    @property
    def owned(self) -> Flags:
        """The worries that have an owner, or a completed action, as the record stands."""
        return self._base[4]

    # numbers ------------------------------------------------------------------------------------------

    def _leaves_it(self, since: Days, taken_up: Days, left_one: Days, left_all: Days) -> Flags:
        """Where an assumption that others will act still stands."""
        everything = left_all[:, None]
        stands: Flags = (taken_up <= left_one) | ((taken_up <= everything) & (since <= everything))
        return stands

    def _index(self, felt: Reals, owned: Flags) -> Reals:
        """The responsibility index from the strongest felt responsibility (below 0 = nobody is counted)."""
        index: Reals = np.where(owned, 0.0, np.where(felt < 0, np.nan, 1 - felt))
        return index

    def _felt_by(self, held: Flags, involved: Flags, leaving: Flags, others: Days) -> Reals:
        """What each feels for each worry: from 0 to 1, -1 where they are not counted."""
        counted = held & involved[:, None] & ((others[:, None] > 0) | leaving)
        felt: Reals = np.where(counted, np.where(leaving, 0.0, self._felt[others]), -1.0)
        return felt

    def numbers(self, after: Holdings | None = None, owned: Iterable[int] = ()) -> tuple[float, float, float, float]:
        """Best picture, unshared pairs, diffusion and unowned share, NaN where not defined.

        `after` says what would be on record (default: as it is); `owned` are worries that would have an owner.
        """
        since, taken_up, others = self.holdings if after is None else after
        held = since < NEVER
        known = held.any(axis=0)
        weight = np.where(known, self.weight, 0.0)
        total = float(weight.sum())
        if not known.any():
            return (math.nan,) * 4
        by_all = held & self.involved[:, None] & known
        picture = float((by_all @ weight).max(initial=0.0)) / total
        pairs = math.nan
        if known.sum() > 1:
            apart = _pair_weights(weight) * ~(by_all.T.astype(float) @ by_all > 0)
            pairs = float(apart.sum() / _pair_weights(weight).sum())
        leaving = self._leaves_it(since, taken_up, self.left_one, self.left_all)
        felt = self._felt_by(held, self.involved, leaving, others).max(axis=0, initial=-1.0)
        is_owned = self.completed | (self.live & by_all).any(axis=0)
        is_owned[[*owned]] = True
        index = self._index(felt, is_owned)
        defined = known & ~np.isnan(index)
        weighed = float(self.weight[defined].sum())
        diffusion = float((self.weight * np.nan_to_num(index))[defined].sum()) / weighed if weighed else math.nan
        return picture, pairs, diffusion, float(weight[~is_owned].sum()) / total

    def contacts(self, callers: Days, called: Days, days: Days) -> Reals:
        """The four numbers after each of many telephone conversations: caller, called (rows of people) and day.

        Both put the known worries that they have on record by the day on the other's record.
        """
        found = np.empty((len(days), 4))
        for start in range(0, len(days), CHUNK):
            part = slice(start, start + CHUNK)
            found[part] = self._contacts(callers[part], called[part], days[part])
        return found

    @cached_property
    def _base(self) -> tuple[Reals, Reals, float, Reals, Flags]:
        """As the record stands: pair weights, those apart, best severity, the three who feel most, what is owned."""
        held = self.since < NEVER
        by_all = held & self.involved[:, None] & self.known
        weight = np.where(self.known, self.weight, 0.0)
        all_pairs = _pair_weights(weight)
        apart = all_pairs * ~(by_all.T.astype(float) @ by_all > 0)
        leaving = self._leaves_it(self.since, self.taken_up, self.left_one, self.left_all)
        felt = self._felt_by(held, self.involved, leaving, self.others)
        owned: Flags = self.completed | (self.live & by_all).any(axis=0)
        return all_pairs, apart, float((by_all @ weight).max(initial=0.0)), felt, owned

    @cached_property
    def _top(self) -> tuple[Days, Reals]:
        """For each worry the three people who feel most (rows of people, -1 = nobody), and how much."""
        felt = self._base[3]
        order = np.argsort(-felt, axis=0, kind="stable")[:3]
        values = np.take_along_axis(felt, order, axis=0)
        missing = 3 - len(order)
        return (
            np.concatenate([order, np.full((missing, felt.shape[1]), -1, dtype=order.dtype)]),
            np.concatenate([values, np.full((missing, felt.shape[1]), -1.0)]),
        )

    def _contacts(self, a: Days, b: Days, days: Days) -> Reals:
        all_pairs, apart, best, _, owned_before = self._base
        day = days[:, None]
        passed = ((self.since[a] <= day) | (self.since[b] <= day)) & self.known
        taken_up = np.where(passed, np.maximum(self.taken_up[a], day), self.taken_up[a])
        weight = np.where(self.known, self.weight, 0.0)
        felt, owned, held_by = [], owned_before, []
        for one, other, took in ((a, b, taken_up), (b, a, self.taken_up[b])):
            since = np.where(passed, np.minimum(self.since[one], day), self.since[one])
            held, involved = since < NEVER, self.involved[one]
            leaving = self._leaves_it(since, took, self.left_one[one], self.left_all[one])
            felt.append(self._felt_by(held, involved, leaving, self.others[one] + self.sees_more[one, other]))
            held_by.append(held & involved[:, None] & self.known)
            owned = owned | (self.live[one] & held_by[-1])
        # Of the three who feel most at least one takes no part in the conversation.
        who, how_much = self._top
        rest = np.full(passed.shape, -1.0)
        for place in (2, 1, 0):
            outside = (who[place] != a[:, None]) & (who[place] != b[:, None])
            rest = np.where(outside, how_much[place], rest)
        index = self._index(np.maximum(rest, np.maximum(*felt)), owned)
        defined = self.known & ~np.isnan(index)
        weighed = (defined * self.weight).sum(axis=1)
        out = np.full((len(days), 4), np.nan)
        total = weight.sum()
        if total > 0:
            first, second = (held.astype(float) for held in held_by)
            out[:, PICTURE] = np.maximum(best, np.maximum(first @ weight, second @ weight)) / total
            out[:, UNOWNED] = (~owned * weight).sum(axis=1) / total
            if all_pairs.any():
                joined = _joined(first, apart) + _joined(second, apart) - _joined(first * second, apart)
                out[:, PAIRS] = (apart.sum() - joined) / all_pairs.sum()
            sums = (np.nan_to_num(index) * defined * self.weight).sum(axis=1)
            np.divide(sums, weighed, out=out[:, DIFFUSION], where=weighed > 0)
        return out


def _merged(spells: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spells of days, those that follow each other without a gap made one."""
    found: list[tuple[int, int]] = []
    for first, last in spells:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def _latest(days: Days, people: list[int], worries: list[int], when: int) -> None:
    if people and worries:
        cells = np.ix_(people, worries)
        days[cells] = np.maximum(days[cells], when)


def _pair_weights(weight: Reals) -> Reals:
    """Worries × worries: the product of two weights, 0 for a worry with itself (each pair stands twice)."""
    pairs = np.outer(weight, weight)
    np.fill_diagonal(pairs, 0.0)
    return pairs


def _joined(held: Reals, apart: Reals) -> Reals:
    """For each row, the weight of the pairs among what is held that were apart (each pair twice)."""
    joined: Reals = np.einsum("ij,ij->i", held @ apart, held)
    return joined
