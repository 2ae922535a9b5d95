"""Planning meetings and their rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import OTHER_MEETINGS
from ..dates import DateLike
from ..record.involvement import involved_on
from ..record.parties import acting_agencies
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class MeetingLine(NamedTuple):
    """One planning meeting, or the time since the last: a line of :func:`meeting_rhythm`."""

    row: str
    date: int
    days: int | None
    is_longest: bool
    people: tuple[str, ...]
    agencies: tuple[str, ...]
    not_there: tuple[str, ...]
    with_family: bool
    rows: tuple[str, ...]


def planning_meetings(view: Snapshot) -> list[Row]:
    """The ``met`` rows by the day with two or more professionals, of no other sort (strategy …), in order of date."""
    planning = (row for row in view.of_kind("met") if row.channel not in OTHER_MEETINGS)
    return [row for row in planning if len(view.professionals & set(row.who)) >= 2]


def of_kind(view: Snapshot, row: Row, *kinds: str) -> tuple[str, ...]:
    """The people of some kinds whom a contact row names as taking part."""
    people = view.records.people
    return tuple(name for name in row.named if name in people and people[name].kind in kinds)


def attendance(view: Snapshot, meeting: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The agencies involved on the day of a meeting: those that were there, and those that were not."""
    involved = acting_agencies(view, involved_on(view, view.when(meeting.date)))
    present = acting_agencies(view, meeting.named)
    return tuple(sorted(involved & present)), tuple(sorted(involved - present))


def meeting_rhythm(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Planning meetings one after the other, the days between them, and the longest gap.

    A planning meeting has two or more professionals in it and is of no other sort (strategy, legal, supervision,
    professionals, handover, court, interview, visit, clinic). The last line is the time from the last meeting to
    `at`, since a gap that is still open is one too.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for, and the modelling choices (``dates`` says which day of a partial date counts):
        :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per planning meeting, in order of date, and one for the time since (``row`` is empty there):
        ``row``, ``date``, ``days`` (since the meeting before; not defined for the first), ``is_longest`` (whether
        that is the longest gap), ``people`` (who was there, family included), ``agencies`` (of those involved that
        day, present), ``not_there`` (of those, not present), ``with_family`` (child or family there) and ``rows``
        (this meeting and the one before). No lines where there was no planning meeting.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.meeting_rhythm(sn.load_case("max"))["days"].tolist()
    [<NA>, 26, 16, 112, 91, 84, 2]
    """
    return tidy(lines(snapshot(case, at, rules)), MeetingLine._fields)


def lines(view: Snapshot) -> list[MeetingLine]:
    """The planning meetings one after the other, and the time since the last."""
    found: list[MeetingLine] = []
    before: Row | None = None
    for meeting in planning_meetings(view):
        day = view.when(meeting.date)
        there = tuple(sorted(one for one in meeting.named if one in view.records.people))
        family = bool(of_kind(view, meeting, "child", "family"))
        since = None if before is None else day - view.when(before.date)
        rows = (meeting.id,) if before is None else (before.id, meeting.id)
        found.append(MeetingLine(meeting.id, day, since, False, there, *attendance(view, meeting), family, rows))
        before = meeting
    if before is not None:
        since = view.day - view.when(before.date)
        found.append(MeetingLine("", view.day, since, False, (), (), (), False, (before.id,)))
    longest = max((line.days for line in found if line.days), default=None)
    return [line._replace(is_longest=longest is not None and line.days == longest) for line in found]
