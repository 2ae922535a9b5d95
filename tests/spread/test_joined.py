"""Graphs as sets of bits, against networkx."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from safetynet.spread.edges import each
from safetynet.spread.joined import Joined, parts, rounds

SIZE = 12
nodes = st.integers(0, SIZE - 1)
pairs = st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1]), max_size=20)


@given(pairs)
def test_a_graph_that_grows_knows_its_parts_at_every_step(given_pairs):
    joined, graph = Joined(SIZE), nx.empty_graph(SIZE)
    for one, other in given_pairs:
        assert joined.join(one, other) is not graph.has_edge(one, other)
        graph.add_edge(one, other)
        sizes = [len(part) for part in nx.connected_components(graph)]
        assert joined.together == sum(size * (size - 1) for size in sizes)
    assert [sorted(near) for near in joined.neighbours] == [sorted(graph[node]) for node in graph]
    assert {frozenset(pair) for pair in joined.pairs} == {frozenset(edge) for edge in graph.edges}


@given(pairs, st.sets(nodes))
def test_the_parts_among_some_are_those_of_the_graph_without_the_others(given_pairs, among):
    graph = nx.empty_graph(SIZE)
    graph.add_edges_from(given_pairs)
    beside = [sum(1 << near for near in graph[node]) for node in graph]
    found = {frozenset(each(part)) for part in parts(beside, sum(1 << node for node in among))}
    assert found == set(map(frozenset, nx.connected_components(graph.subgraph(among))))


@given(pairs)
def test_the_rounds_are_the_strongly_connected_parts(given_pairs):
    graph = nx.empty_graph(SIZE, create_using=nx.DiGraph)
    graph.add_edges_from(given_pairs)
    found = [frozenset(each(group)) for group in rounds([sum(1 << near for near in graph[node]) for node in graph])]
    assert set(found) == set(map(frozenset, nx.strongly_connected_components(graph)))
    assert found == sorted(found, key=min)
