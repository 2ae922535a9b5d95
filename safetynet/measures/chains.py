"""Chains of assumptions that end in nobody: A counts on B, who counts on C, who does not have it in hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import networkx as nx

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .reliance import OWNED_IT, Reliance, Verdict, people_of, standing, verdict

if TYPE_CHECKING:
    import pandas as pd

InACircle = Literal["in a circle"]
IN_A_CIRCLE: InACircle = "in a circle"


class Chain(NamedTuple):
    """A chain of assumptions about one worry, from somebody on whom nobody else counts to where it ends."""

    concern: str
    severity: int
    chain: tuple[str, ...]
    steps: int
    ends_with: str
    found: Verdict | InACircle
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Chain]:
    """The chains by the day that end in nobody, the longest first."""
    relied = standing(view)
    found = []
    for worry in sorted({one.worry for one in relied}):
        graph = _graph(view, worry, [one for one in relied if one.worry == worry])
        for chain, word in _chains(view, worry, graph):
            used = [graph.edges[pair]["rows"] for pair in pairwise(chain)]
            rows = {row for some in used for row in some}
            found.append(
                Chain(
                    concern=worry,
                    severity=view.records.concerns[worry].severity,
                    chain=chain,
                    steps=sum(map(bool, used)),
                    ends_with=chain[-1],
                    found=word,
                    rows=view.in_order(rows.union(view.evidence((worry,), people_of(view, chain[-1])))),
                )
            )
    return sorted(found, key=lambda line: (-line.steps, -line.severity, line.concern, line.chain))


def _graph(view: Snapshot, worry: str, relied: list[Reliance]) -> nx.DiGraph[str]:
    """Who counts on whom for one worry; from an agency on to its people who leave the worry to somebody outside."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in sorted(relied, key=lambda one: (one.holder, one.assumed, one.row.order)):
        if verdict(view, worry, one.holder) != OWNED_IT:
            if not graph.has_edge(one.holder, one.assumed):
                graph.add_edge(one.holder, one.assumed, rows=[])
            graph.edges[one.holder, one.assumed]["rows"].append(one.row.id)
    for agency in sorted(set(graph) & view.records.agencies.keys()):
        if verdict(view, worry, agency) != OWNED_IT:
            inside = {agency, *people_of(view, agency)}
            for holder in sorted(inside & set(graph) - {agency}):
                if set(graph.successors(holder)) - inside:
                    graph.add_edge(agency, holder, rows=[])
    return graph


def _chains(
    view: Snapshot, worry: str, graph: nx.DiGraph[str]
) -> Iterator[tuple[tuple[str, ...], Verdict | InACircle]]:
    """The shortest chain from every start to every end at which nobody has the worry in hand."""
    whole: nx.DiGraph[Any] = nx.condensation(graph)
    groups = {node: sorted(whole.nodes[node]["members"]) for node in whole}
    ends = [groups[node] for node in whole if not whole.out_degree(node)]
    for node in whole:
        if whole.in_degree(node):
            continue
        paths = nx.single_source_shortest_path(graph, groups[node][0])
        for group in ends:
            if group[0] not in paths:
                continue
            if len(group) > 1:
                yield _round(graph, group, paths), IN_A_CIRCLE
            elif len(paths[group[0]]) > 1 and (word := verdict(view, worry, group[0])) != OWNED_IT:
                yield tuple(paths[group[0]]), word


def _round(graph: nx.DiGraph[str], group: list[str], paths: dict[str, list[str]]) -> tuple[str, ...]:
    """The shortest way into a circle, and once round it."""
    path = min((paths[name] for name in group), key=lambda one: (len(one), one))
    following = min(set(graph.successors(path[-1])) & set(group))
    return (*path, *nx.shortest_path(graph.subgraph(group), following, path[-1]))


def dead_ends(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Chains of assumptions about a worry that end in nobody: A counts on B, who counts on C, who does not have it.

    Only assumptions that stand are followed. A chain that reaches somebody who owned the worry is none.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per worry, start and end, longest chain first: ``concern``, ``severity``, ``chain`` (people and
        agencies, each counting on the next; after an agency comes its own person who left the worry to others),
        ``steps`` (assumptions in it), ``ends_with`` (the last), ``found`` ("no record of knowing it", "knew but did
        not own it", or "in a circle", where the chain comes back to somebody in it) and ``rows``.

    Notes
    -----
    A start is a holder on whom nobody else counts for that worry (of a closed circle, the first by id). Of several
    ways from a start to an end the shortest is shown.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.dead_ends(sn.load_case("malachi_subecz"))
    >>> table[table["concern"] == "C06"][["chain", "found"]].values.tolist()
    [[('prob', 'a_ot'), 'knew but did not own it']]
    """
    return tidy(lines(snapshot(case, at, rules)), Chain._fields)
