"""How fast the engine is, beside what one would use instead: ``python benchmarks/run.py``.

Prints one Markdown table. Every number is a median within this run, and every ratio is of two medians of this run.
What runs on one core is measured in time of the processor, so that other programs disturb it less; what runs on two,
or in a process of its own, on the clock.
Writes only what ``--output`` names. Peers that are not installed are left out with a note; each is timed in a
process of its own, with a limit.
"""

# ruff: noqa: D103, T201

from __future__ import annotations

import argparse
import gc
import heapq
import importlib.util
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from calls import calls, longer, questions, reports
from columns import columns, score_study
from many import peak, study

import safetynet as sn
from safetynet.dates import DAY
from safetynet.spread import flow, steps
from safetynet.spread.contact_lists import earliest_arrival, reachability
from safetynet.spread.edges import both_ways

Contact = tuple[int, int, int]  # day, person, person
PEER_LIMIT = 120  # seconds


def made_contacts(people: int, number: int, days: int = 365, seed: int = 1) -> list[Contact]:
    """Contacts between pairs drawn at random, on days drawn at random, in order of time."""
    draw = random.Random(seed)
    return sorted((draw.randrange(days), *draw.sample(range(people), 2)) for _ in range(number))


def median(work: Callable[[], Any], repeats: int = 9, clock: Callable[[], float] = time.process_time) -> float:
    """The median time in seconds of some runs, after one that does not count; of the processor, unless told."""
    work()
    times = []
    for _ in range(repeats):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


# one case -----------------------------------------------------------------------------------------------


def with_networkx(people: int, contacts: list[Contact]) -> tuple[float, float, float]:
    """The three scores as one writes them with networkx: its components, its efficiency, and a search in time."""
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from((a, b, {"day": day}) for day, a, b in contacts)
    pairs = people * (people - 1)
    joined = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    reached = 0
    for person in range(people):
        first = {person: -1}
        heap = [(-1, person)]
        while heap:
            day, here = heapq.heappop(heap)
            if day > first[here]:
                continue
            for _, other, on in graph.edges(here, data="day"):
                if on >= day and on < first.get(other, 1 << 60):
                    first[other] = on
                    heapq.heappush(heap, (on, other))
        reached += len(first) - 1
    return 1 - joined / pairs, 1 - nx.global_efficiency(nx.Graph(graph)), 1 - reached / pairs


def with_sets(people: int, contacts: list[Contact]) -> float:
    """The temporal score with plain sets: per person one pass over the days, the parts of each day made once."""
    days: dict[int, nx.Graph] = {}
    for day, a, b in contacts:
        days.setdefault(day, nx.Graph()).add_edge(a, b)
    parts = [part for _, graph in sorted(days.items()) for part in nx.connected_components(graph)]
    reached = 0
    for person in range(people):
        has = {person}
        for part in parts:
            if not has.isdisjoint(part):
                has |= part
        reached += len(has) - 1
    return 1 - reached / (people * (people - 1))


def with_engine(people: int, contacts: list[Contact]) -> tuple[float, float, float]:
    """The three scores with safetynet's engine in plain Python."""
    neighbours: list[set[int]] = [set() for _ in range(people)]
    edges = []
    for day, a, b in contacts:
        neighbours[a].add(b)
        neighbours[b].add(a)
        start, end = day * DAY, day * DAY + DAY - 1
        edges += both_ways(a, b, end, start)
    apart = steps.distances(neighbours)
    pairs = people * (people - 1)
    near = sum(count / steps for steps, count in enumerate(apart, 1))
    return 1 - sum(apart) / pairs, 1 - near / pairs, 1 - flow.reached_pairs(people, edges) / pairs


def as_case(people: int, contacts: list[Contact]) -> sn.Case:
    first = pd.Timestamp("2020-01-01")
    persons = [("k", "child", "child"), *((f"p{n}", f"person {n}", "professional") for n in range(people))]
    worries = [("c1", "k", "neglect", "2", "worry")]
    rows = [
        (f"r{n}", str((first + pd.Timedelta(days=day)).date()), "told", f"p{a}", f"p{b}", "phone")
        for n, (day, a, b) in enumerate(contacts)
    ]
    return sn.Case(
        people=pd.DataFrame(persons, columns=["id", "name", "kind"]),
        concerns=pd.DataFrame(worries, columns=["id", "about", "category", "severity", "summary"]),
        chronology=pd.DataFrame(rows, columns=["id", "date", "kind", "who", "to", "channel"]),
    )


def on_case(case: sn.Case) -> Any:
    """The three measures; nothing kept from before."""
    case.__dict__.pop("_cache", None)
    return sn.fragmentation(case), sn.distance_fragmentation(case), sn.temporal_fragmentation(case)


def one_case(say: Callable[..., None]) -> None:
    for people, number in ((40, 200), (60, 1000)):
        contacts = made_contacts(people, number)
        what = f"one case, {people} people × {number:,} contacts, three scores"
        expected = with_networkx(people, contacts)
        assert np.allclose(with_engine(people, contacts), expected)
        assert np.isclose(with_sets(people, contacts), expected[2])
        theirs = median(lambda: with_networkx(people, contacts))  # noqa: B023
        ours = median(lambda: with_engine(people, contacts), 25)  # noqa: B023
        say(what, "networkx", theirs)
        say(what, "safetynet, engine", ours, theirs / ours, "× networkx")
        case = as_case(people, contacts)
        whole = median(lambda: on_case(case))  # noqa: B023
        say(what, "safetynet, measures on a Case", whole, theirs / whole, "× networkx")
        sets = median(lambda: with_sets(people, contacts))  # noqa: B023
        edges = []
        for day, a, b in contacts:
            edges += both_ways(a, b, day * DAY + DAY - 1, day * DAY)
        reach = median(lambda: flow.reached_pairs(people, edges), 25)  # noqa: B023
        say(f"… temporal score only, {people} × {number:,}", "plain sets per person", sets)
        say(f"… temporal score only, {people} × {number:,}", "safetynet, engine", reach, sets / reach, "× plain sets")
        if importlib.util.find_spec("igraph") is None:
            print("python-igraph is not installed: left out.", file=sys.stderr)
            continue
        import igraph

        def static_igraph() -> tuple[int, float]:
            graph = igraph.Graph(people, [(a, b) for _, a, b in contacts]).simplify()  # noqa: B023
            sizes = graph.connected_components().sizes()
            near = sum(1 / steps for row in graph.distances() for steps in row if steps)
            return sum(size * (size - 1) for size in sizes), near

        def static_ours() -> list[int]:
            neighbours: list[set[int]] = [set() for _ in range(people)]  # noqa: B023
            for _, a, b in contacts:  # noqa: B023
                neighbours[a].add(b)
                neighbours[b].add(a)
            return steps.distances(neighbours)

        theirs, ours = median(static_igraph, 25), median(static_ours, 25)
        say(f"… static scores only, {people} × {number:,}", "python-igraph", theirs)
        say(f"… static scores only, {people} × {number:,}", "safetynet, engine", ours, theirs / ours, "× igraph")


def growth(say: Callable[..., None]) -> None:
    """Time per contact at fixed people, with Python's garbage collector and without."""
    for number in (400, 1600, 6400, 25600):
        contacts = made_contacts(40, number)
        for collector in ("", ", garbage collector off"):
            if collector:
                gc.disable()
            took = median(lambda: with_engine(40, contacts), 7)  # noqa: B023
            gc.enable()
            what = "one case, 40 people, more and more contacts"
            say(what, f"safetynet, engine, {number:,} contacts{collector}", took, 1e6 * took / number, "µs a contact")


# many cases ---------------------------------------------------------------------------------------------


def made_columns(cases: int, people: int = 40, number: int = 200, seed: int = 1) -> Any:
    from safetynet.study.columns import Contacts

    draw = np.random.default_rng(seed)
    total = cases * number
    source = draw.integers(0, people, total, dtype=np.int32)
    target = ((source + draw.integers(1, people, total)) % people).astype(np.int32)
    day = draw.integers(0, 365, total).astype(np.int64)
    return Contacts(
        people=np.full(cases, people, np.int32),
        offsets=np.arange(cases + 1, dtype=np.int64) * number,
        source=source,
        target=target,
        leaves=day * DAY + DAY - 1,
        arrives=day * DAY,
        two_way=np.ones(total, bool),
        once=np.empty(0, np.int32),
        names=tuple(range(cases)),
    ).sorted()


def many_cases(say: Callable[..., None], cases: int) -> None:
    if importlib.util.find_spec("numba") is None:
        print("numba is not installed: the batch engine is left out.", file=sys.stderr)
        return
    from safetynet.study.columns import fragmentations

    start = time.perf_counter()
    fragmentations(made_columns(10))
    ready = time.perf_counter() - start
    columns = made_columns(cases)
    what = f"{cases:,} cases of 40 people × 200 contacts, three scores"
    sample = range(0, cases, max(1, cases // 20))
    lists = []
    for n in sample:
        those = slice(200 * n, 200 * n + 200)
        table = columns.arrives[those] // DAY, columns.source[those], columns.target[those]
        lists.append(list(zip(*(column.tolist() for column in table), strict=True)))
    assert np.allclose(fragmentations(columns).iloc[list(sample)], [with_networkx(40, one) for one in lists])
    theirs = median(lambda: [with_networkx(40, one) for one in lists], 3) / len(lists)
    arrays = list(columns.columns().values())
    copy = median(lambda: [array.copy() for array in arrays])
    alone = median(lambda: fragmentations(columns, threads=1))
    say(what, "networkx, per case (of 20 of the cases)", theirs)
    say(what, "safetynet, batch engine, one core", alone)
    say(what, "… per case", alone / cases, theirs / (alone / cases), "× networkx")
    say(what, "… contacts a second", None, cases * 200 / alone / 1e6, "million")
    size = f"{columns.nbytes / 1e6:.0f} MB"
    say(what, f"copying the columns in memory ({size})", copy, alone / copy, "copies are one run")
    if (os.cpu_count() or 1) > 1:
        ones, twos = [], []
        for _ in range(9):  # in turns, so that what else the machine does falls on both alike
            ones.append(median(lambda: fragmentations(columns, threads=1), 1, time.perf_counter))
            twos.append(median(lambda: fragmentations(columns, threads=2), 1, time.perf_counter))
        say(what, "safetynet, batch engine, two cores (fastest of 9)", min(twos), min(ones) / min(twos), "× one core")
    try:
        Path("/proc/self/clear_refs").write_text("5")
        before = peak()
        fragmentations(columns)
        say(what, "memory beyond the columns", None, max(0, peak() - before) / (cases * 200), "bytes a contact")
    except OSError:
        print("the peak of memory cannot be read here: left out.", file=sys.stderr)
    say("first use of the batch engine in a process", "safetynet, reading or making the compiled code", ready)


# temporal reach in contact lists ------------------------------------------------------------------------


def listed(number: int) -> pd.DataFrame:
    """Contacts at different times, so that all agree on what follows what."""
    people = round(10 * number ** (1 / 3))
    contacts = made_contacts(people, number)
    frame = pd.DataFrame(contacts, columns=["time", "source", "target"])
    frame["time"] = range(number)
    return frame


def peer(name: str, number: int) -> dict[str, float]:
    """The time in seconds that a peer needs for reach from one person, and how many it reaches; building apart."""
    contacts = listed(number).itertuples(index=False)
    start = time.perf_counter()
    if name == "raphtory":
        from raphtory import Graph, algorithms

        graph = Graph()
        for at, a, b in contacts:
            graph.add_edge(at, str(a), str(b))
            graph.add_edge(at, str(b), str(a))
        built = time.perf_counter()
        found = algorithms.temporally_reachable_nodes(graph, max_hops=number, start_time=-1, seed_nodes=["0"])
        return {"build": built - start, "reach": time.perf_counter() - built, "reached": reached_by_raphtory(found)}
    import dynetx
    from dynetx.algorithms import temporal_dag

    network = dynetx.DynGraph()
    for at, a, b in contacts:
        network.add_interaction(a, b, t=at)
    built = time.perf_counter()
    _, _, targets, *_ = temporal_dag(network, 0)
    reached = {target.split("_")[0] for target in targets}
    return {"build": built - start, "reach": time.perf_counter() - built, "reached": len(reached | {"0"})}


def reached_by_raphtory(found: Any) -> int:
    """The people with a way by which it came, and the first, of whom some versions say none."""
    reached = [bool(next(iter(state.values())) if isinstance(state, dict) else state) for state in found.values()]
    return sum(reached)


def reach(say: Callable[..., None], sizes: Iterable[int]) -> None:
    for number in sizes:
        frame = listed(number)
        people = len(set(frame["source"]) | set(frame["target"]))
        what = f"{number:,} contacts of {people} people at different times"
        forward = reachability(frame)
        one = median(lambda: earliest_arrival(frame, 0), 3, time.perf_counter)  # noqa: B023
        every = median(lambda: reachability(frame), 3, time.perf_counter)  # noqa: B023
        say(what, f"safetynet, from one person (reaches {forward[0]})", one)
        say(what, "safetynet, from everybody", every, every / people * 1e3, "ms a person")
        for name in ("raphtory", "dynetx"):
            if importlib.util.find_spec(name) is None:
                print(f"{name} is not installed: left out.", file=sys.stderr)
                continue
            command = [sys.executable, __file__, "--peer", name, "--contacts", str(number)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=PEER_LIMIT, check=True)
            except subprocess.TimeoutExpired:
                say(what, f"{name}, from one person: more than {PEER_LIMIT} s, stopped", None)
                continue
            except subprocess.CalledProcessError as error:
                print(f"{name} failed: {error.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                continue
            took = json.loads(done.stdout.strip().splitlines()[-1])
            who = f"{name}, from one person (reaches {took['reached']:.0f}; without building its graph)"
            say(what, who, took["reach"], took["reach"] / one, "× as long as safetynet")


# starting -----------------------------------------------------------------------------------------------


def starting(say: Callable[..., None]) -> None:
    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)

    alone, added = [], []
    for _ in range(9):
        base = median(lambda: run(sys.executable, "-c", "import pandas, networkx"), 1, time.perf_counter)
        ours = median(lambda: run(sys.executable, "-c", "import pandas, networkx, safetynet"), 1, time.perf_counter)
        alone.append(base)
        added.append(ours - base)
    say("starting", "import pandas, networkx", statistics.median(alone))
    say("starting", "what import safetynet adds", statistics.median(added))
    if importlib.util.find_spec("safetynet.cli") is None:
        print("the command line is not there: left out.", file=sys.stderr)
        return
    helping = "import sys; from safetynet.cli import main; sys.argv = ['safetynet', '--help']; main()"
    say("starting", "safetynet --help", median(lambda: run(sys.executable, "-c", helping), 9, time.perf_counter))

    def in_children() -> float:
        return sum(os.times()[2:4])

    base = median(lambda: run(sys.executable, "-c", "import pandas, networkx"), 9, in_children)
    say("starting, time of the processor", "import pandas, networkx", base)
    with tempfile.TemporaryDirectory() as folder:
        page = ["-o", str(Path(folder) / "report.html"), "--force"]
        for command, more in (("scores", []), ("findings", []), ("report", page)):
            words = [sys.executable, "-m", "safetynet", command, "victoria_climbie", *more]
            spent = median(lambda: run(*words), 9, in_children)  # noqa: B023
            who = f"safetynet {command} victoria_climbie"
            say("starting, time of the processor", who, spent, spent / base, "× import pandas, networkx")


PARTS = {
    "case": one_case,
    "calls": calls,
    "growth": growth,
    "questions": questions,
    "longer": longer,
    "report": reports,
    "batch": many_cases,
    "columns": columns,
    "reach": reach,
    "start": starting,
    "study": study,
}


def in_words(seconds: float) -> str:
    """A time with its unit."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.3g} ms" if abs(seconds) >= 1e-4 else f"{seconds * 1e6:.3g} µs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--cases", type=int, default=40_000, help="cases in the batch (default 40000)")
    parser.add_argument("--cohort", type=int, default=4_000, help="cases of the largest study (default 4000)")
    parser.add_argument("--largest", type=int, default=100_000, help="largest contact list (default 100000)")
    parser.add_argument("--output", type=Path, help="also write the table to this file")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--study", help=argparse.SUPPRESS)
    parser.add_argument("--contacts", type=int, default=1000, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.study:
        print(json.dumps(score_study(chosen.study)))
        return
    if chosen.peer:
        print(json.dumps(peer(chosen.peer, chosen.contacts)))
        return
    if strange := [part for part in chosen.parts if part not in PARTS]:
        parser.error(f"no part {strange[0]!r}; there are {', '.join(PARTS)}")
    lines = ["| what | with | time | |", "| --- | --- | ---: | ---: |"]

    def say(what: str, who: str, seconds: float | None, figure: float | None = None, unit: str = "") -> None:
        shown = "" if seconds is None else in_words(seconds)
        note = "" if figure is None else f"{figure:,.0f} {unit}" if figure >= 100 else f"{figure:.3g} {unit}"
        lines.append(f"| {what} | {who} | {shown} | {note} |")
        print(lines[-1], flush=True)

    versions = f"Python {platform.python_version()}, numpy {np.__version__}, networkx {nx.__version__}"
    print(f"{os.cpu_count()} cores, {versions}\n")
    print("\n".join(lines))
    more: dict[str, tuple[Any, ...]] = {
        "batch": (chosen.cases,),
        "columns": (chosen.cases,),
        "study": (chosen.cohort,),
        "reach": ([size for size in (1_000, 10_000, 100_000) if size <= chosen.largest],),
    }
    for part in chosen.parts or PARTS:
        PARTS[part](say, *more.get(part, ()))
    if chosen.output:
        chosen.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
