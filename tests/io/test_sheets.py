"""Workbooks as people make them, in whatever program: what is read, what is mentioned, what is asked about."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import MAC_EPOCH

from safetynet.case import Case
from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.grid import number_of
from safetynet.io.reading import letter
from safetynet.io.xlsx import from_day_number
from tests.io.small import as_ods, as_xlsx, tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return as_xlsx(tmp_path / "lewis", tables())


def edit(path: Path, change: Callable[[Any], object]) -> Path:
    book: Any = load_workbook(path)
    change(book)
    book.save(path)
    return path


def parts(path: Path, change: Callable[[str, bytes], bytes], to: str = "") -> Path:
    """The workbook with its parts changed, under another name."""
    made = path.with_name(to or path.name)
    with zipfile.ZipFile(path) as source:
        content = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in content.items():
            target.writestr(name, change(name, data))
    return made


def faults(path: Path) -> pd.DataFrame:
    with pytest.raises(CaseError) as caught:
        read_case(path)
    return caught.value.problems


def noted(case: Case) -> str:
    return " ".join(case.warnings["problem"])


# the kinds of workbook ------------------------------------------------------------------------------------


def test_a_workbook_with_macros_and_one_of_opendocument_say_the_same(tmp_path: Path, path: Path) -> None:
    case = read_case(path)
    assert read_case(parts(path, lambda _, data: data, "lewis.xlsm")) == case
    assert read_case(as_ods(tmp_path / "other", tables())) == case


STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def test_a_strict_workbook_with_its_dates_as_text_is_read(path: Path) -> None:
    case = read_case(path)

    def strict(name: str, data: bytes) -> bytes:
        for usual, other in STRICT:
            data = data.replace(usual, other)
        if name.endswith("sheet4.xml"):  # the chronology, with its dates as a Strict workbook has them
            data = re.sub(rb't="inlineStr"><is><t>(2024-01-1\d)</t></is>', rb't="d"><v>\1T00:00:00.000</v>', data)
            assert data.count(b't="d"') == 2
        return data

    assert read_case(parts(path, strict, "strict.xlsx")) == case


def test_dates_of_a_workbook_that_counts_from_1904_are_right(path: Path) -> None:
    def from_1904(book: Any) -> None:
        book.epoch = MAC_EPOCH
        book["chronology"]["B2"] = dt.datetime(2024, 1, 10, 9, 30)

    edit(path, from_1904)
    with zipfile.ZipFile(path) as archive:
        assert b'date1904="1"' in archive.read("xl/workbook.xml")
    assert read_case(path).chronology["date"].tolist()[0] == "2024-01-10T09:30"


def test_day_numbers_count_a_leap_day_that_there_was_not() -> None:
    epoch = dt.datetime(1899, 12, 30)
    assert from_day_number(1, epoch).date() == dt.date(1900, 1, 1)
    assert from_day_number(59, epoch).date() == dt.date(1900, 2, 28)
    assert from_day_number(61, epoch).date() == dt.date(1900, 3, 1)
    assert from_day_number(45301.395833333336, epoch) == dt.datetime(2024, 1, 10, 9, 30)


def test_parts_of_a_second_are_named(path: Path) -> None:
    moment = dt.datetime(2024, 1, 10, 9, 30, 15, 250_000)
    edit(path, lambda book: setattr(book["chronology"]["B2"], "value", moment))
    assert "parts of a second" in faults(path)["problem"][0]


def test_numbers_dates_and_formulas_of_opendocument_are_what_they_are(tmp_path: Path) -> None:
    path = as_ods(tmp_path / "lewis", tables())

    def typed(name: str, data: bytes) -> bytes:
        if name != "content.xml":
            return data
        text = data.decode()
        whole = 'office:value-type="date" office:date-value="2024-01-10"><text:p>10/01/24'
        timed = 'office:value-type="date" office:date-value="2024-01-12T09:30:00"><text:p>12/01/24 09:30'
        text = text.replace('office:value-type="string"><text:p>2024-01-10', whole)
        text = text.replace('office:value-type="string"><text:p>2024-01-12', timed)
        number = 'office:value-type="float" office:value="3"><text:p>3<'
        return text.replace('office:value-type="string"><text:p>3<', number).encode()

    case = read_case(parts(path, typed, "typed.ods"))
    assert case.chronology["date"].tolist() == ["2024-01-10", "2024-01-12T09:30"]
    assert case.concerns["severity"].tolist() == ["3"]

    def month(name: str, data: bytes) -> bytes:
        return typed(name, data).replace(b"<text:p>10/01/24", b"<text:p>Jan 24")

    assert "without its day" in faults(parts(path, month, "month.ods"))["problem"][0]

    def formula(name: str, data: bytes) -> bytes:
        return typed(name, data).replace(b'office:value="3"', b'office:value="3" table:formula="of:=1+2"')

    assert "D2 is a formula" in faults(parts(path, formula, "formula.ods"))["problem"][0]


# what is hidden, struck out, merged, or beside the table ----------------------------------------------------


def test_hidden_rows_columns_and_sheets_are_read_and_mentioned(path: Path) -> None:
    before = read_case(path)

    def hide(book: Any) -> None:
        book["people"].row_dimensions[3].hidden = True
        book["people"].column_dimensions["B"].hidden = True
        book["concerns"].sheet_state = "hidden"

    case = read_case(edit(path, hide))
    assert case == before
    said = noted(case)
    assert "row 3 is hidden and read" in said
    assert "the hidden columns are read: 'name'" in said
    assert "the sheet 'concerns' is hidden; it is read" in said


def test_struck_through_rows_are_read_and_mentioned(path: Path) -> None:
    before = read_case(path)
    edit(path, lambda book: setattr(book["chronology"]["D3"], "font", Font(strike=True)))
    case = read_case(path)
    assert case == before
    assert "row 3 is struck through and read" in noted(case)


def test_a_merged_line_that_only_parts_the_table_is_no_row_and_no_problem(path: Path) -> None:
    before = read_case(path)

    def divide(book: Any) -> None:
        book["chronology"].insert_rows(3)
        book["chronology"]["A3"] = "— January 2024 —"
        book["chronology"].merge_cells("A3:F3")

    case = read_case(edit(path, divide))
    assert case == before
    assert "only parts the table" in noted(case)


def test_a_title_above_the_header_is_one_problem(path: Path) -> None:
    def title(book: Any) -> None:
        book["chronology"].insert_rows(1)
        book["chronology"]["A1"] = "Chronology of Lewis"
        book["chronology"].merge_cells("A1:F1")

    found = faults(edit(path, title))
    assert found["problem"].tolist() == ["the header seems to be in row 2."]


def test_a_merge_over_the_whole_sheet_is_one_problem(path: Path) -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    found = faults(parts(path, lambda name, data: data.replace(b"</sheetData>", merge) if "sheet1" in name else data))
    assert "A2:XFD1048576 are merged" in found["problem"][0]


def test_a_column_whose_name_begins_with_an_underscore_is_left_alone_even_with_formulas(path: Path) -> None:
    before = read_case(path)

    def beside(book: Any) -> None:
        for place, cell in enumerate(("_who", "=D2", "=D3"), 1):
            book["chronology"].cell(place, 7, cell)

    assert read_case(edit(path, beside)) == before
    assert noted(read_case(path)) == noted(before)
    edit(path, lambda book: book["chronology"].cell(3, 7, "typed"))
    assert "left alone: '_who'" in noted(read_case(path))


def test_sheet_names_are_read_whatever_their_case_and_a_copy_is_no_second_table(path: Path) -> None:
    before = read_case(path)
    edit(path, lambda book: setattr(book["chronology"], "title", " Chronology"))
    assert read_case(path) == before

    def copy(book: Any) -> None:
        sheet = book.create_sheet("chronology")
        for row in list(book[" Chronology"].iter_rows(values_only=True))[:2]:
            sheet.append(row)

    case = read_case(edit(path, copy))
    assert case.chronology.equals(before.chronology)
    assert "the rest is a copy" in noted(case)
    edit(path, lambda book: book["chronology"].cell(2, 4, "p2"))
    assert "both the table 'chronology'" in faults(path)["problem"][0]


def test_a_heading_that_is_prose_is_not_repeated(path: Path) -> None:
    told = "Mother said that he had been hit with a belt on Sunday"

    def prose(book: Any) -> None:
        book["people"]["E1"] = told
        book["people"]["F1"] = told
        book.create_sheet("the mother has said this")["A1"] = "x"

    with pytest.raises(CaseError) as caught:
        read_case(edit(path, prose))
    assert "belt" not in str(caught.value)
    assert "belt" not in caught.value.problems.to_string()
    assert "mother has said" not in str(caught.value)


def test_an_agencys_own_chronology_is_answered_with_the_way_to_a_draft(tmp_path: Path) -> None:
    for name in ("Sheet1", "Chronology"):
        book = Workbook()
        sheet: Any = book.active
        sheet.title = name
        sheet.append(["Date", "Agency", "Significant event", "Action taken"])
        sheet.append([dt.date(2021, 3, 20), "Police", "Called to the address", "Notification sent"])
        book.save(tmp_path / "agency.xlsx")
        found = faults(tmp_path / "agency.xlsx")
        assert len(found) == 1
        assert "safetynet draft" in found["hint"][0]


def test_dates_that_a_program_may_have_turned_round_are_warned_of(tmp_path: Path) -> None:
    content = tables()
    days = ["2024-04-03", "2024-04-13", "2024-05-06", "2024-05-24"]
    content["chronology"] = [{**content["chronology"][0], "id": f"e{n}", "date": day} for n, day in enumerate(days)]
    path = as_xlsx(tmp_path / "lewis", content)

    def turned(book: Any) -> None:  # as a program that expects the month first makes it of 03/04/2024 and 13/04/2024
        book["chronology"]["B2"], book["chronology"]["B4"] = dt.datetime(2024, 3, 4), dt.datetime(2024, 6, 5)
        book["chronology"]["B3"], book["chronology"]["B5"] = "13/04/2024", "24/05/2024"

    edit(path, turned)
    assert "taken the day for the month" in noted(read_case(path, date_order="dmy"))
    edit(path, lambda book: setattr(book["chronology"]["B2"], "value", dt.datetime(2024, 3, 14)))
    assert "taken the day for the month" not in noted(read_case(path, date_order="dmy"))


def test_times_and_truth_values_in_a_column_of_ones_own_are_kept_as_text(path: Path) -> None:
    def own(book: Any) -> None:
        for row, cells in enumerate((("Alarm", "Late"), (dt.time(9, 30), True), (dt.time(23, 5), False)), 1):
            for column, value in enumerate(cells, 7):
                book["chronology"].cell(row, column, value)

    case = read_case(edit(path, own))
    assert case.chronology["Alarm"].tolist() == ["09:30", "23:05"]
    assert case.chronology["Late"].tolist() == ["TRUE", "FALSE"]


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_are_called_as_a_spreadsheet_shows_them(number: int, letters: str) -> None:
    assert letter(number) == letters
    assert number_of(letters) == number
