"""What held by one thread: what is lost when a row, a pair, a person or a channel is taken away."""

from __future__ import annotations

import datetime as dt

from . import knowledge
from .model import view


def broken_links(case, at=None, by="row", **rules):
    """{what is taken away: {'lost': {(holder, worry)}, 'later': {(holder, worry): days}, 'agencies', 'weight'}}.

    Only what takes something away is listed. A pair is a frozenset of two.
    """
    v = view(case, at, **rules)
    threads = Threads(v)
    everything = threads.world(lambda row, a, b: True, set())
    answer = {}
    for what in threads.cuts(by):
        left = threads.world(lambda row, a, b, what=what: threads.stays(by, what, row, a, b), threads.rows_of(by, what))
        pairs = {pair for pair in everything if by != "person" or pair[0] != what}
        lost = {pair for pair in pairs if pair not in left}
        later = {pair: (left[pair] - everything[pair]).days for pair in pairs - lost if left[pair] > everything[pair]}
        agencies = {
            (v.group(holder), worry)
            for holder, worry in lost
            if v.group(holder) in v.agencies and not any((one, worry) in left for one in v.party(v.group(holder)))
        }
        if lost or later:
            weight = sum(v.weight[worry] for _, worry in lost)
            answer[what] = {"lost": lost, "later": later, "agencies": agencies, "weight": weight}
    return answer


class Threads:
    """The recorded world over the known worries, built up from its sources."""

    def __init__(self, v):
        self.v = v
        self.rows = [row for row in v.rows if set(row.concerns) & v.known]
        self.sources = {}  # {(holder, worry): [(row that it was seen in, or None, day)]}
        for row in self.rows:
            if row.kind == "observed":
                for one in row.who:
                    for worry in set(row.concerns) & v.known:
                        self.sources.setdefault((one, worry), []).append((row, v.day(row)))
        for one, things in v.held.items():
            for worry in things & v.known:
                day = v.known_on(one, worry)
                first = v.on(day)
                saw = any(row is not None and d == day for row, d in self.sources.get((one, worry), []))
                if not saw and knowledge.hops_of(first, worry).get(one) == 0:
                    self.sources.setdefault((one, worry), []).append((None, day))

    def passes(self, row):
        """The pairs along which what the row lists was passed."""
        pairs = self.v.moved(row)
        return [(a, b) for a, b in pairs if a in row.who]

    def world(self, keep, gone):
        """{(holder, worry): first day} with the passings that are kept, and without what was seen in some rows."""
        first = {}
        for pair, sights in self.sources.items():
            days = [day for row, day in sights if row is None or row.id not in gone]
            if days:
                first[pair] = min(days)
        changed = True
        while changed:
            changed = False
            for row in self.rows:
                for worry in set(row.concerns) & self.v.known:
                    for a, b in self.passes(row):
                        has_it = first.get((a, worry), dt.date.max) <= self.v.day(row)
                        day = self.v.day(row.read)
                        if has_it and keep(row, a, b) and day < first.get((b, worry), dt.date.max):
                            first[b, worry] = day
                            changed = True
        return first

    # --- what is taken away -----------------------------------------------------------------------

    def cuts(self, by):
        """Everything of that sort that can be taken away."""
        rows = [row for row in self.v.rows if row.contact]
        if by == "row":
            return {row.id for row in rows}
        if by == "pair":
            return {frozenset(pair) for row in rows for pair in self.v.moved(row)}
        if by == "person":
            return {one for row in rows for one in row.everyone() if one in self.v.people}
        return {row.channel for row in rows if row.channel}

    def rows_of(self, by, what):
        """The rows that go altogether, and with them what was seen in them."""
        if by == "row":
            return {what}
        return {row.id for row in self.rows if row.contact and row.channel == what} if by == "channel" else set()

    def stays(self, by, what, row, a, b):
        """Can it still pass from one to another in a row?"""
        if by == "row":
            return row.id != what
        if by == "pair":
            return frozenset([a, b]) != what
        return what not in (a, b) if by == "person" else row.channel != what
