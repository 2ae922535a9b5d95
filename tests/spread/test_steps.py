"""Steps in an undirected graph, against networkx."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetynet.spread.steps import Distances, closeness, distances, steps_from


def a_graph(size: int, pairs: list[tuple[int, int]]) -> nx.Graph:
    graph = nx.Graph([(a, b) for a, b in pairs if a != b])
    graph.add_nodes_from(range(size))
    return graph


def counted(lengths: list[int]) -> list[int]:
    """How many are 1, 2, 3, ... steps; those of 0 steps are left out."""
    return [lengths.count(steps) for steps in range(1, max(lengths, default=0) + 1)]


graphs = st.integers(1, 90).flatmap(
    lambda size: st.tuples(
        st.just(size), st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=120)
    )
)


@given(graphs, st.sets(st.integers(0, 89), max_size=3))
def test_steps_between_people_are_those_that_networkx_counts(drawn, left_out):
    graph = a_graph(*drawn)
    neighbours = [list(graph[node]) for node in range(drawn[0])]
    left = graph.subgraph(set(graph) - left_out)
    lengths = [steps for _, found in nx.all_pairs_shortest_path_length(left) for steps in found.values()]
    assert distances(neighbours, sum(1 << node for node in left_out if node < drawn[0])) == counted(lengths)


@given(graphs)
def test_so_they_are_after_each_further_pair(drawn):
    size, pairs = drawn
    growing, neighbours = Distances(size), [set[int]() for _ in range(size)]
    assert growing.counts == []
    for one, other in pairs:
        if one != other:
            growing.join(one, other)
            neighbours[one].add(other)
            neighbours[other].add(one)
            assert growing.counts == distances(neighbours)


def test_a_pair_that_closes_a_long_chain_makes_every_way_round_it_shorter():
    chain = Distances(6)
    for one in range(5):
        chain.join(one, one + 1)
    assert chain.counts == [10, 8, 6, 4, 2]  # of six in a row 5 pairs are one step apart, 4 two, … 1 five; both ways
    chain.join(5, 0)
    assert chain.counts == [12, 12, 6]  # on a ring of six: 6 pairs one step apart, 6 two, 3 three


@given(graphs, st.sets(st.integers(0, 89), min_size=1, max_size=3))
def test_steps_from_some_are_those_to_the_nearest_of_them(drawn, some):
    graph = a_graph(*drawn)
    some = {node for node in some if node < drawn[0]} or {0}
    lengths = nx.multi_source_dijkstra_path_length(graph, some)
    found = steps_from([list(graph[node]) for node in range(drawn[0])], sum(1 << node for node in some))
    assert found == counted([int(steps) for steps in lengths.values()])


def test_each_counts_as_one_over_its_steps():
    assert closeness([3, 2, 1]) == pytest.approx(3 + 2 / 2 + 1 / 3)
    assert closeness([]) == 0.0


def test_nobody_is_no_error():
    assert distances([]) == []
    assert steps_from([[]], 1) == []
