"""The recorded world: what each row of the chronology says that somebody knew, and how first-hand it was.

``observed`` gives its concerns to who; every other contact row gives its concerns to everyone in it, since a
sender is known to know what they said. ``received=no`` gives the recipients nothing; ``received_on`` dates it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ..case.records import Records, Row
from ..dates import DAY, Window

Holding = tuple[str, str]


class Entry(NamedTuple):
    """One row that puts a concern on somebody's record: when, and whether it came from others in the row."""

    window: Window
    row: Row
    received: bool


def entries(records: Records) -> dict[Holding, tuple[Entry, ...]]:
    """For each (holder, concern), the rows that put it on their record, earliest certain day first."""
    found: defaultdict[Holding, list[Entry]] = defaultdict(list)
    for row in records.rows:
        if not row.concerns or not (row.is_contact or row.kind == "observed"):
            continue
        for holder in dict.fromkeys(row.who):
            if row.kind != "met" or row.arrived:  # what somebody saw, they saw; nothing moves in a meeting that failed
                _add(found, holder, Entry(row.date, row, row.kind == "met"))
        if row.is_sent and row.arrived:
            for holder in row.to:
                if holder not in row.who:
                    _add(found, holder, Entry(row.reached, row, True))
    return {holding: tuple(sorted(rows, key=_order)) for holding, rows in found.items()}


def _add(found: defaultdict[Holding, list[Entry]], holder: str, entry: Entry) -> None:
    for concern in entry.row.concerns:
        found[holder, concern].append(entry)


def _order(entry: Entry) -> tuple[int, int, int, str]:
    return (entry.window.last, entry.window.time or 0, entry.window.first, entry.row.id)


def first_days(rows: Iterable[Entry]) -> tuple[int, int]:
    """The earliest day on which it may have been known, and the first by which it certainly was."""
    windows = [entry.window for entry in rows]
    return min(window.first for window in windows), min(window.last for window in windows)


def moment(window: Window, *, latest: bool = True) -> int:
    """A tick for the order of rows: the certain (or earliest possible) day, and the time where it is given."""
    day = window.last if latest else window.first
    return day * DAY + (window.time or 0)


def hops(records: Records, by: int, dates: str = "latest") -> dict[Holding, int]:
    """How first-hand each (holder, concern) is, from the rows that count by the day `by`.

    0: they saw it or, with no earlier record of where it came from, said it. Otherwise 1 more than the fewest
    hops among those who passed it to them in a row, as those stood by that row. Rows of one day without a time
    may have happened in any order.
    """
    best: dict[Holding, int] = {}
    moments: defaultdict[Moment, list[Row]] = defaultdict(list)
    for row in records.rows:
        if row.concerns and (row.is_contact or row.kind == "observed"):
            for when in dict.fromkeys((_when(row.date, dates), _when(row.reached, dates))):
                if when[0] <= by and _when(row.date, dates)[0] <= by:
                    moments[when].append(row)
    for when in sorted(moments):
        _one_moment(best, moments[when], when, dates)
    return best


Moment = tuple[int, int]


def _when(window: Window, dates: str) -> Moment:
    return (window.last if dates == "latest" else window.first, -1 if window.time is None else window.time)


def _one_moment(best: dict[Holding, int], rows: list[Row], when: Moment, dates: str) -> None:
    """Bring the hops up to date with the rows of one day (or one moment of it), whatever their order."""
    for row in rows:
        if row.kind == "observed":
            for holder in row.who:
                for concern in row.concerns:
                    best[holder, concern] = 0
    _relay(best, rows, when, dates)
    told = {holding for row in rows for holding in _received(row, when, dates)}
    for ruled_out in (told, set()):  # said, first by those whom nothing that day could have told; then the rest
        said = {
            holding
            for row in rows
            if row.kind != "observed" and _when(row.date, dates) == when
            for holding in _said(row, best)
        }
        best.update(dict.fromkeys(said - ruled_out, 0))
        _relay(best, rows, when, dates)


def _said(row: Row, best: dict[Holding, int]) -> list[Holding]:
    """What people said in a row with no record of where they had it from; in a meeting, if nobody there had it."""
    if row.kind == "met" and not row.arrived:
        return []
    new = [(holder, concern) for holder in row.who for concern in row.concerns if (holder, concern) not in best]
    if row.kind == "met":
        return [holding for holding in new if not any((holder, holding[1]) in best for holder in row.who)]
    return new


def _received(row: Row, when: Moment, dates: str) -> list[Holding]:
    """What a sent row of this moment brings to its recipients."""
    if not row.is_sent or not row.arrived or _when(row.reached, dates) != when:
        return []
    return [(recipient, concern) for recipient in row.to if recipient not in row.who for concern in row.concerns]


def _relay(best: dict[Holding, int], rows: list[Row], when: Moment, dates: str) -> None:
    """Pass concerns on within the rows of one moment until no hop can be made shorter."""
    changed = True
    while changed:
        changed = False
        for row in rows:
            if not row.arrived or row.kind == "observed" or _when(row.reached, dates) != when:
                continue
            for sender, recipient in row.moves if row.is_together else _sent(row):
                for concern in row.concerns:
                    hop = best.get((sender, concern))
                    if hop is not None and hop + 1 < best.get((recipient, concern), 1 << 30):
                        best[recipient, concern] = hop + 1
                        changed = True


def _sent(row: Row) -> list[tuple[str, str]]:
    return [(sender, recipient) for sender in row.who for recipient in row.to if sender != recipient]
