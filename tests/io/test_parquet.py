"""Parquet: columns of other programs become text, and what cannot is a problem."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from safetynet.errors import CaseError
from safetynet.io.cases import read_case
from safetynet.io.writing import write_case
from tests.io.small import as_json, tables

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def folder_of(place: Path, **columns: Any) -> Path:
    """The small case as Parquet, the columns given put into the concerns."""
    place.mkdir()
    for name, rows in tables().items():
        frame = pa.Table.from_pylist(rows)
        for column, values in columns.items() if name == "concerns" else ():
            if column in frame.column_names:
                frame = frame.drop_columns([column])
            frame = frame.append_column(column, values)
        parquet.write_table(frame, place / f"{name}.parquet")
    return place


def test_numbers_dates_and_truth_values_become_text(tmp_path: Path) -> None:
    case = read_case(
        folder_of(
            tmp_path / "lewis",
            severity=pa.array([3], pa.int8()),
            resolved=pa.array([dt.datetime(2024, 2, 1)], pa.timestamp("ns")),
            whole=pa.array([3.0]),
            part=pa.array([0.1]),
            none=pa.array([None], pa.float64()),
            nan=pa.array([float("nan")]),
            words=pa.array(["x"]).dictionary_encode(),
        )
    )
    row = case.concerns.iloc[0]
    cells = row[["severity", "resolved", "whole", "part", "none", "nan", "words"]].tolist()
    assert cells == ["3", "2024-02-01", "3", "0.1", "", "", "x"]


@pytest.mark.parametrize(
    "values",
    [[True], [["a", "b"]], [b"bytes"], [dt.time(16, 30)], [{"a": 1}], [dt.datetime(2024, 1, 1, tzinfo=dt.UTC)]],
)
def test_a_value_without_a_text_of_its_own_is_a_problem(tmp_path: Path, values: list[object]) -> None:
    with pytest.raises(CaseError) as caught:
        read_case(folder_of(tmp_path / "lewis", summary=pa.array(values)))
    found = caught.value.problems
    assert found[["table", "row", "column"]].to_numpy().tolist() == [["concerns", "1", "summary"]]


def test_a_broken_or_empty_parquet_file_is_a_problem(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "lewis")
    (folder / "ties.parquet").write_bytes(b"")
    (folder / "services.parquet").write_bytes(b"PAR1 and then nothing")
    (folder / "sevices.parquet").write_bytes(b"PAR1")
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    assert caught.value.problems["table"].tolist() == ["sevices.parquet", "ties", "services"]


def test_every_column_written_is_text(tmp_path: Path) -> None:
    case = read_case(as_json(tmp_path / "lewis", tables()))
    folder = write_case(case, tmp_path / "out", format="parquet")
    frame = parquet.read_table(folder / "concerns.parquet")
    assert set(frame.schema.types) == {pa.string()}
    assert pd.read_parquet(folder / "concerns.parquet")["severity"].tolist() == ["3"]
