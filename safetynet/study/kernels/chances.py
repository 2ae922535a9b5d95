"""Missed opportunities in one case, and the share of the occasions that they are.

The twin of :mod:`safetynet.measures.chances`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal, lowest, popcount
from .flat import (
    AGENCY,
    ANY,
    BEGINS,
    BOTH,
    CATEGORY,
    CONTACT,
    ENDS,
    FIRST,
    FLAGS,
    FOR_CATEGORY,
    FROM_AGENCY,
    KIND,
    NAMES,
    OF_PARTY,
    PARTY,
    PROFESSIONAL,
    SECTOR,
    SINCE,
    SOURCE,
    TARGET,
    TO,
    TO_AGENCY,
    WITHHELD,
    WORD,
    Flat,
    Terms,
)
from .record import Record, in_who
from .sorting import in_order

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Numbers, Words

NAN = np.nan
BARRING = 2  # of the words of a permission, the strictest first, so many say that nothing is to be passed


@internal
def by_day(since: Ints, line: int, one: int, day: int, row: int, names: Any) -> Any:
    """What somebody has on record by a day; of what is in `names`, from other rows than one."""
    found = NOTHING
    for concern in range(since.shape[2]):
        first = since[line, one, concern]
        if first > day:
            continue
        bit = ONE << np.uint64(concern)
        if names & bit and since[line + 1, one, concern] == row and since[line + 2, one, concern] > day:
            continue
        found |= bit
    return found


@internal
def is_held_back(flat: Flat, of: Record, worry: int, speaker: int, party: int, limit: int) -> bool:
    """Whether a row by a day says that somebody, or their agency, held a worry back from a party."""
    bit = ONE << np.uint64(worry)
    for row in range(of.row, of.end):
        if flat.of_row[KIND, row] != WITHHELD or not flat.bits[NAMES, row] & bit or flat.of_row[of.when, row] > limit:
            continue
        if not (in_who(flat, row, speaker) or in_who(flat, row, of.holders[PARTY, speaker])):
            continue
        for p in range(flat.at[TO, row], flat.at[TO, row + 1]):
            if of.holders[PARTY, flat.lists[p]] == party:
                return True
    return False


@internal
def how_specific(flat: Flat, of: Record, rule: int, line: int, agency: int) -> int:
    """How specifically a permission names an agency on one side: 2 by its id, 1 by its sector, 0 as any; -1 = not."""
    place, sector = flat.permissions[line, rule], flat.permissions[line + 1, rule]
    if agency >= 0 and place == agency:
        return 2
    if agency >= 0 and sector >= 0 and sector == flat.of_holder[SECTOR, of.holder + agency]:
        return 1
    return 0 if place == ANY else -1


@internal
def is_barred(flat: Flat, of: Record, sender: int, recipient: int, worry: int, row: int) -> bool:
    """Whether the permission that fits best on the first day of a row says that a worry was not to be passed.

    The twin of :func:`safetynet.record.permissions.permission`, where the two are of different parties.
    """
    source, target = flat.of_holder[AGENCY, of.holder + sender], flat.of_holder[AGENCY, of.holder + recipient]
    category, best, word = flat.of_concern[CATEGORY, of.concern + worry], -1000, -1
    day = flat.of_row[FIRST, row]
    for rule in range(of.rule, of.last_rule):
        if not flat.permissions[BEGINS, rule] <= day <= flat.permissions[ENDS, rule]:
            continue
        to = how_specific(flat, of, rule, TO_AGENCY, target)
        by = how_specific(flat, of, rule, FROM_AGENCY, source)
        own = flat.permissions[FOR_CATEGORY, rule]
        if to < 0 or by < 0 or (own >= 0 and own != category):
            continue
        fit = ((to * 3 + by) * 2 + (own >= 0)) * 10 - flat.permissions[WORD, rule]
        if fit > best:
            best, word = fit, flat.permissions[WORD, rule]
    return 0 <= word < BARRING


@internal
def in_order_of_reading(flat: Flat, of: Record, last: int) -> Ints:
    """The contact rows of the case that count as read by a day, in the order of these days."""
    found, number = np.empty(of.end - of.row, np.int64), 0
    days = np.empty(of.end - of.row, np.int64)
    for n in range(of.end - of.row):
        if flat.of_row[FLAGS, of.row + n] & CONTACT and flat.of_row[of.read, of.row + n] <= last:
            found[number], days[number] = n, flat.of_row[of.read, of.row + n]
            number += 1
    return found[in_order(days, number)]


@internal
def chances(flat: Flat, of: Record, terms: Terms, others: bool, missed: Words) -> tuple[int, int]:
    """How many needs of known worries had their first chance by then, and how many different contacts were missed.

    With `others` chances are occasions: asked for is what both had on record from other rows than the contact. Else
    `missed` is filled, with the worries that each party was not given.
    """
    closed, today = np.zeros(of.size, np.uint64), np.zeros(of.size, np.uint64)
    lost = np.zeros((of.size, of.size), np.int64)
    needs = contacts = stamp = 0
    rows = in_order_of_reading(flat, of, of.day - terms.grace_days)
    place = 0
    while place < len(rows):
        day, stamp = flat.of_row[of.read, of.row + rows[place]], stamp + 1
        limit = day + terms.grace_days
        while place < len(rows) and flat.of_row[of.read, of.row + rows[place]] == day:
            n = rows[place]
            place += 1
            for way in range(of.ways_at[n], of.ways_at[n + 1]):
                for back in range(1 + of.ways[BOTH, way]):
                    holder, recipient = of.ways[SOURCE, way], of.ways[TARGET, way]
                    if back:
                        holder, recipient = recipient, holder
                    party = of.holders[PARTY, recipient]
                    if of.holders[PARTY, holder] == party or not (
                        flat.of_holder[PROFESSIONAL, of.holder + holder]
                        and flat.of_holder[PROFESSIONAL, of.holder + recipient]
                    ):
                        continue
                    new = open_to(flat, of, n, holder, party, day, others, closed)
                    while new:
                        worry = int(lowest(new))
                        new &= new - ONE
                        if of.rule < of.last_rule and is_barred(flat, of, holder, recipient, worry, of.row + n):
                            continue
                        if is_held_back(flat, of, worry, holder, party, limit):
                            continue
                        today[party] |= ONE << np.uint64(worry)
                        is_lost = of.since[OF_PARTY, party, worry] > limit and of.known >> np.uint64(worry) & ONE
                        if not others and is_lost:
                            missed[party] |= ONE << np.uint64(worry)
                            one, other = of.holders[PARTY, holder], party
                            if one > other:
                                one, other = other, one
                            if lost[one, other] != stamp:
                                lost[one, other] = stamp
                                contacts += 1
        for party in range(of.size):
            if today[party]:
                needs += int(popcount(today[party] & of.known))
                closed[party] |= today[party]
                today[party] = NOTHING
    return needs, contacts


@internal
def open_to(flat: Flat, of: Record, n: int, holder: int, party: int, day: int, others: bool, closed: Words) -> Any:
    """The worries that a holder could have passed to a party in a contact row."""
    names = flat.bits[NAMES, of.row + n] if others else NOTHING
    first = flat.of_row[FIRST, of.row + n]
    found = of.worries & ~closed[party] & by_day(of.since, SINCE, holder, first, n, names)
    if found == NOTHING:
        return found
    return found & ~by_day(of.since, OF_PARTY, party, day, n, names)


@internal
def missed_opportunities(flat: Flat, of: Record, terms: Terms, scores: Numbers) -> None:
    """The missed opportunities, and what share of the occasions they are."""
    missed = np.zeros(of.size, np.uint64)
    _, contacts = chances(flat, of, terms, False, missed)
    number = 0
    for one in missed:
        number += int(popcount(one))
    occasions, _ = chances(flat, of, terms, True, missed)
    scores[0] = float(contacts)
    scores[1] = number / occasions if occasions else NAN
