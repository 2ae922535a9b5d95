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

    Where paper counts as sent only they are read again whenever a paper is confirmed after its own day.
    """

    def __init__(self, now: Forward) -> None:
        self.now = now
        self.missed: list[Need] = []
        self.occasions: list[Need] = []
        self._read_for: int | None = None  # the last day for which they have been read
        self._turns: list[int] = []
        view = now.last
        if view.rules.unconfirmed == "does_not_count":
            rows = {row.id: view.when(row.date) for row in view.rows}
            late = (day for row, days in view.confirmations.items() for day in days.values() if day and day > rows[row])
            self._turns = sorted(set(late))

    def by_now(self, needs: list[Need]) -> list[Need]:
        """Those of the needs whose days of grace are over by the day, of the worries that are known."""
        known = self.now.known
        return [need for need in needs[: self._over(needs)] if need.worry & known]

    def kept(self, make: Column) -> Column:
        """A number that is worked out again only where other needs count by the day."""
        last: list[tuple[Hashable, float]] = []

        def number() -> float:
            self._keep_up()
            key = (self.now.known, self._read_for, self._over(self.missed), self._over(self.occasions))
            if not last or last[0][0] != key:
                last[:] = [(key, make())]
            return last[0][1]

        return number

    def _over(self, needs: list[Need]) -> int:
        return bisect_right(needs, self.now.day, key=attrgetter("limit"))

    def _keep_up(self) -> None:
        """Read the needs as they are up to the day before the next turn: what comes in later has no part in them."""
        place, last = bisect_right(self._turns, self.now.day), self.now.last
        day = self._turns[place] - 1 if place < len(self._turns) else last.day
        if day != self._read_for:
            self._read_for = day
            self._read(last if day == last.day else Snapshot(last.case, day, last.rules))

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
