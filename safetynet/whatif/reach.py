"""How good the number of a goal could at best become by one more professional at a meeting.

A case need not be made for a change that cannot reach what others do. What is said here errs on the side of the change:
an action is taken in hand wherever somebody there could step in or own it, and whoever hears of a worry may feel for it
all that they can among those whom they see already.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from ..case.records import Row
from ..case.vocabulary import SEEN_WELL
from ..dates import NEVER
from .calls import AfterCalls
from .candidates import Ground
from .deeds import Flags
from .figures import Days
from .goals import DIGITS, GOALS, SIGNS, Goal

WORSE = 10.0 ** (2 - DIGITS)  # numbers this far apart differ whatever is rounded
ANYTHING = -math.inf


class Reach:
    """The least key of a goal (see :func:`~safetynet.whatif.goals.keys`) that a change of a meeting can lead to."""

    def __init__(self, ground: Ground) -> None:
        self.figures = ground.figures
        self.counts = ground.view.rules.unconfirmed == "counts"
        self.goal: Goal = ground.goal
        self.after = AfterCalls(ground.figures)
        before = ground.engine.before[GOALS[ground.goal][0]]
        self.before = math.inf if math.isnan(before) else before * SIGNS[GOALS[ground.goal][0]]
        self.helps = {"picture": self._picture, "pairs": self._pairs,
                      "diffusion": self._diffusion, "unowned": self._unowned}[ground.goal]  # fmt: skip

    def least(self, row: Row, heard: Mapping[str, Flags]) -> float:
        """The least key after some people at a meeting heard some worries there."""
        places = np.array([self.figures.person[name] for name in heard], dtype=np.int64)
        flags = np.array([*heard.values()], dtype=bool)
        return ANYTHING if self._does_more(row, places, flags) else self.helps(places, flags)

    def _does_more(self, row: Row, places: Days, flags: Flags) -> bool:
        """Whether it may do more than is said here: confirm paper, have a child seen, or an agency or the family speak.

        On whose record something is rests on none of these, where paper counts as arrived.
        """
        if self.goal in ("picture", "pairs") and self.counts:
            return False
        named: Flags = np.any(flags, axis=0)
        papers = any(paper.people[places].any() and (named & paper.columns).any() for paper in self.figures.papers)
        return papers or row.seen in SEEN_WELL or not self.figures.person.keys() >= set(row.who)

    def _touched(self, places: Days, flags: Flags) -> Flags:
        """The worries that are named, or that somebody there has who may come back by it."""
        back = (self.figures.since[places] < NEVER) & ~self.figures.involved[places][:, None]
        touched: Flags = np.any(flags | back, axis=0)
        return touched

    @cached_property
    def _deeds(self) -> tuple[Days, Flags, Flags, Flags, Flags]:
        """Of the actions that may be in time: column, whether alive and taken, whose steps and knowing count."""
        deeds = [deed for deed in self.figures.deeds if deed.in_time]
        people = len(self.figures.people)
        return (
            np.array([deed.column for deed in deeds], dtype=np.int64),
            np.array([deed.timely and not deed.refused for deed in deeds], dtype=bool),
            np.array([deed.taken for deed in deeds], dtype=bool),
            np.array([deed.senders for deed in deeds], dtype=bool).reshape(-1, people),
            np.array([deed.owners | deed.staff for deed in deeds], dtype=bool).reshape(-1, people),
        )

    def _in_hand(self, places: Days, named: Flags) -> Flags:
        """The worries that are, or could come to be, in hand."""
        columns, alive, taken, senders, owners = self._deeds
        could = (alive | senders[:, places].any(axis=1)) & (taken | owners[:, places].any(axis=1))
        found: Flags = self.after.owned.copy()
        found[columns[could & named[columns]]] = True
        return found

    def _picture(self, places: Days, flags: Flags) -> float:
        figures = self.figures
        known = float(figures.weight @ figures.known)
        most = float((((figures.since[places] < NEVER) | flags) @ figures.weight).max(initial=figures.most))
        return -most / known if known else ANYTHING

    def _pairs(self, places: Days, flags: Flags) -> float:
        figures = self.figures
        known = figures.known | flags.any(axis=0)
        weight = np.where(known, figures.weight, 0.0)
        every = weight.sum() ** 2 - (weight**2).sum()
        has = ((figures.since[places] < NEVER) | flags).astype(np.float32)
        joined = has.T @ has > 0
        apart = float((self.after.apart * ~joined).sum())
        return apart / every if every else ANYTHING

    def _unowned(self, places: Days, flags: Flags) -> float:
        figures, named = self.figures, self._touched(places, flags)
        left = figures.known & ~self._in_hand(places, named)
        every = float(figures.weight @ (figures.known | named))
        return float(figures.weight @ left) / every if every else ANYTHING

    def _diffusion(self, places: Days, flags: Flags) -> float:
        """The weighted mean of the least index of each worry that has one, and of those that would lower it.

        A meeting of professionals brings nothing up again, so that what has an index keeps one.
        """
        figures, after, named = self.figures, self.after, self._touched(places, flags)
        felt = after.felt.max(axis=0, initial=-1.0)
        defined = figures.known & (after.owned | ((felt >= 0) & ~after.left_to_nobody))
        has = (figures.since[places] < NEVER) | flags
        sees = np.maximum(1, figures.others[places])[:, None]
        theirs = np.where(has & figures.working[places][:, None], (1.0 + sees) ** -figures.dilution, -1.0)
        least = np.where(self._in_hand(places, named), 0.0, 1.0 - np.maximum(felt, theirs.max(axis=0)))
        index = np.where(named, least, np.where(after.owned, 0.0, 1.0 - felt))
        may = (named | has.any(axis=0)) & ~defined
        total, weight = float(figures.weight @ (index * defined)), float(figures.weight @ defined)
        for place in np.argsort(least, kind="stable"):
            if may[place] and (not weight or least[place] * weight < total):
                total, weight = total + figures.weight[place] * least[place], weight + figures.weight[place]
        return total / weight if weight else ANYTHING
