"""Latency: how long a worry stayed where it was first known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import Window
from ..record.entries import first_days
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

STAGES = ("shared", "other_agency", "lead", "social_care", "police")


class Since(NamedTuple):
    """The first day on which something may have happened, and the first by which it certainly had; None = never."""

    possible: int | None
    certain: int | None


NEVER = Since(None, None)


def earliest(windows: Iterable[Window]) -> Since:
    """The earliest of several windows, possibly and certainly."""
    listed = list(windows)
    return Since(min(w.first for w in listed), min(w.last for w in listed)) if listed else NEVER


def known_on(view: Snapshot, worry: str) -> Since:
    """Since when a professional has a worry on record, whether by the day of the snapshot or after it."""
    return earliest(
        entry.window for (holder, concern), found in view.entries.items()
        if concern == worry and holder in view.professionals for entry in found
    )  # fmt: skip


def sharing_rows(view: Snapshot, worry: str, *, across: bool = False) -> list[Row]:
    """The contact rows of the case in which a worry passed between professionals or agencies (`across` agencies)."""
    channel = view.professionals | view.records.agencies.keys()

    def joins(row: Row) -> bool:
        return any(
            a in channel and b in channel and not (across and view.party(a) == view.party(b))
            and (row.is_together or (a in row.who and b in row.to))
            for a, b in row.moves
        )  # fmt: skip

    return [row for row in view.records.rows if row.is_contact and worry in row.concerns and joins(row)]


def _in_sector(view: Snapshot, worry: str, sector: str) -> Since:
    """Since when the people or the file of an agency of a sector have a worry on record."""
    found = []
    for (holder, concern), rows in view.entries.items():
        if concern == worry and (holder in view.professionals or holder in view.records.agencies):
            agency = holder if holder in view.records.agencies else view.records.people[holder].agency
            if agency and view.records.agencies[agency].sector == sector:
                found += [entry.window for entry in rows]
    return earliest(found)


def _with_lead(view: Snapshot, worry: str) -> Since:
    """Since when whoever was the lead professional had a worry on record."""
    found = []
    for (holder, concern), rows in view.entries.items():
        if concern != worry or holder not in view.professionals:
            continue
        person = view.records.people[holder]
        if person.lead_from is None and person.lead_to is None:
            continue
        first, last = first_days(rows)
        if person.lead_from is not None:
            first, last = max(first, person.lead_from.first), max(last, person.lead_from.last)
        until = None if person.lead_to is None else person.lead_to.last
        found.append(Since(first if until is None or first <= until else None,
                           last if until is None or last <= until else None))  # fmt: skip
    return Since(
        min((one.possible for one in found if one.possible is not None), default=None),
        min((one.certain for one in found if one.certain is not None), default=None),
    )


def by_day(since: Since, day: int) -> Since:
    """What of it lies on or before a day."""
    return Since(*(None if one is None or one > day else one for one in since))


def stages(view: Snapshot, worry: str) -> dict[str, Since]:
    """When a worry was first shared, and first came to those who should have it, by the day of a snapshot."""
    found = {
        "shared": earliest(row.reached for row in sharing_rows(view, worry)),
        "other_agency": earliest(row.reached for row in sharing_rows(view, worry, across=True)),
        "lead": _with_lead(view, worry),
        "social_care": _in_sector(view, worry, "social_care"),
        "police": _in_sector(view, worry, "police"),
    }
    return {stage: by_day(found[stage], view.day) for stage in STAGES}


def days_between(start: int | None, end: int | None) -> int | None:
    """The days from one day to another; None where one of them is missing."""
    return None if start is None or end is None else end - start


def sharing_latency(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How many days each worry took from being known to being shared, and to those who hold the threads.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included; what came later has not happened yet. Default: the day before the harm, or
        the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per known worry, the longest unshared first: ``concern``, ``severity``, ``first_known`` (by a
        professional); then for each of

        - ``shared``: it passed between two professionals, or a professional and an agency, in a contact row,
        - ``other_agency``: it passed so from one agency to another,
        - ``lead``: whoever was the lead professional that day had it on record,
        - ``social_care``, ``police``: a professional or the file of an agency of that sector had it on record,

        the day by which it certainly had (``shared``), the first on which it may have (``shared_possible``) and
        the days since it was first known (``days_to_shared``; from certain day to certain day, ``<NA>`` = not by
        `at`; below 0 where a file had it before any professional). ``first_known_possible`` likewise.
        ``never_shared`` is true where no row passes it on by `at`, ``days_unshared`` counts the days from
        ``first_known`` to ``shared`` or, where it never was, to `at`; ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    Partial dates make two answers of each: certainly by the last day of a window, possibly by its first. An
    agency's file counts as the agency having it, although nobody may have read it.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.sharing_latency(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "first_known", "shared", "days_to_shared", "never_shared"]]
      concern first_known     shared  days_to_shared  never_shared
    0      c2  2024-01-15        NaT            <NA>          True
    1      c3  2024-01-20 2024-01-25               5         False
    2      c1  2024-01-10 2024-01-12               2         False
    """
    view = snapshot(case, at, rules)
    rules_are_certain = view.rules.dates == "latest"
    lines: list[dict[str, Any]] = []
    for worry in view.worries:
        known = by_day(known_on(view, worry), view.day)
        line: dict[str, Any] = {"concern": worry, "severity": view.records.concerns[worry].severity,
                                "first_known": known.certain, "first_known_possible": known.possible}  # fmt: skip
        found = stages(view, worry)
        for stage, since in found.items():
            line |= {stage: since.certain, f"{stage}_possible": since.possible,
                     f"days_to_{stage}": days_between(known.certain, since.certain)}  # fmt: skip
        begin, end = (since.certain if rules_are_certain else since.possible for since in (known, found["shared"]))
        line["never_shared"] = end is None
        line["days_unshared"] = days_between(begin, view.day if end is None else end)
        line["rows"] = view.evidence((worry,))
        lines.append(line)
    lines.sort(key=lambda line: (-(line["days_unshared"] or 0), line["concern"]))
    columns = ["concern", "severity", "first_known", "first_known_possible"]
    columns += [name for stage in STAGES for name in (stage, f"{stage}_possible", f"days_to_{stage}")]
    return tidy(lines, [*columns, "never_shared", "days_unshared", "rows"])  # fmt: skip
