"""A copy of an input as a workbook, with what is wrong or odd marked in its cells and said in notes beside them."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case.headings import column_named, fold, table_named
from ..errors import ArgumentError
from ..problems import Problem
from . import csv_folder, workbook
from .files import full_path, refuse_if_taken, write_file
from .folder import WORKBOOKS, table_files
from .grid import Grid
from .limits import Archive, read_bytes
from .reading import Reading, Unreadable
from .sheets import grids
from .template import need_xlsx

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

LIST = "_marked"  # the sheet that lists everything, which reading leaves alone
WRONG, ODD = "FFC7CE", "FFEB9C"
_LARGEST_MERGE = 50_000  # cells; openpyxl makes every one of them


class Mark(NamedTuple):
    """Something to be said in a cell."""

    said: Problem
    is_wrong: bool


def annotate(
    path: str | os.PathLike[str],
    problems: Iterable[Problem],
    warnings: Iterable[Problem],
    output: str | os.PathLike[str],
    *,
    overwrite: bool = False,
) -> Path:
    """Write a copy of a workbook, or of a folder of CSV files, with its problems and warnings marked.

    A cell that has a problem is red, one that is odd yellow; a note beside it says why and what to do. The sheet
    ``_marked`` lists everything, with links to the cells.

    Raises
    ------
    ArgumentError
        If the input is neither a workbook nor a folder of CSV files, or the output is the input.
    """
    source, place = full_path(path), need_xlsx(output, "the copy")
    if place == source or (place.exists() and source.exists() and place.samefile(source)):
        raise ArgumentError(f"{str(place)!r} is the input itself. Give the copy another name.")
    refuse_if_taken(place, overwrite)
    book = _copy(source)
    marks = [*(Mark(one, True) for one in problems), *(Mark(one, False) for one in warnings)]
    found = _marked(book, marks)
    _listed(book, found)
    write_file(place, workbook.as_bytes(book), overwrite=overwrite)
    return place


def _copy(source: Path) -> Workbook:
    """The input as a workbook: with its looks where it is one of Excel's, with its cells only where it is another."""
    try:
        if source.is_dir():
            return _from_grids(_csv_grids(source))
        if source.suffix.lower() not in WORKBOOKS:
            raise ArgumentError(f"{source.name!r}: cells are marked in a workbook or a folder of CSV files only.")
        data = read_bytes(source)
        sheets = list(grids(data))
    except Unreadable as error:
        raise ArgumentError(f"{source.name!r}: {error.problem} {error.hint}") from None
    if source.suffix.lower() == ".ods" or any(_is_vast(sheet) for sheet in sheets) or Archive(data).is_vast:
        return _from_grids(sheets)
    return _as_it_looks(data) or _from_grids(sheets)


def _is_vast(sheet: Grid) -> bool:
    return any((last - first + 1) * (right - left + 1) > _LARGEST_MERGE for first, left, last, right in sheet.merged)


def _as_it_looks(data: bytes) -> Workbook | None:
    """The workbook with its formats, formulas as text; None if openpyxl finds no sheet in it, as in a Strict one."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of a workbook that are lost in the copy
        try:
            book = load_workbook(io.BytesIO(data), keep_links=False)
        except (KeyError, ValueError, TypeError, AttributeError):
            return None
    for sheet in book.worksheets:
        cells: list[Any] = [cell for row in sheet.iter_rows() for cell in row]
        for cell in (cell for cell in cells if cell.data_type == "f"):
            workbook.put(sheet, cell.row, cell.column, str(getattr(cell.value, "text", None) or cell.value))
    return book if book.worksheets else None


def _from_grids(sheets: Iterable[Grid]) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for grid in sheets:
        sheet = book.create_sheet(grid.name[:31])
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                workbook.put(sheet, row, column, str(cell.value))
        sheet.freeze_panes = "A2"
    return book


def _csv_grids(folder: Path) -> Iterator[Grid]:
    reading = Reading()
    for table, path in table_files(folder).items():
        yield csv_folder.as_grid(path, table, reading)


# marking --------------------------------------------------------------------------------------------------


def _marked(book: Workbook, marks: Iterable[Mark]) -> list[tuple[Mark, str, str]]:
    """Mark the cells; gives each mark with its sheet and cell, empty where it is about no cell."""
    from openpyxl.styles import PatternFill

    sheets = {table_named(sheet.title): sheet for sheet in reversed(book.worksheets) if table_named(sheet.title)}
    texts: dict[tuple[str, int, int], list[Mark]] = {}
    found: list[tuple[Mark, str, str]] = []
    for mark in marks:
        sheet = sheets.get(mark.said.table)
        if sheet is None:
            found.append((mark, "", ""))
            continue
        row, column = _cell_of(sheet, mark.said)
        texts.setdefault((sheet.title, row, column), []).append(mark)
        found.append((mark, sheet.title, sheet.cell(row, column).coordinate))
    for (title, row, column), several in texts.items():
        cell = book[title].cell(row, column)
        is_wrong = any(mark.is_wrong for mark in several)
        cell.fill = PatternFill("solid", start_color=WRONG if is_wrong else ODD)
        cell.comment = _note([f"{mark.said.problem} {mark.said.hint}".strip() for mark in several])
    return found


def _note(lines: list[str]) -> Comment:
    from openpyxl.comments import Comment

    text = "\n".join(dict.fromkeys(lines))[:2000]
    return Comment(text, "safetynet", height=min(40 + 20 * (len(text) // 40 + 1), 300), width=320)


def _cell_of(sheet: Worksheet, said: Problem) -> tuple[int, int]:
    """The row and column of a problem in its sheet; what is about no row stands in the header."""
    header = next((row for row in range(1, 11) if any(cell.value for cell in sheet[row])), 1)
    row = int(said.row) if said.row.isdecimal() and 0 < int(said.row) <= 1_048_576 else header
    for cell in sheet[header]:
        heading = str(cell.value or "")
        known = column_named(said.table, heading)
        if said.column and (fold(heading) == fold(said.column) or (known and known.name == said.column)):
            return row, cell.column or 1
    return row, 1


def _listed(book: Workbook, found: list[tuple[Mark, str, str]]) -> None:
    """A sheet that lists everything, first in the workbook."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    if LIST in book.sheetnames:
        del book[LIST]
    sheet = book.create_sheet(LIST, 0)
    book.active = 0
    for place, name in enumerate(("", "sheet", "cell", "column", "what", "what to do"), 1):
        workbook.put(sheet, 1, place, name).font = Font(bold=True)
    for number, (mark, title, where) in enumerate(found, 2):
        cells = ("wrong" if mark.is_wrong else "odd", title or mark.said.table, where, mark.said.column)
        for place, text in enumerate((*cells, mark.said.problem, mark.said.hint), 1):
            cell = workbook.put(sheet, number, place, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = workbook.height((mark.said.problem, mark.said.hint), (70, 70))
        sheet.cell(number, 1).fill = PatternFill("solid", start_color=WRONG if mark.is_wrong else ODD)
        if where:
            target = "'" + title.replace("'", "''") + f"'!{where}"
            sheet.cell(number, 3).hyperlink = Hyperlink(ref=f"C{number}", location=target)
    for place, width in enumerate((8, 16, 8, 16, 70, 70), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
