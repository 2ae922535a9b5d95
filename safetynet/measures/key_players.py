"""Key players: whose absence breaks the network up most, and who reaches most of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..errors import ArgumentError, choose, is_whole
from ..record.snapshot import row_order
from ..rules import Rules
from ..spread.edges import each
from .networks import Network, network, sorted_labels, split_people

if TYPE_CHECKING:
    import pandas as pd

ORDERS = ("fragmentation", "distance_fragmentation", "reach", "direct")
MOST_SETS = 250_000


def _check(k: Any, by: str, top: Any) -> None:
    choose("by", by, ORDERS)
    if not is_whole(k) or k < 1:
        raise ArgumentError(f"k={k!r} is not a number of people. Write k=1, 2 or 3.")
    if top is not None and (not is_whole(top) or top < 1):
        raise ArgumentError(f"top={top!r} is not a number of lines. Write top=10, or leave it out for all.")


def _measured(neighbours: Sequence[Sequence[int]], members: Sequence[int]) -> dict[str, float]:
    """What some nodes leave behind, and what they reach; nodes are numbers, sets of nodes are bits of a number."""
    n, others = len(neighbours), len(neighbours) - len(members)
    absent = sum(1 << member for member in members)
    left = _pairs_by_step(neighbours, [0 if absent >> node & 1 else 1 << node for node in range(n)])
    near, seen = [], absent
    while fresh := _next_to(neighbours, seen) & ~seen:
        near.append(fresh.bit_count())
        seen |= fresh
    ordered = others * (others - 1)
    return {
        "fragmentation": 1 - sum(left) / ordered if ordered else math.nan,
        "distance_fragmentation": 1 - _closeness(left) / ordered if ordered else math.nan,
        "reach": _closeness(near) / others if others else math.nan,
        "reached": sum(near),
        "direct": near[0] if near else 0,
    }


def _pairs_by_step(neighbours: Sequence[Sequence[int]], within: list[int]) -> list[int]:
    """How many ordered pairs are 1, 2, ... steps apart; `within` has each node's own bit, 0 for those left out."""
    nodes = [node for node, reached in enumerate(within) if reached]
    pairs: list[int] = []
    before = len(nodes)
    while True:
        wider = within.copy()
        for node in nodes:
            reached = within[node]
            for other in neighbours[node]:
                reached |= within[other]
            wider[node] = reached
        total = sum(map(int.bit_count, wider))
        if total == before:
            return pairs
        pairs.append(total - before)
        within, before = wider, total


def _next_to(neighbours: Sequence[Sequence[int]], some: int) -> int:
    out = 0
    for node in each(some):
        for other in neighbours[node]:
            out |= 1 << other
    return out


def _closeness(by_step: Iterable[int]) -> float:
    """Each counted as 1 over its number of steps."""
    return math.fsum(number / step for step, number in enumerate(by_step, start=1))


def _columns(net: Network) -> list[str]:
    who = ["nodes"] if net.view is None else ["actors", "people", "agencies"]
    return [*who, "fragmentation", "distance_fragmentation", "reach", "reached", "direct", "rows"]


def key_players(
    case: Case | nx.Graph[Any],
    at: Any = None,
    k: int = 1,
    *,
    by: str = "fragmentation",
    top: int | None = None,
    window: int | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Whose absence would break the network up most, and who reaches most of it.

    Every set of `k` actors is tried, so the answer is exact. A person at the top is one whom the network hangs
    on, which is a risk for the child when they fall ill or move on; it is no praise and no blame.

    Parameters
    ----------
    case : Case or networkx.Graph
        Any graph of your own is taken as undirected, without loops.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    k : int, default 1
        How many are taken together. Two who do the same work can stand in for each other, so the best pair is
        not always the best two.
    by : {"fragmentation", "distance_fragmentation", "reach", "direct"}
        What the table is ranked by, highest first. Ties go by the other columns in that order, then by name.
    top : int, optional
        Only the first so many sets. Default: all of them.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the actors stay.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per set: ``actors`` (the set), ``people`` and ``agencies`` (theirs), ``fragmentation`` and
        ``distance_fragmentation`` (of what is left without them; NaN where fewer than two are left), ``reach``
        (the others, each counted as 1 over the fewest contacts from anybody of the set, as a share of the
        others; 1 = direct contact with all of them), ``reached`` (number of others whom any chain reaches),
        ``direct`` (number of others in direct contact with the set) and ``rows`` (contact rows of the set). For
        a graph, ``nodes`` in place of the first three. No line where there are fewer than `k` actors.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `k`, `by`, `top` or `window` mean nothing, or there would be more than 250,000 sets.

    See Also
    --------
    single_points_of_failure : whose absence cuts a part off altogether.

    Notes
    -----
    KPP-Neg by F and by distance-weighted F of the network that is left, KPP-Pos by distance-weighted reach
    (Borgatti 2006), here over the actors outside the set; for one actor that is normalised harmonic closeness.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.key_players(sn.load_case("worked_example"))[["actors", "fragmentation", "reach"]].round(3)
      actors  fragmentation  reach
    0   (S,)          0.667  0.833
    1   (T,)          0.667  0.833
    2   (G,)          0.000  0.611
    3   (P,)          0.000  0.611
    """
    import pandas as pd

    _check(k, by, top)
    net = network(case, at, window, rules, grouped=False)
    nodes = sorted_labels(net.graph)
    if len(nodes) < k:
        return pd.DataFrame(columns=_columns(net))
    if comb(len(nodes), k) > MOST_SETS:
        raise ArgumentError(
            f"k={k} of {len(nodes)} makes {comb(len(nodes), k):,} sets, and each is tried; {MOST_SETS:,} are the most. "
            "Choose a smaller k, or a window."
        )
    number = {node: place for place, node in enumerate(nodes)}
    neighbours = [[number[other] for other in net.graph[node]] for node in nodes]
    order = [by, *(name for name in ORDERS if name != by)]
    found = [(members, _measured(neighbours, members)) for members in combinations(range(len(nodes)), k)]
    found.sort(key=lambda one: (*(_falling(one[1][name]) for name in order), one[0]))
    rows = _rows_of(net, nodes)
    lines = []
    for places, measured in found[:top]:
        members = tuple(nodes[place] for place in places)
        who = {"nodes": members} if net.view is None else {"actors": members, **split_people(net.view, members)}
        lines.append({**who, **measured, "rows": rows(members)})
    return pd.DataFrame(lines, columns=_columns(net))


def _falling(value: float) -> float:
    """A key that sorts the highest first, what is not defined last, and takes equal sums as equal."""
    return math.inf if math.isnan(value) else -round(value, 12)


def _rows_of(net: Network, nodes: list[Any]) -> Any:
    """A function from some actors to the ids of the contact rows on their edges, in order of date."""
    if net.view is None:
        return lambda members: ()
    ordered = [row.id for row in sorted(net.view.contacts, key=row_order)]
    place = {row: number for number, row in enumerate(ordered)}
    own = {node: {place[row] for _, _, rows in net.graph.edges(node, data="rows") for row in rows} for node in nodes}
    return lambda members: tuple(ordered[number] for number in sorted(set().union(*(own[node] for node in members))))
