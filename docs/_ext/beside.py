"""The directives ``findings-beside CASE`` and ``findings-stable``.

The first shows the first ten matters of a packaged case beside what its review concluded, both made from the code when
the pages are built; the second the stored table of how many of the first ten stay where the record had been otherwise.
"""

from __future__ import annotations

import csv
from pathlib import Path

from docutils import nodes
from made import table
from reviews import FIRST, Beside, Conclusion, beside
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

STABLE = Path(__file__).resolve().parents[1] / "_static" / "findings_stable.csv"


class FindingsBeside(SphinxDirective):
    """The first ten matters, what the review says on each, and the review's conclusions with where they are said."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        found = beside(self.arguments[0])
        letters = {one: chr(ord("a") + place) for place, one in enumerate(found.said)}
        matters = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        for place, matter in enumerate(found.matters[:FIRST], start=1):
            same = [letters[one] for one, places in found.said.items() if place in places]
            item = nodes.list_item("", nodes.paragraph("", "", nodes.strong(text=matter.statement)))
            item += nodes.paragraph(text=f"The review: {', '.join(same)}." if same else NOT_ON_A_PAGE)
            matters += item
        told = nodes.enumerated_list(enumtype="loweralpha", prefix="", suffix=".")
        for one, places in found.said.items():
            told += nodes.list_item("", *_conclusion(one, places, found.by(one) if places else ""))
        return [matters, nodes.paragraph(text=_sum(found)), told]


NOT_ON_A_PAGE = "The review: nothing on this point on the pages that were seen."


def _conclusion(one: Conclusion, places: list[int], kind: str) -> list[nodes.Node]:
    said = nodes.paragraph(text=f"{one.text} ({one.pages.replace(' ', ', ')}) ")
    said += nodes.emphasis(text=_where(places))
    if kind:
        said += [nodes.Text(" By "), nodes.literal(text=kind), nodes.Text(".")]
    return [said, *([nodes.paragraph(text=one.differs)] if one.differs else [])]


def _where(places: list[int]) -> str:
    if not places:
        return "No finding says it."
    rest = "" if places[0] <= FIRST else ", not among the first ten"
    return f"Matter {places[0]}{rest}."


def _sum(found: Beside) -> str:
    return (
        f"What the review concluded, with the codes of the pages. Of {len(found.said)}, {found.among_first} are said "
        f"by a finding of the first ten matters, {found.printed} by one of the three sentences that are printed of "
        "each."
    )


class FindingsStable(SphinxDirective):
    """How many of the first ten matters stay where the record had been otherwise."""

    def run(self) -> list[nodes.Node]:
        with STABLE.open(encoding="utf-8", newline="") as file:
            heading, *rows = list(csv.reader(file))
        return [table(heading, rows)]


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("findings-beside", FindingsBeside)
    app.add_directive("findings-stable", FindingsStable)
    return {"version": "1", "parallel_read_safe": True}
