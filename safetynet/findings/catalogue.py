"""Every kind of finding, in the order in which the documentation lists them."""

from __future__ import annotations

from .base import Rule
from .sharing import RULES as SHARING

RULES: dict[str, Rule] = {rule.kind: rule for rule in (*SHARING,)}
