"""The recorded world: each row that puts a concern on somebody's record, and how.

``observed`` gives its concerns to who and to those present; every other contact row gives its concerns to everyone in
it, since a sender is known to know what they said; and nobody decides on, disputes or holds back what they do not
know. ``received=no`` gives the recipients nothing; ``received_on`` dates it for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..case.records import Records, Row
from ..case.vocabulary import KNOWING_KINDS
from ..dates import Window
from .confirmation import NOTHING, Unconfirmed, reaches

Holding = tuple[str, str]  # holder, concern
Entries = Mapping[Holding, tuple["Entry", ...]]

SAW, SAID, WAS_TOLD, MET, HEARD = "saw it", "said it", "was told", "was at the meeting", "was present"
DECIDED, HELD_BACK, ON_FILE = "decided on it", "held it back", "stood in its file"
FROM_OTHERS = (WAS_TOLD, MET, HEARD)


HOW = {"observed": SAW, "met": MET, "decided": DECIDED, "withheld": HELD_BACK}  # who does it comes to have it


class Entry(NamedTuple):
    """One row that puts a concern on somebody's record: when, and how."""

    window: Window
    row: Row
    how: str

    @property
    def received(self) -> bool:
        """Whether it may have come from others in the row."""
        return self.how in FROM_OTHERS


def given(row: Row, silent: Unconfirmed = NOTHING) -> Iterator[tuple[str, Window, str]]:
    """Whom a row gives its concerns, when, and how; those who do something in it first."""
    if row.is_contact or row.kind in KNOWING_KINDS or row.kind == "observed":
        for one in dict.fromkeys(row.who):
            yield one, row.date, HOW.get(row.kind, SAID)
    for one in dict.fromkeys(reaches(row, silent)):
        if one not in row.who:
            heard = row.is_together or one not in row.to
            yield one, row.date if row.is_together else row.reached, HEARD if heard else WAS_TOLD


def entries(records: Records, silent: Unconfirmed = NOTHING) -> Entries:
    """For each (holder, concern), the rows that put it on their record, earliest certain day first."""
    found: defaultdict[Holding, list[Entry]] = defaultdict(list)
    for row in records.rows:
        if row.concerns:
            for holding, entry in entries_of(records, row, silent):
                found[holding].append(entry)
    return {holding: in_turn(rows) for holding, rows in found.items()}


def entries_of(records: Records, row: Row, silent: Unconfirmed = NOTHING) -> Iterator[tuple[Holding, Entry]]:
    """On whose record a row puts which concern, and how."""
    for holder, window, how in given(row, silent):
        entry = Entry(window, row, ON_FILE if how == SAW and holder in records.agencies else how)
        for concern in row.concerns:
            yield (holder, concern), entry


def in_turn(rows: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries, the earliest certain day first."""
    return tuple(sorted(rows, key=_order))


def _order(entry: Entry) -> tuple[int, int, int, str]:
    time = entry.window.time
    return (entry.window.last, -1 if time is None else time, entry.window.first, entry.row.id)


def first_days(rows: Iterable[Entry]) -> tuple[int, int]:
    """The earliest day on which it may have been known, and the first by which it certainly was."""
    windows = [entry.window for entry in rows]
    return min(window.first for window in windows), min(window.last for window in windows)
