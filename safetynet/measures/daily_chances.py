"""Missed opportunities from day to day: which needs had an occasion, and which of them were missed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple, TypeVar

from ..case.records import Row
from ..record.confirmation import moves
from ..record.entries import entries
from ..record.forward import Forward
from ..score import NAN
from .chances import OCCASIONS, PLAIN, Chance, Reading, Search, Since, chances, pair_of, since_of_parties

Column = Callable[[], float]


class Need(NamedTuple):
    """A worry that a party needed, and the first day on which the days of grace are over."""

    limit: int
    worry: int
    contacts: frozenset[Hashable] = frozenset()  # the parties and days of the contacts in which it could have come


def chances_columns(now: Forward) -> dict[str, Column]:
    """The missed opportunities, and what share of the occasions they are."""
    needs = Needs(now) if now.last.rules.unconfirmed == "counts" else ConfirmedNeeds(now)

    def number() -> float:
        return float(len(frozenset[Hashable]().union(*(need.contacts for need in needs.by_now(needs.missed)))))

    def share() -> float:
        occasions = len(needs.by_now(needs.occasions))
        return len(needs.by_now(needs.missed)) / occasions if occasions else NAN

    return {"missed_opportunities": needs.kept(number), "missed_share": needs.kept(share)}


class Needs:
    """The needs of a case, in the order in which their days of grace are over."""

    def __init__(self, now: Forward) -> None:
        self.now = now
        self.missed: list[Need] = []
        self.occasions: list[Need] = []
        self._turn = 0  # how often they have been put in order
        self._found: dict[Reading, dict[tuple[str, str], Need]] = {PLAIN: {}, OCCASIONS: {}}
        self.of_parties: Since
        self._read()

    def by_now(self, needs: list[Need]) -> list[Need]:
        """Those of the needs whose days of grace are over by the day, of the worries that are known."""
        known = self.now.known
        return [need for need in needs[: self._over(needs)] if need.worry & known]

    def kept(self, make: Column) -> Column:
        """A number that is worked out again only where other needs count by the day."""
        last: list[tuple[Hashable, float]] = []

        def number() -> float:
            self._keep_up()
            key = (self.now.known, self._turn, self._over(self.missed), self._over(self.occasions))
            if not last or last[0][0] != key:
                last[:] = [(key, make())]
            return last[0][1]

        return number

    def _over(self, needs: list[Need]) -> int:
        return bisect_right(needs, self.now.day, key=_limit)

    def _read(self) -> None:
        """Look for the chances of every need."""
        view = self.now.last
        self.of_parties = since_of_parties(view)
        for reading in self._found:
            for need, ones in chances(view, reading).items():
                self._put(reading, need, ones)
        self._put_in_order()

    def _keep_up(self) -> None:
        """Take in what has come to count since it was asked last."""

    def _put(self, reading: Reading, need: tuple[str, str], ones: Sequence[Chance]) -> None:
        """Note the chances of a need on its first day, or that there is none."""
        view = self.now.last
        if ones:
            contacts = () if reading is OCCASIONS else (pair_of(view, one) for one in ones)
            limit = ones[0].day + view.rules.grace_days
            self._found[reading][need] = Need(limit, self.now.bit[need[0]], frozenset(contacts))
        else:
            self._found[reading].pop(need, None)

    def _put_in_order(self) -> None:
        self._turn += 1
        missed, has = self._found[PLAIN].items(), self.of_parties.day
        self.missed = sorted((need for (worry, one), need in missed if has(one, worry) > need.limit), key=_limit)
        self.occasions = sorted(self._found[OCCASIONS].values(), key=_limit)


def _limit(need: Need) -> int:
    return need.limit


# where paper counts as sent only ------------------------------------------------------------------------

Move = tuple[int, Row, str, str]  # the day on which a row counts, the row, from whom and to whom something can move


class ConfirmedNeeds(Needs):
    """The same where paper counts as sent only until somebody confirms it.

    Paper that is confirmed after its own day comes in on that day. What it brings changes the needs for what it says,
    and those of its recipient's party for whatever the sender had; no others are looked at again.
    """

    def _read(self) -> None:
        view = self.now.last
        days = {name: view.when(view.by_id[name].date) for name in view.confirmations.keys() & view.by_id.keys()}
        late = {
            name: frozenset(one for one, on in view.confirmations[name].items() if on is None or on > day)
            for name, day in days.items()
        }
        listed = entries(view.records, late)
        self._since, self.of_parties = Since(view, str, listed), Since(view, view.party, listed)
        self._searches = [Search(view, reading, self._since, self.of_parties) for reading in self._found]
        self._moves: defaultdict[str, list[Move]] = defaultdict(list)  # to each party
        self._changed: dict[str, int] = {}  # the worries that somebody has got since it was asked last, from which day
        for (_, worry), ((first, _), *_) in self._since.first.items():
            _soonest(self._changed, worry, first)
        self._new: list[tuple[str, Move]] = []  # what has come to count since, with the party to which it goes
        for row in view.contacts:
            self._move(row, moves(row, late))
        for name, day in days.items():
            for one, on in _shown(view.by_id[name], view.confirmations[name]).items():
                if on > day:
                    self.now.on(on, partial(self._arrive, view.by_id[name], one))
        self._keep_up()

    def _move(self, row: Row, pairs: Iterable[tuple[str, str]]) -> None:
        """Note between which professionals of two parties something can move in a row."""
        view = self.now.last
        for source, target in pairs:
            if source in view.professionals and target in view.professionals:
                party = view.party(target)
                if party != view.party(source):
                    self._new.append((party, (view.when(row.reached), row, source, target)))

    def _arrive(self, row: Row, one: str) -> None:
        """Have paper come to somebody."""
        view = self.now.last
        day, party = view.when(row.reached), view.party(one)
        for worry in row.concerns if one not in row.who else ():
            if worry in self.now.bit:
                new = self._since.add(one, worry, day, row.id)
                if self.of_parties.add(party, worry, day, row.id) or new:
                    _soonest(self._changed, worry, day)
        self._move(row, (pair for pair in row.moves if pair[1] == one))

    def _keep_up(self) -> None:
        if self._changed or self._new:
            again: dict[tuple[str, str], int] = {}  # the needs that may be others, and from which day
            for party, move in self._new:
                self._moves[party].append(move)
                held = self._since.by(move[2], move[1].date.first, None)
                for worry in self._since.named(held):
                    _soonest(again, (worry, party), move[0])
            for party in {party for party, _ in self._new}:
                self._moves[party].sort(key=_day)
            for worry, party in product(self._changed, self._moves):
                _soonest(again, (worry, party), self._changed[worry])
            self._changed.clear()
            self._new.clear()
            for search in self._searches:
                for need, since in again.items():
                    self._ask(search, need, since)
            self._put_in_order()

    def _ask(self, search: Search, need: tuple[str, str], since: int) -> None:
        """Look for the chances of a need again, where only what was from a day on may be other than before."""
        before = self._found[search.reading].get(need)
        if before is None or before.limit - self.now.last.rules.grace_days >= since:
            self._put(search.reading, need, self._chances(search, *need, since))

    def _chances(self, search: Search, worry: str, party: str, since: int) -> list[Chance]:
        """The chances of a need on its first day, from one on before which there was none."""
        found: list[Chance] = []
        listed, others = self._moves[party], search.reading.others
        over = self.of_parties.day(party, worry, others=others)
        for day, row, source, target in listed[bisect_left(listed, since, key=_day) :]:
            if day >= over or (found and day > found[0].day):
                break
            but_for = row.id if others else ""
            if (
                self._since.has(source, worry, row.date.first, but_for)
                and not self.of_parties.has(party, worry, day, but_for)
                and (chance := search.chance(row, worry, source, target)) is not None
            ):
                found.append(chance)
        return found


K = TypeVar("K")


def _soonest(days: dict[K, int], key: K, day: int) -> None:
    days[key] = min(day, days.get(key, day))


def _day(move: Move) -> int:
    return move[0]


def _shown(row: Row, days: Mapping[str, int | None]) -> dict[str, int]:
    """From which day a paper is shown to have come to each in it: to who was present, with the first recipient."""
    found = {one: day for one, day in days.items() if day is not None}
    first = min(found.values(), default=None)
    if first is not None:
        found.update(dict.fromkeys(row.present, first))
    return found
