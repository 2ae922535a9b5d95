"""The conventions in force: every rule with its value and, in a sentence, what it says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from ..rules import DEFAULT, Rules

_ENTRY = re.compile(r"^(\w[\w, ]*) : .*\n((?:    .*\n?)+)", re.MULTILINE)


@cache
def meanings() -> Mapping[str, str]:
    """What each rule says, by its name, as the documentation of :class:`~safetynet.rules.Rules` has it."""
    text = inspect.getdoc(Rules) or ""
    found: dict[str, str] = {}
    for names, words in _ENTRY.findall(text[text.index("Attributes") :]):
        found |= dict.fromkeys(names.split(", "), " ".join(words.split()))
    return found


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


def rule_lines(rules: Rules) -> list[dict[str, object]]:
    """Every rule: its name, its value, what it says, and whether it is another than usual."""
    lines: list[dict[str, object]] = []
    for one in fields(rules):
        value = getattr(rules, one.name)
        own, meaning = value != getattr(DEFAULT, one.name), meanings().get(one.name, "")
        lines.append({"name": one.name, "value": _shown(value), "meaning": meaning, "own": own})
    return lines
