"""Whether a worry is in hand: owned, just completed, or asked about; brought up again, or put aside.

All as spells of days up to that of the snapshot, each judged by what was on record by then: how a worry stands on the
day itself, and for how many days it was without an owner, come from the same place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK, PUT_ASIDE
from ..record.parties import agency_of, is_actor
from ..record.snapshot import Snapshot
from ..spells import Spell, Spells, both, covers, gaps, merge, minus
from .actions import NEVER, Action, actions_on, heard_on

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
            Settled(action, view.when(action.done.date), minus(_quiet(view, action, action.done), aside))
            for action in actions
            if action.done is not None
        ),
        settled_days=view.rules.settled_days,
    )


def _quiet(view: Snapshot, action: Action, done: Row) -> Spells:
    """The days after an action was completed on which nothing had brought the worry up, and no later action stood."""
    back = min((view.when(row.date) for row in brought_up(view, action.worry, done)), default=NEVER)
    others = (
        spell
        for other in actions_on(view, action.worry)
        if other is not action and other.row.date.last >= action.row.date.last
        for spell in other.stands
    )
    return gaps(others, max(view.when(done.date), view.when(action.row.date)), min(view.day, back - 1))


# brought up again -------------------------------------------------------------------------------------


def brought_up(view: Snapshot, worry: str, since: Row) -> tuple[Row, ...]:
    """The rows by the day that bring a worry up again after a row: the done row of an action, or a decision."""
    from_the_day = "assumed" if since.kind == "done" else ""
    return tuple(
        row
        for row in _bringing_up(view, worry)
        if row.date.last > since.date.last or (row.kind == from_the_day and row.date.last == since.date.last)
    )


def _bringing_up(view: Snapshot, worry: str) -> tuple[Row, ...]:
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
    turns = sorted({view.when(row.date) for row in rows})
    for first, following in pairwise([*turns, view.day + 1]):
        taken = [row for row in rows if view.when(row.date) <= first]
        last = max(row.date.last for row in taken)
        yield Decisions(tuple(row for row in taken if row.date.last == last), Spell(first, following - 1))


def put_aside(view: Snapshot, worry: str) -> Spells:
    """The days on which the latest decision had put a worry aside, and nothing had taken it up since."""
    found: list[Spell] = []
    for decisions in latest_decisions(view, worry):
        if all(row.outcome in PUT_ASIDE for row in decisions.rows):
            found += _aside(view, worry, decisions)
    return merge(found)


def aside_by(view: Snapshot, worry: str) -> tuple[Row, ...]:
    """The decisions that have put a worry aside on the day; none where none has."""
    latest = [one for one in latest_decisions(view, worry) if one.days.last == view.day]
    aside = in_hand(view, worry).aside
    return latest[-1].rows if latest and aside and aside[-1].last == view.day else ()


def _aside(view: Snapshot, worry: str, decisions: Decisions) -> Spells:
    decision = decisions.rows[0]
    back = min((view.when(row.date) for row in brought_up(view, worry, decision)), default=NEVER)
    deciders = {_side(view, one) for row in decisions.rows for one in row.who}
    standing = [
        spell
        for action in actions_on(view, worry)
        if action.row.date.last >= decision.date.last
        or {_side(view, one) for one in action.row.who if is_actor(view, one)} - deciders
        for spell in action.stands
    ]
    first, last = decisions.days
    return gaps([*standing, (back, NEVER)], first, last)


def _side(view: Snapshot, one: str) -> str:
    return agency_of(view.records, one) or one
