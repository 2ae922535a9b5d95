"""Which row of one coder is which row of another: by date, people, concerns and kind, one to one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..case.records import Records, Row
from ..dates import Window
from ..record.parties import agency_of
from .counterparts import Counterparts, Label, assigned, overlap

CODES = (
    *("about", "seen", "channel", "two_way", "received", "received_on", "complete", "absent", "due", "outcome"),
    *("reason", "rating", "consent", "interpreter", "count", "confidence"),
)
"""The columns of a row, besides date, kind, people and concerns, that are compared."""
PEOPLE = ("about", "absent", "interpreter")  # of them those that hold people
ROLES = ("who", "to", "present")
WIDE = 31  # days; a window that is longer is looked up apart
SAME_REF = 0.01  # added for rows whose ``ref`` joins them to the same rows: it decides between what is else as alike
ALIKE = 100.0  # added for rows that are the same in date, kind, people and concerns: they come before all others


class Sides(NamedTuple):
    """What a row says, in words that both coders share."""

    row: Row
    parties: frozenset[Label]
    roles: frozenset[tuple[str, Label]]
    agencies: Mapping[Label, Label]  # of each party
    concerns: frozenset[Label]
    codes: Mapping[str, Any]
    named: frozenset[str]  # the rows that it names in ``ref``, and that name it


class RowPair(NamedTuple):
    """A row of each coder that are taken for one, and how alike they are, 0 to 1."""

    a: Sides
    b: Sides
    likeness: float


def sides(records: Records, people: Mapping[str, Label], concerns: Mapping[str, Label]) -> list[Sides]:
    """The rows of a case in order, read with the labels of both coders."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for row in records.rows:
        for one in row.ref:
            named[row.id].add(one)
            named[one].add(row.id)
    return [_read(row, records, people, concerns, named[row.id]) for row in records.in_order]


def _read(
    row: Row,
    records: Records,
    people: Mapping[str, Label],
    concerns: Mapping[str, Label],
    named: Iterable[str],
) -> Sides:
    roles = frozenset((role, people[one]) for role in ROLES for one in getattr(row, role))
    ids = {one for role in ROLES for one in getattr(row, role)}
    codes = {name: getattr(row, "two_way_cell" if name == "two_way" else name) for name in CODES}
    codes |= {name: frozenset(people[one] for one in codes[name]) for name in ("about", "absent")}
    codes["interpreter"] = frozenset([people.get(row.interpreter, (row.interpreter,) * 2)] if row.interpreter else [])
    return Sides(
        row,
        frozenset(people[one] for one in ids),
        roles,
        {people[one]: people[agency_of(records, one) or one] for one in ids},
        frozenset(concerns[one] for one in row.concerns),
        codes,
        frozenset(named),
    )


def gap(one: Window, other: Window) -> int:
    """Days between two windows; 0 where they have a day in common."""
    return max(0, one.first - other.last, other.first - one.last)


def pair_rows(a: Records, b: Records, found: Counterparts, tolerance: int) -> list[RowPair]:
    """The rows of two cases that are taken for one, by the first coder's order.

    Each row is in one pair at most. Those that are the same in date, kind, people and concerns come first; of the
    others, the pairs are as alike as possible together.
    """
    left, right = sides(a, found.a, found.concerns_a), sides(b, found.b, found.concerns_b)
    near = {
        (row, column): likeness
        for row, column in _near(left, right, tolerance)
        if (likeness := _likeness(left[row], right[column]))
    }
    groups = [(sorted(rows), sorted(columns)) for rows, columns in _groups(near)]
    pairs: list[RowPair] = []
    for _ in range(2):  # what the rows that they name are is known the second time
        known = {pair.a.row.id: pair.b.row.id for pair in pairs}
        pairs = [pair for rows, columns in groups for pair in _paired(left, right, rows, columns, near, known)]
    return sorted(pairs, key=lambda pair: pair.a.row.order)


def _paired(
    left: Sequence[Sides],
    right: Sequence[Sides],
    rows: Sequence[int],
    columns: Sequence[int],
    near: Mapping[tuple[int, int], float],
    known: Mapping[str, str],
) -> Iterator[RowPair]:
    import numpy as np

    scores = np.zeros((len(rows), len(columns)))
    for place, row in enumerate(rows):
        for other, column in enumerate(columns):
            likeness = near.get((row, column), 0.0)
            if likeness:
                scores[place, other] = likeness + ALIKE * _is_same(left[row], right[column])
                named = (known.get(one, "") for one in left[row].named)
                scores[place, other] += SAME_REF * overlap(named, right[column].named)
    for place, other in assigned(scores):
        row, column = rows[place], columns[other]
        yield RowPair(left[row], right[column], near[row, column])


def _near(left: Sequence[Sides], right: Sequence[Sides], tolerance: int) -> Iterator[tuple[int, int]]:
    """The places of rows that are at most so many days apart."""
    dates = [one.row.date for one in right]
    for wide in (False, True):  # a year among days would make every search long
        columns = [place for place, date in enumerate(dates) if (date.last - date.first > WIDE) is wide]
        columns.sort(key=lambda place: dates[place].first)
        firsts = [dates[place].first for place in columns]
        longest = max((dates[place].last - dates[place].first for place in columns), default=0)
        for row, one in enumerate(left):
            first, last, _ = one.row.date
            start = bisect_left(firsts, first - tolerance - longest)
            for column in columns[start : bisect_right(firsts, last + tolerance)]:
                if dates[column].last >= first - tolerance:
                    yield row, column


def _groups(near: Iterable[tuple[int, int]]) -> list[tuple[set[int], set[int]]]:
    """The rows that hang together through what may be one: each group is settled by itself."""
    import networkx as nx

    graph = nx.Graph((("a", row), ("b", column)) for row, column in near)
    groups: list[tuple[set[int], set[int]]] = []
    for part in nx.connected_components(graph):
        rows, columns = ({place for side, place in part if side == one} for one in "ab")
        groups.append((rows, columns))
    groups.sort(key=lambda group: min(group[0]))
    return groups


def _is_same(one: Sides, other: Sides) -> bool:
    mine, theirs = one.row, other.row
    return (mine.date, mine.kind, one.roles, one.concerns) == (theirs.date, theirs.kind, other.roles, other.concerns)


def _likeness(one: Sides, other: Sides) -> float:
    """How alike two rows are, 0 to 1; 0 where they are not taken for one whatever else there is.

    Of three things two must be so: most of the parties are the same; half of the concerns are, or both have none and
    half of the parties are the same; the kind is the same, or both are contact rows.
    """
    mine, theirs = one.row, other.row
    people, worries = _parties(one, other), overlap(one.concerns, other.concerns)
    neither = not one.concerns and not other.concerns
    kind = 1.0 if mine.kind == theirs.kind else 0.5 if mine.is_contact and theirs.is_contact else 0.0
    alike = (people > 0.5) + (worries >= 0.5 or (neither and people >= 0.5)) + (kind > 0)
    same = _is_same(one, other)
    if alike < 2 and not same:
        return 0.0
    day: float = 1 / (1 + gap(mine.date, theirs.date)) - 0.25 * (mine.date != theirs.date)
    codes = sum(bool(one.codes[name] == other.codes[name]) for name in CODES) / len(CODES)
    roles, concerns = overlap(one.roles, other.roles), people if neither else worries
    if same:
        people = roles = concerns = 1.0
    return 0.3 * people + 0.15 * roles + 0.25 * concerns + 0.15 * kind + 0.1 * day + 0.05 * codes


def _parties(one: Sides, other: Sides) -> float:
    """Twice the parties that two rows share, by how many they have; another of the same agency counts half."""
    if not one.parties or not other.parties:
        return 0.0
    rest, others = (
        [side.agencies[party] for party in side.parties - both.parties] for side, both in ((one, other), (other, one))
    )
    half = sum(min(rest.count(agency), others.count(agency)) for agency in set(rest))
    return (2 * len(one.parties & other.parties) + half) / (len(one.parties) + len(other.parties))
