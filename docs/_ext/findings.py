"""The directive ``finding-kinds``: every kind of finding, its exact rule and its limits, from `safetynet.findings`."""

from __future__ import annotations

import inspect
import sys

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from safetynet.review import RULES, Rule


class FindingKinds(SphinxDirective):
    """A section for each theme (a module of rules), and in it one for each kind."""

    def run(self) -> list[nodes.Node]:
        themes: dict[str, list[Rule]] = {}
        for rule in RULES.values():
            themes.setdefault(inspect.unwrap(rule.find).__module__, []).append(rule)
        return [_theme(module, rules) for module, rules in themes.items()]


def _theme(module: str, rules: list[Rule]) -> nodes.section:
    first, _, rest = (sys.modules[module].__doc__ or module).strip().partition("\n")[0].partition(":")
    about = first.removeprefix("Findings about ").strip().rstrip(".")
    title = about[:1].upper() + about[1:]
    section = nodes.section(ids=[f"about-{nodes.make_id(module.rpartition('.')[2])}"], names=[title.lower()])
    section += nodes.title(text=title)
    if rest.strip():
        section += nodes.paragraph(text=rest.strip()[:1].upper() + rest.strip()[1:])
    for rule in rules:
        section += _kind(rule)
    return section


def _kind(rule: Rule) -> nodes.section:
    section = nodes.section(ids=[f"finding-{nodes.make_id(rule.kind)}"], names=[rule.kind])
    section += nodes.title(text=rule.title)
    section += _fields(("kind", f"`{rule.kind}`"), ("matters", f"{rule.matters:g}"))
    section += nodes.paragraph("", "", *_inline(rule.rule))
    section += nodes.paragraph("", "", nodes.emphasis(text="Limits: "), *_inline(rule.limits))
    return section


def _fields(*pairs: tuple[str, str]) -> nodes.paragraph:
    line = nodes.paragraph()
    for place, (name, text) in enumerate(pairs):
        line += nodes.Text("; " if place else "")
        line += nodes.Text(f"{name} ")
        line += _inline(text)
    return line


def _inline(text: str) -> list[nodes.Node]:
    """The text with what stands between backticks as code."""
    parts = text.split("`")
    return [nodes.literal(text=part) if place % 2 else nodes.Text(part) for place, part in enumerate(parts) if part]


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("finding-kinds", FindingKinds)
    return {"version": "1", "parallel_read_safe": True}
