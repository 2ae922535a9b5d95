"""What is added to a checked case or changed in it: rows are spelt and checked like any other, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from ..errors import ADDED, CHANGED, ArgumentError, Problem, did_you_mean, type_of, unknown, without_narrative
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
    lines, added = _as_cells(table, records.by_id, rows, told.problems)
    around.lookup.add("chronology", [cells["id"] for cells in added])
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
    refuse(Told.of(told.problems), checker.problems, ADDED)
    made = [build.record("chronology", one.cells) for one in read]
    parts.put("chronology", [*parts.entries("chronology"), *map(Entry, made, new, lines)])
    return parts


def _as_cells(
    table: RawTable, taken: Iterable[str], rows: Iterable[Mapping[str, Any]] | pd.DataFrame, problems: list[Problem]
) -> tuple[list[str], list[dict[str, str]]]:
    """What messages call the rows that a caller gave (their own ids, or their places), and their cells with an id."""
    if not isinstance(rows, Iterable) or isinstance(rows, (str, Mapping)):
        raise ArgumentError(
            "rows is a list of mappings, or a DataFrame. Write with_rows([{'date': ..., 'kind': ...}])."
        )
    ids = set(taken)
    free = (name for number in count(1) if (name := f"added{number}") not in ids)
    given: Iterable[Any] = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    made: list[dict[str, str]] = []
    lines: list[str] = []
    for place, row in enumerate(given, start=1):
        if not isinstance(row, Mapping):
            raise ArgumentError(f"row {place} is {type_of(row)}, not a mapping from column to value.")
        own = row.get("id")
        named = own.strip() if isinstance(own, str) else ""
        lines.append(named if named and without_narrative(named) == repr(named) else f"added {place}")
        cells = _fitting("chronology", table, lines[-1], row, problems)
        cells["id"] = cells.get("id", "").strip() or next(free)
        ids.add(cells["id"])
        made.append(cells)
    return lines, made


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
    old, told = raw[table], Told()
    around = Around(raw, records)
    place = around.known.of(table).get(one) if isinstance(one, str) else None
    if place is None:
        other = next((f"It is an id of {name}. " for name, ids in around.known.tables.items() if str(one) in ids), "")
        hint = other + did_you_mean(str(one), around.known.of(table))
        told.problems.append(Problem(table, "", "id", str(one), f"no row of {table} has the id {one!r}.", hint))
    wanted = _fitting(table, old, one if isinstance(one, str) else "", cells, told.problems)
    if place is None:
        refuse(told, (), CHANGED)
        raise unknown("the row", one, around.known.of(table))
    line = old.line(place)
    row = tuple(wanted.get(name, text) for name, text in zip(old.columns, old.rows[place], strict=True))
    called = [*map(old.line, range(len(old.rows)))]
    called[place] = one  # messages name the row as the caller did
    rows = (*old.rows[:place], row, *old.rows[place + 1 :])
    changed = RawTable(old.columns, rows, tuple(called))
    if wanted.get("id", one) != one:
        return {**raw, table: changed}
    parts = Parts(raw, records)
    row = around.spelt(table, row, line, parts.notes)
    rows = (*old.rows[:place], row, *old.rows[place + 1 :])
    checker = Checker({**raw, table: changed._replace(rows=rows)}, around.known)
    (read,) = checker.read(BY_NAME[table], [place])
    refuse(Told.of(told.problems), checker.problems, CHANGED)
    entries = list(parts.entries(table))
    entries[place] = Entry(build.record(table, read.cells), row, line)
    parts.put(table, entries)
    return parts
