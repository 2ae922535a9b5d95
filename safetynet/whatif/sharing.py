"""What one may tell another on which day, as the permissions of the case say.

A proposal passes only what is required or permitted, or of which they say nothing (unknown): a line says which of them
held. The family may tell whomever it likes, and without the table nothing is restricted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np

from ..case.vocabulary import STRICTEST_FIRST
from ..record.parties import agency_of, is_actor
from ..record.permissions import PASSES, permission
from ..record.snapshot import Snapshot
from .deeds import Flags


class Sharing:
    """The permissions of a case, asked for some worries.

    Attributes
    ----------
    cuts : tuple of int
        The days from which a permission is in force, or no longer.
    """

    def __init__(self, view: Snapshot, worries: Sequence[str]) -> None:
        self.records = view.records
        self.view = view
        self.worries = worries
        rules = view.records.permissions or ()
        begun = {rule.start.first for rule in rules if rule.start is not None}
        ended = {rule.end.last + 1 for rule in rules if rule.end is not None}
        self.cuts: tuple[int, ...] = tuple(sorted(begun | ended))
        self._all: Flags = np.ones(len(worries), dtype=bool)
        self._known: dict[tuple[str, str, int], Flags] = {}  # between two cuts the answer is one

    def word(self, sender: str, recipient: str, worry: str, day: int) -> str:
        """The permission word for telling somebody of a worry on a day; empty where none is needed."""
        if self.records.permissions is None or not is_actor(self.view, sender):
            return ""
        return permission(self.records, sender, recipient, worry, day)

    def may(self, sender: str, recipient: str, day: int) -> Flags:
        """Which worries one may tell another of on a day; not to be changed."""
        if self.records.permissions is None or not is_actor(self.view, sender):
            return self._all
        key = (agency_of(self.records, sender), agency_of(self.records, recipient), bisect_right(self.cuts, day))
        if key not in self._known:
            words = [permission(self.records, sender, recipient, worry, day) in PASSES for worry in self.worries]
            self._known[key] = np.array(words, dtype=bool)
        return self._known[key]

    def may_tell(self, sender: str, recipients: Iterable[str], day: int) -> Flags:
        """Which worries one may tell each professional and agency among several others of on a day."""
        found = np.ones(len(self.worries), dtype=bool)
        for one in recipients:
            if one != sender and is_actor(self.view, one):
                found &= self.may(sender, one, day)
        return found


def strictest(words: Iterable[str]) -> str:
    """The strictest of the words that held; empty without one."""
    held = set(words)
    return next((word for word in STRICTEST_FIRST if word in held), "")
