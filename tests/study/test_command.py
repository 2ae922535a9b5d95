"""The command `safetynet study`: one table of many cases, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.cli import main
from tests.study import cohorts


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "sav", "dta"])
def test_the_table_that_is_written_is_that_of_the_library(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, out = cohorts.copied(tmp_path / "cohort"), tmp_path / f"scores.{ending}"
    assert main(["study", str(place), "-o", str(out), "--at", "first meeting", "--workers", "1"]) == 0
    assert f"The scores of 3 cases are at {out}" in capsys.readouterr().out
    readers: dict[str, Any] = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}
    read = readers.get(ending, lambda path: pd.read_spss(path) if ending == "sav" else pd.read_stata(path))(out)
    table = sn.read_study(place).scores("first meeting")
    assert list(read.columns) == list(table.columns)
    assert read["case"].tolist() == list(cohorts.NAMES)
    assert pd.to_datetime(read["at"]).tolist() == table["at"].tolist()
    numbers = ["rows", "sources", "months", *sn.scores(sn.load_case("max")).index]
    pd.testing.assert_frame_equal(read[numbers].astype(float), table[numbers].astype(float))
    beside = ["scores_codebook.csv"] if ending == "csv" else []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort", out.name, *beside]


def test_a_case_with_problems_is_printed_and_the_others_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = cohorts.copied(tmp_path / "cohort")
    cohorts.break_case(place / "reuben")
    assert main(["study", str(place), "-o", str(tmp_path / "scores.csv")]) == 0
    said = capsys.readouterr()
    assert "reuben" in said.err
    assert "'stranger'" in said.err
    assert pd.read_csv(tmp_path / "scores.csv")["case"].tolist() == ["max", "worked_example"]


@pytest.mark.parametrize("strict", [True, False])
def test_nothing_is_written_where_no_case_can_be_read_or_all_have_to_be(
    strict: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = cohorts.copied(tmp_path / "cohort", *(["max", "reuben"] if strict else ["reuben"]))
    cohorts.break_case(place / "reuben")
    assert main(["study", str(place), "-o", str(tmp_path / "scores.csv"), *(["--strict"] if strict else [])]) == 1
    assert "reuben" in capsys.readouterr().err
    assert not (tmp_path / "scores.csv").exists()


def test_without_a_file_the_spread_of_each_score_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = cohorts.copied(tmp_path / "cohort", "max", "worked_example")
    assert main(["study", str(place)]) == 0
    said = capsys.readouterr().out
    assert "Scores of 2 cases" in said
    lines = {words[0]: words[1:] for line in said.splitlines() if (words := line.split())}
    assert lines["professionals"] == ["2", "4", "7", "10"]  # 4 of the one and 10 of the other


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--at", "first huddle"], "first conference"),
        (["--workers", "0"], "workers=0"),
        (["-o", "scores.doc"], ".parquet"),
        (["--table", "findings"], "give -o FILE too"),
        (["--table", "scores_over_time", "-o", "x.csv", "--at", "end"], "Leave it out"),
        (["-o", "taken.csv"], "--force"),
        (["-o", "nowhere/scores.csv"], "no folder"),
        (["-o", "cohort/scores.csv"], "in the folder of the study"),
    ],
)
def test_wrong_usage_is_answered_before_anything_is_read(
    given: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cohorts.copied(tmp_path / "cohort", "worked_example")
    monkeypatch.chdir(tmp_path)
    Path("taken.csv").write_text("mine")
    assert main(["study", "cohort", *given]) == 2
    assert said in capsys.readouterr().err
    assert Path("taken.csv").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort", "taken.csv"]


def test_a_file_is_replaced_when_that_is_said(tmp_path: Path) -> None:
    place, out = cohorts.copied(tmp_path / "cohort", "worked_example"), tmp_path / "scores.csv"
    out.write_text("mine")
    assert main(["study", str(place), "-o", str(out), "--force"]) == 0
    assert pd.read_csv(out)["case"].tolist() == ["worked_example"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_attribute_of_a_case_runs_as_a_formula(ending: str, tmp_path: Path) -> None:
    place, out = cohorts.copied(tmp_path / "cohort", "worked_example"), tmp_path / f"scores.{ending}"
    (place / "worked_example" / "case.csv").write_text("id,area\nworked_example,=1+1\n", encoding="utf-8")
    case = sn.read_case(place / "worked_example")
    assert case.attributes["area"] == "=1+1"
    assert main(["study", str(place), "-o", str(out)]) == 0
    read = pd.read_csv(out) if ending == "csv" else pd.read_excel(out)
    assert read["area"].tolist() == ["'=1+1"]


@pytest.mark.parametrize(
    "name", ["scores_over_time", "findings", "matters", "contact_events", "care_density", "across_cases"]
)
def test_any_table_of_a_study_is_written_where_it_is_asked_for(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, out = cohorts.copied(tmp_path / "cohort"), tmp_path / "table.parquet"
    at = [] if name == "scores_over_time" else ["--at", "end"]
    assert main(["study", str(place), "--table", name, "-o", str(out), *at]) == 0
    verb = "is" if name == "care_density" else "are"
    assert f"The {name.replace('_', ' ')} of 3 cases {verb} at {out}" in capsys.readouterr().out
    study = sn.read_study(place)
    table = getattr(study, name)(*at[1:])
    back = pd.read_parquet(out)
    assert list(back.columns) == list(table.columns)
    assert len(back) == len(table)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort", out.name]


def test_a_study_that_goes_by_column_keeps_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="scores by column are the extra `fast`")
    place, out = cohorts.as_tables(tmp_path / "cohort", "worked_example", "max"), tmp_path / "scores.csv"
    asked: list[object] = []
    scores = sn.Study.scores
    monkeypatch.setattr(sn.Study, "scores", lambda study, **given: asked.append(given) or scores(study, **given))
    assert main(["study", str(place), "-o", str(out)]) == 0
    monkeypatch.setattr("safetynet.study.by_column.MANY", 1)
    monkeypatch.setattr("safetynet.study.by_column.score_answers", lambda *given: iter(()))
    assert sn.read_study(place).goes_by_column()
    main(["study", str(place), "-o", str(tmp_path / "again.csv")])
    assert ["resume" in given for given in asked] == [True, False]
