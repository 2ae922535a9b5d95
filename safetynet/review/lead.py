"""Findings about being there: the lead professional, contact with the child, and who heard of a closure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..case.records import Row
from ..measures.closures import Closure, found_closures
from ..measures.continuity import contacts_with_child
from ..measures.lead import stretches
from ..measures.reliance import people_of as members
from ..measures.states import states
from ..record.involvement import involved_on
from ..record.snapshot import Snapshot
from .firsthand import brief, people_among
from .legacy import Finding, Rule, agencies_of, day, days, names, ordered, when


def _known_in(view: Snapshot, first: int, last: int) -> list[str]:
    """The worries that a professional had on record by the first of some days, not resolved by the last."""
    found = []
    for worry in view.records.concerns.values():
        if not worry.is_worry or (worry.resolved is not None and view.when(worry.resolved) <= last):
            continue
        since = _first_known(view).get(worry.id)
        if since is not None and since <= first:
            found.append(worry.id)
    return sorted(found)


def _first_known(view: Snapshot) -> dict[str, int]:
    def make() -> dict[str, int]:
        found = {one: view.first_known.get(one) for one in view.records.concerns}
        return {one: since for one, since in found.items() if since is not None}

    return view.keep("first known", make)


# the lead ---------------------------------------------------------------------------------------------


def _lead_is_coded(view: Snapshot) -> bool:
    return any(person.lead_from or person.lead_to for person in view.records.people.values())


def lead_missing(view: Snapshot) -> Iterator[Finding]:
    """Days on which nobody was the lead professional while worries were known."""
    if not _lead_is_coded(view):
        return
    gaps = [(first, last, worries) for first, last in _without_lead(view) if (worries := _known_in(view, last, last))]
    if not gaps:
        return
    first, last, worries = max(gaps, key=lambda gap: (gap[1] - gap[0], gap[0]))
    length, total = last - first + 1, sum(end - start + 1 for start, end, _ in gaps)
    more = "" if len(gaps) == 1 else f" It is the longest of {len(gaps)} such gaps, {days(total)} together."
    evidence = [row for row in view.contacts if first <= view.when(row.date) <= last]
    yield Finding(
        "lead_missing",
        f"The record names no lead professional in the {days(length)} from {day(first)} to {day(last)}, while "
        f"{brief(view, worries)} {'was' if len(worries) == 1 else 'were'} known.{more}",
        "a row or a date in the people table that shows who led then.",
        rows=ordered(evidence), people=(), agencies=(), concerns=tuple(worries), start=first, end=last, days=length,
        severity=view.total(worries),
    )  # fmt: skip


def _without_lead(view: Snapshot) -> list[tuple[int, int]]:
    """The long stretches of days, from the first known worry on, that no lead covers however partial dates fall."""
    known = [since for one, since in _first_known(view).items() if view.records.concerns[one].is_worry]
    if not known:
        return []
    spells = sorted(
        (person.lead_from.first if person.lead_from is not None else min(known),
         person.lead_to.last if person.lead_to is not None else view.day)
        for person in view.records.people.values() if person.lead_from is not None or person.lead_to is not None
    )  # fmt: skip
    found, free = [], min(known)
    for first, last in [*spells, (view.day + 1, view.day + 1)]:
        end = min(first, view.day + 1)
        if end - free > view.rules.late_days:
            found.append((free, end - 1))
        free = max(free, last + 1)
    return found


def lead_not_recorded(view: Snapshot) -> Iterator[Finding]:
    """A question: nobody is recorded as the lead professional, though several agencies were involved."""
    agencies = agencies_of(view, view.involved)
    if _lead_is_coded(view) or len(agencies) < 2 or not view.worries:
        return
    yield Finding(
        "lead_not_recorded",
        f"On {day(view.day)}, professionals of {len(agencies)} agencies are involved and the record names no lead "
        "professional. Was there one?",
        "a source that names who led; lead_from and lead_to in the people table would say so.",
        agencies=agencies,
    )


def lead_changed(view: Snapshot) -> Iterator[Finding]:
    """A change of the lead professional at which worries did not go over, or with days in between."""
    held = [spell for spell in stretches(view) if spell.people]
    for before, after in pairwise(held):
        came = sorted(set(after.people) - set(before.people))
        went = sorted(set(before.people) - set(after.people))
        if not came or not went:
            continue
        gap = after.first - before.last - 1
        lost = [
            worry for worry in _known_in(view, after.first, after.first)
            if any(view.since.get((one, worry), after.first + 1) <= after.first for one in went)
            and not any((one, worry) in view.since for one in after.people)
        ]  # fmt: skip
        if not lost and gap <= view.rules.grace_days:
            continue
        former, new = names(view, went, 2), names(view, came, 2)
        starts = [view.records.people[one].lead_from for one in came]
        on = "on" if all(window is not None and window.is_day for window in starts) else "by"
        between = f", {days(gap)} after {former} had ceased to be" if gap > 0 else f", after {former}"
        over = (
            f" No row up to {day(view.day)} shows that {new} came to have {brief(view, lost)}, which {former} had on "
            "record." if lost else ""
        )  # fmt: skip
        until = view.day if lost else after.first
        yield Finding(
            "lead_changed",
            f"{new} became the lead professional {on} {day(after.first)}{between}.{over}",
            "a row by which the new lead came to have the worries, or which shows who led in between.",
            rows=view.evidence(lost, went), people=tuple(sorted({*came, *went})),
            agencies=agencies_of(view, (*came, *went)),
            concerns=tuple(lost), start=before.last, end=until, days=until - before.last, severity=view.total(lost),
        )  # fmt: skip


# contact with the child -------------------------------------------------------------------------------


def gap_with_child(view: Snapshot) -> Iterator[Finding]:
    """A long time without any row that shows a professional in contact with the child, while worries were known."""
    children = sorted(person.id for person in view.records.people.values() if person.kind == "child")
    same: defaultdict[tuple[int, int, str, tuple[str, ...], int], list[str]] = defaultdict(list)
    for child in children:
        apart = [one for one in _apart(view, child) if _at_stake(view, child, one[1], one[2])]
        latest = [one for one in apart if one[2] == view.day]
        for group in (latest, [one for one in apart if one not in latest]):
            if group:
                before, first, end = max(group, key=lambda one: (one[2] - one[1], one[1]))
                same[first, end, before, _at_stake(view, child, first, end), len(group)].append(child)
    rows = {row.id: row for row in view.rows}
    for (first, end, before_id, worries, number), who in sorted(same.items()):
        together_last = _last_together(view, who, first)
        named = ""
        if together_last is None:
            named = " No earlier row names a professional and the child together."
        elif together_last.id != before_id:
            named = f" The last row before that names both is {together_last.id}, {when(together_last)}."
        more = "" if number == 1 else f" It is the longest of {number} such gaps."
        yield Finding(
            "gap_with_child",
            f"No row shows a professional in contact with {names(view, who, 3)} in the {days(end - first + 1)} from "
            f"{day(first)} to {day(end)}, while {brief(view, worries)} {'was' if len(worries) == 1 else 'were'} "
            f"known.{named}{more}",
            "a row of those days in which a professional met the child or saw something of the child themselves.",
            rows=ordered(row for row in (rows.get(before_id), together_last) if row is not None),
            people=tuple(who), agencies=(), concerns=worries, start=first, end=end, days=end - first + 1,
            severity=view.total(worries),
        )  # fmt: skip


def _apart(view: Snapshot, child: str) -> list[tuple[str, int, int]]:
    """The long stretches without contact with a child, first and last day, each with the row of the contact before.

    The first begins when a worry about the child was first known. A service for the child counts as contact for as
    long as it may have run; after either, there is no row of a contact before the stretch.
    """
    spells = [(row.date.first, row.date.last, row.id) for row, _ in contacts_with_child(view, child)]
    known = [since for one, since in _first_known(view).items() if _about_child(view, child, (one,))
             and view.records.concerns[one].is_worry]  # fmt: skip
    spells += [(min(known), min(known), "")] if known else []
    for service in view.records.services:
        if service.person == child and service.agency:
            begins = service.start.first if service.start is not None else (view.records.start or view.day)
            ends = service.end.last if service.end is not None else view.day
            spells.append((begins, max(begins, ends), ""))
    found = []
    reached: tuple[int, str] | None = None
    for first, last, row in sorted(spells):
        if first > view.day:
            break
        if reached is not None and first - reached[0] - 1 > view.rules.silence_days:
            found.append((reached[1], reached[0] + 1, first - 1))
        if reached is None or last > reached[0]:
            reached = (last, row)
    if reached is not None and view.day - reached[0] > view.rules.silence_days:
        found.append((reached[1], reached[0] + 1, view.day))
    return found


def _at_stake(view: Snapshot, child: str, first: int, last: int) -> tuple[str, ...]:
    """The worries about a child that were known through a stretch of days and not done with before it."""
    known = states(view)
    done = {
        one for one, state in known.items()
        if any(a.done is not None and view.when(a.done.date) <= first for a in state.actions)
    }  # fmt: skip
    return tuple(one for one in _about_child(view, child, _known_in(view, first, last)) if one not in done)


def _about_child(view: Snapshot, child: str, worries: Iterable[str]) -> list[str]:
    """The worries that are about a child; those that are about no child at all are about every child."""
    children = {person.id for person in view.records.people.values() if person.kind == "child"}
    found = []
    for worry in worries:
        about = set(view.records.concerns[worry].about)
        if child in about or not about & children:
            found.append(worry)
    return found


def _last_together(view: Snapshot, children: Iterable[str], before: int) -> Row | None:
    """The last row before a day that names a professional and one of the children in a contact that arrived."""
    wanted = set(children)
    rows = [
        row for row in view.contacts
        if row.arrived and row.date.last < before
        and wanted.intersection(row.named) and view.professionals.intersection(row.named)
    ]  # fmt: skip
    return max(rows, key=lambda row: (row.date.last, row.id), default=None)


# closures ---------------------------------------------------------------------------------------------


def _ended(view: Snapshot, closure: Closure) -> tuple[str, ...]:
    """The agencies of a closure of whom nobody was still involved the day after."""
    on = view.when(closure.row.date)
    gone = {one for row in view.rows if row.kind == "closed" and view.when(row.date) == on for one in row.who}
    still = involved_on(view, on + 1) if on < view.day else involved_on(view, on) - gone
    return tuple(one for one in closure.agencies if not still & set(members(view, one)))


def _untold(view: Snapshot) -> list[tuple[Closure, tuple[str, ...], list[str]]]:
    """The closures by which an agency ended its involvement with worries on record and no partner was told in time."""
    found = []
    for closure in found_closures(view):
        on = view.when(closure.row.date)
        if closure.in_time or not closure.partners:
            continue
        ended = _ended(view, closure)
        people = {person for agency in ended for person in members(view, agency)}
        held = {one for (holder, one), since in view.since.items() if holder in people and since <= on}
        worries = [one for one in _known_in(view, on, on) if one in held]
        if ended and worries:
            found.append((closure, ended, worries))
    return found


def closure_not_told(view: Snapshot) -> Iterator[Finding]:
    """An agency that ended its involvement, of which no row shows a partner being told in time."""
    if not _telling_is_coded(view):
        return
    groups: defaultdict[tuple[str, ...], list[tuple[Closure, list[str]]]] = defaultdict(list)
    for closure, ended, worries in _untold(view):
        groups[ended].append((closure, worries))
    for ended, found in sorted(groups.items()):
        last, worries = found[-1]
        later = sorted({one for closure, _ in found for one in closure.later})
        then = f" {names(view, later, 2)} heard of it later." if later else ""
        on = view.when(last.row.date)
        until = min((view.when(row.reached) for rows in last.later.values() for row in rows), default=view.day)
        yield Finding(
            "closure_not_told",
            f"{names(view, ended, 2)} ended its involvement {when(last.row)} with {brief(view, worries)} on record. "
            f"No row shows that any of {names(view, last.partners, 3)}, involved that day, was told by then.{then}",
            "a row by which a partner was told of the closure, or met with the agency shortly before.",
            rows=ordered([closure.row for closure, _ in found] + [row for rows in last.later.values() for row in rows]),
            people=people_among(view, [one for closure, _ in found for one in closure.row.who]),
            agencies=agencies_of(view, (*ended, *last.partners)), concerns=tuple(worries),
            start=last.row.date.first, end=until, days=max(0, until - on), severity=view.total(worries),
        )  # fmt: skip


def _telling_is_coded(view: Snapshot) -> bool:
    """Whether any closure of the case says whom it was told to, or is referred to by a contact."""
    closed = {row.id for row in view.records.rows if row.kind == "closed"}
    return any(
        (row.kind == "closed" and row.to) or (row.is_contact and closed.intersection(row.ref))
        for row in view.records.rows
    )


def closure_telling_not_recorded(view: Snapshot) -> Iterator[Finding]:
    """A question: agencies ended their involvement, and the case never says who was told of a closure."""
    found = [] if _telling_is_coded(view) else _untold(view)
    if not found:
        return
    agencies = tuple(sorted({one for _, ended, _ in found for one in ended}))
    yield Finding(
        "closure_telling_not_recorded",
        f"{names(view, agencies, 4)} ended {'its' if len(agencies) == 1 else 'their'} involvement with worries on "
        "record, and the record never says who was told of a closure. Which partners were?",
        "sources that say whom they told; `to` of the closed rows would hold it.",
        rows=ordered(closure.row for closure, _, _ in found),
        people=people_among(view, [one for closure, _, _ in found for one in closure.row.who]),
        agencies=agencies_of(view, agencies),
        concerns=tuple(sorted({one for _, _, worries in found for one in worries})),
        start=min(closure.row.date.first for closure, _, _ in found),
        end=max(view.when(closure.row.date) for closure, _, _ in found),
    )  # fmt: skip


RULES = (
    Rule(
        "lead_missing",
        "No lead professional",
        0.6,
        "Where lead_from or lead_to is coded at all: more than `late_days` days in a row, from when a worry was "
        "first known, that nobody's lead covers, partial dates taken as wide as they go. One finding, about the "
        "longest such gap.",
        "The lead comes from the people table; a lead who acted without the title is not in it.",
        lead_missing,
    ),
    Rule(
        "lead_not_recorded",
        "Was there a lead professional?",
        0.2,
        "A question, where nobody has lead_from or lead_to and involved professionals of two or more agencies had "
        "worries on record. One at most.",
        "It says how the case was coded, not that there was no lead.",
        lead_not_recorded,
    ),
    Rule(
        "lead_changed",
        "A change of lead at which something stayed behind",
        0.7,
        "The lead passed from one person to another, and known worries that the former had on record by then are not "
        "on the new lead's record by the date, or more than `grace_days` lay in between.",
        "A file may have been read without a row that says so.",
        lead_changed,
    ),
    Rule(
        "gap_with_child",
        "A long time without contact with the child",
        0.4,
        "More than `silence_days` between two rows that show a professional in contact with the child (a contact row "
        "that arrived and names both, or a professional's own observation about the child), or since the last one, "
        "or before the first, while worries about the child were known, not resolved, and their actions not "
        "completed. A service for the child counts as contact for as long as it ran. The time up to the date is one "
        "finding, the longest of the earlier gaps another. Partial dates count as near as they can be.",
        "Chronologies are often abridged, and routine contact, such as school days, is seldom coded. An observation "
        "may have been made without seeing the child.",
        gap_with_child,
    ),
    Rule(
        "closure_not_told",
        "A closure of which no partner was told",
        0.6,
        "A closed row after which nobody of the agency is involved, with known worries on its people's record and "
        "other agencies involved that day, none of which is told in the row, in a contact row that refers to it by "
        "that day, or met with the agency in the days before (`told_before_closing_days`). Only where the case says "
        "of any closure who was told.",
        "To have met does not mean to have heard of it, and a letter that was not coded may have gone out.",
        closure_not_told,
    ),
    Rule(
        "closure_telling_not_recorded",
        "Who was told of the closures?",
        0.2,
        "A question, where agencies ended their involvement as above and no closure of the whole case says who was "
        "told.",
        "It says how the case was coded, not that nobody was told.",
        closure_telling_not_recorded,
    ),
)
