"""The record of a case as it grows from day to day, for questions that are asked of every day.

A :class:`~safetynet.record.snapshot.Snapshot` answers for one day. This goes through the days in order and changes only
what the rows of a day change; people, agencies and worries are numbers, sets of them are bits of one number. What was
judged by what was on record by then (involvement, what is resolved, since when something is on record) comes from the
snapshot of the last day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from ..case import Case
from ..case.records import Row
from ..case.vocabulary import WORD_KINDS
from ..dates import DAY, NEVER
from ..rules import Rules
from ..spells import Spell
from ..spread.edges import each
from ..spread.forward import Forward as Reach
from ..spread.joined import Joined
from .confirmation import shown_on
from .involvement import involvement
from .parties import party
from .passages import timed_edges
from .snapshot import KEEPING, Snapshot

Change = Callable[[], object]


class Forward:
    """What the record shows by a day, under the rules; the day only moves forward.

    Attributes
    ----------
    last : Snapshot
        The case on the last of the days.
    names : tuple of str
        The professionals and agencies, by their numbers.
    worries : tuple of str
        The worries, by their numbers.
    day : int
    counts : dict
        How many people, professionals, agencies, concerns, contacts and meetings have appeared.
    actors, involved : int
        The professionals and agencies that have appeared; the professionals who are involved.
    held : list of int
        The worries that each has on record.
    holders : list of int
        Who has each worry on record.
    current, ever_known : int
        The worries that are not resolved; those that a professional has or had on record.
    contacts, worry_contacts : Joined
        Who had contact with whom; in rows that carried a worry which a professional has or had on record.
    passings : list of (int, int, int)
        Each worry and two actors between whom it moved, in the order in which they came.
    parties : list of int
        The party of each actor, by the number of one of its actors.
    """

    def __init__(self, case: Case, rules: Rules, last: int) -> None:
        view = self.last = Snapshot(case, last, rules)
        self.names = tuple(sorted(view.professionals | view.records.agencies.keys()))
        self.number = {name: place for place, name in enumerate(self.names)}
        self.worries = tuple(sorted(one.id for one in view.records.concerns.values() if one.is_worry))
        self.bit = {worry: 1 << place for place, worry in enumerate(self.worries)}
        self.professionals = self.bits(view.professionals)
        self.day = -1
        size = len(self.names)
        self.counts = dict.fromkeys(("people", "professionals", "agencies", "concerns", "contacts", "meetings"), 0)
        self.actors = self.involved = self.ever_known = 0
        self.current = (1 << len(self.worries)) - 1
        self.held = [0] * size
        self.holders = [0] * len(self.worries)
        self.contacts, self.worry_contacts = Joined(size), Joined(size)
        self._passed = [[0] * size for _ in self.worries]  # for each worry and each actor, those with whom it moved
        self.passings: list[tuple[int, int, int]] = []
        self.changed: Counter[str] = Counter()  # how often "held" or "late" have changed
        self._waiting: list[list[tuple[int, int]]] = [[] for _ in self.worries]  # pairs of worries not known yet
        self.late = [0] * size  # the neighbours of each by the contacts of late
        self._late_pairs: Counter[tuple[int, int]] = Counter()
        self._late_agencies: Counter[int] = Counter()
        self.late_agencies = 0
        firsts: dict[str, int] = {}
        self.parties = [firsts.setdefault(party(view, name), place) for place, name in enumerate(self.names)]
        self._agenda: defaultdict[int, list[Change]] = defaultdict(list)
        self._days: list[int] = []
        for plan in (self._appearing, self._holding, self._spells, self._contacts):
            plan()

    # sets ---------------------------------------------------------------------------------------------

    def bits(self, names: Iterable[str]) -> int:
        """Some professionals and agencies as a set of bits."""
        return sum(1 << self.number[name] for name in names)

    def bits_of(self, concerns: Iterable[str]) -> int:
        """The worries among some concerns as a set of bits."""
        found = 0
        for concern in concerns:
            found |= self.bit.get(concern, 0)
        return found

    @property
    def known(self) -> int:
        """The known worries: not resolved, and on some professional's record."""
        return self.current & self.ever_known

    def pieces(self, among: int) -> list[int]:
        """The known worries that each of some actors holds, of those who hold any."""
        known = self.known
        return [piece for one in each(among) if (piece := self.held[one] & known)]

    # days ---------------------------------------------------------------------------------------------

    def on(self, day: int, change: Change) -> None:
        """Have something done on the morning of a day that is still to come."""
        self._agenda[day].append(change)

    def between(self, spells: Iterable[Spell], begin: Change, end: Change) -> None:
        """Have something done on the first day of each spell, and something else on the day after its last."""
        for first, last in spells:
            if first <= last:
                self.on(first, begin)
                if last < self.last.day:
                    self.on(last + 1, end)

    def to(self, day: int) -> None:
        """Go on to a day."""
        if not self._days:
            self._days = sorted(self._agenda, reverse=True)
        while self._days and self._days[-1] <= day:
            for change in self._agenda.pop(self._days.pop()):
                change()
        self.day = day

    # what there is to come ----------------------------------------------------------------------------

    def _appearing(self) -> None:
        """Who appears when, and the contacts and meetings."""
        view = self.last
        agencies: dict[str, int] = {}
        for one, day in view.appeared.items():
            person = view.records.people.get(one)
            if person is not None:
                self.on(day, partial(self._count, "people"))
            if one in view.professionals:
                self.on(day, partial(self._count, "professionals"))
                self.on(day, partial(self._act, self.number[one]))
            if agency := one if person is None else person.agency:
                agencies[agency] = min(day, agencies.get(agency, day))
        for day in agencies.values():
            self.on(day, partial(self._count, "agencies"))
        for row in view.rows:
            if row.kind in WORD_KINDS or row.kind == "met":
                self.on(view.when(row.date), partial(self._count, "meetings" if row.kind == "met" else "contacts"))
        for one, day in self._acting().items():
            self.on(day, partial(self._act, self.number[one]))

    def _acting(self) -> dict[str, int]:
        """From which day each agency has itself sent, received, attended or kept on file."""
        view, found = self.last, dict[str, int]()
        for row in view.rows:
            for one in (*(row.named if row.is_contact else ()), *(row.who if row.kind in KEEPING else ())):
                if one in view.records.agencies:
                    found[one] = min(view.when(row.date), found.get(one, NEVER))
        return found

    def _holding(self) -> None:
        """Who comes to have what on record when."""
        first: dict[str, int] = {}
        for (holder, concern), day in self.last.since_then.items():
            first[concern] = min(day, first.get(concern, day))
            if holder in self.number and concern in self.bit:
                self.on(day, partial(self._hold, self.number[holder], self.worries.index(concern)))
        for day in first.values():
            self.on(day, partial(self._count, "concerns"))

    def _spells(self) -> None:
        """When somebody is involved, and when a worry is resolved."""
        for name, spells in involvement(self.last).items():
            turn = partial(self._turn, 1 << self.number[name])
            self.between(spells, turn, turn)
        for concern, spell in self.last.resolved.items():
            if concern in self.bit:
                resolve = partial(self._resolve, self.bit[concern])
                self.between([spell], resolve, resolve)

    def _contacts(self) -> None:
        """Who is in contact with whom when, and of late."""
        view, recent = self.last, self.last.rules.recent_days
        for row in view.contacts:
            arrives = max(view.when(row.date), view.when(row.reached))
            over = view.when(row.reached) + recent
            worries = tuple(each(self.bits_of(row.concerns)))
            met: dict[tuple[int, int], int] = {}
            for source, target in row.moves:
                day = self.counts_from(row, target)
                if source in self.number and target in self.number and day <= view.day:
                    one, other = sorted((self.number[source], self.number[target]))
                    met[one, other] = min(day, met.get((one, other), day))
            for (one, other), day in met.items():
                self.on(day, partial(self._meet, one, other, worries))
                if day < over:
                    self.on(day, partial(self._of_late, one, other, 1))
                    self.on(over, partial(self._of_late, one, other, -1))
            self._active([one for one in row.named if one in view.records.agencies], arrives, over)
        for row in view.rows:
            if row.kind in KEEPING:
                day = view.when(row.date)
                self._active([one for one in row.who if one in view.records.agencies], day, day + recent)

    def counts_from(self, row: Row, one: str) -> int:
        """The day from which what was said in a contact row counts as having come to somebody in it."""
        view = self.last
        shown = 0 if view.rules.unconfirmed == "counts" else shown_on(row, view.confirmations, one)
        return NEVER if shown is None else max(view.when(row.date), view.when(row.reached), shown)

    def _active(self, agencies: Iterable[str], first: int, over: int) -> None:
        for one in agencies if first < over else ():
            self.on(first, partial(self._active_of_late, self.number[one], 1))
            self.on(over, partial(self._active_of_late, self.number[one], -1))

    # changes ------------------------------------------------------------------------------------------

    def _count(self, what: str) -> None:
        self.counts[what] += 1

    def _act(self, one: int) -> None:
        self.actors |= 1 << one

    def _turn(self, one: int) -> None:
        self.involved ^= one

    def _resolve(self, worry: int) -> None:
        self.current ^= worry

    def _hold(self, one: int, worry: int) -> None:
        self.held[one] |= 1 << worry
        self.holders[worry] |= 1 << one
        self.changed["held"] += 1
        if self.professionals >> one & 1 and not self.ever_known >> worry & 1:
            self.ever_known |= 1 << worry
            for pair in self._waiting[worry]:
                self.worry_contacts.join(*pair)

    def _meet(self, one: int, other: int, worries: Iterable[int]) -> None:
        self.contacts.join(one, other)
        for worry in worries:
            passed = self._passed[worry]
            if not passed[one] >> other & 1:
                passed[one] |= 1 << other
                passed[other] |= 1 << one
                self.passings.append((worry, one, other))
                if self.ever_known >> worry & 1:
                    self.worry_contacts.join(one, other)
                else:
                    self._waiting[worry].append((one, other))

    def _of_late(self, one: int, other: int, more: int) -> None:
        before = self._late_pairs[one, other]
        self._late_pairs[one, other] = before + more
        if not before or not before + more:
            self.late[one] ^= 1 << other
            self.late[other] ^= 1 << one
            self.changed["late"] += 1

    def _active_of_late(self, one: int, more: int) -> None:
        before = self._late_agencies[one]
        self._late_agencies[one] = before + more
        if not before or not before + more:
            self.late_agencies ^= 1 << one


def reach(now: Forward) -> Reach:
    """Who can have been reached by whom in time, most favourable dates, to be asked day by day; of the last actors."""
    view = now.last
    rows, number = {row.id: row for row in view.contacts}, {one: place for place, one in enumerate(view.actors)}
    edges = timed_edges(view.contacts, number, dates="earliest", same_day=view.rules.same_day)
    counting = ((now.counts_from(rows[edge.label], view.actors[edge.target]), edge) for edge in edges)
    return Reach(len(number), (one for one in counting if one[0] <= view.day), DAY)
