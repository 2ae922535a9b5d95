"""The contact network that measures of people and agencies share: its graph, its groups, and the rows behind it.

A case gives the contact graph of its actors, grouped by agency; a networkx graph of one's own is taken as it is,
grouped by a mapping or by an attribute of its nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from ..case import Case
from ..errors import ArgumentError
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from .fragmentation import _graph as contact_network
from .fragmentation import check_window

if TYPE_CHECKING:
    import pandas as pd

Groups = Mapping[Any, Any] | str | None


class Network(NamedTuple):
    """A graph to measure, the snapshot it comes from (None for a graph of one's own), and each node's group."""

    graph: Any
    view: Snapshot | None
    group: dict[Any, Any]

    @property
    def what(self) -> str:
        """What a column of nodes is called: actors of a case, nodes of a graph."""
        return "node" if self.view is None else "actor"

    def rows(self, edges: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
        """The ids of the contact rows behind some edges, in order of date; none for a graph of one's own."""
        if self.view is None:
            return ()
        return self.view.in_order(row for a, b in edges for row in self.graph.edges[a, b]["rows"])


def network(
    case: Case | nx.Graph[Any],
    at: Any = None,
    window: int | None = None,
    rules: Rules | None = None,
    *,
    groups: Groups = None,
    grouped: bool = True,
) -> Network:
    """The undirected contact network, with the group of each node if `grouped`."""
    graph, view = contact_network(case, at, window, rules)
    return Network(graph, view, node_groups(case, graph, view, groups) if grouped else {})


def directed_network(
    case: Case | nx.Graph[Any],
    at: Any = None,
    window: int | None = None,
    rules: Rules | None = None,
    *,
    groups: Groups = None,
    directed: bool = True,
) -> Network:
    """The contact network with an edge for each direction; with ``directed=False`` every contact goes both ways."""
    if not directed or (isinstance(case, nx.Graph) and not isinstance(case, nx.DiGraph)):
        flat = network(case, at, window, rules, groups=groups)
        return flat._replace(graph=flat.graph.to_directed())
    if isinstance(case, nx.Graph):
        contact_network(case, at, window, rules)  # says what is wrong with at= and window=
        graph: Any = nx.DiGraph(case)
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        return Network(graph, None, node_groups(case, graph, None, groups))
    contact_network(case, at, window, rules)
    view = snapshot(case, at, rules)
    graph = ways(view, check_window(window))
    return Network(graph, view, node_groups(case, graph, view, groups))


def ways(view: Snapshot, window: int | None) -> Any:
    """The contact graph of the actors with an edge for each direction in which information could move."""
    actors = set(view.actors)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in view.contacts:
        when = view.when(row.reached)
        if when <= view.day and (window is None or when > view.day - window):
            for a, b in row.moves:
                if a in actors and b in actors:
                    found[a, b].append(row.id)
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(view.actors)
    for (a, b), rows in sorted(found.items()):
        graph.add_edge(a, b, rows=tuple(rows))
    return graph


def node_groups(case: Case | nx.Graph[Any], graph: Any, view: Snapshot | None, groups: Groups) -> dict[Any, Any]:
    """The group that each node counts as; itself where it has none."""
    if view is not None:
        if groups is not None:
            raise ArgumentError("groups= is for a graph of your own; a case has its agencies. Leave it out.")
        return {actor: view.party(actor) for actor in graph}
    if groups is None:
        raise ArgumentError(
            "a graph of your own needs groups=: a mapping from node to group, or the name of a node attribute."
        )
    if isinstance(groups, str):
        found = dict(case.nodes(data=groups))  # type: ignore[union-attr]
        if graph and all(_missing(group) for group in found.values()):
            raise ArgumentError(f"groups={groups!r} is not an attribute of any node of the graph.")
    elif isinstance(groups, Mapping):
        found = dict(groups)
        if graph and not any(node in found for node in graph):
            raise ArgumentError("groups= names none of the nodes of the graph. Map each node to its group.")
    else:
        raise ArgumentError(
            f"groups= is a {type(groups).__name__}; give a mapping from node to group, or the name of a node attribute."
        )
    made = {node: node if _missing(found.get(node)) else found[node] for node in graph}
    for node, group in made.items():
        if not isinstance(group, Hashable):
            raise ArgumentError(f"the group of node {node!r} is a {type(group).__name__}, which cannot name a group.")
    return made


def _missing(group: Any) -> bool:
    return group is None or group == "" or group != group


def sorted_labels(labels: Iterable[Any]) -> list[Any]:
    """Labels in their own order where they have one, else in that of their text."""
    listed = list(labels)
    try:
        return sorted(listed)
    except TypeError:
        return sorted(listed, key=lambda label: (str(label), type(label).__name__))


def label_index(labels: Iterable[Any], name: str, view: Snapshot | None) -> pd.Index[Any]:
    """An index of actors (text) or of the nodes of a graph (whatever they are)."""
    import pandas as pd

    if view is not None:
        made: pd.Index[Any] = pd.Index(list(labels), name=name, dtype="str")
        return made
    made = pd.Index(list(labels), name=name, dtype="object", tupleize_cols=False)
    return made


def split_people(view: Snapshot, actors: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The people among some actors, and the agencies that the actors count as."""
    listed = tuple(actors)
    agencies = {view.party(actor) for actor in listed} & view.records.agencies.keys()
    return {
        "people": tuple(actor for actor in listed if actor not in view.records.agencies),
        "agencies": tuple(sorted(agencies)),
    }
