"""Whether a worry is in hand: owned, just completed, or asked about; brought up again, or put aside.

All as spells of days up to that of the snapshot, each judged by what was on record by then: how a worry stands on the
day itself, and for how many days it was without an owner, come from the same place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK, PUT_ASIDE
from ..dates import NEVER
from ..record.parties import agency_of, is_actor
from ..record.snapshot import Snapshot, row_order
from ..spells import Covered, Soonest, Spell, Spells, both, covers, gaps, merge, minus
from .actions import Action, actions_on, heard_on

OPENING = ("observed", "asked", "disagreed", "agreed")  # whoever is in them, they bring a worry up


class Settled(NamedTuple):
    """An action that was completed, and the days after it on which nothing else had come up."""

    action: Action
    since: int
    quiet: Spells


class InHand(NamedTuple):
    """On which days a worry was owned, or asked about, or put aside by a decision; what had settled it."""

    owned: Spells
    asked: Spells
    aside: Spells
    settled: tuple[Settled, ...]
    settled_days: int

    @property
    def completed(self) -> Spells:
        """The days on which an action on it had been completed, and nothing had come up since."""
        return merge(spell for one in self.settled for spell in one.quiet)

    @property
    def just_completed(self) -> Spells:
        """Those among them that were soon after it."""
        return merge(
            spell for one in self.settled for spell in both(one.quiet, [(one.since, one.since + self.settled_days)])
        )

    def settling(self, day: int) -> tuple[Action, ...]:
        """The actions that had just been completed on a day."""
        return tuple(
            one.action for one in self.settled if covers(one.quiet, day) and day - one.since <= self.settled_days
        )

    @property
    def days(self) -> Spells:
        """The days on which it was in hand: owned, just completed, or asked about."""
        return merge((*self.owned, *self.just_completed, *self.asked))


def in_hand(view: Snapshot, worry: str) -> InHand:
    """On which days a worry was in hand, and in which way."""
    return view.keep(("in hand", worry), lambda: _in_hand(view, worry))


def _in_hand(view: Snapshot, worry: str) -> InHand:
    actions, aside = actions_on(view, worry), put_aside(view, worry)
    return InHand(
        owned=merge(spell for action in actions for spell in action.owns),
        asked=merge(spell for row in view.naming(worry) if (spell := _pending(view, row)) is not None),
        aside=aside,
        settled=tuple(
            Settled(action, view.when(done.date), minus(quiet, aside)) for action, done, quiet in _quiet(view, actions)
        ),
        settled_days=view.rules.settled_days,
    )


def _quiet(view: Snapshot, actions: Iterable[Action]) -> list[tuple[Action, Row, Spells]]:
    """The days after each action was completed on which nothing had brought the worry up, and no later action stood.

    The action itself stood on none of them.
    """
    quiet: dict[str, Spells] = {}
    for action, standing in _with_later(actions):
        if (done := action.done) is not None:
            first, back = (
                max(view.when(done.date), view.when(action.row.date)),
                _brought_up_on(view, action.worry, done),
            )
            last = min(view.day, back - 1)
            quiet[action.row.id] = gaps(standing.within(first, last), first, last)
    return [(one, one.done, quiet[one.row.id]) for one in actions if one.done is not None]


def _with_later(actions: Iterable[Action]) -> Iterator[tuple[Action, Covered]]:
    """The actions from the latest back, each with the days on which it, or one of its day or later, stood."""
    standing, latest_first = Covered(), sorted(actions, key=_day_of, reverse=True)
    for _, of_a_day in groupby(latest_first, key=_day_of):
        listed = list(of_a_day)
        for action in listed:
            standing.add_all(action.stands)
        for action in listed:
            yield action, standing


def _day_of(action: Action) -> int:
    """The certain day of an action."""
    return action.row.date.last


# brought up again -------------------------------------------------------------------------------------


def brought_up(view: Snapshot, worry: str, since: Row) -> tuple[Row, ...]:
    """The rows by the day that bring a worry up again after a row: the done row of an action, or a decision."""
    every = bringing_up(view, worry)
    later = bisect_right(every, since.date.last, key=_certain_day)
    same_day = every[bisect_left(every, since.date.last, key=_certain_day) : later] if since.kind == "done" else ()
    return (*(row for row in same_day if row.kind == "assumed"), *every[later:])


def _certain_day(row: Row) -> int:
    return row.date.last


def _brought_up_on(view: Snapshot, worry: str, since: Row) -> int:
    """The first day on which one of these counts; never where there is none."""

    def make() -> tuple[Soonest[int, Row], Soonest[int, Row]]:
        every = [(row.date.last, view.when(row.date), row) for row in bringing_up(view, worry)]
        return Soonest(every), Soonest(one for one in every if one[2].kind == "assumed")

    later, assumed = view.keep(("brought up", worry), make)
    found = [later.since(since.date.last + 1), assumed.since(since.date.last) if since.kind == "done" else None]
    return min((one[0] for one in found if one is not None), default=NEVER)


def bringing_up(view: Snapshot, worry: str) -> tuple[Row, ...]:
    """The rows by the day that bring a worry up, whatever was before."""

    def make() -> tuple[Row, ...]:
        return tuple(row for row in view.naming(worry) if _brings_up(view, row))

    return view.keep(("bringing up", worry), make)


def _brings_up(view: Snapshot, row: Row) -> bool:
    """Whether a row brings a worry up: seen, asked, disagreed on, agreed anew, said by the family, left to others."""
    if row.kind in OPENING:
        return True
    professionals = view.professionals.intersection(row.who)
    if row.kind == "assumed":
        return bool(professionals)
    return not view.family.isdisjoint(row.who) and (
        row.kind == "told" or (row.kind == "met" and len(professionals) <= 1)
    )


# asked ------------------------------------------------------------------------------------------------


def pending(view: Snapshot, worry: str) -> tuple[Row, ...]:
    """The requests about a worry that wait for an answer on the day."""
    found = ((row, _pending(view, row)) for row in view.naming(worry))
    return tuple(row for row, spell in found if spell is not None and spell.last == view.day)


def _pending(view: Snapshot, row: Row) -> Spell | None:
    """The days on which a request that arrived waited for its answer, within those of an intake; None without any."""
    if row.kind != "asked":
        return None
    heard = [day for one in row.named if (day := heard_on(view, row, one)) is not None]
    answered = min(
        (view.when(one.date) for one in view.referring(row.id) if one.kind not in LOOKING_BACK), default=NEVER
    )
    last = min(row.date.first + view.rules.intake_days, answered - 1, view.day)
    first = min(heard, default=NEVER)
    return Spell(first, last) if first <= last else None


# put aside --------------------------------------------------------------------------------------------


class Decisions(NamedTuple):
    """The latest decisions on a worry, and the days on which they were the latest."""

    rows: tuple[Row, ...]
    days: Spell


def latest_decisions(view: Snapshot, worry: str) -> Iterator[Decisions]:
    """The decisions that were the latest on a worry, from the first to those that are so by the day."""
    rows = [row for row in view.naming(worry) if row.kind == "decided"]
    turns: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        turns[view.when(row.date)].append(row)
    latest: list[Row] = []
    for first, following in pairwise([*sorted(turns), view.day + 1]):
        last = max(row.date.last for row in (*latest[:1], *turns[first]))
        latest = sorted((row for row in (*latest, *turns[first]) if row.date.last == last), key=row_order)
        yield Decisions(tuple(latest), Spell(first, following - 1))


def put_aside(view: Snapshot, worry: str) -> Spells:
    """The days on which the latest decision had put a worry aside, and nothing had taken it up since."""
    aside = [one for one in latest_decisions(view, worry) if all(row.outcome in PUT_ASIDE for row in one.rows)]
    if not aside:
        return ()
    found: list[Spell] = []
    actions, by_side = sorted(actions_on(view, worry), key=_day_of), _by_side(view, actions_on(view, worry))
    later = Covered()  # by the actions of the day of a decision, or later
    for decisions in sorted(aside, key=lambda one: -one.rows[0].date.last):
        while actions and _day_of(actions[-1]) >= decisions.rows[0].date.last:
            later.add_all(actions.pop().stands)
        found += _aside(view, worry, decisions, [later, *by_side(decisions)])
    return merge(found)


def aside_by(view: Snapshot, worry: str) -> tuple[Row, ...]:
    """The decisions that have put a worry aside on the day; none where none has."""
    latest = [one for one in latest_decisions(view, worry) if one.days.last == view.day]
    aside = in_hand(view, worry).aside
    return latest[-1].rows if latest and aside and aside[-1].last == view.day else ()


def _aside(view: Snapshot, worry: str, decisions: Decisions, actions: Iterable[Covered]) -> Spells:
    """The days on which the latest decisions kept a worry aside: nothing brought it up, no action stood."""
    first, last = decisions.days
    back = _brought_up_on(view, worry, decisions.rows[0])
    standing = [spell for covered in actions for spell in covered.within(first, last)]
    return gaps([*standing, (back, NEVER)], first, last)


def _by_side(view: Snapshot, actions: Iterable[Action]) -> Callable[[Decisions], list[Covered]]:
    """When the actions stood that are not only of those who decided, by the sides of their owners."""
    standing: defaultdict[frozenset[str], Covered] = defaultdict(Covered)
    for action in actions:
        owners = frozenset(_side(view, one) for one in action.row.who if is_actor(view, one))
        standing[owners].add_all(action.stands)

    def of_others(decisions: Decisions) -> list[Covered]:
        deciders = {_side(view, one) for row in decisions.rows for one in row.who}
        return [covered for owners, covered in standing.items() if owners - deciders]

    return of_others


def _side(view: Snapshot, one: str) -> str:
    return agency_of(view.records, one) or one
