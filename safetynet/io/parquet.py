"""A table as a Parquet file: every column text. Rows are called by their place, the first one 1."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..case.schema import BY_NAME
from ..errors import extra
from .reading import Reading, Unreadable, text_of


def _pyarrow(purpose: str) -> tuple[Any, Any]:
    return extra("pyarrow", "study", purpose), extra("pyarrow.parquet", "study", purpose)


def read_table(path: Path, table: str, reading: Reading) -> None:
    """Read one file into `reading`; columns of numbers and dates become text."""
    pa, parquet = _pyarrow("Reading Parquet")
    try:
        data = path.read_bytes()
    except OSError as error:
        reading.add_unread(table, f"{path.name!r} cannot be opened ({error.strerror}).", "Look at who may read it.")
        return
    if not data:
        reading.add_unread(table, "the file is empty.", "Write it again, or take the file away.")
        return
    try:
        frame = parquet.read_table(pa.BufferReader(data))
        names = [str(name) for name in frame.column_names]
        values = [frame.column(place).to_pylist() for place in range(len(names))]
    except (pa.ArrowException, OSError, ValueError, NotImplementedError):
        reading.add_unread(table, f"{path.name!r} is no Parquet file that can be read.", "Write it again.")
        return
    known = [BY_NAME[table].get(name) for name in names]
    rows: list[tuple[str, list[str]]] = []
    for row in range(frame.num_rows):
        cells: list[str] = []
        for place, name in enumerate(names):
            try:
                cells.append(text_of(values[place][row], known[place]))
            except Unreadable as error:
                reading.add_cell(table, str(row + 1), name, str(values[place][row]), error)
                cells.append("")
        rows.append((str(row + 1), cells))
    reading.add_records(table, [("", names), *rows])


def as_parquet(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One table as the bytes of a Parquet file."""
    pa, parquet = _pyarrow("Writing Parquet")
    arrays = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(columns))]
    target = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, names=list(columns)), target)
    return target.getvalue()
