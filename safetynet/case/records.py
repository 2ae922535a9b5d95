"""The frozen records that a case is made of, and the text tables they are read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ..dates import Window
from .vocabulary import CALM_CATEGORIES, SEEN_AT_ALL, TELLING_KINDS, TWO_WAY_CHANNELS, WORD_KINDS

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
    born: Window | None = None
    remit: str = "works_with"


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
    present: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    seen: str = ""
    channel: str = ""
    two_way_cell: str = ""
    received: str = ""
    received_on: Window | None = None
    complete: str = ""
    absent: tuple[str, ...] = ()
    due: int | None = None
    ref: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    outcome: str = ""
    reason: str = ""
    rating: int | None = None
    consent: str = ""
    interpreter: str = ""
    count: int = 1
    rule: str = ""
    confidence: float = 1.0
    basis: str = ""
    summary: str = ""
    source: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def is_sent(self) -> bool:
        """From somebody to somebody: told, asked, declined, or what was decided, opened and the like with a ``to``."""
        return self.kind in WORD_KINDS or (self.kind in TELLING_KINDS and bool(self.to))

    @cached_property
    def is_together(self) -> bool:
        """A meeting, or an observation by several or with somebody present: everybody with everybody."""
        return self.kind == "met" or (self.kind == "observed" and (len(self.who) > 1 or bool(self.present)))

    @cached_property
    def is_contact(self) -> bool:
        """Whether this is a contact row, in which information can move."""
        return self.is_sent or self.is_together

    @property
    def arrived(self) -> bool:
        """Whether it arrived, as far as the row itself says; a day of reading says that it did."""
        return self.received != "no" or self.received_on is not None

    @cached_property
    def two_way(self) -> bool:
        """Whether information could move both ways."""
        if self.is_together:
            return True
        if self.received_on is not None:
            return False
        if self.two_way_cell:
            return self.two_way_cell == "yes"
        return self.kind == "disagreed" or self.channel in TWO_WAY_CHANNELS

    @cached_property
    def reached(self) -> Window:
        """When it reached the recipients: its own date, or the day on which it was read."""
        return self.read(self.date)

    def read(self, sent: Window) -> Window:
        """When it was read if it was sent within a window: what was read before that is read as soon as it can be."""
        if self.received_on is None:
            return sent
        first, last, time = self.received_on
        if last < sent.first:
            time = None
        elif time is not None and sent.time is not None and last == sent.first:
            time = max(time, sent.time)
        return Window(max(first, sent.first), max(last, sent.first), time)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Everybody who takes part in a contact row: senders and recipients, or those who met, and who was present."""
        return tuple(dict.fromkeys(self.who + ((self.to if self.is_sent else ()) + self.present) * self.is_contact))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Who can say something in a contact row: senders, recipients of a two-way row, those who met."""
        return tuple(dict.fromkeys(self.who + (self.to if self.is_sent and self.two_way else ())))

    @cached_property
    def reaching(self) -> tuple[str, ...]:
        """To whom of ``to`` and ``present`` a contact row brings what was said, as far as the row itself says."""
        return (self.to if self.is_sent else ()) + self.present if self.is_contact and self.arrived else ()

    @cached_property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs (from, to) between which information could move in this row."""
        if not self.is_contact or not self.arrived:
            return ()
        if self.is_together:
            pairs = list(permutations(dict.fromkeys(self.who), 2))
        else:
            pairs = [(sender, recipient) for sender in self.who for recipient in self.to if sender != recipient]
            if self.two_way:
                pairs += [(recipient, sender) for sender, recipient in pairs]
        silent = [one for one in self.present if one not in self.who and one not in self.to]
        pairs += [(speaker, one) for speaker in self.speakers for one in silent]
        return tuple(dict.fromkeys(pairs))

    @property
    def saw_the_child(self) -> bool:
        """Whether the row says that the child was seen, if only glimpsed."""
        return self.seen in SEEN_AT_ALL

    @cached_property
    def order(self) -> tuple[int, int, int, str]:
        """The order in which rows are read: by certain day, time (without one first), earliest day, and id."""
        return (self.date.last, -1 if self.date.time is None else self.date.time, self.date.first, self.id)


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
    attended: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether one agency could share a category of concern with another."""

    source: str
    target: str
    permission: str
    category: str = ""
    start: Window | None = None
    end: Window | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """A coder's rating of one item of the practice profile."""

    coder: str
    item: int
    level: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Two concerns that belong together."""

    source: str
    target: str
    kind: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What the work was done in."""

    id: str
    kind: str
    summary: str
    agency: str = ""
    start: Window | None = None
    end: Window | None = None


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
    links: tuple[Link, ...]
    conditions: tuple[Condition, ...]
    harm: Window | None
    start: int | None
    end: int | None

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        """The rows by their ids."""
        return frozen({row.id: row for row in self.rows})

    @cached_property
    def in_order(self) -> tuple[Row, ...]:
        """The rows in the order in which they are read; see :attr:`Row.order`."""
        return tuple(sorted(self.rows, key=attrgetter("order")))

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The agency of each person, empty for one without, and each agency's own id."""
        return frozen({**{one.id: one.agency for one in self.people.values()}, **{one: one for one in self.agencies}})

    @cached_property
    def contacts(self) -> tuple[Row, ...]:
        """The contact rows, in the order in which rows are read."""
        return tuple(row for row in self.in_order if row.is_contact)

    @cached_property
    def staff(self) -> Mapping[str, frozenset[str]]:
        """The people of each agency, whoever they are."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for person in self.people.values():
            if person.agency:
                found[person.agency].add(person.id)
        return frozen({agency: frozenset(people) for agency, people in found.items()})

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each row in its table, by its id."""
        return frozen({row.id: place for place, row in enumerate(self.rows)})

    @cached_property
    def children(self) -> tuple[str, ...]:
        """The children of the case, in the order of the table."""
        return tuple(person.id for person in self.people.values() if person.kind == "child")
