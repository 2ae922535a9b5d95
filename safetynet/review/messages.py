"""Findings about messages: not received, received late, not acknowledged, and passed on beyond need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from ..case.records import Row
from ..measures.beyond_need import lines as passed_beyond
from ..record.snapshot import Snapshot, row_order
from ..wording import count, in_words
from .legacy import Finding, Rule, agencies_of, day, days, names, ordered, when
from .oldparts import (
    channel,
    dates,
    earliest,
    every,
    gravest,
    holders,
    is_actor,
    items,
    lapse,
    links,
    maybe_rows,
    sides,
    worries_in,
)

POST_DAYS = 2  # a letter may take so long without being late
TELLING = ("opened", "closed", "decided", "done", "disagreed")  # rows that tell those in `to`, besides contacts
NEVER = 1 << 40
NEEDLESS = ("prohibited", "not_needed")


def not_received(view: Snapshot) -> Iterator[Finding]:
    """A message that the record says did not arrive, unless the same came to them soon by another row."""
    lost: defaultdict[tuple[tuple[str, ...], tuple[str, ...], int, bool], list[Row]] = defaultdict(list)
    for row in sorted(view.rows, key=row_order):
        if row.is_sent and not row.arrived:
            news = [
                (one, concern) for one in row.to for concern in row.concerns
                if one not in holders(view, concern) or earliest(view, one, concern) > row.date.last
            ]  # fmt: skip
            mended = max(_has(view, *holding) for holding in news) if news else _next(view, row)
            lost[tuple(sorted(row.who)), tuple(sorted(row.to)), mended, bool(news)].append(row)
    for (who, to, mended, new), rows in sorted(lost.items()):
        if min(mended, view.day) - min(row.date.last for row in rows) <= view.rules.late_days:
            continue
        worries = frozenset().union(*(worries_in(view, row) for row in rows))
        start, end = min(view.when(row.date) for row in rows), min(mended, view.day)
        about = f" about {items(view, worries)}" if worries else ""
        lacking = "that it came to them" if new else "a contact between them"
        until = f"in the {days(end - start)} to {day(end)}" if mended > view.day else f"until {day(end)}"
        yield Finding(
            "not_received",
            f"The record marks {count(len(rows), 'message', 'messages')} from {every(view, who)} to "
            f"{every(view, to)}{about} as not received ({dates(rows)}); no row shows {lacking} {until}.",
            "a row that shows the message arrived or was read, or the same told otherwise.",
            rows=ordered(rows), people=_people(view, (*who, *to)), agencies=agencies_of(view, {*who, *to}),
            concerns=tuple(sorted(worries)), start=start, end=end, days=end - start,
            severity=view.total(worries) if new else gravest(view, worries),
        )  # fmt: skip


def _has(view: Snapshot, one: str, concern: str) -> int:
    """The day from which somebody has a concern on record, or may have; a day never reached without either."""
    if one not in holders(view, concern):
        return NEVER
    return view.since.get((one, concern), earliest(view, one, concern))


def _next(view: Snapshot, row: Row) -> int:
    """The day of the next contact between sender and recipient after a message that did not arrive."""
    later = (
        min(view.when(other.reached), max(other.reached.first, row.date.first))
        for ones, others in ((row.who, row.to), (row.to, row.who)) for other in links(view, ones, others)
        if other.date.last > row.date.first and other.id != row.id and other.reached.first <= view.day
    )  # fmt: skip
    return min(later, default=NEVER)


def received_late(view: Snapshot) -> Iterator[Finding]:
    """A message that was read more than two days after it was sent."""
    for row in view.rows:
        if not row.is_sent or row.received_on is None or not row.arrived:
            continue
        lag = row.received_on.first - row.date.last
        if lag <= POST_DAYS:
            continue
        worries = worries_in(view, row)
        about = f" about {items(view, worries)}" if worries else ""
        least = "" if row.received_on.is_day and row.date.is_day else "at least "
        yield Finding(
            "received_late",
            f"What {every(view, row.who)} sent to {every(view, row.to)}{about} {when(row)} was received "
            f"{'on ' if row.received_on.is_day else ''}{lapse(row.received_on)}, {least}{days(lag)} later.",
            "a row that shows it was read sooner, or told otherwise.",
            rows=(row.id,), people=_people(view, row.named), agencies=agencies_of(view, row.named),
            concerns=tuple(sorted(worries)), start=row.date.last, end=view.when(row.received_on), days=lag,
            severity=view.total(worries),
        )  # fmt: skip


# not acknowledged -------------------------------------------------------------------------------------


def not_acknowledged(view: Snapshot) -> Iterator[Finding]:
    """One-way messages of a worry to another agency after which nothing came back for long."""
    found: defaultdict[tuple[frozenset[str], frozenset[str]], list[tuple[Row, bool]]] = defaultdict(list)
    for row in sorted(view.contacts, key=row_order):
        if row.kind != "told" or row.two_way or not row.arrived or row.ref:
            continue
        if not worries_in(view, row) or row.reached.last + view.rules.silence_days > view.day:
            continue
        speakers = [one for one in row.who if is_actor(view, one)]
        hearers = [one for one in row.to if is_actor(view, one)]
        here, there = sides(view, speakers), sides(view, hearers)
        if not here or not there or here & there or _came_back(view, row, here, there):
            continue
        found[here, there].append((row, _is_news(view, row, there)))
    for (here, there), messages in sorted(found.items(), key=lambda item: sorted(map(sorted, item[0]))):
        if not any(news for _, news in messages):
            continue
        rows = [row for row, _ in messages]
        worries = frozenset().union(*(worries_in(view, row) for row in rows))
        who = tuple(dict.fromkeys(one for row in rows for one in row.who if one in here))
        to = tuple(dict.fromkeys(one for row in rows for one in row.to if one in there))
        last = max(rows, key=lambda row: (row.reached.last, row.id))
        end = min(view.day, _next_contact(view, last, here, there))
        how, one = " and ".join(dict.fromkeys(channel(row, "message") for row in rows)), len(rows) == 1
        yield Finding(
            "not_acknowledged",
            f"{names(view, who, 2)} sent {names(view, to, 2)} word of {items(view, worries)} ({how} {dates(rows)}); no "
            f"row shows anything coming back from there in the {days(end - last.reached.last)} after{' that' * one}"
            f"{' the last' * (not one)}.",
            "a row by which somebody there answered, or told them what came of it.",
            rows=ordered(rows), people=_people(view, (*who, *to)), agencies=agencies_of(view, {*who, *to}),
            concerns=tuple(sorted(worries)), start=min(view.when(row.date) for row in rows), end=end,
            days=end - min(row.reached.last for row in rows), severity=view.total(worries),
        )  # fmt: skip


def _is_news(view: Snapshot, row: Row, there: Iterable[str]) -> bool:
    """Whether a message brings its readers' side a worry that it had no record of before."""
    held = {one for other in there for one in view.held.get(other, ()) if view.since[other, one] < row.reached.last}
    return bool(worries_in(view, row) - held)


def _replies(view: Snapshot, row: Row, here: frozenset[str], there: frozenset[str]) -> Iterator[Row]:
    """The rows by which something could come back from the readers of a message to its writers."""
    telling = view.keep("telling", lambda: [other for other in maybe_rows(view) if other.kind in TELLING and other.to])
    told = (other for other in telling if there.intersection(other.who) and here.intersection(other.to))
    for other in chain(told, links(view, there, here)):
        if other.id != row.id and other.date.last >= row.reached.first:
            yield other


def _came_back(view: Snapshot, row: Row, here: frozenset[str], there: frozenset[str]) -> bool:
    limit = row.reached.last + view.rules.silence_days
    return any(row.id in other.ref or other.reached.first <= limit for other in _replies(view, row, here, there))


def _next_contact(view: Snapshot, row: Row, here: frozenset[str], there: frozenset[str]) -> int:
    return min((max(row.reached.last, other.reached.first) for other in _replies(view, row, here, there)),
               default=view.day)  # fmt: skip


# beyond need ------------------------------------------------------------------------------------------


def shared_beyond_need(view: Snapshot) -> Iterator[Finding]:
    """What was passed to another agency although the case's permissions say prohibited or not needed."""
    rows = {row.id: row for row in view.rows}
    by_row: defaultdict[str, list[tuple[str, str, tuple[str, ...], str]]] = defaultdict(list)
    for line in passed_beyond(view):
        if all(view.party(sender) != line.agency for sender in line.senders):
            by_row[line.row].append((line.concern, line.recipient, line.senders, "prohibited"))
    for place, found in sorted(by_row.items()):
        row = rows[place]
        passed = frozenset(concern for concern, _, _, _ in found)
        heard = sorted({recipient for _, recipient, _, _ in found})
        coded = in_words([word.replace("_", " ") for word in NEEDLESS if any(one[3] == word for one in found)])
        consent = {"given": "; the family's consent is recorded", "refused": "; the family refused consent"}
        who = {*heard, *(sender for _, _, senders, _ in found for sender in senders)}
        yield Finding(
            "shared_beyond_need",
            f"{row.id} {when(row)} passed {items(view, passed)} to {names(view, heard, 2)}, where the "
            f"permissions of the case say {coded}{consent.get(row.consent, '')}.",
            "a permission that was in force then and is not in the table, or that it was not passed.",
            rows=(row.id,), people=_people(view, who), agencies=agencies_of(view, who),
            concerns=tuple(sorted(passed)), start=view.when(row.reached), end=view.when(row.reached),
            severity=view.total(passed.intersection(view.current)),
        )  # fmt: skip


def _people(view: Snapshot, named: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(named) & view.records.people.keys()))


RULES = (
    Rule(
        "not_received",
        "A message sent and not received",
        0.9,
        "A told, asked or declined row with received=no, unless what it said came to its recipients by another row "
        "(or, where they had it already, they were next in contact) within `late_days`; one finding for each sender "
        "and recipient.",
        "Accounts of what arrived often differ; the coder chose one.",
        not_received,
    ),
    Rule(
        "received_late",
        "A message received late",
        0.6,
        f"A told, asked or declined row whose `received_on` is certainly more than {POST_DAYS} days after it was sent.",
        "The same may have been told by telephone without a row.",
        received_late,
    ),
    Rule(
        "not_acknowledged",
        "A message not acknowledged",
        0.7,
        "A one-way told row of a worry from a professional or agency to another agency, where for `silence_days` no "
        "row shows anything coming back from anybody there to anybody of the sender's agency (a contact in that "
        "direction, or an opened, closed, decided or done row that tells them). At least one message of the pair "
        "brought a worry that was new there; answers (rows with a `ref`) and requests have their own rule.",
        "An acknowledgement is often a line that nobody codes. It says nothing about what the readers did.",
        not_acknowledged,
    ),
    Rule(
        "shared_beyond_need",
        "Passed on beyond need",
        0.6,
        "A contact row that passed a concern to somebody of another agency who had no record of it before, where the "
        "case's permissions say prohibited or not_needed on every day of the row's date and for every sender.",
        "The permissions are a person's coding and not legal advice; what the table does not say is unknown and not "
        "reported.",
        shared_beyond_need,
    ),
)  # fmt: skip
