"""Findings about requests: not answered, answered late, declined; consent refused, and differences left open."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.records import Row
from ..measures.requests import answers
from ..record.snapshot import Snapshot, row_order
from .firsthand import brief, people_among, taken_up, what_came_next, worries_among
from .legacy import Finding, Rule, agencies_of, day, days, names, ordered, when


def _asked(view: Snapshot) -> list[Row]:
    return sorted((row for row in view.rows if row.kind == "asked"), key=row_order)


def _about(view: Snapshot, row: Row) -> str:
    return f" about {brief(view, row.concerns)}" if row.concerns else ""


def _hung(view: Snapshot, worries: tuple[str, ...], after: int) -> tuple[str, list[Row]]:
    """What came next about the worries of a request, in a sentence, and the row."""
    if not worries:
        return "", []
    again = taken_up(view, worries, after)
    return " " + what_came_next(view, worries, after), [again] if again is not None else []


def request_unanswered(view: Snapshot) -> Iterator[Finding]:
    """A request to which no row is an answer, after its day has passed."""
    for row in _asked(view):
        if answers(view, row):
            continue
        asked_on = view.when(row.date)
        waited = view.day - asked_on
        if (row.due >= view.day) if row.due is not None else waited <= view.rules.late_days:
            continue
        due = f", due on {day(row.due)}," if row.due is not None else ""
        arrived = "" if row.arrived else " It is on record as not having arrived."
        worries = worries_among(view, row.concerns)
        hung, later = _hung(view, worries, row.date.last)
        yield Finding(
            "request_unanswered",
            f"No row answers what {names(view, row.who, 2)} asked {names(view, row.to, 3)} "
            f"{when(row)}{_about(view, row)}{due} in the {days(waited)} to {day(view.day)}.{arrived}{hung}",
            "a row that refers to the request and answers it.",
            rows=ordered([row, *later]), people=people_among(view, row.named), agencies=agencies_of(view, row.named),
            concerns=tuple(sorted(row.concerns)), start=row.date.first, end=view.day, days=waited,
            severity=view.total(worries_among(view, row.concerns)),
        )  # fmt: skip


def request_late(view: Snapshot) -> Iterator[Finding]:
    """A request that was answered after its day or, without one, later than what the rules call late."""
    for row in _asked(view):
        answered = [one for one in answers(view, row) if one.kind != "declined"]
        if not answered:
            continue
        first, asked_on = answered[0], view.when(row.date)
        on = view.when(first.reached)
        late = on - row.due if row.due is not None else on - asked_on
        if late <= (0 if row.due is not None else view.rules.late_days):
            continue
        how = f"{days(late)} after it was due ({day(row.due)})" if row.due is not None else f"after {days(late)}"
        yield Finding(
            "request_late",
            f"What {names(view, row.who, 2)} asked {names(view, row.to, 3)} {when(row)}{_about(view, row)} was "
            f"answered on {day(on)}, {how}.",
            "an earlier row that refers to the request and answers it.",
            rows=ordered([row, first]), people=people_among(view, row.named), agencies=agencies_of(view, row.named),
            concerns=tuple(sorted(row.concerns)), start=row.date.first, end=on, days=on - asked_on,
            severity=view.total(worries_among(view, row.concerns)),
        )  # fmt: skip


def request_declined(view: Snapshot) -> Iterator[Finding]:
    """A request or referral that was refused, and that no later row answers."""
    refusals: dict[str, list[Row]] = {}
    for row in sorted((row for row in view.rows if row.kind == "declined"), key=row_order):
        refusals.setdefault(next((one for one in row.ref if one in view.by_id), row.id), []).append(row)
    for identity, rows in refusals.items():
        what, last = view.by_id[identity], rows[-1]
        if what.kind == "asked" and any(one.kind != "declined" for one in answers(view, what)):
            continue
        about = tuple(dict.fromkeys(one for row in (what, *rows) for one in row.concerns))
        worries = tuple(sorted(worries_among(view, about)))
        on = view.when(last.date)
        after, later = _hung(view, worries, last.date.last)
        until = min(view.day, later[0].date.first) if later else view.day
        named = f" about {brief(view, about)}" if about else ""
        times = "" if len(rows) == 1 else f" ({len(rows)} times)"
        asker = what.who if what is not last else last.to
        yield Finding(
            "request_declined",
            f"{names(view, last.who, 2)} declined{times} {when(last)} what {names(view, asker, 3)} "
            f"{'had asked' if what.kind == 'asked' else 'had sent or asked for'}{named}.{after}",
            "a row that shows it was taken up after all, by them or by somebody else.",
            rows=ordered([what, *rows, *later]), people=people_among(view, last.named),
            agencies=agencies_of(view, last.named), concerns=tuple(sorted(about)), start=what.date.first, end=until,
            days=max(0, until - on), severity=view.total(worries),
        )  # fmt: skip


def consent_refused(view: Snapshot) -> Iterator[Finding]:
    """Consent refused, and no row afterwards that goes on about it."""
    for row in view.rows:
        if row.consent != "refused":
            continue
        wanted = set(row.concerns)
        followed = any(
            row.id in other.ref
            or (
                wanted.intersection(other.concerns)
                and ((other.is_contact and other.date.last > row.date.last)
                     or (other.kind in ("agreed", "decided") and other.date.last >= row.date.last))
            )
            for other in view.rows if other is not row
        )  # fmt: skip
        waited = view.day - view.when(row.date)
        if followed or waited <= view.rules.late_days:
            continue
        yield Finding(
            "consent_refused",
            f"Consent is recorded as refused {when(row)} in a row of {names(view, row.named, 3)}{_about(view, row)}. "
            f"No row in the {days(waited)} to {day(view.day)} shows a contact, decision or action that follows it up.",
            "a later row about the same matter: a second request, a decision whether consent was needed, or another "
            "way.",
            rows=(row.id,), people=people_among(view, row.named), agencies=agencies_of(view, row.named),
            concerns=tuple(sorted(row.concerns)), start=row.date.first, end=view.day, days=waited,
            severity=view.total(worries_among(view, row.concerns)),
        )  # fmt: skip


def disagreement_open(view: Snapshot) -> Iterator[Finding]:
    """A professional difference that no done row settles."""
    settled = {one for row in view.of_kind("done") for one in row.ref}  # whatever its outcome
    for row in view.rows:
        waited = view.day - view.when(row.date)
        if row.kind != "disagreed" or row.id in settled or waited <= view.rules.late_days:
            continue
        others = f" with {names(view, row.to, 3)}" if row.to else ""
        question = next((view.by_id[one] for one in row.ref if one in view.by_id), None)
        over = f" over {question.kind} row {question.id}" if question is not None else ""
        yield Finding(
            "disagreement_open",
            f"{names(view, row.who, 3)} differed{others} {when(row)}{_about(view, row)}{over}. No row in the "
            f"{days(waited)} to {day(view.day)} shows that the difference was settled.",
            "a done row that refers to the difference.",
            rows=ordered([row, *([question] if question is not None else [])]),
            people=people_among(view, (*row.who, *row.to)),
            agencies=agencies_of(view, (*row.who, *row.to)), concerns=tuple(sorted(row.concerns)), start=row.date.first,
            end=view.day, days=waited, severity=view.total(worries_among(view, row.concerns)),
        )  # fmt: skip


RULES = (
    Rule(
        "request_unanswered",
        "A request that nobody answered",
        0.7,
        "An asked row to which no row that arrived refers, neither as an answer nor as a refusal; its due day has "
        "passed or, without one, more than `late_days` have gone by. What hung on it is the worries it names and the "
        "next row about them.",
        "An answer counts only where its row refers to the request (`ref`); one given in a corridor leaves no row.",
        request_unanswered,
    ),
    Rule(
        "request_late",
        "A request answered late",
        0.4,
        "An asked row whose first answer came after the due day or, without one, after more than `late_days`.",
        "With partial dates the certain day counts, which may make an answer look later than it was.",
        request_late,
    ),
    Rule(
        "request_declined",
        "A request or referral that was declined",
        0.7,
        "A declined row, alone or about what it refers to, where the request was not answered otherwise. It lasts "
        "until a row takes one of its worries up again.",
        "A refusal may have been right, with a better route named in talk that is not coded.",
        request_declined,
    ),
    Rule(
        "consent_refused",
        "Consent refused, with nothing after it",
        0.5,
        "A row with consent `refused` to which no row refers and after which no contact row, decision or action has "
        "one of its concerns, for more than `late_days`.",
        "Only where consent is coded. It does not say that consent was needed, nor that it should have been "
        "overridden.",
        consent_refused,
    ),
    Rule(
        "disagreement_open",
        "A professional difference that was not settled",
        0.6,
        "A disagreed row older than `late_days` with no done row that refers to it, whatever its outcome.",
        "Differences are seldom written down; those that are not coded are not found.",
        disagreement_open,
    ),
)
