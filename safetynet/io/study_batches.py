"""The tables of a study side by side, many whole cases at once and each column in one piece.

Each table is in the order of its cases. So many rows of each are held as reach to the same last case; the rows of the
next case wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..case.headings import column_named
from .limits import MOST_ROWS
from .parquet import values_of


class Columns(NamedTuple):
    """The rows of one case in one table: the names of the columns, their values, and how many rows there are."""

    names: tuple[str, ...]
    values: tuple[list[Any], ...]
    rows: int


class Several(NamedTuple):
    """Several whole cases at once: their names in order and, of each table, their rows and where those of each begin.

    The rows are a table of pyarrow; the places are one more than there are cases.
    """

    names: tuple[str, ...]
    tables: dict[str, tuple[Any, Any]]

    def one(self, place: int) -> dict[str, Columns]:
        """The rows of one of the cases."""
        found = {}
        for name, (rows, at) in self.tables.items():
            first, many = int(at[place]), int(at[place + 1] - at[place])
            columns = rows.slice(first, min(many, MOST_ROWS + 1))
            values = tuple(values_of(column) for column in columns.columns)
            found[name] = Columns(tuple(map(str, rows.column_names)), values, many)
        return found


def case_names(column: Any) -> Any:
    """The names of the cases in a column of texts: without blanks around them, empty where there is none."""
    import pyarrow as pa
    import pyarrow.compute as compute

    return compute.utf8_trim(compute.fill_null(column.cast(pa.string()), ""), " ")


def coded_columns(table: str, names: Iterable[str]) -> list[str]:
    """The columns of a table that are no free text, so that many of their cells hold the same."""
    known = {name: column_named(table, name) for name in names}
    return [name for name, column in known.items() if column and (column.type != "text" or column.vocabulary)]


class _Ahead:
    """One table: the rows that have been read and not yet been given away, with the names of their cases."""

    def __init__(self, file: Any, key: str, rows: int) -> None:
        self.key = key
        self.is_done = False
        self._batches = file.iter_batches(max(1, rows // 4))
        self.rows = _empty(file.schema_arrow)

    def read(self, rows: int) -> None:
        """Hold at least so many rows, or all that are left."""
        import pyarrow as pa

        parts, held = [self.rows], self.rows.num_rows
        while held < rows and not self.is_done:
            batch = next(self._batches, None)
            self.is_done = batch is None
            if batch is not None:
                parts.append(pa.Table.from_batches([batch]))
                held += batch.num_rows
        if len(parts) > 1:
            self.rows = pa.concat_tables(parts)
        self._names = case_names(self.rows.column(self.key))

    @property
    def last(self) -> str | None:
        """The case of the last row that is held, of which more may follow; None where nothing follows."""
        last: str | None = None if self.is_done else self._names[-1].as_py()
        return last

    def take(self, before: str | None) -> tuple[Any, Any]:
        """Give away the rows of the cases before one, with the name of each."""
        import pyarrow.compute as compute

        many = self.rows.num_rows
        if before is not None and many:
            many = compute.sum(compute.less(self._names, before)).as_py() or 0
        taken, names = self.rows.slice(0, many), self._names.slice(0, many)
        self.rows, self._names = self.rows.slice(many), self._names.slice(many)
        return taken.drop_columns([self.key]), names


def batches(files: Mapping[str, tuple[Any, str]], rows: int) -> Iterator[Several]:
    """Several whole cases at once, with about so many rows in the table that has most."""
    tables = {name: _Ahead(file, key, rows) for name, (file, key) in files.items()}
    try:
        wanted = rows
        while True:
            for table in tables.values():
                table.read(wanted)
            ends = [last for table in tables.values() if (last := table.last) is not None]
            several = _several({name: table.take(min(ends, default=None)) for name, table in tables.items()})
            if several.names:
                yield several
                wanted = rows
            else:
                wanted *= 2  # a case with more rows than that
            if not ends:
                return
    finally:
        for file, _ in files.values():
            file.close()


def _several(taken: Mapping[str, tuple[Any, Any]]) -> Several:
    """The rows of all tables, with where those of each case begin."""
    import numpy as np

    found = {}
    for name, (rows, names) in taken.items():
        codes = names.combine_chunks().dictionary_encode()
        found[name] = rows, codes.dictionary.to_pylist(), codes.indices.to_numpy(zero_copy_only=False)
    cases = sorted({case for _, listed, _ in found.values() for case in listed})
    place = {case: number for number, case in enumerate(cases)}
    tables = {}
    for name, (rows, listed, codes) in found.items():
        own = np.array([place[case] for case in listed], np.int64)
        counts = np.bincount(own[codes] if len(codes) else own[:0], minlength=len(cases))
        tables[name] = rows, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Several(tuple(cases), tables)


def _empty(schema: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches([], schema)
