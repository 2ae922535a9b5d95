"""Requests between people and agencies: answered, late, declined, unanswered, and what hung on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

STATES = ("answered", "answered late", "declined", "overdue", "unanswered", "not yet due")


def answers(view: Snapshot, request: Row) -> list[Row]:
    """The rows by the day that refer to a request and may have come after it, as they reached somebody."""
    found = [
        row for row in view.referring(request.id)
        if row.arrived and view.by(row.reached) and row.reached.last >= request.date.first
    ]  # fmt: skip
    return sorted(found, key=lambda row: (view.when(row.reached), row_order(row)))


def requests(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Requests for information or action, and what became of them.

    An ``asked`` row expects an answer; a later row that refers to it answers it, and a ``declined`` row refuses it.
    A referral or request that was declined without an ``asked`` row is listed as well.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` matters here.

    Returns
    -------
    pandas.DataFrame
        A line per request, in order of date: ``row`` (the request, or what was declined), ``kind`` (of that row),
        ``date``, ``who`` (asked), ``to`` (was asked), ``due``, ``state`` ("answered", "answered late", "declined",
        "overdue", "unanswered" where no day was given, "not yet due"), ``arrived`` (False where the request is on
        record as not having arrived), ``answered_on``, ``days`` (from the request to the answer, or to `at`
        without one), ``days_late``, ``declined_on``, ``concerns`` (what hung on it), ``severity`` (of the worries
        among them) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    An answer that did not arrive answers nothing; one that was read later counts on that day. A request that was
    declined and later answered is answered; ``declined_on`` still has the refusal.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.requests(sn.load_case("max"))
    >>> table[["row", "to", "state", "days"]].values.tolist()
    [['F03', ('hv1',), 'answered', 21]]
    """
    view = snapshot(case, at, rules)
    asked = {row.id: row for row in view.rows if row.kind == "asked"}
    for row in view.rows:
        if row.kind == "declined" and not asked & set(row.ref):
            referred = next((view.by_id[one] for one in row.ref if one in view.by_id), row)
            asked[referred.id] = referred
    lines = [_line(view, row) for row in sorted(asked.values(), key=row_order)]
    columns = [
        "row", "kind", "date", "who", "to", "due", "state", "arrived", "answered_on", "days", "days_late",
        "declined_on", "concerns", "severity", "rows",
    ]  # fmt: skip
    return tidy(lines, columns)  # fmt: skip


def _line(view: Snapshot, request: Row) -> dict[str, Any]:
    found = answers(view, request)
    declined = [row for row in found if row.kind == "declined"]
    answered = [row for row in found if row.kind != "declined"] if request.kind == "asked" else []
    who, to = request.who, request.to
    if request.kind == "declined":  # nothing says what was declined: the row itself is the line
        declined, who, to = [request], request.to, request.who
    asked_on = view.when(request.date)
    answered_on = view.when(answered[0].reached) if answered else None
    declined_on = view.when(declined[0].reached) if declined else None
    if answered_on is not None:
        state = "answered late" if request.due is not None and answered_on > request.due else "answered"
    elif declined_on is not None:
        state = "declined"
    elif request.due is None:
        state = "unanswered"
    else:
        state = "overdue" if request.due < view.day else "not yet due"
    until = next((day for day in (answered_on, declined_on) if day is not None), view.day)
    late = None if request.due is None or (state == "declined") else max(0, until - request.due)
    worries = [name for name in request.concerns if view.records.concerns[name].is_worry]
    return {
        "row": request.id, "kind": request.kind, "date": asked_on, "who": tuple(sorted(who)),
        "to": tuple(sorted(to)), "due": request.due, "state": state, "arrived": request.arrived,
        "answered_on": answered_on, "days": max(0, until - asked_on),
        "days_late": late, "declined_on": declined_on, "concerns": request.concerns, "severity": view.total(worries),
        "rows": in_order({row.id: row for row in (request, *found)}.values()),
    }  # fmt: skip
