"""Fragmentation between agencies, the E-I index and the contact matrix."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.agencies import agency_contacts, agency_fragmentation, agency_matrix, ei_index
from tests import builder, strategies
from tests.brute import networks as brute
from tests.brute.model import view
from tests.builder import from_tables
from tests.measures import packaged, published
from tests.measures.packaged import same


@pytest.fixture(scope="module")
def services() -> sn.Case:
    """Two of the school, two of the council, a doctor alone, an advocate without agency, the health desk."""
    return builder.case(
        "T1@school T2@school S1@council S2@council G@health V",
        "c1",
        "met T1;T2",  # inside
        "told T2>S1 - phone",  # across
        "told T2>S1 - phone",  # the same pair again
        "met S1;S2;V",  # one inside, two across
        "told G>V - phone received=no",  # nothing moves
    )


def test_the_worked_example_is_one_network_of_agencies_and_all_contact_is_across():
    case = sn.load_case("worked_example")
    assert float(agency_fragmentation(case)) == 0
    assert float(ei_index(case)) == 1  # 3 pairs across, none inside


def test_agencies_are_joined_by_any_of_their_people(services):
    # school, council and V are one part of three, health is alone: 3 of 6 pairs are joined
    score = agency_fragmentation(services)
    assert float(score) == pytest.approx(1 - 3 / 6)
    table = score.table
    assert table["size"].tolist() == [3, 1]
    assert table["agencies"].tolist() == [("council", "school"), ("health",)]
    assert table["people"].tolist() == [("S1", "S2", "T1", "T2", "V"), ("G",)]
    assert table["rows"].tolist() == [("e1", "e2", "e3", "e4"), ()]
    assert score.rows == ("e1", "e2", "e3", "e4")
    assert "2 parts" in score.explain()


def test_ei_counts_pairs_of_actors_and_not_contacts(services):
    # inside: T1-T2, S1-S2; across: T2-S1, S1-V, S2-V
    score = ei_index(services)
    assert float(score) == pytest.approx((3 - 2) / 5)
    assert (score.range, "3 across" in score.explain(), "2 inside" in score.explain()) == ((-1, 1), True, True)
    lines = {(line.first, line.second): (line.crosses, line.pairs, line.rows) for line in score.table.itertuples()}
    assert lines == {
        ("V", "council"): (True, 2, ("e4",)),
        ("council", "council"): (False, 1, ("e4",)),
        ("council", "school"): (True, 1, ("e2", "e3")),
        ("school", "school"): (False, 1, ("e1",)),
    }


def test_an_agency_that_is_an_actor_counts_as_itself():
    case = builder.case("T@school S@council", "c1", "told T>council - fax", "told council>S - phone")
    assert float(agency_fragmentation(case)) == 0
    assert float(ei_index(case)) == 0  # T to the desk is across, the desk to S is inside


def test_the_matrix_counts_contact_rows(services):
    matrix = agency_matrix(services)
    assert matrix.index.tolist() == matrix.columns.tolist() == ["V", "council", "health", "school"]
    assert (matrix == matrix.T).all(axis=None)
    assert matrix.loc["school", "school"] == 1  # e1
    assert matrix.loc["council", "council"] == 1  # e4
    assert matrix.loc["school", "council"] == 2  # e2, e3
    assert matrix.loc["council", "V"] == 1  # e4, although two pairs met in it
    assert matrix.loc["health"].sum() == 0
    assert matrix.dtypes.unique().tolist() == ["int64"]


def test_every_cell_of_the_matrix_has_its_rows(services):
    matrix, lines = agency_matrix(services), agency_contacts(services)
    assert len(lines) == 4 * 5 / 2
    for line in lines.itertuples():
        assert matrix.loc[line.first, line.second] == line.contacts == len(line.rows)
    top = lines.iloc[0]
    assert (top["first"], top["second"], top["rows"]) == ("council", "school", ("e2", "e3"))
    assert top["people"] == ("S1", "T2")
    assert top["last_contact"] == pd.Timestamp("2024-01-03")
    assert lines["last_contact"].isna().sum() == (lines["contacts"] == 0).sum()


def test_a_window_forgets_old_contacts_and_keeps_the_agencies(services):
    assert agency_matrix(services, "2024-01-05", window=2).to_numpy().sum() == 1 + 2  # e4: inside once, across twice
    assert float(agency_fragmentation(services, "2024-01-05", window=2)) == pytest.approx(1 - 1 / 6)
    assert float(ei_index(services, "2024-01-05", window=2)) == pytest.approx((2 - 1) / 3)


@pytest.mark.parametrize("case", [builder.nobody(), builder.alone()], ids=["nobody", "alone"])
def test_with_fewer_than_two_agencies_it_is_not_defined(case):
    score = agency_fragmentation(case)
    assert math.isnan(float(score))
    assert score.reason == "fewer than two agencies have appeared"
    assert "not defined" in score.explain()
    index = ei_index(case)
    assert math.isnan(float(index))
    assert index.reason
    assert "not defined" in index.explain()
    assert index.table.columns.tolist() == ["first", "second", "crosses", "pairs", "rows"]
    assert agency_matrix(case).to_numpy().sum() == 0
    assert agency_contacts(case)["contacts"].sum() == 0


def test_two_agencies_without_contact():
    assert float(agency_fragmentation(builder.apart())) == 1
    assert not ei_index(builder.apart()).defined
    assert agency_matrix(builder.apart()).to_numpy().tolist() == [[0, 0], [0, 0]]


def test_two_colleagues_alone_are_one_agency():
    case = builder.case("T1@school T2@school", "c1", "met T1;T2")
    assert not agency_fragmentation(case).defined
    assert float(ei_index(case)) == -1


# graphs of one's own ------------------------------------------------------------------------------------


def test_a_graph_takes_groups_as_a_mapping_or_an_attribute():
    graph = nx.Graph([("a", "b"), ("b", "c"), ("d", "d")])
    groups = {"a": "x", "b": "x", "c": "y"}  # d counts as itself
    nx.set_node_attributes(graph, groups, "house")
    for given_groups in (groups, "house"):
        score = agency_fragmentation(graph, groups=given_groups)
        assert float(score) == pytest.approx(1 - 1 / 3)  # x-y of three pairs
        assert score.table["groups"].tolist() == [("x", "y"), ("d",)]
        assert float(ei_index(graph, groups=given_groups)) == 0  # a-b inside, b-c across


def test_the_graph_of_a_case_has_the_agency_as_an_attribute():
    case = sn.load_case("reuben")
    graph = nx.Graph(case.graph().subgraph(case.people.loc[case.people["kind"] == "professional", "id"]))
    assert agency_fragmentation(graph, groups="agency").defined


def test_the_karate_clubs_contact_is_mostly_inside_the_clubs():
    clubs = [line[0] for line in published.table("karate", "karate_groups.csv")[1:]]
    graph = published.matrix("karate")
    assert float(agency_fragmentation(graph, groups=dict(enumerate(clubs)))) == 0
    across = sum(clubs[a] != clubs[b] for a, b in graph.edges)
    inside = graph.number_of_edges() - across
    assert float(ei_index(graph, groups=dict(enumerate(clubs)))) == pytest.approx((across - inside) / 78)


@pytest.mark.parametrize("measure", [agency_fragmentation, ei_index])
def test_groups_that_do_not_fit_are_refused(measure):
    graph = nx.path_graph(3)
    for groups, words in (
        (None, "needs groups="),
        ("house", "not an attribute"),
        ({"q": "x"}, "none of the nodes"),
        ({0: ["x"]}, "cannot name a group"),
        (["x", "y", "z"], "mapping"),
    ):
        with pytest.raises(sn.ArgumentError, match=words):
            measure(graph, groups=groups)
    with pytest.raises(sn.ArgumentError, match="a case has its agencies"):
        measure(builder.apart(), groups={"T": "x"})
    with pytest.raises(sn.ArgumentError, match="no dates"):
        measure(graph, "2024-01-01", groups={0: "x"})


def test_an_empty_graph_is_not_defined():
    assert not agency_fragmentation(nx.Graph(), groups="house").defined
    assert not ei_index(nx.Graph(), groups={}).defined


def test_the_matrix_needs_a_case():
    with pytest.raises(sn.ArgumentError, match="case is needed"):
        agency_matrix(nx.path_graph(3))
    with pytest.raises(sn.ArgumentError, match="window="):
        agency_contacts(builder.apart(), window=0)


def test_a_node_without_a_group_is_its_own_also_where_a_group_has_its_name():
    ring = nx.cycle_graph(5)
    score = ei_index(ring, groups={0: 1, 4: 1, 2: 3, 3: 3})  # node 1 is none of the group called 1
    assert float(score) == pytest.approx((3 - 2) / 5)  # 0-1, 1-2, 3-4 across; 2-3, 4-0 inside
    assert score.table[["group", "other_group", "pairs"]].values.tolist() == [
        [1, 1, 1],
        [1, 1, 1],
        [1, 3, 1],
        [1, 3, 1],
        [3, 3, 1],
    ]
    assert float(agency_fragmentation(nx.empty_graph(2), groups={0: 1})) == 1  # the group 1, and node 1 alone


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT, np.nan, ""])
def test_whatever_pandas_calls_missing_is_a_node_without_a_group(missing):
    groups = {0: "A", 1: "A", 2: "B", 3: missing, 4: "B"}
    assert float(ei_index(nx.path_graph(5), groups=groups)) == pytest.approx((3 - 1) / 4)
    assert float(ei_index(nx.path_graph(5), groups=pd.Series(groups, dtype=object))) == pytest.approx((3 - 1) / 4)


def test_groups_need_no_order_of_their_own():
    a, b = frozenset("AB"), frozenset("BC")
    table = ei_index(nx.path_graph(4), groups={0: a, 1: b, 2: a, 3: b}).table
    assert table["pairs"].tolist() == [3]

    class Thing:
        """Neither an order nor a text of its own."""

    one, other = Thing(), Thing()
    table = ei_index(nx.path_graph(4), groups={0: one, 1: other, 2: one, 3: "text"}).table
    assert sorted(table["pairs"]) == [1, 2]
    mixed = agency_fragmentation(nx.path_graph(4), groups={0: 1, 1: "1", 2: ("1",), 3: frozenset("1")}).table
    assert set(mixed["groups"][0]) == {1, "1", ("1",), frozenset("1")}


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_edges_that_stand_for_one_pair_count_once(kind):
    graph = kind([(0, 1), (1, 0), (1, 2)])
    assert float(ei_index(graph, groups={0: "A", 1: "A", 2: "B"})) == 0


# the brute force --------------------------------------------------------------------------------------


def held_to_brute(tables, case, at, window=None, **settings):
    asked, rules = view(tables, at, **settings), sn.Rules(**settings)
    for measure in (agency_fragmentation, ei_index):
        expected = getattr(brute, measure.__name__)(asked, window=window)
        assert same(measure(case, at, window=window, rules=rules), expected), measure.__name__


@packaged.on_every_date
def test_both_scores_agree_with_the_brute_force_on_the_packaged_cases(name, part):
    held_to_brute(*packaged.asked(name, part))


@given(strategies.cases(), strategies.questions, st.sampled_from([None, 2, 30]))
def test_both_scores_agree_with_the_brute_force_on_random_cases(tables, at, window):
    held_to_brute(tables, from_tables(tables), at, window)
    for settings in ({"dates": "earliest"}, {"unconfirmed": "does_not_count"}):
        held_to_brute(tables, from_tables(tables), at, window, **settings)


@given(strategies.cases(), strategies.questions)
def test_the_matrix_agrees_with_counting_row_by_row(tables, at):
    asked = view(tables, at)
    matrix, lines = agency_matrix(from_tables(tables), at), agency_contacts(from_tables(tables), at)
    assert matrix.index.tolist() == sorted({asked.group(one) for one in asked.actors})
    counted = {pair: set() for pair in zip(lines["first"], lines["second"], strict=True)}
    for row in asked.rows:
        for a, b in asked.moved(row):
            if {a, b} <= asked.actors:
                counted[tuple(sorted((asked.group(a), asked.group(b))))].add(row.id)
    for line in lines.itertuples():
        rows = counted[line.first, line.second]
        assert (set(line.rows), line.contacts) == (rows, len(rows))
        assert matrix.loc[line.first, line.second] == matrix.loc[line.second, line.first] == len(rows)


@given(strategies.cases())
def test_joining_people_into_agencies_never_makes_a_defined_score_leave_its_range(tables):
    case = from_tables(tables)
    score, index = agency_fragmentation(case), ei_index(case)
    assert not score.defined or -1e-12 <= float(score) <= 1 + 1e-12
    assert not index.defined or -1 <= float(index) <= 1
