"""Clusters of unshared concerns: do the pieces of the picture ever meet?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from ..case import Case
from ..dates import datetime64
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "people",
    "agencies",
    "concerns",
    "start",
    "end",
    "severity",
    "only_here",
    "kept",
    "kept_concerns",
    "rows",
]


class Cluster(NamedTuple):
    """People and agency files between whom worries passed."""

    people: tuple[str, ...]
    files: tuple[str, ...]
    worries: tuple[str, ...]
    kept: tuple[str, ...]
    rows: tuple[str, ...]


def passing_graph(view: Snapshot) -> nx.Graph[Any]:
    """Professionals and agency files that hold a known worry, joined where a worry passed between them."""
    worries = set(view.worries)
    graph: nx.Graph[Any] = nx.Graph()
    for holder, held in view.held.items():
        if held & worries and (holder in view.professionals or holder in view.records.agencies):
            graph.add_node(holder)
    for row in view.contacts:
        if view.by(row.reached) and worries.intersection(row.concerns):
            for a, b in row.moves:
                if a in graph and b in graph:
                    graph.add_edge(a, b)
    return graph


def clusters(view: Snapshot) -> list[Cluster]:
    """The clusters by the day of a snapshot, most people first."""
    known = frozenset(view.worries)
    found = []
    for part in nx.connected_components(passing_graph(view)):
        people = tuple(sorted(name for name in part if name in view.professionals))
        if not people:
            continue
        held = {name: view.held[name] & known for name in sorted(part)}
        worries = tuple(sorted(frozenset().union(*held.values())))
        kept = tuple(worry for worry in worries if sum(worry in held[name] for name in people) == 1)
        rows = view.evidence(worries, part)
        found.append(Cluster(people, tuple(sorted(set(part) - set(people))), worries, kept, rows))
    found.sort(key=lambda cluster: (-len(cluster.people), -view.total(cluster.worries), cluster.people))
    return found


def only_here(found: Iterable[Cluster]) -> list[tuple[str, ...]]:
    """For each cluster, the worries that no other cluster holds."""
    listed = list(found)
    return [
        tuple(worry for worry in cluster.worries
              if not any(worry in other.worries for other in listed if other is not cluster))
        for cluster in listed
    ]  # fmt: skip


def concern_clusters(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The groups of professionals among whom worries passed, and what only each group holds.

    One cluster in which nothing was kept: the picture is on one wire. Several: it is in pieces. Read the number
    of clusters and what was kept inside them together, never the number alone.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per cluster, most people first: ``people`` (professionals, whether still involved or not),
        ``agencies`` (theirs, and those whose files are in it), ``concerns`` (the known worries held in it),
        ``start`` and ``end`` (dates on which its first and last worry came onto a record in it), ``severity``
        (of its worries together), ``only_here`` (worries that no other cluster holds), ``kept`` (severity of
        the worries that just one of its people holds), ``kept_concerns`` and ``rows``. No line where no worry
        is known.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    Professionals and agency files that hold a known worry are joined where a known worry passed between them in
    a contact row, along the directions in which it could move; clusters are the parts of that graph that have a
    professional in them.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.concern_clusters(sn.load_case("reuben"))[["people", "concerns", "kept"]]
                     people                   concerns  kept
    0  (cp0, cp1, mag, pol)  (C01, C02, C03, C06, C08)   3.0
    1       (cym, sch, tch)            (C04, C05, C07)   0.0
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    found = clusters(view)
    lines = []
    for cluster, alone in zip(found, only_here(found), strict=True):
        days = [view.since[name, worry] for name in (*cluster.people, *cluster.files) for worry in cluster.worries
                if (name, worry) in view.since]  # fmt: skip
        agencies = {view.party(name) for name in (*cluster.people, *cluster.files)} & view.records.agencies.keys()
        lines.append({
            "people": cluster.people, "agencies": tuple(sorted(agencies)), "concerns": cluster.worries,
            "start": min(days), "end": max(days), "severity": view.total(cluster.worries), "only_here": alone,
            "kept": view.total(cluster.kept), "kept_concerns": cluster.kept, "rows": cluster.rows,
        })  # fmt: skip
    table = pd.DataFrame(lines, columns=COLUMNS)
    for name in ("start", "end"):
        table[name] = datetime64(table[name])
    return table
