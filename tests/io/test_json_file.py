"""JSON: numbers as they are written, truth values where they mean yes and no, one line for each row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.writing import write_case
from tests.io.small import as_json, tables


def test_numbers_are_taken_as_they_are_written_and_null_is_empty(tmp_path: Path) -> None:
    content = tables()
    content["chronology"][1] |= {"confidence": "CONFIDENCE", "rating": "2", "due": "NULL", "received": "YES"}
    path = as_json(tmp_path / "lewis", content)
    text = path.read_text().replace('"CONFIDENCE"', "0.950").replace('"2"', "2").replace('"3"', "3")
    path.write_text(text.replace('"NULL"', "null").replace('"YES"', "true"))
    case = read_case(path)
    row = case.chronology.iloc[1]
    assert (row["confidence"], row["rating"], row["due"], row["received"]) == ("0.950", "2", "", "yes")
    assert case.concerns["severity"][0] == "3"


def test_the_case_is_an_object_or_a_list_of_one(tmp_path: Path) -> None:
    content = json.loads(as_json(tmp_path / "lewis", tables()).read_text())
    for about in ({"title": "Lewis", "year": 2024}, [{"title": "Lewis", "year": 2024}]):
        (tmp_path / "lewis.json").write_text(json.dumps({"case": about, **content}))
        case = read_case(tmp_path / "lewis.json")
        assert (case.id, case.title, case.attributes) == ("lewis", "Lewis", {"year": "2024"})


def test_keys_that_begin_with_an_underscore_or_a_dollar_are_left_alone(tmp_path: Path) -> None:
    content = {"$schema": "x", "_note": [1, 2], **tables()}
    path = as_json(tmp_path / "lewis", content)  # type: ignore[arg-type]
    assert len(read_case(path).people) == 3


def test_a_row_stands_on_one_line_and_other_programs_can_read_it(tmp_path: Path) -> None:
    case = read_case(as_json(tmp_path / "lewis", tables()))
    text = write_case(case, tmp_path / "out.json").read_text()
    assert json.loads(text)["people"][0] == {"id": "k1", "name": "Kim", "kind": "child"}
    assert sum('"id": "e' in line for line in text.splitlines()) == 2


@pytest.mark.parametrize("value", ["\ud800", {"a": 1}, ["p1"], False])
def test_a_value_that_is_no_text_is_a_problem(tmp_path: Path, value: object) -> None:
    content = tables()
    content["people"][1]["name"] = value  # type: ignore[assignment]
    with pytest.raises(CaseError) as caught:
        read_case(as_json(tmp_path / "lewis", content))
    found = caught.value.problems
    assert found[["table", "row", "column"]].to_numpy().tolist() == [["people", "2", "name"]]


@pytest.mark.parametrize("table", [{}, {"columns": ["id"]}, {"columns": [[]], "rows": []}, "x", None, 3])
def test_a_table_that_is_no_list_is_a_problem(tmp_path: Path, table: object) -> None:
    content = {**tables(), "ties": table}
    with pytest.raises(CaseError) as caught:
        read_case(as_json(tmp_path / "lewis", content))  # type: ignore[arg-type]
    assert caught.value.problems[["table", "problem"]].to_numpy().tolist() == [["ties", "it is no list."]]
