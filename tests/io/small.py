"""A case small enough to read at a glance, and plain writers that know nothing of the library's own."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

from tests import builder
from tests.builder import Tables, used

DATASETS = Path(__file__).resolve().parents[2] / "datasets"
CASES = sorted(folder for folder in DATASETS.iterdir() if (folder / "chronology.csv").is_file())


def tables() -> Tables:
    """One child, two professionals, one concern, two rows; only the columns that hold anything."""
    return used(
        builder.tables(
            "k1:child name=Kim p1@clinic name='Health visitor' p2@school name=Teacher",
            "c1:3 category=physical summary='A mark'",
            "10 observed p1 c1",
            "12 told p1>p2 c1",
            agencies="clinic:health name=Clinic school:education name=School",
        )
    )


def as_csv(place: Path, content: Tables) -> Path:
    """A folder of CSV files."""
    place.mkdir()
    for name, rows in content.items():
        with (place / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return place


def as_xlsx(place: Path, content: Tables) -> Path:
    """A workbook."""
    place = place.with_suffix(".xlsx")
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in content.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(place)
    return place


def as_json(place: Path, content: Tables) -> Path:
    """A JSON file."""
    place = place.with_suffix(".json")
    place.write_text(json.dumps(content), encoding="utf-8")
    return place


def as_ods(place: Path, content: Tables) -> Path:
    """An OpenDocument workbook with nothing in it but the cells."""
    place = place.with_suffix(".ods")
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    sheets = "".join(
        _ods_sheet(name, [list(rows[0]), *(list(row.values()) for row in rows)]) for name, rows in content.items()
    )
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    text = f"<office:document-content {spaces}>{body}</office:document-content>"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
    return place


def _ods_sheet(name: str, rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
        )

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(name)}>{body}</table:table>"


WRITERS: dict[str, Callable[[Path, Tables], Path]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json, "ods": as_ods}


def line(form: str, place: int) -> str:
    """What row number `place` (from 1) is called in a format: spreadsheets count the header."""
    return str(place if form == "json" else place + 1)
