"""Telephone conversations, thousands at once, and the four numbers after each of them.

A conversation reaches the numbers in few ways only: since when somebody has a worry on record, when they last took it
up, how many others they can see around the child, whether they are still involved, and which actions it keeps alive.
The few that would do more than that :meth:`AfterCalls.do_more` tells; for them a case is made.
"""

from __future__ import annotations

from collections.abc import Collection, Set
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..dates import NEVER
from ..measures.in_hand import in_hand
from ..spells import covers
from .deeds import Deed, Flags
from .figures import Days, Figures
from .goals import DIFFUSION, PAIRS, PICTURE, UNOWNED, Reals

CHUNK = 2048  # conversations worked on at once


class Calls(NamedTuple):
    """Conversations: the day, caller and called (rows of people), and the worries that are passed."""

    day: Days
    people: Days
    passed: Flags

    def part(self, where: slice | Days) -> Calls:
        """Some of them."""
        return Calls(self.day[where], self.people[where], self.passed[where])


class AfterCalls:
    """The record as it stands, and the numbers after each of many conversations about known worries."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.weight: Reals = np.where(figures.known, figures.weight, 0.0)
        pairs = np.outer(self.weight, self.weight)
        np.fill_diagonal(pairs, 0.0)
        self.pairs: Reals = pairs
        self.apart: Reals = pairs * figures.apart

    def numbers(self, calls: Calls, which: Collection[int] = range(4)) -> Reals:
        """The four numbers after each, or some of them: conversations × numbers, NaN where not defined or asked for."""
        chunks = (calls.part(slice(n, n + CHUNK)) for n in range(0, len(calls.day), CHUNK))
        parts = [self._numbers(chunk, frozenset(which)) for chunk in chunks]
        return np.concatenate(parts) if parts else np.empty((0, 4))

    def do_more(self, calls: Calls) -> Flags:
        """Which do more than is said here: take an action up that was refused, or confirm paper."""
        found = np.zeros(len(calls.day), dtype=bool)
        for deed in self.figures.deeds:
            if deed.refused:
                found |= _steps(calls, deed) & (calls.day >= max(deed.refused, deed.day))
        for paper in self.figures.papers:
            named = calls.passed[:, paper.columns].any(axis=1)
            found |= paper.people[calls.people[:, 0]] & named & (calls.day >= paper.day)
        return found

    # as the record stands -----------------------------------------------------------------------------------

    @cached_property
    def owned(self) -> Flags:
        """The worries that are in hand."""
        day = self.figures.view.day
        found = [in_hand(self.figures.view, worry) for worry in self.figures.worries]
        return np.array([covers(one.days, day) for one in found], dtype=bool)

    @cached_property
    def left_to_nobody(self) -> Flags:
        """The worries that nobody left to anybody: completed with nothing since, or put aside."""
        day = self.figures.view.day
        found = [in_hand(self.figures.view, worry) for worry in self.figures.worries]
        return np.array([covers(one.completed, day) or covers(one.aside, day) for one in found], dtype=bool)

    @cached_property
    def felt(self) -> Reals:
        """What each feels for each worry."""
        figures = self.figures
        leaving = figures.leaves_it(np.arange(len(figures.people)), figures.since, figures.taken_up)
        return self._feels(figures.held & figures.working[:, None], leaving, figures.others)

    def _feels(self, informed: Flags, leaving: Flags, others: Days) -> Reals:
        """What each feels for each worry: from 0 to 1, -1 where they are not informed or see nobody to leave it to."""
        seen = others[..., None]
        felt: Reals = np.where(leaving, 0.0, (1.0 + seen) ** -self.figures.dilution)
        return np.where(informed & ((seen > 0) | leaving), felt, -1.0)

    # after a conversation -------------------------------------------------------------------------------------

    def _numbers(self, calls: Calls, which: Set[int]) -> Reals:
        figures, people = self.figures, calls.people
        day, passed = calls.day[:, None, None], calls.passed[:, None, :]
        since = np.where(passed, np.minimum(figures.since[people], day), figures.since[people])
        involved = figures.involved[people]
        involved[:, 0] |= (calls.day >= figures.back[people[:, 0]]) & figures.outside[people[:, 0], people[:, 1]]
        held: Flags = (since < NEVER) & involved[..., None] & figures.known
        whole = np.full(len(held), self.weight.sum())
        numbers: Reals = np.full((len(held), 4), np.nan)
        if PICTURE in which:
            somebody = figures.involved.any() | involved.any(axis=1)
            best = np.maximum((held @ self.weight).max(axis=1), figures.most)
            numbers[:, PICTURE] = _share(np.where(somebody, best, np.nan), whole)
        if PAIRS in which:
            numbers[:, PAIRS] = self._pairs_apart(held)
        if UNOWNED in which or DIFFUSION in which:
            informed: Flags = held & figures.working[people][..., None]
            owned = self._owned(calls, informed)
            numbers[:, UNOWNED] = _share(~owned @ self.weight, whole)
            numbers[:, DIFFUSION] = self._diffusion(people, self._felt_then(calls, since, informed), owned)
        return numbers

    def _felt_then(self, calls: Calls, since: Days, informed: Flags) -> Reals:
        """What the two in each conversation feel for each worry after it."""
        figures, people = self.figures, calls.people
        took = figures.taken_up[people]
        took[:, 0] = np.where(calls.passed, np.maximum(took[:, 0], calls.day[:, None]), took[:, 0])
        others = figures.others[people] + figures.sees_more[people, people[:, ::-1]]
        return self._feels(informed, figures.leaves_it(people, since, took), others)

    def _pairs_apart(self, held: Flags) -> Reals:
        """The share of pairs of known worries that nobody involved has together: neither of two, nor anybody else."""
        one, other = held[:, 0], held[:, 1]
        apart = self.apart.sum() - self._weigh(one) - self._weigh(other) + self._weigh(one & other)
        return _share(apart, np.full(len(held), self.pairs.sum()))

    def _weigh(self, held: Flags) -> Reals:
        """What the pairs that nobody else has together weigh among some worries."""
        number = held.astype(np.float64)
        weights: Reals = ((number @ self.apart) * number).sum(axis=1)
        return weights

    def _diffusion(self, people: Days, felt: Reals, owned: Flags) -> Reals:
        """The weighted mean of the index over the worries for which it is defined."""
        most = np.maximum(self._felt_by_the_rest(people), felt.max(axis=1))
        defined = owned | ((most >= 0) & ~self.left_to_nobody)
        weight = defined * self.weight
        return _share((weight * np.where(owned, 0.0, 1.0 - most)).sum(axis=1), weight.sum(axis=1))

    def _felt_by_the_rest(self, people: Days) -> Reals:
        """The most that anybody who takes no part feels for each worry; -1 where nobody does.

        Of the three who feel most at least one takes no part.
        """
        order = np.argsort(-self.felt, axis=0, kind="stable")[:3]
        rest = np.full((len(people), len(self.weight)), -1.0)
        for who, how_much in zip(order[::-1], np.take_along_axis(self.felt, order, axis=0)[::-1], strict=True):
            takes_part = (who[None, None, :] == people[:, :, None]).any(axis=1)
            rest = np.where(takes_part, rest, how_much)
        return rest

    def _owned(self, calls: Calls, informed: Flags) -> Flags:
        """The worries that are in hand."""
        owned = np.repeat(self.owned[None, :], len(calls.day), axis=0)
        for deed in self.figures.deeds:
            if deed.refused or not deed.in_time or self.owned[deed.column]:
                continue
            knows, after = informed[:, :, deed.column], calls.day >= deed.day
            told = deed.at_it[calls.people] | (calls.passed[:, deed.column] & after)[:, None]
            timely = deed.timely | (_steps(calls, deed) & after & (calls.day >= deed.until))
            by_owner = (deed.owners[calls.people] & knows).any(axis=1)
            by_staff = (deed.staff[calls.people] & knows & told).any(axis=1)
            owned[:, deed.column] |= timely & (deed.taken | by_owner | by_staff)
        return owned


def _steps(calls: Calls, deed: Deed) -> Flags:
    """Which conversations are steps of an action: the caller is one of those whose rows are, and names the worry."""
    steps: Flags = deed.senders[calls.people[:, 0]] & calls.passed[:, deed.column]
    return steps


def _share(part: Reals, whole: Reals) -> Reals:
    """A part of a whole; NaN where there is none."""
    share: Reals = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
