"""A graph of one's own, and what to write where something is neither a case nor a networkx graph."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from ..case import Case, need_case
from ..errors import ArgumentError, type_of

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.Graph[Any]
    Ways: TypeAlias = nx.DiGraph[Any]

CaseOrGraph: TypeAlias = "Case | Graph"
Node: TypeAlias = Hashable

# by the library, or the type, that something comes from
CONVERSIONS = {
    "igraph": "graph.to_networkx()",
    "graph_tool": "networkx.Graph([(int(edge.source()), int(edge.target())) for edge in graph.edges()])",
    "networkit": "networkit.nxadapter.nk2nx(graph)",
    "rustworkx": "networkx.Graph(list(graph.edge_list()))",
    "xgi": "xgi.to_graph(hypergraph)",
    "torch_geometric": "torch_geometric.utils.to_networkx(data)",
    "dgl": "dgl.to_networkx(graph)",
    "numpy": "networkx.from_numpy_array(matrix)",
    "scipy": "networkx.from_scipy_sparse_array(matrix)",
    "pandas": "networkx.from_pandas_edgelist(table, source='source', target='target')",
    "polars": "networkx.from_pandas_edgelist(table.to_pandas(), source='source', target='target')",
    "list": "networkx.Graph(edges)",
    "tuple": "networkx.Graph(edges)",
    "set": "networkx.Graph(edges)",
    "dict": "networkx.Graph(neighbours)",
}
ANY = "Most libraries have .to_networkx(); for a matrix there is networkx.from_numpy_array(matrix)."


def own_graph(thing: object) -> Graph:
    """The networkx graph that somebody gave in place of a case.

    Raises
    ------
    ArgumentError
        If it is none; with what to write to make one of it.
    """
    import networkx as nx

    if isinstance(thing, nx.Graph):
        return thing
    if isinstance(thing, (str, os.PathLike)):
        need_case(str(thing))
    raise ArgumentError(f"a case or a networkx graph is needed, not {type_of(thing)}. {_conversion(thing)}")


def _conversion(thing: object) -> str:
    sort = type(thing)
    library = sort.__module__.partition(".")[0]
    known = CONVERSIONS.get(sort.__name__ if library == "builtins" else library)
    if library == "pandas" and getattr(thing, "ndim", 0) == 2 and list(thing.index) == list(thing.columns):  # type: ignore[attr-defined]
        known = "networkx.from_pandas_adjacency(table)"
    if library == "numpy" and getattr(thing, "shape", ())[1:] == (2,) and len(thing) != 2:  # type: ignore[arg-type]
        known = "networkx.Graph(edges.tolist())"
    if known is None and hasattr(thing, "to_networkx"):
        known = "graph.to_networkx()"
    return ANY if known is None else f"Write {known}."


def undirected(graph: Graph) -> Graph:
    """A graph of one's own as the measures take it: undirected, simple, without loops or weights."""
    import networkx as nx

    plain: Graph = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((a, b) for a, b in graph.edges() if a != b)
    return plain


def parts_of(graph: Graph, nodes: Iterable[Node]) -> list[list[Any]]:
    """The connected parts of a graph, largest first, each in the order of some nodes."""
    import networkx as nx

    place = {node: number for number, node in enumerate(nodes)}
    found = [sorted(part, key=place.__getitem__) for part in nx.connected_components(graph)]
    return sorted(found, key=lambda part: (-len(part), place[part[0]]))


def directed(graph: Graph) -> Ways:
    """A graph of one's own with an edge for each direction; both where it has no directions."""
    import networkx as nx

    ways: Ways = nx.DiGraph()
    ways.add_nodes_from(graph)
    ways.add_edges_from((a, b) for a, b in graph.edges() if a != b)
    if not graph.is_directed():
        ways.add_edges_from([(b, a) for a, b in ways.edges()])
    return ways
