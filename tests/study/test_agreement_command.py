"""The command `safetynet agreement`: what it prints, what it writes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import safetynet as sn
from safetynet.cli import main
from tests.builder import case

ROWS = ("e1: 1 observed T c1", "e2: 3 told T>S c1 phone", "e3: 5 told S>T c1 phone")


@pytest.fixture
def coded(tmp_path: Path) -> tuple[str, str]:
    """Two workbooks: b has no e3, and calls the teacher t1."""
    one = case("T@school name=Teacher S@council", "c1", *ROWS)
    other = case("t1@school name='Mr X' S@council", "c1", "1 observed t1 c1", "3 told t1>S c1 phone")
    return str(sn.write_case(one, tmp_path / "ann.xlsx")), str(sn.write_case(other, tmp_path / "ben.xlsx"))


def test_measures_and_disagreements_are_printed(coded: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", *coded, "--people", "T=t1"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "b has 1 of the 2 contact rows of a, and a 1 of the 1 contact row of b" in said
    assert "contacts recall 2 0.500" in said
    assert "only in a told S > T: c1 e3" in said


def test_the_workbook_is_that_of_the_library(
    coded: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "meeting.xlsx"
    assert main(["agreement", *coded, "-o", str(place), "--people", "T=t1", "--tolerance", "2"]) == 0
    assert f"The workbook for the meeting is at {place}" in capsys.readouterr().out
    found = sn.agreement(*coded, people={"T": "t1"}, tolerance=2)
    assert pd.read_excel(place)["kind"].tolist() == found.disagreements["kind"].tolist()
    assert main(["agreement", *coded, "-o", str(place)]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["agreement", *coded, "-o", str(place), "--force"]) == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-o", "meeting.csv"], "xlsx"),
        (["--people", "X=t1"], "people, in a: the person or agency 'X' is not known"),
        (["--concerns", "c1=c9"], "concerns, in b: the concern 'c9' is not known"),
        (["--tolerance", "-1"], "tolerance is a whole number"),
    ],
)
def test_a_mistake_is_wrong_usage(
    more: list[str], said: str, coded: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agreement", *coded, *more]) == 2
    assert said in capsys.readouterr().err


def test_a_pair_that_is_none_is_wrong_usage(coded: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["agreement", *coded, "--people", "T"])
    assert "'T' is not an id of A and an id of B" in capsys.readouterr().err


def test_a_case_with_problems_is_told_and_nothing_written(
    coded: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "people.csv").write_text("id,name,kind\np,P,nurse\n")
    assert main(["agreement", coded[0], str(tmp_path / "broken"), "-o", str(tmp_path / "m.xlsx")]) == 1
    assert not (tmp_path / "m.xlsx").exists()
