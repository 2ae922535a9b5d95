"""A table as a Parquet file: every column text. Rows are called by their place, the first one 1."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..case.headings import column_named
from ..errors import extra
from .limits import MOST_UNPACKED, read_bytes
from .reading import Reading, Record, Unreadable, text_of

_MOST_CELLS = 10_000_000
_AGAIN = "Write it again, or keep what is that large as a study of Parquet files."


def _pyarrow(purpose: str) -> tuple[Any, Any]:
    return extra("pyarrow", "study", purpose), extra("pyarrow.parquet", "study", purpose)


def read_table(path: Path, table: str, reading: Reading) -> None:
    """Read one file into `reading`; columns of numbers and dates become text."""
    pa, parquet = _pyarrow("Reading Parquet")
    try:
        data = read_bytes(path)
        if not data:
            raise Unreadable("the file is empty.", "Write it again, or take the file away.")
        frame = _frame(pa, parquet, data)
    except Unreadable as error:
        reading.add_unread(table, error.problem, error.hint)
        return
    except (pa.ArrowException, OSError, ValueError, NotImplementedError):
        reading.add_unread(table, f"{path.name!r} is no Parquet file that can be read.", "Write it again.")
        return
    add_columns(table, [str(name) for name in frame.column_names], list(map(values_of, frame.columns)), reading)


def add_columns(table: str, names: Sequence[str], columns: Sequence[Sequence[Any]], reading: Reading) -> None:
    """Take a table into `reading` from its columns of Python values."""
    records = [Record("", dict(enumerate(names, 1)))]
    texts = [_texts(values, table, name, reading) for name, values in zip(names, columns, strict=True)]
    for row in range(len(texts[0]) if texts else 0):
        cells = {place: column[row] for place, column in enumerate(texts, 1) if column[row]}
        records.append(Record(str(row + 1), cells))
    reading.add_records(table, records)


def _frame(pa: Any, parquet: Any, data: bytes) -> Any:
    """The table, its repeated texts not written out; refused where it unfolds to more than a case can be."""
    file = parquet.ParquetFile(pa.BufferReader(data))
    rows, columns = file.metadata.num_rows, file.metadata.num_columns
    if rows * columns > _MOST_CELLS:
        raise Unreadable(f"the file has {rows:,} rows of {columns:,} columns, more than {_MOST_CELLS:,} cells.", _AGAIN)
    texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
    frame = parquet.read_table(pa.BufferReader(data), read_dictionary=texts)
    if sum(_size(pa, column) for column in frame.columns) > MOST_UNPACKED:
        raise Unreadable(f"the file unfolds to more than {MOST_UNPACKED / 1e6:,.0f} million characters.", _AGAIN)
    return frame


def _size(pa: Any, column: Any) -> int:
    """How many bytes the texts of a column have once they are written out."""
    import pyarrow.compute as compute

    size = 0
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type) and len(chunk.dictionary):
            lengths = compute.binary_length(chunk.dictionary)
            size += compute.sum(lengths.take(chunk.indices)).as_py() or 0
        elif pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type):
            size += compute.sum(compute.binary_length(chunk)).as_py() or 0
    return size


def _texts(values: Sequence[Any], table: str, name: str, reading: Reading) -> list[str]:
    """The cells of a column as text; a value that has none is a problem."""
    known = column_named(table, name)
    texts: list[str] = []
    for row, value in enumerate(values, 1):
        try:
            if isinstance(value, Unreadable):
                raise value
            texts.append(text_of(value, known))
        except Unreadable as error:
            shown = "" if isinstance(value, Unreadable) else str(value)
            reading.add_cell(table, str(row), known.name if known else name, shown, error)
            texts.append("")
    return texts


def values_of(column: Any) -> list[Any]:
    """The values of a column in Python; what Python does not have, such as a date of the year 20000, as an error."""
    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError):
        values = [_value(one) for one in column]
    return values


def _value(one: Any) -> Any:
    try:
        return one.as_py()
    except (OverflowError, ValueError):
        return Unreadable("the value lies outside the calendar.", "Write a date from the year 1 to 9999.")


def as_parquet(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One table as the bytes of a Parquet file."""
    pa, parquet = _pyarrow("Writing Parquet")
    arrays = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(columns))]
    target = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, names=list(columns)), target)
    return target.getvalue()
