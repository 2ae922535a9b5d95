"""Findings about messages: not received, received late, not acknowledged, and passed on where it was prohibited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from ..case.records import Row
from ..dates import NEVER
from ..record.naming import some, who
from ..record.parties import is_actor, members, party, sides
from ..record.snapshot import Snapshot
from ..spells import Soonest
from ..wording import article, count, days, on
from .base import Finding, rule
from .measured import passed_although_prohibited
from .parts import (
    between,
    had_by,
    in_touch,
    is_grave,
    may_have,
    may_have_by,
    maybe_referring,
    maybe_rows,
    meets,
    sort_of,
    worries_in,
)

TELLING = ("opened", "closed", "decided", "done", "disagreed")  # rows that tell those in `to`, besides contacts


def _where(view: Snapshot, ones: Iterable[str]) -> str:
    return who(view, {party(view, one) or one for one in ones}, 2)


@rule(
    title="A message that did not arrive",
    theme="tools",
    matters=0.9,
    rule="A row sent with `received=no`, unless what it said had come to the professionals and agencies it was for (of "
    "an agency, to anybody there), or came to them by another row within `late_days`. One without concerns, or for the "
    "family, unless the two sides were next in contact within `late_days`. One finding for each sender and recipient.",
    limits="Accounts of what arrived often differ; the coder chose one.",
    question="How was it noticed that a message had not arrived, and what was usual then?",
    refute="a row that shows that the message arrived or was read, or the same told otherwise.",
)
def not_received(view: Snapshot) -> Iterator[Finding]:
    """A message that the record says did not arrive, unless the same came to them soon by another row."""
    lost: defaultdict[tuple[tuple[str, ...], tuple[str, ...], int, bool], list[Row]] = defaultdict(list)
    for row in view.rows:
        if row.is_sent and not row.arrived:
            to_tell = [(one, c) for one in row.to if is_actor(view, one) for c in row.concerns]
            news = [(one, c) for one, c in to_tell if not _may_have_it(view, one, c, row.date.last)]
            mended = max(_has(view, *holding) for holding in news) if news else _next_contact(view, row)
            if news or not to_tell:
                lost[tuple(sorted(row.who)), tuple(sorted(row.to)), mended, bool(news)].append(row)
    for (senders, to, mended, new), rows in sorted(lost.items()):
        start, end = rows[0].date.last, min(mended, view.day)
        if end - start <= view.rules.late_days:
            continue
        worries = frozenset().union(*(worries_in(view, row) for row in rows))
        first = worries_in(view, rows[0])
        what = f"{some(view, first)} with" if new and first else f"{_where(view, senders)} in contact with"
        word = "visit" if all(row.channel == "visit" for row in rows) else "message"
        sent = f"a {word}" if len(rows) == 1 else f"the first of {count(len(rows), word)}"
        lost_ = "at which nobody answered" if word == "visit" else "that did not arrive"
        yield Finding.of(
            view,
            f"No row shows {what} {who(view, to, 2)} for {days(end - start)} after {sent}"
            f"{f' of {_where(view, senders)}' if new and first else ''} {lost_}",
            key=rows,
            concerns=worries,
            who=(*senders, *to),
            start=start,
            end=end,
            severity=view.total(worries) if new else max((view.weight(one) for one in worries), default=0.0),
        )


def _may_have_it(view: Snapshot, one: str, concern: str, day: int) -> bool:
    """Whether somebody, of an agency anybody, may have a concern by a day."""
    return any(may_have_by(view, name, concern, day) for name in members(view, one))


def _has(view: Snapshot, one: str, concern: str) -> int:
    """The day from which somebody, of an agency anybody, has a concern on record, or may have; else never."""
    having = may_have(view, concern).intersection(members(view, one))
    return min((view.since.get((name, concern), view.day) for name in having), default=NEVER)


def _next_contact(view: Snapshot, row: Row) -> int:
    """The day of the next contact between the two sides after a message that did not arrive."""
    rows = (other for other in in_touch(view, sides(view, row.who), sides(view, row.to)) if other.id != row.id)
    later = [
        other.reached.first for other in rows if other.date.last > row.date.first and other.reached.first <= view.day
    ]
    return max(row.date.first, min(later, default=NEVER))


@rule(
    title="A message received late",
    theme="tools",
    matters=0.6,
    rule="A row sent whose `received_on` is certainly more than `post_days` after it was sent, with a worry that "
    "nobody to whom it was sent may have had otherwise by then.",
    limits="The same may have been told by telephone without a row.",
    question="Where did the message lie in between, and was it usual to check that it had come?",
    refute="a row that shows it was read sooner, or told otherwise.",
)
def received_late(view: Snapshot) -> Iterator[Finding]:
    """A message that was read days after it was sent."""
    for row in view.rows:
        if not row.is_sent or row.received_on is None or not view.by(row.reached):
            continue
        lag = between(row.date, row.reached)
        if lag <= view.rules.post_days:
            continue
        limit = row.date.last + view.rules.post_days
        worries = {c for c in worries_in(view, row) if not any(may_have_by(view, one, c, limit) for one in row.to)}
        if not worries:
            continue
        least = "" if row.reached.is_day and row.date.is_day else "at least "
        yield Finding.of(
            view,
            f"What {_where(view, row.who)} sent to {_where(view, row.to)} about {some(view, worries)} was read "
            f"{least}{days(lag)} later",
            key=[row],
            concerns=worries,
            who=row.named,
            start=row.date.last,
            end=row.reached.first,
        )


# not acknowledged -------------------------------------------------------------------------------------


@rule(
    title="A message about a grave worry to which nothing came back",
    theme="tools",
    matters=0.6,
    rule="A one-way told row of a worry of severity `grave` or more from a professional or agency to another agency, "
    "where for `silence_days` no row shows anything coming back from anybody there to anybody of the sender's agency "
    "(a contact in that direction, or an opened, closed, decided or done row that tells them). At least one message of "
    "the pair brought a worry that was new there; answers (rows with a `ref`) and requests have their own rule.",
    limits="An acknowledgement is often a line that nobody codes. It says nothing about what the readers did.",
    question="Was an answer to such a message usual, and how would the sender have learnt what came of it?",
    refute="a row by which somebody there answered, or told them what came of it.",
)
def not_acknowledged(view: Snapshot) -> Iterator[Finding]:
    """One-way messages of a worry to another agency after which nothing came back for long."""
    found: defaultdict[tuple[frozenset[str], frozenset[str]], list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.kind != "told" or row.two_way or not row.arrived or row.ref:
            continue
        grave = {one for one in worries_in(view, row) if is_grave(view, one)}
        if not grave or row.reached.last + view.rules.silence_days > view.day:
            continue
        here, there = (sides(view, [one for one in side if is_actor(view, one)]) for side in (row.who, row.to))
        if here and there and not here & there and not _came_back(view, row, here, there):
            found[here, there].append(row)
    for (here, there), rows in sorted(found.items(), key=lambda item: sorted(map(sorted, item[0]))):
        if not any(_is_news(view, row, there) for row in rows):
            continue
        worries = frozenset().union(*(worries_in(view, row) for row in rows))
        last = rows[-1]
        reply = _replies(view, here, there).first.since(last.reached.first, last)
        end = view.day if reply is None else max(last.reached.last, reply[0])
        silent = days(min(end, view.day) - last.reached.last)
        how = article(sort_of(last)) if len(rows) == 1 else count(len(rows), "message")
        yield Finding.of(
            view,
            f"No row shows anything coming back from {_where(view, last.to)} for {silent} after {how} of "
            f"{_where(view, last.who)} about {some(view, worries)}",
            key=rows,
            concerns=worries,
            who=[one for row in rows for one in row.named],
            start=rows[0].reached.last,
            end=end,
        )


def _is_news(view: Snapshot, row: Row, there: Iterable[str]) -> bool:
    """Whether a message brings its readers' side a worry that it had no record of before."""
    group = tuple(there)
    return any(not any(had_by(view, one, c, row.reached.last - 1) for one in group) for c in worries_in(view, row))


class Replies(NamedTuple):
    """The rows by which something could come back: the first of them since a day, and the ids of all."""

    first: Soonest[int, Row]
    ids: frozenset[str]


def _replies(view: Snapshot, here: frozenset[str], there: frozenset[str]) -> Replies:
    """The rows by which something could come back from the readers of a message to its writers."""

    def make() -> Replies:
        telling = view.keep("findings: telling", lambda: _telling(view))
        told = (row for pair in product(there, here) for row in telling.get(pair, ()))
        rows = {row.id: row for row in (*told, *meets(view, there, here))}
        by_day = ((row.date.last, row.reached.first, row) for row in rows.values())
        return Replies(Soonest(by_day), frozenset(rows))

    return view.keep(("findings: replies", here, there), make)


def _telling(view: Snapshot) -> dict[tuple[str, str], list[Row]]:
    """For each two, the rows in which the first tells the other of what was done, decided, opened or closed."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in maybe_rows(view):
        if row.kind in TELLING:
            for pair in product(row.who, row.to):
                found[pair].append(row)
    return dict(found)


def _came_back(view: Snapshot, row: Row, here: frozenset[str], there: frozenset[str]) -> bool:
    replies, since = _replies(view, here, there), row.reached.first
    first = replies.first.since(since, row)
    if first is not None and first[0] <= row.reached.last + view.rules.silence_days:
        return True
    return any(
        one.id in replies.ids and one.date.last >= since and one is not row for one in maybe_referring(view, row)
    )


# beyond need ------------------------------------------------------------------------------------------


@rule(
    title="Passed on where the permissions say prohibited",
    theme="tools",
    matters=0.6,
    rule="A contact row that passed a concern between professionals or agencies to somebody of another agency who had "
    "no record of it before, where the case's permissions say prohibited on every day of the row's date and for every "
    "sender.",
    limits="The permissions are a person's coding and not legal advice; what the table does not say is unknown and not "
    "reported.",
    question="What was known of what could be shared, and who could be asked?",
    refute="a permission that was in force then and is not in the table, or that it was not passed.",
)
def shared_beyond_need(view: Snapshot) -> Iterator[Finding]:
    """What was passed to another agency although the case's permissions say prohibited."""
    for name, passed in passed_although_prohibited(view).items():
        row = view.records.by_id[name]
        concerns = {one.concern for one in passed}
        heard = {one.recipient for one in passed}
        consent = {"given": "; the family agreed", "refused": "; the family refused consent"}.get(row.consent, "")
        yield Finding.of(
            view,
            f"{article(sort_of(row)).capitalize()} {on(row.date)} passed {some(view, concerns)} to "
            f"{who(view, heard, 2)}, where the permissions say prohibited{consent}",
            key=[row],
            concerns=concerns,
            who=heard | {sender for one in passed for sender in one.senders},
            start=view.when(row.reached),
        )
