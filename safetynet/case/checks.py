"""From text tables to records: every problem collected, nothing guessed.

:func:`check` reads all tables against :mod:`safetynet.case.schema`. What is wrong becomes a problem (with the row as
the person sees it, the value, the nearest right one and what to do); the case is only built when there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..errors import CaseError, Problem, did_you_mean, nearest, without_narrative
from .build import Parsed, build
from .cells import normal
from .columns import Table
from .ids import Ids
from .lines import Line
from .records import RawTable, Records
from .row_rules import RULES
from .schema import BY_NAME, REQUIRED, TABLES
from .told import Told
from .values import Known, cell

RESERVED = ("*", "none", "..")


class Checked(NamedTuple):
    """A case without a problem: its tables in our order, its records, and the agencies that were added to a table."""

    tables: dict[str, RawTable]
    records: Records
    created: tuple[str, ...]


class Checker:
    """Reads the tables of one case; collects problems and, per table, its rows as read.

    Parameters
    ----------
    raw : mapping
        The text tables by name.
    known : Known, optional
        The ids that are known already, where only some rows are read.
    """

    def __init__(self, raw: Mapping[str, RawTable], known: Known | None = None) -> None:
        self.raw = dict(raw)
        self.known = known or Known(self._lookup)
        self.problems: list[Problem] = []
        self.lines: dict[str, list[Line]] = {}
        self.lacking: dict[str, tuple[str, ...]] = {}  # the required columns that a table does not have
        self._columns: dict[str, dict[str, int]] = {}
        self._ids: Ids | None = None

    def add(self, table: str, index: int | None, column: str, value: str, problem: str, hint: str = "") -> None:
        """Note a problem; what the case tells is not repeated in it."""
        line = "" if index is None else self.raw[table].line(index)
        shown = without_narrative(value)
        plain = value if shown == repr(value) else shown
        self.problems.append(Problem(table, line, column, plain, problem.replace(repr(value), shown), hint))

    def _lookup(self) -> Ids:
        """The ids and names of all tables, for what to do about one that is unknown."""
        if self._ids is None:
            self._ids = Ids({name: table for name, table in self.raw.items() if name in BY_NAME})
            for name, ids in self.known.tables.items():
                self._ids.add(name, ids)
        return self._ids

    def text(self, table: str, index: int, column: str) -> str:
        """The text of a cell."""
        columns = self._columns.get(table)
        if columns is None:
            columns = {name: place for place, name in enumerate(self.raw[table].columns)}
            self._columns[table] = columns
        return self.raw[table].rows[index][columns[column]]

    # a whole case ---------------------------------------------------------------------------------

    def run(self) -> tuple[str, ...]:
        """Read everything; the agencies that had to be created."""
        self._tables()
        for table in TABLES:
            if table.name in self.raw:
                self._head(table)
        for table in TABLES:
            if table.name in self.raw and table.id:
                self.known.tables[table.name] = {}
                self.take_ids(table, range(len(self.raw[table.name].rows)))
        people, agencies = self.known.of("people"), self.known.of("agencies")
        for both in people.keys() & agencies.keys():
            hint = "Give one of them another id."
            self.add("people", people[both], "id", both, f"{both!r} is both a person and an agency.", hint)
        created = self._create_agencies()
        for table in TABLES:
            if table.name in self.raw:
                self.read(table, range(len(self.raw[table.name].rows)))
        self._one_case()
        return created

    def _tables(self) -> None:
        """Tables that are missing, and those that no case has."""
        strange = [name for name in self.raw if name not in BY_NAME]
        for name in strange:
            hint = did_you_mean(name, BY_NAME)
            self.problems.append(Problem(name, "", "", "", "there is no table of this name in a case.", hint))
        for name in REQUIRED:
            if name not in self.raw:
                near = nearest(name, strange, 1)
                hint = f"Is it the table {near[0]!r}?" if near else "A case has people, concerns and a chronology."
                self.problems.append(Problem(name, "", "", "", f"the table {name!r} is missing.", hint))

    def _head(self, table: Table) -> None:
        """Put our columns into their order; a required one that is missing is a problem."""
        raw = self.raw[table.name]
        lacking = tuple(one.name for one in table.columns if one.required and one.name not in raw.columns)
        for name in lacking:
            near = nearest(name, [other for other in raw.columns if table.get(other) is None], 1)
            hint = f"Is it the column {near[0]!r}?" if near else "Add it to the header."
            self.add(table.name, None, name, "", f"the column {name!r} is missing.", hint)
        self.lacking[table.name] = lacking
        self.raw[table.name] = normal(raw, table.names)

    def _create_agencies(self) -> tuple[str, ...]:
        """Agencies that people name but no table lists, with sector other."""
        people, listed = self.known.of("people"), self.known.of("agencies")
        created: dict[str, None] = {}
        for index in range(len(self.raw["people"].rows) if "people" in self.raw else 0):
            value = self.text("people", index, "agency").strip()
            if not value or value in listed or value in created:
                continue
            if value in people:
                hint = self.known.near("agency", value, list(listed)) or "Name an agency, or leave it empty."
                self.add("people", index, "agency", value, f"{value!r} is a person, not an agency.", hint)
            elif ";" in value or "\n" in value:
                hint = "A person has one agency: one id, without ';'."
                self.add("people", index, "agency", value, f"{value!r} is not one agency.", hint)
            else:
                created[value] = None
        if created:
            table = self.raw.get("agencies", RawTable(BY_NAME["agencies"].names, ()))
            known = {"sector": "other"}
            made = [{**known, "id": name, "name": name} for name in sorted(created)]
            rows = [tuple(cells.get(column, "") for column in table.columns) for cells in made]
            lines = [table.line(index) for index in range(len(table.rows))] + [""] * len(rows)
            self.raw["agencies"] = RawTable(table.columns, (*table.rows, *rows), tuple(lines))
            places = {name: len(table.rows) + place for place, name in enumerate(sorted(created))}
            self.known.tables["agencies"] = {**listed, **places}
        return tuple(sorted(created))

    def _one_case(self) -> None:
        rows = len(self.raw["case"].rows) if "case" in self.raw else 1
        if rows > 1:
            hint = "Keep one row; several cases are a study."
            self.add("case", 1, "", "", f"the table has {rows} rows, and a case is one.", hint)

    # rows of a table ------------------------------------------------------------------------------

    def take_ids(self, table: Table, places: Iterable[int]) -> None:
        """The ids of some rows; duplicates, separators and words with a meaning of their own are problems."""
        column, ids = table.id, self.known.tables[table.name]
        for index in places:
            value = self.text(table.name, index, column).strip()
            if not value:
                continue  # reported as missing with the other required cells
            problem = hint = ""
            if ";" in value or "\n" in value:
                problem = f"the {column} {value!r} contains ';' or a line break."
                hint = "That separates several ids in a cell: use another sign."
            elif value in ids:
                problem = f"the {column} {value!r} is already that of row {self.raw[table.name].line(ids[value])}."
                hint = "Give each row its own, or merge the two."
            elif value in RESERVED:
                problem, hint = f"{value!r} has a meaning of its own in cells.", "Use another id."
            else:
                ids[value] = index
            if problem:
                self.add(table.name, index, column, value, problem, hint)

    def read(self, table: Table, places: Sequence[int]) -> list[Line]:
        """Some rows of a table: their cells, and what is wrong in and between them."""
        raw = self.raw[table.name]
        needed = [(place, one.name) for place, one in enumerate(table.columns) if one.required]
        needed = [(place, name) for place, name in needed if name not in self.lacking.get(table.name, ())]
        lines: list[Line] = []
        for index in places:
            line = Line(self, table.name, index)
            for column, text in zip(table.columns, raw.rows[index], strict=False):
                if text:
                    found = cell(column, text, self.known)
                    if found.value is not None:
                        line.cells[column.name] = found.value
                    for one in found.wrong:
                        line.wrong(column.name, one.problem, one.hint, one.value)
            for place, name in needed:
                if not raw.rows[index][place].strip():
                    line.wrong(name, f"{name} is empty.", "Every row needs it.")
            for rule in RULES.get(table.name, ()):
                rule(line)
            lines.append(line)
        self.lines[table.name] = lines
        if len(table.key) > 1 and not self.lacking.get(table.name):
            self._repeated(table, lines)
        return lines

    def _repeated(self, table: Table, lines: Iterable[Line]) -> None:
        """Two rows of one key, where the key is more than one column."""
        seen: dict[tuple[str, ...], int] = {}
        for line in lines:
            first = seen.setdefault(tuple(line.text(name).strip() for name in table.key), line.index)
            if first != line.index:
                row = self.raw[table.name].line(first)
                problem = f"this {' and '.join(table.key)} already stand in row {row}."
                line.wrong(table.key[-1], problem, "Keep one of the two rows.")

    def parsed(self) -> Parsed:
        """The cells of each row of each table."""
        return {name: [line.cells for line in lines] for name, lines in self.lines.items()}


def check(raw: Mapping[str, RawTable], what: str = "the case", told: Told | None = None) -> Checked:
    """A case from its text tables, spelt as the case format has it.

    Raises
    ------
    CaseError
        With what the reader of the files has `told` already, and all else that is wrong in the tables.
    """
    checker = Checker(raw)
    created = checker.run()
    told = told or Told()
    told.doubtful |= {table.name for table in TABLES if table.id and table.id in checker.lacking.get(table.name, ())}
    refuse(told, checker.problems, what)
    tables = {name: checker.raw[name] for name in BY_NAME if name in checker.raw}
    return Checked(tables, build(checker.parsed()), created if "agencies" in raw else ())


def refuse(told: Told, problems: Iterable[Problem], what: str) -> None:
    """Raise one error with everything that is wrong, in the order of the tables and their rows; or nothing."""
    found = [*told.problems, *(problem for problem in problems if not told.follows(problem))]
    if found:
        order = {table.name: place for place, table in enumerate(TABLES)}
        found.sort(key=lambda one: (order.get(one.table, -1), int(one.row) if one.row.isdecimal() else -1))
        raise CaseError(found, what)
