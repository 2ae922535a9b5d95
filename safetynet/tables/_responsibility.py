"""The table behind the responsibility picture: per worry, who was informed, who had it, and when nobody did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..measures.states import states
from ..measures.status import concern_status
from ..measures.unowned import unowned_spells
from ..record.snapshot import snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "concern", "severity", "first_known", "informed", "owners", "owner_has_it", "leaving", "assumed", "days_unowned",
    "unowned", "status", "rows",
]  # fmt: skip


def worry_responsibility(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Per known worry: who is informed, who owns it, who assumed that others would act, and when nobody owned it.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        The worry longest unowned first: ``concern``, ``severity``, ``first_known``, ``informed`` (involved
        professionals with it on record), ``owners`` and ``owner_has_it`` (as in
        :func:`safetynet.concern_status`), ``leaving`` (of the informed, who has a standing assumption that
        others will act), ``assumed`` (whom they assume to act), ``days_unowned``, ``unowned`` (the spells, as
        pairs of first and last date), ``status`` and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import worry_responsibility
    >>> table = worry_responsibility(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "informed", "days_unowned", "status"]]
      concern   informed  days_unowned    status
    0      c1  (P, S, T)            22  no owner
    1      c2       (P,)            17  no owner
    2      c3     (G, T)            12  no owner
    """
    view = snapshot(case, at, rules)
    found = states(view)
    table = concern_status(case, at, rules=rules)
    informed: Any = [found[worry].informed for worry in table["concern"]]
    table["informed"] = informed
    spells = [unowned_spells(view, worry) for worry in table["concern"]]
    unowned: Any = [tuple((date_of(first), date_of(last)) for first, last in one) for one in spells]
    table["unowned"] = unowned
    felt = [[one for one in found[worry].felt if one.assumptions] for worry in table["concern"]]
    table["leaving"] = [tuple(one.person for one in some) for some in felt]
    table["assumed"] = [
        tuple(sorted({name for one in some for row in one.assumptions for name in row.to})) for some in felt
    ]
    table = table.sort_values(
        ["days_unowned", "severity", "concern"], ascending=[False, False, True], ignore_index=True
    )
    return table[COLUMNS]
