"""A table of results as a file with a codebook: CSV, Excel, Parquet, SPSS, Stata. No text in it runs as a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, extra
from ..labels import is_missing
from ..tidy import Holds
from .described import COLUMNS, TYPES, Described, codebook
from .files import refuse_if_taken, write_file
from .flat import Flat, in_order, listed
from .formulas import escaped
from .statistics_files import PROGRAMS, write_statistics
from .xmltext import encode

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

DAY = "YYYY-MM-DD"
MAX_WIDTH, TO_TYPE_IN = 60, 30  # of a column of a workbook, in characters
LOOKED_AT = 200  # lines of a table of results by which its columns get their width
ENDINGS = (".csv", ".xlsx", ".parquet", ".sav", ".dta")
MOST_LINES, MOST_COLUMNS, LONGEST = 1_048_575, 16_384, 32_767  # of a sheet besides its heading; signs in a cell
_MISSING: dict[str, dict[Holds, str]] = {ending: dict.fromkeys(TYPES, "empty cell") for ending in (".csv", ".xlsx")}


def refuse_result(path: Path, *, overwrite: bool = False) -> None:
    """Raise unless a table can be written at `path`: to be asked before a long computation.

    Raises
    ------
    ArgumentError
        If its ending is none that is written, or its folder is not there.
    FileInTheWayError
        If something is there and `overwrite` is false.
    MissingExtraError
        Without the extra that its ending needs.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ArgumentError(f"{path.name!r}: a table is written as one of {', '.join(ENDINGS)}. Give such a name.")
    if ending == ".parquet":
        extra("pyarrow", "study", "Writing Parquet")
    if ending in PROGRAMS:
        extra("pyreadstat", "spss", f"Writing for {PROGRAMS[ending].name}")
    refuse_if_taken(path, overwrite)
    if ending == ".csv" and not _is_codebook(beside(path)):
        refuse_if_taken(beside(path), overwrite)


def beside(path: Path) -> Path:
    """Where the codebook of a table in CSV stands."""
    return path.with_name(f"{path.stem}_codebook.csv")


def _is_codebook(path: Path) -> bool:
    """Whether a file is a codebook that was made here, which may be replaced."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline() == (",".join(COLUMNS) + "\n").encode()


def write_result(flat: Flat, described: Mapping[str, Described], path: Path, *, overwrite: bool = False) -> None:
    """Write a table with what is said of its columns, all of it or nothing; a missing number or day is an empty cell.

    Raises
    ------
    ArgumentError
        If the table does not fit into the format; else as :func:`refuse_result`.
    """
    refuse_result(path, overwrite=overwrite)
    ending = path.suffix.lower()
    if ending in PROGRAMS:
        write_statistics(flat, described, path, overwrite=overwrite)
    elif ending == ".csv":
        table = _as_csv(_plain(flat))  # the codebook goes first: alone it is none of a table that is not there
        write_file(beside(path), _as_csv(_book(flat, described, ending)), overwrite=True)
        write_file(path, table, overwrite=overwrite)
    elif ending == ".xlsx":
        write_file(path, _as_workbook(flat, described), overwrite=overwrite)
    else:
        write_file(path, _as_parquet(flat, described), overwrite=overwrite)


def _book(flat: Flat, described: Mapping[str, Described], ending: str) -> pd.DataFrame:
    return codebook(flat, described, {column: column for column in flat.holds}, _MISSING[ending])


def _plain(flat: Flat) -> pd.DataFrame:
    """The table with its lists as text."""
    import pandas as pd

    listed = [name for name, holds in flat.holds.items() if holds in ("ids", "text")]
    return flat.table.assign(**{name: pd.Series(flat.cells(name), dtype=object) for name in listed})


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


def _make_room(sheet: Worksheet) -> None:
    """Columns in which a heading, and what stands in the first lines, can be read: a day in one too narrow is a #."""
    from openpyxl.utils import get_column_letter

    for place, cells in enumerate(sheet.iter_cols(max_row=min(LOOKED_AT, sheet.max_row)), 1):
        width = max(len(_as_shown(cell.value)) for cell in cells) + 3  # the button of the filter
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width, len(DAY) + 2), MAX_WIDTH)
    sheet.auto_filter.ref = sheet.dimensions


def _as_shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value).removesuffix(" 00:00:00")


def _as_csv(table: pd.DataFrame) -> bytes:
    return escaped(table).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _writer(target: io.BytesIO) -> pd.ExcelWriter[Any]:
    import pandas as pd

    return pd.ExcelWriter(target, engine="openpyxl", date_format=DAY, datetime_format=DAY)


def _as_workbook(flat: Flat, described: Mapping[str, Described]) -> bytes:
    """A sheet of the results and one of the codebook."""
    table = _plain(flat)
    if len(table) > MOST_LINES or len(table.columns) > MOST_COLUMNS:
        size = f"{len(table):,} lines of {len(table.columns):,} columns"
        raise ArgumentError(f"The table has {size}, more than a sheet of Excel. Write it as .csv or .parquet.")
    for name in (one for one, holds in flat.holds.items() if holds in ("ids", "text")):
        longest = max((len(cell) for cell in table[name] if cell), default=0)
        if longest > LONGEST:
            raise ArgumentError(
                f"Column {name!r} has a text of {longest:,} signs, and a cell of Excel takes {LONGEST:,}. Write it as "
                ".csv or .parquet."
            )
    target = io.BytesIO()
    with _writer(target) as book:
        held = escaped(table).map(lambda cell: encode(cell) if isinstance(cell, str) else cell)
        held.to_excel(book, index=False, freeze_panes=(1, 1), sheet_name="results")
        _make_room(book.sheets["results"])
        _book(flat, described, ".xlsx").to_excel(book, index=False, freeze_panes=(1, 1), sheet_name="codebook")
        _set_out(book.sheets["codebook"], ())
    return target.getvalue()


def _as_parquet(flat: Flat, described: Mapping[str, Described]) -> bytes:
    """Lists of ids stay lists; what is said of a column stands with it."""
    pa: Any = extra("pyarrow", "study", "Writing Parquet")
    parquet: Any = extra("pyarrow.parquet", "study", "Writing Parquet")
    mixed = {name: flat.cells(name) for name, holds in flat.holds.items() if holds == "text"}
    lists = {name: _lists(flat, name) for name, holds in flat.holds.items() if holds == "ids"}
    made = pa.Table.from_pandas(flat.table.drop(columns=[*mixed, *lists]), preserve_index=False)
    arrays = {name: made.column(name) for name in made.column_names}
    arrays |= {
        name: pa.array(["" if one is None else one for one in cells], pa.string()) for name, cells in mixed.items()
    }
    arrays |= {name: pa.array(cells, pa.list_(pa.string())) for name, cells in lists.items()}
    fields = [
        pa.field(name, arrays[name].type, metadata={key: str(value) for key, value in _about(described[name]).items()})
        for name in flat.holds
    ]
    target = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays([arrays[name] for name in flat.holds], schema=pa.schema(fields)), target)
    return target.getvalue()


def _lists(flat: Flat, name: str) -> list[list[str]]:
    """The lists of a column; what is a list in one of them is a text."""
    cells = flat.table[name].astype(object)
    return [[listed(part, 1) for part in (() if is_missing(cell) else in_order(cell))] for cell in cells]


def _about(one: Described) -> dict[str, object]:
    """What is said of a column, without what is not."""
    said = {"label": one.label, "meaning": one.meaning, "unit": one.unit, "range": one.reach}
    return {key: value for key, value in said.items() if value}
