"""Findings: what a reviewer would want pointed out, found by rules from the coded chronology alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import yes_or_no
from ..memory import without_collector
from ..record.snapshot import snapshot_on
from ..rules import Rules, as_rules
from ..tidy import tidy
from .base import Finding, Rule
from .catalogue import RULES
from .foresight import seen_then
from .joining import Matter, as_matters, named
from .weight import weigh

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "MATTERS", "RULES", "Finding", "Matter", "Rule", "as_matters", "findings", "found", "matters"]

COLUMNS = (
    *("side", "kind", "theme", "matter", "date", "until", "people", "agencies", "concerns", "rows"),
    *("statement", "question", "certainty", "weight", "why", "refute"),
)
MATTERS = Matter._fields


@without_collector()
def found(
    case: Case, at: DateLike | None = None, *, hindsight: bool = True, rules: Rules | None = None
) -> list[Finding]:
    """What every rule finds in a case, weighed and each with its matter, most weighty first."""
    day, settled = need_case(case)._day(at), as_rules(rules)
    yes_or_no(hindsight=hindsight)
    view = snapshot_on(case, day, settled) if hindsight else seen_then(case, day, settled)
    every = [one for rule in RULES.values() for one in rule(view)] if view.rows else []
    return named(view, weigh(view, every, harm=hindsight))


def findings(
    case: Case, at: DateLike | None = None, *, hindsight: bool = True, rules: Rules | None = None
) -> pd.DataFrame:
    """What a reviewer would want pointed out in a case, what worked as well as what did not, most weighty first.

    Each line rests on rows of the chronology, is worded about the record and not about anybody's fault, asks what a
    panel would ask, and says what would refute it. No prose is read: only dates, kinds, people, concerns and what
    refers to what.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    hindsight : bool
        False leaves out what could not be seen on that date: every later row, what a reviewer says was needed, and
        the weight that comes from the harm.
    rules : Rules, optional
        What counts as grave, late, many and as a gap; see the page on findings.

    Returns
    -------
    pandas.DataFrame
        ``side`` (gap or strength), ``kind``, ``theme``, ``matter`` (what it is part of; see :func:`matters`), ``date``
        and ``until`` (the period it speaks of; NaT where it has none), ``people``, ``agencies``, ``concerns``,
        ``rows`` (tuples of ids), ``statement``, ``question`` (what a panel would ask), ``certainty`` (the product of
        the confidence of the rows without which it would not stand), ``weight`` (its rank), ``why`` (why it has that
        weight) and ``refute`` (what would refute it). The page on findings has the exact rule of each kind and its
        limits. A notebook shows it, and whatever is picked or sorted of it, with its sentences whole.

    See Also
    --------
    matters : the findings joined into matters.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.findings(sn.load_case("worked_example"), at="2024-02-06")
    >>> "missed_opportunity" in set(table["kind"])
    True
    """
    from .shown import Findings

    return Findings(tidy((_line(one) for one in found(case, at, hindsight=hindsight, rules=rules)), COLUMNS))


def matters(
    case: Case, at: DateLike | None = None, *, hindsight: bool = True, rules: Rules | None = None
) -> pd.DataFrame:
    """The findings of a case joined into matters, most weighty first: what stands on the first page.

    Findings that rest on the same rows, concerns and people for the most part are one matter, led by the heaviest; so
    is a kind that fires for most agencies or worries of the case.

    Parameters
    ----------
    case, at, hindsight, rules
        As in :func:`findings`.

    Returns
    -------
    pandas.DataFrame
        ``matter``, ``theme``, ``side``, ``date``, ``until``, ``statement`` (of its heaviest finding), ``findings``
        (their positions in :func:`findings`), ``people``, ``agencies``, ``concerns``, ``rows``, ``certainty`` and
        ``weight``. A notebook shows it as it shows the findings.

    See Also
    --------
    findings : every line.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> len(sn.matters(case)) <= len(sn.findings(case))
    True
    """
    from .shown import Findings

    return Findings(tidy(as_matters(found(case, at, hindsight=hindsight, rules=rules)), MATTERS))


def _line(one: Finding) -> dict[str, object]:
    return {name: getattr(one, name) for name in COLUMNS}
