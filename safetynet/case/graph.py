"""The case as a networkx graph."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from ..dates import Window, date_of
from .records import Records

Event = tuple[int, str, str]  # day, kind and id of an opened or closed row


def case_graph(records: Records, day: int) -> nx.MultiDiGraph[Any]:
    """Every person and agency, and the rows by `day` in which information could move; see ``Case.graph``."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for person in records.people.values():
        graph.add_node(
            person.id,
            node_type=person.kind,
            name=person.name,
            kind=person.kind,
            role=person.role,
            agency=person.agency,
            language=person.language,
            **_period(person.start, person.end),
            lead_from=_first(person.lead_from),
            lead_to=_last(person.lead_to),
        )
    for agency in records.agencies.values():
        graph.add_node(agency.id, node_type="agency", name=agency.name, sector=agency.sector, area=agency.area)
    for row in records.rows:
        if row.date.last > day or row.reached.last > day:
            continue
        for sender, recipient in row.moves:
            graph.add_edge(
                sender, recipient, key=row.id, edge_type=row.kind, row=row.id, earliest=row.reached.first_date,
                latest=row.reached.last_date, channel=row.channel, concerns=row.concerns,
            )  # fmt: skip
    for person in records.people.values():
        if person.agency and person.kind == "professional":
            graph.add_edge(person.id, person.agency, key=("member",), edge_type="member")
    _involvement(graph, records, day)
    for number, tie in enumerate(records.ties):
        if tie.start is None or tie.start.last <= day:
            graph.add_edge(tie.source, tie.target, key=("tie", number), edge_type="tie", kind=tie.kind,
                           quality=tie.quality, **_period(tie.start, tie.end))  # fmt: skip
    return graph


def _involvement(graph: nx.MultiDiGraph[Any], records: Records, day: int) -> None:
    """An edge from each professional to each child for each stretch of their involvement, with its days."""
    children = [person.id for person in records.people.values() if person.kind == "child"]
    spells: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for row in records.rows:
        if row.kind in ("opened", "closed") and row.date.last <= day:
            for name in row.who:
                if name in records.people and records.people[name].kind == "professional":
                    for child in row.about or children:
                        spells[name, child].append((row.date.last, row.kind, row.id))
    for (name, child), events in spells.items():
        opened: tuple[int, str, str] | None = None
        number = 0
        for event in sorted(events, key=lambda event: (event[0], event[1] == "closed", event[2])):
            if event[1] == "opened":
                opened = opened or event
                continue
            _spell(graph, name, child, number, opened, event)
            opened, number = None, number + 1
        if opened is not None:
            _spell(graph, name, child, number, opened, None)


def _spell(
    graph: nx.MultiDiGraph[Any], name: str, child: str, number: int, opened: Event | None, closed: Event | None
) -> None:
    """One edge for one stretch of involvement; a side that no row gives is None."""
    graph.add_edge(
        name, child, key=("involved", number), edge_type="involved",
        rows=tuple(event[2] for event in (opened, closed) if event is not None),
        start=None if opened is None else date_of(opened[0]), end=None if closed is None else date_of(closed[0]),
    )  # fmt: skip


def _first(window: Window | None) -> object:
    return None if window is None else window.first_date


def _last(window: Window | None) -> object:
    return None if window is None else window.last_date


def _period(start: Window | None, end: Window | None) -> dict[str, object]:
    return {"start": _first(start), "end": _last(end)}
