"""What a sentence says of several worries at once: only what is so of each of them.

A sentence has one date, one number of days and one list of people. Where these differ it speaks of the gravest worry
and of those for which they are the same; the others stand in brackets, each with its own date and holder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ..record.parties import members
from ..record.snapshot import Snapshot
from .parts import on_record


def like_first(worries: Iterable[str], facts: Mapping[str, object]) -> list[str]:
    """Of worries in their order, the first, and the others of which something is as it is of the first."""
    listed = list(worries)
    return [one for one in listed if facts[one] == facts[listed[0]]]


def it(worries: Collection[str]) -> str:
    """The word for one worry, or for several."""
    return "it" if len(worries) == 1 else "them"


def together(view: Snapshot, ones: Iterable[str], worries: Collection[str]) -> str:
    """What is said behind what several people or parties had on record, where not each of them had all of it."""
    return between_them([on_record(view, members(view, one)) for one in ones], worries)


def between_them(having: Iterable[Collection[str]], worries: Collection[str]) -> str:
    """The same for what each of several had."""
    return "" if all(set(worries) <= set(some) for some in having) else " between them"
