"""The table behind the chronology picture: every row of the chronology, and the lanes in which it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row
from ..dates import datetime64
from ..errors import choose
from ..measures.action_plan import state_of
from ..measures.actions import first_done
from ..record.snapshot import Snapshot, row_order, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

NOBODY = ""
COLUMNS = ["row", "kind", "earliest", "latest", "lanes", "to", "absent", "concerns", "new", "state", "until", "rows"]


def lane_of(view: Snapshot, name: str, by: str) -> str:
    """The lane in which somebody is drawn: their own, their agency's, or that of their kind around the child."""
    records = view.records
    if by == "person" or name in records.agencies:
        return name
    if name in view.professionals:
        return view.party(name)
    return records.people[name].kind


def chronology_lanes(case: Case, at: Any = None, *, by: str = "agency", rules: Rules | None = None) -> pd.DataFrame:
    """Every row by a date, with the lanes (agencies or persons) that it belongs to and how it ended.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    by : {"agency", "person"}
        What a lane is. By agency, the child, the family and its support have the lanes ``child``, ``family`` and
        ``support``; a professional without an agency has a lane of their own.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per row, by date: ``row``, ``kind``, ``earliest`` and ``latest`` (its window), ``lanes`` (of who),
        ``to`` (of whom it went to, of whom was assumed to act, or of whom it was decided or disagreed with),
        ``absent``, ``concerns``, ``new`` (those that nobody had on record before), ``state``, ``until`` and
        ``rows``. ``state`` of a contact: "arrived", "not arrived" or "read later" (``until``: when); of an
        agreed action: "completed", "live", "overdue" or "undated" (``until``: done, or due); of the others: "".

    Raises
    ------
    ArgumentError
        If `by` is not one of the two.
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import chronology_lanes
    >>> table = chronology_lanes(sn.load_case("worked_example"))
    >>> table[["row", "kind", "lanes", "to", "concerns"]].tail(2)
      row  kind              lanes         to concerns
    4  e5  told          (health,)  (school,)    (c3,)
    5  e6   met  (council, police)         ()    (c1,)
    """
    import pandas as pd

    choose("by", by, ("agency", "person"))
    view = snapshot(case, at, rules)

    def lanes(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(lane_of(view, name, by) for name in names))

    brought = _first_rows(view)
    lines = []
    for row in sorted(view.rows, key=row_order):
        state, until = _state(view, row)
        lines.append(
            {
                "row": row.id,
                "kind": row.kind,
                "earliest": row.date.first,
                "latest": row.date.last,
                "lanes": lanes(row.who),
                "to": lanes(row.to),
                "absent": lanes(row.absent),
                "concerns": row.concerns,
                "new": tuple(concern for concern in row.concerns if row.id in brought.get(concern, ())),
                "state": state,
                "until": until,
                "rows": (row.id,),
            }
        )
    table = pd.DataFrame(lines, columns=COLUMNS)
    for name in ("earliest", "latest", "until"):
        table[name] = datetime64(table[name])
    return table


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


def _state(view: Snapshot, row: Row) -> tuple[str, int | None]:
    if row.is_sent:
        if not row.arrived:
            return "not arrived", None
        return ("arrived", None) if row.received_on is None else ("read later", row.received_on.last)
    if row.kind == "agreed":
        done = first_done(view, row)
        if done is not None:
            return "completed", done.date.last
        return state_of(view, row), row.due
    return "", None
