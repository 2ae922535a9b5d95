"""The explorers of the packaged cases: made when the documentation is built, and the list of links to them.

Each is one HTML file beside the pages, in ``explorers/``; ``conf.py`` has the folder in ``html_extra_path``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

import safetynet as sn

FOLDER = Path(__file__).resolve().parents[1] / "_extra" / "explorers"


def make(app: object = None) -> None:
    """Write the explorer of every packaged case."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sn.list_cases()["name"]:
        sn.explorer(sn.load_case(name), FOLDER / f"{name}.html", overwrite=True)


def linked(pages: Iterable[tuple[str, str]]) -> list[nodes.Node]:
    """A list of links: what each says, and where it leads."""
    lines = nodes.bullet_list()
    for words, place in pages:
        link = nodes.reference("", words, refuri=place, internal=False)
        lines += nodes.list_item("", nodes.paragraph("", "", link))
    return [lines]


class Explorers(Directive):
    """A line per packaged case, with a link to its explorer."""

    def run(self) -> list[nodes.Node]:
        cases = sn.list_cases()[["name", "title"]].itertuples(index=False)
        return linked((title, f"explorers/{name}.html") for name, title in cases)


def setup(app):
    """The directive ``explorers``, and the files that it leads to."""
    FOLDER.mkdir(parents=True, exist_ok=True)  # Sphinx asks whether it is there before anything is made
    app.add_directive("explorers", Explorers)
    app.connect("builder-inited", make)
    return {"parallel_read_safe": True}
