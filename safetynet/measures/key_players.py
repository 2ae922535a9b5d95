"""Key players: whose absence breaks the network up most, and who reaches most of it."""

from __future__ import annotations

from itertools import combinations, islice
from math import comb
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..errors import ArgumentError, choose
from ..rules import Rules
from ..snapshot import row_order
from .networks import Network, network, split_people

if TYPE_CHECKING:
    import pandas as pd

ORDERS = ("fragmentation", "distance_fragmentation", "reach", "direct")
MOST_SETS = 250_000
BATCH = 512


def _check(k: Any, by: str) -> None:
    choose("by", by, ORDERS)
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise ArgumentError(f"k={k!r} is not a number of people. Write k=1, 2 or 3.")


def _measured(graph: Any, sets: Any) -> dict[str, Any]:
    """What each set of nodes (rows of `sets`, as numbers) leaves behind, and what it reaches."""
    import numpy as np

    joined = nx.to_numpy_array(graph, weight=None, dtype="float32")
    n, k = len(joined), sets.shape[1]
    found: dict[str, list[Any]] = {name: [] for name in ORDERS}
    found["reached"] = []
    for begin in range(0, len(sets), BATCH):
        some = sets[begin : begin + BATCH]
        each = np.arange(len(some))[:, None]
        stays = np.ones((len(some), n), dtype=bool)
        stays[each, some] = False
        left = joined[None] * stays[:, :, None] * stays[:, None, :]
        pairs, closeness = _walk(left, np.eye(n, dtype=bool)[None] & stays[:, :, None])
        others = n - k
        if others >= 2:
            found["fragmentation"].append(1 - pairs.sum(axis=(1, 2)) / (others * (others - 1)))
            found["distance_fragmentation"].append(1 - closeness.sum(axis=(1, 2)) / (others * (others - 1)))
        else:
            for name in ("fragmentation", "distance_fragmentation"):
                found[name].append(np.full(len(some), np.nan))
        reached, near = _walk(np.broadcast_to(joined, (len(some), n, n)), ~stays[:, None, :])
        found["reached"].append(reached.sum(axis=(1, 2)).astype(int))
        found["reach"].append(near.sum(axis=(1, 2)) / others if others else np.full(len(some), np.nan))
        direct = ((joined[some] > 0).any(axis=1) & stays).sum(axis=1)
        found["direct"].append(direct)
    return {name: np.concatenate(parts) for name, parts in found.items()}


def _walk(joined: Any, start: Any) -> tuple[Any, Any]:
    """Who is reached from each start row, step by step (the start left out), and 1 / the number of steps."""
    import numpy as np

    seen = start.copy()
    front = start
    closeness = np.zeros(start.shape)
    step = 0
    while front.any():
        step += 1
        front = (front.astype("float32") @ joined > 0) & ~seen
        seen = seen | front
        closeness += front / step
    return seen & ~start, closeness


def _columns(net: Network) -> list[str]:
    who = ["nodes"] if net.view is None else ["actors", "people", "agencies"]
    return [*who, "fragmentation", "distance_fragmentation", "reach", "reached", "direct", "rows"]


def key_players(
    case: Case | nx.Graph,
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
    import numpy as np
    import pandas as pd

    _check(k, by)
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise ArgumentError(f"top={top!r} is not a number of lines. Write top=10, or leave it out for all.")
    net = network(case, at, window, rules, grouped=False)
    nodes = sorted(net.graph, key=str)
    if len(nodes) < k:
        return pd.DataFrame(columns=_columns(net))
    if comb(len(nodes), k) > MOST_SETS:
        raise ArgumentError(
            f"k={k} of {len(nodes)} makes {comb(len(nodes), k):,} sets, and each is tried; {MOST_SETS:,} are the most. "
            "Choose a smaller k, or a window."
        )
    plain: nx.Graph = nx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from(net.graph.edges)
    sets = np.array(list(combinations(range(len(nodes)), k)))
    found = _measured(plain, sets)
    order = [by, *(name for name in ORDERS if name != by)]
    keys = [np.round(-np.nan_to_num(found[name].astype(float), nan=-1.0), 12) for name in order]
    ranked = np.lexsort([*sets.T[::-1], *keys[::-1]])
    rows = _rows_of(net, nodes)
    lines = []
    for place in islice(ranked, top):
        members = tuple(nodes[number] for number in sets[place])
        who = {"nodes": members} if net.view is None else {"actors": members, **split_people(net.view, members)}
        lines.append({**who, **{name: values[place] for name, values in found.items()}, "rows": rows(members)})
    return pd.DataFrame(lines, columns=_columns(net))


def _rows_of(net: Network, nodes: list[Any]) -> Any:
    """A function from some actors to the ids of the contact rows on their edges, in order of date."""
    if net.view is None:
        return lambda members: ()
    ordered = [row.id for row in sorted(net.view.contacts, key=row_order)]
    place = {row: number for number, row in enumerate(ordered)}
    own = {node: {place[row] for _, _, rows in net.graph.edges(node, data="rows") for row in rows} for node in nodes}
    return lambda members: tuple(ordered[number] for number in sorted(set().union(*(own[node] for node in members))))
