"""The record of one case by a day: what is on whose record, who has appeared, who is involved, which worries are known.

The twin of :mod:`safetynet.record.snapshot`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal, lowest
from .flat import (
    ABOUT,
    ABOUT_ALL,
    ACT,
    ACTOR,
    AGENCY,
    APPEARED,
    ARRIVED,
    BOTH,
    BY_ROW,
    CLOSED,
    CONCERNS,
    CONTACT,
    DECIDED,
    DISAGREED,
    FIRST,
    FLAGS,
    HOLDERS,
    INVOLVED,
    KIND,
    LAST,
    LOOKS_BACK,
    NAMES,
    NEVER,
    OBSERVED,
    OF_PARTY,
    OPENED,
    PARTY,
    PARTY_ROW,
    PEOPLE,
    PERMISSIONS,
    POST_ENDS,
    PRESENT,
    PROFESSIONAL,
    READ_FIRST,
    READ_LAST,
    RESOLVED,
    ROWS,
    SENT,
    SEVERITY,
    SINCE,
    SOURCE,
    TARGET,
    TO,
    TOGETHER,
    TWO_WAY,
    WHO,
    WITHHELD,
    Flat,
    Terms,
)

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Words


class Record(NamedTuple):
    """One case by a day.

    `when` and `read` are the lines of the rows' array on which they count as sent and as read. `since` is by holder and
    concern: the day, the row that first gave it, and the first day by any other row; then the same of parties, numbered
    as the agency or the person. `holders` has the party of each, the day on which they appeared, whether they are an
    actor and whether they are involved. `ways` are by row, from `ways_at` on: from whom to whom something could move,
    and whether in both directions.
    """

    day: int
    size: int
    people: int
    holder: int
    concern: int
    row: int
    end: int
    rule: int
    last_rule: int
    when: int
    read: int
    since: Ints
    holders: Ints
    held: Words
    worries: Any
    current: Any
    known: Any
    ever_known: Any
    ways_at: Ints
    ways: Ints


@internal
def is_in(one: int, values: Ints, first: int, stop: int) -> bool:
    """Whether a number is among some."""
    for place in range(first, stop):
        if values[place] == one:
            return True
    return False


@internal
def in_who(flat: Flat, row: int, one: int) -> bool:
    """Whether a holder is in ``who`` of a row."""
    return is_in(one, flat.lists, flat.at[WHO, row], flat.at[WHO, row + 1])


@internal
def note(since: Ints, line: int, one: int, names: Any, day: int, row: int) -> None:
    """Put what a row names on somebody's record from a day on."""
    while names:
        concern = int(lowest(names))
        names &= names - ONE
        if day < since[line, one, concern]:
            if since[line + 1, one, concern] != row:
                since[line + 2, one, concern] = since[line, one, concern]
                since[line + 1, one, concern] = row
            since[line, one, concern] = day
        elif since[line + 1, one, concern] != row and day < since[line + 2, one, concern]:
            since[line + 2, one, concern] = day


@internal
def give(since: Ints, holders: Ints, one: int, names: Any, day: int, row: int) -> None:
    """Put what a row names on the record of somebody, and of their party."""
    note(since, SINCE, one, names, day, row)
    if holders[PARTY, one] >= 0:
        note(since, OF_PARTY, holders[PARTY, one], names, day, row)


@internal
def ways_of(flat: Flat, first: int, stop: int) -> tuple[Ints, Ints]:
    """Between whom something could move in each row: offsets by row; from whom, to whom, and whether back too."""
    rows = stop - first
    at = np.zeros(rows + 1, np.int64)
    for row in range(rows):
        one = first + row
        who, to = flat.at[WHO, one + 1] - flat.at[WHO, one], flat.at[TO, one + 1] - flat.at[TO, one]
        present = flat.at[PRESENT, one + 1] - flat.at[PRESENT, one]
        most = 0
        if flat.of_row[FLAGS, one] & CONTACT and flat.of_row[FLAGS, one] & ARRIVED:
            most = (who + to) * present + (who * to if flat.of_row[FLAGS, one] & SENT else who * (who - 1) // 2)
        at[row + 1] = at[row] + most
    ways, place = np.empty((3, at[rows]), np.int64), 0
    for row in range(rows):
        at[row] = place
        one = first + row
        flags = flat.of_row[FLAGS, one]
        if flags & CONTACT and flags & ARRIVED:
            place = fill(flat, one, flags, place, ways)
    at[rows] = place
    return at, ways[:, :place]


@internal
def fill(flat: Flat, row: int, flags: int, place: int, ways: Ints) -> int:
    """Write down the ways of one contact row that arrived; the place after them."""
    first, stop = flat.at[WHO, row], flat.at[WHO, row + 1]
    to_first, to_stop = flat.at[TO, row], flat.at[TO, row + 1]
    two_way = flags & TWO_WAY != 0
    for n in range(first, stop):
        if flags & TOGETHER:
            for m in range(n + 1, stop):
                ways[SOURCE, place], ways[TARGET, place], ways[BOTH, place] = flat.lists[n], flat.lists[m], True
                place += 1
        else:
            for m in range(to_first, to_stop):
                if flat.lists[m] != flat.lists[n]:
                    ways[SOURCE, place], ways[TARGET, place], ways[BOTH, place] = flat.lists[n], flat.lists[m], two_way
                    place += 1
    speaks = flags & SENT and two_way
    for p in range(flat.at[PRESENT, row], flat.at[PRESENT, row + 1]):
        one = flat.lists[p]
        if is_in(one, flat.lists, first, stop) or is_in(one, flat.lists, to_first, to_stop):
            continue
        for n in range(first, stop):
            ways[SOURCE, place], ways[TARGET, place], ways[BOTH, place] = flat.lists[n], one, False
            place += 1
        if speaks:
            for m in range(to_first, to_stop):
                ways[SOURCE, place], ways[TARGET, place], ways[BOTH, place] = flat.lists[m], one, False
                place += 1
    return place


@internal
def record_of(flat: Flat, case: int, day: int, terms: Terms) -> Record:
    """The record of a case by a day."""
    holder, concern, row = flat.offsets[HOLDERS, case], flat.offsets[CONCERNS, case], flat.offsets[ROWS, case]
    size, number, end = (
        flat.offsets[HOLDERS, case + 1] - holder,
        flat.offsets[CONCERNS, case + 1] - concern,
        flat.offsets[ROWS, case + 1],
    )
    people = int(flat.offsets[PEOPLE, case])
    when, read = (FIRST, READ_FIRST) if terms.earliest else (LAST, READ_LAST)
    since = np.full((6, size, number), NEVER)
    since[BY_ROW] = since[PARTY_ROW] = -1
    holders = np.zeros((4, size), np.int64)
    for one in range(size):
        holders[PARTY, one], holders[APPEARED, one] = -1, NEVER
        if flat.of_holder[AGENCY, holder + one] >= 0:
            holders[PARTY, one] = flat.of_holder[AGENCY, holder + one]
        elif flat.of_holder[PROFESSIONAL, holder + one]:
            holders[PARTY, one] = one
    for n in range(end - row):
        one, flags, kind, names = (
            row + n,
            flat.of_row[FLAGS, row + n],
            flat.of_row[KIND, row + n],
            flat.bits[NAMES, row + n],
        )
        contact = flags & CONTACT != 0
        who_first, who_stop = flat.at[WHO, one], flat.at[WHO, one + 1]
        by = flat.of_row[when, one] <= day
        keeping = kind == OBSERVED or kind == DECIDED or kind == DISAGREED
        for p in range(who_first, who_stop):
            who = flat.lists[p]
            if names and (contact or keeping or kind == WITHHELD):
                give(since, holders, who, names, flat.of_row[when, one], n)
            if by and (contact or not flags & LOOKS_BACK):
                holders[APPEARED, who] = min(holders[APPEARED, who], flat.of_row[when, one])
            if by and who >= people and (contact or keeping):
                holders[ACTOR, who] = 1
        if not contact:
            continue
        moment = flat.of_row[when if flags & TOGETHER else read, one]
        for group in range(2):
            line = PRESENT if group else TO
            if group == 0 and not flags & SENT:
                continue
            for p in range(flat.at[line, one], flat.at[line, one + 1]):
                other = flat.lists[p]
                if by:
                    holders[APPEARED, other] = min(holders[APPEARED, other], flat.of_row[when, one])
                    if other >= people:
                        holders[ACTOR, other] = 1
                if names and flags & ARRIVED and not is_in(other, flat.lists, who_first, who_stop):
                    give(since, holders, other, names, moment, n)
    held = np.zeros(size, np.uint64)
    anybody = NOTHING
    for one in range(size):
        for c in range(number):
            if since[SINCE, one, c] <= day:
                held[one] |= ONE << np.uint64(c)
        if flat.of_holder[PROFESSIONAL, holder + one]:
            anybody |= held[one]
            if holders[APPEARED, one] <= day:
                holders[ACTOR, one] = 1
    worries, current = current_of(flat, concern, number, row, end, when, day)
    for one in range(people):
        if holders[APPEARED, one] <= day and flat.of_holder[POST_ENDS, holder + one] >= day:
            holders[INVOLVED, one] = flat.of_holder[PROFESSIONAL, holder + one]
    leave(flat, case, day, terms, when, holders)
    at, ways = ways_of(flat, row, end)
    known, ever_known = current & anybody, worries & anybody
    return Record(
        day,
        size,
        people,
        holder,
        concern,
        row,
        end,
        flat.offsets[PERMISSIONS, case],
        flat.offsets[PERMISSIONS, case + 1],
        when,
        read,
        since,
        holders,
        held,
        worries,
        current,
        known,
        ever_known,
        at,
        ways,
    )


@internal
def current_of(flat: Flat, concern: int, number: int, row: int, end: int, when: int, day: int) -> tuple[Any, Any]:
    """The worries, and those of them that are not resolved by the day."""
    worries = current = NOTHING
    for c in range(number):
        if flat.of_concern[SEVERITY, concern + c] == 0:
            continue
        bit = ONE << np.uint64(c)
        worries |= bit
        out = flat.of_concern[RESOLVED, concern + c]
        if out > day:
            current |= bit
            continue
        for n in range(end - row):
            one = row + n
            if (
                flat.of_row[KIND, one] == OBSERVED
                and flat.of_row[when, one] <= day
                and flat.of_row[LAST, one] > out
                and flat.bits[NAMES, one] & bit
            ):
                current |= bit
                break
    return worries, current


# involvement ------------------------------------------------------------------------------------------


@internal
def leave(flat: Flat, case: int, day: int, terms: Terms, when: int, holders: Ints) -> None:
    """Take out whoever has closed to every child, and not come back."""
    row, end = flat.offsets[ROWS, case], flat.offsets[ROWS, case + 1]
    for closing in range(row, end):
        if flat.of_row[KIND, closing] != CLOSED or flat.of_row[when, closing] >= day:
            continue
        for p in range(flat.at[WHO, closing], flat.at[WHO, closing + 1]):
            one = flat.lists[p]
            if holders[INVOLVED, one] and completes(flat, case, closing, one, when, day):
                holders[INVOLVED, one] = is_back(flat, case, closing, one, when, day, terms)


@internal
def completes(flat: Flat, case: int, closing: int, one: int, when: int, day: int) -> bool:
    """Whether it is the closing with which some of somebody's together are about every child."""
    row, end, children = flat.offsets[ROWS, case], flat.offsets[ROWS, case + 1], flat.children[case]
    everyone = flat.of_row[FLAGS, closing] & ABOUT_ALL != 0
    about = children if everyone else flat.bits[ABOUT, closing]
    lacking = children & ~about
    if lacking == NOTHING:
        return True
    left = about
    while left:
        child = left & (~left + ONE)
        left ^= child
        found = NOTHING
        for other in range(row, end):
            if (
                other != closing
                and flat.of_row[KIND, other] == CLOSED
                and flat.of_row[when, other] <= day
                and flat.of_row[LAST, other] <= flat.of_row[LAST, closing]
                and in_who(flat, other, one)
            ):
                theirs = children if flat.of_row[FLAGS, other] & ABOUT_ALL != 0 else flat.bits[ABOUT, other]
                if not theirs & child:
                    found |= theirs
        if lacking & ~found == NOTHING:
            return True
    return False


@internal
def is_back(flat: Flat, case: int, closing: int, one: int, when: int, day: int, terms: Terms) -> bool:
    """Whether somebody has opened after a closing, or acted for others of late."""
    for other in range(closing + 1, flat.offsets[ROWS, case + 1]):
        if (
            flat.of_row[LAST, other] <= flat.of_row[LAST, closing]
            or flat.of_row[when, other] > day
            or not flat.of_row[FLAGS, other] & ACT
            or not in_who(flat, other, one)
        ):
            continue
        if flat.of_row[KIND, other] == OPENED:
            return True
        if flat.of_row[when, other] + terms.after_closing_days >= day and brings_back(flat, case, other, one):
            return True
    return False


@internal
def brings_back(flat: Flat, case: int, row: int, one: int) -> bool:
    """Whether a row shows somebody involved who had closed before: one of another kind, not for their own agency."""
    kind, flags, holder = flat.of_row[KIND, row], flat.of_row[FLAGS, row], flat.offsets[HOLDERS, case]
    if kind == OPENED or kind == CLOSED or kind == WITHHELD:
        return False
    if not flags & CONTACT or kind == OBSERVED:
        return True
    own = flat.of_holder[AGENCY, holder + one]
    line = WHO if flags & TOGETHER else TO
    for p in range(flat.at[line, row], flat.at[line, row + 1]):
        heard = flat.lists[p]
        if heard != one and not (own >= 0 and flat.of_holder[AGENCY, holder + heard] == own):
            return True
    for p in range(flat.at[PRESENT, row], flat.at[PRESENT, row + 1]):
        if flat.lists[p] != one and not (own >= 0 and flat.of_holder[AGENCY, holder + flat.lists[p]] == own):
            return True
    return False
