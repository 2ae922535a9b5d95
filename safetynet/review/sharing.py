"""Findings about worries that stayed where they were: with a person, an agency, the family, a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..record.snapshot import Snapshot
from .legacy import Finding, Rule, agencies_of, day, days, name, names
from .oldparts import around, between, every, first_holder, holders, is_grave, items, of_agency, old_enough

NOT_WRITTEN = "Talk that nobody wrote down leaves no row."


def never_left_a_person(view: Snapshot) -> Iterator[Finding]:
    """A worry that only one professional ever had on record, for each such person."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.worries:
        having = holders(view, worry) - around(view)
        if len(having) == 1 and having <= view.professionals:
            kept[next(iter(having))].append(worry)
    for person, worries in sorted(kept.items()):
        start = min(view.since[person, worry] for worry in worries)
        if not old_enough(view, worries, start):
            continue
        left = "" if person in view.involved else f"; they had left by {day(_last_day(view, person))}"
        yield Finding(
            "never_left_a_person",
            f"No row shows that {items(view, worries)} went from {of_agency(view, person)} to any other professional "
            f"in the {days(view.day - start)} from {day(start)} to {day(view.day)}{left}.",
            "a row by which another professional or an agency's file came to have it.",
            rows=view.evidence(worries, (person,)),
            people=(person,), agencies=agencies_of(view, (person,)), concerns=tuple(sorted(worries)),
            start=start, end=view.day, days=view.day - start, severity=view.total(worries),
        )  # fmt: skip


def never_left_an_agency(view: Snapshot) -> Iterator[Finding]:
    """A worry that several people, or a person and the file, of one agency had, and nobody elsewhere."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.worries:
        having = holders(view, worry) - around(view)
        where = {view.party(one) for one in having}
        if len(having) > 1 and len(where) == 1 and where <= view.records.agencies.keys():
            kept[next(iter(where))].append(worry)
    for agency, worries in sorted(kept.items()):
        start = min(first_holder(view, worry)[0] for worry in worries)
        if not old_enough(view, worries, start):
            continue
        having = frozenset().union(*(view.holders[worry] for worry in worries)) - around(view)
        yield Finding(
            "never_left_an_agency",
            f"No row shows that {items(view, worries)}, on record with {every(view, having)}, left "
            f"{name(view, agency)} in the {days(view.day - start)} from {day(start)} to {day(view.day)}.",
            "a row by which somebody of another agency came to have it.",
            rows=view.evidence(worries, having),
            people=tuple(sorted(having & view.professionals)), agencies=(agency,), concerns=tuple(sorted(worries)),
            start=start, end=view.day, days=view.day - start, severity=view.total(worries),
        )  # fmt: skip


def never_left_the_family(view: Snapshot) -> Iterator[Finding]:
    """A worry that the child, the family or its support had, and no professional and no agency."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for worry in view.current:
        having = view.holders.get(worry, frozenset())
        if having and holders(view, worry) <= around(view):
            kept[min(having, key=lambda one: (view.since[one, worry], one))].append(worry)
    for first, worries in sorted(kept.items()):
        start = min(view.since[first, worry] for worry in worries)
        if not old_enough(view, worries, start):
            continue
        others = frozenset().union(*(view.holders[worry] for worry in worries)) - {first}
        besides = f" (and {every(view, others)})" if others else ""
        yield Finding(
            "never_left_the_family",
            f"{name(view, first)}{besides} had {items(view, worries)} on record from {day(start)}; no row shows "
            f"that any professional or agency came to have it in the {days(view.day - start)} to {day(view.day)}.",
            "a row by which a professional or an agency came to have it.",
            rows=view.evidence(worries),
            people=tuple(sorted({first, *others})), concerns=tuple(sorted(worries)),
            agencies=agencies_of(view, {first, *others}),
            start=start, end=view.day, days=view.day - start, severity=view.total(worries),
        )  # fmt: skip


def only_a_file(view: Snapshot) -> Iterator[Finding]:
    """A worry that came to an agency's desk, and that none of its people has on record."""
    for agency in sorted(view.records.agencies):
        staff = {one for one in view.professionals if view.records.people[one].agency == agency}
        spoken = {worry for row in view.rows if agency in row.who for worry in row.concerns}
        worries = [
            worry for worry in view.current
            if (agency, worry) in view.since and worry not in spoken and not holders(view, worry) & staff
        ]  # fmt: skip
        if not worries:
            continue
        start = min(view.since[agency, worry] for worry in worries)
        if not old_enough(view, worries, start):
            continue
        elsewhere = frozenset().union(*(holders(view, worry) for worry in worries)) & view.professionals
        nobody = "" if elsewhere else ", nor any other professional,"
        yield Finding(
            "only_a_file",
            f"{items(view, worries)} came to {name(view, agency)} (its desk or file) from {day(start)}; no row "
            f"shows that anybody there{nobody} read it in the {days(view.day - start)} to {day(view.day)}.",
            "a row by which somebody of the agency read it or was told of it.",
            rows=view.evidence(worries, (agency,)),
            agencies=(agency,), concerns=tuple(sorted(worries)),
            start=start, end=view.day, days=view.day - start, severity=view.total(worries),
        )  # fmt: skip


def stopped_inside_an_agency(view: Snapshot) -> Iterator[Finding]:
    """A grave worry known in an agency, of which those who later decided or acted there have no record."""
    by_agency: defaultdict[str, set[str]] = defaultdict(set)
    for person in view.professionals:
        if view.records.people[person].agency:
            by_agency[view.records.people[person].agency].add(person)
    acts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in view.rows:
        if row.kind in ("agreed", "decided"):
            for one in row.who:
                acts[one].append((row.date.first, row.id))
    for agency, staff in sorted(by_agency.items()):
        stopped: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for worry in view.worries:
            have = view.holders[worry] & (staff | {agency})
            if not is_grave(view, worry) or not have or len(holders(view, worry) - around(view)) < 2:
                continue
            start = min(view.since[one, worry] for one in have)
            without = [
                one for one in sorted(staff - holders(view, worry)) if any(when > start for when, _ in acts[one])
            ]
            if without:
                stopped[tuple(without)].append(worry)
        for people, worries in sorted(stopped.items()):
            everyone = frozenset().union(*(view.holders[worry] for worry in worries)) & (staff | {agency})
            start = max(
                min(view.since[one, worry] for one in everyone if (one, worry) in view.since) for worry in worries
            )
            have = frozenset(
                one for one in everyone if any(view.since.get((one, item), start + 1) <= start for item in worries)
            )  # fmt: skip
            both = between(view, have, worries)
            later = sorted({found for one in people for found in acts[one] if found[0] > start})
            yield Finding(
                "stopped_inside_an_agency",
                f"At {name(view, agency)}, {every(view, have)} had{both} {items(view, worries)} "
                f"on record by {day(start)}; no row shows that it came to {names(view, people, 2)}, who decided or "
                f"took on actions there afterwards (first on {day(later[0][0])}).",
                "a row by which they came to have it, or had it already when they decided or acted.",
                rows=tuple(dict.fromkeys((*view.evidence(worries, have), *(row for _, row in later)))),
                people=tuple(sorted({*people, *(have & view.professionals)})), agencies=(agency,),
                concerns=tuple(sorted(worries)),
                start=start, end=view.day, days=view.day - start, severity=view.total(worries),
            )  # fmt: skip


def left_with_its_holder(view: Snapshot) -> Iterator[Finding]:
    """A worry whose holders have all left while others are still at work."""
    if not view.involved:
        return
    gone: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for worry in view.worries:
        having = holders(view, worry) - around(view)
        if not having & view.involved and len(having) > 1:
            gone[tuple(sorted(having & view.professionals))].append(worry)
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for people_, worries in gone.items():
        last = max(people_, key=lambda one: (_last_day(view, one), one))
        parts[last].extend(worries)
    for last, worries in sorted(parts.items()):
        having = frozenset().union(*(view.holders[worry] for worry in worries))
        people, files = having & view.professionals, having & view.records.agencies.keys()
        start = _last_day(view, last)
        kept = f"; it stands in the file of {every(view, files)}" if files else ""
        who = every(view, people) if len(people) > 1 else of_agency(view, last)
        yield Finding(
            "left_with_its_holder",
            f"By {day(start)} {who}, {'the only professional' if len(people) == 1 else 'the professionals'} with "
            f"{items(view, worries)} on record{between(view, people, worries)}, had left; no row shows that it "
            f"went to anybody still involved on {day(view.day)}, {days(view.day - start)} later{kept}.",
            "a row by which somebody still involved came to have it, or by which its holder stayed.",
            rows=view.evidence(worries, people),
            people=tuple(sorted(people)), agencies=agencies_of(view, people), concerns=tuple(sorted(worries)),
            start=start, end=view.day, days=view.day - start, severity=view.total(worries),
        )  # fmt: skip


def _last_day(view: Snapshot, person: str) -> int:
    """The day from which somebody who has left is out: their last closed row, or the end of their post."""
    left = [view.when(row.date) for row in view.rows if row.kind == "closed" and person in row.who]
    end = view.records.people[person].end
    ends = [view.when(end)] if end is not None and view.when(end) < view.day else []
    return min([*ends, *([max(left)] if left else [])], default=view.day)


RULES = (
    Rule(
        "never_left_a_person",
        "A worry that never left a person",
        0.8,
        "A known worry that exactly one professional and no agency's file has on record by the date, for a day or "
        "more (a worry of severity 1 or 2: for the days of grace); one finding for each such person, with all "
        "their worries.",
        f"{NOT_WRITTEN} Somebody who saw it themselves counts as another holder.",
        never_left_a_person,
    ),
    Rule(
        "never_left_an_agency",
        "A worry that never left an agency",
        0.9,
        "A known worry that two or more professionals of one agency, or one and its file, have on record by the "
        "date, and nobody of another agency; one finding for each agency.",
        f"{NOT_WRITTEN} What counts as one agency is the coder's choice.",
        never_left_an_agency,
    ),
    Rule(
        "never_left_the_family",
        "A worry that never left the family",
        0.6,
        "A worry, not resolved by the date, that the child, the family or its natural support has on record, and "
        "no professional and no agency; one finding for each person who had it first.",
        f"{NOT_WRITTEN} What the family knew is seldom written down at the time, so that silence here is likelier "
        "to be the record's than theirs.",
        never_left_the_family,
    ),
    Rule(
        "only_a_file",
        "A worry that only a file held",
        0.8,
        "A worry that reached an agency's desk or file, which the agency itself never passed on or acted on, while "
        "no professional of that agency has it on record by the date; one finding for each agency.",
        "Somebody may have read the file without a row saying so. An agency without named people in the case may "
        "only have been coded without them.",
        only_a_file,
    ),
    Rule(
        "stopped_inside_an_agency",
        "A worry that stopped inside an agency",
        0.9,
        "A worry of severity 3 or 4 that somebody of an agency (or its file) has on record, while a professional of "
        "the same agency who decided something or took on an action on a later day has no record of it by the date. "
        "What one person alone had is told as a worry that never left a person.",
        f"{NOT_WRITTEN} Not everybody who acts for an agency needs every worry.",
        stopped_inside_an_agency,
    ),
    Rule(
        "left_with_its_holder",
        "A worry that left with its holder",
        0.6,
        "A known worry of which every professional holder has left by the date (post ended, or closed with no later "
        "row of theirs), while other professionals are still involved; one finding for each last holder. What one "
        "person alone had and no file is told as a worry that never left a person.",
        "Files stay when people go; whether anybody read them is not in the record.",
        left_with_its_holder,
    ),
)  # fmt: skip
