"""A case, read: dates, rows, people, and the words at the head of the measures.

Everything starts with ``view(case, at, **rules)``: the case as it stood at a date, under the conventions that
are asked for. The other chapters take such a view (or the plain tables) and ask the questions.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

DAY = dt.timedelta(days=1)
END_OF_TIME = dt.date.max

RULES = {
    "dates": "latest",  # a row counts on its latest day ("latest": certainly by) or its earliest ("possibly by")
    "same_day": "any",  # "any": a day without times is closed under passing on; "none": nothing is passed on that day
    "weights": (1, 2, 3, 4),  # of a worry, by severity 1 to 4
    "dilution": (1.0, 0.8, 0.65, 0.5),  # t of the division of impact, by severity
    "dilemma": (0.8, 0.6, 0.4, 0.2),  # gamma of the volunteer's dilemma, by severity
    "open_ended_days": 42,
    "plan_days": 100,
    "settled_days": 28,
    "intake_days": 7,
    "after_closing_days": 28,
    "grace_days": 7,
    "recent_days": 100,
    "unconfirmed": "counts",  # or "does_not_count": a one-way row that nobody confirmed is only sent
    "who_counts": ("professional",),  # the kinds of people who are counted as professionals
}

NOT_WORRIES = {"reassurance", "strength"}
WORD_KINDS = ("told", "asked", "declined")
ADDRESSED_KINDS = ("decided", "disagreed", "opened", "closed")  # contact rows where somebody stands in `to`
TWO_WAY_CHANNELS = {"phone", "face_to_face", "visit", "video", "meeting"}
ONE_WAY_CHANNELS = {"letter", "fax", "email", "referral", "report", "message", "file"}
NOT_DONE_BY_WHO = ("expected", "needed")  # rows in which nobody did anything
NOT_AN_ACT = ("expected", "needed", "assumed", "believed")  # rows that confirm nothing


# --------------------------------------------------------------------------------------------------
# reading cells
# --------------------------------------------------------------------------------------------------


def load(folder):
    """All CSV files of a folder as a dict of tables."""

    def text(cell):
        guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r'"
        return cell[1:] if guarded else cell

    tables = {}
    for path in sorted(Path(folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = [{k: text(v or "") for k, v in row.items()} for row in csv.DictReader(file)]
    return tables


def split(cell):
    """The parts of a list cell, without repeats."""
    parts = (cell or "").replace("\r", "\n").replace("\n", ";").split(";")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def word(cell):
    """A code word as the format writes it."""
    return (cell or "").strip().lower().replace("-", "_").replace(" ", "_")


class Window(NamedTuple):
    """The days between which something happened."""

    lo: dt.date  # first day
    hi: dt.date  # last day
    minute: int | None = None  # of the day, where a time is given


def plain_window(text):
    """A day, a day with a time, a month or a year."""
    text = text.strip()
    if "T" in text:
        text, clock = text.split("T")
        hours, minutes = clock.split(":")[:2]
        day = dt.date.fromisoformat(text)
        return Window(day, day, int(hours) * 60 + int(minutes))
    numbers = [int(n) for n in text.split("-")]
    if len(numbers) == 1:
        return Window(dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31))
    if len(numbers) == 2:
        year, month = numbers
        return Window(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    day = dt.date(*numbers)
    return Window(day, day)


def given_ends(text):
    """The windows of the two ends of an interval; None for an end that is open."""
    return [None if end.strip() in ("", "..") else plain_window(end) for end in text.split("/")]


def given_days(text):
    """Every day that a date cell gives at its ends, a month or a year with its first and its last."""
    ends = given_ends(text) if "/" in text else [plain_window(text)]
    return [day for end in ends if end for day in (end.lo, end.hi)]


def first_and_last_day(case):
    """The case's own first and last day: the earliest and the latest that the chronology's dates give."""
    days = [day for row in case.get("chronology") or [] for day in given_days(row["date"])]
    return (min(days), max(days)) if days else (None, None)


def window_of(text, start, end):
    """The window of a date cell; an open end closes at the case's first or last day, or beyond if it must."""
    if "/" not in text:
        return plain_window(text)
    left, right = given_ends(text)
    if left and right:
        return Window(left.lo, right.hi)
    if left:
        return Window(left.lo, max(end, left.hi))
    if right:
        return Window(min(start, right.lo), right.hi)
    return Window(start, end)


# --------------------------------------------------------------------------------------------------
# a row of the chronology
# --------------------------------------------------------------------------------------------------


class Row:
    """One row of the chronology, read. Who is lost on the way (`unconfirmed`) is asked of the view."""

    def __init__(self, cells, place, start, end):
        def get(column):
            return (cells.get(column) or "").strip()

        self.cells = cells
        self.id, self.kind = get("id") or f"r{place}", word(get("kind"))
        self.who, self.to, self.present = split(get("who")), split(get("to")), split(get("present"))
        self.absent, self.concerns, self.about = split(get("absent")), split(get("concerns")), split(get("about"))
        self.ref, self.disputes = split(get("ref")), split(get("disputes"))
        self.seen, self.channel, self.outcome = word(get("seen")), word(get("channel")), word(get("outcome"))
        self.reason, self.complete = word(get("reason")), word(get("complete"))
        self.rule, self.summary, self.source = get("rule"), get("summary"), get("source")
        self.count = int(get("count") or 1)

        self.together = self.kind in ("met", "observed")
        self.contact = (
            self.kind in (*WORD_KINDS, "met")
            or (self.kind == "observed" and (len(self.who) > 1 or bool(self.present)))
            or (self.kind in ADDRESSED_KINDS and bool(self.to))
        )

        self.when = window_of(get("date"), start, end)  # when it happened; of a letter, when it was sent
        self.lo, self.hi, self.minute = self.when
        self.due = window_of(get("due"), start, end).hi if get("due") else None
        self.lost = word(get("received")) == "no"
        self.received = word(get("received"))
        self.read_later = self.contact and not self.together and bool(get("received_on"))
        # `read`: when it is with the recipients. What is read before it was sent is read as early as it can be.
        self.read = self.when
        if self.read_later:
            read = window_of(get("received_on"), start, end)
            minute = read.minute if read.hi >= self.lo else None
            if minute is not None and self.minute is not None and read.hi == self.lo:
                minute = max(minute, self.minute)
            self.read = Window(max(read.lo, self.lo), max(read.hi, self.lo), minute)

        two_way = word(get("two_way"))
        if self.together:
            self.two_way = True
        elif self.read_later:
            self.two_way = False
        elif two_way:
            self.two_way = two_way == "yes"
        else:
            self.two_way = self.kind == "disagreed" or self.channel in TWO_WAY_CHANNELS

    def __repr__(self):
        return f"<{self.id} {self.lo}..{self.hi} {self.kind}>"

    def everyone(self):
        """All who are named as taking part in it or being in the room (`absent` apart)."""
        to = self.to if self.contact and not self.together else []
        present = self.present if self.contact else []
        return list(dict.fromkeys(self.who + to + present))

    def speakers(self):
        """Who speaks in a contact row: who sends, and who answers where it is two-way."""
        return list(dict.fromkeys(self.who + (self.to if self.two_way and not self.together else [])))

    def reaches(self, person):
        """Whom a contact row reaches from one of its `who`."""
        others = self.who if self.together else self.to
        return [one for one in dict.fromkeys(others + self.present) if one != person]


def later(row, other):
    """Is the row later-dated than the other? A row is dated on its last day."""
    return row.hi > other.hi


def on_or_after(row, other):
    """Is the row dated on or after the other?"""
    return row.hi >= other.hi


# --------------------------------------------------------------------------------------------------
# the case at a date
# --------------------------------------------------------------------------------------------------


class View:
    """A case at a date, under the conventions that are asked for."""

    def __init__(self, case, at=None, **rules):
        unknown = set(rules) - set(RULES)
        assert not unknown, f"no such convention: {sorted(unknown)}"
        self.case, self.rules = case, {**RULES, **rules}

        self.people = {row["id"]: row for row in self.table("people")}
        self.kind = {i: word(p["kind"]) for i, p in self.people.items()}
        self.agency = {i: (p.get("agency") or "").strip() for i, p in self.people.items()}
        self.remit = {i: word(p.get("remit")) or "works_with" for i, p in self.people.items()}
        self.professionals = {i for i, kind in self.kind.items() if kind in self.rules["who_counts"]}
        self.children = [i for i, kind in self.kind.items() if kind == "child"]
        self.sector = {a: "other" for a in self.agency.values() if a}
        self.sector.update({row["id"]: word(row.get("sector")) or "other" for row in self.table("agencies")})
        self.agencies = set(self.sector)

        self.concerns = {row["id"]: row for row in self.table("concerns")}
        self.category = {i: word(c["category"]) for i, c in self.concerns.items()}
        self.severity = {i: int(c["severity"]) for i, c in self.concerns.items()}
        self.every_worry = {i for i, category in self.category.items() if category not in NOT_WORRIES}
        self.weight = {i: self.rules["weights"][self.severity[i] - 1] for i in self.every_worry}

        self.start, self.end = first_and_last_day(case)
        self.every_row = [Row(c, n, self.start, self.end) for n, c in enumerate(self.table("chronology"), start=1)]
        self.row = {row.id: row for row in self.every_row}
        header = (self.table("case") or [{}])[0]
        self.harm_date = (header.get("harm_date") or "").strip()
        self.at = self.default_at() if at is None else as_date(at)

    def table(self, name):
        """A table as a list, empty where there is none."""
        return self.case.get(name) or []

    def default_at(self):
        """The day before the harm, otherwise the last day."""
        if self.harm_date:
            return window_of(self.harm_date, self.start, self.end).lo - DAY
        return self.end

    def on(self, at, **rules):
        """The same case at another date, or under other conventions."""
        return View(self.case, at, **{**self.rules, **rules})

    # --- dates and rows ---------------------------------------------------------------------------

    def day(self, window):
        """The day on which a window (or a row) counts: its last, or its first with dates="earliest"."""
        return window.hi if self.rules["dates"] == "latest" else window.lo

    @cached_property
    def rows(self):
        """The rows that count by `at`, in the order of the file."""
        return [] if self.at is None else [row for row in self.every_row if self.day(row) <= self.at]

    def window(self, cell):
        """The window of any other date cell (start, end, resolved, ...); None where it is empty."""
        cell = (cell or "").strip()
        return window_of(cell, self.start, self.end) if cell else None

    def abouts(self, row):
        """The children whom a row is about; `about` empty = every child."""
        return set(row.about) or set(self.children)

    # --- parties ------------------------------------------------------------------------------------

    def group(self, one):
        """The agency that somebody counts as; themselves without one."""
        return one if one in self.agencies else (self.agency[one] or one)

    def members(self, agency):
        """The people of an agency."""
        return {i for i, a in self.agency.items() if a == agency}

    def party(self, one):
        """Somebody and, of an agency, its people."""
        return {one} | (self.members(one) if one in self.agencies else set())

    # --- where information moves ------------------------------------------------------------------

    def unconfirmed(self, row, recipient):
        """Is it a one-way row of paper of which this recipient's own rows by `at` say nothing?"""
        if not row.contact or row.together or row.two_way or recipient not in row.to:
            return False
        if row.channel not in ONE_WAY_CHANNELS or row.received or row.read_later:
            return False
        for other in self.rows:
            if other.id == row.id or other.kind in NOT_AN_ACT or not on_or_after(other, row):
                continue
            if not self.party(recipient) & set(other.who):
                continue
            if row.id in other.ref or set(row.concerns) & set(other.concerns):
                return False
        return True

    def arrives(self, row, one):
        """Does what is said in a contact row come to somebody who stands in `to` or `present`?"""
        if row.lost:
            return False
        if self.rules["unconfirmed"] == "counts" or row.together:
            return True
        if one in row.to:
            return not self.unconfirmed(row, one)
        return not row.to or not all(self.unconfirmed(row, recipient) for recipient in row.to)

    def moves(self, row):
        """The (from, to) pairs along which information can move in the row, at whatever date."""
        if not row.contact or row.lost:
            return []
        if row.together:
            pairs = [(a, b) for a in row.who for b in row.who if a != b]
        else:
            pairs = [(a, b) for a in row.who for b in row.to if a != b and self.arrives(row, b)]
            if row.two_way:
                pairs += [(b, a) for a, b in pairs]
        hearers = [one for one in row.present if self.arrives(row, one)]
        pairs += [(a, b) for a in row.speakers() for b in hearers if a != b]
        return list(dict.fromkeys(pairs))

    def moved(self, row):
        """The pairs along which information could move by `at`: `moves`, if the row was also read by then."""
        if self.at is None or self.day(row) > self.at or self.day(row.read) > self.at:
            return []
        return self.moves(row)

    # --- the recorded world -----------------------------------------------------------------------

    def gives(self, row):
        """{who has the row's concerns on record through it: the window in which}."""
        given = {}
        if row.kind in ("observed", "met"):
            return dict.fromkeys(row.who + row.present, row.when)
        if row.contact:
            given = {one: row.read for one in row.to + row.present if self.arrives(row, one)}
        if row.contact or row.kind in ("decided", "disagreed", "withheld"):
            given.update(dict.fromkeys(row.who, row.when))
        return given

    @cached_property
    def entries(self):
        """{(holder, concern): [(row, window), ...]}: all rows of the case by which it came on their record."""
        found = {}
        for row in self.every_row:
            for holder, window in self.gives(row).items():
                for concern in row.concerns:
                    found.setdefault((holder, concern), []).append((row, window))
        return found

    @cached_property
    def first(self):
        """{(holder, concern): (possibly by, certainly by)}: the recorded world, over all the case."""
        return {key: (min(w.lo for _, w in found), min(w.hi for _, w in found)) for key, found in self.entries.items()}

    def known_on(self, holder, concern):
        """The day from which somebody has a concern on record (by `dates`); None if never."""
        days = self.first.get((holder, concern))
        return None if days is None else days[1 if self.rules["dates"] == "latest" else 0]

    def has(self, holder, concern, day=None):
        """Does somebody have a concern on record by a day (default `at`)?"""
        known = self.known_on(holder, concern)
        day = self.at if day is None else day
        return known is not None and day is not None and known <= day

    @cached_property
    def held(self):
        """{holder: the concerns that they have on record by `at`}."""
        holdings = {}
        for holder, concern in self.first:
            if self.has(holder, concern):
                holdings.setdefault(holder, set()).add(concern)
        return holdings

    def holders(self, concern):
        """Who has it on record by `at`: people of every kind, and agencies."""
        return {holder for holder, things in self.held.items() if concern in things}

    # --- the words at the head of the measures ----------------------------------------------------

    @cached_property
    def appeared(self):
        """People and agencies who have appeared: `who` of a row, `to` or `present` of a contact row."""
        names = set()
        for row in self.rows:
            if row.kind not in NOT_DONE_BY_WHO:
                names.update(row.who)
            names.update(row.everyone() if row.contact else [])
        return names

    @cached_property
    def actors(self):
        """Professionals who have appeared; agencies that sent, received, attended or kept on file."""
        agencies = set()
        for row in self.rows:
            if row.contact:
                agencies.update(row.everyone())
            if row.kind in ("observed", "decided", "disagreed"):
                agencies.update(row.who)
        return (self.appeared & self.professionals) | (agencies & self.agencies)

    @cached_property
    def involved(self):
        """The professionals who have appeared and have not left."""
        return {person for person in self.actors & self.professionals if not self.has_left(person)}

    def has_left(self, person):
        """Did their post end before `at`, or did they close to every child and not come back?"""
        post = self.window(self.people[person].get("end"))
        if post and post.hi < self.at:
            return True
        own = [row for row in self.rows if person in row.who]
        closings = [row for row in own if row.kind == "closed" and self.day(row) < self.at]
        return any(
            self.completes(closing, closings)
            and not any(later(row, closing) and self.brings_back(person, row) for row in own)
            for closing in closings
        )

    def completes(self, closing, closings):
        """Is it the one with which some of these `closed` rows together are about every child?

        A row about one child is not, where those before it were about every child without it: who opened again
        to every child and then closed to one of them has not left.
        """
        children = set(self.children)
        missing = children - self.abouts(closing)
        if not missing:
            return True
        before = [row for row in closings if row is not closing and on_or_after(closing, row)]
        return any(
            missing <= set().union(*[self.abouts(row) for row in before if child not in self.abouts(row)])
            for child in self.abouts(closing) & children
        )

    def brings_back(self, person, row):
        """Is it a row that shows somebody involved who had closed before?"""
        if row.kind == "opened":
            return True
        if row.kind in ("closed", "withheld", *NOT_AN_ACT):
            return False
        if (self.at - self.day(row)).days > self.rules["after_closing_days"]:
            return False
        if row.contact and row.kind != "observed":
            return any(self.group(one) != self.group(person) for one in row.reaches(person))
        return True

    # --- worries ------------------------------------------------------------------------------------

    def is_resolved(self, concern):
        """Is it resolved by `at`, and not observed on a later day by then?"""
        resolved = self.window(self.concerns[concern].get("resolved"))
        if resolved is None or self.at is None or resolved.hi > self.at:
            return False
        return not any(r.kind == "observed" and concern in r.concerns and r.hi > resolved.hi for r in self.rows)

    @cached_property
    def current(self):
        """The worries that are not resolved at `at`, known or not."""
        return {c for c in self.every_worry if not self.is_resolved(c)}

    @cached_property
    def ever_known(self):
        """The worries that a professional, involved or not, has on record by `at`, resolved or not."""
        return {c for c in self.every_worry if self.holders(c) & self.professionals}

    @cached_property
    def known(self):
        """The worries known at `at`: on a professional's record by then, and not resolved."""
        return self.ever_known & self.current


def as_date(at):
    """A date, also from its text (a day)."""
    return dt.date.fromisoformat(at) if isinstance(at, str) else at


def view(case, at=None, **rules):
    """The case at a date; a view that is given is taken as it is where nothing else is asked for."""
    if isinstance(case, View):
        return case if at is None and not rules else case.on(case.at if at is None else at, **rules)
    return View(case, at, **rules)
