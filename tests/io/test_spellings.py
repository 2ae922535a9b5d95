"""Whatever the spelling of headings and words, the order of columns, blank rows and separators: the same case."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from safetynet.case import Case
from safetynet.case.schema import BY_NAME
from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from tests.io.small import as_csv


def table_of(text: str) -> list[dict[str, str]]:
    """Rows from lines of cells with ``|`` between them."""
    header, *rows = (line.split("|") for line in text.strip().splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


TABLES = {
    "people": table_of("""
id|name|kind|agency|lead_from
k1|Kim|child||
p1|Health visitor|professional|clinic|2024-01-02
p2|Teacher|professional|school|
"""),
    "agencies": table_of("""
id|name|sector|area
clinic|Clinic|health|
school|School|social_care|
"""),
    "concerns": table_of("""
id|about|category|severity|summary
c1|k1|domestic_abuse|3|A mark; there
c2|k1|neglect|2|Hungry
"""),
    "chronology": table_of("""
id|date|kind|who|to|concerns|channel
e1|2024-01-10|observed|p1||c1;c2|
e2|2024-01-12|told|p1|p2;k1|c1|face_to_face
e3|2024-01-15|decided|p2||c1;c2|
"""),
}


def read(content: dict[str, list[dict[str, str]]], write: Any) -> Case:
    with tempfile.TemporaryDirectory() as folder:
        return read_case(write(Path(folder), content))


RIGHT = read(TABLES, lambda place, content: as_csv(place / "case", content))


def spelt(word: str, chance: random.Random) -> str:
    """A word in any case, with blanks around it, and blank, hyphen or underscore inside."""
    inside = word.replace("_", chance.choice(["_", "-", " ", "  ", ""]))
    cased = chance.choice([str.upper, str.lower, str.title, str.capitalize, str])(inside)
    return chance.choice(["", " ", "\u00a0"]) + cased + chance.choice(["", "  ", "\t"])


def date(text: str, chance: random.Random) -> str:
    year, month, day = text.split("-")
    named = (f"{int(day)} January {year}", f"January {int(day)}, {year}", f"{day}-Jan-{year[2:]}")
    return chance.choice([text, *named, f"{year}/{int(month)}/{int(day)}"])


def disturbed(chance: random.Random) -> dict[str, list[dict[str, str]]]:
    """The same tables as somebody else might have typed them."""
    made: dict[str, list[dict[str, str]]] = {}
    for table, rows in TABLES.items():
        columns = list(rows[0])
        chance.shuffle(columns)
        headings = {name: spelt(name, chance) for name in columns}
        lines = []
        for row in rows:
            line = {headings[name]: cell(table, name, row[name], chance) for name in columns}
            lines.append(line | {"My own": "x" if chance.random() < 0.5 else ""})
            if chance.random() < 0.3:
                lines.append(dict.fromkeys(line, chance.choice(["", " "])))
        made[spelt(table, chance).strip()] = lines
    return made


def cell(table: str, name: str, text: str, chance: random.Random) -> str:
    column = BY_NAME[table].get(name)
    if column is None or not text or name in ("name", "summary"):
        return text
    if column.type == "word" or name == "channel":
        return spelt(text, chance)
    if column.type == "window":
        return date(text, chance)
    if column.many:
        return chance.choice([";", "; ", ", ", ",", "\n", " ", "/", " and "]).join(text.split(";"))
    return chance.choice(["", " "]) + text + chance.choice(["", "  "])


def as_delimited(chance: random.Random) -> Any:
    """A writer of CSV with some separator, encoding, line end and first line."""
    separator = chance.choice([",", ";", "\t"])
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16"])
    first = chance.choice(["", f"sep={separator}\n"])
    end = chance.choice(["\n", "\r\n"])
    prefix = chance.choice(["", "coding - "])

    def write(folder: Path, content: dict[str, list[dict[str, str]]]) -> Path:
        place = folder / "case"
        place.mkdir()
        for table, rows in content.items():
            quoted = [[f'"{cell}"' for cell in line] for line in (list(rows[0]), *(list(row.values()) for row in rows))]
            text = first + "\n".join(separator.join(line) for line in quoted) + "\n"
            (place / f"{prefix}{table}.csv").write_bytes(text.replace("\n", end).encode(encoding))
        return place

    return write


def as_sheets(folder: Path, content: dict[str, list[dict[str, str]]]) -> Path:
    book = Workbook()
    del book["Sheet"]
    for table, rows in content.items():
        sheet: Any = book.create_sheet(table)
        for line in (list(rows[0]), *(list(row.values()) for row in rows)):
            sheet.append([cell or None for cell in line])
    book.save(folder / "case.xlsx")
    return folder / "case.xlsx"


def without_own(case: Case) -> dict[str, Any]:
    tables = {name: table for name, table in case.tables().items() if name != "case"}
    return {name: table.drop(columns=["My own"], errors="ignore").to_dict("list") for name, table in tables.items()}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_any_spelling_of_the_same_tables_is_the_same_case(seed: int) -> None:
    chance = random.Random(seed)
    content = disturbed(chance)
    write = as_sheets if chance.random() < 0.4 else as_delimited(chance)
    case = read(content, write)
    assert without_own(case) == without_own(RIGHT)
    assert set(case.chronology["My own"]) <= {"x", ""}


CELLS = [
    (table, number, column.name)
    for table in ("chronology", "people", "concerns")
    for number in range(len(TABLES[table]))
    for column in BY_NAME[table].columns
    if column.name in TABLES[table][0] and column.type != "id"
]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(CELLS), st.text(min_size=1, max_size=12))
def test_whatever_is_typed_into_one_cell_is_read_or_a_problem_of_that_table(
    place: tuple[str, int, str], text: str
) -> None:
    table, number, name = place
    content = {one: [dict(row) for row in rows] for one, rows in TABLES.items()}
    content[table][number][name] = text
    rows, places = outcome(content, table)
    assert rows == len(content[table]) or {(table, str(number + 2)), (table, "")} & places


def outcome(content: dict[str, list[dict[str, str]]], table: str) -> tuple[int, set[tuple[str, str]]]:
    """How many rows a table of the case has, or where there are problems."""
    try:
        return len(read(content, lambda folder, made: as_csv(folder / "case", made)).table(table)), set()
    except CaseError as error:
        return -1, {(fault.table, fault.row) for fault in error.faults}
