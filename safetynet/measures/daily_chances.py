"""Missed opportunities from day to day: which needs had an occasion, and which of them were missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import NamedTuple

from ..record.forward import Forward
from ..record.snapshot import Snapshot
from ..score import NAN
from .chances import OCCASIONS, chances, pair_of, since_of_parties

Column = Callable[[], float]


class Need(NamedTuple):
    """A worry that a party needed, and the first day on which the days of grace are over."""

    limit: int
    worry: int
    contacts: frozenset[Hashable] = frozenset()  # the parties and days of the contacts in which it could have come


def chances_columns(now: Forward) -> dict[str, Column]:
    """The missed opportunities, and what share of the occasions they are."""
    needs = Needs(now)

    def number() -> float:
        return float(len(frozenset[Hashable]().union(*(need.contacts for need in needs.by_now(needs.missed)))))

    def share() -> float:
        occasions = len(needs.by_now(needs.occasions))
        return len(needs.by_now(needs.missed)) / occasions if occasions else NAN

    return {"missed_opportunities": needs.kept(number), "missed_share": needs.kept(share)}


class Needs:
    """The needs of a case, in the order in which their days of grace are over.

    Where paper counts as sent only they are read again whenever a paper comes in or is confirmed.
    """

    def __init__(self, now: Forward) -> None:
        self.now = now
        self.missed: list[Need] = []
        self.occasions: list[Need] = []
        self._read_on = 0
        view = now.last
        self._turns = {0}
        if view.rules.unconfirmed == "does_not_count":
            rows = {row.id: view.when(row.date) for row in view.rows}
            for row, days in view.confirmations.items():
                self._turns |= {rows[row], *(day for day in days.values() if day is not None)}
        self._order = sorted(self._turns)

    def by_now(self, needs: list[Need]) -> list[Need]:
        """Those of the needs whose days of grace are over by the day, of the worries that are known."""
        known = self.now.known
        return [need for need in needs[: self._over(needs)] if need.worry & known]

    def kept(self, make: Column) -> Column:
        """A number that is worked out again only where other needs count by the day."""
        last: list[tuple[Hashable, float]] = []

        def number() -> float:
            self._keep_up()
            key = (self.now.known, self._read_on, self._over(self.missed), self._over(self.occasions))
            if not last or last[0][0] != key:
                last[:] = [(key, make())]
            return last[0][1]

        return number

    def _over(self, needs: list[Need]) -> int:
        return bisect_right(needs, self.now.day, key=attrgetter("limit"))

    def _keep_up(self) -> None:
        turn = self._order[bisect_right(self._order, self.now.day) - 1]
        if turn + 1 != self._read_on:
            self._read_on = turn + 1
            last = self.now.last
            self._read(Snapshot(last.case, turn, last.rules) if turn else last)

    def _read(self, view: Snapshot) -> None:
        grace, bit, has = view.rules.grace_days, self.now.bit, since_of_parties(view)
        self.missed = [
            Need(limit, bit[worry], frozenset(pair_of(view, one) for one in ones))
            for (worry, agency), ones in chances(view).items()
            if has.day(agency, worry) > (limit := ones[0].day + grace)
        ]
        self.occasions = [
            Need(ones[0].day + grace, bit[worry]) for (worry, _), ones in chances(view, OCCASIONS).items()
        ]
        for needs in (self.missed, self.occasions):
            needs.sort(key=attrgetter("limit"))
