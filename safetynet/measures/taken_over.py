"""What a snapshot in which a few rows are others takes over of how worries stood before: the rest is asked anew.

Whether a worry is in hand rests on the rows that name it, on what else keeps an action on it alive or completes it, on
what shows that paper came to somebody, and on who was involved; what somebody feels for it besides on whom they can see
around the child.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from ..case.records import Row
from ..case.vocabulary import SEEN_WELL
from ..record.altered import Altered
from ..record.snapshot import Snapshot
from .actions import actions_on
from .in_hand import in_hand
from .leaving import Sighting, all_sightings, seen_around, sightings_in
from .states import felt_by

FOR_ALL = ("done", "opened", "closed", "assumed")  # rows of these kinds may bear on worries that they do not name


def take_over(altered: Altered) -> Snapshot:
    """The snapshot after the change, with all that the changed rows leave as it was."""
    before, after = altered.before, altered.after
    if altered.turned or any(map(_bears_on_all, (*altered.rows, *altered.papers))) or _refer_otherwise(altered):
        return after
    named = {worry for row in (*altered.rows, *altered.papers) for worry in row.concerns}
    untouched = [worry for worry in before.worries if worry not in named]
    for worry in untouched:
        after.keep(("actions", worry), partial(actions_on, before, worry))
        after.keep(("in hand", worry), partial(in_hand, before, worry))
    _feelings(altered, untouched)
    return after


def _bears_on_all(row: Row) -> bool:
    return row.kind in FOR_ALL or row.seen in SEEN_WELL


def _refer_otherwise(altered: Altered) -> bool:
    """Whether the changed rows refer to other rows, or on another day, than they did."""

    def referring(rows: Iterable[Row]) -> set[object]:
        return {(row.id, row.date, row.kind, row.ref, row.outcome) for row in rows if row.ref}

    return referring(altered.gone) != referring(altered.come)


def _feelings(altered: Altered, worries: Iterable[str]) -> None:
    """Take over whom people can see, and what they feel for some worries, but of those whom the changed rows name."""
    before, after = altered.before, altered.after
    rows = (*altered.rows, *altered.papers)
    among = {one for row in rows for one in (*row.who, *row.to, *row.present)}
    after.keep("sightings", partial(_sightings, altered))
    for one in (before.involved & before.working) - among:
        after.keep(("seen around", one), partial(seen_around, before, one))
    for worry in worries:
        for one in before.informed(worry):
            if one not in among:
                after.keep(("felt", one, worry), partial(felt_by, before, one, worry))


def _sightings(altered: Altered) -> dict[str, Sequence[Sighting]]:
    """The rows in which each can see others, without those that are gone and with those that have come."""
    before, after = altered.before, altered.after
    if after.silent != before.silent:
        return dict(sightings_in(after, after.rows))
    old, new = (
        sightings_in(view, [row for row in rows if view.by(row.date)])
        for view, rows in ((before, altered.gone), (after, altered.come))
    )
    found = dict(all_sightings(before))
    gone = {row.id for row in altered.gone}
    for one in old:
        found[one] = [sighting for sighting in found[one] if sighting[0].id not in gone]
    for one, more in new.items():
        found[one] = sorted((*found.get(one, ()), *more), key=lambda sighting: sighting[0].order)
    return found
