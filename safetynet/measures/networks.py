"""The contact network that measures of people and agencies share: its graph, its groups, and the rows behind it.

A case gives the contact graph of its actors, grouped by agency; a networkx graph of one's own is taken as it is,
grouped by a mapping or by an attribute of its nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError, is_whole, type_of
from ..labels import is_missing, sorted_labels
from ..record.parties import split
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from ..wording import count, day, verb
from . import graphs
from .graphs import CaseOrGraph, Node, own_graph

if TYPE_CHECKING:
    import pandas as pd

    from .graphs import Graph, Ways

    Groups: TypeAlias = Mapping[Any, object] | pd.Series[Any] | str | None
else:
    Groups = "Groups"
"""The group of each node of a graph of one's own: a mapping, or the name of a node attribute."""

Line: TypeAlias = Mapping[str, Any]
Pairs: TypeAlias = Mapping[Any, tuple[str, ...]]  # two nodes, and the rows behind what joins them


@dataclass(frozen=True, slots=True)
class Own:
    """The group of a node that has none: itself, and no other, whatever the groups are called."""

    node: Hashable


# what a column of a case's table is called in the table of a graph of one's own
OF_A_GRAPH = {
    "actor": "node",
    "actors": "nodes",
    "agency": "group",
    "with_agencies": "with_groups",
    "first": "group",
    "second": "other_group",
}


@dataclass(frozen=True)
class Network:
    """A graph to measure, the snapshot it comes from (None for a graph of one's own), and each node's group.

    The graph may be given as what makes it, and of a case beside it `actors`, with `near`, who is beside whom, and
    `joined`, the contact rows of each pair: a number and the rows that it rests on need no more.
    """

    made: Any
    view: Snapshot | None
    group: Mapping[Node, Hashable] = field(default_factory=dict)
    active: bool = False  # whether its actors are those who are involved or active now, not all who have appeared
    near: Callable[[], Sequence[int]] | None = None
    actors: Sequence[str] | None = None
    joined: Callable[[], Pairs] | None = None

    @cached_property
    def graph(self) -> Any:
        """The graph itself."""
        return self.made() if callable(self.made) else self.made

    @cached_property
    def beside(self) -> Sequence[int]:
        """The neighbours of each node, by their places, as sets of bits."""
        return self.near() if self.near else beside(self.graph)

    @property
    def case(self) -> Case | None:
        """The case that it is the network of."""
        return None if self.view is None else self.view.case

    @property
    def whom(self) -> str:
        """Whom it joins, as a sentence says it."""
        if self.view is None:
            return f"The graph has {count(len(self.beside), 'node')}."
        actors = count(len(self.beside), "professional or agency desk", "professionals and agency desks")
        if self.active:
            return (
                f"On {day(self.view.day)}, {actors} {verb(len(self.beside), 'was', 'were')} involved or active of late."
            )
        return f"By {day(self.view.day)}, {actors} had appeared."

    @property
    def few(self) -> str:
        """Why a score is not defined where there are fewer than two."""
        if self.view is None:
            return "the graph has fewer than two nodes"
        happened = "are involved or active of late" if self.active else "have appeared"
        return f"fewer than two professionals or agencies {happened}"

    def both_ways(self) -> Network:
        """The same network with an edge for each direction."""
        return replace(self, made=self.graph.to_directed(), joined=None)

    def nodes(self) -> list[Node]:
        """The nodes in order."""
        return sorted_labels(self.graph if self.actors is None else self.actors)

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs that are joined, each with the contact rows behind it; without rows of a graph of one's own."""
        if self.joined is not None:
            return self.joined()
        return {(a, b): rows for a, b, rows in self.graph.edges(data="rows", default=())}

    def groups(self) -> list[Hashable]:
        """The different groups, in the order of their labels."""
        found = dict.fromkeys(self.group[node] for node in self.nodes())
        place = {label: place for place, label in enumerate(sorted_labels(dict.fromkeys(map(shown, found))))}
        return sorted(found, key=lambda group: place[shown(group)])

    def rows(self, edges: Iterable[tuple[Node, Node]]) -> tuple[str, ...]:
        """The ids of the contact rows behind some edges, in order of date; none for a graph of one's own."""
        if self.view is None:
            return ()
        found = self.pairs
        return self.view.in_order(row for a, b in edges for row in found[(a, b) if (a, b) in found else (b, a)])

    def evidence(self) -> tuple[str, ...]:
        """What a score of it rests on: the contact rows, or without contact the rows in which its actors appeared."""
        if self.view is None:
            return ()
        return self.rows(self.pairs) or self.view.appearances(self.graph if self.actors is None else self.actors)

    def split(self, actors: Iterable[Any]) -> dict[str, tuple[str, ...]]:
        """The columns of the people among some actors and of the agencies they count as; none for a graph."""
        return {} if self.view is None else split(self.view, actors)

    def table(self, lines: Iterable[Line], columns: Sequence[str], index: str | None = None) -> pd.DataFrame:
        """A table of actors and agencies; of a graph of one's own, of nodes and groups.

        Lines and columns are named as for a case. Of a graph, the columns of people and agencies are left out.
        """
        if self.view is not None:
            return tidy(lines, columns, index=index)
        left = {name: OF_A_GRAPH.get(name, name) for name in columns if name not in ("people", "agencies")}
        names = left if index is None else {index: OF_A_GRAPH[index], **left}
        named = [{theirs: line[ours] for ours, theirs in names.items()} for line in lines]
        return tidy(named, list(left.values()), index=None if index is None else OF_A_GRAPH[index])


def shown(group: Hashable) -> Hashable:
    """A group as a table names it; that of a node without one by the node."""
    return group.node if isinstance(group, Own) else group


def contact_network(
    case: CaseOrGraph,
    at: DateLike | None = None,
    window: int | None = None,
    rules: Rules | None = None,
    *,
    directed: bool = False,
) -> Network:
    """The contact network of the actors of a case by a date, or a graph of one's own.

    `directed`: with an edge for each direction in which information could move; what has no directions goes both ways.

    Raises
    ------
    ArgumentError
        If this is neither a case nor a graph, dates are asked of a graph, or `window` is no number of days.
    """
    if isinstance(case, Case):
        view = snapshot(case, at, rules)
        days = check_window(window)
        if directed:
            return Network(partial(ways, view, days), view)
        return Network(
            partial(view.contact_graph, days),
            view,
            near=partial(view.contact_beside, days),
            actors=view.actors,
            joined=partial(_contact_pairs, view, days),
        )
    graph = own_graph(case)
    if at is not None or window is not None or rules is not None:
        raise ArgumentError("at=, window= and rules= need a case; a graph has no dates. Leave them out.")
    return Network(graphs.directed(graph) if directed else graphs.undirected(graph), None)


def _contact_pairs(view: Snapshot, window: int | None) -> Pairs:
    """The pairs of actors in contact, each with the contact rows."""
    return view.keep(("contact pairs", window), lambda: view.contact_pairs(view.contacts_in(window), view.actors))


def grouped(net: Network, case: CaseOrGraph, groups: Groups) -> Network:
    """The same network with the group that each node counts as: its agency, or what `groups` says of it."""
    return replace(net, group=node_groups(net, case, groups))


def check_window(window: int | None) -> int | None:
    """`window` if it is a number of days."""
    if window is None:
        return None
    if not is_whole(window) or window < 1:
        raise ArgumentError(f"window={window!r} is not a number of days. Write window=90 for the 90 days up to at.")
    return int(window)


def beside(graph: Graph) -> list[int]:
    """The neighbours of each node of a graph, by their places in it, as sets of bits."""
    place = {node: 1 << number for number, node in enumerate(graph)}
    return [sum(place[neighbour] for neighbour in graph[node]) for node in graph]


def ways(view: Snapshot, window: int | None) -> Ways:
    """The contact graph of the actors with an edge for each direction in which information could move."""
    import networkx as nx

    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    actors = frozenset(view.actors)
    for row in view.contacts_in(window):
        for a, b in view.moves(row):
            if a in actors and b in actors:
                found[a, b].append(row.id)
    graph: Ways = nx.DiGraph()
    graph.add_nodes_from(view.actors)
    for (a, b), rows in sorted(found.items()):
        graph.add_edge(a, b, rows=tuple(rows))
    return graph


def node_groups(net: Network, case: CaseOrGraph, groups: Groups) -> dict[Node, Hashable]:
    """The group that each node counts as; itself alone where it has none.

    Raises
    ------
    ArgumentError
        If a graph has no groups, they do not fit, or a case is given any.
    """
    if net.view is not None:
        if groups is not None:
            raise ArgumentError("groups= is for a graph of your own; a case has its agencies. Leave it out.")
        return {actor: net.view.party(actor) for actor in net.view.actors}
    found = _given_groups(own_graph(case), groups)
    made = {node: Own(node) if is_missing(found.get(node)) else found[node] for node in net.graph}
    for node, group in made.items():
        if not isinstance(group, Hashable):
            raise ArgumentError(f"the group of node {node!r} is {type_of(group)}, which cannot name a group.")
    return made


def _given_groups(graph: Graph, groups: Groups) -> Mapping[Node, object]:
    import pandas as pd

    if groups is None:
        raise ArgumentError(
            "a graph of your own needs groups=: a mapping from node to group, or the name of a node attribute."
        )
    if isinstance(groups, str):
        found = dict(graph.nodes(data=groups))
        if graph and all(map(is_missing, found.values())):
            raise ArgumentError(f"groups={groups!r} is not an attribute of any node of the graph.")
        return found
    if isinstance(groups, pd.Series) and groups.index.is_unique:
        groups = dict(zip(groups.index, groups, strict=True))
    if not isinstance(groups, Mapping):
        raise ArgumentError(
            f"groups= is {type_of(groups)}; give a mapping from node to group, or the name of a node attribute."
        )
    if graph and not any(node in groups for node in graph):
        raise ArgumentError("groups= names none of the nodes of the graph. Map each node to its group.")
    return groups
