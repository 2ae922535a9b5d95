"""Two professionals on the telephone, each saying which known worries they have on record and may share."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from ..dates import NEVER, date_of
from ..spells import merge
from .calls import AfterCalls, Calls
from .candidates import Candidate, Ground
from .changes import Change
from .deeds import Flags
from .figures import Days
from .goals import EFFECT, GOALS, Reals, keys, of_row
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
        pairs, self.first, self.last, passed = _possible(ground)
        self.half = len(pairs)
        self.calls = Calls(
            np.concatenate([self.last, self.last]),
            np.concatenate([pairs, pairs[:, ::-1]]),
            np.concatenate([passed, passed]),
        )
        self.after = AfterCalls(ground.figures)
        self.numbers = self._numbers()
        self.keys = keys(ground.goal, self.numbers)

    def _numbers(self) -> Reals:
        """The effect of each on the goal; all numbers of those for which a case must be made."""
        if not self.half:
            return np.empty((0, 4))
        numbers = self.after.numbers(self.calls, GOALS[self.ground.goal][:EFFECT])
        self.more = self.after.do_more(self.calls)
        for place in np.flatnonzero(self.more).tolist():
            numbers[place] = self.ground.engine.after(self.change(place))
        return numbers

    def _break_ties(self, places: Days) -> None:
        """Work out the numbers of some that only break ties."""
        places = places[~self.more[places]]
        others = list(GOALS[self.ground.goal][EFFECT:])
        self.numbers[places[:, None], others] = self.after.numbers(self.calls.part(places), others)[:, others]
        self.keys[places] = keys(self.ground.goal, self.numbers[places])

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
        people, day = self.calls.people, self.calls.day
        pair = people.min(axis=1) * len(self.ground.figures.people) + people.max(axis=1)
        effect = [self.keys[:, number] for number in range(EFFECT)]
        order = np.lexsort((-day, *effect[::-1], pair))
        starts = np.flatnonzero(np.concatenate([[True], np.diff(pair[order]) > 0]))
        leads = np.repeat(order[starts], np.diff([*starts, len(order)]))  # in order, the first of its pair
        equal = np.logical_and.reduce([one[order] == one[leads] for one in (day, *effect)])
        helping = [place for place in order[equal].tolist() if self.ground.helps(of_row(self.numbers[place]))]
        self._break_ties(np.array(helping, dtype=np.int64))
        found: dict[int, int] = {}
        for place in sorted(helping, key=lambda place: (*self.keys[place], pair[place], people[place, 0])):
            found.setdefault(int(pair[place]), place)
        return list(found.values())

    def candidate(self, place: int) -> Candidate:
        """A conversation with all days up to it that have the same effect."""
        figures, engine = self.ground.figures, self.ground.engine
        first = place
        while self._follows_on(first) and np.array_equal(self.keys[first - 1, :EFFECT], self.keys[place, :EFFECT]):
            first -= 1
        days = merge(
            (int(self.first[one % self.half]), int(self.last[one % self.half])) for one in range(first, place + 1)
        )
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


def _possible(ground: Ground) -> tuple[Days, Days, Days, Flags]:
    """Pairs of professionals, the first and the last of days on which both were involved, and what would pass."""
    figures = ground.figures
    since = np.where(figures.known, figures.since, NEVER).min(axis=1, initial=NEVER)
    begins = {name: int(since[figures.person[name]]) for name in figures.turns}
    pairs: list[tuple[int, int]] = []
    firsts: list[int] = []
    lasts: list[int] = []
    for one, other in combinations(sorted(figures.turns), 2):
        start = min(begins[one], begins[other])
        for first, last in figures.stretches(one, other, ground.sharing.cuts):
            if last >= start:
                firsts.append(first)
                lasts.append(last)
        pairs += [(figures.person[one], figures.person[other])] * (len(firsts) - len(pairs))
    people: Days = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    begun, over = np.array(firsts, dtype=np.int64), np.array(lasts, dtype=np.int64)
    passed = _passed(ground, people, over)
    some = passed.any(axis=1)
    return people[some], begun[some], over[some], passed[some]


def _passed(ground: Ground, pairs: Days, days: Days) -> Flags:
    """Pairs × worries: the known ones that either of two has on record by a day and may tell the other."""
    figures = ground.figures
    told: Flags = np.zeros((len(days), len(figures.worries)), dtype=bool)
    for tellers, listeners in (pairs.T, pairs.T[::-1]):
        told |= (figures.since[tellers] <= days[:, None]) & _may(ground, tellers, listeners, days)
    passed: Flags = told & figures.known
    return passed


def _may(ground: Ground, tellers: Days, listeners: Days, days: Days) -> Flags:
    """Which worries some people may tell others of on some days."""
    shape = (len(days), len(ground.figures.worries))
    if ground.view.records.permissions is None:
        return np.ones(shape, dtype=bool)
    people, asked = ground.figures.people, zip(tellers.tolist(), listeners.tolist(), days.tolist(), strict=True)
    may = [ground.sharing.may(people[one], people[other], day) for one, other, day in asked]
    return np.array(may, dtype=bool).reshape(shape)


def _word(ground: Ground, worry: str, one: str, other: str, day: int) -> str:
    """The permission word for one of two telling the other of a worry that they have on record."""
    column = ground.figures.worry[worry]
    for sender, recipient in ((one, other), (other, one)):
        if ground.figures.had(sender, day)[column] and ground.sharing.may(sender, recipient, day)[column]:
            return ground.sharing.word(sender, recipient, worry, day)
    return ""
