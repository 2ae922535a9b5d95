"""Dynamic GEXF 1.3: who is there and who is in contact with whom, day by day; Gephi's timeline plays it.

Everybody is there from the first row that names them. Contacts of two in one direction and of one kind are one edge
with a spell for each; what was passed, by which channel and in which row stands in attributes that hold for the
spell. A spell has its first and its last day, both included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...spells import Spell, merge
from . import markup
from .graphml import lines
from .markup import tag
from .source import Edge, Source, clock, iso

NAMESPACE = "http://gexf.net/1.3"
_CHANGING = ("row", "time", "channel", "concerns", "quality")  # attributes of an edge that belong to a spell
_PASSED_OVER = (*_CHANGING, "earliest", "latest", "start", "end", "rows")


class Stretch(NamedTuple):
    """From one day to another, both included, and the edges that hold then."""

    first: int
    last: int
    edges: tuple[Edge, ...] = ()


def to_gexf(source: Source) -> str:
    """The case as GEXF; a time of day stands in an attribute of its own."""
    columns = list(dict.fromkeys(["node_type", *(name for node in source.nodes for name in node.attributes)]))
    edge_columns = ["edge_type", *dict.fromkeys(n for e in source.edges for n in e.attributes if n not in _PASSED_OVER)]
    meta = tag("meta", {}, tag("creator", {}, "safetynet") + tag("description", {}, markup.text(source.mark)))
    declared = [
        _attributes("node", "static", columns, "n"),
        _attributes("node", "dynamic", ["lead", "involved"], "d", "boolean"),
        _attributes("edge", "static", edge_columns, "e"),
        _attributes("edge", "dynamic", list(_CHANGING), "c"),
    ]
    graph = tag(
        "graph",
        {
            "mode": "dynamic",
            "defaultedgetype": "directed",
            "timeformat": "date",
            "timerepresentation": "interval",
        },
        lines([*declared, _nodes(source, columns), _edges(source, edge_columns)]),
    )
    top = tag("gexf", {"xmlns": NAMESPACE, "version": "1.3"}, lines([meta, graph]))
    return markup.HEAD + markup.comment(source.mark) + top + "\n"


def _attributes(what: str, mode: str, names: Sequence[str], letter: str, kind: str = "string") -> str:
    inside = [
        tag("attribute", {"id": f"{letter}{number}", "title": name, "type": kind}) for number, name in enumerate(names)
    ]
    return tag("attributes", {"class": what, "mode": mode}, inside)


# who is there ---------------------------------------------------------------------------------------------


def _nodes(source: Source, columns: Sequence[str]) -> str:
    seen, lead, involved = appearances(source), _leads(source), _involved(source)
    names = markup.names([node.id for node in source.nodes])
    made: list[str] = []
    for node in source.nodes:
        cells = {"node_type": node.kind, **node.attributes}
        values = [
            tag("attvalue", {"for": f"n{columns.index(name)}", "value": value})
            for name, value in cells.items()
            if name in columns
        ]
        for number, spells in enumerate((lead.get(node.id, ()), involved.get(node.id, ()))):
            values += [
                tag("attvalue", {"for": f"d{number}", "value": "true", **_when(Stretch(*spell))}) for spell in spells
            ]
        inside = tag("attvalues", {}, values)
        if node.id in seen:
            inside += _spells([Stretch(seen[node.id], max(seen[node.id], source.last_day))])
        made.append(tag("node", {"id": names[node.id], "label": node.name}, inside))
    return tag("nodes", {"count": len(made)}, lines(made))


def appearances(source: Source) -> dict[str, int]:
    """The first day on which a row names somebody, or an agency or anybody of it; the children are always there."""
    first: dict[str, int] = {}

    def note(one: str, day: int) -> None:
        first[one] = min(day, first.get(one, day))

    for row in source.rows:
        for one in (*row.who, *row.to, *row.present, *row.absent):
            note(one, min(row.date.first, row.reached.first))
    for edge in source.edges:
        if edge.kind != "member" and not (edge.first is None and edge.last is None):
            for one in (edge.source, edge.target):
                note(one, source.first_day if edge.first is None else edge.first)
    for person in source.people():
        if person.agency and person.id in first:
            note(person.agency, first[person.id])
    for child in source.records.children:
        first.pop(child, None)
    return first


def _leads(source: Source) -> dict[str, tuple[Spell, ...]]:
    """When somebody was the lead professional."""
    found: dict[str, tuple[Spell, ...]] = {}
    for person in source.people():
        if person.lead_from is not None and person.lead_from.first <= source.last_day:
            last = source.last_day if person.lead_to is None else min(source.last_day, person.lead_to.last)
            found[person.id] = (Spell(person.lead_from.first, max(last, person.lead_from.first)),)
    return found


def _involved(source: Source) -> dict[str, tuple[Spell, ...]]:
    """When somebody was involved on record: from their openings to their closings."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for edge in source.edges:
        if edge.kind == "involved":
            first = source.first_day if edge.first is None else edge.first
            found[edge.source].append((first, max(first, source.last_day if edge.last is None else edge.last)))
    return {one: merge(spells) for one, spells in found.items()}


# who is in contact ----------------------------------------------------------------------------------------


def _edges(source: Source, columns: Sequence[str]) -> str:
    groups: defaultdict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in source.edges:
        groups[edge.source, edge.target, edge.kind].append(edge)
    names = markup.names([node.id for node in source.nodes])
    made = [
        _edge({"id": number, "source": names[ends[0]], "target": names[ends[1]]}, edges, source, columns)
        for number, (ends, edges) in enumerate(groups.items(), start=1)
    ]
    return tag("edges", {"count": len(made)}, lines(made))


def _edge(about: dict[str, object], edges: Sequence[Edge], source: Source, columns: Sequence[str]) -> str:
    one = edges[0]
    cells = {"edge_type": one.kind}
    for name in columns[1:]:
        if said := _joined(str(edge.attributes[name]) for edge in edges if name in edge.attributes):
            cells[name] = said
    values = [tag("attvalue", {"for": f"e{columns.index(name)}", "value": value}) for name, value in cells.items()]
    stretches = _stretches(edges, source)
    for stretch in stretches:
        for place, name in enumerate(_CHANGING):
            said = _joined(_said(edge, name) for edge in stretch.edges)
            if said:
                values.append(tag("attvalue", {"for": f"c{place}", "value": said, **_when(stretch)}))
    about |= {"kind": one.kind, "label": one.kind, "weight": len(edges)}
    return tag("edge", about, tag("attvalues", {}, values) + _spells(stretches))


def _stretches(edges: Iterable[Edge], source: Source) -> list[Stretch]:
    """The spells of edges, none of which overlaps another; of edges that are always there, none."""
    found: list[Stretch] = []
    for edge in sorted(edges, key=lambda one: (one.first or source.first_day, one.time or 0, one.key)):
        if edge.kind == "member" or (edge.first is None and edge.last is None):
            return []
        first = source.first_day if edge.first is None else edge.first
        last = max(first, source.last_day if edge.last is None else edge.last)
        if found and first <= found[-1].last:
            before = found[-1]
            found[-1] = Stretch(before.first, max(before.last, last), (*before.edges, edge))
        else:
            found.append(Stretch(first, last, (edge,)))
    return found


def _said(edge: Edge, name: str) -> str:
    if name == "time":
        return "" if edge.time is None else clock(edge.time)
    return str(edge.attributes.get(name, ""))


def _joined(texts: Iterable[str]) -> str:
    """Lists joined, each item once."""
    return ";".join(dict.fromkeys(item for one in texts for item in one.split(";") if item))


# when -----------------------------------------------------------------------------------------------------


def _when(stretch: Stretch) -> dict[str, str]:
    return {"start": iso(stretch.first), "end": iso(stretch.last)}


def _spells(stretches: Sequence[Stretch]) -> str:
    return tag("spells", {}, [tag("spell", _when(one)) for one in stretches]) if stretches else ""
