"""Worries that nobody had in hand, and for how many days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError, unknown
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import Spells, minus, total
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
    known, out = view.keep("first known then", lambda: _first_known_then(view)).get(worry), view.resolved.get(worry)
    return minus([] if known is None else [(known, view.day)], [] if out is None else [out])


def _first_known_then(view: Snapshot) -> dict[str, int]:
    """The day from which a professional had each worry on record, as each day itself showed it."""
    found: dict[str, int] = {}
    for (one, concern), day in view.since_then.items():
        if one in view.professionals:
            found[concern] = min(day, found.get(concern, day))
    return found


def unowned_spells(view: Snapshot, worry: str) -> Spells:
    """The days on which a worry was known, not resolved, and in nobody's hand, each judged by what was on record."""
    return view.keep(("unowned", worry), lambda: minus(known_spells(view, worry), in_hand(view, worry).days))


def days_without_owner(view: Snapshot, worry: str) -> int:
    """On how many days a worry was in nobody's hand, in one spell or in several."""
    return total(unowned_spells(view, worry))


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
    """On how many days up to a date a worry was known and nobody had it in hand.

    Counted are the days from that on which a professional first certainly had it on record to `at`, both included, in
    one spell or in several. A worry that came up on `at` itself and has no owner has been unowned on 1 day; one that an
    informed owner took on the day it came up, and still has in hand, on none. Each day is judged by what was on record
    by its end.

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
    22
    """
    view = snapshot(case, at, rules)
    if not isinstance(worry, str) or worry not in view.records.concerns:
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
    [['c2', 17], ['c1', 22], ['c3', 12]]
    """
    return tidy(lines(snapshot(case, at, rules)), Unowned._fields)
