"""A table as a CSV file: UTF-8 or UTF-16, cells separated by commas, semicolons or tabs, one header row.

Cells are text and stay text. Rows are called by their number as a spreadsheet shows it: the header is row 1. Which sign
separates cells is told from the header.
"""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..case.headings import column_named
from ..case.schema import BY_NAME
from . import formulas
from .grid import Cell, Grid
from .limits import MOST_PLACES, read_bytes
from .reading import Reading, Record, Unreadable

_LOCK = threading.Lock()  # the longest cell is a setting of the whole csv module
_QUOTED = re.compile(r'[",\r\n]')
_SEP = re.compile(r"\"?sep=(.)\"?", re.IGNORECASE)
SEPARATORS = (",", ";", "\t")
SAVE_AS = "Save it as 'CSV UTF-8'."


def read_table(path: Path, table: str, reading: Reading, dialect: Dialect | None = None) -> None:
    """Read one file into `reading`; what is wrong with it becomes a problem."""
    try:
        data = read_bytes(path)
    except Unreadable as error:
        reading.add_unread(table, error.problem, error.hint)
        return
    text = decoded(data, table, reading, dialect)
    if not text.strip("\ufeff \t\r\n"):
        reading.add_unread(
            table,
            "the file is empty: it does not even have a header.",
            "Write the column names into its first row, or take the file away.",
        )
        return
    first, separator = named_separator(text)
    separator = (dialect.separator if dialect else "") or separator or told_from_header(table, text)
    try:
        records, problem = parse(text, separator, dialect.quote if dialect else '"')
    except Unreadable as error:
        reading.add_unread(table, error.problem, error.hint)
        return
    records = [[], *records[1:]] if first else records
    if problem:
        reading.unsure.add(table)
        reading.add(table, problem, 'A " inside a text in quotes is written twice: "".', row=str(len(records) + 1))
    if not any(_trimmed(cells) for cells in records):
        reading.add_unread(
            table, "it is empty: it does not even have a header.", "Write the column names into its first row."
        )
        return
    filled = [(row, cells) for row, cells in enumerate(records, 1) if _trimmed(cells)]
    header = reading.header_among(table, filled)
    if header is not None:
        width = len(_trimmed(records[header - 1]))
        rows = [_record(table, row, cells, width, separator, reading) for row, cells in filled if row >= header]
        reading.add_records(table, rows)


def as_grid(path: Path, table: str, reading: Reading) -> Grid:
    """One file as a sheet, each row where a spreadsheet shows it."""
    text = decoded(read_bytes(path), table, reading)
    first, separator = named_separator(text)
    records, _ = parse(text, separator or told_from_header(table, text))
    grid = Grid(table)
    for row, cells in enumerate([[], *records[1:]] if first else records, 1):
        for column, cell in enumerate(cells, 1):
            grid.put(row, column, Cell(formulas.unescape(cell)))
    return grid


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    """The cells without blank ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _record(table: str, row: int, cells: Sequence[str], width: int, separator: str, reading: Reading) -> Record:
    """One row; one with a cell too few or too many is a problem, as its cells may stand under the wrong heading."""
    filled = len(_trimmed(cells))
    called = {",": "comma", ";": "semicolon", "\t": "tab"}.get(separator, f"{separator!r}")
    if len(cells) < width or filled > width:
        many = filled > width
        reading.told_rows.add((table, str(row)))
        reading.add(
            table,
            f"the row has {filled if many else len(cells)} cells, and the header has {width}.",
            f"A text with a {called} in it needs double quotes around it."
            if many
            else f"An empty cell still needs its {called}.",
            row=str(row),
        )
    return Record(str(row), {place: formulas.unescape(cell) for place, cell in enumerate(cells[:width], 1) if cell})


# what the text is -------------------------------------------------------------------------------------------


class Dialect(NamedTuple):
    """How a data package says that a file is written; empty is not said."""

    separator: str = ""
    quote: str = '"'
    encoding: str = ""


def decoded(data: bytes, table: str, reading: Reading, dialect: Dialect | None = None) -> str:
    """The text of a file: UTF-8, or UTF-16 with a byte order mark; other bytes are a problem and stand as U+FFFD."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    if dialect and dialect.encoding and encoding == "utf-8-sig":
        encoding = dialect.encoding
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        called = "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
        line = data[: error.start].count(b"\n") + 1
        reading.add(
            table,
            f"the file is not {called} text: byte {error.start + 1}, in line {line}, is 0x{data[error.start]:02x}.",
            SAVE_AS,
            row=str(line),
        )
        reading.unsure.add(table)
        return data.decode(encoding, errors="replace")


def named_separator(text: str) -> tuple[str, str]:
    """A first line ``sep=;``, by which Excel is told the separator, and the separator that it names."""
    first = text[:20].lstrip("\ufeff").splitlines()[:1]
    match = _SEP.fullmatch(first[0]) if first else None
    return (match[0], match[1]) if match else ("", "")


def told_from_header(table: str, text: str) -> str:
    """The separator with which the first lines have most headings of the table, or most cells."""
    top = "\n".join(text.lstrip("\ufeff").splitlines()[:10])

    def fits(separator: str) -> tuple[int, int]:
        records, _ = parse(top, separator)
        ours = table in BY_NAME  # a table of another data set has none of our headings
        named = [sum(ours and column_named(table, cell) is not None for cell in cells) for cells in records]
        return max(named, default=0), max((len(cells) for cells in records), default=0)

    return max(SEPARATORS, key=fits)


def parse(text: str, separator: str = ",", quote: str = '"') -> tuple[list[list[str]], str]:
    """The records of a CSV text, blank ones included, and what stopped the reading, if anything did.

    Raises
    ------
    Unreadable
        If it has more cells than a table of a case can have.
    """
    records: list[list[str]] = []
    places = 0
    with _LOCK:
        before = csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
        try:
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=quote, strict=True):
                records.append(record)
                if (places := places + len(record)) > MOST_PLACES:
                    raise Unreadable(
                        f"it has more than {MOST_PLACES:,} cells, and a table of a case has at most that.",
                        "Cases that large are read as a study, from Parquet.",
                    )
        except csv.Error as error:
            if "end of data" in str(error):
                return records, 'a cell starts with " and never ends.'
            return records, 'a " stands where none can be.'
        finally:
            csv.field_size_limit(before)
    return records, ""


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One table as the bytes of a CSV file; a cell is quoted where it must be."""
    lines = (",".join(_cell(cell, alone=len(columns) == 1) for cell in record) for record in (columns, *rows))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cell(text: str, alone: bool) -> str:
    text = formulas.escape(text)
    if _QUOTED.search(text) or (alone and not text):
        return '"' + text.replace('"', '""') + '"'
    return text
