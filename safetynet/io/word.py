"""The tables of a Word document, cell by cell, tracked insertions included; needs the extra ``word``."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from ..errors import extra
from .limits import Archive, read_bytes
from .reading import Unreadable


def tables(path: Path) -> list[list[tuple[int, list[str]]]]:
    """The tables of a document, each a list of rows with their number.

    Raises
    ------
    Unreadable
        If it is no Word document that can be read, or too large.
    MissingExtraError
        Without python-docx.
    """
    docx: Any = extra("docx", "word", "Reading a Word document")
    data = read_bytes(path)
    broken = Unreadable("the file cannot be opened as a Word document.", "Open it and save it again as .docx.")
    try:
        _look_at_parts(Archive(data))
        return [_rows(table) for table in docx.Document(io.BytesIO(data)).tables]
    except Unreadable:
        raise
    except Exception:  # python-docx and lxml raise errors of a dozen sorts for a broken file
        raise broken from None


def _look_at_parts(archive: Archive) -> None:
    """Raise unless every part is of a size that is read, and no XML in it declares entities."""
    for name in archive.names:
        part = archive.read(name)
        if name.lower().endswith((".xml", ".rels")):
            fromstring(part, forbid_dtd=True)


def _rows(table: Any) -> list[tuple[int, list[str]]]:
    """The rows of a table; a cell that is merged over several columns stands in the first of them."""
    rows: list[tuple[int, list[str]]] = []
    for number, row in enumerate(table.rows, 1):
        texts: list[str] = []
        before = None
        for cell in row.cells:
            texts.append("" if cell._tc is before else _text(cell._tc))
            before = cell._tc
        rows.append((number, texts))
    return rows


def _text(cell: Any) -> str:
    """All text of a cell: its paragraphs one below the other, insertions too, deletions not."""
    paragraphs = []
    for paragraph in cell.iter():
        if _local(paragraph.tag) == "p":
            paragraphs.append("".join(_signs(paragraph)))
    return "\n".join(paragraphs).strip()


def _signs(paragraph: Any) -> list[str]:
    signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    return [node.text or "" if (tag := _local(node.tag)) == "t" else signs.get(tag, "") for node in paragraph.iter()]


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
