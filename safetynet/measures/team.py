"""The team around the child: one point of contact, family present, reviews in rhythm, a plan with named owners."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy
from .action_plan import agreed
from .continuity import NO_LEAD, lead_spells
from .lead import leads_on
from .practice import CHILD_OR_FAMILY
from .rhythm import of_kind, planning_meetings

if TYPE_CHECKING:
    import pandas as pd


def family_contacts(view: Snapshot) -> list[Row]:
    """The contact rows in which information could move between the child or family and a professional or agency."""
    actors = set(view.actors)
    found = []
    for row in view.contacts:
        family = set(of_kind(view, row, *CHILD_OR_FAMILY)) - actors
        joined = any((a in family and b in actors) or (b in family and a in actors) for a, b in row.moves)
        if joined and view.by(row.reached):
            found.append(row)
    return sorted(found, key=row_order)


def team_around_child(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How far the record shows a team around the child.

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
        Seven lines: ``aspect``, ``value`` (NaN where it is not defined), ``unit`` ("share" 0 to 1, or "days"),
        ``reason`` (why it is not defined; empty where it is), ``said`` (in words) and ``rows``. The aspects:
        "single point of contact" (share of the family's contact rows in which the lead of that day took part),
        "family present" (share of planning meetings with the child or family), "between meetings" (median days from
        one planning meeting to the next), "longest gap between meetings", "since the last meeting" (to `at`; it is
        not in the two before), "named owners" (share of agreed actions that a named person took) and "planned"
        (share with an owner and a date).

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    The family's contact rows are those in which information could move between the child or family and a
    professional or agency. A planning meeting is a ``met`` row with two or more professionals.

    Examples
    --------
    >>> import safetynet as sn
    >>> team = sn.team_around_child(sn.load_case("max"))
    >>> team[["aspect", "value"]].iloc[2:5].values.tolist()
    [['between meetings', 84.0], ['longest gap between meetings', 112.0], ['since the last meeting', 2.0]]
    """
    view = snapshot(case, at, rules)
    lines = [_point_of_contact(view), *_meetings(view), *_plan(view)]
    return tidy(lines, ["aspect", "value", "unit", "reason", "said", "rows"])


def _line(aspect: str, value: float, unit: str, said: str, rows: list[Row], reason: str = "") -> dict[str, Any]:
    undefined = value != value
    return {
        "aspect": aspect, "value": value, "unit": unit, "reason": reason if undefined else "",
        "said": reason if undefined else said, "rows": in_order({row.id: row for row in rows}.values()),
    }  # fmt: skip


def _share(part: int, whole: int) -> float:
    return part / whole if whole else NAN


def _point_of_contact(view: Snapshot) -> dict[str, Any]:
    rows = family_contacts(view)
    through = [row for row in rows if set(leads_on(view, view.when(row.date))) & set(row.named)]
    said = f"the lead professional of the day took part in {len(through)} of {len(rows)} contacts with the family"
    led = bool(lead_spells(view))
    value = _share(len(through), len(rows)) if led else NAN
    reason = "no contact with the family is on record" if led else NO_LEAD
    return _line("single point of contact", value, "share", said, rows, reason)


def _meetings(view: Snapshot) -> list[dict[str, Any]]:
    meetings = planning_meetings(view)
    days = [view.when(row.date) for row in meetings]
    between = [after - before for before, after in pairwise(days)]
    present = sum(bool(of_kind(view, row, *CHILD_OR_FAMILY)) for row in meetings)
    none, few = "no planning meeting is on record", "fewer than two planning meetings are on record"
    widest = max(between, default=0)
    ends = [row for place, days in enumerate(between) if days == widest for row in meetings[place : place + 2]]
    return [
        _line("family present", _share(present, len(meetings)), "share",
              f"the child or family were in {present} of {len(meetings)} planning meetings", meetings, none),
        _line("between meetings", median(between) if between else NAN, "days",
              "the median of the days from one planning meeting to the next", meetings, few),
        _line("longest gap between meetings", widest if between else NAN, "days",
              "the most days from one planning meeting to the next", ends, few),
        _line("since the last meeting", view.day - days[-1] if days else NAN, "days",
              "the days from the last planning meeting to the date asked for", meetings[-1:], none),
    ]  # fmt: skip


def _plan(view: Snapshot) -> list[dict[str, Any]]:
    actions = agreed(view)
    named = sum(any(name in view.records.people for name in row.who) for row in actions)
    planned = sum(bool(row.who) and row.due is not None for row in actions)
    none = "no action was agreed"
    return [
        _line("named owners", _share(named, len(actions)), "share",
              f"a named person took {named} of {len(actions)} agreed actions", actions, none),
        _line("planned", _share(planned, len(actions)), "share",
              f"{planned} of {len(actions)} agreed actions had an owner and a date", actions, none),
    ]  # fmt: skip
