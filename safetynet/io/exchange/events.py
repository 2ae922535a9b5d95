"""A list of relational events for R: who passed something to whom, and when; a row for each way of each contact.

``time`` counts days from the first day of the record to the day on which the contact certainly had reached them, with
the time of day as a fraction; ``onset`` and ``terminus`` are the window, whose end is not included, and ``tail`` and
``head`` the numbers of sender and receiver, as networkDynamic takes them. ``way`` tells who turned to whom (*forth*)
from what came *back*, from those who met (*together*) and from those who were in the room and *heard* it.
"""

from __future__ import annotations

from ...case.records import Row
from .source import CLOCK, Source, iso

COLUMNS = (
    *("time", "sender", "receiver", "kind", "onset", "terminus", "tail", "head", "earliest", "latest"),
    *("row", "way", "channel", "concerns", "arrived", "count", "sender_name", "receiver_name"),
)


def columns(source: Source) -> tuple[str, ...]:
    """The columns of the list; with the summary of the row where narrative goes along."""
    return (*COLUMNS, "summary") if source.text else COLUMNS


def to_events(source: Source) -> list[tuple[str, ...]]:
    """The rows of the list, by time; their columns are :func:`columns`."""
    number = {node.id: place for place, node in enumerate(source.nodes, start=1)}
    name = {node.id: node.name for node in source.nodes}
    found: list[tuple[tuple[float, int, int, int], tuple[str, ...]]] = []
    for edge in source.edges:
        if edge.first is None or edge.last is None or not edge.row:
            continue
        row = source.records.by_id[edge.row]
        first, last = edge.first - source.first_day, edge.last - source.first_day
        moment = last + (0.0 if edge.time is None else edge.time / CLOCK)
        line = (
            f"{moment:.6f}".rstrip("0").rstrip("."),
            *(edge.source, edge.target, edge.kind, str(first), str(last + 1)),
            *(str(number[edge.source]), str(number[edge.target]), iso(edge.first), iso(edge.last), edge.row),
            *(
                _way(row, edge.source, edge.target),
                row.channel,
                ";".join(row.concerns),
                str(edge.attributes["arrived"]),
                str(row.count),
            ),
            *(name[edge.source], name[edge.target]),
            *((row.summary,) if source.text else ()),
        )
        found.append(((moment, source.records.places[edge.row], number[edge.source], number[edge.target]), line))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _way(row: Row, source: str, target: str) -> str:
    """In which part of a contact row something goes from one to another."""
    if row.is_together:
        return "together" if source in row.who and target in row.who else "heard"
    if source in row.who and target in row.to:
        return "forth"
    return "back" if source in row.to and target in row.who else "heard"
