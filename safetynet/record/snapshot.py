"""What the record shows on one date: actors, who is involved, worries, and who has them on record.

Every measure starts here, so that the words at the head of the measures mean the same thing everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any, TypeVar

import networkx as nx

from ..case import Case, need_case
from ..case.records import Row
from ..dates import Window
from ..rules import Rules, as_rules
from .entries import Holding, entries, first_days, hops
from .worlds import timed_edges

T = TypeVar("T")


def snapshot(case: Case, at: Any = None, rules: Rules | None = None) -> Snapshot:
    """The snapshot of a case on a date; computed once for a case, a date and its rules."""
    settled, day = as_rules(rules), need_case(case)._day(at)
    made: Snapshot = case._cached(("snapshot", day, settled), lambda: Snapshot(case, day, settled))
    return made


class Snapshot:
    """What the record shows by the end of one day, under the rules.

    Attributes
    ----------
    rows : tuple of Row
        The rows that count by then (their latest day, or their earliest with ``Rules(dates="earliest")``).
    professionals : frozenset of str
        Every professional of the case, whether they have appeared or not.
    actors : tuple of str
        Professionals who have appeared, and agencies that themselves sent, received or attended; sorted.
    involved : frozenset of str
        The professionals among them who have not left.
    worries : tuple of str
        The known worries: not resolved, and on some professional's record; sorted.
    """

    def __init__(self, case: Case, day: int, rules: Rules) -> None:
        self.case = case
        self.records = case._records
        self.day = day
        self.rules = rules
        self.rows: tuple[Row, ...] = tuple(row for row in self.records.rows if self.when(row.date) <= day)
        self.contacts: tuple[Row, ...] = tuple(row for row in self.rows if row.is_contact)
        self.professionals = frozenset(
            person.id for person in self.records.people.values() if person.kind in rules.who_counts
        )

        self._store: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make()` gives, worked out once for this snapshot and gone with it."""
        if key not in self._store:
            self._store[key] = make()
        made: T = self._store[key]
        return made

    def when(self, window: Window) -> int:
        """The day on which a window counts: its latest, or its earliest under ``dates="earliest"``."""
        return window.last if self.rules.dates == "latest" else window.first

    def by(self, window: Window) -> bool:
        """Whether a window counts by the day of the snapshot."""
        return self.when(window) <= self.day

    # where to find rows: each in the order of the chronology -------------------------------------------

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """The rows by the day, by their ids."""
        return {row.id: row for row in self.rows}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Row, ...]]:
        return _grouped(self.rows, lambda row: (row.kind,))

    @cached_property
    def _by_concern(self) -> dict[str, tuple[Row, ...]]:
        return _grouped(self.rows, lambda row: row.concerns)

    @cached_property
    def _by_ref(self) -> dict[str, tuple[Row, ...]]:
        return _grouped(self.rows, lambda row: row.ref)

    @cached_property
    def _by_sender(self) -> dict[str, tuple[Row, ...]]:
        return _grouped(self.rows, lambda row: row.who)

    def of_kind(self, kind: str) -> tuple[Row, ...]:
        """The rows of a kind."""
        return self._by_kind.get(kind, ())

    def naming(self, concern: str) -> tuple[Row, ...]:
        """The rows that name a concern."""
        return self._by_concern.get(concern, ())

    def referring(self, row: str) -> tuple[Row, ...]:
        """The rows that refer to a row."""
        return self._by_ref.get(row, ())

    def of_sender(self, name: str) -> tuple[Row, ...]:
        """The rows that have somebody in ``who``."""
        return self._by_sender.get(name, ())

    # who ----------------------------------------------------------------------------------------------

    @cached_property
    def actors(self) -> tuple[str, ...]:
        people = {name for row in self.rows for name in row.who}
        named = {name for row in self.contacts for name in row.named}
        agencies = named & self.records.agencies.keys()
        return tuple(sorted(((people | named) & self.professionals) | agencies))

    @cached_property
    def involved(self) -> frozenset[str]:
        left: dict[str, int] = {}
        last_seen: defaultdict[str, int] = defaultdict(lambda: -1)
        for row in self.rows:
            when = self.when(row.date)
            for name in row.who:
                if row.kind == "closed":
                    if when < self.day:
                        left[name] = max(when, left.get(name, when))
                else:
                    last_seen[name] = max(last_seen[name], when)
        out = set()
        for name in set(self.actors) & self.professionals:
            end = self.records.people[name].end
            if end is not None and self.when(end) < self.day:
                continue
            if name in left and last_seen[name] <= left[name]:
                continue
            out.add(name)
        return frozenset(out)

    def agency(self, actor: str) -> str:
        """The agency that an actor counts as: its own, itself for an agency, or the person where there is none."""
        if actor in self.records.agencies:
            return actor
        return self.records.people[actor].agency or actor

    def name(self, identity: str) -> str:
        """The name of a person or an agency, as a sentence says it."""
        one = self.records.people.get(identity) or self.records.agencies.get(identity)
        return identity if one is None else one.name

    # what ---------------------------------------------------------------------------------------------

    @cached_property
    def entries(self) -> dict[Holding, Any]:
        return self.case._cached("entries", lambda: entries(self.records))  # type: ignore[no-any-return]

    @cached_property
    def since(self) -> dict[Holding, int]:
        """The day from which each (holder, concern) is on record, of those that are by the snapshot's day."""
        side = 1 if self.rules.dates == "latest" else 0
        days = {holding: first_days(rows)[side] for holding, rows in self.entries.items()}
        return {holding: day for holding, day in days.items() if day <= self.day}

    @cached_property
    def held(self) -> dict[str, frozenset[str]]:
        """The concerns on each holder's record."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for holder, concern in self.since:
            found[holder].add(concern)
        return {holder: frozenset(concerns) for holder, concerns in found.items()}

    @cached_property
    def holders(self) -> dict[str, frozenset[str]]:
        """Who has each concern on record: people and agency files."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for holder, concern in self.since:
            found[concern].add(holder)
        return {concern: frozenset(holders) for concern, holders in found.items()}

    @cached_property
    def current(self) -> tuple[str, ...]:
        """Worries that are not resolved by the day, known to a professional or not; sorted."""
        return tuple(sorted(
            concern.id for concern in self.records.concerns.values()
            if concern.is_worry and not (concern.resolved is not None and self.by(concern.resolved))
        ))  # fmt: skip

    @cached_property
    def worries(self) -> tuple[str, ...]:
        return tuple(name for name in self.current if self.holders.get(name, frozenset()) & self.professionals)

    def weight(self, worry: str) -> float:
        """What a worry weighs: its severity, unless the rules say otherwise."""
        return self.rules.weight(self.records.concerns[worry].severity)

    def total(self, worries: Iterable[str]) -> float:
        """What several worries weigh together."""
        return float(sum(self.weight(worry) for worry in sorted(worries)))

    def informed(self, worry: str) -> tuple[str, ...]:
        """The involved professionals who have a worry on record; sorted."""
        return tuple(sorted(self.holders.get(worry, frozenset()) & self.involved))

    def pieces(self, *, involved: bool = True) -> dict[str, frozenset[str]]:
        """The known worries that each professional holds, of those who hold any; involved ones only by default."""
        among = self.involved if involved else self.professionals
        known = frozenset(self.worries)
        return {name: held for name in sorted(among) if (held := self.held.get(name, frozenset()) & known)}

    @cached_property
    def hops(self) -> dict[Holding, int]:
        return hops(self.records, self.day, self.rules.dates)

    def evidence(self, worries: Iterable[str], holders: Iterable[str] | None = None) -> tuple[str, ...]:
        """The rows that put worries on somebody's record by the day, in order of date."""
        among = None if holders is None else set(holders)
        rows = {
            row
            for worry in set(worries)
            for holder, found in self._rows_of.get(worry, ())
            if among is None or holder in among
            for row in found
        }
        return self.in_order(rows)

    @cached_property
    def _rows_of(self) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        """For each concern, its holders with the rows by the day that put it on their record."""
        found: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for (holder, concern), entries_ in self.entries.items():
            rows = tuple(entry.row.id for entry in entries_ if self.by(entry.window))
            if rows:
                found[concern].append((holder, rows))
        return dict(found)

    def in_order(self, rows: Iterable[str]) -> tuple[str, ...]:
        """Ids of rows, each once, by date."""
        places = self._places
        return tuple(sorted(places.keys() & set(rows), key=places.__getitem__))

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each row of the case, by date."""

        def make() -> dict[str, int]:
            return {row: place for place, row in enumerate(in_order(self.records.rows))}

        made: dict[str, int] = self.case._cached("row places", make)
        return made

    # contacts -----------------------------------------------------------------------------------------

    def contacts_in(self, window: int | None = None) -> tuple[Row, ...]:
        """The contact rows by the day, also read by then; with `window`, only those of the last so many days."""
        return tuple(
            row for row in self.contacts
            if self.by(row.reached) and (window is None or self.when(row.reached) > self.day - window)
        )  # fmt: skip

    def contact_pairs(self, window: int | None = None) -> dict[tuple[str, str], list[Row]]:
        """Each unordered pair of actors between whom information could move, with the rows; `window` in days."""
        actors = set(self.actors)
        pairs: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.contacts_in(window):
            for a, b in row.moves:
                if a in actors and b in actors:
                    rows = pairs[min(a, b), max(a, b)]
                    if not rows or rows[-1] is not row:
                        rows.append(row)
        return dict(pairs)

    def contact_graph(self, window: int | None = None) -> nx.Graph[Any]:
        """The contact graph of the actors: undirected, unweighted; each edge has its ``rows``; not to be changed."""
        return self.keep(("contact graph", window), lambda: self._contact_graph(window))

    def _contact_graph(self, window: int | None) -> nx.Graph[Any]:
        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(self.actors)
        for (a, b), rows in sorted(self.contact_pairs(window).items()):
            graph.add_edge(a, b, rows=tuple(row.id for row in rows))
        frozen: nx.Graph[Any] = nx.freeze(graph)
        return frozen

    def edges(self, dates: str, window: int | None = None) -> list[Any]:
        """The contacts by the day as edges in time between the actors (numbered in their order)."""
        number = {actor: place for place, actor in enumerate(self.actors)}
        return timed_edges(self.contacts_in(window), number, dates=dates, same_day=self.rules.same_day)


def _grouped(rows: Iterable[Row], keys: Callable[[Row], Iterable[str]]) -> dict[str, tuple[Row, ...]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in dict.fromkeys(keys(row)):
            found[key].append(row)
    return {key: tuple(group) for key, group in found.items()}


def in_order(rows: Iterable[Row]) -> tuple[str, ...]:
    """Ids of rows by date (certain day, time, first day), then by id."""
    return tuple(row.id for row in sorted(rows, key=row_order))


def row_order(row: Row) -> tuple[int, int, int, str]:
    """The order in which rows are read: by certain day, time, earliest day, and id."""
    return (row.date.last, -1 if row.date.time is None else row.date.time, row.date.first, row.id)
