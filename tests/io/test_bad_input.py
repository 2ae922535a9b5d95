"""Every sort of bad input: named with its table, row, column and value, the nearest right one, and all at once."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.writing import write_case
from tests.io.small import WRITERS, Tables, as_csv, as_json, as_xlsx, line, tables

FORMATS = pytest.mark.parametrize("form", list(WRITERS))


def problems(path: Path) -> pd.DataFrame:
    """The problems of an input that has some; reading it leaves everything as it was."""
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    with pytest.raises(CaseError) as caught:
        read_case(path)
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before
    found = caught.value.problems
    assert list(found.columns) == ["table", "row", "column", "value", "problem", "hint"]
    assert str(caught.value).startswith(path.name)
    return found


def only(path: Path) -> dict[str, str]:
    """The one problem of an input."""
    found = problems(path)
    assert len(found) == 1, found.to_string()
    return dict(found.iloc[0])


def changed(table: str, row: int, **cells: str) -> Tables:
    """The small case with some cells of one row (counted from 1) changed."""
    content = tables()
    content[table][row - 1] |= cells
    return content


# the cells ------------------------------------------------------------------------------------------------


@FORMATS
def test_an_unknown_person_is_named_with_the_nearest_id(tmp_path: Path, form: str) -> None:
    content = tables()
    content["people"][2]["id"] = "teacher"
    content["chronology"][1]["to"] = "techer"
    found = only(WRITERS[form](tmp_path / "lewis", content))
    assert (found["table"], found["row"], found["column"]) == ("chronology", line(form, 2), "to")
    assert found["value"] == "techer"
    assert "'teacher'" in found["hint"]


@FORMATS
def test_a_misspelt_kind_is_named_with_the_nearest_kind(tmp_path: Path, form: str) -> None:
    found = only(WRITERS[form](tmp_path / "lewis", changed("chronology", 1, kind="obsrved")))
    assert (found["table"], found["row"], found["column"]) == ("chronology", line(form, 1), "kind")
    assert found["value"] == "obsrved"
    assert "'observed'" in found["hint"]


@FORMATS
@pytest.mark.parametrize(
    ("date", "said"), [("31/02/2019", "no day 31"), ("2019-13", "no month 13"), ("2019-02-30", "no day 30")]
)
def test_a_date_that_does_not_exist_is_named(tmp_path: Path, form: str, date: str, said: str) -> None:
    found = only(WRITERS[form](tmp_path / "lewis", changed("chronology", 2, date=date)))
    assert (found["table"], found["row"], found["column"]) == ("chronology", line(form, 2), "date")
    assert found["value"] == date
    assert said in found["problem"]
    assert "Write 2019-05-20" in found["hint"]


@FORMATS
def test_an_interval_that_ends_before_it_starts_is_named(tmp_path: Path, form: str) -> None:
    found = only(WRITERS[form](tmp_path / "lewis", changed("chronology", 1, date="2024-02-01/2024-01-01")))
    assert (found["column"], found["value"]) == ("date", "2024-02-01/2024-01-01")
    assert "ends before it starts" in found["problem"]


@FORMATS
def test_a_post_that_ends_before_it_starts_is_named(tmp_path: Path, form: str) -> None:
    content = tables()
    for person in content["people"]:
        person |= {"start": "", "end": ""}
    content["people"][1] |= {"start": "2024-03", "end": "2023"}
    found = only(WRITERS[form](tmp_path / "lewis", content))
    assert (found["table"], found["row"], found["column"], found["value"]) == ("people", line(form, 2), "end", "2023")


@FORMATS
def test_a_missing_recipient_is_named(tmp_path: Path, form: str) -> None:
    found = only(WRITERS[form](tmp_path / "lewis", changed("chronology", 2, to="")))
    assert (found["table"], found["row"], found["column"]) == ("chronology", line(form, 2), "to")
    assert "recipient is missing" in found["problem"]


@FORMATS
def test_a_semicolon_in_an_id_is_named(tmp_path: Path, form: str) -> None:
    found = problems(WRITERS[form](tmp_path / "lewis", changed("people", 3, id="p2;x")))
    first = dict(found.iloc[0])
    assert (first["table"], first["row"], first["column"]) == ("people", line(form, 3), "id")
    assert first["value"] == "p2;x"
    assert "separates several ids" in first["hint"]


@FORMATS
def test_two_rows_of_one_id_are_named(tmp_path: Path, form: str) -> None:
    found = only(WRITERS[form](tmp_path / "lewis", changed("chronology", 2, id="e1")))
    place = [found[name] for name in ("table", "row", "column", "value")]
    assert place == ["chronology", line(form, 2), "id", "e1"]
    assert f"row {line(form, 1)}" in found["problem"]


@FORMATS
def test_two_faults_are_both_reported(tmp_path: Path, form: str) -> None:
    content = changed("chronology", 2, kind="tolled")
    content["chronology"][0]["date"] = "2019-13"
    found = problems(WRITERS[form](tmp_path / "lewis", content))
    assert list(found["column"]) == ["date", "kind"]
    assert list(found["row"]) == [line(form, 1), line(form, 2)]


@FORMATS
def test_ids_that_look_like_a_number_or_like_nothing_stay_as_they_are(tmp_path: Path, form: str) -> None:
    content = changed("people", 1, id="007")
    content["people"][1]["id"] = "NA"
    content["concerns"][0]["about"] = "007"
    for row in content["chronology"]:
        row["who"] = "NA"
    case = read_case(WRITERS[form](tmp_path / "lewis", content))
    assert case.people["id"].tolist() == ["007", "NA", "p2"]
    assert case.chronology["who"].tolist() == ["NA", "NA"]


@FORMATS
def test_a_child_named_like_a_script_is_text_like_any_other(tmp_path: Path, form: str) -> None:
    name = "<script>alert(1)</script>"
    case = read_case(WRITERS[form](tmp_path / "lewis", changed("people", 1, name=name)))
    assert case.people["name"][0] == name
    again = read_case(write_case(case, tmp_path / "again.json"))
    assert again.people["name"][0] == name


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_cell_of_200000_characters_is_read_whole(tmp_path: Path, form: str) -> None:
    long = "A mark, \n" * 22_223  # 200,007 characters, with commas and line ends
    case = read_case(WRITERS[form](tmp_path / "lewis", changed("concerns", 1, summary=long)))
    assert case.concerns["summary"][0] == long


# the files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \r\n", b",,,\n,,,\n"])
def test_an_empty_file_is_a_problem_and_not_an_empty_table(tmp_path: Path, content: bytes) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    (folder / "ties.csv").write_bytes(content)
    found = only(folder)
    assert found["table"] == "ties"
    assert "empty" in found["problem"]


def test_an_empty_file_of_people_is_not_followed_by_a_complaint_for_each_person_named(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    (folder / "people.csv").write_bytes(b"")
    assert only(folder)["table"] == "people"


def test_a_sheet_without_anything_in_it_is_a_problem(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "lewis", tables())
    book = load_workbook(path)
    book.create_sheet("ties")
    book.save(path)
    found = only(path)
    assert found["table"] == "ties"
    assert "empty" in found["problem"]


@pytest.mark.parametrize("name", ["lewis.json", "lewis.xlsx"])
def test_a_file_of_no_bytes_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    found = only(tmp_path / name)
    assert found["table"] == name
    assert "empty" in found["problem"]


def test_a_table_with_a_header_and_no_rows_is_a_table(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    (folder / "permissions.csv").write_text("from,to,permission\n")
    case = read_case(folder)
    assert len(case.permissions) == 0
    assert "permissions" in case.tables()
    assert "permissions" not in read_case(as_json(tmp_path / "other", tables())).tables()


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    text = (folder / "people.csv").read_text().replace("Teacher", "Andr\u00e9")
    (folder / "people.csv").write_bytes(text.encode("cp1252"))
    found = only(folder)
    assert (found["table"], found["row"]) == ("people", "4")  # header, Kim, health visitor, teacher
    assert "0xe9" in found["problem"]
    assert "CSV UTF-8" in found["hint"]


def test_a_file_that_is_not_utf8_does_not_hide_what_is_wrong_elsewhere(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", changed("chronology", 1, kind="obsrved"))
    (folder / "people.csv").write_bytes((folder / "people.csv").read_bytes().replace(b"Teacher", b"Andr\xe9"))
    found = problems(folder)
    assert list(found["table"]) == ["people", "chronology"]
    assert "'observed'" in found["hint"][1]


def test_a_utf16_file_is_read_and_a_broken_one_named_as_such(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    before = read_case(folder)
    data = (folder / "people.csv").read_text().encode("utf-16")
    (folder / "people.csv").write_bytes(data)
    assert read_case(folder) == before
    (folder / "people.csv").write_bytes(data[:-1])
    assert "UTF-16" in only(folder)["problem"]


def test_a_json_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = as_json(tmp_path / "lewis", tables())
    path.write_bytes(path.read_bytes().replace(b"Teacher", b"Andr\xe9"))
    assert "not UTF-8" in only(path)["problem"]


def test_a_workbook_with_a_missing_sheet_says_which(tmp_path: Path) -> None:
    content = tables()
    del content["concerns"]
    found = only(as_xlsx(tmp_path / "lewis", content))
    assert found["table"] == "concerns"
    assert "missing" in found["problem"]


def test_a_sheet_with_nearly_the_right_name_is_offered(tmp_path: Path) -> None:
    content = tables()
    content["Chronologie"] = content.pop("chronology")
    found = problems(as_xlsx(tmp_path / "lewis", content))
    assert sorted(found["table"]) == ["Chronologie", "chronology"]
    by_table = found.set_index("table")
    assert "'chronology'" in by_table.loc["Chronologie", "hint"]
    assert by_table.loc["chronology", "hint"] == "Is it the sheet 'Chronologie'?"


@pytest.mark.parametrize("formula", ["=1+1", "=A1", '=HYPERLINK("http://example.org")'])
def test_a_formula_cell_is_a_problem(tmp_path: Path, formula: str) -> None:
    path = as_xlsx(tmp_path / "lewis", tables())
    book = load_workbook(path)
    book["concerns"]["E2"] = formula
    book.save(path)
    found = only(path)
    assert (found["table"], found["row"], found["column"], found["value"]) == ("concerns", "2", "summary", formula)
    assert "E2 is a formula" in found["problem"]


def test_a_formula_in_an_id_is_one_problem_and_not_one_for_each_row_that_names_it(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "lewis", tables())
    book = load_workbook(path)
    book["people"]["A3"] = '="p"&1'
    book.save(path)
    assert only(path)["column"] == "id"


def test_a_formula_and_an_unknown_concern_are_both_reported(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "lewis", changed("chronology", 2, concerns="c2"))
    book = load_workbook(path)
    book["people"]["B2"] = "=1+1"
    book.save(path)
    found = problems(path)
    assert list(found["column"]) == ["name", "concerns"]
    assert "c1" in found["hint"][1]


def test_a_missing_table_and_a_bad_date_are_both_reported(tmp_path: Path) -> None:
    content = changed("chronology", 1, date="31/02/2019")
    del content["people"]
    found = problems(as_csv(tmp_path / "lewis", content))
    assert list(found["table"]) == ["people", "chronology"]


def test_a_path_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    as_json(tmp_path / "lewis", tables())
    found = only(tmp_path / "lewsi.json")
    assert "'lewis.json'" in found["hint"]
    assert "no folder" in only(tmp_path / "nowhere" / "lewis.json")["problem"]


def test_a_file_of_another_sort_is_answered_with_what_can_be_read(tmp_path: Path) -> None:
    for name in ("lewis.pdf", "lewis.xls", "lewis"):
        (tmp_path / name).write_bytes(b"something")
        assert ".xlsx" in only(tmp_path / name)["hint"]
    (tmp_path / "lewis.docx").write_bytes(b"something")
    assert "draft" in only(tmp_path / "lewis.docx")["hint"]


def test_one_table_is_answered_with_its_folder(tmp_path: Path) -> None:
    folder = as_csv(tmp_path / "lewis", tables())
    assert repr(str(folder)) in only(folder / "people.csv")["hint"]


def test_a_folder_without_tables_is_answered_with_what_is_in_it(tmp_path: Path) -> None:
    place = tmp_path / "reviews"
    place.mkdir()
    assert "no table" in only(place)["problem"]
    as_csv(place / "lewis", tables())
    assert "lewis" in only(place)["hint"]
    as_xlsx(place / "reuben", tables())
    assert "reuben.xlsx" in only(place)["hint"]


def test_problem_values_are_cut_so_that_no_story_gets_into_a_message(tmp_path: Path) -> None:
    found = only(as_json(tmp_path / "lewis", changed("concerns", 1, severity="x" * 5000)))
    assert len(found["value"]) < 100


def test_json_that_is_no_case_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "lewis.json"
    for text, said in (
        ("[]", "no JSON object"),
        ("{", "line 1"),
        ("3", "no JSON object"),
        ("[" * 99999, "JSON|nested"),
    ):
        path.write_text(text)
        problem = only(path)["problem"]
        assert any(part in problem for part in said.split("|")), problem


def test_nested_and_impossible_json_values_are_named_with_their_place(tmp_path: Path) -> None:
    content = json.loads(as_json(tmp_path / "first", tables()).read_text())
    content["chronology"][1]["to"] = ["p2"]
    content["concerns"][0]["summary"] = True
    content["people"].append(7)
    content["wories"] = []
    path = tmp_path / "lewis.json"
    path.write_text(json.dumps(content).replace('"A mark"', "NaN"))
    found = problems(path)
    places = [" ".join(row) for row in found[["table", "row", "column"]].itertuples(index=False)]
    assert places == ["wories  ", "people 4 ", "concerns 1 summary", "chronology 2 to"]


def test_a_repeated_json_key_is_a_problem(tmp_path: Path) -> None:
    path = as_json(tmp_path / "lewis", tables())
    path.write_text(path.read_text().replace('"kind": "told"', '"kind": "told", "kind": "asked"'))
    found = only(path)
    assert (found["table"], found["row"], found["column"]) == ("chronology", "2", "kind")
    path.write_text(
        path.read_text().replace('"kind": "asked"', '"x": ""').replace('{"people"', '{"people": [], "people"')
    )
    assert list(problems(path)["problem"]) == ["the key 'people' is there twice."]


def test_a_workbook_that_is_broken_or_locked_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lewis.xlsx"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    assert "cannot be opened" in only(path)["problem"]
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in only(path)["problem"]


def test_a_workbook_of_other_sheets_names_the_three_that_are_missing(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "notes"
    book.save(tmp_path / "lewis.xlsx")
    found = problems(tmp_path / "lewis.xlsx")
    assert sorted(found["table"]) == ["Sheet", "chronology", "concerns", "people"]
