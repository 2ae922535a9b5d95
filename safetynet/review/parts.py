"""What several rules ask of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..case.records import Row
from ..dates import Window
from ..record.snapshot import Snapshot


class Known(NamedTuple):
    """By which row, and when, a concern came to somebody."""

    holder: str
    window: Window
    row: Row


def first_known(view: Snapshot, concern: str, among: Iterable[str] | None = None) -> Known | None:
    """How a concern first came to anybody of some; by default to a professional, or to anybody where none has it."""
    holders = view.holders.get(concern, frozenset())
    wanted = (holders & view.professionals or holders) if among is None else holders.intersection(among)
    found = [
        (entry.window.last, entry.row.order, holder, entry)
        for holder in wanted
        for entry in view.entries[holder, concern]
        if view.by(entry.window)
    ]
    if not found:
        return None
    _, _, holder, entry = min(found, key=lambda one: one[:3])
    return Known(holder, entry.window, entry.row)
