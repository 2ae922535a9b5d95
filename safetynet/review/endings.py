"""What several rules ask about endings: decisions to do less, refusals and closures, and what took a worry up again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..record.involvement import involved_on
from ..record.parties import is_actor, members, party
from ..record.snapshot import Snapshot

OUTCOMES = {"step_up": "to step up", "same": "that things stay as they are", "step_down": "to step down", "": "on it"}
OUTCOMES |= {"no_further_action": "on no further action", "discharge": "on discharge"}


TAKING_ON = ("agreed", "opened", "observed", "asked")


class Ending(NamedTuple):
    """A decision to do less, a refusal or a closure: the row, whose it is, and what it is about."""

    row: Row
    party: str
    concerns: frozenset[str]

    @property
    def said(self) -> str:
        if self.row.kind == "decided":
            return f"decided {OUTCOMES[self.row.outcome]}"
        return "declined" if self.row.kind == "declined" else "ended its part"


def is_step_up(row: Row) -> bool:
    """Whether a row is a decision to do more."""
    return row.kind == "decided" and row.outcome == "step_up"


def endings(view: Snapshot) -> list[Ending]:
    """The decisions to do less, refusals to other professionals and closures by the day, each once for a party."""

    def make() -> list[Ending]:
        found = []
        for row in view.rows:
            aside = row.kind == "decided" and row.outcome in PUT_ASIDE
            if not aside and row.kind not in ("declined", "closed"):
                continue
            named = {c for one in (row, *view.referred(row)) for c in one.concerns}
            answered = {worry for c in named for worry in view.records.concerns[c].answers}
            for one in dict.fromkeys(party(view, one) for one in row.who if is_actor(view, one)):
                if row.kind != "closed" or not goes_on(view, one, row):
                    found.append(Ending(row, one, frozenset(named | answered)))
        return found

    return view.keep("findings: endings", make)


def taken_up_by(view: Snapshot, one: str, worries: Iterable[str], after: int) -> int:
    """The first day after another on which a party takes one of some worries on, or the day asked for."""
    theirs, wanted = set(members(view, one)), set(worries)
    later = (row for row in view.rows if row.kind in TAKING_ON and row.date.first > after)
    mine = (row for row in later if theirs.intersection(row.who) and wanted.intersection(row.concerns))
    return min((row.date.first for row in mine), default=view.day)


def goes_on(view: Snapshot, one: str, closing: Row) -> bool:
    """Whether somebody of a party is involved still, or again, in the days of grace after a closed row."""
    on_day, theirs = view.when(closing.date), set(members(view, one))
    if on_day >= view.day:
        left = {one for row in view.of_kind("closed") if view.when(row.date) == on_day for one in row.who}
        return bool((involved_on(view, on_day) - left) & theirs)
    last = min(view.day, on_day + view.rules.grace_days)
    return any(involved_on(view, day) & theirs for day in range(on_day + 1, last + 1))


def taken_at(meeting: Row, rows: Iterable[Row]) -> list[Row]:
    """The decisions and actions of a meeting: they refer to it, or are of its day, its people and its worries."""
    found = [row for row in rows if meeting.id in row.ref or _of_its_day(meeting, row)]
    return sorted(found, key=lambda row: (row.kind != "decided", row.order))


def _of_its_day(meeting: Row, row: Row) -> bool:
    """Whether a row that refers to nothing is of a meeting's very day, its people and its worries."""
    same_day = row.date == meeting.date and meeting.date.is_day
    theirs = bool(row.who) and set(row.who) <= set(meeting.who)
    return not row.ref and same_day and theirs and not set(meeting.concerns).isdisjoint(row.concerns)
