"""Meeting coverage: of what those at a meeting had between them, how much was put on the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.involvement import involved_on
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy
from .chances import Since, since

if TYPE_CHECKING:
    import pandas as pd

Brought = tuple[str, tuple[str, ...]]  # a person, and the worries that they would have brought


class Coverage(NamedTuple):
    """A meeting: what was there to be tabled, what was, and what others would have brought."""

    row: str
    available: tuple[str, ...]
    tabled: tuple[str, ...]
    unique: tuple[str, ...]
    coverage: float
    unique_coverage: float
    lower_bound: bool
    would_have_brought: tuple[Brought, ...]
    date: int
    weight: float
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Coverage]:
    """Every meeting of two or more professionals, by date."""
    has = since(view)
    meetings = [row for row in view.of_kind("met") if len(view.professionals.intersection(row.who)) > 1]
    return [_line(view, row, has) for row in meetings]


def _line(view: Snapshot, row: Row, has: Since) -> Coverage:
    now = has.bits(worry for worry in has.worries if not view.is_resolved(worry, row.date.first))
    before = {one: has.named(has.by(one, row.date.first, row) & now) for one in row.who}
    holders = Counter(worry for held in before.values() for worry in held)
    unique = frozenset(worry for worry, number in holders.items() if number == 1)
    tabled = holders.keys() & set(row.concerns)
    lacking = now & ~has.bits(holders)
    more = {
        one: held for one in _not_there(view, row) if (held := has.named(has.by(one, row.date.first, row) & lacking))
    }
    first = {has.row(one, worry, row.id) for held in (before, more) for one in held for worry in held[one]}
    return Coverage(
        row=row.id,
        available=tuple(sorted(holders)),
        tabled=tuple(sorted(tabled)),
        unique=tuple(sorted(unique)),
        coverage=_share(view, tabled, holders),
        unique_coverage=_share(view, tabled & unique, unique),
        lower_bound=row.complete == "no",
        would_have_brought=tuple(
            (one, tuple(sorted(more[one]))) for one in sorted(more, key=lambda one: (-view.total(more[one]), one))
        ),
        date=view.when(row.date),
        weight=view.total(frozenset[str]().union(*more.values())),
        rows=view.in_order({row.id, *first}),
    )


def _not_there(view: Snapshot, row: Row) -> frozenset[str]:
    """Who, involved on the last day of a meeting and working with the family, was not in it."""
    last = row.date.last  # may lie after the day asked for, where rows count on their first
    involved = involved_on(view, last) if last <= view.day else view.on(last).involved
    return (involved & view.working) - {*row.who, *row.present}


def _share(view: Snapshot, part: Iterable[str], whole: Iterable[str]) -> float:
    total = view.total(whole)
    return view.total(part) / total if total else NAN


def meeting_coverage(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Of what those at each meeting had on record between them, how much was put on the table.

    What everybody knows already gets talked about; what one alone knows is what meetings leave out (hidden
    profiles: Stasser & Titus 1985; Lu, Yuan & McLeod 2012). So read ``unique_coverage`` before ``coverage``. It is
    about what the record says was tabled, and no judgement of those who were there.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per ``met`` row with two or more professionals, by date: ``row``, ``available`` (the worries that
        somebody at it, whoever they are, had on record by its first day from other rows), ``tabled`` (those of them
        in its ``concerns``), ``unique`` (those that one of them alone had), ``coverage`` (the weight of what was
        tabled, of what was available), ``unique_coverage`` (the same of what one alone had), ``lower_bound`` (the
        row says that it does not list everything that was tabled), ``would_have_brought`` (of those involved on its
        last day who work with the family and were not there: (person, worries), most weight first), ``date``,
        ``weight`` (of all that they would have brought) and ``rows`` (the meeting, and how each first came to have what
        they had). NaN where there was nothing to table.

    See Also
    --------
    smallest_meeting : who together had the whole picture.

    Notes
    -----
    A worry that was resolved by the meeting's first day is left out. Who was ``present`` without taking part is not
    counted among those who could have tabled something, nor among those who were not there.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.meeting_coverage(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["row", "available", "tabled", "coverage", "unique_coverage", "would_have_brought"]]
      row available tabled  coverage  unique_coverage        would_have_brought
    0  e6  (c1, c2)  (c1,)  0.428571         0.428571  ((G, (c3,)), (T, (c3,)))
    """
    return tidy(lines(snapshot(case, at, rules)), Coverage._fields)
