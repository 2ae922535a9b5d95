"""Records from parsed cells; open ends close at the case's own first and last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from ..dates import ClosedWindow, OpenWindow, Window
from .records import (
    Agency,
    Concern,
    Condition,
    Link,
    Permission,
    Person,
    Rating,
    Records,
    Row,
    Service,
    Tie,
    frozen,
)
from .schema import BY_NAME
from .values import Value

Cells = Mapping[str, Value]
Parsed = Mapping[str, Sequence[Cells]]
Record = Any  # one of the classes below: each table has its own
Made = Mapping[str, Iterable[Record]]

CLASSES: Mapping[str, type] = {
    "people": Person,
    "agencies": Agency,
    "concerns": Concern,
    "chronology": Row,
    "ties": Tie,
    "services": Service,
    "permissions": Permission,
    "ratings": Rating,
    "links": Link,
    "conditions": Condition,
}
OTHER_NAMES = {
    ("chronology", "two_way"): "two_way_cell",
    ("permissions", "from"): "source",
    ("permissions", "to"): "target",
    ("links", "from"): "source",
    ("links", "to"): "target",
}


@cache
def field_names(table: str) -> Mapping[str, str]:
    """The field of the record that each column of a table fills."""
    known = {one.name for one in fields(CLASSES[table])}
    named = {column: OTHER_NAMES.get((table, column), column) for column in BY_NAME[table].names}
    if table in ("permissions", "links"):  # `source` is one end there, and no code of the sources
        named.pop("source", None)
    return {column: field for column, field in named.items() if field in known}


@cache
def windows_of(table: str) -> tuple[str, ...]:
    """The fields of a table's records that are dates."""
    named = field_names(table)
    return tuple(named[one.name] for one in BY_NAME[table].columns if one.type == "window" and one.name in named)


def record(table: str, cells: Cells) -> Record:
    """The record of one row; its open ends are still open."""
    named = field_names(table)
    return CLASSES[table](**{named[column]: value for column, value in cells.items() if column in named})


def build(parsed: Parsed) -> Records:
    """The records of a case."""
    made = {table: [record(table, cells) for cells in parsed.get(table, ())] for table in CLASSES}
    harm = parsed["case"][0].get("harm_date") if parsed.get("case") else None
    return settle(made, harm if isinstance(harm, (Window, OpenWindow)) else None, "permissions" in parsed)


def days_of(rows: Iterable[Row]) -> tuple[int | None, int | None]:
    """The earliest first and the latest last day of what the dates of the rows give."""
    days = [day for row in rows for day in given(row.date)]
    return (min(days), max(days)) if days else (None, None)


def given(window: Window | OpenWindow) -> tuple[int, ...]:
    """The days that a window gives, apart from an end that a case closed."""
    if isinstance(window, OpenWindow):
        return window.given
    return window.written.given if isinstance(window, ClosedWindow) else (window.first, window.last)


def closed(window: Window | OpenWindow, start: int | None, end: int | None) -> Window:
    """A window of a case that goes from `start` to `end`."""
    if isinstance(window, OpenWindow):
        return window.closed(start, end)
    if isinstance(window, ClosedWindow):
        again = window.written.closed(start, end)
        return window if again == window else again
    return window


def close(table: str, made: Record, start: int | None, end: int | None) -> Record:
    """A record with its open ends closed at the days of a case; itself where nothing changes."""
    changed = {}
    for field in windows_of(table):
        window = getattr(made, field)
        if window is not None and type(window) is not Window:
            again = closed(window, start, end)
            if again is not window:
                changed[field] = again
    return replace(made, **changed) if changed else made


def settle(made: Made, harm: Window | OpenWindow | None, restricted: bool) -> Records:
    """The records of a case from those of its tables, each end that is open closed.

    Parameters
    ----------
    made : mapping
        The records by table, new ones and those of another case alike.
    harm : window or None
        The day of the harm.
    restricted : bool
        Whether there is a table of permissions.
    """
    start, end = days_of(made["chronology"])
    now = {table: [close(table, one, start, end) for one in records] for table, records in made.items()}
    return Records(
        people=by_id(now["people"]),
        agencies=by_id(now["agencies"]),
        concerns=by_id(now["concerns"]),
        rows=tuple(now["chronology"]),
        ties=tuple(now["ties"]),
        services=tuple(now["services"]),
        permissions=tuple(now["permissions"]) if restricted else None,
        ratings=tuple(now["ratings"]),
        links=tuple(now["links"]),
        conditions=tuple(now["conditions"]),
        harm=None if harm is None else closed(harm, start, end),
        start=start,
        end=end,
    )


def by_id(records: Iterable[Record]) -> Mapping[str, Record]:
    """The records by their ids."""
    return frozen({one.id: one for one in records})
