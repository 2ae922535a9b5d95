"""Reliance: who counted on whom to have a worry in hand, and whether the record shows that they had.

An ``assumed`` row says that somebody counted on another. Each is held against what the record shows of the other: they
owned it, they knew but did not own it, or there is no record of their knowing it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from ..case.records import Row
from ..dates import NEVER
from ..record.involvement import is_judged_by_then
from ..record.parties import staff
from ..record.snapshot import Snapshot
from ..spells import covers
from .actions import Action, actions_on
from .in_hand import in_hand
from .leaving import left_by, taken_back

Verdict = Literal["owned it", "knew but did not own it", "no record of knowing it", "nobody named"]
OWNED_IT: Verdict = "owned it"
KNEW: Verdict = "knew but did not own it"
NO_RECORD: Verdict = "no record of knowing it"
NOBODY_NAMED: Verdict = "nobody named"


class Reliance(NamedTuple):
    """One holder who, in one row, counted on one party (empty: on nobody named) to have one worry in hand."""

    row: Row
    holder: str
    assumed: str
    worry: str


def reliances(view: Snapshot) -> list[Reliance]:
    """Who counted on whom by the day, about worries that are not resolved; by date.

    A row that names no concern is about every worry that its holder had on record by its date.
    """
    current = frozenset(view.current)
    return [
        Reliance(row, holder, assumed, worry)
        for row in view.of_kind("assumed")
        for holder in sorted(row.who)
        for assumed in sorted(row.to) or ("",)
        if assumed != holder
        for worry in sorted(left_by(view, holder, row) & current)
    ]


def standing(view: Snapshot) -> list[Reliance]:
    """Those that name somebody, and that nothing their holder did later takes back."""
    return [one for one in reliances(view) if one.assumed and not taken_back(view, one.holder, one.worry, one.row)]


def people_of(view: Snapshot, name: str) -> tuple[str, ...]:
    """The people whose knowledge counts for a party: the person, or everybody of an agency; sorted."""
    return (name,) if name in view.records.people else tuple(sorted(staff(view.records, name)))


def owning(view: Snapshot, worry: str, name: str, day: int | None = None) -> tuple[Action, ...]:
    """The actions by which a party, or one of an agency's people, owns a worry, or has just completed it.

    By the snapshot's day, or on one before it.
    """
    among, on = {name, *people_of(view, name)}, view.day if day is None else day
    settling, actions, places = in_hand(view, worry).settling(on), actions_on(view, worry), _places(view, worry)
    return tuple(
        action
        for action in (actions[place] for place in sorted({n for one in among for n in places.get(one, ())}))
        if action in settling or any(covers(action.owned_by(one), on) for one in among.intersection(action.row.who))
    )


def _places(view: Snapshot, worry: str) -> dict[str, list[int]]:
    """The places of each owner's actions among those on a worry."""

    def make() -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, action in enumerate(actions_on(view, worry)):
            for one in action.row.who:
                found[one].append(place)
        return found

    return view.keep(("places of actions", worry), make)


def verdict(view: Snapshot, worry: str, name: str) -> Verdict:
    """What the record shows of a party and a worry by the snapshot's day."""
    return view.keep(("verdict", worry, name), lambda: _verdict(view, worry, name, view.day))


def verdict_then(view: Snapshot, worry: str, name: str, day: int) -> Verdict:
    """What a snapshot of an earlier day shows of them: read off what this one says of that day, where it can be."""
    then = view if is_judged_by_then(view) else Snapshot(view.case, day, view.rules)
    return _verdict(then, worry, name, day)


def _verdict(view: Snapshot, worry: str, name: str, day: int) -> Verdict:
    if not name:
        return NOBODY_NAMED
    if owning(view, worry, name, day):
        return OWNED_IT
    knew = any(view.since_then.get((one, worry), NEVER) <= day for one in people_of(view, name))
    return KNEW if knew else NO_RECORD
