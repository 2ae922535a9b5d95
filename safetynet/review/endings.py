"""What several rules ask about endings: decisions to do less, refusals and closures, and what took a worry up again."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..dates import Window
from ..record.involvement import involved_between, involved_on
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

    def make(worry: str) -> list[int]:
        mine = (row for name in members(view, one) for row in view.of_sender(name, worry))
        return sorted(row.date.first for row in mine if row.kind in TAKING_ON)

    found = []
    for worry in set(worries):
        days = view.keep(("findings: taken up by", one, worry), partial(make, worry))
        place = bisect_right(days, after)
        found += days[place : place + 1]
    return min(found, default=view.day)


def goes_on(view: Snapshot, one: str, closing: Row) -> bool:
    """Whether somebody of a party is involved still, or again, in the days of grace after a closed row."""
    on_day, theirs = view.when(closing.date), set(members(view, one))
    if on_day >= view.day:
        left = {one for row in view.of_kind("closed") if view.when(row.date) == on_day for one in row.who}
        return bool((involved_on(view, on_day) - left) & theirs)
    last = min(view.day, on_day + view.rules.grace_days)
    return on_day < last and any(involved_between(view, one, on_day + 1, last) for one in theirs)


def taken_at(view: Snapshot, meeting: Row) -> list[Row]:
    """The decisions and actions of a meeting: they refer to it, or are of its day, its people and its worries."""

    def make() -> dict[Window, list[Row]]:
        found: defaultdict[Window, list[Row]] = defaultdict(list)
        for row in (*view.of_kind("decided"), *view.of_kind("agreed")):
            found[row.date].append(row)
        return dict(found)

    of_the_day = view.keep("findings: taken on", make).get(meeting.date, [])
    rows = [row for row in view.referring(meeting.id) if row.kind in ("decided", "agreed")]
    rows += [row for row in of_the_day if _of_its_day(meeting, row)]
    return sorted(rows, key=lambda row: (row.kind != "decided", row.order))


def taken_in(view: Snapshot, row: Row) -> list[Row]:
    """The meetings in which something was decided, agreed or ended: it refers to them, or is of their table."""

    def make() -> dict[Window, list[Row]]:
        found: defaultdict[Window, list[Row]] = defaultdict(list)
        for meeting in view.of_kind("met"):
            found[meeting.date].append(meeting)
        return dict(found)

    named = [view.by_id[one] for one in row.ref if one in view.by_id and view.by_id[one].kind == "met"]
    of_the_day = view.keep("findings: met on", make).get(row.date, [])
    return [*named, *(meeting for meeting in of_the_day if _of_its_day(meeting, row))]


def _of_its_day(meeting: Row, row: Row) -> bool:
    """Whether a row that refers to nothing is of a meeting's very day, its people and its worries."""
    same_day = row.date == meeting.date and meeting.date.is_day
    theirs = bool(row.who) and set(row.who) <= set(meeting.who)
    return not row.ref and same_day and theirs and not set(meeting.concerns).isdisjoint(row.concerns)
