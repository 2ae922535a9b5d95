"""Fragmentation between agencies: does contact cross the borders of the organisations?"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..dates import date_of, datetime64
from ..errors import ArgumentError
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import Score
from ..wording import count
from .fragmentation import check_window, share_unreachable
from .networks import Groups, Network, label_index, network, sorted_labels

if TYPE_CHECKING:
    import pandas as pd

FEW = "fewer than two agencies have appeared"
NO_CONTACT = "no two professionals or agency desks have had contact"


def agency_graph(net: Network) -> nx.Graph[Any]:
    """Agencies (groups) as nodes, joined where anybody of the one had contact with anybody of the other."""
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(sorted_labels(set(net.group.values())))
    for a, b in net.graph.edges:
        one, other = net.group[a], net.group[b]
        if one != other:
            graph.add_edge(one, other)
    return graph


def _said_of(net: Network, number: int) -> str:
    if net.view is None:
        return f"The nodes are in {count(number, 'group')}."
    whom = count(number, "agency", "agencies")
    return f"By {date_of(net.view.day)}, {whom} had appeared (a person without one counts as their own)."


def _parts(net: Network, graph: nx.Graph[Any]) -> pd.DataFrame:
    import pandas as pd

    parts = sorted(
        (sorted_labels(part) for part in nx.connected_components(graph)),
        key=lambda part: (-len(part), str(part[0])),
    )
    if net.view is None:
        return pd.DataFrame({"size": [len(part) for part in parts], "groups": [tuple(part) for part in parts]})
    lines = []
    for part in parts:
        inside = [actor for actor in net.graph if net.group[actor] in part]
        lines.append({
            "size": len(part),
            "agencies": tuple(name for name in part if name in net.view.records.agencies),
            "people": tuple(name for name in inside if name not in net.view.records.agencies),
            "rows": net.rows(net.graph.subgraph(inside).edges),
        })  # fmt: skip
    return pd.DataFrame(lines, columns=["size", "agencies", "people", "rows"])


def agency_fragmentation(
    case: Case | nx.Graph[Any],
    at: Any = None,
    *,
    window: int | None = None,
    groups: Groups = None,
    rules: Rules | None = None,
) -> Score:
    """The share of pairs of agencies that no chain of contacts joins.

    0: every agency can reach every other. 1: no agency had contact with another, whatever happened inside them.
    Two agencies are joined as soon as anybody of the one had contact with anybody of the other; it says nothing
    about whether that person passed anything on to their colleagues.

    Parameters
    ----------
    case : Case or networkx.Graph
        Any graph of your own is taken as undirected, without loops.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the actors stay.
    groups : mapping or str, optional
        For a graph of your own only: the group of each node, or the name of the node attribute that holds it. A
        node without a group counts as itself.
    rules : Rules, optional

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two agencies. ``.table`` has a line per part of the
        network of agencies, largest first: ``size`` (agencies), ``agencies``, ``people``, ``rows``; for a graph
        ``size`` and ``groups``. A person without an agency is counted in ``size`` and named in ``people``.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, dates are asked of a graph, or `groups` does not fit.

    See Also
    --------
    fragmentation : the same over people.
    ei_index : contact across agencies against contact inside them.
    agency_matrix : how many contact rows join each pair of agencies.

    Notes
    -----
    F = 1 - Σ s_k (s_k - 1) / (n (n - 1)) over the sizes s_k of the parts (Borgatti 2003, 2006) with agencies as
    nodes, a person counting as their agency or, without one, as themselves.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.agency_fragmentation(sn.load_case("reuben"))
    <Score agency_fragmentation = 0.733 (range 0 to 1, higher is worse)>
    """
    net = network(case, at, window, rules, groups=groups)
    graph = agency_graph(net)
    table = _parts(net, graph)
    value = share_unreachable(graph) if len(graph) >= 2 else None
    explain = f"{_said_of(net, len(graph))} Fragmentation between agencies is not defined: {FEW}."
    if value is not None:
        largest = table["size"].iloc[0]
        shape = f"They are in {len(table)} parts that no contact joins; the largest has {largest}."
        if len(table) == 1:
            shape = "Contacts join all of them."
        explain = (
            f"{_said_of(net, len(graph))} {shape} {value:.0%} of all pairs of agencies have no chain of contacts "
            "between them."
        )
    return Score("agency_fragmentation", value, table=table, explain=explain, rows=net.rows(net.graph.edges),
                 reason=FEW, case=None if net.view is None else net.view.case)  # fmt: skip


def ei_index(
    case: Case | nx.Graph[Any],
    at: Any = None,
    *,
    window: int | None = None,
    groups: Groups = None,
    rules: Rules | None = None,
) -> Score:
    """Whether contact crosses the borders of agencies or stays inside them.

    1: all pairs in contact are of two agencies. -1: all are of one. 0: as many of the one sort as of the other.
    Neither end is good in itself; large agencies have more pairs inside them to begin with.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, groups, rules
        As in :func:`agency_fragmentation`.

    Returns
    -------
    Score
        -1 to 1, higher means more contact between agencies. Not defined where nobody has had contact.
        ``.table``: a line per pair of agencies between (or inside) which there was contact: ``first``,
        ``second``, ``external``, ``pairs`` (of actors in contact), ``rows``.

    Raises
    ------
    DateError, ArgumentError
        As in :func:`agency_fragmentation`.

    Notes
    -----
    (E - I) / (E + I), with E the pairs of actors in contact who are of different agencies and I those of the
    same (Krackhardt & Stern 1988). A person without an agency counts as their own.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.ei_index(sn.load_case("worked_example"))
    <Score ei_index = 1 (range -1 to 1, higher means more contact between agencies)>
    """
    import pandas as pd

    net = network(case, at, window, rules, groups=groups)
    pairs: defaultdict[tuple[Any, Any], list[tuple[Any, Any]]] = defaultdict(list)
    for a, b in net.graph.edges:
        first, second = sorted_labels((net.group[a], net.group[b]))
        pairs[first, second].append((a, b))
    lines = [
        {"first": first, "second": second, "external": first != second, "pairs": len(found), "rows": net.rows(found)}
        for (first, second), found in sorted(pairs.items(), key=lambda item: str(item[0]))
    ]
    table = pd.DataFrame(lines, columns=["first", "second", "external", "pairs", "rows"])
    external = sum(len(found) for (first, second), found in pairs.items() if first != second)
    internal = sum(len(found) for (first, second), found in pairs.items() if first == second)
    total = external + internal
    if net.view is None:
        said, had = "No two nodes are joined", f"{count(total, 'pair')} of nodes joined"
    else:
        said = f"By {date_of(net.view.day)} {NO_CONTACT}"
        had = f"By {date_of(net.view.day)}, {count(total, 'pair')} of professionals or agency desks had had contact"
    value, explain = None, f"{said}, so the E-I index is not defined."
    if total:
        value = (external - internal) / total
        explain = (
            f"{had}: {external} across agencies and {internal} inside one. On a scale from -1 (all inside) to "
            f"1 (all across) that is {value:.2f}."
        )
    return Score("ei_index", value, table=table, explain=explain, rows=net.rows(net.graph.edges), reason=NO_CONTACT,
                 range=(-1.0, 1.0), direction="higher means more contact between agencies",
                 case=None if net.view is None else net.view.case)  # fmt: skip


def _contacts(view: Snapshot, window: int | None) -> dict[tuple[str, str], set[Any]]:
    """The contact rows in which information could move between two agencies, or inside one; unordered pairs."""
    found: defaultdict[tuple[str, str], set[Any]] = defaultdict(set)
    for (a, b), rows in view.contact_pairs(window).items():
        one, other = sorted((view.party(a), view.party(b)))
        found[one, other].update(rows)
    return found


def _of_case(case: Any, at: Any, window: int | None, rules: Rules | None) -> tuple[Snapshot, list[str], Any]:
    if not isinstance(case, Case):
        raise ArgumentError(f"a case is needed, not a {type(case).__name__}: contact rows are counted.")
    view = snapshot(case, at, rules)
    return view, sorted({view.party(actor) for actor in view.actors}), _contacts(view, check_window(window))


def agency_matrix(case: Case, at: Any = None, *, window: int | None = None, rules: Rules | None = None) -> pd.DataFrame:
    """How many contact rows join each agency with each other: the contact matrix.

    Rows and columns are agencies; the diagonal has the contacts inside each. A 0 between two agencies that both
    knew the child is a line that the record does not show.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the agencies stay.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        Whole numbers, symmetric; index and columns are the agencies that have appeared by `at` (of an actor, or
        themselves an actor), sorted; a person without an agency is a line of their own. A meeting of three
        agencies counts once for each of the three pairs. The rows behind each number are in
        :func:`agency_contacts`.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, or this is no case.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.agency_matrix(sn.load_case("worked_example"))
    agency   council  health  police  school
    agency
    council        0       0       1       1
    health         0       0       0       1
    police         1       0       0       0
    school         1       1       0       0
    """
    import pandas as pd

    view, agencies, contacts = _of_case(case, at, window, rules)
    names = label_index(agencies, "agency", view)
    table = pd.DataFrame(0, index=names, columns=names, dtype="int64")
    for (one, other), rows in contacts.items():
        table.loc[one, other] = table.loc[other, one] = len(rows)
    return table


def agency_contacts(
    case: Case, at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """Each pair of agencies with the contact rows between them, pairs without any included.

    The contact matrix with a line per cell, and the rows behind each number.

    Parameters
    ----------
    case : Case
    at, window, rules
        As in :func:`agency_matrix`.

    Returns
    -------
    pandas.DataFrame
        A line per unordered pair of agencies that have appeared, and per agency with itself: ``first``,
        ``second``, ``contacts`` (number of contact rows in which information could move between them), ``last``
        (certain day of the latest), ``people`` (whose contacts they are), ``rows``; most contacts first.

    Raises
    ------
    DateError, ArgumentError
        As in :func:`agency_matrix`.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.agency_contacts(sn.load_case("max"))
    >>> table[["first", "second", "contacts"]].head(3)
      first second  contacts
    0  a_cs  a_sch        10
    1  a_cp   a_cs         9
    2  a_cs   a_fs         8
    """
    import pandas as pd

    view, agencies, contacts = _of_case(case, at, window, rules)
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in view.contact_pairs(window):
        one, other = sorted(map(view.agency, pair))
        people[one, other].update(actor for actor in pair if actor not in view.records.agencies)
    lines: list[dict[str, Any]] = []
    for one, other in combinations_with_replacement(agencies, 2):
        rows = contacts.get((one, other), set())
        lines.append({
            "first": one, "second": other, "contacts": len(rows),
            "last": max((view.when(row.reached) for row in rows), default=None),
            "people": tuple(sorted(people[one, other])), "rows": in_order(rows),
        })  # fmt: skip
    lines.sort(key=lambda line: (-line["contacts"], line["first"], line["second"]))
    table = pd.DataFrame(lines, columns=["first", "second", "contacts", "last", "people", "rows"])
    table["last"] = datetime64(table["last"])
    return table
