"""Excel: what its cells hold, what they show, and what other programs leave in a workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.writing import write_case
from safetynet.io.xmltext import decode, encode
from tests.io.small import as_json, as_xlsx, tables

PIECE = st.sampled_from(["_", "x", "000D", "x000D_", "_x000d_", "\r", "\x00", "\ufffe", "_xD83D_", "_x005F_", "0041_"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return as_xlsx(tmp_path / "lewis", tables())


def edit(path: Path, change: Callable[[Workbook], object]) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def set_cell(path: Path, where: str, value: object, look: str = "General", sheet: str = "chronology") -> Path:
    def change(book: Workbook) -> None:
        book[sheet][where] = value
        book[sheet][where].number_format = look

    return edit(path, change)


def faults(path: Path) -> pd.DataFrame:
    with pytest.raises(CaseError) as caught:
        read_case(path)
    return caught.value.problems


@given(st.lists(st.one_of(PIECE, st.text(max_size=3)), max_size=6).map("".join))
def test_a_coded_text_comes_back_and_xml_can_hold_it(text: str) -> None:
    coded = encode(text)
    assert decode(coded) == text
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", coded)


# reading --------------------------------------------------------------------------------------------------


def test_a_date_cell_becomes_a_date_and_a_number_a_number(path: Path) -> None:
    set_cell(path, "B2", dt.datetime(2024, 1, 10, 16, 30), "dd/mm/yyyy hh:mm")
    set_cell(path, "B3", dt.date(2024, 1, 12), "d mmm yyyy")
    set_cell(path, "D2", 3, sheet="concerns")
    case = read_case(path)
    assert case.chronology["date"].tolist() == ["2024-01-10T16:30", "2024-01-12"]
    set_cell(path, "D2", 3.0, sheet="concerns")
    assert read_case(path).concerns["severity"].tolist() == ["3"]


def test_a_number_is_read_as_excel_shows_it(path: Path) -> None:
    set_cell(path, "G1", "confidence")
    set_cell(path, "G2", 0.1 + 0.2)  # 0.30000000000000004 in the file; Excel keeps 15 digits
    assert read_case(path).chronology["confidence"].tolist() == ["0.3", ""]


@pytest.mark.parametrize("look", ["mmm-yy", "mmmm yyyy", "yyyy", '"day" mm/yyyy'])
def test_a_date_that_shows_a_month_only_is_not_taken_for_a_day(path: Path, look: str) -> None:
    found = faults(set_cell(path, "B2", dt.date(2024, 1, 1), look))
    assert found[["table", "row", "column"]].to_numpy().tolist() == [["chronology", "2", "date"]]
    assert "write 2024-01" in found["hint"][0]


def test_a_number_that_shows_zeros_it_does_not_hold_is_a_problem(path: Path) -> None:
    found = faults(set_cell(path, "A2", 7, "000", sheet="people"))
    assert "leading zeros" in found["problem"][0]


def test_truth_values_are_yes_and_no_only_where_a_column_has_these_words(path: Path) -> None:
    for where, value in (("G1", "two_way"), ("G2", True), ("G3", False)):
        set_cell(path, where, value)
    assert read_case(path).chronology["two_way"].tolist() == ["yes", "no"]
    found = faults(set_cell(path, "E2", True, sheet="concerns"))
    assert found[["table", "row", "column", "value"]].to_numpy().tolist() == [["concerns", "2", "summary", "True"]]


@pytest.mark.parametrize("value", [dt.time(16, 30), dt.timedelta(hours=30)])
def test_a_time_without_a_day_is_a_problem(path: Path, value: object) -> None:
    look = "[h]:mm" if isinstance(value, dt.timedelta) else "h:mm"
    assert "without a day" in faults(set_cell(path, "B2", value, look))["problem"][0]


def test_an_error_value_and_a_date_outside_the_calendar_are_problems(path: Path) -> None:
    set_cell(path, "B2", "#N/A", sheet="people")
    set_cell(path, "B3", 1e9, "yyyy-mm-dd")
    found = faults(path)
    assert found[["table", "row", "column"]].to_numpy().tolist() == [
        ["people", "2", "name"],
        ["chronology", "3", "date"],
    ]


def test_merged_cells_that_hold_a_text_are_a_problem_and_empty_ones_are_not(path: Path) -> None:
    edit(path, lambda book: book["people"].merge_cells("F1:G9"))
    assert len(read_case(path).people) == 3
    found = faults(edit(path, lambda book: book["chronology"].merge_cells("B2:B3")))
    assert found[["table", "row", "column"]].to_numpy().tolist() == [["chronology", "2", "date"]]
    assert "B2:B3 are merged" in found["problem"][0]


def test_blank_rows_and_columns_are_passed_over(path: Path) -> None:
    before = read_case(path)

    def scatter(book: Workbook) -> None:
        book["people"].insert_rows(3)
        book["people"]["Z1000"].number_format = "@"
        book["people"]["C4"] = "professional"

    assert read_case(edit(path, scatter)) == before
    found = faults(set_cell(path, "C4", "profesional", sheet="people"))
    assert found["row"].tolist() == ["4"]


def test_a_cell_beyond_the_header_is_a_problem(path: Path) -> None:
    found = faults(set_cell(path, "H3", "note", sheet="people"))
    assert found[["table", "problem"]].to_numpy().tolist() == [["people", "column H has no name."]]


def test_sheets_that_are_empty_or_begin_with_an_underscore_are_left_alone(path: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Sheet1")
        book.create_sheet("_notes")["A1"] = "=1+1"

    before = read_case(path)
    assert read_case(edit(path, add)) == before
    found = faults(edit(path, lambda book: book["Sheet1"].cell(1, 1, "x")))
    assert found["table"].tolist() == ["Sheet1"]


def test_texts_in_the_shared_table_of_a_workbook_are_read_as_excel_means_them(path: Path) -> None:
    """A workbook as Excel itself saves it: texts in a table of their own, with codes in them."""
    edit(path, lambda book: book["concerns"].cell(2, 5, "MARK"))
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{ns}"><si><t>one_x000D_two _x005F_x000D_ x005F_</t></si></sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.namelist():
            if item == "xl/sharedStrings.xml":
                continue
            text = source.read(item).decode()
            text = re.sub(r't="inlineStr"><is><t>MARK</t></is>', 't="s"><v>0</v>', text)
            if item == "[Content_Types].xml" and kind not in text:
                override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
                text = text.replace("</Types>", override + "</Types>")
            target.writestr(item, text)
        target.writestr("xl/sharedStrings.xml", strings)
    path.write_bytes(made.getvalue())
    assert read_case(path).concerns["summary"].tolist() == ["one\rtwo _x000D_ x005F_"]


# writing --------------------------------------------------------------------------------------------------


def test_every_cell_is_written_as_text(tmp_path: Path) -> None:
    content = tables()
    content["concerns"][0]["summary"] = "=1+1"
    content["people"][0]["name"] = "#N/A"
    written = write_case(read_case(as_json(tmp_path / "lewis", content)), tmp_path / "out.xlsx")
    book: Any = load_workbook(written)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert book["concerns"]["E2"].value == "'=1+1"
    assert book["people"]["B2"].value == "#N/A"
    assert pd.read_excel(written, "concerns", dtype=str)["severity"].tolist() == ["3"]
