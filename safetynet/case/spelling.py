"""The tables of a case in the spelling of the case format, before anything is judged.

What a person can only have meant one way is written that way: headings and code words whatever their case, dates in
words, lists with commas, ids that differ in capitals. What was read otherwise than it stands, and might have been a
slip, is a note (a row of ``case.warnings``); what may be meant in two ways is left as it is, for the checks to name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..dates import standard
from ..errors import Problem, choose, without_narrative
from ..written import DATE_ORDERS, BadDate, DateOrder
from . import clock, rows, slips
from .columns import Column
from .headings import spell_headings, word_meant
from .ids import Ids
from .records import RawTable
from .schema import BY_NAME, TABLES
from .told import Told
from .vocabulary import CONFIDENCE_WORDS

_POINTERS = ("ref", "refs", "place")
_WHOLE = re.compile(r"(\d{1,9})\.0+", re.ASCII)


def spell(raw: Mapping[str, RawTable], told: Told, order: DateOrder | None = None) -> dict[str, RawTable]:
    """The tables in the spelling of the case format; `order` is that of dates of numbers only.

    What is wrong, and what was read otherwise than it stands, is added to `told`.
    """
    if order is not None:
        choose("date_order", order, DATE_ORDERS)
    tables = {name: spell_headings(name, table, told) if name in BY_NAME else table for name, table in raw.items()}
    known = [table.name for table in TABLES if table.name in tables]
    for name in known:
        tables[name] = rows.without_blanks(name, tables[name], told)
    if "chronology" in tables and ("chronology", "", "id") not in told.places:
        tables["chronology"] = rows.named(tables["chronology"], told)
    ids = Ids({name: tables[name] for name in known})
    if "people" in tables and "agency" in tables["people"].columns:
        _agencies(tables["people"], ids, told)
    for name in known:
        tables[name] = spell_cells(name, tables[name], ids, order, told.notes)
    if "chronology" in tables:
        told.notes += clock.beside_the_date(tables["chronology"])
    told.notes += slips.two_spellings(tables)
    return tables


def _agencies(people: RawTable, ids: Ids, told: Told) -> None:
    """Agencies that only people name are agencies too; the name of one that is listed is no id."""
    place = people.columns.index("agency")
    listed = tuple(ids.known.get("agencies", ()))
    for index, row in enumerate(people.rows):
        value = row[place].strip()
        if not value or ids.meant(value, ("agencies",)):
            continue
        if listed and value in ids.as_written and ids.named(value, ("agencies",)):
            shown = without_narrative(value)
            hint = ids.hint(value, ("agencies",))
            told.problems.append(
                Problem("people", people.line(index), "agency", value, f"{shown} is not in agencies.", hint)
            )
        else:
            ids.add("agencies", [value])


def spell_cells(name: str, table: RawTable, ids: Ids, order: DateOrder | None, notes: list[Problem]) -> RawTable:
    """One table with every known column spelt."""
    changed: dict[int, dict[str, str]] = {}
    for place, heading in enumerate(table.columns):
        column = BY_NAME[name].get(heading)
        if column is None:
            continue
        cells = {row[place] for row in table.rows}
        speller = _speller(column, ids, order)
        spelt = {cell: speller(cell) for cell in cells} if speller else {}
        empty = slips.empty_cells(column, spelt, ids)
        notes += slips.read_as_empty(name, column, table, empty)
        spelt = {cell: "" if cell in empty else text for cell, text in spelt.items()}
        spelt = {cell: text for cell, text in spelt.items() if cell != text}
        if spelt:
            changed[place] = spelt
        if column.type in _POINTERS:
            notes += slips.other_capitals(name, column, table, spelt, ids)
            notes += slips.marks(name, column, table, ids)
    if not changed:
        return table
    written = tuple(
        tuple(changed[place].get(cell, cell) if place in changed else cell for place, cell in enumerate(row))
        for row in table.rows
    )
    return RawTable(table.columns, written, table.lines)


def _speller(column: Column, ids: Ids, order: DateOrder | None) -> Callable[[str], str] | None:
    """What spells the cells of a column; None for text, which stays as it is."""
    if column.type == "id":
        return str.strip
    if column.type == "word":
        return lambda cell: word_meant(cell, column.vocabulary) or cell.strip()
    if column.vocabulary:  # other words are kept
        return lambda cell: word_meant(cell, column.vocabulary) or cell
    if column.type in ("window", "due"):
        return lambda cell: _date(cell, order)
    if column.type == "confidence":
        return lambda cell: word_meant(cell, CONFIDENCE_WORDS) or cell.strip()
    if column.type == "integer":
        return lambda cell: _WHOLE.sub(r"\1", cell.strip()) if _WHOLE.fullmatch(cell.strip()) else cell.strip()
    if column.many:
        return lambda cell: ";".join(meant for _, meant in ids.items(cell, column))
    if column.type in _POINTERS:
        return lambda cell: ids.meant(cell.strip(), column.points_to, column.extra) or _extra(column, cell.strip())
    return None


def _extra(column: Column, cell: str) -> str:
    return word_meant(cell, column.extra) or cell


def _date(cell: str, order: DateOrder | None) -> str:
    """A date in the form of the case format; one that cannot be read stays, for the checks to say what is wrong."""
    if not cell.strip():
        return ""
    try:
        return standard(cell, order)
    except BadDate:
        return cell.strip()
