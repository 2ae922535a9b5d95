"""The action plan: what was agreed, by whom, by when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..score import Score
from ..tidy import tidy
from ..wording import count
from .responsibility import came_back, first_done, is_live

if TYPE_CHECKING:
    import pandas as pd

NEEDED = "needed, never agreed"
STATES = ("completed", "live", "overdue", "undated", "nobody took it", NEEDED)


def agreed(view: Snapshot) -> list[Row]:
    """The agreed actions by the day, in order of date."""
    return sorted(view.of_kind("agreed"), key=row_order)


def state_of(view: Snapshot, row: Row) -> str:
    """How one agreed or needed action stands on the day, in a few words."""
    if row.kind == "needed":
        return NEEDED
    if first_done(view, row) is not None:
        return "completed"
    if not row.who:
        return "nobody took it"
    if is_live(view, row):
        return "live"
    return "overdue" if row.due is not None else "undated"


def action_plan(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Every agreed action with its owner, its day and what became of it, and what was needed and never agreed.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``open_ended_days`` matter here.

    Returns
    -------
    pandas.DataFrame
        A line per ``agreed`` and ``needed`` row, in order of date: ``row``, ``agreed_on``, ``owners``, ``concerns``
        (what it answers), ``due``, ``state`` ("completed", "live", "overdue", "undated" where it had no day and
        more than ``open_ended_days`` have passed, "nobody took it", "needed, never agreed"), ``done_on``,
        ``days_late`` (at completion, or so far; not defined without a due day), ``outcome`` (of the last ``done``
        row, "completed" where that is empty), ``owner_informed`` (whether one of the owners has all its concerns on
        record; not defined without owners or concerns), ``missing`` (concerns that none of the owners has on
        record), ``came_back`` (concerns that were seen, told of or left to others after it was completed) and
        ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    planned_share : the share with an owner and a date.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.action_plan(sn.load_case("max"))
    >>> table[["row", "owners", "state", "days_late"]].values.tolist()[3]
    ['A04', ('hv1',), 'completed', 198]
    """
    view = snapshot(case, at, rules)
    lines = []
    for row in sorted((row for row in view.rows if row.kind in ("agreed", "needed")), key=row_order):
        done = sorted((one for one in view.referring(row.id) if one.kind == "done"), key=row_order)
        finished = first_done(view, row) if row.kind == "agreed" else None
        missing = tuple(
            concern for concern in row.concerns if not any(concern in view.held.get(name, ()) for name in row.who)
        )
        until = view.day if finished is None else view.when(finished.date)
        late = None if row.due is None or row.kind == "needed" else max(0, until - row.due)
        back = {concern: came_back(view, concern, finished) for concern in row.concerns} if finished is not None else {}
        known = view.evidence(row.concerns, row.who) if row.who and row.concerns else ()
        rows = (row, *done, *(one for found in back.values() for one in found))
        lines.append({
            "row": row.id, "agreed_on": view.when(row.date) if row.kind == "agreed" else None,
            "owners": tuple(sorted(row.who)), "concerns": row.concerns, "due": row.due, "state": state_of(view, row),
            "done_on": None if finished is None else until, "days_late": late,
            "outcome": (done[-1].outcome or "completed") if done else "",
            "owner_informed": _informed(view, row), "missing": missing if row.who else (),
            "came_back": tuple(concern for concern, found in back.items() if found),
            "rows": view.in_order([*known, *(one.id for one in rows)]),
        })  # fmt: skip
    columns = [
        "row", "agreed_on", "owners", "concerns", "due", "state", "done_on", "days_late", "outcome", "owner_informed",
        "missing", "came_back", "rows",
    ]  # fmt: skip
    table = tidy(lines, columns)
    table["owner_informed"] = table["owner_informed"].astype("boolean")
    return table


def _informed(view: Snapshot, row: Row) -> bool | None:
    if not row.who or not row.concerns:
        return None
    return any(set(row.concerns) <= view.held.get(name, frozenset()) for name in row.who)


def planned_share(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """The share of agreed actions that have both an owner and a date.

    An action without an owner is nobody's; one without a date is a wish.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` matters here.

    Returns
    -------
    Score
        0 to 1, higher is better. Not defined where no action was agreed; what was needed and never agreed does not
        count. ``.table``: the lines of :func:`action_plan` about agreed actions, with ``planned`` (whether it has
        both).

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.planned_share(sn.load_case("reuben"))
    <Score planned_share = 0.333 (range 0 to 1, higher is better)>
    """
    view = snapshot(case, at, rules)
    found = agreed(view)
    table = action_plan(case, at, rules=rules)
    table = table[table["state"] != NEEDED].reset_index(drop=True)
    table.insert(1, "planned", [bool(row.who) and row.due is not None for row in found])
    reason = "no action was agreed"
    if not found:
        return Score("planned_share", None, table=table, reason=reason, case=case, direction="higher is better",
                     explain=f"By {date_of(view.day)} {reason}.")  # fmt: skip
    both = int(table["planned"].sum())
    nobody = sum(not row.who for row in found)
    undated = sum(row.due is None for row in found)
    explain = (
        f"By {date_of(view.day)} {count(len(found), 'action')} had been agreed; {both} had both an owner and a date. "
        f"{nobody} had no owner and {undated} no date."
    )
    return Score("planned_share", both / len(found), table=table, explain=explain, direction="higher is better",
                 case=case, rows=in_order(found))  # fmt: skip
