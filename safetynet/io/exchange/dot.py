"""DOT, which Graphviz draws: everybody with their name, and an arrow for each kind of edge with how many there are."""

from __future__ import annotations

import re

from .source import Source
from .ucinet import counted

_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def to_dot(source: Source) -> str:
    """The graph as DOT; nodes are called by their number, and their id stands in ``case_id``."""
    number = {node.id: f"n{place}" for place, node in enumerate(source.nodes, start=1)}
    made = [f"// {source.mark}", "digraph {", "  node [shape=box];"]
    for node in source.nodes:
        cells = {"label": node.name, "case_id": node.id, "node_type": node.kind}
        made.append(f"  {number[node.id]} [{_cells(cells)}];")
    for (one, other), numbers in counted(source)[1].items():
        for kind, many in numbers.items():
            label = kind if many == 1 else f"{kind} ({many})"
            cells = {"label": label, "edge_type": kind, "weight": str(many)}
            made.append(f"  {number[one]} -> {number[other]} [{_cells(cells)}];")
    return "\n".join([*made, "}"]) + "\n"


def _cells(cells: dict[str, str]) -> str:
    return ", ".join(f"{name}={quoted(text)}" for name, text in cells.items())


def quoted(text: str) -> str:
    r"""A text in quotation marks as DOT takes it: nothing in it ends the text or stands for something else.

    Examples
    --------
    >>> print(quoted('a "b" \\N'))
    "a \"b\" \\N"
    """
    plain = _UNHELD.sub("\ufffd", text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n").replace("\t", " ") + '"'
