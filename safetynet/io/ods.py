"""The sheets of an OpenDocument workbook (.ods), read from its XML as a stream."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from ..errors import without_narrative
from .grid import Cell, Grid
from .limits import MOST_CELLS, Archive, refuse_long, refuse_vast
from .reading import Unreadable

_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.0+)?", re.ASCII)
_LEADING_ZEROS = re.compile(r"0\d+", re.ASCII)


@dataclass
class _Place:
    """Where the stream is, and what it knows of styles."""

    row: int = 0
    left: int = MOST_CELLS
    struck: set[str] = field(default_factory=set)


def read_grids(archive: Archive) -> Iterator[Grid]:
    """The sheets of a workbook, in their order.

    Raises
    ------
    Unreadable
        If the workbook is larger than a case can be.
    """
    place, grid, inside = _Place(), Grid(""), 0
    with archive.open("content.xml") as stream:
        for event, node in iterparse(stream, events=("start", "end")):
            tag = _local(node.tag)
            if event == "start":
                if tag == "table" and not inside:
                    grid, place.row = Grid(_get(node, "name")), 0
                inside += tag == "table"
            elif tag == "style":
                _note_style(node, place)
            elif tag == "table":
                inside -= 1
                if not inside:
                    yield grid
                    node.clear()
            elif tag == "table-row" and inside == 1:
                _row(grid, node, place)
                node.clear()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _get(node: Element, name: str, default: str = "") -> str:
    """An attribute, whatever its namespace."""
    return next((value for key, value in node.attrib.items() if _local(key) == name), default)


def _note_style(node: Element, place: _Place) -> None:
    if any(_get(part, "text-line-through-style", "none") != "none" for part in node):
        place.struck.add(_get(node, "name"))


def _row(grid: Grid, node: Element, place: _Place) -> None:
    """Read a row; one that is repeated holds something only once, unless it is repeated a few times."""
    repeated = int(_get(node, "number-rows-repeated", "1"))
    filled = list(_cells(node))
    place.left -= len(filled) * repeated
    if place.left < 0:
        raise Unreadable(
            f"the workbook has more than {MOST_CELLS:,} cells that hold something.",
            "A case that large is kept as a folder of CSV or Parquet files.",
        )
    refuse_long(f"the sheet {without_narrative(grid.name)}", len(grid.rows) + (repeated if filled else 0))
    refuse_vast(f"the sheet {without_narrative(grid.name)}", 0, len(filled))
    for row in range(place.row + 1, place.row + (repeated if filled else 0) + 1):
        for column, cell, source in filled:
            grid.put(row, column, cell)
            across, down = (int(_get(source, f"number-{what}-spanned", "1")) for what in ("columns", "rows"))
            if across * down > 1:
                grid.merged.append((row, column, row + down - 1, column + across - 1))
            if _is_struck(source, place):
                grid.struck.add(row)
        if _get(node, "visibility", "visible") != "visible":
            grid.hidden.add(row)
    place.row += repeated


def _is_struck(node: Element, place: _Place) -> bool:
    return any(_get(part, "style-name") in place.struck for part in node.iter())


def _cells(node: Element) -> Iterator[tuple[int, Cell, Element]]:
    """The cells of a row that hold something, by column."""
    column = 0
    for child in node:
        if _local(child.tag) not in ("table-cell", "covered-table-cell"):
            continue
        repeated = int(_get(child, "number-columns-repeated", "1"))
        cell = _cell(child)
        if cell is not None:
            if repeated > 16_384:
                raise Unreadable("a cell is repeated over the whole sheet.", "Save the workbook without it.")
            for place in range(column + 1, column + repeated + 1):
                yield place, cell, child
        column += repeated


def _cell(node: Element) -> Cell | None:
    if _get(node, "formula"):
        return Cell("=" + _get(node, "formula").partition("=")[2], "formula")
    kind = _get(node, "value-type")
    shown = _shown(node)
    if kind in ("float", "currency", "percentage"):
        return _number(_get(node, "value"), shown)
    if kind == "date":
        return _date(_get(node, "date-value"), shown)
    if kind == "time":
        match = _TIME.fullmatch(_get(node, "time-value"))
        hours, minutes, seconds = (int(part) for part in match.groups()) if match else (24, 0, 0)
        return Cell(dt.time(hours, minutes, seconds) if hours < 24 else dt.timedelta(hours=hours), "date")
    if kind == "boolean":
        return Cell(_get(node, "boolean-value") == "true", "truth")
    return Cell(shown) if shown else None


def _number(value: str, shown: str) -> Cell:
    look = "0" * len(shown) if _LEADING_ZEROS.fullmatch(shown) else ""
    whole = _NUMBER.fullmatch(value) and len(value) < 19
    return Cell(int(value.partition(".")[0]) if whole else float(value), "number", look)


def _date(value: str, shown: str) -> Cell:
    """A date; where what is shown has no number for its day, it shows a month only."""
    moment = dt.datetime.fromisoformat(value)
    shows = not shown or re.search(rf"(?<!\d)0?{moment.day}(?!\d)", shown)
    return Cell(moment, "date", "d" if shows else "mmm yyyy")


def _shown(node: Element) -> str:
    """The text of a cell: its paragraphs, without notes beside it."""
    return "\n".join(_paragraph(part) for part in node if _local(part.tag) == "p")


def _paragraph(node: Element) -> str:
    parts = [node.text or ""]
    for child in node:
        tag = _local(child.tag)
        if tag == "s":
            parts.append(" " * int(_get(child, "c", "1")))
        elif tag == "tab":
            parts.append("\t")
        elif tag == "line-break":
            parts.append("\n")
        elif tag not in ("annotation", "note"):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
