"""The case as JSON: node-link, as networkx and D3 read it, and HIF, in which a meeting is one hyperedge."""

from __future__ import annotations

from typing import Any

from ...case.build import field_names
from ...case.records import Row
from ...dates import Window
from .source import Source, clock, iso

_SAID_ELSEWHERE = ("id", "date", "who", "to", "present", "absent", "interpreter")


def to_node_link(source: Source) -> dict[str, Any]:
    """The graph of the case as ``networkx.node_link_graph`` takes it: nodes, and an edge for each way of each row."""
    return {
        "graph": {"generator": source.mark, "case": source.title},
        "directed": True,
        "multigraph": True,
        "nodes": [{"id": one.id, "name": one.name, "node_type": one.kind, **one.attributes} for one in source.nodes],
        "edges": [
            {"source": one.source, "target": one.target, "key": one.key, "edge_type": one.kind, **one.attributes}
            for one in source.edges
        ],
    }


def to_hif(source: Source) -> dict[str, Any]:
    """The meetings of the case, and what several saw together, as hyperedges (Hypergraph Interchange Format 0.1)."""
    together = [row for row in source.rows if row.is_together]
    return {
        "metadata": {"generator": source.mark, "case": source.title},
        "network-type": "undirected",
        "nodes": [
            {"node": one.id, "attrs": {"name": one.name, "node_type": one.kind, **one.attributes}}
            for one in source.nodes
        ],
        "edges": [{"edge": row.id, "attrs": about(row, source)} for row in together],
        "incidences": [
            {"edge": row.id, "node": one, "attrs": {"role": "took part" if one in row.who else "present"}}
            for row in together
            for one in row.named
        ],
    }


def about(row: Row, source: Source) -> dict[str, str | int]:
    """What a row says, but for who was in it; its summary where narrative goes along."""
    cells: dict[str, str | int] = {
        "earliest": iso(row.date.first),
        "latest": iso(row.date.last),
        "time": "" if row.date.time is None else clock(row.date.time),
    }
    for column, name in field_names("chronology").items():
        if column not in _SAID_ELSEWHERE and (column != "summary" or source.text):
            cells[column] = _text(getattr(row, name), column)
    return {name: value for name, value in cells.items() if value != ""}


def _text(value: object, column: str) -> str | int:
    if isinstance(value, Window):
        return iso(value.first) if value.first == value.last else f"{iso(value.first)}/{iso(value.last)}"
    if isinstance(value, tuple):
        return ";".join(value)
    if column == "due":
        return iso(value) if isinstance(value, int) else ""
    if isinstance(value, (int, str)):
        return value
    return "" if value is None else str(value)
