"""A study in Parquet tables with a column `case`, read case by case whatever its size.

Each table gives its rows in the order of their cases (:mod:`safetynet.io.in_order`), without a copy on the disk; so
the tables are walked side by side, and of those that are in order a few thousand rows are held at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case.headings import fold, table_named
from ..case.schema import BY_NAME, REQUIRED
from ..errors import CaseError, Problem, did_you_mean, extra, without_narrative
from ..written import DateOrder
from .in_order import AT_ONCE, InOrder, keys_of
from .limits import MOST_ROWS
from .parquet import values_of
from .study_batches import Columns, Several, batches, coded_columns

if TYPE_CHECKING:
    from .studies import Unread


class OfCase(NamedTuple):
    """The rows of one case in one table, with the case."""

    case: str
    columns: Columns


Make = Callable[[str, dict[str, Columns], "DateOrder | None"], "Unread"]


def case_column(path: Path) -> str | None:
    """The heading of the column that says of which case a row is; None if there is none."""
    parquet: Any = extra("pyarrow.parquet", "study", "A study in Parquet")
    return next((str(name) for name in parquet.read_schema(path).names if fold(str(name)) == "case"), None)


class Tables:
    """A folder of Parquet tables, each with a column that says of which case a row is."""

    def __init__(self, folder: Path, files: Sequence[Path], date_order: DateOrder | None, make: Make) -> None:
        self._parquet: Any = extra("pyarrow.parquet", "study", "A study in Parquet")
        self._folder, self.date_order, self._make = folder, date_order, make
        self._problems: list[Problem] = []
        self._files: dict[str, tuple[Path, str]] = {}  # by table, with the heading of its column of cases
        for path in files:
            self._take(path)
        for table in REQUIRED:
            if table not in self._files and not any(one.table == table for one in self._problems):
                self._note(table, f"there is no {table}.parquet.", "A study has one with a column 'case'.")
        if self._problems:
            raise CaseError(self._problems, folder.name)

    def _note(self, table: str, said: str, hint: str) -> None:
        self._problems.append(Problem(table, "", "", "", said, hint))

    def _take(self, path: Path) -> None:
        """Take a file as the table that its name says."""
        name = without_narrative(path.name)
        table = "case" if fold(path.stem) == "cases" else table_named(path.stem)
        if not table or path.suffix.lower() != ".parquet":
            near = did_you_mean(path.stem, [*BY_NAME, "cases"])
            self._note(path.name, f"{name} is no table of a study.", f"{near} Rename it, or put _ before its name.")
            return
        if table in self._files:
            self._note(table, f"{name} and another file are both this table.", "Keep one of them.")
            return
        try:
            heading = case_column(path)
        except (OSError, ValueError):
            self._note(table, f"{name} is no Parquet file that can be read.", "Write it again.")
            return
        if heading is None:
            self._note(table, f"{name} has no column 'case'.", "Add one that says of which case a row is.")
            return
        self._files[table] = path, heading

    @cached_property
    def _many(self) -> int:
        names: set[str] = set()
        with self._told_as_unread():
            for path, heading in self._files.values():
                with self._parquet.ParquetFile(path) as file:
                    for found in keys_of(file, heading):
                        names.update(found.unique().to_pylist())
        return len(names)

    def __len__(self) -> int:
        return self._many

    def __iter__(self) -> Iterator[Unread]:
        with self._told_as_unread(), ExitStack() as stack:
            files = {table: stack.enter_context(InOrder(*found)) for table, found in self._files.items()}
            streams = {table: _in_order(file, self._files[table][1]) for table, file in files.items()}
            empty = {table: next(stream) for table, stream in streams.items()}
            heads = {table: next(stream, None) for table, stream in streams.items()}
            while left := [head.case for head in heads.values() if head is not None]:
                case = min(left)
                tables: dict[str, Columns] = {}
                for table, head in heads.items():
                    if head is not None and head.case == case:
                        tables[table] = head.columns
                        heads[table] = next(streams[table], None)
                    else:
                        tables[table] = empty[table].columns
                yield self._make(case, tables, self.date_order)

    def several(self, rows: int) -> Iterator[Several]:
        """The cases in the order of their names, as many at once as have so many rows in their largest table."""
        with self._told_as_unread(), ExitStack() as stack:
            files = {}
            for table, (path, heading) in self._files.items():
                coded = coded_columns(table, map(str, self._parquet.read_schema(path).names))
                files[table] = stack.enter_context(InOrder(path, heading, coded))
            yield from batches({table: (file, self._files[table][1]) for table, file in files.items()}, rows)

    def unread(self, name: str, tables: dict[str, Columns]) -> Unread:
        """A case from its rows."""
        return self._make(name, tables, self.date_order)

    @contextmanager
    def _told_as_unread(self) -> Iterator[None]:
        """Say what is wrong where a table cannot be read to its end; the error itself may quote a cell."""
        import pyarrow as pa

        try:
            yield
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, CaseError):
                raise
            said = "a table cannot be read to its end, or its column 'case' has no texts or numbers."
            problem = Problem(self._folder.name, "", "", "", said, "Write the tables again.")
            raise CaseError([problem], self._folder.name) from None


def _in_order(file: InOrder, key: str) -> Iterator[OfCase]:
    """First no rows, to say what the columns are; then the rows of each case, in the order of their names."""
    names = tuple(str(name) for name in file.schema_arrow.names if name != key)
    yield OfCase("", Columns(names, tuple([] for _ in names), 0))
    yield from _grouped(names, key, file.iter_batches(AT_ONCE))


def _grouped(names: tuple[str, ...], key: str, batches: Any) -> Iterator[OfCase]:
    """Rows that stand in the order of their cases, case by case; of one with far too many, no more than that shows."""
    case: str | None = None
    held: tuple[list[Any], ...] = ()
    rows = 0
    for batch in batches:
        keys = batch.column(key).to_pylist()
        values = [values_of(batch.column(name)) for name in names]
        start = 0
        while start < len(keys):
            end = _end_of_run(keys, start)
            if keys[start] != case:
                if case is not None:
                    yield OfCase(case, Columns(names, held, rows))
                case, held, rows = keys[start], tuple([] for _ in names), 0
            if rows <= MOST_ROWS:
                for column, more in zip(held, values, strict=True):
                    column.extend(more[start:end])
            rows += end - start
            start = end
    if case is not None:
        yield OfCase(case, Columns(names, held, rows))


def _end_of_run(keys: list[str], start: int) -> int:
    """Where the run of equal keys that begins at `start` ends."""
    end = start + 1
    while end < len(keys) and keys[end] == keys[start]:
        end += 1
    return end
