"""What a reader of files gathers: the tables as text, and everything that is wrong so far.

Each format fills a :class:`Reading`; :meth:`Reading.case` then checks all tables and raises one error with
every problem. What cannot be judged because of a problem already reported (an id of a table that could not be
read, a row with a cell too few) is not reported a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ..case import Case
from ..case.columns import Column
from ..case.records import RawTable
from ..case.schema import BY_NAME, REQUIRED
from ..case.told import Told
from ..dates import BadDate, as_text
from ..errors import CaseError, Problem, did_you_mean, nearest, without_narrative
from ..written import DateOrder

YES_NO = ("yes", "no")


class Unreadable(ValueError):
    """A cell that has no text of its own: what is wrong with it, and what to do."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class Reading:
    """The tables and problems of one input, while it is being read."""

    def __init__(self, noun: str = "table") -> None:
        self.noun = noun  # what a table is called here: file, sheet, key
        self.tables: dict[str, RawTable] = {}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.unread: set[str] = set()  # tables that are there and could not be read
        self.unsure: set[str] = set()  # tables that were read, but whose ids may be wrong
        self.strangers: list[str] = []  # names that are no table of a case
        self.told_rows: set[tuple[str, str]] = set()
        self.told_cells: set[tuple[str, str, str]] = set()

    # problems -------------------------------------------------------------------------------------

    def add(
        self, table: str, problem: str, hint: str = "", *, row: str = "", column: str = "", value: str = ""
    ) -> None:
        """Note a problem."""
        shown = value if without_narrative(value) == repr(value) else without_narrative(value)
        self.problems.append(Problem(table, row, column, shown, problem, hint))

    def add_unread(self, table: str, problem: str, hint: str = "", *, row: str = "") -> None:
        """Note that a table is there and cannot be read."""
        self.unread.add(table)
        self.add(table, problem, hint, row=row)

    def add_cell(self, table: str, row: str, column: str, value: str, error: Unreadable) -> None:
        """Note a cell that cannot be read; nothing else will be said about it."""
        self.told_cells.add((table, row, column))
        known = BY_NAME[table].get(column) if table in BY_NAME else None
        if known is not None and known.type == "id":
            self.unsure.add(table)
        self.add(table, error.problem, error.hint, row=row, column=column, value=value)

    def add_stranger(self, name: str, label: str) -> None:
        """Note a file, sheet or key that is no table of a case."""
        self.strangers.append(name)
        hint = did_you_mean(name, BY_NAME)
        if name in ("cases", "Cases"):
            hint += " Several cases are a study: use read_study."
        self.add(
            label,
            f"{label!r} is no table of a case.",
            f"{hint} Rename it, or put _ before its name if it is no part of the case.".strip(),
            value=name,
        )

    # tables ---------------------------------------------------------------------------------------

    def add_records(self, table: str, records: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Take a table from its records (what a person calls the row, and its cells), the header first.

        Blank rows hold nothing and are passed over, as are columns at the end without a name and a cell.
        """
        filled = [(line, cells) for line, cells in records if any(cells)]
        if not filled:
            self.add_unread(
                table,
                "it is empty: it does not even have a header.",
                f"Write the column names into its first row, or take the {self.noun} away.",
            )
            return
        header_line, header = filled[0]
        width = len(header)
        rows: list[tuple[str, ...]] = []
        lines: list[str] = []
        for line, cells in filled[1:]:
            if len(cells) != width:
                more = len(cells) > width
                self.told_rows.add((table, line))
                self.add(
                    table,
                    f"the row has {len(cells)} cells, and the header has {width}.",
                    "A text with a comma in it needs double quotes around it."
                    if more
                    else "An empty cell still needs its comma.",
                    row=line,
                )
            rows.append(tuple(cells[:width]) + ("",) * (width - len(cells)))
            lines.append(line)
        keep = self._named(table, header_line, header, rows)
        if len(keep) != width:
            rows = [tuple(row[place] for place in keep) for row in rows]
        self.tables[table] = RawTable(tuple(header[place] for place in keep), tuple(rows), tuple(lines))

    def _named(self, table: str, line: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
        """The places of the columns with a name of their own; others are problems if they hold anything."""
        keep: list[int] = []
        seen: dict[str, int] = {}
        last = max((place for place, name in enumerate(header) if name.strip()), default=-1)
        for place, name in enumerate(header):
            if not name.strip():
                if place < last or name or any(row[place] for row in rows):
                    self.add(
                        table,
                        f"column {place + 1} has no name.",
                        "Write a name into its header, or take the column away.",
                        row=line,
                    )
            elif name in seen:
                self.add(
                    table,
                    f"the column {name!r} is there twice (columns {seen[name] + 1} and {place + 1}).",
                    "Keep one of them, or give one another name.",
                    row=line,
                    column=name,
                    value=name,
                )
            else:
                seen[name] = place
                keep.append(place)
        return keep

    def fill_case(self, values: dict[str, str]) -> None:
        """Put `values` into the row of the ``case`` table where it has none of its own."""
        table = self.tables.get("case")
        if table is None:
            if values and "case" not in self.unread:
                self.tables["case"] = RawTable(tuple(values), (tuple(values.values()),), ("",))
            return
        if len(table.rows) > 1:
            return
        row = dict(zip(table.columns, table.rows[0] if table.rows else ("",) * len(table.columns), strict=True))
        for name, value in values.items():
            row[name] = row.get(name) or value
        if any(row.values()) or table.rows:
            self.tables["case"] = RawTable(tuple(row), (tuple(row.values()),), table.lines or ("",))

    # the case -------------------------------------------------------------------------------------

    def case(self, name: str, what: str, date_order: DateOrder | None = None) -> Case:
        """The case, or one error with every problem.

        Raises
        ------
        CaseError
            With the problems noted so far and all that is wrong in the tables.
        """
        told = Told.of(self.problems, self.notes)
        told.places |= {(table, row, "") for table, row in self.told_rows} | self.told_cells
        told.places |= {(table, "", "") for table in self.unread}
        told.doubtful = self.unread | self.unsure | {name for name in REQUIRED if name not in self.tables}
        try:
            return Case._from_raw(self.tables, name=name, what=what, told=told, date_order=date_order)
        except CaseError as error:
            faults = error.faults
        raise CaseError([self._looked_at(fault) for fault in faults if not self._is_garbled(fault)], what)

    def _looked_at(self, fault: Problem) -> Problem:
        """A missing table with the nearest thing that is there."""
        if fault.table not in REQUIRED or fault.table in self.tables or fault.row or fault.column:
            return fault
        near = nearest(fault.table, self.strangers, 1)
        return fault._replace(hint=f"Is it the {self.noun} {near[0]!r}?") if near else fault

    def _is_garbled(self, fault: Problem) -> bool:
        """Whether it is about a text that could not be decoded, which is told already."""
        return fault.table in self.unsure and "\ufffd" in fault.value and fault not in self.problems


def text_of(value: Any, column: Column | None) -> str:
    """What a cell of a typed format (Excel, Parquet) says, as text; a missing value is empty.

    Whole numbers have no decimal point, dates are written year-month-day, TRUE and FALSE are yes and no in a
    column that has these words.

    Raises
    ------
    Unreadable
        If the value has no text that would be sure to mean the same.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        if column is not None and column.vocabulary == YES_NO:
            return "yes" if value else "no"
        raise Unreadable(
            f"the cell is the truth value {str(value).upper()}.",
            "Write it as text, in the words that the column has.",
        )
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime) and value.microsecond:
        return value.isoformat()
    if isinstance(value, dt.date):
        try:
            return as_text(value)
        except BadDate as error:
            raise Unreadable(f"the date cannot be read: {error.problem}", error.hint) from None
    if isinstance(value, (dt.time, dt.timedelta)):
        raise Unreadable("the cell is a time without a day.", "Write it as text, such as 2019-05-20T16:30.")
    if type(value).__name__ == "Decimal":
        return str(value)
    raise Unreadable(f"the cell holds a {type(value).__name__}, not a text.", "Write it as text; several ids as a;b.")
