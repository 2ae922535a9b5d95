"""A table of actors for R, beside the list of events: who may send and receive, with what does not change of them.

``label`` is what the list of events has as sender and receiver, and ``number`` what it has as tail and head. ``onset``
and ``terminus`` are the days, from the first day of the record, between which somebody is there: from the first row
that names them to the end of their post or of the record, the end not included; ``present`` is whether that was so on
the first day, as goldfish asks.
"""

from __future__ import annotations

from .gexf import appearances
from .source import Node, Source

COLUMNS = ("label", "number", "name", "kind", "role", "agency", "sector", "remit", "present", "onset", "terminus")


def to_actors(source: Source) -> list[tuple[str, ...]]:
    """The rows of the table: every person, then every agency; their columns are :data:`COLUMNS`."""
    first = appearances(source)
    return [_line(source, node, number, first) for number, node in enumerate(source.nodes, start=1)]


def _line(source: Source, node: Node, number: int, first: dict[str, int]) -> tuple[str, ...]:
    """Somebody as a row of the table; of a person the sector is that of their agency."""
    person = source.records.people.get(node.id)
    agency = source.records.agencies.get(node.id if person is None else person.agency)
    begin = source.first_day if node.kind == "child" else first.get(node.id)
    end = source.last_day if person is None or person.end is None else min(person.end.last, source.last_day)
    days = ("", "") if begin is None else (str(begin - source.first_day), str(max(begin, end) + 1 - source.first_day))
    return (
        *(node.id, str(number), node.name, node.kind, "" if person is None else person.role),
        *("" if agency is None else agency.id, "" if agency is None else agency.sector),
        person.remit if person is not None and person.kind == "professional" else "",
        *(str(begin == source.first_day).upper(), *days),
    )
