"""Who was the lead professional when, as the table of people says it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .. import spells
from ..record.snapshot import Snapshot

NO_LEAD = "nobody is recorded as the lead professional"


class Lead(NamedTuple):
    """The days, both included, on which a person is recorded as the lead professional."""

    person: str
    first: int
    last: int


def lead_spells(view: Snapshot) -> list[Lead]:
    """Who was the lead professional when, by the day; from the people table, partial dates as the rules say.

    Without a first day it counts from the first day of the record, without a last day up to the day asked for.
    """
    start = record_start(view)
    found = []
    for person in view.records.people.values():
        if person.lead_from is None and person.lead_to is None:
            continue
        first = start if person.lead_from is None else view.when(person.lead_from)
        last = view.day if person.lead_to is None else min(view.day, view.when(person.lead_to))
        if first is not None and first <= last:
            found.append(Lead(person.id, first, last))
    return sorted(found, key=lambda lead: (lead.first, lead.last, lead.person))


def record_start(view: Snapshot) -> int | None:
    """The day of the first row that counts by the day; None without one."""
    return view.keep("record start", lambda: min((view.when(row.date) for row in view.rows), default=None))


def without_lead(view: Snapshot, leads: Sequence[Lead]) -> spells.Spells:
    """The spells of days, from the first row to the day, on which nobody was the lead."""
    start = record_start(view)
    return () if start is None else spells.gaps(((lead.first, lead.last) for lead in leads), start, view.day)


def changes_of_lead(leads: Sequence[Lead]) -> int:
    """How often another person follows as the lead."""
    return sum(before.person != after.person for before, after in pairwise(leads))
