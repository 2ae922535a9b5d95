"""The training packs of the packaged cases: made when the documentation is built, and the list of links to them.

Each is one HTML file beside the pages, in ``packs/``; ``conf.py`` has the folder in ``html_extra_path``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from explorers import linked

import safetynet as sn
from safetynet.wording import short_day

FOLDER = Path(__file__).resolve().parents[1] / "_extra" / "packs"
MOMENTS = {"harbour_street": ("2022-11-16", "2023-02-14", "2023-06-05")}  # as its page has them


def days(name: str) -> list[dt.date]:
    """The days at which the packs of a case stop: its moments, or the day by which half of its rows had happened."""
    if name in MOMENTS:
        return [dt.date.fromisoformat(day) for day in MOMENTS[name]]
    rows = sorted(row.date.last for row in sn.load_case(name)._records.rows)
    return [dt.date.fromordinal(rows[len(rows) // 2])]


def file_name(name: str, day: dt.date) -> str:
    """The name of the file of a pack."""
    return f"{name}_{day}.html"


def make(app: object = None) -> None:
    """Write the packs of every packaged case."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sn.list_cases()["name"]:
        for day in days(name):
            sn.jigsaw(sn.load_case(name), FOLDER / file_name(name, day), day, overwrite=True)


class Packs(Directive):
    """A line per pack, with a link to it."""

    def run(self) -> list[nodes.Node]:
        cases = sn.list_cases()[["name", "title"]].itertuples(index=False)
        packs = ((name, title, day) for name, title in cases for day in days(name))
        return linked(
            (f"{title}, up to {short_day(day.toordinal())}", f"packs/{file_name(name, day)}")
            for name, title, day in packs
        )


def setup(app):
    """The directive ``packs``, and the files that it leads to."""
    FOLDER.mkdir(parents=True, exist_ok=True)  # Sphinx asks whether it is there before anything is made
    app.add_directive("packs", Packs)
    app.connect("builder-inited", make)
    return {"parallel_read_safe": True}
