"""Studies on disk for tests: copies of the packaged cases, a broken one, and the same as Parquet tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

import safetynet as sn
from safetynet.datasets import folder

NAMES = ("max", "reuben", "worked_example")


def copied(place: Path, *names: str) -> Path:
    """A folder with copies of packaged cases."""
    place.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        shutil.copytree(folder() / name, place / name)
    return place


def many(place: Path, number: int) -> Path:
    """A folder with so many copies of one small case, each with one row that is its own."""
    place.mkdir(parents=True, exist_ok=True)
    for name, case in _each(number):
        sn.write_case(case, place / f"{name}.json")
    return place


def many_as_tables(place: Path, number: int, *, shuffled: bool = False) -> Path:
    """The same cases as Parquet tables."""
    return _written(place, dict(_each(number)), shuffled)


def _each(number: int) -> Iterator[tuple[str, sn.Case]]:
    case = sn.load_case("worked_example")
    for one in range(number):
        row = {"date": f"2024-02-{one % 28 + 1:02}", "kind": "observed", "who": ["T"], "concerns": ["c1"]}
        yield f"case{one:03}", case.with_rows([row] * (one // 28 + 1))


def break_case(place: Path) -> Path:
    """Make a row of a copied case name somebody who is not there."""
    path = place / "chronology.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    cells = lines[1].split(",")
    cells[columns.index("who")] = "stranger"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    return place


def as_tables(place: Path, *names: str, shuffled: bool = False) -> Path:
    """The same cases as Parquet tables with a column `case`, those of each case together or not."""
    chosen = sorted(names or NAMES, reverse=not shuffled)  # mixed ones begin as if they were in order
    return _written(place, {name: sn.load_case(name) for name in chosen}, shuffled)


def _written(place: Path, cases: Mapping[str, sn.Case], shuffled: bool) -> Path:
    place.mkdir(parents=True)
    parts: dict[str, list[pd.DataFrame]] = {}
    for name, case in cases.items():
        for table, raw in case._raw.items():
            frame = pd.DataFrame(list(raw.rows), columns=list(raw.columns), dtype="str")
            frame.insert(0, "case", name)
            parts.setdefault(table, []).append(frame)
    for table, frames in parts.items():
        whole = pd.concat(frames, ignore_index=True).fillna("")
        if shuffled:  # the cases of a table mixed, the rows of a case in their order
            turns = whole.groupby("case").cumcount()
            whole = whole.iloc[turns.argsort(kind="stable")]
        whole.to_parquet(place / f"{'cases' if table == 'case' else table}.parquet", index=False)
    return place
