"""How first-hand each (holder, concern) is in the recorded world.

0: who saw it or, with no earlier record of where it came from, said it or decided on it. Otherwise 1 more than the
fewest hops among those who passed it to them in a row, as those stood by that row. A day on which some row has no time
is closed under passing on: whoever can have had it that day from somebody else has it from there.

A *saying* is somebody's part in a row as one of its ``who``. On one day it leads on to the sayings of those who heard
it, in rows that can have come after; a chain of them uses a row once, and none before a row that it refers to.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from ..case.records import Records, Row
from ..dates import Window
from ..spread.edges import each
from ..spread.joined import rounds
from .confirmation import Unconfirmed, reaches
from .entries import DECIDED, SAID, Entries, Holding, given

NEVER = 1 << 30
REFUSING = ("declined", "disagreed")  # they send nothing to whoever has it otherwise
Saying = tuple[str, str]  # who, row
Starts = Mapping[tuple[Saying, frozenset[str]], int]  # sayings, each with the rows that a chain from it remembers
When = Callable[[Window], int]


class Part(NamedTuple):
    """What of a row happens at a moment: it is sent, read, or both."""

    row: Row
    sent: bool
    read: bool


Steps = list[tuple[int, int]]  # (day, hops from then on), each fewer than the one before


def hops(records: Records, entries: Entries, silent: Unconfirmed, when: When, by: int) -> dict[Holding, Steps]:
    """The hops of every (holder, concern) on record by a day, as they came down from day to day.

    `when` says on which day a window counts; `silent` are the recipients whom the paper of a row did not reach.
    """
    naming: defaultdict[str, list[Row]] = defaultdict(list)
    for row in records.rows:
        if row.concerns and min(when(row.date), when(row.reached)) <= by and next(given(row, silent), None):
            for concern in row.concerns:
                naming[concern].append(row)
    found: defaultdict[Holding, Steps] = defaultdict(list)
    for concern, rows in naming.items():
        way = _Way(records, entries, silent, when, concern)
        for day, moment in _moments(rows, when, by):
            for holder, hop in way.settle(moment).items():
                found[holder, concern].append((day, hop))
    return dict(found)


def _moments(rows: Iterable[Row], when: When, by: int) -> Iterator[tuple[int, list[Part]]]:
    """What happened to a concern, in order: a day with an untimed row is one moment, else each time of it is one."""
    days: defaultdict[int, list[tuple[int | None, Part]]] = defaultdict(list)
    for row in rows:
        sent, read = (when(row.date), row.date.time), (when(row.reached), row.reached.time)
        if not row.is_contact or row.is_together:
            days[sent[0]].append((sent[1], Part(row, sent=True, read=True)))
        elif sent == read or read[0] < sent[0]:  # it may certainly have been read before its sending certainly counts
            days[read[0]].append((read[1], Part(row, sent=True, read=True)))
        else:
            days[sent[0]].append((sent[1], Part(row, sent=True, read=False)))
            if read[0] <= by:
                days[read[0]].append((read[1], Part(row, sent=False, read=True)))
    for day in sorted(days):
        if len(days[day]) == 1:
            yield day, [days[day][0][1]]
            continue
        timed: defaultdict[int, dict[str, Part]] = defaultdict(dict)
        whole = any(time is None for time, _ in days[day])
        for time, part in days[day]:
            parts = timed[0 if whole or time is None else time]
            other = parts.get(part.row.id)
            parts[part.row.id] = part if other is None else Part(part.row, sent=True, read=True)
        for time in sorted(timed):
            yield day, list(timed[time].values())


class _Way:
    """One concern on its way through the days: the hops of its holders, and of the letters under way."""

    def __init__(self, records: Records, entries: Entries, silent: Unconfirmed, when: When, concern: str) -> None:
        self.records = records
        self.entries = entries
        self.silent = silent
        self.when = when
        self.concern = concern
        self.hop: dict[str, int] = {}
        self.letters: dict[str, int] = {}

    def settle(self, parts: list[Part]) -> dict[str, int]:
        """Give everybody in a moment their hops; those that are fewer than before."""
        read: dict[str, int] = {}
        for part in parts:
            if part.read and not part.sent:
                for one in reaches(part.row, self.silent):
                    read[one] = min(read.get(one, NEVER), self.letters[part.row.id] + 1)
        said, heard = (
            self._said(parts[0]) if len(parts) == 1 and len(parts[0].row.who) == 1 else self._chained(parts, read)
        )
        for part in parts:
            if part.sent and not part.read:
                self.letters[part.row.id] = min(said[one, part.row.id] for one in part.row.who)
        fewer: dict[str, int] = {}
        for one, hop in (*read.items(), *heard.items(), *((one, hop) for (one, _), hop in said.items())):
            if hop < self.hop.get(one, NEVER):
                self.hop[one] = fewer[one] = hop
        return fewer

    def _said(self, part: Part) -> tuple[dict[Saying, int], dict[str, int]]:
        """The hops of the saying and of the hearers where one row of one sender is all of a moment: no chain is due."""
        if not part.sent:
            return {}, {}
        one, row = part.row.who[0], part.row
        hop = 0 if row.kind == "observed" else self.hop.get(one, 0)
        return {(one, row.id): hop}, dict.fromkeys(self.hearers(one, row) if part.read else (), hop + 1)

    def _chained(self, parts: list[Part], read: Mapping[str, int]) -> tuple[dict[Saying, int], dict[str, int]]:
        """The same of all the rows of a moment, through which it may have gone one after the other."""
        moment = _Moment(self, [part for part in parts if part.sent])
        hops_of = {one: min(self.hop.get(one, NEVER), read.get(one, NEVER)) for one in moment.of}
        return moment.settle({one: hop for one, hop in hops_of.items() if hop < NEVER}), moment.heard

    def hearers(self, one: str, row: Row) -> Iterator[str]:
        """To whom somebody can pass it in a row: from who to `to` and `present`, and among those who met."""
        if not row.is_contact:
            return
        heard = dict.fromkeys((*(row.who if row.kind == "met" else ()), *reaches(row, self.silent)))
        for other in heard:
            if other != one and not (row.kind in REFUSING and self._has_it_otherwise(other, row)):
                yield other

    def _has_it_otherwise(self, one: str, row: Row) -> bool:
        today = self.when(row.reached)
        for entry in self.entries.get((one, self.concern), ()):
            day = self.when(entry.window)
            refused = entry.row.kind in REFUSING and entry.how not in (SAID, DECIDED)
            if entry.row.id != row.id and (day < today or (day == today and not refused)):
                return True
        return False


class _Moment:
    """The rows of one moment, closed under passing on."""

    def __init__(self, way: _Way, parts: list[Part]) -> None:
        self.way = way
        self.rows = {part.row.id: part.row for part in parts}
        self.before = {name: self._before(row) for name, row in self.rows.items()}
        self.sayings = [(one, row.id) for row in self.rows.values() for one in dict.fromkeys(row.who)]
        self.of: defaultdict[str, list[str]] = defaultdict(list)
        for one, row in self.sayings:
            self.of[one].append(row)
        self.hears: dict[Saying, tuple[str, ...]] = {
            (one, part.row.id): tuple(self.way.hearers(one, part.row)) if part.read else ()
            for part in parts
            for one in dict.fromkeys(part.row.who)
        }
        referring = {name for name, earlier in self.before.items() if earlier}
        # the rows that a chain has to remember: those with an order, and those with several senders
        self.bound = frozenset(referring).union(*self.before.values()) | {
            row.id for row in self.rows.values() if len(row.who) > 1 and not row.is_together
        }
        self.heard: dict[str, int] = {}

    def _before(self, row: Row) -> frozenset[str]:
        """The rows of the moment that a row refers to, directly or through others, and that do not refer to it."""

        def referred(start: Row) -> set[str]:
            found: set[str] = set()
            waiting = [start]
            while waiting:
                for one in waiting.pop().ref:
                    if one in self.rows and one not in found:
                        found.add(one)
                        waiting.append(self.rows[one])
            return found

        return frozenset(one for one in referred(row) if row.id not in referred(self.rows[one]))

    # chains -------------------------------------------------------------------------------------------

    def _after(self, one: str, here: Saying, used: frozenset[str]) -> Iterator[tuple[Saying, frozenset[str]]]:
        """The sayings that somebody who hears it in a saying can go on to, each with the rows to remember."""
        for row in self.of.get(one, ()):
            if row == here[1]:
                if self.rows[row].kind == "met":
                    yield (one, row), used
            elif row not in used and not any(row in self.before[other] for other in used):
                yield (one, row), used | {row} if row in self.bound else used

    def follow(self, starts: Starts) -> tuple[dict[Saying, int], dict[str, int]]:
        """The fewest hops of every saying and of every hearer, from sayings with theirs."""
        said: dict[Saying, int] = {}
        heard: dict[str, int] = {}
        seen: set[tuple[Saying, frozenset[str]]] = set()
        waiting: deque[tuple[int, Saying, frozenset[str]]] = deque()
        queue = deque(sorted(((hop, *start) for start, hop in starts.items()), key=itemgetter(0)))
        while queue or waiting:
            first = queue if queue and (not waiting or queue[0][0] <= waiting[0][0]) else waiting
            hop, here, used = first.popleft()
            if (here, used) in seen:
                continue
            seen.add((here, used))
            said.setdefault(here, hop)
            for hearer in self.hears[here]:
                heard.setdefault(hearer, hop + 1)
                waiting.extend((hop + 1, after, more) for after, more in self._after(hearer, here, used))
        return said, heard

    def _start(self, saying: Saying, *earlier: str) -> tuple[Saying, frozenset[str]]:
        return saying, self.bound & {saying[1], *earlier}

    def _onward(self, saying: Saying) -> Iterator[tuple[Saying, frozenset[str]]]:
        """A saying, and whatever else its speaker says that can come after it."""
        one, first = saying
        yield self._start(saying)
        for row in self.of[one]:
            if row != first and row not in self.before[first]:
                yield self._start((one, row), first)

    def settle(self, known: Mapping[str, int]) -> dict[Saying, int]:
        """The hops of every saying; `known` are those who have it from before or from a letter read now."""
        starts = {self._start(saying): known[saying[0]] for saying in self.sayings if saying[0] in known}
        for one, row in self.sayings:
            if self.rows[row].kind == "observed":
                starts.update(dict.fromkeys(self._onward((one, row)), 0))
        said: dict[Saying, int] = {}
        while True:
            further, heard = self.follow(starts)
            for saying, hop in further.items():
                said[saying] = min(hop, said.get(saying, NEVER))
            for one, hop in heard.items():
                self.heard[one] = min(hop, self.heard.get(one, NEVER))
            left = [saying for saying in self.sayings if saying not in said]
            if not left:
                return said
            starts = {later: 0 for first in self._firsts(left) for later in self._onward(first)}

    def _firsts(self, left: list[Saying]) -> list[Saying]:
        """Of sayings without a source, those at which it is had from nobody.

        Where several could have told one another, whoever of them nobody sent it to; all of them if each was.
        """
        place = {saying: number for number, saying in enumerate(left)}
        onward = []
        for saying in left:
            reached, _ = self.follow({self._start(saying): 0})
            onward.append(sum(1 << place[other] for other in reached if other in place and other != saying))
        firsts: list[Saying] = []
        for bits in rounds(onward):
            if any(near & bits for number, near in enumerate(onward) if not bits >> number & 1):
                continue
            group = {left[number] for number in each(bits)}
            sent = {one for saying in group for one in self._sent_to(saying, group)}
            everybody = {one for one, _ in group}
            firsts += [saying for saying in group if saying[0] not in sent or sent >= everybody]
        return firsts or left

    def _sent_to(self, saying: Saying, group: set[Saying]) -> set[str]:
        """Whom of a group it was sent to in a saying; a meeting sends to nobody."""
        row = saying[1]
        if self.rows[row].kind == "met":
            return set()
        hearers = self.hears[saying]
        return {one for one, later in group if one in hearers and later != row and later not in self.before[row]}
