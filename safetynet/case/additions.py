"""What is added to a checked case or changed in it: rows are spelt and checked like any other, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, Problem, did_you_mean, unknown
from . import build
from .cells import checked_text
from .checks import Checker, refuse
from .headings import column_named
from .ids import Ids
from .parts import Entry, Parts
from .records import RawTable, Records
from .schema import BY_NAME
from .spelling import spell_cells
from .told import Told
from .values import Known

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, RawTable]


class Around:
    """The ids of a checked case, in which what is new is spelt and checked."""

    def __init__(self, raw: Tables, records: Records) -> None:
        self.raw = raw
        self.lookup = Ids({name: table for name, table in raw.items() if name in BY_NAME})
        self.known = Known(lambda: self.lookup)
        tables: dict[str, Iterable[str]] = {
            "people": records.people,
            "agencies": records.agencies,
            "concerns": records.concerns,
            "chronology": records.by_id,
        }
        if "sources" in raw:
            tables["sources"] = [row[0] for row in raw["sources"].rows]
        self.known.tables = {table: {one: place for place, one in enumerate(ids)} for table, ids in tables.items()}

    def spelt(self, table: str, row: tuple[str, ...], line: str, notes: list[Problem]) -> tuple[str, ...]:
        """The cells of a row in the spelling of the case format."""
        return spell_cells(table, RawTable(self.raw[table].columns, (row,), (line,)), self.lookup, None, notes).rows[0]


def add_rows(raw: Tables, records: Records, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> Parts:
    """The case with further rows at the end of its chronology.

    Raises
    ------
    CaseError
        With everything that does not fit.
    """
    spec, table = BY_NAME["chronology"], raw["chronology"]
    parts, around, told = Parts(raw, records), Around(raw, records), Told()
    added = _as_cells(table, records.by_id, rows, told.problems)
    around.lookup.add("chronology", [cells["id"] for cells in added])
    lines = [f"added {number}" for number in range(1, len(added) + 1)]
    new = [
        around.spelt("chronology", tuple(cells.get(name, "") for name in table.columns), line, parts.notes)
        for cells, line in zip(added, lines, strict=True)
    ]
    first = len(table.rows)
    longer = RawTable(table.columns, (*table.rows, *new), (*map(table.line, range(first)), *lines))
    checker = Checker({**raw, "chronology": longer}, around.known)
    places = range(first, len(longer.rows))
    checker.take_ids(spec, places)
    read = checker.read(spec, places)
    refuse(Told.of(told.problems), checker.problems, "what was added")
    made = [build.record("chronology", one.cells) for one in read]
    parts.put("chronology", [*parts.entries("chronology"), *map(Entry, made, new, lines)])
    return parts


def _as_cells(
    table: RawTable, taken: Iterable[str], rows: Iterable[Mapping[str, Any]] | pd.DataFrame, problems: list[Problem]
) -> list[dict[str, str]]:
    """The rows that a caller gave as cells, each with an id."""
    if not isinstance(rows, Iterable) or isinstance(rows, (str, Mapping)):
        raise ArgumentError(
            "rows is a list of mappings, or a DataFrame. Write with_rows([{'date': ..., 'kind': ...}])."
        )
    ids = set(taken)
    free = (name for number in count(1) if (name := f"added{number}") not in ids)
    given: Iterable[Any] = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    made: list[dict[str, str]] = []
    for place, row in enumerate(given, start=1):
        if not isinstance(row, Mapping):
            raise ArgumentError(f"row {place} is a {type(row).__name__}, not a mapping from column to value.")
        cells = _fitting("chronology", table, f"added {place}", row, problems)
        cells["id"] = cells.get("id", "").strip() or next(free)
        ids.add(cells["id"])
        made.append(cells)
    return made


def _fitting(
    name: str, table: RawTable, line: str, given: Mapping[str, Any], problems: list[Problem]
) -> dict[str, str]:
    """The cells that a caller gave, by the columns of the table; a column that it lacks becomes a problem."""
    cells: dict[str, str] = {}
    for title, value in given.items():
        column = column_named(name, str(title))
        heading = column.name if column is not None else str(title)
        if heading in table.columns:
            cells[heading] = checked_text(value, name, line, heading, problems)
        else:
            hint = did_you_mean(heading, table.columns, allowed=0) or "Use a column of the case format."
            problems.append(Problem(name, line, heading, "", f"there is no column {heading!r}.", hint))
    return cells


def change_cells(raw: Tables, records: Records, table: str, one: str, cells: Mapping[str, Any]) -> Parts | Tables:
    """The case with some cells of one row of a table changed; its tables, to be checked anew, where it gets another id.

    Raises
    ------
    CaseError
        If there is no such row or column, or a value does not fit.
    """
    old, what, told = raw[table], "what was changed", Told()
    around = Around(raw, records)
    place = around.known.of(table).get(one) if isinstance(one, str) else None
    if place is None:
        hint = did_you_mean(str(one), list(around.known.of(table)))
        told.problems.append(Problem(table, "", "id", str(one), f"no row of {table} has the id {one!r}.", hint))
    line = "" if place is None else old.line(place)
    wanted = _fitting(table, old, line, cells, told.problems)
    if place is None:
        refuse(told, (), what)
        raise unknown("the row", one, around.known.of(table))
    row = tuple(wanted.get(name, text) for name, text in zip(old.columns, old.rows[place], strict=True))
    if wanted.get("id", one) != one:
        return {**raw, table: RawTable(old.columns, (*old.rows[:place], row, *old.rows[place + 1 :]), old.lines)}
    parts = Parts(raw, records)
    row = around.spelt(table, row, line, parts.notes)
    rows = (*old.rows[:place], row, *old.rows[place + 1 :])
    checker = Checker({**raw, table: RawTable(old.columns, rows, old.lines)}, around.known)
    (read,) = checker.read(BY_NAME[table], [place])
    refuse(Told.of(told.problems), checker.problems, what)
    entries = list(parts.entries(table))
    entries[place] = Entry(build.record(table, read.cells), row, line)
    parts.put(table, entries)
    return parts
