"""A study of a cohort in Parquet tables: processes, a cluster, memory, tables in no order, and who works with whom.

Each run is one of ``python benchmarks/many.py FOLDER WAY``, in a process of its own that says how long it took and how
much memory it had at most; ``python benchmarks/run.py study`` makes the cohorts and asks for them in turns.
"""

# ruff: noqa: D103, T201

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

PROCESSES = 1_500  # cases over which processes are compared: enough for their start to count little
BY_COLUMN = 500  # cases from which on scores go by column
TURNS = 3


def peak() -> int:
    """The largest memory of this process so far, in bytes (since the last reset, where that can be had)."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise OSError


def asked(folder: Path, way: str) -> int:
    """One question to a cohort; the number of cases that answered."""
    import safetynet as sn

    study = sn.read_study(folder)
    if way == "tables":  # the tables alone, no case
        return sum(1 for _ in study._source)
    if way == "columns":
        return len(study.scores())
    with tempfile.TemporaryDirectory() as spare:  # with resume= it goes case by case, as the command does
        if way == "dask":
            from distributed import Client, LocalCluster

            options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
            with LocalCluster(**options) as cluster, Client(cluster) as client:
                return len(study.scores(client=client, resume=Path(spare) / "state"))
        return len(study.scores(workers=int(way), resume=Path(spare) / "state"))


def timed(folder: Path, way: str) -> dict[str, float]:
    """A question in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, str(folder), way], capture_output=True, text=True, check=True, timeout=7_200
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def study(say: Callable[..., None], cases: int) -> None:
    """How a study grows: over processes and with the number of cases."""
    from cohort import make

    with tempfile.TemporaryDirectory(prefix="benchmark-") as spare:
        few = make(Path(spare) / "few", min(cases, PROCESSES))
        in_turns(say, few, min(cases, PROCESSES))
        small, large = (make(Path(spare) / str(number), number) for number in (max(BY_COLUMN, cases // 10), cases))
        mixed = make(Path(spare) / "mixed", cases, mixed=True)
        grown(say, small, large)
        unordered(say, large, mixed, cases)
    together(say, cases * 10 if cases < 40_000 else cases)


def in_turns(say: Callable[..., None], folder: Path, cases: int) -> None:
    """One process, two, and a cluster of two, in turns; the fastest of each."""
    best: dict[str, float] = {}
    spent: dict[str, float] = {}
    for _ in range(TURNS):
        for way in ("1", "2", "dask"):
            found = timed(folder, way)
            best[way] = min(found["seconds"], best.get(way, found["seconds"]))
            spent[way] = min(found["spent"], spent.get(way, found["spent"]))
    what = f"a study of {cases:,} cases of about 200 rows, case by case (fastest of {TURNS})"
    named = {"1": "one process", "2": "two processes", "dask": "Dask, LocalCluster of two"}
    for way, took in best.items():
        say(what, f"{named[way]}, with its start", took, best["1"] / took, "× one process")
        say(what, f"… {named[way]}, cases a second", None, cases / took, "cases a second")
        say(what, f"… {named[way]}, time of the processor", spent[way], spent[way] / spent["1"], "× one process")


def grown(say: Callable[..., None], small: Path, large: Path) -> None:
    """Time and memory of a cohort and of a tenth of it."""
    timed(small, "columns")  # makes the compiled code where it is not there yet
    for way, name in (("columns", "all scores, by column"), ("tables", "the tables alone, case by case")):
        less, more = timed(small, way), timed(large, way)
        what = f"{name}, {less['cases']:,} and {more['cases']:,} cases"
        for one in (less, more):
            say(
                what,
                f"{one['cases']:,} cases, with the start",
                one["seconds"],
                one["cases"] / one["seconds"],
                "a second",
            )
            say(what, f"… {one['cases']:,} cases: time of the processor", one["spent"])
            say(what, f"… {one['cases']:,} cases: most memory", None, one["peak"] / 1e6, "MB")
        say(what, "… memory, the more against the fewer", None, more["peak"] / less["peak"], "×")


def unordered(say: Callable[..., None], ordered: Path, mixed: Path, cases: int) -> None:
    """What it costs that the rows of a case lie all over the file."""
    plain, other = timed(ordered, "tables"), timed(mixed, "tables")
    what = f"reading the tables of {cases:,} cases, without the cases"
    say(what, "in the order of the cases, time of the processor", plain["spent"])
    say(what, "in no order, time of the processor", other["spent"], other["spent"] / plain["spent"], "× in order")
    say(what, "… most memory, in no order", None, other["peak"] / 1e6, "MB")


def together(say: Callable[..., None], children: int, each: int = 20, area: int = 100) -> None:
    """Care density of made-up children, each with people of one area and one in ten with one who is everywhere."""
    from safetynet.measures.shared_work import Around, company, densities

    draw = np.random.default_rng(1)
    everywhere = children // 200 * area + area
    groups = []
    for child in range(children):
        group = child // 200 * area + draw.integers(0, area, each)
        groups.append(np.unique(np.append(group, everywhere) if child % 10 == 0 else group))
    ends = np.cumsum([0, *map(len, groups)]).astype(np.int64)
    around = Around(ends, np.concatenate(groups).astype(np.int64), everywhere + 1)
    before, start = peak(), time.perf_counter()
    pairs = int(densities(around).pairs.sum())
    took = time.perf_counter() - start
    what = f"care density of {children:,} children, {pairs / 1e6:.1f} million pairs"
    say(what, "safetynet", took, pairs / took / 1e6, "million pairs a second")
    say(what, "… memory beyond who is around whom", None, max(0, peak() - before) / 1e6, "MB")
    start = time.perf_counter()
    company(around)
    say(what, "… who is in several cases", time.perf_counter() - start)


def main() -> None:
    folder, way = Path(sys.argv[1]), sys.argv[2]
    start = time.perf_counter()
    found: dict[str, Any] = {"cases": asked(folder, way)}
    seconds, spent = time.perf_counter() - start, sum(os.times()[:4])  # with that of the processes that have ended
    print(json.dumps({**found, "seconds": seconds, "spent": spent, "peak": peak()}))


if __name__ == "__main__":
    main()
