"""How findings are weighed: what is at stake, how long, how near, how certain, and how many kinds say the same."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..record.snapshot import Snapshot
from ..wording import count, days
from .base import Finding
from .parts import counted_days

DIGITS = 9  # of a weight: what differs only beyond them is a tie
UNDATED = 365  # days before the harm that something without a date counts as


def weigh(view: Snapshot, found: Iterable[Finding], *, harm: bool = True) -> list[Finding]:
    """The findings with the weight that each has by itself.

    weight = matters × √(severity, at least 1) × (1 + days ÷ (days + `silence_days`)) × (1 + `contact_days` ÷
    (`contact_days` + days before the harm)) × certainty. Without a harm date, or where it is not to count, it is
    the days before the date asked for; what has no date counts as a year before. Of the days those do not count that
    lie in a stretch of more than `silence_days` without any row: there the record is thin, and not the work.
    """
    rules = view.rules
    done = view.records.harm if harm else None
    near = done.first if done is not None else view.day
    weighed = []
    for one in found:
        before = UNDATED if one.until is None else max(0, near - one.until)
        lasted = 0 if one.date is None or one.until is None else counted_days(view, one.date, one.until)
        length = days(one.days) + (f", weighed as {days(lasted)}" if lasted < one.days else "")
        weight = (
            one.matters
            * math.sqrt(max(1.0, one.severity))
            * (1 + _part(lasted, rules.silence_days))
            * (1 + _part(rules.contact_days, before))
            * one.certainty
        )
        why = (
            f"Worries at stake weigh {one.severity:g}; it lasted {length}; it ends {days(before)} before "
            f"{'the harm' if done is not None else 'the date asked for'}; certainty {one.certainty:.2g}"
        )
        weighed.append(replace(one, weight=weight, why=why))
    return sorted(weighed, key=order)


def _part(one: float, other: float) -> float:
    return one / (one + other) if one + other > 0 else 0.0


def agreed(view: Snapshot, matters: Iterable[tuple[str, Sequence[Finding]]]) -> list[Finding]:
    """The findings of named matters in the order in which they are listed, after what their kinds say together.

    Each further kind that says the same adds to a finding what is left of 1 − `again` to the power of their number;
    each heavier matter led by the same kind takes it to `again` of what it was. What rests on a row of low confidence
    stands after everything that does not.
    """
    again = view.rules.again
    seen: defaultdict[str, int] = defaultdict(int)
    listed: list[Finding] = []
    for name, matter in matters:
        kinds = {one.kind for one in matter}
        for one in matter:
            others = len(kinds - {one.kind})
            weight = round(one.weight * (2 - again**others) * again ** seen[matter[0].kind], DIGITS)
            said = f"; {count(others, 'other kind says', 'other kinds say')} the same." if others else "."
            listed.append(replace(one, matter=name, weight=weight, why=one.why + said))
        seen[matter[0].kind] += 1
    sure = [one for one in listed if not one.low]
    floor = min((one.weight for one in sure), default=1.0)
    low = [
        replace(one, weight=round(floor * _part(one.weight, 1.0), DIGITS), why=f"{one.why} It rests on a low row.")
        for one in listed
        if one.low
    ]
    return sorted([*sure, *low], key=order)


def order(one: Finding) -> tuple[object, ...]:
    """What is certain first, then the heaviest; ties by date, kind and what it is about, whatever the order of rows."""
    return (
        one.low,
        -round(one.weight, DIGITS),
        one.date or 0,
        one.kind,
        one.concerns,
        one.people,
        one.agencies,
        one.rows,
        one.statement,  # a worry that came late to the lead and to social care may be one person's, in one row
    )
