"""The table behind the picture of agency sets: which agencies had which worries on record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd


def agencies_with(view: Snapshot, worry: str) -> tuple[str, ...]:
    """The agencies that have a worry on record: their people, involved or not, or their file."""
    holders = view.holders.get(worry, frozenset())
    return tuple(
        sorted({view.party(name) for name in holders if name in view.professionals or name in view.records.agencies})
    )


def agency_sets(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Which sets of agencies had which worries on record: a line for each set.

    Many worries in lines of one agency: each kept its own. Worries in lines of several: the picture was shared.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        ``agencies`` (exactly those that have these worries on record through one of their people, involved or
        not, or on file; a professional without an agency stands for themselves; nobody: only the family has
        them), ``concerns``, ``number`` (of worries), ``severity`` (together) and ``rows``; gravest first.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import agency_sets
    >>> agency_sets(sn.load_case("worked_example"))[["agencies", "concerns", "severity"]]
                        agencies concerns  severity
    0                  (police,)    (c2,)       4.0
    1  (council, police, school)    (c1,)       3.0
    2           (health, school)    (c3,)       2.0
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for worry in view.current:
        if worry in view.holders:
            found[agencies_with(view, worry)].append(worry)
    lines: list[dict[str, Any]] = [
        {"agencies": agencies, "concerns": tuple(worries), "number": len(worries), "severity": view.total(worries),
         "rows": view.evidence(worries)}
        for agencies, worries in found.items()
    ]  # fmt: skip
    lines.sort(key=lambda line: (-line["severity"], len(line["agencies"]), line["agencies"]))
    return pd.DataFrame(lines, columns=["agencies", "concerns", "number", "severity", "rows"])
