"""How the known worries stand from day to day: in hand or not, and how thinly the responsibility is spread.

On which days a worry was in hand, and a person left it to others, are spells judged by what was on record by then; they
are taken from the last day and read off on each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from itertools import product

from ..case.records import Row
from ..dates import NEVER
from ..record.confirmation import reaches, shown_on
from ..record.entries import Entries, entries
from ..record.forward import Forward
from ..record.parties import party, staff
from ..score import NAN
from ..spells import Spell, merge
from ..spread.edges import each
from .circles import circles_of
from .in_hand import in_hand
from .leaving import taken_back
from .states import division_of_impact, weighted_mean

Column = Callable[[], float]


class Totals:
    """What the worries weigh, alone and together."""

    def __init__(self, now: Forward) -> None:
        self.weights = [now.last.weight(worry) for worry in now.worries]
        self._totals: dict[int, float] = {}

    def total(self, worries: int) -> float:
        """What several worries weigh together, added up in their order."""
        if worries not in self._totals:
            self._totals[worries] = float(sum(self.weights[worry] for worry in each(worries)))
        return self._totals[worries]


def owning_columns(now: Forward) -> dict[str, Column]:
    """The share and number of the worries that nobody has in hand, and the mean index."""
    standing, weigh = Standing(now), Totals(now)

    def unowned() -> int:
        return now.known & ~standing.in_hand

    def share() -> float:
        return weigh.total(unowned()) / weigh.total(now.known) if now.known else NAN

    def mean() -> float:
        return weighted_mean((weigh.weights[worry], index) for worry, index in standing.indices())

    return {
        "unowned_share": share,
        "unowned_concerns": lambda: float(unowned().bit_count()),
        "diffusion": mean,
    }


def circles_column(now: Forward) -> dict[str, Column]:
    """How many groups of agencies counted on each other."""
    view, pairs = now.last, set[tuple[str, str]]()
    last = [0, 0]  # how many pairs there were, and how many circles they made

    def number() -> float:
        if last[0] != len(pairs):
            last[:] = [len(pairs), len(circles_of(pairs))]
        return float(last[1])

    for row in view.of_kind("assumed"):
        for pair in product(row.who, row.to):
            one, other = (party(view, name) for name in pair)
            if one and other and one != other:
                now.on(view.when(row.date), partial(pairs.add, (one, other)))
    return {"circular_assumptions": number}


class Standing:
    """Which worries are in hand or ended, who leaves which to others, and how many others each can see.

    Attributes
    ----------
    in_hand, ended : int
        The worries that are owned, just completed or asked about; those completed a while ago, or put aside.
    leaving : list of int
        For each worry, who has a standing assumption about it.
    others : list of int
        How many others around the child each can see.
    """

    def __init__(self, now: Forward) -> None:
        self.now = now
        view = now.last
        self.in_hand = self.ended = 0
        self.leaving = [0] * len(now.worries)
        self.others = [0] * len(now.names)
        self._by_number = [0] * (len(now.names) + 1)  # who can see so many others
        self._seen = [0] * len(now.names)
        self._working = now.bits(view.working)
        people = {one: now.bits(staff(view.records, one) & view.professionals) for one in view.records.agencies}
        self._desks = [(now.number[one], bits) for one, bits in people.items()]
        self._seeing_others = 0  # who has come to see more or fewer others since the indices were worked out
        self._indices: dict[int, tuple[Hashable, float]] = {}  # of each known worry, with what it rests on
        self._exponents = [view.rules.dilution[view.records.concerns[one].severity - 1] for one in now.worries]
        self._entries: Entries = entries(view.records) if view.rules.unconfirmed == "does_not_count" else {}
        for worry in view.ever_known:
            days, bit = in_hand(view, worry), now.bit[worry]
            turn, end = partial(self._turn, bit), partial(self._end, bit)
            now.between(days.days, turn, turn)
            now.between(merge((*days.completed, *days.aside)), end, end)
        for (person, worry), spells in self._left().items():
            leave = partial(self._leave, now.bit[worry].bit_length() - 1, now.number[person])
            now.between(merge(spells), leave, leave)
        for (person, name), day in self._sightings().items():
            now.on(day, partial(self._see, now.number[person], now.number[name]))

    def indices(self) -> Iterator[tuple[int, float]]:
        """The responsibility index of each known worry; NaN where it is not defined.

        It is worked out again where something that it rests on has changed.
        """
        before, self._indices = self._indices, {}
        working = self.now.involved & self._working
        for worry in each(self.now.known):
            informed = 0 if self.in_hand >> worry & 1 else self.now.holders[worry] & working
            leaving = informed & self.leaving[worry]
            rests_on = (informed, leaving, self.in_hand >> worry & 1, self.ended >> worry & 1)
            if worry in before and before[worry][0] == rests_on and not informed & self._seeing_others:
                self._indices[worry] = before[worry]
            else:
                self._indices[worry] = rests_on, self._index(worry, informed, leaving)
            yield worry, self._indices[worry][1]
        self._seeing_others = 0

    def _index(self, worry: int, informed: int, leaving: int) -> float:
        if self.in_hand >> worry & 1:
            return 0.0
        among = informed & ~leaving
        fewest = next((number for number, seeing in enumerate(self._by_number) if number and seeing & among), 0)
        if self.ended >> worry & 1 or not (leaving or fewest):
            return NAN
        return 1 - (division_of_impact(fewest, self._exponents[worry]) if fewest else 0.0)

    # what there is to come ----------------------------------------------------------------------------

    def _sightings(self) -> dict[tuple[str, str], int]:
        """From which day each person can see each other person or agency."""
        view, found = self.now.last, dict[tuple[str, str], int]()
        for row in view.rows:
            for one, day, names in self._seeing(row):
                if one in view.working:
                    for name in names:
                        if name != one and name in self.now.number and day < found.get((one, name), NEVER):
                            found[one, name] = day
        return found

    def _seeing(self, row: Row) -> Iterator[tuple[str, int, tuple[str, ...]]]:
        """Who can see whom by a row, and from which day."""
        day = self.now.last.when(row.date)
        if row.is_contact:
            named = row.named if row.kind != "closed" else tuple(one for one in row.named if one not in row.who)
            for one in row.who:
                yield one, day, named
            for one in reaches(row, {}):
                yield one, self.now.counts_from(row, one), named
        elif row.kind == "assumed":
            for one in row.who:
                yield one, day, row.to

    def _left(self) -> dict[tuple[str, str], list[Spell]]:
        """The days on which each person left each worry to others."""
        view, found = self.now.last, defaultdict[tuple[str, str], list[Spell]](list)
        for row in view.of_kind("assumed"):
            begun = view.when(row.date)
            for person in view.working.intersection(row.who):
                left = dict.fromkeys(row.concerns, begun) if row.concerns else self._had_by(person, begun)
                for worry, day in left.items():
                    if worry in self.now.bit:
                        back = (view.when(one.date) for one in taken_back(view, person, worry, row))
                        last = min(min(back, default=NEVER) - 1, view.day)
                        if max(begun, day) <= last:
                            found[person, worry].append(Spell(max(begun, day), last))
        return found

    def _had_by(self, person: str, day: int) -> dict[str, int]:
        """The worries that somebody had on record by a day, and from which day the record shows that."""
        view, found = self.now.last, dict[str, int]()
        if view.rules.unconfirmed == "counts":
            return {one: since for one in self.now.worries if (since := view.since.get((person, one), NEVER)) <= day}
        for worry in self.now.worries:
            for entry in self._entries.get((person, worry), ()):
                when = view.when(entry.window)
                shown = shown_on(entry.row, view.confirmations, person) if entry.received else 0
                if when <= day and shown is not None:
                    found[worry] = min(max(when, shown), found.get(worry, NEVER))
        return found

    # changes ------------------------------------------------------------------------------------------

    def _turn(self, worry: int) -> None:
        self.in_hand ^= worry

    def _end(self, worry: int) -> None:
        self.ended ^= worry

    def _leave(self, worry: int, one: int) -> None:
        self.leaving[worry] ^= 1 << one

    def _see(self, one: int, other: int) -> None:
        self._seen[one] |= 1 << other
        people = self._seen[one] & self.now.professionals
        own = self.now.parties[one]
        desks = (desk for desk, staff in self._desks if self._seen[one] >> desk & 1 and not staff & people)
        number = people.bit_count() + sum(self.now.parties[desk] != own for desk in desks)
        if number != self.others[one]:
            self._by_number[self.others[one]] &= ~(1 << one)
            self._by_number[number] |= 1 << one
            self.others[one] = number
            self._seeing_others |= 1 << one
