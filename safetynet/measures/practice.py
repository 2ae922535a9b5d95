"""The practice profile: ten items of collaboration, suggested from the record, beside a coder's own ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..record.involvement import first_day, involvement
from ..record.parties import party
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import PRACTICE_MARKS, Rules
from ..score import NAN
from ..tidy import tidy
from .action_plan import agreed
from .closures import found_closures
from .responsibility import first_done
from .rhythm import attendance, of_kind, planning_meetings

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("ideal", "developmental", "unacceptable")
NOT_ENOUGH = "not enough record"
CODER_ONLY = "a coder's rating only"
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
FAMILY = ("family",)
CHILD_OR_FAMILY = ("child", "family")


@dataclass(frozen=True)
class Found:
    """What the record says of one item: `part` of `whole`, and the rows; `second` for developmental, if it differs."""

    part: float
    whole: float
    said: str
    rows: tuple[str, ...] = ()
    second: float | None = None

    @property
    def share(self) -> float:
        return self.part / self.whole if self.whole else NAN

    @property
    def share_at_all(self) -> float:
        return (self.part if self.second is None else self.second) / self.whole if self.whole else NAN


def suggested(found: Found, marks: tuple[float, float]) -> str:
    """The level that a share suggests: ideal from the first mark, developmental from (or, for 0, above) the second."""
    if not found.whole:
        return NOT_ENOUGH
    if found.share >= marks[0]:
        return LEVELS[0]
    share = found.share_at_all
    return LEVELS[1] if (share >= marks[1] if marks[1] > 0 else share > 0) else LEVELS[2]


def _meetings_with(view: Snapshot, kinds: tuple[str, ...], whom: str) -> Found:
    meetings = planning_meetings(view)
    having = [row for row in meetings if of_kind(view, row, *kinds)]
    said = f"{len(having)} of {len(meetings)} planning meetings had {whom} in them"
    return Found(len(having), len(meetings), said, in_order(meetings))


def _supports(view: Snapshot) -> Found:
    if not any(person.kind == "support" for person in view.records.people.values()):
        return Found(0, 0, "no natural support is among the people of the case")
    return _meetings_with(view, ("support",), "a natural support")


def _table(view: Snapshot) -> Found:
    return _meetings_with(view, CHILD_OR_FAMILY, "the child or family")


def passed_with(view: Snapshot, row: Row, kinds: tuple[str, ...]) -> bool:
    """Whether a row passes its concerns between people of some kinds and a professional or agency."""
    if not row.is_contact or not row.arrived or not view.by(row.reached):
        return False
    family = set(of_kind(view, row, *kinds))
    others = {name for name in row.named if name in view.professionals or name in view.records.agencies} - family
    if row.is_together:
        return bool(family and others)
    senders, recipients = set(row.who), set(row.to)
    return bool((family & senders and others & recipients) or (others & senders and family & recipients))


def _shared_with_family(view: Snapshot) -> Found:
    rows = [row for row in view.rows if passed_with(view, row, FAMILY) and set(row.concerns) & set(view.worries)]
    shared = {concern for row in rows for concern in row.concerns} & set(view.worries)
    said = f"rows pass {len(shared)} of {len(view.worries)} known worries to or from the family"
    return Found(view.total(shared), view.total(view.worries), said, in_order(rows))


def joins_agencies(view: Snapshot, row: Row) -> bool:
    """Whether information could move between two agencies in a row, by the snapshot's day."""
    if not row.is_contact or not view.by(row.reached):
        return False
    actors = set(view.actors)
    return any(a in actors and b in actors and party(view, a) != party(view, b) for a, b in row.moves)


def months_of_several(view: Snapshot) -> list[tuple[int, int]]:
    """The months up to the snapshot's on some day of which two or more agencies were involved."""
    start = first_day(view)
    if start is None:
        return []
    changes: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for name, spells in involvement(view).items():
        for first, last in spells:
            changes[first].append((party(view, name), 1))
            changes[last + 1].append((party(view, name), -1))
    people: defaultdict[str, int] = defaultdict(int)
    found: set[tuple[int, int]] = set()
    days = sorted(day for day in changes if day <= view.day)
    for day, following in zip(days, [*days[1:], view.day + 1], strict=True):
        for name, change in changes[day]:
            people[name] += change
        if sum(number > 0 for number in people.values()) >= 2:
            found |= set(_months(day, following - 1))
    return sorted(found)


def _months(first: int, last: int) -> Iterable[tuple[int, int]]:
    one, other = date_of(first), date_of(last)
    for number in range(one.year * 12 + one.month - 1, other.year * 12 + other.month):
        yield number // 12, number % 12 + 1


def _regular(view: Snapshot) -> Found:
    months = months_of_several(view)
    joining: dict[tuple[int, int], Row] = {}
    rows = []
    for row in sorted(view.rows, key=row_order):
        if joins_agencies(view, row):
            day = date_of(view.when(row.reached))
            if (day.year, day.month) in months:
                joining[day.year, day.month] = row
                rows.append(row)
    said = f"in {len(joining)} of {len(months)} months with two or more agencies involved a contact joined two of them"
    return Found(len(joining), len(months), said, in_order(rows))


def settled_by(view: Snapshot, difference: Row) -> Row | None:
    """The earliest done row by the day that refers to a recorded difference: it settles it, whatever its outcome."""
    done = [row for row in view.referring(difference.id) if row.kind == "done"]
    return min(done, key=lambda row: (view.when(row.date), row.id), default=None)


def _differences(view: Snapshot) -> Found:
    rows = [row for row in view.rows if row.kind == "disagreed"]
    settling = {row.id: done for row in rows if (done := settled_by(view, row)) is not None}
    said = f"{len(settling)} of {len(rows)} recorded differences were settled"
    return Found(len(settling), len(rows), said, in_order([*rows, *settling.values()]))


def _partners(view: Snapshot) -> Found:
    meetings = planning_meetings(view)
    both = [attendance(view, row) for row in meetings]
    present, whole = sum(len(there) for there, _ in both), sum(len(there) + len(away) for there, away in both)
    said = f"of {whole} places of involved agencies at {len(meetings)} planning meetings {present} were taken"
    return Found(present, whole, said, in_order(meetings))


def _follow_up(view: Snapshot) -> Found:
    due = [row for row in agreed(view) if row.due is not None and row.due <= view.day]
    done = {row.id: one for row in due if (one := first_done(view, row)) is not None}
    timely = sum(row.id in done and view.when(done[row.id].date) <= row.due for row in due if row.due is not None)
    said = f"of {len(due)} agreed actions now due {timely} were completed in time and {len(done)} at all"
    return Found(timely, len(due), said, in_order([*due, *done.values()]), second=len(done))


def _closed(view: Snapshot) -> Found:
    found = found_closures(view)
    in_time, told = sum(one.in_time for one in found), sum(one.at_all for one in found)
    rows = {one.row.id: one.row for one in found}
    for one in found:
        for place in (one.told, one.met, one.later):
            rows |= {row.id: row for where in place.values() for row in where}
    said = f"of {len(found)} closures a partner agency was told of {in_time} by the day and of {told} at all"
    return Found(in_time, len(found), said, in_order(rows.values()), second=told)


_ITEMS: dict[int, Callable[[Snapshot], Found]] = {
    1: _supports, 2: _shared_with_family, 4: _regular, 6: _differences, 7: _partners, 8: _follow_up, 9: _closed,
    10: _table,
}  # fmt: skip


def practice_profile(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Ten items of collaborative practice: a level suggested from the record, beside the coders' own ratings.

    The level is only suggested, by a share and its marks; the rows are the evidence, and the coder decides. It is
    about what is on record of the work, never about a person. Items 3 and 5 cannot be read off a chronology.

    Parameters
    ----------
    case : Case
        Its ``ratings`` table has the coders' own.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``marks``, ``told_before_closing_days`` and ``weights`` matter here.

    Returns
    -------
    pandas.DataFrame
        Ten lines: ``item`` (1 to 10), ``title``, ``part`` and ``whole`` (what is divided), ``share`` (0 to 1, higher
        is better; NaN where there is nothing to divide), ``share_at_all`` (for the developmental level; differs
        from ``share`` in items 8 and 9), ``suggested`` ("ideal", "developmental", "unacceptable", "not enough
        record", "a coder's rating only"), ``ratings`` (pairs of coder and level), ``said`` (the share in words) and
        ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    A planning meeting is a ``met`` row with two or more professionals. Shares: 1, planning meetings with a natural
    support (no support among the people: not enough record); 2, severity of the known worries that a contact row
    passes between a parent or carer and a professional or agency; 4, calendar months in which two or more agencies
    were involved on some day, with a contact row that joins two agencies; 6, ``disagreed`` rows to which a ``done`` row
    refers, whatever its outcome; 7, pairs of a planning meeting and an agency involved that day that was there; 8,
    actions with a due day by `at`, completed by it (developmental: completed at all); 9, ``closed`` rows of which
    another agency was told (see :func:`closures`; developmental: also later); 10, planning meetings with the child or
    family. Ideal from the first of the rule's ``marks``, developmental from the second, or above it where it is 0.

    Examples
    --------
    >>> import safetynet as sn
    >>> profile = sn.practice_profile(sn.load_case("max"))
    >>> profile.loc[[5, 8, 9], ["item", "said", "suggested"]].values.tolist()
    [[6, '1 of 1 recorded differences were settled', 'ideal'],
     [9, 'of 10 closures a partner agency was told of 10 by the day and of 10 at all', 'ideal'],
     [10, '3 of 6 planning meetings had the child or family in them', 'developmental']]
    """
    view = snapshot(case, at, rules)
    ratings: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for rating in view.records.ratings:
        ratings[rating.item][rating.coder] = rating.level
    lines = []
    for item, title in TITLES.items():
        make = _ITEMS.get(item)
        found = Found(0, 0, "the chronology cannot say this") if make is None else make(view)
        level = CODER_ONLY if make is None else suggested(found, view.rules.marks.get(item, PRACTICE_MARKS[item]))
        lines.append({
            "item": item, "title": title, "part": found.part if found.whole else NAN, "whole": found.whole,
            "share": found.share, "share_at_all": found.share_at_all,
            "suggested": level, "ratings": tuple(sorted(ratings[item].items())), "said": found.said, "rows": found.rows,
        })  # fmt: skip
    columns = ["item", "title", "part", "whole", "share", "share_at_all", "suggested", "ratings", "said", "rows"]
    return tidy(lines, columns)
