"""The frozen records that a case is made of, and the text tables they are read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ..dates import Window
from .schema import CALM_CATEGORIES, SENT_KINDS, TWO_WAY_CHANNELS

K = TypeVar("K")
V = TypeVar("V")


class RawTable(NamedTuple):
    """A table as text: column names, rows of cells, and what a person calls each row (its line in the file)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()

    def line(self, index: int) -> str:
        return self.lines[index] if index < len(self.lines) else str(index + 2)


@dataclass(frozen=True, slots=True)
class Person:
    """One human being around the child, or the child."""

    id: str
    name: str
    kind: str
    role: str = ""
    agency: str = ""
    start: Window | None = None
    end: Window | None = None
    lead_from: Window | None = None
    lead_to: Window | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """One organisation."""

    id: str
    name: str
    sector: str = "other"
    area: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern: a worry, a reassurance or a strength."""

    id: str
    about: tuple[str, ...]
    category: str
    severity: int
    summary: str = ""
    answers: tuple[str, ...] = ()
    resolved: Window | None = None

    @property
    def is_worry(self) -> bool:
        return self.category not in CALM_CATEGORIES


@dataclass(frozen=True)
class Row:
    """One row of the chronology."""

    id: str
    date: Window
    kind: str
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    channel: str = ""
    two_way_cell: str = ""
    received: str = ""
    received_on: Window | None = None
    absent: tuple[str, ...] = ()
    due: int | None = None
    ref: str = ""
    outcome: str = ""
    rating: int | None = None
    consent: str = ""
    interpreter: str = ""
    confidence: float = 1.0
    source: tuple[str, ...] = ()
    position: int = 0

    @property
    def is_sent(self) -> bool:
        """told, asked or declined: from somebody to somebody."""
        return self.kind in SENT_KINDS

    @property
    def is_together(self) -> bool:
        """A meeting, or several people who observed together: everybody with everybody."""
        return self.kind == "met" or (self.kind == "observed" and len(self.who) > 1)

    @property
    def is_contact(self) -> bool:
        """Whether this is a contact row, in which information can move."""
        return self.is_sent or self.is_together

    @property
    def arrived(self) -> bool:
        return self.received != "no"

    @cached_property
    def two_way(self) -> bool:
        if self.is_together:
            return True
        if self.received_on is not None:
            return False
        if self.two_way_cell:
            return self.two_way_cell == "yes"
        return self.channel in TWO_WAY_CHANNELS

    @property
    def reached(self) -> Window:
        """When it reached the recipients: its own date, or the day on which it was read."""
        return self.date if self.received_on is None else self.received_on

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Everybody the row names as taking part: senders and recipients, or attendees."""
        return tuple(dict.fromkeys(self.who + (self.to if self.is_sent else ())))

    @cached_property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs (from, to) between which information could move in this row."""
        if not self.is_contact or not self.arrived:
            return ()
        if self.is_together:
            return tuple(permutations(dict.fromkeys(self.who), 2))
        pairs = [(sender, recipient) for sender in self.who for recipient in self.to if sender != recipient]
        if self.two_way:
            pairs += [(recipient, sender) for sender, recipient in pairs]
        return tuple(dict.fromkeys(pairs))


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship that lasts."""

    source: str
    target: str
    kind: str
    quality: str = ""
    start: Window | None = None
    end: Window | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A need and who met it."""

    need: str
    person: str
    agency: str = ""
    start: Window | None = None
    end: Window | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether one agency could share a category of concern with another."""

    source: str
    target: str
    category: str
    permission: str
    start: Window | None = None
    end: Window | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """A coder's rating of one item of the practice profile."""

    coder: str
    item: int
    level: str
    note: str = ""


def frozen(mapping: dict[K, V]) -> Mapping[K, V]:
    """A mapping that cannot be changed."""
    return MappingProxyType(mapping)


@dataclass(frozen=True)
class Records:
    """Everything a case holds, parsed: the truth that measures work on."""

    people: Mapping[str, Person]
    agencies: Mapping[str, Agency]
    concerns: Mapping[str, Concern]
    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]
    services: tuple[Service, ...]
    permissions: tuple[Permission, ...] | None
    ratings: tuple[Rating, ...]
    harm: Window | None
    start: int | None
    end: int | None
