"""What of a case goes out: the rows by a day, who is in them, and the edges between them with their days.

Case narrative stays behind unless it is asked for: summaries, notes, and columns of a person's own, which may hold
anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...case import Case
from ...case.graph import Attribute
from ...case.records import Person, Row
from ...case.schema import BY_NAME
from ...dates import date_of

if TYPE_CHECKING:
    import networkx as nx

TOLD_AS_TEXT = {  # the columns that tell what happened, in a person's own words
    "concerns": ("summary",),
    "chronology": ("summary",),
    "links": ("summary",),
    "conditions": ("summary",),
    "ratings": ("note",),
}
TAKEN = ("label", "case_id", "lead", "involved")  # what the formats call something else than a column of one's own
CLOCK = 24 * 60 * 60  # seconds of a day


class Node(NamedTuple):
    """A person or an agency."""

    id: str
    name: str
    kind: str
    attributes: dict[str, Attribute]


class Edge(NamedTuple):
    """From one to another: a way that a row went, a membership, an involvement or a tie.

    `first` and `last` are its days, both included; None is open. `time` is in seconds, where the row has one.
    """

    source: str
    target: str
    kind: str
    key: str
    attributes: dict[str, Attribute]
    first: int | None = None
    last: int | None = None
    time: int | None = None
    row: str = ""


class Source:
    """A case as it goes out.

    Parameters
    ----------
    case : Case
    day : int
        Rows that are certain by this day.
    text : bool
        Whether case narrative goes with it, where the format can hold it.
    mark : str
        What a file of this case carries.
    """

    def __init__(self, case: Case, day: int, *, text: bool = False, mark: str = "") -> None:
        self.whole, self.day, self.text, self.mark = case, day, text, mark
        self.case = case.until(date_of(day))
        self.records = self.case._records

    @property
    def title(self) -> str:
        """The id of the case; its title is narrative perhaps."""
        return self.whole.title if self.text else self.whole.id

    @property
    def later(self) -> int:
        """How many rows come after the day."""
        return len(self.whole._records.rows) - len(self.records.rows)

    @property
    def first_day(self) -> int:
        """The first day of the record; the day itself where no row is left."""
        return self.day if self.records.start is None else self.records.start

    @property
    def last_day(self) -> int:
        """The last day of the record, at the latest the day that was asked for."""
        return self.day if self.records.end is None else min(self.records.end, self.day)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order in which they are read."""
        return tuple(sorted(self.records.rows, key=lambda row: row.order))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every person, then every agency, in the order of their tables."""
        known = {*BY_NAME["people"].names, *BY_NAME["agencies"].names}
        found: list[Node] = []
        for one, data in self._graph.nodes(data=True):
            kept = {name: value for name, value in data.items() if name in known or self.text}
            name, kind = str(kept.pop("name", one)), str(data["node_type"])
            kept.pop("kind", None)
            kept.pop("node_type", None)
            cells = {f"own {key}" if key in TAKEN else key: value for key, value in kept.items()}
            found.append(Node(one, name, kind, cells))
        return tuple(found)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The edges of ``case.graph`` with their days, in its order."""
        return tuple(self._edges())

    @cached_property
    def _graph(self) -> nx.MultiDiGraph[str]:
        return self.case.graph(date_of(self.day))

    def _edges(self) -> Iterator[Edge]:
        for source, target, key, data in self._graph.edges(keys=True, data=True):
            cells = {name: value for name, value in data.items() if name != "edge_type"}
            kind, row = str(data["edge_type"]), str(data.get("row", ""))
            if row:
                reached = self.records.by_id[row].reached
                edge = Edge(source, target, kind, key, cells, reached.first, reached.last, reached.time, row)
            else:
                first, last = self._days(kind, source, cells)
                edge = Edge(source, target, kind, key, cells, first, last)
            yield edge

    def _days(self, kind: str, source: str, cells: dict[str, Attribute]) -> tuple[int | None, int | None]:
        """The days of an edge that is no row: of a membership those of the post."""
        if kind == "member":
            person = self.records.people[source]
            first, last = person.start, person.end
            return None if first is None else first.first, None if last is None else last.last
        ends = [str(cells.get(name, "")) for name in ("start", "end")]
        return _ordinal(ends[0].partition("/")[0]), _ordinal(ends[1].rpartition("/")[2])

    def people(self) -> Iterable[Person]:
        """The people, in the order of their table."""
        return self.records.people.values()

    def has_text(self) -> bool:
        """Whether the case has narrative."""
        return any(
            any(row[table.columns.index(column)] for row in table.rows)
            for name, columns in TOLD_AS_TEXT.items()
            if (table := self.case._raw.get(name)) is not None
            for column in columns
            if column in table.columns
        )


def _ordinal(text: str) -> int | None:
    return dt.date.fromisoformat(text).toordinal() if text else None


def iso(day: int) -> str:
    """A day as 2019-05-20."""
    return date_of(day).isoformat()


def clock(seconds: int) -> str:
    """A time of day as 16:30:00."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
