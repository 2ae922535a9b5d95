"""Parquet tables are given in the order of their cases whatever order they are in, and nothing is written for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.io import in_order
from safetynet.io.in_order import InOrder
from tests.study import cohorts

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
ROOT = Path(__file__).resolve().parents[2]
NAMES = st.one_of(
    st.lists(st.sampled_from(["a", "b", "B", " a", "é", "10", "9", "", None, "zz"]), max_size=40),
    st.lists(st.one_of(st.integers(-3, 120), st.none()), max_size=40),
)


def written(path: Path, names: list[Any], rows: int = 5) -> Path:
    """A table of so many rows a group, each row with its place."""
    columns = {"place": [str(place) for place in range(len(names))], "case": names}
    parquet.write_table(pa.table(columns), path, row_group_size=rows)
    return path


def given_by(path: Path, rows: int) -> tuple[list[str], list[int]]:
    with InOrder(path, "case") as table:
        batches = list(table.iter_batches(rows))
        assert all(0 < batch.num_rows <= rows for batch in batches)
        assert table.schema_arrow.field("case").type == pa.string()
    names = [name for batch in batches for name in batch.column("case").to_pylist()]
    return names, [int(place) for batch in batches for place in batch.column("place").to_pylist()]


def text(name: object) -> str:
    return "" if name is None else str(name).strip(" ")


@given(NAMES, st.integers(1, 7), st.integers(1, 9), st.integers(1, 500))
def test_rows_come_in_the_order_of_their_cases_and_those_of_a_case_in_that_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, names: list[Any], together: int, group: int, held: int
) -> None:
    path = written(tmp_path_factory.mktemp("tables") / "people.parquet", names, group)
    order = sorted(range(len(names)), key=lambda place: text(names[place]))  # stable
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_order, "AT_ONCE", together)
        patch.setattr(in_order, "HELD", held)  # of a row of about ten bytes
        found = given_by(path, together)
    assert found == ([text(names[place]) for place in order], order)


def test_as_many_cases_are_held_as_fit_and_at_least_one(tmp_path: Path) -> None:
    ranks = in_order._ranks(parquet.ParquetFile(written(tmp_path / "t.parquet", list("cabcabccc"))), "case")
    assert ranks.tolist() == [2, 0, 1, 2, 0, 1, 2, 2, 2]  # two rows of a, two of b, five of c
    assert list(in_order._runs(ranks, 4)) == [(0, 2), (2, 3)]
    assert list(in_order._runs(ranks, 3)) == [(0, 1), (1, 2), (2, 3)]
    assert list(in_order._runs(ranks, 9)) == [(0, 3)]


def test_groups_of_rows_without_any_of_the_cases_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_order, "AT_ONCE", 4)
    monkeypatch.setattr(in_order, "HELD", 4)  # so many that a case is held at a time
    path = written(tmp_path / "t.parquet", ["b"] * 8 + ["a"] * 8, rows=8)
    table = InOrder(path, "case")
    read: list[list[int]] = []
    batches = table._file.iter_batches

    class Watched:
        num_row_groups, metadata = table._file.num_row_groups, table._file.metadata

        @staticmethod
        def iter_batches(rows: int, row_groups: list[int] | None = None) -> Any:
            if row_groups is not None:
                read.append(row_groups)
            return batches(rows) if row_groups is None else batches(rows, row_groups=row_groups)

    table._file = Watched
    assert [name for batch in table.iter_batches(4) for name in batch.column("case").to_pylist()] == list(
        "a" * 8 + "b" * 8
    )
    assert read == [[1], [0]]


@pytest.mark.slow
@pytest.mark.parametrize("held", [1, 20_000])
def test_a_study_of_tables_in_any_order_is_that_of_its_cases(
    held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_order, "AT_ONCE", 16)
    monkeypatch.setattr(in_order, "HELD", held)
    folders = sn.read_study(cohorts.copied(tmp_path / "cohort"))
    tables = sn.read_study(cohorts.as_tables(tmp_path / "tables", shuffled=True))
    left, right = tables.scores(), folders.scores()
    pd.testing.assert_frame_equal(left[right.columns], right)
    pd.testing.assert_frame_equal(tables.findings(), folders.findings())


# A study in a process of its own, in which whatever is opened for writing, or made, ends it.
WATCHED = """
import os, sys
import pandas, pyarrow.parquet
import safetynet as sn
sn.read_study, sn.scores(sn.load_case("worked_example"))

def heard(event, what):
    made = event in ("os.mkdir", "tempfile.mkdtemp", "tempfile.mkstemp", "sqlite3.connect")
    if event == "open" and str(what[0]) != os.devnull:
        mode, flags = what[1], what[2]
        made = any(sign in (mode or "") for sign in "wax+") or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    if made and not str(what[0]).endswith((".pyc", "__pycache__")) and "__pycache__" not in str(what[0]):
        os.write(2, f"{event} {what}".encode())
        os._exit(3)

sys.addaudithook(heard)
study = sn.read_study(sys.argv[1])
assert len(study) == 3 == len(study.scores()) == study.findings()["case"].nunique()
assert "duckdb" not in sys.modules
"""


@pytest.mark.slow
def test_a_study_of_tables_in_no_order_opens_no_file_for_writing(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables", shuffled=True)
    spare = tmp_path / "spare"
    spare.mkdir()
    around = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(spare)}
    command = [sys.executable, "-c", WATCHED, str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=around, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert list(spare.iterdir()) == []


def test_a_table_that_is_not_whole_is_told_without_what_is_in_it(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables", shuffled=True)
    path = place / "chronology.parquet"
    data = bytearray(path.read_bytes())
    data[100:4_000] = bytes(3_900)  # its end, which says what is where, is left
    path.write_bytes(data)
    with pytest.raises(sn.CaseError, match="cannot be read to its end"):
        sn.read_study(place).scores()


def test_a_column_of_cases_that_is_no_text_is_told(tmp_path: Path) -> None:
    place = cohorts.as_tables(tmp_path / "tables")
    people = parquet.read_table(place / "people.parquet")
    lists = pa.array([["max"]] * people.num_rows)
    parquet.write_table(people.set_column(0, "case", lists), place / "people.parquet")
    with pytest.raises(sn.CaseError, match="its column 'case' has no texts or numbers"):
        sn.read_study(place).scores()
