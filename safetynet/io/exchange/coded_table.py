"""Coded passages from the spreadsheets that NVivo, MAXQDA and ATLAS.ti export: a line a passage, or a passage and code.

Columns are found by their headings: *Document name, Code, Beginning, End, Segment, Comment* (MAXQDA); *Hierarchical
name, Name, Coded text, Coded by* (NVivo); *Document, Quotation content, Codes, Comment, Created by* (ATLAS.ti).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..chronology_table import Row
from .segments import Code, Document, Segment

_HEADINGS: dict[str, str] = {  # what a column holds, and the headings that say so, of the first that fits
    "text": r"(?:coded |retrieved )?segments?|(?:coded|reference|quotation|full|segment) text|quotation(?: content)?|"
    r"content|text|passage|excerpt|coded content|preview",
    "code": r"codes?|code(?: system| ?names?)|nodes?(?: names?)?|hierarchical names?|coded (?:at|as)|themes?",
    "document": r"(?:document|source|file|transcript)s?(?: names?)?|internals?|item(?: name)?|title",
    "name": r"names?",
    "group": r"document groups?|folder(?: name| location)?|document set",
    "comment": r"comments?|memos?|notes?|annotations?",
    "coder": r"(?:created|modified|coded|edited) by(?: initials)?|authors?|coders?|users?(?: name)?",
    "start": r"begin(?:ning)?|start(?: position)?|from",
    "end": r"end(?: position)?|until",
    "place": r"reference|position|paragraph|quotation (?:id|reference)|id|reference number",
    "date": r"date|date of event|event date|when",
    "agency": r"agency|organi[sz]ation|whose record",
}
_PATTERNS = {part: re.compile(pattern) for part, pattern in _HEADINGS.items()}
_BETWEEN = re.compile(r"\s*(?:>|\\+|::)\s*")  # the levels of a code
_SEVERAL = re.compile(r"[\n;|]+")  # codes of one cell
_TOPS = ("codes", "nodes", "code system", "nodes\\", "codesystem")
_LOOKED_AT = 15


class Layout(NamedTuple):
    """Which column of a table holds what, and the row of its headings."""

    row: int
    parts: dict[int, str]
    headings: dict[int, str]


def layout_of(rows: Sequence[Row]) -> Layout | None:
    """Where a table of coded passages has what; None where it is none: one has a passage and a code."""
    for place, (_, cells) in enumerate(rows[:_LOOKED_AT]):
        parts: dict[int, str] = {}
        for column, text in cells.items():
            plain = " ".join(re.sub(r"[^\w ]+|_", " ", text.casefold()).split())
            part = next((one for one, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), "")
            if part and part not in parts.values():
                parts[column] = part
        held = set(parts.values())
        if {"text", "code"} <= held:
            if "document" not in held:
                parts = {column: "document" if part == "name" else part for column, part in parts.items()}
            return Layout(place, parts, {column: text for column, text in cells.items() if text.strip()})
    return None


def from_table(rows: Sequence[Row], layout: Layout) -> Iterator[Segment]:
    """The passages of a table; a line without a passage goes on with that of the line before it."""
    before = ""
    for line, cells in rows[layout.row + 1 :]:
        said = {part: cells.get(column, "").strip() for column, part in layout.parts.items()}
        if not any(said.values()):
            continue
        text = said["text"] or before
        before = text
        names = [said.get("group", ""), said.get("document", "")]
        called = " / ".join(name for name in names if name) or "a source"
        document = Document(called, said.get("date", ""), said.get("agency", ""))
        place = " to ".join(part for part in (said.get("start", ""), said.get("end", "")) if part)
        yield Segment(
            document,
            text,
            tuple(codes_in(said["code"])),
            place=place or said.get("place", ""),
            coder=said.get("coder", ""),
            comment=said.get("comment", ""),
            line=line,
        )


def codes_in(cell: str) -> Iterator[Code]:
    r"""The codes of a cell, each with those above it.

    Examples
    --------
    >>> list(codes_in("Kind of row > told\nConcern\\physical"))
    [('Kind of row', 'told'), ('Concern', 'physical')]
    """
    for one in _SEVERAL.split(cell):
        code = tuple(part.strip() for part in _BETWEEN.split(one) if part.strip())
        while len(code) > 1 and code[0].casefold() in _TOPS:
            code = code[1:]
        if code:
            yield code
