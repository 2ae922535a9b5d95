"""The directive ``finding-kinds``: every kind of finding, its exact rule, its limits, and the case that tests it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from docutils import nodes
from made import inline
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from safetynet.review import Rule
from safetynet.review.catalogue import MODULES, rules_of
from tests.builder import date
from tests.review.example import Example
from tests.review.examples import EXAMPLES


class FindingKinds(SphinxDirective):
    """A section for each module of rules, and in it one for each kind."""

    def run(self) -> list[nodes.Node]:
        return [_subject(module) for module in MODULES]


def _subject(module: ModuleType) -> nodes.section:
    first, _, rest = (module.__doc__ or "").strip().partition("\n")[0].partition(":")
    about = first.removeprefix("Findings about ").strip().rstrip(".")
    title = about[:1].upper() + about[1:]
    section = nodes.section(ids=[f"about-{nodes.make_id(module.__name__.rpartition('.')[2])}"], names=[title.lower()])
    section += nodes.title(text=title)
    if rest.strip():
        section += nodes.paragraph(text=rest.strip()[:1].upper() + rest.strip()[1:])
    for rule in rules_of(module):
        section += _kind(rule)
    return section


def _kind(rule: Rule) -> nodes.section:
    section = nodes.section(ids=[f"finding-{nodes.make_id(rule.kind)}"], names=[rule.kind])
    section += nodes.title(text=rule.title)
    known = {"kind": f"`{rule.kind}`", "side": rule.side, "theme": rule.theme, "matters": f"{rule.matters:g}"}
    section += _fields(*known.items())
    section += nodes.paragraph("", "", *inline(rule.rule))
    for word, text in (("Limits", rule.limits), ("A panel would ask", rule.question), ("Refuted by", rule.refute)):
        section += nodes.paragraph("", "", nodes.emphasis(text=f"{word}: "), *inline(text))
    section += _example(EXAMPLES[rule.kind])
    return section


def _example(example: Example) -> nodes.literal_block:
    """The case in which a kind is found, and its near twins, in the words of the tests."""
    told = [f"found on {date(str(example.at))}", *_case(example, {})]
    for twin in example.twins:
        told += ["not found", *_case(example, twin if isinstance(twin, dict) else {"rows": twin})]
    return nodes.literal_block("\n".join(told), "\n".join(told), language="text")


def _case(example: Example, changed: dict[str, Any]) -> list[str]:
    tables = {"people": example.people, "concerns": example.concerns, **example.more, **changed}
    rows = tables.pop("rows", example.rows)
    lines = [f"  {name}: {line}" for name, text in tables.items() for line in str(text).splitlines()]
    return lines + [f"  {row}" for row in rows]


def _fields(*pairs: tuple[str, str]) -> nodes.paragraph:
    line = nodes.paragraph()
    for place, (name, text) in enumerate(pairs):
        line += nodes.Text("; " if place else "")
        line += nodes.Text(f"{name} ")
        line += inline(text)
    return line


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("finding-kinds", FindingKinds)
    return {"version": "1", "parallel_read_safe": True}
