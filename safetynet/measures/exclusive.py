"""Worries that hang on one person, and those that nobody involved has any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("one person", "left with its holders", "file only", "family only", "file and family only")
COLUMNS = ["concern", "category", "severity", "kind", "people", "agencies", "since", "rows"]


def kind_of(view: Snapshot, worry: str) -> str:
    """How a current worry hangs on one person or is held by nobody involved; empty if neither."""
    holders = view.holders.get(worry, frozenset())
    informed = holders & view.involved
    if len(informed) == 1:
        return "one person"
    if informed or not holders:
        return ""
    if holders & view.professionals:
        return "left with its holders"
    on_file = bool(holders & view.records.agencies.keys())
    in_family = bool(holders & view.records.people.keys())
    if on_file and in_family:
        return "file and family only"
    return "file only" if on_file else "family only"


def kinds(view: Snapshot) -> dict[str, str]:
    """The kind of every current worry that has one."""
    return {worry: kind for worry in view.current if (kind := kind_of(view, worry))}


def exclusive_concerns(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Worries that only one involved professional has on record; and, named apart, those that none has.

    What one person keeps is lost when they move on. What has left with its holders, lies on a file that no row
    shows anybody reading, or is known in the family alone is out of reach already.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per such worry, in the order of its kind, the gravest first: ``concern``, ``category``,
        ``severity``, ``kind``, ``people`` (the one professional; those who have left; the family members),
        ``agencies`` (theirs, and those with it on file), ``since`` (the day from which it has certainly been on
        anybody's record) and ``rows``. ``kind`` is

        - "one person": exactly one involved professional has it on record. These alone are counted in the score
          ``exclusive_concerns``;
        - "left with its holders": professionals have it on record, and none of them is involved any more;
        - "file only": agencies have it on file, and no person has it on record;
        - "family only": the child, the family or their support have it on record, and nobody else;
        - "file and family only": an agency has it on file and so has the family, such as a parent's letter to a
          duty desk that no row shows anybody reading.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    concern_clusters : what only one group of professionals holds.

    Notes
    -----
    A worry that is resolved by `at` is left out. What a support worker or a relative also has on record does not
    make a worry less exclusive: they are no channel between professionals.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.exclusive_concerns(sn.load_case("worked_example"), at="2024-01-31")[["concern", "kind", "people", "rows"]]
      concern        kind people   rows
    0      c2  one person   (P,)  (e3,)
    """
    view = snapshot(case, at, rules)
    lines: list[dict[str, Any]] = []
    for worry, kind in kinds(view).items():
        holders = view.holders[worry]
        people = holders & view.involved if kind == "one person" else holders & view.professionals
        if kind in KINDS[2:]:
            people = holders & view.records.people.keys()
        files = holders & view.records.agencies.keys()
        agencies = {view.records.people[name].agency for name in people} - {""}
        concern = view.records.concerns[worry]
        lines.append({
            "concern": worry, "category": concern.category, "severity": concern.severity, "kind": kind,
            "people": tuple(sorted(people)), "agencies": tuple(sorted(agencies | files)),
            "since": min(view.since[holder, worry] for holder in holders),
            "rows": view.evidence((worry,), people | files),
        })  # fmt: skip
    lines.sort(key=lambda line: (KINDS.index(line["kind"]), -line["severity"], line["concern"]))
    return tidy(lines, COLUMNS)
