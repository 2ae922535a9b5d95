"""Worries that nobody had in hand, and for how many days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError, unknown
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import Spells, minus, total, within
from ..tidy import tidy
from .in_hand import in_hand
from .states import state_rows, states

if TYPE_CHECKING:
    import pandas as pd


class Unowned(NamedTuple):
    """A known worry that nobody has in hand."""

    concern: str
    severity: int
    status: str
    informed: tuple[str, ...]
    first_known: int
    unowned_since: int
    days_unowned: int
    spells: int
    rows: tuple[str, ...]


def known_spells(view: Snapshot, worry: str) -> Spells:
    """The days on which a professional had a worry on record and it was not resolved."""
    known = [day for (one, concern), day in view.since_then.items() if concern == worry and one in view.professionals]
    out = view.resolved.get(worry)
    return minus([(min(known), view.day)] if known else [], [] if out is None else [out])


def unowned_spells(view: Snapshot, worry: str) -> Spells:
    """The days on which a worry was known, not resolved, and in nobody's hand, each judged by what was on record."""
    return view.keep(("unowned", worry), lambda: minus(known_spells(view, worry), in_hand(view, worry).days))


def days_without_owner(view: Snapshot, worry: str) -> int:
    """For how many days a worry was in nobody's hand: from the first without to the first with, or to the day itself.

    Days as everywhere, last day − first day: on the day on which it came up it has been so for none.
    """
    return total(within(unowned_spells(view, worry), 0, view.day - 1))


def lines(view: Snapshot) -> list[Unowned]:
    """The known worries that nobody has in hand on the day, gravest first and then by days."""
    found = []
    for worry, state in states(view).items():
        if not state.owned:
            spells = unowned_spells(view, worry)
            found.append(
                Unowned(
                    concern=worry,
                    severity=state.severity,
                    status=state.status,
                    informed=state.informed,
                    first_known=view.first_known[worry],
                    unowned_since=spells[-1].first,
                    days_unowned=days_without_owner(view, worry),
                    spells=len(spells),
                    rows=state_rows(view, state),
                )
            )
    return sorted(found, key=lambda line: (-line.severity, -line.days_unowned, line.concern))


def days_unowned(case: Case, worry: str, at: DateLike | None = None, rules: Rules | None = None) -> int:
    """For how many days up to a date a worry was known and nobody had it in hand.

    Counted from the day on which a professional first certainly had it on record, in one spell or in several, each to
    the day on which somebody took it up, or to `at`: last day − first day, as days are counted everywhere. A worry that
    came up on `at` itself has been unowned for 0 days; so has one that an informed owner took on the day it came up.

    Parameters
    ----------
    case : Case
    worry : str
        The id of a worry.
    at, rules : optional
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    int
        Days, 0 or more; 0 where no professional has it on record by `at`. Days on which it was resolved do not count.

    Raises
    ------
    UnknownNameError
        If the case has no such concern.
    ArgumentError
        If it is a reassurance or a strength: those have no owner.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.days_unowned(sn.load_case("worked_example"), "c1", at="2024-01-31")
    21
    """
    view = snapshot(case, at, rules)
    if worry not in view.records.concerns:
        raise unknown("the concern", worry, view.records.concerns)
    if not view.records.concerns[worry].is_worry:
        raise ArgumentError(f"{worry!r} is a {view.records.concerns[worry].category}, not a worry. Name a worry.")
    return days_without_owner(view, worry)


def unowned_worries(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The known worries that nobody has in hand on a date, and for how long.

    What "in hand" means is said at :func:`unowned_share`; it rests on no model of how people feel.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per worry, gravest first and then by days: ``concern``, ``severity``, ``status`` (as in
        :func:`concern_status`), ``informed`` (people), ``first_known``, ``unowned_since`` (the first day of the present
        spell), ``days_unowned`` (as :func:`days_unowned` counts them, earlier spells included), ``spells`` (how many)
        and ``rows``.

    See Also
    --------
    unowned_share : their share of the known worries by severity.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.unowned_worries(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "days_unowned"]].values.tolist()
    [['c2', 16], ['c1', 21], ['c3', 11]]
    """
    return tidy(lines(snapshot(case, at, rules)), Unowned._fields)
