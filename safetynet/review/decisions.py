"""Findings about decisions: who took them, how near they stood to the child, and what they rested on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..case.records import Row
from ..measures.reliance import people_of as members
from ..record.involvement import involved_on
from ..record.parties import parties
from ..record.snapshot import Snapshot, row_order
from ..wording import in_words
from .firsthand import (
    STEPS_DOWN,
    brief,
    chain,
    first_hand,
    had_seen,
    hops_by,
    it,
    people_among,
    saw_it,
    taken_up,
    unsettled,
    what_came_next,
    worries_among,
)
from .legacy import Finding, Rule, agencies_of, concern, day, names, ordered, when

OUTCOMES = {
    "step_up": "to step up", "same": "that things stay as they are", "step_down": "to step down",
    "no_further_action": "on no further action", "discharge": "on discharge", "": "",
}  # fmt: skip


def _deciders(view: Snapshot, row: Row) -> tuple[str, ...]:
    """The people who decided; of an agency, all its people."""
    return tuple(sorted({person for name in row.who for person in members(view, name)}))


def _open_worries(view: Snapshot, concerns: Iterable[str], on: int) -> tuple[str, ...]:
    """The worries among concerns that were not resolved by a day."""
    found = []
    for one in worries_among(view, concerns):
        resolved = view.records.concerns[one].resolved
        if resolved is None or view.when(resolved) > on:
            found.append(one)
    return tuple(sorted(found))


def _decided_on(view: Snapshot, row: Row) -> tuple[str, ...]:
    """The worries that a decision is about: those it names or, if it names none, those that what it names allays."""
    allayed = dict.fromkeys(worry for one in row.concerns for worry in view.records.concerns[one].answers)
    return _open_worries(view, worries_among(view, row.concerns) or allayed, row.date.last)


def _who_had(view: Snapshot, worries: Iterable[str], on: int, besides: Iterable[str]) -> tuple[str, ...]:
    """Who had seen something of the worries themselves by a day, other than some; professionals, if there are any.

    Where nobody else had, those who are the first on record with one of them.
    """
    wanted = tuple(worries)
    holders = {person for worry in wanted for person in view.holders.get(worry, ()) if person in view.records.people}
    had = first_hand(view, holders - set(besides), wanted, on)
    saw = tuple(person for person in had if saw_it(view, person, wanted, on)) or had
    return tuple(person for person in saw if person in view.professionals) or saw


def _had(view: Snapshot, had: tuple[str, ...], worries: Iterable[str], on: int) -> str:
    """What those who had it did, in a sentence."""
    wanted = tuple(worries)
    if all(saw_it(view, person, wanted, on) for person in had):
        return "had"
    return "was the first on record with it" if len(had) == 1 else "were the first on record with it"


# stepping down ----------------------------------------------------------------------------------------


def unseen_step_downs(view: Snapshot) -> dict[Row, tuple[str, ...]]:
    """The decisions to step down by people of whom none had seen the child or a worry, with the worries."""
    found = {}
    for row in view.rows:
        if row.kind != "decided" or row.outcome not in STEPS_DOWN:
            continue
        worries, people, on = _decided_on(view, row), _deciders(view, row), row.date.last
        if not worries or not people or any(had_seen(view, person, on) for person in people):
            continue
        if not first_hand(view, people, worries, on):
            found[row] = worries
    return found


def stepped_down_unseen(view: Snapshot) -> Iterator[Finding]:
    """Stepping down by people of whom none had seen the child or held a worry at first hand."""
    groups: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    unseen = unseen_step_downs(view)
    for row in sorted(unseen, key=row_order):
        groups[row.date, tuple(sorted(row.who))].append(row)
    for rows in sorted(groups.values(), key=lambda rows: (rows[0].date.last, sorted(rows[0].who))):
        first, on = rows[0], rows[0].date.last
        worries = tuple(sorted({worry for row in rows for worry in unseen[row]}))
        allayed = [one for row in rows for calm in row.concerns for one in view.records.concerns[calm].answers]
        at_stake = tuple(sorted({*worries, *_open_worries(view, allayed, on)}))
        people = _deciders(view, first)
        had = _who_had(view, worries, on, people)
        closing = [row for row in view.rows if row.kind == "closed" and row.date == first.date
                   and set(parties(view, row.who)) & set(parties(view, people))]  # fmt: skip
        meetings = [row for row in view.contacts if row.kind == "met" and row.arrived and _taken_at(row, rows)]
        meetings.sort(key=row_order)
        absent = sorted({one for row in meetings for one in row.absent} & set(had))
        again = taken_up(view, worries, on)
        until = view.day if again is None else min(again.date.first, view.day)
        outcome = in_words(list(dict.fromkeys(OUTCOMES[row.outcome] for row in rows)))
        who_had = f"; {names(view, had, 3)}, who {_had(view, had, worries, on)}," if had else ""
        said = f"{who_had} {_there(view, had, absent, meetings)}" if had else ""
        yield Finding(
            "stepped_down_unseen",
            f"{_upper(when(first))}, {names(view, first.who, 3)} decided {outcome} about {brief(view, worries)}. No "
            f"row shows that they had by then seen the child or held {it(worries, 'any of these')} at first "
            f"hand{said}. {what_came_next(view, worries, on)}",
            "a row by which one of those who decided had contact with the child, or saw what the worries are about, "
            "by then.",
            rows=ordered([*rows, *meetings, *closing, *_evidence(view, worries, (*people, *had), on)]),
            people=tuple(sorted({*people, *had})), agencies=agencies_of(view, people), concerns=at_stake,
            start=first.date.first, end=until, days=until - on, severity=view.total(at_stake),
        )  # fmt: skip


def _there(view: Snapshot, had: tuple[str, ...], absent: list[str], meetings: list[Row]) -> str:
    """Whether those who had seen it took part in the decision, as the record has it."""
    if absent and meetings and len(absent) == len(had):
        who = "is" if len(had) == 1 else "are"
        return f"{who} recorded as absent from the {_sort(meetings[0])}"
    return f"{'is' if len(had) == 1 else 'are'} not among those who decided"


def _sort(meeting: Row) -> str:
    return meeting.channel.replace("_", " ").strip() or "meeting"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _evidence(view: Snapshot, worries: Iterable[str], holders: Iterable[str], on: int) -> list[Row]:
    """The rows that had put worries on the record of people by a day."""
    ids = set(view.evidence(worries, holders))
    return [row for row in view.rows if row.id in ids and row.date.first <= on]


# closing ----------------------------------------------------------------------------------------------


def closed_unseen(view: Snapshot) -> Iterator[Finding]:
    """An agency that ended its involvement with worries on its record, none of whose people had seen the child."""
    covered = {(row.date, name) for row in unseen_step_downs(view) for name in parties(view, _deciders(view, row))}
    done: set[tuple[str, int]] = set()
    for row in sorted((row for row in view.rows if row.kind == "closed"), key=row_order):
        on = view.when(row.date)
        for agency in parties(view, row.who):
            people = members(view, agency)
            if (row.date, agency) in covered or (agency, on) in done or on >= view.day:
                continue
            if set(parties(view, row.to)) - {agency}:
                continue
            if involved_on(view, on + 1) & set(people):
                continue
            worries = _open_worries(view, _kept(view, people, on), on)
            if not worries or any(had_seen(view, person, on) for person in people):
                continue
            if first_hand(view, people, worries, on):
                continue
            done.add((agency, on))
            had = _who_had(view, worries, on, people)
            again = taken_up(view, worries, on)
            until = view.day if again is None else min(again.date.first, view.day)
            said = f"; {names(view, had, 3)} {_had(view, had, worries, on)}" if had else ""
            yield Finding(
                "closed_unseen",
                f"{names(view, (agency,))} ended its involvement {when(row)} with {brief(view, worries)} on record "
                "and not passed on. No row shows that its people had by then seen the child or held "
                f"{it(worries, 'any of these')} at first hand{said}. {what_came_next(view, worries, on)}",
                "a row by which somebody of the agency had contact with the child, or passed the worries on, before "
                "it closed.",
                rows=ordered([row, *_evidence(view, worries, (*people, *had), on)]),
                people=people_among(view, (*had, *row.who)), agencies=agencies_of(view, (agency,)),
                concerns=worries, start=row.date.first, end=until, days=until - on, severity=view.total(worries),
            )  # fmt: skip


def _kept(view: Snapshot, people: tuple[str, ...], on: int) -> list[str]:
    """What people had on record by a day and no row shows them passing to another party by then."""
    own = set(parties(view, people))
    held = {one for person in people for one in view.held.get(person, ()) if view.since[person, one] <= on}
    passed = {
        one
        for row in view.contacts
        if row.arrived and row.date.first <= on and set(row.who) & set(people)
        and set(parties(view, row.who if row.is_together else row.to)) - own
        for one in row.concerns
    }  # fmt: skip
    return sorted(held - passed)


# reassurance ------------------------------------------------------------------------------------------


def reassured_unseen(view: Snapshot) -> Iterator[Finding]:
    """A reassurance passed on by people who had neither seen the child nor held what it answers at first hand."""
    for identity, calm in sorted(view.records.concerns.items()):
        worries = tuple(sorted(worry for worry in calm.answers if view.records.concerns[worry].is_worry))
        if calm.category != "reassurance" or not worries:
            continue
        rows, senders, reached = [], {}, set()
        for row in view.contacts:
            if identity not in row.concerns or not row.arrived:
                continue
            on = row.date.last
            if not all(name in view.professionals and not had_seen(view, name, on) for name in row.who):
                continue
            if first_hand(view, row.who, worries, on):
                continue
            rows.append(row)
            senders.update(dict.fromkeys(row.who))
            reached |= {name for pair in row.moves for name in pair if name not in row.who or row.is_together}
        if not rows or not reached:
            continue
        first, last = min(row.date.first for row in rows), max(row.date.last for row in rows)
        had = _who_had(view, worries, last, senders)
        times = "once" if len(rows) == 1 else f"in {len(rows)} rows"
        said = f"; {names(view, had, 3)} {_had(view, had, worries, last)}" if had else ""
        yield Finding(
            "reassured_unseen",
            f"{concern(view, identity)}, an answer to "
            f"{brief(view, worries) if len(worries) == 1 else in_words(worries)}, was passed on {times} from "
            f"{day(first)} to {day(last)} by {names(view, sorted(senders), 3)}. No row shows that any of them had by "
            f"then seen the child or held {it(worries, 'any of these')} at first hand{said}.",
            "a row by which one of those who passed it on had contact with the child, or saw what it answers, before.",
            rows=ordered(rows), people=people_among(view, (*senders, *reached)),
            agencies=agencies_of(view, senders), concerns=(identity, *worries), start=first, end=min(last, view.day),
            days=min(last, view.day) - first, severity=view.total(worries),
        )  # fmt: skip


# meetings ---------------------------------------------------------------------------------------------


def _taken_at(meeting: Row, rows: Iterable[Row]) -> list[Row]:
    """The decisions and actions of a meeting: they refer to it, or are of its day, its people and its worries."""
    present, table = set(meeting.who), set(meeting.concerns)
    return [
        row for row in rows
        if meeting.id in row.ref
        or (not row.ref and row.who and row.date == meeting.date and meeting.date.is_day and set(row.who) <= present
            and table.intersection(row.concerns))
    ]  # fmt: skip


def meeting_without_first_hand(view: Snapshot) -> Iterator[Finding]:
    """What was decided at a meeting at which nobody held any of the worries decided on at first hand."""
    stepped = unseen_step_downs(view)
    taken = [row for row in view.rows if row.kind in ("decided", "agreed") and row not in stepped]
    for meeting in view.rows:
        if meeting.kind != "met" or not meeting.arrived:
            continue
        rows = _taken_at(meeting, taken)
        on = meeting.date.last
        worries = _open_worries(view, dict.fromkeys(one for row in rows for one in row.concerns), on)
        present = tuple(sorted({person for name in meeting.who for person in members(view, name)}))
        children = {person for one in worries for person in view.records.concerns[one].about}
        if not worries or first_hand(view, present, worries, on) or children & set(meeting.who):
            continue
        had = _who_had(view, worries, on, present)
        if not had:
            continue
        missed = [name for name in had if name in meeting.absent]
        what = "took a decision" if any(row.kind == "decided" for row in rows) else "agreed an action"
        absent = f" ({names(view, missed, 2)} recorded as absent)" if missed else ""
        yield Finding(
            "meeting_without_first_hand",
            f"The {_sort(meeting)} {when(meeting)} of {names(view, meeting.who, 4)} {what} on {brief(view, worries)}. "
            f"No row shows that anyone present held {it(worries, 'any of these')} at first hand by then; "
            f"{names(view, had, 3)}, who {_had(view, had, worries, on)}, {'was' if len(had) == 1 else 'were'} not "
            f"there{absent}.",
            "a row by which somebody who was there saw what was decided on, or somebody who had seen it took part.",
            rows=ordered([meeting, *rows, *_evidence(view, worries, had, on)]),
            people=people_among(view, (*meeting.who, *had)),
            agencies=agencies_of(view, meeting.who), concerns=worries, start=meeting.date.first, end=on,
            severity=view.total(worries),
        )  # fmt: skip


# relayed ----------------------------------------------------------------------------------------------


def rests_on_relayed(view: Snapshot) -> Iterator[Finding]:
    """A decision about what had come to those who took it only through two or more others."""
    for row in view.rows:
        if row.kind != "decided":
            continue
        on, people = row.date.last, _deciders(view, row)
        relayed = {}
        for one in row.concerns:
            best = hops_by(view, one, on)
            held = [(best[person], person) for person in people if person in best]
            if held and min(held)[0] >= 2 and not any(unsettled(view, person, one, on) for person in people):
                relayed[one] = min(held)[1]
        if not relayed:
            continue
        main = min(relayed, key=lambda one: (-view.records.concerns[one].severity, one))
        way, contacts = chain(view, relayed[main], main, on)
        through = names(view, way[1:-1], 3, as_given=True)
        others = [one for one in sorted(relayed) if one != main]
        besides = f"; the same holds for {in_words(others)}" if others else ""
        worries = _decided_on(view, row)
        decided = " ".join(word for word in ("decided", OUTCOMES[row.outcome]) if word)
        yield Finding(
            "rests_on_relayed",
            f"{_upper(when(row))}, {names(view, row.who, 3)} {decided} with {concern(view, main)} before them. It had "
            f"come from {names(view, way[:1])} by way of {through}; no row shows that it came to them more "
            f"directly{besides}.",
            "a row by which somebody who held it at first hand passed it to those who decided.",
            rows=ordered([row, *contacts]), people=people_among(view, (*people, *way)),
            agencies=agencies_of(view, people), concerns=tuple(dict.fromkeys((*sorted(relayed), *worries))),
            start=row.date.first, end=on, severity=view.total(worries),
        )  # fmt: skip


RULES = (
    Rule(
        "stepped_down_unseen",
        "Stepping down by people who had not seen the child",
        1.0,
        "A decision whose outcome is step_down, no_further_action or discharge, where no row by then shows any of "
        "those who decided in contact with a child (both named in a contact row that arrived, or their own "
        "observation), nor holding any worry decided on at first hand (0 hops). Decisions of one day by the same "
        "people are one finding; the closures of that day by their agencies are among its rows. What is at stake "
        "takes in worries that a reassurance it names answers. It lasts until a row takes one of the worries up "
        "again.",
        "Somebody may have seen the child without a row that says so. A manager may rightly decide on what others "
        "saw; whether they asked those who saw it is for the reader.",
        stepped_down_unseen,
    ),
    Rule(
        "closed_unseen",
        "Closing a case without having seen the child",
        0.5,
        "A closed row after which nobody of the agency is involved, while its people had unresolved worries on "
        "record that no row shows them passing to another agency, and none of them had contact with a child or held "
        "one of those worries at first hand. Not where the row says that another agency was told of it, nor where it "
        "is part of a decision to step down by people who had not seen the child.",
        "An involvement that the chronology never closes is not found. Some agencies have no task that needs the "
        "child seen.",
        closed_unseen,
    ),
    Rule(
        "reassured_unseen",
        "A reassurance passed on by people who had not seen the child",
        0.8,
        "Contact rows that carry a reassurance which answers worries, all of whose senders (at a meeting: all who "
        "were there) are professionals of whom, by then, no row shows contact with a child or one of the answered "
        "worries at first hand. One finding for each reassurance.",
        "Passing on what a colleague found is ordinary work; the finding says how the answer spread, not that it was "
        "wrong. Reassurances whose `answers` are not coded are left out.",
        reassured_unseen,
    ),
    Rule(
        "meeting_without_first_hand",
        "Decided at a meeting where nobody held the worry at first hand",
        0.9,
        "Decisions and agreed actions that refer to a meeting, or are of its very day, by people who were there and "
        "on a worry on its table, where nobody present held any of the worries decided on at first hand (0 hops) by "
        "then, somebody else did, and the child they are about was not there. Decisions to step down by people who "
        "had not seen the child are a kind of their own.",
        "A report that was read out may have stood in for the person; only a row that passes it on says so. A "
        "meeting whose decisions are not coded is not found.",
        meeting_without_first_hand,
    ),
    Rule(
        "rests_on_relayed",
        "A decision on what had been relayed twice or more",
        0.8,
        "A decided row, and a concern or reassurance it names, which those who decided have on record by then, the "
        "nearest of them at 2 hops or more. What a partial date leaves open is left out.",
        "Only decisions that name what they are about. How far what was said changed on the way is not in the record.",
        rests_on_relayed,
    ),
)
