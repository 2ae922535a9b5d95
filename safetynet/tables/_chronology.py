"""The table of the chronology: every row, the lanes in which it is drawn, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..errors import choose
from ..measures.actions import first_done
from ..record.parties import is_actor
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

LaneBy = Literal["agency", "person"]
State = Literal["", "arrived", "not arrived", "read later", "done", "overdue", "open"]
TO_BE_DONE = ("agreed", "expected")


class Item(NamedTuple):
    """One row as it is drawn."""

    row: str
    kind: str
    earliest: int
    latest: int
    lanes: tuple[str, ...]
    to_lanes: tuple[str, ...]
    present_lanes: tuple[str, ...]
    absent_lanes: tuple[str, ...]
    concerns: tuple[str, ...]
    came: tuple[str, ...]
    state: State
    due: int | None
    done_on: int | None
    read_on: int | None
    rows: tuple[str, ...]


def lane_of(view: Snapshot, name: str, by: LaneBy) -> str:
    """The lane in which somebody is drawn: their own, their agency's, or that of their kind around the child."""
    if by == "person":
        return name
    return view.party(name) if is_actor(view, name) else view.records.people[name].kind


def lines(view: Snapshot, by: LaneBy = "agency") -> list[Item]:
    """The rows by the day of a snapshot, in their order."""
    first = _first_rows(view)
    return [_item(view, row, by, first) for row in view.rows]


def _item(view: Snapshot, row: Row, by: LaneBy, first: dict[str, set[str]]) -> Item:
    def lanes(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(lane_of(view, name, by) for name in names))

    done = first_done(view, row) if row.kind in (*TO_BE_DONE, "disagreed") else None
    return Item(
        row=row.id,
        kind=row.kind,
        earliest=row.date.first,
        latest=row.date.last,
        lanes=lanes(row.who),
        to_lanes=lanes(row.to),
        present_lanes=lanes(row.present),
        absent_lanes=lanes(row.absent),
        concerns=row.concerns,
        came=tuple(concern for concern in row.concerns if row.id in first.get(concern, ())),
        state=_state(view, row, done),
        due=row.due if row.kind in TO_BE_DONE else None,
        done_on=None if done is None else done.date.last,
        read_on=None if row.received_on is None else row.reached.last,
        rows=(row.id,),
    )


def _first_rows(view: Snapshot) -> dict[str, set[str]]:
    """For each concern, the rows of the day on which it came onto anyone's record; sightings before reports."""
    found: dict[str, tuple[tuple[int, bool], set[str]]] = {}
    for row in view.rows:
        if row.kind == "observed" or row.is_contact:
            when = (view.when(row.date), row.kind != "observed")
            for concern in row.concerns:
                if concern not in found or when < found[concern][0]:
                    found[concern] = (when, set())
                if when == found[concern][0]:
                    found[concern][1].add(row.id)
    return {concern: rows for concern, (_, rows) in found.items()}


def _state(view: Snapshot, row: Row, done: Row | None) -> State:
    if row.is_contact:
        if not row.arrived:
            return "not arrived"
        return "arrived" if row.received_on is None else "read later"
    if row.kind in TO_BE_DONE:
        late = row.due is not None and row.due < view.day
        return "done" if done is not None else "overdue" if late else "open"
    return ""


def chronology(
    case: Case, at: DateLike | None = None, *, by: LaneBy = "agency", rules: Rules | None = None
) -> pd.DataFrame:
    """Every row by a date, with the lanes (agencies or persons) that it belongs to and what became of it.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    by : {"agency", "person"}
        What a lane is. By agency, those around the child have the lanes ``child``, ``family``, ``support`` and
        ``public``; a professional without an agency has a lane of their own.

    Returns
    -------
    pandas.DataFrame
        A line per row, by date: ``row``, ``kind``, ``earliest`` and ``latest`` (its window), ``lanes`` (of who),
        ``to_lanes`` (of whom it went to, or whom it was about), ``present_lanes``, ``absent_lanes``, ``concerns``,
        ``came`` (those that nobody had on record before), ``state``, ``due``, ``done_on``, ``read_on`` and
        ``rows``. ``state`` of a contact: "arrived", "not arrived" or "read later"; of an agreed action or an
        expected duty: "done", "overdue" or "open"; of the others: "".

    Raises
    ------
    ArgumentError
        If `by` is not one of the two.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.chronology(sn.load_case("worked_example"))
    >>> table[["row", "kind", "lanes", "to_lanes", "concerns"]].tail(2)
      row  kind              lanes   to_lanes concerns
    4  e5  told          (health,)  (school,)    (c3,)
    5  e6   met  (council, police)         ()    (c1,)
    """
    choose("by", by, ("agency", "person"))
    return tidy(lines(snapshot(case, at, rules), by), Item._fields)
