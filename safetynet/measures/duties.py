"""Duties: what a law, protocol, policy or plan laid on somebody, and whether the record shows it met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.entries import given
from ..record.parties import staff
from ..record.snapshot import Snapshot, snapshot
from ..record.worlds import CanHaveHad
from ..rules import Rules
from ..tidy import tidy
from .actions import COMPLETED, dones

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["met", "met late", "not yet due", "could not be known", "no record"]


class Duty(NamedTuple):
    """One duty, for one party on whom it lay."""

    row: str
    rule: str
    party: str
    set_off_by: str
    due: int | None
    status: Status
    stopped_at: str
    date: int
    concerns: tuple[str, ...]
    done_on: int | None
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Duty]:
    """The duties by the day, by date; a line for each party on whom one lay."""
    return [line for row in view.of_kind("expected") for line in _lines(view, row)]


def _lines(view: Snapshot, duty: Row) -> list[Duty]:
    met = sorted(view.when(row.date) for row in dones(view, duty) if row.outcome in COMPLETED)
    status = _status(view, duty, met)
    upstream = last_upstream(view, duty) if status == "could not be known" else ""
    rows = view.in_order({duty.id, *duty.ref, *(row.id for row in dones(view, duty)), upstream} & view.by_id.keys())
    return [
        Duty(
            row=duty.id,
            rule=duty.rule,
            party=party,
            set_off_by=";".join(duty.ref),
            due=duty.due,
            status=status,
            stopped_at=upstream,
            date=view.when(duty.date),
            concerns=duty.concerns,
            done_on=met[0] if met else None,
            rows=rows,
        )
        for party in sorted(duty.who)
    ]


def _status(view: Snapshot, duty: Row, met: list[int]) -> Status:
    if met:
        return "met" if duty.due is None or met[0] <= duty.due else "met late"
    if duty.due is not None and duty.due >= view.day:
        return "not yet due"
    return "no record" if can_be_known(view, duty) else "could not be known"


def limit(view: Snapshot, duty: Row) -> int:
    """The day by which a duty had to be known of: its due date, or the day asked for."""
    return view.day if duty.due is None else duty.due


def can_be_known(view: Snapshot, duty: Row) -> bool:
    """Whether anybody on whom a duty lay can have had one of its concerns by then; also where it names none.

    Looked at is the possible world: whatever could have been passed on in the contacts on record.
    """

    def make() -> CanHaveHad:
        return CanHaveHad(view, {concern for row in view.of_kind("expected") for concern in row.concerns})

    parties = {one for party in duty.who for one in (party, *staff(view.records, party))}
    can_have_had, last = view.keep("duties: can have had", make), limit(view, duty)
    return not duty.concerns or any(
        can_have_had.by((one, concern), last) for one in parties for concern in duty.concerns
    )


def last_upstream(view: Snapshot, duty: Row) -> str:
    """The last row by then in which anybody had, or came to have, one of the concerns of a duty; empty without one."""
    rows = [
        row
        for concern in duty.concerns
        for row in view.naming(concern)
        if view.when(row.date) <= limit(view, duty) and next(given(row, view.silent), None)
    ]
    return max(rows, key=lambda row: (view.when(row.date), row.date.first, row.id)).id if rows else ""


def duties(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """What a law, protocol, policy or plan laid on somebody, whether they agreed or not, and whether it was met.

    A duty that could not be known is not one that was neglected: nobody on whom it lay can have had the worry that it
    was about. The line then says in which row it last came to anybody else in time.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per ``expected`` row and party on whom it lay, by date: ``row``, ``rule`` (its name), ``party``,
        ``set_off_by`` (the row that set it off), ``due``, ``status`` and ``stopped_at`` (of one that could not be known
        the last row by the due date, or by `at` without one, in which anybody came to have one of its concerns; no way
        need lead from there to the party), ``date``, ``concerns``, ``done_on`` (the day of the first ``done`` row that
        met it) and ``rows``. ``status`` is the first that holds: "met" (a completed ``done`` row that names it, whoever
        did it, by its due date, or at all where it has none), "met late", "not yet due", "could not be known" (it names
        concerns, and nobody on whom it lay, of an agency neither its file nor any of its people, can have had one of
        them by the due date, or by `at` without one, whatever was passed on in the contacts on record), "no record".

    See Also
    --------
    action_plan : what somebody agreed to do.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.duties(sn.load_case("victoria_climbie"))
    >>> table["status"].value_counts().to_dict()
    {'no record': 7, 'could not be known': 1}
    """
    return tidy(lines(snapshot(case, at, rules)), Duty._fields)
