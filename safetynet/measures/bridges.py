"""Bridges: who joins agencies, who holds parts of the network together, and whose contacts are all of one circle."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..rules import Rules
from .networks import Groups, Network, label_index, network, sorted_labels, split_people

if TYPE_CHECKING:
    import pandas as pd


def boundary_spanners(
    case: Case | nx.Graph[Any],
    at: Any = None,
    *,
    window: int | None = None,
    groups: Groups = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """The people (and agency desks) who have had contact with another agency, those with most agencies first.

    Where an agency is in contact with others through one person only, that person's absence closes the door.

    Parameters
    ----------
    case : Case or networkx.Graph
        Any graph of your own is taken as undirected, without loops.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`.
    groups : mapping or str, optional
        For a graph of your own only: the group of each node, or the name of the node attribute that holds it. A
        node without a group counts as itself.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per actor in contact with another agency: ``actor``, ``agency``, ``with_agencies`` (the others,
        sorted; a person without an agency is named themselves), ``external`` and ``internal`` (how many actors
        of other agencies and of their own they had contact with), ``share`` (external of both, above 0 and up to
        1), ``only_link_to`` (the agencies with whom nobody else of their own has had contact) and ``rows`` (of
        the contacts across). For a graph: ``node``, ``group``, ``with_groups`` in place of the first three.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, dates are asked of a graph, or `groups` does not fit.

    See Also
    --------
    brokerage : between whom they stand.
    ei_index : the same in one number for the whole network.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.boundary_spanners(sn.load_case("max"))[["actor", "with_agencies", "only_link_to"]].head(2)
      actor                     with_agencies                only_link_to
    0   sw1  (a_cou, a_cp, a_dv, a_fs, a_sch)               (a_cou, a_dv)
    1   fsw        (a_cp, a_cs, a_law, a_sch)  (a_cp, a_cs, a_law, a_sch)
    """
    import pandas as pd

    net = network(case, at, window, rules, groups=groups)
    who, unit = net.what, "group" if net.view is None else "agency"
    others = "with_groups" if net.view is None else "with_agencies"
    doors: defaultdict[tuple[Any, Any], set[Any]] = defaultdict(set)
    for a, b in net.graph.edges:
        if net.group[a] != net.group[b]:
            doors[net.group[a], net.group[b]].add(a)
            doors[net.group[b], net.group[a]].add(b)
    lines: list[dict[str, Any]] = []
    for actor in sorted_labels(net.graph):
        own = net.group[actor]
        outside = [other for other in net.graph[actor] if net.group[other] != own]
        if not outside:
            continue
        met = sorted_labels({net.group[other] for other in outside})
        near = len(net.graph[actor])
        lines.append({
            who: actor, unit: own, others: tuple(met), "external": len(outside), "internal": near - len(outside),
            "share": len(outside) / near, "only_link_to": tuple(one for one in met if len(doors[own, one]) == 1),
            "rows": net.rows((actor, other) for other in outside),
        })  # fmt: skip
    lines.sort(key=lambda line: (-len(line[others]), -line["external"], str(line[who])))
    columns = [who, unit, others, "external", "internal", "share", "only_link_to", "rows"]
    return pd.DataFrame(lines, columns=columns)


def single_points_of_failure(
    case: Case | nx.Graph[Any], at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """The people (and agency desks) without whom a part of the network would be cut off, and what they hold apart.

    Everything that goes from one of those parts to another has to go through this one person.

    Parameters
    ----------
    case : Case or networkx.Graph
        Any graph of your own is taken as undirected, without loops.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per such actor, most pairs first: ``actor``, ``agency``, ``pairs`` (pairs of others whom no chain of
        contacts would join any more), ``parts`` (what would fall apart: tuples of actors, largest first),
        ``agencies`` (theirs and those of the parts) and ``rows`` (contact rows of the actor). For a graph
        ``node``, ``pairs`` and ``parts``.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, or dates are asked of a graph.

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
    import pandas as pd

    net = network(case, at, window, rules, grouped=False)
    lines: list[dict[str, Any]] = []
    for actor in nx.articulation_points(net.graph):
        inside = set(nx.descendants(net.graph, actor))
        split = nx.connected_components(net.graph.subgraph(inside))
        parts = sorted((tuple(sorted_labels(part)) for part in split), key=lambda part: (-len(part), str(part)))
        together = sum(len(part) * (len(part) - 1) for part in parts)
        line = {net.what: actor, "pairs": (len(inside) * (len(inside) - 1) - together) // 2, "parts": tuple(parts)}
        if net.view is not None:
            line["agency"] = net.view.party(actor)
            line["agencies"] = split_people(net.view, (actor, *inside))["agencies"]
            line["rows"] = net.rows(net.graph.edges(actor))
        lines.append(line)
    lines.sort(key=lambda line: (-line["pairs"], str(line[net.what])))
    columns = ["node", "pairs", "parts"]
    if net.view is not None:
        columns = ["actor", "agency", "pairs", "parts", "agencies", "rows"]
    return pd.DataFrame(lines, columns=columns)


def _per_actor(net: Network, name: str, measure: Any) -> pd.Series[float]:
    """One number for each node with a contact; NaN for those without."""
    import pandas as pd

    nodes = sorted_labels(net.graph)
    found = measure(net.graph, nodes=[node for node in nodes if net.graph.degree(node)])
    values = [found.get(node, float("nan")) for node in nodes]
    return pd.Series(values, index=label_index(nodes, net.what, net.view), name=name, dtype="float64")


def constraint(
    case: Case | nx.Graph[Any], at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.Series[float]:
    """How far each actor's contacts are all of one circle (Burt's constraint).

    High: whoever they ask has heard the same, as their contacts are few or have contact with each other. Low:
    their contacts are in circles that do not meet, so that they are where pieces could come together.

    Parameters
    ----------
    case : Case or networkx.Graph
        Any graph of your own is taken as undirected, without loops.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the actors stay.
    rules : Rules, optional

    Returns
    -------
    pandas.Series
        A number per actor, named "constraint": above 0, seldom over 1, no unit. NaN (not defined) for an actor
        without contact. The rows behind it are those of :func:`key_players` with ``k=1``.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, or dates are asked of a graph.

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
    return _per_actor(network(case, at, window, rules, grouped=False), "constraint", nx.constraint)


def effective_size(
    case: Case | nx.Graph[Any], at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.Series[float]:
    """How many separate circles each actor's contacts come to (Burt's effective size).

    The number of contacts less what they are in contact with each other: five contacts who all know each other
    bring little more than one.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, rules
        As in :func:`constraint`.

    Returns
    -------
    pandas.Series
        A number per actor, named "effective_size": 1 to the number of contacts. NaN (not defined) for an actor
        without contact.

    Raises
    ------
    DateError, ArgumentError
        As in :func:`constraint`.

    Notes
    -----
    n - 2t / n over n contacts with t contacts among them (Burt 1992; Borgatti 1997); by networkx.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.effective_size(sn.load_case("worked_example")).to_dict()
    {'G': 1.0, 'P': 1.0, 'S': 2.0, 'T': 2.0}
    """
    return _per_actor(network(case, at, window, rules, grouped=False), "effective_size", nx.effective_size)
