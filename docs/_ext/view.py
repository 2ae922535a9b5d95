"""The directive ``view-names``: names of a view, each with what it gives, from the docstrings of its class."""

from __future__ import annotations

import inspect
import re
from functools import cached_property

from docutils import nodes
from made import inline
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from safetynet.record.snapshot import Snapshot

_ATTRIBUTES = dict(re.findall(r"^(\w+) : .+\n((?:    .+\n?)+)", (inspect.getdoc(Snapshot) or "") + "\n", re.MULTILINE))


def public() -> set[str]:
    """Every public name of a view: what its class has and what its docstring lists."""
    return {name for name in vars(Snapshot) if not name.startswith("_")} | _ATTRIBUTES.keys()


def meaning(name: str) -> str:
    """What a name gives, as its docstring or that of the class says it; empty where neither does."""
    if name in _ATTRIBUTES:
        return " ".join(_ATTRIBUTES[name].split())
    found = vars(Snapshot)[name]
    text = inspect.getdoc(found.func if isinstance(found, cached_property) else found) or ""
    return " ".join(text.split("\n\n")[0].split())


def written(name: str) -> str:
    """The name as one types it; of a method with the names of its arguments."""
    found = vars(Snapshot).get(name)
    if not inspect.isfunction(found):
        return f"view.{name}"
    _, *arguments = inspect.signature(found).parameters.values()
    optional = [f"{one.name}=" if one.default is not one.empty else one.name for one in arguments]
    return f"view.{name}({', '.join(optional)})"


class ViewNames(SphinxDirective):
    """A list of the names given in the content, in that order."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        listed = nodes.definition_list()
        for name in " ".join(self.content).split():
            item = nodes.definition_list_item()
            item += nodes.term("", "", nodes.literal(text=written(name)))
            item += nodes.definition("", nodes.paragraph("", "", *inline(meaning(name))))
            listed += item
        return [listed]


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("view-names", ViewNames)
    return {"version": "1", "parallel_read_safe": True}
