"""A study in Parquet tables with a column `case`, read case by case whatever its size.

DuckDB copies each table that is not in the order of its cases into that order, on disk, whatever its size; then the
tables are walked side by side, and at any time a few thousand rows of each are held.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case.headings import fold, table_named
from ..case.schema import BY_NAME, REQUIRED
from ..errors import CaseError, Problem, did_you_mean, extra, without_narrative
from ..written import DateOrder
from .limits import MOST_ROWS
from .parquet import values_of
from .study_batches import Columns, Several, batches, case_names

if TYPE_CHECKING:
    from .studies import Unread

MEMORY = "500MB"  # that DuckDB takes for ordering before it goes to disk
_ROWS_AT_ONCE = 5_000
_KEY = "case of a study"  # the column of a sorted copy


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
        self._duckdb: Any = extra("duckdb", "study", "A study in Parquet")
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
        parts = [f"SELECT {_key(heading)} AS found FROM read_parquet(?)" for _, heading in self._files.values()]
        query = f"SELECT count(*) FROM ({' UNION '.join(parts)})"
        with self._database() as database:
            found = self._asked(database, query, [str(path) for path, _ in self._files.values()])
            return int(found.read_all().column(0)[0].as_py())

    def __len__(self) -> int:
        return self._many

    def __iter__(self) -> Iterator[Unread]:
        with tempfile.TemporaryDirectory(prefix="safetynet-") as spare:
            streams = {table: self._in_order(Path(spare), *found) for table, found in self._files.items()}
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
        with tempfile.TemporaryDirectory(prefix="safetynet-") as spare, self._told_as_unsorted():
            yield from batches({table: self._file(Path(spare), *found) for table, found in self._files.items()}, rows)

    def unread(self, name: str, tables: dict[str, Columns]) -> Unread:
        """A case from its rows."""
        return self._make(name, tables, self.date_order)

    def _in_order(self, spare: Path, path: Path, heading: str) -> Iterator[OfCase]:
        """First no rows, to say what the columns are; then the rows of each case, in the order of their names."""
        with self._told_as_unsorted():
            file, key = self._file(spare, path, heading)
            with file:
                names = tuple(str(name) for name in file.schema_arrow.names if name != key)
                yield OfCase("", Columns(names, tuple([] for _ in names), 0))
                yield from _grouped(names, key, file.iter_batches(_ROWS_AT_ONCE))

    def _file(self, spare: Path, path: Path, heading: str) -> tuple[Any, str]:
        """The opened file of a table in the order of its cases, or of a copy that is, and the name of that column."""
        parquet: Any = extra("pyarrow.parquet", "study", "A study in Parquet")
        if _is_in_order(parquet, path, heading):
            return parquet.ParquetFile(path), heading
        return parquet.ParquetFile(self._sorted(spare, path, heading)), _KEY

    @contextmanager
    def _told_as_unsorted(self) -> Iterator[None]:
        try:
            yield
        except (self._duckdb.Error, OSError, ValueError) as error:
            if isinstance(error, CaseError):
                raise
            raise self._unsorted() from None

    def _sorted(self, spare: Path, path: Path, heading: str) -> Path:
        """A copy of a table in the order of its cases, made one after the other so that each has all the memory."""
        made = spare / path.name
        hidden = f"{_quoted(heading)}, file_row_number"
        with self._database() as database:
            database.execute(
                f"COPY (SELECT {_key(heading)} AS {_quoted(_KEY)}, * EXCLUDE ({hidden}) "
                f"FROM read_parquet($given, file_row_number=true) ORDER BY {_key(heading)}, file_row_number) "
                f"TO '{str(made).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, ROW_GROUP_SIZE 20000)",
                {"given": str(path)},
            )
        return made

    def _asked(self, database: Any, query: str, given: list[str]) -> Any:
        """The rows of an answer, a few at a time: a relation streams them."""
        try:
            return database.sql(query, params=given).to_arrow_reader(_ROWS_AT_ONCE)
        except self._duckdb.Error:
            raise self._unsorted() from None

    def _unsorted(self) -> CaseError:
        """What is said where DuckDB cannot go on; its own message may quote a cell."""
        said = "a table cannot be put into the order of its cases."
        hint = "Is it whole, and is there room in the folder for temporary files?"
        return CaseError([Problem(self._folder.name, "", "", "", said, hint)], self._folder.name)

    @contextmanager
    def _database(self) -> Iterator[Any]:
        """A database in memory, with a folder for what does not fit that goes away with it."""
        with ExitStack() as stack:
            spare = stack.enter_context(tempfile.TemporaryDirectory(prefix="safetynet-"))
            settings = {
                "memory_limit": MEMORY,
                "temp_directory": spare,
                "threads": min(4, os.cpu_count() or 1),
                "autoinstall_known_extensions": False,  # nothing is fetched
                "autoload_known_extensions": False,
            }
            database = self._duckdb.connect(":memory:", config=settings)
            stack.callback(database.close)
            yield database


def _quoted(heading: str) -> str:
    return '"' + heading.replace('"', '""') + '"'


def _key(heading: str) -> str:
    return f"coalesce(trim(CAST({_quoted(heading)} AS VARCHAR)), '')"


def _is_in_order(parquet: Any, path: Path, heading: str) -> bool:
    """Whether the cases of a table stand in the order of their names already, as texts."""
    import pyarrow as pa
    import pyarrow.compute as compute

    with parquet.ParquetFile(path) as file:
        if not pa.types.is_string(file.schema_arrow.field(heading).type):
            return False
        last = ""
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=[heading]):
            keys = pa.concat_arrays([pa.array([last]), case_names(batch.column(0))])
            if compute.any(compute.greater(keys[:-1], keys[1:])).as_py():
                return False
            last = keys[-1].as_py()
    return True


def _case_of(cell: str | None) -> str:
    return (cell or "").strip(" ")


def _grouped(names: tuple[str, ...], key: str, batches: Any) -> Iterator[OfCase]:
    """Rows that stand in the order of their cases, case by case; of one with far too many, no more than that shows."""
    case: str | None = None
    held: tuple[list[Any], ...] = ()
    rows = 0
    for batch in batches:
        keys = list(map(_case_of, batch.column(key).to_pylist()))
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
