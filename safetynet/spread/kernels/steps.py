"""Steps between people in the contacts of many cases: the twin of :mod:`safetynet.spread.steps`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from .parts import ONE, Contacts, compiled, compiled_parallel, how_many, largest, own

if TYPE_CHECKING:
    from .parts import Ints, Numbers, Words


@compiled
def different_pairs(contacts: Contacts, people: int, case: int, seen: Words, left: Ints, right: Ints) -> int:
    """Every pair of people in contact once; how many there are."""
    words = (people + 63) >> 6
    seen[: people * words] = 0
    pairs = 0
    for contact in range(contacts.offsets[case], contacts.offsets[case + 1]):
        a, b = contacts.source[contact], contacts.target[contact]
        if a > b:
            a, b = b, a
        word, bit = a * words + (b >> 6), ONE << np.uint64(b & 63)
        if a != b and not seen[word] & bit:
            seen[word] |= bit
            left[pairs], right[pairs] = a, b
            pairs += 1
    return pairs


@compiled
def distances(people: int, pairs: int, left: Ints, right: Ints, ball: Words, wider: Words, counts: Ints) -> None:
    """How many ordered pairs are 1, 2, 3, ... steps apart, from `counts[1]` on."""
    counts[:people] = 0
    for block in range((people + 63) >> 6):
        own(ball, people, block)
        within, steps = how_many(ball, people), 0
        while True:
            steps += 1
            wider[:people] = ball[:people]
            for pair in range(pairs):
                a, b = left[pair], right[pair]
                wider[a] |= ball[b]
                wider[b] |= ball[a]
            ball[:people] = wider[:people]
            before, within = within, how_many(ball, people)
            if within == before:
                break
            counts[steps] += within - before


@compiled
def closeness(people: int, counts: Ints) -> tuple[int, float]:
    """The ordered pairs that are joined, and each counted as 1 over its number of steps, added up in this order."""
    joined, total = 0, 0.0
    for steps in range(1, people):
        joined += counts[steps]
        total += counts[steps] / steps
    return joined, total


@compiled
def joined_in(people: Ints, contacts: Contacts, begin: int, end: int, found: Ints, nearness: Numbers) -> None:
    """What :func:`joined` asks, for the cases from one to another."""
    most, longest = largest(people, contacts.offsets, begin, end)
    pairs = min(longest, most * (most - 1) // 2)
    seen = np.empty(most * ((most + 63) >> 6), np.uint64)
    left, right = np.empty(pairs, np.int64), np.empty(pairs, np.int64)
    ball, wider, counts = np.empty(most, np.uint64), np.empty(most, np.uint64), np.empty(most, np.int64)
    for case in range(begin, end):
        size = int(people[case])
        number = different_pairs(contacts, size, case, seen, left, right)
        distances(size, number, left, right, ball, wider, counts)
        found[case], nearness[case] = closeness(size, counts)


@compiled_parallel
def joined(people: Ints, contacts: Contacts, chunks: Ints, found: Ints, nearness: Numbers) -> None:
    """The ordered pairs that contacts join, and the sum of 1/distance over them, for every case.

    `chunks` are the bounds of the cases that are done together.
    """
    for chunk in prange(len(chunks) - 1):
        joined_in(people, contacts, chunks[chunk], chunks[chunk + 1], found, nearness)
