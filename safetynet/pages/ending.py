"""The end of a report: the chronology, the conventions in force, what is odd, and where everything comes from."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import Counter
from typing import NamedTuple

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, in_order
from ..wording import count
from .extent import Extent
from .lines import Column, Table, table
from .names import Names
from .rows import Shown, key_rows, shown

ODD = (
    Column("table", "Table", "text"),
    Column("row", "Row", "text"),
    Column("column", "Column", "text"),
    Column("value", "Value", "text"),
    Column("problem", "What is odd", "prose"),
    Column("hint", "What to do", "prose"),
)
SOURCES = (
    Column("code", "Code", "text"),
    Column("title", "Title", "prose"),
    Column("url", "Where", "text"),
    Column("seen", "Seen", "text"),
)


class Month(NamedTuple):
    """What is not listed row by row: how many rows of which kinds a month has."""

    month: str
    rows: int
    kinds: str


class Chronology(NamedTuple):
    """The rows that are listed, the key ones marked; what is only counted; and what the filter offers."""

    total: int
    rows: list[Shown]
    months: list[Month]
    kinds: list[str]
    agencies: list[tuple[str, str]]
    concerns: list[str]

    @property
    def ids(self) -> frozenset[str]:
        """The rows that stand on the page."""
        return frozenset(row.id for row in self.rows)

    @property
    def key(self) -> int:
        """How many rows stand on paper."""
        return sum(row.key for row in self.rows)


def chronology_of(view: Snapshot, names: Names, extent: Extent, key: frozenset[str]) -> Chronology:
    """The chronology: all of it on the screen as long as somebody can read it, the key rows on paper."""
    every = view.records.by_id
    key = (
        frozenset(every)
        if extent.key is None
        else frozenset(key_rows(view, in_order(every[one] for one in key), extent.key))
    )
    listed = set(every) if extent.rows is None or len(every) <= extent.rows else set(key)
    rows = sorted(view.records.rows, key=lambda row: (row.order[:3], view.records.places[row.id]))  # as it was typed
    made = [shown(view, names, row, row.id in key) for row in rows if row.id in listed]
    agencies = {agency for row in made for agency in row.agencies if agency in view.records.agencies}
    return Chronology(
        len(every),
        made,
        _months(view, listed) if extent.rows else [],
        sorted({row.kind for row in made}),
        sorted(((one, view.name(one)) for one in agencies), key=lambda pair: pair[1].casefold()),
        sorted({concern for row in made for concern in row.concerns}),
    )


def _months(view: Snapshot, listed: set[str]) -> list[Month]:
    """The rows that are not listed, by month and kind."""
    found: dict[str, Counter[str]] = {}
    for row in view.records.in_order:
        if row.id not in listed:
            found.setdefault(date_of(row.date.last).isoformat()[:7], Counter())[row.kind] += 1
    return [
        Month(month, kinds.total(), ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))
        for month, kinds in found.items()
    ]


def odd_of(case: Case, names: Names, extent: Extent) -> Table:
    """What is odd in the input and was used as it stands."""
    return table("odd", "Odd in the input, and used as it stands", ODD, case._odd, names, room=extent.room(6))


def sources_of(case: Case, names: Names, extent: Extent) -> Table:
    """The sources that the rows refer to."""
    return table("sources", "Sources of the rows", SOURCES, case._lines("sources"), names, room=extent.room())


class Provenance(NamedTuple):
    """Where a page comes from."""

    made: str
    source: str
    tables: str
    fingerprint: str
    year: str


def provenance_of(case: Case) -> Provenance:
    """When a page was made, from which file, and what identifies what stood in it."""
    day = today()
    tables = [
        count(len(table.rows), f"row of {name}", f"rows of {name}")
        for name, table in case._raw.items()
        if name != "case"
    ]
    return Provenance(day.isoformat(), case._read_from, ", ".join(tables), fingerprint(case), str(day.year))


def today() -> dt.date:
    """The day of today, or that of SOURCE_DATE_EPOCH, which makes a page the same whenever it is made."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch.isdecimal() else dt.date.today()


def fingerprint(case: Case) -> str:
    """Twelve signs that change with any cell of the case."""
    cells = [(name, *case._raw[name][:2]) for name in sorted(case._raw)]
    return hashlib.sha256(repr(cells).encode()).hexdigest()[:12]
