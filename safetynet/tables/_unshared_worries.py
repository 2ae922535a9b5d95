"""Which worries stayed with one holder, with people who have left, on a file, or in the family; and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import Window, datetime64
from ..measures.exclusive import KINDS, kinds
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

ALONE = KINDS[0]  # exactly one involved professional has it


def first_window(view: Snapshot, holder: str, concern: str) -> Window:
    """The window of the row that first put a concern on a holder's record, as the rules read dates."""
    found: list[Window] = [entry.window for entry in view.entries[holder, concern] if view.by(entry.window)]
    return min(found, key=lambda window: (view.when(window), window[:2]))


def unshared(view: Snapshot) -> list[tuple[str, str, str]]:
    """(worry, holder, kind) for every current worry that no two involved professionals have on record."""
    found = []
    for worry, kind in kinds(view).items():
        holders = view.holders[worry]
        if kind == ALONE:
            among = holders & view.involved
        elif kind == KINDS[1]:
            among = holders & view.professionals
        else:
            among = holders
        found += [(worry, holder, kind) for holder in sorted(among)]
    return found


def unshared_worries(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The current worries that no two involved professionals have on record: a line for each of their holders.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        In order of worry: ``concern``, ``holder`` (a person or an agency), ``kind`` (as in
        :func:`safetynet.exclusive_concerns`), ``earliest`` and ``since`` (the days from which it may have been,
        and certainly was, on this holder's record) and ``rows``. No line where every worry is on the record of
        two who are involved.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.exclusive_concerns : a line per worry.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import unshared_worries
    >>> unshared_worries(sn.load_case("worked_example"), at="2024-01-31")[["concern", "holder", "kind"]]
      concern holder        kind
    0      c2      P  one person
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    lines = []
    for worry, holder, kind in unshared(view):
        window = first_window(view, holder, worry)
        lines.append({
            "concern": worry, "holder": holder, "kind": kind, "earliest": window.first, "since": window.last,
            "rows": view.evidence((worry,), (holder,)),
        })  # fmt: skip
    table = pd.DataFrame(lines, columns=["concern", "holder", "kind", "earliest", "since", "rows"])
    for name in ("earliest", "since"):
        table[name] = datetime64(table[name])
    return table
