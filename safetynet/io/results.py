"""A table of results as a file: CSV, Excel or Parquet. No text in it runs as a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, extra
from .files import refuse_if_taken, write_file
from .formulas import escaped

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

DAY = "YYYY-MM-DD"
MAX_WIDTH, TO_TYPE_IN = 60, 30  # of a column of a workbook, in characters
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


def write_sheets(
    sheets: Mapping[str, pd.DataFrame], path: Path, *, typed: Collection[str] = (), overwrite: bool = False
) -> None:
    """Write several tables of results as one workbook, lists with ``; ``; in the `typed` columns a person writes."""
    refuse_if_taken(path, overwrite)
    target = io.BytesIO()
    with _writer(target) as book:
        for name, table in sheets.items():
            plain = escaped(table.map(lambda cell: "; ".join(map(str, cell)) if isinstance(cell, tuple) else cell))
            plain.to_excel(book, index=False, freeze_panes=(1, 0), sheet_name=name)
            _set_out(book.sheets[name], typed)
    write_file(path, target.getvalue(), overwrite=overwrite)


def _set_out(sheet: Worksheet, typed: Collection[str]) -> None:
    """Columns as wide as what is in them, up to a limit from where lines break; heads on every page of paper."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, (head, *cells) in enumerate(sheet.iter_cols(), 1):
        head.font = Font(bold=True)
        head.alignment = Alignment(horizontal="left")
        width = len(str(head.value)) + 4
        for cell in cells:
            cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
            if isinstance(cell.value, (float, dt.date)):
                cell.number_format = "0.00" if isinstance(cell.value, float) else DAY
            width = max(width, len(_as_shown(cell.value)) + 2)
        shown = TO_TYPE_IN if head.value in typed else min(width, MAX_WIDTH)
        sheet.column_dimensions[get_column_letter(place)].width = shown
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _as_shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value).removesuffix(" 00:00:00")


def _as_csv(table: pd.DataFrame) -> bytes:
    return escaped(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _writer(target: io.BytesIO) -> pd.ExcelWriter[Any]:
    import pandas as pd

    return pd.ExcelWriter(target, engine="openpyxl", date_format=DAY, datetime_format=DAY)


def _as_workbook(table: pd.DataFrame) -> bytes:
    target = io.BytesIO()
    with _writer(target) as book:
        escaped(table).to_excel(book, index=False, freeze_panes=(1, 1), sheet_name="results")
    return target.getvalue()


def _as_parquet(table: pd.DataFrame) -> bytes:
    target = io.BytesIO()
    table.to_parquet(target, engine="pyarrow", index=False)
    return target.getvalue()
