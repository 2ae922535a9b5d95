"""What the record shows on one date: actors, who is involved, worries, and who has them on record.

Every measure starts here, so that the words at the head of the measures mean the same thing everywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from itertools import chain, product
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from ..case import Case, need_case
from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK, WORD_KINDS
from ..dates import DateLike, Window, date_of
from ..rules import Rules, as_rules
from ..spells import Spell, covers
from ..spread.edges import Edge
from .confirmation import NOTHING, Confirmations, Unconfirmed, confirmations, moves, reaches, shown_on, unconfirmed
from .entries import Entries, Holding, entries, first_days
from .hops import Steps, hops
from .involvement import involvement
from .naming import name
from .parties import party
from .passages import Moves, timed_edges

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

Grouped = Mapping[K, tuple[Row, ...]]

NEVER = -(1 << 40)  # a day before every other
KEEPING = ("observed", "decided", "disagreed")  # what an agency does in such a row stands in its file
GROUPINGS: Mapping[str, Callable[[Row], Iterable[Any]]] = {  # by what the rows of a snapshot are to be found
    "_by_kind": lambda row: (row.kind,),
    "_by_concern": attrgetter("concerns"),
    "_by_ref": attrgetter("ref"),
    "_by_sender": attrgetter("who"),
    "_by_sender_and_concern": lambda row: product(row.who, row.concerns),
}


def snapshot(case: Case, at: DateLike | None = None, rules: Rules | None = None) -> Snapshot:
    """The snapshot of a case on a date; computed once for a case, a date and its rules."""
    settled, day = as_rules(rules), need_case(case)._day(at)
    return snapshot_on(case, day, settled)


def snapshot_on(case: Case, day: int, rules: Rules) -> Snapshot:
    """The snapshot of a case on an ordinal day; computed once for a case, a day and its rules."""
    made: Snapshot = case._cached(("snapshot", day, rules), lambda: Snapshot(case, day, rules))
    return made


class Snapshot:
    """What the record shows by the end of one day, under the rules.

    Attributes
    ----------
    case : Case
        The case that it is taken of, whole: also what came later.
    records : Records
        Its tables as parsed records: people, agencies, concerns and the others by id.
    day : int
        The day, as an ordinal of the calendar (``datetime.date.toordinal``).
    rules : Rules
        The conventions that it follows.
    rows : tuple of Row
        The rows that count by then (their latest day, or their earliest with ``Rules(dates="earliest")``), in the
        order in which they are read.
    contacts : tuple of Row
        The contact rows among them.
    professionals : frozenset of str
        Every professional of the case, whether they have appeared or not.
    family : frozenset of str
        Everybody else: the child, the family, its support, and the public.
    working : frozenset of str
        The professionals whose remit is to work with the child or family.
    actors : tuple of str
        Professionals who have appeared, and agencies that themselves sent, received, attended or kept on file; sorted.
    involved : frozenset of str
        The professionals among them who have not left.
    worries : tuple of str
        The known worries: not resolved, and on some professional's record; sorted.
    """

    def __repr__(self) -> str:
        return f"<Snapshot of {self.case.id or self.case.title!r} by {date_of(self.day)}>"

    def __init__(self, case: Case, day: int, rules: Rules) -> None:
        self.case = case
        self.records = case._records
        self.day = day
        self.rules = rules
        self._side = "last" if rules.dates == "latest" else "first"
        self.rows: tuple[Row, ...] = self._by_the_day(self.records.in_order)
        self.contacts: tuple[Row, ...] = self._by_the_day(self.records.contacts)
        people = self.records.people.values()
        self.professionals = frozenset(person.id for person in people if person.kind in rules.who_counts)
        self.family = frozenset(self.records.people) - self.professionals
        self.working = frozenset(
            person.id for person in people if person.id in self.professionals and person.remit == "works_with"
        )
        self._store: dict[Hashable, Any] = {}

    def _by_the_day(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Those of some rows, in the order in which they are read, that count by the day."""
        if self.rules.dates == "latest":
            return rows[: bisect_right(rows, self.day, key=_last_date)]
        return tuple(row for row in rows if row.date.first <= self.day)

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make()` gives, worked out once for this snapshot and gone with it."""
        try:
            made: T = self._store[key]
        except KeyError:
            made = self._store[key] = make()
        return made

    def on(self, day: int) -> Snapshot:
        """The same case on another day, under the same rules."""
        return snapshot_on(self.case, day, self.rules)

    @cached_property
    def strict(self) -> Snapshot:
        """The same day, where one-way rows without confirmation are read as sent only."""
        if self.rules.unconfirmed == "does_not_count":
            return self
        return snapshot_on(self.case, self.day, self.rules.with_(unconfirmed="does_not_count"))

    @cached_property
    def when(self) -> Callable[[Window], int]:
        """From a window the day on which it counts: its latest, or its earliest under ``dates="earliest"``."""
        return attrgetter(self._side)

    def by(self, window: Window) -> bool:
        """Whether a window counts by the day of the snapshot."""
        return self.when(window) <= self.day

    # where to find rows: each in the order in which they are read --------------------------------------

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """The rows by the day, by their ids."""
        return {row.id: row for row in self.rows}

    @cached_property
    def _by_kind(self) -> Grouped[str]:
        return self._groups["_by_kind"]

    @cached_property
    def _by_concern(self) -> Grouped[str]:
        return self._groups["_by_concern"]

    @cached_property
    def _by_ref(self) -> Grouped[str]:
        return self._groups["_by_ref"]

    @cached_property
    def _by_sender(self) -> Grouped[str]:
        return self._groups["_by_sender"]

    @cached_property
    def _by_sender_and_concern(self) -> Grouped[tuple[str, str]]:
        return self._groups["_by_sender_and_concern"]

    @cached_property
    def _groups(self) -> dict[str, Grouped[Any]]:
        """The rows by all that they are looked up by: in many rows, to come by one costs more than to look at it."""
        found: dict[str, defaultdict[Any, list[Row]]] = {name: defaultdict(list) for name in GROUPINGS}
        groups = [(found[name], keys) for name, keys in GROUPINGS.items()]
        for row in self.rows:
            for into, keys in groups:
                for key in dict.fromkeys(keys(row)):
                    into[key].append(row)
        return {name: {key: tuple(rows) for key, rows in into.items()} for name, into in found.items()}

    def of_kind(self, kind: str) -> tuple[Row, ...]:
        """The rows of a kind."""
        return self._by_kind.get(kind, ())

    def naming(self, concern: str) -> tuple[Row, ...]:
        """The rows that name a concern."""
        return self._by_concern.get(concern, ())

    def referring(self, row: str) -> tuple[Row, ...]:
        """The rows that refer to a row."""
        return self._by_ref.get(row, ())

    def referred(self, row: Row) -> list[Row]:
        """The rows by the day that a row refers to."""
        return [self.by_id[one] for one in row.ref if one in self.by_id]

    def of_sender(self, name: str, concern: str | None = None) -> tuple[Row, ...]:
        """The rows that have somebody in ``who``; of these only those that name a concern, if one is given."""
        return (
            self._by_sender.get(name, ()) if concern is None else self._by_sender_and_concern.get((name, concern), ())
        )

    # who ----------------------------------------------------------------------------------------------

    @cached_property
    def appeared(self) -> dict[str, int]:
        """Everybody who has appeared, with the day: who of a row, to or present of a contact row."""
        found: dict[str, int] = {}
        counts = attrgetter(f"date.{self._side}")
        for row in self.rows:
            when = counts(row)
            for one in row.named if row.is_contact else () if row.kind in LOOKING_BACK else row.who:
                if one not in found or when < found[one]:
                    found[one] = when
        return found

    def appearances(self, names: Iterable[str]) -> tuple[str, ...]:
        """The rows in which each of several people and agencies first appeared: what "has appeared" rests on."""
        wanted, found = set(names), []
        for row in self.rows:
            who = () if row.kind in LOOKING_BACK else row.who
            if new := wanted.intersection((*who, *(row.named if row.is_contact else ()))):
                wanted -= new
                found.append(row.id)
        return tuple(found)

    @cached_property
    def actors(self) -> tuple[str, ...]:
        agencies = {one for row in self.contacts for one in row.named}
        agencies |= {one for row in self.rows if row.kind in KEEPING for one in row.who}
        people = self.appeared.keys() & self.professionals
        return tuple(sorted(people | (agencies & self.records.agencies.keys())))

    @cached_property
    def involved(self) -> frozenset[str]:
        return frozenset(one for one, spells in involvement(self).items() if spells and spells[-1].last == self.day)

    @cached_property
    def able(self) -> frozenset[str]:
        """The professionals and agencies of the case: those through whom information can move."""
        return self.professionals.union(self.records.agencies)

    @cached_property
    def party_of(self) -> dict[str, str]:
        """The party that each person and agency counts as; empty for the family outside agencies."""
        own = self.professionals
        return {one: home or (one if one in own else "") for one, home in self.records.home.items()}

    def party(self, one: str) -> str:
        """The party that an actor counts as: an agency, or a professional without one."""
        return party(self, one)

    def name(self, one: str) -> str:
        """The name of a person or an agency, as a sentence says it."""
        return name(self, one)

    # what ---------------------------------------------------------------------------------------------

    @cached_property
    def confirmations(self) -> Confirmations:
        """Of the case's one-way rows without word of their arrival: when each recipient confirms them, if ever."""

        def make() -> Confirmations:
            return confirmations(self.records, self.records.rows, self.when)

        made: Confirmations = self.case._cached(("confirmations", self.rules.dates), make)
        return made

    @cached_property
    def unconfirmed(self) -> Unconfirmed:
        """The one-way rows without confirmation by the day, each with the recipients who do not confirm it."""
        return unconfirmed(self.confirmations, self.rows, self.day)

    @cached_property
    def silent(self) -> Unconfirmed:
        """Those among them that the rules read as sent only."""
        return NOTHING if self.rules.unconfirmed == "counts" else self.unconfirmed

    @cached_property
    def entries(self) -> Entries:
        """How each (holder, concern) came onto the record: one entry per row and way, later ones included."""
        if self.silent:
            return entries(self.records, self.silent)
        made: Entries = self.case._cached("entries", lambda: entries(self.records))
        return made

    @cached_property
    def since(self) -> dict[Holding, int]:
        """The day from which each (holder, concern) is on record, of those that are by the snapshot's day."""
        side = 1 if self.rules.dates == "latest" else 0
        days = {holding: first_days(rows)[side] for holding, rows in self.entries.items()}
        return {holding: day for holding, day in days.items() if day <= self.day}

    @cached_property
    def since_then(self) -> dict[Holding, int]:
        """The same as each day itself showed it: what rests on paper, once it was confirmed."""
        if self.rules.unconfirmed == "counts":
            return self.since
        found: dict[Holding, int] = {}
        for (holder, concern), rows in entries(self.records).items():
            for entry in rows:
                shown = shown_on(entry.row, self.confirmations, holder) if entry.received else 0
                if shown is not None and (day := max(shown, self.when(entry.window))) <= self.day:
                    found[holder, concern] = min(day, found.get((holder, concern), day))
        return found

    @cached_property
    def first_known(self) -> dict[str, int]:
        """The day from which a professional had each concern on record, of those that one has."""
        found: dict[str, int] = {}
        for (holder, concern), day in self.since.items():
            if holder in self.professionals:
                found[concern] = min(day, found.get(concern, day))
        return found

    @cached_property
    def saw(self) -> frozenset[Holding]:
        """Who is on record as having seen or heard each concern themselves, or an agency as having it in its file."""
        return frozenset((one, c) for row in self.of_kind("observed") for one in row.who for c in row.concerns)

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

    def is_resolved(self, concern: str, by: int | None = None) -> bool:
        """Whether a concern is no longer current by the day, or by one before it: resolved, and not observed after."""
        out = self.resolved.get(concern)
        return out is not None and covers([out], self.day if by is None else by)

    @cached_property
    def resolved(self) -> dict[str, Spell]:
        """The days on which each resolved concern was not current: from the last of its date, until observed again."""
        found = {}
        for concern in self.records.concerns.values():
            if concern.resolved is not None:
                day = concern.resolved.last
                seen = [row for row in self.naming(concern.id) if row.kind == "observed" and row.date.last > day]
                found[concern.id] = Spell(day, min((self.when(row.date) - 1 for row in seen), default=self.day))
        return found

    @cached_property
    def current(self) -> tuple[str, ...]:
        """Worries that are not resolved by the day, known to a professional or not; sorted."""
        worries = (one.id for one in self.records.concerns.values() if one.is_worry)
        return tuple(sorted(one for one in worries if not self.is_resolved(one)))

    @cached_property
    def worries(self) -> tuple[str, ...]:
        return tuple(one for one in self.current if one in self.first_known)

    @cached_property
    def ever_known(self) -> tuple[str, ...]:
        """The worries that a professional has had on record by the day, resolved or not; sorted."""
        return tuple(sorted(one for one in self.first_known if self.records.concerns[one].is_worry))

    def weight(self, worry: str) -> float:
        """What a worry weighs: its severity, unless the rules say otherwise."""
        return self._weights[worry]

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {one.id: self.rules.weight(one.severity) for one in self.records.concerns.values()}

    def total(self, worries: Iterable[str]) -> float:
        """What several worries weigh together."""
        return float(sum(map(self._weights.__getitem__, sorted(worries))))

    def informed(self, worry: str) -> tuple[str, ...]:
        """The involved professionals whose remit is to work with the family and who have a worry on record; sorted."""
        return tuple(sorted(self.holders.get(worry, frozenset()) & self.involved & self.working))

    def pieces(self, *, involved: bool = True) -> dict[str, frozenset[str]]:
        """The known worries that each professional holds, of those who hold any; involved ones only by default."""
        among = self.involved if involved else self.professionals
        known = frozenset(self.worries)
        return {name: held for name in sorted(among) if (held := self.held.get(name, frozenset()) & known)}

    @cached_property
    def _hop_steps(self) -> dict[Holding, Steps]:
        return hops(self.records, self.entries, self.silent, self.when, self.day)

    @cached_property
    def hops(self) -> dict[Holding, int]:
        """How first-hand each (holder, concern) is: 0 saw it or source not recorded, 1 from them, 2+ relayed."""
        return {holding: self._hop_steps[holding][-1][1] for holding in self.since}

    def hop(self, holder: str, concern: str, day: int) -> int | None:
        """How first-hand somebody had a concern by an earlier day; None where it was not on record by then."""
        if self.since.get((holder, concern), day + 1) > day:
            return None
        return [hop for when, hop in self._hop_steps[holder, concern] if when <= day][-1]

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
        rows = self.records.in_order
        made: dict[str, int] = self.case._cached("row places", lambda: {row.id: n for n, row in enumerate(rows)})
        return made

    # contacts -----------------------------------------------------------------------------------------

    def moves(self, row: Row) -> tuple[tuple[str, str], ...]:
        """The ordered pairs between which information could move in a row."""
        return moves(row, self.silent)

    @property
    def _moving(self) -> Moves:
        """The same as a function for many rows."""
        return self.moves if self.silent else attrgetter("moves")

    def reaches(self, row: Row) -> tuple[str, ...]:
        """To whom of ``to`` and ``present`` a contact row brings what was said."""
        return reaches(row, self.silent)

    def contacts_in(self, window: int | None = None) -> tuple[Row, ...]:
        """The contact rows by the day, also read by then; with `window`, only those of the last so many days."""
        read, before = attrgetter(f"reached.{self._side}"), NEVER if window is None else self.day - window
        return tuple(row for row in self.contacts if before < read(row) <= self.day)

    def contact_pairs(self, rows: Iterable[Row], among: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
        """Each unordered pair of `among` between whom information could move in contact rows, with the rows."""
        actors = frozenset(among)
        pairs: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for row in rows:
            for a, b in self.moves(row):
                if a in actors and b in actors:
                    pairs[min(a, b), max(a, b)][row.id] = None
        return {pair: tuple(pairs[pair]) for pair in sorted(pairs)}

    def beside(self, rows: Iterable[Row], among: Iterable[str]) -> list[int]:
        """For each of `among`, by their places, those between whom and them information could move in contact rows."""
        bit = {one: 1 << place for place, one in enumerate(among)}
        near = dict.fromkeys(bit, 0)
        for a, b in set(chain.from_iterable(map(self._moving, rows))):
            if a in bit and b in bit:
                near[a] |= bit[b]
                near[b] |= bit[a]
        return list(near.values())

    def contact_beside(self, window: int | None = None) -> list[int]:
        """The contact graph of the actors as sets of bits, by their places; `window` in days."""
        return self.keep(("contact bits", window), lambda: self.beside(self.contacts_in(window), self.actors))

    def graph_of(self, rows: Iterable[Row], among: Iterable[str]) -> nx.Graph[Any]:
        """A contact graph: undirected, unweighted; each edge has its ``rows``; not to be changed."""
        import networkx as nx

        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(sorted(among))
        for (a, b), ids in self.contact_pairs(rows, graph).items():
            graph.add_edge(a, b, rows=ids)
        frozen: nx.Graph[Any] = nx.freeze(graph)
        return frozen

    def contact_graph(self, window: int | None = None) -> nx.Graph[Any]:
        """The contact graph of the actors; `window` in days."""
        return self.keep(("contact graph", window), lambda: self.graph_of(self.contacts_in(window), self.actors))

    def edges(self, dates: str, window: int | None = None, rows: Iterable[Row] | None = None) -> list[Edge]:
        """The contacts by the day, or some of their rows, as edges in time between the actors (numbered in order)."""
        number = {actor: place for place, actor in enumerate(self.actors)}
        rows = self.contacts_in(window) if rows is None else rows
        return timed_edges(rows, number, dates=dates, same_day=self.rules.same_day, moves=self._moving)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """What has appeared by the day: people, professionals, agencies, concerns, contacts, meetings."""
        people = self.appeared.keys() & self.records.people.keys()
        agencies = {self.records.people[one].agency for one in people} - {""}
        return {
            "people": len(people),
            "professionals": len(people & self.professionals),
            "agencies": len(agencies | (self.appeared.keys() & self.records.agencies.keys())),
            "concerns": len(self.holders),
            "contacts": sum(row.kind in WORD_KINDS for row in self.rows),
            "meetings": len(self.of_kind("met")),
        }


def _last_date(row: Row) -> int:
    return row.date.last


def in_order(rows: Iterable[Row]) -> tuple[str, ...]:
    """Ids of rows by date (certain day, time, first day), then by id."""
    return tuple(row.id for row in sorted(rows, key=row_order))


def row_order(row: Row) -> tuple[int, int, int, str]:
    """The order in which rows are read; see :attr:`Row.order`."""
    return row.order
