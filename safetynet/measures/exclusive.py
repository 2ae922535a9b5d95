"""Worries that hang on one person, and those that nobody involved has any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from ..case import Case
from ..dates import DateLike
from ..record.parties import agencies_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["one person", "left with its holders", "on file only", "family only", "file and family only"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Exclusive(NamedTuple):
    """A worry that no two involved professionals have, and who has it."""

    concern: str
    category: str
    severity: int
    kind: Kind
    people: tuple[str, ...]
    agencies: tuple[str, ...]
    since: int
    rows: tuple[str, ...]


def kind_of(view: Snapshot, worry: str) -> Kind | None:
    """How a current worry hangs on one person or is held by nobody involved; None if neither."""
    holders = view.holders.get(worry, frozenset())
    informed = holders & view.involved
    if informed or not holders:
        return "one person" if len(informed) == 1 else None
    if holders & view.professionals:
        return "left with its holders"
    if not holders & view.records.agencies.keys():
        return "family only"
    return "file and family only" if holders & view.records.people.keys() else "on file only"


def kinds(view: Snapshot) -> dict[str, Kind]:
    """The kind of every current worry that has one."""
    return {worry: kind for worry in view.current if (kind := kind_of(view, worry))}


def people_of(view: Snapshot, worry: str, kind: Kind) -> frozenset[str]:
    """The people whom a line names: the one professional, those who have left, else the family."""
    among = {"one person": view.involved, "left with its holders": view.professionals}
    return view.holders[worry] & among.get(kind, frozenset(view.records.people))


def lines(view: Snapshot) -> list[Exclusive]:
    """The worries that no two involved professionals have, by kind, the gravest first."""
    found = []
    for worry, kind in kinds(view).items():
        concern, holders, people = view.records.concerns[worry], view.holders[worry], people_of(view, worry, kind)
        named = people | (holders & view.records.agencies.keys())
        since = min(view.since[holder, worry] for holder in holders)
        rows = view.evidence((worry,), named)
        agencies = agencies_of(view, named)
        found.append(
            Exclusive(worry, concern.category, concern.severity, kind, tuple(sorted(people)), agencies, since, rows)
        )
    return sorted(found, key=lambda line: (KINDS.index(line.kind), -line.severity, line.concern))


def exclusive_concerns(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Worries that only one involved professional has on record; and, named apart, those that none has.

    What one person keeps is lost when they move on. What has left with its holders, lies on a file that no row
    shows anybody reading, or is known in the family alone is out of reach already.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per such worry, in the order of its kind, the gravest first: ``concern``, ``category``,
        ``severity``, ``kind``, ``people`` (the one professional; those who have left; the family),
        ``agencies`` (theirs, and those with it on file), ``since`` (the day from which it has certainly been on
        anybody's record) and ``rows``. ``kind`` is

        - "one person": exactly one involved professional has it on record. These alone are counted in the score
          ``exclusive_concerns``;
        - "left with its holders": professionals have it on record, and none of them is involved any more;
        - "on file only": agencies have it on file, and no person has it on record;
        - "family only": the child, the family, their support or the public have it on record, and nobody else;
        - "file and family only": an agency has it on file and so has the family, such as a parent's letter to a
          duty desk that no row shows anybody reading.

    See Also
    --------
    concern_clusters : what only one group of professionals holds.

    Notes
    -----
    A worry that is resolved by `at` is left out. What a support worker or a relative also has on record does not
    make a worry less exclusive: they are no channel between professionals.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.exclusive_concerns(sn.load_case("worked_example"), at="2024-01-31")[["concern", "kind", "people", "rows"]]
      concern        kind people   rows
    0      c2  one person   (P,)  (e3,)
    """
    return tidy(lines(snapshot(case, at, rules)), Exclusive._fields)
