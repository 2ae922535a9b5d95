"""Who was in contact with whom, in one case: the twin of the fragmentations and of the agencies' scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...spread.kernels.flow import flow
from ...spread.kernels.parts import NOTHING, ONE, Contacts, how_many, internal, own
from ...spread.kernels.steps import closeness, distances
from ...spread.kernels.sweep import Facts, room_for
from .flat import (
    ACTOR,
    ASSUMED,
    BOTH,
    CONTACT,
    DECIDED,
    DISAGREED,
    FIRST,
    FLAGS,
    INVOLVED,
    KIND,
    LAST,
    NAMES,
    OBSERVED,
    PARTY,
    PRESENT,
    PROFESSIONAL,
    READ_FIRST,
    READ_LAST,
    READ_LATER,
    READ_TIME,
    SENT,
    SOURCE,
    TARGET,
    TIME,
    TO,
    TWO_WAY,
    WHO,
    Flat,
)
from .record import Record
from .sorting import in_order

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Numbers

DAY = 86400
NAN = np.nan


@internal
def root(part: Ints, one: int) -> int:
    """The node that stands for the part that somebody is in."""
    while part[one] != one:
        part[one] = part[part[one]]
        one = part[one]
    return one


@internal
def join(part: Ints, one: int, other: int) -> None:
    """Join two parts."""
    one, other = root(part, one), root(part, other)
    if one != other:
        part[max(one, other)] = min(one, other)


@internal
def together(part: Ints, among: Ints) -> int:
    """How many ordered pairs of some nodes are in one part."""
    sizes = np.zeros(len(part), np.int64)
    for one in range(len(part)):
        if among[one]:
            sizes[root(part, one)] += 1
    return int((sizes * (sizes - 1)).sum())


@internal
def share_of_pairs(joined: int, number: int) -> float:
    """1 - the share of the ordered pairs that are joined; NaN for fewer than two."""
    if number < 2:
        return NAN
    return 1 - joined / (number * (number - 1))


@internal
def apart(flat: Flat, of: Record, among: Ints, since: int, names: Any, any_row: bool) -> float:
    """The share of pairs of some that no chain joins, of contacts read after a day; with `names`, that carried one."""
    part = np.arange(of.size)
    for n in range(of.end - of.row):
        if not since < flat.of_row[of.read, of.row + n] <= of.day or flat.of_row[of.when, of.row + n] > of.day:
            continue
        if not any_row and not flat.bits[NAMES, of.row + n] & names:
            continue
        for way in range(of.ways_at[n], of.ways_at[n + 1]):
            if among[of.ways[SOURCE, way]] and among[of.ways[TARGET, way]]:
                join(part, of.ways[SOURCE, way], of.ways[TARGET, way])
    return share_of_pairs(together(part, among), int(among.sum()))


@internal
def active(flat: Flat, of: Record, recent: int) -> Ints:
    """Who is involved, and the agencies that themselves appeared of late."""
    among: Ints = of.holders[INVOLVED].copy()
    for n in range(of.end - of.row):
        row = of.row + n
        if flat.of_row[of.when, of.row + n] > of.day:
            continue
        kind = flat.of_row[KIND, row]
        late = flat.of_row[FLAGS, row] & CONTACT != 0 and of.day - recent < flat.of_row[of.read, of.row + n] <= of.day
        keeping = kind == OBSERVED or kind == DECIDED or kind == DISAGREED
        if late or (keeping and flat.of_row[of.when, of.row + n] > of.day - recent):
            for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
                among[flat.lists[p]] |= flat.lists[p] >= of.people
        if late:
            for p in range(flat.at[PRESENT, row], flat.at[PRESENT, row + 1]):
                among[flat.lists[p]] |= flat.lists[p] >= of.people
            if flat.of_row[FLAGS, row] & SENT:
                for p in range(flat.at[TO, row], flat.at[TO, row + 1]):
                    among[flat.lists[p]] |= flat.lists[p] >= of.people
    return among


@internal
def clusters(flat: Flat, of: Record) -> float:
    """How many parts with a professional there are of those who hold a worry and between whom one passed."""
    part, among = np.arange(of.size), np.zeros(of.size, np.int64)
    for one in range(of.size):
        professional = flat.of_holder[PROFESSIONAL, of.holder + one]
        among[one] = (professional or one >= of.people) and of.held[one] & of.known != NOTHING
    for n in range(of.end - of.row):
        if (
            flat.of_row[of.when, of.row + n] <= of.day
            and flat.of_row[of.read, of.row + n] <= of.day
            and flat.bits[NAMES, of.row + n] & of.known
        ):
            for way in range(of.ways_at[n], of.ways_at[n + 1]):
                if among[of.ways[SOURCE, way]] and among[of.ways[TARGET, way]]:
                    join(part, of.ways[SOURCE, way], of.ways[TARGET, way])
    found = np.zeros(of.size, np.bool_)
    for one in range(of.people):
        if among[one]:
            found[root(part, one)] = True
    return float(found.sum())


@internal
def pairs_of(flat: Flat, of: Record) -> tuple[Ints, Ints, int]:
    """The pairs of actors in contact, each once, and how many they are."""
    words = (of.size + 63) >> 6
    seen = np.zeros((of.size, words), np.uint64)
    left, right, number = np.empty(of.ways.shape[1], np.int64), np.empty(of.ways.shape[1], np.int64), 0
    for n in range(of.end - of.row):
        if flat.of_row[of.when, of.row + n] > of.day or flat.of_row[of.read, of.row + n] > of.day:
            continue
        for way in range(of.ways_at[n], of.ways_at[n + 1]):
            a, b = of.ways[SOURCE, way], of.ways[TARGET, way]
            if not (of.holders[ACTOR, a] and of.holders[ACTOR, b]):
                continue
            if a > b:
                a, b = b, a
            bit = ONE << np.uint64(b & 63)
            if not seen[a, b >> 6] & bit:
                seen[a, b >> 6] |= bit
                left[number], right[number] = a, b
                number += 1
    return left, right, number


@internal
def in_contact(flat: Flat, of: Record, scores: Numbers, of_agencies: Numbers) -> None:
    """Fragmentation, distance fragmentation, fragmentation of agencies and the E-I index."""
    actors = int(of.holders[ACTOR].sum())
    left, right, pairs = pairs_of(flat, of)
    ball, wider = np.empty(of.size, np.uint64), np.empty(of.size, np.uint64)
    counts = np.empty(max(1, of.size), np.int64)
    distances(of.size, pairs, left, right, ball, wider, counts)
    joined, nearness = closeness(of.size, counts)
    scores[0] = share_of_pairs(joined, actors)
    scores[1] = 1 - nearness / (actors * (actors - 1)) if actors > 1 else NAN
    part, among, across = np.arange(of.size), np.zeros(of.size, np.int64), 0
    for one in range(of.size):
        if of.holders[ACTOR, one]:
            among[of.holders[PARTY, one]] = 1
    for pair in range(pairs):
        one, other = of.holders[PARTY, left[pair]], of.holders[PARTY, right[pair]]
        if one != other:
            across += 1
            join(part, one, other)
    of_agencies[0] = share_of_pairs(together(part, among), int(among.sum()))
    of_agencies[1] = (2 * across - pairs) / pairs if pairs else NAN


# in time ----------------------------------------------------------------------------------------------


@internal
def door(flat: Flat, row: int) -> tuple[int, int]:
    """When what a row carries leaves and arrives, on the most favourable days."""
    first, last, time = flat.of_row[FIRST, row], flat.of_row[LAST, row], flat.of_row[TIME, row]
    if not flat.of_row[FLAGS, row] & READ_LATER:
        return last * DAY + (DAY - 1 if time < 0 else time), first * DAY + max(time, 0)
    leaves, leaves_time, arrives, arrives_time = last, time, first, time
    if flat.of_row[READ_LAST, row] < leaves:
        leaves, leaves_time = flat.of_row[READ_LAST, row], flat.of_row[READ_TIME, row]
    if flat.of_row[READ_FIRST, row] > arrives:
        arrives, arrives_time = flat.of_row[READ_FIRST, row], flat.of_row[READ_TIME, row]
    return leaves * DAY + (DAY - 1 if leaves_time < 0 else leaves_time), arrives * DAY + max(arrives_time, 0)


@internal
def contacts_in_time(flat: Flat, of: Record) -> tuple[int, Contacts]:
    """How many actors there are, and the contacts between them on the most favourable days."""
    number, actors = np.full(of.size, -1), 0
    for one in range(of.size):
        if of.holders[ACTOR, one]:
            number[one] = actors
            actors += 1
    most = of.ways.shape[1]
    source, target = np.empty(most, np.int32), np.empty(most, np.int32)
    leaves, arrives, two_way = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.bool_)
    once, keys, found, any_once = np.zeros(most, np.int32), np.empty(most, np.int64), 0, False
    for n in range(of.end - of.row):
        row = of.row + n
        if flat.of_row[of.when, row] > of.day or flat.of_row[of.read, row] > of.day:
            continue
        begun, passing = found, 0
        leave, arrive = door(flat, row)
        for way in range(of.ways_at[n], of.ways_at[n + 1]):
            a, b = number[of.ways[SOURCE, way]], number[of.ways[TARGET, way]]
            if a < 0 or b < 0:
                continue
            source[found], target[found], two_way[found] = a, b, of.ways[BOTH, way] != 0
            leaves[found], arrives[found] = leave, arrive
            keys[found] = 2 * min(leave, arrive) + (leave < arrive)
            passing += 1 + of.ways[BOTH, way]
            found += 1
        flags = flat.of_row[FLAGS, row]
        if passing > 2 and flags & SENT and flags & TWO_WAY:
            once[begun:found] = n + 1
            any_once = True
    order = in_order(keys, found)
    return actors, Contacts(
        np.array([0, found]),
        source[order],
        target[order],
        leaves[order],
        arrives[order],
        two_way[order],
        once[order] if any_once else np.empty(0, np.int32),
        np.empty(0, np.int64),
        np.empty(0, np.uint64),
    )


@internal
def out_of_reach(flat: Flat, of: Record) -> tuple[bool, float]:
    """The share of ordered pairs without a chain in time; False where the engine in plain Python has to say."""
    actors, contacts = contacts_in_time(flat, of)
    if actors < 2:
        return True, NAN
    nothing = Facts(np.zeros(2, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))
    room, reached = room_for(actors, max(1, len(contacts.source)), 0), 0
    for block in range((actors + 63) >> 6):
        own(room.held, actors, block)
        if not flow(contacts, 0, actors, nothing, block, room):
            return False, NAN
        reached += how_many(room.held, actors)
    return True, share_of_pairs(reached - actors, actors)


# circles ----------------------------------------------------------------------------------------------


@internal
def circles(flat: Flat, of: Record) -> float:
    """How many groups of two or more parties count on each other in a circle, by the assumed rows."""
    onward, any_row = np.zeros((of.size, of.size), np.bool_), False
    for n in range(of.end - of.row):
        row = of.row + n
        if flat.of_row[KIND, row] != ASSUMED or flat.of_row[of.when, of.row + n] > of.day:
            continue
        for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
            for q in range(flat.at[TO, row], flat.at[TO, row + 1]):
                one, other = of.holders[PARTY, flat.lists[p]], of.holders[PARTY, flat.lists[q]]
                if one >= 0 and other >= 0 and one != other:
                    onward[one, other] = any_row = True
    if not any_row:
        return 0.0
    for middle in range(of.size):
        for one in range(of.size):
            if onward[one, middle]:
                onward[one] |= onward[middle]
    found = 0
    for one in range(of.size):
        if onward[one, one]:
            is_first = True
            for other in range(one):
                is_first = is_first and not (onward[one, other] and onward[other, one])
            found += is_first
    return float(found)
