"""Planning meetings and their rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import OTHER_MEETINGS
from ..record.involvement import involved_on
from ..record.parties import parties
from ..record.snapshot import Snapshot, row_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


def planning_meetings(view: Snapshot) -> list[Row]:
    """The ``met`` rows by the day with two or more professionals, of no other sort (strategy …), in order of date."""
    planning = (row for row in view.of_kind("met") if row.channel not in OTHER_MEETINGS)
    return sorted((row for row in planning if len(view.professionals & set(row.who)) >= 2), key=row_order)


def of_kind(view: Snapshot, row: Row, *kinds: str) -> tuple[str, ...]:
    """The people of some kinds whom a contact row names as taking part."""
    people = view.records.people
    return tuple(name for name in row.named if name in people and people[name].kind in kinds)


def attendance(view: Snapshot, meeting: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The agencies involved on the day of a meeting: those that were there, and those that were not."""
    involved = parties(view, involved_on(view, view.when(meeting.date)))
    present = set(parties(view, meeting.named))
    return (
        tuple(name for name in involved if name in present),
        tuple(name for name in involved if name not in present),
    )


def meeting_rhythm(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Planning meetings one after the other, the days between them, and the longest gap.

    A planning meeting has two or more professionals in it. The last line is the time from the last meeting to
    `at`, since a gap that is still open is one too.

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
        A line per planning meeting, in order of date, and one for the time since (``row`` is empty there):
        ``row``, ``date``, ``days`` (since the meeting before; not defined for the first), ``is_longest`` (whether
        that is the longest gap), ``people`` (who was there, family included), ``agencies`` (of those involved that
        day, present), ``missing`` (of those, not present), ``with_family`` (child or family there) and ``rows``
        (this meeting and the one before). No lines where there was no planning meeting.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.meeting_rhythm(sn.load_case("max"))["days"].tolist()
    [<NA>, 26, 16, 112, 91, 84, 2]
    """
    view = snapshot(case, at, rules)
    lines: list[dict[str, Any]] = []
    before: Row | None = None
    for meeting in planning_meetings(view):
        present, missing = attendance(view, meeting)
        lines.append({
            "row": meeting.id, "date": view.when(meeting.date),
            "days": None if before is None else view.when(meeting.date) - view.when(before.date), "is_longest": False,
            "people": tuple(sorted(name for name in meeting.who if name in view.records.people)), "agencies": present,
            "missing": missing, "with_family": bool(of_kind(view, meeting, "child", "family")),
            "rows": (meeting.id,) if before is None else (before.id, meeting.id),
        })  # fmt: skip
        before = meeting
    if before is not None:
        lines.append({
            "row": "", "date": view.day, "days": view.day - view.when(before.date), "is_longest": False, "people": (),
            "agencies": (), "missing": (), "with_family": False, "rows": (before.id,),
        })  # fmt: skip
    longest = max((line["days"] for line in lines if line["days"] is not None), default=0)
    for line in lines:
        line["is_longest"] = bool(longest) and line["days"] == longest
    columns = ["row", "date", "days", "is_longest", "people", "agencies", "missing", "with_family", "rows"]
    return tidy(lines, columns)
