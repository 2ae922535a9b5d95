"""How far reassurance travelled, against how far the worries travelled that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.parties import agencies_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

Sooner = Literal["worry", "reassurance", "same day"]


class Reach(NamedTuple):
    """A reassurance and a worry that it answers: whom the one reached, and whom the other."""

    reassurance: str
    concern: str
    severity: int
    reassured: tuple[str, ...]
    informed: tuple[str, ...]
    reassured_only: tuple[str, ...]
    people_reassured: int
    people_informed: int
    agencies_reassured: int
    agencies_informed: int
    reassured_since: int | None
    informed_since: int | None
    days: int | None
    sooner: Sooner
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Reach]:
    """Every reassurance with each current worry that it answers; where most have only the reassurance first."""
    found = [
        _line(view, item.id, worry)
        for item in view.records.concerns.values()
        if item.category == "reassurance"
        for worry in item.answers
        if worry in view.current and (item.id in view.first_known or worry in view.first_known)
    ]
    return sorted(found, key=lambda line: (-len(line.reassured_only), -line.severity, line[:2]))


def _line(view: Snapshot, reassurance: str, worry: str) -> Reach:
    reassured, informed = _people(view, reassurance), _people(view, worry)
    since, known = view.first_known.get(reassurance), view.first_known.get(worry)
    return Reach(
        reassurance=reassurance,
        concern=worry,
        severity=view.records.concerns[worry].severity,
        reassured=tuple(sorted(reassured)),
        informed=tuple(sorted(informed)),
        reassured_only=tuple(sorted(reassured - informed)),
        people_reassured=len(reassured),
        people_informed=len(informed),
        agencies_reassured=_agencies(view, reassurance),
        agencies_informed=_agencies(view, worry),
        reassured_since=since,
        informed_since=known,
        days=None if since is None or known is None else since - known,
        sooner=_sooner(since, known),
        rows=view.evidence((reassurance, worry), view.professionals | view.records.agencies.keys()),
    )


def _people(view: Snapshot, concern: str) -> frozenset[str]:
    """The professionals with a concern on record."""
    return view.holders.get(concern, frozenset()) & view.professionals


def _agencies(view: Snapshot, concern: str) -> int:
    """How many agencies have a concern on record, by their people or their file."""
    holders = view.holders.get(concern, frozenset())
    return len(agencies_of(view, holders & (view.professionals | view.records.agencies.keys())))


def _sooner(reassured: int | None, informed: int | None) -> Sooner:
    if informed is None or (reassured is not None and reassured < informed):
        return "reassurance"
    return "same day" if reassured == informed else "worry"


def reach_of_reassurance(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Whether what allays a worry went further, or was there earlier, than the worry itself.

    A benign diagnosis that reached everybody beside a suspicion that reached nobody leaves a network reassured
    about what it never heard.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per reassurance and worry that it answers, of which professionals have at least one on record; the
        most people with only the reassurance first: ``reassurance``, ``concern`` (the worry), ``severity`` (of
        the worry), ``reassured`` and ``informed`` (the professionals with the one and with the other on record),
        ``reassured_only`` (with the reassurance, and no record of the worry), ``people_reassured``,
        ``people_informed``, ``agencies_reassured``, ``agencies_informed`` (how many; an agency by its people or
        its file), ``reassured_since`` and ``informed_since`` (the day from which a professional has it on
        record), ``days`` (from the worry to the reassurance, below 0 where the reassurance was first), ``sooner``
        ("worry", "reassurance" or "same day"; where only one is on record, that one) and ``rows``.

    Notes
    -----
    A worry that is resolved by `at` is left out. What answers what is as the ``answers`` column of the concerns
    says.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.reach_of_reassurance(sn.load_case("victoria_climbie"))
    >>> table[["reassurance", "concern", "people_reassured", "people_informed", "sooner"]].head(2)
      reassurance concern  people_reassured  people_informed    sooner
    0         C14     C11                 8                3  same day
    1         C14     C13                 8                4  same day
    """
    return tidy(lines(snapshot(case, at, rules)), Reach._fields)
