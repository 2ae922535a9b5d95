"""What was passed on although the permissions say that it was prohibited: the twin of a missed opportunity."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.parties import is_actor
from ..record.permissions import permission
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class Beyond(NamedTuple):
    """A concern that a row passed to somebody although it was prohibited."""

    row: str
    concern: str
    recipient: str
    senders: tuple[str, ...]
    agency: str
    date: int
    severity: int
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Beyond]:
    """What was passed on although it was prohibited, by date."""
    if view.records.permissions is None:
        return []
    found = []
    for row in view.contacts_in():
        for concern in row.concerns:
            severity = view.records.concerns[concern].severity
            for one, senders in _prohibited(view, row, concern).items():
                day, agency = view.when(row.reached), view.party(one)
                found.append(Beyond(row.id, concern, one, senders, agency, day, severity, (row.id,)))
    return found


def _prohibited(view: Snapshot, row: Row, concern: str) -> dict[str, tuple[str, ...]]:
    """The professionals and agencies to whom a row passed a concern that its senders were not to pass to them."""
    passing: defaultdict[str, set[str]] = defaultdict(set)
    for sender, one in view.moves(row):
        if (
            sender in row.who
            and is_actor(view, sender)
            and is_actor(view, one)
            and permission(view.records, sender, one, concern, row.date.first) == "prohibited"
        ):
            passing[one].add(sender)
    return {one: tuple(sorted(senders)) for one, senders in sorted(passing.items())}


def shared_beyond_need(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """What a row passed on although the permissions say that it was prohibited.

    The twin of a missed opportunity. The permissions are what a person coded; the library infers none.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per row, concern and recipient (a professional or an agency's file), by date: ``row``, ``concern``
        (worries, reassurances and strengths alike), ``recipient``, ``senders`` (the professionals or agencies who
        were not to pass it to them), ``agency``, ``date`` (on which it reached them), ``severity`` and ``rows``. No
        line without a table of permissions.

    See Also
    --------
    missed_opportunities : what was not passed on.

    Notes
    -----
    The permission is asked for the row's first day. In a meeting what is on the table is passed by everybody to
    everybody.

    Examples
    --------
    >>> import safetynet as sn
    >>> len(sn.shared_beyond_need(sn.load_case("max")))
    0
    """
    return tidy(lines(snapshot(case, at, rules)), Beyond._fields)
