"""How the sheets of a coding workbook look: headings with help, drop-downs, names beside ids, filters, text cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..case.columns import Column, Table
from ..case.schema import BY_NAME
from ..case.vocabulary import CONFIDENCE_WORDS
from . import workbook
from .reading import letter
from .sheets import BESIDE, beside

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 5000  # down to which the drop-downs reach
IDS, ANYONE = "_ids", ("people", "agencies")  # the sheet with the ids of both
LAST_LISTED = 1000  # down to which it lists them
LAST_NAMED = 300  # down to which names stand beside ids
MOST_NAMED = 4  # ids of a cell whose names are shown
LONGEST_LIST = 255  # characters that Excel takes for the words of a drop-down
LONGEST_COUNT = 20  # whole numbers that a drop-down offers
_NAMES = {"people": "name", "agencies": "name", "concerns": "summary"}  # the column with the names; ids are in A
KINDS = {
    "id": "a short name, its own in each row, without ;",
    "text": "text",
    "word": "one of the words",
    "ref": "one id",
    "refs": "ids, several with ; between them",
    "window": "a date: 2019-05-20, 2019-05-20T16:30, 2019-05, 2019, 2019-05/.., 2019-05-02/2019-05-09",
    "due": "a date; a month or a year means its last day",
    "integer": "a whole number",
    "confidence": "above 0 and up to 1, or a word",
    "place": "one agency, a sector, or *",
}


class Place(NamedTuple):
    """A column of a sheet: its heading, and the column of the case format that it is, or beside which it stands."""

    heading: str
    column: Column | None
    beside: bool = False


def places_of(table: Table, own: Sequence[str] = ()) -> list[Place]:
    """The columns of the sheet of a table, in order; `own` are further headings, at the end."""
    found: list[Place] = []
    for column in table.columns:
        found.append(Place(column.name, column))
        if column.name in BESIDE.get(table.name, ()):
            found.append(Place(beside(column.name), column, beside=True))
    return found + [Place(name, None) for name in own]


def lay_out(sheet: Worksheet, table: Table, own: Sequence[str] = (), rows: int = 0) -> dict[str, int]:
    """Make the sheet of a table; gives the place of each heading. `rows` is how many will be filled in."""
    places = places_of(table, own)
    workbook.lay_out(sheet, table.name, [place.heading for place in places])
    if table.required:
        sheet.sheet_properties.tabColor = "E08A00"
    at = {place.heading: number for number, place in enumerate(places, 1)}
    for number, place in enumerate(places, 1):
        if place.beside and place.column is not None:
            _names_beside(sheet, number, at[place.column.name], place.column, max(LAST_NAMED, rows + 100))
        elif place.column is not None:
            _comment(sheet, number, place.column, is_needed(table, place.column))
            _drop_down(sheet, number, place.column)
    sheet.auto_filter.ref = f"A1:{letter(len(places))}{max(LAST_NAMED, rows + 1)}"
    return at


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


def is_needed(table: Table, column: Column) -> bool:
    """Whether a coder has to fill a column in: a row of the chronology without an id is called after its place."""
    return column.required and (table.name, column.type) != ("chronology", "id")


def _comment(sheet: Worksheet, place: int, column: Column, needed: bool) -> None:
    """The note on a heading; one that needs no cell in every row has no colour."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if not needed:
        sheet.cell(1, place).fill = PatternFill()
    parts = [
        "Required." if needed else "",
        column.help,
        f"Cells: {KINDS[column.type]}.",
        allowed(column),
    ]
    text = "\n".join(part for part in parts if part)
    sheet.cell(1, place).comment = Comment(text, "safetynet", height=160, width=320)


def _drop_down(sheet: Worksheet, place: int, column: Column) -> None:
    """The words of a column, or the ids that it may hold; of a column with several ids, one to begin with."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words, only = suggestions(column)
    if words:
        formula = '"' + ",".join(words) + '"'
    elif column.type in ("ref", "refs") and column.points_to and column.points_to[0] != "chronology":
        formula = _ids_of(column.points_to)
    else:
        return
    choice = DataValidation(type="list", formula1=formula, allow_blank=True)
    choice.showErrorMessage = only
    choice.errorTitle = column.name
    choice.error = "Choose one of the words of the list, or leave the cell empty."
    choice.add(f"{letter(place)}2:{letter(place)}{LAST_ROW}")
    sheet.add_data_validation(choice)


def _ids_of(tables: Sequence[str]) -> str:
    """The range with the ids of a table; people and agencies together stand on a sheet of their own."""
    if tuple(tables) == ANYONE:
        return f"OFFSET('{IDS}'!$A$2,0,0,MAX(1,'{IDS}'!$B$1+'{IDS}'!$C$1),1)"
    return f"{tables[0]}!$A$2:$A${LAST_ROW}"


def list_ids(sheet: Worksheet) -> None:
    """Fill the sheet of which a drop-down of people and agencies is made: one under the other, by formulas.

    A drop-down takes one range, and the two tables are two. The sheet is hidden, and it is not read.
    """
    sheet.sheet_state = "hidden"
    sheet["A1"] = "ids of people, then of agencies"
    spans = [f"{table}!$A$2:$A${LAST_ROW}" for table in ANYONE]
    sheet["B1"], sheet["C1"] = (f"=COUNTA({span})" for span in spans)
    first, second = (f"INDEX({span},ROW()-1{less})" for span, less in zip(spans, ("", "-$B$1"), strict=True))
    formula = f'=IF(ROW()-1<=$B$1,{first},IF(ROW()-1<=$B$1+$C$1,{second},""))'
    for row in range(2, LAST_LISTED + 1):
        sheet.cell(row, 1, formula)


def _names_beside(sheet: Worksheet, place: int, source: int, column: Column, last: int) -> None:
    """Formulas that show the names of the ids in the column before; an id that is not there with a question mark."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    look = Font(italic=True, color="808080")
    head = sheet.cell(1, place)
    head.font = look
    head.comment = Comment(f"Shows whom {column.name} means. It is not read.", "safetynet", height=60, width=240)
    side = sheet.column_dimensions[letter(place)]
    side.width, side.number_format = 26, "General"
    for row in range(2, last + 1):
        cell = sheet.cell(row, place, names_formula(f"{letter(source)}{row}", column))
        cell.font = look


def names_formula(cell: str, column: Column) -> str:
    """A formula, understood by every spreadsheet program, for the names of the ids in a cell."""
    parts = []
    for number in range(MOST_NAMED if column.many else 1):
        item = f'TRIM(MID(SUBSTITUTE({cell},";",REPT(" ",200)),{number * 200 + 1},200))' if column.many else cell
        found = f'"? "&{item}'
        for table in reversed(column.points_to):
            place = [one.heading for one in places_of(BY_NAME[table])].index(_NAMES[table]) + 1
            span = f"{table}!$A$2:${letter(place)}${LAST_ROW}"
            found = f"IFERROR(VLOOKUP({item},{span},{place},FALSE),{found})"
        joined = found if number == 0 else f'"; "&{found}'
        parts.append(f'IF({item}="","",{joined})')
    return "=" + "&".join(parts)
