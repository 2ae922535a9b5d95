"""The sheets of an Excel workbook (.xlsx, .xlsm, Strict ones too), read from its XML as a stream.

Only what a case needs is looked at: texts, numbers with their format, dates, formulas as such, hidden and
struck-through rows, merged cells. No entity, no link and no macro is followed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from ..errors import without_narrative
from .grid import Cell, Grid, number_of
from .limits import MOST_CELLS, Archive, refuse_long, refuse_vast
from .reading import Unreadable
from .xmltext import decode

BROKEN = (ParseError, DefusedXmlException, KeyError, ValueError, IndexError, LookupError)
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576


class Book(NamedTuple):
    """What all sheets of a workbook share."""

    texts: list[str]
    looks: list[str]  # the number format of each style
    struck: list[bool]  # whether a style strikes its text through
    epoch: dt.datetime


def read_grids(archive: Archive) -> Iterator[Grid]:
    """The sheets of a workbook, in their order.

    Raises
    ------
    Unreadable
        If the workbook is larger than a case can be.
    """
    top = _part(archive, "xl/workbook.xml")
    targets = _targets(archive)
    book = Book(_texts(archive), *_styles(archive), _epoch(top))
    left = MOST_CELLS
    for sheet in _all(top, "sheet"):
        link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        path = targets.get(link, "")
        if path not in archive.names or "worksheet" not in path:
            continue  # a chart has no cells
        grid = Grid(sheet.get("name", ""), is_hidden=sheet.get("state", "visible") != "visible")
        left = _fill(grid, archive, path, book, left)
        yield grid


def _local(tag: str) -> str:
    """A tag without its namespace: Strict workbooks have others."""
    return tag.rpartition("}")[2]


def _all(top: Element | None, name: str) -> Iterator[Element]:
    return (node for node in (top.iter() if top is not None else ()) if _local(node.tag) == name)


def _part(archive: Archive, name: str) -> Element | None:
    return fromstring(archive.read(name)) if name in archive.names else None


def _targets(archive: Archive) -> dict[str, str]:
    """The part that each link of the workbook leads to."""
    found = {}
    for link in _all(_part(archive, "xl/_rels/workbook.xml.rels"), "Relationship"):
        target = link.get("Target", "")
        found[link.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _epoch(top: Element | None) -> dt.datetime:
    """The day that day numbers are counted from: 1899-12-30, or 1904-01-01 in workbooks that say so."""
    wanted = next((node.get("date1904", "0") for node in _all(top, "workbookPr")), "0")
    return dt.datetime(1904, 1, 1) if wanted in ("1", "true", "on") else dt.datetime(1899, 12, 30)


def _texts(archive: Archive) -> list[str]:
    """The table of texts that cells refer to."""
    name = "xl/sharedStrings.xml"
    found: list[str] = []
    if name in archive.names:
        with archive.open(name) as stream:
            for _, node in iterparse(stream):
                if _local(node.tag) == "si":
                    found.append(_text(node))
                    node.clear()
    return found


def _text(node: Element) -> str:
    """The text of a cell or of an entry of the table: its runs one after the other, without how they are spoken."""
    parts: list[str] = []
    for child in node:
        tag = _local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [run.text or "" for run in child if _local(run.tag) == "t"]
    return decode("".join(parts))


def _styles(archive: Archive) -> tuple[list[str], list[bool]]:
    """The number format of each style, and whether it strikes through."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    top = _part(archive, "xl/styles.xml")
    formats = dict(BUILTIN_FORMATS)
    formats |= {int(node.get("numFmtId", "0")): node.get("formatCode", "") for node in _all(top, "numFmt")}
    fonts = next(_all(top, "fonts"), ())
    strikes = [any(_local(mark.tag) == "strike" and mark.get("val", "1") in ("1", "true") for mark in f) for f in fonts]
    looks, struck = [], []
    for style in next(_all(top, "cellXfs"), ()):
        font = int(style.get("fontId", "0"))
        looks.append(formats.get(int(style.get("numFmtId", "0")), "General"))
        struck.append(font < len(strikes) and strikes[font])
    return looks, struck


# one sheet ------------------------------------------------------------------------------------------------


def _fill(grid: Grid, archive: Archive, path: str, book: Book, left: int) -> int:
    """Read the cells of a sheet; gives how many more a workbook may have."""
    row = 0
    with archive.open(path) as stream:
        for _, node in iterparse(stream):
            tag = _local(node.tag)
            if tag == "row":
                row = int(node.get("r") or row + 1)
                left -= _row(grid, node, row, book)
                if left < 0:
                    raise Unreadable(
                        f"the workbook has more than {MOST_CELLS:,} cells that hold something.",
                        "A case that large is kept as a folder of CSV or Parquet files.",
                    )
                refuse_long(f"the sheet {without_narrative(grid.name)}", len(grid.rows))
                refuse_vast(f"the sheet {without_narrative(grid.name)}", 0, len(grid.rows.get(row, ())))
                node.clear()
            elif tag == "mergeCell":
                _merge(grid, node.get("ref", ""))
            elif tag == "col" and node.get("hidden") in ("1", "true"):
                first, last = int(node.get("min", "1")), int(node.get("max", "1"))
                grid.hidden_columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
            elif tag == "sheetData":
                node.clear()
    return left


def _row(grid: Grid, node: Element, row: int, book: Book) -> int:
    """Read one row; gives how many cells of it hold something."""
    column = 0
    for cell in node:
        if _local(cell.tag) != "c":
            continue
        place = _PLACE.fullmatch(cell.get("r", ""))
        column = number_of(place[1]) if place else column + 1
        style = int(cell.get("s", "0"))
        found = _cell(cell, book.looks[style] if style < len(book.looks) else "General", book)
        if found is None or column > _MOST_COLUMNS or row > _MOST_ROWS:
            continue
        grid.put(row, column, found)
        if style < len(book.struck) and book.struck[style]:
            grid.struck.add(row)
    if node.get("hidden") in ("1", "true") and row in grid.rows:
        grid.hidden.add(row)
    return len(grid.rows.get(row, ()))


def _cell(node: Element, look: str, book: Book) -> Cell | None:
    """What a cell holds; None if it is empty."""
    parts = {_local(child.tag): child for child in node}
    if "f" in parts:
        return Cell("=" + (parts["f"].text or ""), "formula")
    kind = node.get("t", "n")
    if kind == "inlineStr":
        return Cell(_text(parts["is"])) if "is" in parts else None
    text = (parts["v"].text or "") if "v" in parts else ""
    if not text:
        return None
    if kind == "s":
        return Cell(book.texts[int(text)])
    if kind == "str":
        return Cell(decode(text))
    if kind == "b":
        return Cell(text.strip() in ("1", "true"), "truth")
    if kind == "e":
        return Cell(text, "error")
    if kind == "d":
        return Cell(_moment(text.strip().removesuffix("Z")), "date")
    return _number(float(text), text, look, book.epoch)


def _moment(text: str) -> dt.datetime | dt.time:
    """A date cell as Strict workbooks have it: ISO text."""
    return dt.datetime.fromisoformat(text) if "-" in text else dt.time.fromisoformat(text)


def _number(value: float, text: str, look: str, epoch: dt.datetime) -> Cell:
    """A number, or the date or time that it is shown as."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    if not is_date_format(look):
        plain: Any = int(text) if text.lstrip("-").isdigit() and len(text) < 19 else value
        return Cell(plain, "number", look)
    try:
        if is_timedelta_format(look):
            return Cell(dt.timedelta(days=value), "date", look)
        moment = from_day_number(value, epoch)
    except (OverflowError, ValueError):
        return Cell("#VALUE!", "error")
    return Cell(moment.time() if 0 <= value < 1 else moment, "date", look)


def from_day_number(value: float, epoch: dt.datetime) -> dt.datetime:
    """The moment of a day number, to the millisecond; Excel counts a 29 February 1900 that there was not."""
    day, part = divmod(value, 1)
    if epoch.year == 1899 and 0 < day < 60:
        day += 1
    return epoch + dt.timedelta(days=day, milliseconds=round(part * 86_400_000))


def _merge(grid: Grid, ref: str) -> None:
    """Note merged cells."""
    ends = [_PLACE.fullmatch(end.replace("$", "")) for end in ref.split(":")]
    if len(ends) == 2 and ends[0] and ends[1]:
        (left, top), (right, bottom) = ends[0].groups(), ends[1].groups()
        grid.merged.append((int(top), number_of(left), int(bottom), number_of(right)))
