"""Who knew what when: the recorded, the possible and the permitted world, and how first-hand it was."""

from __future__ import annotations

import datetime as dt
import itertools

from .model import DAY, Window, view, word

MIDNIGHT = 1440  # the end of a day, in minutes
LONG_AGO = (dt.date.min, 0)
NUMBERLESS = 10**6

STRICTNESS = ["required", "permitted", "unknown", "not_needed", "prohibited"]


# --------------------------------------------------------------------------------------------------
# three worlds: {(holder, concern): first day}
# --------------------------------------------------------------------------------------------------


def first_known(case, world="recorded", dates="latest", same_day="any", unknown=True):
    """First-known day of every (holder, concern) over the whole case, in one of the three worlds.

    ``unknown`` is of the permitted world: whether what nobody coded counts as permitted (the upper bound).
    """
    v = view(case)
    if world == "recorded":
        return {key: days[0 if dates == "earliest" else 1] for key, days in v.first.items()}
    if world == "possible":
        return possible(v, dates, same_day)
    return permitted(v, dates, same_day, unknown)


def possible(case, dates="earliest", same_day="any", allowed=None):
    """{(holder, concern): first day}, if every actor passed on all they knew.

    ``allowed(speaker, hearer, concern, day)`` may restrict the passings that are not recorded.
    """
    v = view(case)
    answer = {}
    for concern in v.concerns:
        seeds = {}
        for (holder, what), found in v.entries.items():
            if what == concern:
                seeds[holder] = min(seed_moment(window, dates, same_day) for _, window in found)
        rule = None if allowed is None else (lambda a, b, day, c=concern: allowed(a, b, c, day))
        for holder, moment in spread(v, v.every_row, seeds, dates, same_day, rule).items():
            answer[holder, concern] = moment[0]
    return answer


def permitted(case, dates="earliest", same_day="any", unknown=True):
    """As possible, but what is not recorded passes only where somebody coded that it could lawfully."""
    v = view(case)
    good = {"unrestricted", "required", "permitted"} | ({"unknown"} if unknown else set())
    return possible(v, dates, same_day, lambda a, b, c, day: permission(v, a, b, c, day) in good)


def permission(case, sender, recipient, concern, day):
    """required, permitted, unknown, not_needed, prohibited; 'unrestricted' where nothing is needed."""
    v = view(case)
    rows = v.case.get("permissions")
    if rows is None:
        return "unrestricted"

    def agency_of(one):
        return one if one in v.agencies else v.agency[one]

    def how_specific(pattern, one):
        agency = agency_of(one)
        if pattern == "*":
            return 1
        if agency and pattern == agency:
            return 3
        return 2 if agency and word(pattern) == v.sector[agency] else 0

    fitting, names_it_twice = [], False
    for row in rows:
        to, source = how_specific(row["to"], recipient), how_specific(row["from"], sender)
        category = word(row.get("category"))
        start, end = v.window(row.get("start")), v.window(row.get("end"))
        in_force = (start is None or start.lo <= day) and (end is None or day <= end.hi)
        if to and source and in_force and category in ("", v.category[concern]):
            fitting.append((to, source, bool(category), STRICTNESS.index(word(row["permission"]))))
            names_it_twice = names_it_twice or to == source == 3
    if agency_of(sender) and agency_of(sender) == agency_of(recipient) and not names_it_twice:
        return "unrestricted"
    return STRICTNESS[max(fitting)[3]] if fitting else "unknown"


def state(case, holder, concern, at=None, world="recorded", same_day="any"):
    """'certain', 'possible' or 'no record': a cell of the who-knew-what table."""
    v = view(case, at)
    key = (holder, concern)
    if first_known(v, world, "latest", same_day).get(key, dt.date.max) <= v.at:
        return "certain"
    if first_known(v, world, "earliest", same_day).get(key, dt.date.max) <= v.at:
        return "possible"
    return "no record"


# --------------------------------------------------------------------------------------------------
# how a thing travels along contact rows
# --------------------------------------------------------------------------------------------------
#
# A moment is (day, minute). "Some time on that day" is minute 0 where a day without times is closed under
# passing on (anything may have come before anything), and the end of the day where nothing is passed on that day.


def seed_moment(window, dates, same_day):
    """The moment from which somebody who has it on record within the window knows."""
    day = window.lo if dates == "earliest" else window.hi
    if window.minute is not None:
        return (day, window.minute)
    return (day, 0 if same_day == "any" else MIDNIGHT)


def arrival(knows, sent, read, dates, same_day):
    """When is what the speaker knows since `knows` with the hearer, of a row of that window? None if it cannot be.

    ``sent`` and ``read`` are the same window unless it is a letter that was read on another day.
    """
    if same_day == "any":
        until = MIDNIGHT if sent.minute is None else sent.minute
        if knows > (sent.hi if dates == "earliest" else sent.lo, until):
            return None
        read_on = read.lo if dates == "earliest" else read.hi
        moment = max(knows, (sent.lo, sent.minute or 0), (read_on, read.minute or 0))
        return moment if moment <= (read.hi, MIDNIGHT if read.minute is None else read.minute) else None
    # same_day "none": only what was learnt on an earlier day, or at an earlier time of it
    if sent.minute is not None:
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
    day = max(day, read.lo if dates == "earliest" else read.hi)
    return (day, MIDNIGHT if read.minute is None else read.minute) if day <= read.hi else None


def arrival_if_allowed(knows, row, dates, same_day, speaker, hearer, allowed):
    """`arrival`, with leave to pass it on some day of the window (earliest) or on every day of it (latest)."""
    if allowed is None:
        return arrival(knows, row.when, row.read, dates, same_day)
    days = days_of(row.when)
    if dates == "latest":
        if not all(allowed(speaker, hearer, day) for day in days):
            return None
        return arrival(knows, row.when, row.read, dates, same_day)
    moments = []
    for day in days:
        if allowed(speaker, hearer, day):
            sent = Window(day, day, row.minute)
            moments.append(arrival(knows, sent, row.read if row.read_later else sent, dates, same_day))
    return min((moment for moment in moments if moment is not None), default=None)


def days_of(window):
    """Every day of a window."""
    return [window.lo + n * DAY for n in range((window.hi - window.lo).days + 1)]


def spread(v, rows, seeds, dates, same_day, allowed=None):
    """First moment at which a thing can be with each holder, given who has it on record since when.

    Only professionals and agencies pass on and receive what is not recorded. A way that the thing takes uses
    a two-way row of more than two only once: it cannot go from one recipient to the sender and, in the same
    row, from the sender to another. So a state is (holder, such rows as the way has used).
    """
    channels = v.professionals | v.agencies
    moves = {row.id: [(a, b) for a, b in v.moves(row) if a in channels and b in channels] for row in rows}
    once = {row.id for row in rows if not row.together and row.two_way and len(row.everyone()) > 2}
    best = {(holder, frozenset()): moment for holder, moment in seeds.items()}
    waiting = list(best)
    while waiting:
        holder, used = waiting.pop(0)
        knows = best[holder, used]
        for row in rows:
            if row.id in used:
                continue
            for speaker, hearer in moves[row.id]:
                if speaker != holder:
                    continue
                moment = arrival_if_allowed(knows, row, dates, same_day, speaker, hearer, allowed)
                key = (hearer, used | {row.id} if row.id in once else used)
                if moment is not None and (key not in best or moment < best[key]):
                    best[key] = moment
                    waiting.append(key)
    first = {}
    for (holder, _), moment in best.items():
        first[holder] = min(moment, first.get(holder, moment))
    return first


# --------------------------------------------------------------------------------------------------
# the possible world a second time: by acting out every choice of days
# --------------------------------------------------------------------------------------------------


def worlds(case, limit=20000):
    """Every assignment of the rows to days of their windows: [{event: day}], None if there are too many.

    An event is (row id, "sent") or, for a row that was read on another day, (row id, "read") besides.
    """
    v = view(case)
    events, choices, number = [], [], 1
    for row in v.every_row:
        for part, window in [("sent", row.when), *([("read", row.read)] if row.read_later else [])]:
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
    minute = {}
    for row in v.every_row:
        minute[row.id, "sent"] = row.when.minute
        minute[row.id, "read"] = row.read.minute
    merged = None
    budget = limit
    for days in assignments:
        if any((i, "read") in days and days[i, "read"] < days[i, "sent"] for i in v.row):
            continue  # nothing is read before it was sent
        per_day = {}
        for event, day in days.items():
            per_day.setdefault(day, []).append(event)
        if same_day == "any":
            number = 1
            for events in per_day.values():
                for n in range(1, len(events) + 1):
                    number *= n
            budget -= number
            if budget < 0:
                return None
            plans = [list(orders(per_day[day], minute)) for day in sorted(per_day)]
            first = {}
            for plan in itertools.product(*plans):
                for key, day in act_out(v, [[[e] for e in order] for order in plan], days).items():
                    first[key] = min(day, first.get(key, day))
        else:
            # a step brings what later steps can use; a day's untimed events use what was known that morning
            steps = [steps_without_same_day(per_day[day], minute) for day in sorted(per_day)]
            first = act_out(v, steps, days, morning=minute)
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


def act_out(v, plan, days, morning=None):
    """Play one world: the first day on which each holder knows each concern."""
    channels = v.professionals | v.agencies
    first, knowing, letters = {}, {}, {}
    for day_steps in plan:
        at_dawn = {holder: set(things) for holder, things in knowing.items()}
        for event in [event for step in day_steps for event in step if event[1] == "sent"]:
            for one in v.people.keys() | v.agencies:  # where nothing of the day is passed on that day
                letters[event[0], one] = at_dawn.get(one, set())
        for step in day_steps:
            before = {holder: set(things) for holder, things in knowing.items()}
            learnt = []
            for event in sorted(step, key=lambda event: event[1] == "read"):
                row, part = v.row[event[0]], event[1]
                source = at_dawn if morning is not None and morning[event] is None else before
                day = days[event]
                for holder, window in v.gives(row).items():
                    if part == ("read" if row.read_later and window is row.read else "sent"):
                        learnt += [(holder, concern, day) for concern in row.concerns]
                for a, b in v.moves(row):
                    if a in channels and b in channels:
                        if part == "sent":
                            letters[row.id, a] = set(source.get(a, ()))
                        if part == ("read" if row.read_later else "sent"):
                            learnt += [(b, concern, day) for concern in letters[row.id, a]]
            for holder, concern, day in learnt:
                knowing.setdefault(holder, set()).add(concern)
                first[holder, concern] = min(day, first.get((holder, concern), day))
    return first


# --------------------------------------------------------------------------------------------------
# how first-hand it is
# --------------------------------------------------------------------------------------------------


def hops(case, at=None):
    """{(holder, concern): 0 saw it or source not recorded, 1 from somebody who is 0, 2 and more relayed}."""
    v = view(case, at)
    answer = {}
    for concern in v.concerns:
        numbers = hops_of(v, concern)
        answer.update({(holder, concern): numbers[holder] for holder in v.holders(concern)})
    return answer


def saw_it(case, at=None):
    """{(holder, concern)}: who observed it. Who has hops 0 and is not here is 'source not recorded'."""
    v = view(case, at)
    return {(one, c) for row in v.rows if row.kind == "observed" for one in row.who for c in row.concerns}


def hops_of(v, concern):
    """{holder: hops} of one concern, going through the case in the order of its days."""
    numbers, carried = {}, {}
    for batch in batches(v, concern):
        Closure(v, concern, batch, numbers, carried).settle()
    return numbers


def batches(v, concern):
    """What happened to a concern, in order: lists of (row, part), part "sent", "read" or "both".

    A day with a row without a time is one batch; on a day of timed rows only, each time is a batch.
    """
    events = []
    for row in v.every_row:  # a letter may certainly be read before its sending certainly counts
        if concern not in row.concerns or not v.gives(row):
            continue
        sent, read = (v.day(row), row.minute), (v.day(row.read), row.read.minute)
        if not row.read_later or read[0] < sent[0] or read == sent:
            events.append((min(sent[0], read[0]), read[1], row, "both"))
        else:
            events.append((*sent, row, "sent"))
            events.append((*read, row, "read"))
    found = []
    for day in sorted({event[0] for event in events if event[0] <= v.at}):
        today = [event for event in events if event[0] == day]
        if any(minute is None for _, minute, _, _ in today):
            # a letter that was sent and read on such a day is one event of it
            found.append([(row, "both" if both_today(row, today) else part) for _, _, row, part in distinct(today)])
        else:
            for time in sorted({minute for _, minute, _, _ in today}):
                found.append([(row, part) for _, minute, row, part in today if minute == time])
    return found


def both_today(row, events):
    """Are the sending and the reading of a letter among these events?"""
    return len([event for event in events if event[2] is row]) == 2


def distinct(events):
    """The events, a row once."""
    return [event for n, event in enumerate(events) if all(event[2] is not other[2] for other in events[:n])]


class Closure:
    """One batch of rows, closed under passing on.

    A *saying* is (person, row): somebody's part in a row as one of its `who`. Who has the concern from an
    earlier batch, observed it, or reads an earlier letter, begins with a number. Everybody else has it, at a
    saying, from whoever can have passed it to them in a row before (or in the same meeting). A chain of rows
    uses each row once, and none before a row that it refers to.
    """

    def __init__(self, v, concern, batch, numbers, carried):
        self.v, self.concern, self.numbers, self.carried = v, concern, numbers, carried
        self.parts = {row.id: part for row, part in batch if part != "read"}
        self.rows = [row for row, part in batch if part != "read"]
        self.letters = [row for row, part in batch if part == "read"]
        self.sayings = [(one, row) for row in self.rows for one in row.who]
        self.hearers = {(one, row): self.hearers_of(one, row) for one, row in self.sayings}
        # the rows of which a chain must remember that it used them
        self.bound = {
            row.id
            for row in self.rows
            if (len(row.who) > 1 and not row.together)
            or any(self.must_come_before(row, other) or self.must_come_before(other, row) for other in self.rows)
        }

    def hearers_of(self, one, row):
        """To whom it can pass in a row: from `who` to `to` and `present`, and among those who met."""
        if not row.contact or self.parts[row.id] == "sent":
            return []
        # who observed it together saw it themselves, and tell those present
        to = {"observed": [], "met": row.who}.get(row.kind, row.to)
        others = list(dict.fromkeys(to + row.present))
        return [other for other in others if other != one and self.comes_to(row, other)]

    def comes_to(self, row, one):
        """Does it arrive, and, of a refusal or a difference, had they it from nowhere else by that day?"""
        if not self.v.arrives(row, one):
            return False
        if row.kind not in ("declined", "disagreed"):
            return True
        today = self.v.day(row.read)
        for other, window in self.v.entries[one, self.concern]:
            refused = other.kind in ("declined", "disagreed") and one not in other.who
            if other is not row and (self.v.day(window) < today or (self.v.day(window) == today and not refused)):
                return False
        return True

    # --- order within the day ---------------------------------------------------------------------

    def refers_to(self, row):
        """All rows of the same day that a row refers to, directly or through others."""
        found, waiting = set(), [row]
        while waiting:
            for ref in waiting.pop().ref:
                other = self.v.row.get(ref)
                if other is not None and ref not in found and self.v.day(other) == self.v.day(row):
                    found.add(ref)
                    waiting.append(other)
        return found

    def must_come_before(self, row, other):
        """Does the other row refer to this one (and not both to each other)?"""
        return row.id in self.refers_to(other) and other.id not in self.refers_to(row)

    def may_follow(self, row, chain):
        """Can the row come after all the rows of a chain?"""
        return row not in chain and not any(self.must_come_before(row, other) for other in chain)

    # --- chains -----------------------------------------------------------------------------------

    def follow(self, beginning):
        """Where it can come from a saying: {saying: steps}, {hearer: steps}."""
        saying, chain = beginning
        sayings, hearers = {saying: 0}, {}
        seen, waiting = set(), [(saying, chain, 0)]
        while waiting:
            here, chain, steps = waiting.pop(0)
            for hearer in self.hearers[here]:
                hearers.setdefault(hearer, steps + 1)
                for one, row in self.sayings:
                    in_this_meeting = row is here[1] and row.kind == "met"
                    if one != hearer or not (in_this_meeting or self.may_follow(row, chain)):
                        continue
                    used = chain if in_this_meeting else (*chain, row)
                    key = (one, row.id, frozenset(r.id for r in used) & self.bound)
                    if key not in seen:
                        seen.add(key)
                        sayings.setdefault((one, row), steps + 1)
                        waiting.append(((one, row), used, steps + 1))
        return sayings, hearers

    def onward(self, saying):
        """The beginnings of somebody who had it first at a saying: there, and in whatever they say after it."""
        one, row = saying
        afterwards = [s for s in self.sayings if s[0] == one and self.may_follow(s[1], [row])]
        return [(saying, (row,)), *[(later, (row, later[1])) for later in afterwards]]

    def from_before(self, one):
        """The number that somebody has from an earlier batch or from a letter read now, else None."""
        found = [self.numbers[one]] if one in self.numbers else []
        found += [
            self.carried[letter.id] + 1
            for letter in self.letters
            if one in letter.to + letter.present and self.v.arrives(letter, one)
        ]
        return min(found, default=None)

    def first_sayings(self, left):
        """Of those sayings, the ones at which it is had from nobody."""
        reached = {saying: set(self.follow((saying, (saying[1],)))[0]) for saying in left}
        firsts = set()
        for saying in left:
            group = [s for s in left if saying in reached[s]]  # who can have told them, themselves included
            if not all(s in reached[saying] for s in group):
                continue  # one of these had it before them
            sent_to = {one for s in group for one in self.sent_to(s, group)}
            if saying[0] not in sent_to or sent_to >= {one for one, _ in group}:
                firsts.add(saying)
        return firsts or set(left)

    def sent_to(self, saying, group):
        """Whom of the group it was sent to in this saying; a meeting sends to nobody."""
        _, row = saying
        if row.kind == "met":
            return set()
        return {one for one, later in group if one in self.hearers[saying] and self.may_follow(later, [row])}

    def settle(self):
        """Give everybody in the batch their number."""
        beginnings = []
        for one, row in self.sayings:
            number = self.from_before(one)
            if number is not None:
                beginnings.append((((one, row), (row,)), number))
            if row.kind == "observed":
                beginnings += [(beginning, 0) for beginning in self.onward((one, row))]
        said, heard = {}, {}
        while True:
            for beginning, number in beginnings:
                sayings, hearers = self.follow(beginning)
                for saying, steps in sayings.items():
                    said[saying] = min(number + steps, said.get(saying, NUMBERLESS))
                for one, steps in hearers.items():
                    heard[one] = min(number + steps, heard.get(one, NUMBERLESS))
            left = [saying for saying in self.sayings if saying not in said]
            if not left:
                break
            beginnings = [(b, 0) for saying in self.first_sayings(left) for b in self.onward(saying)]

        for row in self.rows:
            if self.parts[row.id] == "sent":  # a letter carries what its sender was
                self.carried[row.id] = min(said[one, row] for one in row.who)
        found = list(heard.items()) + [(one, number) for (one, _), number in said.items()]
        for letter in self.letters:
            for one in letter.to + letter.present:
                if self.v.arrives(letter, one):
                    found.append((one, self.carried[letter.id] + 1))
        for one, number in found:
            self.numbers[one] = min(number, self.numbers.get(one, NUMBERLESS))
