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
    """Since when each has each worry on record, as sets of bits; `whose` says as whom a holder counts."""

    def __init__(self, view: Snapshot, whose: Callable[[str], str]) -> None:
        worries = sorted(one.id for one in view.records.concerns.values() if one.is_worry)
        self.worries = worries
        self.bit = {worry: 1 << place for place, worry in enumerate(worries)}
        self.first: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for (holder, concern), entries in view.entries.items():
            if concern in self.bit:
                self.first[whose(holder), concern] += [(view.when(one.window), one.row.id) for one in entries]
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for (one, concern), days in self.first.items():
            days.sort()
            # the first, and the first that is of another row: nobody asks for more
            days[1:] = [other for other in days[1:] if other[1] != days[0][1]][:1]
            found[one].append((days[0][0], self.bit[concern]))
        self.lines = {one: _growing(bits) for one, bits in found.items()}

    def day(self, one: str, worry: str) -> int:
        """The day from which somebody has a worry on record."""
        days = self.first.get((one, worry))
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
        if one not in self.lines:
            return 0
        days, sets = self.lines[one]
        found = sets[bisect_right(days, day)]
        if but_for is not None:
            for concern in but_for.concerns:
                bit = self.bit.get(concern, 0)
                if found & bit and not any(when <= day and row != but_for.id for when, row in self.first[one, concern]):
                    found &= ~bit
        return found


def _growing(bits: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Days in order, and the sets of bits before the first, after the first, and so on."""
    days, sets = [], [0]
    for day, bit in sorted(bits):
        days.append(day)
        sets.append(sets[-1] | bit)
    return days, sets


def since(view: Snapshot) -> Since:
    """Since when each person and each agency's file has each worry on record, over all the case."""
    return _once(view, "since when holders have worries", lambda: Since(view, str))


def since_of_parties(view: Snapshot) -> Since:
    """Since when each party, an agency by its people or its file, has each worry on record, over all the case."""
    return _once(view, "since when parties have worries", lambda: Since(view, view.party))


def chances(view: Snapshot, reading: Reading = PLAIN) -> Chances:
    """The chances of the first day of every need of the case, whatever the day of the snapshot."""
    return _once(view, ("chances", reading), lambda: _Search(view, reading).all())


def _once(view: Snapshot, key: Hashable, make: Callable[[], T]) -> T:
    """What `make()` gives, once for a case and its rules; where paper counts as sent only, once for a snapshot."""
    if view.silent:
        return view.keep(key, make)
    rules = view.rules
    made: T = view.case._cached((key, rules.dates, rules.who_counts, rules.grace_days), make)
    return made


class _Search:
    """Goes through the contact rows by the day on which they count."""

    def __init__(self, view: Snapshot, reading: Reading) -> None:
        self.view = view
        self.reading = reading
        self.since, self.of_parties = since(view), since_of_parties(view)
        self.words: dict[tuple[str, str, str, int], str] = {}
        self.held_back = withheld(view)

    def all(self) -> Chances:
        found: defaultdict[Need, list[Chance]] = defaultdict(list)
        closed: defaultdict[str, int] = defaultdict(int)  # the needs of each party whose first day has been
        rows = [row for row in self.view.records.rows if row.is_contact]
        rows.sort(key=lambda row: (self.view.when(row.reached), row.order))
        for _, today in groupby(rows, key=lambda row: self.view.when(row.reached)):
            new = [chance for row in today for chance in self._of_row(row, closed)]
            for chance in new:
                found[chance.worry, chance.agency].append(chance)
                closed[chance.agency] |= self.since.bit[chance.worry]
        return {need: tuple(ones) for need, ones in found.items()}

    def _of_row(self, row: Row, closed: Mapping[str, int]) -> Iterator[Chance]:
        """What of it could have passed in a row, but for the needs that had their first day before."""
        view, but_for = self.view, row if self.reading.others else None
        if row.complete == "no" and not self.reading.unclear:
            return
        day = view.when(row.reached)
        for holder, recipient in view.moves(row):
            agency = view.party(recipient)
            if not {holder, recipient} <= view.professionals or view.party(holder) == agency:
                continue
            open_ = self.since.by(holder, row.date.first, but_for) & ~closed.get(agency, 0)
            for worry in self.since.named(open_ & ~self.of_parties.by(agency, day, but_for)) if open_ else ():
                word = self._word(holder, recipient, worry, row.date.first)
                chance = Chance(row, worry, agency, holder, recipient, day, word)
                if self._counts(chance):
                    yield chance

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
