"""Findings about contacts and meetings: what was not put on the table, who was not at it, and tables never laid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from ..case.records import Row
from ..record.naming import gravest_first, quoted, some, who
from ..record.parties import is_actor, members, parties, party
from ..record.snapshot import Snapshot
from ..wording import count, day, on
from .base import Finding, rule
from .decisions import had_seen
from .endings import taken_at
from .family import may_have_seen
from .measured import missed
from .parts import (
    Known,
    allowed,
    as_it_came,
    gravest,
    had_by,
    held_by,
    is_grave,
    may_have_by,
    may_have_since,
    maybe_rows,
    old_enough,
    parties_with,
    saw_it,
    sort_of,
    start_of,
    surest,
    unresolved,
    works,
)
from .several import it, like_first


@rule(
    title="In contact, with a worry that did not come up",
    theme="response to incidents",
    matters=0.7,
    rule="For a known worry of severity `grave` or more and an agency: the contact rows of the first day on which "
    "a professional with the worry on record was in contact with a professional of the agency to whom it could "
    "have gone, while nobody of the agency had it on record by the row, nor may have had it `grace_days` later. "
    "Meetings count like any contact. One finding for each professional who had something new. Not where the "
    "permissions say prohibited or not_needed, nor where a recorded decision held it back.",
    limits="That it could have been said does not make it the place to say it; a worry of no use to the agency counts "
    "as well.",
    question="What was this contact for, and what would have made room for the rest?",
    refute="a row that shows it was passed on, or that the one did not have it by then or the other had it already.",
)
def missed_opportunity(view: Snapshot) -> Iterator[Finding]:
    """A contact or meeting in which a grave worry could have gone to an agency that did not get it soon after."""
    chances: defaultdict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
    for one in missed(view):
        if not is_grave(view, one.worry):
            continue
        limit = min(one.day + view.rules.grace_days, view.day)
        if not any(may_have_by(view, other, one.worry, limit) for other in members(view, one.agency)):
            chances[one.holder].setdefault((one.worry, one.agency), one.row)
    for holder, found in sorted(chances.items()):
        held = held_by(view, {worry for worry, _ in found}, [holder])
        first = next(iter(held))
        rows = sorted(set(found.values()), key=lambda row: row.order)
        row = min((row for (worry, _), row in found.items() if worry == first), key=lambda row: row.order)
        new_to = {c: {agency for agency in parties(view, row.named) if found.get((c, agency)) is row} for c in held}
        said = like_first(held, new_to)
        yield Finding.of(
            view,
            f"{who(view, [holder])} had {some(view, said)}, new to {who(view, new_to[first], 1)}, in contact "
            f"{on(row.date)}; no row shows {it(said)} there by {day(row.date.last + view.rules.grace_days)}",
            key=[row],
            held=held,
            rows=rows,
            who=[holder, *(agency for _, agency in found)],
            start=view.when(row.date),
            end=_came(view, first, new_to[first]),
        )


def _came(view: Snapshot, worry: str, there: Iterable[str]) -> int:
    """The first day on which any of some parties came to have a worry after all, or the day asked for."""
    days = [view.since[one, worry] for group in there for one in members(view, group) if (one, worry) in view.since]
    return min(days, default=view.day)


# who was not there ------------------------------------------------------------------------------------


class Brought(NamedTuple):
    """What people who were not at a meeting would have brought: what nobody there had, and what they had seen."""

    people: tuple[str, ...]
    new: frozenset[str]
    seen: frozenset[str]


@rule(
    title="Who was not at a meeting, and what they would have brought",
    theme="response to incidents",
    matters=0.8,
    rule="A met row with somebody in `absent` who works with the family and who by its date had a worry on record "
    "that no professional there had or may have had, or who had at first hand a worry of severity `grave` or more that "
    "those there had only from others. One finding for each meeting; nothing that the permissions withheld from "
    "all there.",
    limits="Who mattered is the coder's or the reviewer's judgement. They may have sent word without a row.",
    question="Who was invited, how, and what was usual for somebody who could not come?",
    refute="a row that shows they took part, or that somebody there had seen it, or had it where it is called new.",
)
def absent_from_a_meeting(view: Snapshot) -> Iterator[Finding]:
    """A meeting from which somebody who mattered was absent, and what they had that nobody there did."""
    for row in view.rows:
        if row.kind != "met" or not row.absent:
            continue
        found = _brought(view, row)
        if not found.people:
            continue
        main = found.new or found.seen
        away = {one for name in found.people for one in members(view, name)}
        held = held_by(view, main, away)
        first = next(iter(held))
        names = [name for name in found.people if _had(view, row, name, first, seen=not found.new)]
        theirs = [c for c in held if any(_had(view, row, name, c, seen=not found.new) for name in names[:1])]
        what = f"had {some(view, theirs)}, new to those there" if found.new else f"had seen {some(view, theirs)}"
        others = sorted(set(found.people) - set(names[:1]))
        yield Finding.of(
            view,
            f"The {sort_of(row)} {on(row.date)} was held without {who(view, names[:1])}, who {what}",
            key=[row],
            held=held,
            note=f"also without {who(view, others, 2)}" if others else "",
            who=[*found.people, *row.who],
            start=view.when(row.date),
            end=_until_there(view, row, found.new),
        )


def _had(view: Snapshot, row: Row, name: str, concern: str, *, seen: bool) -> bool:
    """Whether somebody who was not at a meeting had a concern before it, or had seen it themselves."""
    by = row.date.first
    return any(
        saw_it(view, one, concern, by) if seen else had_by(view, one, concern, by) for one in members(view, name)
    )


def _until_there(view: Snapshot, row: Row, worries: frozenset[str]) -> int:
    """The day on which somebody who was at a meeting came to have what was not brought, or the day asked for."""
    there = [view.since[one, c] for one in row.who for c in worries if is_actor(view, one) and (one, c) in view.since]
    return min(there, default=view.day) if worries else view.when(row.date)


def _brought(view: Snapshot, row: Row) -> Brought:
    present = [one for one in row.who if is_actor(view, one)]
    last = row.date.last
    grave = (c for c in view.current if is_grave(view, c) and any(may_have_by(view, one, c, last) for one in present))
    second_hand = frozenset(c for c in grave if not any(view.hop(one, c, last) == 0 for one in row.who))
    people, new, seen = [], set[str](), set[str]()
    for name in (one for one in row.absent if works(view, [one]) or one in view.family):
        mine = members(view, name)
        known = {c for c in view.current if any(had_by(view, one, c, row.date.first) for one in mine)}
        open_to = {c for c in known if name in view.family or allowed(view, (name,), present, c, row.date.first)}
        only = {
            c
            for c in open_to - set(row.concerns)
            if not any(may_have_by(view, one, c, row.date.last) for one in present)
        }
        saw = {c for c in open_to & second_hand if any(saw_it(view, one, c, row.date.first) for one in mine)}
        if only or saw - only:
            people.append(name)
            new |= only
            seen |= saw
    return Brought(tuple(people), frozenset(new), frozenset(seen - new))


def _with_one(view: Snapshot, there: Iterable[str], day: int) -> dict[str, str]:
    """The worries, not resolved, that just one of some may have had by a day, with whom."""
    current = frozenset(view.current)
    came = view.keep(
        "findings: may have come",
        lambda: as_it_came(item for item in may_have_since(view).items() if item[0][1] in current),
    )
    having = [(one, came[one].until(day)) for one in there if one in came]
    number = Counter(chain.from_iterable(worries for _, worries in having))
    return {worry: one for one, worries in having for worry in worries if number[worry] == 1}


# what was not on the table ----------------------------------------------------------------------------


@rule(
    title="A meeting that tabled little of what one alone held",
    theme="tools",
    matters=0.7,
    rule="A met row of two or more parties, with worries on the table or `complete=yes`, of which less than half "
    "of the severity of what just one in the meeting had on record (severity `grave` or more among it) was tabled. "
    "Not where `complete=no`.",
    limits="What is on the table is what the minutes, or the coder, list. What was said and not minuted is not there.",
    question="What was the meeting for, who set out what was known, and was there time to ask each what they had?",
    refute="minutes, or a row, that show that it was put on the table, or that somebody else there had it already.",
)
def left_off_the_table(view: Snapshot) -> Iterator[Finding]:
    """A meeting at which little of what one alone had on record was put on the table."""
    for row in view.rows:
        there = [one for one in row.who if is_actor(view, one)]
        if row.kind != "met" or row.complete == "no" or len({party(view, one) for one in there}) < 2:
            continue
        if not row.concerns and row.complete != "yes":
            continue
        alone = {}
        for worry, one in _with_one(view, there, row.date.last).items():
            if one in view.professionals and had_by(view, one, worry, row.date.first):
                how = surest(view, one, worry)
                if not how.in_doubt:
                    alone[worry] = how.known
        off = {worry: known for worry, known in alone.items() if worry not in row.concerns}
        tabled = view.total(worry for worry in alone if worry in row.concerns)
        if not any(is_grave(view, worry) for worry in off) or 2 * tabled >= view.total(alone):
            continue
        said = like_first(gravest_first(view, off), {worry: known.holder for worry, known in off.items()})
        yield Finding.of(
            view,
            f"The {sort_of(row)} {on(row.date)} has {some(view, said)} not among what it tabled, though "
            f"{who(view, [off[said[0]].holder])}, who was there, had {it(said)}",
            key=[row],
            held=off,
            who=row.who,
            start=view.when(row.date),
            end=view.day,
            severity=view.total(off),
        )


@rule(
    title="Worries that no meeting of two agencies had on its table",
    theme="longer-term work",
    matters=0.8,
    rule="The known worries that no met row with professionals or agencies of two agencies has among its concerns, "
    "where `many` agencies or more have any of them on record and two or more of these worries are of severity "
    "`grave` or more. One finding, which weighs as the gravest `many` of them.",
    limits="Not every worry calls for a meeting. Meetings whose concerns are not coded are taken to have tabled "
    "nothing, unless `complete=no`.",
    question="Who could have called these agencies together, and what was thought to be the threshold for it?",
    refute="a meeting of two of these agencies with one of these worries on its table.",
)
def nobody_ever_met(view: Snapshot) -> Iterator[Finding]:
    """Worries that several agencies held and that no meeting of two agencies had on its table."""
    tabled = set[str]()
    for row in maybe_rows(view):
        if row.kind == "met" and len({party(view, one) for one in row.who if is_actor(view, one)}) > 1:
            tabled |= set(row.concerns) if row.complete != "no" else set(view.worries)
    held = held_by(view, [worry for worry in view.worries if worry not in tabled])
    having = frozenset().union(*(parties_with(view, worry) for worry in held)) if held else frozenset()
    agencies = having & view.records.agencies.keys()
    if len(agencies) < view.rules.many or sum(is_grave(view, worry) for worry in held) < 2:
        return
    if not old_enough(view, held, start_of(view, held)):
        return
    none_at_all = not tabled.intersection(view.ever_known)
    what = "a worry" if none_at_all else f"any of {count(len(held), 'worry', 'worries')}"
    yield Finding.of(
        view,
        f"No row shows a meeting of two agencies with {what} on its table, such as {quoted(view, next(iter(held)))}; "
        f"{len(agencies)} agencies had them",
        held=held,
        who=[*agencies, *(known.holder for known in held.values())],
        start=max(start_of(view, held), _third(view, held)),
        end=view.day,
        severity=gravest(view, held),
    )


def _third(view: Snapshot, held: dict[str, Known]) -> int:
    """The first day on which as many agencies as are many had one of the worries."""
    first: dict[str, int] = {}
    for (holder, worry), since in view.since.items():
        if worry in held and is_actor(view, holder) and party(view, holder) in view.records.agencies:
            first[party(view, holder)] = min(since, first.get(party(view, holder), since))
    return sorted(first.values())[view.rules.many - 1]


# decided at a table -----------------------------------------------------------------------------------


@rule(
    title="Decided at a meeting where nobody had seen it themselves",
    theme="reasoning",
    matters=0.7,
    rule="Decisions and agreed actions that refer to a meeting, or are of its very day, by people who were there "
    "and on a worry on its table, where nobody present had any of the worries decided on at first hand (0 hops) or "
    "had seen the child by then, another professional did, and the child they are about was not there.",
    limits="A report that was read out may have stood in for the person; only a row that passes it on says so. A "
    "meeting whose decisions are not coded is not found.",
    question="How was what had been seen brought to this meeting, and by whom?",
    refute="a row by which somebody who was there saw what was decided on, or somebody who had seen it took part.",
)
def meeting_without_first_hand(view: Snapshot) -> Iterator[Finding]:
    """What was decided at a meeting at which nobody held any of the worries decided on at first hand."""
    for meeting in view.of_kind("met"):
        day_ = meeting.date.last
        rows = taken_at(view, meeting)
        worries = unresolved(view, {c for row in rows for c in row.concerns}, day_)
        present = {one for name in meeting.who for one in members(view, name)}
        children = {child for c in worries for child in view.records.concerns[c].about}
        if not worries or children & set(meeting.who) or not works(view, present):
            continue
        if any(may_have_seen(view, one, day_) or view.hop(one, c, day_) == 0 for one in present for c in worries):
            continue
        saw = {c: seen for c in worries if (seen := had_seen(view, [c], day_, present))}
        if not saw:
            continue
        witnesses = frozenset().union(*saw.values())
        what = "took a decision" if any(row.kind == "decided" for row in rows) else "agreed an action"
        said = like_first(gravest_first(view, saw), saw)
        yield Finding.of(
            view,
            f"The {sort_of(meeting)} {on(meeting.date)} {what} on {some(view, said)} with nobody there who had "
            f"seen {it(said)}, as {who(view, saw[said[0]], 2)} had",
            key=[meeting, *rows[:1]],
            held=held_by(view, worries, witnesses),
            rows=rows,
            who=[*meeting.who, *witnesses],
            start=view.when(meeting.date),
        )
