"""A table of results as a file: CSV, Excel or Parquet. No text in it runs as a formula."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ArgumentError, extra
from .files import refuse_if_taken, write_file
from .formulas import escaped

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".xlsx", ".parquet")


def refuse_result(path: Path, *, overwrite: bool = False) -> None:
    """Raise unless a table can be written at `path`: to be asked before a long computation.

    Raises
    ------
    ArgumentError
        If its ending is none that is written, or its folder is not there.
    FileInTheWayError
        If something is there and `overwrite` is false.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ArgumentError(f"{path.name!r}: a table is written as one of {', '.join(ENDINGS)}. Give such a name.")
    if path.suffix.lower() == ".parquet":
        extra("pyarrow", "study", "Writing Parquet")
    refuse_if_taken(path, overwrite)


def write_result(table: pd.DataFrame, path: Path, *, overwrite: bool = False) -> None:
    """Write a table, all of it or nothing; a missing number or day is an empty cell."""
    refuse_result(path, overwrite=overwrite)
    make = {".csv": _as_csv, ".xlsx": _as_workbook, ".parquet": _as_parquet}[path.suffix.lower()]
    write_file(path, make(table), overwrite=overwrite)


def _as_csv(table: pd.DataFrame) -> bytes:
    return escaped(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _as_workbook(table: pd.DataFrame) -> bytes:
    import pandas as pd

    target = io.BytesIO()
    with pd.ExcelWriter(target, engine="openpyxl", date_format="YYYY-MM-DD", datetime_format="YYYY-MM-DD") as book:
        escaped(table).to_excel(book, index=False, freeze_panes=(1, 1), sheet_name="results")
    return target.getvalue()


def _as_parquet(table: pd.DataFrame) -> bytes:
    target = io.BytesIO()
    table.to_parquet(target, engine="pyarrow", index=False)
    return target.getvalue()
