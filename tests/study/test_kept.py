"""An interrupted run over a study goes on where it was, and keeps nothing but numbers until then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import safetynet as sn
from safetynet import datasets
from safetynet.study import asking
from tests.study import cohorts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases whose scores have been computed in this process."""
    done: list[str] = []
    numbers = asking.numbers

    def counted(view):
        done.append(view.case.id)
        return numbers(view)

    monkeypatch.setattr(asking, "numbers", counted)
    return done


def test_what_is_kept_is_not_computed_again(tmp_path: Path, scored: list[str]) -> None:
    place, state = cohorts.copied(tmp_path / "cohort"), tmp_path / "state"
    first = sn.read_study(place).scores(resume=state)
    assert scored == list(cohorts.NAMES)
    pd.testing.assert_frame_equal(sn.read_study(place).scores(resume=state), first)
    assert len(scored) == 3
    pd.testing.assert_frame_equal(sn.read_study(place).scores(), first)


@pytest.mark.slow
def test_parquet_tables_are_taken_up_again_too(tmp_path: Path, scored: list[str]) -> None:
    place, state = cohorts.as_tables(tmp_path / "tables"), tmp_path / "state"
    first = sn.read_study(place).scores(resume=state)
    pd.testing.assert_frame_equal(sn.read_study(place).scores(resume=state), first)
    assert len(scored) == 3


def test_a_case_that_has_changed_is_computed_again(tmp_path: Path, scored: list[str]) -> None:
    place, state = cohorts.copied(tmp_path / "cohort"), tmp_path / "state"
    sn.read_study(place).scores(resume=state)
    chronology = place / "max" / "chronology.csv"
    chronology.write_text("".join(chronology.read_text(encoding="utf-8").splitlines(True)[:-1]), encoding="utf-8")
    again = sn.read_study(place).scores(resume=state)
    assert scored == [*cohorts.NAMES, "max"]
    pd.testing.assert_frame_equal(again, sn.read_study(place).scores())


def test_another_question_is_kept_apart(tmp_path: Path, scored: list[str]) -> None:
    place, state = cohorts.copied(tmp_path / "cohort", "max"), tmp_path / "state"
    study = sn.read_study(place)
    study.scores(resume=state)
    for at, rules in (("end", None), ("first meeting", None), (None, sn.Rules(dates="earliest"))):
        asked = study.scores(at, rules=rules, resume=state)  # type: ignore[arg-type]
        pd.testing.assert_frame_equal(asked, study.scores(at, rules=rules))  # type: ignore[arg-type]
    assert len(list(state.iterdir())) == 4
    assert len(scored) == 1 + 2 * 3


def test_only_numbers_are_kept(tmp_path: Path) -> None:
    place, state = cohorts.copied(tmp_path / "cohort", "max"), tmp_path / "state"
    sn.read_study(place).scores(resume=state)
    (path,) = state.iterdir()
    digest, day, reason, depth, numbers = json.loads(path.read_text(encoding="ascii"))
    assert set(digest) <= set("0123456789abcdef")
    assert reason == ""
    assert all(one is None or isinstance(one, int | float) for one in [day, *depth, *numbers])


def test_a_line_in_which_a_run_was_ended_is_passed_over(tmp_path: Path, scored: list[str]) -> None:
    place, state = cohorts.copied(tmp_path / "cohort"), tmp_path / "state"
    whole = sn.read_study(place).scores(resume=state)
    (path,) = state.iterdir()
    data = path.read_bytes()
    for cut in (len(data) - 1, len(data) - 40, len(data.splitlines(True)[0]) + 5, 3):
        path.write_bytes(data[:cut])
        pd.testing.assert_frame_equal(sn.read_study(place).scores(resume=state), whole)
        scored.clear()
        pd.testing.assert_frame_equal(sn.read_study(place).scores(resume=state), whole)
        assert scored == []  # and what was added after the torn line is whole


@pytest.mark.parametrize("folder", ["a_file", "no/such/folder"])
def test_where_nothing_can_be_kept_is_answered(folder: str, tmp_path: Path) -> None:
    place = cohorts.copied(tmp_path / "cohort", "worked_example")
    (tmp_path / "a_file").write_text("x")
    with pytest.raises(sn.ArgumentError, match="folder"):
        sn.read_study(place).scores(resume=tmp_path / folder)


NUMBER = 60  # of cases in a run that is killed
KILLED = [  # the form of the cohort, and the number of processes before and after
    ("folders", "1", "1"),
    ("folders", "2", "1"),
    ("tables", "1", "2"),
    ("tables", "2", "2"),
    ("tables in no order", "2", "1"),
]


def cohort(form: str, place: Path) -> Path:
    """A cohort on the disk, one of whose cases cannot be read."""
    if form == "folders":
        cohorts.many(place, NUMBER)
        (place / "broken.json").write_text("{}")
        return place
    cohorts.many_as_tables(place, NUMBER, shuffled=form != "tables")
    people = pd.read_parquet(place / "people.parquet")
    more = people.iloc[[0]].assign(case="broken", kind="a stranger")
    pd.concat([people, more] if form != "tables" else [more, people]).to_parquet(place / "people.parquet", index=False)
    return place


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize(("form", "before", "after"), KILLED)
def test_a_run_that_was_killed_half_way_ends_as_one_that_was_not(
    form: str, before: str, after: str, tmp_path: Path
) -> None:
    place = cohort(form, tmp_path / "cohort")
    command = [sys.executable, "-m", "safetynet", "study", str(place)]
    more = {"env": {**os.environ, "PYTHONPATH": str(ROOT)}, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*command, "--workers", "1", "-o", str(tmp_path / "whole.csv")], check=True, **more)
    whole = (tmp_path / "whole.csv").read_bytes()
    assert whole.count(b"\n") == 1 + NUMBER

    out, state = tmp_path / "scores.csv", tmp_path / "scores.csv.state"
    running = subprocess.Popen([*command, "--workers", before, "-o", str(out)], start_new_session=True, **more)
    while running.poll() is None and kept(state) < NUMBER // 3:
        time.sleep(0.005)
    assert running.poll() is None, "it was done before it could be stopped"
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    finished = kept(state)
    assert NUMBER // 3 <= finished < NUMBER
    assert not out.exists()

    subprocess.run([*command, "--workers", after, "-o", str(out)], check=True, **more)
    assert out.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("cohort", "scores.csv", "scores_codebook.csv", "whole.csv", "whole_codebook.csv")
    ]
    assert (tmp_path / "scores_codebook.csv").read_bytes() == (tmp_path / "whole_codebook.csv").read_bytes()


def kept(state: Path) -> int:
    """How many cases have been kept so far."""
    return sum(path.read_bytes().count(b"\n") for path in state.glob("*")) if state.is_dir() else 0


def test_a_resume_that_is_no_path_is_called_by_its_name() -> None:
    with pytest.raises(sn.ArgumentError, match="resume=5 is not a path"):
        sn.read_study(datasets.folder()).scores(resume=5)  # type: ignore[arg-type]
