"""Who turned to whom in one case, beside everybody else whom they could have turned to, day after day.

The record is carried forward: what is asked of each contact is what it showed on the evening before. Professionals and
agencies are numbers, and what is known of all of them towards one sender is a row of an array.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from ..case import Case
from ..case.records import Row
from ..measures.leading import lead_spells
from ..record.forward import Forward
from ..record.involvement import is_judged_by_then
from ..record.parties import agency_of, is_actor, sector, side
from ..record.snapshot import Snapshot
from ..rules import Rules
from ..spells import covers
from ..spread.edges import each

Numbers: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]

TURNING = ("told", "asked")  # the rows in which somebody turns to somebody
ANSWER = "it answers a request"
NOT_THERE = "the receiver was not active the day before"
ALONE = "nobody else was active the day before"
NEVER = -1  # no contact yet


class Turn(NamedTuple):
    """A professional or an agency turned to another, on the day on which the row counts."""

    day: int
    row: Row
    sender: int
    receiver: int


class Lines(NamedTuple):
    """The alternatives of the contacts of a case: a place in each array for each of them.

    Senders and receivers are places in `names`, rows in `ids`, the reasons for which a contact is left out in
    `REASONS`.
    """

    names: tuple[str, ...]
    ids: tuple[str, ...]
    arrays: dict[str, Numbers]


REASONS = ("", ANSWER, NOT_THERE, ALONE)
TERMS: dict[str, type[Any]] = {  # in the order of the table, with what an array of them holds
    "inertia": np.int64,
    "reciprocity": np.int64,
    "popularity": np.int64,
    "same_agency": np.bool_,
    "same_sector": np.bool_,
    "receiver_leads": np.bool_,
    "days_since_contact": np.int64,
    "no_contact_yet": np.bool_,
    "receiver_is_desk": np.bool_,
    "receiver_lacks": np.float64,
    "receiver_could_act": np.bool_,
}
_PLACES: dict[str, type[Any]] = dict.fromkeys(("event", "row", "date", "sender", "receiver", "left_out"), np.int64)
ARRAYS: dict[str, type[Any]] = {**_PLACES, "chosen": np.bool_, **TERMS}


def lines(case: Case, day: int, rules: Rules) -> Lines:
    """Every contact of a professional by a day, with whom else they could have turned to."""
    evening = Evening(Forward(case, rules, day))
    turns = evening.turns
    ids = tuple(dict.fromkeys(turn.row.id for turn in turns))
    place = {row: number for number, row in enumerate(ids)}
    parts: list[dict[str, Any]] = []
    for turn in turns:
        evening.before(turn.day)
        if evening.now.names[turn.sender] in evening.view.professionals:
            about = {"event": len(parts), "row": place[turn.row.id], "date": turn.day, "sender": turn.sender}
            parts.append({**about, **evening.alternatives(turn)})
    return Lines(evening.now.names, ids, {name: _joined(parts, name) for name in ARRAYS})


def _joined(parts: list[dict[str, Any]], name: str) -> Numbers:
    """One array of all contacts; what is said of a contact once stands at each of its alternatives."""
    made = [part[name] for part in parts]
    if not made:
        return np.empty(0, ARRAYS[name])
    if isinstance(made[0], np.ndarray):
        return np.concatenate(made).astype(ARRAYS[name])
    return np.repeat(np.array(made, ARRAYS[name]), [len(part["receiver"]) for part in parts])


class Evening:
    """What the record shows on the evening before a day; the day only moves forward."""

    def __init__(self, now: Forward) -> None:
        self.now, self.view = now, now.last
        size = len(now.names)
        self.turns = sorted(_turns(self.view, now.number), key=_order)
        self.earlier = np.zeros((size, size), np.int64)  # how often one has turned to another
        self.last = np.full((size, size), NEVER, np.int64)  # the day of the last contact of two
        self.fixed = _fixed(self.view, now.names)
        self.weights = np.array([self.view.weight(worry) for worry in now.worries], np.float64)
        self.leads = [lead for lead in lead_spells(self.view) if lead.person in now.number]
        self.held = np.zeros((size, len(now.worries)), bool)
        self._held = [0] * size  # the same as sets of bits, as it was put down
        self._to_come = list(reversed(self.turns))
        self._contacts = sorted(_contacts(now), reverse=True)
        self._by_then = is_judged_by_then(self.view)
        self._day = NEVER

    def before(self, day: int) -> None:
        """Go on to the evening before a day."""
        if day == self._day:
            return
        self._day = day
        self.now.to(day - 1)
        while self._to_come and self._to_come[-1].day < day:
            turn = self._to_come.pop()
            self.earlier[turn.sender, turn.receiver] += 1
        while self._contacts and self._contacts[-1][0] < day:
            then, one, other = self._contacts.pop()
            self.last[one, other] = self.last[other, one] = then
        self.active = self._active()
        for one, worries in enumerate(self.now.held):
            if worries != self._held[one]:
                self._held[one], self.held[one] = worries, _flags(worries, len(self.now.worries))
        self.current = _flags(self.now.current, len(self.now.worries))
        leading = {lead.person for lead in self.leads if covers([(lead.first, lead.last)], day - 1)}
        self.leading = np.array([name in leading for name in self.now.names], bool)

    def _active(self) -> Flags:
        """The professionals who were involved, and the agencies that had themselves appeared."""
        now = self.now
        people = now.involved if self._by_then else now.bits(self.view.on(now.day).involved)
        return _flags(people | (now.actors & ~now.professionals), len(now.names))

    def alternatives(self, turn: Turn) -> dict[str, Any]:
        """Whom a sender could have turned to, with what the record showed of each of them."""
        may = self.active.copy()
        may[[self.now.number[one] for one in turn.row.named if one in self.now.number]] = False
        reason = self._reason(turn, may)
        if reason:
            may[:] = False
        may[turn.receiver] = True
        among = np.flatnonzero(may)
        left_out = REASONS.index(reason)
        return {"receiver": among, "chosen": among == turn.receiver, "left_out": left_out, **self._terms(turn, among)}

    def _reason(self, turn: Turn, others: Flags) -> str:
        """Why a contact is no choice among several; empty where it is one."""
        asked_by = side(self.view, self.now.names[turn.receiver])
        if any(row.kind == "asked" and asked_by.intersection(row.who) for row in self.view.referred(turn.row)):
            return ANSWER
        if not self.active[turn.receiver]:
            return NOT_THERE
        return "" if others.any() else ALONE

    def _terms(self, turn: Turn, among: Numbers) -> dict[str, Numbers]:
        one = turn.sender
        last = self.last[one, among]
        has = self.held[one] & self.current
        return {
            "inertia": self.earlier[one, among],
            "reciprocity": self.earlier[among, one],
            "popularity": self.earlier[:, among].sum(axis=0) - self.earlier[one, among],
            "same_agency": self.fixed["same_agency"][one, among],
            "same_sector": self.fixed["same_sector"][one, among],
            "receiver_leads": self.leading[among],
            "days_since_contact": np.where(last == NEVER, NEVER, turn.day - last),
            "no_contact_yet": last == NEVER,
            "receiver_is_desk": self.fixed["receiver_is_desk"][among],
            "receiver_lacks": (~self.held[among] & has) @ self.weights,
            "receiver_could_act": self.fixed["receiver_could_act"][among],
        }


def _turns(view: Snapshot, number: dict[str, int]) -> Iterator[Turn]:
    """Each time that a professional or an agency turned to another."""
    for row in view.rows:
        if row.kind in TURNING:
            for sender in dict.fromkeys(row.who):
                for receiver in dict.fromkeys(row.to):
                    if sender != receiver and is_actor(view, sender) and is_actor(view, receiver):
                        yield Turn(view.when(row.date), row, number[sender], number[receiver])


def _order(turn: Turn) -> tuple[Any, ...]:
    return turn.day, turn.row.order, turn.sender, turn.receiver


def _contacts(now: Forward) -> Iterator[tuple[int, int, int]]:
    """When two of them were in contact: a row in which something could move between them, and had come by then."""
    for row in now.last.contacts:
        for source, target in row.moves:
            known = source in now.number and target in now.number
            if known and (day := now.counts_from(row, target)) <= now.last.day:
                yield day, now.number[source], now.number[target]


def _fixed(view: Snapshot, names: Iterable[str]) -> dict[str, Flags]:
    """What does not change from day to day."""
    agencies = np.array([agency_of(view.records, name) for name in names], dtype=object)
    sectors = np.array([sector(view, name) for name in names], dtype=object)
    desk = np.array([name in view.records.agencies for name in names], bool)
    same = (agencies[:, None] == agencies[None, :]) & (agencies != "")[:, None]
    alike = (sectors[:, None] == sectors[None, :]) & ~np.isin(sectors, ("", "other"))[:, None]
    return {
        "same_agency": same.astype(bool),
        "same_sector": (same | alike).astype(bool),
        "receiver_is_desk": desk,
        "receiver_could_act": desk | np.array([name in view.working for name in names], bool),
    }


def _flags(bits: int, size: int) -> Flags:
    """A set of bits as an array."""
    found = np.zeros(size, bool)
    found[list(each(bits))] = True
    return found
