"""What a reader of files gathers: the tables as text, and everything that is wrong so far.

Each format fills a :class:`Reading`; :meth:`Reading.case` then checks all tables and raises one error with
every problem. What cannot be judged because of a problem already reported (an id of a table that could not be
read, a row with a cell too few) is not reported a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from ..case import Case
from ..case.columns import Column
from ..case.headings import column_named, fold
from ..case.records import RawTable
from ..case.schema import BY_NAME, REQUIRED
from ..case.told import Told
from ..dates import BadDate, as_text
from ..errors import LONGEST, CaseError, Problem, did_you_mean, nearest, type_of, without_narrative
from ..written import DateOrder
from .agency_columns import is_chronology
from .draft_words import kind_of, outcome_of, person_kind_of
from .limits import refuse_vast
from .unreadable import Unreadable as Unreadable

YES_NO = ("yes", "no")
NOT_CODED = "it looks like an agency's own chronology, which is not coded yet: it has no people and no concerns."
MAKE_A_DRAFT = (
    "Make a draft of it to go on with: safetynet draft FILE -o coding.xlsx, or draft_from_chronology in Python."
)
_ROWS_LOOKED_AT = 10  # for the header
_MEANT = {
    ("chronology", "kind"): kind_of,
    ("chronology", "outcome"): outcome_of,
    ("people", "kind"): person_kind_of,
}


class Record(NamedTuple):
    """A row of a table before its columns are named: what a person calls it, and its cells by their column, from 1."""

    line: str
    cells: Mapping[int, str]


class Reading:
    """The tables and problems of one input, while it is being read."""

    def __init__(self, noun: str = "table") -> None:
        self.noun = noun  # what a table is called here: file, sheet, key
        self.tables: dict[str, RawTable] = {}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []  # what is odd but usable
        self.unread: set[str] = set()  # tables that are there and could not be read
        self.unsure: set[str] = set()  # tables that were read, but whose ids may be wrong
        self.strangers: dict[str, Sequence[str]] = {}  # names that are no table of a case, with their headings
        self.told_rows: set[tuple[str, str]] = set()
        self.told_cells: set[tuple[str, str, str]] = set()

    # problems -------------------------------------------------------------------------------------

    def add(
        self, table: str, problem: str, hint: str = "", *, row: str = "", column: str = "", value: str = ""
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(brief(table), row, brief(column), brief(value), problem, hint))

    def note(self, table: str, said: str, hint: str = "", *, row: str = "") -> None:
        """Note what is odd but usable."""
        self.notes.append(Problem(table, row, "", "", said, hint))

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

    def add_stranger(self, name: str, label: str, headings: Sequence[str] = ()) -> None:
        """Note a file, sheet or key that is no table of a case."""
        self.strangers[name] = headings
        like = next((f"It has the columns of {table!r}." for table in REQUIRED if _fits(table, headings)), "")
        hint = like or (did_you_mean(name, BY_NAME) if len(name) <= LONGEST else "")
        if fold(name) == "cases":
            hint += " Several cases are a study: use read_study."
        self.add(
            label,
            f"{without_narrative(label)} is no table of a case.",
            f"{hint} Rename it, or put _ before its name if it is no part of the case.".strip(),
            value=name,
        )

    # tables ---------------------------------------------------------------------------------------

    def header_among(self, table: str, rows: Iterable[tuple[int, Sequence[str]]]) -> int | None:
        """The first row that holds anything, which is the header; None after noting that another row looks like it."""
        looked: list[tuple[int, int]] = []  # how many of our columns a row names, and the row
        for number, texts in rows:
            named = {column.name for text in texts if (column := column_named(table, text)) is not None}
            looked.append((len(named), number))
            if len(looked) == _ROWS_LOOKED_AT or len(named) > 2:
                break
        best, row = max(looked, key=lambda one: one[0])
        first = looked[0]
        if first[0] > 0 or best < 2 or row == first[1]:
            return first[1]
        self.add_unread(
            table,
            f"the header seems to be in row {row}.",
            "Take the rows above it out, so that the header is the first row.",
            row=str(first[1]),
        )
        return None

    def add_records(self, table: str, records: Sequence[Record], aside: Set[int] = frozenset()) -> None:
        """Take a table from its records, the header first; the columns that were put `aside` are none of it.

        Blank rows hold nothing and are passed over, as are columns without a name and a cell.
        """
        filled = [record for record in records if any(text.strip() for text in record.cells.values())]
        if not filled:
            self.add_unread(
                table,
                "it is empty: it does not even have a header.",
                f"Write the column names into its first row, or take the {self.noun} away.",
            )
            return
        header, rows = filled[0], filled[1:]
        keep = self._named(table, header, rows, aside)
        try:
            refuse_vast("the table", len(rows), len(keep))
        except Unreadable as error:
            self.add_unread(table, error.problem, error.hint)
            return
        self.tables[table] = RawTable(
            tuple(header.cells[place] for place in keep),
            tuple(tuple(record.cells.get(place, "") for place in keep) for record in rows),
            tuple(record.line for record in rows),
        )

    def _named(self, table: str, header: Record, rows: Sequence[Record], aside: Set[int]) -> list[int]:
        """The places of the columns with a name of their own; others are problems if they hold anything."""
        keep: list[int] = []
        seen: dict[str, int] = {}
        used = {place for record in rows for place, text in record.cells.items() if text}
        named = [place for place, name in header.cells.items() if name.strip()]
        for place in sorted({*range(1, max(named) + 1), *used} - aside):
            name = header.cells.get(place, "")
            if not name.strip():
                if place < max(named) or place in used:
                    self.add(
                        table,
                        f"column {letter(place)} has no name.",
                        "Write a name into its header, or take the column away.",
                        row=header.line,
                    )
            elif name in seen:
                self.add(
                    table,
                    f"the column {without_narrative(name)} is there twice (columns {letter(seen[name])} and "
                    f"{letter(place)}).",
                    "Keep one of them, or give one another name.",
                    row=header.line,
                    column=name,
                    value=name,
                )
            else:
                seen[name] = place
                keep.append(place)
        return keep

    @staticmethod
    def shown_names(names: Sequence[str]) -> str:
        """Names of columns as a message may repeat them."""
        return ", ".join(without_narrative(name) for name in names)

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
        if self.is_plain_chronology():
            raise CaseError([Problem(what, "", "", "", NOT_CODED, MAKE_A_DRAFT)], what)
        told = Told.of(self.problems, self.notes)
        told.places |= {(table, row, "") for table, row in self.told_rows} | self.told_cells
        told.places |= {(table, "", "") for table in self.unread}
        told.doubtful = self.unread | self.unsure | {name for name in REQUIRED if name not in self.tables}
        try:
            tables = self.tables
            return Case._from_raw(tables, name=name, what=what, told=told, date_order=date_order, read_from=what)
        except CaseError as error:
            faults = error.faults
        raise CaseError([self._looked_at(fault) for fault in faults if not self._is_garbled(fault)], what)

    def is_plain_chronology(self) -> bool:
        """Whether this is an agency's own chronology, which nobody has coded yet."""
        if {"people", "concerns"} & (self.tables.keys() | self.unread):
            return False
        tables = [table.columns for table in self.tables.values()]
        return any(is_chronology(headings) for headings in (*tables, *self.strangers.values()))

    def _looked_at(self, fault: Problem) -> Problem:
        """A missing table with the nearest thing that is there; a word of somebody's own with ours that it may be."""
        means = _MEANT.get((fault.table, fault.column))
        if means is not None and fault.hint.startswith("Possible here"):
            meant = means(fault.value)
            return fault._replace(hint=f"Perhaps {meant}. {fault.hint}") if meant else fault
        if fault.table not in REQUIRED or fault.table in self.tables or fault.row or fault.column:
            return fault
        like = next((name for name, headings in self.strangers.items() if _fits(fault.table, headings)), "")
        near = [like] if like else nearest(fault.table, self.strangers, 1)
        return fault._replace(hint=f"Is it the {self.noun} {without_narrative(near[0])}?") if near else fault

    def _is_garbled(self, fault: Problem) -> bool:
        """Whether it is about a text that could not be decoded, which is told already."""
        return fault.table in self.unsure and "\ufffd" in fault.value and fault not in self.problems


def _fits(table: str, headings: Sequence[str]) -> bool:
    """Whether headings are those of a table: every column that its rows need is among them."""
    named = {column.name for heading in headings if (column := column_named(table, heading)) is not None}
    return {column.name for column in BY_NAME[table].columns if column.required} - {"id"} <= named


def brief(text: str) -> str:
    """A name or value as a message may repeat it; of prose only how long it is."""
    shown = without_narrative(text)
    return text if shown == repr(text) else shown


def letter(column: int) -> str:
    """What a spreadsheet calls a column.

    Examples
    --------
    >>> letter(1), letter(26), letter(27), letter(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    text = ""
    while column:
        column, place = divmod(column - 1, 26)
        text = chr(65 + place) + text
    return text


def text_of(value: Any, column: Column | None) -> str:
    """What a cell of a typed format (Excel, Parquet) says, as text; a missing value is empty.

    Whole numbers have no decimal point, dates are written year-month-day, TRUE and FALSE are yes and no in a
    column that has these words.

    Raises
    ------
    Unreadable
        If the value has no text that would be sure to mean the same.
    """
    if value is None or value != value:  # NaN is not itself
        return ""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bool):
        return _truth(value, column)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return _moment(value, column)
    if type(value).__name__ == "Decimal":
        return str(value)
    raise Unreadable(f"the cell holds {type_of(value)}, not a text.", "Write it as text; several ids as a;b.")


def _moment(value: dt.date | dt.time | dt.timedelta, column: Column | None) -> str:
    """A date as year-month-day; a time without a day only in a column of one's own."""
    if isinstance(value, dt.date):
        try:
            return as_text(value)
        except BadDate as error:
            raise Unreadable(f"the date cannot be read: {error.problem}", error.hint) from None
    if isinstance(value, dt.time) and column is None:
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    raise Unreadable("the cell is a time without a day.", "Write it as text, such as 2019-05-20T16:30.")


def _truth(value: bool, column: Column | None) -> str:
    """TRUE or FALSE, as yes and no where the column has these words."""
    if column is None:
        return str(value).upper()
    if column.vocabulary == YES_NO:
        return "yes" if value else "no"
    raise Unreadable(
        f"the cell is the truth value {str(value).upper()}.", "Write it as text, in the words that the column has."
    )
