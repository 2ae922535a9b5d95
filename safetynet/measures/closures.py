"""Closures: who ended their involvement, and which partners were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..record.involvement import involved_on
from ..record.parties import parties, party
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Closure:
    """One ``closed`` row: the agencies that closed, their partners that day, and which agencies were told how.

    `told` by the row itself, `met` in the days before, `later` in a row that refers to it. Each maps a partner
    agency to the rows.
    """

    row: Row
    agencies: tuple[str, ...]
    partners: tuple[str, ...]
    told: dict[str, list[Row]]
    met: dict[str, list[Row]]
    later: dict[str, list[Row]]

    @property
    def in_time(self) -> bool:
        return bool(self.told or self.met)

    @property
    def at_all(self) -> bool:
        return self.in_time or bool(self.later)

    @property
    def untold(self) -> tuple[str, ...]:
        """The agencies involved that day that no row says were told by then."""
        return tuple(name for name in self.partners if name not in self.told and name not in self.met)


def found_closures(view: Snapshot) -> list[Closure]:
    """The closures by the day, in order of date."""
    return [_closure(view, row) for row in sorted(view.rows, key=row_order) if row.kind == "closed"]


def _closure(view: Snapshot, row: Row) -> Closure:
    when = view.when(row.date)
    own = parties(view, row.who)
    partners = tuple(name for name in parties(view, involved_on(view, when)) if name not in own)
    told: dict[str, list[Row]] = {name: [row] for name in parties(view, row.to) if name not in own}
    met: dict[str, list[Row]] = {}
    later: dict[str, list[Row]] = {}
    earliest = when - view.rules.told_before_closing_days
    for other in view.rows:
        if other.kind == "met" and other.arrived and earliest <= view.when(other.date) <= when:
            present = parties(view, other.who)
            if set(own) & set(present):
                for name in present:
                    if name not in own:
                        met.setdefault(name, []).append(other)
        elif row.id in other.ref and other.is_contact and other.arrived and view.by(other.reached):
            heard = other.who if other.is_together else other.to
            for name in parties(view, heard):
                if name not in own:
                    place = told if view.when(other.reached) <= when else later
                    place.setdefault(name, []).append(other)
    return Closure(row, own, partners, told, met, later)


def closures(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Closures, whom the record says were told, and which partners no row says were told.

    A partner counts as told where the ``closed`` row names somebody of it in ``to``, where it met with the closing
    agency in the 28 days before (the rule ``told_before_closing_days``), or where a contact row refers to the
    closure. An agency that met may have heard nothing of it: the record does not say what was said.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``told_before_closing_days`` matter here.

    Returns
    -------
    pandas.DataFrame
        A line per ``closed`` row, in order of date: ``row``, ``date``, ``people`` and ``agencies`` (who closed),
        ``partners`` (other agencies involved that day), ``told`` (agencies that the row or a contact about it told
        by that day), ``met_before`` (agencies met in the days before), ``told_later`` (agencies told after it),
        ``told_later_on`` (the first such day), ``untold`` (partners that no row says were told by the day),
        ``family_told``, ``state`` ("partner told", "partner met before", "told later", "no partner told", "no partner
        involved") and ``rows``. A professional without an agency stands for themselves among agencies.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.closures(sn.load_case("max"))["state"].value_counts().to_dict()
    {'partner told': 10}
    """
    view = snapshot(case, at, rules)
    lines = []
    for one in found_closures(view):
        row = one.row
        places = (one.told, one.met, one.later)
        evidence = [row, *(other for found in places for rows in found.values() for other in rows)]
        after = [view.when(other.reached) for rows in one.later.values() for other in rows]
        state = "partner told" if one.told else "partner met before" if one.met else "told later" if one.later else ""
        state = state or ("no partner told" if one.partners else "no partner involved")
        lines.append({
            "row": row.id, "date": view.when(row.date), "agencies": one.agencies,
            "people": tuple(sorted(name for name in row.who if name in view.records.people)),
            "partners": one.partners, "told": tuple(sorted(one.told)), "met_before": tuple(sorted(one.met)),
            "told_later": tuple(sorted(one.later)), "told_later_on": min(after, default=None), "untold": one.untold,
            "family_told": any(_is_family(view, name) for name in row.to), "state": state,
            "rows": in_order({other.id: other for other in evidence}.values()),
        })  # fmt: skip
    columns = [
        "row", "date", "people", "agencies", "partners", "told", "met_before", "told_later", "told_later_on", "untold",
        "family_told", "state", "rows",
    ]  # fmt: skip
    return tidy(lines, columns)


def _is_family(view: Snapshot, name: str) -> bool:
    person = view.records.people.get(name)
    return person is not None and person.kind in ("child", "family") and not party(view, name)
