"""Brokerage: the five roles by hand, sna's numbers for the karate club, and a plain count."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.brokerage import ROLES, brokerage
from tests import builder, strategies
from tests.brute.model import view
from tests.builder import from_tables
from tests.measures import published

COLUMNS = ["agency", *ROLES, "total", "rows"]
NONE = dict.fromkeys((*ROLES, "total"), 0)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("AAA", "coordinator"),
        ("ABA", "consultant"),
        ("AAB", "representative"),
        ("ABB", "gatekeeper"),
        ("ABC", "liaison"),
    ],
)
def test_each_role_by_hand_on_one_path(groups, role):
    graph = nx.DiGraph([("i", "j"), ("j", "k")])
    table = brokerage(graph, groups=dict(zip("ijk", groups, strict=True)))
    assert table.loc["j", list(NONE)].to_dict() == {**NONE, role: 1, "total": 1}
    assert table.loc["i", list(NONE)].to_dict() == table.loc["k", list(NONE)].to_dict() == NONE
    assert table.index.name == "node"


def test_whoever_can_be_told_directly_needs_no_broker():
    graph = nx.DiGraph([("i", "j"), ("j", "k"), ("i", "k")])
    assert brokerage(graph, groups=dict.fromkeys("ijk", "A"))["total"].sum() == 0
    # the other way there is no k to i, and no path either: j hears nothing from k
    graph.add_edges_from([("k", "j"), ("j", "i")])
    assert brokerage(graph, groups=dict.fromkeys("ijk", "A"))["total"].to_dict() == {"i": 0, "j": 1, "k": 0}


def test_letters_go_one_way_and_calls_both():
    case = builder.case("T1@school T2@school S@council", "c1", "told T1>T2 - letter", "told T2>S - phone")
    table = brokerage(case)
    assert table.loc["T2", list(NONE)].to_dict() == {**NONE, "representative": 1, "total": 1}
    assert table.loc["T2", "rows"] == ("e1", "e2")
    assert table.loc["T1", "rows"] == ()
    both = brokerage(case, directed=False)
    assert both.loc["T2", list(NONE)].to_dict() == {**NONE, "representative": 1, "gatekeeper": 1, "total": 2}


def test_the_worked_example_by_hand():
    # ways: T-S and S-P both, G to T only. G>T>S: liaison T; T>S>P and P>S>T: liaison S
    table = brokerage(sn.load_case("worked_example"))
    assert table.columns.tolist() == COLUMNS
    assert table["liaison"].to_dict() == {"G": 0, "P": 0, "S": 2, "T": 1}
    assert table["total"].to_dict() == {"G": 0, "P": 0, "S": 2, "T": 1}
    assert table.loc["T", "rows"] == ("e2", "e5")


def test_a_desk_and_a_person_without_agency_count_as_their_own():
    rows = ["told T>council - fax", "told council>V - letter"]
    table = brokerage(builder.case("T@school V S@council", "c1", *rows))
    assert table["agency"].to_dict() == {"T": "school", "V": "V", "council": "council"}  # S has not appeared
    assert table.loc["council", "liaison"] == 1  # T > the desk > V
    assert table["total"].sum() == 1


def test_a_window_is_kept():
    case = builder.joined("A;B", "B;C")
    assert brokerage(case, "2024-01-02").loc["B", "total"] == 2
    assert brokerage(case, "2024-01-02", window=1).loc["B", "total"] == 0


@pytest.mark.parametrize("case", [builder.nobody(), builder.alone(), builder.apart()], ids=["nobody", "alone", "apart"])
def test_without_contact_nobody_brokers(case):
    table = brokerage(case)
    assert table.columns.tolist() == COLUMNS
    assert table.index.name == "actor"
    assert table["total"].sum() == 0
    assert table["total"].dtype == "Int64"


def test_the_karate_club_as_sna_has_it():
    clubs = [line[0] for line in published.table("karate", "karate_groups.csv")[1:]]
    graph = published.matrix("karate")
    header, *lines = published.table("karate", "karate_brokerage.csv")
    assert header == ["v", "w_I", "w_O", "b_IO", "b_OI", "b_O", "t"]
    for given_graph in (graph, graph.to_directed()):
        table = brokerage(given_graph, groups=dict(enumerate(clubs)))
        found = table[[*ROLES, "total"]].to_numpy().tolist()
        assert found == [[int(cell) for cell in line[1:]] for line in lines]
        assert table["group"].tolist() == clubs


def test_a_graph_needs_groups_and_has_no_dates():
    graph = nx.DiGraph([(1, 2), (2, 3), (2, 2)])
    with pytest.raises(sn.ArgumentError, match="needs groups="):
        brokerage(graph)
    with pytest.raises(sn.ArgumentError, match="no dates"):
        brokerage(graph, window=7, groups={1: "A"})
    with pytest.raises(sn.ArgumentError, match="window="):
        brokerage(builder.apart(), window=0)
    with pytest.raises(sn.ArgumentError, match="load_case"):
        brokerage("lewis")
    assert brokerage(graph, groups={1: "A"}).loc[2, "liaison"] == 1  # 2 and 3 count as themselves


@given(
    st.sets(st.sampled_from(list(permutations(range(5), 2)))), st.lists(st.sampled_from("AB"), min_size=5, max_size=5)
)
def test_every_role_agrees_with_trying_all_triples(edges, groups):
    graph = nx.empty_graph(5, create_using=nx.DiGraph)
    graph.add_edges_from(edges)
    counted = {(node, role): 0 for node in range(5) for role in ROLES}
    for i, j, k in permutations(range(5), 3):
        if (i, j) in edges and (j, k) in edges and (i, k) not in edges:
            a, b, c = groups[i], groups[j], groups[k]
            if a == b == c:
                role = "coordinator"
            elif a == c:
                role = "consultant"
            else:
                role = "representative" if a == b else "gatekeeper"
            counted[j, role] += 1
    table = brokerage(graph, groups=dict(enumerate(groups)))
    assert {(node, role): table.loc[node, role] for node in range(5) for role in ROLES} == counted


@given(strategies.cases(), strategies.questions)
def test_on_a_case_the_ways_are_those_in_which_information_could_move(tables, at):
    asked = view(tables, at)
    ways = {pair for row in asked.rows for pair in asked.moved(row) if set(pair) <= asked.actors}
    expected = dict.fromkeys(asked.actors, 0)
    for i, j, k in permutations(asked.actors, 3):
        expected[j] += (i, j) in ways and (j, k) in ways and (i, k) not in ways
    table = brokerage(from_tables(tables), at)
    assert table["total"].to_dict() == expected
    assert (table[list(ROLES)].sum(axis=1) == table["total"]).all()
    assert all(bool(rows) == (total > 0) for rows, total in zip(table["rows"], table["total"], strict=True))
