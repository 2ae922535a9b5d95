"""How near somebody stood to what was decided on: who had seen the child, and who held a worry at first hand.

What a partial date leaves open counts in favour of the people: a row that may have come before a day counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized

from ..case.records import Row
from ..measures.continuity import contacts_with_child
from ..record.entries import Entry
from ..record.snapshot import Snapshot
from .legacy import concern, when
from .legacy import day as day_of

STEPS_DOWN = ("step_down", "no_further_action", "discharge")


def hops_by(view: Snapshot, concern: str, day: int) -> dict[str, int]:
    """How first-hand everybody who has it certainly has a concern by a day."""
    among = (holder for holder, known in view.entries if known == concern)
    found = {holder: view.on(max(day, view.day)).hop(holder, concern, day) for holder in among}
    return {holder: hop for holder, hop in found.items() if hop is not None}


def first_seen(view: Snapshot) -> dict[str, int]:
    """The first day on which each professional may have had contact with a child, of those who had."""
    return view.keep("first seen", lambda: _first_seen(view))


def _first_seen(view: Snapshot) -> dict[str, int]:
    first: dict[str, int] = {}
    for row, people in contacts_with_child(view):
        for person in people:
            first[person] = min(row.date.first, first.get(person, row.date.first))
    return first


def had_seen(view: Snapshot, person: str, day: int) -> bool:
    """Whether a professional may have had contact with a child by a day, as the record has it."""
    return first_seen(view).get(person, day + 1) <= day


def may_hold_first_hand(view: Snapshot, person: str, concern: str, day: int) -> bool:
    """Whether somebody held a concern at first hand by a day (0 hops), or may have, by a row that may be no later."""
    if hops_by(view, concern, day).get(person) == 0:
        return True
    said_first = view.hops.get((person, concern)) == 0
    return any(
        entry.row.kind == "observed" or (said_first and person in entry.row.who)
        for entry in unsettled(view, person, concern, day)
    )


def unsettled(view: Snapshot, person: str, concern: str, day: int) -> list[Entry]:
    """The rows that may have put a concern on somebody's record by a day, and may have done so only later."""
    return [e for e in view.entries.get((person, concern), ()) if e.window.first <= day < e.window.last]


def first_hand(view: Snapshot, people: Iterable[str], concerns: Iterable[str], day: int) -> tuple[str, ...]:
    """Those who may have held any of the concerns at first hand by a day; sorted."""
    wanted = tuple(concerns)
    return tuple(
        person for person in sorted(set(people)) if any(may_hold_first_hand(view, person, one, day) for one in wanted)
    )


def saw_it(view: Snapshot, person: str, concerns: Iterable[str], day: int) -> bool:
    """Whether an observed row that may be no later than a day gives somebody one of the concerns."""
    return any(
        entry.row.kind == "observed" and entry.window.first <= day
        for concern in concerns
        for entry in view.entries.get((person, concern), ())
    )


def chain(view: Snapshot, holder: str, concern: str, day: int) -> tuple[tuple[str, ...], list[Row]]:
    """A shortest way by which a concern came to its holder by a day: from who had it first, and the rows, in order."""
    best = hops_by(view, concern, day)
    people, rows, here = [holder], [], holder
    while (hop := best.get(here, 0)) > 0:
        step = min(
            (
                (row.reached.last, row.id, sender, row)
                for row in view.naming(concern)
                if row.is_contact and row.arrived and row.reached.last <= day and row.kind != "observed"
                for sender in (row.who if here in row.named else ())
                if sender != here and best.get(sender) == hop - 1 and (row.is_together or here in row.to)
            ),
            default=None,
        )
        if step is None:
            break
        here = step[2]
        people.append(here)
        rows.append(step[3])
    return tuple(reversed(people)), list(reversed(rows))


def brief(view: Snapshot, concerns: Iterable[str]) -> str:
    """Concerns in a few words: the gravest with its summary, one or two others by id, beyond that how many more."""
    first, *others = sorted(set(concerns), key=lambda one: (-view.records.concerns[one].severity, one)) or [""]
    if not first:
        return ""
    listed = [concern(view, first), *(others if len(others) < 3 else [f"{len(others)} more"])]
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def it(worries: Sized, many: str = "these") -> str:
    """What a sentence calls worries that it has named already."""
    return "it" if len(worries) == 1 else many


def people_among(view: Snapshot, parties: Iterable[str]) -> tuple[str, ...]:
    """The people among some people and agencies; sorted."""
    return tuple(sorted(set(parties) & view.records.people.keys()))


def worries_among(view: Snapshot, concerns: Iterable[str]) -> tuple[str, ...]:
    """The worries among some concerns, in their order."""
    return tuple(one for one in concerns if view.records.concerns[one].is_worry)


def taken_up(view: Snapshot, concerns: Iterable[str], after: int) -> Row | None:
    """The first row certainly after a day in which a worry is seen, passed on, asked about or acted on again."""
    later = (row for row in _about(view, concerns) if row.date.first > after)
    return min(later, key=lambda row: (row.date.last, row.id), default=None)


def what_came_next(view: Snapshot, concerns: Iterable[str], after: int) -> str:
    """A sentence about when worries were next taken up after a day, or that no row shows that they were."""
    wanted = tuple(concerns)
    again = taken_up(view, wanted, after)
    which = "the worry" if len(wanted) == 1 else "these worries"
    if again is not None:
        return f"The next row on {which} is {again.id}, {when(again)}."
    if any(row.date.last > after for row in _about(view, wanted)):  # a partial date: before or after
        return f"No row that is certainly later takes {which} up by {day_of(view.day)}."
    return f"No later row up to {day_of(view.day)} takes {which} up."


def _about(view: Snapshot, concerns: Iterable[str]) -> list[Row]:
    kinds = ("observed", "told", "asked", "met", "agreed")
    rows = {row.id: row for concern in concerns for row in view.naming(concern) if row.kind in kinds}
    return list(rows.values())
