"""Findings about services: needs that nobody met, gaps in time, and the same work by several agencies at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..dates import date_of
from ..measures.services import GAP, NO_SERVICE, SEVERAL, service_gaps
from ..record.snapshot import Snapshot
from ..wording import in_words
from .legacy import Finding, Rule, agencies_of, days, name, names


def _lines(view: Snapshot, finding: str) -> list[Any]:
    if not view.records.services:
        return []
    table = service_gaps(view.case, date_of(view.day), rules=view.rules)
    return [line for line in table.itertuples() if line.finding == finding]


def _ordinal(value: Any) -> int | None:
    return None if value != value else int(value.toordinal())


def need_without_service(view: Snapshot) -> Iterator[Finding]:
    """Needs of a person for which no agency is on record; one finding for each person."""
    needs: defaultdict[str, list[Any]] = defaultdict(list)
    for line in _lines(view, NO_SERVICE):
        needs[line.person].append(line)
    for person, lines in sorted(needs.items()):
        since = [start for line in lines if (start := _ordinal(line.start)) is not None]
        start = min(since, default=None)
        dated = f" (the first from {date_of(start).isoformat()})" if start is not None else ""
        yield Finding(
            "need_without_service",
            f"The record lists {in_words([line.need for line in lines])} as "
            f"{'a need' if len(lines) == 1 else 'needs'} of {name(view, person)}{dated} and names no agency that met "
            f"{'it' if len(lines) == 1 else 'them'} by {date_of(view.day)}.",
            "a service with an agency and a start for the same need.",
            people=(person,), start=start, end=None if start is None else view.day,
            days=0 if start is None else view.day - start, severity=float(len(lines)),
        )  # fmt: skip


def service_gap(view: Snapshot) -> Iterator[Finding]:
    """A stretch between two services for the same need on which certainly none ran."""
    for line in _lines(view, GAP):
        least, start, end = int(line.days_least), _ordinal(line.start), _ordinal(line.end)
        if least <= view.rules.late_days or start is None or end is None:
            continue
        yield Finding(
            "service_gap",
            f"No service for {line.need} of {name(view, line.person)} is on record for "
            f"{'at least ' if least < line.days else ''}{days(least)} between {date_of(start)} and {date_of(end)}, "
            f"between those of {names(view, line.agencies, 3)}.",
            "a service for the same need in those days.",
            people=(line.person,), agencies=agencies_of(view, line.agencies), start=start, end=end, days=least,
            severity=1.0,
        )  # fmt: skip


def duplicated_work(view: Snapshot) -> Iterator[Finding]:
    """The same need of a person met by two agencies at once; one finding for each person and need."""
    groups: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for line in _lines(view, SEVERAL):
        if int(line.days_least) > 0:
            groups[line.need, line.person].append(line)
    for (need, person), lines in sorted(groups.items()):
        agencies = tuple(sorted({one for line in lines for one in line.agencies}))
        start = min(day for line in lines if (day := _ordinal(line.start)) is not None)
        end = max(day for line in lines if (day := _ordinal(line.end)) is not None)
        least = max(int(line.days_least) for line in lines)
        yield Finding(
            "duplicated_work",
            f"{names(view, agencies, 4)} are recorded as meeting the same need ({need}) of {name(view, person)} at "
            f"the same time, for {days(least)} or more between {date_of(start)} and {date_of(end)}.",
            "a row or plan that shows that they shared the work out, or that the needs were different.",
            people=(person,), agencies=agencies, start=start, end=end, days=least, severity=1.0,
        )  # fmt: skip


RULES = (
    Rule(
        "need_without_service",
        "A need that no service met",
        0.5,
        "A need of the services table for which no line with an agency had begun by the date. One finding for each "
        "person; what counts as severity is the number of needs.",
        "Only needs that somebody coded. What a family or a friend gave is no service.",
        need_without_service,
    ),
    Rule(
        "service_gap",
        "A gap between services",
        0.4,
        "More than `late_days` on which, whatever the partial dates allow, none of the services for the same need "
        "and person ran, between one and the next.",
        "A service that ended for good leaves no gap: the table does not say whether the need went on.",
        service_gap,
    ),
    Rule(
        "duplicated_work",
        "The same work by two agencies at once",
        0.35,
        "Services of different agencies for the same need of the same person that, whatever the partial dates allow, "
        "ran on the same days.",
        "Two agencies at once may be wanted. Needs count as the same where their words are.",
        duplicated_work,
    ),
)
