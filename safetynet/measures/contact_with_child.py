"""Contact with the child: how long ago, and for how long never, a professional saw the child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.involvement import first_day
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..spells import Spell
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

FACE_TO_FACE = ("face_to_face", "visit", "meeting")  # channels in which people see each other


class ContactLine(NamedTuple):
    """One child, and how long nobody saw them: a line of :func:`contact_with_child`.

    `gap` is the longest spell, from a day with contact (or the first day that counts) to the next (or the day asked
    for).
    """

    child: str
    days_since: int | None
    longest: int | None
    alone: int
    days_since_observed: int | None
    longest_observed: int | None
    start: int | None
    last_contact: int | None
    rows: tuple[str, ...]
    gap: Spell | None


class _Contact(NamedTuple):
    """How long ago the last contact was, and the longest spell without one."""

    last: int | None
    gap: Spell | None

    def days_since(self, day: int) -> int | None:
        return None if self.last is None else day - self.last

    @property
    def longest(self) -> int | None:
        return None if self.gap is None else self.gap.last - self.gap.first


COLUMNS = ContactLine._fields[:-1]


def contact_with_child(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """For each child, the days since a professional saw them, and the longest spell in which none did.

    It says what is on record: a visit that nobody wrote down is in none of the numbers.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. The chronology's ``seen`` says in which rows the child was seen; services with
        ``attended`` = yes are contact for their whole span.

    Returns
    -------
    pandas.DataFrame
        A line per child: ``child``, ``days_since`` (not defined where there was no contact), ``longest`` (days from
        one contact to the next, from the first day that counts to the first contact, or from the last to `at`; not
        defined before the first day that counts), ``alone`` (how many rows in which the child was seen alone),
        ``days_since_observed`` and ``longest_observed`` (the same where observations that do not say whether the
        child was seen are contacts too: the child was seen at least so often, and at most so often), ``start`` (the
        first day that counts), ``last_contact`` and ``rows``.

    Notes
    -----
    A professional saw the child in a row with both in it (or about the child) that says ``seen`` alone, with_carer,
    with_others or glimpsed; where ``seen`` is empty, in a meeting, or in a contact row face_to_face, visit or meeting
    that arrived and names the child. Days count from the last possible day of the child's birth, or from the first
    day on which a professional appears, whichever is later.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.contact_with_child(sn.load_case("victoria_climbie"))
    >>> table[["days_since", "longest", "alone", "days_since_observed", "longest_observed"]].values.tolist()
    [[114, 182, 0, 113, 113]]
    """
    return tidy(lines(snapshot(case, at, rules)), COLUMNS)


def lines(view: Snapshot) -> list[ContactLine]:
    """A line per child, in the order of the table of people."""
    return [_line(view, child) for child in view.records.children]


def _line(view: Snapshot, child: str) -> ContactLine:
    start = _first_day_that_counts(view, child)
    theirs = [row for row in view.rows if not view.professionals.isdisjoint((*row.who, *row.to, *row.present))]
    saw = [row for row in theirs if saw_child(row, child)]
    observed = [row for row in theirs if _may_have_seen(row, child)]
    known, besides = _contact(view, child, start, saw), _contact(view, child, start, (*saw, *observed))
    return ContactLine(
        child,
        known.days_since(view.day),
        known.longest,
        sum(row.seen == "alone" for row in saw),
        besides.days_since(view.day),
        besides.longest,
        start,
        known.last,
        in_order({*saw, *observed}),
        known.gap,
    )


def is_about(row: Row, child: str) -> bool:
    """Whether a row is about a child; one that does not say is about every child."""
    return not row.about or child in row.about


def saw_child(row: Row, child: str) -> bool:
    """Whether the child was seen in a row: it says so or, where it does not say, they were together in it."""
    if row.seen:
        return row.saw_the_child and is_about(row, child)
    together = row.kind == "met" or (row.is_contact and row.channel in FACE_TO_FACE)
    return together and row.kind != "observed" and row.arrived and child in row.named


def _may_have_seen(row: Row, child: str) -> bool:
    """Whether it is an observation that does not say whether the child was seen."""
    return row.kind == "observed" and not row.seen and is_about(row, child)


def _first_day_that_counts(view: Snapshot, child: str) -> int | None:
    """The last day of the child's birth, or the first on which a professional appears, whichever is later.

    None where that is after the day.
    """
    first, born = first_day(view), view.records.people[child].born
    if first is None or born is None:
        return first
    day = max(first, born.last)
    return day if day <= view.day else None


def attended(view: Snapshot, child: str) -> Iterator[Spell]:
    """The spells up to the day in which a service to a child was attended, from its first to its last possible day."""
    for service in view.records.services:
        if service.person == child and service.attended == "yes":
            first = 1 if service.start is None else service.start.first
            last = view.day if service.end is None else min(service.end.last, view.day)
            if first <= last:
                yield Spell(first, last)


def _contact(view: Snapshot, child: str, start: int | None, rows: Iterable[Row]) -> _Contact:
    """The last contact from a day on, and the longest spell without one."""
    if start is None:
        return _Contact(None, None)
    spells = [*attended(view, child), *(Spell(day, day) for row in rows if (day := view.when(row.date)) >= start)]
    gaps, covered, last = [], start, None
    for first, until in sorted(spell for spell in spells if spell.last >= start):
        gaps.append(Spell(covered, max(first, covered)))
        covered = last = max(until, covered)
    gaps.append(Spell(covered, view.day))
    return _Contact(last, max(gaps, key=lambda gap: (gap.last - gap.first, -gap.first)))
