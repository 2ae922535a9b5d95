"""Findings about worries that were passed on late, or not to the lead, social care or the police."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..case.records import Row
from ..record.naming import quoted, short_name, some, who
from ..record.parties import parties, party
from ..record.snapshot import Snapshot
from ..wording import days
from .base import Finding, rule
from .measured import leads
from .parts import (
    Known,
    actors_with,
    allowed,
    between,
    held_by,
    is_grave,
    may_have,
    of_sector,
    old_enough,
    passings,
    sectors_coded,
    start_of,
)
from .several import it, like_first, together

POLICE_MATTERS = ("physical", "sexual", "domestic_abuse")
IN_TALK = "An earlier talk without a row would refute it. Waiting may have had its reasons."


def _least(row: Row) -> str:
    return "" if row.reached.is_day else "at least "


@rule(
    title="A worry that was passed on late",
    theme="response to incidents",
    matters=0.6,
    rule="A known worry whose first passing from one professional or agency to another came more than `late_days` "
    "after a professional certainly had it; partial dates give the fewest days. One finding for each first holder "
    "and row; the days are those of the gravest.",
    limits=IN_TALK,
    question="What made it seem right, or possible, to pass this on only then?",
    refute="an earlier row that passes it on.",
)
def shared_late(view: Snapshot) -> Iterator[Finding]:
    """A worry first passed on to another professional or agency late after it came on record."""
    late: defaultdict[tuple[str, str], dict[str, Known]] = defaultdict(dict)
    rows: dict[str, Row] = {}
    for worry, known in held_by(view, view.worries, view.professionals).items():
        row = next(iter(passings(view, worry)), None)
        if row is not None and between(known.window, row.reached) > view.rules.late_days:
            late[known.holder, row.id][worry] = known
            rows[row.id] = row
    for (holder, place), held in sorted(late.items()):
        row = rows[place]
        said = like_first(held, {c: between(known.window, row.reached) for c, known in held.items()})
        lag = between(held[said[0]].window, row.reached)
        yield Finding.of(
            view,
            f"The first row that passes {some(view, said)} on is {_least(row)}{days(lag)} later than the first at "
            f"{_where(view, [holder])}",
            key=[row],
            held=held,
            who=[holder, *row.named],
            start=start_of(view, held),
            end=row.reached.first,
        )


def _where(view: Snapshot, ones: Iterable[str]) -> str:
    """The parties of some people and agencies, in few words."""
    return who(view, {party(view, one) or one for one in ones})


# who should have had it -------------------------------------------------------------------------------


def _shared(view: Snapshot, worry: str, *, agencies: bool = True) -> bool:
    """Whether two or more people or files (of two or more agencies) have a worry: what one kept is told elsewhere."""
    having = actors_with(view, worry)
    return len({party(view, one) for one in having} if agencies else having) > 1


@rule(
    title="A worry that is not on record with the lead professional",
    theme="management",
    matters=0.8,
    rule="A known worry that two or more professionals or agencies have on record and that none of those who led on "
    "any later day has, where the case says who led and no permission speaks against it. One finding for the same "
    "leads.",
    limits="What stayed with one person is told by its own rule. Without lead dates in the table of people nothing "
    "is found.",
    question="How did the lead professional gather what others had, and who was to bring it?",
    refute="a row by which a lead professional came to have it.",
)
def never_reached_lead(view: Snapshot) -> Iterator[Finding]:
    """A worry that several had, and that whoever led from then on has no record of."""
    missing: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for worry, known in held_by(view, view.worries).items():
        led = tuple(sorted(one for one, spell in leads(view).items() if spell[1] > view.when(known.window)))
        lacking = led and not may_have(view, worry).intersection(led)
        if (
            lacking
            and _shared(view, worry, agencies=False)
            and allowed(view, actors_with(view, worry), led, worry, view.day)
        ):
            missing[led].append(worry)
    for led, worries in sorted(missing.items()):
        held = held_by(view, worries)
        start = max(start_of(view, held), min(leads(view)[one][0] for one in led))
        if not old_enough(view, held, start):
            continue
        had = frozenset().union(*(actors_with(view, worry) for worry in worries))
        where = parties(view, had)
        yield Finding.of(
            view,
            f"No row shows {some(view, held)} with the lead professional ({_named(view, led)}), though "
            f"{who(view, where)} had {it(held)}{together(view, where, held)}",
            held=held,
            rows=view.evidence(worries),
            who=[*led, *had],
            start=start,
            end=view.day,
        )


def _named(view: Snapshot, ones: Iterable[str]) -> str:
    return ", ".join(short_name(view, one) for one in ones)


@rule(
    title="A grave worry that is not on record with social care",
    theme="response to incidents",
    matters=0.8,
    rule="A known worry of severity `grave` or more that two or more agencies have on record and nobody of the sector "
    "social care; where a lead from social care should have had it, only that is said.",
    limits="Whether it had to go there depends on the law of the place, which the library does not know.",
    question="What was thought to be needed before this would be brought to social care?",
    refute="a row by which anybody in social care came to have it.",
)
def never_reached_social_care(view: Snapshot) -> Iterator[Finding]:
    """A grave worry that several had, and nobody in social care."""
    told = of_sector(view, "social_care")
    last = max((last for one, (_, last) in leads(view).items() if one in told), default=0)
    worries = [worry for worry in _not_with(view, told) if last <= view.first_known[worry]]
    yield from _not_reached(view, worries, "social care")


@rule(
    title="Was it for the police to know?",
    theme="response to incidents",
    matters=0.4,
    rule="A known worry of severity `grave` or more and of the category physical, sexual or domestic abuse that two or "
    "more agencies have on record and nobody of the sector police; a question.",
    limits="Not every such worry is a crime; the question is whether somebody asked.",
    question="Was it for the police to know, and who would have thought of telling them?",
    refute="a row by which the police came to have it.",
)
def never_reached_police(view: Snapshot) -> Iterator[Finding]:
    """A grave worry of the sort that may be a crime, that several had, and nobody in the police."""
    lacking = _not_with(view, of_sector(view, "police"))
    worries = [worry for worry in lacking if view.records.concerns[worry].category in POLICE_MATTERS]
    yield from _not_reached(view, worries, "the police")


def _not_with(view: Snapshot, told: frozenset[str]) -> list[str]:
    """The grave worries that two or more agencies have, that none of some may have, and that could go to them."""
    if not sectors_coded(view):
        return []
    shared = (worry for worry in view.worries if is_grave(view, worry) and _shared(view, worry))
    lacking = (worry for worry in shared if not may_have(view, worry) & told)
    return [one for one in lacking if allowed(view, actors_with(view, one), told, one, view.day)]


def _not_reached(view: Snapshot, worries: list[str], whom: str) -> Iterator[Finding]:
    held = held_by(view, worries)
    if not held or not old_enough(view, held, start_of(view, held)):
        return
    had = frozenset().union(*(actors_with(view, worry) for worry in worries))
    where = _where(view, actors_with(view, next(iter(held))))
    yield Finding.still(
        view,
        f"No row shows {some(view, held)} with {whom}; {where} had {'it' if len(held) == 1 else 'the first'}",
        held,
        rows=view.evidence(worries),
        who=had,
    )


# late -------------------------------------------------------------------------------------------------


class Came(NamedTuple):
    """How a worry came to those who were to have it, and the fewest days after it could have."""

    known: Known
    receiver: Known
    lag: int


@rule(
    title="A worry that came late to the lead, social care or the police",
    theme="response to incidents",
    matters=0.6,
    rule="A known worry that came to those who led, to social care (severity `grave` or more) or to the police (such a "
    "worry of the category physical, sexual or domestic abuse) more than `late_days` after a professional certainly "
    "had it, or after the first lead of that time began; partial dates give the fewest days. One finding for each row "
    "and receiver; the days are those of the gravest.",
    limits="As for what was passed on late. Where the same row is also the first passing at all, that is said instead.",
    question="What happened to it in between, and what would have brought it there sooner?",
    refute="an earlier row by which they came to have it.",
)
def reached_late(view: Snapshot) -> Iterator[Finding]:
    """A worry that came to the lead, to social care or to the police late after a professional had it."""
    groups: defaultdict[tuple[str, str, str], dict[str, Came]] = defaultdict(dict)
    for worry, known in held_by(view, view.worries).items():
        for target, wanted, since in _targets(view, worry, view.when(known.window)):
            receiver = _first_possible(view, worry, wanted)
            if receiver is None or receiver.row == next(iter(passings(view, worry)), None):
                continue
            lag = receiver.window.first - since
            if lag > view.rules.late_days:
                groups[target, receiver.row.id, receiver.holder][worry] = Came(known, receiver, lag)
    for (target, _, receiver_id), came in sorted(groups.items()):
        first = next(iter(came))
        receiver = came[first].receiver
        at_least = "" if receiver.window.is_day else "at least "
        yield Finding.of(
            view,
            f"{quoted(view, first)} came to {target} ({short_name(view, receiver_id)}) {at_least}"
            f"{days(came[first].lag)} after it could have",
            key=[receiver.row],
            held={worry: one.known for worry, one in came.items()},
            who=[receiver_id],
            start=receiver.window.first - came[first].lag,
            end=receiver.window.first,
        )


def _targets(view: Snapshot, worry: str, start: int) -> Iterator[tuple[str, frozenset[str], int]]:
    """To whom a worry was to come, who they are, and since when it could have."""
    led = {one: spell for one, spell in leads(view).items() if spell[1] > start}
    if led:
        yield "the lead professional", frozenset(led), max(start, min(first for first, _ in led.values()))
    if is_grave(view, worry):
        yield "social care", of_sector(view, "social_care"), start
        if view.records.concerns[worry].category in POLICE_MATTERS:
            yield "the police", of_sector(view, "police"), start


def _first_possible(view: Snapshot, worry: str, wanted: frozenset[str]) -> Known | None:
    """How a worry may first have come to any of several, whatever day of its window each row fell on."""
    found = [
        (entry.window.first, entry.row.order, holder, entry)
        for holder in view.holders.get(worry, frozenset()) & wanted
        for entry in view.entries[holder, worry]
        if view.by(entry.window)
    ]
    if not found:
        return None
    _, _, holder, entry = min(found, key=lambda one: one[:3])
    return Known(holder, entry.window, entry.row)
