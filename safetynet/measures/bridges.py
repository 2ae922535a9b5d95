"""Bridges: who joins agencies, who holds parts of the network together, and whose contacts are all of one circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..dates import DateLike
from ..labels import label_index
from ..rules import Rules
from ..score import NAN
from .graphs import CaseOrGraph, Node, parts_of
from .networks import Groups, Network, contact_network, grouped, shown

if TYPE_CHECKING:
    import pandas as pd


# between agencies -------------------------------------------------------------------------------------


def spanners(net: Network) -> list[dict[str, Any]]:
    """The actors in contact with another agency, those with most agencies first."""
    group = net.group
    order = {one: place for place, one in enumerate(net.groups())}
    doors: defaultdict[tuple[Hashable, Hashable], set[Node]] = defaultdict(
        set
    )  # from an agency to another: who has contact
    for a, b in net.graph.edges:
        doors[group[a], group[b]].add(a)
        doors[group[b], group[a]].add(b)
    lines: list[dict[str, Any]] = []
    for actor in net.nodes():
        own, near = group[actor], net.graph[actor]
        outside = [other for other in near if group[other] != own]
        if outside:
            met = sorted({group[other] for other in outside}, key=order.__getitem__)
            lines.append(
                {
                    "actor": actor,
                    "agency": shown(own),
                    "with_agencies": tuple(map(shown, met)),
                    "external": len(outside),
                    "internal": len(near) - len(outside),
                    "share": len(outside) / len(near),
                    "only_link_to": tuple(shown(one) for one in met if len(doors[own, one]) == 1),
                    "rows": net.rows((actor, other) for other in outside),
                }
            )
    return sorted(lines, key=lambda line: (-len(line["with_agencies"]), -line["external"]))


SPANNER = ("actor", "agency", "with_agencies", "external", "internal", "share", "only_link_to", "rows")


def boundary_spanners(
    case: CaseOrGraph,
    at: DateLike | None = None,
    *,
    groups: Groups = None,
    rules: Rules | None = None,
    window: int | None = None,
) -> pd.DataFrame:
    """The people (and agency desks) who have had contact with another agency, those with most agencies first.

    Where an agency is in contact with others through one person only, that person's absence closes the door.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, groups, rules : optional
        As in :func:`brokerage`; weights of a graph are not read.

    Returns
    -------
    pandas.DataFrame
        A line per actor in contact with another agency: ``actor``, ``agency``, ``with_agencies`` (the others,
        sorted; a person without an agency is named themselves), ``external`` and ``internal`` (how many actors
        of other agencies and of their own they had contact with), ``share`` (external of both, above 0 and up to
        1), ``only_link_to`` (the agencies with whom nobody else of their own has had contact) and ``rows`` (of
        the contacts across). For a graph: ``node``, ``group``, ``with_groups`` in place of the first three.

    See Also
    --------
    brokerage : between whom they stand.
    ei_index : the same in one number for the whole network.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.boundary_spanners(sn.load_case("max"))[["actor", "with_agencies", "only_link_to"]].head(2)
      actor                            with_agencies                only_link_to
    0   sw1  (a_cou, a_cp, a_dv, a_fs, a_law, a_sch)        (a_cou, a_dv, a_law)
    1   fsw               (a_cp, a_cs, a_law, a_sch)  (a_cp, a_cs, a_law, a_sch)
    """
    net = grouped(contact_network(case, at, window, rules), case, groups)
    return net.table(spanners(net), SPANNER)


# of one network ---------------------------------------------------------------------------------------


def cut_points(net: Network) -> list[dict[str, Any]]:
    """The actors without whom a part of the network would be cut off, most pairs first."""
    place = {node: number for number, node in enumerate(net.nodes())}
    lines: list[dict[str, Any]] = []
    for actor in sorted(nx.articulation_points(net.graph), key=place.__getitem__):
        inside = nx.descendants(net.graph, actor)
        parts = parts_of(net.graph.subgraph(inside), place)
        together = sum(len(part) * (len(part) - 1) for part in parts)
        lines.append(
            {
                "actor": actor,
                "agency": None if net.view is None else net.view.party(actor),
                "pairs": (len(inside) * (len(inside) - 1) - together) // 2,
                "parts": tuple(map(tuple, parts)),
                **net.split((actor, *inside)),
                "rows": net.rows(net.graph.edges(actor)),
            }
        )
    return sorted(lines, key=lambda line: -line["pairs"])


def single_points_of_failure(
    case: CaseOrGraph, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """The people (and agency desks) without whom a part of the network would be cut off, and what they hold apart.

    Everything that goes from one of those parts to another has to go through this one person.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, rules : optional
        By when, in how many days up to then, and by which rules they were in contact: :doc:`/arguments`. Weights of a
        graph are not read.

    Returns
    -------
    pandas.DataFrame
        A line per such actor, most pairs first: ``actor``, ``agency``, ``pairs`` (pairs of others whom no chain of
        contacts would join any more), ``parts`` (what would fall apart: tuples of actors, largest first),
        ``agencies`` (theirs and those of the parts) and ``rows`` (contact rows of the actor). For a graph
        ``node``, ``pairs`` and ``parts``.

    See Also
    --------
    key_players : all actors, and sets of them.

    Notes
    -----
    The articulation points of the contact graph.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.single_points_of_failure(sn.load_case("worked_example"))[["actor", "pairs", "parts"]]
      actor  pairs            parts
    0     S      2  ((G, T), (P,))
    1     T      2  ((P, S), (G,))
    """
    net = contact_network(case, at, window, rules)
    columns = ("actor", "agency", "pairs", "parts", "agencies", "rows") if net.view else ("actor", "pairs", "parts")
    return net.table(cut_points(net), columns)


# of one circle ----------------------------------------------------------------------------------------


def _per_actor(net: Network, name: str, measure: Callable[..., dict[Node, float]]) -> pd.Series[float]:
    """One number for each node with a contact; NaN for those without."""
    import pandas as pd

    nodes = net.nodes()
    # by places, whose sums have the same last digit in every process: texts are hashed anew in each
    graph = nx.relabel_nodes(net.graph, {node: place for place, node in enumerate(nodes)})
    found = measure(graph, nodes=[place for place in range(len(nodes)) if graph.degree(place)])
    index = label_index(nodes, "node") if net.view is None else pd.Index(nodes, name="actor", dtype="str")
    return pd.Series([found.get(place, NAN) for place in range(len(nodes))], index=index, name=name, dtype="float64")


def constraint(
    case: CaseOrGraph, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.Series[float]:
    """How far each actor's contacts are all of one circle (Burt's constraint).

    High: whoever they ask has heard the same, as their contacts are few or have contact with each other. Low:
    their contacts are in circles that do not meet, so that they are where pieces could come together.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, rules : optional
        Which contacts count: :doc:`/arguments`. Weights of a graph are not read, also where networkx would read them.

    Returns
    -------
    pandas.Series
        A number per actor, named "constraint": above 0, seldom over 1, no unit. NaN (not defined) for an actor
        without contact. The rows behind it are those of :func:`key_players` with ``k=1``.

    See Also
    --------
    effective_size : how many separate circles that comes to.

    Notes
    -----
    Σ over contacts j of (p_ij + Σ_q p_iq p_qj)², p_ij = 1 / number of contacts of i (Burt 1992); by networkx.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.constraint(sn.load_case("worked_example")).to_dict()
    {'G': 1.0, 'P': 1.0, 'S': 0.5, 'T': 0.5}
    """
    return _per_actor(contact_network(case, at, window, rules), "constraint", nx.constraint)


def effective_size(
    case: CaseOrGraph, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.Series[float]:
    """How many separate circles each actor's contacts come to (Burt's effective size).

    The number of contacts less what they are in contact with each other: five contacts who all know each other
    bring little more than one.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, rules : optional
        As in :func:`constraint`; weights of a graph are not read.

    Returns
    -------
    pandas.Series
        A number per actor, named "effective_size": 1 to the number of contacts. NaN (not defined) for an actor
        without contact.

    Notes
    -----
    n - 2t / n over n contacts with t contacts among them (Burt 1992; Borgatti 1997); by networkx.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.effective_size(sn.load_case("worked_example")).to_dict()
    {'G': 1.0, 'P': 1.0, 'S': 2.0, 'T': 2.0}
    """
    return _per_actor(contact_network(case, at, window, rules), "effective_size", nx.effective_size)
