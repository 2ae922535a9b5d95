"""Findings about warnings: what came after them, what was decided soon after them, and one desk that had many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..record.involvement import involved_between
from ..record.naming import quoted, some, who
from ..record.parties import is_actor, members, party
from ..record.snapshot import Snapshot
from ..spells import Lasting, Soonest
from ..wording import count, days, on
from .base import Finding, rule
from .brought import GraveWarning, grave_warnings, warnings_to
from .endings import OUTCOMES, Ending, endings, is_step_up, taken_in, taken_up_by
from .family import hears_warnings, may_have_seen_it, warned_of
from .measured import completed, in_hand
from .parts import (
    Known,
    between,
    first_entry,
    had_by,
    held_by,
    is_grave,
    maybe_naming,
    start_of,
    unresolved,
    worries_among,
)
from .several import between_them, like_first

# warnings from around the child -----------------------------------------------------------------------


@rule(
    title="A warning after which no row shows the child seen",
    theme="family and professionals",
    matters=1.0,
    rule="A told or asked row in which the child, the family, its support or the public warns a professional or "
    "agency of a worry, where for `silence_days` (or up to the date, if `late_days` or more) no row shows the "
    "child seen by an agency that had one of these worries on record, or something observed of the child there, "
    "and no action with an owner for one of them was done or still in time at the end. An account of a carer about "
    "their own care is no warning. One finding for each person who warned; who heard it and the days are those of "
    "the gravest worry.",
    limits="Somebody may have looked without a row. A carer who tells of violence or sexual harm is taken to tell of "
    "somebody else.",
    question="How did this reach those who could have gone to see, and what did it look like to them?",
    refute="a row of contact with the child, or of an action that was done, in that time.",
)
def warning_not_followed(view: Snapshot) -> Iterator[Finding]:
    """Warnings of the family or its support after which no row shows the child seen, or an action in hand."""
    warned: defaultdict[str, list[tuple[Row, int]]] = defaultdict(list)
    for row in view.rows:
        worries = warned_of(view, row)
        limit = row.reached.last + view.rules.silence_days
        if not worries or min(limit, view.day) - row.reached.last < view.rules.late_days:
            continue
        seen = _next_seen(view, row, worries)
        if seen > limit and not _followed(view, row, worries, min(limit, view.day)):
            warned[min(row.who)].append((row, min(seen, view.day)))
    for person, found in sorted(warned.items()):
        rows = [row for row, _ in found]
        told = worries_among(view, frozenset().union(*(warned_of(view, row) for row in rows)))
        heard = _heard(view, rows)
        main = [row for row in rows if told[0] in warned_of(view, row)]
        least = min(end - row.reached.last for row, end in found if row in main)
        more = f"{count(len(told) - 1, 'other worry', 'other worries')} told of" if len(told) > 1 else ""
        yield Finding.of(
            view,
            f"After {who(view, [person])} warned {_parties(view, _heard(view, main))} of {quoted(view, told[0])}, "
            f"no row shows the child seen there, or an action in hand, for {days(least)}",
            key=main[:1],
            held=held_by(view, told, heard),
            rows=rows,
            note="; ".join(part for part in (more, "" if len(rows) == 1 else f"{len(rows)} warnings") if part),
            who=[person, *heard],
            start=rows[0].reached.last,
            end=max(end for _, end in found),
        )


def _heard(view: Snapshot, rows: Iterable[Row]) -> set[str]:
    """The agencies, and the professionals who hear warnings, whom some rows reached."""
    return {one for row in rows for one in view.reaches(row) if hears_warnings(view, one)}


def _parties(view: Snapshot, ones: Iterable[str]) -> str:
    return who(view, {party(view, one) or one for one in ones}, 1)


def _next_seen(view: Snapshot, row: Row, worries: Iterable[str]) -> int:
    """The next day on which somebody whose agency had one of the worries by then may have seen the child."""
    wanted = {child for c in worries for child in view.records.concerns[c].about if child in view.records.children}
    since: dict[str, int] = {}
    for worry in worries:
        for one in view.holders.get(worry, frozenset()):
            if is_actor(view, one):
                since[party(view, one)] = min(view.since[one, worry], since.get(party(view, one), view.day))
    sightings = view.keep("findings: may have seen it, by party", lambda: _seen_by_party(view))
    found = [
        sightings[one, child].since(max(day, row.reached.first), row)
        for one, day in since.items()
        for child in wanted or view.records.children
        if (one, child) in sightings
    ]
    return min((max(row.reached.last, one[0]) for one in found if one is not None), default=1 << 40)


def _seen_by_party(view: Snapshot) -> dict[tuple[str, str], Soonest[int, Row]]:
    """The rows in which somebody of each party may have seen each child, by the first day on which they may have."""
    found: defaultdict[tuple[str, str], list[tuple[int, int, Row]]] = defaultdict(list)
    for seen in may_have_seen_it(view):
        for one in {party(view, one) for one in seen.by}:
            found[one, seen.child].append((seen.row.date.last, seen.row.date.first, seen.row))
    return {key: Soonest(rows) for key, rows in found.items()}


def _followed(view: Snapshot, row: Row, worries: frozenset[str], limit: int) -> bool:
    """Whether an action with an owner for one of the worries was done in time or was still in time at the limit."""
    found = (view.keep(("findings: followed", worry), partial(_done_and_open, view, worry)) for worry in worries)
    return any(
        done.any_between(row.reached.first, limit) or in_time.any_between(limit, limit) for done, in_time in found
    )


def _done_and_open(view: Snapshot, worry: str) -> tuple[Lasting[Row], Lasting[Row]]:
    """The actions with an owner on a worry: when those completed were, and how long the others were in time."""
    done: list[tuple[int, int, Row]] = []
    in_time: list[tuple[int, int, Row]] = []
    for action in maybe_naming(view, [worry]):
        if action.kind == "agreed" and action.who:
            first, after = action.date.first, completed(view, action)
            if after is not None:
                done.append((max(first, after.date.first), after.date.last, action))
            else:
                ends = action.due if action.due is not None else action.date.last + view.rules.open_ended_days
                in_time.append((first, ends, action))
    return Lasting(done), Lasting(in_time)


Passed = tuple[Row, frozenset[str]]  # a row, and the parties that somebody told in it


# decided after a warning ------------------------------------------------------------------------------


@rule(
    title="Doing less soon after a grave warning",
    theme="response to incidents",
    matters=1.0,
    rule="A decision for step_down, no_further_action or discharge, a refusal, or a closed row, of a party to which "
    "somebody from elsewhere (another agency, the family, its support or the public; no account of a carer, no denial "
    "by `links`) had brought a worry of severity `grave` or more in the `warning_days` before, which names that worry, "
    "what answers it, the warning or no concern at all, and in which the warner, still involved, takes no part. Not a "
    "refusal or a closed row that tells the warner, nor a closed row of a party that had passed the worry on to "
    "another in between. One finding for each such row and party.",
    limits="The decision may have been taken with the warning fully in mind. A talk with the warner need not be coded.",
    question="How was the warning weighed in this decision, and was it usual to speak with whoever gave it first?",
    refute="a row that shows the warner taking part, or that the worry had come later.",
)
def decided_after_a_warning(view: Snapshot) -> Iterator[Finding]:
    """A decision to do less within weeks of a grave warning from elsewhere, without the warner."""
    groups: defaultdict[tuple[str, frozenset[str]], list[tuple[Ending, list[GraveWarning]]]] = defaultdict(list)
    for ending in endings(view):
        found = _fresh_warnings(view, ending)
        if found:
            groups[ending.party, frozenset(one.sender for one in found)].append((ending, found))
    for (one, senders), pairs in sorted(groups.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
        ending, found = max(pairs, key=lambda pair: (pair[0].row.kind == "decided", pair[0].row.order))
        row, last = ending.row, max(found, key=lambda warning: warning.row.order)
        worries = frozenset().union(*(warning.worries for warning in found))
        told = [{c for one in found if one.sender == sender for c in one.worries} for sender in senders]
        yield Finding.of(
            view,
            f"{who(view, [one])} {ending.said} {on(row.date)} without {who(view, senders, 2)}, who had warned "
            f"of {some(view, worries)}{between_them(told, worries)}",
            key=[row, last.row],
            held=held_by(view, worries, members(view, one)),
            rows=[other for pair, warnings in pairs for other in (pair.row, *(one.row for one in warnings))],
            who=[*row.who, *senders],
            start=min(view.when(warning.row.reached) for warning in found),
            end=taken_up_by(view, one, worries, row.date.last),
        )


def _fresh_warnings(view: Snapshot, ending: Ending) -> list[GraveWarning]:
    """The grave warnings of weeks before an ending that it is about, of senders who had no part in it."""
    row = ending.row
    meetings = taken_in(view, row)
    heard = row.to if row.kind in ("declined", "closed") else ()
    there = {party(view, one) or one for other in (row, *meetings) for one in (*other.who, *other.present, *heard)}
    recent = warnings_to(view, ending.party, row.date.last - view.rules.warning_days, row.date.last)
    warned, about = [one for one in recent if one.row is not row], ending.concerns
    there |= {one for one in {warning.sender for warning in warned} if _had_gone(view, one, row)}
    fresh = (one for one in warned if one.sender not in there)
    found = [one for one in fresh if one.row.id in row.ref or not about or one.worries & about]
    if row.kind == "closed":  # who handed a warning on had not ended with it
        found = [one._replace(worries=one.worries - _handed_on(view, one, row)) for one in found]
    return [one for one in found if one.worries]


def _had_gone(view: Snapshot, one: str, ending: Row) -> bool:
    """Whether an agency that had warned had ended its part before the days of an ending."""
    if one not in view.records.agencies:
        return False
    theirs = members(view, one)
    closed = view.keep("findings: first closed", lambda: _first_closed(view))
    if all(closed.get(a, ending.date.first) >= ending.date.first for a in theirs):
        return False
    days = {ending.date.first, min(view.day, ending.date.last)}
    return not any(involved_between(view, a, day) for a in theirs for day in days)


def _first_closed(view: Snapshot) -> dict[str, int]:
    """The certain day of the first closed row of each who has one."""
    found: dict[str, int] = {}
    for row in view.of_kind("closed"):  # in the order of that day
        for one in row.who:
            found.setdefault(one, row.date.last)
    return found


def _handed_on(view: Snapshot, warning: GraveWarning, ending: Row) -> set[str]:
    """The worries that a party passed on to another, the warner apart, between a warning and an ending."""
    known = {warning.party, warning.sender}
    rows = view.keep("findings: handed on", lambda: _passed_on(view)).get(warning.party, Lasting[Passed](()))
    between = rows.between(warning.row.reached.first, ending.date.last)
    return {c for row, heard in between if not heard <= known for c in row.concerns}


def _passed_on(view: Snapshot) -> dict[str, Lasting[Passed]]:
    """The contact rows that name a worry in which each party passed something on, with the parties that heard."""
    found: defaultdict[str, list[tuple[int, int, Passed]]] = defaultdict(list)
    able, party_of = view.able, view.party_of
    for row in view.contacts:
        heard: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in view.moves(row) if row.concerns else ():
            if a in able and b in able:
                heard[party_of[a]].add(party_of[b])
        for one, parties in heard.items():
            found[one].append((row.date.first, row.reached.last, (row, frozenset(parties))))
    return {one: Lasting(rows) for one, rows in found.items()}


@rule(
    title="Doing less while something grave was new",
    theme="reasoning",
    matters=0.9,
    rule="A decision for step_down, no_further_action or discharge by people of whom one had come to have a worry of "
    "severity `grave` or more, not resolved, in the `warning_days` before. One finding for the same people.",
    limits="What was new may have been looked at and found to be less than it seemed; then a row could say so.",
    question="What had become of the new worry by then, and how did it look to those who decided?",
    refute="a row by which the worry had come to them long before, or one only later.",
)
def stepped_down_while_grave(view: Snapshot) -> Iterator[Finding]:
    """A decision to do less by people to whom something grave had come within weeks."""
    groups: defaultdict[tuple[str, ...], list[tuple[Row, dict[str, Known]]]] = defaultdict(list)
    for row in view.of_kind("decided"):
        new = _new_and_grave(view, row) if row.outcome in PUT_ASIDE else {}
        if new:
            groups[tuple(sorted(row.who))].append((row, new))
    for deciders, found in sorted(groups.items()):
        row, held = max(found, key=lambda pair: (view.total(pair[1]), pair[0].order))
        since = {worry: between(known.window, row.date) for worry, known in held.items()}
        said = like_first(held, since)
        lag = since[said[0]]
        when = f"{days(lag)} after {some(view, said)} came" if lag else f"with {some(view, said)} just come"
        again = "" if len(found) == 1 else f", and {count(len(found) - 1, 'other time')}"
        yield Finding.of(
            view,
            f"{who(view, deciders, 2)} decided {OUTCOMES[row.outcome]} {on(row.date)}{again}, {when} on record there",
            key=[row],
            held=held,
            rows=[other for other, _ in found],
            who=deciders,
            start=min(start_of(view, held), row.date.last),
            end=min(taken_up_by(view, party(view, one), held, row.date.last) for one in deciders),
        )


def _new_and_grave(view: Snapshot, row: Row) -> dict[str, Known]:
    """The grave worries that had come to those who decided within weeks, gravest first."""
    new: dict[str, str] = {}
    for one in sorted({name for who_ in row.who for name in members(view, who_)}):
        for worry in view.held.get(one, ()):
            lag = row.date.last - first_entry(view, one, worry).window.first
            fresh = 0 <= lag <= view.rules.warning_days and had_by(view, one, worry, row.date.last)
            elsewhere = any(e.row is not row and e.window.last <= row.date.last for e in view.entries[one, worry])
            if fresh and elsewhere and is_grave(view, worry) and unresolved(view, [worry], row.date.last):
                new.setdefault(worry, one)
    return {c: known for c in worries_among(view, new) for known in held_by(view, [c], [new[c]]).values()}


# one desk ---------------------------------------------------------------------------------------------


@rule(
    title="Many warnings at one desk",
    theme="management",
    matters=1.0,
    rule="`many` or more senders from elsewhere brought worries of severity `grave` or more to one agency, or to one "
    "professional without an agency, and no action of theirs on any of these, agreed on or after the day of the first, "
    "is in hand by the date or was completed. One finding for each such party.",
    limits="An agency may have acted without an agreed row. Warnings of one thing by several count as several senders.",
    question="How did warnings from different sides come together at this desk, and who could see that there were "
    "several?",
    refute="an agreed row of theirs about one of these worries, in time or completed.",
)
def warnings_at_one_desk(view: Snapshot) -> Iterator[Finding]:
    """Grave warnings from several senders to one party, and no action of theirs alive or completed after."""
    at: defaultdict[str, list[GraveWarning]] = defaultdict(list)
    for one in grave_warnings(view):
        at[one.party].append(one)
    for desk, found in sorted(at.items()):
        senders = {one.sender for one in found}
        worries = frozenset().union(*(one.worries for one in found))
        first = min(view.when(one.row.reached) for one in found)
        if len(senders) < view.rules.many:
            continue
        about = maybe_naming(view, worries, members(view, desk))
        actions = [row for row in about if row.kind == "agreed" and row.date.last >= first]
        if any(in_hand(view, row) or completed(view, row) for row in actions):
            continue
        up = [row for row in about if is_step_up(row) and row.id in view.by_id]
        yield Finding.of(
            view,
            f"{count(len(senders), 'sender')} brought grave worries to {who(view, [desk])}, such as "
            f"{quoted(view, worries_among(view, worries)[0])}; no row shows an action there in hand or done",
            key=[found[0].row],
            held=held_by(view, worries, members(view, desk)),
            rows=[*(one.row for one in found), *up],
            note=f"decided to step up {on(up[0].date)}" if up else "",
            who=[desk, *senders],
            start=first,
            end=view.day,
        )
