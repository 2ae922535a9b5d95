"""Parts of a checked case and additions to it: rows are chosen, cut or added, and only what changes is settled again.

A :class:`Parts` has each table as records beside their cells. What an edit leaves alone is taken over as it is, so that
a part of a case costs a small share of building one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, NamedTuple

from ..dates import Window
from ..errors import Problem
from . import build
from .records import RawTable, Records
from .schema import BY_NAME

Test = Callable[[Any], bool]


class Entry(NamedTuple):
    """One row of a table: its record, its cells, and what a person calls it."""

    record: Any
    cells: tuple[str, ...]
    line: str


class Parts:
    """The tables of a case while a new case is made of them.

    Parameters
    ----------
    raw : mapping
        The text tables of a checked case.
    records : Records
        What they were read to.
    """

    def __init__(self, raw: Mapping[str, RawTable], records: Records) -> None:
        self.raw = dict(raw)
        self.old = records
        self.notes: list[Problem] = []  # what was read otherwise than it stood
        self._entries: dict[str, list[Entry]] = {}

    def entries(self, table: str) -> list[Entry]:
        """The rows of a table, one of those that have records."""
        if table not in self._entries:
            made: list[Entry] = []
            raw = self.raw.get(table)
            if raw is not None:
                lines = raw.lines or tuple(map(raw.line, range(len(raw.rows))))
                made = list(map(Entry, _records(self.old, table), raw.rows, lines))
            self._entries[table] = made
        return self._entries[table]

    def keep(self, table: str, test: Test) -> set[str]:
        """Keep the rows of a table whose records pass; the ids of those that go, where the table has ids."""
        kept: list[Entry] = []
        gone: list[Entry] = []
        for one in self.entries(table):
            (kept if test(one.record) else gone).append(one)
        self._entries[table] = kept
        return {one.record.id for one in gone} if BY_NAME[table].id else set()

    def cut(self, table: str, columns: Sequence[str], gone: AbstractSet[str]) -> None:
        """Take ids out of some columns of a table, which hold one id or several; the other ids stay."""
        named = [(column, build.field_names(table)[column]) for column in columns]
        entries = self.entries(table) if gone else []
        for place, one in enumerate(entries):
            changed: dict[str, str | tuple[str, ...]] = {}
            for column, field in named:
                value = getattr(one.record, field)
                if not value:
                    continue
                if isinstance(value, str):
                    if value in gone:
                        changed[column] = ""
                elif not gone.isdisjoint(value):
                    changed[column] = tuple(item for item in value if item not in gone)
            if changed:
                entries[place] = self.changed(table, one, changed)

    def changed(self, table: str, one: Entry, cells: Mapping[str, str | tuple[str, ...] | Window]) -> Entry:
        """An entry with other ids, words or dates in some of its columns."""
        spec, named = BY_NAME[table], build.field_names(table)
        texts = {name: _text(value) for name, value in cells.items()}
        row = tuple(texts.get(name, text) for name, text in zip(spec.names, one.cells, strict=False))
        record = replace(one.record, **{named[name]: value for name, value in cells.items()})
        return Entry(record, row + one.cells[len(row) :], one.line)

    def change(self, table: str, test: Test, **cells: str) -> None:
        """Write the same words into the rows of a table whose records pass."""
        self._entries[table] = [
            self.changed(table, one, cells) if test(one.record) else one for one in self.entries(table)
        ]

    def put(self, table: str, entries: Iterable[Entry]) -> None:
        """Put these rows in the place of those of a table."""
        self._entries[table] = list(entries)

    def tables(self) -> dict[str, RawTable]:
        """The text tables as they are now."""
        made = dict(self.raw)
        for table, entries in self._entries.items():
            if table in made:
                rows, lines = tuple(one.cells for one in entries), tuple(one.line for one in entries)
                made[table] = RawTable(made[table].columns, rows, lines)
        return made

    def records(self) -> Records:
        """The records as they are now, with open ends closed at the days that are left."""
        made: dict[str, Iterable[Any]] = {table: _records(self.old, table) for table in build.CLASSES}
        made.update((table, [one.record for one in entries]) for table, entries in self._entries.items())
        return build.settle(made, self.old.harm, self.old.permissions is not None)


def _text(value: str | tuple[str, ...] | Window) -> str:
    """The cell of a value."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Window):
        return ";".join(value)
    first, last = value.first_date.isoformat(), value.last_date.isoformat()
    if value.time is None:
        return first if value.is_day else f"{first}/{last}"
    minutes, seconds = divmod(value.time, 60)
    hour, minute = divmod(minutes, 60)
    return f"{first}T{hour:02d}:{minute:02d}" + (f":{seconds:02d}" if seconds else "")


def _records(records: Records, table: str) -> Collection[Any]:
    """The records of a table, in the order of its rows."""
    if table in ("people", "agencies", "concerns"):
        found: Mapping[str, Any] = getattr(records, table)
        return found.values()
    return getattr(records, "rows" if table == "chronology" else table) or ()
