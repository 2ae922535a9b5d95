"""datapackage.json: what is written into it, and what is taken from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from safetynet.case import Case
from safetynet.case.schema import BY_NAME
from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.writing import write_case
from tests.io.small import CASES, as_csv, as_json, tables


def package_of(case: Case, place: Path, form: str = "csv") -> dict[str, Any]:
    package: dict[str, Any] = json.loads((write_case(case, place, format=form) / "datapackage.json").read_text())
    return package


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return as_csv(tmp_path / "lewis", tables())


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_is_a_resource_with_its_columns(tmp_path: Path, form: str) -> None:
    for path in CASES:
        case = read_case(path)
        place = tmp_path / path.name
        package = package_of(case, place, form)
        assert package["name"] == path.name
        assert {resource["name"] for resource in package["resources"]} == case.tables().keys()
        for resource in package["resources"]:
            assert (place / resource["path"]).is_file()
            names = [field["name"] for field in resource["schema"]["fields"]]
            assert set(names) <= set(case.table(resource["name"]).columns)
            if form == "csv":
                assert (place / resource["path"]).read_text().splitlines()[0].split(",") == names


def test_the_schema_has_keys_words_and_ranges(tmp_path: Path, folder: Path) -> None:
    resources = {r["name"]: r["schema"] for r in package_of(read_case(folder), tmp_path / "out")["resources"]}
    assert resources["people"]["primaryKey"] == "id"
    # of people's columns only agency names one id of one other table
    assert resources["people"]["foreignKeys"] == [
        {"fields": "agency", "reference": {"resource": "agencies", "fields": "id"}}
    ]
    fields = {field["name"]: field for field in resources["concerns"]["fields"]}
    assert fields["severity"]["type"] == "integer"
    assert fields["severity"]["constraints"] == {"required": True, "minimum": 0, "maximum": 4}
    assert fields["category"]["constraints"]["enum"] == list(BY_NAME["concerns"].columns[2].vocabulary)
    assert fields["id"]["constraints"] == {"required": True, "unique": True}
    assert fields["summary"]["description"]


def test_one_id_is_a_key_and_a_list_of_ids_is_not(tmp_path: Path) -> None:
    content = tables()
    content["chronology"][0]["ref"] = ""
    content["chronology"][1]["ref"] = "e1"
    content["links"] = [{"from": "c1", "to": "c2", "kind": "same_matter"}]
    content["concerns"].append({**content["concerns"][0], "id": "c2"})
    case = read_case(as_json(tmp_path / "lewis", content))
    resources = {r["name"]: r["schema"] for r in package_of(case, tmp_path / "out")["resources"]}
    assert "foreignKeys" not in resources["chronology"]
    assert resources["links"]["foreignKeys"] == [
        {"fields": column, "reference": {"resource": "concerns", "fields": "id"}} for column in ("from", "to")
    ]


def test_only_a_closed_list_is_an_enumeration(tmp_path: Path) -> None:
    content = tables()
    for row in content["chronology"]:
        row |= {"channel": "phone", "count": "2"}
    case = read_case(as_json(tmp_path / "lewis", content))
    resources = {r["name"]: r["schema"] for r in package_of(case, tmp_path / "out")["resources"]}
    fields = {field["name"]: field for field in resources["chronology"]["fields"]}
    assert "constraints" not in fields["channel"]  # other words are kept
    assert fields["kind"]["constraints"]["enum"][:2] == ["observed", "told"]
    assert (fields["count"]["type"], fields["count"]["constraints"]["minimum"]) == ("integer", 1)


def test_title_source_and_licence_are_taken_where_the_case_has_none(tmp_path: Path, folder: Path) -> None:
    said = {
        "title": "Lewis",
        "sources": [{"title": "The review", "path": "https://example.org"}, {"path": "https://example.org/2"}],
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "x"}],
        "resources": [{"name": "whatever", "path": "gone.csv"}],
    }
    (folder / "datapackage.json").write_text(json.dumps(said))
    case = read_case(folder)
    assert case.title == "Lewis"
    assert case.attributes == {"source": "The review; https://example.org/2", "licence": "CC-BY-4.0"}
    assert case.id == "lewis"
    package = package_of(case, tmp_path / "out")
    assert package["title"] == "Lewis"
    assert package["sources"] == [{"title": "The review; https://example.org/2"}]
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert read_case(tmp_path / "out") == case


def test_what_the_case_table_says_is_not_replaced(folder: Path) -> None:
    (folder / "case.csv").write_text("id,title,source,year\nL1,Own title,,2024\n")
    (folder / "datapackage.json").write_text('{"title": "Other", "sources": [{"title": "The review"}]}')
    case = read_case(folder)
    assert (case.id, case.title) == ("L1", "Own title")
    assert case.attributes == {"source": "The review", "year": "2024"}


def test_a_licence_that_is_a_sentence_is_written_as_a_title(tmp_path: Path, folder: Path) -> None:
    (folder / "case.csv").write_text("id,licence\nL1,Open Government Licence v3\n")
    case = read_case(folder)
    assert package_of(case, tmp_path / "out")["licenses"] == [{"name": "other", "title": "Open Government Licence v3"}]
    assert read_case(tmp_path / "out") == case


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", ""),
        ("{", ""),
        ("[]", ""),
        ('{"title": ["x"]}', "title"),
        ('{"sources": {"title": "x"}}', "sources"),
        ('{"licenses": ["CC"]}', "licenses"),
        ('{"title": "\\ud800"}', "title"),
    ],
)
def test_a_broken_package_is_a_problem(folder: Path, text: str, column: str) -> None:
    (folder / "datapackage.json").write_text(text)
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    assert caught.value.problems[["table", "column"]].to_numpy().tolist() == [["datapackage.json", column]]
