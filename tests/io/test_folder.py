"""Folders as people have them: names in any case, a prefix that all share, a data package that says what is where."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from tests.io.small import as_csv, tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return as_csv(tmp_path / "lewis", tables())


def faults(folder: Path) -> pd.DataFrame:
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    return caught.value.problems


@pytest.mark.parametrize("form", ["{0}.CSV", "{1}.csv", "coding - {0}.csv", "Lewis_{1}.csv", "2024-01-10 {0}.Csv"])
def test_names_are_read_whatever_their_case_and_with_a_common_prefix(folder: Path, form: str) -> None:
    before = read_case(folder)
    for path in list(folder.iterdir()):
        path.rename(folder / form.format(path.stem, path.stem.capitalize()))
    assert read_case(folder) == before


def test_one_file_with_a_prefix_beside_others_without_is_asked_about(folder: Path) -> None:
    (folder / "old people.csv").write_bytes((folder / "people.csv").read_bytes())
    found = faults(folder)
    assert found["table"].tolist() == ["old people.csv"]
    assert "put _ before its name" in found["hint"][0]


def test_the_tables_of_two_cases_in_one_folder_are_asked_about(folder: Path) -> None:
    for path in list(folder.iterdir()):
        (folder / f"ann {path.name}").write_bytes(path.read_bytes())
        path.rename(folder / f"lewis {path.name}")
    assert len(faults(folder)) == 4


def test_two_files_of_one_table_are_asked_about_unless_they_say_the_same(folder: Path) -> None:
    before = read_case(folder)
    (folder / "People.CSV").write_bytes((folder / "people.csv").read_bytes())
    assert read_case(folder) == before
    (folder / "People.CSV").write_text("id,name,kind\nz,Z,child\n")
    assert "both the table 'people'" in faults(folder)["problem"][0]


def test_a_folder_where_a_table_should_be_is_named(folder: Path) -> None:
    (folder / "ties.csv").mkdir()
    found = faults(folder)
    assert found["table"].tolist() == ["ties"]
    assert "is a folder" in found["problem"][0]


def package(folder: Path, *resources: dict[str, object]) -> None:
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": list(resources)}))


def test_a_data_package_says_where_a_table_is_and_how_it_is_written(folder: Path) -> None:
    before = read_case(folder)
    (folder / "data").mkdir()
    text = (folder / "people.csv").read_text().replace("Kim", "André")
    (folder / "people.csv").unlink()
    (folder / "data" / "who.csv").write_bytes(text.replace(",", "|").encode("cp1252"))
    package(
        folder,
        {"name": "People", "path": "data/who.csv", "dialect": {"delimiter": "|"}, "encoding": "windows-1252"},
        {"name": "concerns", "path": ["concerns.csv"]},
        {"name": "photographs", "path": "photographs.zip"},
    )
    case = read_case(folder)
    assert case.people["name"].tolist()[0] == "André"
    assert case.chronology.equals(before.chronology)
    assert read_case(folder / "datapackage.json") == case


@pytest.mark.parametrize(
    "path", ["../people.csv", "http://example.org/people.csv", "gone/people.csv", ["a.csv", "b.csv"]]
)
def test_a_path_that_leads_out_of_the_folder_or_nowhere_is_a_problem_and_not_followed(
    folder: Path, path: object
) -> None:
    (folder.parent / "people.csv").write_bytes((folder / "people.csv").read_bytes())
    (folder / "people.csv").unlink()
    package(folder, {"name": "people", "path": path})
    found = faults(folder)
    assert found["table"].tolist() == ["people"]
    assert "datapackage.json" in found["problem"][0]


def test_a_package_and_a_file_of_the_folder_that_differ_are_asked_about(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "people.csv").write_text("id,name,kind\nz,Z,child\n")
    package(folder, {"name": "people", "path": "data/people.csv"})
    assert "both the table 'people'" in faults(folder)["problem"][0]
