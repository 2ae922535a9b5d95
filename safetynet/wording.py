"""Counts, lists, dates and days as a sentence says them."""

from __future__ import annotations

from collections.abc import Iterable


def in_words(words: Iterable[str]) -> str:
    """Words as a list in a sentence, A, B and C; those that have commas themselves are parted by semicolons."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    if any("," in word for word in listed):
        return "; ".join(listed[:-1]) + "; and " + listed[-1]
    return ", ".join(listed[:-1]) + " and " + listed[-1]


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 child, 2 children."""
    return f"{number} {one if number == 1 else many or one + 's'}"
