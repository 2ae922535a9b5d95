"""Of the occasions on which a worry could have come to an agency, how many did not bring it there."""

from __future__ import annotations

from typing import NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..tidy import tidy
from ..wording import count, day, days, verb
from .chances import missed, occasions

NO_OCCASION = "no worry had an occasion to come to an agency where nobody had it"


class Occasion(NamedTuple):
    """The first occasion on which a worry could come to an agency, and whether it was missed."""

    concern: str
    agency: str
    date: int
    missed: bool
    severity: int
    rows: tuple[str, ...]


def share_missed(view: Snapshot) -> float:
    """The (worry, agency) pairs missed, of those that had an occasion; NaN where there was none."""
    every = occasions(view)
    return len({missing[1:] for missing in missed(view)}) / len(every) if every else NAN


def lines(view: Snapshot) -> list[Occasion]:
    """The occasions, those that were missed first, the gravest first."""
    lost = {missing[1:] for missing in missed(view)}
    found = []
    for (worry, agency), chances in occasions(view).items():
        severity = view.records.concerns[worry].severity
        rows = in_order({one.row for one in chances})
        found.append(Occasion(worry, agency, chances[0].day, (worry, agency) in lost, severity, rows))
    return sorted(found, key=lambda line: (not line.missed, -line.severity, line.date, line[:2]))


def missed_share(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """Of the worries that had an occasion to come to an agency, the share that did not within a week.

    :func:`missed_opportunities` grows with every contact on record; this does not. 0: whatever could be passed on
    at a first occasion was, or soon after. 1: nothing was.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`. ``grace_days`` (7) as there.

    Returns
    -------
    Score
        The (worry, agency) pairs missed ÷ the pairs that had an occasion; 0 to 1, higher is worse. Not defined
        where there was none. ``.table``: a line per pair, those missed first: ``concern``, ``agency``, ``date``
        (of the first occasion), ``missed``, ``severity`` and ``rows``.

    See Also
    --------
    missed_opportunities : how many, and which.

    Notes
    -----
    An occasion is the first day on which a professional who had the worry from other rows was in a contact with a
    professional of an agency that did not have it from other rows, so that what was passed at the first contact is
    an occasion taken; only where the days of grace are over by `at`.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.missed_share(sn.load_case("worked_example"), at="2024-02-06")
    <Score missed_share = 0.25 (range 0 to 1, higher is worse)>
    """
    view = snapshot(case, at, rules)
    found, value = lines(view), share_missed(view)
    said = f"By {day(view.day)} {NO_OCCASION}."
    if found:
        lost = sum(line.missed for line in found)
        there = f"there {verb(len(found), 'was', 'were')} {count(len(found), 'occasion')}"
        said = (
            f"By {day(view.day)} {there} on which a worry could first have come to an agency that had no record of it; "
            f"{lost} of them ({value:.0%}) did not bring it there within {days(view.rules.grace_days)}."
        )
    return Score(
        "missed_share",
        value,
        table=lambda: tidy(found, Occasion._fields),
        explain=said,
        rows=view.in_order(row for line in found for row in line.rows),
        case=case,
        reason=NO_OCCASION,
    )
