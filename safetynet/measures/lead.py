"""The lead professional: who held the lead when, and the days on which nobody did."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import Score
from ..tidy import tidy
from ..wording import count
from .leading import NO_LEAD, changes_of_lead, lead_spells, record_start

if TYPE_CHECKING:
    import pandas as pd

UNLED = "no lead on record"


@dataclass(frozen=True)
class LeadSpell:
    """A spell of days, both ends included, with the same lead professionals; none of them is a gap."""

    first: int
    last: int
    people: tuple[str, ...]

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def leads_on(view: Snapshot, day: int) -> tuple[str, ...]:
    """Who was lead professional on a day; sorted."""
    return tuple(sorted({spell.person for spell in lead_spells(view) if spell.first <= day <= spell.last}))


def stretches(view: Snapshot) -> tuple[LeadSpell, ...]:
    """The stretches of days with the same leads, or without one, from the first row of the record to the day.

    They follow each other without a break; two leads at a time make one stretch with both.
    """
    start = record_start(view)
    if start is None:
        return ()
    turns = {start} | {day for spell in lead_spells(view) for day in (spell.first, spell.last + 1)}
    days = [day for day in sorted(turns) if start <= day <= view.day]
    found: list[LeadSpell] = []
    for first, following in zip(days, [*days[1:], view.day + 1], strict=True):
        people = leads_on(view, first)
        if found and found[-1].people == people:
            found[-1] = LeadSpell(found[-1].first, following - 1, people)
        else:
            found.append(LeadSpell(first, following - 1, people))
    return tuple(found)


def lead_professional(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Spells with a lead professional, and gaps without one.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` says which day of a partial date counts.

    Returns
    -------
    pandas.DataFrame
        A line per spell, in order and without a break from the first row of the record to `at`:
        ``people`` (leads; none in a gap), ``agencies``, ``state`` ("lead" or "no lead on record"), ``start``,
        ``end``, ``days``, ``contacts`` (contact rows of those days, the lead's own or, in a gap, all) and ``rows``
        (the chronology rows of those days that the lead took part in or, in a gap, all).

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    days_without_lead : the days of the gaps, as a score.
    continuity : whether the child saw the same people again.

    Notes
    -----
    The spells come from ``lead_from`` and ``lead_to`` of the people. With a partial date its last day counts, for
    the beginning and for the end alike.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.lead_professional(sn.load_case("reuben"), at="2024-05-10")[["people", "days"]].values.tolist()
    [[('cp0',), 4139], [(), 5], [('cp1',), 5]]
    """
    view = snapshot(case, at, rules)
    lines = []
    for spell in stretches(view):
        within = [row for row in view.rows if spell.first <= view.when(row.date) <= spell.last]
        if spell.people:
            within = [row for row in within if set(spell.people) & {*row.who, *row.to}]
        agencies = {view.records.people[name].agency for name in spell.people} - {""}
        lines.append({
            "people": spell.people, "agencies": tuple(sorted(agencies)), "state": "lead" if spell.people else UNLED,
            "start": spell.first, "end": spell.last, "days": spell.days,
            "contacts": sum(row.is_contact for row in within), "rows": in_order(within),
        })  # fmt: skip
    columns = ["people", "agencies", "state", "start", "end", "days", "contacts", "rows"]
    return tidy(lines, columns)


def days_without_lead(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """The days on which the record names no lead professional, from the first row to `at`.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` says which day of a partial date counts.

    Returns
    -------
    Score
        Days, both ends of a gap included; higher is worse. Not defined before the first row, or while
        nobody has been named as lead by then: that may be how the case was coded. ``.table``: as
        :func:`lead_professional`.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.days_without_lead(sn.load_case("reuben"), at="2024-05-10").value
    5.0
    """
    view = snapshot(case, at, rules)
    spells = stretches(view)
    table = lead_professional(case, at, rules=rules)
    reason = "" if spells and lead_spells(view) else NO_LEAD if spells else "nothing is on record"
    if reason:
        return Score("days_without_lead", None, table=table, reason=reason, case=case, range=(0.0, math.inf),
                     explain=f"By {date_of(view.day)} {reason}.")  # fmt: skip
    gaps = [spell for spell in spells if not spell.people]
    days = sum(spell.days for spell in gaps)
    rows = [row for line, spell in zip(table["rows"], spells, strict=True) if not spell.people for row in line]
    period = spells[-1].last - spells[0].first + 1
    explain = (
        f"From {date_of(spells[0].first)} to {date_of(view.day)} no lead professional is on record on {days} of "
        f"{count(period, 'day')}, in {count(len(gaps), 'gap')}. The lead passed to somebody else "
        f"{count(changes_of_lead(lead_spells(view)), 'time')}."
    )
    return Score("days_without_lead", days, table=table, explain=explain, rows=rows, case=case, range=(0.0, math.inf))
