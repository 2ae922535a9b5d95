"""What two coders of one case have otherwise: a line for each thing to talk about, and none for what only follows.

Ids, code words and dates only: no name, no summary, nothing of what the case tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ..case.records import Records, Row
from ..dates import Window
from ..wording import day, when
from .counterparts import Counterparts, Label, Table
from .row_pairs import CODES, PEOPLE, RowPair, Sides, gap

EMPTY = "empty"
ROWS_FOR_PEOPLE = 2  # in so many rows somebody stands for another before the two are taken for one
FIELDS: Mapping[Table, tuple[str, ...]] = {
    "agencies": ("sector",),
    "people": ("kind", "agency", "remit", "start", "end", "lead_from", "lead_to"),
    "concerns": ("severity", "category", "about", "answers", "resolved"),
}
"""The columns that are compared of who and what is in both; texts, such as names and summaries, are not."""


class Disagreement(NamedTuple):
    """A thing that two coders have otherwise."""

    table: str
    kind: str
    date: int | None
    days: int | None
    in_a: str
    in_b: str
    rows_a: tuple[str, ...]
    rows_b: tuple[str, ...]


@dataclass(frozen=True)
class Coded:
    """Two codings of one case, and what of them is taken for the same."""

    a: Records
    b: Records
    found: Counterparts
    pairs: list[RowPair]

    @cached_property
    def here(self) -> Mapping[str, str]:
        """The row of b for each row of a that is taken for one."""
        return {pair.a.row.id: pair.b.row.id for pair in self.pairs}

    @cached_property
    def there(self) -> Mapping[str, str]:
        """The row of a for each row of b that is taken for one."""
        return {there: here for here, there in self.here.items()}


def disagreements(coded: Coded) -> list[Disagreement]:
    """Everything that is otherwise: agencies, people and concerns first, then the rows by date."""
    made: list[Disagreement] = []
    for table in FIELDS:
        made += _of_table(coded, table)
    rows = [line for pair in coded.pairs for line in _of_pair(coded, pair)]
    rows += _alone(coded)
    return made + sorted(rows, key=lambda line: (line.date, line.rows_a or line.rows_b))


# who and what -----------------------------------------------------------------------------------------------


class _Table:
    """A table of two codings, and the rows in which what stands in it does."""

    def __init__(self, coded: Coded, table: Table) -> None:
        self.coded, self.table = coded, table
        self.a, self.b = getattr(coded.a, table), getattr(coded.b, table)
        self._of_a, self._of_b = (_rows_of(records, table) for records in (coded.a, coded.b))

    def line(self, kind: str, in_a: str, in_b: str, ids_a: Iterable[str], ids_b: Iterable[str]) -> Disagreement:
        """A disagreement about some ids, with the rows in which they stand."""
        rows_a = [row for row in self.coded.a.in_order if any(row.id in self._of_a[one] for one in ids_a)]
        rows_b = [row for row in self.coded.b.in_order if any(row.id in self._of_b[one] for one in ids_b)]
        first = min((row.date.last for row in (*rows_a, *rows_b)), default=None)
        ids = (tuple(row.id for row in rows) for rows in (rows_a, rows_b))
        return Disagreement(self.table, kind, first, None, in_a, in_b, *ids)


def _of_table(coded: Coded, table: Table) -> Iterator[Disagreement]:
    """What only one of them has of a table, what they cut otherwise, and what they say otherwise of the same."""
    made, (labels_a, labels_b) = _Table(coded, table), coded.found.labels(table)
    yield from (made.line("only in a", one, "", [one], []) for one in made.a if not labels_a[one][1])
    yield from (made.line("only in b", "", other, [], [other]) for other in made.b if not labels_b[other][0])
    for of, ids_a, ids_b in coded.found.several:
        if of == table:
            kind = "several for one" if len(ids_a) > 1 else "one for several" if len(ids_b) > 1 else "person for desk"
            yield made.line(kind, "; ".join(ids_a), "; ".join(ids_b), ids_a, ids_b)
    for one, other in coded.found.pairs(table):
        for name in FIELDS[table]:
            mine, theirs = getattr(made.a[one], name), getattr(made.b[other], name)
            if _differs(coded.found, name, mine, theirs):
                in_a, in_b = f"{one}: {_shown(name, mine)}", f"{other}: {_shown(name, theirs)}"
                yield made.line(f"other {name}", in_a, in_b, [one], [other])


def _rows_of(records: Records, table: Table) -> Mapping[str, set[str]]:
    """The rows in which each agency, person or concern stands."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in records.rows:
        for one in row.concerns if table == "concerns" else (*row.who, *row.to, *row.present):
            found[one].add(row.id)
    return found


def _differs(found: Counterparts, name: str, mine: Any, theirs: Any) -> bool:
    """Whether two values of who or what is the same in both differ, ids read with the labels of both."""
    if name == "agency":
        mine, theirs = ((mine,) if mine else ()), ((theirs,) if theirs else ())
    if name not in ("agency", "about", "answers"):
        return bool(mine != theirs)
    a, b = found.labels("concerns" if name == "answers" else "people")
    return others({a[one] for one in mine}, {b[one] for one in theirs})


def others(mine: Iterable[Label], theirs: Iterable[Label]) -> bool:
    """Whether two sets differ in more than in what only one of the coders has at all, which has a line of its own.

    As many such of the one as of the other may be the same: their own lines have the rows.
    """
    left, right = set(mine), set(theirs)
    alone = {label for label in left if not label[1]}, {label for label in right if not label[0]}
    return left - alone[0] != right - alone[1] or (all(alone) and len(alone[0]) != len(alone[1]))


# rows -------------------------------------------------------------------------------------------------------


def _of_pair(coded: Coded, pair: RowPair) -> Iterator[Disagreement]:
    """What two rows that are one say otherwise."""
    mine, theirs = pair.a.row, pair.b.row
    apart = gap(mine.date, theirs.date) if mine.date != theirs.date else None
    for name, kind in _kinds(coded, pair):
        days = apart if name == "date" else None
        in_a, in_b = _of_row(mine, name), _of_row(theirs, name)
        yield Disagreement("chronology", kind, mine.date.last, days, in_a, in_b, (mine.id,), (theirs.id,))


def _kinds(coded: Coded, pair: RowPair) -> Iterator[tuple[str, str]]:
    """The columns in which two rows differ, each with what it is called."""
    mine, theirs = pair.a.row, pair.b.row
    if mine.date != theirs.date:
        yield "date", "other date"
    if mine.kind != theirs.kind:
        yield "kind", "other kind of row"
    if others(pair.a.parties, pair.b.parties):
        yield "parties", "person or desk" if _at_the_desk(pair) else "other person"
    elif not _same_roles(pair):
        yield "parties", "other role in the row"
    if others(pair.a.concerns, pair.b.concerns):
        yield "concerns", "other concern"
    for name in CODES:
        before, after = pair.a.codes[name], pair.b.codes[name]
        if others(before, after) if name in PEOPLE else before != after:
            yield name, f"other {name}"
    yield from ((name, f"other {name}") for name in ("ref", "disputes") if _other_rows(coded, name, mine, theirs))


def _at_the_desk(pair: RowPair) -> bool:
    """Whether all that differs in who took part is that one has an agency where the other has somebody of it."""
    mine, theirs = pair.a.parties - pair.b.parties, pair.b.parties - pair.a.parties
    left, right = {pair.a.agencies[one] for one in mine}, {pair.b.agencies[one] for one in theirs}
    return left == right and all((one in mine) != (one in theirs) for one in left)


def _same_roles(pair: RowPair) -> bool:
    """Whether those who are in both rows stand in the same column of them."""
    both = pair.a.parties & pair.b.parties
    mine, theirs = ({role for role in side.roles if role[1] in both} for side in (pair.a, pair.b))
    return mine == theirs


def _other_rows(coded: Coded, name: str, mine: Row, theirs: Row) -> bool:
    """Whether rows that are named are not the same; what only one coder has at all is left out."""
    named = {coded.here[one] for one in getattr(mine, name) if one in coded.here}
    return named != {one for one in getattr(theirs, name) if one in coded.there}


def _alone(coded: Coded) -> Iterator[Disagreement]:
    """The rows that only one of the coders has."""
    for row in coded.a.in_order:
        if row.id not in coded.here:
            yield Disagreement("chronology", "only in a", row.date.last, None, _whole(row), "", (row.id,), ())
    for row in coded.b.in_order:
        if row.id not in coded.there:
            yield Disagreement("chronology", "only in b", row.date.last, None, "", _whole(row), (), (row.id,))


# the grain --------------------------------------------------------------------------------------------------


def join_several(coded: Coded) -> bool:
    """Where what only one coder has stands as something else of the other: two worries of one are one of the other.

    So it is where the other stands in half or more of the rows that both have, and in one of them (of people, in two)
    without standing there for itself. Whether there is any is answered.
    """
    before = len(coded.found.several)
    tables: tuple[Table, ...] = ("people", "concerns")
    for table in tables:
        least = ROWS_FOR_PEOPLE if table == "people" else 1
        of: Callable[[Sides], frozenset[Label]] = _concerns_of if table == "concerns" else _parties_of
        read = [(of(pair.a), of(pair.b)) for pair in coded.pairs]
        for side in (0, 1):
            into = _stands_for([(b, a) if side else (a, b) for a, b in read], side, least)
            for label, alone in into.items():
                ids = sorted(one[side] for one in alone)
                both = [[label[0]], [label[1]]]
                both[side] += ids
                coded.found.join(table, *both)
    return len(coded.found.several) > before


def _concerns_of(side: Sides) -> frozenset[Label]:
    return side.concerns


def _parties_of(side: Sides) -> frozenset[Label]:
    return side.parties


def _stands_for(
    rows: Sequence[tuple[frozenset[Label], frozenset[Label]]], side: int, least: int
) -> dict[Label, list[Label]]:
    """What stands on the other side for what this side alone has, with all of the latter."""
    alone = sorted({label for mine, _ in rows for label in mine if not label[1 - side]})
    found: defaultdict[Label, list[Label]] = defaultdict(list)
    for one in alone:
        there = [(mine, theirs) for mine, theirs in rows if one in mine]
        counted = {
            label: (
                sum(label in theirs and label not in mine for mine, theirs in there),
                sum(label in theirs for _, theirs in there),
            )
            for label in sorted({label for _, theirs in there for label in theirs if all(label)})
        }
        fitting = [label for label, (itself, every) in counted.items() if itself >= least and 2 * every >= len(there)]
        if fitting:
            found[max(fitting, key=lambda label: (counted[label], label))].append(one)
    return found


# as a cell --------------------------------------------------------------------------------------------------


def _of_row(row: Row, name: str) -> str:
    return (
        _parties(row)
        if name == "parties"
        else _shown(name, getattr(row, "two_way_cell" if name == "two_way" else name))
    )


def _shown(name: str, value: Any) -> str:
    """A value as a cell: ids, code words, numbers and dates."""
    if isinstance(value, Window):
        clock = "" if value.time is None else f"T{value.time // 3600:02}:{value.time % 3600 // 60:02}"
        return when(value) + clock
    if value is None or value in ("", ()):
        return EMPTY
    if isinstance(value, tuple):
        return "; ".join(value)
    return day(value) if name == "due" else str(value)


def _parties(row: Row) -> str:
    """Who is in a row: T > S; present K."""
    text = "; ".join(row.who) or "-"
    if row.to:
        text += f" > {'; '.join(row.to)}"
    return text + (f"; present {'; '.join(row.present)}" if row.present else "")


def _whole(row: Row) -> str:
    """A row in a few words: told T > S: c1."""
    concerns = f": {'; '.join(row.concerns)}" if row.concerns else ""
    return f"{row.kind} {_parties(row)}{concerns}"
