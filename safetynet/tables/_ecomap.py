"""The table behind the ecomap: ties and contacts between the family and those round it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Row, Tie
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["first", "second", "kinds", "quality", "forth", "back", "ended", "rows"]
WORST_FIRST = ("broken", "stressful", "weak", "strong", "")


def place_of(view: Snapshot, name: str) -> str:
    """Where somebody stands on the ecomap: professionals with their agency, all others by themselves."""
    return view.party(name) if name in view.professionals or name in view.records.agencies else name


def ecomap_ties(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The relationships of an ecomap by a date: who is tied to whom, how, and which way information went.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per pair of child, family, support and agency (professionals count as their agency; one without
        an agency stands for themselves): ``first``, ``second``, ``kinds`` (of the ties between them), ``quality``
        (strong, weak, stressful or broken; empty where no tie says; of several the one that asks for most care),
        ``forth`` and ``back`` (how many contacts the first sent the second, and the second the first), ``ended``
        (whether every tie had ended by `at`) and ``rows`` (of those contacts). Pairs of two agencies are
        listed only where a tie joins them.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import ecomap_ties
    >>> ecomap_ties(sn.load_case("reuben"))[["first", "second", "quality", "forth", "back"]].head(3)
      first second    quality  forth  back
    0    re    dad  stressful      0     0
    1    re    sis     strong      0     0
    2    re    mum     broken      0     0
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    ties: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    contacts: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for tie in view.records.ties:
        if tie.start is None or view.by(tie.start):
            pair = (place_of(view, tie.source), place_of(view, tie.target))
            if pair[0] != pair[1]:
                ties[pair[::-1] if pair[::-1] in ties else pair].append(tie)
    pairs = dict.fromkeys(ties)
    for row in view.contacts:
        if row.is_sent:
            for pair in dict.fromkeys((place_of(view, a), place_of(view, b)) for a in row.who for b in row.to):
                if pair[0] != pair[1]:
                    contacts[pair].append(row)
                    if (
                        pair not in pairs
                        and pair[::-1] not in pairs
                        and not all(_is_outside(view, name) for name in pair)
                    ):
                        pairs[pair] = None
    lines = []
    for first, second in pairs:
        mine = ties.get((first, second), [])
        current = [tie for tie in mine if tie.end is None or view.when(tie.end) >= view.day]
        forth, back = contacts.get((first, second), []), contacts.get((second, first), [])
        lines.append({
            "first": first, "second": second, "kinds": tuple(sorted({tie.kind for tie in current or mine})),
            "quality": min((tie.quality for tie in current or mine), key=WORST_FIRST.index, default=""),
            "forth": len(forth), "back": len(back), "ended": bool(mine) and not current,
            "rows": view.in_order(row.id for row in (*forth, *back)),
        })  # fmt: skip
    return pd.DataFrame(lines, columns=COLUMNS)


def _is_outside(view: Snapshot, name: str) -> bool:
    return name in view.records.agencies or name in view.professionals
