"""Findings about reassurance and explanation: how far they went, who passed them on, and on whose word they rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..record.naming import quoted, some, who
from ..record.parties import is_actor
from ..record.snapshot import Snapshot
from ..wording import count, on
from .base import Finding, rule
from .family import may_have_seen
from .measured import reach
from .parts import first_entry, first_known, had_by, held_by, may_have_by, works, worries_among


@rule(
    title="Reassurance that went farther than the worry it answers",
    theme="reasoning",
    matters=1.0,
    rule="A reassurance that more professionals, or more agencies, have on record than a worry it answers, while "
    "somebody has the reassurance and no record of any worry that it answers. One finding for each reassurance, about "
    "the worry that fewest had of the gravest.",
    limits="What answers what is the coder's judgement. A reassurance may be right.",
    question="What made the explanation convincing, and what would have had to be seen to ask again?",
    refute="rows by which those with the reassurance also came to have the worry.",
)
def reassurance_outran(view: Snapshot) -> Iterator[Finding]:
    """A reassurance that went to more people or agencies than a worry that it answers."""
    found: defaultdict[str, list[tuple[str, int, int, bool]]] = defaultdict(list)
    everyone: dict[str, frozenset[str]] = {}
    for line in reach(view):
        by_people = line.people_reassured > line.people_informed
        by_agency = line.agencies_reassured > line.agencies_informed
        if line.informed and (by_people or by_agency) and line.reassured_only:
            numbers = (line.people_reassured, line.people_informed)
            if not by_people:
                numbers = (line.agencies_reassured, line.agencies_informed)
            found[line.reassurance].append((line.concern, *numbers, by_people))
            everyone[line.reassurance] = frozenset(line.reassured)
    for calm, lines in sorted(found.items()):
        answered = view.records.concerns[calm].answers
        only = {one for one in everyone[calm] if not any((one, worry) in view.since for worry in answered)}
        if not only:
            continue
        gravest = max(view.weight(one[0]) for one in lines)
        worry, reassured, informed, of_people = min(
            (one for one in lines if view.weight(one[0]) == gravest), key=lambda one: (one[2], one[0])
        )
        what = "professional" if of_people else "agency"
        many = "" if of_people else "agencies"
        yield Finding.of(
            view,
            f"{quoted(view, calm)} was on record with {count(reassured, what, many)}, {quoted(view, worry)}, which it "
            f"answers, with {informed}",
            key=[known.row for one in (calm, worry) if (known := first_known(view, one)) is not None],
            held=held_by(view, [calm, *(one[0] for one in lines)]),
            rows=view.evidence([calm], everyone[calm]),
            who=everyone[calm],
            start=min(view.since[one, calm] for one in everyone[calm]),
            end=view.day,
        )


@rule(
    title="A reassurance passed on without the worry it answers",
    theme="reasoning",
    matters=0.9,
    rule="A contact row with a reassurance and without a worry that it answers, which a sender (in a meeting, somebody "
    "there) had on record before it and somebody it reached may not have had by then. One finding for each reassurance "
    "and sender; a row with `complete=no` is left out.",
    limits="A row lists what the coder knew to have been said. The worry may have been known to be known.",
    question="What was thought to be needed by whoever was told, and what was usual to pass on with an opinion?",
    refute="a row that shows the worry passed on with it, or that they had it already.",
)
def reassured_without_the_worry(view: Snapshot) -> Iterator[Finding]:
    """A reassurance passed on by somebody who had the worry that it answers, to somebody who had not."""
    found: defaultdict[tuple[str, str], list[tuple[Row, str, str]]] = defaultdict(list)
    for row in view.contacts:
        if row.complete == "no" or not view.by(row.reached):
            continue
        for calm in row.concerns:
            answered = set(view.records.concerns[calm].answers)
            for worry in worries_among(view, answered - set(row.concerns)):
                for sender, one in view.moves(row):
                    known = is_actor(view, sender) and had_by(view, sender, worry, row.date.first)
                    if (
                        known
                        and _passes(view, row, sender, calm)
                        and is_actor(view, one)
                        and not may_have_by(view, one, worry, row.reached.last)
                    ):
                        found[calm, sender].append((row, worry, one))
    for (calm, sender), cases in sorted(found.items()):
        worries = worries_among(view, (worry for _, worry, _ in cases))
        rows = list(dict.fromkeys(row for row, _, _ in cases))
        told_to = {one for row, _, one in cases if row is rows[0]}
        left_out = {worry for row, worry, _ in cases if row is rows[0]}
        held = held_by(view, worries, [sender])
        yield Finding.of(
            view,
            f"{who(view, [sender])} passed {quoted(view, calm)} to {who(view, told_to, 2)} {on(rows[0].date)}; no row "
            f"shows {some(view, left_out)} passed with it",
            key=[rows[0]],
            held=held,
            concerns=[calm],
            rows=rows,
            who=[sender, *(one for _, _, one in cases)],
            start=view.when(rows[0].date),
            end=view.when(rows[-1].reached),
        )


def _passes(view: Snapshot, row: Row, sender: str, calm: str) -> bool:
    """Whether somebody passes a reassurance on in a row: they sent it, or had it from elsewhere before a meeting."""
    if row.is_sent:
        return sender in row.who
    return any(e.row is not row and e.window.last <= row.date.first for e in view.entries.get((sender, calm), ()))


@rule(
    title="A reassurance passed on by people who had not seen the child",
    theme="reasoning",
    matters=0.7,
    rule="Contact rows that carry a reassurance which answers worries, all of whose senders (at a meeting: all who "
    "were there) are professionals, one of them working with families, of whom, by then, no row shows that they saw "
    "a child or had one of the answered worries, or the reassurance, at first hand. One finding for each reassurance.",
    limits="Passing on what a colleague found is ordinary work; the finding says how the answer spread, not that "
    "it was wrong. Reassurances whose `answers` are not coded are left out.",
    question="How sure did it sound by the time it had been passed on, and could anybody go back to who had looked?",
    refute="a row by which one of those who passed it on had seen the child, or what it answers, before.",
)
def reassured_unseen(view: Snapshot) -> Iterator[Finding]:
    """A reassurance passed on by people who had neither seen the child nor held what it answers at first hand."""
    for calm, concern in sorted(view.records.concerns.items()):
        worries = worries_among(view, concern.answers)
        if concern.category != "reassurance" or not worries:
            continue
        rows = [row for row in view.contacts if calm in row.concerns and _unseen(view, row, (calm, *worries))]
        senders = {one for row in rows for one in row.who}
        if not rows:
            continue
        held = {calm: known} if (known := first_known(view, calm, senders)) else {}
        yield Finding.of(
            view,
            f"{who(view, senders, 1)} passed on {quoted(view, calm)}, an answer to {quoted(view, worries[0])}; no "
            "row shows child or matter seen there",
            key=rows[:1],
            held=held,
            concerns=worries,
            rows=rows,
            who={one for row in rows for one in row.named if is_actor(view, one)},
            start=view.when(rows[0].date),
            end=view.when(rows[-1].reached),
        )


def _unseen(view: Snapshot, row: Row, concerns: tuple[str, ...]) -> bool:
    """Whether nobody who passes something on in a row may have seen the child, or had it at first hand, by then."""
    passed_on = row.kind != "observed" and view.moves(row)
    if not passed_on or not view.professionals.issuperset(row.who) or not works(view, row.who):
        return False
    return not any(
        may_have_seen(view, one, row.date.last) or any(view.hop(one, c, row.date.last) == 0 for c in concerns)
        for one in row.who
    )


@rule(
    title="An explanation that rests on the word of one of the family",
    theme="reasoning",
    matters=0.8,
    rule="A line of `links` of kind explains, or a reassurance's `answers`, where all that the explanation rests "
    "on, by `who` of the link or else by hops 0, is one person of the family, and professionals have it and what it "
    "explains on record. One finding for each explanation.",
    limits="One word may be true. What else was looked at need not be coded as an observation of its own.",
    question="What else was there to test the explanation against, and was it thought of as one of several?",
    refute="a row by which somebody else saw for themselves what the explanation says, or a link on another's word.",
)
def explained_on_one_word(view: Snapshot) -> Iterator[Finding]:
    """An explanation accepted that goes back to one person of the family alone."""
    explained: defaultdict[str, set[str]] = defaultdict(set)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for link in view.records.links:
        if link.kind == "explains":
            explained[link.source].add(link.target)
            words[link.source].update(link.who)
    for concern in view.records.concerns.values():
        if concern.category == "reassurance":
            explained[concern.id] |= set(concern.answers)
    for one, matters in sorted(explained.items()):
        worries = [worry for worry in worries_among(view, matters) if worry in view.first_known]
        first_hand = {holder for holder in view.holders.get(one, ()) if view.hops.get((holder, one)) == 0}
        origins = words[one] or first_hand
        if not worries or len(origins) != 1 or one not in view.first_known:
            continue
        origin = next(iter(origins))
        if view.records.people.get(origin) is None or view.records.people[origin].kind != "family":
            continue
        accepted = [row for row in view.of_kind("believed") if {one, *worries}.intersection(row.concerns)]
        held = {c: known for c in (one, *worries) if (known := first_known(view, c))}
        yield Finding.of(
            view,
            f"{quoted(view, one)}, which explains {some(view, worries)}, rests on the word of "
            f"{who(view, [origin])} alone",
            key=[first_entry(view, origin, one).row] if origin in view.holders.get(one, ()) else [held[one].row],
            held=held,
            rows=accepted,
            who=[origin, *(person for row in accepted for person in row.who)],
            start=view.first_known[one],
            end=view.day,
            severity=view.total(worries),
        )
