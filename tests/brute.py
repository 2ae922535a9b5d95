"""The measures a second time, written from their definitions alone, slowly and plainly.

This is what the library is checked against. It uses nothing but the standard library and imports
nothing of ``safetynet``. A case is a dict of tables, a table is a list of dicts of texts
(``load`` reads a folder of CSV files into that form); a column that is missing is empty.
A score that is not defined is ``None``.

Where the definitions leave a choice, the choice is an entry of ``READING``; ``reading(name=value)``
changes one for the length of a ``with`` block.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import itertools
from collections import namedtuple
from contextlib import contextmanager
from pathlib import Path

DAY = dt.timedelta(days=1)
WORD_KINDS = ("told", "asked", "declined")
TWO_WAY_CHANNELS = {"phone", "face_to_face", "visit", "video", "meeting"}
NOT_WORRIES = {"reassurance", "strength"}
DILUTION = {1: 1.0, 2: 0.8, 3: 0.65, 4: 0.5}  # t of the division of impact, by severity
GAMMA = {1: 0.8, 2: 0.6, 3: 0.4, 4: 0.2}  # of the volunteer's dilemma, by severity
OPEN_ENDED_DAYS = 28
GRACE_DAYS = 7

READING = {
    # A row is later-dated than another if its last day is later ("last") or if even its first day is
    # later than the other's last ("certain").
    "later": "last",
    # The day D of an opportunity: the first or the last day of the contact row's window.
    "opportunity_day": "first",
    # Whether people named in `absent` are among those whom the others in the row can see.
    "absent_is_seen": False,
    # With `received_on`: the sender must know by the day of sending ("sent") or of reading ("read").
    "letter_written": "sent",
    # Whether one two-way row may carry a thing from one recipient through the sender to another recipient.
    "through_one_row": False,
    # An action without a due date counts for 28 days from the last or the first day of its window.
    "undated_from": "last",
}


@contextmanager
def reading(**changes):
    """Another reading of the definitions for the length of a ``with`` block."""
    before = dict(READING)
    READING.update(changes)
    try:
        yield
    finally:
        READING.clear()
        READING.update(before)


# --------------------------------------------------------------------------------------------------
# reading a case
# --------------------------------------------------------------------------------------------------


def load(folder):
    """All CSV files of a folder as a dict of tables."""

    def text(cell):
        guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r'"
        return cell[1:] if guarded else (cell or "")

    tables = {}
    for path in sorted(Path(folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = [{k: text(v or "") for k, v in row.items()} for row in csv.DictReader(file)]
    return tables


def split(cell):
    """The parts of a list cell, without repeats."""
    return list(dict.fromkeys(part.strip() for part in (cell or "").split(";") if part.strip()))


Window = namedtuple("Window", "lo hi minute")  # first day, last day, minute of the day or None


def plain_window(text):
    """A day, a day with a time, a month or a year."""
    minute = None
    if "T" in text:
        text, clock = text.split("T")
        hours, minutes = clock.split(":")[:2]
        minute = int(hours) * 60 + int(minutes)
    numbers = [int(n) for n in text.split("-")]
    if len(numbers) == 1:
        return Window(dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31), None)
    if len(numbers) == 2:
        year, month = numbers
        return Window(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), None)
    day = dt.date(*numbers)
    return Window(day, day, minute)


def known_ends(text):
    """First and last day of a date cell, None for an end that is open."""
    if "/" not in text:
        window = plain_window(text)
        return window.lo, window.hi
    left, right = text.split("/")
    lo = None if left in ("", "..") else plain_window(left).lo
    hi = None if right in ("", "..") else plain_window(right).hi
    return lo, hi


def first_and_last_day(case):
    """The case's own first and last day. Open ends do not count, the closed end beside one does."""
    ends = [known_ends(row["date"]) for row in case.get("chronology") or []]
    firsts = [lo or hi for lo, hi in ends if lo or hi]
    lasts = [hi or lo for lo, hi in ends if lo or hi]
    return (min(firsts), max(lasts)) if firsts else (None, None)


def window_of(text, start, end):
    """The window of any date cell of the case."""
    if "/" not in text:
        return plain_window(text)
    lo, hi = known_ends(text)
    return Window(start if lo is None else lo, end if hi is None else hi, None)


class Row:
    """One row of the chronology, read."""

    def __init__(self, cells, start, end):
        def get(column):
            return (cells.get(column) or "").strip()

        self.id, self.kind = get("id"), get("kind")
        self.who, self.to, self.absent = split(get("who")), split(get("to")), split(get("absent"))
        self.concerns = split(get("concerns"))
        self.ref, self.outcome = get("ref"), get("outcome")
        self.when = window_of(get("date"), start, end)
        self.lo, self.hi = self.when.lo, self.when.hi
        self.due = plain_window(get("due")).hi if get("due") else None
        self.lost = get("received") == "no"
        self.read_later = bool(get("received_on"))
        # `moves`: when information moves in the row, which is when it was read
        self.moves = window_of(get("received_on"), start, end) if self.read_later else self.when
        self.contact = self.kind in WORD_KINDS or self.kind == "met" or (self.kind == "observed" and len(self.who) > 1)
        self.together = self.kind in ("met", "observed")
        two_way = get("two_way")
        self.two_way = not self.read_later and (two_way == "yes" if two_way else get("channel") in TWO_WAY_CHANNELS)

    def everyone(self):
        """All who took part in it."""
        return list(self.who) if self.together else list(dict.fromkeys(self.who + self.to))

    def directions(self):
        """The (from, to) pairs along which information can move in the row."""
        if not self.contact or self.lost:
            return []
        if self.together:
            return [(a, b) for a in self.who for b in self.who if a != b]
        pairs = [(a, b) for a in self.who for b in self.to if a != b]
        if self.two_way:
            pairs += [(b, a) for a, b in pairs if (b, a) not in pairs]
        return pairs

    def gives(self):
        """Who has the row's concerns on record through it: {holder: the window in which}."""
        if self.kind == "observed":
            return dict.fromkeys(self.who, self.when)
        if not self.contact:
            return {}
        given = {} if self.lost or self.together else dict.fromkeys(self.to, self.moves)
        given.update(dict.fromkeys(self.who, self.when))
        return given


class View:
    """A case, read once; every function takes it in place of the tables."""

    def __init__(self, case):
        self.case = case

        def table(name):
            return case.get(name) or []

        self.people = {row["id"]: row for row in table("people")}
        self.agency = {i: (p.get("agency") or "") for i, p in self.people.items()}
        self.professionals = {i for i, p in self.people.items() if p["kind"] == "professional"}
        self.sector = {a: "other" for a in self.agency.values() if a}
        self.sector.update({row["id"]: row.get("sector") or "other" for row in table("agencies")})
        self.concerns = {row["id"]: row for row in table("concerns")}
        self.severity = {i: int(c["severity"]) for i, c in self.concerns.items()}
        self.start, self.end = first_and_last_day(case)
        self.rows = [Row(cells, self.start, self.end) for cells in table("chronology")]
        # without the table nothing is restricted; a table without rows leaves everything unknown
        self.permissions = case.get("permissions")
        header = table("case")
        self.harm_date = (header[0].get("harm_date") or "") if header else ""

    def at(self, at):
        """The date that is asked for, or the default."""
        if at is not None:
            return at
        return plain_window(self.harm_date).lo - DAY if self.harm_date else self.end

    def group(self, one):
        """The agency that somebody counts as; themselves without one."""
        return one if one in self.sector else (self.agency[one] or one)

    def until(self, at):
        """The rows that certainly happened by then."""
        return [] if at is None else [row for row in self.rows if row.hi <= at]


def view(case):
    return case if isinstance(case, View) else View(case)


def later(row, other):
    """Is the row dated later than the other?"""
    return (row.lo if READING["later"] == "certain" else row.hi) > other.hi


# --------------------------------------------------------------------------------------------------
# 1. who knew what when
# --------------------------------------------------------------------------------------------------


def recorded(case):
    """{(holder, concern): (possibly by, certainly by)}."""
    v = view(case)
    first = {}
    for row in v.rows:
        for holder, window in row.gives().items():
            for concern in row.concerns:
                lo, hi = first.get((holder, concern), (window.lo, window.hi))
                first[holder, concern] = (min(lo, window.lo), min(hi, window.hi))
    return first


def state(first, at):
    """'certain', 'possible' or 'no record' for a pair of dates (None where there is none)."""
    if first is None or first[0] is None or first[0] > at:
        return "no record"
    return "certain" if first[1] is not None and first[1] <= at else "possible"


def held(case, at=None):
    """{holder: the concerns that they certainly have on record by then}."""
    v = view(case)
    at = v.at(at)
    holdings = {}
    for (holder, concern), (_, latest) in recorded(v).items():
        if at is not None and latest <= at:
            holdings.setdefault(holder, set()).add(concern)
    return holdings


# A moment is (day, minute); "some time that day" is minute 1440 where the same-day rule is "none".
LONG_AGO = (dt.date.min, 0)
MIDNIGHT = 1440


def seed_moment(window, dates, same_day):
    """The moment from which somebody who learnt first hand within the window knows."""
    day = window.lo if dates == "earliest" else window.hi
    if window.minute is not None:
        return (day, window.minute)
    return (day, 0 if same_day == "any" else MIDNIGHT)


def arrival(knows, row, dates, same_day):
    """The moment at which what the speaker knows since `knows` is with the others, None if it cannot be."""
    got = row.moves
    sent = got if READING["letter_written"] == "read" else row.when
    timed = sent.minute is not None
    if same_day == "any":  # a day without a time is open to every order within it
        if dates == "earliest":
            if knows > (sent.hi, sent.minute if timed else MIDNIGHT):
                return None
            moment = max(knows, (sent.lo, sent.minute or 0), (got.lo, got.minute or 0))
        else:
            if knows > (sent.lo, sent.minute if timed else MIDNIGHT):
                return None
            moment = max(knows, (got.hi, got.minute or 0))
        return moment if moment <= (got.hi, MIDNIGHT if got.minute is None else got.minute) else None
    if timed:  # "none": only what was learnt on an earlier day, or at an earlier time of it
        if knows >= (sent.lo, sent.minute):
            return None
        day = sent.lo
    elif dates == "earliest":
        day = sent.lo if knows == LONG_AGO else max(sent.lo, knows[0] + DAY)
        if day > sent.hi:
            return None
    else:
        if knows[0] >= sent.lo:
            return None
        day = sent.hi
    day = max(day, got.lo if dates == "earliest" else got.hi)
    return (day, MIDNIGHT if got.minute is None else got.minute) if day <= got.hi else None


def spread(v, rows, seeds, dates, same_day, allowed=None):
    """First moment at which a thing can be with each actor, given who has it first hand since when.

    A way that the thing takes uses a row once: in a two-way row with several recipients it cannot
    go from one recipient to the sender and from the sender to the next. The states are therefore
    (holder, the rows of that sort which the way has used).
    """
    star = {row.id for row in rows if not row.together and row.two_way and len(row.everyone()) > 2}
    if READING["through_one_row"]:
        star = set()
    best = {(holder, frozenset()): moment for holder, moment in seeds.items()}
    waiting = list(best)
    while waiting:
        holder, used = waiting.pop()
        knows = best[holder, used]
        if holder not in v.professionals and holder not in v.sector:
            continue  # the child, the family and their support pass only what is recorded
        for row in rows:
            if row.id in used:
                continue
            hearers = [b for a, b in row.directions() if a == holder and (b in v.professionals or b in v.sector)]
            for hearer in hearers:
                moment = arrival_if_allowed(knows, row, dates, same_day, holder, hearer, allowed)
                if moment is None:
                    continue
                key = (hearer, used | {row.id} if row.id in star else used)
                if key not in best or moment < best[key]:
                    best[key] = moment
                    waiting.append(key)
    first = {}
    for (holder, _), moment in best.items():
        first[holder] = min(moment, first.get(holder, moment))
    return first


def arrival_if_allowed(knows, row, dates, same_day, speaker, hearer, allowed):
    """`arrival` on the days on which it was allowed: on any of them (earliest), on all (latest)."""
    if allowed is None:
        return arrival(knows, row, dates, same_day)
    days = days_of(row.when)
    if dates == "latest":
        return arrival(knows, row, dates, same_day) if all(allowed(speaker, hearer, d) for d in days) else None
    moments = []
    for day in days:
        if allowed(speaker, hearer, day):
            one = OneDay(row, Window(day, day, row.when.minute))
            moments.append(arrival(knows, one, dates, same_day))
    return min((m for m in moments if m is not None), default=None)


class OneDay:
    """A row with its window narrowed to one day."""

    def __init__(self, row, when):
        self.when = when
        self.moves = row.moves if row.read_later else when


def days_of(window):
    return [window.lo + n * DAY for n in range((window.hi - window.lo).days + 1)]


def possible(case, dates="earliest", same_day="any", allowed=None):
    """{(holder, concern): first day} if everyone passed on all they knew."""
    v = view(case)
    contacts = [row for row in v.rows if row.contact]
    answer = {}
    for concern in v.concerns:
        seeds = {}
        for row in v.rows:
            if concern in row.concerns:
                for holder, window in row.gives().items():
                    moment = seed_moment(window, dates, same_day)
                    seeds[holder] = min(moment, seeds.get(holder, moment))
        rule = None if allowed is None else (lambda a, b, day, c=concern: allowed(a, b, c, day))
        for holder, moment in spread(v, contacts, seeds, dates, same_day, rule).items():
            answer[holder, concern] = moment[0]
    return answer


def permitted(case, dates="earliest", same_day="any", unknown=True):
    """As possible, but what is not recorded passes only where a person coded that it could lawfully.

    ``unknown=True`` is the upper bound: what nobody coded counts as permitted.
    """
    v = view(case)
    if v.permissions is None:
        return possible(v, dates, same_day)
    good = {"required", "permitted"} | ({"unknown"} if unknown else set())
    return possible(v, dates, same_day, lambda a, b, c, day: permission(v, a, b, c, day) in good)


def permission(case, sender, recipient, concern, day):
    """required, permitted, not_needed, prohibited or unknown; 'unrestricted' where there is no table."""
    v = view(case)
    if v.permissions is None:
        return "unrestricted"
    strictness = ["required", "permitted", "unknown", "not_needed", "prohibited"]

    def how_specific(pattern, one):
        agency = one if one in v.sector else v.agency[one]
        if pattern == "*":
            return 1
        if agency and pattern == agency:
            return 3
        return 2 if agency and pattern == v.sector[agency] else 0

    fitting = []
    for row in v.permissions:
        to, source = how_specific(row["to"], recipient), how_specific(row["from"], sender)
        category = row.get("category") or ""
        starts, ends = row.get("start") or "", row.get("end") or ""
        in_force = (not starts or plain_window(starts).lo <= day) and (not ends or day <= plain_window(ends).hi)
        if to and source and in_force and category in ("", v.concerns[concern]["category"]):
            fitting.append((to, source, bool(category), strictness.index(row["permission"])))
    return strictness[max(fitting)[3]] if fitting else "unknown"


def worlds(case, limit=20000):
    """Every assignment of the rows to days of their windows: [{event: day}], None if there are too many.

    An event is (row id, "sent") or, for a row that was read later, (row id, "read") besides.
    """
    v = view(case)
    events, choices, number = [], [], 1
    for row in v.rows:
        parts = [("sent", row.when)] + ([("read", row.moves)] if row.read_later else [])
        for part, window in parts:
            events.append((row.id, part))
            choices.append(days_of(window))
            number *= len(choices[-1])
    if number > limit:
        return None
    return [dict(zip(events, days, strict=True)) for days in itertools.product(*choices)]


def orders(events, minute):
    """Every order of one day's events in which those with a time of day are in the order of their times."""
    for order in itertools.permutations(events):
        times = [minute[e] for e in order if minute[e] is not None]
        sent_first = all(
            (row, "sent") in order[:n]
            for n, (row, part) in enumerate(order)
            if part == "read" and (row, "sent") in order
        )
        if times == sorted(times) and sent_first:
            yield order


def possible_by_enumeration(case, dates="earliest", same_day="any", limit=20000):
    """`possible` by acting out every assignment of days and every order within each day; None if too many.

    For ``earliest`` the answer is the first day over all worlds. For ``latest`` it is the last day over the
    assignments of days (the best order within the days, where the same-day rule is "any"); what some
    assignment never brings is left out. The rule of the definitions may be later than this, never earlier.
    """
    v = view(case)
    assignments = worlds(v, limit)
    if assignments is None:
        return None
    rows = {row.id: row for row in v.rows}
    minute = {}
    for row in v.rows:
        minute[row.id, "sent"] = row.when.minute
        if row.read_later:
            minute[row.id, "read"] = row.moves.minute
    merged = None
    budget = limit
    for days in assignments:
        if any((i, "read") in days and days[i, "read"] < days[i, "sent"] for i in rows):
            continue  # nothing is read before it was sent
        per_day = {}
        for event, day in days.items():
            per_day.setdefault(day, []).append(event)
        if same_day == "any":
            plans = [list(orders(per_day[day], minute)) for day in sorted(per_day)]
            number = 1
            for plan in plans:
                number *= len(plan)
            budget -= number
            if budget < 0:
                return None
            first = {}
            for plan in itertools.product(*plans):
                for key, day in act_out(v, rows, [[[e] for e in order] for order in plan], days).items():
                    first[key] = min(day, first.get(key, day))
        else:
            # a step brings what later steps can use; a day's untimed events use what was known that morning
            first = act_out(
                v,
                rows,
                [steps_without_same_day(per_day[day], minute) for day in sorted(per_day)],
                days,
                morning=True,
                minute=minute,
            )
        if merged is None:
            merged = dict(first)
        elif dates == "earliest":
            for key, day in first.items():
                merged[key] = min(day, merged.get(key, day))
        else:
            merged = {key: max(day, first[key]) for key, day in merged.items() if key in first}
    return merged or {}


def steps_without_same_day(events, minute):
    """One day's events in steps: those without a time last, together; those of one time together."""
    timed = sorted({minute[e] for e in events if minute[e] is not None})
    steps = [[e for e in events if minute[e] == time] for time in timed]
    return [*steps, [e for e in events if minute[e] is None]]


def act_out(v, rows, plan, days, morning=False, minute=None):
    """Play one world: the first day on which each holder knows each concern."""
    first, knowing, letters = {}, {}, {}
    for day_steps in plan:
        at_dawn = {holder: set(things) for holder, things in knowing.items()}
        for step in day_steps:
            before = {holder: set(things) for holder, things in knowing.items()}
            learnt = []
            for event in step:
                row, part = rows[event[0]], event[1]
                source = at_dawn if morning and minute[event] is None else before
                day = days[event]
                if part == "sent":
                    for holder, window in row.gives().items():
                        if window is row.when:
                            learnt += [(holder, c, day) for c in row.concerns]
                    for a, b in row.directions():
                        if all(x in v.professionals or x in v.sector for x in (a, b)):
                            if row.read_later:
                                letters[row.id, a, b] = set(source.get(a, ()))
                            else:
                                learnt += [(b, c, day) for c in source.get(a, ())]
                else:
                    for holder, window in row.gives().items():
                        if window is not row.when:
                            learnt += [(holder, c, day) for c in row.concerns]
                    for (row_id, _, b), things in letters.items():
                        if row_id == row.id:
                            learnt += [(b, c, day) for c in things]
            for holder, concern, day in learnt:
                knowing.setdefault(holder, set()).add(concern)
                first[holder, concern] = min(day, first.get((holder, concern), day))
    return first


def hops(case, at=None):
    """{(holder, concern): 0 first hand, 1 from somebody who is, 2 and more relayed}, for all who hold it."""
    v = view(case)
    at = v.at(at)
    answer = {}
    for concern in v.concerns:
        rows = [row for row in v.until(at) if concern in row.concerns]
        holders = {h for h, things in held(v, at).items() if concern in things}

        def has_another_record(one, row, rows=rows):
            """Did one see or receive it in another row by the end of this one?"""
            for other in rows:
                if other.id == row.id or one not in other.gives() or other.gives()[one].hi > row.hi:
                    continue
                if other.together or one in other.to:
                    return True
            return False

        number, passes = {}, []
        for row in rows:
            if row.kind == "observed":
                number.update(dict.fromkeys(row.who, 0))
            elif row.kind == "met":
                speakers = [one for one in row.who if has_another_record(one, row)]
                if not speakers:  # it was said there first, by one of them
                    number.update(dict.fromkeys(row.who, 0))
                passes += [(a, b) for a in speakers for b in row.who if a != b]
            elif row.kind in WORD_KINDS:
                number.update({one: 0 for one in row.who if not has_another_record(one, row)})
                if not row.lost and row.moves.hi <= at:
                    passes += [(a, b) for a in row.who for b in row.to if a != b]
        for _ in holders:  # as many rounds as there are holders suffice
            for a, b in passes:
                if a in number and number[a] + 1 < number.get(b, len(holders) + 2):
                    number[b] = number[a] + 1
        answer.update({(holder, concern): number.get(holder, 0) for holder in holders})
    return answer


# --------------------------------------------------------------------------------------------------
# the words at the head of the measures
# --------------------------------------------------------------------------------------------------


def appeared(case, at=None):
    """People and agencies that have appeared: `who` of any row, `to` of a contact row."""
    v = view(case)
    names = set()
    for row in v.until(v.at(at)):
        names.update(row.who)
        if row.kind in WORD_KINDS:
            names.update(row.to)
    return names


def actors(case, at=None):
    """Professionals who have appeared, and agencies that sent, received or attended."""
    v = view(case)
    at = v.at(at)
    in_contacts = {one for row in v.until(at) if row.contact for one in row.everyone()}
    return {p for p in appeared(v, at) if p in v.professionals} | {a for a in in_contacts if a in v.sector}


def involved(case, at=None):
    """The professionals who have appeared and have not left."""
    v = view(case)
    at = v.at(at)
    staying = set()
    for person in actors(v, at) & v.professionals:
        post_end = v.people[person].get("end") or ""
        if post_end and plain_window(post_end).hi < at:
            continue
        rows = [row for row in v.until(at) if person in row.who]
        closings = [row for row in rows if row.kind == "closed" and row.hi < at]
        others = [row for row in rows if row.kind != "closed"]
        if all(any(later(row, closing) for row in others) for closing in closings):
            staying.add(person)
    return staying


def current_worries(case, at=None):
    """The worries that are not resolved by then."""
    v = view(case)
    at = v.at(at)
    return {
        i
        for i, c in v.concerns.items()
        if c["category"] not in NOT_WORRIES
        and not (c.get("resolved") and at is not None and plain_window(c["resolved"]).hi <= at)
    }


def known_worries(case, at=None):
    """The current worries that some professional, involved or not, has on record."""
    v = view(case)
    at = v.at(at)
    by_professionals = set().union(*[things for h, things in held(v, at).items() if h in v.professionals])
    return current_worries(v, at) & by_professionals


# --------------------------------------------------------------------------------------------------
# 2. fragmentation
# --------------------------------------------------------------------------------------------------


def links(case, at=None, window=None):
    """The unordered pairs of actors between whom information could move, certainly by then."""
    v = view(case)
    at = v.at(at)
    nodes = actors(v, at)
    pairs = set()
    for row in v.until(at):
        if row.moves.hi > at or (window is not None and row.moves.hi <= at - window * DAY):
            continue
        pairs.update(frozenset(pair) for pair in row.directions() if set(pair) <= nodes)
    return pairs


def distances(nodes, pairs):
    """{(a, b): the number of steps from a to b} for all ordered pairs that are joined."""
    steps = {}
    for source in nodes:
        reached, frontier = {source: 0}, [source]
        while frontier:
            here = frontier.pop(0)
            for pair in pairs:
                if here in pair:
                    (there,) = pair - {here}
                    if there not in reached:
                        reached[there] = reached[here] + 1
                        frontier.append(there)
        steps.update({(source, target): d for target, d in reached.items() if d})
    return steps


def ordered_pairs(nodes):
    return len(nodes) * (len(nodes) - 1)


def fragmentation(case, at=None, window=None):
    """The share of pairs of actors that cannot reach each other."""
    v = view(case)
    nodes = actors(v, at)
    if len(nodes) < 2:
        return None
    return 1 - len(distances(nodes, links(v, at, window))) / ordered_pairs(nodes)


def distance_fragmentation(case, at=None, window=None):
    """1 minus the mean of 1/distance over ordered pairs."""
    v = view(case)
    nodes = actors(v, at)
    if len(nodes) < 2:
        return None
    return 1 - sum(1 / d for d in distances(nodes, links(v, at, window)).values()) / ordered_pairs(nodes)


def reaches(case, at=None, window=None, dates="earliest", same_day="any"):
    """The ordered pairs (i, j) of actors with a time-respecting path of contact rows from i to j."""
    v = view(case)
    at = v.at(at)
    nodes = actors(v, at)
    rows = [row for row in v.until(at) if row.contact and row.moves.hi <= at]
    if window is not None:
        rows = [row for row in rows if row.moves.hi > at - window * DAY]
    pairs = set()
    for i in nodes:
        for j in spread(v, rows, {i: LONG_AGO}, dates, same_day):
            if j != i and j in nodes:
                pairs.add((i, j))
    return pairs


def temporal_fragmentation(case, at=None, window=None, dates="earliest", same_day="any"):
    """1 minus the share of ordered pairs with a time-respecting path; dates="latest" is the upper bound."""
    v = view(case)
    nodes = actors(v, at)
    if len(nodes) < 2:
        return None
    return 1 - len(reaches(v, at, window, dates, same_day)) / ordered_pairs(nodes)


def agency_fragmentation(case, at=None, window=None):
    """Fragmentation with agencies as nodes."""
    v = view(case)
    nodes = {v.group(one) for one in actors(v, at)}
    pairs = {frozenset(v.group(one) for one in pair) for pair in links(v, at, window)}
    if len(nodes) < 2:
        return None
    return 1 - len(distances(nodes, {p for p in pairs if len(p) == 2})) / ordered_pairs(nodes)


def ei_index(case, at=None, window=None):
    """(external - internal) / (external + internal) over the pairs of actors in contact."""
    v = view(case)
    pairs = links(v, at, window)
    if not pairs:
        return None
    external = sum(len({v.group(one) for one in pair}) == 2 for pair in pairs)
    return (external - (len(pairs) - external)) / len(pairs)


# --------------------------------------------------------------------------------------------------
# 3. unshared concerns
# --------------------------------------------------------------------------------------------------


def concern_clusters(case, at=None):
    """A dict per cluster, most people first."""
    v = view(case)
    at = v.at(at)
    worries = known_worries(v, at)
    holdings = {
        h: things & worries
        for h, things in held(v, at).items()
        if things & worries and (h in v.professionals or h in v.sector)
    }
    joined = set()
    for row in v.until(at):
        if row.moves.hi <= at and set(row.concerns) & worries:
            joined.update(frozenset(p) for p in row.directions() if set(p) <= set(holdings))
    steps = distances(set(holdings), joined)
    parts = {frozenset([h] + [b for a, b in steps if a == h]) for h in holdings}
    clusters = []
    for part in parts:
        people = sorted(part & v.professionals)
        if not people:
            continue
        concerns = set().union(*[holdings[h] for h in part])
        kept = [c for c in concerns if sum(c in holdings[p] for p in people) == 1]
        clusters.append(
            {
                "people": people,
                "agencies": sorted({v.agency[p] for p in people if v.agency[p]} | (part - v.professionals)),
                "files": sorted(part - v.professionals),
                "concerns": sorted(concerns),
                "severity": sum(v.severity[c] for c in concerns),
                "kept": sum(v.severity[c] for c in kept),
            }
        )
    for one in clusters:
        elsewhere = {c for other in clusters if other is not one for c in other["concerns"]}
        one["only_here"] = sorted(set(one["concerns"]) - elsewhere)
    return sorted(clusters, key=lambda one: (-len(one["people"]), one["people"]))


def unshared_pairs(case, at=None):
    """Weight of the pairs of known worries that no involved professional holds together, over all pairs."""
    v = view(case)
    worries = sorted(known_worries(v, at))
    holdings, staying = held(v, at), involved(v, at)
    if len(worries) < 2:
        return None
    every = unshared = 0
    for a, b in itertools.combinations(worries, 2):
        weight = v.severity[a] * v.severity[b]
        every += weight
        if not any({a, b} <= holdings.get(person, set()) for person in staying):
            unshared += weight
    return unshared / every


def best_picture(case, at=None):
    """The largest share of the known severity that any one involved professional holds."""
    v = view(case)
    worries = known_worries(v, at)
    if not worries:
        return None
    holdings = held(v, at)
    shares = [sum(v.severity[c] for c in holdings.get(p, set()) & worries) for p in involved(v, at)]
    return max(shares, default=0) / sum(v.severity[c] for c in worries)


def exclusive_concerns(case, at=None):
    """{'exclusive', 'left_with_holders', 'on_file_only', 'family_only': sets of worries}."""
    v = view(case)
    at = v.at(at)
    holdings, staying = held(v, at), involved(v, at)
    sorts = {"exclusive": set(), "left_with_holders": set(), "on_file_only": set(), "family_only": set()}
    for worry in current_worries(v, at):
        holders = {h for h, things in holdings.items() if worry in things}
        if len(holders & staying) == 1:
            sorts["exclusive"].add(worry)
        elif holders & v.professionals and not holders & staying:
            sorts["left_with_holders"].add(worry)
        elif holders and holders <= set(v.sector):
            sorts["on_file_only"].add(worry)
        elif holders and holders <= set(v.people) - v.professionals:
            sorts["family_only"].add(worry)
    return sorts


def smallest_meeting(case, at=None):
    """The fewest professionals who together hold every known worry; those who have left may be invited."""
    v = view(case)
    worries = known_worries(v, at)
    if not worries:
        return None
    offers = [things & worries for h, things in held(v, at).items() if h in v.professionals and things & worries]
    return fewest(frozenset(worries), offers)


def fewest(wanted, offers):
    """The fewest offers that together have all that is wanted: try each holder of the rarest thing."""
    if not wanted:
        return 0
    rarest = min(sorted(wanted), key=lambda c: sum(c in offer for offer in offers))
    useful = {frozenset(offer & wanted) for offer in offers if rarest in offer}
    useful = {offer for offer in useful if not any(offer < other for other in useful)}
    return 1 + min(fewest(wanted - offer, offers) for offer in sorted(useful, key=sorted))


def fewest_by_all_combinations(case, at=None):
    """`smallest_meeting` by trying every combination, for small cases."""
    v = view(case)
    worries = known_worries(v, at)
    if not worries:
        return None
    people = {h: things & worries for h, things in held(v, at).items() if h in v.professionals}
    for size in range(1, len(people) + 1):
        for group in itertools.combinations(people.values(), size):
            if set().union(*group) == worries:
                return size
    raise AssertionError("every known worry has a holder")


def missed_opportunities(case, at=None, grace_days=GRACE_DAYS, unknown=True):
    """The set of (row, worry, agency) that were missed; ``unknown=False`` gives the lower bound."""
    v = view(case)
    at = v.at(at)
    first = recorded(v)
    missed = set()
    groups = {v.group(p) for p in v.professionals}
    for worry in known_worries(v, at):
        for group in groups:
            members = [one for one in [*v.people, *v.sector] if v.group(one) == group]
            has_it_by = min((first[m, worry][1] for m in members if (m, worry) in first), default=None)

            def nobody_has_it(day, has_it_by=has_it_by):
                return has_it_by is None or has_it_by > day

            chances = []
            for row in v.until(at):
                if row.moves.hi > at or not nobody_has_it(row.moves.hi):
                    continue
                for a, b in row.directions():
                    holds = a in v.professionals and (a, worry) in first and first[a, worry][1] <= row.lo
                    if not holds or b not in v.professionals or v.group(b) != group:
                        continue
                    answer = permission(v, a, b, worry, row.lo)
                    if answer in ("prohibited", "not_needed") or (answer == "unknown" and not unknown):
                        continue
                    chances.append((row.lo if READING["opportunity_day"] == "first" else row.hi, row.id))
            if not chances:
                continue
            day = min(chances)[0]
            deadline = day + grace_days * DAY
            if deadline <= at and nobody_has_it(deadline):
                missed.update((row_id, worry, group) for d, row_id in chances if d == day)
    return missed


def count_missed(case, at=None, **kwargs):
    """The number of different contact rows among the missed opportunities."""
    return len({row for row, _, _ in missed_opportunities(case, at, **kwargs)})


# --------------------------------------------------------------------------------------------------
# 4. diffusion of responsibility
# --------------------------------------------------------------------------------------------------


def informed(case, worry, at=None):
    """The involved professionals who have the worry on record."""
    v = view(case)
    holdings = held(v, at)
    return {person for person in involved(v, at) if worry in holdings.get(person, set())}


def is_owned(case, worry, at=None):
    """Is there a live action with an informed owner, or a completed one that still stands?"""
    v = view(case)
    at = v.at(at)
    rows = v.until(at)
    for action in rows:
        if action.kind != "agreed" or worry not in action.concerns:
            continue
        completed = [r for r in rows if r.kind == "done" and r.ref == action.id and r.outcome in ("", "completed")]
        if completed:
            if stands(v, worry, min(completed, key=lambda r: r.hi), rows):
                return True
            continue
        agreed_on = action.hi if READING["undated_from"] == "last" else action.lo
        last_day = action.due or agreed_on + OPEN_ENDED_DAYS * DAY
        if last_day >= at and set(action.who) & informed(v, worry, at):
            return True
    return False


def stands(v, worry, done, rows):
    """Has nobody seen the worry again, brought it up, or left it to others since the action was completed?"""
    for row in rows:
        if worry not in row.concerns:
            continue
        from_outside = any(p in v.people and p not in v.professionals for p in row.who)
        if row.kind == "observed" and later(row, done):
            return False
        if row.kind in ("told", "asked") and from_outside and later(row, done):
            return False
        from_then_on = (row.lo if READING["later"] == "certain" else row.hi) >= done.hi
        if row.kind == "assumed" and set(row.who) & v.professionals and from_then_on:
            return False
    return True


def others_seen(case, person, at=None):
    """The professionals and agencies that a professional can see around the child."""
    v = view(case)
    at = v.at(at)
    seen = set()
    for row in v.until(at):
        if row.contact:
            took_part = person in row.who or (
                person in row.to and not row.together and not row.lost and row.moves.hi <= at
            )
            if took_part:
                seen.update(row.everyone())
                if READING["absent_is_seen"]:
                    seen.update(row.absent)
        if row.kind == "assumed" and person in row.who:
            seen.update(row.to)
        if row.kind == "opened" and person in row.to:
            seen.update(row.who)
    people = (seen & v.professionals) - {person}
    files = {a for a in seen & set(v.sector) if a != v.agency[person] and not any(v.agency[p] == a for p in people)}
    return people | files


def standing_assumption(case, person, worry, at=None):
    """Does the person have it on record, unrevised, that somebody else has the worry in hand?"""
    v = view(case)
    at = v.at(at)
    rows = v.until(at)
    first = recorded(v)
    for belief in rows:
        if belief.kind != "assumed" or person not in belief.who:
            continue
        if belief.concerns:
            about_it = worry in belief.concerns
        else:
            about_it = (person, worry) in first and first[person, worry][1] <= belief.hi
        if not about_it:
            continue
        acted = any(
            person in row.who
            and worry in row.concerns
            and row.kind in ("told", "asked", "met", "agreed")
            and later(row, belief)
            for row in rows
        )
        if not acted:
            return True
    return False


def diffusion_index(case, worry, at=None, model="division_of_impact"):
    """The index of one known worry; None where it is not defined."""
    v = view(case)
    if is_owned(v, worry, at):
        return 0.0
    severity = v.severity[worry]
    felt, factors = [], []
    for person in informed(v, worry, at):
        n = len(others_seen(v, person, at))
        leaves_it = standing_assumption(v, person, worry, at)
        if n == 0 and not leaves_it:
            continue  # a sole holder has nobody to leave it to
        felt.append(0.0 if leaves_it else (1 + n) ** -DILUTION[severity])
        factors.append(1.0 if leaves_it else GAMMA[severity] ** (1 / n))
    if not felt:
        return None
    if model == "division_of_impact":
        return 1 - max(felt)
    product = 1.0
    for factor in factors:
        product *= factor
    return product


def diffusion_by_worry(case, at=None, model="division_of_impact"):
    """{known worry: (index or None, owned or not)}."""
    v = view(case)
    return {c: (diffusion_index(v, c, at, model), is_owned(v, c, at)) for c in sorted(known_worries(v, at))}


def diffusion(case, at=None, model="division_of_impact"):
    """The severity-weighted mean of the index where it is defined."""
    v = view(case)
    pairs = [(v.severity[c], i) for c, (i, _) in diffusion_by_worry(v, at, model).items() if i is not None]
    return sum(w * i for w, i in pairs) / sum(w for w, _ in pairs) if pairs else None


def unowned_concerns(case, at=None):
    """The known worries that are not owned."""
    v = view(case)
    return {c for c in known_worries(v, at) if not is_owned(v, c, at)}


def unowned_share(case, at=None):
    """Severity of the known worries that are not owned over that of all known worries."""
    v = view(case)
    worries = known_worries(v, at)
    if not worries:
        return None
    return sum(v.severity[c] for c in unowned_concerns(v, at)) / sum(v.severity[c] for c in worries)


def circular_assumptions(case, at=None):
    """The groups of two or more agencies that count on each other in a circle.

    A professional without an agency counts as an agency of their own; child, family and support
    without one are no agencies and are left out.
    """
    v = view(case)
    counts_on = set()
    for row in v.until(v.at(at)):
        if row.kind == "assumed":
            for a, b in itertools.product(row.who, row.to):
                if all(x in v.professionals or v.group(x) in v.sector for x in (a, b)):
                    counts_on.add((v.group(a), v.group(b)))
    nodes = {x for pair in counts_on for x in pair}
    reach = {x: {x} for x in nodes}
    for _ in nodes:
        for a, b in counts_on:
            for x in nodes:
                if a in reach[x]:
                    reach[x].add(b)
    groups = {frozenset(y for y in nodes if y in reach[x] and x in reach[y]) for x in nodes}
    return {group for group in groups if len(group) > 1}


def scores(case, at=None):
    """All headline numbers, in the order of the public surface; None where not defined."""
    v = view(case)
    at = v.at(at)
    names = appeared(v, at)
    people = names & set(v.people)
    rows = v.until(at)
    return {
        "people": len(people),
        "professionals": len(people & v.professionals),
        "agencies": len({v.agency[p] for p in people if v.agency[p]} | (names & set(v.sector))),
        "concerns": len(set().union(*held(v, at).values())),
        "contacts": sum(row.kind in WORD_KINDS for row in rows),
        "meetings": sum(row.kind == "met" for row in rows),
        "fragmentation": fragmentation(v, at),
        "distance_fragmentation": distance_fragmentation(v, at),
        "temporal_fragmentation": temporal_fragmentation(v, at),
        "agency_fragmentation": agency_fragmentation(v, at),
        "ei_index": ei_index(v, at),
        "concern_clusters": len(concern_clusters(v, at)),
        "unshared_pairs": unshared_pairs(v, at),
        "best_picture": best_picture(v, at),
        "exclusive_concerns": len(exclusive_concerns(v, at)["exclusive"]),
        "smallest_meeting": smallest_meeting(v, at),
        "diffusion": diffusion(v, at),
        "unowned_share": unowned_share(v, at),
        "unowned_concerns": len(unowned_concerns(v, at)),
        "circular_assumptions": len(circular_assumptions(v, at)),
        "missed_opportunities": count_missed(v, at),
    }
