"""One change of the record: what it is, what it would lead to, and on which days it would have worked."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from ..case import Case
from ..case.records import Row
from ..dates import NEVER
from ..measures.taken_over import take_over
from ..record.altered import altered
from ..record.snapshot import Snapshot, snapshot_on
from ..score import NAN
from ..spells import Spell, Spells, merge
from .changes import Change, changed
from .deeds import Flags
from .figures import Figures
from .goals import EFFECT, GOALS, SAME, Goal, Numbers, helps, keys, number_of, numbers_of
from .sharing import Sharing

Kind = Literal["contact", "reading", "received", "owner", "meeting"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Learnt = tuple[tuple[str, tuple[str, ...]], ...]  # who, and what would be newly on their record
NOTHING: Numbers = (NAN, NAN, NAN, NAN)  # after a change that does not help, or not what it is for


@dataclass(frozen=True)
class Candidate:
    """One change of the record.

    `people` take part or would have learnt, `desks` are agencies that do, `carriers` those whose record it draws on,
    `concerns` what it passes on or is about, `learnt` what comes newly onto whose record, `besides` the row that it
    changes. It is written for the last of `days`, all of which have the same effect on the goal. `permission` is the
    strictest word of the permissions that it rests on.
    """

    kind: Kind
    numbers: Numbers
    people: tuple[str, ...]
    concerns: tuple[str, ...]
    days: Spells
    change: Mapping[str, Any]
    carriers: tuple[str, ...]
    desks: tuple[str, ...] = ()
    learnt: Learnt = ()
    besides: Row | None = None
    permission: str = ""

    @property
    def last(self) -> int:
        """The last day on which it would have worked."""
        return self.days[-1].last

    def order(self, goal: Goal) -> tuple[Any, ...]:
        """Where it stands among others: the best first; of equals by kind, fewer people, ids, and the later one."""
        row = "" if self.besides is None else self.besides.id
        ids = (sorted(self.people), self.people, self.concerns, -self.last, row)
        return (*keys(goal, self.numbers), KINDS.index(self.kind), len(self.people), *ids)


class Engine:
    """The four numbers of a changed case, each worked out once."""

    def __init__(self, view: Snapshot, goal: Goal) -> None:
        self.view = view
        self.goal = goal
        self.before = numbers_of(view)
        self._known: dict[str, Numbers] = {}

    def helps(self, numbers: Numbers) -> bool:
        """Whether the number of the goal would be better."""
        return helps(self.goal, self.before, numbers[GOALS[self.goal][0]])

    def after(self, change: Change) -> Numbers:
        """The numbers after a change; not defined after one that does not help."""
        key = repr(change)
        if key not in self._known:
            view = self._after(changed(self.view.case, change))
            helping = helps(self.goal, self.before, number_of(view, GOALS[self.goal][0]))
            self._known[key] = numbers_of(view) if helping else NOTHING
        return self._known[key]

    def _after(self, case: Case) -> Snapshot:
        """The snapshot of a changed case."""
        found = altered(self.view, case)
        return snapshot_on(case, self.view.day, self.view.rules) if found is None else take_over(found)


class Trial(NamedTuple):
    """A change on the last of some days on which it would have the same effect, and the numbers after it."""

    days: Spell
    numbers: Numbers


def best_days(goal: Goal, trials: Sequence[Trial]) -> tuple[Trial, Spells]:
    """The trial with the best effect on the goal, the last of several, and all days up to it with the same effect.

    The days go back until another effect comes between.
    """
    effect = keys(goal, [trial.numbers for trial in trials])[:, :EFFECT]
    best = min(range(len(trials)), key=lambda place: (*effect[place], -place))
    first = best
    while first and np.array_equal(effect[first - 1], effect[best]):
        first -= 1
    return trials[best], merge(trial.days for trial in trials[first : best + 1])


class Ranking:
    """The candidates so far by their first keys: what cannot come up to the best of them need not be tried."""

    def __init__(self, goal: Goal, rivals: Iterable[Candidate], most: int | None) -> None:
        self.goal = goal
        self.most = most
        self._keys = sorted(one.order(goal)[0] for one in rivals)

    def add(self, one: Candidate) -> None:
        """One more of them."""
        insort(self._keys, one.order(self.goal)[0])

    @property
    def limit(self) -> float:
        """The first key that one of the best, so many of them, may have at most."""
        return self._keys[self.most - 1] if self.most is not None and len(self._keys) >= self.most else math.inf


@dataclass(frozen=True)
class Ground:
    """What the proposals of every kind stand on."""

    view: Snapshot
    goal: Goal
    figures: Figures
    sharing: Sharing
    engine: Engine

    @classmethod
    def of(cls, view: Snapshot, goal: Goal) -> Ground:
        """The ground of a snapshot."""
        return cls(view, goal, Figures(view), Sharing(view, view.current), Engine(view, goal))

    def helps(self, numbers: Numbers) -> bool:
        """Whether the number of the goal would be better."""
        return self.engine.helps(numbers)

    def may_help(self, heard: Mapping[str, Flags], named: Flags) -> bool:
        """Whether it could help if some people had worries on record by a row that names, or is about, some.

        False only where it certainly could not: a picture gets no fuller by somebody who has no more, nor are pairs
        joined by what was not apart; and nothing is taken in hand that there is no action on.
        """
        figures = self.figures
        if self.goal == "unowned" and not figures.papers:
            return bool((named & figures.acted_on).any())
        held = [(figures.since[figures.person[name]] < NEVER) | flags for name, flags in heard.items()]
        if self.goal == "picture":
            return any(float(has @ figures.weight) > figures.most + SAME for has in held)
        if self.goal == "pairs":
            return any((figures.apart[has][:, has]).any() for has in held)
        return True

    def best(
        self,
        days: Iterable[Spell],
        change: Callable[[int], Change | None],
        does: Callable[[Numbers], bool] = lambda _: True,
    ) -> tuple[Trial, Spells] | None:
        """The best of a change that could be made on several days, tried on the last of each; None where none helps.

        `change` gives none for a day on which it could not be made, `does` says whether it does what it is for.
        """
        trials = []
        for spell in days:
            if (made := change(spell.last)) is not None:
                numbers = self.engine.after(made)
                trials.append(Trial(spell, numbers if does(numbers) else NOTHING))
        if not trials:
            return None
        found = best_days(self.goal, trials)
        return found if self.helps(found[0].numbers) else None

    def newly(self, name: str, heard: Flags) -> Learnt:
        """What of the worries heard somebody has no record of as it stands."""
        new = heard & (self.figures.since[self.figures.person[name]] == NEVER)
        return ((name, self.figures.names(new)),) if new.any() else ()
