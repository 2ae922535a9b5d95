"""Chains of assumptions that end in nobody: A counts on B, who counts on C, who does not have it in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spread.edges import each
from ..spread.joined import rounds
from ..tidy import tidy
from .reliance import OWNED_IT, Reliance, Verdict, people_of, standing, verdict

if TYPE_CHECKING:
    import pandas as pd

Graph: TypeAlias = dict[str, dict[str, list[str]]]  # who counts on whom, and the rows that say so
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
            used = [graph[one][other] for one, other in pairwise(chain)]
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


def _graph(view: Snapshot, worry: str, relied: list[Reliance]) -> Graph:
    """Who counts on whom for one worry; from an agency on to its people who leave the worry to somebody outside.

    Where a row says that the agency counted on one of them, that row stands for the step.
    """
    graph: Graph = {}
    for one in sorted(relied, key=lambda one: (one.holder, one.assumed, one.row.order)):
        if verdict(view, worry, one.holder) != OWNED_IT:
            graph.setdefault(one.holder, {}).setdefault(one.assumed, []).append(one.row.id)
            graph.setdefault(one.assumed, {})
    for agency in sorted(graph.keys() & view.records.agencies.keys()):
        if verdict(view, worry, agency) != OWNED_IT:
            inside = {agency, *people_of(view, agency)}
            for holder in sorted(inside & graph.keys() - {agency}):
                if graph[holder].keys() - inside:
                    graph[agency].setdefault(holder, [])
    return graph


def _chains(view: Snapshot, worry: str, graph: Graph) -> Iterator[tuple[tuple[str, ...], Verdict | InACircle]]:
    """The shortest chain from every start to every end at which nobody has the worry in hand."""
    groups = _groups(graph)
    ends = [group for group in groups if all(graph[one].keys() <= set(group) for one in group)]
    led_into = {other for group in groups for one in group for other in graph[one] if other not in group}
    for start in groups:
        if not led_into.isdisjoint(start):
            continue
        paths = _ways(graph, start[0])
        for group in ends:
            if group[0] not in paths:
                continue
            if len(group) > 1:
                yield _round(graph, group, paths), IN_A_CIRCLE
            elif len(paths[group[0]]) > 1 and (word := verdict(view, worry, group[0])) != OWNED_IT:
                yield paths[group[0]], word


def _groups(graph: Graph) -> list[list[str]]:
    """Those who count on each other, perhaps through others, each group sorted; everybody is in one, if alone."""
    names = sorted(graph)
    place = {one: number for number, one in enumerate(names)}
    onward = [sum(1 << place[other] for other in graph[one]) for one in names]
    return [[names[one] for one in each(group)] for group in rounds(onward)]


def _ways(graph: Mapping[str, Iterable[str]], start: str) -> dict[str, tuple[str, ...]]:
    """A shortest way to everybody who is reached."""
    paths: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for one in waiting:
        for other in graph[one]:
            if other not in paths:
                paths[other] = (*paths[one], other)
                waiting.append(other)
    return paths


def _round(graph: Graph, group: list[str], paths: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way into a circle, and once round it."""
    path = min((paths[name] for name in group), key=lambda one: (len(one), one))
    inside = {one: [other for other in graph[one] if other in group] for one in group}
    return (*path, *_ways(inside, min(inside[path[-1]]))[path[-1]])


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
