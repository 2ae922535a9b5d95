"""The snapshot of a case in which a few rows are others, made from that of the case as it was.

What does not rest on these rows is taken over, so that many changes of one case can be tried one after the other. What
the measures take over says :func:`~safetynet.measures.taken_over.take_over`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from ..case import Case
from ..case.records import Records, Row
from ..case.vocabulary import LOOKING_BACK
from .entries import Entries, Entry, Holding, entries_of, first_days, in_turn
from .involvement import involvement, involvement_after
from .snapshot import GROUPINGS, Snapshot, row_order

K = TypeVar("K")
OF_ROWS = ("rows", "start", "end")  # of the records, what another row changes by itself


@dataclass(frozen=True)
class Altered:
    """A snapshot before and after a few rows were changed.

    Attributes
    ----------
    gone, come : tuple of Row
        The rows of the case that are no longer there, and those that have come; a changed row is one of each.
    papers : tuple of Row
        The one-way rows of which another day, or no day, is that on which somebody confirms them.
    turned : bool
        Whether somebody was involved on other days.
    """

    before: Snapshot
    after: Snapshot
    gone: tuple[Row, ...]
    come: tuple[Row, ...]
    papers: tuple[Row, ...]
    turned: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are gone or have come."""
        return self.gone + self.come


def altered(before: Snapshot, case: Case) -> Altered | None:
    """The snapshot of a changed case on the same day; None where more than rows was changed in it."""
    old, new = before.records, case._records
    if any(getattr(old, one.name) != getattr(new, one.name) for one in fields(Records) if one.name not in OF_ROWS):
        return None
    gone, come = _without(old.rows, new.rows), _without(new.rows, old.rows)
    after = Snapshot(case, before.day, before.rules)
    known: dict[str, Any] = {}
    gone_by, come_by = ([row for row in rows if before.by(row.date)] for rows in (gone, come))
    for name, keys in GROUPINGS.items():
        known[name] = _regrouped(getattr(before, name), gone_by, come_by, keys)
    known["appeared"] = appeared = _appeared(before, gone_by, come_by)
    after.__dict__.update({name: what for name, what in known.items() if what is not None})
    if after.silent == before.silent:
        touched = {*_holdings(after, gone), *_holdings(after, come)}
        after.__dict__["entries"] = _entries(after, before.entries, gone, come)
        after.__dict__["since"] = _since(after, before.since, touched)
    names = {one for row in (*gone, *come) for one in row.who}
    if appeared is None or appeared != before.appeared:
        names |= after.appeared.keys() ^ before.appeared.keys()
        names |= {one for one, day in after.appeared.items() if before.appeared.get(one) != day}
    spells = after.keep("involvement", lambda: involvement_after(after, involvement(before), names))
    return Altered(before, after, gone, come, _papers(before, after), spells != involvement(before))


def _without(rows: Iterable[Row], others: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that are not among others: what nobody touched is the same object."""
    among = set(map(id, others))
    return tuple(row for row in rows if id(row) not in among)


def _regrouped(
    before: Mapping[K, tuple[Row, ...]], gone: Iterable[Row], come: Iterable[Row], keys: Callable[[Row], Iterable[K]]
) -> dict[K, tuple[Row, ...]]:
    """Rows grouped by something, without some and with others."""
    found = dict(before)
    for row in gone:
        for key in dict.fromkeys(keys(row)):
            found[key] = tuple(one for one in found[key] if one is not row)
    for row in come:
        for key in dict.fromkeys(keys(row)):
            found[key] = tuple(sorted((*found.get(key, ()), row), key=row_order))
    return found


def _showing(row: Row) -> tuple[str, ...]:
    """Who appears by a row."""
    return row.named if row.is_contact else () if row.kind in LOOKING_BACK else row.who


def _appeared(before: Snapshot, gone: Iterable[Row], come: Sequence[Row]) -> dict[str, int] | None:
    """Who has appeared since when; None where a row is gone with which somebody did: all are looked through anew."""
    found = dict(before.appeared)
    for row in come:
        for one in _showing(row):
            found[one] = min(before.when(row.date), found.get(one, before.day))
    for row in gone:
        day = before.when(row.date)
        for one in _showing(row):
            again = (one in _showing(other) and before.when(other.date) <= day for other in come)
            if before.appeared[one] == day and not any(again):
                return None
    return found


# what is on record -------------------------------------------------------------------------------------


def _holdings(view: Snapshot, rows: Iterable[Row]) -> Iterator[Holding]:
    """Whom rows give which concerns."""
    for row in rows:
        for holding, _ in entries_of(view.records, row, view.silent):
            yield holding


def _entries(view: Snapshot, before: Entries, gone: Iterable[Row], come: Iterable[Row]) -> Entries:
    """How each concern came onto each record, without some rows and with others."""
    found = dict(before)
    for row in gone:
        for holding in dict.fromkeys(_holdings(view, [row])):
            if rest := tuple(entry for entry in found.pop(holding) if entry.row is not row):
                found[holding] = rest
    more: defaultdict[Holding, list[Entry]] = defaultdict(list)
    for row in come:
        for holding, entry in entries_of(view.records, row, view.silent):
            more[holding].append(entry)
    return {**found, **{holding: in_turn((*found.get(holding, ()), *new)) for holding, new in more.items()}}


def _since(view: Snapshot, before: Mapping[Holding, int], touched: Iterable[Holding]) -> dict[Holding, int]:
    """Since when each concern has been on each record, looked up anew for some of them."""
    side, found = (1 if view.rules.dates == "latest" else 0), dict(before)
    for holding in touched:
        found.pop(holding, None)
        rows = view.entries.get(holding, ())
        if rows and (day := first_days(rows)[side]) <= view.day:
            found[holding] = day
    return found


def _papers(before: Snapshot, after: Snapshot) -> tuple[Row, ...]:
    """The one-way rows of which the confirmation is another."""
    then, now = before.confirmations, after.confirmations
    if then == now:
        return ()
    changed = [row for row in then.keys() | now.keys() if then.get(row) != now.get(row)]
    return tuple(
        records.by_id[row] for row in changed for records in (before.records, after.records) if row in records.by_id
    )
