"""The lead professional: who held the lead when, and the days on which nobody did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.parties import agencies_of
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..spells import covers
from ..tidy import tidy
from ..wording import count, day
from .leading import NO_LEAD, changes_of_lead, lead_spells, record_start

if TYPE_CHECKING:
    import pandas as pd

UNLED = "no lead on record"
NOTHING = "nothing is on record"


class LeadSpell(NamedTuple):
    """A spell of days, both ends included, with the same lead professionals; none of them is a gap."""

    first: int
    last: int
    people: tuple[str, ...]

    @property
    def days(self) -> int:
        return self.last - self.first + 1


class Led(NamedTuple):
    """Such a spell as a line of the table."""

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    state: str
    start: int
    end: int
    days_covered: int
    contacts: int
    rows: tuple[str, ...]


def leads_on(view: Snapshot, day: int) -> tuple[str, ...]:
    """Who was lead professional on a day; sorted."""
    return tuple(sorted({lead.person for lead in lead_spells(view) if covers([(lead.first, lead.last)], day)}))


def stretches(view: Snapshot) -> tuple[LeadSpell, ...]:
    """The stretches of days with the same leads, or without one, from the first row of the record to the day.

    They follow each other without a break; two leads at a time make one stretch with both.
    """
    start = record_start(view)
    if start is None:
        return ()
    turns = {start} | {turn for lead in lead_spells(view) for turn in (lead.first, lead.last + 1)}
    days = [turn for turn in sorted(turns) if start <= turn <= view.day]
    found: list[LeadSpell] = []
    for first, following in zip(days, [*days[1:], view.day + 1], strict=True):
        people = leads_on(view, first)
        if found and found[-1].people == people:
            first = found.pop().first
        found.append(LeadSpell(first, following - 1, people))
    return tuple(found)


def lines(view: Snapshot) -> list[Led]:
    """The stretches as lines of the table, each with the rows of its days that the lead took part in, or all."""
    return [_line(view, spell) for spell in stretches(view)]


def _line(view: Snapshot, spell: LeadSpell) -> Led:
    within = [row for row in view.rows if spell.first <= view.when(row.date) <= spell.last]
    if spell.people:
        within = [row for row in within if not {*row.who, *row.to}.isdisjoint(spell.people)]
    return Led(
        people=spell.people,
        agencies=agencies_of(view, spell.people),
        state="lead" if spell.people else UNLED,
        start=spell.first,
        end=spell.last,
        days_covered=spell.days,
        contacts=sum(row.is_contact for row in within),
        rows=in_order(within),
    )


def lead_professional(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Spells with a lead professional, and gaps without one.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per spell, in order and without a break from the first row of the record to `at`:
        ``people`` (leads; none in a gap), ``agencies``, ``state`` ("lead" or "no lead on record"), ``start``,
        ``end``, ``days_covered`` (both ends included), ``contacts`` (contact rows of those days, the lead's own or, in
        a gap, all) and ``rows`` (the chronology rows of those days that the lead took part in or, in a gap, all).

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
    >>> sn.lead_professional(sn.load_case("reuben"), at="2024-05-10")[["people", "days_covered"]].values.tolist()
    [[('cp0',), 4139], [(), 5], [('cp1',), 5]]
    """
    return tidy(lines(snapshot(case, at, rules)), Led._fields)


def days_without_lead(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """The days on which the record names no lead professional, from the first row to `at`.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. ``dates`` says which day of a partial date counts.

    Returns
    -------
    Score
        Days, both ends of a gap included; higher is worse. Not defined before the first row, or while
        nobody has been named as lead by then: that may be how the case was coded. ``.table``: as
        :func:`lead_professional`.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.days_without_lead(sn.load_case("reuben"), at="2024-05-10").value
    5.0
    """
    view = snapshot(case, at, rules)
    found = lines(view)
    gaps = [line for line in found if not line.people]
    reason = "" if found and lead_spells(view) else NO_LEAD if found else NOTHING
    return Score(
        "days_without_lead",
        NAN if reason else sum(line.days_covered for line in gaps),
        table=tidy(found, Led._fields),
        reason=reason,
        explain=f"By {day(view.day)} {reason}." if reason else _said(view, found, gaps),
        rows=() if reason else view.in_order(row for line in gaps for row in line.rows),
        case=case,
        range=(0.0, math.inf),
    )


def _said(view: Snapshot, found: list[Led], gaps: list[Led]) -> str:
    without, span = sum(line.days_covered for line in gaps), view.day - found[0].start + 1
    return (
        f"From {day(found[0].start)} to {day(view.day)} no lead professional is on record on {without} of "
        f"{count(span, 'day')}, in {count(len(gaps), 'gap')}. The lead passed to somebody else "
        f"{count(changes_of_lead(lead_spells(view)), 'time')}."
    )
