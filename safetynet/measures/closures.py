"""Closures: who ended their involvement, and which partners were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.involvement import involved_on
from ..record.parties import is_actor, parties
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import Lasting
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

State = Literal["partner told", "partner met before", "told later", "no partner told", "no partner involved"]
How = Literal["told", "met", "later"]


class Telling(NamedTuple):
    """A row in which a partner heard of a closure, or met with those who closed in the days before."""

    partner: str
    row: Row
    how: How
    day: int


class Closure(NamedTuple):
    """One ``closed`` row: the agencies that closed, their partners that day, and by which rows partners were told."""

    row: Row
    agencies: tuple[str, ...]
    partners: tuple[str, ...]
    tellings: tuple[Telling, ...]

    def by(self, *how: How) -> dict[str, list[Row]]:
        """The partners who were told in some ways, each with the rows."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for one in self.tellings:
            if one.how in how:
                found[one.partner].append(one.row)
        return dict(sorted(found.items()))

    @property
    def in_time(self) -> bool:
        """Whether a partner was told by the day of the closure, or met in the days before."""
        return bool(self.by("told", "met"))

    @property
    def later(self) -> dict[str, list[Row]]:
        """The partners who were told only after it, each with the rows."""
        return self.by("later")


class Closed(NamedTuple):
    """One closure as a line: who closed, their partners that day, and which were told how."""

    row: str
    date: int
    people: tuple[str, ...]
    agencies: tuple[str, ...]
    partners: tuple[str, ...]
    told: tuple[str, ...]
    met_before: tuple[str, ...]
    told_later: tuple[str, ...]
    told_later_on: int | None
    untold: tuple[str, ...]
    family_told: bool
    state: State
    rows: tuple[str, ...]


def found_closures(view: Snapshot) -> list[Closure]:
    """The closures by the day, in order of date."""
    found = []
    for row in view.of_kind("closed"):
        own = _agencies(view, row.who)
        involved = _agencies(view, involved_on(view, view.when(row.date)))
        partners = tuple(one for one in involved if one not in own)
        found.append(Closure(row, own, partners, tuple(_tellings(view, row, own))))
    return found


def lines(view: Snapshot) -> list[Closed]:
    """The same as lines of the table."""
    return [_line(view, closure) for closure in found_closures(view)]


def _agencies(view: Snapshot, names: Iterable[str]) -> tuple[str, ...]:
    return parties(view, (one for one in names if is_actor(view, one)))


def _tellings(view: Snapshot, closing: Row, own: tuple[str, ...]) -> Iterator[Telling]:
    """The closing itself and contact rows that refer to it, by whom they reached; meetings in the days before."""
    for row in (closing, *view.referring(closing.id)):
        heard = (*(row.who if row.is_together else ()), *view.reaches(row))
        if view.by(row.reached):
            day = view.when(row.reached)
            for partner in set(_agencies(view, heard)).difference(own):
                yield Telling(partner, row, "told" if day <= closing.date.last else "later", day)
    for row in _met_before(view, closing):
        for partner in set(_agencies(view, row.who)).difference(own):
            yield Telling(partner, row, "met", view.when(row.date))


def _met_before(view: Snapshot, closing: Row) -> list[Row]:
    """The meetings in the days before a closing of those who closed, in the order of the table."""

    def make() -> dict[str, Lasting[Row]]:
        found: defaultdict[str, list[tuple[int, int, Row]]] = defaultdict(list)
        for row in view.of_kind("met"):
            for one in row.who:
                found[one].append((view.when(row.date), view.when(row.date), row))
        return {one: Lasting(rows) for one, rows in found.items()}

    meetings, day = view.keep("closures: meetings", make), view.when(closing.date)
    first = day - view.rules.told_before_closing_days
    met = {row.id: row for one in closing.who if one in meetings for row in meetings[one].between(first, day)}
    return sorted(met.values(), key=lambda row: view.records.places[row.id])


def _line(view: Snapshot, closure: Closure) -> Closed:
    row, told, met, later = closure.row, closure.by("told"), closure.by("met"), closure.later
    state: State = "no partner told" if closure.partners else "no partner involved"
    if closure.tellings:
        state = "partner told" if told else "partner met before" if met else "told later"
    return Closed(
        row=row.id,
        date=view.when(row.date),
        people=tuple(sorted(one for one in row.who if one in view.records.people)),
        agencies=tuple(one for one in closure.agencies if one in view.records.agencies),
        partners=closure.partners,
        told=tuple(told),
        met_before=tuple(met),
        told_later=tuple(later),
        told_later_on=min((one.day for one in closure.tellings if one.how == "later"), default=None),
        untold=tuple(one for one in closure.partners if one not in told and one not in met),
        family_told=view.by(row.reached) and not view.family.isdisjoint(view.reaches(row)),
        state=state,
        rows=view.in_order({row.id, *(one.row.id for one in closure.tellings)}),
    )


def closures(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Closures, whom the record says were told, and which partners no row says were told.

    A partner counts as told where the ``closed`` row names somebody of it in ``to``, where it met with those who closed
    in the 28 days before (the rule ``told_before_closing_days``), or where a contact row refers to the closure. An
    agency that met may have heard nothing of it: the record does not say what was said.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per ``closed`` row, in order of date: ``row``, ``date``, ``people`` and ``agencies`` (who closed),
        ``partners`` (other agencies involved that day), ``told`` (agencies that the row or a contact about it told
        by that day), ``met_before`` (agencies met in the days before), ``told_later`` (agencies told after it),
        ``told_later_on`` (the first such day), ``untold`` (partners that no row says were told by the day),
        ``family_told``, ``state`` ("partner told", "partner met before", "told later", "no partner told", "no partner
        involved") and ``rows``. A professional without an agency stands for themselves among the partners.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.closures(sn.load_case("max"))["state"].value_counts().to_dict()
    {'partner told': 9}
    """
    return tidy(lines(snapshot(case, at, rules)), Closed._fields)
