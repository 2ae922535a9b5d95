"""Findings about contact with the child: how long nobody saw them, and what came after refused visits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ..case.records import Row
from ..record.involvement import first_day
from ..record.naming import some, who
from ..record.parties import members
from ..record.snapshot import Snapshot
from ..spells import Spell, gaps
from ..wording import count, day, days, on, when
from .base import Finding, rule
from .endings import Ending, endings, is_step_up
from .family import may_have_seen_it
from .measured import attended
from .parts import about_child, gravest, held_by, is_grave, maybe_rows, on_record, standing, worries_among

NOT_IN = ("refused", "not_there")


class Gap(NamedTuple):
    """A stretch without contact with a child: its days, the row of the contact before, and whether it lasts."""

    spell: Spell
    before: Row | None
    lasting: bool


@rule(
    title="A long time in which no professional saw the child",
    theme="longer-term work",
    matters=0.9,
    rule="More than `silence_days` between two rows in which a professional saw the child (see "
    "`contact_with_child`), or since the last one, or before the first, counted from the last possible day of "
    "birth, the first day on which a professional appears or on which a worry about the child was known, whichever "
    "is last. A visit at which nobody opened is no contact; an attended service to the child is, for as long as it "
    "may have run. An observation that does not say whether the child was seen, and rows that may have happened, "
    "count as contact. The time up to the date is one finding, the longest of the earlier gaps another; siblings "
    "with the same gap are one.",
    limits="Chronologies are often abridged, and routine contact, such as school days, is seldom coded.",
    question="Who was thought to be seeing the child in this time, and what stood in the way of going?",
    refute="a row of those days in which a professional saw the child.",
)
def gap_with_child(view: Snapshot) -> Iterator[Finding]:
    """A long time without any row that shows a professional seeing the child, while worries were known."""
    same: defaultdict[tuple[Spell, bool, str], list[str]] = defaultdict(list)
    before: dict[str, Row | None] = {}
    for child in view.records.children:
        found = _gaps(view, child)
        last = [gap for gap in found if gap.lasting]
        earlier = sorted((gap for gap in found if not gap.lasting), key=lambda gap: (-_length(gap), gap.spell))
        for gap in (*last, *earlier[:1]):
            name = gap.before.id if gap.before is not None else ""
            same[gap.spell, gap.lasting, name].append(child)
            before[name] = gap.before
    for (spell, lasting, name), children in sorted(same.items()):
        worries = [c for c in standing(view, *spell) if any(about_child(view, child, [c]) for child in children)]
        held = held_by(view, worries)
        if not held or not (lasting or any(is_grave(view, c) for c in held)):
            continue
        row = before[name]
        yield Finding.of(
            view,
            f"No row shows a professional seeing {who(view, children)} for {days(spell.last - spell.first)}, to "
            f"{day(spell.last)}",
            concerns=held,
            rows=[row] if row is not None else [],
            note=f"the row before is {row.id}, {when(row.date)}" if row is not None else "",
            who=children,
            start=spell.first,
            end=spell.last,
            severity=gravest(view, held),
        )


def _length(gap: Gap) -> int:
    return gap.spell.last - gap.spell.first


def _gaps(view: Snapshot, child: str) -> list[Gap]:
    """The long stretches of days in which no row may show a professional seeing a child."""
    begins = first_day(view)
    known = [view.first_known[c] for c in about_child(view, child, view.ever_known)]
    if begins is None or not known:
        return []
    born = view.records.people[child].born
    start = max(begins, min(known), *((born.last,) if born is not None else ()))
    seen = [one.row for one in may_have_seen_it(view) if one.child == child]
    covered = [*attended(view, child), *((row.date.first, row.date.last) for row in seen)]
    found = []
    for spell in gaps(covered, start, view.day):
        first = max(start, spell.first - 1)  # from a day with contact to the next, or to the day asked for
        until = spell.last if spell.last == view.day else spell.last + 1
        if until - first > view.rules.silence_days:
            last = max((row for row in seen if row.date.last == first), key=lambda row: row.order, default=None)
            found.append(Gap(Spell(first, until), last, until == view.day))
    return found


# what came after refused visits -----------------------------------------------------------------------


@rule(
    title="An ending after the child was not to be seen",
    theme="family and professionals",
    matters=0.9,
    rule="A party that ended its part (closed, with nobody of it involved the day after; decided step_down, "
    "no_further_action or discharge; refused) after rows of its own in which the child was refused or not there, the "
    "family declined, or consent was refused, where no row shows a professional of that party seeing the child between "
    "the last of these and the ending. One finding for each party, about its last such ending.",
    limits="What the family said at the door may have been enough. Others may have seen the child.",
    question="What did it look like after the door stayed shut, and what ways of seeing the child were open?",
    refute="a row by which somebody of the party saw the child before it ended its part.",
)
def ended_after_refusal(view: Snapshot) -> Iterator[Finding]:
    """An ending by a party that had not been let in, without a row of it seeing the child in between."""
    last: dict[str, Finding] = {}
    for ending in reversed(endings(view)):
        if ending.party in last:
            continue
        row, theirs, every = ending.row, frozenset(members(view, ending.party)), _refusals(view, ending.party)
        refused = every[: bisect_right(every, row.date.first, key=lambda other: other.date.last)]
        itself = row.date.is_day and _is_refusal(view, row, theirs)
        if not refused or itself or _seen_since(view, ending, refused):
            continue
        worries = on_record(view, theirs).intersection(view.current)
        held = held_by(view, worries, theirs)
        if not held:
            continue
        times = count(len({other.date for other in refused}), "time")
        last[ending.party] = Finding.of(
            view,
            f"{who(view, [ending.party])} {ending.said} {on(row.date)}, with {some(view, held)} on record, after it "
            f"had {times} not been let in or found nobody",
            key=[row, refused[-1]],
            held=held,
            rows=refused,
            who=[*row.who, *(one for other in refused for one in (*other.who, *other.to))],
            start=view.when(refused[0].date),
            end=row.date.last,
        )
    yield from (last[party_] for party_ in sorted(last))


def _within(row: Row, first: int, last: int) -> bool:
    """Whether a row may be of some days."""
    return row.date.last >= first and row.date.first <= last


def _refusals(view: Snapshot, one: str) -> list[Row]:
    """The rows in which somebody of a party came, or asked, and was not let see the child; in order."""

    def make() -> list[Row]:
        theirs = frozenset(members(view, one))
        mine = {row.id: row for name in theirs for row in view.of_sender(name)}
        rows = (*mine.values(), *(row for row in view.of_kind("declined") if row.id not in mine))
        return sorted((row for row in rows if _is_refusal(view, row, theirs)), key=lambda row: row.order)

    return view.keep(("findings: refusals", one), make)


def _seen_since(view: Snapshot, ending: Ending, refused: list[Row]) -> bool:
    """Whether somebody of a party may have seen the child between the last of its refusals and its ending."""

    def make() -> list[Row]:
        theirs = frozenset(members(view, ending.party))
        by_them = (one.row for one in may_have_seen_it(view) if one.by & theirs)
        return sorted(by_them, key=lambda row: row.date.last)

    seen = view.keep(("findings: seen by", ending.party), make)
    start = bisect_left(seen, refused[-1].date.last, key=lambda row: row.date.last)
    ids = {row.id for row in refused}
    return any(row.date.first <= ending.row.date.last and row.id not in ids for row in islice(seen, start, None))


def _is_refusal(view: Snapshot, row: Row, theirs: frozenset[str]) -> bool:
    """Whether somebody of a party came, or asked, and was not let see the child."""
    if row.kind == "declined":
        return bool(set(row.who) & view.family and set(row.to) & theirs)
    mine = theirs.intersection(row.who) and row.kind not in ("closed", "opened", "expected", "needed", "believed")
    return bool(mine) and (row.seen in NOT_IN or row.consent == "refused")


@rule(
    title="Each time it came, it was ended",
    theme="longer-term work",
    matters=0.9,
    rule="A party that on `many` or more different days decided step_down, no_further_action or discharge, "
    "refused, or ended its part with nobody of it left involved, each time with worries about the child named or "
    "on its record, and that decided step_up in no row between the first and the last. One finding for each party.",
    limits="Each ending may have been right by itself; the finding says that there were several.",
    question="Who saw the earlier endings when the next came, and what would have made them look like one story?",
    refute="a row by which the party decided in between to step up.",
)
def ended_each_time(view: Snapshot) -> Iterator[Finding]:
    """Several endings by one party, and nothing in between by which it did more."""
    by_party: defaultdict[str, list[Row]] = defaultdict(list)
    for ending in endings(view):
        theirs = members(view, ending.party)
        had = on_record(view, theirs, view.when(ending.row.date))
        if worries_among(view, ending.concerns | had):
            by_party[ending.party].append(ending.row)
    for one, rows in sorted(by_party.items()):
        days_ = {row.date for row in rows}
        first, last = rows[0], rows[-1]
        party = set(members(view, one))
        worries = on_record(view, party).intersection(view.current)
        held = held_by(view, worries, party)
        if len(days_) < view.rules.many or _stepped_up(view, party, first.date.first, last.date.last) or not held:
            continue
        yield Finding.of(
            view,
            f"{who(view, [one])} decided on less, declined or ended {count(len(days_), 'time')} from "
            f"{day(first.date.last)} to {day(last.date.last)}; {some(view, held)} stayed on record",
            key=[first, last],
            held=held,
            rows=rows,
            who=[name for row in rows for name in row.who],
            start=view.when(first.date),
            end=last.date.last,
        )


def _stepped_up(view: Snapshot, theirs: set[str], first: int, last: int) -> bool:
    """Whether somebody of a party may have decided to step up in some days."""
    up = view.keep("findings: may have stepped up", lambda: [row for row in maybe_rows(view) if is_step_up(row)])
    return any(_within(row, first, last) for row in up if not theirs.isdisjoint(row.who))
