"""Escalation: was what the network came to know getting graver, and could any one person have seen it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "quarter", "end", "came", "mean_came", "known", "mean", "person", "person_known", "person_mean", "gap",
    "rows",
]  # fmt: skip


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


def _mean(view: Snapshot, worries: frozenset[str]) -> float:
    return view.total(worries) / len(worries) if worries else NAN


def escalation(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The mean severity of what professionals between them came to know, quarter by quarter, against one person's.

    A rising line for the network beside a flat one for the person who knew most says that the pieces were
    getting graver and that nobody had them together.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The last day, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per calendar quarter, from that in which professionals first had a worry on record: ``quarter``
        ("1999Q3"), ``end`` (its last day, or `at`), ``came`` (the worries that came onto a professional's record
        in it), ``mean_came`` (their mean severity), ``known`` (how many professionals have on record by its
        end), ``mean`` (their mean severity: the running mean), ``person`` (the involved professional with the
        most severity on record then; of several, the one with the greater mean, then the first by id; empty if
        all have left), ``person_known``, ``person_mean`` (of what that person has on record), ``gap``
        (``mean`` - ``person_mean``) and ``rows`` (of the quarter's new worries). Means run from 1 to 4; NaN where
        there is nothing to take the mean of.

    Raises
    ------
    DateError
        If `at` is no date.

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
    view = snapshot(case, at, rules)
    known: dict[str, int] = {}
    for (holder, concern), day in view.since.items():
        if holder in view.professionals and view.records.concerns[concern].is_worry:
            known[concern] = min(day, known.get(concern, day))
    lines: list[dict[str, Any]] = []
    for name, start, end in _quarters(min(known.values()), view.day) if known else ():
        then = snapshot(case, date_of(end), rules)
        came = frozenset(worry for worry, day in known.items() if start <= day <= end)
        worries = frozenset(then.worries)
        pieces = then.pieces()
        person = min(pieces, key=lambda one: (-then.total(pieces[one]), -_mean(then, pieces[one]), one), default="")
        held = pieces.get(person, frozenset())
        lines.append({
            "quarter": name, "end": end, "came": tuple(sorted(came)), "mean_came": _mean(then, came),
            "known": len(worries), "mean": _mean(then, worries), "person": person, "person_known": len(held),
            "person_mean": _mean(then, held), "gap": _mean(then, worries) - _mean(then, held),
            "rows": _rows(then, came, start),
        })  # fmt: skip
    return tidy(lines, COLUMNS)  # fmt: skip


def _rows(view: Snapshot, worries: frozenset[str], start: int) -> tuple[str, ...]:
    """The rows of a quarter that put its new worries on a professional's record."""
    after = {row.id for row in view.rows if view.when(row.reached) >= start}
    return tuple(row for row in view.evidence(worries, view.professionals) if row in after)
