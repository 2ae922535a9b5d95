"""Contacts that overlap in time, event by event: the twin of :mod:`safetynet.spread.sweep`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .parts import EVERYTHING, ONE, Contacts, compiled, lowest

if TYPE_CHECKING:
    from .parts import Flags, Ints, Words

FACT, READ, OPEN, SEND = range(4)  # what can happen at a tick, in this order


class Facts(NamedTuple):
    """What holders of many cases come by of their own; in each case in the order of time."""

    offsets: Ints
    holder: Ints
    item: Ints
    tick: Ints


class Room(NamedTuple):
    """The working space for one case at a time, and where the first ticks go: `items` to a holder."""

    held: Words
    before: Words
    events: Ints
    keys: Ints
    following: Ints
    doors: Ints
    sealed: Words
    waiting: Ints
    is_waiting: Flags
    first: Ints
    items: int


class Group(NamedTuple):
    """Contacts that overlap in time, up to the place `last`: one moment if they are alike in time, or to be swept."""

    last: int
    begins: int
    ends: int
    alike: bool


@compiled
def room_for(people: int, contacts: int, facts: int) -> Room:
    """The working space for cases up to a size, in which no first ticks are written down."""
    events = 2 * contacts + facts
    return Room(
        np.empty(people, np.uint64),
        np.empty(people, np.uint64),
        np.empty(events, np.int64),
        np.empty(events, np.int64),
        np.empty(2 * contacts, np.int64),
        np.empty(people, np.int64),
        np.empty(2 * contacts, np.uint64),
        np.empty(people + 2, np.int64),
        np.empty(people, np.bool_),
        np.empty(0, np.int64),
        0,
    )


@compiled
def for_cells(room: Room, first: Ints, items: int) -> Room:
    """The same space, with the cells for the first ticks of a case."""
    return Room(*room[:9], first, items)


@compiled
def note(room: Room, tick: int, holder: int, new: Any, block: int) -> None:
    """Write down the first tick of what a holder gained."""
    while new:
        room.first[holder * room.items + 64 * block + int(lowest(new))] = tick
        new &= new - ONE


@compiled
def gain(room: Room, tick: int, holder: int, new: Any, block: int) -> None:
    """Give a holder items that they do not have, and write down when."""
    room.held[holder] |= new
    if len(room.first):
        note(room, tick, holder, new, block)


@compiled
def may_pass(allowed: Ints, masks: Words, contact: int, block: int) -> Any:
    """The items of a block that may pass in a contact."""
    if len(allowed) == 0 or allowed[contact] < 0:
        return EVERYTHING
    return masks[allowed[contact] + block]


@compiled
def agenda(
    contacts: Contacts, first: int, group: Group, facts: Facts, fact: int, facts_stop: int, block: int, room: Room
) -> tuple[int, int]:
    """Everything that begins and ends in a group: how many events, and the first fact after it."""
    events, keys, number = room.events, room.keys, 0
    while fact < facts_stop and facts.tick[fact] <= group.ends:
        if facts.item[fact] >> 6 == block:
            keys[number], events[number] = facts.tick[fact] * 4 + FACT, fact
            number += 1
        fact += 1
    for contact in range(first, group.last):
        leaves, arrives = contacts.leaves[contact], contacts.arrives[contact]
        if arrives <= leaves:
            keys[number], events[number] = arrives * 4 + OPEN, contact
            number += 1
        else:
            keys[number], events[number] = leaves * 4 + SEND, contact
            keys[number + 1], events[number + 1] = arrives * 4 + READ, contact
            number += 2
    return number, fact


@compiled
def take(room: Room, tick: int, holder: int, new: Any, block: int, length: int) -> int:
    """Give a holder items, and let the doors from there wait to be tried; how many holders wait."""
    if not new:
        return length
    gain(room, tick, holder, new, block)
    if room.is_waiting[holder]:
        return length
    room.waiting[length] = holder
    room.is_waiting[holder] = True
    return length + 1


@compiled
def happen(
    contacts: Contacts, first: int, contact: int, phase: int, tick: int, way: int, block: int, room: Room, length: int
) -> int:
    """One way of a contact opens, is sent or is read; how many holders wait to have their doors tried.

    The way from source to target is 0, the one back is 1.
    """
    a, b = contacts.source[contact], contacts.target[contact]
    if way:
        a, b = b, a
    door = 2 * (contact - first) + way
    if phase == SEND:
        room.sealed[door] = room.held[a] & may_pass(contacts.allowed, contacts.masks, contact, block)
        return length
    if phase == READ:
        return take(room, tick, b, room.sealed[door] & ~room.held[b], block, length)
    room.following[door] = room.doors[a]
    room.doors[a] = door
    return take(
        room,
        tick,
        b,
        room.held[a] & may_pass(contacts.allowed, contacts.masks, contact, block) & ~room.held[b],
        block,
        length,
    )


@compiled
def try_doors(contacts: Contacts, first: int, tick: int, block: int, room: Room, length: int) -> None:
    """Let items go through the doors of those who wait, and on; doors that have closed are taken out of the lists."""
    doors, following = room.doors, room.following
    while length:
        length -= 1
        a = room.waiting[length]
        room.is_waiting[a] = False
        before, door = -1, doors[a]
        while door >= 0:
            contact = first + (door >> 1)
            if contacts.leaves[contact] < tick:
                if before < 0:
                    doors[a] = following[door]
                else:
                    following[before] = following[door]
            else:
                before = door
                b = contacts.source[contact] if door & 1 else contacts.target[contact]
                new = room.held[a] & may_pass(contacts.allowed, contacts.masks, contact, block) & ~room.held[b]
                length = take(room, tick, b, new, block, length)
            door = following[door]


@compiled
def sweep(
    contacts: Contacts,
    people: int,
    first: int,
    group: Group,
    facts: Facts,
    fact: int,
    facts_stop: int,
    block: int,
    room: Room,
) -> int:
    """Everything that begins and ends in a group, event by event; the first fact after it."""
    number, fact = agenda(contacts, first, group, facts, fact, facts_stop, block, room)
    order = np.argsort(room.keys[:number])
    room.doors[:people] = -1  # of each holder: the latest door opened, then by `following` the ones before it
    room.is_waiting[:people] = False
    for place in range(number):
        tick, phase, thing = room.keys[order[place]] >> 2, room.keys[order[place]] & 3, room.events[order[place]]
        length = 0
        if phase == FACT:
            holder = facts.holder[thing]
            own_item = ONE << np.uint64(facts.item[thing] & 63)
            length = take(room, tick, holder, own_item & ~room.held[holder], block, length)
        else:
            for way in range(2 if contacts.two_way[thing] else 1):
                length = happen(contacts, first, thing, phase, tick, way, block, room, length)
        try_doors(contacts, first, tick, block, room, length)
    return fact
