"""What a recorded decision held back from an agency that could otherwise have had it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy
from .chances import WHATEVER, held_back_by, missed, people, withheld

if TYPE_CHECKING:
    import pandas as pd


class HeldBack(NamedTuple):
    """A contact row in which a worry was not passed to an agency, as a recorded decision says."""

    row: str
    concern: str
    agency: str
    reason: str
    date: int
    severity: int
    holders: tuple[str, ...]
    recipients: tuple[str, ...]
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[HeldBack]:
    """What would have been missed but for a recorded decision to hold it back, by date."""
    among, lost = withheld(view), missed(view)
    found = []
    for (name, worry, agency), chances in missed(view, WHATEVER).items():
        if (name, worry, agency) in lost:
            continue
        row, severity = chances[0].row, view.records.concerns[worry].severity
        kept = {back for one in chances for back in held_back_by(view, one, among)}
        reasons = ", ".join(sorted({back.reason for back in kept} - {""}))
        rows = in_order({row, *kept})
        found.append(HeldBack(name, worry, agency, reasons, chances[0].day, severity, *people(chances), rows))
    return sorted(found, key=lambda line: (line.date, line[:3]))


def held_back(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The contacts in which a worry was not passed to an agency because a recorded decision held it back.

    They are no missed opportunities: the record says that somebody decided, and perhaps why.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per row, worry and agency, by date: ``row``, ``concern``, ``agency``, ``reason`` (those that the
        ``withheld`` rows give), ``date``, ``severity``, ``holders`` (who could have passed it on), ``recipients`` and
        ``rows`` (the contact, and the rows that held it back).

    See Also
    --------
    missed_opportunities : where no such decision is on record.

    Examples
    --------
    >>> import safetynet as sn
    >>> len(sn.held_back(sn.load_case("victoria_climbie")))
    0
    """
    return tidy(lines(snapshot(case, at, rules)), HeldBack._fields)
