"""Brokerage: who stands between two others, and between which agencies (Gould & Fernandez)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..dates import DateLike
from ..errors import yes_or_no
from ..rules import Rules
from .graphs import CaseOrGraph, Node
from .networks import Groups, Network, contact_network, grouped, shown

if TYPE_CHECKING:
    import pandas as pd

Role = Literal["coordinator", "consultant", "representative", "gatekeeper", "liaison"]
ROLES: tuple[Role, ...] = get_args(Role)


def role(first: Hashable, broker: Hashable, last: Hashable) -> Role:
    """The role of a broker between two others, from the groups of the three."""
    if first == last:
        return "coordinator" if broker == first else "consultant"
    if broker == first:
        return "representative"
    return "gatekeeper" if broker == last else "liaison"


def line(net: Network, broker: Node) -> dict[str, Any]:
    """In how many ways one actor stands between two others."""
    graph, group = net.graph, net.group
    counts: dict[str, int] = dict.fromkeys(ROLES, 0)
    used: set[tuple[Node, Node]] = set()
    for first in graph.predecessors(broker):
        for last in graph.successors(broker):
            if first != last and not graph.has_edge(first, last):
                counts[role(group[first], group[broker], group[last])] += 1
                used |= {(first, broker), (broker, last)}
    total = sum(counts.values())
    return {"actor": broker, "agency": shown(group[broker]), **counts, "total": total, "rows": net.rows(used)}


def brokerage(
    case: CaseOrGraph,
    at: DateLike | None = None,
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
    directed : bool, default True
        Whether the direction in which information could move counts: a letter goes one way, a call both. With
        False every contact goes both ways; then representative and gatekeeper are always the same number. A
        graph of your own without directions is taken as going both ways.
    at, window, groups, rules : optional
        As in :func:`agency_fragmentation`; the weights of a graph are not read.

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
    yes_or_no(directed=directed)
    found = contact_network(case, at, window, rules, directed=directed)
    if not directed:
        found = found.both_ways()
    net = grouped(found, case, groups)
    return net.table([line(net, broker) for broker in net.nodes()], ("agency", *ROLES, "total", "rows"), index="actor")
