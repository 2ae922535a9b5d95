"""The directives ``agreed-rows CASE ID …`` and ``case-people CASE``, for the coding manual.

The first shows rows of a packaged case, folded up until a reader asks for them: the agreed answers of an exercise. They
are taken from the case when the pages are built, so that they are what the program reads.
"""

from __future__ import annotations

from case_tables import grid
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import safetynet as sn

ALWAYS = ("id", "date", "kind", "who", "to", "concerns")
BESIDE = (
    "present",
    "seen",
    "channel",
    "received",
    "received_on",
    "absent",
    "due",
    "ref",
    "disputes",
    "outcome",
    "rule",
)


class AgreedRows(SphinxDirective):
    """Some rows of the chronology of a packaged case, folded up."""

    required_arguments = 1
    optional_arguments = 30

    def run(self) -> list[nodes.Node]:
        name, *ids = self.arguments
        rows = sn.load_case(name).chronology.set_index("id", drop=False)
        if unknown := [one for one in ids if one not in rows.index]:
            raise self.error(f"no row {', '.join(unknown)} in {name}")
        found = rows.loc[ids]
        columns = [*ALWAYS, *(column for column in BESIDE if column in found and (found[column] != "").any())]
        lines = [
            [[nodes.literal(text=str(row[column]))] if row[column] else [] for column in columns]
            for _, row in found.iterrows()
        ]
        opened = nodes.raw("", "<details><summary>The agreed rows</summary>", format="html")
        return [opened, grid(columns, lines), nodes.raw("", "</details>", format="html")]


class CasePeople(SphinxDirective):
    """The people of a packaged case: id, who they are, agency."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        people = sn.load_case(self.arguments[0]).people
        lines = [
            [
                [nodes.literal(text=one.id)],
                [nodes.Text(one.name)],
                [nodes.Text(one.kind)],
                [nodes.Text(one.agency or "–")],
            ]
            for one in people.itertuples()
        ]
        return [grid(("id", "who", "kind", "agency"), lines)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx the directives."""
    app.add_directive("agreed-rows", AgreedRows)
    app.add_directive("case-people", CasePeople)
    return {"parallel_read_safe": True}
