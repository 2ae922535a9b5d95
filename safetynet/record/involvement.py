"""On which days each professional was involved.

Somebody is involved from their first appearance. They have left once their post has ended, or once they have closed to
every child, until they open again or act again for others than their own agency; a handover note soon after closing
does not bring them back for ever.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from ..case.records import Row
from ..spells import Spells, covers, gaps, part
from .confirmation import NO_ACT

if TYPE_CHECKING:
    from .snapshot import Snapshot

Involvement = Mapping[str, Spells]


def involvement(view: Snapshot) -> Involvement:
    """The spells of days, up to the snapshot's day, on which each professional who has appeared was involved."""
    return view.keep("involvement", lambda: _involvement(view))


def involved_on(view: Snapshot, day: int) -> frozenset[str]:
    """The professionals who were involved on a day, up to that of the snapshot."""
    turns, involved = view.keep("turns of involvement", lambda: _turns(view))
    return involved[bisect_right(turns, day)]


def involved_between(view: Snapshot, one: str, first: int, last: int | None = None) -> bool:
    """Whether a professional was involved on a day, or on one of the days up to another; no later than the snapshot."""
    return bool(part(involvement(view).get(one, ()), first, first if last is None else last))


def _turns(view: Snapshot) -> tuple[list[int], list[frozenset[str]]]:
    """The days on which somebody came to be involved, or no longer was; and who was, before the first and from each."""
    changes: defaultdict[int, set[str]] = defaultdict(set)
    for one, spells in involvement(view).items():
        for first, last in spells:
            changes[first].add(one)
            changes[last + 1].add(one)
    turns, involved = sorted(changes), [frozenset[str]()]
    for day in turns:
        involved.append(involved[-1] ^ changes[day])
    return turns, involved


def is_judged_by_then(view: Snapshot) -> bool:
    """Whether a snapshot of each day before would show the same of that day as the spells do.

    Not where, with ``dates="earliest"``, a closing about some of the children counts after one that it is dated before:
    with it, the other may have been the last.
    """
    if view.rules.dates == "latest" or len(view.records.children) < 2:
        return True
    for one in involvement(view):
        closings = [row for row in view.of_sender(one) if row.kind == "closed"]
        if any(
            a.date.last <= b.date.last and view.when(a.date) > view.when(b.date) for a in closings for b in closings
        ):
            return False
    return True


def first_day(view: Snapshot) -> int | None:
    """The first day on which a professional appears; None where none does by the snapshot's day."""
    return min((view.appeared[one] for one in involvement(view)), default=None)


def comes_back(view: Snapshot, one: str) -> int | None:
    """From which day a row of theirs for others would have kept somebody involved who is not on the snapshot's day.

    None where none would have: their post has ended, or they never appeared.
    """
    if one not in view.appeared or _last_day(view, one) < view.day:
        return None
    acts = _acts(view, one)
    back = _bringing_back(view, one, acts)
    closings = [
        closing.date.last
        for closing in _leaving(view, acts)
        if covers(_away(view, closing, acts, back, view.day), view.day)
    ]
    return max([view.day - view.rules.after_closing_days, *(last + 1 for last in closings)])


def _involvement(view: Snapshot) -> Involvement:
    return {one: _spells(view, one) for one in sorted(view.appeared.keys() & view.professionals)}


def involvement_after(view: Snapshot, before: Involvement, names: Collection[str]) -> Involvement:
    """The spells of a changed case, asked anew for some professionals; those of the others are what they were."""
    appeared = sorted(view.appeared.keys() & view.professionals)
    return {one: _spells(view, one) if one in names else before[one] for one in appeared}


def _acts(view: Snapshot, one: str) -> list[Row]:
    """The rows by the day in which somebody did something."""
    return [row for row in view.of_sender(one) if row.kind not in NO_ACT]


def _last_day(view: Snapshot, one: str) -> int:
    """The last day of somebody's post, up to the snapshot's."""
    end = view.records.people[one].end
    return view.day if end is None else min(view.day, view.when(end))


def _leaving(view: Snapshot, acts: Iterable[Row]) -> list[Row]:
    """The closings among somebody's rows that, with those before, are about every child."""
    closings = [row for row in acts if row.kind == "closed"]
    return [closing for closing in closings if _completes(view, closing, closings)]


def _spells(view: Snapshot, one: str) -> Spells:
    """The days on which one professional was involved: from their appearance on, but those after they had left."""
    acts, last = _acts(view, one), _last_day(view, one)
    leaving = _leaving(view, acts)
    back = _bringing_back(view, one, acts) if leaving else frozenset()
    ends = [last] * len(leaving)
    if view.rules.dates == "latest":  # from the next closing on, that one says at least as much
        ends[:-1] = [min(last, view.when(closing.date)) for closing in leaving[1:]]
    away = [_away(view, closing, acts, back, end) for closing, end in zip(leaving, ends, strict=True)]
    return gaps(chain.from_iterable(away), view.appeared[one], last)


def _away(view: Snapshot, closing: Row, acts: Sequence[Row], back: frozenset[str], last: int) -> Spells:
    """The days after a closing on which nothing later had brought somebody back; `back` are the rows that may."""
    again: list[tuple[int, int]] = []
    for place in range(bisect_right(acts, closing.date.last, key=_last_date), len(acts)):
        row = acts[place]
        when = view.when(row.date)
        if when > last and view.rules.dates == "latest":  # no row that is read after it counts on an earlier day
            break
        if row.kind == "opened":
            last = min(last, when - 1)
        elif row.id in back:
            again.append((when, when + view.rules.after_closing_days))
    return gaps(again, view.when(closing.date) + 1, last)


def _last_date(row: Row) -> int:
    return row.date.last


def _bringing_back(view: Snapshot, one: str, acts: Iterable[Row]) -> frozenset[str]:
    """The rows that bring back somebody who had closed."""
    return frozenset(row.id for row in acts if _brings_back(view, one, row))


def _brings_back(view: Snapshot, one: str, row: Row) -> bool:
    """Whether a row shows somebody involved who had closed before: one of another kind, not for their own agency."""
    if row.kind in ("opened", "closed", "withheld"):
        return False
    if not row.is_contact or row.kind == "observed":
        return True
    home = view.records.home
    own = home[one]
    for heard in (row.who if row.is_together else row.to, row.present):
        for other in heard:
            if other != one and not (own and home[other] == own):
                return True
    return False


def _completes(view: Snapshot, closing: Row, closings: Iterable[Row]) -> bool:
    """Whether it is the closing with which some of these together are about every child.

    One about one child is not, where those before it were about every child without it: who opened again to every
    child and then closed to one of them has not left.
    """
    children = set(view.records.children)
    about = set(closing.about) or children
    lacking = children - about
    if not lacking:
        return True
    before = [
        set(row.about) or children for row in closings if row is not closing and row.date.last <= closing.date.last
    ]
    return any(
        lacking <= set[str]().union(*(others for others in before if child not in others)) for child in about & children
    )
