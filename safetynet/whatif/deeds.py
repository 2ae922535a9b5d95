"""The actions on a worry as arrays: which of them a further row would keep alive, or give somebody informed.

An action that has been completed stays so, and one that stands goes on standing, whatever is said besides; a step only
makes it more recent. So there are few things to know of each: until when its latest step must have come, whose rows
are steps, and whose knowing or being told makes it taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..case.records import Row
from ..case.vocabulary import SEEN_WELL
from ..measures.actions import Action, actions_on, dones, owners_people, taken_up
from ..record.confirmation import shown_on
from ..record.parties import staff
from ..record.snapshot import Snapshot
from ..spells import covers

Flags = npt.NDArray[np.bool_]
Places = Mapping[str, int]


class Deed(NamedTuple):
    """One action that is not completed, for the worry of a column.

    `day` is its own last day, `until` the day since which there must have been a step. `senders` are those whose rows
    are steps; `owners` those whose knowing takes it, `staff` those of an agency that owns it, of whom `at_it` have
    taken it up. `refused` is the last day of a refusal with no step after; 0 without one.
    """

    column: int
    day: int
    until: int
    refused: int
    in_time: bool
    timely: bool
    taken: bool
    senders: Flags
    owners: Flags
    staff: Flags
    at_it: Flags

    @property
    def owns(self) -> bool:
        """Whether it makes the worry owned as it is."""
        return not self.refused and self.in_time and self.timely and self.taken


def deeds(view: Snapshot, people: Places, worries: Sequence[str]) -> tuple[Deed, ...]:
    """The actions on some worries that are not completed by the day."""
    found = []
    for column, worry in enumerate(worries):
        found += [_deed(view, action, people, column) for action in actions_on(view, worry) if action.done is None]
    return tuple(found)


def _deed(view: Snapshot, action: Action, people: Places, column: int) -> Deed:
    row, day = action.row, view.day
    senders = owners_people(view, row)
    own_staff = {one for owner in row.who for one in staff(view.records, owner) if one in people}
    days = view.rules.open_ended_days if row.due is None else view.rules.plan_days
    at_it = {one for one in own_staff if taken_up(view, one, row, action.worry, action.steps) is not None}

    def flags(names: Iterable[str]) -> Flags:
        found = np.zeros(len(people), dtype=bool)
        found[[people[one] for one in names if one in people]] = True
        return found

    return Deed(
        column=column,
        day=row.date.last,
        until=day - days,
        refused=0 if covers(action.stands, day) else _refused(view, row),
        in_time=row.due is None or row.due >= day,
        timely=covers(action.timely, day),
        taken=covers(action.taken, day),
        senders=flags(senders),
        owners=flags(row.who),
        staff=flags(own_staff),
        at_it=flags(at_it),
    )


def _refused(view: Snapshot, action: Row) -> int:
    return max(row.date.last for row in dones(view, action) if row.outcome == "refused")


class Paper(NamedTuple):
    """A one-way row without confirmation that would count as a step, or at all, once one of `people` confirmed it."""

    day: int
    columns: Flags
    people: Flags


def papers(view: Snapshot, people: Places, worries: Sequence[str], found: Sequence[Deed]) -> Iterator[Paper]:
    """The paper that somebody's further row would confirm, and with it change more than what that row says."""
    for row in view.rows:
        silent = view.unconfirmed.get(row.id)
        if not silent or (view.rules.unconfirmed == "counts" and not _may_count(view, row, people, worries, found)):
            continue
        readers = {one for reader in silent for one in (reader, *staff(view.records, reader))}
        columns = np.array([worry in row.concerns for worry in worries], dtype=bool)
        flags = np.array([one in readers for one in people], dtype=bool)
        if columns.any() and flags.any():
            yield Paper(row.date.last, columns, flags)


def _may_count(view: Snapshot, row: Row, people: Places, worries: Sequence[str], found: Sequence[Deed]) -> bool:
    """Whether a row that nobody has confirmed could keep an action alive, or show that somebody took it up."""
    shown = shown_on(row, view.confirmations)
    if shown is not None and shown <= view.day:
        return False
    places = [people[one] for one in row.who if one in people]
    by_desk = not view.records.agencies.keys().isdisjoint(row.who)
    return any(
        deed.day <= row.date.last
        and (by_desk or deed.senders[places].any())
        and (worries[deed.column] in row.concerns or row.seen in SEEN_WELL)
        and (view.when(row.date) >= deed.until or deed.refused or deed.staff.any())
        for deed in found
    )
