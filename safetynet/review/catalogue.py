"""Every kind of finding, in the order in which the documentation lists them."""

from __future__ import annotations

from types import ModuleType

from . import (
    actions,
    at_the_table,
    brought,
    closures,
    contact,
    decisions,
    duties,
    fellows,
    followed,
    joined,
    kept,
    lead,
    meetings,
    messages,
    patterns,
    ratings,
    reassurance,
    requests,
    responsibility,
    services,
    sources,
    timing,
    voices,
    warned,
)
from .base import Rule

GAPS = (kept, timing, fellows, messages, meetings, warned, contact, voices, patterns, reassurance, sources, decisions)
MORE = (requests, ratings, responsibility, actions, duties, lead, closures, services)
MODULES: tuple[ModuleType, ...] = (*GAPS, *MORE, joined, at_the_table, followed, brought)


def rules_of(module: ModuleType) -> list[Rule]:
    """The rules that stand in a module, in their order."""
    return [one for one in vars(module).values() if isinstance(one, Rule) and one.find.__module__ == module.__name__]


RULES: dict[str, Rule] = {one.kind: one for module in MODULES for one in rules_of(module)}
