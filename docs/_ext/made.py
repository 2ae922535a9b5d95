"""Small pieces of a page that several directives make."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes


def inline(text: str) -> list[nodes.Node]:
    """A text with what stands between one or two backticks as code."""
    parts = text.replace("``", "`").split("`")
    return [nodes.literal(text=part) if place % 2 else nodes.Text(part) for place, part in enumerate(parts) if part]


def table(head: Iterable[str], rows: Iterable[Iterable[str]], *classes: str) -> nodes.table:
    """A table of texts under its headings."""
    heading = list(head)
    group = nodes.tgroup(cols=len(heading))
    group += [nodes.colspec(colwidth=1) for _ in heading]
    group += nodes.thead("", _row(heading))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=list(classes))


def _row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))
