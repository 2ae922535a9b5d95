"""Whether a worry of one case is in hand on the day, or put aside.

The twin of :mod:`safetynet.measures.in_hand`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...spread.kernels.parts import ONE, internal
from .actions import Back, action_of
from .flat import (
    AGENCY,
    AGREED,
    ASKED,
    ASSUMED,
    DECIDED,
    DISAGREED,
    DONE,
    FIRST,
    FLAGS,
    KIND,
    LAST,
    LOOKS_BACK,
    MET,
    NAMES,
    OBSERVED,
    OPENED,
    OUTCOME,
    PROFESSIONAL,
    PUT_ASIDE,
    TOLD,
    WHO,
    Flat,
    Terms,
)
from .record import Record

if TYPE_CHECKING:
    from ...spread.kernels.parts import Flags, Ints


@internal
def brings_up(flat: Flat, of: Record, row: int) -> bool:
    """Whether a row brings a worry up: seen, asked, disagreed on, agreed anew, said by the family, left to others."""
    kind = flat.of_row[KIND, row]
    if kind == OBSERVED or kind == ASKED or kind == DISAGREED or kind == AGREED:
        return True
    if kind != ASSUMED and kind != TOLD and kind != MET:
        return False
    professionals = family = 0
    for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
        one = flat.lists[p]
        if flat.of_holder[PROFESSIONAL, of.holder + one]:
            professionals += 1
        elif one < of.people:
            family += 1
    if kind == ASSUMED:
        return professionals > 0
    return family > 0 and (kind == TOLD or professionals <= 1)


@internal
def is_brought_up(flat: Flat, of: Record, about: Ints, number: int, since: int) -> bool:
    """Whether any of some rows brings a worry up again after a row: the done row of an action, or a decision."""
    for place in range(number):
        row = about[place]
        later = flat.of_row[LAST, row] > flat.of_row[LAST, since]
        same = (
            flat.of_row[KIND, since] == DONE
            and flat.of_row[KIND, row] == ASSUMED
            and flat.of_row[LAST, row] == flat.of_row[LAST, since]
        )
        if (later or same) and brings_up(flat, of, row):
            return True
    return False


@internal
def is_pending(flat: Flat, of: Record, back: Back, row: int, terms: Terms) -> bool:
    """Whether a row is a request that arrived and waits for its answer, within the days of an intake."""
    n = row - of.row
    if (
        flat.of_row[KIND, row] != ASKED
        or of.ways_at[n] == of.ways_at[n + 1]
        or flat.of_row[of.read, of.row + n] > of.day
    ):
        return False
    if flat.of_row[FIRST, row] + terms.intake_days < of.day:
        return False
    for p in range(back.at[n], back.at[n + 1]):
        if not flat.of_row[FLAGS, of.row + back.rows[p]] & LOOKS_BACK:
            return False
    return True


@internal
def is_put_aside(flat: Flat, of: Record, about: Ints, number: int, actions: Ints, standing: Flags, many: int) -> bool:
    """Whether the latest decisions have put a worry aside, and nothing has taken it up since."""
    last = -1
    for place in range(number):
        if flat.of_row[KIND, about[place]] == DECIDED:
            last = max(last, flat.of_row[LAST, about[place]])
    if last < 0:
        return False
    decision = -1
    for place in range(number):
        row = about[place]
        if flat.of_row[KIND, row] == DECIDED and flat.of_row[LAST, row] == last:
            if flat.of_row[OUTCOME, row] != PUT_ASIDE:
                return False
            decision = row
    if is_brought_up(flat, of, about, number, decision):
        return False
    for place in range(many):
        if not standing[place]:
            continue
        action = actions[place]
        if flat.of_row[LAST, action] >= last:
            return False
        for p in range(flat.at[WHO, action], flat.at[WHO, action + 1]):
            one = flat.lists[p]
            is_actor = one >= of.people or flat.of_holder[PROFESSIONAL, of.holder + one]
            if is_actor and not decided_by(flat, of, about, number, last, one):
                return False
    return True


@internal
def side_of(flat: Flat, of: Record, one: int) -> int:
    """The agency of somebody, or they themselves."""
    agency = flat.of_holder[AGENCY, of.holder + one]
    return agency if agency >= 0 else one


@internal
def decided_by(flat: Flat, of: Record, about: Ints, number: int, last: int, one: int) -> bool:
    """Whether the side of somebody took one of the decisions of a day."""
    for place in range(number):
        row = about[place]
        if flat.of_row[KIND, row] == DECIDED and flat.of_row[LAST, row] == last:
            for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
                if side_of(flat, of, flat.lists[p]) == side_of(flat, of, one):
                    return True
    return False


# in hand ----------------------------------------------------------------------------------------------


@internal
def standing_of(
    flat: Flat, of: Record, back: Back, worry: int, terms: Terms, papers: Ints, about: Ints
) -> tuple[bool, bool]:
    """Whether a worry is in hand on the day, and whether it was completed or put aside."""
    bit, number, many = ONE << np.uint64(worry), 0, 0
    for row in range(of.row, of.end):
        if flat.bits[NAMES, row] & bit and flat.of_row[of.when, row] <= of.day:
            about[number] = row
            number += 1
            many += flat.of_row[KIND, row] == AGREED or flat.of_row[KIND, row] == OPENED
    in_hand = False
    actions, done, stands, place = np.empty(many, np.int64), np.empty(many, np.int64), np.empty(many, np.bool_), 0
    for one in range(number):
        row = about[one]
        if flat.of_row[KIND, row] == AGREED or flat.of_row[KIND, row] == OPENED:
            action = action_of(flat, of, back, row, worry, terms, papers)
            actions[place], done[place], stands[place] = row, action.done, action.stands
            in_hand = in_hand or action.owns
            place += 1
        in_hand = in_hand or is_pending(flat, of, back, row, terms)
    aside = is_put_aside(flat, of, about, number, actions, stands, many)
    completed = just = False
    for place in range(many):
        if done[place] < 0 or is_brought_up(flat, of, about, number, done[place]):
            continue
        quiet = True
        for other in range(many):
            later = flat.of_row[LAST, actions[other]] >= flat.of_row[LAST, actions[place]]
            quiet = quiet and not (other != place and stands[other] and later)
        completed = completed or quiet
        just = just or (quiet and of.day - flat.of_row[of.when, done[place]] <= terms.settled_days)
    return in_hand or (just and not aside), completed or aside
