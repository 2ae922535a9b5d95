"""Assumptions tested against the record: who counted on whom, and did they have it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.parties import agency_of
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy
from .leaving import taken_back
from .reliance import Reliance, Verdict, owning, people_of, reliances, verdict, verdict_then

if TYPE_CHECKING:
    import pandas as pd


class Assumption(NamedTuple):
    """One holder who counted on one party for one worry, and what the record shows of that party."""

    row: str
    date: int
    holder: str
    holder_agency: str
    assumed: str
    assumed_agency: str
    concern: str
    severity: int
    found: Verdict
    found_then: Verdict
    knew: tuple[str, ...]
    on_file: bool
    stands: bool
    taken_back: tuple[str, ...]
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Assumption]:
    """The assumptions by the day, each held against the record; by date."""
    return [_line(view, one) for one in reliances(view)]


def _line(view: Snapshot, one: Reliance) -> Assumption:
    people, worry = people_of(view, one.assumed), one.worry
    holders = view.holders.get(worry, frozenset())
    back = taken_back(view, one.holder, worry, one.row)
    actions = owning(view, worry, one.assumed) if one.assumed else ()
    done = [action.done.id for action in actions if action.done is not None]
    had = view.evidence((worry,), (one.assumed, *people))
    return Assumption(
        row=one.row.id,
        date=view.when(one.row.date),
        holder=one.holder,
        holder_agency=agency_of(view.records, one.holder),
        assumed=one.assumed,
        assumed_agency=agency_of(view.records, one.assumed) if one.assumed else "",
        concern=worry,
        severity=view.records.concerns[worry].severity,
        found=verdict(view, worry, one.assumed),
        found_then=verdict_then(view, worry, one.assumed, view.when(one.row.date)),
        knew=tuple(person for person in people if person in holders),
        on_file=one.assumed in view.records.agencies and one.assumed in holders,
        stands=not back,
        taken_back=in_order(back),
        rows=view.in_order(
            {one.row.id, *had, *done, *(row.id for row in back), *(action.row.id for action in actions)}
        ),
    )


def assumptions(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Assumptions that somebody else had a worry in hand, each tested against the record.

    A line says: this person is on record as counting on this party for this worry; and this is what the record shows
    of the party. "No record of knowing it" is about the record: the party may have known without a row that says so.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per assumed row, holder, assumed party and worry that is not resolved, in order of date: ``row``,
        ``date`` (its certain day), ``holder``, ``holder_agency``, ``assumed``, ``assumed_agency`` (empty for the
        family), ``concern``, ``severity``, ``found`` ("owned it", "knew but did not own it", "no record of
        knowing it" by `at`; "nobody named"), ``found_then`` (the same on the day of the assumption), ``knew`` (who
        of the party has it on record), ``on_file`` (whether the agency's file has it, which no person need have
        read), ``stands`` (no later row in which the holder told, asked, disagreed, decided, met with or took on the
        worry), ``taken_back`` (those rows) and ``rows``.

    See Also
    --------
    beliefs : also what was believed of others, and what the record shows of them in more words.
    circular_assumptions : agencies that count on each other.
    dead_ends : where chains of assumptions end.

    Notes
    -----
    An agency owned it or knew where one of its people did; what only its file holds, nobody is on record as
    knowing. Owned means what it means for :func:`unowned_share`, with the party among those who make it so: an owner
    who is informed, an agency that has taken it up, or who owned what was just completed. A row that names no concern
    is about every worry that its holder had on record by then.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.assumptions(sn.load_case("reuben"))
    >>> table[["holder", "assumed", "concern", "found"]].values.tolist()
    [['cym', 'a_cp', 'C07', 'no record of knowing it']]
    """
    return tidy(lines(snapshot(case, at, rules)), Assumption._fields)
