"""How far reassurance travelled, against how far the worries travelled that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "reassurance", "concern", "severity", "reassured", "informed", "reassured_only", "people_reassured",
    "people_informed", "agencies_reassured", "agencies_informed", "reassured_since", "informed_since", "days", "first",
    "rows",
]  # fmt: skip


def _reach(view: Snapshot, concern: str) -> tuple[tuple[str, ...], tuple[str, ...], int | None]:
    """The professionals with a concern on record, the agencies (theirs and files), and the first such day."""
    holders = view.holders.get(concern, frozenset())
    people = holders & view.professionals
    agencies = {view.party(name) for name in people | (holders & view.records.agencies.keys())}
    since = min((view.since[name, concern] for name in people), default=None)
    return tuple(sorted(people)), tuple(sorted(agencies & view.records.agencies.keys())), since


def reach_of_reassurance(case: Case, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Whether what allays a worry went further, or was there earlier, than the worry itself.

    A benign diagnosis that reached everybody beside a suspicion that reached nobody leaves a network reassured
    about what it never heard.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per reassurance and worry that it answers, of which professionals have at least one on record; the
        most people with only the reassurance first: ``reassurance``, ``concern`` (the worry), ``severity`` (of
        the worry), ``reassured`` and ``informed`` (the professionals with the one and with the other on record),
        ``reassured_only`` (with the reassurance, and no record of the worry), ``people_reassured``,
        ``people_informed``, ``agencies_reassured``, ``agencies_informed`` (how many; an agency by its people or
        its file), ``reassured_since`` and ``informed_since`` (the day from which a professional has it on
        record), ``days`` (from the worry to the reassurance, below 0 where the reassurance was first), ``first``
        ("worry", "reassurance" or "same day"; where only one is on record, that one) and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Notes
    -----
    A worry that is resolved by `at` is left out. What answers what is as the ``answers`` column of the concerns
    says.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.reach_of_reassurance(sn.load_case("victoria_climbie"))
    >>> table[["reassurance", "concern", "people_reassured", "people_informed", "first"]].head(2)
      reassurance concern  people_reassured  people_informed     first
    0         C14     C11                 8                3  same day
    1         C14     C13                 8                4  same day
    """
    view = snapshot(case, at, rules)
    current = set(view.current)
    lines: list[dict[str, Any]] = []
    for item in view.records.concerns.values():
        for worry in item.answers if item.category == "reassurance" else ():
            reassured, their_agencies, since = _reach(view, item.id)
            informed, agencies, known = _reach(view, worry)
            if worry not in current or not (reassured or informed):
                continue
            days = None if since is None or known is None else since - known
            lines.append({
                "reassurance": item.id, "concern": worry, "severity": view.records.concerns[worry].severity,
                "reassured": reassured, "informed": informed,
                "reassured_only": tuple(name for name in reassured if name not in informed),
                "people_reassured": len(reassured), "people_informed": len(informed),
                "agencies_reassured": len(their_agencies), "agencies_informed": len(agencies),
                "reassured_since": since, "informed_since": known, "days": days, "first": _first(since, known),
                "rows": view.evidence((item.id, worry), view.professionals | view.records.agencies.keys()),
            })  # fmt: skip
    lines.sort(key=lambda line: (-len(line["reassured_only"]), -line["severity"], line["reassurance"], line["concern"]))
    return tidy(lines, COLUMNS)


def _first(reassured: int | None, informed: int | None) -> str:
    if informed is None or (reassured is not None and reassured < informed):
        return "reassurance"
    return "same day" if reassured == informed else "worry"
