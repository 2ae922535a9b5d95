"""Ids that can be used as they are and may be slips: other capitals, marks for a missing value, two spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..errors import Problem, without_narrative
from ..problems import few_rows
from ..unsure import EMPTY, MISSING
from .columns import Column
from .ids import Ids
from .records import RawTable

_JOINING = re.compile(r"\b(?:the|and|of)\b|[\W_]+")


def other_capitals(name: str, column: Column, table: RawTable, spelt: Mapping[str, str], ids: Ids) -> list[Problem]:
    """A note for each id that was read as one with other capitals; `spelt` are the cells that changed."""
    place = table.columns.index(column.name)
    read: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(table.rows) if spelt else ():
        for written, meant in ids.items(row[place], column) if row[place] in spelt else ():
            if written != meant and meant not in column.extra:
                read.setdefault((written, meant), []).append(index)
    hint = "Ids are the same only with the same capitals: write it so if it is that one."
    notes = []
    for (written, meant), at in read.items():
        said = f"{without_narrative(written)} is read as {without_narrative(meant)}{_more(table, at)}."
        notes.append(Problem(name, table.line(at[0]), column.name, written, said, hint))
    return notes


def marks(name: str, column: Column, table: RawTable, ids: Ids) -> list[Problem]:
    """A note for each mark of a missing value that is taken for an id."""
    place = table.columns.index(column.name)
    open_ended = column.name == "source" and not ids.known.get("sources")  # without a table of sources any code will do
    cells = {row[place] for row in table.rows}
    taken = {
        cell
        for cell in cells
        if (mark := cell.strip().casefold()) in MISSING
        and mark not in column.extra
        and (open_ended or ids.has(cell.strip(), column.points_to))
    }
    found: dict[str, list[int]] = {}
    for index, row in enumerate(table.rows) if taken else ():
        if row[place] in taken:
            found.setdefault(row[place].strip(), []).append(index)
    hint = "Leave the cell empty where there is nothing to say."
    notes = []
    for value, at in found.items():
        said = f"{value!r} looks like a mark for a missing value, and is taken for an id{_more(table, at)}."
        notes.append(Problem(name, table.line(at[0]), column.name, value, said, hint))
    return notes


def empty_cells(column: Column, spelt: Mapping[str, str], ids: Ids) -> set[str]:
    """The cells of a column that say that they say nothing: a mark, where neither an id nor a word is so called."""
    if column.required or column.type in ("text", "id") or (column.name == "source" and not ids.known.get("sources")):
        return set()
    found = {cell for cell, text in spelt.items() if text.casefold() in EMPTY}
    return {
        cell
        for cell in found
        if spelt[cell] not in (*column.vocabulary, *column.extra) and not ids.has(spelt[cell], column.points_to)
    }


def read_as_empty(name: str, column: Column, table: RawTable, empty: set[str]) -> list[Problem]:
    """A note for each mark that is read as an empty cell."""
    place = table.columns.index(column.name)
    found: dict[str, list[int]] = {}
    for index, row in enumerate(table.rows) if empty else ():
        if row[place] in empty:
            found.setdefault(row[place].strip(), []).append(index)
    notes = []
    for mark, at in found.items():
        said = f"{mark!r} is read as an empty cell{_more(table, at)}."
        notes.append(Problem(name, table.line(at[0]), column.name, mark, said, "Leave such cells empty."))
    return notes


def two_spellings(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A note for agencies whose ids or names differ in capitals, blanks and signs only."""
    spellings: dict[str, dict[str, tuple[str, str, str]]] = {}  # bare words -> id -> where it stands
    for name, columns in (("agencies", ("id", "name")), ("people", ("agency",))):
        table = tables.get(name)
        for place, heading in enumerate(table.columns if table else ()):
            if table is None or heading not in columns:
                continue
            key = place if name == "people" else table.columns.index("id") if "id" in table.columns else place
            for index, row in enumerate(table.rows):
                if row[key] and bare(row[place]):
                    where = (name, table.line(index), heading)
                    spellings.setdefault(bare(row[place]), {}).setdefault(row[key], where)
    notes: dict[tuple[str, ...], Problem] = {}
    for ids in spellings.values():
        if len(ids) > 1:
            both = " and ".join(without_narrative(one) for one in ids)
            table_name, line, column = list(ids.values())[-1]
            said = f"{both} look like two spellings of one agency, and count as {len(ids)}."
            note = Problem(table_name, line, column, ";".join(ids), said, "Write one of them everywhere if it is one.")
            notes.setdefault(tuple(sorted(ids)), note)
    return list(notes.values())


def bare(text: str) -> str:
    """The letters and digits of a name, without joining words and the s of a plural.

    Examples
    --------
    >>> (
    ...     bare("Children's Social Care") == bare("Childrens social-care"),
    ...     bare("Health & Housing") == bare("Health and housing"),
    ... )
    (True, True)
    """
    words = [word for word in _JOINING.split(text.casefold().replace("'", "").replace("\u2019", "")) if word]
    return "".join(word.removesuffix("s") if len(word) > 3 else word for word in words)


def _more(table: RawTable, at: Sequence[int]) -> str:
    """Where else it stands."""
    others = [table.line(index) for index in at[1:]]
    return f" (also in {few_rows(others)})" if others else ""
