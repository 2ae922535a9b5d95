"""Whether the known worries of one case are in hand, and how thinly the responsibility for them is spread.

The twin of :mod:`safetynet.measures.in_hand`, `actions`, `leaving` and `states`, on one day: what is there a spell of
days is here whether the day lies in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...spread.kernels.parts import NOTHING, ONE, internal, lowest, popcount
from .flat import (
    ABOUT,
    ABOUT_ALL,
    ACT,
    AGENCY,
    AGREED,
    ARRIVED,
    ASKED,
    ASSUMED,
    BOTH,
    CLOSED,
    COMPLETED,
    CONTACT,
    DECIDED,
    DISAGREED,
    DOING,
    DONE,
    DUE,
    FIRST,
    FLAGS,
    INVOLVED,
    KIND,
    LAST,
    LOOKS_BACK,
    MET,
    NAMES,
    NEVER,
    OBSERVED,
    OPENED,
    OUTCOME,
    PAPER,
    PRESENT,
    PROFESSIONAL,
    PUT_ASIDE,
    REFERS,
    REFUSED,
    SEEN_WELL,
    SENT,
    SEVERITY,
    SINCE,
    SOURCE,
    TARGET,
    TO,
    TOLD,
    TRIED,
    WHO,
    WORKING,
    Flat,
    Terms,
)
from .record import Record, in_who, is_in
from .sums import exact, weight_of

if TYPE_CHECKING:
    from ...spread.kernels.parts import Flags, Ints, Numbers, Words

NAN = np.nan
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


# actions ----------------------------------------------------------------------------------------------


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


# brought up, asked, put aside --------------------------------------------------------------------------


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


# left to others ---------------------------------------------------------------------------------------


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


@internal
def index_of(flat: Flat, of: Record, worry: int, terms: Terms, others: Ints) -> float:
    """The responsibility index of a worry that is neither in hand nor ended; NaN where it is not defined."""
    felt, is_counted = 0.0, False
    for one in range(of.people):
        if not is_informed(flat, of, one, worry):
            continue
        if is_left(flat, of, one, worry):
            is_counted = True
        elif others[one] > 0:
            is_counted = True
            felt = max(felt, terms.felt[flat.of_concern[SEVERITY, of.concern + worry], others[one]])
    return 1 - felt if is_counted else NAN


@internal
def owning(flat: Flat, of: Record, terms: Terms, scores: Numbers) -> None:
    """The unowned share, how many worries are not owned, and the mean index."""
    back, others = referring(flat, of), others_around(flat, of)
    rows = of.end - of.row
    papers, about, room = np.full(rows, NOT_ASKED), np.empty(rows, np.int64), np.empty(64, np.float64)
    weighted, weights, number = np.empty(64, np.float64), np.empty(64, np.float64), 0
    unowned, left = NOTHING, of.known
    while left:
        worry = int(lowest(left))
        left &= left - ONE
        in_hand, ended = standing_of(flat, of, back, worry, terms, papers, about)
        index = 0.0
        if not in_hand:
            unowned |= ONE << np.uint64(worry)
            index = NAN if ended else index_of(flat, of, worry, terms, others)
        if index == index:
            weights[number] = terms.weights[flat.of_concern[SEVERITY, of.concern + worry]]
            weighted[number] = weights[number] * index
            number += 1
    severity = flat.of_concern[SEVERITY, of.concern :]
    known = weight_of(of.known, severity, terms.weights, room, terms.compensated)
    scores[0] = NAN
    if of.known:
        scores[0] = weight_of(unowned, severity, terms.weights, room, terms.compensated) / known
    scores[1] = float(popcount(unowned))
    scores[2] = exact(weighted, number) / exact(weights, number) if number else NAN
