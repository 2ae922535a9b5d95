"""The coding workbook: instructions, a codebook, an example, and a sheet for each table of a case to fill in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..case import Case
from ..case.columns import Table
from ..case.schema import BY_NAME, TABLES
from ..case.vocabulary import KINDS as KINDS_OF_ROW
from ..errors import ArgumentError, yes_or_no
from . import example, workbook
from .files import full_path, refuse_if_taken, write_file
from .layout import IDS, KINDS, allowed, is_needed, lay_out, list_ids
from .sheets import TEMPLATE_MARK
from .unfit import refuse_unfit

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Tables = Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]]
INSTRUCTIONS, CODEBOOK, COLUMNS, EXAMPLE = "_instructions", "_codebook", "_columns", "_example"
QUESTIONS = "_questions"
_TEXT = """
How to fill this workbook in

1. people: one row for each human being, the child first. Give each a short id (sam, hv, sw1), a name, or a label in its
place, and a role: reports show agency and role. agencies: the same for the organisations that they work in.

2. concerns: one row for each thing that somebody knew or thought about the child, with a short id (C1), whom it is
about, a category and how grave it is (1 low to 4 grave; 0 for what reassures or protects).

3. chronology: one row for each thing that happened: when, which kind, who, to whom, about which concerns. The sheet
_codebook says what each kind means and what goes into who and to; the sheet _example shows some rows.

Ids, not names, go into who, to, concerns and the like; several in a cell have ; between them. The grey columns beside
them show the names: a question mark there is an id that is not in its sheet yet.

Dates: 2024-03-20, with a time 2024-03-20T16:30, a month 2024-03, a year 2024, or an interval 2024-03-11/2024-03-20
where the day is not known. 20 March 2024 is read too; of 20/03/2024 the program must be told that the day comes first.

The id column of the chronology may be left empty: rows are then called r1, r2 and so on. Fill it in where another row
refers to the row (ref).

Coloured headings need a cell in every row. Everything else may stay empty, and sheets that nobody fills in count as not
there. Each heading has a note that says what its column is for; the sheet _columns has all of them.

Sheets and columns whose names begin with _ are not read, this one too: use such names for notes of your own. Other
columns of your own are kept with the case. Formulas are not read.

Then: safetynet check FILE.xlsx lists what is wrong or odd; safetynet check FILE.xlsx --annotate OUT.xlsx writes a copy
with the cells marked; safetynet report FILE.xlsx writes the report.
"""


def write_template(path: str | os.PathLike[str], overwrite: bool = False, *, example: bool = False) -> Path:
    """Write an Excel workbook to type a case into.

    It begins with instructions; a codebook has every kind of row with what goes into ``who`` and ``to`` and an
    example; a filled example can be looked at and is not read. There is a sheet for each table: every heading says in a
    note what its column is for, required ones are coloured, cells that take one of a few words have a drop-down, grey
    columns show the names of the ids typed beside them, and all cells are text, so that an id ``007`` stays as it is
    and ``2019-05`` does not become a day. A sheet in which nothing is filled in counts as not there.

    Parameters
    ----------
    path : path
        Where to write; it ends in ``.xlsx``.
    overwrite : bool
        Whether a file that is already there may be replaced; otherwise that is a FileInTheWayError.
    example : bool
        Whether a small illustrative case is filled in, to try things with.

    Returns
    -------
    pathlib.Path
        The absolute path of the file.

    See Also
    --------
    read_case : reads the workbook when it is filled in.
    draft_from_chronology : a workbook filled in from an agency's own chronology.

    Examples
    --------
    >>> import tempfile
    >>> import safetynet as sn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = sn.write_template(folder + "/sam.xlsx", example=True)
    ...     sn.read_case(path)
    <Case 'sam' 2024-03-04 to 2024-03-26: 1 child, 4 professionals in 3 agencies, 5 concerns, 6 contacts>
    """
    yes_or_no(example=example)
    place = need_xlsx(path, "a template")
    refuse_if_taken(place, overwrite)
    write_file(place, workbook.as_bytes(template(_example() if example else {})), overwrite=overwrite)
    return place


def write_filled(case: Case, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write a case into the coding workbook, to go on coding in it.

    Raises
    ------
    FileInTheWayError
        If there is a file at `path` and `overwrite` is false.
    UnfitTextError
        If a cell holds what a workbook cannot hold.
    """
    place = need_xlsx(path, "a coding workbook")
    refuse_if_taken(place, overwrite)
    refuse_unfit(case._raw, "xlsx")
    tables = {name: (raw.columns, raw.rows) for name, raw in case._raw.items()}
    write_file(place, workbook.as_bytes(template(tables)), overwrite=overwrite)
    return place


def need_xlsx(path: str | os.PathLike[str], what: str) -> Path:
    """The path of a workbook to write.

    Raises
    ------
    ArgumentError
        If its name does not end in ``.xlsx``.
    """
    place = full_path(path)
    if place.suffix.lower() != ".xlsx":
        raise ArgumentError(f"path={str(path)!r}: {what} is an Excel workbook. Give a name that ends in .xlsx.")
    return place


def _example() -> Tables:
    return example.TABLES


def template(tables: Tables, questions: Sequence[Sequence[str]] = ()) -> Workbook:
    """The coding workbook with some tables filled in, and a sheet of questions first where there are some."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    _instructions(book.create_sheet(INSTRUCTIONS))
    _codebook(book.create_sheet(CODEBOOK))
    _shown_example(book.create_sheet(EXAMPLE))
    for table in TABLES:
        _fill(book.create_sheet(table.name), table, *tables.get(table.name, ((), ())))
    _columns(book.create_sheet(COLUMNS))
    list_ids(book.create_sheet(IDS))
    book.active = book.sheetnames.index("people") if tables else 0
    if questions:
        head = ("", "sheet", "row", "column", "question")
        _lines(book.create_sheet(QUESTIONS, 0), [head, *questions], (12, 14, 12, 14, 110), heading=1)
        book.active = 0
    return book


def _fill(sheet: Worksheet, table: Table, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """One sheet with its rows; columns of one's own stand at its end."""
    at = lay_out(sheet, table, [name for name in columns if name not in table.names], len(rows))
    for number, row in enumerate(rows, 2):
        for name, text in zip(columns, row, strict=True):
            if text:
                workbook.put(sheet, number, at[name], text)


# sheets that are looked at and not read -------------------------------------------------------------------


def _instructions(sheet: Worksheet) -> None:
    paragraphs = [" ".join(text.split()) for text in _TEXT.strip().split("\n\n")]
    _lines(sheet, [(TEMPLATE_MARK,), *((text,) for text in paragraphs)], (120,), heading=2)
    sheet.sheet_properties.tabColor = "4472C4"


def _codebook(sheet: Worksheet) -> None:
    head = ("kind", "who", "to", "what it says", "example")
    none = "– (empty)"
    rows = [(kind.name, kind.who or none, kind.to or none, kind.meaning, kind.example) for kind in KINDS_OF_ROW]
    _lines(sheet, [head, *rows], (14, 34, 34, 70, 50), heading=1)
    sheet.freeze_panes = "B2"
    sheet.sheet_properties.tabColor = "4472C4"


def _shown_example(sheet: Worksheet) -> None:
    """The rows of the example, with names in place of ids."""
    columns, rows = example.TABLES["chronology"]
    named = example.names()
    spec = BY_NAME["chronology"]
    ids = [bool((column := spec.get(name)) and set(column.points_to) & {"people", "concerns"}) for name in columns]

    def shown(row: Sequence[str]) -> list[str]:
        cells = zip(ids, row, strict=True)
        return [f"{text} = {example.in_words(text, named)}" if is_id and text else text for is_id, text in cells]

    _lines(sheet, [columns, *map(shown, rows)], tuple(34 if is_id else 18 for is_id in ids), heading=1)
    sheet.freeze_panes = "B2"
    sheet.sheet_properties.tabColor = "4472C4"


def _columns(sheet: Worksheet) -> None:
    head = ("table", "column", "required", "cells", "words or ids", "what it is for")
    rows = [row for table in TABLES for row in _column_rows(table)]
    _lines(sheet, [head, *rows], (14, 14, 10, 40, 50, 70), heading=1)
    sheet.freeze_panes = "C2"


def _column_rows(table: Table) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [(table.name, "", "yes" if table.required else "", "", "", table.help)]
    for column in table.columns:
        needed = "yes" if is_needed(table, column) else ""
        rows.append((table.name, column.name, needed, KINDS[column.type], allowed(column), column.help))
    return rows


def _lines(sheet: Worksheet, lines: Sequence[Sequence[str]], widths: Sequence[int], heading: int) -> None:
    """Texts in a sheet, with line breaks where they are longer than their column; one line is the heading."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, line in enumerate(lines, 1):
        for place, text in enumerate(line, 1):
            if text:
                cell = workbook.put(sheet, number, place, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=number == heading)
        sheet.row_dimensions[number].height = workbook.height(line, widths)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
