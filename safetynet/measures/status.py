"""The status of every worry on one day: the table that an analyst works in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..tidy import tidy
from .latency import earliest, sharing_rows
from .responsibility import MODELS, Action, WorryState, state_rows, states
from .unowned import first_known, unowned_spells

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "concern", "about", "category", "severity", "involved", "left", "first_hand", "relayed", "hops", "agencies",
    "first_known", "first_shared", "owners", "owner_has_it", "last_action", "action", "due", "outcome", "days_unowned",
    "index", "status", "rows",
]  # fmt: skip


def concern_status(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How every known worry stands: who has it, how first hand, who owns it, since when and for how long not.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per known worry, the gravest first:

        - ``concern``, ``about`` (the children), ``category``, ``severity``;
        - ``involved`` and ``left``: the professionals who have it on record, still involved and not;
        - ``first_hand`` (of both: who saw it, or said it with no earlier record of where it came from),
          ``relayed`` (who has it only at two removes or more), ``hops`` (the fewest among the involved;
          ``<NA>`` without one);
        - ``agencies``: those of these professionals, and those with it on file;
        - ``first_known`` (by a professional) and ``first_shared`` (between professionals or agencies; NaT =
          never);
        - ``owners``: whoever was named for the action that counts most, which is one that makes the worry owned,
          else one that is live, else the last agreed; ``owner_has_it``: whether one of them is involved and has
          the worry on record (``<NA>`` where no owner is named);
        - ``last_action``: the row last agreed about it, with ``action`` ("live", "completed", "reopened",
          "overdue", "undated"), ``due`` and ``outcome`` (of the last row that says how it was done: "completed",
          "partly", "attempted", "refused"; empty without one);
        - ``days_unowned``: the days from ``first_known`` to `at`, both included, on which nobody owned it (as
          :func:`unowned_worries` counts them); ``index`` (how thinly responsibility is spread, 0 to 1, NaN where
          it is not defined) and ``status`` (in words) as in :func:`diffusion`;
        - ``rows``: who has it on record and what was agreed, done and assumed about it.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    exclusive_concerns : also what only a file or the family has on record.
    unowned_worries : since when nobody has owned them.

    Notes
    -----
    Whether somebody owned a worry on a day is judged by what was on record by the end of that day: known on the
    10th and asked about on the 31st, it has been unowned for 22 days if nobody ever owned it, and for 2 if
    somebody has owned it from the 12th on.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.concern_status(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "involved", "first_hand", "hops", "days_unowned", "status"]]
      concern   involved first_hand  hops  days_unowned   status
    0      c2       (P,)       (P,)     0            17  unowned
    1      c1  (P, S, T)       (T,)     0            22  unowned
    2      c3     (G, T)       (G,)     0            12  unowned
    """
    view = snapshot(case, at, rules)
    lines = [_line(view, state) for state in states(view).values()]
    lines.sort(key=lambda line: (-line["severity"], line["concern"]))
    table = tidy(lines, COLUMNS)
    return table.astype({"owner_has_it": "boolean"})


def _line(view: Snapshot, state: WorryState) -> dict[str, Any]:
    worry, concern = state.worry, view.records.concerns[state.worry]
    holders = view.holders[worry]
    people = sorted(holders & view.professionals)
    hops = {name: view.hops[name, worry] for name in people if (name, worry) in view.hops}
    agencies = {view.party(name) for name in people} | holders
    shared = earliest(row.reached for row in sharing_rows(view, worry) if view.by(row.reached))
    last = max(state.actions, key=lambda action: row_order(action.row), default=None)
    owners = _foremost(state).owners if state.actions else ()
    return {
        "concern": worry, "about": concern.about, "category": concern.category, "severity": concern.severity,
        "involved": state.informed, "left": tuple(name for name in people if name not in view.involved),
        "first_hand": tuple(name for name in people if hops.get(name) == 0),
        "relayed": tuple(name for name in people if hops.get(name, 0) >= 2),
        "hops": min((hops[name] for name in state.informed if name in hops), default=None),
        "agencies": tuple(sorted(agencies & view.records.agencies.keys())), "first_known": first_known(view, worry),
        "first_shared": shared.certain if view.rules.dates == "latest" else shared.possible, "owners": owners,
        "owner_has_it": any(name in state.informed for name in owners) if owners else None,
        "last_action": "" if last is None else last.row.id, "action": "" if last is None else last.state,
        "due": None if last is None else last.row.due, "outcome": "" if last is None else _outcome(view, last.row),
        "days_unowned": sum(last - first + 1 for first, last in unowned_spells(view, worry)),
        "index": state.index(view.rules, MODELS[0]),
        "status": state.status, "rows": in_order(_rows(view, state)),
    }  # fmt: skip


def _rows(view: Snapshot, state: WorryState) -> set[Row]:
    among = view.professionals | view.records.agencies.keys()
    named = {*view.evidence((state.worry,), among), *state_rows(view, state)}
    return {row for row in view.rows if row.id in named}


def _foremost(state: WorryState) -> Action:
    """The action that counts most: one that owns the worry, else a live one, else the last."""
    return max(state.actions, key=lambda action: (action.owns, action.state == "live", row_order(action.row)))


def _outcome(view: Snapshot, action: Row) -> str:
    """What the last done row about an action says of it; empty without one."""
    done = [row for row in view.rows if row.kind == "done" and action.id in row.ref]
    return (max(done, key=row_order).outcome or "completed") if done else ""
