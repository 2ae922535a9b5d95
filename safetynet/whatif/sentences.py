"""What a proposal would have put on whose record, and what would have become of the goal, in two or three sentences."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from ..record.snapshot import Snapshot
from ..wording import day, in_words, on
from .candidates import Candidate
from .goals import GOALS, NUMBERS, Goal, Numbers, label

LISTED = 5  # worries that a sentence lists before it counts the rest
THERE = {"reading": "the reader was", "owner": "the owner was", "contact": "both were", "meeting": "all were"}
ALLOWED = {
    "": "",
    "required": " The permissions on record required that it be shared.",
    "permitted": " The permissions on record allowed it.",
    "unknown": " Whether all of it might be shared the permissions on record do not say.",
}


def statement(view: Snapshot, one: Candidate, goal: Goal, before: Numbers) -> str:
    """The change on its last day, what it would have put on whose record, and what would have become of the goal."""
    which = GOALS[goal][0]
    then = f" Then {label(NUMBERS[which])} would have been {one.numbers[which]:.2f}; as the record stands it is"
    was = "not defined" if math.isnan(before[which]) else f"{before[which]:.2f}"
    return f"{_change(view, one)}{_learnt(view, one)}{then} {was}.{ALLOWED.get(one.permission, '')}{_days(one)}"


def _days(one: Candidate) -> str:
    """On which other days it would have had the same effect, where the day could be another."""
    first, last = one.days[0].first, one.last
    if first == last or "add" not in one.change:
        return ""
    shared = " and it might be shared" if one.permission else ""
    return f" Any day since {day(first)} on which {THERE[one.kind]} involved{shared} would have had the same effect."


def _change(view: Snapshot, one: Candidate) -> str:
    """The change on its last day, up to its verb."""
    who, date = in_words(map(view.name, one.people or one.desks)), day(one.last)
    if one.kind == "contact":
        return f"A telephone conversation between {who} on {date}"
    if one.kind == "reading":
        return f"The file of {view.name(one.desks[0])}, read on {date} by {who},"
    if one.kind == "owner":
        action = f"an action for {one.concerns[0]}, due on {day(view.day)} or later,"
        return f"On {date} {action} could have been agreed with {who}, who had it on record."
    if one.besides is None:
        return f"A meeting of {who} on {date}, with every known worry on the table,"
    row = one.besides
    if one.kind == "received":
        return f"Row {row.id}, sent {on(row.date)} and not received, would, if received by {who},"
    return f"{who} at the meeting {on(row.date)} (row {row.id})"


def _learnt(view: Snapshot, one: Candidate) -> str:
    """What it would have put on whose record."""
    if one.kind == "owner":
        return ""
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, worries in one.learnt:
        groups[worries].append(view.name(name))
    said = [f"{_short(worries)} on the record of {in_words(who)}" for worries, who in groups.items()]
    would = "" if one.kind == "received" else " would"
    return f"{would} have put {_joined(said or ['nothing new on record'])}."


def _short(worries: Iterable[str]) -> str:
    return in_words(worries, LISTED)


def _joined(parts: list[str]) -> str:
    """Parts with commas of their own."""
    return "; and ".join(["; ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
