"""A Parquet table read in the order of its cases, whatever order its rows are in, without a copy on the disk.

Where the rows are in order already the file is read through once. Else the column of cases is read first, and of each
row the number of its case is kept, four bytes a row; then the file is read again for as many cases at a time as fit
into a limit of memory, and of what is read only their rows are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ..errors import extra
from .study_batches import case_names

if TYPE_CHECKING:
    import numpy.typing as npt

AT_ONCE = 5_000  # rows that are read together
HELD = 100_000_000  # bytes of rows that are held of one table while they are put into order


class InOrder:
    """An open table that gives its rows in the order of their cases; those of a case are in the order of the file.

    It is read as a ``pyarrow.parquet.ParquetFile`` is; the names of the cases are texts in it. Where the rows are in
    order, the columns of texts among `coded` come as numbers of their different texts, as they lie in the file.
    """

    def __init__(self, path: Path, key: str, coded: Iterable[str] = ()) -> None:
        parquet: Any = extra("pyarrow.parquet", "study", "A study in Parquet")
        self._file: Any = parquet.ParquetFile(path)
        try:
            self._key = key
            self._place: int = self._file.schema_arrow.get_field_index(key)
            self.schema_arrow: Any = _with_text(self._file.schema_arrow, self._place)
            self._cases = None if _is_in_order(self._file, key) else _ranks(self._file, key)
            if self._cases is None:
                again = [name for name in coded if name != key and _is_text(self._file.schema_arrow.field(name).type)]
                self._file.close()
                self._file = parquet.ParquetFile(path, read_dictionary=again)
                self.schema_arrow = _with_text(self._file.schema_arrow, self._place)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def iter_batches(self, rows: int = AT_ONCE) -> Iterator[Any]:
        """All rows, at most so many at a time."""
        if self._cases is None:
            yield from map(self._named, self._file.iter_batches(rows))
            return
        for first, stop in _runs(self._cases, self._most()):
            found = self._of(first, stop, rows)
            if stop - first == 1:  # of one case the rows are in order, however many they are
                yield from found
            else:
                yield from _sorted(list(found), self._cases, first, stop).to_batches(rows)

    def _named(self, batch: Any) -> Any:
        """Rows with the names of their cases as texts."""
        names = case_names(batch.column(self._place))
        return batch.set_column(self._place, self.schema_arrow.field(self._place), names)

    def _most(self) -> int:
        """How many rows are held at once."""
        head = next(iter(self._file.iter_batches(AT_ONCE)), None)
        each = 1 if head is None else max(1, head.nbytes // max(1, head.num_rows))
        return max(AT_ONCE, HELD // each)

    def _of(self, first: int, stop: int, rows: int) -> Iterator[Any]:
        """The rows of some cases, in the order of the file; groups of rows that have none of them are not read."""
        assert self._cases is not None
        start = 0
        for group in range(self._file.num_row_groups):
            many = self._file.metadata.row_group(group).num_rows
            wanted = _between(self._cases[start : start + many], first, stop)
            start += many
            if not wanted.any():
                continue
            place = 0
            for batch in self._file.iter_batches(rows, row_groups=[group]):
                mask = wanted[place : place + batch.num_rows]
                place += batch.num_rows
                if mask.any():
                    yield self._named(batch.filter(_as_mask(mask)))


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _with_text(schema: Any, place: int) -> Any:
    """A schema in which the column of cases is text."""
    import pyarrow as pa

    return schema.set(place, pa.field(schema.field(place).name, pa.string()))


def _as_mask(mask: npt.NDArray[np.bool_]) -> Any:
    import pyarrow as pa

    return pa.array(mask)


def _between(ranks: npt.NDArray[np.int32], first: int, stop: int) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (ranks >= first) & (ranks < stop)
    return found


def _is_in_order(file: Any, key: str) -> bool:
    """Whether the cases of a table stand in the order of their names already, as texts."""
    import pyarrow as pa
    import pyarrow.compute as compute

    last = ""
    for names in keys_of(file, key):
        keys = pa.concat_arrays([pa.array([last]), names])
        if compute.any(compute.greater(keys[:-1], keys[1:])).as_py():
            return False
        last = keys[-1].as_py()
    return True


def keys_of(file: Any, key: str) -> Iterator[Any]:
    """The names of the cases of all rows, some rows at a time; no other column is read."""
    for batch in file.iter_batches(AT_ONCE, columns=[key]):
        if batch.num_rows:
            yield case_names(batch.column(0))


def _ranks(file: Any, key: str) -> npt.NDArray[np.int32]:
    """For each row the number of its case, in the order of the names."""
    numbers: dict[str, int] = {}
    found = np.empty(file.metadata.num_rows, np.int32)
    place = 0
    for names in keys_of(file, key):
        coded = names.dictionary_encode()
        own = [numbers.setdefault(name, len(numbers)) for name in coded.dictionary.to_pylist()]
        codes = coded.indices.to_numpy(zero_copy_only=False)
        found[place : place + len(codes)] = np.array(own, np.int32)[codes]
        place += len(codes)
    rank = np.empty(len(numbers), np.int32)
    rank[[numbers[name] for name in sorted(numbers)]] = np.arange(len(numbers), dtype=np.int32)
    return rank[found]


def _runs(ranks: npt.NDArray[np.int32], most: int) -> Iterator[tuple[int, int]]:
    """The cases that are held together: the first, and the one after the last; more rows than `most` only of one."""
    ends = np.cumsum(np.bincount(ranks))
    first = given = 0
    while first < len(ends):
        stop = max(first + 1, int(np.searchsorted(ends, given + most, side="right")))
        yield first, stop
        first, given = stop, int(ends[stop - 1])


def _sorted(batches: list[Any], ranks: npt.NDArray[np.int32], first: int, stop: int) -> Any:
    """The rows of some cases, which are in the order of the file, in the order of their cases."""
    import pyarrow as pa

    order = np.argsort(ranks[_between(ranks, first, stop)], kind="stable")
    return pa.Table.from_batches(batches).take(pa.array(order))
