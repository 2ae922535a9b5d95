"""Assumptions tested against the record: who counted on whom, and did they have it?

An ``assumed`` row says that somebody believed another to have a worry in hand. Here each is held against what the
record shows of the other: they owned it, they knew but did not own it, or there is no record of their knowing it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..record.parties import party
from ..record.snapshot import Snapshot, in_order, row_order, snapshot
from ..rules import Rules
from ..score import Score
from ..tidy import tidy
from ..wording import count, in_words
from .responsibility import Action, actions_for, taken_back

if TYPE_CHECKING:
    import pandas as pd

OWNED_IT = "owned it"
KNEW = "knew but did not own it"
NO_RECORD = "no record of knowing it"
NOBODY_NAMED = "nobody named"
IN_A_CIRCLE = "in a circle"


@dataclass(frozen=True)
class Belief:
    """One holder's belief, in one row, that one party has one worry in hand."""

    row: Row
    holder: str
    assumed: str
    worry: str


def beliefs(view: Snapshot) -> list[Belief]:
    """The assumptions by the day about worries that are not resolved, in order of date.

    A row that names no concern is about every worry that its holder had on record by its date; one that names
    nobody has an empty party.
    """
    current = frozenset(view.current)
    found = []
    for row in sorted(view.of_kind("assumed"), key=row_order):
        for holder in sorted(row.who):
            when = view.when(row.date)
            about = row.concerns or tuple(
                worry for worry in view.held.get(holder, ()) if view.since[holder, worry] <= when
            )
            found += [
                Belief(row, holder, assumed, worry)
                for assumed in sorted(row.to) or ("",) if assumed != holder
                for worry in sorted(about) if worry in current
            ]  # fmt: skip
    return found


def members(view: Snapshot, name: str) -> tuple[str, ...]:
    """The people whose knowledge counts for a party: the person, or everybody of an agency; sorted."""
    if name in view.records.people:
        return (name,)
    return tuple(sorted(person.id for person in view.records.people.values() if name and person.agency == name))


def owning(view: Snapshot, worry: str, name: str) -> list[Action]:
    """The actions through which a party owns a worry: live and informed, or completed and not come back."""
    among = {name, *members(view, name)}
    return [
        action for action in actions_for(view, worry)
        if among & set(action.owners if action.state == "completed" else action.informed if action.owns else ())
    ]  # fmt: skip


def tested(view: Snapshot, worry: str, name: str) -> str:
    """What the record shows of a party and a worry by the snapshot's day."""
    if not name:
        return NOBODY_NAMED
    if owning(view, worry, name):
        return OWNED_IT
    return KNEW if view.holders.get(worry, frozenset()) & set(members(view, name)) else NO_RECORD


def _rows(view: Snapshot, belief: Belief, actions: Iterable[Action], back: Iterable[Row]) -> tuple[str, ...]:
    rows = {belief.row.id, *view.evidence((belief.worry,), (belief.assumed, *members(view, belief.assumed)))}
    rows |= {row.id for row in back}
    for action in actions:
        rows |= {action.row.id} if action.finished is None else {action.row.id, action.finished.id}
    return view.in_order(rows)


def assumptions(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Assumptions that somebody else had a worry in hand, each tested against the record.

    A line says: this person is on record as assuming that this party would act on this worry; and this is what
    the record shows of the party. "No record of knowing it" is about the record: the party may have known
    without a row that says so.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``open_ended_days`` matter here.

    Returns
    -------
    pandas.DataFrame
        A line per assumed row, holder, assumed party and worry that is not resolved, in order of date: ``row``,
        ``date`` (its certain day), ``holder``, ``holder_agency``, ``assumed``, ``assumed_agency`` (empty for the
        family), ``concern``, ``severity``, ``found`` ("owned it", "knew but did not own it", "no record of
        knowing it" by `at`; "nobody named"), ``found_then`` (the same on the day of the assumption), ``knew`` (who
        of the party has it on record), ``on_file`` (whether the agency's file has it, which no person need have
        read), ``stands`` (no later row in which the holder told, asked, met with or took on the worry),
        ``taken_back`` (those rows) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    circular_assumptions : agencies that count on each other.
    dead_ends : where chains of assumptions end.

    Notes
    -----
    An agency owned it or knew where one of its people did; what only its file holds, nobody is on record as
    knowing. Owned means what it means for :func:`unowned_share`, with the party among the informed owners of the
    live action, or among those who completed it. A row that names no concern is about every worry that its holder
    had on record by then.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.assumptions(sn.load_case("reuben"))
    >>> table.loc[table["row"] == "S01", ["holder", "assumed", "concern", "found"]].values.tolist()
    [['cp1', 'a_paed', 'C06', 'no record of knowing it']]
    """
    view = snapshot(case, at, rules)
    lines = []
    for belief in beliefs(view):
        when = view.when(belief.row.date)
        back = taken_back(view, belief.holder, belief.worry, belief.row)
        holders = view.holders.get(belief.worry, frozenset())
        lines.append({
            "row": belief.row.id, "date": when, "holder": belief.holder,
            "holder_agency": _agency(view, belief.holder), "assumed": belief.assumed,
            "assumed_agency": _agency(view, belief.assumed), "concern": belief.worry,
            "severity": view.records.concerns[belief.worry].severity,
            "found": tested(view, belief.worry, belief.assumed),
            "found_then": tested(snapshot(case, date_of(when), view.rules), belief.worry, belief.assumed),
            "knew": tuple(name for name in members(view, belief.assumed) if name in holders),
            "on_file": belief.assumed in view.records.agencies and belief.assumed in holders,
            "stands": not back, "taken_back": in_order(back),
            "rows": _rows(view, belief, owning(view, belief.worry, belief.assumed), back),
        })  # fmt: skip
    columns = [
        "row", "date", "holder", "holder_agency", "assumed", "assumed_agency", "concern", "severity", "found",
        "found_then", "knew", "on_file", "stands", "taken_back", "rows",
    ]  # fmt: skip
    return tidy(lines, columns)


def _agency(view: Snapshot, name: str) -> str:
    return "" if not name else name if name in view.records.agencies else view.records.people[name].agency


# circles ----------------------------------------------------------------------------------------------


def counts_on(view: Snapshot) -> nx.DiGraph[Any]:
    """Who counts on whom among the agencies, by the assumed rows of the day; each edge has its ``rows``.

    A person counts as their agency, a professional without one as their own; family without one is left out.
    """
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for row in view.of_kind("assumed"):
        for holder in row.who:
            for assumed in row.to:
                first, second = party(view, holder), party(view, assumed)
                if first and second and first != second:
                    if not graph.has_edge(first, second):
                        graph.add_edge(first, second, rows=[])
                    graph.edges[first, second]["rows"].append(row)
    return graph


def circular_groups(view: Snapshot) -> list[tuple[str, ...]]:
    """The groups of two or more agencies that count on each other in a circle, by the assumed rows; sorted."""
    return sorted(tuple(sorted(group)) for group in nx.strongly_connected_components(counts_on(view)) if len(group) > 1)


def circular_assumptions(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """Groups of agencies that counted on each other in a circle: A on B, and B, perhaps through others, on A.

    Every agency in such a group could have believed that the worry was in another's hands. The circle is one of
    agencies, not of a single worry: what A left to B need not be what B left to A; the table has the worries.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``who_counts`` matter here.

    Returns
    -------
    Score
        A count, 0 where there is none; higher is worse. ``.table``: a line per group with ``agencies`` (a
        professional without one stands for themselves), ``people`` (who assumed or was counted on),
        ``concerns`` (what their assumptions were about) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    Strongly connected components of two or more agencies in the graph "counts on", over all ``assumed`` rows by
    `at`, also those that were taken back later.

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.circular_assumptions(sn.load_case("victoria_climbie"))
    >>> score.value, score.table["agencies"].tolist()
    (1.0, [('ag_har_pol', 'ag_har_ss', 'ag_nmh')])
    """
    view = snapshot(case, at, rules)
    graph = counts_on(view)
    lines = []
    for group in circular_groups(view):
        inside: Any = graph.subgraph(group).edges(data="rows")
        rows = {row.id: row for _, _, found in inside for row in found}
        named = {name for row in rows.values() for name in (*row.who, *row.to)}
        lines.append({
            "agencies": group,
            "people": tuple(sorted(n for n in named if n in view.records.people and party(view, n) in group)),
            "concerns": tuple(sorted({concern for row in rows.values() for concern in row.concerns})),
            "rows": in_order(rows.values()),
        })  # fmt: skip
    table = tidy(lines, ["agencies", "people", "concerns", "rows"])
    number = len(view.of_kind("assumed"))
    said = f"By {date_of(view.day)} the record has {count(number, 'assumption')} that somebody else would act."
    if lines:
        biggest = max(lines, key=lambda line: len(line["agencies"]))
        said += (f" They hold {count(len(lines), 'circle')} of agencies that counted on each other; the widest joins "
                 f"{in_words(view.name(one) for one in biggest['agencies'])}.")  # fmt: skip
    else:
        said += " No two agencies counted on each other in a circle."
    return Score("circular_assumptions", len(lines), table=table, explain=said, case=case, range=(0.0, math.inf),
                 rows=view.in_order(row for line in lines for row in line["rows"]))  # fmt: skip


# chains -----------------------------------------------------------------------------------------------


def dead_ends(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Chains of assumptions about a worry that end in nobody: A counts on B, who counts on C, who does not have it.

    Only assumptions that stand are followed. A chain that reaches somebody who owned the worry is none.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``dates`` and ``open_ended_days`` matter here.

    Returns
    -------
    pandas.DataFrame
        A line per worry, start and end, longest chain first: ``concern``, ``severity``, ``chain`` (people and
        agencies, each counting on the next; after an agency comes its own person who left the worry to others),
        ``steps`` (assumptions in it), ``end`` (the last), ``found`` ("no record of knowing it", "knew but did not
        own it", or "in a circle", where the chain comes back to somebody in it) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

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
    view = snapshot(case, at, rules)
    standing = [
        belief for belief in beliefs(view)
        if belief.assumed and not taken_back(view, belief.holder, belief.worry, belief.row)
    ]  # fmt: skip
    lines: list[dict[str, Any]] = []
    for worry in sorted({belief.worry for belief in standing}):
        graph = _chain_graph(view, worry, [belief for belief in standing if belief.worry == worry])
        for chain, found in _chains(view, worry, graph):
            rows = {row.id for pair in pairwise(chain) for row in graph.edges[pair]["rows"]}
            steps = sum(bool(graph.edges[pair]["rows"]) for pair in pairwise(chain))
            rows.update(view.evidence((worry,), members(view, chain[-1])))
            lines.append({
                "concern": worry, "severity": view.records.concerns[worry].severity, "chain": chain, "steps": steps,
                "end": chain[-1], "found": found, "rows": view.in_order(rows),
            })  # fmt: skip
    lines.sort(key=lambda line: (-line["steps"], -line["severity"], line["concern"], line["chain"]))
    columns = ["concern", "severity", "chain", "steps", "end", "found", "rows"]
    return tidy(lines, columns)


def _chain_graph(view: Snapshot, worry: str, standing: list[Belief]) -> nx.DiGraph[Any]:
    """Who counts on whom for one worry; from an agency on to its people who leave the worry to somebody outside."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for belief in sorted(standing, key=lambda one: (one.holder, one.assumed, row_order(one.row))):
        if tested(view, worry, belief.holder) == OWNED_IT:
            continue
        if not graph.has_edge(belief.holder, belief.assumed):
            graph.add_edge(belief.holder, belief.assumed, rows=[])
        graph.edges[belief.holder, belief.assumed]["rows"].append(belief.row)
    for name in sorted(set(graph) & view.records.agencies.keys()):
        if tested(view, worry, name) == OWNED_IT:
            continue
        inside = {name, *members(view, name)}
        for holder in sorted(inside & set(graph) - {name}):
            if set(graph.successors(holder)) - inside:
                graph.add_edge(name, holder, rows=[])
    return graph


def _chains(view: Snapshot, worry: str, graph: nx.DiGraph[Any]) -> list[tuple[tuple[str, ...], str]]:
    """The shortest chain from every start to every end at which nobody has the worry in hand."""
    whole = nx.condensation(graph)
    groups = {node: sorted(whole.nodes[node]["members"]) for node in whole}
    found = []
    for first in whole:
        if whole.in_degree(first):
            continue
        start = groups[first][0]
        paths = nx.single_source_shortest_path(graph, start)
        for last in whole:
            group = groups[last]
            if whole.out_degree(last) or group[0] not in paths:
                continue
            if len(group) > 1:
                path = min((paths[name] for name in group), key=lambda one: (len(one), one))
                following = min(set(graph.successors(path[-1])) & set(group))
                back = nx.shortest_path(graph.subgraph(group), following, path[-1])
                found.append(((*path, *back), IN_A_CIRCLE))
            elif len(paths[group[0]]) > 1 and (verdict := tested(view, worry, group[0])) != OWNED_IT:
                found.append((tuple(paths[group[0]]), verdict))
    return found
