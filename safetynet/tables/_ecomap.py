"""The table of the ecomap: ties and contacts between the family and those round it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row, Tie
from ..dates import DateLike
from ..record.parties import is_actor
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

Pair = tuple[str, str]
WORST_FIRST = ("broken", "stressful", "weak", "strong", "")


class Bond(NamedTuple):
    """How two of the ecomap stand to each other."""

    first: str
    second: str
    kinds: tuple[str, ...]
    quality: str
    forth: int
    back: int
    not_arrived: int
    ended: bool
    rows: tuple[str, ...]


def place_of(view: Snapshot, name: str) -> str:
    """Where somebody stands on the ecomap: professionals with their agency, all others by themselves."""
    return view.party(name) if is_actor(view, name) else name


def lines(view: Snapshot) -> list[Bond]:
    """The pairs by the day of a snapshot: those with a tie, then those with contacts only."""
    ties, contacts = _ties(view), _contacts(view)
    pairs = dict.fromkeys(ties)
    for first, second in contacts:
        outside = is_actor(view, first) and is_actor(view, second)
        if not outside and (second, first) not in pairs:
            pairs[first, second] = None
    return [_bond(view, pair, ties.get(pair, []), contacts) for pair in pairs]


def _ties(view: Snapshot) -> dict[Pair, list[Tie]]:
    """The ties that have begun, by the two whom they join."""
    found: dict[Pair, list[Tie]] = {}
    for tie in view.records.ties:
        first, second = place_of(view, tie.source), place_of(view, tie.target)
        if first != second and (tie.start is None or view.by(tie.start)):
            pair = (second, first) if (second, first) in found else (first, second)
            found.setdefault(pair, []).append(tie)
    return found


def _contacts(view: Snapshot) -> dict[Pair, list[Row]]:
    """The rows that one sent another, by the two."""
    found: defaultdict[Pair, list[Row]] = defaultdict(list)
    for row in view.contacts:
        if row.is_sent:
            for pair in dict.fromkeys((place_of(view, a), place_of(view, b)) for a in row.who for b in row.to):
                if pair[0] != pair[1]:
                    found[pair].append(row)
    return dict(found)


def _bond(view: Snapshot, pair: Pair, ties: list[Tie], contacts: dict[Pair, list[Row]]) -> Bond:
    current = [tie for tie in ties if tie.end is None or view.when(tie.end) >= view.day]
    shown = current or ties
    ways = [contacts.get(pair, []), contacts.get(pair[::-1], [])]
    forth, back = ([row for row in rows if row.arrived and view.by(row.reached)] for rows in ways)
    rows = [row for way in ways for row in way]
    return Bond(
        *pair,
        kinds=tuple(sorted({tie.kind for tie in shown})),
        quality=min((tie.quality for tie in shown), key=WORST_FIRST.index, default=""),
        forth=len(forth),
        back=len(back),
        not_arrived=len(rows) - len(forth) - len(back),
        ended=bool(ties) and not current,
        rows=in_order(dict.fromkeys(rows)),
    )


def lost(view: Snapshot, bond: Bond) -> dict[Pair, list[str]]:
    """The rows of a pair that did not arrive, or were not read by the day of a snapshot, by who sent them to whom."""
    found: defaultdict[Pair, list[str]] = defaultdict(list)
    for row in (view.by_id[one] for one in bond.rows):
        if not (row.arrived and view.by(row.reached)):
            for way in dict.fromkeys((place_of(view, a), place_of(view, b)) for a in row.who for b in row.to):
                if way in ((bond.first, bond.second), (bond.second, bond.first)):
                    found[way].append(row.id)
    return dict(found)


def ecomap(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The relationships of an ecomap by a date: who is tied to whom, how, and which way information went.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. A tie that had not begun by `at` is not there.

    Returns
    -------
    pandas.DataFrame
        A line per pair of child, family, support, public and agency (professionals count as their agency; one
        without an agency stands for themselves): ``first``, ``second``, ``kinds`` (of the ties between them),
        ``quality`` (strong, weak, stressful or broken; empty where no tie says; of several the one that asks for
        most care), ``forth`` and ``back`` (how many contacts from the first reached the second, and from the
        second the first), ``not_arrived`` (how many others did not arrive, or were not read by then), ``ended``
        (whether every tie had ended by `at`) and ``rows`` (of those contacts). Pairs of two agencies are listed
        only where a tie joins them.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.ecomap(sn.load_case("reuben"))
    >>> table[["first", "second", "quality", "forth", "back"]].head(3)
      first second    quality  forth  back
    0    re    dad  stressful      0     0
    1    re    sis     strong      0     0
    2    re    mum     broken      0     0
    """
    return tidy(lines(snapshot(case, at, rules)), Bond._fields)
