"""Beliefs: what was taken to be so of others, held against what the record shows of them.

A ``believed`` row says what somebody took another to know or think, an ``assumed`` row on whom somebody counted. Two
parties may each have thought that the other had it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import PUT_ASIDE
from ..dates import DateLike
from ..record.parties import staff
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

Shown = Literal[
    "thought otherwise", "acted", "put it aside", "took it on", "had it on record", "no record"
]  # what the record shows of a party
WORDS: tuple[Shown, ...] = ("thought otherwise", "acted", "put it aside", "took it on")  # the first that holds
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


class Believed(NamedTuple):
    """A belief before it is held against the record."""

    row: Row
    holder: str
    party: str
    concern: str


def lines(view: Snapshot) -> list[Belief]:
    """What was believed of others, and left to them, by the day, held against the record; by date."""
    beliefs = list(_beliefs(view))
    each: dict[Believed, list[str]] = {one: [] for one in beliefs}
    for one, other in _each_other(view, beliefs):
        each[one].append(other.row.id)
        each[other].append(one.row.id)
    return [_line(view, one, view.in_order(each[one])) for one in beliefs]


def each_thought_the_other(view: Snapshot) -> list[EachOther]:
    """The pairs of parties that each believed of the other, or left it to the other, about one worry."""
    pairs = list(_each_other(view, list(_beliefs(view))))
    each: defaultdict[Believed, list[str]] = defaultdict(list)
    for one, other in pairs:
        each[one].append(other.row.id)
        each[other].append(one.row.id)
    found = {one: _line(view, one, view.in_order(rows)) for one, rows in each.items()}
    return [EachOther(one.concern, found[one], found[other]) for one, other in pairs]


def first_of_each_two(view: Snapshot) -> list[tuple[Believed, Believed]]:
    """The first of these pairs for every two holders and the parties that their beliefs are of, in order."""
    beliefs = list(_beliefs(view))
    places: defaultdict[tuple[str, str], defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, one in enumerate(beliefs):
        if view.records.concerns[one.concern].is_worry:
            places[one.holder, one.concern][one.party].append(place)
    pairs = []
    for (holder, concern), by_party in places.items():
        for party, mine in by_party.items():
            for other in _of_party(view, party) - {holder}:
                for of_whom, theirs in places.get((other, concern), {}).items():
                    later = bisect_right(theirs, mine[0])
                    if later < len(theirs) and holder in _of_party(view, of_whom):
                        pairs.append((mine[0], theirs[later]))
    return [(beliefs[one], beliefs[other]) for one, other in sorted(pairs)]


def _beliefs(view: Snapshot) -> Iterator[Believed]:
    for row in (row for row in view.rows if row.kind in ("believed", "assumed")):
        for holder in sorted(row.who):
            concerns = row.concerns
            if row.kind == "assumed" and not concerns:  # everything they knew
                concerns = _known_on(view, holder, row.date.last)
            yield from (Believed(row, holder, party, concern) for party in sorted(row.to) for concern in concerns)


def _known_on(view: Snapshot, holder: str, day: int) -> tuple[str, ...]:
    """The concerns that somebody had on record by a day, as that day showed it; sorted."""
    then = _then(view, day)
    return tuple(sorted(one for one in then.held.get(holder, ()) if then.since[holder, one] <= day))


def _then(view: Snapshot, day: int) -> Snapshot:
    """A snapshot that shows what another day showed, of what counts by that day.

    It serves itself for the days before it, unless paper counts as sent only until it is confirmed.
    """
    return view if day <= view.day and view.rules.unconfirmed == "counts" else view.on(day)


def _each_other(view: Snapshot, beliefs: list[Believed]) -> Iterator[tuple[Believed, Believed]]:
    """The pairs among beliefs of two holders who each are of the party that the other's belief is about."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(beliefs):
        places[one.holder, one.concern].append(place)
    for place, one in enumerate(beliefs):
        if not view.records.concerns[one.concern].is_worry:
            continue
        theirs = _of_party(view, one.party) - {one.holder}
        for later in sorted(n for holder in theirs for n in places.get((holder, one.concern), ()) if n > place):
            if one.holder in _of_party(view, beliefs[later].party):
                yield one, beliefs[later]


def _of_party(view: Snapshot, party: str) -> frozenset[str]:
    """A party and, of an agency, its people."""
    return staff(view.records, party) | {party}


def _line(view: Snapshot, one: Believed, each: tuple[str, ...]) -> Belief:
    day = one.row.date.last
    then, _ = shown(_then(view, day), day, one)
    now, rows = shown(view, view.day, one)
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


def spells(view: Snapshot, line: Belief) -> list[tuple[int, int, Shown]]:
    """From when to when the record showed what of a party since a belief about it: first day, last day, word."""
    one = Believed(view.by_id[line.row], line.holder, line.party, line.concern)
    begun = min(one.row.date.last, view.day)
    days = {deed.day for deed in _deeds(view, one.party, one.concern)}
    for member in _of_party(view, one.party):
        days |= {view.when(entry.window) for entry in view.entries.get((member, one.concern), ())}
    changes: list[tuple[int, Shown]] = [(begun, line.then)]
    for day in sorted(day for day in days if begun < day <= view.day):
        word, _ = shown(view, day, one)
        if word != changes[-1][1]:
            changes.append((day, word))
    if changes[-1][1] != line.now:  # paper that counts only once it is confirmed
        changes = [*(change for change in changes if change[0] < view.day), (view.day, line.now)]
    ends = [day - 1 for day, _ in changes[1:]] + [view.day]
    return [(day, end, word) for (day, word), end in zip(changes, ends, strict=True)]


# what the record shows of a party ---------------------------------------------------------------------


class _Deed(NamedTuple):
    """A row by which somebody of a party showed what they made of a concern: from which day, and as which word."""

    word: Shown
    day: int
    row: Row


def shown(view: Snapshot, day: int, one: Believed) -> tuple[Shown, tuple[str, ...]]:
    """The first that holds of a party and its people by a day, with its rows; the belief itself says nothing."""
    made = [deed for deed in _deeds(view, one.party, one.concern) if deed.day <= day and deed.row is not one.row]
    for word in WORDS:
        if found := [deed.row.id for deed in made if deed.word == word]:
            return word, view.in_order(found)
    had = view.in_order(
        entry.row.id
        for member in _of_party(view, one.party)
        for entry in view.entries.get((member, one.concern), ())
        if view.when(entry.window) <= day
    )
    return ("had it on record", had) if had else ("no record", ())


def _deeds(view: Snapshot, party: str, concern: str) -> list[_Deed]:
    """What the people of a party did by the day that shows what they made of a concern."""

    def make() -> list[_Deed]:
        members = _of_party(view, party)
        rows = {row.id: row for member in members for row in view.of_sender(member, concern)}
        found = [_Deed(word, view.when(row.date), row) for row in rows.values() if (word := _word(row)) is not None]
        begun: dict[str, int] = {}  # what was done about an action on it, and from when
        done: dict[str, Row] = {}
        for member in members:
            for row, day in _done_by(view).get((member, concern), ()):
                begun[row.id] = min(day, begun.get(row.id, day))
                done[row.id] = row
        return found + [_Deed("acted", day, done[row]) for row, day in begun.items()]

    return view.keep(("beliefs: deeds", party, concern), make)


def _done_by(view: Snapshot) -> Mapping[tuple[str, str], list[tuple[Row, int]]]:
    """The done rows of each person and concern about an action on it, and the day from which they show that."""

    def make() -> dict[tuple[str, str], list[tuple[Row, int]]]:
        found: defaultdict[tuple[str, str], list[tuple[Row, int]]] = defaultdict(list)
        for row in view.of_kind("done"):
            for action in view.referred(row) if row.outcome != "refused" else ():
                if action.kind in ("agreed", "opened"):
                    day = max(view.when(row.date), view.when(action.date))
                    for one in product(row.who, action.concerns):
                        found[one].append((row, day))
        return dict(found)

    return view.keep("beliefs: done by", make)


def _word(row: Row) -> Shown | None:
    """What a row that names a concern shows of whoever is its ``who``, but for what was done about an action."""
    if row.kind in OTHERWISE:
        return "thought otherwise"
    if row.kind == "agreed":
        return "took it on"
    if row.kind == "decided" and row.outcome in PUT_ASIDE:
        return "put it aside"
    return "acted" if row.kind == "decided" and row.outcome == "step_up" else None


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
