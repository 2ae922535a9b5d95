"""A graph of one's own, and what is answered where something is none."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.sparse

import safetynet as sn

SHARES = (sn.fragmentation, sn.distance_fragmentation)
PLAIN = (*SHARES, sn.key_players, sn.single_points_of_failure, sn.constraint, sn.effective_size)
BY_AGENCY = (sn.agency_fragmentation, sn.ei_index, sn.brokerage, sn.boundary_spanners)
MEASURES = (*PLAIN, *BY_AGENCY)


def of_library(library: str, **attributes: object) -> object:
    """A graph as a library has it, seen from outside."""
    module = ModuleType(library)
    sort = type("Graph", (), {"__module__": f"{library}.inside", **attributes})
    sys.modules.setdefault(library, module)
    return sort()


@pytest.mark.parametrize(
    ("thing", "hint"),
    [
        (of_library("igraph"), r"graph\.to_networkx\(\)"),
        (of_library("graph_tool"), r"networkx\.Graph\(\[\(int\(edge\.source"),
        (of_library("networkit"), "nk2nx"),
        (of_library("rustworkx"), "edge_list"),
        (of_library("dgl"), r"dgl\.to_networkx"),
        (of_library("unheard_of", to_networkx=lambda self: nx.Graph()), r"graph\.to_networkx\(\)"),
        (of_library("unheard_of"), "Most libraries have .to_networkx"),
        (np.eye(3), "from_numpy_array"),
        (np.array([[0, 1], [1, 2], [2, 3]]), r"networkx\.Graph\(edges\.tolist\(\)\)"),
        (scipy.sparse.eye(3, format="csr"), "from_scipy_sparse_array"),
        (scipy.sparse.coo_array(np.eye(3)), "from_scipy_sparse_array"),
        (pd.DataFrame({"source": [1], "target": [2]}), "from_pandas_edgelist"),
        (pd.DataFrame([[0, 1], [1, 0]], index=["a", "b"], columns=["a", "b"]), "from_pandas_adjacency"),
        ([(1, 2), (2, 3)], r"networkx\.Graph\(edges\)"),
        ({1: [2, 3]}, r"networkx\.Graph\(neighbours\)"),
        ("lewis", "load_case"),
        (Path("lewis"), "read_case"),
        (None, "networkx graph is needed, not None"),
    ],
)
@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_neither_a_case_nor_a_networkx_graph_is_answered_with_what_to_write(measure, thing, hint):
    with pytest.raises(sn.ArgumentError, match=hint):
        measure(thing)


CONVERSIONS = (
    lambda graph: nx.from_numpy_array(nx.to_numpy_array(graph)),
    lambda graph: nx.from_scipy_sparse_array(nx.to_scipy_sparse_array(graph)),
    lambda graph: nx.from_pandas_edgelist(nx.to_pandas_edgelist(graph), source="source", target="target"),
    lambda graph: nx.from_pandas_adjacency(nx.to_pandas_adjacency(graph)),
    lambda graph: nx.Graph(list(graph.edges)),
    lambda graph: nx.Graph(nx.to_dict_of_lists(graph)),
)


@pytest.mark.parametrize("conversion", CONVERSIONS)
def test_what_the_messages_tell_one_to_write_gives_the_graph(conversion):
    graph = nx.karate_club_graph()
    assert float(sn.distance_fragmentation(conversion(graph))) == float(sn.distance_fragmentation(graph))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_says_that_weights_are_not_read(measure):
    assert "weights" in measure.__doc__.lower()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_graph_stays_as_it_was(measure):
    graph = nx.MultiDiGraph([(1, 2), (2, 3), (3, 3)])
    before = nx.MultiDiGraph(graph)
    measure(graph, **({"groups": {1: "a"}} if measure in BY_AGENCY else {}))
    assert nx.utils.graphs_equal(graph, before)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_only_a_case_has_is_not_asked_of_a_graph(measure):
    for more in ({"at": "2024-01-01"}, {"window": 7}, {"rules": sn.Rules()}):
        with pytest.raises(sn.ArgumentError, match="graph has no dates"):
            measure(nx.path_graph(3), **more)


def test_nodes_need_neither_an_order_nor_a_name():
    class Thing:
        """A node without either."""

    things = [Thing(), Thing(), Thing()]
    graph = nx.Graph([(things[0], things[1]), ("text", 1), (1, ("a", 2)), (frozenset("xy"), frozenset("yz"))])
    graph.add_node(things[2])
    groups = dict.fromkeys(graph, "all")
    sizes = sn.fragmentation(graph).table["size"].tolist()
    assert sizes == [3, 2, 2, 1]
    assert sn.brokerage(graph, groups=groups).loc[1, "coordinator"] == 2
    assert len(sn.constraint(graph)) == len(graph)
    assert len(sn.key_players(graph)) == len(graph)


def test_nodes_that_are_tuples_are_labels_and_no_second_axis():
    graph = nx.grid_2d_graph(2, 2)
    assert sn.constraint(graph).index.nlevels == 1
    assert sn.brokerage(graph, groups=dict.fromkeys(graph, "a")).index.nlevels == 1


def test_the_order_in_which_a_graph_was_made_changes_no_table():
    edges = [(frozenset("ab"), frozenset("bc")), (frozenset("bc"), frozenset("cd")), (frozenset("cd"), "x")]
    groups = {frozenset("ab"): frozenset("A"), frozenset("bc"): frozenset("AB"), "x": 3}
    one, other = nx.Graph(edges), nx.Graph([(b, a) for a, b in reversed(edges)])
    for measure in MEASURES:
        more = {"groups": groups} if measure in BY_AGENCY else {}
        found = (measure(one, **more), measure(other, **more))
        tables = [each if isinstance(each, (pd.DataFrame, pd.Series)) else each.table for each in found]
        assert tables[0].equals(tables[1]), measure.__name__
