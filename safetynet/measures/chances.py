"""Chances to pass a worry on: the contact rows in which it could have come to an agency for the first time.

A *need* is a worry and a party (an agency, or a professional without one) where nobody has it. Of the contact rows in
which a professional with the worry could have passed it to a professional of that party, those on the first such day
are its chances. They are worked out once for a case, whatever day is asked about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, TypeVar

from ..case.records import Row
from ..dates import NEVER
from ..record.entries import Entries
from ..record.parties import agency_of
from ..record.permissions import permission
from ..record.snapshot import Snapshot
from ..spread.edges import each

T = TypeVar("T")

WITHHELD = ("prohibited", "not_needed")
Need = tuple[str, str]  # worry, party
Missing = tuple[str, str, str]  # row, worry, party


class Reading(NamedTuple):
    """Which chances count: also where permission is unknown, or the row says that it does not list everything?

    `heed` leaves out what a recorded decision held back; `others` asks for what speaker and agency had on record from
    other rows than the contact itself.
    """

    unknown: bool = True
    unclear: bool = True
    heed: bool = True
    others: bool = False


PLAIN = Reading()
CAREFUL = tuple(Reading(unknown, unclear) for unknown in (True, False) for unclear in (True, False))
WHATEVER = Reading(heed=False)
OCCASIONS = Reading(others=True)


class Chance(NamedTuple):
    """A contact row in which a holder of a worry could have passed it to somebody of a party without it."""

    row: Row
    worry: str
    agency: str
    holder: str
    recipient: str
    day: int  # the last day of the row, of a letter that of its reading
    permission: str


Chances = Mapping[Need, tuple[Chance, ...]]  # of the first day of each need


class Since:
    """Since when each has each worry on record, as sets of bits; `whose` says as whom a holder counts.

    Of each it knows the first row, and the first that is another: nobody asks for more.
    """

    def __init__(self, view: Snapshot, whose: Callable[[str], str], entries: Entries) -> None:
        worries = sorted(one.id for one in view.records.concerns.values() if one.is_worry)
        self.worries = worries
        self.bit = {worry: 1 << place for place, worry in enumerate(worries)}
        self.first: dict[tuple[str, str], list[tuple[int, str]]] = {}
        latest_first = view.rules.dates == "latest"  # the entries of a holding come in the order of their last days
        for (holder, concern), listed in entries.items():
            if concern in self.bit:
                days = self.first.setdefault((whose(holder), concern), [])
                for entry in listed:
                    when = view.when(entry.window)
                    if latest_first and len(days) > 1 and when > days[1][0]:
                        break
                    _put_in(days, (when, entry.row.id))
        self._worries: defaultdict[str, list[str]] = defaultdict(list)
        for one, concern in self.first:
            self._worries[one].append(concern)
        self._once: dict[str, Growing] = {}  # from one row or more
        self._twice: dict[str, Growing] = {}  # from two rows or more
        for one in self._worries:
            self._grow(one)

    def _grow(self, one: str) -> None:
        found = [(self.bit[worry], self.first[one, worry]) for worry in self._worries[one]]
        self._once[one] = _growing((days[0][0], bit) for bit, days in found)
        self._twice[one] = _growing((days[1][0], bit) for bit, days in found if len(days) > 1)

    def add(self, one: str, worry: str, day: int, row: str) -> bool:
        """Have a row put a worry on somebody's record; whether it is one that is asked for."""
        if (one, worry) not in self.first:
            self._worries[one].append(worry)
        if not _put_in(self.first.setdefault((one, worry), []), (day, row)):
            return False
        self._grow(one)
        return True

    def has(self, one: str, worry: str, day: int, but_for: str = "") -> bool:
        """Whether somebody has a worry on record by a day, from other rows than one."""
        return any(when <= day and row != but_for for when, row in self.first.get((one, worry), ()))

    def for_good(self, one: str, day: int, *, others: bool) -> int:
        """The worries that somebody has on record by a day; with `others`, whatever row is left out."""
        return _at(self._twice if others else self._once, one, day)

    def day(self, one: str, worry: str, *, others: bool = False) -> int:
        """The day from which somebody has a worry on record; with `others`, whatever row is left out."""
        days = self.first.get((one, worry), ())[others:]
        return days[0][0] if days else NEVER

    def row(self, one: str, worry: str, but_for: str) -> str:
        """The row that first put a worry on somebody's record, of other rows than one."""
        return next(row for _, row in self.first[one, worry] if row != but_for)

    def bits(self, worries: Iterable[str]) -> int:
        """Some worries as a set of bits."""
        return sum(self.bit[worry] for worry in worries)

    def named(self, bits: int) -> list[str]:
        """The worries of a set of bits."""
        return [self.worries[place] for place in each(bits)]

    def by(self, one: str, day: int, but_for: Row | None) -> int:
        """The worries that somebody has on record by a day, from other rows than one."""
        found = _at(self._once, one, day)
        if but_for is not None:
            for concern in but_for.concerns:
                bit = self.bit.get(concern, 0)
                if found & bit and not self.has(one, concern, day, but_for.id):
                    found &= ~bit
        return found


# Days in order, and the sets of bits before the first, after the first, and so on.
Growing = tuple[list[int], list[int]]


def _at(growing: Mapping[str, Growing], one: str, day: int) -> int:
    if one not in growing:
        return 0
    days, sets = growing[one]
    return sets[bisect_right(days, day)]


def _put_in(days: list[tuple[int, str]], new: tuple[int, str]) -> bool:
    """Put a day and its row among the first two of different rows; whether it is one of them."""
    if len(days) > 1 and new > days[1]:
        return False
    before = tuple(days)
    listed = sorted((*days, new))
    days[:] = listed[:1] + [other for other in listed[1:] if other[1] != listed[0][1]][:1]
    return before != tuple(days)


def _growing(bits: Iterable[tuple[int, int]]) -> Growing:
    days, sets = [], [0]
    for day, bit in sorted(bits):
        days.append(day)
        sets.append(sets[-1] | bit)
    return days, sets


def since(view: Snapshot) -> Since:
    """Since when each person and each agency's file has each worry on record, over all the case."""
    return _once(view, "since when holders have worries", lambda: Since(view, str, view.entries))


def since_of_parties(view: Snapshot) -> Since:
    """Since when each party, an agency by its people or its file, has each worry on record, over all the case."""
    return _once(view, "since when parties have worries", lambda: Since(view, view.party, view.entries))


def chances(view: Snapshot, reading: Reading = PLAIN) -> Chances:
    """The chances of the first day of every need of the case, whatever the day of the snapshot."""
    return _once(view, ("chances", reading), lambda: Search(view, reading, since(view), since_of_parties(view)).all())


def _once(view: Snapshot, key: Hashable, make: Callable[[], T]) -> T:
    """What `make()` gives, once for a case and its rules; where paper counts as sent only, once for a snapshot."""
    if view.silent:
        return view.keep(key, make)
    rules = view.rules
    made: T = view.case._cached((key, rules.dates, rules.who_counts, rules.grace_days), make)
    return made


class Search:
    """Goes through the contact rows by the day on which they count."""

    def __init__(self, view: Snapshot, reading: Reading, since: Since, of_parties: Since) -> None:
        self.view = view
        self.reading = reading
        self.since, self.of_parties = since, of_parties
        self.words: dict[tuple[str, str, str, int], str] = {}
        self.held_back = withheld(view)

    def all(self) -> Chances:
        view = self.view
        found: defaultdict[Need, list[Chance]] = defaultdict(list)
        needed = dict.fromkeys(map(view.party, view.professionals), self.since.bits(self.since.worries))
        rows = [row for row in view.records.rows if row.is_contact]
        rows.sort(key=lambda row: (view.when(row.reached), row.order))
        for _, today in groupby(rows, key=lambda row: view.when(row.reached)):
            new = [chance for row in today for chance in self._of_row(row, needed)]
            for chance in new:
                found[chance.worry, chance.agency].append(chance)
                needed[chance.agency] &= ~self.since.bit[chance.worry]
            if not any(needed.values()):
                break
        return {need: tuple(ones) for need, ones in found.items()}

    def _of_row(self, row: Row, needed: dict[str, int]) -> Iterator[Chance]:
        """What of it could have passed in a row, of the worries that each party still needs."""
        view, others = self.view, self.reading.others
        if row.complete == "no" and not self.reading.unclear:
            return
        but_for, day = row if others else None, view.when(row.reached)
        for holder, recipient in view.moves(row):
            if recipient not in view.professionals or holder not in view.professionals:
                continue
            agency = view.party(recipient)
            if not needed[agency] or view.party(holder) == agency:
                continue
            open_ = self.since.by(holder, row.date.first, but_for) & needed[agency]
            if open_ and (had := open_ & self.of_parties.by(agency, day, but_for)):
                needed[agency] &= ~self.of_parties.for_good(agency, day, others=others)
                open_ &= ~had
            for worry in self.since.named(open_):
                if (chance := self.chance(row, worry, holder, recipient)) is not None:
                    yield chance

    def chance(self, row: Row, worry: str, holder: str, recipient: str) -> Chance | None:
        """A holder's chance to pass a worry on in a row, if it counts."""
        word = self._word(holder, recipient, worry, row.date.first)
        day = self.view.when(row.reached)
        chance = Chance(row, worry, self.view.party(recipient), holder, recipient, day, word)
        return chance if self._counts(chance) else None

    def _counts(self, chance: Chance) -> bool:
        if chance.permission in WITHHELD or (chance.permission == "unknown" and not self.reading.unknown):
            return False
        return not (self.reading.heed and held_back_by(self.view, chance, self.held_back))

    def _word(self, sender: str, recipient: str, worry: str, day: int) -> str:
        """The permission for it on a day, asked once for two agencies and a category."""
        records = self.view.records
        if records.permissions is None:
            return "permitted"
        places = agency_of(records, sender), agency_of(records, recipient)
        key = (*places, records.concerns[worry].category, day)
        if key not in self.words:
            self.words[key] = permission(records, sender, recipient, worry, day)
        return self.words[key]


# held back --------------------------------------------------------------------------------------------

Withheld = Mapping[Need, tuple[Row, ...]]


def withheld(view: Snapshot) -> Withheld:
    """The rows of the case that held each worry back from each party."""
    found: defaultdict[Need, list[Row]] = defaultdict(list)
    for row in view.records.rows:
        if row.kind == "withheld":
            for worry in row.concerns:
                for party in dict.fromkeys(view.party(one) for one in row.to):
                    found[worry, party].append(row)
    return {need: tuple(rows) for need, rows in found.items()}


def held_back_by(view: Snapshot, chance: Chance, rows: Withheld) -> list[Row]:
    """The rows by which the speaker, or their agency's file, held it back by the end of the days of grace."""
    speaker = {chance.holder, view.party(chance.holder)}
    limit = chance.day + view.rules.grace_days
    return [
        row
        for row in rows.get((chance.worry, chance.agency), ())
        if speaker.intersection(row.who) and view.when(row.date) <= limit
    ]


# missed -----------------------------------------------------------------------------------------------


def missed(view: Snapshot, reading: Reading = PLAIN) -> dict[Missing, tuple[Chance, ...]]:
    """The missed (row, worry, party) by the day of a snapshot, each with who could have passed it to whom."""
    known = frozenset(view.worries)
    days = since_of_parties(view)
    found: defaultdict[Missing, list[Chance]] = defaultdict(list)
    for (worry, agency), ones in chances(view, reading).items():
        limit = ones[0].day + view.rules.grace_days
        if worry in known and limit <= view.day and days.day(agency, worry) > limit:
            for chance in ones:
                found[chance.row.id, worry, agency].append(chance)
    return {missing: tuple(ones) for missing, ones in found.items()}


def missed_number(view: Snapshot, missing: Mapping[Missing, Iterable[Chance]]) -> int:
    """The number of different (two parties, day) among what was missed: a call that both recorded is one."""
    return len({pair_of(view, one) for ones in missing.values() for one in ones})


def pair_of(view: Snapshot, chance: Chance) -> Hashable:
    """The two parties of a chance, and its day."""
    return frozenset((view.party(chance.holder), chance.agency)), chance.day


def people(chances: Iterable[Chance]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who could have passed it on, and to whom; both sorted."""
    listed = list(chances)
    return tuple(sorted({one.holder for one in listed})), tuple(sorted({one.recipient for one in listed}))


def occasions(view: Snapshot) -> dict[Need, tuple[Chance, ...]]:
    """The needs that had an occasion by the day of a snapshot, what was passed at the first contact included."""
    known, last = frozenset(view.worries), view.day - view.rules.grace_days
    return {need: ones for need, ones in chances(view, OCCASIONS).items() if need[0] in known and ones[0].day <= last}
