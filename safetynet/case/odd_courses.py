"""What is odd about several rows together: worries that run out, decisions out of nothing, faxes that nobody read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..errors import Problem
from ..wording import in_words
from .look import Look, Said
from .records import Row

FAR_DAYS = 5 * 365  # days without any row that part a year from the others
FEW = 4  # the rows apart are few where there are so many times more of the others


def in_hand(look: Look) -> Iterator[Problem]:
    """A worry whose last action was done, neither resolved nor in hand."""
    actions: defaultdict[str, list[Row]] = defaultdict(list)
    for row in look.records.rows:
        if row.kind == "agreed":
            for one in row.concerns:
                actions[one].append(row)
    for place, concern in enumerate(look.records.concerns.values()):
        known = actions[concern.id] if concern.is_worry and concern.resolved is None else []
        if known and all(completed(look, action) for action in known):
            problem = "every action on it is done, and it is neither resolved nor in hand."
            said = Said("resolved", concern.id, problem, "Fill in resolved, or add the next action.")
            yield look.at("concerns", place, said)


def completed(look: Look, action: Row) -> bool:
    """Whether a row says that an action was completed, or a difference settled."""
    return any(row.kind == "done" and row.outcome in ("", "completed") for row in look.referring.get(action.id, ()))


def seen_again(look: Look) -> Iterator[Problem]:
    """A resolved worry that is observed again."""
    for place, row in enumerate(look.records.rows):
        if row.kind != "observed":
            continue
        for concern in (look.records.concerns[one] for one in row.concerns):
            if concern.resolved is not None and concern.resolved.last < row.date.first:
                problem = f"{concern.id!r} was resolved, and is observed again."
                hint = "It counts as current again from here on; look at resolved."
                yield look.at("chronology", place, Said("concerns", concern.id, problem, hint))


def decided_on_nothing(look: Look) -> Iterator[Problem]:
    """A decision on a worry that nobody had."""
    for place, row in enumerate(look.records.rows):
        if row.kind != "decided":
            continue
        for concern in row.concerns:
            if look.records.concerns[concern].is_worry and not any(
                one is not row and one.date.first <= row.date.last for one in look.naming.get(concern, ())
            ):
                problem = f"nobody had {concern!r} on record by then."
                hint = "Add the row by which it came to be known, or look at the dates."
                yield look.at("chronology", place, Said("concerns", concern, problem, hint))


def tabled_nothing(look: Look) -> Iterator[Problem]:
    """A meeting without concerns at which an action on one was agreed."""
    for place, row in enumerate(look.records.rows):
        if row.kind == "met" and not row.concerns:
            agreed = [one.id for one in look.referring.get(row.id, ()) if one.kind == "agreed" and one.concerns]
            if agreed:
                problem = f"it names no concerns, and an action on one was agreed at it ({', '.join(agreed)})."
                hint = "Put what was put on the table into concerns."
                yield look.at("chronology", place, Said("concerns", row.id, problem, hint))


def settled_without_decision(look: Look) -> Iterator[Problem]:
    """A difference on a decision that was settled, with no later decision."""
    decisions = [row for row in look.records.rows if row.kind == "decided"]
    for place, row in enumerate(look.records.rows):
        disputed = [one for one in look.rows(row.ref) if one.kind == "decided"] if row.kind == "disagreed" else []
        if not disputed or not completed(look, row):
            continue
        matter = set(row.concerns).union(*(one.concerns for one in disputed))
        later = [
            one
            for one in decisions
            if one not in disputed and one.date.last >= row.date.first and (not matter or matter & set(one.concerns))
        ]
        if not later:
            problem = "it is about a decision and was settled, and no later row decides anew."
            yield look.at("chronology", place, Said("ref", row.id, problem, "Add the decided row, if there was one."))


def unread_desks(look: Look) -> Iterator[Problem]:
    """Worries sent to an agency's desk whose people act later, with no row that anyone read them."""
    acts: defaultdict[str, int] = defaultdict(int)  # the last day on which somebody of the agency does something
    reads: defaultdict[tuple[str, str], int] = defaultdict(int)  # the last day on which the desk passes a concern on
    for row in look.records.rows:
        for one in row.who:
            person = look.records.people.get(one)
            if person is not None and person.agency:
                acts[person.agency] = max(acts[person.agency], row.date.last)
            elif row.is_sent and row.arrived:
                for concern in row.concerns:
                    reads[one, concern] = max(reads[one, concern], row.date.last)
    for place, row in enumerate(look.records.rows):
        for desk in row.to if row.is_sent and row.arrived else ():
            staff = look.records.staff.get(desk, frozenset())
            if acts[desk] < row.date.first or not staff.isdisjoint(row.who):
                continue  # nobody of theirs acts later, or one of theirs sent it
            unread = [
                concern
                for concern in row.concerns
                if look.records.concerns[concern].is_worry
                and reads[desk, concern] < row.date.first
                and all(look.given.get((one, concern), (0, 0))[1] < row.date.first for one in staff)
            ]
            if unread:
                problem = (
                    f"{in_words(unread)} reached the desk of {desk!r}, its people act later, and no row "
                    "shows that anyone read it."
                )
                hint = "Add a told row with the agency as who, if somebody read it."
                yield look.at("chronology", place, Said("to", desk, problem, hint))


def far_years(look: Look) -> Iterator[Problem]:
    """A year far from the others."""
    groups: list[list[Row]] = []
    for row in sorted(look.records.rows, key=lambda row: row.date.first):
        if not groups or row.date.first - groups[-1][-1].date.last > FAR_DAYS:
            groups.append([])
        groups[-1].append(row)
    most = max(map(len, groups), default=0)
    for row in (row for group in groups if len(group) * FEW <= most for row in group):
        said = Said("date", row.id, "its year is far from those of the other rows.", "Look at the year.")
        yield look.at("chronology", look.records.places[row.id], said)


def harm_apart(look: Look) -> Iterator[Problem]:
    """A harm date before or after every row."""
    harm, start, end = look.records.harm, look.records.start, look.records.end
    if harm is None or start is None or end is None:
        return
    if harm.last < start or harm.first > end:
        when = "before" if harm.last < start else "after"
        hint = "Look at the year" + ("." if when == "before" else ", unless the chronology ends before the harm.")
        said = Said("harm_date", str(harm.first_date), f"it is {when} every row of the chronology.", hint)
        yield look.at("case", 0, said)


RULES = (
    in_hand,
    seen_again,
    decided_on_nothing,
    tabled_nothing,
    settled_without_decision,
    unread_desks,
    far_years,
    harm_apart,
)
