"""What several rules ask about the family: who cares for the child, who warned, and who saw the child.

What somebody who cares for the child says about their own care is an account, and no warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK
from ..measures.contact_with_child import saw_child
from ..record.snapshot import Snapshot
from .parts import maybe_rows, worries_in

CARING = ("care", "household")
OF_OTHERS = ("domestic_abuse", "sexual")  # what a carer tells of these is taken to be about somebody else
AT_THE_DOOR = ("refused", "glimpsed")
SEEN_BY_LOOKING = ("physical", "sexual", "emotional", "neglect", "health", "reassurance", "strength")


def carers(view: Snapshot, child: str | None = None) -> frozenset[str]:
    """Who of the family cares for a child, or for any.

    Those with a care or household tie to the child; without any such tie, whoever of the family was there in a row
    that says the child was seen with the carer, or was refused or glimpsed at the door.
    """
    children = view.records.children if child is None else (child,)
    every = view.keep("findings: carers", lambda: {one: _carers(view, one) for one in view.records.children})
    return frozenset().union(*(every[one] for one in children))


def _carers(view: Snapshot, child: str) -> frozenset[str]:
    family = {one.id for one in view.records.people.values() if one.kind == "family"}
    ends = [(tie.source, tie.target) for tie in view.records.ties if tie.kind in CARING]
    tied = {end for pair in ends if child in pair for end in pair}
    if tied & family:
        return frozenset(tied & family)
    rows = (row for row in maybe_rows(view) if row.seen in ("with_carer", *AT_THE_DOOR))
    there = {one for row in rows if not row.about or child in row.about for one in (*row.who, *row.to, *row.present)}
    return frozenset(there & family)


def is_account(view: Snapshot, sender: str, worry: str) -> bool:
    """Whether a worry told by somebody is an account of their own care, as carers give it, and no warning."""
    about = view.records.concerns[worry]
    children = [one for one in about.about if one in view.records.children] or view.records.children
    return about.category not in OF_OTHERS and any(sender in carers(view, child) for child in children)


def warned_of(view: Snapshot, row: Row) -> frozenset[str]:
    """The worries of which the child, the family, its support or the public warn in a row; nothing where none does.

    A told or asked row that reached an agency, or a professional who works with families or passes things on to those
    who do. What a carer says of their own care is an account, and who disputes a worry does not warn of it.
    """
    if row.kind not in ("told", "asked") or row.disputes or not row.who or not set(row.who) <= view.family:
        return frozenset()
    reached = [one for one in view.reaches(row) if hears_warnings(view, one)]
    if not reached or not view.by(row.reached):
        return frozenset()
    worries = worries_in(view, row)
    return frozenset(one for one in worries if not all(is_account(view, sender, one) for sender in row.who))


def hears_warnings(view: Snapshot, one: str) -> bool:
    """Whether somebody is an agency, or a professional whose remit is not to decide or advise only."""
    if one in view.records.agencies:
        return True
    return one in view.professionals and view.records.people[one].remit in ("works_with", "passes_on")


class Seen(NamedTuple):
    """A row in which professionals saw a child."""

    row: Row
    child: str
    by: frozenset[str]


def sightings(view: Snapshot) -> tuple[Seen, ...]:
    """The rows, those that may have happened included, in which a professional or an agency saw a child.

    The row says that the child was seen, if only glimpsed; where it does not say, a meeting, or a contact face to face,
    on a visit or in a meeting, names both.
    """
    return view.keep("findings: sightings", lambda: tuple(_sightings(view)))


def _sightings(view: Snapshot) -> Iterator[Seen]:
    for row in maybe_rows(view):
        seen = [] if row.kind in LOOKING_BACK else [one for one in view.records.children if saw_child(row, one)]
        if seen and (by := view.able.intersection((*row.who, *row.to, *row.present))):
            yield from (Seen(row, child, by) for child in seen)


def seen_in(view: Snapshot, child: str) -> list[Row]:
    """The rows by the day that show a professional or an agency seeing a child."""
    return [one.row for one in sightings(view) if one.child == child and view.by(one.row.date)]


def may_have_seen_it(view: Snapshot) -> tuple[Seen, ...]:
    """The sightings, and the observations about a child that do not say whether the child was seen.

    What was observed of a school or a home is none: of worries only those that are seen by looking at a child.
    """

    def make() -> tuple[Seen, ...]:
        found = list(sightings(view))
        for row in maybe_rows(view):
            if row.kind != "observed" or row.seen:
                continue
            by = view.able.intersection(row.who)
            if by and any(view.records.concerns[c].category in SEEN_BY_LOOKING for c in row.concerns):
                found += [
                    Seen(row, child, by) for child in view.records.children if not row.about or child in row.about
                ]
        return tuple(found)

    return view.keep("findings: may have seen it", make)


def may_have_seen(view: Snapshot, one: str, day: int) -> bool:
    """Whether somebody may have seen a child by a day, as the record has it: a sighting, or their own observation."""

    def make() -> dict[str, int]:
        first: dict[str, int] = {}
        for seen in may_have_seen_it(view):
            for person in seen.by:
                first[person] = min(seen.row.date.first, first.get(person, seen.row.date.first))
        return first

    return view.keep("findings: first seen", make).get(one, day + 1) <= day


def is_baby(view: Snapshot, child: str, day: int) -> bool:
    """Whether a child was certainly under the age at which children are expected to speak, by the day of birth."""
    return day < grown(view, child)


def grown(view: Snapshot, child: str) -> int:
    """The first day on which a child may be of the age at which children are expected to speak; 0 if none is known."""
    born = view.records.people[child].born
    if born is None:
        return 0
    date = born.first_date
    try:
        later = date.replace(year=date.year + view.rules.baby_years)
    except ValueError:  # 29 February, or beyond the calendar
        later = date.replace(year=min(9999, date.year + view.rules.baby_years), day=28)
    return later.toordinal()
