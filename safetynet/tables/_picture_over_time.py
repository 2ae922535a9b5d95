"""The table behind the picture over time: what all professionals had on record together, and what the best one had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of, datetime64
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["date", "pooled", "best", "gap", "holder", "concerns", "best_concerns", "meetings", "rows"]


def picture_days(view: Snapshot) -> list[int]:
    """The days up to that of the snapshot on which anybody's record, or who is involved, may have changed."""
    windows = [window for row in view.records.rows for window in (row.date, row.reached)]
    windows += [concern.resolved for concern in view.records.concerns.values() if concern.resolved is not None]
    days = {view.when(window) for window in windows}
    days |= {view.when(row.date) + 1 for row in view.records.rows if row.kind == "closed"}
    days |= {view.when(person.end) + 1 for person in view.records.people.values() if person.end is not None}
    return sorted({day for day in days if day <= view.day} | {view.day})


def picture_over_time(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The pooled picture, the best that any single professional had, and the gap between them, day by day.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The last date, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per day on which any of it changed, and one for `at`: ``date``, ``pooled`` (severity of the
        worries that professionals, involved or not, have on record), ``best`` (the largest severity that one
        involved professional has on record), ``gap`` (``pooled - best``), ``holder`` (who that is; empty if
        nobody), ``concerns`` and ``best_concerns`` (how many worries), ``meetings`` (rows of that day: a meeting
        with worries on the table) and ``rows`` (of that day, with worries).

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.best_picture : the share on one date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import picture_over_time
    >>> picture_over_time(sn.load_case("worked_example"))[["date", "pooled", "best", "gap"]]
            date  pooled  best  gap
    0 2024-01-10     3.0   3.0  0.0
    1 2024-01-15     7.0   4.0  3.0
    2 2024-01-20     9.0   4.0  5.0
    3 2024-01-25     9.0   5.0  4.0
    4 2024-01-30     9.0   7.0  2.0
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    lines: list[dict[str, Any]] = []
    last: tuple[float, float, str] | None = None
    for day in picture_days(view):
        then = snapshot(case, date_of(day), rules)
        pieces = then.pieces()
        pooled = then.total(then.worries)
        before = last[2] if last is not None else ""
        holder = min(pieces, key=lambda name: (-then.total(pieces[name]), name != before, name), default="")
        best = then.total(pieces[holder]) if holder else 0.0
        worries = {concern.id for concern in view.records.concerns.values() if concern.is_worry}
        rows = [row for row in then.rows if then.when(row.date) == day and worries.intersection(row.concerns)]
        state = (pooled, best, holder)
        meetings = tuple(row.id for row in rows if row.kind == "met")
        if state == last and not meetings and day != view.day:
            continue
        last = state
        lines.append({
            "date": day, "pooled": pooled, "best": best, "gap": pooled - best, "holder": holder,
            "concerns": len(then.worries), "best_concerns": len(pieces.get(holder, ())), "meetings": meetings,
            "rows": in_order(rows),
        })  # fmt: skip
    table = pd.DataFrame(lines, columns=COLUMNS)
    table["date"] = datetime64(table["date"])
    return table
