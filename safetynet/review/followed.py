"""What worked in following up: kept alive and done in time, settled, told again until heard, acted on at once, told."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from heapq import merge
from itertools import pairwise, product, takewhile

from ..case.records import Row
from ..record.naming import some, who
from ..record.parties import is_actor, members, parties, party
from ..record.snapshot import Snapshot
from ..wording import count, days, on, verb
from .actions import step
from .base import Finding, rule
from .brought import GraveWarning, grave_warnings
from .endings import endings, goes_on
from .measured import closings, completed, in_hand
from .parts import between, had_by, held_by, on_record, worries_among
from .several import like_first


@rule(
    side="strength",
    title="Kept alive, and done in time",
    theme="management",
    matters=0.7,
    rule="An agreed action on a worry with an owner who had it on record, completed on or before its due day or, "
    "without one, where neither the completing nor any row of an owner about it comes more than `open_ended_days` "
    "after the one before. One finding for each owner's party, about the gravest.",
    limits="Done is what the record calls done; whether it helped is not in it.",
    question="What kept this in sight until it was done?",
    refute="a row that shows that it was not done, or later.",
)
def kept_alive_and_done_in_time(view: Snapshot) -> Iterator[Finding]:
    """Actions on a worry that were completed in time."""
    groups: defaultdict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for row in view.of_kind("agreed"):
        done = completed(view, row)
        if done is None or not _after(view, done, row) or not worries_among(view, row.concerns):
            continue
        owners = [one for one in row.who if is_actor(view, one) and _informed(view, one, row, done)]
        if owners and _in_time(view, row, done):
            groups[party(view, owners[0])].append((row, done))
    for one, found in sorted(groups.items()):
        worries = worries_among(view, {c for row, _ in found for c in row.concerns})
        action, done = next(pair for pair in found if worries[0] in pair[0].concerns)
        more = "" if len(found) == 1 else f" and {count(len(found) - 1, 'other action')}"
        yield Finding.of(
            view,
            f"{who(view, [one])} did “{step(action)}”{more} in time, on {some(view, worries)}",
            key=[action, done],
            concerns=worries,
            rows=[row for pair in found for row in pair],
            who=[name for row, _ in found for name in row.who],
            start=view.when(action.date),
            end=done.date.last,
        )


def _after(view: Snapshot, done: Row, row: Row) -> bool:
    """Whether a row was certainly done by the day, and not before the row that it is about."""
    return done.id in view.by_id and done.date.last >= row.date.last


def _informed(view: Snapshot, one: str, row: Row, done: Row) -> bool:
    return any(had_by(view, name, c, done.date.last) for name in members(view, one) for c in row.concerns)


def _in_time(view: Snapshot, row: Row, done: Row) -> bool:
    if row.due is not None:
        return done.date.last <= row.due
    about_it = (other for one, worry in product(row.who, row.concerns) for other in view.of_sender(one, worry))
    steps = sorted(
        other.date.last for other in (row, done, *about_it) if row.date.last <= other.date.last <= done.date.last
    )
    return all(b - a <= view.rules.open_ended_days for a, b in pairwise(steps))


@rule(
    side="strength",
    title="Challenged, and settled",
    theme="reasoning",
    matters=0.8,
    rule="A disagreed row with a completed done row that refers to it. One finding for each.",
    limits="How it was settled, and whether well, is not in the record.",
    question="What made it possible to differ here, and how was it settled?",
    refute="a row that shows that the difference went on.",
)
def challenged_and_settled(view: Snapshot) -> Iterator[Finding]:
    """A professional difference that a done row settles."""
    for row in view.of_kind("disagreed"):
        done = completed(view, row)
        if done is None or not _after(view, done, row):
            continue
        worries = worries_among(view, row.concerns)
        about = f" about {some(view, worries)}" if worries else ""
        others = f" and {who(view, row.to, 2)}" if row.to else ""
        later = between(row.date, done.date)
        when = f"after {days(later)}" if later else "on the same day"
        yield Finding.of(
            view,
            f"{who(view, row.who, 2)}{others} differed{about} {on(row.date)} and settled it {when}",
            key=[row, done],
            concerns=row.concerns,
            who=[*row.who, *row.to, *done.who],
            start=view.when(row.date),
            end=done.date.first,
        )


def _takes_on(row: Row) -> bool:
    """Whether a row is of a sort that takes something up: an action, a step up or an opening."""
    return row.kind in ("agreed", "opened") or (row.kind == "decided" and row.outcome == "step_up")


def _taking_up(view: Snapshot, one: str, worry: str, after: Row) -> Iterator[Row]:
    """The rows, in order, in which somebody of a party takes a worry up after another row."""

    def make() -> list[Row]:
        rows = {row.id: row for name in members(view, one) for row in view.of_sender(name, worry) if _takes_on(row)}
        return sorted(rows.values(), key=lambda row: row.order)

    acts, theirs = view.keep(("findings: taking up", one, worry), make), frozenset(members(view, one))
    answers = [row for row in view.referring(after.id)
               if _takes_on(row) and worry not in row.concerns and not theirs.isdisjoint(row.who)]  # fmt: skip
    start = bisect_left(acts, after.reached.last, key=lambda row: row.date.last)
    for row in merge(acts[start:], sorted(answers, key=lambda row: row.order), key=lambda row: row.order):
        asked = [other.id for other in view.referred(row) if other.kind == "asked"]
        if row.date.last >= after.reached.last and row.id != after.id and (not asked or after.id in asked):
            yield row


@rule(
    side="strength",
    title="Told again until heard",
    theme="response to incidents",
    matters=0.9,
    rule="Two or more told, asked or disagreed rows on different days in which one party passed the same worry to "
    "another, of which only the last is followed by a row of the other that takes it up: an action or an opening "
    "that names the worry or the telling, or a decision to step up. One finding for each two parties, about the "
    "gravest.",
    limits="Something else may have made the difference.",
    question="What made them try again, and what was different the last time?",
    refute="a row that shows that it had been taken up after the first time.",
)
def told_again_until_heard(view: Snapshot) -> Iterator[Finding]:
    """A worry told again to the same party until it was taken up there."""
    told: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.kind in ("told", "asked", "disagreed") and view.by(row.reached):
            here = {party(view, one) or one for one in row.who}
            there = {party(view, one) for one in view.reaches(row) if is_actor(view, one)} - here
            for key in product(here, there, worries_among(view, row.concerns)):
                told[key].append(row)
    heard: defaultdict[tuple[str, str], dict[str, tuple[list[Row], Row]]] = defaultdict(dict)
    for (a, b, c), rows in sorted(item for item in told.items() if len(item[1]) > 1):
        act = next(_taking_up(view, b, c, rows[0]), None)
        before = [] if act is None else [row for row in rows if row.reached.last <= act.date.last]
        if act is not None and len({row.date for row in before}) > 1 and act.date.last > before[-2].reached.last:
            heard[a, b][c] = (before, act)
    for (a, b), found in sorted(heard.items()):
        worries = worries_among(view, found)
        rows, act = found[worries[0]]
        said = like_first(worries, found)
        yield Finding.of(
            view,
            f"{who(view, [a])} told {who(view, [b])} of {some(view, said)} {count(len(rows), 'time')}, until "
            f"{verb(len(said), 'it was', 'they were')} taken up there {on(act.date)}",
            key=[*rows[-2:], act],
            concerns=worries,
            rows=[row for pair in found.values() for row in (*pair[0], pair[1])],
            who=[a, b, *act.who],
            start=view.when(rows[0].reached),
            end=act.date.last,
        )


@rule(
    side="strength",
    title="Acted on at once",
    theme="response to incidents",
    matters=0.6,
    rule="A row in which a worry of severity `grave` or more came to a party from elsewhere, followed within "
    "`grace_days` by an action that this party took on and that is in hand or completed, or by its decision to step "
    "up, that names the worry or the row, and after which it did not decide to do less within `warning_days`. One "
    "finding for each party, about the first.",
    limits="It says that something was begun, not whether it helped.",
    question="What made it possible to act so soon?",
    refute="a row that shows that what was begun was something else.",
)
def acted_at_once(view: Snapshot) -> Iterator[Finding]:
    """Grave worries that a party took up within days."""
    seen = set[str]()
    for warning in grave_warnings(view):
        row, theirs = warning.row, members(view, warning.party)
        acts = [] if warning.party in seen else _soon(view, warning)
        if not acts:
            continue
        seen.add(warning.party)
        act = min(acts, key=lambda other: other.order)
        worries = [c for c in worries_among(view, warning.worries) if c in act.concerns] or list(warning.worries)
        lag = between(row.reached, act.date)
        when = f"{days(lag)} after" if lag else "the same day that"
        what = f"took on “{step(act)}”" if act.kind == "agreed" else "decided to step up"
        yield Finding.of(
            view,
            f"{who(view, [warning.party])} {what} {when} {who(view, [warning.sender])} told of {some(view, worries)}",
            key=[row, act],
            held=held_by(view, worries, theirs),
            who=[*row.who, *act.who],
            start=view.when(row.reached),
            end=act.date.last,
        )


def _soon(view: Snapshot, warning: GraveWarning) -> list[Row]:
    """The first action or step up within days of a warning, for each of its worries, that lasted."""
    last = warning.row.reached.first + view.rules.grace_days
    found = []
    for worry in warning.worries:
        acts = takewhile(lambda other: other.date.last <= last, _taking_up(view, warning.party, worry, warning.row))
        act = next((one for one in acts if one.kind != "opened" and _lasted(view, one, warning.party, worry)), None)
        found += [] if act is None else [act]
    return found


def _lasted(view: Snapshot, act: Row, one: str, worry: str) -> bool:
    """Whether an action was done or is in hand, and its party did not decide within weeks to do less."""
    if act.kind == "agreed" and completed(view, act) is None and not in_hand(view, act):
        return False
    aside = (e.row.date for e in endings(view) if e.party == one and e.row.kind == "decided" and worry in e.concerns)
    return not any(0 <= date.last - act.date.first <= view.rules.warning_days for date in aside)


@rule(
    side="strength",
    title="Partners told of a closure",
    theme="longer-term work",
    matters=0.5,
    rule="A closed row after which nobody of the agency is involved, with other agencies involved that day, one of "
    "which is told in the row, or in a contact row that refers to it by that day. One finding for each agency.",
    limits="Being told is not being asked.",
    question="How was it usual to tell partners, and what did they do with it?",
    refute="a row that shows that the word did not reach them.",
)
def closure_told(view: Snapshot) -> Iterator[Finding]:
    """An agency that told its partners that it ended its part."""
    groups: defaultdict[str, list[tuple[Row, Row, frozenset[str]]]] = defaultdict(list)
    for one in closings(view):
        rows = {row.id: row for found in one.told.values() for row in found}
        for agency in parties(view, one.row.who):
            if rows and agency in view.records.agencies and not goes_on(view, agency, one.row):
                first = min(rows.values(), key=lambda row: row.order)
                groups[agency].append((one.row, first, frozenset(one.told)))
    for agency, found in sorted(groups.items()):
        last, telling, told = found[-1]
        theirs = members(view, agency)
        had = on_record(view, theirs).intersection(view.ever_known)
        yield Finding.of(
            view,
            f"{who(view, [agency])} told {who(view, told, 2)} that it ended its part {on(last.date)}",
            key=[last, telling],
            held=dict(list(held_by(view, had, theirs).items())[:1]),
            rows=[row for closing, row, _ in found for row in (closing, row)],
            who=[agency, *told, *last.who],
            start=view.when(last.date),
        )
