"""Findings about requests and differences: not answered, declined, consent refused, views that did not meet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from itertools import islice

from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..record.naming import some, who
from ..record.parties import is_actor, parties, sides
from ..record.snapshot import Snapshot
from ..spells import Soonest
from ..wording import count, day, days, on
from .base import Finding, rule
from .endings import taken_up_by
from .measured import answers
from .parts import between, first_meeting, in_touch, maybe_naming, maybe_referring, taken_up, worries_among

IDLE = ("expected", "needed", "assumed", "believed", "withheld")  # rows in which nobody does anything about it


def _about(view: Snapshot, row: Row) -> str:
    worries = worries_among(view, row.concerns) or list(row.concerns)
    return f" about {some(view, worries)}" if worries else ""


def _professional(view: Snapshot, row: Row) -> bool:
    """Whether a request went to an agency or a professional: what a family answers is no answer of theirs."""
    return any(is_actor(view, one) for one in row.to)


@rule(
    title="A request of which no row shows anything coming",
    theme="response to incidents",
    matters=0.7,
    rule="An asked row to a professional or agency to which no row that arrived refers, neither as an answer nor "
    "as a refusal; its due day has passed or, without one, more than `late_days` have gone by; and for "
    "`silence_days` no row of those asked, or of their agency, names one of its concerns or reaches whoever asked, "
    "or their agency.",
    limits="What was said in a corridor leaves no row.",
    question="What was expected in return, by when, and how was a request followed up that had no answer?",
    refute="a row that refers to the request and answers it, or by which those asked took it up.",
)
def request_unanswered(view: Snapshot) -> Iterator[Finding]:
    """A request to which no row is an answer, after its day has passed."""
    for row in view.of_kind("asked"):
        waited = view.day - row.date.last
        late = row.due < view.day if row.due is not None else waited > view.rules.late_days
        if not late or not _professional(view, row) or answers(view, row) or _came_of_it(view, row):
            continue
        worries = worries_among(view, row.concerns)
        again = taken_up(view, worries, row.date.last)
        due = f", due {day(row.due)}" if row.due is not None else ""
        arrived = "" if row.arrived else ", not recorded as received"
        yield Finding.of(
            view,
            f"No row shows anything coming of what {who(view, row.who, 2)} asked {who(view, row.to, 2)} "
            f"{on(row.date)}{_about(view, row)}{due}{arrived}",
            key=[row],
            concerns=row.concerns,
            rows=[again] if again is not None else [],
            who=row.named,
            start=row.date.last,
            end=view.day,
        )


def _came_of_it(view: Snapshot, row: Row) -> bool:
    """Whether those asked may have done something about it since, or been in touch with whoever asked, within days."""
    theirs = sides(view, [one for one in row.to if is_actor(view, one)])
    since, limit = row.reached.first, row.reached.last + view.rules.silence_days
    for concern in row.concerns:
        found = _acts(view, theirs, concern).since(since, row)
        if found is not None and found[0] <= min(limit, view.day):
            return True
    back = first_meeting(view, theirs, sides(view, row.who), since, row)
    return back is not None and back <= limit


def _acts(view: Snapshot, ones: frozenset[str], concern: str) -> Soonest[int, Row]:
    """The rows in which any of some did something about a concern, by the first of their days."""

    def make() -> Soonest[int, Row]:
        rows = (row for row in maybe_naming(view, [concern], ones) if row.kind not in IDLE)
        return Soonest((row.date.last, row.date.first, row) for row in rows)

    return view.keep(("findings: acts", ones, concern), make)


@rule(
    title="A request answered late",
    theme="response to incidents",
    matters=0.4,
    rule="An asked row to a professional or agency whose first answer certainly came after the due day or, without "
    "one, after more than `late_days`.",
    limits="With partial dates the fewest days count.",
    question="What did the answer need, and was it known that somebody waited for it?",
    refute="an earlier row that refers to the request and answers it.",
)
def request_late(view: Snapshot) -> Iterator[Finding]:
    """A request that was answered after its day or, without one, later than what the rules call late."""
    for row in view.of_kind("asked"):
        found = [one for one in answers(view, row) if one.kind != "declined"]
        if not found or not _professional(view, row):
            continue
        first = min(found, key=lambda one: (one.reached.first, one.order))
        lag = between(row.date, first.reached)
        over = max(0, first.reached.first - row.due) if row.due is not None else lag
        if over <= (0 if row.due is not None else view.rules.late_days):
            continue
        how = f"{days(over)} after it was due" if row.due is not None else f"after {days(lag)}"
        yield Finding.of(
            view,
            f"What {who(view, row.who, 2)} asked {who(view, row.to, 2)} {on(row.date)}{_about(view, row)} was "
            f"answered {how}",
            key=[row, first],
            concerns=row.concerns,
            who=row.named,
            start=row.date.last,
            end=first.reached.first,
        )


@rule(
    title="A request or referral that was declined",
    theme="response to incidents",
    matters=0.8,
    rule="A declined row of a professional or agency, alone or about what it refers to, where the request was not "
    "answered otherwise. Refusals by one party to one asker about the same worries are one finding. It lasts until "
    "a row takes one of the worries up again.",
    limits="A refusal may have been right, with a better route named in talk that is not coded.",
    question="What was the threshold here, how was it explained, and where could the asker turn next?",
    refute="a row that shows it was taken up after all, by them or by somebody else.",
)
def request_declined(view: Snapshot) -> Iterator[Finding]:
    """A request or referral that was refused, and that no later row answers."""
    refused: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], list[tuple[Row, Row]]] = {}
    for row in view.of_kind("declined"):
        what = next(iter(view.referred(row)), row)
        answered = what.kind == "asked" and any(one.kind != "declined" for one in answers(view, what))
        if not any(is_actor(view, one) for one in row.who) or answered:
            continue
        about = tuple(sorted({*what.concerns, *row.concerns}))
        asker = what.who if what is not row else row.to
        refused.setdefault((parties(view, row.who), tuple(sorted(asker)), about), []).append((what, row))
    for (_, asker, about), found in refused.items():
        what, last = found[0][0], found[-1][1]
        worries = worries_among(view, about)
        until = min(taken_up_by(view, one, about, last.date.last) for one in parties(view, last.who))
        times = "" if len(found) == 1 else f" {count(len(found), 'time')}"
        told = f" about {some(view, worries or about)}" if about else ""
        yield Finding.of(
            view,
            f"{who(view, last.who, 2)} declined{times} what {who(view, asker, 2)} had asked{told}, last "
            f"{on(last.date)}",
            key=[what, last] if what is not last else [last],
            concerns=about,
            rows=[row for pair in found for row in pair],
            who=[*last.named, *asker],
            start=found[0][1].date.last,
            end=until,
        )


@rule(
    title="Consent refused, with nothing after it",
    theme="family and professionals",
    matters=0.5,
    rule="A row with consent `refused` to which no row refers and after which no contact row, decision or action "
    "has one of its concerns, for more than `late_days`.",
    limits="Only where consent is coded. It does not say that consent was needed, nor that it should have been "
    "overridden.",
    question="What was thought to be possible without consent, and who could be asked?",
    refute="a later row about the same matter: a second request, a decision whether consent was needed, or another "
    "way.",
)
def consent_refused(view: Snapshot) -> Iterator[Finding]:
    """Consent refused, and no row afterwards that goes on about it."""
    for row in view.rows:
        if row.consent != "refused" or view.day - row.date.last <= view.rules.late_days or not row.who:
            continue
        referring = any(other is not row for other in maybe_referring(view, row))
        if referring or any(_goes_on(row, other) for other in _later_on(view, row)):
            continue
        yield Finding.of(
            view,
            f"Consent was refused to {who(view, row.who, 2)} {on(row.date)}{_about(view, row)}; no row goes on "
            "about it",
            key=[row],
            concerns=row.concerns,
            who=row.named or row.who,
            start=row.date.last,
            end=view.day,
        )


def _later_on(view: Snapshot, row: Row) -> Iterator[Row]:
    """The rows of a row's day and later that may have happened and name one of its concerns."""

    def make(concern: str) -> list[Row]:
        return sorted(maybe_naming(view, (concern,)), key=lambda other: other.order)

    for concern in row.concerns:
        rows = view.keep(("findings: in order", concern), partial(make, concern))
        yield from islice(rows, bisect_left(rows, row.date.last, key=lambda other: other.date.last), None)


def _goes_on(row: Row, other: Row) -> bool:
    later = other.is_contact and other.date.last > row.date.last
    return other.id != row.id and (later or other.kind in ("agreed", "decided"))


# differences ------------------------------------------------------------------------------------------


@rule(
    title="A professional difference that was not settled",
    theme="reasoning",
    matters=0.7,
    rule="A disagreed row older than `late_days` with no done row that refers to it, whatever its outcome.",
    limits="Differences are seldom written down; those that are not coded are not found.",
    question="What was there to do with a difference of opinion, and did it feel possible to do it?",
    refute="a done row that refers to the difference.",
)
def disagreement_open(view: Snapshot) -> Iterator[Finding]:
    """A professional difference that no done row settles."""
    settled = {one for row in view.records.rows if row.kind == "done" and row.date.first <= view.day for one in row.ref}
    for row in view.of_kind("disagreed"):
        waited = view.day - row.date.last
        if row.id in settled or waited <= view.rules.late_days:
            continue
        others = f" with {who(view, row.to, 2)}" if row.to else ""
        yield Finding.of(
            view,
            f"{who(view, row.who, 2)} differed{others} {on(row.date)}{_about(view, row)}; no row shows it settled in "
            f"{days(waited)}",
            key=[row],
            concerns=row.concerns,
            rows=view.referred(row),
            who=(*row.who, *row.to),
            start=row.date.last,
            end=view.day,
        )


@rule(
    title="Two opposite views, and no row between those who held them",
    theme="reasoning",
    matters=0.9,
    rule="Two rows about one worry by different professionals or agencies that differ: a decision to step up "
    "against one for step_down, no_further_action or discharge; ratings `rating_gap` or more apart; or a row that "
    "`disputes` another's; where no contact row joins anybody of the one row with anybody of the other. One "
    "finding for the same people.",
    limits="The two may have come to know each other's view through others. Something may have changed in between.",
    question="How would each have learnt what the other thought, and what would have brought them to talk?",
    refute="a row of contact between the two.",
)
def opposite_views(view: Snapshot) -> Iterator[Finding]:
    """Two decisions or opinions on one worry that differ, whose makers have no row between them."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, tuple[Row, Row]]] = {}
    for worry in view.ever_known:
        for one, other in _opposite(view, worry):
            if apart(view, one, other):
                found.setdefault((makers(view, one), makers(view, other)), {}).setdefault(worry, (one, other))
    for (ones, others), pairs in sorted(found.items()):
        worries = worries_among(view, pairs)
        first, second = pairs[worries[0]]
        yield Finding.of(
            view,
            f"{who(view, ones, 2)} took a view of {some(view, worries)} opposite to that of "
            f"{who(view, others, 2)}; no row shows contact between them",
            key=[first, second],
            concerns=worries,
            rows=[row for pair in pairs.values() for row in pair],
            who=[*ones, *others],
            start=max(first.date.last, second.date.last),
            end=view.day,
        )


def _opposite(view: Snapshot, worry: str) -> Iterator[tuple[Row, Row]]:
    """Pairs of rows on a worry of which the first is opposed to the second, the first such pair of its makers at least.

    Of rows by the same makers that say the same only the first is looked at, unless it is disputed, or disputes.
    """
    rows = [row for row in view.naming(worry) if makers(view, row)]
    places = {row.id: place for place, row in enumerate(rows)}
    pairs = {(places[one], place) for place, row in enumerate(rows) for one in row.disputes if one in places}
    said: dict[tuple[tuple[str, ...], str, int | None], int] = {}
    for place, row in enumerate(rows):
        if row.rating is not None:
            said.setdefault((makers(view, row), "rated", row.rating), place)
        if row.kind == "decided" and (row.outcome == "step_up" or row.outcome in PUT_ASIDE):
            said.setdefault((makers(view, row), "up" if row.outcome == "step_up" else "aside", None), place)
    first = sorted(set(said.values()))
    pairs |= {(one, other) for one in first for other in first if _opposed(view, rows[one], rows[other])}
    return ((rows[one], rows[other]) for one, other in sorted(pairs))


def makers(view: Snapshot, row: Row) -> tuple[str, ...]:
    """The professionals and agencies whose account, decision or opinion a row is."""
    return tuple(sorted({one for one in row.who if is_actor(view, one)}))


def _opposed(view: Snapshot, one: Row, other: Row) -> bool:
    """Whether the first row takes a worry for more than the second does, or is what the second disputes."""
    if one.kind == other.kind == "decided" and one.outcome == "step_up" and other.outcome in PUT_ASIDE:
        return True
    rated = one.rating is not None and other.rating is not None and one.rating - other.rating >= view.rules.rating_gap
    return rated or one.id in other.disputes


def apart(view: Snapshot, one: Row, other: Row) -> bool:
    """Whether two rows are of different people between whom no row shows contact."""
    ones, others = makers(view, one), makers(view, other)
    return bool(ones and others) and not set(ones) & set(others) and not in_touch(view, ones, others)
