"""Who could lawfully share what with whom, as a person coded it; the library never infers it."""

from __future__ import annotations

from ..case.records import Permission, Records
from ..case.vocabulary import STRICTEST_FIRST
from ..dates import Window
from ..spread.edges import ALL
from .parties import agency_of

PASSES = ("required", "permitted", "unknown")


class Mask:
    """Which concerns may pass from one holder to another, as sets of bits, for each stretch of a window."""

    def __init__(self, records: Records, bit: dict[str, int]) -> None:
        self.records = records
        self.bit = bit
        self._known: dict[tuple[str, str, int], int] = {}

    def on(self, sender: str, recipient: str, day: int) -> int:
        """The concerns that may pass on a day."""
        if self.records.permissions is None:
            return ALL
        key = (agency_of(self.records, sender), agency_of(self.records, recipient), day)
        if key not in self._known:
            words = ((bit, permission(self.records, sender, recipient, one, day)) for one, bit in self.bit.items())
            self._known[key] = sum(1 << bit for bit, word in words if word in PASSES)
        return self._known[key]


def stretches(records: Records, window: Window) -> list[Window]:
    """A window cut where a permission begins or ends, so that each piece has one answer on all its days."""
    cuts = {window.first}
    for rule in records.permissions or ():
        if rule.start is not None:
            cuts.add(rule.start.first)
        if rule.end is not None:
            cuts.add(rule.end.last + 1)
    starts = sorted(cut for cut in cuts if window.first <= cut <= window.last)
    ends = [start - 1 for start in starts[1:]] + [window.last]
    return [Window(first, last, window.time) for first, last in zip(starts, ends, strict=True)]


def permission(records: Records, sender: str, recipient: str, concern: str, day: int) -> str:
    """The permission word for passing a concern from one person or agency to another on a day.

    Of several rows that fit, the more specific ``to`` wins (agency, sector, ``*``), then the more specific
    ``from``, then a category given, and between equals the strictest. No row that fits: "unknown". No table:
    "permitted", since nothing is restricted. Within one agency nothing is needed unless a row names it as both.
    """
    if records.permissions is None:
        return "permitted"
    source, target = agency_of(records, sender), agency_of(records, recipient)
    inside = bool(source) and source == target
    category = records.concerns[concern].category
    fitting = []
    for rule in records.permissions:
        to, by = _fit(records, rule.target, target), _fit(records, rule.source, source)
        if to is None or by is None or rule.category not in ("", category) or not _in_force(rule, day):
            continue
        if not inside or (rule.source, rule.target) == (source, target):
            fitting.append((to, by, bool(rule.category), -STRICTEST_FIRST.index(rule.permission), rule.permission))
    return max(fitting)[-1] if fitting else "permitted" if inside else "unknown"


def _fit(records: Records, place: str, agency: str) -> int | None:
    """How specifically a place of the table names an agency: 2 by its id, 1 by its sector, 0 by ``*``; None = not."""
    if agency and place == agency:
        return 2
    if agency and place == records.agencies[agency].sector:
        return 1
    return 0 if place == "*" else None


def _in_force(rule: Permission, day: int) -> bool:
    return (rule.start is None or rule.start.first <= day) and (rule.end is None or day <= rule.end.last)
