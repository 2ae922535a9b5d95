"""The action plan: what was agreed, by whom, by when, and what became of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import Score
from ..tidy import tidy
from ..wording import count, day
from .actions import STANDINGS, actions_of, dones, first_done
from .in_hand import brought_up

if TYPE_CHECKING:
    import pandas as pd

NEEDED = "needed, never agreed"
NOBODY = "nobody took it"
STATES = (*STANDINGS, NOBODY, NEEDED)


class Planned(NamedTuple):
    """One agreed action, or one that a reviewer says was needed."""

    row: str
    agreed_on: int | None
    owners: tuple[str, ...]
    concerns: tuple[str, ...]
    due: int | None
    state: str
    done_on: int | None
    days_late: int | None
    outcome: str
    planned: bool
    owner_informed: bool | None
    not_on_record: tuple[str, ...]
    came_back: tuple[str, ...]
    rows: tuple[str, ...]


def state_of(view: Snapshot, row: Row) -> str:
    """How an agreed or needed action stands on the day, in a few words; of several worries, where it stands best."""
    if row.kind == "needed":
        return NEEDED
    if not row.who and first_done(view, row) is None:
        return NOBODY
    return min((action.standing for action in actions_of(view, row)), key=STANDINGS.index)


def lines(view: Snapshot) -> list[Planned]:
    """What was agreed, or needed, by the day, in order of date."""
    return [_line(view, row) for row in view.rows if row.kind in ("agreed", "needed")]


def _line(view: Snapshot, row: Row) -> Planned:
    is_agreed, done = row.kind == "agreed", dones(view, row)
    finished = first_done(view, row) if is_agreed else None
    until = view.day if finished is None else view.when(finished.date)
    held = [view.held.get(one, frozenset()) for one in row.who]
    again = {one.id for concern in row.concerns for one in (brought_up(view, concern, finished) if finished else ())}
    return Planned(
        row=row.id,
        agreed_on=view.when(row.date) if is_agreed else None,
        owners=tuple(sorted(row.who)),
        concerns=row.concerns,
        due=row.due,
        state=state_of(view, row),
        done_on=None if finished is None else until,
        days_late=max(0, until - row.due) if is_agreed and row.due is not None else None,
        outcome=(done[-1].outcome or "completed") if done else "",
        planned=is_agreed and bool(row.who) and row.due is not None,
        owner_informed=any(one.issuperset(row.concerns) for one in held) if held and row.concerns else None,
        not_on_record=tuple(one for one in row.concerns if held and not any(one in some for some in held)),
        came_back=view.in_order(again),
        rows=view.in_order(
            {row.id, *again, *(one.id for one in done), *(view.evidence(row.concerns, row.who) if row.who else ())}
        ),
    )


def action_plan(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Every agreed action with its owner, its day and what became of it, and what was needed and never agreed.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. ``open_ended_days`` and ``plan_days`` say how long an action without a step is
        live.

    Returns
    -------
    pandas.DataFrame
        A line per ``agreed`` and ``needed`` row, in order of date: ``row``, ``agreed_on``, ``owners``, ``concerns``
        (what it answers), ``due``, ``state`` ("completed"; "live": a step in time, and not past its due date;
        "refused" with no step since; "overdue"; "lapsed": no step in time; "nobody took it"; "needed, never agreed"),
        ``done_on``, ``days_late`` (at completion, or so far; not defined without a due day), ``outcome`` (of the last
        ``done`` row, "completed" where that is empty), ``planned`` (whether it was agreed with an owner and a date),
        ``owner_informed`` (whether one of the owners has all its concerns on record; not defined without owners or
        concerns), ``not_on_record`` (concerns that none of the owners has on record), ``came_back`` (the rows that
        brought one of its concerns up again after it was completed) and ``rows``.

    See Also
    --------
    planned_share : the share with an owner and a date.

    Notes
    -----
    An action that answers several worries is live where it is so for one of them. What counts as a step is said at
    :func:`unowned_share`.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.action_plan(sn.load_case("max"))
    >>> table[["row", "owners", "state", "days_late"]].values.tolist()[3]
    ['A04', ('hv1',), 'completed', 198]
    """
    return tidy(lines(snapshot(case, at, rules)), Planned._fields)


def planned_share(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """The share of agreed actions that have both an owner and a date.

    An action without an owner is nobody's; one without a date is a wish.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    Score
        0 to 1, higher is better. Not defined where no action was agreed; what was needed and never agreed does not
        count. ``.table``: the lines of :func:`action_plan` about agreed actions.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.planned_share(sn.load_case("reuben"))
    <Score planned_share = 0 (range 0 to 1, higher is better)>
    """
    view = snapshot(case, at, rules)
    found = [line for line in lines(view) if line.state != NEEDED]
    both = sum(line.planned for line in found)
    reason = "no action was agreed"
    said = f"By {day(view.day)} {reason}."
    if found:
        said = (
            f"By {day(view.day)} {count(len(found), 'action')} had been agreed; {both} had both an owner and a date. "
            f"{sum(not line.owners for line in found)} had no owner and {sum(line.due is None for line in found)} no "
            "date."
        )
    return Score(
        "planned_share",
        both / len(found) if found else math.nan,
        table=tidy(found, Planned._fields),
        reason=reason,
        explain=said,
        rows=[line.row for line in found],
        case=case,
        direction="higher is better",
    )
