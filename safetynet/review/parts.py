"""What several rules ask of a snapshot: who knew since when, who may have known, who was in touch with whom.

What a partial date leaves open counts against a finding: a row that may have come in time did, somebody who may have
had a worry had it, and a number of days is the fewest that can lie between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise, product
from operator import attrgetter, itemgetter
from typing import NamedTuple

from ..case.records import Row
from ..case.vocabulary import LOOKING_BACK, OTHER_MEETINGS
from ..dates import Window
from ..record.entries import SAW, Entry, Holding, first_days
from ..record.naming import gravest_first
from ..record.parties import is_actor, party
from ..record.permissions import PASSES, permission
from ..record.snapshot import Snapshot
from ..spells import Soonest

LOW = 0.5  # the confidence that the word "low" stands for
ONE_BODY = ("social_care", "police")  # sectors in which agencies of one area count as one body


# worries ------------------------------------------------------------------------------------------------


def is_grave(view: Snapshot, worry: str) -> bool:
    """Whether a worry is grave by the rules."""
    return view.records.concerns[worry].severity >= view.rules.grave


def worries_in(view: Snapshot, row: Row) -> frozenset[str]:
    """The worries that a row names and that are not resolved."""
    return frozenset(row.concerns).intersection(view.current)


def worries_among(view: Snapshot, concerns: Iterable[str]) -> list[str]:
    """The worries among some concerns, gravest first."""
    return gravest_first(view, {one for one in concerns if view.records.concerns[one].is_worry})


def gravest(view: Snapshot, worries: Iterable[str]) -> float:
    """What the gravest `many` of some worries weigh: what is about all of a case weighs no more for their number."""
    return view.total(worries_among(view, set(worries))[: view.rules.many])


def unresolved(view: Snapshot, concerns: Iterable[str], day: int) -> list[str]:
    """The worries among some concerns that are not resolved by a day, gravest first."""
    return [one for one in worries_among(view, concerns) if not view.is_resolved(one, day)]


def standing(view: Snapshot, first: int, last: int | None = None) -> list[str]:
    """The worries that a professional had on record by a day, not resolved by then, or by a later one."""
    known = (c for c in view.ever_known if view.first_known[c] <= first)
    return [c for c in known if not view.is_resolved(c, first if last is None else last)]


def about_child(view: Snapshot, child: str, worries: Iterable[str]) -> list[str]:
    """The worries about a child, gravest first; those that are about no child are about every child."""
    children = set(view.records.children)
    about = {one: children.intersection(view.records.concerns[one].about) for one in worries}
    return gravest_first(view, (one for one, whom in about.items() if child in whom or not whom))


def old_enough(view: Snapshot, worries: Iterable[str], start: int) -> bool:
    """Whether something has stood long enough to be worth saying: a day for a grave worry, else the days of grace."""
    return view.day - start >= (1 if any(is_grave(view, one) for one in worries) else view.rules.grace_days)


# who had them since when --------------------------------------------------------------------------------


class Known(NamedTuple):
    """By which row, and when, a concern came to somebody."""

    holder: str
    window: Window
    row: Row


def on_record(view: Snapshot, ones: Iterable[str], by: int | None = None) -> frozenset[str]:
    """What any of some people and files have on record, or had by an earlier day."""
    if by is None:
        return frozenset().union(*(view.held.get(one, ()) for one in ones))
    came = view.keep("findings: as it came", lambda: as_it_came(view.since.items()))
    return frozenset().union(*(came[one].until(by) for one in ones if one in came))


class Came(NamedTuple):
    """What came to somebody, by the days on which it did."""

    days: list[int]
    concerns: list[str]

    def until(self, day: int) -> list[str]:
        """What had come by a day."""
        return self.concerns[: bisect_right(self.days, day)]


def as_it_came(since: Iterable[tuple[Holding, int]]) -> dict[str, Came]:
    """What came to each holder, of those with the day on which it came."""
    found: defaultdict[str, Came] = defaultdict(lambda: Came([], []))
    for (one, concern), day in sorted(since, key=itemgetter(1)):
        found[one].days.append(day)
        found[one].concerns.append(concern)
    return dict(found)


def first_entry(view: Snapshot, holder: str, concern: str) -> Entry:
    """The first row by the day that puts a concern on the record of somebody who has it."""
    return next(entry for entry in view.entries[holder, concern] if view.by(entry.window))


def first_known(view: Snapshot, concern: str, among: Iterable[str] | None = None) -> Known | None:
    """How a concern first came to anybody of some; by default to a professional, or to anybody where none has it.

    Of one day, to whoever saw it before those who were told.
    """
    if among is None:
        return view.keep(("findings: first known", concern), lambda: _first_of(view, concern, _of_all(view, concern)))
    return _first_of(view, concern, view.holders.get(concern, frozenset()).intersection(among))


def _of_all(view: Snapshot, concern: str) -> frozenset[str]:
    """The professionals who have a concern; everybody who has it, where none of them does."""
    holders = view.holders.get(concern, frozenset())
    return holders & view.professionals or holders


def _first_of(view: Snapshot, concern: str, wanted: Iterable[str]) -> Known | None:
    found = (surest(view, holder, concern) for holder in wanted)
    first = min(found, key=lambda one: (one.order, one.known.holder), default=None)
    return None if first is None else first.known


Order = tuple[bool, int, bool, tuple[int, int, int, str]]  # in doubt, last day, not seen, and the order of the row


class Surest(NamedTuple):
    """How a concern came to somebody by the row that comes before others; whether that row is in doubt in any way."""

    order: Order
    known: Known
    doubtful: bool
    likeliest: Row  # of the rows by the day that give it to them, the one of the most confidence

    @property
    def in_doubt(self) -> bool:
        """Whether every row that gives it to them is in doubt."""
        return self.order[0]


def surest(view: Snapshot, holder: str, concern: str) -> Surest:
    """The first row by the day by which somebody who has a concern has it on record; one not in doubt before others."""
    made = view.keep("findings: surest", dict[Holding, Surest])
    if (holder, concern) not in made:
        made[holder, concern] = _surest(view, holder, concern)
    return made[holder, concern]


def _surest(view: Snapshot, holder: str, concern: str) -> Surest:
    def order(entry: Entry) -> Order:
        return is_doubtful(view, entry), entry.window.last, entry.how != SAW, entry.row.order

    every = view.entries[holder, concern]
    found = [(order(entry), entry) for entry in every if view.by(entry.window)]
    first, (window, row, _) = min(found, key=itemgetter(0))
    doubtful = first[0] or any(one.row is row and is_doubtful(view, one) for one in every)
    likeliest = max((entry.row for _, entry in found), key=attrgetter("confidence", "order"))
    return Surest(first, Known(holder, window, row), doubtful, likeliest)


def is_doubtful(view: Snapshot, entry: Entry) -> bool:
    """Whether it is in doubt that a concern came to somebody by a row: of low confidence, or its passing disputed.

    What was seen or thought stands on record with whoever saw or thought it, also where others dispute it.
    """
    row = entry.row
    if row.confidence <= LOW:
        return True
    return entry.received and row.is_sent and any(_say_otherwise(row, other) for other in disputed(view, row))


def disputed(view: Snapshot, row: Row) -> tuple[Row, ...]:
    """The rows by the day that dispute a row, and those that it disputes."""
    found = view.keep("findings: disputed", lambda: _disputed(view))
    return found.get(row.id, ())


def _disputed(view: Snapshot) -> dict[str, tuple[Row, ...]]:
    found: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in view.rows:
        for other in row.disputes:
            found[other][row.id] = row
            if other in view.by_id:
                found[row.id][other] = view.by_id[other]
    return {one: tuple(rows.values()) for one, rows in found.items()}


def _say_otherwise(row: Row, other: Row) -> bool:
    """Whether two rows that dispute one another tell of one passing between the same people."""
    return other.is_sent and not set(row.who).isdisjoint(other.who) and not set(row.to).isdisjoint(other.to)


def held_by(view: Snapshot, concerns: Iterable[str], among: Iterable[str] | None = None) -> dict[str, Known]:
    """How each of several concerns first came to anybody of some, gravest first, without those that came to nobody.

    What is in doubt to have come to them is left out where something else is not.
    """
    group = None if among is None else frozenset(among)
    known = {one: first_known(view, one, group) for one in gravest_first(view, set(concerns))}
    found = {one: how for one, how in known.items() if how is not None}
    sure = {one: how for one, how in found.items() if not surest(view, how.holder, one).doubtful}
    return sure or found


def held_apart(view: Snapshot, concerns: Iterable[str], among: Iterable[str] | None = None) -> list[dict[str, Known]]:
    """The same in two parts: what certainly came to some, and apart from it what is in doubt to have come to them."""
    every = tuple(concerns)
    sure = held_by(view, every, among)
    rest = held_by(view, set(every) - sure.keys(), among)
    return [held for held in (sure, rest) if held]


def in_doubt(view: Snapshot, one: str, concern: str) -> bool:
    """Whether it is in doubt that somebody has a concern on record: by every row that gives it to them."""
    return surest(view, one, concern).in_doubt


def start_of(view: Snapshot, held: Mapping[str, Known]) -> int:
    """The day from which the gravest of what was held was on record."""
    return view.when(next(iter(held.values())).window)


def may_have(view: Snapshot, concern: str) -> frozenset[str]:
    """Everybody who has a concern on record, or may have by a partial date: "no row shows" must hold for both."""
    return view.keep("findings: may have", lambda: _may_have(view)).get(concern, frozenset())


def _may_have(view: Snapshot) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (holder, item), day in may_have_since(view).items():
        if day <= view.day:
            found[item].add(holder)
    return {item: frozenset(ones) for item, ones in found.items()}


def may_have_by(view: Snapshot, holder: str, concern: str, day: int) -> bool:
    """Whether somebody had a concern by a day, or may have had it."""
    return may_have_since(view).get((holder, concern), day + 1) <= day


def may_have_since(view: Snapshot) -> dict[Holding, int]:
    """The day from which each (holder, concern) may be on record, over all the case."""
    return view.keep(
        "findings: may have since", lambda: {one: first_days(rows)[0] for one, rows in view.entries.items()}
    )


def had_by(view: Snapshot, holder: str, concern: str, day: int) -> bool:
    """Whether somebody certainly had a concern on record by a day."""
    return view.since.get((holder, concern), day + 1) <= day


def saw_it(view: Snapshot, one: str, concern: str, by: int) -> bool:
    """Whether somebody is certainly on record by a day as having seen or heard a concern themselves."""
    return any(e.how == SAW and e.window.last <= by for e in view.entries.get((one, concern), ()))


def actors_with(view: Snapshot, concern: str) -> frozenset[str]:
    """The professionals and agency files that have a concern on record, or may have."""
    return may_have(view, concern) & view.able


def parties_with(view: Snapshot, concern: str) -> frozenset[str]:
    """The parties of which somebody, or the file, certainly has a concern on record."""
    return frozenset(party(view, one) for one in view.holders.get(concern, frozenset()) & view.able)


# rows ---------------------------------------------------------------------------------------------------


def maybe_rows(view: Snapshot) -> tuple[Row, ...]:
    """The rows that may have happened by the day: those that count, and those whose partial date straddles it."""
    return view.keep(
        "findings: maybe rows", lambda: tuple(row for row in view.records.in_order if row.date.first <= view.day)
    )


def maybe_referring(view: Snapshot, row: Row) -> tuple[Row, ...]:
    """Those of them that refer to a row, in their order."""

    def make() -> dict[str, tuple[Row, ...]]:
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for one in maybe_rows(view):
            for other in dict.fromkeys(one.ref):
                found[other].append(one)
        return {other: tuple(rows) for other, rows in found.items()}

    return view.keep("findings: maybe referring", make).get(row.id, ())


def maybe_naming(view: Snapshot, concerns: Iterable[str], senders: Iterable[str] | None = None) -> list[Row]:
    """Those of them that name one of some concerns, of everybody or of some senders, in their order."""

    def make() -> dict[tuple[str | None, str], list[tuple[int, Row]]]:
        found: defaultdict[tuple[str | None, str], list[tuple[int, Row]]] = defaultdict(list)
        for place, row in enumerate(maybe_rows(view)):
            for key in dict.fromkeys(product((None, *row.who), row.concerns)):
                found[key].append((place, row))
        return dict(found)

    naming = view.keep("findings: maybe naming", make)
    keys = product((None,) if senders is None else senders, concerns)
    rows = {place: row for key in keys for place, row in naming.get(key, ())}
    return [rows[place] for place in sorted(rows)]


def between(first: Window, later: Window) -> int:
    """The fewest days that can lie between two dates; 0 where the second may have come first."""
    return max(0, later.first - first.last)


def counted_days(view: Snapshot, first: int, last: int) -> int:
    """For how many days a time is weighed: without the stretches of more than `silence_days` in which no row stands."""
    days, counted = view.keep("findings: days of rows", lambda: _days_of_rows(view))
    start, end = bisect_right(days, first), bisect_left(days, last) - 1  # the days of rows in between
    if end < start:
        return _counted(view, first, last)
    return _counted(view, first, days[start]) + counted[end] - counted[start] + _counted(view, days[end], last)


def _days_of_rows(view: Snapshot) -> tuple[list[int], list[int]]:
    """The days on which rows stand, and for how many days the time from the first to each of them is weighed."""
    days = sorted({view.when(row.date) for row in view.rows})
    return days, [0, *accumulate(_counted(view, one, following) for one, following in pairwise(days))]


def _counted(view: Snapshot, day: int, following: int) -> int:
    """For how many days the time between two rows that follow one another is weighed."""
    return following - day if following - day <= view.rules.silence_days else 0


def meets(view: Snapshot, ones: Iterable[str], others: Iterable[str]) -> list[Row]:
    """The contact rows, those that may have happened included, in which information could move from some to others."""
    sources, targets = frozenset(ones), frozenset(others)

    def make() -> list[Row]:
        ways = view.keep("findings: ways", lambda: _ways(view))
        found = {row.id: row for one in sources for other in targets for row in ways.get((one, other), ())}
        return sorted(found.values(), key=lambda row: row.order)

    return view.keep(("findings: meets", sources, targets), make)


def first_meeting(
    view: Snapshot, ones: Iterable[str], others: Iterable[str], day: int, but: Row | None = None
) -> int | None:
    """The first day on which one of these rows, of a day or later and `but` one apart, may have reached others."""
    sources, targets = frozenset(ones), frozenset(others)

    def make() -> Soonest[int, Row]:
        return Soonest((row.date.last, row.reached.first, row) for row in meets(view, sources, targets))

    found = view.keep(("findings: first meeting", sources, targets), make).since(day, but)
    return None if found is None else found[0]


def _ways(view: Snapshot) -> dict[tuple[str, str], list[Row]]:
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in maybe_rows(view):
        for move in view.moves(row):
            found[move].append(row)
    return dict(found)


def in_touch(view: Snapshot, ones: Iterable[str], others: Iterable[str]) -> list[Row]:
    """The contact rows in which information could move between some and others, in either direction."""
    a, b = tuple(ones), tuple(others)
    found = {row.id: row for row in (*meets(view, a, b), *meets(view, b, a))}
    return sorted(found.values(), key=lambda row: row.order)


def takes_part(view: Snapshot, row: Row) -> frozenset[str]:
    """The professionals and agencies that do something in a row, or take part in it."""
    named = row.named if row.is_contact else () if row.kind in LOOKING_BACK else row.who
    return frozenset(one for one in named if is_actor(view, one))


def is_planning(view: Snapshot, row: Row) -> bool:
    """Whether a row is a planning meeting: two or more professionals, and no talk of another sort."""
    professionals = view.professionals.intersection(row.who)
    return row.kind == "met" and len(professionals) > 1 and row.channel not in OTHER_MEETINGS


def at_work(view: Snapshot, *, closing: bool = True) -> dict[str, tuple[int, int]]:
    """The days between which each professional and agency certainly appears in rows, `closing` ones too or not."""
    return view.keep(("findings: at work", closing), lambda: _at_work(view, closing))


def _at_work(view: Snapshot, closing: bool) -> dict[str, tuple[int, int]]:
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for row in view.rows:
        if row.kind in LOOKING_BACK or (row.kind == "closed" and not closing):
            continue
        first, last = row.date.first, row.date.last
        for one in (*row.who, *view.reaches(row)):
            starts.setdefault(one, last)  # rows are read by their last days
            if first > ends.get(one, 0):
                ends[one] = first
    return {one: (start, max(start, ends[one])) for one, start in starts.items() if is_actor(view, one)}


CALLED = {
    "": "contact",
    "phone": "call",
    "face_to_face": "talk",
    "video": "video call",
    "email": "e-mail",
    "file": "note on file",
    "tac": "team around the child",
    "clinic": "clinic appointment",
    "court": "court hearing",
}
ENOUGH = ("meeting", "conference", "interview", "visit", "appointment", "hearing", "supervision", "handover")


def sort_of(row: Row) -> str:
    """Which sort of meeting or message a row is, as words."""
    word = CALLED.get(row.channel, row.channel.replace("_", " ").strip())
    if row.kind != "met":
        return word
    if not row.channel:
        return "meeting"
    return word if word.split()[-1] in ENOUGH else f"{word} meeting"


# permissions and sectors ---------------------------------------------------------------------------------


def works(view: Snapshot, ones: Iterable[str]) -> frozenset[str]:
    """Those among some who work with families: only they can be said not to have seen, attended or owned."""
    return frozenset(one for one in ones if one in view.working or one in view.records.agencies)


def allowed(view: Snapshot, senders: Iterable[str], recipients: Iterable[str], worry: str, when: int) -> bool:
    """Whether the permissions let a worry pass from any of several to any of others; yes where there are none."""
    if view.records.permissions is None:
        return True
    targets = list(recipients)
    pairs = [(a, b) for a in senders for b in targets]
    return not pairs or any(permission(view.records, a, b, worry, when) in PASSES for a, b in pairs)


def of_sector(view: Snapshot, wanted: str) -> frozenset[str]:
    """The professionals and agencies of a sector."""
    found = {one.id for one in view.records.agencies.values() if one.sector == wanted}
    return frozenset(found | {one for one in view.professionals if view.records.people[one].agency in found})


def body_of(view: Snapshot, one: str) -> tuple[str, ...]:
    """What an agency belongs to as one body: social care or police agencies of an area are one; else itself."""
    agency = view.records.agencies[one]
    return (agency.sector, agency.area) if agency.sector in ONE_BODY and agency.area else (one,)


def sectors_coded(view: Snapshot) -> bool:
    """Whether any agency has a sector other than `other`: without, nothing can be said of sectors."""
    return any(agency.sector != "other" for agency in view.records.agencies.values())


def passings(view: Snapshot, worry: str) -> list[Row]:
    """The contact rows by the day in which a worry went from one professional or agency to another, earliest first."""
    rows = [
        row
        for row in view.naming(worry)
        if view.by(row.reached) and any(is_actor(view, a) and is_actor(view, b) for a, b in view.moves(row))
    ]
    return sorted(rows, key=lambda row: (row.reached.first, row.reached.last, row.id))


def taken_up(view: Snapshot, concerns: Iterable[str], after: int) -> Row | None:
    """The first row certainly after a day in which a worry is seen, passed on, asked about or acted on again."""
    later = (_taking_up(view, concern).since(after + 1) for concern in set(concerns))
    return min((one for one in later if one is not None), key=lambda one: one[0], default=(None, None))[1]


def _taking_up(view: Snapshot, concern: str) -> Soonest[tuple[int, int, int, str], Row]:
    """The rows in which a concern is seen, passed on, asked about or acted on, by their order."""
    kinds = ("observed", "told", "asked", "met", "agreed", "disagreed")

    def make() -> Soonest[tuple[int, int, int, str], Row]:
        return Soonest((row.date.first, row.order, row) for row in view.naming(concern) if row.kind in kinds)

    return view.keep(("findings: taking up", concern), make)
