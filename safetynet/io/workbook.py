"""A case as one Excel workbook: a sheet for each table, every cell text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..case.schema import BY_NAME
from . import formulas
from .xmltext import encode

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of a cell
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
TEXT = "@"

# the date of everything inside a workbook, so that equal cases make equal files
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def characters(text: str) -> int:
    """How many characters Excel counts in a cell of that text."""
    return len(encode(formulas.escape(text)).encode("utf-16-le", "surrogatepass")) // 2


def as_workbook(tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]]) -> bytes:
    """A case as the bytes of a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for name, (columns, rows) in tables.items():
        sheet = book.create_sheet(name)
        lay_out(sheet, name, columns)
        for number, row in enumerate(rows, 2):
            for place, text in enumerate(row, 1):
                if text:
                    put(sheet, number, place, text)
    return as_bytes(book)


def put(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Write one cell as text, whatever it looks like."""
    cell = sheet.cell(row, column, encode(formulas.escape(text)))
    cell.data_type = "s"
    cell.number_format = TEXT
    return cell


def lay_out(sheet: Worksheet, table: str, columns: Sequence[str]) -> None:
    """The header of a sheet, and columns that keep what is typed into them as text."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    spec = BY_NAME[table]
    for place, name in enumerate(columns, 1):
        column = spec.get(name)
        cell = put(sheet, 1, place, name)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
        if column is not None and column.required:
            cell.fill = PatternFill("solid", start_color="FFE5B4")
        wide = name in ("summary", "title", "basis", "note", "need", "url")
        side = sheet.column_dimensions[get_column_letter(place)]
        side.width = 60 if name == "summary" else 30 if wide else max(14, min(len(name) + 4, 40))
        side.number_format = TEXT
    sheet.freeze_panes = "B2"


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """How high a row must be for texts that are broken at the widths of their columns, in points."""
    lines = (
        sum(len(part) // (width * 0.95) + 1 for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    )
    return 15.0 * max((1, *lines))


def as_bytes(book: Workbook) -> bytes:
    """The workbook as a file that is the same for the same contents, whenever it is written."""
    first = io.BytesIO()
    book.save(first)
    again = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", data)
            made = zipfile.ZipInfo(item.filename, _ALWAYS)
            made.compress_type = zipfile.ZIP_DEFLATED
            made.external_attr = 0o600 << 16
            target.writestr(made, data)
    return again.getvalue()
