"""Who holds what of the picture, in one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal, lowest, popcount
from .flat import INVOLVED, PROFESSIONAL, SEVERITY, Flat, Terms
from .record import Record
from .sums import weight_of

if TYPE_CHECKING:
    from ...spread.kernels.parts import Words

NAN = np.nan
TRIES = 100_000  # so many groups are tried before the case is left to the measures on a single case


@internal
def best_picture(flat: Flat, of: Record, terms: Terms) -> float:
    """The largest share of the known severity that any one involved professional holds."""
    if of.known == NOTHING or not of.holders[INVOLVED].any():
        return NAN
    severity, room, best = flat.of_concern[SEVERITY, of.concern :], np.empty(64, np.float64), 0.0
    for one in range(of.people):
        held = of.held[one] & of.known
        if of.holders[INVOLVED, one] and held:
            best = max(best, weight_of(held, severity, terms.weights, room, terms.compensated))
    return best / weight_of(of.known, severity, terms.weights, room, terms.compensated)


@internal
def unshared_pairs(flat: Flat, of: Record, terms: Terms) -> float:
    """The weight of the pairs of known worries that nobody involved holds together, of all pairs."""
    severity, beside = flat.of_concern[SEVERITY, of.concern :], np.zeros(64, np.uint64)
    for one in range(of.people):
        if of.holders[INVOLVED, one]:
            held = of.held[one] & of.known
            left = held
            while left:
                beside[int(lowest(left))] |= held
                left &= left - ONE
    every = apart = 0.0
    first = of.known
    while first:
        one = int(lowest(first))
        first &= first - ONE
        second = first
        while second:
            other = int(lowest(second))
            second &= second - ONE
            weight = terms.weights[severity[one]] * terms.weights[severity[other]]
            every += weight
            if not beside[one] >> np.uint64(other) & ONE:
                apart += weight
    return apart / every if every else NAN


@internal
def exclusive_concerns(of: Record) -> float:
    """How many current worries exactly one involved professional holds."""
    once = twice = NOTHING
    for one in range(of.people):
        if of.holders[INVOLVED, one]:
            held = of.held[one] & of.current
            twice |= once & held
            once |= held
    return float(popcount(once & ~twice))


# the smallest meeting ---------------------------------------------------------------------------------


@internal
def smallest_meeting(flat: Flat, of: Record) -> float:
    """The fewest professionals who together hold every known worry; NaN without one, -1 if it takes too long."""
    offers, number = np.empty(of.people, np.uint64), 0
    for one in range(of.people):
        held = of.held[one] & of.known
        if held and flat.of_holder[PROFESSIONAL, of.holder + one]:
            offers[number] = held
            number += 1
    return float(fewest(offers, number)) if number else NAN


@internal
def fewest(offers: Words, number: int) -> int:
    """The twin of :func:`safetynet.measures.cover.fewest`; -1 where too many groups would have to be tried."""
    needed = 0
    while number:
        number = widest(offers, number)
        once = twice = done = NOTHING
        for place in range(number):
            twice |= once & offers[place]
            once |= offers[place]
        alone = once & ~twice
        if alone == NOTHING:
            found = tried(offers, number, once)
            return needed + found if found > 0 else -1
        for place in range(number):
            if offers[place] & alone:
                needed += 1
                done |= offers[place]
        left = 0
        for place in range(number):
            if offers[place] & ~done:
                offers[left] = offers[place] & ~done
                left += 1
        number = left
    return needed


@internal
def widest(offers: Words, number: int) -> int:
    """Keep the offers that bring something that no other brings all of; how many they are."""
    found, left = np.empty(number, np.uint64), 0
    for place in range(number):
        held, kept = offers[place], True
        for other in range(number):
            within = held & offers[other] == held
            if other != place and within and (held != offers[other] or other < place):
                kept = False
        if kept:
            found[left] = held
            left += 1
    offers[:left] = found[:left]
    return left


@internal
def tried(offers: Words, number: int, wanted: Any) -> int:
    """The fewest who hold all that is wanted, trying larger and larger groups; -1 where they are too many."""
    tries, size = TRIES, 1
    left, thing, place = np.empty(66, np.uint64), np.empty(66, np.int64), np.empty(66, np.int64)
    while True:
        depth = 0
        left[0], place[0] = wanted, -1
        while depth >= 0:
            if place[depth] < 0:
                tries -= 1
                if tries < 0:
                    return -1
                thing[depth] = rarest(offers, number, left[depth], size - depth)
                place[depth] = 0
                if thing[depth] == -2:
                    return size
                if thing[depth] == -1:
                    depth -= 1
                    continue
            bit = ONE << np.uint64(thing[depth])
            while place[depth] < number and not offers[place[depth]] & bit:
                place[depth] += 1
            if place[depth] == number:
                depth -= 1
                continue
            held = offers[place[depth]]
            place[depth] += 1
            left[depth + 1], place[depth + 1] = left[depth] & ~held, -1
            depth += 1
        size += 1


@internal
def rarest(offers: Words, number: int, left: Any, size: int) -> int:
    """Of what is left the thing that the fewest bring; -1 if so many people cannot hold it, -2 if one of them does."""
    if left == NOTHING:
        return -2
    most, several = 0, np.zeros(64, np.int64)
    for place in range(number):
        adds = offers[place] & left
        most = max(most, int(popcount(adds)))
        while adds:
            several[int(lowest(adds))] += 1
            adds &= adds - ONE
    many = int(popcount(left))
    if size <= 0 or most * size < many:
        return -1
    if size == 1:
        return -2
    best, found = 1 << 30, -1
    while left:
        one = int(lowest(left))
        left &= left - ONE
        if several[one] < best:
            best, found = several[one], one
    return found
