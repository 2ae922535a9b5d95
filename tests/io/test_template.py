"""The empty workbook: what is in it, and that it reads when somebody has filled it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from safetynet.case.schema import BY_NAME, TABLES
from safetynet.errors import ArgumentError, CaseError, FileInTheWayError
from safetynet.io import read_case, write_template
from safetynet.io.template import LONGEST_LIST, allowed, suggestions
from tests.io.small import tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_template(tmp_path / "new.xlsx")


def filled(path: Path, content: dict[str, list[dict[str, str]]]) -> Path:
    book: Any = load_workbook(path)
    for name, rows in content.items():
        places = {cell.value: cell.column for cell in book[name][1]}
        for number, row in enumerate(rows, 2):
            for column, text in row.items():
                book[name].cell(number, places[column]).value = text or None
    book.save(path)
    return path


def test_there_is_a_sheet_for_every_table_with_every_column_and_its_help(path: Path) -> None:
    book: Any = load_workbook(path)
    assert book.sheetnames == [*BY_NAME, "_help"]
    for table in TABLES:
        header = book[table.name][1]
        assert [cell.value for cell in header] == list(table.names)
        for cell, column in zip(header, table.columns, strict=True):
            assert column.help in cell.comment.text
            assert cell.comment.text.startswith("Required.") == column.required
            assert (cell.fill.fill_type == "solid") == column.required


def test_columns_are_text_so_that_nothing_typed_is_turned_into_a_number_or_a_date(path: Path) -> None:
    book: Any = load_workbook(path)
    for table in TABLES:
        for cell in book[table.name][1]:
            assert book[table.name].column_dimensions[cell.column_letter].number_format == "@"


def test_every_closed_list_has_its_drop_down(path: Path) -> None:
    book: Any = load_workbook(path)
    for table in TABLES:
        found = {str(rule.sqref): rule for rule in book[table.name].data_validations.dataValidation}
        for cell, column in zip(book[table.name][1], table.columns, strict=True):
            rule = found.pop(f"{cell.column_letter}2:{cell.column_letter}5000", None)
            if column.vocabulary:
                assert rule.formula1 == '"' + ",".join(column.vocabulary) + '"'
                # a channel may be another word, and so may the outcome of a row of another kind
                assert rule.showErrorMessage == (column.name not in ("channel", "outcome"))
            elif column.type == "ref" and len(column.points_to) == 1:
                assert rule.formula1 == f"{column.points_to[0]}!$A$2:$A$5000"
                assert BY_NAME[column.points_to[0]].names[0] in ("id", "code")
        assert not found


def test_the_lists_are_short_enough_for_excel() -> None:
    for table in TABLES:
        for column in table.columns:
            assert len(",".join(suggestions(column)[0])) <= LONGEST_LIST


def test_every_table_and_column_is_explained_on_the_help_sheet(path: Path) -> None:
    book: Any = load_workbook(path)
    rows = {tuple(str(value or "") for value in row[:2]): row for row in book["_help"].iter_rows(values_only=True)}
    for table in TABLES:
        assert rows[table.name, ""][5] == table.help
        for column in table.columns:
            assert rows[table.name, column.name][5] == column.help
            assert (rows[table.name, column.name][4] or "") == allowed(column)


def test_a_filled_in_template_reads_and_sheets_left_empty_are_not_tables(path: Path) -> None:
    case = read_case(filled(path, tables()))
    assert case.people["id"].tolist() == ["k1", "p1", "p2"]
    assert set(case.tables()) == {"case", "people", "agencies", "concerns", "chronology"}


def test_sources_may_be_named_before_their_sheet_is_filled_in(path: Path) -> None:
    content = tables()
    content["chronology"][0]["source"] = "R1"
    assert read_case(filled(path, content)).chronology["source"].tolist() == ["R1", ""]


def test_a_fault_in_a_filled_in_template_is_named_like_any_other(path: Path) -> None:
    content = tables()
    content["chronology"][0]["kind"] = "obsrved"
    with pytest.raises(CaseError) as caught:
        read_case(filled(path, content))
    assert caught.value.problems[["table", "row", "column"]].to_numpy().tolist() == [["chronology", "2", "kind"]]


def test_a_template_is_the_same_each_time_and_never_overwrites_unasked(path: Path, tmp_path: Path) -> None:
    again = write_template(tmp_path / "again.xlsx")
    assert again.read_bytes() == path.read_bytes()
    path.write_text("my work")
    with pytest.raises(FileInTheWayError):
        write_template(path)
    assert path.read_text() == "my work"
    write_template(path, overwrite=True)
    assert path.read_bytes() == again.read_bytes()


def test_a_template_is_an_excel_workbook(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"ends in \.xlsx"):
        write_template(tmp_path / "new.csv")
