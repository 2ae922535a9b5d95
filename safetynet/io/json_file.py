"""A case as one JSON file: an object with a key for each table, each a list of objects.

::

    {"case": {"id": "lewis"}, "people": [{"id": "k1", "name": "Lewis", "kind": "child"}, ...], ...}

Cells are text; a number is taken as it is written, ``null`` is empty, ``true`` and ``false`` are yes and no
where the column has these words. Items of a list are called by their place, the first one 1. A table without
rows that has columns of its own is written as ``{"columns": [...], "rows": []}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..case.headings import column_named, table_named
from ..case.records import RawTable
from ..case.schema import BY_NAME
from ..errors import without_narrative
from .limits import refuse_vast
from .reading import YES_NO, Reading, Unreadable

_FORM = 'A table is a list of objects: [{"id": "p1", "name": "..."}, ...].'


class Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written: a key may be there twice."""

    def repeated(self) -> list[str]:
        """The keys that are there more than once."""
        seen: set[str] = set()
        twice = [key for key, _ in self if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
        return list(dict.fromkeys(twice))


class Constant(str):
    """NaN or Infinity, which JSON does not have."""

    __slots__ = ()


def load(data: bytes) -> Any:
    """What a JSON text says: objects as :class:`Pairs`, numbers as the text they are written in.

    Raises
    ------
    Unreadable
        If it is not JSON.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"the file is not UTF-8 text: byte {error.start + 1}, in line {line}.", "Save it as UTF-8."
        ) from None
    if not text.strip():
        raise Unreadable("the file is empty.", "A case is an object with a key for each table.")
    try:
        return json.loads(text, object_pairs_hook=Pairs, parse_int=str, parse_float=str, parse_constant=Constant)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"the file is not JSON: line {error.lineno}, character {error.colno}: {error.msg}.",
            "Correct it there.",
        ) from None
    except RecursionError:
        raise Unreadable("the file is not a case: it is nested too deeply.", _FORM) from None


def read_case_file(data: bytes, label: str, reading: Reading) -> None:
    """Read the tables of one file into `reading`."""
    try:
        top = load(data)
    except Unreadable as error:
        reading.add(label, error.problem, error.hint)
        reading.unread.update(BY_NAME)
        return
    if not isinstance(top, Pairs):
        reading.add(label, "the file is no JSON object.", "A case is an object with a key for each table.")
        reading.unread.update(BY_NAME)
        return
    keys: dict[str, list[str]] = {}
    for key, _ in top:
        if table := table_named(key):
            keys.setdefault(table, []).append(key)
        elif not key.startswith(("_", "$")):
            reading.add_stranger(key, key)
    content = dict(top)
    for table, several in keys.items():
        if len(several) > 1:
            shown = " and ".join(repr(key) for key in dict.fromkeys(several))
            said = f"the key {shown} is there twice." if len(set(several)) == 1 else f"{shown} are the same table."
            reading.add(table, said, "Put the two together.", value=several[0])
            reading.unsure.add(table)
        read_table(table, content[several[-1]], reading)


def read_table(table: str, value: Any, reading: Reading) -> None:
    """One table of the file."""
    columns: list[str] = []
    if isinstance(value, Pairs):
        if table == "case":
            value = [value]
        else:
            parts = dict(value)
            named, value = parts.pop("columns", None), parts.pop("rows", None)
            if parts or not isinstance(named, list) or not all(type(name) is str for name in named):
                value = None
            else:
                columns = named
    if not isinstance(value, list):
        reading.add_unread(table, "it is no list.", _FORM)
        return
    items = _items(table, value, reading)
    for name in columns + [key for _, item in items for key in item]:
        if not name.strip():
            reading.add(table, "a column has no name.", "Give the key a name.")
            break
    header = list(dict.fromkeys([*columns, *(key for _, item in items for key in item)])) or list(BY_NAME[table].names)
    header = [name for name in header if name.strip() and _is_text(table, name, reading)]
    try:
        refuse_vast("the table", len(items), len(header))
    except Unreadable as error:
        reading.add_unread(table, error.problem, error.hint)
        return
    rows = tuple(tuple(cell(table, line, name, item.get(name), reading) for name in header) for line, item in items)
    reading.tables[table] = RawTable(tuple(header), rows, tuple(line for line, _ in items))


def _items(table: str, value: list[Any], reading: Reading) -> list[tuple[str, dict[str, Any]]]:
    """The items of a table that are objects, each with its place."""
    items: list[tuple[str, dict[str, Any]]] = []
    for place, item in enumerate(value, 1):
        if not isinstance(item, Pairs):
            reading.add(table, "the item is no object.", _FORM, row=str(place))
            reading.unsure.add(table)
            continue
        for key in item.repeated():
            reading.add(
                table,
                f"the key {without_narrative(key)} is there twice.",
                "Keep one of them.",
                row=str(place),
                column=key,
            )
        items.append((str(place), dict(item)))
    return items


def _is_text(table: str, name: str, reading: Reading) -> bool:
    """Whether a key can be a heading; half a character is none."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        reading.add(table, "a key has half a character in it (a lone surrogate).", "Type the key again.")
        return False
    return True


def cell(table: str, line: str, name: str, value: Any, reading: Reading) -> str:
    """The text of one value."""
    try:
        return text_of_json(value, table, name)
    except Unreadable as error:
        shown = value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
        reading.add_cell(table, line, name, shown, error)
        return ""


def text_of_json(value: Any, table: str, name: str) -> str:
    """The text of one value.

    Raises
    ------
    Unreadable
        If it is nested, or no value that a cell can hold.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        column = column_named(table, name)
        if column is not None and column.vocabulary == YES_NO:
            return "yes" if value else "no"
        raise Unreadable(
            f"the value is {str(value).lower()}, not a text.",
            "Write it as text, in the words that the column has.",
        )
    if isinstance(value, Constant):
        raise Unreadable(f"the value is {value}, which JSON does not have.", "Write a number, or null.")
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise Unreadable(
                "the text has half a character in it (a lone surrogate).", "Type the text again."
            ) from None
        return value
    raise Unreadable("the value is nested: a cell holds one text.", 'Write several ids as one text: "a;b".')


def as_json(tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[str]]]]) -> bytes:
    """A case as the bytes of a JSON file, one line for each row."""
    parts: list[str] = []
    for name, (columns, rows) in tables.items():
        known = BY_NAME[name].names
        own = [column for column in columns if column not in known]
        items = [
            _line({column: text for column, text in zip(columns, row, strict=True) if text or column in own})
            for row in rows
        ]
        if name == "case":
            body = items[0]
        elif items:
            body = "[\n    " + ",\n    ".join(items) + "\n  ]"
        elif own:
            body = _line({"columns": list(columns), "rows": []})
        else:
            body = "[]"
        parts.append(f"  {_line(name)}: {body}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
