"""Worries that nobody owned, and for how many days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..errors import ArgumentError, unknown
from ..record.involvement import involvement
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .responsibility import came_back, covering, first_done, state_rows, states

if TYPE_CHECKING:
    import pandas as pd


def first_known(view: Snapshot, worry: str) -> int | None:
    """The day from which a professional, involved or not, has a worry on record; None where none has by the day."""
    return min(
        (day for (holder, concern), day in view.since.items() if concern == worry and holder in view.professionals),
        default=None,
    )


def _last_day(view: Snapshot, worry: str) -> int:
    """The last day up to the snapshot's on which a worry is not resolved."""
    resolved = view.records.concerns[worry].resolved
    return view.day if resolved is None else min(view.day, view.when(resolved) - 1)


def owned_spells(view: Snapshot, worry: str) -> list[tuple[int, int]]:
    """The spells of days, both ends included, on which each action about a worry made it owned; they may overlap."""
    spells = []
    for action in covering(view, worry):
        agreed = view.when(action.date)
        last = action.due if action.due is not None else agreed + view.rules.open_ended_days
        done = first_done(view, action)
        if done is not None:  # from then on only the completion decides
            finished = view.when(done.date)
            last = min(last, finished - 1)
            back = min((view.when(row.date) for row in came_back(view, worry, done)), default=view.day + 1)
            spells.append((max(agreed, finished), back - 1))
        for owner in action.who:
            since = view.since.get((owner, worry))
            if since is not None:
                spells += [
                    (max(agreed, since, first), min(last, final))
                    for first, final in involvement(view).get(owner, ())
                ]  # fmt: skip
    return sorted(spell for spell in spells if spell[0] <= spell[1])


def unowned_spells(view: Snapshot, worry: str) -> tuple[tuple[int, int], ...]:
    """The spells of days, both ends included, on which a worry was known, not resolved, and not owned."""
    free, last = first_known(view, worry), _last_day(view, worry)
    if free is None:
        return ()
    spells = []
    for first, final in owned_spells(view, worry):
        if first > free:
            spells.append((free, min(first - 1, last)))
        free = max(free, final + 1)
    spells.append((free, last))
    return tuple((first, final) for first, final in spells if first <= final)


def days_unowned(case: Case, worry: str, at: Any = None, rules: Rules | None = None) -> int:
    """For how many days up to a date a worry was known and nobody owned it.

    Counted are the days from that on which a professional first certainly had it on record to `at`, both
    included, on which it was not resolved and not owned, whether in one spell or in several. A worry that came up
    on `at` itself and has no owner has been unowned for 1 day; one that an informed owner took on the day it came
    up, and still has, for 0.

    Parameters
    ----------
    case : Case
    worry : str
        The id of a worry.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``open_ended_days`` matter here.

    Returns
    -------
    int
        Days, 0 or more; 0 where no professional has it on record by `at`.

    Raises
    ------
    UnknownNameError
        If the case has no such concern.
    ArgumentError
        If it is a reassurance or a strength: those have no owner.
    DateError
        If `at` is no date.

    See Also
    --------
    unowned_worries : those without an owner on a date, with their days.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.measures.unowned import days_unowned
    >>> days_unowned(sn.load_case("worked_example"), "c1", at="2024-01-31")
    22
    """
    view = snapshot(case, at, rules)
    if worry not in view.records.concerns:
        raise unknown("the concern", worry, view.records.concerns)
    if not view.records.concerns[worry].is_worry:
        raise ArgumentError(f"{worry!r} is a {view.records.concerns[worry].category}, not a worry. Name a worry.")
    return sum(last - first + 1 for first, last in unowned_spells(view, worry))


def unowned_worries(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The known worries that nobody owns on a date, and for how long.

    Nobody owns a worry where no live action has an informed owner and no completed one still stands. It rests on
    no model of how people feel.

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
        A line per worry, gravest first and then by days: ``concern``, ``severity``, ``status`` (as in
        :func:`diffusion`), ``informed`` (people), ``first_known``, ``unowned_since`` (the first day of the present
        spell), ``days`` (on which it was known and not owned, earlier spells included), ``spells`` (how many)
        and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    unowned_share : their share of the known worries by severity.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.unowned_worries(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "days"]].values.tolist()
    [['c2', 17], ['c1', 22], ['c3', 12]]
    """
    view = snapshot(case, at, rules)
    lines: list[dict[str, Any]] = []
    for worry, state in states(view).items():
        if state.owned:
            continue
        spells = unowned_spells(view, worry)
        lines.append({
            "concern": worry, "severity": state.severity, "status": state.status, "informed": state.informed,
            "first_known": first_known(view, worry), "unowned_since": spells[-1][0],
            "days": sum(last - first + 1 for first, last in spells), "spells": len(spells),
            "rows": state_rows(view, state),
        })  # fmt: skip
    lines.sort(key=lambda line: (-line["severity"], -line["days"], line["concern"]))
    columns = [
        "concern", "severity", "status", "informed", "first_known", "unowned_since", "days", "spells", "rows",
    ]  # fmt: skip
    return tidy(lines, columns)
