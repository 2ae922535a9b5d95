"""How each known worry stands: who is informed, what each of them could leave it to, and one word for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from ..case.records import Row
from ..record.snapshot import Snapshot, in_order
from ..rules import Rules
from ..score import NAN
from ..spells import covers
from .actions import Action, actions_on, dones
from .in_hand import aside_by, brought_up, in_hand, pending
from .leaving import seen_around, sightings, standing_assumptions

Model = Literal["division_of_impact", "volunteers_dilemma"]
MODELS: tuple[Model, ...] = get_args(Model)

InHandStatus = Literal["owned", "just completed", "asked, answer pending"]
LeftStatus = Literal["left with its holders", "with another's remit", "sole holder"]  # nobody could leave it to others
EndedStatus = Literal["completed, nothing since", "put aside"]
ActionStatus = Literal[
    "with the family",
    "owner has left",
    "with another's remit",
    "refused",
    "given to someone without the picture",
    "left with an agency",
    "overdue",
    "lapsed",
]
Status = InHandStatus | LeftStatus | EndedStatus | ActionStatus | Literal["left to others", "no owner"]
IN_HAND: tuple[Status, ...] = get_args(InHandStatus)
ENDED: tuple[Status, ...] = get_args(EndedStatus)
OTHERS: tuple[Status, ...] = ("left to others", "no owner")
STATUSES = tuple(dict.fromkeys((*IN_HAND, *get_args(LeftStatus), *ENDED, *get_args(ActionStatus), *OTHERS)))


@dataclass(frozen=True)
class Felt:
    """One informed person: whom they can see around the child, and the assumptions of theirs that stand."""

    person: str
    others: tuple[str, ...]
    assumptions: tuple[Row, ...]

    @property
    def is_sole_holder(self) -> bool:
        return not self.others and not self.assumptions


@dataclass(frozen=True)
class WorryState:
    """How one known worry stands on the day of a snapshot."""

    worry: str
    severity: int
    informed: tuple[str, ...]
    actions: tuple[Action, ...]
    felt: tuple[Felt, ...]
    status: Status
    owning: tuple[Action, ...]
    pending: tuple[str, ...]
    aside: tuple[str, ...]

    @property
    def owned(self) -> bool:
        """Whether it is in hand: owned, just completed, or asked about."""
        return self.status in IN_HAND

    @property
    def counted(self) -> tuple[Felt, ...]:
        """The informed who have somebody to leave it to."""
        return tuple(felt for felt in self.felt if not felt.is_sole_holder)

    @property
    def leaving(self) -> tuple[str, ...]:
        """Who of the informed is on record as leaving it to others."""
        return tuple(felt.person for felt in self.felt if felt.assumptions)

    @property
    def owners(self) -> tuple[str, ...]:
        """The owners of the actions that put it in hand."""
        return tuple(sorted({name for action in self.owning for name in action.owners}))

    def index(self, rules: Rules, model: Model = "division_of_impact") -> float:
        """The responsibility index of the worry; NaN where it is not defined."""
        if self.owned:
            return 0.0
        if not self.counted or self.status in ENDED:
            return NAN
        if model == "division_of_impact":
            exponent = rules.dilution[self.severity - 1]
            return 1 - max(
                0.0 if felt.assumptions else division_of_impact(len(felt.others), exponent) for felt in self.counted
            )
        ratio = rules.dilemma[self.severity - 1]
        nobody: float = math.prod(ratio ** (1 / len(felt.others)) for felt in self.counted if not felt.assumptions)
        return nobody


def division_of_impact(others: int, exponent: float) -> float:
    """The responsibility that somebody feels who sees so many others."""
    return float((1 + others) ** -exponent)


def states(view: Snapshot) -> dict[str, WorryState]:
    """How every known worry stands, by its id."""
    return view.keep("states", lambda: {worry: _state(view, worry) for worry in view.worries})


def mean_index(view: Snapshot, model: Model = "division_of_impact") -> float:
    """The severity-weighted mean of the index over the worries for which it is defined; NaN without one."""
    return weighted_mean((view.weight(state.worry), state.index(view.rules, model)) for state in states(view).values())


def weighted_mean(found: Iterable[tuple[float, float]]) -> float:
    """The mean of what is defined among pairs of a weight and an index; NaN without any."""
    defined = [(weight, index) for weight, index in found if not math.isnan(index)]
    if not defined:
        return NAN
    return math.fsum(weight * index for weight, index in defined) / math.fsum(weight for weight, _ in defined)


def unowned(view: Snapshot) -> tuple[str, ...]:
    """The known worries that nobody has in hand; sorted."""
    return tuple(worry for worry in view.worries if not covers(in_hand(view, worry).days, view.day))


def _state(view: Snapshot, worry: str) -> WorryState:
    informed, actions = view.informed(worry), actions_on(view, worry)
    felt = tuple(felt_by(view, person, worry) for person in informed)
    status = _status(view, worry, actions, felt)
    owning: tuple[Action, ...] = ()
    if status == "owned":
        owning = tuple(action for action in actions if covers(action.owns, view.day))
    elif status == "just completed":
        owning = in_hand(view, worry).settling(view.day)
    return WorryState(
        worry=worry,
        severity=view.records.concerns[worry].severity,
        informed=informed,
        actions=actions,
        felt=felt,
        status=status,
        owning=owning,
        pending=in_order(pending(view, worry)),
        aside=in_order(aside_by(view, worry)),
    )


def felt_by(view: Snapshot, person: str, worry: str) -> Felt:
    """What somebody who is informed of a worry could leave it to."""

    def make() -> Felt:
        return Felt(person, seen_around(view, person), standing_assumptions(view, person, worry))

    return view.keep(("felt", person, worry), make)


# the word for it --------------------------------------------------------------------------------------


def _status(view: Snapshot, worry: str, actions: tuple[Action, ...], felt: tuple[Felt, ...]) -> Status:
    """The first word that holds, in the order of :data:`STATUSES`; "with another's remit" also of nobody informed."""
    days, day = in_hand(view, worry), view.day
    holds: tuple[tuple[bool, Status], ...] = (
        (covers(days.owned, day), "owned"),
        (covers(days.just_completed, day), "just completed"),
        (covers(days.asked, day), "asked, answer pending"),
        (view.holders[worry].isdisjoint(view.involved), "left with its holders"),
        (not felt, "with another's remit"),
        (all(one.is_sole_holder for one in felt), "sole holder"),
        (covers(days.completed, day), "completed, nothing since"),
        (covers(days.aside, day), "put aside"),
    )
    for true, word in holds:
        if true:
            return word
    of_the_action = _status_of_latest(view, actions)
    if of_the_action is not None:
        return of_the_action
    return "left to others" if any(one.assumptions for one in felt) else "no owner"


def _status_of_latest(view: Snapshot, actions: tuple[Action, ...]) -> Status | None:
    """The first word that holds of the latest action that is not completed, or of one of several of that day."""
    waiting = [action for action in actions if action.done is None]
    last = max((action.row.date.last for action in waiting), default=0)
    latest = [action for action in waiting if action.row.date.last == last]
    return next((word for word, holds in _OF_AN_ACTION if any(holds(view, action) for action in latest)), None)


def _with_family(view: Snapshot, action: Action) -> bool:
    return bool(action.owners) and view.family.issuperset(action.owners)


def _owner_has_left(view: Snapshot, action: Action) -> bool:
    people = view.professionals.intersection(action.owners)
    return bool(people) and people.isdisjoint(view.involved)


def _with_another_remit(view: Snapshot, action: Action) -> bool:
    people = view.professionals.intersection(action.owners) - view.working
    return not people.isdisjoint(view.holders[action.worry])


def _without_the_picture(view: Snapshot, action: Action) -> bool:
    people = frozenset(action.owners)
    return bool(people) and people <= view.professionals and people.isdisjoint(view.holders[action.worry])


def _with_an_agency(view: Snapshot, action: Action) -> bool:
    return any(one in view.records.agencies for one in action.owners) and not covers(action.taken, view.day)


_OF_AN_ACTION: tuple[tuple[Status, Callable[[Snapshot, Action], bool]], ...] = (
    ("with the family", _with_family),
    ("owner has left", _owner_has_left),
    ("with another's remit", _with_another_remit),
    ("refused", lambda _, action: action.standing == "refused"),
    ("given to someone without the picture", _without_the_picture),
    ("left with an agency", _with_an_agency),
    ("overdue", lambda view, action: action.row.due is not None and action.row.due < view.day),
    ("lapsed", lambda view, action: not covers(action.timely, view.day)),
)


# what it rests on -------------------------------------------------------------------------------------


def state_rows(view: Snapshot, state: WorryState) -> tuple[str, ...]:
    """The rows that the standing of a worry rests on: who has it, its actions, their steps, and what came of them."""
    rows = {*state.pending, *state.aside, *(row.id for felt in state.felt for row in felt.assumptions)}
    for action in state.actions:
        rows |= {step.row.id for step in action.steps}
        rows |= {row.id for row in dones(view, action.row)}
    finished = [action.done for action in state.actions if action.done is not None]
    if finished:  # what came after the first of them came after each that it came after
        first = min(finished, key=lambda row: row.date.last)
        rows |= {row.id for row in brought_up(view, state.worry, first)}
    return view.in_order(rows.union(view.evidence((state.worry,), state.informed or None)))


def index_rows(view: Snapshot, state: WorryState) -> tuple[str, ...]:
    """What the index of a worry rests on besides: the rows in which the informed can see others."""
    seen = () if state.owned else (row.id for felt in state.counted for row, _ in sightings(view, felt.person))
    return view.in_order({*seen, *state_rows(view, state)})
