"""What a finding is, how it is worded, and how findings are weighed and ranked.

A rule looks at a :class:`~safetynet.snapshot.Snapshot` and yields findings; it never looks at prose. Every
finding rests on rows of the chronology, is worded about the record, and says what would refute it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..case.records import Row
from ..dates import date_of
from ..record.snapshot import Snapshot, in_order
from ..wording import in_words

QUOTED = 70  # characters of a concern's summary that a sentence repeats
AGAIN = 0.8  # what each further finding of a kind counts for, so that the first page shows different things
THE_SAME = 0.9  # what each further finding about the very same concerns counts for, whatever its kind


@dataclass(frozen=True)
class Finding:
    """Something in the record that a reviewer would want pointed out.

    `start` and `end` are ordinals of the period it speaks of (None where it has no date); `days` is how long it
    lasted, which counts in its weight; `severity` is what the worries at stake weigh together.
    """

    kind: str
    statement: str
    refute: str
    rows: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    days: int = 0
    severity: float = 0.0
    weight: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class Rule:
    """One kind of finding: how it is found, in words and in code.

    `matters` is how much a reviewer would make of the kind where all else is equal (0 to 1); `rule` is its exact
    rule in a sentence or two, `limits` what it cannot see.
    """

    kind: str
    title: str
    matters: float
    rule: str
    limits: str
    find: Callable[[Snapshot], Iterator[Finding]] = field(repr=False)


# words ------------------------------------------------------------------------------------------------


def name(view: Snapshot, identity: str) -> str:
    """The name of a person or an agency, as a sentence says it."""
    return view.name(identity)


def names(view: Snapshot, identities: Iterable[str], most: int = 6, *, as_given: bool = False) -> str:
    """Several names by their ids, or `as_given`: "A, B and C"; beyond `most` the rest is counted."""
    listed = [name(view, one) for one in (identities if as_given else sorted(identities))]
    if len(listed) > most:
        listed = [*listed[: most - 1], f"{len(listed) - most + 1} others"]
    return in_words(listed)


def concern(view: Snapshot, identity: str) -> str:
    """A concern with its summary: C13 (Scars and bruises …)."""
    summary = " ".join(view.records.concerns[identity].summary.split())
    if len(summary) > QUOTED:
        summary = summary[:QUOTED].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"{identity} ({summary})" if summary else identity


def concerns(view: Snapshot, identities: Iterable[str], most: int = 4) -> str:
    """Several concerns, gravest first; beyond `most` the rest is counted."""
    ordered = sorted(identities, key=lambda one: (-view.records.concerns[one].severity, one))
    words = [concern(view, one) for one in ordered]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return "; ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""


def when(row: Row) -> str:
    """The date of a row in a sentence: a day, or "between … and …" for a partial date."""
    window = row.date
    if window.is_day:
        return f"on {window.first_date.isoformat()}"
    return f"between {window.first_date.isoformat()} and {window.last_date.isoformat()}"


def day(ordinal: int) -> str:
    """A day in a sentence."""
    return date_of(ordinal).isoformat()


def days(number: int) -> str:
    """A number of days in a sentence."""
    return "1 day" if number == 1 else f"{number} days"


def agencies_of(view: Snapshot, actors: Iterable[str]) -> tuple[str, ...]:
    """The agencies of people, and agencies themselves; sorted."""
    known = [one for one in actors if one in view.records.agencies or one in view.records.people]
    return tuple(sorted({view.party(one) for one in known} & view.records.agencies.keys()))


def ordered(rows: Iterable[Row]) -> tuple[str, ...]:
    """Ids of rows by date."""
    return in_order({row.id: row for row in rows}.values())


# weight -----------------------------------------------------------------------------------------------


def weigh(view: Snapshot, rules: dict[str, Rule], found: Sequence[Finding]) -> list[Finding]:
    """The findings with their weights, heaviest first.

    weight = matters × √(severity) × (1 + days / (days + 30)) × (1 + 90 / (90 + days before the harm))
    × (1 + ln(1 + others) / 10), and × 0.8 for each heavier finding of the same kind, × 0.9 for each heavier one
    about the very same concerns. *Severity* is that of the
    worries at stake together (at least 1); *others* is how many other findings rest on one of the same rows.
    """
    resting: defaultdict[str, set[int]] = defaultdict(set)
    for place, finding in enumerate(found):
        for row in finding.rows:
            resting[row].add(place)
    harm = view.records.harm
    close = harm.first if harm is not None else view.day
    weighed = []
    for place, finding in enumerate(found):
        others = len(set().union(*(resting[row] for row in finding.rows)) - {place}) if finding.rows else 0
        last = finding.end if finding.end is not None else finding.start
        before = max(0, close - last) if last is not None else 365
        severity = max(1.0, finding.severity)
        weight = (
            rules[finding.kind].matters * math.sqrt(severity) * (1 + finding.days / (finding.days + 30))
            * (1 + 90 / (90 + before)) * (1 + math.log1p(others) / 10)
        )  # fmt: skip
        to_what = "before the harm" if harm is not None else "before the date asked for"
        why = (
            f"Worries at stake weigh {finding.severity:g}; it lasted {days(finding.days)}; it ends {days(before)} "
            f"{to_what}; {others} other finding{'s rest' if others != 1 else ' rests'} on the same rows."
        )
        weighed.append(replace(finding, weight=weight, why=why))
    weighed.sort(key=order)
    seen: defaultdict[str, int] = defaultdict(int)
    about: defaultdict[tuple[str, ...], int] = defaultdict(int)
    spread = []
    for finding in weighed:
        again = AGAIN ** seen[finding.kind] * THE_SAME ** about[finding.concerns]
        spread.append(replace(finding, weight=finding.weight * again))
        seen[finding.kind] += 1
        about[finding.concerns] += bool(finding.concerns)
    return sorted(spread, key=order)


def order(finding: Finding) -> tuple[object, ...]:
    """Heaviest first; ties by date, kind and what it is about, whatever the order of the rows in the file."""
    return (-round(finding.weight, 9), finding.start or 0, finding.kind, finding.concerns, finding.people, finding.rows)
