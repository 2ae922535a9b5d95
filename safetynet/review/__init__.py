"""Findings: what a reviewer would want pointed out, found by rules from the coded chronology alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import datetime64
from ..record.snapshot import snapshot
from ..rules import Rules
from .base import Finding, Rule, weigh
from .catalogue import RULES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "RULES", "Finding", "Rule", "findings"]

COLUMNS = [
    "kind", "date", "until", "people", "agencies", "concerns", "rows", "statement", "weight", "why", "refute",
]  # fmt: skip


def findings(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """What a reviewer would want pointed out in a case, most weighty first.

    Each line rests on rows of the chronology, is worded about the record and not about anybody's fault, and says
    what would refute it. No prose is read: only dates, kinds, people, concerns and what refers to what.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``late_days`` and ``silence_days`` say what counts as late and as a gap.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``date`` and ``until`` (the period it speaks of; NaT where it has none), ``people``,
        ``agencies``, ``concerns``, ``rows`` (tuples of ids), ``statement``, ``weight``, ``why`` (why it has that
        weight) and ``refute`` (what would refute it). The page on findings has the exact rule of each kind and
        its limits.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.findings(sn.load_case("worked_example"), at="2024-02-06")
    >>> "missed_opportunity" in set(table["kind"])
    True
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    found = [finding for rule in RULES.values() for finding in rule.find(view)] if view.rows else []
    lines = [
        {
            "kind": one.kind, "date": one.start, "until": one.end if one.end is not None else one.start,
            "people": one.people, "agencies": one.agencies, "concerns": one.concerns,
            "rows": view.in_order(one.rows),
            "statement": one.statement, "weight": one.weight, "why": one.why, "refute": one.refute,
        }
        for one in weigh(view, RULES, found)
    ]  # fmt: skip
    table = pd.DataFrame(lines, columns=COLUMNS)
    for column in ("date", "until"):
        table[column] = datetime64(table[column])
    return table
