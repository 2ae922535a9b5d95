"""The scores of a study by column, beside one case after another and beside networkx and pandas."""

# ruff: noqa: T201

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

import safetynet as sn

DISTINCT = 100  # made-up cases; a study has each of them many times, under other names
CONTACTS = 150  # of each; with what else happens that is about 200 rows
TOGETHER = 2_000  # cases in a group of rows of a file
BESIDE = 10  # cases that are also scored by networkx and pandas, and one after another
IDIOMS = (  # the scores of which there is a plain idiom
    *("people", "professionals", "agencies", "concerns", "contacts", "meetings", "best_picture", "unshared_pairs"),
    *("concern_clusters", "exclusive_concerns", "circular_assumptions", "worry_fragmentation", "fragmentation"),
    *("distance_fragmentation", "temporal_fragmentation", "current_fragmentation", "agency_fragmentation", "ei_index"),
)
SENT = ("told", "asked", "declined")
RICH = ("phone", "face_to_face", "visit", "video", "meeting")


def made_cases(number: int = DISTINCT) -> list[sn.Case]:
    """Different made-up cases."""
    return [sn.synthetic(seed, contacts=CONTACTS) for seed in range(number)]


def made_study(folder: Path, cases: int) -> Path:
    """A study of so many cases in Parquet tables, in the order of their names."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    tables: list[dict[str, Any]] = []
    for case in made_cases(min(cases, DISTINCT)):
        texts = {name: (raw.columns, list(zip(*raw.rows, strict=True))) for name, raw in case._raw.items()}
        tables.append({name: pa.table(dict(zip(*found, strict=True))) for name, found in texts.items()})
    for name in tables[0]:
        path = folder / f"{'cases' if name == 'case' else name}.parquet"
        writer = None
        for start in range(0, cases, TOGETHER):
            parts = []
            for place in range(start, min(cases, start + TOGETHER)):
                rows = tables[place % DISTINCT][name]
                parts.append(rows.add_column(0, "case", pa.array([f"case{place:06}"] * rows.num_rows)))
            writer = writer or parquet.ParquetWriter(path, parts[0].schema)
            writer.write_table(pa.concat_tables(parts))
        assert writer is not None
        writer.close()
    return folder


# networkx and pandas ------------------------------------------------------------------------------------


def in_idioms(case: sn.Case) -> dict[str, float]:
    """The scores of :data:`IDIOMS` on the last day, as one writes them with pandas and networkx for such a case.

    For made-up cases only: nobody leaves but by closing, nothing is resolved, and every row has arrived.
    """
    people, rows = case.people, case.chronology.copy()
    window = rows["date"].str.split("/")
    rows["first"], rows["last"] = pd.to_datetime(window.str[0]), pd.to_datetime(window.str[-1])
    day = rows["last"].max()
    agency = people.set_index("id")["agency"]
    professionals = set(people.loc[people["kind"] == "professional", "id"])
    contact = rows["kind"].isin([*SENT, "met"]) | (rows["kind"].isin(["disagreed", "decided"]) & (rows["to"] != ""))
    lists = {name: rows.set_index("id")[name].str.split(";").explode() for name in ("who", "to", "concerns")}
    lists = {name: found[found != ""] for name, found in lists.items()}
    sent = rows.loc[contact & (rows["kind"] != "met"), "id"]
    named = pd.concat([lists["who"], lists["to"][lists["to"].index.isin(sent)]])
    kinds = rows.set_index("id")["kind"]
    acting = named[~named.index.map(kinds).isin(["expected", "needed"])]
    people_seen = set(acting[acting.isin(people["id"])])
    desks = set(acting[acting.isin(case.agencies["id"])])
    # who has what on record
    giving = kinds[kinds.isin(["observed", "withheld", "decided"])].index.union(rows.loc[contact, "id"])
    known = named[named.index.isin(giving)].rename("holder").to_frame().join(lists["concerns"], how="inner")
    known = known.drop_duplicates(["holder", "concerns"])
    severity = case.concerns.set_index("id")["severity"].astype(int)
    worries = severity[severity > 0]
    known = known[known["concerns"].isin(severity.index)]
    mine = known[known["holder"].isin(professionals) & known["concerns"].isin(worries.index)]
    picture = worries[worries.index.isin(mine["concerns"])].sort_index()
    ends = rows.set_index("id")["last"]
    closed = lists["who"][lists["who"].index.map(kinds) == "closed"]
    latest = pd.Series(lists["who"].index.map(ends), index=lists["who"].to_numpy()).groupby(level=0).max()
    left = {one for row, one in closed.items() if latest[one] <= ends[row]}
    involved = (professionals & people_seen) - left
    held = {one: set(found) for one, found in mine[mine["holder"].isin(involved)].groupby("holder")["concerns"]}
    best = max((picture[list(found)].sum() for found in held.values()), default=0) / picture.sum()
    every = apart = 0
    for one, other in combinations(picture.index, 2):
        weight = picture[one] * picture[other]
        every += weight
        apart += weight * (not any({one, other} <= found for found in held.values()))
    alone = mine[mine["holder"].isin(involved)].groupby("concerns")["holder"].nunique()
    # who had contact with whom
    actors = (people_seen & professionals) | desks
    who = {row: list(found) for row, found in lists["who"].groupby(level=0)}
    to = {row: list(found) for row, found in lists["to"].groupby(level=0)}
    about = {row: set(found) for row, found in lists["concerns"].groupby(level=0)}
    pairs = []
    for row in rows[contact].itertuples():
        met = row.kind == "met"
        ways = permutations(who[row.id], 2) if met else ((a, b) for a in who[row.id] for b in to[row.id])
        two_way = met or row.kind == "disagreed" or row.channel in RICH
        for a, b in ways:
            if a in actors and b in actors and a != b:
                pairs.append((a, b, row.first, row.last, two_way, row.id))
    graph = nx.Graph()
    graph.add_nodes_from(actors)
    graph.add_edges_from((a, b) for a, b, *_ in pairs)
    worry = graph.__class__()
    worry.add_nodes_from(actors)
    worry.add_edges_from((a, b) for a, b, *_, row in pairs if about.get(row, set()) & set(picture.index))
    keeping = kinds[kinds.isin(["observed", "decided", "disagreed"])].index
    recent = ends[ends > day - pd.Timedelta(days=100)].index
    late = named[named.index.isin(recent) & (named.index.isin(rows.loc[contact, "id"]) | named.index.isin(keeping))]
    now = nx.Graph()
    now.add_nodes_from(involved | (set(late) & set(case.agencies["id"])))
    near = [(a, b) for a, b, *_, row in pairs if row in recent]
    now.add_edges_from(pair for pair in near if set(pair) <= set(now))
    holders = set(known.loc[known["concerns"].isin(picture.index), "holder"]) & (professionals | desks)
    passed = worry.subgraph(holders)
    of = {one: agency.get(one, one) or one for one in actors}
    offices = nx.Graph()
    offices.add_nodes_from(of.values())
    offices.add_edges_from((of[a], of[b]) for a, b in graph.edges if of[a] != of[b])
    across = [of[a] != of[b] for a, b in graph.edges]
    counting = nx.DiGraph()
    for row in kinds[kinds == "assumed"].index:
        counting.add_edges_from((agency.get(a, a), agency.get(b, b)) for a in who.get(row, ()) for b in to.get(row, ()))
    circles = [one for one in nx.strongly_connected_components(counting) if len(one) > 1]
    number = len(actors)
    return {
        "people": len(people_seen),
        "professionals": len(people_seen & professionals),
        "agencies": len(set(agency[list(people_seen)]) - {""} | desks),
        "concerns": known["concerns"].nunique(),
        "contacts": int(rows["kind"].isin(SENT).sum()),
        "meetings": int((rows["kind"] == "met").sum()),
        "best_picture": best,
        "unshared_pairs": apart / every if every else np.nan,
        "concern_clusters": sum(bool(part & professionals) for part in nx.connected_components(passed)),
        "exclusive_concerns": int((alone == 1).sum()),
        "circular_assumptions": len(circles),
        "worry_fragmentation": fragmented(worry),
        "fragmentation": fragmented(graph),
        "distance_fragmentation": 1 - nx.global_efficiency(graph),
        "temporal_fragmentation": 1 - in_time(actors, pairs) / (number * (number - 1)),
        "current_fragmentation": fragmented(now),
        "agency_fragmentation": fragmented(offices),
        "ei_index": (2 * sum(across) - len(across)) / len(across) if across else np.nan,
    }


def fragmented(graph: Any) -> float:
    """The share of pairs that are in different parts."""
    number = len(graph)
    joined = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - joined / (number * (number - 1)) if number > 1 else np.nan


def in_time(actors: set[str], pairs: list[tuple[Any, ...]]) -> int:
    """The ordered pairs with a chain in time, by a search from each person in which the earliest day goes first."""
    import heapq

    onward: dict[str, list[tuple[Any, Any, str]]] = {one: [] for one in actors}
    for a, b, first, last, two_way, _ in pairs:
        onward[a].append((first, last, b))
        if two_way:
            onward[b].append((first, last, a))
    reached = 0
    for start in actors:
        best = {start: pd.Timestamp.min}
        waiting: list[tuple[Any, str]] = [(best[start], start)]
        while waiting:
            at, one = heapq.heappop(waiting)
            if at > best[one]:
                continue
            for first, last, other in onward[one]:
                when = max(at, first)
                if at <= last and when < best.get(other, pd.Timestamp.max):
                    best[other] = when
                    heapq.heappush(waiting, (when, other))
        reached += len(best) - 1
    return reached


# the benchmark ------------------------------------------------------------------------------------------


def score_study(folder: str) -> dict[str, float]:
    """The seconds that the scores of a study take in this process, and the largest memory it had, in bytes."""
    from many import peak

    study = sn.read_study(folder)
    sn.scores(sn.synthetic(1, contacts=10))  # what every process has
    before, start = peak(), time.perf_counter()
    spent = time.process_time()
    rows = len(study.scores())
    took = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - spent,
        "rows": rows,
        "before": before,
        "peak": peak(),
    }
    tracemalloc.start()
    study.scores()
    return {**took, "objects": tracemalloc.get_traced_memory()[1]}


def columns(say: Callable[..., None], cases: int) -> None:
    """Cases a second, the ratio to networkx and pandas, and the memory at a tenth of the cases and at all."""
    if any(importlib.util.find_spec(name) is None for name in ("numba", "pyarrow")):
        print("numba or pyarrow is not installed: the scores by column are left out.", file=sys.stderr)
        return
    some = made_cases(BESIDE)
    rows = sum(len(case.chronology) for case in some) / len(some)
    what = f"{cases:,} made-up cases of {rows:.0f} rows in Parquet tables, all counts and scores"
    for case in some:
        expected = sn.scores(case, at=case.end)[list(IDIOMS)].to_numpy(float)
        found = in_idioms(case)
        assert np.allclose([found[name] for name in IDIOMS], expected, equal_nan=True), case.id
    theirs = _each(in_idioms, some)
    ours = _each(sn.scores, [case.until("2999") for case in some])
    asked = "networkx and pandas, a case, the 18 of 24 that have an idiom"
    found: dict[int, dict[str, float]] = {}
    for number in sorted({max(500, cases // 10), cases}):
        with tempfile.TemporaryDirectory() as folder:
            made_study(Path(folder), number)
            if not found:
                _alone(folder)  # what is not compiled yet is compiled
            found[number] = _alone(folder)
    took = found[cases]
    say(what, "safetynet, by column, on the clock", took["seconds"], cases / took["seconds"], "cases a second")
    each = took["processor"] / cases
    say(what, "… time of the processor, a case", each, (os.cpu_count() or 1) / each, "cases a second on all cores")
    say(what, "scores of a Case, its table not read, a case", ours, ours / each, "times by column")
    say(what, asked, theirs, theirs / each, "times by column")
    with tempfile.TemporaryDirectory() as folder:
        unread = list(sn.read_study(made_study(Path(folder), 20))._source)
        start = time.process_time()
        for one in unread:
            sn.scores(one.read())
        alone = (time.process_time() - start) / len(unread)
    say(what, "a case that is read and scored by itself", alone, alone / each, "times by column")
    for number, memory in found.items():
        say(f"memory, {number:,} cases", "largest, and before", None, memory["peak"] / 1e6, "MB")
        say(f"memory, {number:,} cases", "… more than before", None, (memory["peak"] - memory["before"]) / 1e6, "MB")
        say(f"memory, {number:,} cases", "… in Python and numpy, at most", None, memory["objects"] / 1e6, "MB")


def _each(ask: Callable[[Any], Any], cases: list[Any]) -> float:
    """The seconds of the processor that a case takes, the first time it is asked."""
    ask(cases[0])
    start = time.process_time()
    for case in cases:
        case.__dict__.pop("_cache", None)
        ask(case)
    return (time.process_time() - start) / len(cases)


def _alone(folder: str) -> dict[str, float]:
    """What :func:`score_study` says in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("run.py")), "--study", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
