"""A Pajek network with times: everybody by their id, an arc for each way of each row, labelled with its kind.

Times are whole numbers: 1 is the first day of the record. An arc without days, such as a membership, holds always.
"""

from __future__ import annotations

import re

from .source import Edge, Source, iso
from .ucinet import unique

_UNHELD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def to_pajek(source: Source) -> str:
    """The network as text; the first lines are remarks."""
    labels = pajek_labels(source)
    number = {node.id: place for place, node in enumerate(source.nodes, start=1)}
    made = [f"% {source.mark}", f"% time 1 is {iso(source.first_day)}", f"*Vertices {len(labels)}"]
    made += [f'{number[one]} "{label}" [1-*]' for one, label in labels.items()]
    made.append("*Arcs")
    made += [
        f'{number[edge.source]} {number[edge.target]} 1 l "{edge.kind}" {_days(edge, source)}' for edge in source.edges
    ]
    return "\n".join(made) + "\n"


def pajek_labels(source: Source) -> dict[str, str]:
    """What each id is called in Pajek, which has no way to write a quotation mark or a new line in a label."""
    return unique([node.id for node in source.nodes], _label)


def _label(text: str) -> str:
    return _UNHELD.sub(" ", text).replace('"', "'").replace("\\", "/")


def _days(edge: Edge, source: Source) -> str:
    first = "1" if edge.first is None else str(max(1, edge.first - source.first_day + 1))
    if edge.last is None:
        return f"[{first}-*]"
    last = str(max(int(first), edge.last - source.first_day + 1))
    return f"[{first}]" if first == last else f"[{first}-{last}]"
