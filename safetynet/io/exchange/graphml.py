"""GraphML: every person and agency, and an edge for each way that each row went; read by nearly every program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ...case.graph import Attribute
from . import markup
from .markup import tag
from .source import Source

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._:-]")
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


def to_graphml(source: Source) -> str:
    """The case as GraphML.

    A node is called by its id where GraphML allows that (letters, digits, ``.``, ``_``, ``:`` and ``-``), else by its
    number; the id stands in ``case_id`` in any case.
    """
    names = tokens([node.id for node in source.nodes])
    nodes = [
        {"case_id": node.id, "label": node.name, "node_type": node.kind, **node.attributes} for node in source.nodes
    ]
    edges = [{"edge_type": edge.kind, **edge.attributes} for edge in source.edges]
    node_keys, edge_keys = _keys(nodes, "n"), _keys(edges, "e")
    body = [tag("key", key, "") for key in (*_declared(node_keys, nodes, "node"), *_declared(edge_keys, edges, "edge"))]
    inside = [
        tag("node", {"id": names[node.id]}, _data(cells, node_keys))
        for node, cells in zip(source.nodes, nodes, strict=True)
    ]
    inside += [
        tag(
            "edge",
            {"id": f"edge_{number}", "source": names[edge.source], "target": names[edge.target]},
            _data(cells, edge_keys),
        )
        for number, (edge, cells) in enumerate(zip(source.edges, edges, strict=True), start=1)
    ]
    body.append(tag("graph", {"id": "case", "edgedefault": "directed"}, lines(inside)))
    return markup.HEAD + markup.comment(source.mark) + tag("graphml", {"xmlns": NAMESPACE}, lines(body)) + "\n"


def lines(parts: Iterable[str]) -> str:
    """Elements one below the other."""
    listed = list(parts)
    return "\n" + "\n".join(listed) + "\n" if listed else ""


def tokens(ids: Sequence[str]) -> dict[str, str]:
    """A name for each id that XML takes for one: itself, or its number.

    Examples
    --------
    >>> tokens(["a", "b c", "node_2"])
    {'a': 'a', 'b c': 'node_2_', 'node_2': 'node_2'}
    """
    taken = {one for one in ids if _TOKEN.fullmatch(one)}
    found: dict[str, str] = {}
    for number, one in enumerate(ids, start=1):
        name = one
        if one not in taken:
            name = f"node_{number}"
            while name in taken:
                name += "_"
            taken.add(name)
        found[one] = name
    return found


def _keys(cells: Iterable[Mapping[str, Attribute]], letter: str) -> dict[str, str]:
    """The key of each attribute that occurs, in the order in which they do."""
    found = dict.fromkeys(name for one in cells for name in one)
    return {name: f"{letter}{number}" for number, name in enumerate(found)}


def _declared(
    keys: Mapping[str, str], cells: Sequence[Mapping[str, Attribute]], what: str
) -> Iterable[dict[str, object]]:
    taken: set[str] = set()
    for name, key in keys.items():
        kinds = {type(one[name]) for one in cells if name in one}
        plain = _NO_TOKEN.sub("_", name) or "_"
        while plain in taken:
            plain += "_"
        taken.add(plain)
        yield {
            "id": key,
            "for": what,
            "attr.name": plain,
            "attr.type": _TYPES[kinds.pop()] if len(kinds) == 1 else "string",
        }


def _data(cells: Mapping[str, Attribute], keys: Mapping[str, str]) -> str:
    return "".join(tag("data", {"key": keys[name]}, markup.text(_written(value))) for name, value in cells.items())


def _written(value: Attribute) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
