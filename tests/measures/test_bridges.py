"""Bridges: boundary spanners, single points of failure, Burt's constraint and effective size."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.bridges import boundary_spanners, constraint, effective_size, single_points_of_failure
from safetynet.measures.fragmentation import fragmentation
from tests import builder, strategies
from tests.brute import networks as brute
from tests.brute.model import view
from tests.builder import from_tables
from tests.measures import published

SPANNER_COLUMNS = ["actor", "agency", "with_agencies", "external", "internal", "share", "only_link_to", "rows"]
POINT_COLUMNS = ["actor", "agency", "pairs", "parts", "agencies", "rows"]
SMALL = {"nobody": builder.nobody(), "alone": builder.alone(), "apart": builder.apart()}


@pytest.fixture(scope="module")
def services() -> sn.Case:
    return builder.case(
        "T1@school T2@school S1@council S2@council G@health",
        "c1",
        "met T1;T2",
        "told T2>S1 - phone",
        "told T1>S2 - phone",
        "told T2>G - phone",
        "told T2>G - phone",
    )


def test_spanners_are_listed_with_the_agencies_they_join(services):
    table = boundary_spanners(services)
    assert table.columns.tolist() == SPANNER_COLUMNS
    assert table["actor"].tolist() == ["T2", "G", "S1", "S2", "T1"]
    top = table.iloc[0]
    assert (top["agency"], top["with_agencies"]) == ("school", ("council", "health"))
    assert (top["external"], top["internal"]) == (2, 1)  # S1 and G; T1
    assert top["share"] == pytest.approx(2 / 3)
    assert top["only_link_to"] == ("health",)  # T1 has a link to the council as well
    assert top["rows"] == ("e2", "e4", "e5")
    only = table.set_index("actor")["only_link_to"].to_dict()
    assert only == {"T2": ("health",), "G": ("school",), "S1": (), "S2": (), "T1": ()}


def test_contact_inside_an_agency_spans_nothing():
    case = builder.case("T1@school T2@school", "c1", "met T1;T2")
    assert boundary_spanners(case).empty


def test_spanners_of_a_graph_by_group():
    graph = nx.Graph([(1, 2), (2, 3), (3, 4)])
    table = boundary_spanners(graph, groups={1: "x", 2: "x", 3: "y", 4: "y"})
    assert table.columns.tolist() == ["node", "group", "with_groups", *SPANNER_COLUMNS[3:]]
    assert table["node"].tolist() == [2, 3]
    assert table["only_link_to"].tolist() == [("y",), ("x",)]
    assert table["share"].tolist() == [0.5, 0.5]


def test_single_points_of_failure_of_the_worked_example():
    # G-T-S-P: without T, G is cut off from S and P (2 pairs); without S, P from G and T
    table = single_points_of_failure(sn.load_case("worked_example"))
    assert table.columns.tolist() == POINT_COLUMNS
    assert table["actor"].tolist() == ["S", "T"]
    assert table["pairs"].tolist() == [2, 2]
    assert table["parts"].tolist() == [(("G", "T"), ("P",)), (("P", "S"), ("G",))]
    assert table["rows"].tolist() == [("e2", "e6"), ("e2", "e5")]
    assert table["agencies"][0] == ("council", "health", "police", "school")


def test_a_ring_has_no_single_point_of_failure():
    assert single_points_of_failure(builder.joined("A;B", "B;C", "C;A")).empty
    assert single_points_of_failure(nx.cycle_graph(6)).empty


def test_the_middle_of_a_star_holds_everybody_apart():
    table = single_points_of_failure(nx.star_graph(4))
    assert table["node"].tolist() == [0]
    assert table["parts"].tolist() == [((1,), (2,), (3,), (4,))]
    assert table["pairs"].tolist() == [6]  # 4 * 3 / 2


def test_constraint_and_effective_size_by_hand():
    # A with B and C, who have contact with each other, and with D
    case = builder.joined("A;B", "A;C", "B;C", "A;D")
    size = effective_size(case)
    assert (size.name, size.index.name) == ("effective_size", "actor")
    assert size.to_dict() == pytest.approx({"A": 3 - 2 * 1 / 3, "B": 2 - 2 / 2, "C": 2 - 2 / 2, "D": 1})
    held = constraint(case)
    assert held.name == "constraint"
    # A gives each 1/3; of B's two halves one goes to C and the other way round
    a = 2 * (1 / 3 + 1 / 3 * 1 / 2) ** 2 + (1 / 3) ** 2
    b = (1 / 2 + 1 / 2 * 1 / 3) ** 2 + (1 / 2 + 1 / 2 * 1 / 2) ** 2  # on C through A, on A through C
    b = (1 / 2 + 1 / 2 * 1 / 2) ** 2 + (1 / 2 + 1 / 2 * 1 / 3) ** 2
    assert held.to_dict() == pytest.approx({"A": a, "B": b, "C": b, "D": 1})


def test_whoever_had_no_contact_has_no_constraint():
    assert constraint(builder.apart()).isna().all()
    assert effective_size(builder.apart()).index.tolist() == ["S", "T"]


@pytest.mark.parametrize("measure", [constraint, effective_size])
def test_a_graph_gives_what_networkx_gives(measure):
    graph = published.matrix("karate")
    expected = {"constraint": nx.constraint, "effective_size": nx.effective_size}[measure.__name__](graph)
    assert measure(graph).to_dict() == pytest.approx(expected)
    lonely = nx.Graph([(1, 2), (3, 3)])
    assert measure(lonely).isna().to_dict() == {1: False, 2: False, 3: True}


@pytest.mark.parametrize("case", SMALL.values(), ids=SMALL)
def test_small_cases_give_empty_answers(case):
    assert boundary_spanners(case).empty
    assert boundary_spanners(case).columns.tolist() == SPANNER_COLUMNS
    assert single_points_of_failure(case).empty
    assert single_points_of_failure(case).columns.tolist() == POINT_COLUMNS
    for measure in (constraint, effective_size):
        assert isinstance(measure(case), pd.Series)
        assert measure(case).dtype == "float64"


def test_empty_graphs_give_empty_answers():
    assert boundary_spanners(nx.Graph(), groups={}).empty
    assert single_points_of_failure(nx.Graph()).empty
    assert constraint(nx.Graph()).empty


def test_a_window_is_kept():
    case = builder.joined("A;B", "B;C")
    assert single_points_of_failure(case, "2024-01-02")["actor"].tolist() == ["B"]
    assert single_points_of_failure(case, "2024-01-02", window=1).empty
    assert boundary_spanners(case, "2024-01-02", window=1)["actor"].tolist() == ["B", "C"]
    assert constraint(case, "2024-01-02", window=1).isna().to_dict() == {"A": True, "B": False, "C": False}
    assert effective_size(case, "2024-01-02").to_dict() == {"A": 1, "B": 2, "C": 1}


@pytest.mark.parametrize("measure", [boundary_spanners, single_points_of_failure, constraint, effective_size])
def test_arguments_that_mean_nothing_are_refused(measure):
    with pytest.raises(sn.ArgumentError, match="window="):
        measure(builder.apart(), window=0)
    with pytest.raises(sn.ArgumentError, match="no dates"):
        measure(nx.path_graph(3), "2024-01-01")


@given(strategies.cases(), strategies.questions)
def test_points_of_failure_are_those_whose_absence_makes_more_parts(tables, at):
    case, asked = from_tables(tables), view(tables, at)
    actors, pairs = asked.actors, brute.pairs_in_contact(asked)

    def together(nodes):
        return len(brute.distances(nodes, {pair for pair in pairs if pair <= nodes})) // 2

    expected = {}
    for actor in actors:
        reach = sum(actor in pair for pair in brute.distances(actors, pairs)) // 2
        lost = together(actors) - reach - together(actors - {actor})
        if lost:
            expected[actor] = lost
    table = single_points_of_failure(case, at)
    assert dict(zip(table["actor"], table["pairs"], strict=True)) == expected


@given(strategies.cases(), strategies.questions)
def test_spanners_agree_with_going_through_the_pairs(tables, at):
    case, asked = from_tables(tables), view(tables, at)
    pairs = [tuple(pair) for pair in brute.pairs_in_contact(asked)]
    ways = [(a, b) for pair in pairs for a, b in (pair, pair[::-1])]
    across = [(a, b) for a, b in ways if asked.group(a) != asked.group(b)]
    table = boundary_spanners(case, at).set_index("actor")
    assert set(table.index) == {a for a, _ in across}
    for actor, line in table.iterrows():
        mine = [b for a, b in across if a == actor]
        assert line["external"] == len(mine)
        assert line["internal"] == sum(a == actor for a, _ in ways) - len(mine)
        assert line["with_agencies"] == tuple(sorted({asked.group(b) for b in mine}))
        colleagues = [(a, b) for a, b in across if asked.group(a) == asked.group(actor) and a != actor]
        shared = {asked.group(b) for _, b in colleagues}
        assert line["only_link_to"] == tuple(sorted({asked.group(b) for b in mine} - shared))
        assert set(line["rows"]) <= set(fragmentation(case, at).rows)


@pytest.mark.slow
def test_constraint_is_the_same_to_the_last_digit_however_texts_are_hashed():
    said = "import safetynet as sn; print(sn.constraint(sn.load_case('max')).to_dict())"
    printed = {
        subprocess.run(
            [sys.executable, "-c", said], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "123"
    }
    assert len(printed) == 1
