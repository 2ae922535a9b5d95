"""Which worries stayed with one holder, with people who have left, on a file, or in the family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import Window, datetime64
from ..rules import Rules
from ..snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("only holder", "left with it", "on file only", "family only")


def first_window(view: Snapshot, holder: str, concern: str) -> Window:
    """The window of the row that first put a concern on a holder's record, as the rules read dates."""
    found = [entry.window for entry in view.entries[holder, concern] if view.by(entry.window)]
    return min(found, key=lambda window: (view.when(window), window))


def unshared(view: Snapshot) -> list[tuple[str, str, str]]:
    """(worry, holder, how) for every current worry that no two involved professionals have on record."""
    found = []
    for worry in view.current:
        holders = view.holders.get(worry, frozenset())
        informed = view.informed(worry)
        gone = sorted(holders & view.professionals)
        files = sorted(holders & view.records.agencies.keys())
        if len(informed) > 1:
            continue
        if informed:
            found.append((worry, informed[0], KINDS[0]))
        elif gone:
            found += [(worry, name, KINDS[1]) for name in gone]
        elif files:
            found += [(worry, name, KINDS[2]) for name in files]
        else:
            found += [(worry, name, KINDS[3]) for name in sorted(holders)]
    return found


def unshared_worries(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The current worries that no two professionals who are still involved have on record, and where they are.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per worry and holder, in order of worry: ``concern``, ``holder`` (a person or an agency), ``how``
        ("only holder": the one involved professional who has it; "left with it": all who had it have left;
        "on file only": an agency has it and no person; "family only": no professional and no agency has it),
        ``earliest`` and ``since`` (the days from which it may have been, and certainly was, on their record)
        and ``rows``. No line where every worry is on the record of two who are involved.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.views import unshared_worries
    >>> table = unshared_worries(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "holder", "how"]]
      concern holder          how
    0      c2      P  only holder
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    lines = []
    for worry, holder, how in unshared(view):
        window = first_window(view, holder, worry)
        lines.append({
            "concern": worry, "holder": holder, "how": how, "earliest": window.first, "since": window.last,
            "rows": view.evidence((worry,), (holder,)),
        })  # fmt: skip
    table = pd.DataFrame(lines, columns=["concern", "holder", "how", "earliest", "since", "rows"])
    for name in ("earliest", "since"):
        table[name] = datetime64(table[name])
    return table
