"""Findings about contacts and meetings: what was not passed although held, and who was not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..case.records import Row
from ..measures.chances import Chance, missed, since_of_parties
from ..record.snapshot import Snapshot, row_order
from .legacy import Finding, Rule, agencies_of, day, names, when
from .oldparts import (
    allowed,
    at_work,
    between,
    certainly_held,
    channel,
    earliest,
    every,
    first_window,
    holders,
    is_actor,
    is_grave,
    items,
    possibly_held,
    side,
)


def missed_opportunity(view: Snapshot) -> Iterator[Finding]:
    """A contact or meeting in which a grave worry could have gone to an agency that did not get it soon after."""
    lost: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    chances: defaultdict[tuple[int, str], list[Chance]] = defaultdict(list)
    for (_, worry, agency), found in missed(view).items():
        day_ = view.when(found[0].row.date)
        if is_grave(view, worry) and not _may_have_had(view, worry, agency, day_ + view.rules.grace_days):
            lost[day_, agency].add(worry)
            chances[day_, agency] += found
    alike: defaultdict[tuple[int, tuple[str, ...], tuple[str, ...]], list[Chance]] = defaultdict(list)
    for (day_, agency), worries in sorted(lost.items()):
        people = tuple(sorted({one.holder for one in chances[day_, agency]}))
        alike[day_, tuple(sorted(worries)), people] += chances[day_, agency]
    for _, ones in sorted(alike.items()):
        yield _missed(view, ones)


def _may_have_had(view: Snapshot, worry: str, agency: str, by: int) -> bool:
    """Whether somebody of an agency may have had a worry by a day, if only by a partial date."""
    return any(
        view.party(one) == agency and earliest(view, one, worry) <= by
        for one in holders(view, worry) if is_actor(view, one)
    )  # fmt: skip


def _missed(view: Snapshot, chances: Sequence[Chance]) -> Finding:
    rows = {row.id: row for row in sorted((one.row for one in chances), key=row_order)}
    row = next(iter(rows.values()))
    worries = tuple(sorted({one.worry for one in chances}))
    held, met = {one.holder for one in chances}, {one.recipient for one in chances}
    came = min(since_of_parties(view).day(one.agency, one.worry) for one in chances)
    after = f"; the first of it came there by {day(came)}" if came <= view.day else ""
    end, until = min(came, view.day), view.when(row.date) + view.rules.grace_days
    where = sorted({one.agency for one in chances} & view.records.agencies.keys())
    whom = names(view, where, 2) if where else every(view, met)
    both = between(view, held, worries)
    if row.kind == "met" and len(rows) == 1:
        what = f"At the {channel(row, 'meeting')} {when(row)} ({row.id}) {every(view, held)} had{both}"
    else:
        other = "each other" if held <= met else every(view, met - held)
        what = f"{when(row).capitalize()} ({', '.join(rows)}) {every(view, held)}, in contact with {other}, had{both}"
    return Finding(
        "missed_opportunity",
        f"{what} {items(view, worries)} on record; no row shows it with {whom} by {day(until)}{after}.",
        "a row that shows it was passed on, or that the one did not have it by then or the other had it already.",
        rows=tuple(dict.fromkeys((*view.evidence(worries, held), *rows))),
        people=tuple(sorted(held | met)), agencies=agencies_of(view, held | met), concerns=worries,
        start=view.when(row.date), end=end, days=end - view.when(row.date), severity=view.total(worries),
    )  # fmt: skip


# who was not there ------------------------------------------------------------------------------------


def absent_from_a_meeting(view: Snapshot) -> Iterator[Finding]:
    """A meeting from which somebody who mattered was absent, and what they had that nobody there did."""
    spans = at_work(view)
    for row in view.rows:
        if row.kind != "met" or not row.absent:
            continue
        present = [one for one in row.who if is_actor(view, one)]
        there = {one for who in row.who for one in possibly_held(view, who, row.date.last)} | set(row.concerns)
        second_hand = {
            worry for worry in there.intersection(view.current)
            if is_grave(view, worry) and not any(view.hops.get((one, worry)) == 0 for one in row.who)
        }  # fmt: skip
        brings: dict[str, frozenset[str]] = {}
        may: set[str] = set()
        hand: set[str] = set()
        for one in row.absent:
            known = {worry for who in _of(view, one) for worry in certainly_held(view, who, row.date.first)}
            maybe = {
                worry for who in _of(view, one) for worry in view.held.get(who, ())
                if first_window(view, who, worry) <= row.date.last
                and (who not in spans or spans[who][0] <= row.date.last)
            }  # fmt: skip
            own = {
                worry for who in _of(view, one) for worry in second_hand
                if view.hops.get((who, worry)) == 0 and first_window(view, who, worry) <= row.date.last
            }  # fmt: skip
            open_to = {
                worry for worry in (known | maybe | own).intersection(view.current)
                if not is_actor(view, one) or allowed(view, (one,), present, worry, row.date.first)
            }  # fmt: skip
            only = frozenset(known & open_to - there)
            perhaps = maybe & open_to - there - only
            own &= open_to
            if only or perhaps or own:
                brings[one] = frozenset({*only, *perhaps, *own})
                may |= perhaps
                hand |= own
        if not brings:
            continue
        sure = frozenset().union(*brings.values()) - may - hand
        may -= sure
        yield _absent(view, row, tuple(brings), sure, frozenset(may), frozenset(hand - sure - may))


def _absent(
    view: Snapshot, row: Row, absent: tuple[str, ...], sure: frozenset[str], may: frozenset[str], hand: frozenset[str]
) -> Finding:
    parts = []
    came = [
        view.since[one, worry] for one in row.who for worry in sure | may
        if is_actor(view, one) and (one, worry) in view.since
    ]  # fmt: skip
    held_by = {who for one in absent for who in _of(view, one)}
    start, end = view.when(row.date), min(came, default=view.day) if sure | may else view.when(row.date)
    nobody = f", which no row shows with anybody there {'until' if came else 'by'} {day(end)}"
    if sure:
        told = items(view, sure, 1 if may or hand else 2)
        parts.append(f"had{between(view, held_by, sure)} {told} on record{nobody}")
    if may:
        nobody = "" if sure else nobody
        parts.append(f"may by then have had {items(view, may, 0 if sure else 1 if hand else 2)}{nobody}")
    if hand:
        parts.append(f"had {items(view, hand, 0 if parts else 2)} at first hand, where nobody there did")
    everything = sure | may | hand
    people = {one for one in (*absent, *row.who) if one in view.records.people}
    evidence = view.evidence(everything, held_by)
    return Finding(
        "absent_from_a_meeting",
        f"{names(view, absent, 2)}, absent from the {channel(row, 'meeting')} {when(row)} ({row.id}), "
        f"{'; and '.join(parts)}.",
        "a row that shows they took part, or that somebody there had it.",
        rows=tuple(dict.fromkeys((row.id, *evidence))),
        people=tuple(sorted(people)), agencies=agencies_of(view, {*absent, *row.who}),
        concerns=tuple(sorted(everything)), start=start, end=end, days=end - start,
        severity=view.total(everything - may) + view.total(may) / 2,
    )  # fmt: skip


def _of(view: Snapshot, one: str) -> frozenset[str]:
    """Whose record counts for somebody named as absent: the person, or an agency with its people."""
    return side(view, one) if one in view.records.agencies else frozenset({one})


RULES = (
    Rule(
        "missed_opportunity",
        "A contact in which a worry was held and not passed on",
        0.7,
        "For a known worry of severity 3 or 4 and an agency: the contact rows of the first day on which a "
        "professional with the worry on record was in contact with a professional of the agency to whom it could have "
        "gone, while nobody of the agency had it on record by the row, nor may have had it `grace_days` later. "
        "Meetings count like any contact. One finding for each day on which the same people could have passed the "
        "same worries on. Not where the permissions say prohibited or not_needed.",
        "That it could have been said does not make it the place to say it; a worry of no use to the agency counts "
        "as well.",
        missed_opportunity,
    ),
    Rule(
        "absent_from_a_meeting",
        "Who was absent from a meeting, and what they would have brought",
        0.8,
        "A met row with somebody in `absent` who by its date had, or because of partial dates may have had, a worry "
        "on record that nobody there had, or who had at first hand a worry of severity 3 or 4 that those there had "
        "only from others. One finding for each meeting; nothing that the permissions withheld from all "
        "there. What they only may have had weighs half.",
        "Who mattered is the coder's or the reviewer's judgement. They may have sent word without a row.",
        absent_from_a_meeting,
    ),
)  # fmt: skip
