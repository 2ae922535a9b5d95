"""Requests between people and agencies: answered, late, declined, unanswered, and what hung on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

State = Literal["answered", "answered late", "declined", "overdue", "unanswered", "not yet due"]


class Request(NamedTuple):
    """One request or referral, and what became of it."""

    row: str
    kind: str
    date: int
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    due: int | None
    state: State
    arrived: bool
    answered_on: int | None
    days: int
    days_late: int | None
    declined_on: int | None
    concerns: tuple[str, ...]
    weight: float
    rows: tuple[str, ...]


def answers(view: Snapshot, request: Row) -> list[Row]:
    """The rows by the day that refer to a request and may have come after it, as they reached somebody."""
    found = [
        row
        for row in view.referring(request.id)
        if row.kind not in LOOKING_BACK
        and row.arrived
        and view.by(row.reached)
        and row.reached.last >= request.date.first
    ]
    return sorted(found, key=lambda row: (view.when(row.reached), row.order))


def lines(view: Snapshot) -> list[Request]:
    """The requests by the day, and what was declined without one, by date."""
    asked = {row.id: row for row in view.of_kind("asked")}
    for row in view.of_kind("declined"):
        if not asked.keys() & set(row.ref):
            referred = next(iter(view.referred(row)), row)
            asked[referred.id] = referred
    return [_line(view, row) for row in sorted(asked.values(), key=lambda row: row.order)]


def _line(view: Snapshot, request: Row) -> Request:
    found = answers(view, request)
    declined = [row for row in found if row.kind == "declined"]
    answered = [row for row in found if row.kind != "declined"] if request.kind == "asked" else []
    senders, recipients = request.who, request.to
    if request.kind == "declined":  # nothing says what was declined: the row itself is the line
        declined, senders, recipients = [request], request.to, request.who
    asked_on = view.when(request.date)
    answered_on = view.when(answered[0].reached) if answered else None
    declined_on = view.when(declined[0].reached) if declined else None
    state = _state(view, request, answered_on, declined_on)
    until = next((day for day in (answered_on, declined_on) if day is not None), view.day)
    dated = request.due is not None and state != "declined"
    return Request(
        row=request.id,
        kind=request.kind,
        date=asked_on,
        senders=tuple(sorted(senders)),
        recipients=tuple(sorted(recipients)),
        due=request.due,
        state=state,
        arrived=request.arrived,
        answered_on=answered_on,
        days=max(0, until - asked_on),
        days_late=max(0, until - request.due) if dated and request.due is not None else None,
        declined_on=declined_on,
        concerns=request.concerns,
        weight=view.total(one for one in request.concerns if view.records.concerns[one].is_worry),
        rows=view.in_order({request.id, *(row.id for row in found)}),
    )


def _state(view: Snapshot, request: Row, answered_on: int | None, declined_on: int | None) -> State:
    if answered_on is not None:
        return "answered late" if request.due is not None and answered_on > request.due else "answered"
    if declined_on is not None:
        return "declined"
    if request.due is None:
        return "unanswered"
    return "overdue" if request.due < view.day else "not yet due"


def requests(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Requests for information or action, and what became of them.

    An ``asked`` row expects an answer; a later row that refers to it answers it, and a ``declined`` row refuses it.
    What was declined without an ``asked`` row is listed as well.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per request, in order of date: ``row`` (the request, or what was declined), ``kind`` (of that row),
        ``date``, ``senders`` (who asked), ``recipients`` (who was asked), ``due``, ``state`` ("answered", "answered
        late", "declined", "overdue", "unanswered" where no day was given, "not yet due"), ``arrived`` (False where the
        request is on record as not having arrived), ``answered_on``, ``days`` (from the request to the answer, or to
        `at` without one), ``days_late``, ``declined_on``, ``concerns`` (what hung on it), ``weight`` (of the worries
        among them) and ``rows``.

    Notes
    -----
    An answer that did not arrive answers nothing; one that was read later counts on that day. A request that was
    declined and later answered is answered; ``declined_on`` still has the refusal.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.requests(sn.load_case("max"))
    >>> table[["row", "recipients", "state", "days"]].head(2).values.tolist()
    [['F01', ('sw1',), 'answered', 2], ['F03', ('hv1',), 'answered', 21]]
    """
    return tidy(lines(snapshot(case, at, rules)), Request._fields)
