"""The table of agency sets: which agencies had which worries on record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd


class AgencySet(NamedTuple):
    """The worries that exactly these agencies, and people who work for none, have on record."""

    agencies: tuple[str, ...]
    people: tuple[str, ...]
    concerns: tuple[str, ...]
    number: int
    weight: float
    rows: tuple[str, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        return tuple(sorted((*self.agencies, *self.people)))


def parties_with(view: Snapshot, worry: str) -> tuple[str, ...]:
    """The parties that have a worry on record: of an agency its people, involved or not, or its file."""
    holders = view.holders.get(worry, frozenset())
    among = {name for name in holders if name in view.professionals or name in view.records.agencies}
    return tuple(sorted({view.party(name) for name in among}))


def lines(view: Snapshot) -> list[AgencySet]:
    """The sets by the day of a snapshot, gravest first."""
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for worry in view.current:
        if worry in view.holders:
            found[parties_with(view, worry)].append(worry)
    made = []
    for who, worries in found.items():
        agencies = tuple(one for one in who if one in view.records.agencies)
        people = tuple(one for one in who if one not in view.records.agencies)
        content = (tuple(worries), len(worries), view.total(worries), view.evidence(worries))
        made.append(AgencySet(agencies, people, *content))
    return sorted(made, key=lambda line: (-line.weight, len(line.parties), line.parties))


def agency_sets(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Which sets of agencies had which worries on record: a line for each set.

    Many worries in lines of one agency: each kept its own. Worries in lines of several: the picture was shared.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. Whoever had left by `at` still counts for their agency.

    Returns
    -------
    pandas.DataFrame
        ``agencies`` (exactly those that have these worries on record through one of their people, involved or
        not, or on file) and ``people`` (professionals without an agency who have them; where both are empty only
        the family has them), ``concerns``, ``number`` (of worries), ``weight`` (their severity together) and
        ``rows``; gravest first.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.tables.agency_sets(sn.load_case("worked_example"))[["agencies", "concerns", "weight"]]
                        agencies concerns  weight
    0                  (police,)    (c2,)     4.0
    1  (council, police, school)    (c1,)     3.0
    2           (health, school)    (c3,)     2.0
    """
    return tidy(lines(snapshot(case, at, rules)), AgencySet._fields)
