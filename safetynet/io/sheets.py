"""The sheets of a workbook as the tables of a case.

Rows are called by their number in the sheet, columns without a heading by their letter. Hidden and struck-through rows
are read and mentioned. Sheets and columns whose names begin with ``_`` are left alone, and so is a sheet without
anything in it that is no table of a case.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Set

from ..case.headings import column_named, table_named
from ..case.schema import BY_NAME
from ..problems import few_rows
from . import ods, xlsx
from .grid import Grid, area, cell_text
from .limits import Archive
from .reading import Reading, Record, Unreadable, letter

_DAY_FIRST = re.compile(r"\d{2}[/.-]\d{1,2}[/.-]\d{2,4}", re.ASCII)
TEMPLATE_MARK = "safetynet template"
_OLD = b"\xd0\xcf\x11\xe0"  # how an old .xls and an encrypted workbook begin

BESIDE = {  # the columns beside which the names of their ids stand
    "people": ("agency",),
    "concerns": ("about",),
    "chronology": ("who", "to", "concerns"),
}


def read_workbook(data: bytes, label: str, reading: Reading) -> None:
    """Read the sheets of a workbook into `reading`."""
    reading.noun = "sheet"
    try:
        read_sheets(list(grids(data)), reading)
    except Unreadable as error:
        reading.add(label, error.problem, error.hint)
        reading.unread.update(BY_NAME)


def grids(data: bytes) -> Iterator[Grid]:
    """The sheets of a workbook, as they stand.

    Raises
    ------
    Unreadable
        If it is no workbook that can be read, or too large.
    """
    if not data:
        raise Unreadable("the file is empty.", "Save the workbook again.")
    if data.startswith(_OLD):
        raise Unreadable(
            "the workbook is protected by a password, or is an old .xls file under another name.",
            "Open it, take the password off, and save it as an Excel workbook (.xlsx).",
        )
    broken = Unreadable("the file cannot be opened as a workbook.", "Open it and save it again as .xlsx.")
    try:
        archive = Archive(data)
        if "content.xml" in archive.names:
            yield from ods.read_grids(archive)
        elif "xl/workbook.xml" in archive.names:
            yield from xlsx.read_grids(archive)
        else:
            raise broken
    except Unreadable:
        raise
    except (*xlsx.BROKEN, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise broken from None


def beside(column: str) -> str:
    """The heading over the names that stand beside the ids of a column; reading leaves them alone."""
    return f"_{column}"


def read_sheets(sheets: list[Grid], reading: Reading) -> None:
    """Read every sheet that is a table; a sheet of another name is a problem if it holds anything."""
    template = any(_is_mark(sheet) for sheet in sheets)
    found: dict[str, list[Grid]] = {}
    for sheet in sheets:
        if sheet.name.startswith("_"):
            continue
        table = table_named(sheet.name)
        if table:
            found.setdefault(table, []).append(sheet)
        elif sheet.rows:
            reading.add_stranger(sheet.name, sheet.name, sheet_headings(sheet))
    for table, several in found.items():
        best = chosen(table, several, reading)
        if best is None:
            continue
        if not best.rows:
            reading.add_unread(
                table,
                "the sheet is empty: it does not even have a header.",
                "Write the column names into its first row, or take the sheet away.",
            )
            continue
        read_sheet(best, table, reading)
        if template and not BY_NAME[table].required and table in reading.tables and not reading.tables[table].rows:
            del reading.tables[table]  # a sheet of the template that nobody filled in


def _is_mark(sheet: Grid) -> bool:
    cell = sheet.rows.get(1, {}).get(1)
    return sheet.name.startswith("_") and cell is not None and cell.value == TEMPLATE_MARK


def sheet_headings(sheet: Grid) -> list[str]:
    """The texts of the first row that holds anything."""
    first = min(sheet.rows)
    return [str(cell.value) for _, cell in sorted(sheet.rows[first].items())]


def chosen(table: str, several: list[Grid], reading: Reading) -> Grid | None:
    """The sheet that is a table, of several whose names differ in capitals and blanks only.

    Where one of them has every row of the others, it is the table and they are copies.
    """
    filled = [sheet for sheet in several if sheet.rows] or several[:1]
    if len(filled) == 1:
        return filled[0]
    contents = [_contents(sheet) for sheet in filled]
    whole = [place for place, content in enumerate(contents) if all(other <= content for other in contents)]
    names = " and ".join(repr(sheet.name) for sheet in filled)
    if not whole:
        reading.add_unread(
            table,
            f"the sheets {names} are both the table {table!r}.",
            "Put them together, or rename one, with _ first.",
        )
        return None
    best = next((place for place in whole if filled[place].name == table), whole[0])
    reading.note(table, f"of the sheets {names}, {filled[best].name!r} is read; the rest is a copy of rows of it.")
    return filled[best]


def _contents(sheet: Grid) -> set[tuple[tuple[int, str], ...]]:
    return {tuple((place, str(cell.value)) for place, cell in sorted(row.items())) for row in sheet.rows.values()}


def read_sheet(sheet: Grid, table: str, reading: Reading) -> None:
    """Read one sheet as the table of that name."""
    rows = sheet.rows
    order = sorted(rows)
    candidates = ((row, [str(cell.value) for _, cell in sorted(rows[row].items())]) for row in order)
    header_row = reading.header_among(table, candidates)
    if header_row is None:
        return
    headings = {place: str(cell.value) for place, cell in rows[header_row].items() if cell.kind != "formula"}
    shown = {beside(name) for name in BESIDE.get(table, ())}
    aside = {place for place, heading in headings.items() if heading.strip() in shown}
    _mention(sheet, table, header_row, aside, headings, reading)
    _mention_turned(sheet, table, header_row, headings, reading)

    records = [
        Record(str(row), _texts(sheet, table, row, headings if row != header_row else {}, aside, reading))
        for row in order
        if row >= header_row
    ]
    merged = _merged(sheet, header_row)
    for first_row, first_column, last_row, last_column in merged:
        names = [
            headings.get(place, letter(place)) for place in range(first_column, min(last_column, first_column + 3) + 1)
        ]
        reading.add(
            table,
            f"the cells {area(first_row, first_column, last_row, last_column)} are merged: only the first of them "
            "holds the text.",
            "Unmerge them and write the text into each cell that needs it.",
            row=str(first_row),
            column=names[0],
        )
        reading.told_rows |= {(table, str(row)) for row in range(first_row, min(last_row, max(order)) + 1)}
    reading.add_records(table, records, aside)


def _texts(
    sheet: Grid, table: str, row: int, headings: Mapping[int, str], aside: Set[int], reading: Reading
) -> dict[int, str]:
    """The texts of a row by column; a cell that has none is a problem. The header itself has no `headings`."""
    found = {}
    for place, cell in sorted(sheet.rows[row].items()):
        if place in aside:
            continue
        heading = headings.get(place, f"column {letter(place)}")
        known = column_named(table, heading)
        try:
            found[place] = cell_text(cell, known, f"{letter(place)}{row}")
        except Unreadable as error:
            reading.add_cell(table, str(row), known.name if known else heading, str(cell.value), error)
    return found


def _merged(sheet: Grid, header_row: int) -> list[tuple[int, int, int, int]]:
    """The merged cells that hide an answer: they hold a text, and their rows hold more than that one text."""
    found = []
    for first_row, first_column, last_row, last_column in sheet.merged:
        cells = sheet.rows.get(first_row, {})
        alone = first_row == last_row and len(cells) == 1
        size = (last_row - first_row + 1) * (last_column - first_column + 1)
        if first_row >= header_row and size > 1 and first_column in cells and not alone:
            found.append((first_row, first_column, last_row, last_column))
    return found


def _mention_turned(sheet: Grid, table: str, header_row: int, headings: Mapping[int, str], reading: Reading) -> None:
    """Say where day and month of date cells may have been turned round."""
    for place, heading in sorted(headings.items()):
        known = column_named(table, heading)
        if known is not None and known.type in ("window", "due") and (text := _turned(sheet, place, header_row)):
            said = (
                f"some cells of {known.name} are dates, and others texts like {text} whose first number is always over "
                "12: a program may have taken the day for the month in the others."
            )
            reading.note(table, said, "Compare the dates up to the 12th of a month with where they come from.")


def _turned(sheet: Grid, column: int, header_row: int) -> str:
    """A text of a column that has the day first, where its date cells may have day and month turned round.

    A program that expects the month first makes a date of 03/04/2021 and leaves 13/04/2021 a text: so it is if every
    text has a day over 12 and no date has.
    """
    cells = [row[column] for at, row in sheet.rows.items() if at > header_row and column in row]
    texts = [str(cell.value).strip() for cell in cells if cell.kind == "text"]
    texts = [text for text in texts if _DAY_FIRST.fullmatch(text)]
    dates = [cell.value for cell in cells if cell.kind == "date" and isinstance(cell.value, dt.date)]
    over = all(int(text[:2]) > 12 for text in texts) and all(date.day <= 12 for date in dates)
    return texts[0] if over and len(texts) > 1 and len(dates) > 1 else ""


def _mention(
    sheet: Grid, table: str, header_row: int, aside: Iterable[int], headings: dict[int, str], reading: Reading
) -> None:
    """Say what is read though it is hidden or struck through, and which columns are left alone."""
    if sheet.is_hidden:
        reading.note(table, f"the sheet {sheet.name!r} is hidden; it is read.")
    for rows, what in ((sheet.hidden, "hidden"), (sheet.struck, "struck through")):
        lines = sorted(row for row in rows if row > header_row and row in sheet.rows)
        if lines:
            said = f"{few_rows([str(row) for row in lines])} {'is' if len(lines) == 1 else 'are'} {what} and read."
            reading.note(table, said, "Take out what does not belong to the case.", row=str(lines[0]))
    hidden = [name for place, name in sorted(headings.items()) if place in sheet.hidden_columns and place not in aside]
    if hidden:
        reading.note(table, f"the hidden columns are read: {reading.shown_names(hidden)}.")
    typed = [
        headings[place]
        for place in sorted(aside)
        if any(row[place].kind != "formula" for at, row in sheet.rows.items() if at > header_row and place in row)
    ]
    if typed:
        said = f"columns whose names begin with _ are left alone: {reading.shown_names(typed)}."
        reading.note(table, said, "Take the _ away to keep them with the case.")
