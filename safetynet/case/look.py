"""What a look at a checked case needs: its rows by what they name, since when somebody has a concern on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from ..errors import Problem
from .records import RawTable, Records, Row
from .vocabulary import KNOWING_KINDS


class Said(NamedTuple):
    """Something odd about a row: the cell, its value, what is odd, and what to do."""

    column: str
    value: str
    problem: str
    hint: str


class Look:
    """A case while it is looked at."""

    def __init__(self, raw: Mapping[str, RawTable], records: Records, created: tuple[str, ...] = ()) -> None:
        self.raw = raw
        self.records = records
        self.created = created

    def at(self, table: str, place: int, said: Said) -> Problem:
        """What is odd about the row at a place of a table."""
        return Problem(table, self.raw[table].line(place), *said)

    def cell(self, row: Row, column: str) -> str:
        """The text of a cell of the chronology."""
        table = self.raw["chronology"]
        return table.rows[self.records.places[row.id]][table.columns.index(column)]

    def rows(self, ids: Iterable[str]) -> list[Row]:
        """The rows of these ids."""
        return [self.records.by_id[one] for one in ids]

    @cached_property
    def referring(self) -> Mapping[str, list[Row]]:
        """The rows that name each row in ``ref``."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.records.rows:
            for one in row.ref:
                found[one].append(row)
        return found

    @cached_property
    def given(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """The first and the last day on which a row may have given a concern to somebody who is not its sender."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for row in self.records.rows:
            for holder, day in _given_by(row):
                for concern in row.concerns:
                    first, last = found.get((holder, concern), (day, day))
                    found[holder, concern] = (min(first, day), max(last, day))
        return found

    @cached_property
    def contacts(self) -> Mapping[str, list[Row]]:
        """The contact rows in which each person and agency takes part."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.records.rows:
            for one in row.named if row.is_contact else ():
                found[one].append(row)
        return found

    @cached_property
    def naming(self) -> Mapping[str, list[Row]]:
        """The rows that put each concern on somebody's record."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.records.rows:
            if row.kind in KNOWING_KINDS or row.kind in ("observed", "met") or row.is_sent:
                for concern in row.concerns:
                    found[concern].append(row)
        return found


def _given_by(row: Row) -> Iterable[tuple[str, int]]:
    """Who gets the concerns of a row, and the first day on which that may have been."""
    if row.kind in ("observed", "met") or row.kind in KNOWING_KINDS:
        yield from ((one, row.date.first) for one in row.who)
    if row.kind in ("observed", "met"):
        yield from ((one, row.date.first) for one in row.present)
    elif row.is_sent and row.arrived:
        yield from ((one, row.reached.first) for one in (*row.to, *row.present))
