"""Beliefs: what was taken to be so of others, held against what the record shows of them.

A ``believed`` row says what somebody took another to know or think, an ``assumed`` row on whom somebody counted. Two
parties may each have thought that the other had it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..dates import DateLike
from ..record.parties import staff
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .actions import actions_on

if TYPE_CHECKING:
    import pandas as pd

Shown = Literal[
    "thought otherwise", "acted", "put it aside", "took it on", "had it on record", "no record"
]  # what the record shows of a party
OTHERWISE = ("believed", "disagreed", "declined")


class Belief(NamedTuple):
    """What one holder believed of one party about one concern, or left to it, and what the record shows."""

    row: str
    holder: str
    party: str
    concern: str
    then: Shown
    now: Shown
    kind: str
    date: int
    each_other: tuple[str, ...]
    rows: tuple[str, ...]


class EachOther(NamedTuple):
    """Two parties that each believed of the other, or left it to the other, about one worry."""

    worry: str
    first: Belief
    second: Belief


class _Of(NamedTuple):
    """A belief before it is held against the record."""

    row: Row
    holder: str
    party: str
    concern: str


def lines(view: Snapshot) -> list[Belief]:
    """What was believed of others, and left to them, by the day, held against the record; by date."""
    beliefs = list(_beliefs(view))
    each: dict[_Of, list[str]] = {one: [] for one in beliefs}
    for one, other in _each_other(view, beliefs):
        each[one].append(other.row.id)
        each[other].append(one.row.id)
    return [_line(view, one, view.in_order(each[one])) for one in beliefs]


def each_thought_the_other(view: Snapshot) -> list[EachOther]:
    """The pairs of parties that each believed of the other, or left it to the other, about one worry."""
    found = {(line.row, line.holder, line.party, line.concern): line for line in lines(view)}

    def line(one: _Of) -> Belief:
        return found[one.row.id, one.holder, one.party, one.concern]

    return [EachOther(one.concern, line(one), line(other)) for one, other in _each_other(view, list(_beliefs(view)))]


def _beliefs(view: Snapshot) -> Iterator[_Of]:
    for row in (row for row in view.rows if row.kind in ("believed", "assumed")):
        for holder in sorted(row.who):
            concerns = row.concerns
            if row.kind == "assumed" and not concerns:  # everything they knew
                concerns = tuple(sorted(view.on(row.date.last).held.get(holder, ())))
            yield from (_Of(row, holder, party, concern) for party in sorted(row.to) for concern in concerns)


def _each_other(view: Snapshot, beliefs: list[_Of]) -> Iterator[tuple[_Of, _Of]]:
    for one, other in combinations(beliefs, 2):
        if (
            one.concern == other.concern
            and view.records.concerns[one.concern].is_worry
            and one.holder != other.holder
            and one.holder in _of_party(view, other.party)
            and other.holder in _of_party(view, one.party)
        ):
            yield one, other


def _of_party(view: Snapshot, party: str) -> frozenset[str]:
    """A party and, of an agency, its people."""
    return staff(view.records, party) | {party}


def _line(view: Snapshot, one: _Of, each: tuple[str, ...]) -> Belief:
    then, _ = shown(view.on(one.row.date.last), one.party, one.concern, one.row)
    now, rows = shown(view, one.party, one.concern, one.row)
    return Belief(
        row=one.row.id,
        holder=one.holder,
        party=one.party,
        concern=one.concern,
        then=then,
        now=now,
        kind=one.row.kind,
        date=view.when(one.row.date),
        each_other=each,
        rows=view.in_order({one.row.id, *each, *rows}),
    )


# what the record shows of a party ---------------------------------------------------------------------


def shown(view: Snapshot, party: str, concern: str, belief: Row) -> tuple[Shown, tuple[str, ...]]:
    """The first that holds of a party and its people by the day, with its rows; the belief itself says nothing."""
    members = _of_party(view, party)
    rows = {row.id: row for one in sorted(members) for row in view.of_sender(one) if row is not belief}
    actions = {action.row.id for action in actions_on(view, concern)}
    for word, holds in _WORDS:
        found = [row.id for row in rows.values() if holds(row, concern, actions)]
        if found:
            return word, view.in_order(found)
    had = view.evidence((concern,), members)
    return ("had it on record", had) if had else ("no record", ())


def _otherwise(row: Row, concern: str, _: set[str]) -> bool:
    return row.kind in OTHERWISE and concern in row.concerns


def _acted(row: Row, concern: str, actions: set[str]) -> bool:
    if row.kind == "done":
        return row.outcome != "refused" and not actions.isdisjoint(row.ref)
    return row.kind == "decided" and row.outcome == "step_up" and concern in row.concerns


def _put_aside(row: Row, concern: str, _: set[str]) -> bool:
    return row.kind == "decided" and row.outcome in PUT_ASIDE and concern in row.concerns


def _took_on(row: Row, concern: str, _: set[str]) -> bool:
    return row.kind == "agreed" and concern in row.concerns


_WORDS: tuple[tuple[Shown, Callable[[Row, str, set[str]], bool]], ...] = (
    ("thought otherwise", _otherwise),
    ("acted", _acted),
    ("put it aside", _put_aside),
    ("took it on", _took_on),
)


def beliefs(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """What was believed of others, or left to them, and what the record shows of them then and now.

    A line says: by this row this holder took this party to know or think something about this concern, or counted on
    it; and this is what the record shows of the party and its people. It is about the record: "no record" does not say
    that somebody did not know.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per ``believed`` or ``assumed`` row with a ``to``, holder, party and concern, by date: ``row``,
        ``holder``, ``party``, ``concern``, ``then`` (on the last day of the row) and ``now`` (at `at`), each the first
        that holds of the party: "thought otherwise" (by a believed, disagreed or declined row that names the concern),
        "acted" (a ``done`` row about an action on it, not refused, or a decision to step up), "put it aside" (a
        decision for no further action, step down or discharge), "took it on" (an ``agreed`` row), "had it on record",
        "no record"; then ``kind`` (believed or assumed), ``date``, ``each_other`` (the rows by which that party
        believed, or left, the same of this holder) and ``rows``.

    See Also
    --------
    assumptions : whether those on whom somebody counted owned it, knew it, or have no record of it.

    Notes
    -----
    An ``assumed`` row without concerns is about everything that its holder had on record by its last day. The row
    itself says nothing of the party, also where the party is in it.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.beliefs(sn.load_case("reuben"))
    >>> table[["row", "holder", "party", "concern", "then", "now"]]
       row holder   party concern       then         now
    0  S02    sch    a_cp     C07  no record  took it on
    1  S05    cym    a_cp     C07  no record  took it on
    2  S01    cp1  a_paed     C06  no record   no record
    """
    return tidy(lines(snapshot(case, at, rules)), Belief._fields)
