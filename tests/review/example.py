"""A small case for a kind of finding: where it is found, near twins where it is not, and what refutes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import RULES, Finding
from tests.builder import case, date

SECTORS = "school:education health:health council:social_care police:police"
FOUR = "T@school G@health S@council P@police"


def find(kind: str, found: sn.Case, at: int) -> list[Finding]:
    """What the rule of one kind finds in a case on a day of 2024."""
    return list(RULES[kind](snapshot(found, date(str(at)))))


@dataclass(frozen=True)
class Example:
    """A case in which a kind is found, what its sentence says, its near twins, and what refutes it."""

    rows: tuple[str, ...]
    at: int
    says: tuple[str, ...]
    twins: tuple[Any, ...]
    refute: Any = ()
    keys: tuple[str, ...] = ()
    people: str = FOUR
    concerns: str = "c1:3"
    more: dict[str, Any] = field(default_factory=dict)

    def case(self, other: Any = None) -> sn.Case:
        """The case, or one with other rows, or with other people, concerns or tables (a dict)."""
        changed = other if isinstance(other, dict) else {"rows": self.rows if other is None else other}
        tables = {**self.more, **changed}
        people, concerns = tables.pop("people", self.people), tables.pop("concerns", self.concerns)
        return case(people, concerns, *tables.pop("rows", self.rows), **tables)

    def refuted(self, by: Any) -> sn.Case:
        """The case with what refutes the finding: rows besides, or other tables."""
        if isinstance(by, dict):
            return self.case(by)
        return self.case((*self.rows, *(f"x{n}: {row}" for n, row in enumerate(by, start=1))))
