"""Findings about decisions: how near those who took them stood to the child, and what they rested on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..dates import Window
from ..record.naming import quoted, some, who
from ..record.parties import is_actor, members, parties, party
from ..record.snapshot import Snapshot
from ..wording import on
from .base import Finding, rule
from .endings import OUTCOMES, goes_on
from .family import may_have_seen
from .parts import held_by, on_record, saw_it, taken_up, unresolved, works, worries_among


def deciders(view: Snapshot, row: Row) -> tuple[str, ...]:
    """The people who decided; of an agency, all its people."""
    return tuple(sorted({one for name in row.who for one in members(view, name) if one in view.professionals}))


def decided_on(view: Snapshot, row: Row) -> list[str]:
    """The worries that a decision is about, with those that a reassurance it names allays; gravest first."""
    allayed = {worry for one in row.concerns for worry in view.records.concerns[one].answers}
    return unresolved(view, {*row.concerns, *allayed}, row.date.last)


def _nearer(view: Snapshot, people: Iterable[str], worries: Iterable[str], day: int) -> bool:
    """Whether any of some people may have seen the child, or had one of some worries at first hand, by a day."""
    wanted = tuple(worries)
    return any(
        may_have_seen(view, one, day)
        or any(view.hop(one, c, day) == 0 or _may_be_first(view, one, c, day) for c in wanted)
        for one in people
    )


def _may_be_first(view: Snapshot, one: str, concern: str, day: int) -> bool:
    """Whether somebody may have observed a concern themselves by a day."""
    entries = view.entries.get((one, concern), ())
    return any(entry.row.kind == "observed" and entry.window.first <= day for entry in entries)


def had_seen(view: Snapshot, worries: Iterable[str], day: int, besides: Iterable[str]) -> frozenset[str]:
    """The professionals, other than some, who are on record as having seen one of some worries by a day."""
    apart = frozenset(besides)
    return frozenset(
        one
        for c in worries
        for one in view.holders.get(c, frozenset()) & view.professionals - apart
        if saw_it(view, one, c, day)
    )


@rule(
    title="Doing less, decided by people who had not seen the child",
    theme="reasoning",
    matters=1.0,
    rule="A decision whose outcome is step_down, no_further_action or discharge, by professionals of whom one "
    "works with families, where no row by then may show any of them seeing a child or having a worry decided on "
    "(or one that a reassurance it names answers) at first hand. Decisions of one day by the same people are one "
    "finding.",
    limits="Somebody may have seen the child without a row that says so. A manager may rightly decide on what others "
    "saw; whether they asked those who saw it is for the reader.",
    question="What did those who decided have in front of them, and was it usual to speak with whoever had looked?",
    refute="a row by which one of those who decided had seen the child, or what the worries are about, by then.",
)
def stepped_down_unseen(view: Snapshot) -> Iterator[Finding]:
    """Doing less, decided by people of whom none had seen the child or held a worry at first hand."""
    groups: defaultdict[tuple[Window, tuple[str, ...]], list[Row]] = defaultdict(list)
    for row in view.of_kind("decided"):
        people, worries = deciders(view, row), decided_on(view, row)
        less = row.outcome in PUT_ASIDE and worries and works(view, people)
        if less and not _nearer(view, people, worries, row.date.last):
            groups[row.date, tuple(sorted(row.who))].append(row)
    for (date, names), rows in groups.items():
        worries = worries_among(view, (c for row in rows for c in decided_on(view, row)))
        saw = had_seen(view, worries, date.last, deciders(view, rows[0]))
        again = taken_up(view, worries, date.last)
        yield Finding.of(
            view,
            f"{who(view, names, 2)} decided {OUTCOMES[rows[0].outcome]} {on(date)} about {some(view, worries)}; no row "
            "shows child or matter seen there",
            key=rows[:1],
            held=held_by(view, worries),
            rows=[*rows, *(one for row in rows for one in view.referred(row))],
            note=f"seen by {who(view, saw, 2)}" if saw else "",
            who=[*names, *saw],
            start=view.when(date),
            end=view.day if again is None else again.date.first,
        )


@rule(
    title="An ending by an agency that had not seen the child",
    theme="longer-term work",
    matters=0.5,
    rule="A closed row after which nobody of the agency is involved, while its people had unresolved worries on "
    "record that no row shows them passing to another agency, and none of them may have seen a child or had one of "
    "those worries at first hand. Not where the row says that another agency was told, nor where the agency "
    "decided the same day to do less without having seen the child.",
    limits="An involvement that the chronology never closes is not found. Some agencies have no task that needs "
    "the child seen.",
    question="What was there to be done before closing, and what was thought to be somebody else's to do?",
    refute="a row by which somebody of the agency had seen the child, or passed the worries on, before it closed.",
)
def closed_unseen(view: Snapshot) -> Iterator[Finding]:
    """An agency that ended its involvement with worries on its record, none of whose people had seen the child."""
    less = [row for row in view.of_kind("decided") if row.outcome in PUT_ASIDE]
    aside = {(row.date, one) for row in less for one in parties(view, row.who)}
    done = set[str]()
    for row in view.of_kind("closed"):
        day = view.when(row.date)
        for agency in parties(view, row.who):
            people = members(view, agency)
            told = set(parties(view, row.to)) - {agency}
            if told or agency in done or (row.date, agency) in aside or goes_on(view, agency, row):
                continue
            worries = unresolved(view, _kept(view, people, day), day)
            if not worries or not works(view, set(people) & view.professionals) or _nearer(view, people, worries, day):
                continue
            done.add(agency)
            held = held_by(view, worries, people)
            again = taken_up(view, worries, day)
            yield Finding.of(
                view,
                f"{who(view, [agency])} ended its part {on(row.date)}; no row shows {some(view, worries)} passed "
                "on, or the child seen there",
                key=[row],
                held=held,
                who=[agency, *row.who],
                start=day,
                end=view.day if again is None else again.date.first,
            )


def _kept(view: Snapshot, people: tuple[str, ...], day: int) -> frozenset[str]:
    """What people had on record by a day and no row shows them passing to another party by then."""
    told = view.keep("findings: told elsewhere", lambda: _told_elsewhere(view))
    own = parties(view, people)
    return frozenset(c for c in on_record(view, people, day) if all(told.get((one, c), day + 1) > day for one in own))


def _told_elsewhere(view: Snapshot) -> dict[tuple[str, str], int]:
    """The first day on which somebody of a party may have told another of a concern: sent it, or met about it."""
    found: dict[tuple[str, str], int] = {}
    for row in view.contacts:
        ways = ((party(view, a), party(view, b)) for a, b in view.moves(row) if _tells(view, row, a))
        for one in {here for here, there in ways if there not in ("", here)} if row.concerns else ():
            for concern in row.concerns:
                found[one, concern] = min(row.date.first, found.get((one, concern), row.date.first))
    return found


def _tells(view: Snapshot, row: Row, one: str) -> bool:
    """Whether a professional or agency says in a row what it names: they sent it, or were at a meeting."""
    return is_actor(view, one) and (not row.is_sent or one in row.who)


@rule(
    title="A decision on what had been passed on twice or more",
    theme="reasoning",
    matters=0.7,
    rule="A decided row of somebody who works with families, and a concern or reassurance it names, which those "
    "who decided have on record by then from others, the nearest of them at 2 hops or more; what a partial date "
    "leaves open is left out. One finding for each row, about the gravest.",
    limits="Only decisions that name what they are about. How far what was said changed on the way is not in the "
    "record.",
    question="How had it been put by the time it arrived, and could those who decided go back to the source?",
    refute="a row by which somebody who held it at first hand passed it to those who decided.",
)
def rests_on_relayed(view: Snapshot) -> Iterator[Finding]:
    """A decision about what had come to those who took it only through two or more others."""
    for row in view.of_kind("decided"):
        people = deciders(view, row)
        relayed = {c: hops for c in row.concerns if (hops := _hops(view, people, c, row)) >= 2}
        if not relayed or not works(view, people):
            continue
        first = worries_among(view, relayed)[:1] or sorted(relayed)[:1]
        origins = {one for one in view.holders.get(first[0], ()) if view.hop(one, first[0], row.date.last) == 0}
        yield Finding.of(
            view,
            f"{who(view, row.who, 2)} decided {OUTCOMES[row.outcome]} {on(row.date)} on {quoted(view, first[0])} at "
            f"{relayed[first[0]]} removes from {who(view, origins, 2)}",
            key=[row],
            held=held_by(view, relayed, people),
            concerns=worries_among(view, row.concerns),
            rows=view.evidence(relayed, [*people, *origins]),
            who=[*row.who, *origins],
            start=view.when(row.date),
        )


def _hops(view: Snapshot, people: Iterable[str], concern: str, row: Row) -> int:
    """How first-hand those who decided on a concern had it at best, if they certainly had it from others; else 0."""
    group = tuple(people)
    found = [hop for one in group if (hop := view.hop(one, concern, row.date.last)) is not None]
    entries = [entry for one in group for entry in view.entries.get((one, concern), ())]
    received = any(entry.received and entry.window.last <= row.date.last for entry in entries)
    unsettled = any(entry.window.first <= row.date.last < entry.window.last for entry in entries)
    return min(found) if found and received and not unsettled else 0
