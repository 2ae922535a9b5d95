"""What people could leave a worry to: whom they see around the child, and whom they are on record as counting on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from ..case.records import Row
from ..record.parties import staff
from ..record.snapshot import Snapshot

_last_day = attrgetter("date.last")

Sighting = tuple[Row, tuple[str, ...]]  # a row, and whom somebody sees by it

TAKING_ON = ("told", "asked", "disagreed", "decided", "met", "agreed", "opened")


def sightings(view: Snapshot, person: str) -> Sequence[Sighting]:
    """The rows by the day in which a person can see others around the child, each with those it names."""
    return all_sightings(view).get(person, ())


def all_sightings(view: Snapshot) -> Mapping[str, Sequence[Sighting]]:
    """The same for everybody who can see somebody."""
    return view.keep("sightings", lambda: sightings_in(view, view.rows))


def sightings_in(view: Snapshot, rows: Iterable[Row]) -> dict[str, list[Sighting]]:
    """For each person, those of some rows in which they can see others, each with those it names."""
    found: defaultdict[str, list[Sighting]] = defaultdict(list)
    for row in rows:
        if row.is_contact:
            reached = view.reaches(row) if view.by(row.reached) else ()
            named = row.named if row.kind != "closed" else tuple(one for one in row.named if one not in row.who)
            for one in dict.fromkeys((*row.who, *reached)):
                found[one].append((row, named))
        elif row.kind == "assumed":
            for one in dict.fromkeys(row.who):
                found[one].append((row, row.to))
    return dict(found)


def seen_around(view: Snapshot, person: str) -> tuple[str, ...]:
    """The other professionals and agencies whom a person can see around the child by the day; sorted.

    Everyone named in a contact row that they sent or took part in (also when it did not arrive: the sender does not
    know that) or that reached them, co-recipients included, but who closed in it; whom they are recorded as assuming
    would act; and whose involvement they were told of. An agency counts only if none of its people is among them, and
    it is not their own.
    """
    return view.keep(("seen around", person), lambda: _seen_around(view, person))


def _seen_around(view: Snapshot, person: str) -> tuple[str, ...]:
    seen = {name for _, names in sightings(view, person) for name in names}
    people = (seen & view.professionals) - {person}
    own = view.records.people[person].agency
    desks = {one for one in seen & view.records.agencies.keys() if one != own}
    return tuple(sorted(people | {one for one in desks if staff(view.records, one).isdisjoint(people)}))


def taken_back(view: Snapshot, person: str, worry: str, assumed: Row) -> tuple[Row, ...]:
    """The later rows in which a person took up a worry that they had left to others: told, asked, decided, owned …"""
    rows = view.of_sender(person, worry)
    return tuple(row for row in rows[bisect_right(rows, assumed.date.last, key=_last_day) :] if row.kind in TAKING_ON)


def left_by(view: Snapshot, person: str, assumed: Row) -> frozenset[str]:
    """What somebody left to others in an assumed row: the concerns it names or, of none, all they had by its date."""

    def make() -> frozenset[str]:
        held = view.held.get(person, frozenset())
        return frozenset(one for one in held if view.since[person, one] <= view.when(assumed.date))

    return frozenset(assumed.concerns) or view.keep(("left by", person, assumed.id), make)


def standing_assumptions(view: Snapshot, person: str, worry: str) -> tuple[Row, ...]:
    """The assumptions of a person about a worry that nothing they did later takes back."""
    return tuple(
        row
        for row in view.keep("left to others", lambda: _left_to_others(view)).get((person, worry), ())
        if not taken_back(view, person, worry, row)
    )


def _left_to_others(view: Snapshot) -> dict[tuple[str, str], list[Row]]:
    """The assumed rows by the day in which each left each concern to others."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in view.of_kind("assumed"):
        for one in dict.fromkeys(row.who):
            for concern in left_by(view, one, row):
                found[one, concern].append(row)
    return dict(found)
