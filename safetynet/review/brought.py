"""What worked in bringing a worry: brought again after it was turned away."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..record.naming import some, who
from ..record.parties import is_actor, party
from ..record.snapshot import Snapshot
from ..spells import Lasting
from ..wording import on
from .base import Finding, rule
from .family import hears_warnings, warned_of
from .parts import held_by, is_grave, worries_in
from .several import it


class GraveWarning(NamedTuple):
    """A grave worry that somebody from elsewhere brought to a party."""

    row: Row
    sender: str
    party: str
    worries: frozenset[str]


def grave_warnings(view: Snapshot) -> list[GraveWarning]:
    """The rows in which a grave worry came to a party from another, from the family (accounts apart) or the public.

    What `links` say contradicts another worry (that it was withdrawn, or denied) is no warning.
    """

    def make() -> list[GraveWarning]:
        found, worry = [], view.records.concerns
        denials = {one.source for one in view.records.links if one.kind == "contradicts" and worry[one.target].is_worry}
        for row in view.rows:
            if row.kind not in ("told", "asked", "disagreed") or row.disputes or not view.by(row.reached):
                continue
            grave = frozenset(c for c in worries_in(view, row) if is_grave(view, c) and c not in denials)
            if not grave:
                continue
            reached = {party(view, one) for one in view.reaches(row) if hears_warnings(view, one)}
            for sender in (one for one in row.who if _may_warn(view, one)):
                worries = grave if is_actor(view, sender) else grave & warned_of(view, row)
                here = party(view, sender) or sender
                found += [GraveWarning(row, here, there, worries) for there in sorted(reached - {here}) if worries]
        return found

    return view.keep("findings: grave warnings", make)


def warnings_to(view: Snapshot, one: str, first: int, last: int) -> list[GraveWarning]:
    """Those of them that came to a party, possibly at first, from one day to another."""

    def make() -> dict[str, Lasting[GraveWarning]]:
        found: defaultdict[str, list[tuple[int, int, GraveWarning]]] = defaultdict(list)
        for warning in grave_warnings(view):
            found[warning.party].append((warning.row.reached.first, warning.row.reached.first, warning))
        return {party: Lasting(warnings) for party, warnings in found.items()}

    return view.keep("findings: grave warnings by party", make).get(one, Lasting[GraveWarning](())).between(first, last)


def _may_warn(view: Snapshot, one: str) -> bool:
    """Whether somebody is not one who only decides or advises: a court that sends its order warns nobody."""
    return one not in view.professionals or view.records.people[one].remit not in ("decides", "advises")


@rule(
    side="strength",
    title="Brought again after it was turned away",
    theme="response to incidents",
    matters=0.7,
    rule="Somebody who had told or asked of a worry of severity `grave` or more was declined, or told of a decision "
    "for step_down, no_further_action or discharge about it, and on a later day told or asked a professional or agency "
    "of it again. An account of a carer about their own care is none. One finding for each such party, about the first "
    "such row.",
    limits="That it was brought again says nothing about how it was received then.",
    question="What made them go on, and what would have made it easier?",
    refute="a row that shows that it had not been turned away, or that what they brought was something else.",
)
def brought_again(view: Snapshot) -> Iterator[Finding]:
    """A grave worry brought again by whoever had been turned away with it."""
    seen = set[str]()
    for again in grave_warnings(view):
        row = again.row
        turned = None if again.sender in seen else _last_turned_away(view, again)
        if turned is None:
            continue
        seen.add(again.sender)
        other, worries = turned
        people = [one for one in row.who if (party(view, one) or one) == again.sender]
        desk = {party(view, one) or one for one in other.who}
        there = who(view, [again.party])
        yield Finding.of(
            view,
            f"{who(view, people, 2)} brought {some(view, worries)} again {on(row.date)}, to {there}, "
            f"after {who(view, desk, 1)} had turned {it(worries)} away",
            key=[_first_told(view, again.sender, other, worries), other, row],
            held=held_by(view, worries, people) or None,
            concerns=worries,
            who=[*people, again.party, *other.who],
            start=view.when(other.date),
            end=row.date.last,
        )


def _last_turned_away(view: Snapshot, again: GraveWarning) -> tuple[Row, frozenset[str]] | None:
    """The last row before a warning in which its party was turned away with one of its worries, and with which."""
    rows = _turning_away(view).get(again.sender, [])
    before = bisect_left(rows, again.row.date.first, key=lambda one: one[0].date.last)
    with_what = ((row, worries & again.worries) for row, worries in reversed(rows[:before]))
    return next(((row, worries) for row, worries in with_what if worries), None)


def _turning_away(view: Snapshot) -> dict[str, list[tuple[Row, frozenset[str]]]]:
    """The rows in which each party was turned away, with the worries that it may have brought by then."""

    def make() -> dict[str, list[tuple[Row, frozenset[str]]]]:
        found: defaultdict[str, list[tuple[Row, frozenset[str]]]] = defaultdict(list)
        for row in view.rows:
            if row.kind == "declined" or (row.kind == "decided" and row.outcome in PUT_ASIDE):
                for sender in {party(view, one) or one for one in row.to}:
                    found[sender].append((row, _turned_away(view, row, sender)))
        return dict(found)

    return view.keep("findings: turning away", make)


def _turned_away(view: Snapshot, row: Row, sender: str) -> frozenset[str]:
    """The worries with which a party was turned away in a row by those to whom it may have brought them by then."""
    about = {c for one in (row, *view.referred(row)) for c in one.concerns}
    return frozenset(about).intersection(c for one in _warned(view, sender, row) for c in one.worries)


def _warned(view: Snapshot, sender: str, row: Row) -> list[GraveWarning]:
    """The warnings that a party may have brought by a row to those whose row it is."""

    def make() -> dict[str, list[GraveWarning]]:
        found: defaultdict[str, list[GraveWarning]] = defaultdict(list)
        for one in grave_warnings(view):
            found[one.sender].append(one)
        return dict(found)

    theirs, by_sender = {party(view, one) for one in row.who}, view.keep("findings: warnings by sender", make)
    by_them = (one for one in by_sender.get(sender, ()) if one.party in theirs)
    return [one for one in by_them if one.row.date.first <= row.date.last]


def _first_told(view: Snapshot, sender: str, turned: Row, worries: frozenset[str]) -> Row:
    """The first row by which a party may have brought one of some worries to those who turned it away."""
    return next(one.row for one in _warned(view, sender, turned) if worries & one.worries)
