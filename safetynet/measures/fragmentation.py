"""Fragmentation: is the professional network one network?

The static measures look at the contact graph of the actors; the temporal one at whether information could have
travelled in the order in which things happened. The static ones also take any networkx graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..dates import date_of
from ..errors import ArgumentError, is_whole
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import Score
from ..spread import flow, steps
from ..wording import count

if TYPE_CHECKING:
    import pandas as pd

FEW = "fewer than two professionals or agencies have appeared"


def _graph(
    case: Case | nx.Graph[Any], at: Any, window: int | None, rules: Rules | None
) -> tuple[nx.Graph[Any], Snapshot | None]:
    """The undirected simple graph to measure, and the snapshot it comes from (None for a graph of one's own)."""
    if isinstance(case, nx.Graph):
        if at is not None or window is not None:
            raise ArgumentError("at= and window= need a case; a networkx graph has no dates. Leave them out.")
        plain: nx.Graph[Any] = nx.Graph(case.to_undirected(as_view=True))
        plain.remove_edges_from(list(nx.selfloop_edges(plain)))
        return plain, None
    view = snapshot(case, at, rules)
    return view.contact_graph(check_window(window)), view


def check_window(window: int | None) -> int | None:
    """`window` if it is a number of days."""
    if window is None:
        return None
    if not is_whole(window) or window < 1:
        raise ArgumentError(f"window={window!r} is not a number of days. Write window=90 for the 90 days up to at.")
    return int(window)


def part_table(graph: nx.Graph[Any], view: Snapshot | None) -> pd.DataFrame:
    """The parts of a network, largest first: size, people, agencies, rows; or size and nodes for a graph."""
    import pandas as pd

    parts = sorted(
        (sorted(part, key=str) for part in nx.connected_components(graph)),
        key=lambda part: (-len(part), str(part[0])),
    )
    if view is None:
        return pd.DataFrame({"size": [len(part) for part in parts], "nodes": [tuple(part) for part in parts]})
    lines = []
    for part in parts:
        edges: Any = graph.edges(part, data="rows")
        lines.append({
            "size": len(part),
            "people": tuple(name for name in part if name not in view.records.agencies),
            "agencies": tuple(sorted({view.party(name) for name in part} & view.records.agencies.keys())),
            "rows": view.in_order(row for _, _, found in edges for row in found),
        })  # fmt: skip
    return pd.DataFrame(lines, columns=["size", "people", "agencies", "rows"])


def _rows(table: pd.DataFrame, view: Snapshot | None) -> tuple[str, ...]:
    if view is None or table.empty:
        return ()
    return view.in_order(row for rows in table["rows"] for row in rows)


def _whom(graph: nx.Graph[Any], view: Snapshot | None) -> str:
    if view is None:
        return f"The graph has {count(len(graph), 'node')}."
    whom = count(len(graph), "professional or agency desk", "professionals and agency desks")
    return f"By {date_of(view.day)}, {whom} had appeared."


def share_unreachable(graph: nx.Graph[Any]) -> float:
    """1 - Σ s(s-1) / (n(n-1)) over component sizes; the graph has two nodes or more."""
    n = len(graph)
    joined = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - joined / (n * (n - 1))


def share_distant(graph: nx.Graph[Any]) -> float:
    """1 - the mean of 1/distance over ordered pairs; the graph has two nodes or more."""
    n = len(graph)
    place = {node: number for number, node in enumerate(graph)}
    pairs = steps.distances([[place[neighbour] for neighbour in graph[node]] for node in graph])
    return 1 - sum(count / steps for steps, count in enumerate(pairs, 1)) / (n * (n - 1))


def share_out_of_reach(view: Snapshot, dates: str = "earliest", window: int | None = None) -> float:
    """The share of ordered pairs without a time-respecting chain, for the best or worst dates; two actors or more."""
    n = len(view.actors)
    return 1 - flow.reached_pairs(n, view.edges(dates, window)) / (n * (n - 1))


def fragmentation(
    case: Case | nx.Graph[Any], at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """The share of pairs in the professional network that no chain of contacts joins.

    0: everybody can reach everybody. 1: nobody has had contact with anybody. It says nothing about what was
    passed on, only whether there was a wire.

    Parameters
    ----------
    case : Case or networkx.Graph
        Any graph of your own is taken as undirected, without loops. The graph of a case also holds family, ties
        and membership: give the case itself for the network of its professionals.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the actors stay.
    rules : Rules, optional

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two actors. ``.table`` has a line per part of the
        network: ``size``, ``people``, ``agencies``, ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days, or dates are asked of a graph.

    See Also
    --------
    distance_fragmentation : long chains count as partly broken.
    temporal_fragmentation : in the order in which things happened.

    Notes
    -----
    F = 1 - Σ s_k (s_k - 1) / (n (n - 1)) over the sizes s_k of the parts (Borgatti 2003, 2006).

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.fragmentation(sn.load_case("victoria_climbie"))
    <Score fragmentation = 0.869 (range 0 to 1, higher is worse)>
    >>> import networkx as nx
    >>> round(float(sn.fragmentation(nx.Graph([(1, 2), (3, 4)]))), 4)
    0.6667
    """
    graph, view = _graph(case, at, window, rules)
    table = part_table(graph, view)
    value, reason = None, FEW
    explain = f"{_whom(graph, view)} Fragmentation is not defined: {FEW}."
    if len(graph) >= 2:
        value = share_unreachable(graph)
        parts = len(table)
        largest = table["size"].iloc[0]
        shape = (
            "They are one network: a chain of contacts joins every pair."
            if parts == 1
            else f"They are in {parts} parts that no contact joins; the largest has {largest}. "
            f"{value:.0%} of all pairs have no chain of contacts between them."
        )
        explain = f"{_whom(graph, view)} {shape}"
    return Score("fragmentation", value, table=table, explain=explain, rows=_rows(table, view), reason=reason,
                 case=None if view is None else view.case)  # fmt: skip


def distance_fragmentation(
    case: Case | nx.Graph[Any], at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """Fragmentation in which a long chain of contacts counts as partly broken.

    0: everybody has had contact with everybody. 1: nobody with anybody. A pair joined through one other
    person counts as half joined.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, rules
        As in :func:`fragmentation`.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two actors. ``.table`` has a line per part of the
        network, as in :func:`fragmentation`.

    Raises
    ------
    DateError, ArgumentError
        As in :func:`fragmentation`.

    Notes
    -----
    1 - the mean of 1/d over ordered pairs, with d the number of contacts on the shortest chain and 1/∞ = 0
    (Borgatti 2006); that is 1 - global efficiency.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.distance_fragmentation(sn.load_case("worked_example"), at="2024-01-31")
    <Score distance_fragmentation = 0.278 (range 0 to 1, higher is worse)>
    """
    graph, view = _graph(case, at, window, rules)
    table = part_table(graph, view)
    value = share_distant(graph) if len(graph) >= 2 else None
    explain = f"{_whom(graph, view)} Distance-weighted fragmentation is not defined: {FEW}."
    if value is not None:
        explain = (
            f"{_whom(graph, view)} Counting a pair as joined by 1 over the number of contacts between them, "
            f"{1 - value:.0%} of what a network of direct contacts would join is joined and {value:.0%} is not."
        )
    return Score("distance_fragmentation", value, table=table, explain=explain, rows=_rows(table, view), reason=FEW,
                 case=None if view is None else view.case)  # fmt: skip


def temporal_fragmentation(
    case: Case, at: Any = None, *, window: int | None = None, rules: Rules | None = None
) -> Score:
    """The share of ordered pairs between whom nothing could have travelled in the order in which things happened.

    A picture of who had contact lets information travel backwards in time. This one does not: from i to j there
    must be a chain of contacts, each not before the one that feeds it. What it exceeds :func:`fragmentation` by
    is what the static picture hides.

    Parameters
    ----------
    case : Case
    at, window, rules
        As in :func:`fragmentation`.

    Returns
    -------
    Score
        0 to 1, higher is worse. The number takes the most favourable day within each partial date: what could
        not have travelled even then; ``.high`` takes the least favourable. Not defined with fewer than two
        actors. ``.table``: a line per actor with ``reaches`` and ``reached_by`` (numbers of others, most
        favourable dates), ``joined`` (others in the same part of the static network), ``hidden`` (of those, how
        many it could not reach in time) and ``rows``.

    Raises
    ------
    DateError, ArgumentError
        As in :func:`fragmentation`.

    Notes
    -----
    Reachability over time-respecting paths, as in tsna's ``tReach`` with steps of length 0 for rows that may
    share a day (``Rules(same_day="any")``).

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.temporal_fragmentation(sn.load_case("worked_example"), at="2024-01-31")
    >>> score
    <Score temporal_fragmentation = 0.5 (range 0 to 1, higher is worse)>
    >>> int(score.table.loc["G", "reaches"])  # the doctor's letter came after the only call
    1
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    graph = view.contact_graph(check_window(window))
    actors, n = view.actors, len(view.actors)
    columns = ["agency", "reaches", "reached_by", "joined", "hidden", "rows"]
    if n < 2:
        return Score("temporal_fragmentation", None, table=pd.DataFrame(columns=columns), reason=FEW, case=case,
                     explain=f"{_whom(graph, view)} Temporal fragmentation is not defined: {FEW}.")  # fmt: skip
    best = flow.reach(n, view.edges("earliest", window))
    moving = [row for row in view.contacts_in(window) if row.moves]
    pairs = n * (n - 1)
    value = 1 - sum(held.bit_count() - 1 for held in best) / pairs
    high = share_out_of_reach(view, "latest", window)
    size = {name: len(part) - 1 for part in nx.connected_components(graph) for name in part}
    reaches = [sum(held >> place & 1 for held in best) - 1 for place in range(n)]
    table = pd.DataFrame({
        "agency": [view.party(name) for name in actors],
        "reaches": reaches,
        "reached_by": [held.bit_count() - 1 for held in best],
        "joined": [size[name] for name in actors],
        "hidden": [size[name] - reach for name, reach in zip(actors, reaches, strict=True)],
        "rows": [in_order(row for row in moving if name in row.named) for name in actors],
    }, index=pd.Index(actors, name="actor", dtype="str"))  # fmt: skip
    hidden = value - share_unreachable(graph)
    explain = (
        f"{_whom(graph, view)} In the order in which things happened, {value:.0%} of ordered pairs could not have "
        f"had anything travel from the one to the other. The static picture hides {hidden:.0%} of pairs: it joins "
        "them only by letting information go backwards in time."
    )
    return Score(
        "temporal_fragmentation", value, high=high, table=table, explain=explain, rows=in_order(moving), case=case
    )
