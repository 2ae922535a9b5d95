"""The practice profile: ten items of collaboration, what the record shows of each, beside a coder's own ratings."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike, date_of
from ..record.involvement import first_day, involved_on
from ..record.parties import acting_agencies, is_actor
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy
from .actions import dones, first_done
from .closures import found_closures
from .rhythm import attendance, planning_meetings

if TYPE_CHECKING:
    import pandas as pd

Mark = Literal["first mark", "second mark", "neither", "not enough record", "a coder's rating only"]
CODER_ONLY: Mark = "a coder's rating only"
TITLES = {
    1: "natural supports in decisions",
    2: "information shared with parents and carers",
    3: "partners' services and routes known",
    4: "regular communication, services coordinated",
    5: "roles and expectations discussed",
    6: "differences sought out and settled",
    7: "partners at planning meetings",
    8: "timely follow-up of what was agreed",
    9: "closure planned and told",
    10: "family at the table as equal members",
}
REACHED = 1e-9  # a share that is this near to a mark reaches it


@dataclass(frozen=True)
class Found:
    """What the record says of one item: `part` of `whole`, and the rows; `second` for the second mark, if it differs.

    Without a `whole` there is nothing to divide by.
    """

    said: str
    part: float = 0
    whole: float = 0
    rows: tuple[str, ...] = ()
    second: float | None = None

    @property
    def share(self) -> float:
        return self.part / self.whole if self.whole else NAN

    @property
    def share_at_all(self) -> float:
        return (self.part if self.second is None else self.second) / self.whole if self.whole else NAN

    def mark(self, marks: tuple[float, float]) -> Mark:
        """Which mark it reaches: the second where it is 0 only from above."""
        if not self.whole:
            return "not enough record"
        if self.share >= marks[0] - REACHED:
            return "first mark"
        at_all = self.share_at_all
        return "second mark" if (at_all >= marks[1] - REACHED if marks[1] > 0 else at_all > 0) else "neither"


class ItemLine(NamedTuple):
    """One item of the profile: a line of :func:`practice_profile`."""

    item: int
    title: str
    part: float
    whole: float
    share: float
    share_at_all: float
    mark: Mark
    ratings: tuple[tuple[str, str], ...]
    said: str
    rows: tuple[str, ...]


# meetings: items 1, 7 and 10 ---------------------------------------------------------------------------


def _meetings_with(view: Snapshot, kinds: tuple[str, ...], whom: str) -> Found:
    """Planning meetings in which somebody of some kinds takes part; who was only present had no part."""
    meetings = planning_meetings(view)
    there = {person.id for person in view.records.people.values() if person.kind in kinds}
    having = sum(not there.isdisjoint(row.who) for row in meetings)
    said = f"{having} of {len(meetings)} planning meetings had {whom} in them"
    return Found(said, having, len(meetings), in_order(meetings))


def _supports(view: Snapshot) -> Found:
    if not any(person.kind == "support" for person in view.records.people.values()):
        return Found("no natural support is among the people of the case")
    return _meetings_with(view, ("support",), "a natural support")


def _table(view: Snapshot) -> Found:
    return _meetings_with(view, ("child", "family"), "the child or family")


def _partners(view: Snapshot) -> Found:
    meetings = planning_meetings(view)
    both = [attendance(view, row) for row in meetings]
    present = sum(len(there) for there, _ in both)
    places = present + sum(len(away) for _, away in both)
    said = f"of {places} places of involved agencies at {len(meetings)} planning meetings {present} were taken"
    return Found(said, present, places, in_order(meetings))


# contacts: items 2 and 4 -------------------------------------------------------------------------------


def _with_family(view: Snapshot, row: Row) -> Iterator[str]:
    """The relatives to whom or from whom a contact row passes what it says, from or to a professional or agency."""
    people = view.records.people
    for pair in view.moves(row):
        relatives = [one for one in pair if one in people and people[one].kind == "family"]
        if pair[0] in row.who and len(relatives) == 1 and any(is_actor(view, one) for one in {*pair} - {*relatives}):
            yield relatives[0]


def _shared_with_family(view: Snapshot) -> Found:
    """Known severity that a row passes to or from the family, but for a carer whom the worry is about."""
    known = frozenset(view.worries)
    shared: set[str] = set()
    rows = []
    for row in view.contacts_in():
        relatives = set(_with_family(view, row))
        passed = {one for one in known & set(row.concerns) if relatives - set(view.records.concerns[one].about)}
        if passed:
            shared |= passed
            rows.append(row)
    said = f"rows pass {len(shared)} of {len(known)} known worries to or from the family"
    return Found(said, view.total(shared), view.total(known), in_order(rows))


def months(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The calendar months from a day to a day, each as its first and last day; the last ends with the day."""
    day = date_of(first).replace(day=1)
    while (start := day.toordinal()) <= last:
        end = start + calendar.monthrange(day.year, day.month)[1] - 1
        yield start, min(end, last)
        day = dt.date.fromordinal(end) + dt.timedelta(days=1)


def joins_agencies(view: Snapshot, row: Row) -> bool:
    """Whether information could move between two agencies in a row."""
    return any(len(acting_agencies(view, pair)) == 2 for pair in view.moves(row))


def _regular(view: Snapshot) -> Found:
    start = first_day(view)
    every = () if start is None else months(start, view.day)
    several = [month for month in every if len(acting_agencies(view, involved_on(view, month[1]))) >= 2]
    joining = [row for row in view.contacts_in() if joins_agencies(view, row)]
    found = {
        month: [row for row in joining if month[0] <= view.when(row.reached) and _by(view, row, month[1])]
        for month in several
    }
    joined = sum(bool(rows) for rows in found.values())
    said = f"in {joined} of {len(several)} months with two or more agencies involved a contact joined two of them"
    return Found(said, joined, len(several), in_order({row for rows in found.values() for row in rows}))


def _by(view: Snapshot, row: Row, day: int) -> bool:
    """Whether a row had been sent and read by a day."""
    return view.when(row.date) <= day and view.when(row.reached) <= day


# differences, follow-up, closure: items 6, 8 and 9 ------------------------------------------------------


def settled_by(view: Snapshot, difference: Row) -> Row | None:
    """The earliest done row by the day that refers to a recorded difference: it settles it, whatever its outcome."""
    return min(dones(view, difference), key=lambda row: (view.when(row.date), row.id), default=None)


def _differences(view: Snapshot) -> Found:
    rows = view.of_kind("disagreed")
    settling = [done for row in rows if (done := settled_by(view, row)) is not None]
    said = f"{len(settling)} of {len(rows)} recorded differences were settled"
    return Found(said, len(settling), len(rows), in_order({*rows, *settling}))


def _follow_up(view: Snapshot) -> Found:
    due = {row: row.due for row in view.of_kind("agreed") if row.due is not None and row.due <= view.day}
    done = {row: one for row in due if (one := first_done(view, row)) is not None}
    timely = sum(view.when(one.date) <= due[row] for row, one in done.items())
    said = f"of {len(due)} agreed actions now due {timely} were completed in time and {len(done)} at all"
    return Found(said, timely, len(due), in_order({*due, *done.values()}), second=len(done))


def _closed(view: Snapshot) -> Found:
    agencies = view.records.agencies.keys()
    closings = [one for one in found_closures(view) if not agencies.isdisjoint(one.agencies)]
    told = [[one for one in closing.tellings if one.partner in agencies] for closing in closings]
    in_time, at_all = sum(any(one.how != "later" for one in some) for some in told), sum(map(bool, told))
    said = f"of {len(closings)} closures a partner agency was told of {in_time} by the day and of {at_all} at all"
    rows = {*(closing.row for closing in closings), *(one.row for some in told for one in some)}
    return Found(said, in_time, len(closings), in_order(rows), second=at_all)


_ITEMS: dict[int, Callable[[Snapshot], Found]] = {
    1: _supports,
    2: _shared_with_family,
    4: _regular,
    6: _differences,
    7: _partners,
    8: _follow_up,
    9: _closed,
    10: _table,
}


def practice_profile(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Ten items of collaborative practice: what the record shows of each, beside the coders' own ratings.

    The record gives a share and which of two marks it reaches; the rows are the evidence. The profile's own words,
    ideal, developmental and unacceptable, are a coder's: they stand in ``ratings`` alone. It is about what is on
    record of the work, never about a person. Items 3 and 5 cannot be read off a chronology.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. The ``ratings`` table has the coders' own; of the rules ``marks``,
        ``told_before_closing_days`` and ``weights`` matter here.

    Returns
    -------
    pandas.DataFrame
        Ten lines: ``item`` (1 to 10), ``title``, ``part`` and ``whole`` (what is divided), ``share`` (0 to 1, higher
        is better; NaN where there is nothing to divide by), ``share_at_all`` (for the second mark; differs from
        ``share`` in items 8 and 9), ``mark`` ("first mark", "second mark", "neither", "not enough record" where
        there is nothing to divide by, "a coder's rating only"), ``ratings`` (pairs of coder and level), ``said`` (the
        share in words) and ``rows``.

    Notes
    -----
    A planning meeting is a ``met`` row with two or more professionals, unless its channel says that it was of another
    sort (strategy, legal, supervision, professionals, handover, court, interview, visit, clinic). Shares: 1, planning
    meetings with a natural support (no support among the people: not enough record); 2, severity of the known worries
    that a contact row passes between a parent or carer and a professional or agency, but for a carer whom the worry
    is about; 4, calendar months on the last day of which two or more agencies were involved, with a contact row that
    joins two agencies; 6, ``disagreed`` rows to which a ``done`` row refers, whatever its outcome; 7, pairs of a
    planning meeting and an agency involved that day that was there; 8, actions with a due day by `at`, completed by it
    (second mark: completed at all); 9, ``closed`` rows of which another agency was told by the day, in the row itself
    or one that refers to it, or with which those who close met in the ``told_before_closing_days`` before (second
    mark: also told later); 10, planning meetings with the child or family. The first of the rule's ``marks`` is
    reached from it on, the second likewise, or above it where it is 0.

    Examples
    --------
    >>> import safetynet as sn
    >>> profile = sn.practice_profile(sn.load_case("max"))
    >>> profile.loc[[5, 8, 9], ["item", "said", "mark"]].values.tolist()
    [[6, '1 of 1 recorded differences were settled', 'first mark'],
     [9, 'of 9 closures a partner agency was told of 9 by the day and of 9 at all', 'first mark'],
     [10, '3 of 6 planning meetings had the child or family in them', 'second mark']]
    """
    return tidy(lines(snapshot(case, at, rules)), ItemLine._fields)


def lines(view: Snapshot) -> list[ItemLine]:
    """The ten items, in order."""
    ratings: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for rating in view.records.ratings:
        ratings[rating.item][rating.coder] = rating.level
    return [_line(view, item, tuple(sorted(ratings[item].items()))) for item in TITLES]


def _line(view: Snapshot, item: int, ratings: tuple[tuple[str, str], ...]) -> ItemLine:
    make = _ITEMS.get(item)
    found = Found("the chronology cannot say this") if make is None else make(view)
    mark = CODER_ONLY if make is None else found.mark(view.rules.marks[item])
    numbers = (found.part if found.whole else NAN, found.whole, found.share, found.share_at_all)
    return ItemLine(item, TITLES[item], *numbers, mark, ratings, found.said, found.rows)
