"""Latency: how long a worry stayed where it was first known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike, Window
from ..record.entries import Entry, first_days
from ..record.parties import is_actor, sector
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Since(NamedTuple):
    """The first day on which something may have happened, and the first by which it certainly had; None = never."""

    possible: int | None
    certain: int | None


NEVER = Since(None, None)


class Latency(NamedTuple):
    """When a known worry was first shared, and when it came to those who hold the threads."""

    concern: str
    severity: int
    first_known: int | None
    first_known_possible: int | None
    shared: int | None
    shared_possible: int | None
    days_to_shared: int | None
    other_agency: int | None
    other_agency_possible: int | None
    days_to_other_agency: int | None
    lead: int | None
    lead_possible: int | None
    days_to_lead: int | None
    social_care: int | None
    social_care_possible: int | None
    days_to_social_care: int | None
    police: int | None
    police_possible: int | None
    days_to_police: int | None
    never_shared: bool
    days_unshared: int | None
    rows: tuple[str, ...]


STAGES = ("shared", "other_agency", "lead", "social_care", "police")


def earliest(windows: Iterable[Window]) -> Since:
    """The earliest of several windows, possibly and certainly."""
    listed = list(windows)
    return Since(min(w.first for w in listed), min(w.last for w in listed)) if listed else NEVER


def by_rule(view: Snapshot, since: Since) -> int | None:
    """The day that counts, as the rules read dates."""
    return since.certain if view.rules.dates == "latest" else since.possible


def sharing_rows(view: Snapshot, worry: str, *, across: bool = False) -> list[Row]:
    """The contact rows of the case in which a worry passed between two professionals.

    With `across` those in which it passed from one agency to another, files included.
    """
    naming = view.keep("contact rows naming", lambda: _naming(view))

    def counts(a: str, b: str) -> bool:
        if across:
            return is_actor(view, a) and is_actor(view, b) and view.party(a) != view.party(b)
        return a in view.professionals and b in view.professionals

    return [row for row in naming.get(worry, ()) if any(counts(*pair) for pair in view.moves(row))]


def _naming(view: Snapshot) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in view.records.rows:
        for concern in row.concerns if row.is_contact else ():
            found[concern].append(row)
    return found


def _entries(view: Snapshot) -> dict[str, list[tuple[str, tuple[Entry, ...]]]]:
    found: defaultdict[str, list[tuple[str, tuple[Entry, ...]]]] = defaultdict(list)
    for (holder, concern), entries in view.entries.items():
        if is_actor(view, holder):
            found[concern].append((holder, entries))
    return found


def known_on(view: Snapshot, worry: str, among: Callable[[str], bool]) -> Since:
    """Since when somebody of those professionals and agencies has a worry on record, by the day or after it."""
    holders = view.keep("entries of actors", lambda: _entries(view)).get(worry, ())
    return earliest(entry.window for holder, entries in holders if among(holder) for entry in entries)


def _with_lead(view: Snapshot, worry: str) -> Since:
    """Since when whoever was the lead professional had a worry on record."""
    found = [_as_lead(view, one, worry) for one in view.professionals if (one, worry) in view.entries]
    return Since(
        min((one.possible for one in found if one.possible is not None), default=None),
        min((one.certain for one in found if one.certain is not None), default=None),
    )


def _as_lead(view: Snapshot, one: str, worry: str) -> Since:
    """Since when somebody had a worry on record while they were the lead professional."""
    person = view.records.people[one]
    if person.lead_from is None and person.lead_to is None:
        return NEVER
    days = first_days(view.entries[one, worry])
    if person.lead_from is not None:
        days = max(days[0], person.lead_from.first), max(days[1], person.lead_from.last)
    return Since(*(day if person.lead_to is None or day <= person.lead_to.last else None for day in days))


def stages(view: Snapshot, worry: str) -> dict[str, Since]:
    """When a worry was first shared, and first came to those who should have it, by the day of a snapshot."""
    found = {
        "shared": _arrived(view, sharing_rows(view, worry)),
        "other_agency": _arrived(view, sharing_rows(view, worry, across=True)),
        "lead": _with_lead(view, worry),
        "social_care": known_on(view, worry, lambda one: sector(view, one) == "social_care"),
        "police": known_on(view, worry, lambda one: sector(view, one) == "police"),
    }
    return {stage: _by_day(view, found[stage]) for stage in STAGES}


def _arrived(view: Snapshot, rows: list[Row]) -> Since:
    """When the first of some contact rows was read, of those that count by the day."""
    possible = (row.reached.first for row in rows if row.date.first <= view.day)
    certain = (row.reached.last for row in rows if row.date.last <= view.day)
    return Since(min(possible, default=None), min(certain, default=None))


def _by_day(view: Snapshot, since: Since) -> Since:
    """What of it lies on or before the day of a snapshot."""
    return Since(*(None if day is None or day > view.day else day for day in since))


def lines(view: Snapshot) -> list[Latency]:
    """How long each known worry took, the longest unshared first."""
    found = [_line(view, worry) for worry in view.worries]
    return sorted(found, key=lambda line: (-(line.days_unshared or 0), line.concern))


def _line(view: Snapshot, worry: str) -> Latency:
    known, found = _by_day(view, known_on(view, worry, view.professionals.__contains__)), stages(view, worry)
    reached = {stage: by_rule(view, since) for stage, since in found.items()}
    begin = by_rule(view, known)
    cells: dict[str, int | None] = {}
    for stage, since in found.items():
        day = reached[stage]
        cells[stage], cells[f"{stage}_possible"] = since.certain, since.possible
        cells[f"days_to_{stage}"] = None if day is None or begin is None else day - begin
    end = view.day if reached["shared"] is None else reached["shared"]
    return Latency(
        concern=worry,
        severity=view.records.concerns[worry].severity,
        first_known=known.certain,
        first_known_possible=known.possible,
        never_shared=reached["shared"] is None,
        days_unshared=None if begin is None else end - begin,
        rows=view.evidence((worry,)),
        **cells,
    )


def sharing_latency(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How many days each worry took from being known to being shared, and to those who hold the threads.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per known worry, the longest unshared first: ``concern``, ``severity``, ``first_known`` (by a
        professional); then for each of

        - ``shared``: it passed between two professionals in a contact row,
        - ``other_agency``: it passed so from one agency to another, be it to a file,
        - ``lead``: whoever was the lead professional that day had it on record,
        - ``social_care``, ``police``: a professional or the file of an agency of that sector had it on record,

        the day by which it certainly had (``shared``), the first on which it may have (``shared_possible``) and
        the days since it was first known (``days_to_shared``; as the rules read dates, ``<NA>`` = not by `at`;
        below 0 where a file had it before any professional). ``first_known_possible`` likewise. ``never_shared`` is
        true where no row passes it on by `at`, ``days_unshared`` counts the days from ``first_known`` to ``shared``
        or, where there is none, to `at`; ``rows``.

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
    return tidy(lines(snapshot(case, at, rules)), Latency._fields)
