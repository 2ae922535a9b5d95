"""An agency's own chronology as a list of entries: from a workbook, CSV, a Word document or a DataFrame.

Whatever a cell holds is kept in :attr:`Entry.given`, under the heading that the agency gave it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..case.cells import checked_text
from ..errors import ArgumentError, CaseError, type_of
from ..problems import Problem
from . import csv_folder, word
from .agency_columns import is_chronology, parts_of
from .files import full_path
from .folder import WORKBOOKS
from .grid import Grid, cell_text
from .limits import read_bytes
from .reading import Reading, Unreadable, letter
from .sheets import grids

if TYPE_CHECKING:
    import pandas as pd

CAN_DRAFT = (*WORKBOOKS, ".csv", ".docx")
_ROWS_LOOKED_AT = 15  # for the heading


class Entry(NamedTuple):
    """One row of an agency's chronology.

    Attributes
    ----------
    line : str
        What a person calls the row.
    parts : dict
        Its cells by what they are: date, time, agency, source, event, action, outcome, comment, impact, who, to ...
    given : dict
        Its cells by the headings that the agency gave them.
    """

    line: str
    parts: dict[str, str]
    given: dict[str, str]


class Given(NamedTuple):
    """An agency's chronology as it was given: what it is called, and its entries."""

    name: str
    entries: list[Entry]


def entries_of(source: str | os.PathLike[str] | pd.DataFrame) -> Given:
    """The entries of an agency's chronology.

    Raises
    ------
    CaseError
        If it cannot be read, or no table of it has a column of dates and one of events.
    ArgumentError
        If it is no file and no DataFrame.
    MissingExtraError
        For a Word document without the extra ``word``.
    """
    if not isinstance(source, (str, os.PathLike)):
        return Given("chronology", _entries([frame_rows(source)], "the table"))
    place = full_path(source)
    try:
        tables = tables_of(place)
    except Unreadable as error:
        raise CaseError([Problem(place.name, "", "", "", error.problem, error.hint)], place.name) from None
    return Given(place.stem, _entries(tables, place.name))


LOOKS = "looks"  # under which it stands that a row is hidden or struck through
_LOOKS_AT = 0  # the column, before all others, that holds it


Row = tuple[str, dict[int, str]]  # what a person calls it, and its cells by their column


def tables_of(place: Path) -> list[list[Row]]:
    """The tables of a file, as rows of texts.

    Raises
    ------
    Unreadable, CaseError
        If it is no file with tables that can be read.
    """
    suffix = place.suffix.lower()
    if suffix not in CAN_DRAFT:
        raise Unreadable(
            f"no chronology is read from a file that ends in {suffix!r}.", f"Give one of: {', '.join(CAN_DRAFT)}."
        )
    if suffix == ".docx":
        return [[(str(row), dict(enumerate(cells, 1))) for row, cells in rows] for rows in word.tables(place)]
    if suffix == ".csv":
        reading = Reading()
        grid = csv_folder.as_grid(place, "chronology", reading)
        if reading.problems:
            raise CaseError(reading.problems, place.name)
        return [_grid_rows(grid)]
    return [_grid_rows(sheet) for sheet in grids(read_bytes(place)) if not sheet.name.startswith("_")]


def _grid_rows(sheet: Grid) -> list[Row]:
    rows = []
    for number, cells in sorted(sheet.rows.items()):
        texts = {}
        for column, cell in sorted(cells.items()):
            try:
                texts[column] = cell_text(cell, None, f"{letter(column)}{number}")
            except Unreadable:  # a formula, an error: a person looks at it; or a date that shows a month only
                is_month = cell.kind == "date" and isinstance(cell.value, dt.date)
                texts[column] = f"{cell.value:%Y-%m}" if is_month else str(cell.value)
        looks = [what for what, at in (("hidden", sheet.hidden), ("struck through", sheet.struck)) if number in at]
        rows.append((str(number), {_LOOKS_AT: " and ".join(looks), **texts} if looks else texts))
    return rows


def frame_rows(frame: pd.DataFrame) -> list[Row]:
    """A DataFrame as rows of texts, its headings first.

    Raises
    ------
    CaseError
        If a cell holds what is no text.
    """
    problems: list[Problem] = []
    rows: list[Row] = [("", {place: str(name) for place, name in enumerate(frame.columns, 1)})]
    for number, values in enumerate(frame.itertuples(index=False), 1):
        texts = [checked_text(value, "the table", str(number), "", problems) for value in values]
        rows.append((str(number), dict(enumerate(texts, 1))))
    if problems:
        raise CaseError(problems, "the table")
    return rows


def _entries(tables: Sequence[list[Row]], label: str) -> list[Entry]:
    """The entries of all tables that are chronologies; one without a heading goes on with that of the one before."""
    found: list[Entry] = []
    headings: dict[int, str] = {}
    many = len(tables) > 1
    for number, rows in enumerate(tables, 1):
        start = _heading_row(rows)
        if start is None and not (headings and rows and max(rows[0][1], default=0) <= max(headings)):
            continue
        if start is not None:
            headings = {place: text for place, text in rows[start][1].items() if text.strip() and place != _LOOKS_AT}
        body = rows if start is None else rows[start + 1 :]
        found += _with_headings(body, headings, f"{number}." if many and len(tables) > 1 else "")
    if not headings:
        said = "no table in it has a heading for dates and one for events."
        hint = "Name the columns in the first row, such as Date, Agency, Event, Action."
        raise CaseError([Problem(label, "", "", "", said, hint)], label)
    if not found:
        raise CaseError([Problem(label, "", "", "", "it has no row below its heading.", "Fill it in.")], label)
    return found


def _heading_row(rows: Sequence[Row]) -> int | None:
    for place, (_, cells) in enumerate(rows[:_ROWS_LOOKED_AT]):
        if is_chronology([text for place, text in cells.items() if place != _LOOKS_AT]):
            return place
    return None


def _with_headings(rows: Sequence[Row], headings: dict[int, str], before: str) -> Iterator[Entry]:
    places = sorted(headings)
    parts = dict(zip(places, (headings[place] for place in places), strict=True))
    roles = {places[at]: part for at, part in parts_of(list(parts.values())).items()}
    for line, cells in rows:
        named = {_LOOKS_AT: LOOKS, **headings}
        given = {
            named.get(place, f"column {letter(place)}"): text.strip() for place, text in cells.items() if text.strip()
        }
        if not given:
            continue
        found: dict[str, str] = {}
        for place, part in roles.items():
            if text := cells.get(place, "").strip():
                found[part] = f"{found[part]}\n{text}" if part in found else text
        yield Entry(f"{before}{line}", found, given)


def need_source(source: object) -> None:
    """Raise unless this may be a chronology to draft from."""
    if not (isinstance(source, (str, os.PathLike)) or (hasattr(source, "columns") and hasattr(source, "itertuples"))):
        raise ArgumentError(f"a path or a DataFrame is needed, not {type_of(source)}.")
