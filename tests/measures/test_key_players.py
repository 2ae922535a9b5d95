"""Key players: every set tried, against a plain search with networkx and published numbers."""

from __future__ import annotations

from itertools import combinations
from math import comb

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.fragmentation import distance_fragmentation, fragmentation
from safetynet.measures.key_players import key_players
from tests import builder, strategies
from tests.brute import networks as brute
from tests.brute.model import view
from tests.builder import from_tables
from tests.measures import published

OF_A_CASE = ["actors", "people", "agencies"]
CASE_COLUMNS = [*OF_A_CASE, "fragmentation", "distance_fragmentation", "reach", "reached", "direct", "rows"]


def test_the_middle_of_the_worked_example_holds_it_together():
    # the chain is G-T-S-P: without T, G is apart from S-P, so 1 of 3 pairs is joined
    table = key_players(sn.load_case("worked_example"))
    assert table["actors"].tolist() == [("S",), ("T",), ("G",), ("P",)]
    table.index = table["actors"].str[0]
    assert table["fragmentation"].to_dict() == pytest.approx({"S": 2 / 3, "T": 2 / 3, "G": 0, "P": 0})
    ends = 1 - (1 + 1 + 1 / 2) / 3  # a chain of three is left
    assert table["distance_fragmentation"].to_dict() == pytest.approx({"S": 2 / 3, "T": 2 / 3, "G": ends, "P": ends})
    middle, end = (1 + 1 + 1 / 2) / 3, (1 + 1 / 2 + 1 / 3) / 3
    assert table["reach"].to_dict() == pytest.approx({"S": middle, "T": middle, "G": end, "P": end})
    assert table["reached"].tolist() == [3, 3, 3, 3]
    assert table["direct"].to_dict() == {"S": 2, "T": 2, "G": 1, "P": 1}
    assert table.loc["T", "rows"] == ("e2", "e5")


def test_the_best_pair_need_not_be_the_best_two():
    # two hubs side by side share their leaves; each hub alone leaves the other in place
    graph = nx.Graph([("h1", leaf) for leaf in "abc"] + [("h2", leaf) for leaf in "abc"] + [("c", "d"), ("d", "e")])
    one, two = key_players(graph), key_players(graph, k=2)
    alone = {nodes[0]: value for nodes, value in zip(one["nodes"], one["fragmentation"], strict=True)}
    assert alone["h1"] == alone["h2"] == 0  # the other hub still joins everybody
    assert one["nodes"][:2].tolist() == [("c",), ("d",)]
    together = dict(zip(two["nodes"], two["fragmentation"], strict=True))
    assert together["h1", "h2"] == pytest.approx(1 - 3 * 2 / (5 * 4))  # a and b alone, c-d-e
    assert together["c", "d"] == pytest.approx(1 - 4 * 3 / (5 * 4))  # h1, h2, a, b together, e alone
    assert two["nodes"][0] == ("h1", "h2")


def test_ranked_by_reach_the_table_starts_with_who_reaches_most():
    table = key_players(nx.star_graph(4), ranked_by="reach")
    assert table["nodes"].tolist() == [(0,), (1,), (2,), (3,), (4,)]
    assert table["reach"].tolist() == pytest.approx([1, *[(1 + 3 / 2) / 4] * 4])


def test_equal_sets_go_by_name_and_only_the_top_is_given():
    table = key_players(nx.cycle_graph(5), k=2, top=3)
    assert len(table) == 3
    apart = [nodes for nodes in combinations(range(5), 2) if (nodes[1] - nodes[0]) in (2, 3)]
    assert table["nodes"].tolist() == apart[:3]


def test_a_case_names_people_and_agencies_of_each_set():
    case = builder.case("T@school S@council", "c1", "told T>council - fax", "told council>S - phone")
    table = key_players(case, k=2)
    assert table.columns.tolist() == CASE_COLUMNS
    line = table.loc[[actors == ("T", "council") for actors in table["actors"]]].iloc[0]
    assert (line["people"], line["agencies"]) == (("T",), ("council", "school"))
    assert line["rows"] == ("e1", "e2")


def test_what_fewer_than_two_leave_behind_is_not_defined():
    table = key_players(nx.path_graph(2))
    assert table["fragmentation"].isna().all()
    assert table["distance_fragmentation"].isna().all()
    assert table["reach"].tolist() == [1, 1]
    everybody = key_players(nx.path_graph(2), k=2)
    assert everybody["reach"].isna().all()
    assert everybody["reached"].tolist() == [0]


@pytest.mark.parametrize("case", [builder.nobody(), builder.alone(), builder.apart()], ids=["nobody", "alone", "apart"])
def test_small_cases_make_small_tables(case):
    for k in (1, 2, 3):
        table = key_players(case, k=k)
        assert table.columns.tolist() == CASE_COLUMNS
        assert len(table) == comb(len(fragmentation(case).table), k)  # each actor is a part of their own


def test_a_window_is_kept():
    table = key_players(builder.joined("A;B", "B;C"), "2024-01-02", window=1)
    assert table.set_index(table["actors"].str[0])["direct"].to_dict() == {"A": 0, "B": 1, "C": 1}
    assert table.set_index(table["actors"].str[0])["rows"].to_dict() == {"A": (), "B": ("e2",), "C": ("e2",)}


def test_arguments_that_mean_nothing_are_refused():
    graph = nx.path_graph(4)
    for more, words in (
        ({"k": 0}, "k=0"),
        ({"k": 1.5}, "k=1.5"),
        ({"k": True}, "k=True"),
        ({"ranked_by": "degree"}, "ranked_by='degree'"),
        ({"top": 0}, "top=0"),
        ({"at": "2024-01-01"}, "no dates"),
    ):
        with pytest.raises(sn.ArgumentError, match=words):
            key_players(graph, **more)
    with pytest.raises(sn.ArgumentError, match="smaller k"):
        key_players(nx.empty_graph(200), k=4)


def test_krackhardts_kite_as_keyplayer_has_it():
    expected = published.expected("kite")["removed_node_distance_fragmentation"]
    table = key_players(published.matrix("kite"))
    found = {nodes[0]: value for nodes, value in zip(table["nodes"], table["distance_fragmentation"], strict=True)}
    assert [found[node] for node in range(10)] == pytest.approx(expected, abs=1e-9)


def test_the_karate_club_as_keyplayer_has_it():
    table = key_players(published.matrix("karate"), ranked_by="distance_fragmentation")
    found = {nodes[0]: value for nodes, value in zip(table["nodes"], table["distance_fragmentation"], strict=True)}
    expected = {int(node): float(value) for node, value in published.table("karate", "karate_fragment.csv")[1:]}
    assert found == pytest.approx(expected, abs=1e-9)
    assert table["nodes"][0] == (max(expected, key=lambda node: expected[node]),)


def test_the_reach_of_one_is_normalised_harmonic_closeness():
    graph = published.matrix("karate")
    table = key_players(graph, ranked_by="reach")
    closeness = nx.harmonic_centrality(graph)
    assert {nodes[0]: value for nodes, value in zip(table["nodes"], table["reach"], strict=True)} == pytest.approx(
        {node: value / 33 for node, value in closeness.items()}
    )


@st.composite
def graphs(draw):
    size = draw(st.integers(1, 7))
    pairs = list(combinations(range(size), 2))
    graph = nx.empty_graph(size)
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])
    return graph


@given(graphs(), st.integers(1, 3))
def test_every_set_agrees_with_taking_it_out(graph, k):
    table = key_players(graph, k=k)
    assert sorted(table["nodes"]) == sorted(combinations(graph, k))
    for line in table.itertuples():
        left = graph.subgraph(set(graph) - set(line.nodes))
        assert line.fragmentation == pytest.approx(float(fragmentation(left)), nan_ok=True)
        assert line.distance_fragmentation == pytest.approx(float(distance_fragmentation(left)), nan_ok=True)
        steps = {}
        for node in line.nodes:
            for other, step in nx.single_source_shortest_path_length(graph, node).items():
                steps[other] = min(step, steps.get(other, step))
        outside = {node: step for node, step in steps.items() if node not in line.nodes}
        assert line.reached == len(outside)
        assert line.direct == sum(step == 1 for step in outside.values())
        expected = sum(1 / step for step in outside.values()) / len(left) if len(left) else np.nan
        assert line.reach == pytest.approx(expected, nan_ok=True)
    ranked = table["fragmentation"].fillna(-1).round(9).tolist()
    assert ranked == sorted(ranked, reverse=True)


@given(strategies.cases(), strategies.questions)
def test_on_a_case_it_is_the_contact_network_without_them(tables, at):
    table = key_players(from_tables(tables), at)
    asked = view(tables, at)
    pairs = brute.pairs_in_contact(asked)
    assert {actors[0] for actors in table["actors"]} == asked.actors
    for line in table.itertuples():
        assert line.direct == sum(line.actors[0] in pair for pair in pairs)
        assert bool(line.rows) == (line.direct > 0)
