"""Escalation: was what the network came to know getting graver, and could any one person have seen it?"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike, date_of
from ..record.involvement import involved_on, involvement
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN
from ..spread.edges import each
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Quarter(NamedTuple):
    """What professionals between them came to know in a quarter, and what the one who knew most had by its end."""

    quarter: str
    end: int
    came: tuple[str, ...]
    mean_came: float
    known: int
    mean: float
    person: str
    person_known: int
    person_mean: float
    gap: float
    rows: tuple[str, ...]


def _quarters(first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Name, first and last day of every calendar quarter from one day to another, cut at the last."""
    day = date_of(first)
    year, quarter = day.year, (day.month - 1) // 3
    while True:  # `first` is not after `last`
        start = dt.date(year, 3 * quarter + 1, 1).toordinal()
        end = dt.date(year, 3 * quarter + 3, 31 if quarter in (0, 3) else 30).toordinal()
        yield f"{year}Q{quarter + 1}", start, min(end, last)
        if end >= last:
            return
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)


def lines(view: Snapshot) -> list[Quarter]:
    """Every quarter from that in which professionals first had a worry on record, to the last that differs."""
    first = min((view.first_known[worry] for worry in view.ever_known), default=None)
    if first is None:
        return []
    last = _last_change(view)
    quarters = takewhile(lambda quarter: quarter[1] <= last, _quarters(first, view.day))
    return [_line(view, *quarter) for quarter in quarters]


def _last_change(view: Snapshot) -> int:
    """The last day of the record or, if later, on which somebody came to know, left, or a worry was resolved."""
    turns = [min(view.day, view.records.end or 0), *view.since.values()]
    turns += [day for spell in view.resolved.values() for day in (spell.first, spell.last + 1)]
    turns += [spell.last + 1 for spells in involvement(view).values() for spell in spells]
    return max(day for day in turns if day <= view.day)


def _line(view: Snapshot, name: str, start: int, end: int) -> Quarter:
    came = frozenset(worry for worry in view.ever_known if start <= view.first_known[worry] <= end)
    known = frozenset(
        worry for worry in view.ever_known if view.first_known[worry] <= end and not view.is_resolved(worry, end)
    )
    bits, involved = _bits(view, known), involved_on(view, end)
    held = {one: had for one, growing in _held(view).items() if one in involved and (had := _by(growing, end) & bits)}
    person = min(held, key=lambda one: (*_least(view, held[one]), one), default="")
    theirs = _named(view, held[person]) if person else []
    return Quarter(
        quarter=name,
        end=end,
        came=tuple(sorted(came)),
        mean_came=_mean(view, came),
        known=len(known),
        mean=_mean(view, known),
        person=person,
        person_known=len(theirs),
        person_mean=_mean(view, theirs),
        gap=_mean(view, known) - _mean(view, theirs),
        rows=_rows(view, came, start, end),
    )


def _place(view: Snapshot) -> dict[str, int]:
    """The places of the worries that professionals ever had on record, in sets of bits."""
    return view.keep("escalation: places", lambda: {worry: place for place, worry in enumerate(view.ever_known)})


def _bits(view: Snapshot, worries: Iterable[str]) -> int:
    return sum(1 << _place(view)[worry] for worry in worries)


def _named(view: Snapshot, bits: int) -> list[str]:
    return [view.ever_known[place] for place in each(bits)]


Growing = tuple[
    list[int], list[int]
]  # days in order, and what is on record before the first, after the first and so on


def _held(view: Snapshot) -> dict[str, Growing]:
    """What each has on record from which day on, as sets of bits."""

    def make() -> dict[str, Growing]:
        found: dict[str, Growing] = {}
        for (one, worry), day in sorted(view.since.items(), key=lambda item: item[1]):
            if worry in _place(view):
                days, sets = found.setdefault(one, ([], [0]))
                days.append(day)
                sets.append(sets[-1] | 1 << _place(view)[worry])
        return found

    return view.keep("escalation: held", make)


def _least(view: Snapshot, bits: int) -> tuple[float, float]:
    """What some worries weigh together and in the mean, below nothing: the gravest come first."""

    def make() -> tuple[float, float]:
        total = view.total(_named(view, bits))
        return -total, -total / bits.bit_count()

    return view.keep(("escalation: least", bits), make)


def _by(growing: Growing, day: int) -> int:
    """What was on record by a day."""
    days, sets = growing
    return sets[bisect_right(days, day)]


def _mean(view: Snapshot, worries: Iterable[str]) -> float:
    listed = list(worries)
    return view.total(listed) / len(listed) if listed else NAN


def _rows(view: Snapshot, worries: Iterable[str], start: int, end: int) -> tuple[str, ...]:
    """The rows of a quarter that put its new worries on a professional's record."""
    return view.in_order(
        entry.row.id
        for worry in worries
        for one in view.holders[worry] & view.professionals
        for entry in view.entries[one, worry]
        if start <= view.when(entry.window) <= end
    )


def escalation(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The mean severity of what professionals between them came to know, quarter by quarter, against one person's.

    A rising line for the network beside a flat one for the person who knew most says that the pieces were
    getting graver and that nobody had them together.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The last day, and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per calendar quarter, from that in which professionals first had a worry on record to the last of the
        record or, if later, the last in which anything here changed: ``quarter``
        ("1999Q3"), ``end`` (its last day, or `at`), ``came`` (the worries that came onto a professional's record
        in it), ``mean_came`` (their mean severity), ``known`` (how many professionals have on record by its
        end), ``mean`` (their mean severity: the running mean), ``person`` (the involved professional with the
        most severity on record then; of several, the one with the greater mean, then the first by id; empty if
        all have left), ``person_known``, ``person_mean`` (of what that person has on record), ``gap``
        (``mean`` - ``person_mean``) and ``rows`` (of the quarter's new worries). Means run from 1 to 4; NaN where
        there is nothing to take the mean of.

    Notes
    -----
    Each quarter is taken as it stood at its end: a worry that was resolved by then is out, and whoever had left
    is not among the persons. A mean says how grave, not how much: read ``known`` beside it.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.escalation(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["quarter", "came", "mean", "person", "person_mean", "gap"]]
      quarter          came  mean person  person_mean  gap
    0  2024Q1  (c1, c2, c3)   3.0      P          3.5 -0.5
    """
    return tidy(lines(snapshot(case, at, rules)), Quarter._fields)
