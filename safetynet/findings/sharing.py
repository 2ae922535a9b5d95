"""Findings about passing on: what stayed where it was, what came late, what did not arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..snapshot import Snapshot
from .base import Finding, Rule, agencies_of, concerns, day, days, name


def never_left_a_person(view: Snapshot) -> Iterator[Finding]:
    """A worry that only one professional ever had on record, for each such person."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.worries:
        holders = view.holders[worry]
        if len(holders & view.professionals) == 1 and not holders & view.records.agencies.keys():
            kept[next(iter(holders & view.professionals))].append(worry)
    for person, worries in sorted(kept.items()):
        start = min(view.since[person, worry] for worry in worries)
        where = agencies_of(view, (person,))
        at_ = f" ({name(view, where[0])})" if where and name(view, where[0]) not in name(view, person) else ""
        yield Finding(
            "never_left_a_person",
            f"No row shows that {concerns(view, worries)} went from {name(view, person)}{at_} to any other "
            f"professional in the {days(view.day - start)} from {day(start)} to {day(view.day)}.",
            "a row by which another professional or an agency's file came to have it.",
            rows=view.evidence(worries, (person,)),
            people=(person,), agencies=where, concerns=tuple(sorted(worries)), start=start, end=view.day,
            days=view.day - start, severity=view.total(worries),
        )  # fmt: skip


RULES = (
    Rule(
        "never_left_a_person",
        "A worry that never left a person",
        0.8,
        "A known worry that exactly one professional and no agency's file has on record by the date; one finding for each such "
        "person, with all their worries.",
        "Talk that nobody wrote down leaves no row. Somebody who saw it themselves counts as another holder.",
        never_left_a_person,
    ),
)
