"""The team around the child: one point of contact, family present, reviews in rhythm, a plan with named owners."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.parties import is_actor
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy
from ..wording import count
from .lead import leads_on
from .leading import NO_LEAD, lead_spells
from .rhythm import of_kind, planning_meetings

if TYPE_CHECKING:
    import pandas as pd


CHILD_OR_FAMILY = ("child", "family")


class AspectLine(NamedTuple):
    """One aspect of the team around the child: a line of :func:`team_around_child`."""

    aspect: str
    value: float
    unit: Literal["share", "days"]
    reason: str
    said: str
    rows: tuple[str, ...]


def team_around_child(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How far the record shows a team around the child.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        Seven lines: ``aspect``, ``value`` (NaN where it is not defined), ``unit`` ("share" 0 to 1, or "days"),
        ``reason`` (why it is not defined; empty where it is), ``said`` (in words) and ``rows``. The aspects:
        "single point of contact" (share of the family's contact rows in which the lead of that day took part),
        "family present" (share of planning meetings with the child or family), "between meetings" (median days from
        one planning meeting to the next), "longest gap between meetings", "since the last meeting" (to `at`; it is
        not in the two before), "named owners" (share of agreed actions that a named person took) and "planned"
        (share with an owner and a date).

    Notes
    -----
    The family's contact rows are those in which information could move between the child or family and a
    professional or agency. Planning meetings are those of :func:`practice_profile`; who was in the room and took no
    part is present.

    Examples
    --------
    >>> import safetynet as sn
    >>> team = sn.team_around_child(sn.load_case("max"))
    >>> team[["aspect", "value"]].iloc[2:5].values.tolist()
    [['between meetings', 84.0], ['longest gap between meetings', 112.0], ['since the last meeting', 2.0]]
    """
    return tidy(lines(snapshot(case, at, rules)), AspectLine._fields)


def lines(view: Snapshot) -> list[AspectLine]:
    """The seven aspects, in order."""
    return [_point_of_contact(view), *_meetings(view), *_plan(view)]


def family_contacts(view: Snapshot) -> list[Row]:
    """The contact rows in which information could move between the child or family and a professional or agency."""
    found = []
    for row in view.contacts_in():
        family = frozenset(of_kind(view, row, *CHILD_OR_FAMILY)) - view.professionals
        if any((a in family and is_actor(view, b)) or (b in family and is_actor(view, a)) for a, b in view.moves(row)):
            found.append(row)
    return found


def _line(
    aspect: str, value: float | None, unit: Literal["share", "days"], said: str, rows: Sequence[Row], reason: str
) -> AspectLine:
    """A line; where there is no value it says why."""
    if value is None:
        return AspectLine(aspect, NAN, unit, reason, reason, in_order(set(rows)))
    return AspectLine(aspect, value, unit, "", said, in_order(set(rows)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _point_of_contact(view: Snapshot) -> AspectLine:
    rows = family_contacts(view)
    through = [row for row in rows if set(leads_on(view, view.when(row.date))) & set(row.named)]
    said = (
        f"the lead professional of the day took part in {len(through)} of {count(len(rows), 'contact')} with the family"
    )
    led = bool(lead_spells(view))
    share = _share(len(through), len(rows)) if led else None
    reason = "no contact with the family is on record" if led else NO_LEAD
    return _line("single point of contact", share, "share", said, rows, reason)


def _meetings(view: Snapshot) -> list[AspectLine]:
    """Who was at planning meetings, and the days between them."""
    meetings = planning_meetings(view)
    days = [view.when(row.date) for row in meetings]
    between = [after - before for before, after in pairwise(days)]
    present = sum(bool(of_kind(view, row, *CHILD_OR_FAMILY)) for row in meetings)
    widest = max(between, default=None)
    ends = [row for pair, gap in zip(pairwise(meetings), between, strict=True) if gap == widest for row in pair]
    since = view.day - days[-1] if days else None
    none, few = "no planning meeting is on record", "fewer than two planning meetings are on record"
    there = f"the child or family were in {present} of {count(len(meetings), 'planning meeting')}"
    middle, apart = median(between) if between else None, "days from one planning meeting to the next"
    so_far = "the days from the last planning meeting to the date asked for"
    return [
        _line("family present", _share(present, len(meetings)), "share", there, meetings, none),
        _line("between meetings", middle, "days", f"the median of the {apart}", meetings, few),
        _line("longest gap between meetings", widest, "days", f"the most {apart}", ends, few),
        _line("since the last meeting", since, "days", so_far, meetings[-1:], none),
    ]


def _plan(view: Snapshot) -> list[AspectLine]:
    """Whether what was agreed has owners and dates."""
    actions = view.of_kind("agreed")
    named = sum(any(name in view.records.people for name in row.who) for row in actions)
    planned = sum(bool(row.who) and row.due is not None for row in actions)
    none, plan = "no action was agreed", count(len(actions), "agreed action")
    who = f"a named person took {named} of {plan}"
    both = f"{planned} of {plan} had an owner and a date"
    return [
        _line("named owners", _share(named, len(actions)), "share", who, actions, none),
        _line("planned", _share(planned, len(actions)), "share", both, actions, none),
    ]
