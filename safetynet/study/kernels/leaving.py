"""Whom people of one case see around the child, and what they left to others.

The twin of :mod:`safetynet.measures.leaving`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal, popcount
from .flat import (
    AGENCY,
    AGREED,
    ARRIVED,
    ASKED,
    ASSUMED,
    CLOSED,
    CONTACT,
    DECIDED,
    DISAGREED,
    FLAGS,
    INVOLVED,
    KIND,
    LAST,
    MET,
    NAMES,
    OPENED,
    PRESENT,
    PROFESSIONAL,
    SENT,
    SINCE,
    TO,
    TOLD,
    WHO,
    WORKING,
    Flat,
)
from .record import Record, in_who

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Words


@internal
def put(seen: Words, one: int, other: int) -> None:
    """Have somebody see another."""
    seen[one, other >> 6] |= ONE << np.uint64(other & 63)


@internal
def names_all(flat: Flat, row: int, seen: Words, one: int) -> None:
    """Have somebody see all who are named in a contact row, but who closed in it."""
    if flat.of_row[KIND, row] != CLOSED:
        for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
            put(seen, one, flat.lists[p])
    closed = flat.of_row[KIND, row] == CLOSED
    if flat.of_row[FLAGS, row] & SENT:
        for p in range(flat.at[TO, row], flat.at[TO, row + 1]):
            if not (closed and in_who(flat, row, flat.lists[p])):
                put(seen, one, flat.lists[p])
    for p in range(flat.at[PRESENT, row], flat.at[PRESENT, row + 1]):
        if not (closed and in_who(flat, row, flat.lists[p])):
            put(seen, one, flat.lists[p])


@internal
def others_around(flat: Flat, of: Record) -> Ints:
    """How many other professionals and agencies each can see around the child."""
    words = (of.size + 63) >> 6
    seen, staff = np.zeros((of.size, words), np.uint64), np.zeros((of.size, words), np.uint64)
    professionals = np.zeros((1, words), np.uint64)
    for one in range(of.people):
        if flat.of_holder[PROFESSIONAL, of.holder + one]:
            put(professionals, 0, one)
        if flat.of_holder[AGENCY, of.holder + one] >= 0:
            put(staff, flat.of_holder[AGENCY, of.holder + one], one)
    for n in range(of.end - of.row):
        row = of.row + n
        if flat.of_row[of.when, of.row + n] > of.day:
            continue
        if flat.of_row[FLAGS, row] & CONTACT:
            for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
                names_all(flat, row, seen, flat.lists[p])
            if flat.of_row[FLAGS, row] & ARRIVED and flat.of_row[of.read, of.row + n] <= of.day:
                if flat.of_row[FLAGS, row] & SENT:
                    for p in range(flat.at[TO, row], flat.at[TO, row + 1]):
                        names_all(flat, row, seen, flat.lists[p])
                for p in range(flat.at[PRESENT, row], flat.at[PRESENT, row + 1]):
                    names_all(flat, row, seen, flat.lists[p])
        elif flat.of_row[KIND, row] == ASSUMED:
            for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
                for q in range(flat.at[TO, row], flat.at[TO, row + 1]):
                    put(seen, flat.lists[p], flat.lists[q])
    found = np.zeros(of.people, np.int64)
    for one in range(of.people):
        if not of.holders[INVOLVED, one] or not flat.of_holder[WORKING, of.holder + one]:
            continue
        own = ONE << np.uint64(one & 63)
        for word in range(words):
            people = seen[one, word] & professionals[0, word]
            if word == one >> 6:
                people &= ~own
            seen[one, word] = people | (seen[one, word] & agencies_in(of, word))
            found[one] += int(popcount(people))
        for desk in range(of.people, of.size):
            if (
                not seen[one, desk >> 6] >> np.uint64(desk & 63) & ONE
                or desk == flat.of_holder[AGENCY, of.holder + one]
            ):
                continue
            alone = True
            for word in range(words):
                alone = alone and not staff[desk, word] & seen[one, word] & professionals[0, word]
            found[one] += alone
    return found


@internal
def agencies_in(of: Record, word: int) -> Any:
    """The agencies among 64 holders."""
    found = NOTHING
    for place in range(64):
        if of.people <= 64 * word + place < of.size:
            found |= ONE << np.uint64(place)
    return found


@internal
def is_left(flat: Flat, of: Record, one: int, worry: int) -> bool:
    """Whether somebody has left a worry to others, in a row that nothing they did later takes back."""
    bit = ONE << np.uint64(worry)
    for row in range(of.row, of.end):
        n = row - of.row
        if flat.of_row[KIND, row] != ASSUMED or flat.of_row[of.when, of.row + n] > of.day or not in_who(flat, row, one):
            continue
        names = flat.bits[NAMES, row]
        if not names & bit if names else of.since[SINCE, one, worry] > flat.of_row[of.when, of.row + n]:
            continue
        back = False
        for other in range(row + 1, of.end):
            if (
                flat.of_row[LAST, other] > flat.of_row[LAST, row]
                and flat.bits[NAMES, other] & bit
                and flat.of_row[of.when, other] <= of.day
            ):
                kind = flat.of_row[KIND, other]
                taking = kind == TOLD or kind == ASKED or kind == DISAGREED or kind == DECIDED or kind == MET
                if (taking or kind == AGREED or kind == OPENED) and in_who(flat, other, one):
                    back = True
                    break
        if not back:
            return True
    return False
