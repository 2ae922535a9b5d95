"""Actions on a worry of one case, as they stand on the day: the twin of :mod:`safetynet.measures.actions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal
from .flat import (
    ABOUT,
    ABOUT_ALL,
    ACT,
    AGENCY,
    BOTH,
    COMPLETED,
    DOING,
    DONE,
    DUE,
    FLAGS,
    INVOLVED,
    KIND,
    LAST,
    NAMES,
    NEVER,
    OPENED,
    OUTCOME,
    PAPER,
    REFERS,
    REFUSED,
    SEEN_WELL,
    SINCE,
    SOURCE,
    TARGET,
    TO,
    TRIED,
    WHO,
    WORKING,
    Flat,
    Terms,
)
from .record import Record, in_who, is_in

if TYPE_CHECKING:
    from ...spread.kernels.parts import Flags, Ints


NOT_ASKED = -2  # of a paper whose confirmation nobody has looked for yet


class Back(NamedTuple):
    """The rows by the day that refer to each row: offsets, and rows of the case."""

    at: Ints
    rows: Ints


class Action(NamedTuple):
    """An action on a worry: its row, since when it is completed and by a row of which last day, and how it stands."""

    row: int
    done: int
    stands: bool
    owns: bool


@internal
def referring(flat: Flat, of: Record) -> Back:
    """Which rows by the day refer to each row, in their order."""
    rows = of.end - of.row
    at = np.zeros(rows + 1, np.int64)
    for n in range(rows):
        if flat.of_row[of.when, of.row + n] <= of.day:
            for p in range(flat.at[REFERS, of.row + n], flat.at[REFERS, of.row + n + 1]):
                at[flat.lists[p] + 1] += 1
    for n in range(rows):
        at[n + 1] += at[n]
    found, place = np.empty(at[rows], np.int64), at.copy()
    for n in range(rows):
        if flat.of_row[of.when, of.row + n] <= of.day:
            for p in range(flat.at[REFERS, of.row + n], flat.at[REFERS, of.row + n + 1]):
                found[place[flat.lists[p]]] = n
                place[flat.lists[p]] += 1
    return Back(at, found)


@internal
def is_informed(flat: Flat, of: Record, one: int, worry: int) -> bool:
    """Whether somebody who works with the family is involved and has a worry on record."""
    is_there = flat.of_holder[WORKING, of.holder + one] != 0 and of.holders[INVOLVED, one] != 0
    return bool(is_there and of.since[SINCE, one, worry] <= of.day)


@internal
def shown(flat: Flat, of: Record, row: int, known: Ints) -> int:
    """From which day a paper is shown to have come to anybody; never where no row shows it."""
    n = row - of.row
    if known[n] != NOT_ASKED:
        return int(known[n])
    best = NEVER
    for other in range(of.row, of.end):
        if other == row or flat.of_row[LAST, other] < flat.of_row[LAST, row] or not flat.of_row[FLAGS, other] & ACT:
            continue
        refers = flat.bits[NAMES, other] & flat.bits[NAMES, row] != NOTHING
        refers = refers or is_in(n, flat.lists, flat.at[REFERS, other], flat.at[REFERS, other + 1])
        if not refers or flat.of_row[of.when, other] >= best:
            continue
        for p in range(flat.at[WHO, other], flat.at[WHO, other + 1]):
            one = flat.lists[p]
            agency = flat.of_holder[AGENCY, of.holder + one] if one < of.people else -1
            for q in range(flat.at[TO, row], flat.at[TO, row + 1]):
                if flat.lists[q] == one or flat.lists[q] == agency:
                    best = flat.of_row[of.when, other]
    known[n] = best
    return best


@internal
def action_of(flat: Flat, of: Record, back: Back, row: int, worry: int, terms: Terms, papers: Ints) -> Action:
    """An action on a worry, as it stands on the day."""
    n = row - of.row
    first_done, latest_refused, latest_step, done = NEVER, -1, flat.of_row[of.when, of.row + n], -1
    last_of_steps = flat.of_row[LAST, row]
    for p in range(back.at[n], back.at[n + 1]):
        other = of.row + back.rows[p]
        if flat.of_row[KIND, other] != DONE:
            continue
        outcome = flat.of_row[OUTCOME, other]
        if outcome == COMPLETED and flat.of_row[of.when, other] < first_done:
            first_done, done = flat.of_row[of.when, other], other
        elif outcome == REFUSED:
            latest_refused = max(latest_refused, flat.of_row[LAST, other])
        elif outcome == TRIED:
            latest_step = max(latest_step, flat.of_row[of.when, other])
            last_of_steps = max(last_of_steps, flat.of_row[LAST, other])
    stepped = np.zeros(of.size, np.bool_)
    latest_step, last_of_steps = steps(flat, of, back, row, worry, papers, stepped, latest_step, last_of_steps)
    stands = done < 0 and not (latest_refused >= 0 and last_of_steps <= latest_refused)
    days = terms.open_ended_days if flat.of_row[DUE, row] == 0 else terms.plan_days
    timely = (flat.of_row[DUE, row] == 0 or flat.of_row[DUE, row] >= of.day) and latest_step + days >= of.day
    return Action(row, done, stands, stands and timely and is_taken(flat, of, row, worry, terms, stepped))


@internal
def steps(
    flat: Flat,
    of: Record,
    back: Back,
    action: int,
    worry: int,
    papers: Ints,
    stepped: Flags,
    latest: int,
    last_of_all: int,
) -> tuple[int, int]:
    """Mark who took a step of an action; the day of the latest step, and the last day of any."""
    bit = ONE << np.uint64(worry)
    children = flat.about[of.concern + worry]
    for p in range(back.at[action - of.row], back.at[action - of.row + 1]):
        other = of.row + back.rows[p]
        if flat.of_row[KIND, other] == DONE and flat.of_row[OUTCOME, other] == TRIED:
            for q in range(flat.at[WHO, other], flat.at[WHO, other + 1]):
                stepped[flat.lists[q]] = True
    for row in range(of.row, of.end):
        flags = flat.of_row[FLAGS, row]
        if (
            not flags & DOING
            or flat.of_row[LAST, row] < flat.of_row[LAST, action]
            or row == action
            or flat.of_row[of.when, row] > of.day
        ):
            continue
        about = flat.bits[NAMES, row] & bit != NOTHING
        if not about and children and flags & SEEN_WELL:
            about = flags & ABOUT_ALL != 0 or flat.bits[ABOUT, row] & children != NOTHING
        if not about or not is_of_owners(flat, of, row, action):
            continue
        if flags & PAPER and shown(flat, of, row, papers) > of.day:
            continue
        latest = max(latest, flat.of_row[of.when, row])
        last_of_all = max(last_of_all, flat.of_row[LAST, row])
        for q in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
            stepped[flat.lists[q]] = True
    return latest, last_of_all


@internal
def is_of_owners(flat: Flat, of: Record, row: int, action: int) -> bool:
    """Whether an owner of an action, or somebody of an agency that owns it, did a row."""
    for p in range(flat.at[WHO, row], flat.at[WHO, row + 1]):
        one = flat.lists[p]
        agency = flat.of_holder[AGENCY, of.holder + one]
        for q in range(flat.at[WHO, action], flat.at[WHO, action + 1]):
            if flat.lists[q] == one or (one < of.people and flat.lists[q] == agency):
                return True
    return False


@internal
def is_taken(flat: Flat, of: Record, action: int, worry: int, terms: Terms, stepped: Flags) -> bool:
    """Whether an owner of an action is informed or, as an agency, has somebody who took it up, or its first days."""
    for p in range(flat.at[WHO, action], flat.at[WHO, action + 1]):
        owner = flat.lists[p]
        if owner < of.people:
            if is_informed(flat, of, owner, worry):
                return True
            continue
        if of.day <= flat.of_row[of.when, action] + terms.intake_days:
            return True
        for person in range(of.people):
            is_theirs = flat.of_holder[AGENCY, of.holder + person] == owner
            if not is_theirs or not is_informed(flat, of, person, worry):
                continue
            if stepped[person] or took_up(flat, of, person, action, worry):
                return True
    return False


@internal
def took_up(flat: Flat, of: Record, person: int, action: int, worry: int) -> bool:
    """Whether somebody has opened, or heard of a worry, since an action was agreed."""
    bit = ONE << np.uint64(worry)
    for row in range(of.row, of.end):
        if row == action or flat.of_row[LAST, row] < flat.of_row[LAST, action] or flat.of_row[of.when, row] > of.day:
            continue
        if flat.of_row[KIND, row] == OPENED and in_who(flat, row, person):
            return True
        if flat.bits[NAMES, row] & bit and flat.of_row[of.read, row] <= of.day and hears(of, row, person):
            return True
    return False


@internal
def hears(of: Record, row: int, one: int) -> bool:
    """Whether something could come to somebody in a row."""
    for way in range(of.ways_at[row - of.row], of.ways_at[row - of.row + 1]):
        if of.ways[TARGET, way] == one or (of.ways[BOTH, way] and of.ways[SOURCE, way] == one):
            return True
    return False
