"""Directives of the case format, from the one specification of it.

``case-kinds`` is a table of the kinds of rows, ``case-tables`` a section for each table with its columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from safetynet.case.columns import Column, Table
from safetynet.case.schema import TABLES
from safetynet.case.vocabulary import KINDS

TYPES = {
    "id": "its own id",
    "text": "text",
    "word": "one of the words",
    "ref": "an id",
    "refs": "ids",
    "window": "date, perhaps partial",
    "due": "date; a month or year means its last day",
    "integer": "whole number",
    "confidence": "0 to 1, or high, medium, low",
    "place": "an agency, a sector or *",
}


class CaseKinds(SphinxDirective):
    """A table of the kinds of rows: who, to whom, what it says, an example."""

    def run(self) -> list[nodes.Node]:
        rows = [
            (
                [nodes.literal(text=kind.name)],
                [nodes.Text(kind.who or "–")],
                [nodes.Text(kind.to or "–")],
                [nodes.Text(kind.meaning + " "), nodes.emphasis(text=kind.example)],
            )
            for kind in KINDS
        ]
        return [grid(("kind", "who", "to", "what it says, and an example"), rows)]


class CaseTables(SphinxDirective):
    """A section for each table: what it is for and its columns."""

    def run(self) -> list[nodes.Node]:
        return [self._section(table) for table in TABLES]

    def _section(self, table: Table) -> nodes.section:
        section = nodes.section(ids=[f"table-{table.name}"], names=[table.name])
        section += nodes.title(text=table.name)
        section += nodes.paragraph(text=f"{table.help} {'Required.' if table.required else 'Optional.'}")
        section += grid(
            ("column", "holds", "meaning"),
            [(_name(column), _holds(column), [nodes.Text(column.help)]) for column in table.columns],
        )
        return section


def _name(column: Column) -> list[nodes.Node]:
    name: list[nodes.Node] = [nodes.literal(text=column.name)]
    return [*name, nodes.Text(" *")] if column.required else name


def _holds(column: Column) -> list[nodes.Node]:
    holds: list[nodes.Node] = []
    if column.vocabulary:
        holds += _listed(column.vocabulary)
        if not column.closed:
            holds.append(nodes.Text(", or any other word"))
    else:
        kind = TYPES[column.type]
        if column.type == "integer":
            kind += f", {column.low} to {column.high}"
        holds.append(nodes.Text(kind))
    if column.points_to and column.type != "place":
        holds += [nodes.Text(" of "), *_listed(column.points_to, " or ")]
    if column.many:
        holds.append(nodes.Text(", separated by ;"))
    if column.extra and column.type != "place":
        holds += [nodes.Text(", or "), *_listed(column.extra)]
    return holds


def _listed(words: tuple[str, ...], between: str = ", ") -> list[nodes.Node]:
    listed: list[nodes.Node] = []
    for word in words:
        listed += [nodes.Text(between)] if listed else []
        listed.append(nodes.literal(text=word))
    return listed


def grid(head: Sequence[str], rows: Sequence[Sequence[list[nodes.Node]]]) -> nodes.table:
    """A table of a heading and rows of cells."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row([[nodes.Text(text)] for text in head]))
    group += nodes.tbody("", *(_row(list(cells)) for cells in rows))
    return nodes.table("", group)


def _row(cells: list[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("case-kinds", CaseKinds)
    app.add_directive("case-tables", CaseTables)
    return {"version": "2", "parallel_read_safe": True}
