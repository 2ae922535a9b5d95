"""An object-centric event log (OCEL 2.0): rows are events; people, agencies and concerns are objects in them.

An event has one moment: the last day on which it can have been, as everywhere in safetynet, with the time that the row
gives. The window stands in ``earliest`` and ``latest``. Times are those of the record, written as if they were UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...case.records import Row
from . import markup
from .graphml import lines
from .json_graphs import about
from .markup import tag
from .source import Source, clock, iso

ALWAYS = "1970-01-01T00:00:00Z"  # of what an object has at all times
_ROLES = ("who", "to", "present", "absent", "concerns", "about", "interpreter")


def to_ocel(source: Source) -> dict[str, Any]:
    """The log as the JSON of OCEL 2.0 has it."""
    names = _object_names(source)
    objects = [*_parties(source, names), *_concerns(source, names)]
    events = [_event(row, source, names) for row in source.rows]
    return {
        "generator": source.mark,
        "eventTypes": _types(events),
        "objectTypes": _types(objects),
        "events": events,
        "objects": objects,
    }


def to_ocel_xml(source: Source) -> str:
    """The same log as the XML of OCEL 2.0."""
    log = to_ocel(source)
    objects, events = (markup.names([one["id"] for one in log[part]]) for part in ("objects", "events"))
    body = [
        tag("object-types", {}, lines(_type_tag("object-type", one) for one in log["objectTypes"])),
        tag("event-types", {}, lines(_type_tag("event-type", one) for one in log["eventTypes"])),
        tag("objects", {}, lines(_tag("object", one, objects, {"id": objects[one["id"]]}) for one in log["objects"])),
        tag(
            "events",
            {},
            lines(_tag("event", one, objects, {"id": events[one["id"]], "time": one["time"]}) for one in log["events"]),
        ),
    ]
    return markup.HEAD + markup.comment(source.mark) + tag("log", {}, lines(body)) + "\n"


def _object_names(source: Source) -> dict[tuple[str, str], str]:
    """What each object is called: its id, a concern with its table before it where a person or an agency has its id."""
    parties = {node.id for node in source.nodes}
    names = {("party", one): one for one in parties}
    taken = set(parties) | set(source.records.concerns)
    for one in source.records.concerns:
        name = one
        while name in parties or (name != one and name in taken):
            name = f"concern {name}"
        taken.add(name)
        names["concern", one] = name
    return names


def _parties(source: Source, names: Mapping[tuple[str, str], str]) -> Iterable[dict[str, Any]]:
    ties: dict[str, list[dict[str, str]]] = {}
    for edge in source.edges:
        if not edge.row:
            qualifier = str(edge.attributes.get("kind", edge.kind))
            ties.setdefault(edge.source, []).append({"objectId": edge.target, "qualifier": qualifier})
    for node in source.nodes:
        related = [dict(pair) for pair in dict.fromkeys(tuple(one.items()) for one in ties.get(node.id, ()))]
        yield _thing(names["party", node.id], node.kind, {"name": node.name, **node.attributes}, related)


def _concerns(source: Source, names: Mapping[tuple[str, str], str]) -> Iterable[dict[str, Any]]:
    for one in source.records.concerns.values():
        cells = {
            "category": one.category,
            "severity": str(one.severity),
            "resolved": "" if one.resolved is None or one.resolved.last > source.day else iso(one.resolved.last),
            "summary": one.summary if source.text else "",
        }
        related = [{"objectId": names["party", child], "qualifier": "about"} for child in one.about]
        related += [{"objectId": names["concern", other], "qualifier": "answers"} for other in one.answers]
        yield _thing(names["concern", one.id], "concern", cells, related)


def _thing(name: str, kind: str, cells: Mapping[str, Any], related: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    attributes = [{"name": key, "time": ALWAYS, "value": str(value)} for key, value in cells.items() if value != ""]
    return {"id": name, "type": kind, "attributes": attributes, "relationships": list(related)}


def _event(row: Row, source: Source, names: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    related = []
    for role in _ROLES:
        ids = getattr(row, role)
        for one in (ids,) if isinstance(ids, str) else ids:
            which = ("concern" if role == "concerns" else "party", one)
            if which in names:
                related.append({"objectId": names[which], "qualifier": role})
    passed_over = ("kind", "time", "concerns", "about")
    cells = {name: value for name, value in about(row, source).items() if name not in passed_over}
    return {
        "id": row.id,
        "type": row.kind,
        "time": f"{iso(row.date.last)}T{clock(row.date.time or 0)}Z",
        "attributes": [{"name": name, "value": str(value)} for name, value in cells.items()],
        "relationships": related,
    }


def _types(things: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, None]] = {}
    for one in things:
        found.setdefault(one["type"], {}).update(dict.fromkeys(cell["name"] for cell in one["attributes"]))
    return [
        {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
        for kind, names in found.items()
    ]


def _type_tag(name: str, one: Mapping[str, Any]) -> str:
    return tag(
        name, {"name": one["name"]}, tag("attributes", {}, [tag("attribute", cell) for cell in one["attributes"]])
    )


def _tag(name: str, one: Mapping[str, Any], objects: Mapping[str, str], more: Mapping[str, str]) -> str:
    cells = [
        tag("attribute", {key: cell[key] for key in ("name", "time") if key in cell}, markup.text(cell["value"]))
        for cell in one["attributes"]
    ]
    related = [
        tag("relationship", {"object-id": objects[other["objectId"]], "qualifier": other["qualifier"]})
        for other in one["relationships"]
    ]
    return tag(name, {"type": one["type"], **more}, tag("attributes", {}, cells) + tag("objects", {}, related))
