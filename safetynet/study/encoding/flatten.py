"""The flat arrays that the compiled loops take, from the judged tables of several cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...case.vocabulary import (
    DECISIONS,
    DOINGS,
    LOOKING_BACK,
    ONE_WAY_CHANNELS,
    PERMISSIONS,
    PERSON_KINDS,
    REMITS,
    ROW_KINDS,
    SECTORS,
    SEEN_WELL,
    STRICTEST_FIRST,
    TELLING_KINDS,
    TWO_WAY_CHANNELS,
    WORD_KINDS,
)
from ...case.vocabulary import PUT_ASIDE as ASIDE
from ...io.study_batches import Several
from ...measures.actions import NO_STEP
from ...record.confirmation import NO_ACT
from ...rules import Rules
from ..kernels import flat as say
from .checks import Judge
from .tables import Ids, Table, tables_of
from .texts import rows_of
from .words import EMPTY, NO_DAY, Dates, Windows

if TYPE_CHECKING:
    from .texts import Flags, Ints

MOST = 64  # concerns, and children, of a case
LATE = 1 << 40  # a day after every other


class Depths(NamedTuple):
    """How deep each record is, and the days on which it may be asked; -1 where a case has none."""

    rows: Ints
    sources: Ints
    start: Ints
    end: Ints
    harm: Ints
    met: Ints
    conference: Ints


class Encoded(NamedTuple):
    """Several cases: which go by column, their arrays, and what else a line of the table of scores needs of them."""

    by_column: Flags
    flat: Any
    depths: Depths
    attributes: list[dict[str, str]]


def encode(several: Several, dates: Dates, rules: Rules) -> Encoded | None:
    """Several cases as arrays; None where none of them can be judged by whole columns."""
    tables = tables_of(several)
    if not all(table.is_readable for table in tables.values()):
        return None
    return _Flatten(several, tables, dates, rules).run()


class _Flatten:
    def __init__(self, several: Several, tables: dict[str, Table], dates: Dates, rules: Rules) -> None:
        self.cases, self.rules, self.tables = len(several.names), rules, tables
        self.odd = np.zeros(self.cases, np.bool_)
        self.odd[[not name for name in several.names]] = True
        self.ids = Ids(tables, self.cases, self.odd)
        self._put_in_order(dates)
        self.judge = Judge(tables, self.ids, dates, self.odd)

    def _put_in_order(self, dates: Dates) -> None:
        """Concerns in the order of their ids, rows in that in which they are read; and the open ends of their dates."""
        concerns, rows = self.tables["concerns"], self.tables["chronology"]
        concerns.order = np.lexsort((self.ids.rank("concerns"), concerns.case))
        self.ids.add("concerns", np.arange(len(concerns)) - concerns.at[concerns.case])
        texts = rows.texts("date")
        given = dates.windows(texts).of(texts.codes)
        self.start, self.end = _span(given, rows.at)
        closed = self._closed(given, rows.case)
        rows.order = np.lexsort((self.ids.rank("chronology"), closed.first, closed.time, closed.last, rows.case))
        self.ids.add("chronology", np.arange(len(rows)) - rows.at[rows.case])
        for name in ("sources", "conditions"):
            if name in self.tables:
                self.ids.add(name, np.arange(len(self.tables[name])))

    def _closed(self, windows: Windows, case: Ints) -> Windows:
        """Dates with their open ends closed at the days of their cases."""
        given = (windows.first != NO_DAY) | (windows.last != NO_DAY)
        near = np.where(windows.reach == NO_DAY, windows.last, np.minimum(windows.last, windows.reach))
        far = np.maximum(windows.first, windows.reach)
        start, end = np.where(self.start < 0, LATE, self.start)[case], self.end[case]
        first = np.where(given & (windows.first == NO_DAY), np.minimum(near, start), windows.first)
        last = np.where(given & (windows.last == NO_DAY), np.maximum(far, end), windows.last)
        return windows._replace(first=first, last=last)

    def run(self) -> Encoded:
        """Judge everything, and make the arrays."""
        self.judge.run()
        rows, concerns, people = (self.tables[name] for name in ("chronology", "concerns", "people"))
        children = self.judge.word("kind", "people") == PERSON_KINDS.index("child")
        child = _numbers(children, people.case, people.at)
        self.odd[np.diff(concerns.at) > MOST] = True
        self.odd[np.bincount(people.case[children], minlength=self.cases) > MOST] = True
        child_bit = np.where(children, _bit(child), np.uint64(0))
        self.of_child = np.zeros(self.ids.holders_at[-1], np.uint64)
        self.of_child[self.ids.holders_at[people.case] + _place(people)] = child_bit
        at, lists = self._lists()
        rules_at, rules = self._permissions()
        flat = say.Flat(
            np.stack([self.ids.holders_at, concerns.at, rows.at, rules_at, np.append(self.ids.people, 0)]),
            _or(child_bit, people.at),
            np.stack(list(self._holders())),
            np.stack(list(self._concerns())),
            self._children_of("concerns"),
            np.stack(list(self._rows())),
            np.stack([self._names(), self._children_of("chronology")]),
            at,
            lists,
            rules,
        )
        depths, attributes = self._depths(flat), list(self._attributes())
        return Encoded(~self.odd, flat, depths, attributes)

    # the parts of the arrays ----------------------------------------------------------------------

    def _holders(self) -> Iterator[Any]:
        people, size = self.tables["people"], self.ids.holders_at[-1]
        kind, remit = self.judge.word("kind", "people"), self.judge.word("remit", "people")
        counts = np.isin(kind, [PERSON_KINDS.index(one) for one in self.rules.who_counts])
        place = self.ids.holders_at[people.case] + _place(people)
        professional, working = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        professional[place] = counts
        working[place] = counts & np.isin(remit, [EMPTY, REMITS.index("works_with")])
        agency = np.full(size, -1)
        refers = self.judge.places.get(("people", "agency"))
        if refers is not None:
            agency[place[rows_of(refers.found)]] = refers.found.items
        sectors = self.judge.word("sector", "agencies") if "agencies" in self.tables else np.empty(0, np.int64)
        sectors = np.where(sectors == EMPTY, SECTORS.index("other"), sectors)
        sectors = np.append(sectors, np.full(len(self.ids.created[0]), SECTORS.index("other")))
        desks = np.ones(size, np.bool_)
        desks[place] = False
        agency[desks] = (np.arange(size) - np.repeat(self.ids.holders_at[:-1], np.diff(self.ids.holders_at)))[desks]
        sector = np.full(size, -1)
        sector[desks] = sectors[self.ids.agency_order]
        ends = self._closed(self.judge.window("end", "people"), people.case)
        post = np.full(size, LATE)
        day = ends.last if self.rules.dates == "latest" else ends.first
        post[place] = np.where(day == NO_DAY, LATE, day)
        yield from (professional.astype(np.int64), working.astype(np.int64), agency, post, sector)

    def _concerns(self) -> Iterator[Any]:
        table = self.tables["concerns"]
        yield np.clip(self.judge.word("severity", "concerns"), 0, 4)
        resolved = self._closed(self.judge.window("resolved", "concerns"), table.case)
        yield np.where(resolved.last == NO_DAY, LATE, resolved.last)
        yield self.judge.word("category", "concerns")

    def _children_of(self, name: str) -> Any:
        """The children whom each row of a table is about, as bits."""
        table, refers = self.tables[name], self.judge.places.get((name, "about"))
        if refers is None:
            return np.zeros(len(table), np.uint64)
        holders = self.ids.holders_at[table.case[rows_of(refers.found)]] + np.maximum(0, refers.found.items)
        return _or(self.of_child[holders], refers.found.at)

    def _rows(self) -> Iterator[Any]:
        judge, case = self.judge, self.tables["chronology"].case
        date = self._closed(judge.window("date"), case)
        received = judge.window("received_on")
        read_later = (received.first != NO_DAY) | (received.last != NO_DAY)
        read = _read(date, self._closed(received, case), read_later)
        yield np.maximum(0, judge.word("kind"))
        yield from (date.first, date.last, date.time, read.first, read.last, read.time)
        yield judge.window("due").last
        yield self._outcomes()
        yield self._flags(read_later)

    def _names(self) -> Any:
        """The concerns that each row names, as bits."""
        refers = self.judge.places.get(("chronology", "concerns"))
        if refers is None:
            return np.zeros(len(self.tables["chronology"]), np.uint64)
        return _or(_bit(np.clip(refers.found.items, 0, MOST - 1)), refers.found.at)

    def _permissions(self) -> tuple[Ints, Ints]:
        """Where the permissions of each case begin, and what each of them says."""
        table = self.tables.get("permissions")
        if table is None:
            return np.zeros(self.cases + 1, np.int64), np.empty((8, 0), np.int64)
        lines = [*self._place("from"), *self._place("to"), self.judge.word("category", "permissions")]
        strict = np.array([STRICTEST_FIRST.index(word) for word in PERMISSIONS])
        lines.append(strict[np.maximum(0, self.judge.word("permission", "permissions"))])
        start, end = (self._closed(self.judge.window(name, "permissions"), table.case) for name in ("start", "end"))
        return table.at, np.stack([*lines, start.first, np.where(end.last == NO_DAY, LATE, end.last)])

    def _place(self, column: str) -> tuple[Ints, Ints]:
        """Which agency, and which sector, each permission is from or to."""
        refers, extra = self.judge.places["permissions", column], self.judge.extra["permissions", column]
        agency, sector = np.full((2, len(refers.table)), -1)
        rows = rows_of(refers.found)
        agency[rows] = np.where(extra == 0, say.ANY, refers.found.items)
        sector[rows] = np.maximum(extra, 0) - 1
        return agency, sector

    def _lists(self) -> tuple[Ints, Ints]:
        """Where ``who``, ``to``, ``present`` and ``ref`` of each row begin in one array, and the array."""
        at, lists, begin = [], [np.empty(0, np.int64)], 0
        for name in ("who", "to", "present", "ref"):
            refers = self.judge.places.get(("chronology", name))
            own = np.zeros(len(self.tables["chronology"]) + 1, np.int64) if refers is None else refers.found.at
            at.append(own + begin)
            begin += own[-1]
            if refers is not None:
                lists.append(refers.found.items)
        return np.stack(at), np.concatenate(lists)

    def _outcomes(self) -> Ints:
        judge, vocabulary = self.judge, DECISIONS + DOINGS
        outcome, done = judge.word("outcome"), judge.is_kind(("done",))
        found = np.zeros(len(outcome), np.int64)
        found[done & np.isin(outcome, [EMPTY, vocabulary.index("completed")])] = say.COMPLETED
        found[done & np.isin(outcome, [vocabulary.index(one) for one in ("partly", "attempted")])] = say.TRIED
        found[done & (outcome == vocabulary.index("refused"))] = say.REFUSED
        aside = np.isin(outcome, [vocabulary.index(one) for one in ASIDE])
        found[judge.is_kind(("decided",)) & aside] = say.PUT_ASIDE
        return found

    def _flags(self, read_later: Flags) -> Ints:
        """What each row is, as bits."""
        judge = self.judge
        who, to, present = (judge.many(name) for name in ("who", "to", "present"))
        met, observed = judge.is_kind(("met",)), judge.is_kind(("observed",))
        sent = judge.is_kind(WORD_KINDS) | (judge.is_kind(TELLING_KINDS) & (to > 0))
        together = met | (observed & ((who > 1) | (present > 0)))
        received, cell = judge.word("received"), judge.word("two_way")  # yes is 0, no is 1
        channel = judge.word("channel")
        open_way = judge.is_kind(("disagreed",)) | _said(judge, channel, TWO_WAY_CHANNELS)
        two_way = together | (~read_later & np.where(cell == EMPTY, open_way, cell == 0))
        one_way = _said(judge, channel, ONE_WAY_CHANNELS)
        no_step = judge.is_kind(NO_STEP) | (received == 1) | (met & _said(judge, channel, ("supervision",)))
        seen = np.isin(judge.word("seen"), [_vocabulary(judge, "seen").index(one) for one in SEEN_WELL])
        parts = {
            say.CONTACT: sent | together,
            say.TOGETHER: together,
            say.SENT: sent,
            say.TWO_WAY: two_way,
            say.ARRIVED: (received != 1) | read_later,
            say.PAPER: sent & ~two_way & one_way & (received == EMPTY) & ~read_later,
            say.SEEN_WELL: seen,
            say.DOING: ~(no_step | (self._outcomes() == say.PUT_ASIDE)),
            say.ACT: ~judge.is_kind(NO_ACT),
            say.LOOKS_BACK: judge.is_kind(LOOKING_BACK),
            say.READ_LATER: read_later,
            say.ABOUT_ALL: judge.many("about") == 0,
        }
        found = np.zeros(len(who), np.int64)
        for bit, those in parts.items():
            found[those] |= bit
        return found

    # what else a line needs -----------------------------------------------------------------------

    def _depths(self, flat: say.Flat) -> Depths:
        rows, sources = np.diff(self.tables["chronology"].at), np.zeros(self.cases, np.int64)
        refers = self.judge.places.get(("chronology", "source"))
        case = self.tables["chronology"].case
        if refers is not None:
            keys = np.unique(case[rows_of(refers.found)] * len(self.ids.words) + refers.found.items)
            sources = np.bincount(keys // max(1, len(self.ids.words)), minlength=self.cases)
        harm = np.full(self.cases, -1)
        if "case" in self.tables:
            table = self.tables["case"]
            windows = self._closed(self.judge.window("harm_date", "case"), table.case)
            harm[table.case] = np.where((windows.first == NO_DAY) & (windows.last == NO_DAY), -1, windows.first)
        day = flat.of_row[say.LAST if self.rules.dates == "latest" else say.FIRST]
        met = flat.of_row[say.KIND] == ROW_KINDS.index("met")
        conference = met & _said(self.judge, self.judge.word("channel"), ("conference",))
        first = (_first(day, case, those, self.cases) for those in (met, conference))
        return Depths(rows, sources, self.start, self.end, harm, *first)

    def _attributes(self) -> Iterator[dict[str, str]]:
        """What each case says of itself beside the columns of the case format."""
        table = self.tables.get("case")
        if table is None:
            yield from ({} for _ in range(self.cases))
            return
        columns = {}
        for name in table.own():
            texts = table.texts(name)
            columns[name] = [texts.listed[code] for code in texts.codes.tolist()]
            self.odd[table.case[texts.odd[texts.codes]]] = True
        for first, stop in zip(table.at[:-1].tolist(), table.at[1:].tolist(), strict=True):
            yield {name: cells[first] for name, cells in columns.items()} if stop > first else {}


def _said(judge: Judge, channel: Ints, some: tuple[str, ...]) -> Flags:
    known = _vocabulary(judge, "channel")
    return np.isin(channel, [known.index(one) for one in some])


def _vocabulary(judge: Judge, name: str) -> tuple[str, ...]:
    return judge.tables["chronology"].column(name).vocabulary


def _span(given: Windows, at: Ints) -> tuple[Ints, Ints]:
    """The first and the last of the days that the dates of each case give; -1 where it has none."""
    first, last = np.full(len(at) - 1, -1), np.full(len(at) - 1, -1)
    some = np.flatnonzero(np.diff(at) > 0)
    if len(some):
        days = (given.first, given.last, given.reach)
        low = np.minimum.reduce([np.where(one == NO_DAY, LATE, one) for one in days])
        first[some] = np.minimum.reduceat(low, at[some])
        last[some] = np.maximum.reduceat(np.maximum.reduce(days), at[some])
    return first, last


def _read(sent: Windows, received: Windows, read_later: Flags) -> Windows:
    """When rows were read: what was read before it was sent is read as soon as it can be."""
    time = np.where(received.last < sent.first, -1, received.time)
    both = (time >= 0) & (sent.time >= 0) & (received.last == sent.first)
    time = np.where(both, np.maximum(time, sent.time), time)
    return sent._replace(
        first=np.where(read_later, np.maximum(received.first, sent.first), sent.first),
        last=np.where(read_later, np.maximum(received.last, sent.first), sent.last),
        time=np.where(read_later, time, sent.time),
    )


def _first(day: Ints, case: Ints, those: Flags, cases: int) -> Ints:
    """The first day of some rows of each case; -1 where it has none."""
    found = np.full(cases, LATE)
    np.minimum.at(found, case[those], day[those])
    return np.where(found == LATE, -1, found)


def _place(table: Table) -> Ints:
    return np.arange(len(table)) - table.at[table.case]


def _numbers(those: Flags, case: Ints, at: Ints) -> Ints:
    """Each of some rows numbered within its case from 0."""
    before: Ints = np.concatenate([[0], np.cumsum(those)])
    numbers: Ints = before[:-1] - before[at[case]]
    return numbers


def _bit(places: Ints) -> Any:
    return np.left_shift(np.uint64(1), (places & (MOST - 1)).astype(np.uint64))


def _or(bits: Any, at: Ints) -> Any:
    """Different bits put together between offsets: their sum, which may run over and comes back."""
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(bits, dtype=np.uint64)])
    return sums[at[1:]] - sums[at[:-1]]
