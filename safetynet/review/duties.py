"""Findings about duties: what a law, protocol, policy or plan laid on somebody, and whether it was met."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.records import Row
from ..measures.duties import Duty
from ..record.naming import cut, some, who
from ..record.parties import members
from ..record.snapshot import Snapshot
from ..wording import day, days
from .actions import step
from .base import Finding, rule
from .measured import duties_of
from .parts import worries_among


def _key(view: Snapshot, line: Duty) -> list[Row]:
    """The expected row and the one that set it off."""
    row = view.records.by_id[line.row]
    return [row, *view.referred(row)]


def _grouped(view: Snapshot, *statuses: str) -> dict[str, list[Duty]]:
    """The lines of some statuses by their expected row."""
    found: dict[str, list[Duty]] = {}
    for line in duties_of(view):
        if line.status in statuses:
            found.setdefault(line.row, []).append(line)
    return found


@rule(
    title="A duty that no row shows met",
    theme="tools",
    matters=0.8,
    rule="An expected row whose limit (`due`) has passed or, without one, that is older than `late_days`, where no "
    "completed done row refers to it, and somebody on whom it lay could have known what it is about. One finding "
    "for each row.",
    limits="That the duty held is the coder's reading of the law, protocol, policy or plan (`rule`). It may have "
    "been met without a row that refers to it.",
    question="How was this duty understood at the time, and what did it take to meet it?",
    refute="a completed done row that refers to it.",
)
def duty_not_met(view: Snapshot) -> Iterator[Finding]:
    """A duty that was laid on somebody, and that no row shows met."""
    for identity, lines in sorted(_grouped(view, "no record").items()):
        row = view.records.by_id[identity]
        if row.due is None and view.day - row.date.last <= view.rules.late_days:
            continue
        due = f", due {day(row.due)}" if row.due is not None else ""
        worries = worries_among(view, row.concerns)
        about = f", about {some(view, worries)}" if worries else ""
        yield Finding.of(
            view,
            f"No row shows “{step(row)}” done, a duty of {who(view, [line.party for line in lines], 2)}{due}{about}",
            key=[row],
            concerns=row.concerns,
            rows=_key(view, lines[0]),
            who=[line.party for line in lines],
            start=max(row.due, row.date.last) if row.due is not None else row.date.last,
            end=view.day,
            note=cut(row.rule),
        )


@rule(
    title="A duty met late",
    theme="tools",
    matters=0.4,
    rule="An expected row with a limit (`due`) whose first completed done row certainly came after it.",
    limits="As for duties that no row shows met.",
    question="What held it up, and was the limit in sight?",
    refute="a completed done row in time.",
)
def duty_met_late(view: Snapshot) -> Iterator[Finding]:
    """A duty that was met after its limit."""
    for identity, lines in sorted(_grouped(view, "met late").items()):
        row = view.records.by_id[identity]
        done = [one for one in view.referring(row.id) if one.kind == "done" and one.outcome in ("", "completed")]
        first = min(done, key=lambda one: one.date.first, default=None)
        if first is None or row.due is None or first.date.first <= row.due:
            continue
        yield Finding.of(
            view,
            f"“{step(row)}”, which lay on {who(view, [line.party for line in lines], 2)}, was done "
            f"{days(first.date.first - row.due)} after its limit",
            key=[row, first],
            concerns=row.concerns,
            rows=_key(view, lines[0]),
            who=[line.party for line in lines],
            start=row.due,
            end=first.date.first,
            note=cut(row.rule),
        )


@rule(
    title="A duty that could not be known",
    theme="tools",
    matters=0.9,
    rule="An expected row that names concerns of which nobody on whom it lay, of an agency neither its file nor "
    "any of its people, can have had one even in the possible world by its limit (or by the date without one); "
    "with the last row by then in which anybody came to have one of them. One finding for each row.",
    limits="That the duty held is the coder's reading. A way without a row would refute it.",
    question="By which way was this to come to those who had the duty, and where did that way end?",
    refute="a row of contact by which it could have come to them in time.",
)
def duty_could_not_be_known(view: Snapshot) -> Iterator[Finding]:
    """A duty about something that no row could have brought to those on whom it lay."""
    for identity, lines in sorted(_grouped(view, "could not be known").items()):
        row = view.records.by_id[identity]
        stopped = view.by_id.get(lines[0].stopped_at)
        after = f"; the last row that had it is {stopped.id}" if stopped is not None else ""
        worries = worries_among(view, row.concerns)
        what = some(view, worries or row.concerns)
        yield Finding.of(
            view,
            f"No row could have brought {what} to {who(view, [line.party for line in lines], 2)}, on whom "
            f"“{step(row)}” lay{after}",
            key=[row],
            concerns=row.concerns,
            rows=[*_key(view, lines[0]), *([stopped] if stopped is not None else [])],
            who=[one for line in lines for one in members(view, line.party)],
            start=row.date.last,
            end=row.due if row.due is not None else view.day,
            note=cut(row.rule),
        )
