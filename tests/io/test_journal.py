"""A folder that is overwritten is the old case or the new one, whenever the program is stopped."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safetynet.case import Case
from safetynet.errors import FileInTheWayError
from safetynet.io import files as io_files
from safetynet.io.cases import read_case
from safetynet.io.journal import BEGINS, ENDS, OURS, pending, replace_files, tidy
from safetynet.io.writing import write_case
from tests.io.small import as_json, tables

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are stopped by forking")


@pytest.fixture
def cases(tmp_path: Path) -> tuple[Case, Case]:
    """Two cases with different tables."""
    old, new = tables(), tables()
    old["ties"] = [{"source": "p1", "target": "p2", "kind": "working"}]
    new["concerns"][0]["summary"] = "Another mark"
    new["chronology"] = new["chronology"][:1]
    new["sources"] = [{"code": "LOG", "title": "Log"}]
    return read_case(as_json(tmp_path / "old", old)), read_case(as_json(tmp_path / "new", new))


def stopped_after(steps: int, work: Callable[[], object]) -> bool:
    """Run `work` in another process that is stopped dead after so many changes of the folder; whether it was."""
    process = os.fork()
    if process == 0:
        left = steps

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def step(*given: Any, **more: Any) -> Any:
                nonlocal left
                if left == 0:
                    os._exit(9)
                left -= 1
                return real(*given, **more)

            return step

        for owner, name in ((Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (os, "rename"), (os, "fsync")):
            setattr(owner, name, counted(getattr(owner, name)))
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_whenever_the_program_is_stopped_the_case_is_the_old_one_or_the_new_one(
    tmp_path: Path, cases: tuple[Case, Case], form: str
) -> None:
    old, new = cases
    place = tmp_path / "case"
    seen = set()
    for steps in range(60):
        write_case(old, place, format=form, overwrite=True)
        assert [path.name for path in place.iterdir() if path.name.startswith(BEGINS)] == []
        was_stopped = stopped_after(steps, lambda: write_case(new, place, format=form, overwrite=True))
        read = read_case(place)
        assert read in (old, new)
        seen.add(read == new)
        if not was_stopped:
            break
    assert not was_stopped
    assert seen == {True, False}


@pytest.mark.slow
def test_the_next_writing_finishes_or_takes_away_what_was_left(tmp_path: Path, cases: tuple[Case, Case]) -> None:
    old, new = cases
    for steps in range(0, 24, 3):
        place = tmp_path / f"case{steps}"
        write_case(old, place)
        (place / "notes.txt").write_text("mine")
        stopped_after(steps, lambda place=place: write_case(new, place, overwrite=True))  # type: ignore[misc]
        after = read_case(place)
        tidy(place)
        assert read_case(place) == after
        assert [path.name for path in place.iterdir() if path.name.startswith(BEGINS)] == []
        assert (place / "notes.txt").read_text() == "mine"


def test_what_a_running_process_writes_is_left_alone(tmp_path: Path) -> None:
    made = tmp_path / io_files.temporary_name()
    made.mkdir()
    tidy(tmp_path)
    assert made.is_dir()


def test_a_list_made_by_somebody_else_names_no_file_of_theirs(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "secret.csv").write_text("mine")
    (tmp_path / "case" / "mine.txt").write_text("mine")
    left = tmp_path / "case" / f"{BEGINS}00000000-999999-ab{ENDS}"
    left.mkdir()
    said = {"files": ["../secret.csv"], "gone": ["mine.txt", "../secret.csv", "/etc/hosts"]}
    (left / "counts.json").write_text(json.dumps(said))
    assert pending(tmp_path / "case") == ({}, frozenset())
    os.utime(left, (0, 0))
    tidy(tmp_path / "case")
    assert not left.exists()
    assert (tmp_path / "secret.csv").read_text() == "mine"
    assert (tmp_path / "case" / "mine.txt").exists()


def test_a_replaced_folder_is_as_open_as_it_was(tmp_path: Path, cases: tuple[Case, Case]) -> None:
    old, new = cases
    write_case(old, tmp_path / "case")
    for path in (tmp_path / "case").iterdir():
        path.chmod(0o600)
    write_case(new, tmp_path / "case", overwrite=True)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "case").iterdir()}
    assert set(modes.values()) == {0o600}
    assert "sources.csv" in modes


def test_of_two_writers_of_one_new_folder_one_is_told_no(
    tmp_path: Path, cases: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = cases
    place = tmp_path / "case"
    real = io_files.put

    def meanwhile(path: Path, data: bytes, mode: int | None = None) -> None:
        monkeypatch.setattr(io_files, "put", real)
        write_case(new, place)  # the other writer is a moment faster
        real(path, data)

    monkeypatch.setattr(io_files, "put", meanwhile)
    with pytest.raises(FileInTheWayError):
        write_case(old, place)
    assert read_case(place) == new


def test_of_two_writers_of_one_new_file_one_is_told_no(
    tmp_path: Path, cases: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = cases
    real = io_files.put

    def meanwhile(path: Path, data: bytes, mode: int | None = None) -> None:
        monkeypatch.setattr(io_files, "put", real)
        write_case(new, tmp_path / "case.json")
        real(path, data)

    monkeypatch.setattr(io_files, "put", meanwhile)
    with pytest.raises(FileInTheWayError):
        write_case(old, tmp_path / "case.json")
    assert read_case(tmp_path / "case.json") == new


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_may_not_be_written_into_is_named(tmp_path: Path, cases: tuple[Case, Case]) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError) as caught:
        write_case(cases[0], tmp_path / "case")
    assert caught.value.filename == str(tmp_path)


def test_only_files_of_a_case_are_ever_replaced(tmp_path: Path) -> None:
    assert "people.csv" in OURS
    assert "notes.txt" not in OURS
    (tmp_path / "people.csv").write_text("old")
    replace_files(tmp_path, {"people.csv": b"new"}, ["ties.csv"])
    assert (tmp_path / "people.csv").read_text() == "new"
