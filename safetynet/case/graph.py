"""The case as a networkx graph with attributes that any format can hold: texts, numbers and truth values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..dates import Window, date_of
from .records import Person, RawTable, Records, Row
from .schema import BY_NAME

if TYPE_CHECKING:
    import networkx as nx

Attribute = str | int | float | bool


class Event(NamedTuple):
    """A row that opened or closed somebody's involvement."""

    day: int
    closes: bool
    row: str


def case_graph(raw: Mapping[str, RawTable], records: Records, day: int) -> nx.MultiDiGraph[str]:
    """Every person and agency, and the rows by `day` in which information could move; see ``Case.graph``."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _nodes(graph, raw, records)
    for row in records.rows:
        if max(row.date.last, row.reached.last) <= day:
            _flow(graph, row)
    for person in records.people.values():
        if person.agency and person.kind == "professional":
            _edge(graph, person.id, person.agency, "member", edge_type="member")
    _involvement(graph, records, day)
    for number, tie in enumerate(records.ties, start=1):
        if tie.start is None or tie.start.last <= day:
            cells = {"kind": tie.kind, "quality": tie.quality, "start": tie.start, "end": tie.end}
            _edge(graph, tie.source, tie.target, f"tie {number}", edge_type="tie", **cells)
    return graph


def _nodes(graph: nx.MultiDiGraph[str], raw: Mapping[str, RawTable], records: Records) -> None:
    for table in ("people", "agencies"):
        if table not in raw:
            continue
        known = BY_NAME[table].names
        own = [(place, name) for place, name in enumerate(raw[table].columns) if name not in known]
        one: Any
        for one, row in zip(getattr(records, table).values(), raw[table].rows, strict=True):
            cells: dict[str, object] = {name: row[place] for place, name in own}
            cells |= {name: getattr(one, name) for name in known if name != "id"}
            if isinstance(one, Person) and one.kind != "professional":
                cells["remit"] = ""  # of a professional
            kind = one.kind if isinstance(one, Person) else "agency"
            graph.add_node(one.id, **(_attributes(cells) | {"node_type": kind}))


def _flow(graph: nx.MultiDiGraph[str], row: Row) -> None:
    """An edge for each direction in which information could move in a row."""
    sure = row.is_together or row.two_way or row.received == "yes" or row.received_on is not None
    for sender, recipient in row.moves:
        _edge(
            graph,
            sender,
            recipient,
            row.id,
            edge_type=row.kind,
            row=row.id,
            earliest=date_of(row.reached.first).isoformat(),
            latest=date_of(row.reached.last).isoformat(),
            channel=row.channel,
            concerns=row.concerns,
            arrived="yes" if sure else "not known",
        )


def _involvement(graph: nx.MultiDiGraph[str], records: Records, day: int) -> None:
    """An edge from each professional to each child for each stretch of their involvement, with its days."""
    events: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for row in records.rows:
        if row.kind in ("opened", "closed") and row.date.last <= day:
            for name in row.who:
                if name in records.people and records.people[name].kind == "professional":
                    for child in row.about or records.children:
                        events[name, child].append(Event(row.date.last, row.kind == "closed", row.id))
    for (name, child), found in events.items():
        opened: Event | None = None
        number = 1
        for event in sorted(found):
            if event.closes:
                _stretch(graph, name, child, number, opened, event)
                opened, number = None, number + 1
            else:
                opened = opened or event
        if opened is not None:
            _stretch(graph, name, child, number, opened, None)


def _stretch(
    graph: nx.MultiDiGraph[str], name: str, child: str, number: int, opened: Event | None, closed: Event | None
) -> None:
    """One edge for one stretch of involvement; a side that no row gives is left out."""
    _edge(
        graph,
        name,
        child,
        f"involved {number}",
        edge_type="involved",
        start="" if opened is None else date_of(opened.day).isoformat(),
        end="" if closed is None else date_of(closed.day).isoformat(),
        rows=tuple(event.row for event in (opened, closed) if event is not None),
    )


def _edge(graph: nx.MultiDiGraph[str], source: str, target: str, key: str, **cells: object) -> None:
    """An edge under a key of its own; what is empty is left out."""
    while graph.has_edge(source, target, key):
        key += "'"
    graph.add_edge(source, target, key=key, **_attributes(cells))


def _attributes(cells: Mapping[str, object]) -> dict[str, Attribute]:
    """The values that are not empty, as any format can hold them: lists as ``a;b``, dates in ISO form."""
    return {name: value for name, cell in cells.items() if (value := _attribute(cell)) != ""}


def _attribute(cell: object) -> Attribute:
    if isinstance(cell, Window):
        first, last = date_of(cell.first).isoformat(), date_of(cell.last).isoformat()
        return first if first == last else f"{first}/{last}"
    if isinstance(cell, tuple):
        return ";".join(cell)
    return cell if isinstance(cell, (str, int, float, bool)) else ""
