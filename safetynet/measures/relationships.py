"""Working relationships: how much was shared along which ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from ..case import Case
from ..case.records import Tie
from ..dates import DateLike
from ..record.parties import parties
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy
from .along import Along, Pair, as_pair, between, is_family

if TYPE_CHECKING:
    import pandas as pd

Quality: TypeAlias = Literal["strong", "weak", "stressful", "broken", "unrecorded"]
QUALITIES: tuple[Quality, ...] = get_args(Quality)
WORST_FIRST: tuple[Quality, ...] = ("broken", "stressful", "weak", "strong", "unrecorded")


# ties -------------------------------------------------------------------------------------------------


def ties_between(view: Snapshot) -> dict[Pair, list[Tie]]:
    """The ties of each pair that have begun by the day; none among the family."""
    found: defaultdict[Pair, list[Tie]] = defaultdict(list)
    for tie in view.records.ties:
        begun = tie.start is None or view.by(tie.start)
        if begun and not (is_family(view, tie.source) and is_family(view, tie.target)):
            found[as_pair(tie.source, tie.target)].append(tie)
    return dict(found)


def worst(ties: Iterable[Tie]) -> Quality:
    """The most strained quality of several ties; "unrecorded" where none is on record."""
    found = {tie.quality for tie in ties}
    return next((word for word in WORST_FIRST if word in found), "unrecorded")


def quality(view: Snapshot, ties: Iterable[Tie], day: int) -> Quality:
    """How a tie was on a day: of several ties the most strained."""
    return worst(
        tie
        for tie in ties
        if (tie.start is None or view.when(tie.start) <= day) and (tie.end is None or view.when(tie.end) >= day)
    )


def along_ties(view: Snapshot) -> dict[tuple[Pair, Quality], Along]:
    """What moved between each pair, by how their tie was on the day; a tie without contact has nothing along it.

    A tie that has ended by the day of the snapshot keeps the quality that it had.
    """
    ties = ties_between(view)
    found: defaultdict[tuple[Pair, Quality], Along] = defaultdict(Along)
    for pair, row, way in between(view):
        found[pair, quality(view, ties.get(pair, ()), view.when(row.date))].add(row, way)
    silent = ties.keys() - {pair for pair, _ in found}
    for pair in sorted(silent):
        now = quality(view, ties[pair], view.day)
        found[pair, worst(ties[pair]) if now == "unrecorded" else now] = Along()
    return dict(found)


# tables -----------------------------------------------------------------------------------------------

RELATIONSHIP = (
    *("first", "second", "agencies", "with_family", "tie", "tie_kinds", "contacts", "meetings", "rich", "paper"),
    *("rich_share", "not_arrived", "concerns", "weight", "first_contact", "last_contact", "longest_gap", "rows"),
)


def relationships(view: Snapshot) -> list[dict[str, Any]]:
    """What every two who were in contact or tied shared, most contacts first."""
    ties = ties_between(view)
    lines = []
    for (pair, word), along in along_ties(view).items():
        days = sorted({view.when(row.reached) for row in along.arrived})
        lines.append(
            {
                **dict(zip(("first", "second"), pair, strict=True)),
                "agencies": tuple(one for one in parties(view, pair) if one in view.records.agencies),
                "with_family": any(is_family(view, name) for name in pair),
                "tie": word,
                "tie_kinds": tuple(sorted({tie.kind for tie in ties.get(pair, ())})),
                **along.mix(),
                "meetings": sum(row.kind == "met" for row in along.arrived),
                "concerns": tuple(sorted(along.concerns)),
                "weight": along.weight(view),
                "first_contact": days[0] if days else None,
                "last_contact": days[-1] if days else None,
                "longest_gap": max((after - before for before, after in pairwise(days)), default=None),
            }
        )
    return sorted(lines, key=lambda line: (-line["contacts"], line["first"], line["second"], line["tie"]))


def working_relationships(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How much was shared between every two who were in contact or tied, and how the tie was.

    Parameters
    ----------
    case : Case
        Its ``ties`` table has the qualities.
    at, rules : optional
        The date asked for, and the modelling choices (``weights`` matters here): :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per pair and quality of tie, most contacts first: ``first`` and ``second`` (people or agencies),
        ``agencies`` (theirs), ``with_family`` (whether one of them is
        family or support), ``tie`` ("strong", "weak", "stressful", "broken", "unrecorded"), ``tie_kinds``,
        ``contacts`` (contact rows that reached), ``meetings`` (of those), ``rich`` (in which information moved both
        ways), ``paper`` (one way), ``rich_share`` (NaN without a contact), ``not_arrived`` (rows that did not arrive),
        ``concerns`` (passed between them), ``weight`` (of the worries among them), ``first_contact``,
        ``last_contact``, ``longest_gap`` (most days from one contact to the next; not defined below two days with
        contact) and ``rows``.

    See Also
    --------
    shared_along_ties : the same by quality of tie.
    channel_mix : rich against paper by agency.

    Notes
    -----
    Pairs of family among themselves are left out. The quality is that of the tie on the day of the contact; of
    several ties at once the most strained. A tie without any contact has a line with 0 contacts.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.working_relationships(sn.load_case("max"))
    >>> table[["first", "second", "tie", "contacts"]].values.tolist()[0]
    ['dsl', 'sw1', 'strong', 11]
    """
    return tidy(relationships(snapshot(case, at, rules)), RELATIONSHIP)


TIE = ("tie", "pairs", "silent_pairs", "contacts", "rich_share", "concerns", "weight", "per_pair", "rows")


def by_quality(view: Snapshot) -> list[dict[str, Any]]:
    """What moved along all ties of each quality; a row along several of them counts once."""
    found = along_ties(view)
    lines = []
    for word in QUALITIES:
        those = [along for (_, other), along in found.items() if other == word]
        whole = Along()
        for along in those:
            whole.add_all(along)
        weights = [along.weight(view) for along in those]
        lines.append(
            {
                "tie": word,
                "pairs": len(those),
                "silent_pairs": sum(not along.arrived for along in those),
                **whole.mix(),
                "concerns": tuple(sorted(whole.concerns)),
                "weight": whole.weight(view),
                "per_pair": sum(weights) / len(weights) if weights else NAN,
            }
        )
    return lines


def shared_along_ties(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How much was shared along strong, weak, stressful, broken and unrecorded ties.

    Parameters
    ----------
    case : Case
    at, rules : optional
        As in :func:`working_relationships`.

    Returns
    -------
    pandas.DataFrame
        Five lines, by ``tie``: ``pairs`` (with such a tie or, for "unrecorded", in contact without one),
        ``silent_pairs`` (of those, without any contact), ``contacts`` (different rows), ``rich_share``,
        ``concerns`` (passed along such ties), ``weight`` (of the worries among them), ``per_pair`` (weight
        passed, on average over the pairs; NaN without a pair) and ``rows``.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.shared_along_ties(sn.load_case("max"))[["tie", "pairs", "contacts"]].iloc[:2].values.tolist()
    [['strong', 6, 19], ['weak', 1, 0]]
    """
    return tidy(by_quality(snapshot(case, at, rules)), TIE)
