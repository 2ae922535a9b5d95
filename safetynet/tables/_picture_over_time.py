"""The table of the picture over time: what all professionals had on record together, and what the best one had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Moment(NamedTuple):
    """The picture by the end of one day."""

    date: int
    pooled: float
    best: float
    gap: float
    holder: str
    known: int
    person_known: int
    meeting_rows: tuple[str, ...]
    rows: tuple[str, ...]


def picture_days(view: Snapshot) -> list[int]:
    """The days up to that of the snapshot on which anybody's record, or who is involved, may have changed."""
    windows = [window for row in view.records.rows for window in (row.date, row.reached)]
    windows += [concern.resolved for concern in view.records.concerns.values() if concern.resolved is not None]
    days = {view.when(window) for window in windows}
    days |= {view.when(row.date) + 1 for row in view.records.rows if row.kind == "closed"}
    days |= {view.when(person.end) + 1 for person in view.records.people.values() if person.end is not None}
    return sorted({day for day in days if day <= view.day} | {view.day})


def lines(view: Snapshot) -> list[Moment]:
    """The days on which any of it changed, and that of the snapshot."""
    made: list[Moment] = []
    for day in picture_days(view):
        holder = made[-1].holder if made else ""
        now = _on(view.on(day), holder)
        same = bool(made) and (now.pooled, now.best, now.holder) == (made[-1].pooled, made[-1].best, holder)
        if not same or now.meeting_rows or day == view.day:
            made.append(now)
    return made


def _on(view: Snapshot, before: str) -> Moment:
    """The picture by one day; of several who have the best, the one who had it `before` keeps it."""
    pieces = view.pieces()
    holder = min(pieces, key=lambda one: (-view.total(pieces[one]), one != before, one), default="")
    pooled, best = view.total(view.worries), view.total(pieces.get(holder, ()))
    worries = {concern.id for concern in view.records.concerns.values() if concern.is_worry}
    rows = [row for row in view.rows if view.when(row.date) == view.day and worries.intersection(row.concerns)]
    meetings = tuple(row.id for row in rows if row.kind == "met")
    known = len(pieces.get(holder, ()))
    return Moment(view.day, pooled, best, pooled - best, holder, len(view.worries), known, meetings, in_order(rows))


def picture_over_time(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The pooled picture, the best that any single professional had, and the gap between them, day by day.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. `at` is the last day.

    Returns
    -------
    pandas.DataFrame
        A line per day on which any of it changed, and one for `at`: ``date``, ``pooled`` (severity of the
        worries that professionals, involved or not, have on record), ``best`` (the largest severity that one
        involved professional has on record), ``gap`` (``pooled - best``), ``holder`` (who that is; empty if
        nobody), ``known`` and ``person_known`` (how many worries), ``meeting_rows`` (rows of that day: a meeting
        with worries on the table) and ``rows`` (of that day, with worries).

    See Also
    --------
    safetynet.best_picture : the share on one date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.tables.picture_over_time(sn.load_case("worked_example"))[["date", "pooled", "best", "gap"]]
            date  pooled  best  gap
    0 2024-01-10     3.0   3.0  0.0
    1 2024-01-15     7.0   4.0  3.0
    2 2024-01-20     9.0   4.0  5.0
    3 2024-01-25     9.0   5.0  4.0
    4 2024-01-30     9.0   7.0  2.0
    """
    return tidy(lines(snapshot(case, at, rules)), Moment._fields)
