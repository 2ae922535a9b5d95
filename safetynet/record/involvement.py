"""Who was involved when: the spells of every professional, and the parties that they count as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .snapshot import Snapshot

Spells = dict[str, tuple[tuple[int, int], ...]]


def party(view: Snapshot, name: str) -> str:
    """The agency that somebody counts as: an agency itself, a person's own, or a professional without one.

    Empty for the child, the family and their support where they belong to no agency.
    """
    if name in view.records.agencies:
        return name
    return view.records.people[name].agency or (name if name in view.professionals else "")


def parties(view: Snapshot, names: Iterable[str]) -> tuple[str, ...]:
    """The parties of several people and agencies; sorted."""
    return tuple(sorted({found for name in names if (found := party(view, name))}))


def involvement(view: Snapshot) -> Spells:
    """The spells of days, both ends included and up to the snapshot's day, on which each professional was involved.

    On every day they are those whom a snapshot of that day calls involved.
    """
    made: Spells = view.case._cached(("involvement", view.day, view.rules), lambda: _spells(view))
    return made


def _spells(view: Snapshot) -> Spells:
    appeared: dict[str, int] = {}
    closed: defaultdict[str, set[int]] = defaultdict(set)
    acted: defaultdict[str, list[int]] = defaultdict(list)
    for row in view.rows:
        when = view.when(row.date)
        for name in (*row.who, *(row.to if row.is_sent else ())):
            appeared[name] = min(when, appeared.get(name, when))
        for name in row.who:
            if row.kind == "closed":
                closed[name].add(when)
            else:
                acted[name].append(when)
    found: Spells = {}
    for name in sorted(appeared.keys() & view.professionals):
        last = view.day
        end = view.records.people[name].end
        if end is not None:
            last = min(last, view.when(end))
        spells, start = [], appeared[name]
        for left in sorted(closed[name]):
            if left < start:
                continue
            spells.append((start, min(left, last)))
            start = min((when for when in acted[name] if when > left), default=last + 1)
        spells.append((start, last))
        found[name] = tuple((first, final) for first, final in spells if first <= final)
    return found


def involved_on(view: Snapshot, day: int) -> frozenset[str]:
    """The professionals who were involved on a day, up to that of the snapshot."""
    return frozenset(
        name for name, spells in involvement(view).items() if any(first <= day <= last for first, last in spells)
    )


def first_day(view: Snapshot) -> int | None:
    """The first day on which a professional appears; None where none does by the snapshot's day."""
    return min((spells[0][0] for spells in involvement(view).values() if spells), default=None)
