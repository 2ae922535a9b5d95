"""What worked at meetings: all who had a worry at one table, and somebody there who had seen it."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.records import Row
from ..record.involvement import involved_on
from ..record.naming import some, who
from ..record.parties import is_actor, party
from ..record.snapshot import Snapshot
from ..wording import count, on
from .base import Finding, rule
from .endings import taken_at
from .parts import first_known, held_by, is_grave, saw_it, sort_of, works, worries_among
from .several import it, like_first


@rule(
    side="strength",
    title="All who had it at one meeting",
    theme="response to incidents",
    matters=0.7,
    rule="A met row with a known worry among its concerns at which everybody was, of the involved professionals, "
    "who had it on record before that day from another row, where these are of two or more parties. One finding "
    "for each meeting.",
    limits="Who had it without a row is not counted.",
    question="How was it known whom to invite, and what could be kept of it?",
    refute="a row by which somebody who was not there had it before.",
)
def all_holders_at_one_table(view: Snapshot) -> Iterator[Finding]:
    """Meetings at which all who had a worry before were there, of two or more parties."""
    for row in view.of_kind("met"):
        found = {}
        for c in worries_among(view, row.concerns):
            having = view.holders.get(c, frozenset()) & involved_on(view, min(view.day, row.date.last))
            if any(_from_another(view, one, c, row) for one in having.difference(row.who)):
                continue
            before = {one for one in having.intersection(row.who) if _from_another(view, one, c, row)}
            if len({party(view, one) for one in before}) > 1:
                found[c] = before
        if not found:
            continue
        first = next(iter(found))
        held = {c: known for c in found if (known := first_known(view, c, found[c])) is not None}
        yield Finding.of(
            view,
            f"Everybody on record as having {some(view, found)} was at the {sort_of(row)} {on(row.date)}, from "
            f"{count(len({party(view, one) for one in found[first]}), 'party', 'parties')}",
            key=[row],
            held=held,
            rows=view.evidence(found, set().union(*found.values())),
            who=row.who,
            start=view.when(row.date),
        )


def _from_another(view: Snapshot, one: str, concern: str, row: Row) -> bool:
    """Whether somebody had a concern on record before a row, from another."""
    first = view.entries[one, concern][:2]  # the earliest first, one for each row
    return any(entry.row is not row and entry.window.last < row.date.first for entry in first)


@rule(
    side="strength",
    title="Somebody who had seen it at the table",
    theme="response to incidents",
    matters=0.6,
    rule="A met row of two or more parties on whose table was a worry of severity `grave` or more, at which a decision "
    "or an action on it was taken (a row that refers to the meeting, or of its very day, people and worries), and at "
    "which a professional who works with families was who had seen or heard the worry themselves by then. One finding "
    "for each meeting.",
    limits="That they were there does not say that they were asked, nor that the decision followed what they had seen.",
    question="What made it possible for whoever had seen it to come, and how was what they said taken?",
    refute="a row that shows that they were not there, or had it only from others.",
)
def first_hand_at_the_table(view: Snapshot) -> Iterator[Finding]:
    """Meetings that decided on a grave worry, with a professional there who had seen it themselves."""
    for meeting in view.of_kind("met"):
        parties = {party(view, one) for one in meeting.who if is_actor(view, one)}
        rows = taken_at(view, meeting)
        about = {c for row in rows for c in row.concerns}.intersection(meeting.concerns)
        grave, there = [c for c in worries_among(view, about) if is_grave(view, c)], works(view, meeting.who)
        every = {c: {one for one in there if saw_it(view, one, c, meeting.date.last)} for c in grave}
        saw = {c: people for c, people in every.items() if people}
        if len(parties) < 2 or not saw:
            continue
        said = like_first(saw, saw)
        first = said[0]
        what = "decided" if any(row.kind == "decided" and first in row.concerns for row in rows) else "agreed an action"
        yield Finding.of(
            view,
            f"The {sort_of(meeting)} {on(meeting.date)} {what} on {some(view, said)} with {who(view, saw[first], 2)} "
            f"there, who had seen {it(said)}",
            key=[meeting, *rows[:1]],
            held=held_by(view, saw, saw[first]),
            rows=rows,
            who=meeting.who,
            start=view.when(meeting.date),
        )
