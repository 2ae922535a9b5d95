"""The directive ``public-names``: the reference of everything in `safetynet.__all__`, from the docstrings."""

from __future__ import annotations

import inspect
from types import ModuleType

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import safetynet

SECTIONS = ("Functions", "Classes", "Errors and warnings", "Modules")


class PublicNames(SphinxDirective):
    """Functions, classes, errors and modules, each under its own heading and in alphabetical order."""

    def run(self) -> list[nodes.Node]:
        found: dict[str, list[tuple[str, str]]] = {section: [] for section in SECTIONS}
        for name in sorted(safetynet.__all__, key=str.lower):
            value = getattr(safetynet, name)
            if isinstance(value, ModuleType):
                found["Modules"].append(("automodule", value.__name__))
            elif inspect.isclass(value):
                errors = issubclass(value, BaseException)
                section = "Errors and warnings" if errors else "Classes"
                found[section].append(("autoclass", f"safetynet.{name}"))
            elif callable(value):
                found["Functions"].append(("autofunction", f"safetynet.{name}"))
        return [self._section(title, names) for title, names in found.items() if names]

    def _section(self, title: str, names: list[tuple[str, str]]) -> nodes.section:
        section = nodes.section(ids=[nodes.make_id(title)], names=[title.lower()])
        section += nodes.title(text=title)
        lines: list[str] = []
        for directive, name in names:
            lines += [f".. {directive}:: {name}", ""]
        text = StringList(lines, source=__file__)
        self.state.nested_parse(text, self.content_offset, section, match_titles=True)
        return section


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("public-names", PublicNames)
    return {"version": "1", "parallel_read_safe": True}
