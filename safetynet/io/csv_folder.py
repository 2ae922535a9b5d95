"""A table as a CSV file: UTF-8 with or without a byte order mark, commas, one header row.

Cells are text and stay text. Rows are called by their number as a spreadsheet shows it: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Sequence
from pathlib import Path

from . import formulas
from .reading import Reading

_LOCK = threading.Lock()  # the longest cell is a setting of the whole csv module
_QUOTED = re.compile(r'[",\r\n]')
SAVE_AS = "Save it as 'CSV UTF-8'."


def read_table(path: Path, table: str, reading: Reading) -> None:
    """Read one file into `reading`; what is wrong with it becomes a problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reading.add_unread(table, f"{path.name!r} cannot be opened ({error.strerror}).", "Look at who may read it.")
        return
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        reading.add_unread(table, "the file is not UTF-8 text but UTF-16.", SAVE_AS)
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        reading.add(
            table,
            f"the file is not UTF-8 text: byte {error.start + 1}, in line {line}, is 0x{data[error.start]:02x}.",
            SAVE_AS,
            row=str(line),
        )
        reading.unsure.add(table)
        text = data.decode("utf-8-sig", errors="replace")
    if not text.strip("\ufeff \t\r\n"):
        reading.add_unread(
            table,
            "the file is empty: it does not even have a header.",
            "Write the column names into its first row, or take the file away.",
        )
        return
    records, problem = parse(text)
    header = next((cells for cells in records if any(cells)), [])
    if len(header) == 1 and not problem:
        for sign, called in ((";", "semicolons"), ("\t", "tabs")):
            if sign in header[0]:
                reading.add_unread(
                    table,
                    f"its cells are separated by {called}, not by commas.",
                    f"{SAVE_AS} It separates cells by commas; where your program does not, use an .xlsx workbook.",
                    row="1",
                )
                return
    if problem:
        reading.unsure.add(table)
        reading.add(table, problem, 'A " inside a text in quotes is written twice: "".', row=str(len(records) + 1))
        if not records:
            reading.unread.add(table)
            return
    reading.add_records(
        table,
        [(str(row), [formulas.unescape(cell) for cell in cells]) for row, cells in enumerate(records, 1)],
    )


def parse(text: str) -> tuple[list[list[str]], str]:
    """The records of a CSV text, blank ones included, and what stopped the reading, if anything did."""
    records: list[list[str]] = []
    with _LOCK:
        before = csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
        try:
            for record in csv.reader(io.StringIO(text, newline=""), strict=True):
                records.append(record)  # noqa: PERF402 -- the records before a fault are kept
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
