"""The compiled loops over columns of many cases: the engine of :mod:`safetynet.spread.edges` once more.

Needs numba. Nothing imports this module until many cases are asked for at once. The people of a case are taken 64 at
a time as the sources of what spreads, so that a set of them is one word however many people there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import extending, prange, types

FACT, READ, OPEN, SEND = range(4)  # what can happen at a tick, in this order
ONE = np.uint64(1)

Decorator = Callable[[Callable[..., Any]], Any]
# numba's types say nothing of what its decorators make
compiled: Decorator = numba.njit(cache=True, nogil=True)
compiled_parallel: Decorator = numba.njit(cache=True, parallel=True)
built_in: Decorator = extending.intrinsic


@built_in
def popcount(typing: Any, word: Any) -> Any:
    """The number of set bits of a 64-bit word."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), generate


@built_in
def lowest(typing: Any, word: Any) -> Any:
    """The number of the lowest set bit of a 64-bit word that is not 0."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], context.get_constant(types.boolean, True))

    return types.uint64(types.uint64), generate


@compiled
def own(held: Any, people: int, block: int) -> None:
    """Everybody of a block of 64 people holds themselves, the others nothing."""
    for person in range(people):
        held[person] = ONE << np.uint64(person - 64 * block) if person >> 6 == block else np.uint64(0)


@compiled
def static(people: int, start: int, stop: int, source: Any, target: Any, seen: Any, left: Any, right: Any,
           ball: Any, wider: Any) -> Any:  # fmt: skip
    """The ordered pairs that contacts join, and the sum of 1/distance over them; see ``flow.distances``."""
    words = (people + 63) >> 6
    seen[: people * words] = 0
    pairs = 0
    for contact in range(start, stop):
        a, b = source[contact], target[contact]
        if a > b:
            a, b = b, a
        word, bit = a * words + (b >> 6), ONE << np.uint64(b & 63)
        if a != b and not seen[word] & bit:
            seen[word] |= bit
            left[pairs], right[pairs] = a, b
            pairs += 1
    joined: Any = 0
    nearness = 0.0
    for block in range(words):
        own(ball, people, block)
        size: Any = min(64, people - 64 * block)
        within, steps = size, 0
        while within < size * people:
            steps += 1
            wider[:people] = ball[:people]
            for pair in range(pairs):
                a, b = left[pair], right[pair]
                wider[a] |= ball[b]
                wider[b] |= ball[a]
            before, within = within, 0
            for person in range(people):
                within += np.int64(popcount(wider[person]))
                ball[person] = wider[person]
            if within == before:
                break
            nearness += (within - before) / steps
        joined += within - size
    return joined, nearness


@compiled
def temporal(people: int, start: int, stop: int, source: Any, target: Any, leaves: Any, arrives: Any, two_way: Any,
             once: Any, held: Any, old: Any, scratch: Any) -> Any:  # fmt: skip
    """The ordered pairs with a time-respecting path; -1 if the reference engine has to say.

    The contacts, in the order in which they begin (doors before letters), fall into groups that do not overlap in
    time. In most groups all begin and end together: if they are doors they are gone through until nothing changes, if
    they are letters all are sent before any is read. The rest is swept event by event.
    """
    reached: Any = 0
    no_facts = np.empty(0, np.int64)
    for block in range((people + 63) >> 6):
        own(held, people, block)
        first = start
        while first < stop:
            letters = leaves[first] < arrives[first]
            ends = max(leaves[first], arrives[first])
            doors_end = leaves[first]
            alike = True
            last = first + 1
            while last < stop:
                lo = min(leaves[last], arrives[last])
                is_letter = leaves[last] < arrives[last]
                if lo > ends or (lo == ends and (is_letter or doors_end < ends)):
                    break
                if leaves[last] != leaves[first] or arrives[last] != arrives[first]:
                    alike = False
                    ends = max(ends, leaves[last], arrives[last])
                    if not is_letter:
                        doors_end = max(doors_end, leaves[last])
                last += 1
            occasion = once[first] if len(once) else 0
            if len(once):
                for contact in range(first, last):
                    if once[contact] != occasion or (once[contact] and not alike):
                        return -1
            if last == first + 1 and not letters:
                a, b = source[first], target[first]
                both = held[a] | held[b] if two_way[first] else held[a]
                held[b] |= both
                if two_way[first]:
                    held[a] = both
            elif alike and (letters or occasion):
                old[:people] = held[:people]
                for contact in range(first, last):
                    a, b = source[contact], target[contact]
                    held[b] |= old[a]
                    if two_way[contact]:
                        held[a] |= old[b]
            elif alike:
                changed = True
                while changed:
                    changed = False
                    for contact in range(first, last):
                        a, b = source[contact], target[contact]
                        both = held[a] | held[b] if two_way[contact] else held[a]
                        if both & ~held[b]:
                            held[b] |= both
                            changed = True
                        if two_way[contact] and both & ~held[a]:
                            held[a] = both
                            changed = True
            else:
                sweep(people, first, last, source, target, leaves, arrives, two_way, 0, 0, no_facts, no_facts, no_facts,
                      block, held, scratch, 0, no_facts)  # fmt: skip
            first = last
        for person in range(people):
            reached += np.int64(popcount(held[person]))
    return reached - people


@compiled
def note(tick: int, holder: int, new: Any, block: int, items: int, first: Any) -> None:
    """Write down the first tick of what a holder gained."""
    while new:
        first[holder * items + 64 * block + np.int64(lowest(new))] = tick
        new &= new - ONE


@compiled
def sweep(people: int, start: int, stop: int, source: Any, target: Any, leaves: Any, arrives: Any, two_way: Any,
          fact_start: int, fact_stop: int, fact_holder: Any, fact_item: Any, fact_tick: Any, block: int, held: Any,
          scratch: Any, items: int, first: Any) -> None:  # fmt: skip
    """Everything that begins and ends, event by event, as ``flow.spread`` does it.

    `first`, if it has cells, gets the first tick of each of `items` items per holder.
    """
    events, keys, order, following, doors, sealed, waiting, is_waiting = scratch
    number = 0
    for fact in range(fact_start, fact_stop):
        if fact_item[fact] >> 6 == block:
            keys[number], events[number] = fact_tick[fact] * 4 + FACT, fact
            number += 1
    for contact in range(start, stop):
        if arrives[contact] <= leaves[contact]:
            keys[number], events[number] = arrives[contact] * 4 + OPEN, contact
            number += 1
        else:
            keys[number], events[number] = leaves[contact] * 4 + SEND, contact
            keys[number + 1], events[number + 1] = arrives[contact] * 4 + READ, contact
            number += 2
    order[:number] = np.argsort(keys[:number])
    doors[:people] = -1  # of each holder: the latest door opened, then by `following` the ones before it
    is_waiting[:people] = False
    record = len(first) > 0
    for place in range(number):
        tick, phase, thing = keys[order[place]] >> 2, keys[order[place]] & 3, events[order[place]]
        length = 0
        if phase == FACT:
            a = fact_holder[thing]
            new = (ONE << np.uint64(fact_item[thing] & 63)) & ~held[a]
            if new:
                held[a] |= new
                if record:
                    note(tick, a, new, block, items, first)
                waiting[0], length = a, 1
        else:
            a, b = np.int64(source[thing]), np.int64(target[thing])
            door = 2 * (thing - start)  # the passage from a to b; the one from b to a is 1 more
            ways = 2 if two_way[thing] else 1
            for way in range(ways):
                if phase == SEND:
                    sealed[door + way] = held[a]
                else:
                    if phase == OPEN:
                        following[door + way] = doors[a]
                        doors[a] = door + way
                        new = held[a] & ~held[b]
                    else:
                        new = sealed[door + way] & ~held[b]
                    if new:
                        held[b] |= new
                        if record:
                            note(tick, b, new, block, items, first)
                        if not is_waiting[b]:
                            waiting[length] = b
                            is_waiting[b] = True
                            length += 1
                a, b = b, a
        while length:
            length -= 1
            a = waiting[length]
            is_waiting[a] = False
            before, door = -1, doors[a]
            while door >= 0:
                contact = start + (door >> 1)
                if leaves[contact] < tick:  # closed: taken out of the list
                    if before < 0:
                        doors[a] = following[door]
                    else:
                        following[before] = following[door]
                else:
                    before = door
                    b = source[contact] if door & 1 else target[contact]
                    new = held[a] & ~held[b]
                    if new:
                        held[b] |= new
                        if record:
                            note(tick, b, new, block, items, first)
                        if not is_waiting[b]:
                            waiting[length] = b
                            is_waiting[b] = True
                            length += 1
                door = following[door]


@compiled
def room(people: int, contacts: int, facts: int) -> Any:
    """The working space of :func:`sweep` for the largest case of a chunk."""
    events = 2 * contacts + facts
    return (
        np.empty(events, np.int64), np.empty(events, np.int64), np.empty(events, np.int64),
        np.empty(2 * contacts, np.int64), np.empty(people, np.int64), np.empty(2 * contacts, np.uint64),
        np.empty(people + 2, np.int64), np.empty(people, np.bool_),
    )  # fmt: skip


@compiled_parallel
def measure(people: Any, offsets: Any, source: Any, target: Any, leaves: Any, arrives: Any, two_way: Any, once: Any,
            chunks: Any, joined: Any, nearness: Any, reached: Any) -> None:  # fmt: skip
    """The sums behind the three scores, for every case; `chunks` are the bounds of the cases done together."""
    for chunk in prange(len(chunks) - 1):
        most: Any = 1
        longest: Any = 1
        for case in range(chunks[chunk], chunks[chunk + 1]):
            most = max(most, np.int64(people[case]))
            longest = max(longest, offsets[case + 1] - offsets[case])
        pairs = min(longest, most * (most - 1) // 2)
        seen = np.empty(most * ((most + 63) >> 6), np.uint64)
        left, right = np.empty(pairs, np.int32), np.empty(pairs, np.int32)
        ball, wider = np.empty(most, np.uint64), np.empty(most, np.uint64)
        scratch = room(most, longest, 0)
        for case in range(chunks[chunk], chunks[chunk + 1]):
            size, start, stop = np.int64(people[case]), offsets[case], offsets[case + 1]
            joined[case], nearness[case] = static(size, start, stop, source, target, seen, left, right, ball, wider)
            reached[case] = temporal(size, start, stop, source, target, leaves, arrives, two_way, once, ball, wider,
                                     scratch)  # fmt: skip


@compiled_parallel
def learn(people: Any, offsets: Any, source: Any, target: Any, leaves: Any, arrives: Any, two_way: Any, items: Any,
          fact_offsets: Any, fact_holder: Any, fact_item: Any, fact_tick: Any, cells: Any, first: Any,
          chunks: Any) -> None:  # fmt: skip
    """The first tick of every (holder, item) of every case, into its cells of `first`."""
    for chunk in prange(len(chunks) - 1):
        most: Any = 1
        longest: Any = 1
        facts = 1
        for case in range(chunks[chunk], chunks[chunk + 1]):
            most = max(most, np.int64(people[case]))
            longest = max(longest, offsets[case + 1] - offsets[case])
            facts = max(facts, fact_offsets[case + 1] - fact_offsets[case])
        held = np.empty(most, np.uint64)
        scratch = room(most, longest, facts)
        for case in range(chunks[chunk], chunks[chunk + 1]):
            size = np.int64(people[case])
            for block in range((items[case] + 63) >> 6):
                held[:size] = 0
                sweep(size, offsets[case], offsets[case + 1], source, target, leaves, arrives, two_way,
                      fact_offsets[case], fact_offsets[case + 1], fact_holder, fact_item, fact_tick, block, held,
                      scratch, items[case], first[cells[case] : cells[case + 1]])  # fmt: skip
