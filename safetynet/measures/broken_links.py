"""Broken links: what is lost when a row, a pair, a person or a channel is taken away.

Each worry is built up again from what has a source: who saw it, or said it without an earlier record of where it came
from. It goes on from whoever has it by the day on which a row was sent, and is there on the day on which it was read.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..errors import choose
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

By = Literal["row", "pair", "person", "channel"]
Days = dict[str, int]  # since when each holder has a worry


class Broken(NamedTuple):
    """What would have been lost, or would have come later, without something."""

    what: str
    lost: tuple[tuple[str, str], ...]
    later: tuple[tuple[str, str, int], ...]
    agencies: tuple[str, ...]
    weight: float
    left_without: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]


class Way(NamedTuple):
    """How a holder came by a worry: passed on by `sender` in a row, or seen by themselves (in a row, if there is one).

    `needs` is the last day on which the sender must have it; `gives` the day from which the holder has it.
    """

    row: Row | None
    sender: str
    holder: str
    needs: int
    gives: int
    cuts: frozenset[str]  # what takes it away


def lines(view: Snapshot, by: By = "row") -> list[Broken]:
    """Whatever takes something away, that by which most weight would be lost first."""
    found: defaultdict[str, _Loss] = defaultdict(_Loss)
    for worry in view.worries:
        thread = _Thread(view, worry, by)
        for cut in sorted(thread.holding):
            thread.without(cut, found[cut])
    broken = [loss.line(view, cut) for cut, loss in found.items() if loss.lost or loss.later]
    return sorted(broken, key=lambda line: (-line.weight, -len(line.lost), -len(line.later), line.what))


class _Loss:
    """What is lost and late without something, worry by worry."""

    def __init__(self) -> None:
        self.lost: list[tuple[str, str]] = []
        self.later: list[tuple[str, str, int]] = []
        self.left_without: set[tuple[str, str]] = set()
        self.rows: set[Row] = set()

    def line(self, view: Snapshot, what: str) -> Broken:
        return Broken(
            what=what,
            lost=tuple(sorted(self.lost)),
            later=tuple(sorted(self.later)),
            agencies=tuple(sorted({agency for agency, _ in self.left_without})),
            weight=float(sum(view.weight(worry) for _, worry in sorted(self.lost))),
            left_without=tuple(sorted(self.left_without)),
            rows=in_order(self.rows),
        )


class _Thread:
    """One worry: the ways by which it came to its holders, and since when they have it."""

    def __init__(self, view: Snapshot, worry: str, by: By) -> None:
        self.view = view
        self.worry = worry
        self.by = by
        self.ways: defaultdict[str, list[Way]] = defaultdict(list)  # by the sender; "" where nobody sent it
        for way in (*self._passed(), *self._seen()):
            self.ways[way.sender].append(way)
        self.days, taken = self._follow()
        self.holding = frozenset[str]().union(*(way.cuts for way in taken))

    def _passed(self) -> Iterator[Way]:
        view = self.view
        for row in view.naming(self.worry):
            if row.is_contact and view.by(row.reached):
                sent, read = view.when(row.date), view.when(row.reached)
                for one, other in view.moves(row):
                    if one in row.who:
                        yield Way(row, one, other, sent, read, self._cuts(row, one, other))

    def _seen(self) -> Iterator[Way]:
        view, worry = self.view, self.worry
        seen: defaultdict[str, set[int]] = defaultdict(set)
        for row in view.naming(worry):
            if row.kind == "observed":
                day = view.when(row.date)
                cuts = self._cuts(row) if row.is_contact else frozenset[str]()
                for one in row.who:
                    seen[one].add(day)
                    yield Way(row, "", one, day, day, cuts)
        for one in sorted(view.holders[worry]):
            day = view.since[one, worry]
            if day not in seen[one] and view.hop(one, worry, day) == 0:
                yield Way(None, "", one, day, day, frozenset())

    def _cuts(self, row: Row, *passing: str) -> frozenset[str]:
        """What takes away that a row passes it from one to another, or what was seen in it."""
        if self.by == "row":
            return frozenset((row.id,))
        if self.by == "channel":
            return frozenset((row.channel,) if row.channel else ())
        if self.by == "pair":
            return frozenset((";".join(sorted(passing)),) if passing else ())
        return frozenset(one for one in passing if one in self.view.records.people)

    def _follow(self, cut: str = "") -> tuple[Days, list[Way]]:
        """Since when each has it without something, and by which way first."""
        days: Days = {}
        taken: list[Way] = []
        queue: list[tuple[int, int, Way]] = []
        number = count()  # so that two of one day are not compared further

        def go_on(ways: Iterable[Way], day: int) -> None:
            for way in ways:
                if day <= way.needs and way.holder not in days and cut not in way.cuts:
                    heapq.heappush(queue, (way.gives, next(number), way))

        go_on(self.ways[""], 0)
        while queue:
            day, _, way = heapq.heappop(queue)
            if way.holder not in days:
                days[way.holder] = day
                taken.append(way)
                go_on(self.ways[way.holder], day)
        return days, taken

    def without(self, cut: str, loss: _Loss) -> None:
        """Note what is lost and late without something."""
        left, _ = self._follow(cut)
        whole = {one: day for one, day in self.days.items() if self.by != "person" or one != cut}
        lost = [one for one in whole if one not in left]
        later = [(one, self.worry, left[one] - day) for one, day in whole.items() if left.get(one, day) > day]
        if not lost and not later:
            return
        loss.lost += [(one, self.worry) for one in lost]
        loss.later += later
        have = {self.view.party(one) for one in left}
        gone = {self.view.party(one) for one in lost} & self.view.records.agencies.keys()
        loss.left_without |= {(agency, self.worry) for agency in gone - have}
        ways = (way for ways in self.ways.values() for way in ways if cut in way.cuts)
        loss.rows |= {way.row for way in ways if way.row is not None}


def broken_links(case: Case, at: DateLike | None = None, by: By = "row", *, rules: Rules | None = None) -> pd.DataFrame:
    """What held by one thread: what would have been lost, or have come later, without one row, pair, person or channel.

    Each contact row (or pair of people, person, channel) is taken away in turn, and every known worry followed from
    its sources again through what is left. What is lost then hung on that one thing alone.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.
    by : {"row", "pair", "person", "channel"}
        What is taken away.

    Returns
    -------
    pandas.DataFrame
        A line for each that takes something away, by weight: ``what`` (a row, a channel, a person, or two as "a;b"),
        ``lost`` (who would not have what: (holder, worry)), ``later`` (who would have had it later, and by how many
        days: (holder, worry, days)), ``agencies`` (which would be left with none of a worry), ``weight`` (of what is
        lost, for each holder), ``left_without`` ((agency, worry)) and ``rows`` (those that are taken away, or part of
        them).

    Raises
    ------
    ArgumentError
        If `by` is none of the four.

    See Also
    --------
    single_points_of_failure : who holds the network of contacts together, whatever passed in it.

    Notes
    -----
    In the recorded world, over the known worries and holders of every kind. A source is who saw it or, with no earlier
    record of where it came from, said it; a source loses only what was seen in a row that is taken away, and who has
    lost it has nothing to pass on. A pair or a person takes away passing, and not what others saw; what the person
    themselves would lose is not counted. Days decide, not times of day. "Broken links" after EAST (Stanton & Harvey
    2017), on what was passed.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.broken_links(sn.load_case("worked_example"), at="2024-01-31")[["what", "lost", "agencies", "weight"]]
      what                lost           agencies  weight
    0   e2  ((P, c1), (S, c1))  (council, police)     6.0
    1   e6          ((P, c1),)          (police,)     3.0
    2   e5          ((T, c3),)          (school,)     2.0
    """
    choose("by", by, get_args(By))
    return tidy(lines(snapshot(case, at, rules), by), Broken._fields)
