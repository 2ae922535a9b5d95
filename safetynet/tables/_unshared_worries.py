"""Which worries stayed with one holder, with people who have left, on a file, or in the family; and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike, Window
from ..measures.exclusive import KINDS, kinds
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

ALONE, LEFT = KINDS[:2]  # exactly one involved professional has it; none of those who have it is involved


class Kept(NamedTuple):
    """A worry that was not shared, and one of those who have it."""

    concern: str
    holder: str
    kind: str
    earliest: int
    since: int
    rows: tuple[str, ...]

    @property
    def window(self) -> Window:
        """Since when it has been on this holder's record."""
        return Window(self.earliest, self.since)


def first_window(view: Snapshot, holder: str, concern: str) -> Window:
    """The window of the row that first put a concern on a holder's record, as the rules read dates."""
    found: list[Window] = [entry.window for entry in view.entries[holder, concern] if view.by(entry.window)]
    return min(found, key=lambda window: (view.when(window), window[:2]))


def lines(view: Snapshot) -> list[Kept]:
    """For every current worry that no two involved professionals have on record, those who have it."""
    found = []
    for worry, kind in kinds(view).items():
        holders = view.holders[worry]
        among = {ALONE: view.involved, LEFT: view.professionals}.get(kind, holders)
        for holder in sorted(holders & among):
            window = first_window(view, holder, worry)
            rows = view.evidence((worry,), (holder,))
            found.append(Kept(worry, holder, kind, window.first, window.last, rows))
    return found


def unshared_worries(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The current worries that no two involved professionals have on record: a line for each of their holders.

    The notes beside the names on :func:`safetynet.plot.network`, and the tails on
    :func:`safetynet.plot.chronology`.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. What was resolved by `at` is left out.

    Returns
    -------
    pandas.DataFrame
        In order of worry: ``concern``, ``holder`` (a person or an agency), ``kind`` (as in
        :func:`safetynet.exclusive_concerns`), ``earliest`` and ``since`` (the days from which it may have been,
        and certainly was, on this holder's record) and ``rows``. No line where every worry is on the record of
        two who are involved.

    See Also
    --------
    safetynet.exclusive_concerns : a line per worry.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.unshared_worries(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "holder", "kind"]]
      concern holder        kind
    0      c2      P  one person
    """
    return tidy(lines(snapshot(case, at, rules)), Kept._fields)
