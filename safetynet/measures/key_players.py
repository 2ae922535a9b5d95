"""Key players: whose absence breaks the network up most, and who reaches most of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from ..dates import DateLike
from ..errors import ArgumentError, choose, is_whole
from ..rules import Rules
from ..score import NAN
from ..spread.steps import closeness, distances, steps_from
from .graphs import CaseOrGraph, Node
from .networks import Network, contact_network

if TYPE_CHECKING:
    import pandas as pd

RankedBy: TypeAlias = Literal["fragmentation", "distance_fragmentation", "reach", "direct"]
RANKED_BY: tuple[RankedBy, ...] = get_args(RankedBy)
MOST_SETS = 250_000


class Absence(NamedTuple):
    """What some actors leave behind, and what they reach."""

    fragmentation: float
    distance_fragmentation: float
    reach: float
    reached: int
    direct: int


def without(neighbours: Sequence[Sequence[int]], members: Sequence[int]) -> Absence:
    """What some nodes leave behind if they go, and what they reach while they are there; nodes are numbers."""
    others = len(neighbours) - len(members)
    some = sum(1 << member for member in members)
    left, near = distances(neighbours, some), steps_from(neighbours, some)
    ordered = others * (others - 1)
    return Absence(
        1 - sum(left) / ordered if ordered else NAN,
        1 - closeness(left) / ordered if ordered else NAN,
        closeness(near) / others if others else NAN,
        sum(near),
        near[0] if near else 0,
    )


def ranked(net: Network, k: int, by: RankedBy, top: int | None = None) -> list[tuple[tuple[Node, ...], Absence]]:
    """Every set of `k` nodes with what its absence leaves behind, highest first; the first `top` of them."""
    nodes = net.nodes()
    number = {node: place for place, node in enumerate(nodes)}
    neighbours = [[number[other] for other in net.graph[node]] for node in nodes]
    order = [by, *(name for name in RANKED_BY if name != by)]
    found = [(members, without(neighbours, members)) for members in combinations(range(len(nodes)), k)]
    found.sort(key=lambda one: (*(_falling(getattr(one[1], name)) for name in order), one[0]))
    return [(tuple(nodes[place] for place in places), absence) for places, absence in found[:top]]


def _falling(value: float) -> float:
    """A key that sorts the highest first, what is not defined last, and takes equal sums as equal."""
    return math.inf if math.isnan(value) else -round(value, 12)


def _rows_of(net: Network) -> Callable[[Sequence[Node]], tuple[str, ...]]:
    """A function from some actors to the ids of the contact rows on their edges; quick for many sets of them."""
    own: dict[Node, frozenset[str]] = {}
    for node in net.graph:
        edges = net.graph.edges(node, data="rows", default=())
        own[node] = frozenset(row for _, _, rows in edges for row in rows)
    view = net.view
    return lambda some: () if view is None else view.in_order(frozenset().union(*(own[node] for node in some)))


def _check(k: int, ranked_by: str, top: int | None) -> None:
    choose("ranked_by", ranked_by, RANKED_BY)
    if not is_whole(k) or k < 1:
        raise ArgumentError(f"k={k!r} is not a number of people. Write k=1, 2 or 3.")
    if top is not None and (not is_whole(top) or top < 1):
        raise ArgumentError(f"top={top!r} is not a number of lines. Write top=10, or leave it out for all.")


def key_players(
    case: CaseOrGraph,
    at: DateLike | None = None,
    k: int = 1,
    *,
    ranked_by: RankedBy = "fragmentation",
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
    k : int, default 1
        How many are taken together. Two who do the same work can stand in for each other, so the best pair is
        not always the best two.
    ranked_by : {"fragmentation", "distance_fragmentation", "reach", "direct"}
        What the table is ranked by, highest first. Ties go by the other columns in that order, then by name.
    top : int, optional
        Only the first so many sets. Default: all of them.
    at, window, rules : optional
        Which contacts make the network: :doc:`/arguments`. Weights of a graph are not read.

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
    ArgumentError
        If an argument does not fit, or there would be more than 250,000 sets.

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
    _check(k, ranked_by, top)
    net = contact_network(case, at, window, rules)
    if (sets := comb(len(net.graph), k)) > MOST_SETS:
        raise ArgumentError(
            f"k={k} of {len(net.graph)} makes {sets:,} sets, and each is tried; {MOST_SETS:,} are the most. "
            "Choose a smaller k, or a window."
        )
    rows = _rows_of(net)
    lines = [
        {"actors": members, **net.split(members), **absence._asdict(), "rows": rows(members)}
        for members, absence in ranked(net, k, ranked_by, top)
    ]
    return net.table(lines, ("actors", "people", "agencies", *Absence._fields, "rows"))
