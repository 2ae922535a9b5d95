"""A case as one Excel workbook: a sheet for each table, every cell text.

Rows are called by their number in the sheet. Hidden rows and sheets are read like others; sheets whose names
begin with ``_`` are left alone, and so is a sheet without anything in it that is no table of a case.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..case.columns import Column
from ..case.schema import BY_NAME
from . import formulas
from .reading import Reading, Unreadable, text_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of a cell
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
TEXT = "@"
HELP_SHEET = "_help"
TEMPLATE_MARK = "safetynet template"

# the date of everything inside a workbook, so that equal cases make equal files
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")

# Excel writes a character that XML cannot hold as _x000D_, and a text that looks like that with _x005F_ for
# its first _.
_UNHELD = "\x00-\x08\x0b-\x1f\ufffe\uffff"
_CODED = re.compile(f"[{_UNHELD}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNHELD}])")
_CODE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # the parts of a number format that are no digits or dates


def encode(text: str) -> str:
    r"""The text as the XML of a workbook holds it.

    Examples
    --------
    >>> encode("a\rb"), encode("_x000D_")
    ('a_x000D_b', '_x005F_x000D_')
    """
    return _CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def decode(text: str) -> str:
    r"""The text that the XML of a workbook stands for.

    Examples
    --------
    >>> decode("a_x000D_b"), decode("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    return _CODE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def characters(text: str) -> int:
    """How many characters Excel counts in a cell of that text."""
    return len(encode(formulas.escape(text)).encode("utf-16-le", "surrogatepass")) // 2


# reading --------------------------------------------------------------------------------------------------


def read_workbook(data: bytes, label: str, reading: Reading) -> None:
    """Read the sheets of a workbook into `reading`."""
    if not data:
        problem, hint = "the file is empty.", "Save the workbook again."
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        problem = "the workbook is protected by a password, or is an old .xls file under another name."
        hint = "Open it, take the password off, and save it as an Excel workbook (.xlsx)."
    else:
        try:
            book = open_workbook(data)
        except Exception:  # openpyxl raises errors of a dozen sorts for a broken file
            problem, hint = (
                "the file cannot be opened as an Excel workbook.",
                "Open it and save it again as .xlsx.",
            )
        else:
            read_sheets(book, reading)
            return
    reading.add(label, problem, hint)
    reading.unread.update(BY_NAME)


def open_workbook(data: bytes) -> Workbook:
    """The workbook, its texts exactly as its XML has them."""
    from openpyxl.cell.text import Text
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            # openpyxl's own takes every "x005F_" out of every text
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if part is None:
                return
            with self.archive.open(part.PartName[1:]) as source:
                for _, node in iterparse(source):
                    if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                        text: Any = Text.from_tree(node)
                        self.shared_strings.append(text.content)
                        node.clear()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drop-downs and styles, which are no part of a case
        reader = Reader(io.BytesIO(data), keep_links=False)
        reader.read()
    book: Workbook = reader.wb
    return book


def read_sheets(book: Workbook, reading: Reading) -> None:
    """Read every sheet that is a table; a sheet of another name is a problem if it holds anything."""
    template = HELP_SHEET in book.sheetnames and book[HELP_SHEET]["A1"].value == TEMPLATE_MARK
    for sheet in book.worksheets:
        name = sheet.title
        if name.startswith("_"):
            continue
        filled = any(cell.value not in (None, "") for cell in _cells(sheet).values())
        if name not in BY_NAME:
            if filled:
                reading.add_stranger(name, name)
            continue
        if not filled:
            reading.add_unread(
                name,
                "the sheet is empty: it does not even have a header.",
                "Write the column names into its first row, or take the sheet away.",
            )
            continue
        read_sheet(sheet, name, reading)
        table = reading.tables.get(name)
        if template and table is not None and not table.rows and not BY_NAME[name].required:
            del reading.tables[name]  # a sheet of the template that nobody filled in


def _cells(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    """The cells that the file has; asking the sheet for rows would make all the others too."""
    return sheet._cells


def read_sheet(sheet: Worksheet, table: str, reading: Reading) -> None:
    """Read one sheet as the table of that name."""
    by_row: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sorted(_cells(sheet).items()):
        if cell.value not in (None, ""):
            by_row.setdefault(row, {})[column] = cell
    first = min(by_row)
    width = max(max(cells) for cells in by_row.values())
    spec = BY_NAME[table]

    def text(row: int, column: int, name: str, known: Column | None) -> str:
        cell = by_row[row].get(column)
        if cell is None:
            return ""
        try:
            return cell_text(cell, known)
        except Unreadable as error:
            reading.add_cell(table, str(row), name, shown(cell), error)
            return ""

    header = [text(first, column, f"column {column}", None) for column in range(1, width + 1)]
    known = [spec.get(name) for name in header]
    records = [(str(first), header)]
    records += [
        (str(row), [text(row, place, header[place - 1], known[place - 1]) for place in range(1, width + 1)])
        for row in by_row
        if row != first
    ]
    for area in sheet.merged_cells.ranges:
        if by_row.get(area.min_row, {}).get(area.min_col) is None or area.size["rows"] * area.size["columns"] == 1:
            continue
        names = [header[column - 1] for column in range(area.min_col, min(area.max_col, width) + 1)]
        reading.add(
            table,
            f"the cells {area.coord} are merged: only the first of them holds the text.",
            "Unmerge them and write the text into each cell that needs it.",
            row=str(area.min_row),
            column=names[0] if names else "",
        )
        for row in range(area.min_row, min(area.max_row, max(by_row)) + 1):
            reading.told_cells.update((table, str(row), name) for name in names)
    reading.add_records(table, records)


def shown(cell: Any) -> str:
    """What a message shows of a cell that cannot be read."""
    value = cell.value
    return str(getattr(value, "text", None) or value)


def cell_text(cell: Any, column: Column | None) -> str:
    """The text of one cell.

    Raises
    ------
    Unreadable
        For a formula, an error value, a date that shows no day, a number that shows other digits.
    """
    value, kind, look = cell.value, cell.data_type, str(cell.number_format or "")
    where = f"the cell {cell.coordinate}"
    if kind == "f":
        raise Unreadable(
            f"{where} is a formula.",
            "Copy the cells and paste them as values; for a text that starts with =, write ' before it.",
        )
    if kind == "e":
        raise Unreadable(f"{where} has the error value {value}.", "Write what it should say.")
    if kind == "d" and hasattr(value, "year") and "d" not in _NOT_SHOWN.sub("", look).lower():
        raise Unreadable(
            f"{where} shows a date without its day, and holds {value:%Y-%m-%d}.",
            f"Format the cell as text and write {value:%Y-%m}, or the whole date.",
        )
    if kind == "n" and re.fullmatch("00+", look):
        raise Unreadable(
            f"{where} shows leading zeros that it does not hold.",
            "Format the cell as text and write it again.",
        )
    if isinstance(value, float) and value == value:
        value = float(format(value, ".15g"))  # the digits that Excel itself keeps
    if isinstance(value, str):
        return formulas.unescape(decode(value))
    return text_of(value, column)


# writing --------------------------------------------------------------------------------------------------


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
