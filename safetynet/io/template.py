"""An empty Excel workbook to type a case into, made from the table specification."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..case.columns import Column, Table
from ..case.schema import TABLES
from ..case.vocabulary import CONFIDENCE_WORDS
from . import workbook
from .files import full_path, refuse_if_taken, write_file
from .sheets import TEMPLATE_MARK

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 5000  # down to which the drop-downs reach
LONGEST_LIST = 255  # characters that Excel takes for the words of a drop-down
LONGEST_COUNT = 20  # whole numbers that a drop-down offers
KINDS = {
    "id": "a short name, its own in each row, without ;",
    "text": "text",
    "word": "one of the words",
    "ref": "one id",
    "refs": "ids, several with ; between them",
    "window": "a date: 2019-05-20, 2019-05-20T16:30, 2019-05, 2019, 2019-05-02/2019-05-09, 2019-05/..",
    "due": "a date; a month or a year means its last day",
    "integer": "a whole number",
    "confidence": "above 0 and up to 1, or a word",
    "place": "one agency, a sector, or *",
}


def write_template(path: str | os.PathLike[str], overwrite: bool = False) -> Path:
    """Write an empty Excel workbook to type a case into.

    It has a sheet for each table. Every header cell says in a comment what its column is for, required
    columns are coloured, cells that take one of a few words have a drop-down, and all cells are text, so that
    an id ``007`` stays as it is and ``2019-05`` does not become a day. A sheet in which nothing is filled in
    counts as not there.

    Parameters
    ----------
    path : path
        Where to write; it ends in ``.xlsx``.
    overwrite : bool
        Whether a file that is already there may be replaced.

    Returns
    -------
    pathlib.Path
        Where the file is, absolute.

    Raises
    ------
    FileInTheWayError
        If there is a file at `path` and `overwrite` is false.

    See Also
    --------
    read_case : reads the workbook when it is filled in.

    Examples
    --------
    >>> import tempfile
    >>> import safetynet as sn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sn.write_template(folder + "/new case.xlsx").name
    'new case.xlsx'
    """
    from ..errors import ArgumentError

    place = full_path(path)
    if place.suffix.lower() != ".xlsx":
        raise ArgumentError(f"path={str(path)!r}: a template is an Excel workbook. Give a name that ends in .xlsx.")
    refuse_if_taken(place, overwrite)
    write_file(place, workbook.as_bytes(template()), overwrite=overwrite)
    return place


def template() -> Workbook:
    """The empty workbook."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for table in TABLES:
        sheet = book.create_sheet(table.name)
        workbook.lay_out(sheet, table.name, table.names)
        if table.required:
            sheet.sheet_properties.tabColor = "E08A00"
        for place, column in enumerate(table.columns, 1):
            _comment(sheet, place, column)
            _drop_down(sheet, place, column)
    _help_sheet(book.create_sheet(workbook.HELP_SHEET))
    return book


def allowed(column: Column) -> str:
    """The words or the range that a cell of the column may hold, as a person reads them."""
    if column.type == "integer":
        return f"{column.low} to {column.high}"
    if column.type == "confidence":
        return ", ".join(f"{word} ({value})" for word, value in CONFIDENCE_WORDS.items())
    words = ", ".join(column.vocabulary)
    targets = " or ".join(f"{target}" for target in column.points_to)
    extra = " or " + ", ".join(column.extra) if column.extra and targets else ""
    return words or (f"ids of {targets}{extra}" if targets else "")


def suggestions(column: Column) -> tuple[tuple[str, ...], bool]:
    """The words of a column's drop-down, and whether nothing else is possible."""
    if column.vocabulary:
        return column.vocabulary, column.closed
    if column.type == "integer" and column.high - column.low < LONGEST_COUNT:
        return tuple(str(number) for number in range(column.low, column.high + 1)), True
    if column.type == "confidence":
        return tuple(CONFIDENCE_WORDS), False
    return (), False


def _comment(sheet: Worksheet, place: int, column: Column) -> None:
    from openpyxl.comments import Comment

    parts = [
        "Required." if column.required else "",
        column.help,
        f"Cells: {KINDS[column.type]}.",
        allowed(column),
    ]
    cell = sheet.cell(1, place)
    cell.comment = Comment("\n".join(part for part in parts if part), "safetynet", height=160, width=320)


def _drop_down(sheet: Worksheet, place: int, column: Column) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    words, only = suggestions(column)
    if words:
        formula = '"' + ",".join(words) + '"'
    elif column.type == "ref" and len(column.points_to) == 1:
        formula = f"{column.points_to[0]}!$A$2:$A${LAST_ROW}"  # the ids of that table are its first column
    else:
        return
    choice = DataValidation(type="list", formula1=formula, allow_blank=True)
    choice.showErrorMessage = only
    choice.errorTitle = column.name
    choice.error = "Choose one of the words of the list, or leave the cell empty."
    letter = get_column_letter(place)
    choice.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(choice)


def _help_sheet(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    lines = [
        TEMPLATE_MARK,
        "One sheet for each table, one row for each person, concern or thing that happened. Fill in people, "
        "concerns and chronology; the others if you have something for them. Coloured columns are required.",
        "A sheet in which nothing is filled in counts as not there, as long as this sheet is in the file. "
        "Sheets whose names begin with _ are never read: use such a name for notes of your own.",
        "Columns of your own may be added to the right. Formulas are not read: write values.",
    ]
    for number, text in enumerate(lines, 1):
        workbook.put(sheet, number, 1, text)
    top = len(lines) + 2
    for place, name in enumerate(("table", "column", "required", "cells", "words or ids", "what it is for"), 1):
        workbook.put(sheet, top, place, name).font = Font(bold=True)
    rows = [row for table in TABLES for row in _help_rows(table)]
    for number, row in enumerate(rows, top + 1):
        for place, text in enumerate(row, 1):
            if text:
                workbook.put(sheet, number, place, text).alignment = Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate((14, 14, 10, 40, 50, 70), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _help_rows(table: Table) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [(table.name, "", "yes" if table.required else "", "", "", table.help)]
    rows += [
        (
            table.name,
            column.name,
            "yes" if column.required else "",
            KINDS[column.type],
            allowed(column),
            column.help,
        )
        for column in table.columns
    ]
    return rows
