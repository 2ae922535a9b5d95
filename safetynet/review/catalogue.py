"""Every kind of finding, in the order in which the documentation lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

from ..record.snapshot import Snapshot
from . import (
    actions,
    decisions,
    lead,
    legacy,
    meetings,
    messages,
    ratings,
    requests,
    responsibility,
    services,
    sharing,
    sources,
    strands,
    timing,
    voices,
    warned,
)  # fmt: skip
from .base import Finding, Rule

MODULES: tuple[ModuleType, ...] = (
    sharing, timing, messages, meetings, strands, warned, sources, voices, decisions, requests, ratings, actions,
    responsibility, lead, services,
)  # fmt: skip


def rules_of(module: ModuleType) -> list[Rule]:
    """The rules that stand in a module, in their order."""
    old = [_taken_over(rule) for rule in getattr(module, "RULES", ())]
    return [one for one in vars(module).values() if isinstance(one, Rule)] + old


class TakenOver(Rule):
    """A rule of the first edition, on its way to its function."""

    def __call__(self, view: Snapshot) -> Iterator[Finding]:
        for one in self.find(view):
            old: Any = one
            made = Finding.of(view, old.statement.rstrip("."), rows=old.rows, who=(*old.people, *old.agencies),
                              concerns=old.concerns, start=old.start, end=old.end, severity=old.severity)  # fmt: skip
            yield replace(made, statement=old.statement, refute=old.refute, kind=self.kind, theme=self.theme,
                          title=self.title, matters=self.matters)  # fmt: skip


def _taken_over(old: legacy.Rule) -> Rule:
    find: Any = old.find
    return TakenOver(old.kind, old.title, "gap", "longer-term work", old.matters, old.rule, old.limits, "", "", find)


RULES: dict[str, Rule] = {rule.kind: rule for module in MODULES for rule in rules_of(module)}
