"""What worked in bringing things together: worries joined, holders at one table, bridges used, the child's word."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from ..case.records import Row
from ..record.entries import Entry
from ..record.naming import quoted, some, who
from ..record.parties import is_actor, party
from ..record.snapshot import Snapshot
from ..spread.edges import each
from ..wording import article, count, day, days, on
from .base import Finding, rule
from .endings import is_step_up
from .family import seen_in
from .fellows import bridges
from .parts import (
    about_child,
    first_entry,
    first_known,
    had_by,
    held_by,
    is_grave,
    may_have_by,
    sort_of,
    worries_among,
)
from .several import like_first

Moment = tuple[int, tuple[int, int, int, str]]  # a certain day, and the order of a row


@rule(
    side="strength",
    title="Worries brought together for the first time",
    theme="response to incidents",
    matters=0.8,
    rule="A contact row of professionals or agencies by which one first came, from others, to have two known "
    "worries together that had come to different parties first and that nobody had had together before, one of "
    "them of severity `grave` or more, where within `silence_days` an action with an owner, or a decision to step "
    "up, names one of them. One finding for each such row.",
    limits="Having both on record is not yet to have seen that they belong together.",
    question="What made it possible to put this together then, and what could be kept of it?",
    refute="an earlier row by which somebody had both, or that it was not said.",
)
def joined_for_the_first_time(view: Snapshot) -> Iterator[Finding]:
    """Contact rows by which worries that different parties had first came together with one professional."""
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    grave = {c for c in view.ever_known if is_grave(view, c)}
    for pair, row in sorted(item for item in _first_together(view).items() if not grave.isdisjoint(item[0])):
        groups[row.id].append(pair)
    for identity, pairs in sorted(groups.items()):
        row, worries = view.records.by_id[identity], {c for pair in pairs for c in pair}
        act = _first_act(view, row, worries)
        if act is None or not any(is_actor(view, one) for one in row.who):
            continue
        first = worries_among(view, max(pairs, key=lambda pair: (view.total(pair), pair)))
        more = len(pairs) - 1
        yield Finding.of(
            view,
            _brought_together(view, row, first),
            note="2 parties had had them apart" + (f"; likewise {count(more, 'other pair')}" if more else ""),
            key=[row],
            held=held_by(view, worries),
            rows=[act],
            who=row.named,
            start=view.when(row.reached),
        )


def _brought_together(view: Snapshot, row: Row, worries: list[str]) -> str:
    """What a row brought together; a worry that was not on the table of a meeting was there with somebody only."""
    if row.kind != "met":
        how = f"{article(sort_of(row)).capitalize()} of {who(view, row.who, 2)}"
    else:
        how = f"The {sort_of(row)}"
        tabled = [c for c in worries if c in row.concerns]
        kept = [quoted(view, c) for c in worries if c not in row.concerns]  # they had it, and it was not tabled
        if tabled and kept:
            both = f"{quoted(view, tabled[0])} to somebody who had {kept[0]}"
            return f"{how} {on(row.date)} brought {both}, the first to have both on record"
    return f"{how} {on(row.date)} brought {' and '.join(quoted(view, c) for c in worries)} together for the first time"


def _first_act(view: Snapshot, row: Row, worries: Iterable[str]) -> Row | None:
    """The first action with an owner, or decision to step up, that names one of some worries soon after a row."""

    def make(worry: str) -> list[Row]:
        return [one for one in view.naming(worry) if (one.kind == "agreed" and one.who) or is_step_up(one)]

    later: list[Row] = []
    for worry in worries:
        acts = view.keep(("findings: acts on", worry), partial(make, worry))
        start = bisect_left(acts, row.reached.last, key=lambda one: one.date.last)
        later += acts[start : start + 1]
    first = min(later, key=lambda one: one.order, default=None)
    return None if first is None or first.date.last > row.reached.last + view.rules.silence_days else first


def _first_together(view: Snapshot) -> dict[tuple[str, str], Row]:
    """For each pair of worries of two parties: the row by which a professional first came, from others, to both."""
    origin = {c: party(view, known.holder) for c in view.ever_known if (known := first_known(view, c)) is not None}
    names = sorted(origin)
    bit = {c: 1 << place for place, c in enumerate(names)}
    had, together = defaultdict[str, int](int), defaultdict[str, int](int)  # as sets of bits, by person and by worry
    first: dict[tuple[str, str], Row] = {}
    for _, one, came in _as_they_came(view, origin):
        now = sum(bit[c] for c in came)
        for c in sorted(came):  # with what they had before, and what came in the same row and is not yet looked at
            new = (had[one] | now) & ~bit[c] & ~together[c]
            together[c] |= new
            for other in (names[place] for place in each(new)):
                together[other] |= bit[c]
                entry = came[min(c, other) if other in came else c]
                if entry.received and origin[c] != origin[other]:
                    first[min(c, other), max(c, other)] = entry.row
        had[one] |= now
    return first


def _as_they_came(view: Snapshot, concerns: Iterable[str]) -> list[tuple[Moment, str, dict[str, Entry]]]:
    """When some concerns came to each professional, those of one row together; by date, row and person."""
    found: defaultdict[tuple[Moment, str], dict[str, Entry]] = defaultdict(dict)
    wanted = frozenset(concerns)
    for one in view.professionals:
        for c in view.held.get(one, frozenset()) & wanted:
            entry = first_entry(view, one, c)
            found[(entry.window.last, entry.row.order), one][c] = entry
    return [(when, one, came) for (when, one), came in sorted(found.items(), key=lambda item: item[0])]


@rule(
    side="strength",
    title="The only bridge, and used",
    theme="longer-term work",
    matters=0.6,
    rule="A professional whose removal parts the contact graph into two or more parts of two actors or more, and a "
    "contact row in which they passed a known worry that had come to them from one part to somebody of the other "
    "who could not have had it before. One finding for each such person, about the gravest such worry.",
    limits="It says what went over the bridge, not that it was enough.",
    question="What made this person the one through whom things went, and what would happen without them?",
    refute="a row by which the worry had come to the other part another way before.",
)
def only_bridge_and_used(view: Snapshot) -> Iterator[Finding]:
    """The only bridge between two parts, over which a worry went from one to the other."""
    used: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for bridge in bridges(view):
        for near, far in ((bridge.small, bridge.main), (bridge.main, bridge.small)):
            for c in sorted(view.held.get(bridge.person, frozenset()).intersection(view.worries)):
                came = any(e.received and near.intersection(e.row.named) for e in view.entries[bridge.person, c])
                row = _passed(view, bridge.person, c, far) if came else None
                if row is not None:
                    used[bridge.person].setdefault(c, row)
    for person, found in sorted(used.items()):
        worries = worries_among(view, found)
        row = found[worries[0]]
        said = like_first(worries, found)
        yield Finding.of(
            view,
            f"{who(view, [person])}, the only recorded way between two parts of the network, carried "
            f"{some(view, said)} over {on(row.date)}",
            key=[row],
            held=held_by(view, worries, [person]),
            rows=found.values(),
            who=[person, *row.named],
            start=view.when(row.reached),
        )


def _passed(view: Snapshot, person: str, worry: str, far: frozenset[str]) -> Row | None:
    """The first row in which somebody passed a worry to any of some who could not have had it before."""
    for row in view.naming(worry):
        for a, b in view.moves(row):
            had = any(may_have_by(view, one, worry, row.date.first - 1) for one in far)
            if a == person and b in far and not had and had_by(view, person, worry, row.date.first):
                return row
    return None


# the child --------------------------------------------------------------------------------------------


@rule(
    side="strength",
    title="The child's word taken to the table",
    theme="family and professionals",
    matters=0.9,
    rule="A worry that the child told or asked a professional of, or that a professional observed in a row that "
    "says the child was seen alone, and a later met row of two or more professionals with it among its concerns "
    "and that professional, or a colleague, there. One finding for each child, about the gravest.",
    limits="How it was put at the meeting is not in the record.",
    question="What helped the child to say it, and how was it told back to them what came of it?",
    refute="a row that shows that it was not what the child had said.",
)
def childs_word_at_the_table(view: Snapshot) -> Iterator[Finding]:
    """What a child had said, or was seen alone about, on the table of a later meeting."""
    found: defaultdict[str, dict[str, tuple[Row, Row]]] = defaultdict(dict)
    for row in view.rows:
        for child in view.records.children:
            heard = _heard(view, row, child)
            for c in worries_among(view, row.concerns) if heard else ():
                table = _tabled(view, c, row, {party(view, one) for one in heard})
                if table is not None:
                    found[child].setdefault(c, (row, table))
    for child, pairs in sorted(found.items()):
        worries = worries_among(view, pairs)
        said, table = pairs[worries[0]]
        same = like_first(worries, pairs)
        yield Finding.of(
            view,
            f"What {who(view, [child])} showed or said {on(said.date)} of {some(view, same)} was on the table "
            f"of the {sort_of(table)} {on(table.date)}",
            key=[said, table],
            concerns=worries,
            rows=[row for pair in pairs.values() for row in pair],
            who=[child, *said.named, *table.who],
            start=view.when(said.date),
            end=table.date.first,
        )


def _heard(view: Snapshot, row: Row, child: str) -> list[str]:
    """The professionals to whom a child said something in a row, or who saw the child alone in it."""
    if row.kind in ("told", "asked") and child in row.who:
        return [one for one in view.reaches(row) if is_actor(view, one)]
    if row.kind == "observed" and row.seen == "alone" and (not row.about or child in row.about):
        return [one for one in row.who if is_actor(view, one)]
    return []


def _tabled(view: Snapshot, worry: str, said: Row, parties: set[str]) -> Row | None:
    """The first later meeting of two or more professionals with a worry on its table and somebody of some parties."""
    for row in view.naming(worry):
        later = row.kind == "met" and row.id != said.id and row.date.last >= said.date.last
        several = len(view.professionals.intersection(row.who)) > 1
        if later and several and parties.intersection(party(view, one) for one in row.who):
            return row
    return None


@rule(
    side="strength",
    title="Seen alone, regularly",
    theme="family and professionals",
    matters=0.8,
    rule="`many` or more rows that say that a professional saw the child alone, with at most `silence_days` from "
    "each to the next, on different days. One finding for each child.",
    limits="That the child was seen alone does not say what was talked about.",
    question="What made it possible to be with the child alone so often?",
    refute="a row that says that somebody else was there.",
)
def seen_alone_regularly(view: Snapshot) -> Iterator[Finding]:
    """A child seen alone again and again, without a long time in between."""
    for child in view.records.children:
        rows = [row for row in seen_in(view, child) if row.seen == "alone"]
        run = _longest_run(rows, view.rules.silence_days)
        worries = about_child(view, child, view.ever_known)
        if len({row.date for row in run}) < view.rules.many or not worries:
            continue
        yield Finding.of(
            view,
            f"{who(view, [child])} was seen alone {count(len(run), 'time')} from {day(run[0].date.last)} to "
            f"{day(run[-1].date.last)}, at most {days(_widest(run))} apart",
            key=run,
            concerns=worries[:1],
            who=[child, *(one for row in run for one in row.who)],
            start=view.when(run[0].date),
            end=run[-1].date.first,
        )


def _widest(rows: list[Row]) -> int:
    return max((b.date.last - a.date.first for a, b in pairwise(rows)), default=0)


def _longest_run(rows: list[Row], most: int) -> list[Row]:
    """The longest run of rows of which each comes at most so many days after the one before."""
    best: list[Row] = []
    run: list[Row] = []
    for row in rows:
        run = [*run, row] if run and row.date.last - run[-1].date.first <= most else [row]
        best = run if len(run) > len(best) else best
    return best
