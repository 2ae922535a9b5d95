"""Brokerage: through whom information could pass between two people who had no contact of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..rules import Rules
from .networks import Groups, directed_network, label_index, sorted_labels

if TYPE_CHECKING:
    import pandas as pd

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")


def role(first: Any, broker: Any, last: Any) -> str:
    """The role of a broker between two others, from the groups of the three."""
    if first == last:
        return "coordinator" if broker == first else "consultant"
    if broker == first:
        return "representative"
    return "gatekeeper" if broker == last else "liaison"


def brokerage(
    case: Case | nx.Graph[Any],
    at: Any = None,
    *,
    directed: bool = True,
    window: int | None = None,
    groups: Groups = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """In how many ways each person stands between two others who had no contact of their own, by role.

    High: what one knows can reach the other in two steps only through such people. A high number shows a position
    in the record, where much depends on one person passing things on; it does not show that they did.

    Parameters
    ----------
    case : Case or networkx.Graph
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    directed : bool, default True
        Whether the direction in which information could move counts: a letter goes one way, a call both. With
        False every contact goes both ways; then representative and gatekeeper are always the same number. A
        graph of your own without directions is taken as going both ways.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the actors stay.
    groups : mapping or str, optional
        For a graph of your own only: the group of each node, or the name of the node attribute that holds it. A
        node without a group counts as itself.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per actor (sorted; index ``actor``, or ``node`` for a graph): ``agency`` (``group``), counts of
        ordered pairs (from, to) between whom they stand as

        - ``coordinator``: all three of one agency;
        - ``consultant``: both others of one agency, the broker of another (itinerant broker);
        - ``representative``: out of their own agency to another;
        - ``gatekeeper``: from another agency into their own;
        - ``liaison``: three agencies;

        then ``total`` and ``rows`` (the contact rows that make the two steps). 0 where there is no such pair.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, dates are asked of a graph, or `groups` does not fit.

    See Also
    --------
    boundary_spanners : who has contact with other agencies at all.

    Notes
    -----
    Raw counts of Gould & Fernandez (1989): paths i → j → k where i → k is not there, credited to j. The order in
    which the two steps happened is not looked at; :func:`temporal_fragmentation` does that.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.brokerage(sn.load_case("worked_example"))
    >>> table[["agency", "gatekeeper", "liaison", "total"]]
            agency  gatekeeper  liaison  total
    actor
    G       health           0        0      0
    P       police           0        0      0
    S      council           0        2      2
    T       school           0        1      1
    """
    import pandas as pd

    net = directed_network(case, at, window, rules, groups=groups, directed=directed)
    graph = net.graph
    lines, nodes = [], sorted_labels(graph)
    for broker in nodes:
        counts = dict.fromkeys(ROLES, 0)
        steps: set[tuple[Any, Any]] = set()
        for first in graph.predecessors(broker):
            for last in graph.successors(broker):
                if first != last and not graph.has_edge(first, last):
                    counts[role(net.group[first], net.group[broker], net.group[last])] += 1
                    steps |= {(first, broker), (broker, last)}
        group = "group" if net.view is None else "agency"
        lines.append({group: net.group[broker], **counts, "total": sum(counts.values()), "rows": net.rows(steps)})
    columns = ["group" if net.view is None else "agency", *ROLES, "total", "rows"]
    table = pd.DataFrame(lines, columns=columns, index=label_index(nodes, net.what, net.view))
    return table.astype(dict.fromkeys((*ROLES, "total"), "int64"))
