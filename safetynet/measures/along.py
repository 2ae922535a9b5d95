"""What moved between two people or agencies: contacts by whether they were two-way, and what did not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any, Literal, get_args

from ..case.records import Row
from ..record.snapshot import Snapshot, in_order
from ..score import NAN

Pair = tuple[str, str]
Way = Literal["lost", "paper", "rich"]  # it did not arrive; information moved one way; both ways
POOREST_FIRST: tuple[Way, ...] = get_args(Way)


def as_pair(one: str, other: str) -> Pair:
    """Two ids in one order."""
    return (one, other) if one <= other else (other, one)


def is_family(view: Snapshot, name: str) -> bool:
    """Whether somebody is a person and no professional."""
    return name in view.family


@dataclass
class Along:
    """The contact rows between two parties by the day, each with the way in which information moved in it.

    Of a row in which several pairs were in contact, the richest way counts.
    """

    ways: dict[str, tuple[Row, Way]] = field(default_factory=dict)

    def add(self, row: Row, way: Way) -> None:
        """Count a row."""
        before = self.ways.get(row.id, (row, way))[1]
        self.ways[row.id] = (row, max(before, way, key=POOREST_FIRST.index))

    def add_all(self, other: Along) -> None:
        """Count every row of another."""
        for row, way in other.ways.values():
            self.add(row, way)

    @property
    def arrived(self) -> list[Row]:
        """The rows in which information could move."""
        return [row for row, way in self.ways.values() if way != "lost"]

    @property
    def concerns(self) -> frozenset[str]:
        """What was named in them."""
        return frozenset(concern for row in self.arrived for concern in row.concerns)

    def mix(self) -> dict[str, Any]:
        """The columns ``contacts``, ``rich``, ``paper``, ``rich_share``, ``not_arrived`` and ``rows``."""
        ways = [way for _, way in self.ways.values()]
        contacts, rich = len(self.arrived), ways.count("rich")
        return {
            "contacts": contacts,
            "rich": rich,
            "paper": ways.count("paper"),
            "rich_share": rich / contacts if contacts else NAN,
            "not_arrived": ways.count("lost"),
            "rows": in_order(row for row, _ in self.ways.values()),
        }

    def weight(self, view: Snapshot) -> float:
        """The weight of the worries that were named."""
        return view.total(name for name in self.concerns if view.records.concerns[name].is_worry)


def between(view: Snapshot) -> Iterator[tuple[Pair, Row, Way]]:
    """Each pair that a contact row by the day joins or was meant to, with the way in which information moved in it.

    To somebody present who said nothing it moved one way. Pairs of family among themselves are left out, and rows that
    are still on their way.
    """
    for row in view.contacts:
        moves = frozenset(view.moves(row))
        if moves and not view.by(row.reached):
            continue
        for a, b in sorted({as_pair(*pair) for pair in meant(row)}):
            if not (is_family(view, a) and is_family(view, b)):
                yield (a, b), row, POOREST_FIRST[((a, b) in moves) + ((b, a) in moves)]


def meant(row: Row) -> Iterator[Pair]:
    """The pairs between which information would move in a contact row if it arrived."""
    if row.is_together:
        yield from permutations(dict.fromkeys(row.who), 2)
    else:
        yield from ((one, other) for one in row.who for other in row.to if one != other)
    yield from ((one, other) for one in row.speakers for other in row.present if one != other)
