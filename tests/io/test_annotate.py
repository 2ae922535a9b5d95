"""A copy with the cells marked that are wrong or odd."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from safetynet.cli import main
from safetynet.errors import ArgumentError, CaseError, FileInTheWayError
from safetynet.io.annotate import ODD, WRONG, annotate
from safetynet.io.cases import read_case
from safetynet.io.template import write_template
from tests.io.small import as_csv, as_json, as_ods, as_xlsx, tables


def faulty() -> dict[str, list[dict[str, str]]]:
    """The small case with a person in another spelling (odd) and a kind that there is not (wrong)."""
    content = tables()
    content["chronology"][0]["who"] = "P1"
    content["chronology"][1]["kind"] = "tolled"
    return content


def marked(path: Path, out: Path) -> Any:
    """The copy of an input with its problems and warnings."""
    try:
        warnings = read_case(path)._notes
        annotate(path, (), warnings, out)
    except CaseError as error:
        annotate(path, error.faults, (), out)
    return load_workbook(out)


def coloured(book: Any, colour: str) -> set[tuple[str, str]]:
    found = set()
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            found |= {(sheet.title, cell.coordinate) for cell in row if str(cell.fill.start_color.rgb)[2:] == colour}
    return found


@pytest.mark.parametrize("write", [as_xlsx, as_ods, as_csv])
def test_a_wrong_cell_is_red_with_a_note_that_says_what_to_do(tmp_path: Path, write: Any) -> None:
    book = marked(write(tmp_path / "lewis", faulty()), tmp_path / "out.xlsx")
    assert coloured(book, WRONG) == {("chronology", "C3")}
    note = book["chronology"]["C3"].comment.text
    assert "'tolled' is not a kind" in note
    assert "Did you mean 'told'" in note
    assert [cell.value for cell in book["_marked"][2]][:4] == ["wrong", "chronology", "C3", "kind"]
    assert book["_marked"]["C2"].hyperlink.location == "'chronology'!C3"


def test_an_odd_cell_is_yellow(tmp_path: Path) -> None:
    content = faulty()
    content["chronology"][1]["kind"] = "told"
    book = marked(as_xlsx(tmp_path / "lewis", content), tmp_path / "out.xlsx")
    assert coloured(book, ODD) == {("chronology", "D2")}
    assert "is read as" in book["chronology"]["D2"].comment.text


def test_what_is_about_no_row_is_marked_in_the_header_or_listed_only(tmp_path: Path) -> None:
    content = tables()
    for row in content["chronology"]:
        row["whos"] = row.pop("who")
    del content["concerns"]
    book = marked(as_xlsx(tmp_path / "lewis", content), tmp_path / "out.xlsx")
    assert coloured(book, WRONG) == {("chronology", "F1")}
    assert [cell.value for cell in book["_marked"]["B"]][1:] == ["concerns", "chronology"]


@pytest.mark.slow
def test_the_copy_keeps_what_the_workbook_has_and_reads_as_it_did(tmp_path: Path) -> None:
    path = write_template(tmp_path / "sam.xlsx", example=True)
    before = read_case(path)
    book = marked(path, tmp_path / "out.xlsx")
    assert book["chronology"].data_validations.dataValidation
    again = read_case(tmp_path / "out.xlsx")
    assert again.chronology.equals(before.chronology)
    marked(tmp_path / "out.xlsx", tmp_path / "out2.xlsx")  # a copy of a copy has one list
    assert load_workbook(tmp_path / "out2.xlsx").sheetnames.count("_marked") == 1


def test_nothing_is_written_over_the_input_or_unasked(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "lewis", tables())
    with pytest.raises(ArgumentError, match="the input itself"):
        annotate(path, (), (), path, overwrite=True)
    (tmp_path / "out.xlsx").write_bytes(b"mine")
    with pytest.raises(FileInTheWayError):
        annotate(path, (), (), tmp_path / "out.xlsx")
    with pytest.raises(ArgumentError, match="workbook or a folder of CSV"):
        annotate(as_json(tmp_path / "other", tables()), (), (), tmp_path / "new.xlsx")


def test_the_command_writes_the_copy_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    as_xlsx(tmp_path / "lewis", faulty())
    assert main(["check", "lewis.xlsx", "--annotate", "out.xlsx"]) == 1
    said = capsys.readouterr()
    assert str(tmp_path / "out.xlsx") in said.out
    assert "tolled" in said.err
    assert main(["check", "lewis.xlsx", "--annotate", "out.xlsx"]) == 1
    said = capsys.readouterr()
    assert "--force" in said.err
    assert "tolled" in said.err
    assert main(["check", "lewis.xlsx", "--annotate", "out.xlsx", "--force"]) == 1
