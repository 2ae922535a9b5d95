"""Two professionals on the telephone, each saying which known worries they have on record and may share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from ..dates import date_of
from ..spells import Spell, merge
from .calls import AfterCalls, Calls
from .candidates import Candidate, Ground
from .changes import Change
from .deeds import Flags
from .figures import NEVER
from .goals import EFFECT, Reals, keys, of_row
from .sharing import strictest


def conversations(ground: Ground, most: int) -> list[Candidate]:
    """The best conversation of each pair, `most` of them, best first.

    Each pair is tried on every day on which both were involved, and either way round.
    """
    tries = _Tries(ground)
    return [tries.candidate(place) for place in tries.best()[:most]]


class _Tries:
    """Every conversation that is tried: first each with the one as the caller, then each with the other."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        found = list(_possible(ground))
        self.half = len(found)
        self.days = [spell for _, _, spell, _ in found]
        pairs = np.array([(one, other) for one, other, _, _ in found], dtype=np.int64).reshape(-1, 2)
        passed = np.array([flags for _, _, _, flags in found], dtype=bool)
        last = np.array([spell.last for spell in self.days], dtype=np.int64)
        self.calls = Calls(
            np.concatenate([last, last]),
            np.concatenate([pairs, pairs[:, ::-1]]),
            np.concatenate([passed, passed]).reshape(2 * self.half, len(ground.figures.worries)),
        )
        self.numbers = self._numbers()
        self.keys = keys(ground.goal, self.numbers)

    def _numbers(self) -> Reals:
        """The numbers after each."""
        if not self.half:
            return np.empty((0, 4))
        after = AfterCalls(self.ground.figures)
        numbers = after.numbers(self.calls)
        for place in np.flatnonzero(after.do_more(self.calls)).tolist():
            numbers[place] = self.ground.engine.after(self.change(place))
        return numbers

    def change(self, place: int) -> Change:
        """The change that makes a conversation."""
        figures = self.ground.figures
        caller, called = (figures.people[one] for one in self.calls.people[place].tolist())
        concerns = ";".join(figures.names(self.calls.passed[place]))
        date = date_of(int(self.calls.day[place])).isoformat()
        row = {"date": date, "kind": "told", "who": caller, "to": called, "concerns": concerns, "channel": "phone"}
        return {"add": row}

    def best(self) -> list[int]:
        """The best conversation of each pair that helps: of equal ones the last day, then as the caller the first."""
        if not self.half:
            return []
        people = self.calls.people
        pair = people.min(axis=1) * len(self.ground.figures.people) + people.max(axis=1)
        rest = [self.keys[:, number] for number in range(EFFECT, 4)]
        first = [self.keys[:, number] for number in range(EFFECT)]
        order = np.lexsort((people[:, 0], *rest[::-1], -self.calls.day, *first[::-1], pair))
        leads = order[np.concatenate([[True], np.diff(pair[order]) > 0])]
        helping = [place for place in leads.tolist() if self.ground.helps(of_row(self.numbers[place]))]
        return sorted(helping, key=lambda place: (*self.keys[place], pair[place]))

    def candidate(self, place: int) -> Candidate:
        """A conversation with all days up to it that have the same effect."""
        figures, engine = self.ground.figures, self.ground.engine
        first = place
        while self._follows_on(first) and np.array_equal(self.keys[first - 1, :EFFECT], self.keys[place, :EFFECT]):
            first -= 1
        days = merge(self.days[one % self.half] for one in range(first, place + 1))
        one, other = (figures.people[number] for number in self.calls.people[place].tolist())
        day, change, passed = days[-1].last, self.change(place), self.calls.passed[place]
        learnt = self.ground.newly(one, passed) + self.ground.newly(other, passed)
        words = [_word(self.ground, worry, one, other, day) for worry in figures.names(passed)]
        return Candidate(
            kind="contact",
            numbers=engine.after(change),
            people=(one, other),
            concerns=figures.names(passed),
            days=days,
            change=change,
            carriers=(one, other),
            learnt=learnt,
            permission=strictest(words),
        )

    def _follows_on(self, place: int) -> bool:
        """Whether the one before is of the same pair, the same way round."""
        people = self.calls.people
        return place % self.half > 0 and np.array_equal(people[place - 1], people[place])


def _possible(ground: Ground) -> Iterator[tuple[int, int, Spell, Flags]]:
    """Each pair of professionals on each spell of days on which both were involved, with what would pass."""
    figures = ground.figures
    since = np.where(figures.known, figures.since, NEVER).min(axis=1, initial=NEVER)
    begins = {name: int(since[figures.person[name]]) for name in figures.turns}
    for one, other in combinations(sorted(figures.turns), 2):
        start = min(begins[one], begins[other])
        cuts = (figures.turns[one], figures.turns[other], ground.sharing.cuts)
        spells = [spell for spell in figures.days((one, other), *cuts) if spell.last >= start]
        for spell, passed in zip(spells, _passed(ground, one, other, [spell.last for spell in spells]), strict=True):
            if passed.any():
                yield figures.person[one], figures.person[other], spell, passed


def _passed(ground: Ground, one: str, other: str, days: Sequence[int]) -> Flags:
    """Days × worries: the known ones that either of two has on record by a day and may tell the other."""
    figures, number = ground.figures, np.array(days, dtype=np.int64)[:, None]
    told: Flags = np.zeros((len(days), len(figures.worries)), dtype=bool)
    for a, b in ((one, other), (other, one)):
        may = np.array([ground.sharing.may(a, b, day) for day in days], dtype=bool).reshape(told.shape)
        told |= (figures.since[figures.person[a]] <= number) & may
    passed: Flags = told & figures.known
    return passed


def _word(ground: Ground, worry: str, one: str, other: str, day: int) -> str:
    """The permission word for one of two telling the other of a worry that they have on record."""
    column = ground.figures.worry[worry]
    for sender, recipient in ((one, other), (other, one)):
        if ground.figures.had(sender, day)[column] and ground.sharing.may(sender, recipient, day)[column]:
            return ground.sharing.word(sender, recipient, worry, day)
    return ""
