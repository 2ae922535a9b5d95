"""Findings about worries that were passed on late, or not to the lead, social care, the police or a fellow service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from ..case.records import Row
from ..measures.leading import lead_spells
from ..record.entries import first_days
from ..record.snapshot import Snapshot
from .legacy import Finding, Rule, agencies_of, day, days, name, when
from .oldparts import (
    POLICE_MATTERS,
    allowed,
    around,
    at_work,
    every,
    first_holder,
    holders,
    is_grave,
    items,
    of_agency,
    of_sector,
    old_enough,
    passings,
    sectors_coded,
)

FELLOWS = ("social_care", "health", "police", "education", "housing")


def shared_late(view: Snapshot) -> Iterator[Finding]:
    """A worry first passed on to another professional or agency late after it came on record."""
    late: defaultdict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    rows: dict[str, Row] = {}
    for worry, (row, lag) in _first_passed(view).items():
        if lag > view.rules.late_days:
            start, holder = first_holder(view, worry)
            late[holder, row.id].append((worry, start, lag))
            rows[row.id] = row
    for (holder, place), found in sorted(late.items()):
        row, worries = rows[place], [worry for worry, _, _ in found]
        start, lag = min(start for _, start, _ in found), max(lag for _, _, lag in found)
        least = "" if row.reached.is_day else "at least "
        yield Finding(
            "shared_late",
            f"{of_agency(view, holder)} had {items(view, worries)} on record from {day(start)}; the first row that "
            f"passes it to another professional or agency is {row.id} {when(row)}, {least}{days(lag)} later.",
            "an earlier row that passes it on.",
            rows=tuple(dict.fromkeys((*view.evidence(worries, (holder,)), row.id))),
            people=(holder, *sorted({one for one in row.named if one in view.professionals} - {holder})),
            agencies=agencies_of(view, {holder, *row.named} & (view.professionals | view.records.agencies.keys())),
            concerns=tuple(sorted(worries)), start=start, end=view.when(row.reached), days=lag,
            severity=view.total(worries),
        )  # fmt: skip


def _first_passed(view: Snapshot) -> dict[str, tuple[Row, int]]:
    """For each known worry that was passed on: the first such row, and how many days after it certainly was known."""
    found = {}
    for worry in view.worries:
        rows = sorted(passings(view, worry), key=lambda row: (row.reached.first, row.reached.last, row.id))
        if rows:
            found[worry] = (rows[0], rows[0].reached.first - first_holder(view, worry)[0])
    return found


# who should have had it -------------------------------------------------------------------------------


def _shared(view: Snapshot, worry: str, *, agencies: bool = True) -> bool:
    """Whether two or more people or files (of two or more agencies) have a worry: what one kept is told elsewhere."""
    having = view.holders[worry] & (view.professionals | view.records.agencies.keys())
    return len({view.party(one) for one in having} if agencies else having) > 1


def _leads(view: Snapshot) -> dict[str, tuple[int, int]]:
    """When each lead professional led, up to the day of the snapshot."""
    return {spell.person: (spell.first, spell.last) for spell in lead_spells(view)}


def never_reached_lead(view: Snapshot) -> Iterator[Finding]:
    """A worry that several had, and that whoever led from then on has no record of."""
    leads = _leads(view)
    missing: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for worry in view.worries:
        start = first_holder(view, worry)[0]
        led = tuple(sorted(one for one, (_, until) in leads.items() if until > start))
        having = view.holders[worry] - around(view)
        missed = not holders(view, worry) & set(led) and allowed(view, having, led, worry, view.day)
        if led and missed and _shared(view, worry, agencies=False):
            missing[led].append(worry)
    for led, worries in sorted(missing.items()):
        start = min(first_holder(view, worry)[0] for worry in worries)
        since = max(start, min(leads[one][0] for one in led))
        if not old_enough(view, worries, since):
            continue
        had = frozenset().union(*(view.holders[worry] for worry in worries)) & view.professionals
        yield Finding(
            "never_reached_lead",
            f"No row shows that {items(view, worries)}, on record with {every(view, had)} from {day(start)}, "
            f"came to {every(view, led)}, who led, in the {days(view.day - since)} to {day(view.day)}.",
            "a row by which a lead professional came to have it.",
            rows=view.evidence(worries), people=tuple(sorted({*led, *had})), agencies=agencies_of(view, {*led, *had}),
            concerns=tuple(sorted(worries)), start=since, end=view.day, days=view.day - since,
            severity=view.total(worries),
        )  # fmt: skip


def never_reached_social_care(view: Snapshot) -> Iterator[Finding]:
    """A grave worry that several had, and nobody in social care."""
    if not sectors_coded(view):
        return
    leads = _leads(view)
    told = of_sector(view, "social_care")
    worries = []
    for worry in view.worries:
        start = first_holder(view, worry)[0]
        led = {one for one, (_, until) in leads.items() if until > start and one in told}
        having = view.holders[worry] - around(view)
        missed = not holders(view, worry) & told and allowed(view, having, told, worry, view.day)
        if is_grave(view, worry) and _shared(view, worry) and missed and not led:
            worries.append(worry)
    yield from _not_reached(view, "never_reached_social_care", worries, "anybody in social care", "")


def never_reached_police(view: Snapshot) -> Iterator[Finding]:
    """A grave worry of the sort that may be a crime, that several had, and nobody in the police."""
    if not sectors_coded(view):
        return
    told = of_sector(view, "police")
    worries = [
        worry for worry in view.worries
        if is_grave(view, worry) and view.records.concerns[worry].category in POLICE_MATTERS
        and _shared(view, worry) and not holders(view, worry) & told
        and allowed(view, view.holders[worry] - around(view), told, worry, view.day)
    ]  # fmt: skip
    yield from _not_reached(view, "never_reached_police", worries, "the police", " Was it for them to know?")


def _not_reached(view: Snapshot, kind: str, worries: list[str], whom: str, question: str) -> Iterator[Finding]:
    if not worries:
        return
    start = min(first_holder(view, worry)[0] for worry in worries)
    if not old_enough(view, worries, start):
        return
    had = frozenset().union(*(view.holders[worry] for worry in worries)) & view.professionals
    yield Finding(
        kind,
        f"No row shows that {items(view, worries)}, on record with {every(view, had)} from {day(start)}, came "
        f"to {whom} in the {days(view.day - start)} to {day(view.day)}.{question}",
        f"a row by which {whom} came to have it.",
        rows=view.evidence(worries), people=tuple(sorted(had)), agencies=agencies_of(view, had),
        concerns=tuple(sorted(worries)), start=start, end=view.day, days=view.day - start,
        severity=view.total(worries),
    )  # fmt: skip


def reached_late(view: Snapshot) -> Iterator[Finding]:
    """A worry that came to the lead, to social care or to the police late after a professional had it."""
    leads = _leads(view)
    firsts = {worry: row.id for worry, (row, lag) in _first_passed(view).items() if lag > view.rules.late_days}
    care, police = of_sector(view, "social_care"), of_sector(view, "police")
    for target in ("the lead professional", "social care", "the police"):
        late: defaultdict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
        for worry in view.worries:
            start = first_holder(view, worry)[0]
            if target == "the lead professional":
                led = {one: when_ for one, when_ in leads.items() if when_[1] > start}
                wanted: Set[str] = led.keys()
                since = max(start, min((first for first, _ in led.values()), default=start))
            else:
                wanted, since = (care if target == "social care" else police), start
                grave = is_grave(view, worry) and (
                    target == "social care" or view.records.concerns[worry].category in POLICE_MATTERS
                )
                if not grave:
                    continue
            came = _came(view, worry, wanted)
            if came is None or came[0] - since <= view.rules.late_days or firsts.get(worry) == came[1]:
                continue
            late[came[1], came[2]].append((worry, since, came[0] - since))
        yield from _late(view, target, late)


def _came(view: Snapshot, worry: str, wanted: Set[str]) -> tuple[int, str, str] | None:
    """The earliest day on which a worry may have come to any of several, with the row and who it came to."""
    found = []
    for one in view.holders[worry] & wanted:
        entries = [entry for entry in view.entries[one, worry] if view.by(entry.window)]
        first = min(entries, key=lambda entry: (entry.window.first, entry.window.last, entry.row.id))
        found.append((first_days(entries)[0], first.row.id, one))
    return min(found, default=None)


def _late(view: Snapshot, target: str, late: dict[tuple[str, str], list[tuple[str, int, int]]]) -> Iterator[Finding]:
    rows = {row.id: row for row in view.rows}
    for (place, receiver), found in sorted(late.items()):
        row, worries = rows[place], [worry for worry, _, _ in found]
        start, lag = min(start for _, start, _ in found), max(lag for _, _, lag in found)
        had = {first_holder(view, worry)[1] for worry in worries}
        least = "" if row.reached.is_day else "at least "
        yield Finding(
            "reached_late",
            f"{items(view, worries)}, on record with {every(view, had)}, came to {target} "
            f"({name(view, receiver)}) first by {row.id} {when(row)}, {least}{days(lag)} after {day(start)}.",
            f"an earlier row by which {target} came to have it.",
            rows=tuple(dict.fromkeys((*view.evidence(worries, had), row.id))),
            people=tuple(sorted({*had, *({receiver} & view.professionals)})),
            agencies=agencies_of(view, {*had, receiver}), concerns=tuple(sorted(worries)),
            start=start, end=view.when(row.reached), days=lag, severity=view.total(worries),
        )  # fmt: skip


def not_with_a_fellow_service(view: Snapshot) -> Iterator[Finding]:
    """A grave worry on record in one agency of a sector, and in no way in another that was at work later."""
    spans = at_work(view, closing=False)
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for one in spans:
        if view.party(one) in view.records.agencies:
            parties[view.party(one)].add(one)
    alike: defaultdict[tuple[str, tuple[str, ...]], list[tuple[str, int, int]]] = defaultdict(list)
    for agency, staff in sorted(parties.items()):
        sector = view.records.agencies[agency].sector
        if sector not in FELLOWS:
            continue
        start, end = min(spans[one][0] for one in staff), max(spans[one][1] for one in staff)
        fellows = {one for one in of_sector(view, sector) if view.party(one) != agency}
        own = {one for one in view.professionals if view.records.people[one].agency == agency} | {agency}
        lacking = []
        for worry in view.worries:
            had = view.holders[worry] & fellows
            if is_grave(view, worry) and had and not holders(view, worry) & own:
                since = min(view.since[one, worry] for one in had)
                if end - since >= view.rules.grace_days and allowed(view, had, (agency,), worry, end):
                    lacking.append(worry)
        if lacking:
            alike[sector, tuple(lacking)].append((agency, start, end))
    for (sector, worries), without in sorted(alike.items()):
        had = frozenset().union(*(view.holders[worry] for worry in worries)) & of_sector(view, sector)
        where = {view.party(one) for one in had}
        since = min(view.since[one, worry] for worry in worries for one in had & view.holders[worry])
        start, end = min(max(since, first) for _, first, _ in without), max(last for _, _, last in without)
        lasting = max(last - max(since, first) for _, first, last in without)
        agencies = tuple(agency for agency, _, _ in without)
        others = "which appears" if len(agencies) == 1 else "which appear"
        yield Finding(
            "not_with_a_fellow_service",
            f"No row shows that {items(view, worries)}, on record at {every(view, where)} from {day(since)}, came to "
            f"{every(view, agencies)}, {others} in rows until {day(end)}.",
            "a row by which somebody there came to have it, or that they were no longer at work.",
            rows=view.evidence(worries, had),
            people=tuple(sorted(had & view.professionals)), agencies=tuple(sorted({*agencies, *where})),
            concerns=tuple(worries), start=start, end=end, days=lasting, severity=view.total(worries),
        )  # fmt: skip


RULES = (
    Rule(
        "shared_late",
        "A worry that was passed on late",
        0.6,
        "A known worry whose first passing from one professional or agency to another came more than `late_days` "
        "after a professional certainly had it; partial dates give the fewest days.",
        "An earlier talk without a row would refute it. Waiting may have had its reasons.",
        shared_late,
    ),
    Rule(
        "never_reached_lead",
        "A worry that never reached the lead professional",
        0.8,
        "A known worry that two or more professionals or agencies have on record and that none of those who led on "
        "any later day has, where the case says who led and no permission speaks against it.",
        "What stayed with one person is told by its own rule. Without lead dates in the table of people nothing is "
        "found.",
        never_reached_lead,
    ),
    Rule(
        "never_reached_social_care",
        "A grave worry that never reached social care",
        0.8,
        "A known worry of severity 3 or 4 that two or more agencies have on record and nobody of the sector social "
        "care; where a lead from social care should have had it, only that is said.",
        "Whether it had to go there depends on the law of the place, which the library does not know.",
        never_reached_social_care,
    ),
    Rule(
        "never_reached_police",
        "A grave worry that never reached the police",
        0.4,
        "A known worry of severity 3 or 4 and of the category physical, sexual or domestic abuse that two or more "
        "agencies have on record and nobody of the sector police; asked as a question.",
        "Not every such worry is a crime; the question is whether somebody asked.",
        never_reached_police,
    ),
    Rule(
        "reached_late",
        "A worry that came late to the lead, social care or the police",
        0.6,
        "A known worry that came to those who led, to social care (severity 3 or 4) or to the police (such a worry "
        "of the category physical, sexual or domestic abuse) more than `late_days` after a professional certainly "
        "had it, or after the first lead of that time began; partial dates give the fewest days.",
        "As for what was passed on late. Where the same row is also the first passing at all, that is said instead.",
        reached_late,
    ),
    Rule(
        "not_with_a_fellow_service",
        "A worry known to one service and not to a fellow service",
        0.8,
        "A known worry of severity 3 or 4 on record in an agency of social care, health, police, education or housing, "
        "and in no way in another agency of the same sector that still appears in a row (a closing one apart) "
        "`grace_days` later or more; agencies that lack the same are told together. Not where the permissions say "
        "prohibited or not_needed.",
        "An agency that appears once is counted like one that carried the case; whether it should have been asked is "
        "for the reader.",
        not_with_a_fellow_service,
    ),
)  # fmt: skip
