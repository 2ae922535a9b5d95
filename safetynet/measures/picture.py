"""How much of the picture one professional holds, and which pieces nobody holds together."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..wording import count

NONE_KNOWN = "no professional has a current worry on record"


def together(view: Snapshot, first: str, second: str) -> tuple[str, ...]:
    """The involved professionals who hold two worries together."""
    return tuple(name for name, held in view.pieces().items() if first in held and second in held)


def share_apart(view: Snapshot) -> float:
    """Unshared pairs: the weight of the pairs of worries that nobody involved holds together."""
    pairs = list(combinations(view.worries, 2))
    if not pairs:
        return NAN
    joined = {pair for held in view.pieces().values() for pair in combinations(sorted(held), 2)}
    weight = {worry: view.weight(worry) for worry in view.worries}
    apart = sum(weight[a] * weight[b] for a, b in pairs if (a, b) not in joined)
    return apart / sum(weight[a] * weight[b] for a, b in pairs)


def unshared_pairs(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """The share of pairs of worries that no single involved professional holds together.

    Each pair weighs the product of its two severities. 0: for every two worries somebody has both. 1: nobody
    holds any two of them, so nobody could have seen how they fit.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined below two known worries. ``.table``: a line per pair with ``first``,
        ``second``, ``weight``, ``people`` (who holds both) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    Σ w_a w_b over the pairs that nobody involved holds together, divided by Σ w_a w_b over all pairs.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.unshared_pairs(sn.load_case("worked_example"), at="2024-01-31")
    <Score unshared_pairs = 0.308 (range 0 to 1, higher is worse)>
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    pieces = view.pieces()
    lines: list[dict[str, Any]] = []
    for first, second in combinations(view.worries, 2):
        people = tuple(name for name, held in pieces.items() if first in held and second in held)
        lines.append({
            "first": first, "second": second, "weight": view.weight(first) * view.weight(second), "people": people,
            "rows": view.evidence((first, second), people or None),
        })  # fmt: skip
    table = pd.DataFrame(lines, columns=["first", "second", "weight", "people", "rows"])
    reason = "fewer than two worries are known to professionals"
    if not lines:
        return Score("unshared_pairs", None, table=table, reason=reason, case=case,
                     explain=f"By {date_of(view.day)} {reason}, so there is no pair to share.")  # fmt: skip
    apart = [line for line in lines if not line["people"]]
    value = share_apart(view)
    explain = (
        f"By {date_of(view.day)} professionals had {count(len(view.worries), 'worry', 'worries')} on record, which "
        f"make {count(len(lines), 'pair')}. For {len(apart)} of them no single professional who is still involved "
        f"has both on record; by severity that is {value:.0%}."
    )
    return Score("unshared_pairs", value, table=table, explain=explain, rows=view.evidence(view.worries), case=case)


def best_picture(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """The largest share of the known severity that any one involved professional holds.

    1: somebody has the whole picture on record. 0: everybody who knew anything has left. ``1 - best_picture`` is
    the picture gap. Whoever leaves takes what they know with them unless it was passed on.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    Score
        0 to 1, higher is better. Not defined where no worry is known. ``.table``: a line per involved
        professional who holds a known worry, largest share first: ``person``, ``agency``, ``concerns``,
        ``severity``, ``share``, ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.best_picture(sn.load_case("worked_example"), at="2024-01-31")
    >>> score, score.table["person"][0]
    (<Score best_picture = 0.778 (range 0 to 1, higher is better)>, 'P')
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    total = view.total(view.worries)
    lines: list[dict[str, Any]] = [
        {"person": name, "agency": view.records.people[name].agency, "concerns": tuple(sorted(held)),
         "severity": view.total(held), "share": view.total(held) / total, "rows": view.evidence(held, (name,))}
        for name, held in view.pieces().items()
    ]  # fmt: skip
    lines.sort(key=lambda line: (-line["severity"], line["person"]))
    table = pd.DataFrame(lines, columns=["person", "agency", "concerns", "severity", "share", "rows"])
    if not view.worries:
        return Score("best_picture", None, table=table, reason=NONE_KNOWN, direction="higher is better", case=case,
                     explain=f"By {date_of(view.day)} {NONE_KNOWN}.")  # fmt: skip
    if not lines:
        value, who = 0.0, "Everybody who had any of it on record has left."
    else:
        value = lines[0]["share"]
        held = len(lines[0]["concerns"])
        who = (f"The fullest picture that one professional still involved has on record is {held} of them, "
               f"{value:.0%} by severity ({view.name(lines[0]['person'])}); the rest is the picture gap.")  # fmt: skip
        if value == 1:
            who = f"One professional still involved ({view.name(lines[0]['person'])}) has all of them on record."
    explain = (
        f"By {date_of(view.day)} professionals had {count(len(view.worries), 'worry', 'worries')} on record. {who}"
    )
    rows = lines[0]["rows"] if lines else view.evidence(view.worries)
    return Score(
        "best_picture",
        value,
        table=table,
        explain=explain,
        rows=rows,
        direction="higher is better",
        case=case,
    )
