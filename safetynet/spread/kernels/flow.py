"""How items spread in the contacts of many cases: the twin of :mod:`safetynet.spread.flow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from .parts import NOTHING, ONE, Contacts, compiled, compiled_parallel, how_many, largest, own
from .sweep import Facts, Group, Room, for_cells, gain, may_pass, note, room_for, sweep

if TYPE_CHECKING:
    from .parts import Flags, Ints, Words

LAST = np.iinfo(np.int64).max  # a tick after every real one


@compiled
def come_by(facts: Facts, fact: int, stop: int, until: int, block: int, room: Room) -> int:
    """Let holders come by what is theirs up to a tick; the first fact that is still to come."""
    while fact < stop and facts.tick[fact] <= until:
        if facts.item[fact] >> 6 == block:
            holder = facts.holder[fact]
            new = (ONE << np.uint64(facts.item[fact] & 63)) & ~room.held[holder]
            if new:
                gain(room, facts.tick[fact], holder, new, block)
        fact += 1
    return fact


@compiled
def group_from(leaves: Ints, arrives: Ints, first: int, stop: int) -> Group:
    """The contacts from a place on that overlap in time."""
    begins, ends, open_until = min(leaves[first], arrives[first]), max(leaves[first], arrives[first]), leaves[first]
    alike, last = True, first + 1
    while last < stop:
        begin, is_letter = min(leaves[last], arrives[last]), leaves[last] < arrives[last]
        if begin > ends or (begin == ends and (is_letter or open_until < ends)):
            break
        if leaves[last] != leaves[first] or arrives[last] != arrives[first]:
            alike = False
            ends = max(ends, leaves[last], arrives[last])
            if not is_letter:
                open_until = max(open_until, leaves[last])
        last += 1
    return Group(last, begins, ends, alike)


@compiled
def occasions(once: Ints, first: int, last: int) -> int:
    """0 if none of some contacts is part of an occasion, 1 if all are of one, else 2."""
    if len(once) == 0:
        return 0
    same = none = 0
    for contact in range(first, last):
        same += once[contact] == once[first]
        none += once[contact] == 0
    if none == last - first:
        return 0
    return 1 if same == last - first else 2


@compiled
def settle(source: Ints, target: Ints, two_way: Flags, held: Words, first: int, last: int) -> None:
    """Let items go through doors that are open together, until nothing more moves."""
    changed = True
    while changed:
        changed = False
        for contact in range(first, last):
            a, b = source[contact], target[contact]
            both = held[a] | held[b] if two_way[contact] else held[a]
            if both & ~held[b]:
                held[b] |= both
                changed = last > first + 1
            if two_way[contact] and both & ~held[a]:
                held[a] = both
                changed = last > first + 1


@compiled
def overlaps(leaves: int, arrives: int, closes: int) -> bool:
    """Whether a contact that begins no earlier overlaps with doors that close at a tick; what is sent then does not."""
    return min(leaves, arrives) < closes or (arrives == closes and arrives <= leaves)


@compiled
def through_doors(
    source: Ints, target: Ints, leaves: Ints, arrives: Ints, two_way: Flags, held: Words, first: int, stop: int
) -> int:
    """Let items go through doors, as long as those that overlap open and close together; where that ends.

    The short way for contacts without occasions in which everything may pass, where nobody comes by anything
    otherwise.
    """
    while first < stop and arrives[first] <= leaves[first]:
        closes, last = leaves[first], first + 1
        while last < stop and arrives[last] == arrives[first] and leaves[last] == closes:
            last += 1
        if last < stop and overlaps(leaves[last], arrives[last], closes):
            break
        if last == first + 1:
            a, b = source[first], target[first]
            both = held[a] | held[b] if two_way[first] else held[a]
            held[b] |= both
            if two_way[first]:
                held[a] = both
        else:
            settle(source, target, two_way, held, first, last)
        first = last
    return first


@compiled
def note_all(contacts: Contacts, first: int, last: int, block: int, room: Room) -> None:
    """Write down what everybody gained in a moment, beyond what they had before it."""
    if len(room.first) == 0:
        return
    for contact in range(first, last):
        for holder in (contacts.source[contact], contacts.target[contact]):
            note(room, contacts.arrives[first], holder, room.held[holder] & ~room.before[holder], block)
            room.before[holder] = room.held[holder]


@compiled
def exchange(contacts: Contacts, people: int, first: int, last: int, block: int, room: Room) -> None:
    """Let items go through contacts once, so that what comes through one does not go on in another."""
    before, held = room.before, room.held
    before[:people] = held[:people]
    for contact in range(first, last):
        a, b = contacts.source[contact], contacts.target[contact]
        may = may_pass(contacts.allowed, contacts.masks, contact, block)
        held[b] |= before[a] & may
        if contacts.two_way[contact]:
            held[a] |= before[b] & may
    note_all(contacts, first, last, block, room)


@compiled
def flow(contacts: Contacts, case: int, people: int, facts: Facts, block: int, room: Room) -> bool:
    """Let items of a block spread in a case; False if the engine in plain Python has to say.

    The contacts fall into groups that do not overlap in time. In most groups all begin and end together: if they are
    doors they are gone through until nothing changes, if they are letters all are sent before any is read. The rest is
    swept event by event.
    """
    source, target, leaves, arrives, two_way = contacts[1:6]
    fact, facts_stop = facts.offsets[case], facts.offsets[case + 1]
    first, stop = contacts.offsets[case], contacts.offsets[case + 1]
    noted, masked = len(room.first) > 0, len(contacts.allowed) > 0
    plain = fact == facts_stop and not noted and not masked and len(contacts.once) == 0
    while first < stop:
        if plain:
            first = through_doors(source, target, leaves, arrives, two_way, room.held, first, stop)
            if first == stop:
                break
        group = group_from(leaves, arrives, first, stop)
        fact = come_by(facts, fact, facts_stop, group.begins, block, room)
        alike = group.alike and not (fact < facts_stop and facts.tick[fact] <= group.ends)
        is_letter, shared = leaves[first] < arrives[first], occasions(contacts.once, first, group.last)
        if alike and (is_letter or shared == 1):
            exchange(contacts, people, first, group.last, block, room)
        elif shared:
            return False
        elif masked or not alike:
            fact = sweep(contacts, people, first, group, facts, fact, facts_stop, block, room)
        else:
            room.before[:people] = room.held[:people]
            settle(source, target, two_way, room.held, first, group.last)
            note_all(contacts, first, group.last, block, room)
        first = group.last
    come_by(facts, fact, facts_stop, LAST, block, room)
    return True


@compiled
def reached_in(people: Ints, contacts: Contacts, facts: Facts, begin: int, end: int, found: Ints) -> None:
    """What :func:`reached` asks, for the cases from one to another."""
    most, longest = largest(people, contacts.offsets, begin, end)
    room = room_for(most, longest, 0)
    for case in range(begin, end):
        size, number, known = int(people[case]), 0, True
        for block in range((size + 63) >> 6):
            own(room.held, size, block)
            known = known and flow(contacts, case, size, facts, block, room)
            number += how_many(room.held, size)
        found[case] = number - size if known else -1


@compiled
def learnt_in(
    people: Ints, contacts: Contacts, facts: Facts, cells: Ints, begin: int, end: int, first: Ints, known: Flags
) -> None:
    """What :func:`learnt` asks, for the cases from one to another."""
    most, longest = largest(people, contacts.offsets, begin, end)
    space = room_for(most, longest, largest(people, facts.offsets, begin, end)[1])
    for case in range(begin, end):
        size = int(people[case])
        items = (cells[case + 1] - cells[case]) // max(1, size)
        room = for_cells(space, first[cells[case] : cells[case + 1]], items)
        for block in range((items + 63) >> 6):
            room.held[:size] = NOTHING
            known[case] = known[case] and flow(contacts, case, size, facts, block, room)


@compiled_parallel
def reached(people: Ints, contacts: Contacts, facts: Facts, chunks: Ints, found: Ints) -> None:
    """The ordered pairs with a time-respecting path, for every case; -1 where the engine in plain Python has to say.

    `facts` are none, of any case.
    """
    for chunk in prange(len(chunks) - 1):
        reached_in(people, contacts, facts, chunks[chunk], chunks[chunk + 1], found)


@compiled_parallel
def learnt(
    people: Ints, contacts: Contacts, facts: Facts, cells: Ints, chunks: Ints, first: Ints, known: Flags
) -> None:
    """The first tick of every (holder, item) of every case, into its cells of `first`.

    `known` is false where the engine in plain Python has to say.
    """
    for chunk in prange(len(chunks) - 1):
        learnt_in(people, contacts, facts, cells, chunks[chunk], chunks[chunk + 1], first, known)
