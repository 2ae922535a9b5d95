"""Findings about services: needs that no row or service shows met, gaps in time, the same work by several at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ..case.records import Row
from ..record.naming import cut, who
from ..record.parties import is_actor, members
from ..record.snapshot import Snapshot
from ..wording import count, day, days
from .base import Finding, rule
from .measured import GAP, NO_SERVICE, SEVERAL, service_lines
from .parts import about_child, held_by, in_touch

FEW = 5  # rows of contact that are named as evidence of a need


def _evidence(view: Snapshot, person: str, start: int | None) -> list[Row]:
    """The rows of contact with a person from a day on, at which a need could have come up; the last few."""
    since = [row for row in view.contacts if start is None or view.when(row.date) >= start]
    theirs = (row for row in since if person in (*row.named, *row.about))
    rows = [row for row in theirs if any(is_actor(view, one) for one in row.named)]
    if not rows:
        worries = about_child(view, person, view.worries) if person in view.records.children else list(view.worries)
        rows = sorted((known.row for known in held_by(view, worries).values()), key=lambda row: row.order)
    return rows[-FEW:]


@rule(
    title="A need that no service met",
    theme="longer-term work",
    matters=0.4,
    rule="A need of the services table for which no line with an agency had begun by the date. One finding for "
    "each person; what counts as severity is the number of needs. Its rows are the last contacts with the person, "
    "where there are any, or those by which worries came to be known.",
    limits="Only needs that somebody coded. What a family or a friend gave is no service.",
    question="Was there a service for this here, and who would have known of it?",
    refute="a service with an agency and a start for the same need.",
)
def need_without_service(view: Snapshot) -> Iterator[Finding]:
    """Needs of a person for which no agency is on record; one finding for each person."""
    needs: defaultdict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for line in service_lines(view, NO_SERVICE):
        needs[line.person].append((line.need, line.start))
    for person, found in sorted(needs.items()):
        start = min((since for _, since in found if since is not None), default=None)
        rows = _evidence(view, person, start)
        if not rows:
            continue
        more = f" and {count(len(found) - 1, 'other need')}" if len(found) > 1 else ""
        yield Finding.of(
            view,
            f"No agency on record by {day(view.day)} for “{cut(found[0][0])}”{more} of {who(view, [person])}",
            rows=rows,
            who=[person],
            start=start,
            end=None if start is None else view.day,
            severity=float(len(found)),
        )


@rule(
    title="A gap between services",
    theme="longer-term work",
    matters=0.4,
    rule="More than `late_days` on which, whatever the partial dates allow, none of the services for the same need and "
    "person ran, between one and the next.",
    limits="A service that ended for good leaves no gap: the table does not say whether the need went on.",
    question="What was there for the family in between?",
    refute="a service for the same need in those days.",
)
def service_gap(view: Snapshot) -> Iterator[Finding]:
    """A stretch between two services for the same need on which certainly none ran."""
    for line in service_lines(view, GAP):
        start, end, least = line.start, line.end, line.days_least
        rows = _evidence(view, line.person, None)
        if start is None or end is None or least is None or least <= view.rules.late_days or not rows:
            continue
        yield Finding.of(
            view,
            f"No service for “{cut(line.need)}” of {who(view, [line.person])} on record for {days(least)} between "
            f"those of {who(view, line.agencies, 2)}",
            rows=rows,
            who=[line.person, *line.agencies],
            start=start,
            end=start + least,
            severity=1.0,
        )


def _in_touch(view: Snapshot, agencies: list[str], first: int, last: int) -> bool:
    """Whether some agencies may have been in contact with each other in some days."""
    return any(
        row.date.first <= last and row.reached.last >= first
        for a, b in combinations(agencies, 2)
        for row in in_touch(view, members(view, a), members(view, b))
    )


@rule(
    title="The same work by two agencies at once, with no row between them",
    theme="longer-term work",
    matters=0.3,
    rule="Services of different agencies for the same need of the same person that, whatever the partial dates "
    "allow, ran on the same days, while no row joins the agencies. One finding for each need "
    "and person.",
    limits="Two agencies at once may be wanted. Needs count as the same where their words are.",
    question="How did they share it out, and what was it like for the family?",
    refute="a row or plan that shows that they shared the work out, or that the needs were different.",
)
def duplicated_work(view: Snapshot) -> Iterator[Finding]:
    """The same need of a person met by two agencies at once; one finding for each person and need."""
    groups: defaultdict[tuple[str, str], list[tuple[tuple[str, ...], int, int]]] = defaultdict(list)
    for line in service_lines(view, SEVERAL):
        if line.days_least and line.start is not None:
            groups[line.need, line.person].append((line.agencies, line.start, line.days_least))
    for (need, person), found in sorted(groups.items()):
        agencies = sorted({one for some, _, _ in found for one in some})
        least, start = max(days_ for _, _, days_ in found), min(since for _, since, _ in found)
        rows = _evidence(view, person, None)
        if rows and not _in_touch(view, agencies, start, start + least):
            yield Finding.of(
                view,
                f"{who(view, agencies, 2)} are recorded as meeting “{cut(need)}” of {who(view, [person])} at once, for "
                f"{days(least)} or more, with no row between them",
                rows=rows,
                who=[person, *agencies],
                start=start,
                end=start + least,
                severity=1.0,
            )
