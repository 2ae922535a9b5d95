"""Every kind of finding, in the order in which the documentation lists them."""

from __future__ import annotations

from .actions import RULES as ACTIONS
from .base import Rule
from .decisions import RULES as DECISIONS
from .lead import RULES as LEAD
from .meetings import RULES as MEETINGS
from .messages import RULES as MESSAGES
from .ratings import RULES as RATINGS
from .requests import RULES as REQUESTS
from .responsibility import RULES as RESPONSIBILITY
from .services import RULES as SERVICES
from .sharing import RULES as SHARING
from .sources import RULES as SOURCES
from .strands import RULES as STRANDS
from .timing import RULES as TIMING
from .voices import RULES as VOICES
from .warned import RULES as WARNED

RULES: dict[str, Rule] = {
    rule.kind: rule
    for rule in (
        *SHARING, *TIMING, *MESSAGES, *MEETINGS, *STRANDS, *WARNED, *SOURCES, *VOICES,
        *DECISIONS, *REQUESTS, *RATINGS, *ACTIONS, *RESPONSIBILITY, *LEAD, *SERVICES,
    )
}  # fmt: skip
