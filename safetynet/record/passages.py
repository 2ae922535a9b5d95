"""The contact rows as edges in time: when what a speaker knows can leave in a row, and when it arrives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import and_

from ..case.records import Records, Row
from ..dates import DAY, Window
from ..spread.edges import ALL, Edge
from .permissions import Mask, stretches

_make = tuple.__new__  # an Edge without the detour over names and defaults
Passing = tuple[int, int, int]  # from whom to whom, and what may pass
Way = tuple[int, int, list[Passing]]  # when it leaves and arrives
Moves = Callable[[Row], tuple[tuple[str, str], ...]]


def contact_actors(records: Records, who_counts: tuple[str, ...]) -> frozenset[str]:
    """Professionals and agencies that take part in any contact row: those through whom information can move."""
    named = {one for row in records.rows if row.is_contact for one in row.named}
    return frozenset(one for one in named if one in records.agencies or records.people[one].kind in who_counts)


def fact_tick(dates: str, same_day: str) -> Callable[[Window], int]:
    """How the window in which something is known becomes a tick, under a reading of dates and the same-day rule."""

    def tick(window: Window) -> int:
        day = window.first if dates == "earliest" else window.last
        if window.time is not None:
            return day * DAY + window.time
        return day * DAY if same_day == "any" else day * DAY + DAY - 1

    return tick


def timed_edges(
    rows: Iterable[Row],
    number: Mapping[str, int],
    *,
    dates: str,
    same_day: str,
    moves: Moves = lambda row: row.moves,
    mask: Mask | None = None,
    begins: Iterable[int] = (),
) -> list[Edge]:
    """The contact rows as edges in time between the actors in `number`.

    ``dates="earliest"`` lets each row fall on any day of its window; ``"latest"`` needs the speaker to know by
    its first day and dates the learning on its last. Sorted by time and row id, so that the order of rows in
    the file never changes an answer. `begins` are the days on which anybody may come by something otherwise.
    """
    rows = tuple(rows)
    useful = _useful_days(rows, begins, len(number), mask) if (dates, same_day) == ("earliest", "none") else None
    is_door = mask is None and (dates, same_day) == ("earliest", "any")
    trips: list[tuple[int, int, str, int, int, list[Passing]]] = []  # in the order of time and row id
    for place, row in enumerate(rows, start=1):
        passing = [(number[a], number[b], ALL) for a, b in moves(row) if a in number and b in number]
        if not passing:
            continue
        may_return = len(passing) > 2 and row.is_sent and row.two_way
        if is_door and row.received_on is None:
            first, last, time = row.date
            leaves, arrives = last * DAY + (DAY - 1 if time is None else time), first * DAY + (time or 0)
            trips.append((arrives, leaves, row.id, len(trips), place if may_return else 0, passing))
            continue
        pairs = [(a, b) for a, b in moves(row) if a in number and b in number]
        ways = _ways(row, pairs, number, dates, same_day, mask)
        if useful is not None:
            ways = [way for way in ways if useful(way[1] // DAY)]
        once = place if may_return and _may_return(ways) else 0
        trips += [(arrives, leaves, row.id, n, once, pieces) for n, (leaves, arrives, pieces) in enumerate(ways)]
    trips.sort()
    return [
        _make(Edge, (source, target, leaves, arrives, items, label, once))
        for arrives, leaves, label, _, once, passing in trips
        for source, target, items in sorted(passing)
        if items
    ]


def _ways(
    row: Row, pairs: list[tuple[str, str]], number: Mapping[str, int], dates: str, same_day: str, mask: Mask | None
) -> list[Way]:
    """The passages of a contact row, each with what may pass between whom."""
    parts = [row.date] if mask is None else stretches(mask.records, row.date)
    if mask is None:
        allowed = [dict.fromkeys(pairs, ALL)]
    elif dates == "latest":  # certainly allowed: on every day of the window
        allowed = [{pair: reduce(and_, (mask.on(*pair, part.first) for part in parts)) for pair in pairs}]
        parts = [row.date]
    else:
        allowed = [{pair: mask.on(*pair, part.first) for pair in pairs} for part in parts]
    return [
        (*way, [(number[a], number[b], items) for (a, b), items in may.items()])
        for part, may in zip(parts, allowed, strict=True)
        for way in passages(row, part, dates, same_day)
    ]


def _useful_days(rows: Iterable[Row], begins: Iterable[int], actors: int, mask: Mask | None) -> Callable[[int], bool]:
    """Which days of wide windows can matter where nothing learnt on a day is passed on that day.

    What a passing brings is new only on the day on which something begins (somebody comes by it, a window or a
    permission opens), or on the days right after, one for each further actor at most whom it can reach.
    """
    starts = set(begins)
    for row in rows:
        parts = [row.date] if mask is None else stretches(mask.records, row.date)
        starts.update(max(part.first, row.reached.first) for part in parts)
    days = sorted(starts)

    def useful(day: int) -> bool:
        place = bisect_right(days, day) - 1
        return place >= 0 and day - days[place] <= actors

    return useful


def _may_return(ways: list[Way]) -> bool:
    """Whether what comes in by one of the passages of a row could still go out by one of them."""
    return min(arrives for _, arrives, _ in ways) <= max(leaves for leaves, _, _ in ways)


def passages(row: Row, sent: Window, dates: str, same_day: str) -> list[tuple[int, int]]:
    """The (leaves, arrives) ticks of a contact row that was sent within a window, as an edge has them."""
    read = row.read(sent)
    if dates == "earliest":
        if same_day == "none" and sent.time is None:
            days = range(max(sent.first, read.first), max(sent.first, read.last) + 1)
            return [(min(day, sent.last) * DAY - 1, day * DAY + DAY - 1) for day in days]
        leaves, arrives = (min(sent, read, key=lambda w: w.last), max(sent, read, key=lambda w: w.first))
        return [(_end(leaves, same_day), _start(arrives, same_day))]
    if same_day == "none" and sent.time is None:
        return [(sent.first * DAY - 1, read.last * DAY + DAY - 1)]
    return [
        (
            _end(Window(sent.first, sent.first, sent.time), same_day),
            _start(Window(read.last, read.last, read.time), same_day),
        )
    ]


def _end(window: Window, same_day: str) -> int:
    """The last tick at which what the speaker knows can still go into a row."""
    if window.time is None:
        return window.last * DAY + DAY - 1
    return window.last * DAY + window.time - (same_day == "none")


def _start(window: Window, same_day: str) -> int:
    """The first tick at which a row can bring anything."""
    if window.time is not None:
        return window.first * DAY + window.time
    return window.first * DAY + (DAY - 1 if same_day == "none" else 0)
