"""Findings about parts of the network that never met: strands inside one agency, and the one bridge between parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import networkx as nx

from ..record.snapshot import Snapshot, in_order
from ..wording import count
from .legacy import Finding, Rule, agencies_of, day, name, names
from .oldparts import at_work, every, items, maybe_rows

ONE_BODY = ("social_care", "police")  # sectors in which agencies of one area count as one body


class Strand(NamedTuple):
    """People of one agency who were in contact, what they had in hand, and on which days they appear."""

    people: tuple[str, ...]
    worries: frozenset[str]
    start: int
    end: int


def strands_apart(view: Snapshot) -> Iterator[Finding]:
    """Two or more strands of one agency at work on the same days with different worries and no contact."""
    bodies: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for one, agency in view.records.agencies.items():
        body = (agency.sector, agency.area) if agency.sector in ONE_BODY and agency.area else (one,)
        bodies[body].add(one)
    graph = view.contact_graph()
    for _, agencies in sorted(bodies.items()):
        found = _strands(view, agencies, graph)
        apart = [
            (a, b) for a, b in combinations(found, 2)
            if max(a.start, b.start) <= min(a.end, b.end) and a.worries - b.worries and b.worries - a.worries
        ]  # fmt: skip
        if not apart:
            continue
        apart.sort(key=lambda pair: (-_stake(view, *pair), pair[0].people, pair[1].people))
        strands = list(dict.fromkeys(strand for pair in apart for strand in pair))
        start = min(max(a.start, b.start) for a, b in apart)
        end = max(min(a.end, b.end) for a, b in apart)
        people = tuple(one for strand in strands for one in strand.people)
        worries = frozenset().union(*(strand.worries for strand in strands))
        one, other = (f"{names(view, part.people, 2)} with {items(view, part.worries, 1, 4)}" for part in strands[:2])
        same = f"day, {day(start)}," if start == end else f"days between {day(start)} and {day(end)}"
        more = f"; {len(strands) - 2} more" if len(strands) > 2 else ""
        yield Finding(
            "strands_apart",
            f"At {every(view, agencies_of(view, people))}, {len(strands)} strands were at work on the same {same} and "
            f"no row shows contact between them: here {one}; there {other}{more}.",
            "a row of contact between them, direct or by a colleague.",
            rows=_rows(view, people, worries, start, end),
            people=tuple(sorted(people)), agencies=agencies_of(view, people), concerns=tuple(sorted(worries)),
            start=start, end=end, days=end - start,
            severity=_stake(view, *apart[0]),
        )  # fmt: skip


def _stake(view: Snapshot, a: Strand, b: Strand) -> float:
    """What two strands could have brought each other: twice what the one with less would have brought."""
    return 2 * min(view.total(a.worries - b.worries), view.total(b.worries - a.worries))


def _strands(view: Snapshot, agencies: set[str], graph: nx.Graph[str]) -> list[Strand]:
    """The parts in which the professionals of one body were in contact, each with what it had in hand."""
    spans = at_work(view)
    known = frozenset(view.worries)
    staff = {one for one in view.actors if view.party(one) in agencies}
    together: nx.Graph[str] = nx.Graph(graph.subgraph(staff))
    for row in maybe_rows(view):  # whoever one row names together is no strand apart, though nothing moved between them
        if row.is_contact:
            nx.add_path(together, [one for one in row.named if one in staff])
    owned: defaultdict[str, set[str]] = defaultdict(set)
    for row in view.rows:
        if row.kind in ("agreed", "decided"):
            for one in row.who:
                owned[one] |= known.intersection(row.concerns)
    found = []
    for part in nx.connected_components(together):
        people = tuple(sorted(one for one in part if one in view.professionals))
        worries = frozenset().union(*(owned[one] | (view.held.get(one, frozenset()) & known) for one in part))
        if people and worries:
            days = [spans[one] for one in part if one in spans]  # no row need certainly show somebody at work
            start, end = min((first for first, _ in days), default=0), max((last for _, last in days), default=-1)
            if start <= end:
                found.append(Strand(people, worries, start, end))
    return sorted(found)


def _rows(view: Snapshot, people: tuple[str, ...], worries: frozenset[str], start: int, end: int) -> tuple[str, ...]:
    """What the strands had, and in which rows they appear on the shared days."""
    wanted = set(people)
    held = set(view.evidence(worries, people))
    rows = [
        row for row in view.rows
        if row.id in held or (start <= view.when(row.date) <= end and wanted.intersection((*row.who, *row.to)))
    ]  # fmt: skip
    return in_order(rows)


# bridges ----------------------------------------------------------------------------------------------


def only_bridge(view: Snapshot) -> Iterator[Finding]:
    """One person through whom all contact between two parts of the network goes, each with worries of its own."""
    graph = view.contact_graph()
    known = frozenset(view.worries)
    for person in sorted(set(nx.articulation_points(graph)) & view.professionals):
        inside = nx.node_connected_component(graph, person) - {person}
        parts = sorted(nx.connected_components(graph.subgraph(inside)), key=lambda part: (-len(part), sorted(part)))
        own = [_has(view, part) & known for part in parts]
        main, others = parts[0], [place for place in range(1, len(parts)) if len(parts[place]) > 1]
        best = max(others, key=lambda place: (view.total(own[place] - own[0]), -place), default=None)
        if best is None or not own[best] - own[0] or not own[0] - own[best]:
            continue
        small, there, here = parts[best], own[best] - own[0], own[0] - own[best]
        stake = min(view.total(there), view.total(here))
        yield Finding(
            "only_bridge",
            f"Every recorded way from {every(view, small)} to {name(view, _most_linked(graph, main))} and "
            f"{count(len(main) - 1, 'other', 'others')} goes through {name(view, person)}; on one side alone stands "
            f"{items(view, there, 1, 4)}, on the other {items(view, here, 1, 4)}.",
            "a row of contact between the two parts in which they do not appear.",
            rows=tuple(dict.fromkeys(row for other in sorted(graph[person]) for row in graph[person][other]["rows"])),
            people=tuple(sorted({person, *(one for one in small if one in view.professionals)})),
            agencies=agencies_of(view, {person, *small}), concerns=tuple(sorted(there | here)),
            start=view.day, end=view.day, severity=stake,
        )  # fmt: skip


def _has(view: Snapshot, part: set[str]) -> frozenset[str]:
    return frozenset().union(*(view.held.get(one, frozenset()) for one in part))


def _most_linked(graph: nx.Graph[str], part: set[str]) -> str:
    return min(part, key=lambda one: (-graph.degree(one), one))


RULES = (
    Rule(
        "strands_apart",
        "Strands inside one agency that never met",
        0.9,
        "Two or more groups of professionals of one agency (social care or police agencies of the same area count as "
        "one) that certainly appear in rows of the same days, each with a known worry on record or in an action or "
        "decision that the other has not, and no row of contact joins them, not even by way of colleagues.",
        "Work in one office leaves few rows. Whether agencies of one area are one body is the coder's choice of "
        "sector and area.",
        strands_apart,
    ),
    Rule(
        "only_bridge",
        "One person as the only bridge",
        0.4,
        "A professional whose removal parts the contact graph into two or more parts of two actors or more, where "
        "each has on record a known worry that the other has not.",
        "The whole period counts as one: the bridge may have stood for a day. Contacts through the family are none.",
        only_bridge,
    ),
)  # fmt: skip
