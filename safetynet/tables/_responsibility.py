"""The table of responsibility: per worry, who was informed, who had it, and when nobody did."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike, date_of
from ..measures import status
from ..measures.states import WorryState, states
from ..measures.unowned import unowned_spells
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import Spells
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Standing(NamedTuple):
    """How one known worry stands."""

    concern: str
    severity: int
    first_known: int
    informed: tuple[str, ...]
    owners: tuple[str, ...]
    owner_has_it: bool | None
    leaving: tuple[str, ...]
    left_to: tuple[str, ...]
    days_unowned: int
    unowned: tuple[tuple[dt.date, dt.date], ...]
    status: str
    owned: bool
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Standing]:
    """The known worries by the day of a snapshot, the one longest unowned first."""
    found = states(view)
    made = [_standing(line, found[line.concern], unowned_spells(view, line.concern)) for line in status.lines(view)]
    return sorted(made, key=lambda line: (-line.days_unowned, -line.severity, line.concern))


def _standing(line: status.WorryStatus, state: WorryState, spells: Spells) -> Standing:
    return Standing(
        concern=line.concern,
        severity=line.severity,
        first_known=line.first_known,
        informed=state.informed,
        owners=line.owners,
        owner_has_it=line.owner_has_it,
        leaving=state.leaving,
        left_to=tuple(sorted({name for one in state.felt for row in one.assumptions for name in row.to})),
        days_unowned=line.days_unowned,
        unowned=tuple((date_of(first), date_of(last)) for first, last in spells),
        status=line.status,
        owned=state.owned,
        rows=line.rows,
    )


def responsibility(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Per known worry: who is informed, who owns it, who assumed that others would act, and when nobody owned it.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. Days without an owner are counted up to `at`.

    Returns
    -------
    pandas.DataFrame
        The worry longest unowned first: ``concern``, ``severity``, ``first_known``, ``informed`` (the involved
        professionals who work with the family and have it on record), ``owners`` and ``owner_has_it`` (as in
        :func:`safetynet.concern_status`), ``leaving`` (of the informed, who has a standing assumption that others
        will act), ``left_to`` (whom they assume to act), ``days_unowned``, ``unowned`` (the spells, as pairs of
        first and last date), ``status`` in words, ``owned`` (whether that counts as owned) and ``rows``.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.responsibility(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "informed", "days_unowned"]]
      concern   informed  days_unowned
    0      c1  (P, S, T)            22
    1      c2       (P,)            17
    2      c3     (G, T)            12
    """
    return tidy(lines(snapshot(case, at, rules)), Standing._fields)
