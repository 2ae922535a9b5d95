"""Every single change of five kinds, with the numbers after it and the days on which it would have worked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from ..case.records import Row
from ..dates import date_of
from ..measures import cover
from ..record.snapshot import in_order, snapshot
from .figures import DIFFUSION, NEVER, PAIRS, PICTURE, UNOWNED, Days, Figures, Flags, Piece, Reals

Numbers = tuple[float, ...]

# What is looked at first, second and so on, and whether less of it is better.
GOALS: Mapping[str, tuple[int, ...]] = {
    "picture": (PICTURE, PAIRS, DIFFUSION, UNOWNED),
    "pairs": (PAIRS, PICTURE, DIFFUSION, UNOWNED),
    "diffusion": (DIFFUSION, UNOWNED, PICTURE, PAIRS),
    "unowned": (UNOWNED, DIFFUSION, PICTURE, PAIRS),
}
SIGNS = np.array([-1.0, 1.0, 1.0, 1.0])
DIGITS = 9  # numbers that agree so far are the same number
SAME = 1e-9


@dataclass(frozen=True)
class Candidate:
    """One change: what it is, what it would lead to, and when it would have worked.

    `people` take part or would have learnt, `carriers` are those whose record it draws on, `concerns` what it
    passes on or is about, `learnt` what comes newly onto whose record, `besides` rows that it is about. It is
    written for its last day; `first` is the earliest day from which it has the same effect on the goal.
    """

    kind: str
    numbers: Numbers
    people: tuple[str, ...]
    agencies: tuple[str, ...]
    concerns: tuple[str, ...]
    first: int
    last: int
    change: Mapping[str, Any]
    carriers: tuple[str, ...] = ()
    learnt: tuple[tuple[str, tuple[str, ...]], ...] = ()
    besides: tuple[Row, ...] = ()


def keys(goal: str, numbers: Any) -> Reals:
    """The numbers in the order in which the goal looks at them, the less the better; not defined comes last."""
    order = list(GOALS[goal])
    ranked: Reals = np.round(np.asarray(numbers, dtype=float) * SIGNS, DIGITS)[..., order]
    return np.where(np.isnan(ranked), np.inf, ranked)


def gain(goal: str, before: Numbers, after: Numbers) -> float:
    """By how much the number of the goal is better; a picture of nothing counts as 0. NaN where not defined."""
    which = GOALS[goal][0]
    start = 0.0 if which == PICTURE and math.isnan(before[which]) else before[which]
    return float((start - after[which]) * SIGNS[which])


class Candidates:
    """The changes of each kind, for one snapshot and one goal."""

    def __init__(self, figures: Figures, goal: str, most: int) -> None:
        self.figures = figures
        self.view = figures.view
        self.goal = goal
        self.most = most
        self.before = figures.numbers()

    def of(self, kind: str) -> Iterator[Candidate]:
        """The changes of a kind that bring something; of conversations only the best, `most` of them."""
        makers: Mapping[str, Callable[[], Iterable[Candidate]]] = {
            "contact": self.contacts, "reading": self.readings, "received": self.received, "owner": self.owners,
            "meeting": self.meetings,
        }  # fmt: skip
        return (one for one in makers[kind]() if self.helps(one.numbers))

    def helps(self, numbers: Numbers) -> bool:
        return gain(self.goal, self.before, numbers) > SAME

    # what they share ----------------------------------------------------------------------------------

    def names(self, flags: Flags) -> tuple[str, ...]:
        """The worries for which a row of flags holds."""
        return tuple(name for name, flag in zip(self.figures.worries, flags, strict=True) if flag)

    def had(self, name: str, day: int) -> Flags:
        """The known worries that somebody has on record by a day."""
        flags: Flags = (self.figures.since[self.figures.person[name]] <= day) & self.figures.known
        return flags

    def newly(self, name: str, heard: Flags) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What of the worries heard somebody has no record of as it stands."""
        new = heard & (self.figures.since[self.figures.person[name]] == NEVER)
        return ((name, self.names(new)),) if new.any() else ()

    def agencies_of(self, people: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.view.records.people[name].agency for name in people} - {""}))

    def settle(self, pieces: Sequence[Piece], numbers: Reals) -> tuple[int, int] | None:
        """The piece with the best effect on the goal, the last of several, and the first from which all have the same.

        None where there is no piece.
        """
        if not pieces:
            return None
        effect = keys(self.goal, numbers)[:, :2]
        best = min(range(len(pieces)), key=lambda place: (*effect[place], -place))
        first = best
        while first and (effect[first - 1] == effect[best]).all():
            first -= 1
        return best, first

    # conversations ------------------------------------------------------------------------------------

    def contacts(self) -> list[Candidate]:
        """Two professionals on the telephone, each saying which known worries they have on record."""
        figures = self.figures
        begins = {
            name: int(np.where(figures.known, figures.since[figures.person[name]], NEVER).min(initial=NEVER))
            for name in figures.turns
        }
        calls: list[tuple[int, int, Piece]] = []
        for a, b in combinations(sorted(figures.turns), 2):
            start = min(begins[a], begins[b])
            places = figures.person[a], figures.person[b]
            calls += [(*places, piece) for piece in figures.pieces((a, b)) if piece.first >= start]
        if not calls:
            return []
        one, other, last = (np.array(column, dtype=np.int64) for column in zip(
            *((a, b, piece.last) for a, b, piece in calls), strict=True))  # fmt: skip
        caller, called = np.concatenate([one, other]), np.concatenate([other, one])
        last = np.concatenate([last, last])
        found = figures.contacts(caller, called, last)
        ranked = keys(self.goal, found)
        pair = np.minimum(caller, called) * len(figures.people) + np.maximum(caller, called)
        order = np.lexsort((caller, ranked[:, 3], ranked[:, 2], -last, ranked[:, 1], ranked[:, 0], pair))
        best = order[np.concatenate([[True], np.diff(pair[order]) > 0])]
        best = best[[self.helps(tuple(found[place])) for place in best]]
        best = best[np.lexsort((pair[best], *ranked[best].T[::-1]))][: self.most]
        return [self._contact(place, len(calls), calls, found, ranked) for place in best.tolist()]

    def _contact(
        self, place: int, half: int, calls: Sequence[tuple[int, int, Piece]], found: Reals, ranked: Reals
    ) -> Candidate:
        """The conversation at a place among all that were tried (first one way round, then the other)."""
        one, other, piece = calls[place % half]
        first = place
        while first % half and calls[first % half - 1][:2] == (one, other) and (
            ranked[first - 1, :2] == ranked[place, :2]
        ).all():  # fmt: skip
            first -= 1
        names = tuple(self.figures.people[number] for number in ((one, other) if place < half else (other, one)))
        had = [self.had(name, piece.last) for name in names]
        passed = self.names(had[0] | had[1])
        row = {
            "date": date_of(piece.last).isoformat(), "kind": "told", "who": names[0], "to": names[1],
            "concerns": ";".join(passed), "channel": "phone",
        }  # fmt: skip
        return Candidate(
            "contact", tuple(found[place].tolist()), names, self.agencies_of(names), passed,
            calls[first % half][2].first, piece.last, {"add": row}, names,
            self.newly(names[0], had[1]) + self.newly(names[1], had[0]),
        )  # fmt: skip

    # files and letters --------------------------------------------------------------------------------

    def readings(self) -> Iterator[Candidate]:
        """An agency's file read by one of its people: everything current that was on it by the day."""
        figures = self.figures
        for agency, file in sorted(figures.on_file.items()):
            for name in figures.turns:
                if self.view.records.people[name].agency != agency:
                    continue
                begins = int(file.min(initial=NEVER))
                pieces = [piece for piece in figures.pieces((name,), file) if piece.first >= begins]
                numbers = np.array([figures.numbers(self._read(name, file, piece.last)) for piece in pieces])
                chosen = self.settle(pieces, numbers)
                if chosen is None:
                    continue
                best, first = chosen
                day = pieces[best].last
                on_file = self.names(file <= day)
                row = {
                    "date": date_of(day).isoformat(), "kind": "told", "who": agency, "to": name,
                    "concerns": ";".join(on_file), "channel": "file",
                }  # fmt: skip
                yield Candidate(
                    "reading", tuple(numbers[best].tolist()), (name,), (agency,), on_file, pieces[first].first, day,
                    {"add": row}, (agency,), self.newly(name, file <= day),
                )  # fmt: skip

    def _read(self, name: str, file: Days, day: int) -> Any:
        after = self.figures.holdings.copy()
        row = after.since[self.figures.person[name]]
        row[file <= day] = np.minimum(row[file <= day], day)
        return after

    def received(self) -> Iterator[Candidate]:
        """A row that did not arrive, or was not read, had arrived."""
        figures = self.figures
        for row in self.view.rows:
            if not row.is_sent or row.arrived or not self.view.by(row.reached):
                continue
            readers = [name for name in row.to if name in figures.person and name not in row.who]
            passed = np.array([name in row.concerns for name in figures.worries], dtype=bool)
            after = figures.holdings.copy()
            when = self.view.when(row.reached)
            learnt: tuple[tuple[str, tuple[str, ...]], ...] = ()
            for name in readers:
                place = figures.person[name]
                after.since[place, passed] = np.minimum(after.since[place, passed], when)
                after.others[place] = figures.others_with(name, row.named)
                learnt += self.newly(name, passed)
            yield Candidate(
                "received", figures.numbers(after), tuple(readers), self.agencies_of(readers), self.names(passed),
                row.reached.first, row.reached.last, {"change": row.id, "received": "yes"}, row.who, learnt, (row,),
            )  # fmt: skip

    # owners -------------------------------------------------------------------------------------------

    def owners(self) -> Iterator[Candidate]:
        """An action for one worry, with a date that is still to come, owned by somebody involved who has it on record.

        Whoever of them owns it, the numbers are the same: it is whoever has it most at first hand, then longest.
        """
        figures, owned = self.figures, self.figures.owned
        for place, worry in enumerate(figures.worries):
            if owned[place] or not figures.known[place]:
                continue
            for name in sorted(self.view.informed(worry), key=lambda name: self._nearness(name, worry)):
                since = int(figures.since[figures.person[name], place])
                pieces = [piece for piece in figures.pieces((name,), (since,)) if piece.first >= since]
                if not pieces:
                    continue
                row = {
                    "date": date_of(pieces[-1].last).isoformat(), "kind": "agreed", "who": name, "concerns": worry,
                    "due": date_of(self.view.day).isoformat(),
                }  # fmt: skip
                yield Candidate(
                    "owner", figures.numbers(owned=(place,)), (name,), self.agencies_of((name,)), (worry,),
                    pieces[0].first, pieces[-1].last, {"add": row}, (name,),
                )  # fmt: skip
                break

    def _nearness(self, name: str, worry: str) -> tuple[int, int, str]:
        return (self.view.hops.get((name, worry), NEVER), self.view.since[name, worry], name)

    # meetings -----------------------------------------------------------------------------------------

    def meetings(self) -> Iterator[Candidate]:
        """One more professional at a meeting, for each the best one for them, and the smallest whole one."""
        held = [row for row in self.view.rows if row.kind == "met" and row.arrived]
        for name in self.figures.turns:
            could = [
                row for row in held if name not in row.who
                and self.figures.is_involved(name, row.date.first, min(row.date.last, self.view.day))
            ]  # fmt: skip
            tried = [self._with_one_more(row, name) for row in could]
            if tried:
                yield min(tried, key=lambda one: (*keys(self.goal, one.numbers), -one.last, one.besides[0].id))
        yield from self._whole_picture()

    def _with_one_more(self, row: Row, name: str) -> Candidate:
        figures = self.figures
        place, when = figures.person[name], self.view.when(row.date)
        on_table = np.array([worry in row.concerns for worry in figures.worries], dtype=bool)
        brings = self.had(name, row.date.first)
        attendees = [other for other in row.who if other in figures.person]
        after = figures.holdings.copy()
        self._hears(after, place, on_table | brings, when)
        after.others[place] = figures.others_with(name, row.who)
        learnt = self.newly(name, on_table)
        for other in attendees:
            self._hears(after, figures.person[other], brings, when)
            after.others[figures.person[other]] = figures.others_with(other, (name,))
            learnt += self.newly(other, brings)
        more = [worry for worry in self.names(brings) if worry not in row.concerns]
        change = {"change": row.id, "who": ";".join((*row.who, name)), "concerns": ";".join((*row.concerns, *more))}
        if name in row.absent:
            change["absent"] = ";".join(one for one in row.absent if one != name)
        return Candidate(
            "meeting", figures.numbers(after), (name,), self.agencies_of((name,)), self.names(on_table | brings),
            row.date.first, row.date.last, change, (name,), learnt, (row,),
        )  # fmt: skip

    def _hears(self, after: Any, place: int, heard: Flags, day: int) -> None:
        """Somebody at a meeting takes up worries on a day."""
        after.since[place, heard] = np.minimum(after.since[place, heard], day)
        after.taken_up[place, heard] = np.maximum(after.taken_up[place, heard], day)

    def _whole_picture(self) -> Iterator[Candidate]:
        """The smallest meeting at which every known worry would have been on the table, on the last day for it."""
        figures, known = self.figures, self.figures.known
        group = self._smallest_group()
        if len(group) < 2:
            return
        pieces = [
            piece for piece in figures.pieces(group)
            if (np.logical_or.reduce([self.had(name, piece.last) for name in group]) == known).all()
        ]  # fmt: skip
        numbers = np.array([figures.numbers(self._met(group, piece.last)) for piece in pieces])
        chosen = self.settle(pieces, numbers)
        if chosen is None:
            return
        best, first = chosen
        day = pieces[best].last
        row = {
            "date": date_of(day).isoformat(), "kind": "met", "who": ";".join(group),
            "concerns": ";".join(self.names(known)),
        }  # fmt: skip
        learnt = tuple(line for name in group for line in self.newly(name, known))
        yield Candidate(
            "meeting", tuple(numbers[best].tolist()), group, self.agencies_of(group), self.names(known),
            pieces[first].first, day, {"add": row}, group, learnt,
        )  # fmt: skip

    def _met(self, group: Sequence[str], day: int) -> Any:
        after = self.figures.holdings.copy()
        for name in group:
            place = self.figures.person[name]
            self._hears(after, place, self.figures.known, day)
            after.others[place] = self.figures.others_with(name, group)
        return after

    def _smallest_group(self) -> tuple[str, ...]:
        """The fewest professionals who, involved on one day, had every known worry on record between them.

        On the last of several such days; nobody, where there is no such day.
        """
        figures = self.figures
        known = set(self.names(figures.known))
        turns = {int(day) for days in figures.turns.values() for day in days} | {figures.last}
        weight = {worry: self.view.weight(worry) for worry in known}
        tried: list[frozenset[str]] = []
        fewest = math.inf
        chosen: dict[str, frozenset[str]] = {}
        for day in sorted(turns, reverse=True):
            there = frozenset(name for name in figures.turns if figures.is_involved(name, day))
            # What is on record only grows: earlier, and with nobody else there, it takes no fewer people.
            if any(there <= others for others in tried):
                continue
            tried.append(there)
            offers = {name: frozenset(self.names(self.had(name, day))) for name in there}
            if cover.covered(offers, offers) != known:
                continue
            number = cover.fewest_number(offers)
            if number < fewest:
                fewest, chosen = number, offers
        if not chosen or not known:
            return ()
        left = frozenset(chosen) - self.view.involved
        return cover.smallest_group(chosen, weight, 1.0, (left,))

    # evidence -----------------------------------------------------------------------------------------

    def rows(self, one: Candidate) -> tuple[str, ...]:
        """The rows by which those whose record a change draws on came to have it by its day, and those it is about."""
        view = snapshot(self.view.case, date_of(one.last), self.view.rules)
        by_id = {row.id: row for row in self.view.records.rows}
        found = {by_id[name] for name in view.evidence(one.concerns, one.carriers)}
        return in_order(found | set(one.besides))
