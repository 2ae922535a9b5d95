"""Clusters of unshared concerns: do the pieces of the picture ever meet?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.parties import agencies_of, is_actor
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spread import joined
from ..spread.edges import each
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Cluster(NamedTuple):
    """Professionals and agency files between whom worries passed."""

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    concerns: tuple[str, ...]
    weight: float
    only_here: tuple[str, ...]
    kept: float
    start: int
    end: int
    kept_concerns: tuple[str, ...]
    files: tuple[str, ...]
    rows: tuple[str, ...]


def parts(view: Snapshot) -> list[frozenset[str]]:
    """The holders of each cluster: the parts with a professional in them of those between whom a worry passed.

    Nodes are the professionals and agency files that hold a known worry; it passed in contact rows that name one.
    """
    worries = frozenset(view.worries)
    nodes = [one for one, held in view.held.items() if is_actor(view, one) and held & worries]
    rows = [row for row in view.contacts_in() if worries.intersection(row.concerns)]
    found = (
        frozenset(nodes[n] for n in each(part))
        for part in joined.parts(view.beside(rows, nodes), (1 << len(nodes)) - 1)
    )
    return [part for part in found if part & view.professionals]


def lines(view: Snapshot) -> list[Cluster]:
    """The clusters by the day of a snapshot, most people first."""
    known = frozenset(view.worries)
    held = {part: frozenset().union(*(view.held[one] & known for one in part)) for part in parts(view)}
    number = {worry: sum(worry in worries for worries in held.values()) for worry in known}
    found = []
    for part, worries in held.items():
        people = part & view.professionals
        kept = [worry for worry in worries if len(view.holders[worry] & people) == 1]
        days = [view.since[one, worry] for one in part for worry in view.held[one] & known]
        found.append(
            Cluster(
                people=tuple(sorted(people)),
                agencies=agencies_of(view, part),
                concerns=tuple(sorted(worries)),
                weight=view.total(worries),
                only_here=tuple(sorted(worry for worry in worries if number[worry] == 1)),
                kept=view.total(kept),
                start=min(days),
                end=max(days),
                kept_concerns=tuple(sorted(kept)),
                files=tuple(sorted(part - people)),
                rows=view.evidence(worries, part),
            )
        )
    return sorted(found, key=lambda one: (-len(one.people), -one.weight, one.people))


def concern_clusters(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The groups of professionals among whom worries passed, and what only each group holds.

    One cluster in which nothing was kept: the picture is on one wire. Several: it is in pieces. Read the number
    of clusters and what was kept inside them together, never the number alone.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per cluster, most people first: ``people`` (professionals, whether still involved or not),
        ``agencies`` (theirs, and those whose files are in it), ``concerns`` (the known worries held in it),
        ``weight`` (of its worries together), ``only_here`` (worries that no other cluster holds), ``kept`` (the
        weight of the worries that just one of its people holds), ``start`` and ``end`` (dates on which its first
        and last worry came onto a record in it), ``kept_concerns``, ``files`` (agencies whose files are in it) and
        ``rows``. No line where no worry is known.

    See Also
    --------
    exclusive_concerns : what hangs on one person.

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
    return tidy(lines(snapshot(case, at, rules)), Cluster._fields)
