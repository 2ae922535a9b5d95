"""The meeting that was never held: the fewest people who together had the picture, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from numbers import Real
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError, is_whole
from ..record.involvement import involved_on
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from . import cover

if TYPE_CHECKING:
    import pandas as pd


class Invited(NamedTuple):
    """Somebody at the smallest meeting, and what they bring."""

    person: str
    agency: str
    has_left: bool
    concerns: tuple[str, ...]
    adds: tuple[str, ...]
    only: tuple[str, ...]
    weight: float
    rows: tuple[str, ...]


class FirstDay(NamedTuple):
    """The first day on which so many people could have put so much of the picture together."""

    question: Literal["could have", "had"]
    date: int | None
    people: tuple[str, ...]
    left_holders: tuple[str, ...]
    concerns: tuple[str, ...]
    weight: float
    share: float
    missing: tuple[str, ...]
    rows: tuple[str, ...]


def meeting_size(view: Snapshot) -> float:
    """The fewest professionals who together hold every known worry; NaN where none is known."""
    offers = view.pieces(involved=False)
    return float(cover.fewest_number(offers)) if offers else float("nan")


def has_left(view: Snapshot) -> frozenset[str]:
    """The professionals who are not, or not any more, involved."""
    return view.professionals - view.involved


def weights(view: Snapshot, worries: Iterable[str]) -> dict[str, float]:
    """What each of several worries weighs."""
    return {worry: view.weight(worry) for worry in sorted(worries)}


def most_first(view: Snapshot, offers: cover.Offers, group: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The people of a group in the order in which each adds most, each with what they add to those before."""
    left, have, order = sorted(group), frozenset[str](), []
    while left:
        name = min(left, key=lambda one: (-view.total(offers[one] - have), one))
        order.append((name, tuple(sorted(offers[name] - have))))
        have |= offers[name]
        left.remove(name)
    return order


def check_share(share: object) -> float:
    """`share` if it is a part of the picture."""
    if isinstance(share, bool) or not isinstance(share, Real) or not 0 < float(share) <= 1:
        raise ArgumentError(f"share={share!r} is not a part of the picture. Write a number above 0 and up to 1.")
    return float(share)


# the smallest meeting ---------------------------------------------------------------------------------


def lines(view: Snapshot, share: float = 1.0) -> list[Invited]:
    """Who would be invited to the smallest meeting, whoever adds most first."""
    offers, left = view.pieces(involved=False), has_left(view)
    group = cover.smallest_group(offers, weights(view, view.worries), share, (left,))
    found = []
    for one, adds in most_first(view, offers, group):
        held, agency = offers[one], view.records.people[one].agency
        only = tuple(sorted(worry for worry in held if view.holders[worry] & view.professionals == {one}))
        rows = view.evidence(held, (one,))
        found.append(Invited(one, agency, one in left, tuple(sorted(held)), adds, only, view.total(held), rows))
    return found


def smallest_meeting(
    case: Case, at: DateLike | None = None, share: float = 1.0, *, rules: Rules | None = None
) -> pd.DataFrame:
    """The fewest professionals who together had every known worry on record.

    Had these people sat down together on that day and said what they had on record, the picture would have been
    whole. Whoever has left may be invited, and is marked. It says who would have had to meet, not that they
    should have known to.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.
    share : float
        The part of the known severity that the meeting must have on the table; above 0, up to 1.

    Returns
    -------
    pandas.DataFrame
        A line per person invited, whoever adds most first: ``person``, ``agency``, ``has_left`` (no longer
        involved), ``concerns`` (the known worries they bring), ``adds`` (of those, what nobody in a line above
        brings), ``only`` (what no other professional has on record), ``weight`` (of ``concerns``), ``rows``.
        No line where no worry is known; the number of people is not defined then.

    Raises
    ------
    ArgumentError
        If `share` is not above 0 and up to 1.

    Notes
    -----
    Minimum set cover, exact (an integer programme solved to optimality). Several smallest meetings are often
    possible. The one shown is the one with the fewest people who have left; of those, the one that has the most
    severity on the table (which matters only with ``share`` below 1); of those, the one whose people bring the
    most severity each, added up; of those, the first by id. The order of rows in the file plays no part.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.smallest_meeting(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["person", "concerns", "adds", "only"]]
      person  concerns      adds   only
    0      P  (c1, c2)  (c1, c2)  (c2,)
    1      T  (c1, c3)     (c3,)     ()
    """
    view = snapshot(case, at, rules)
    return tidy(lines(view, check_share(share)), Invited._fields)


# the earliest picture ---------------------------------------------------------------------------------


def first_days(view: Snapshot, people: int, share: float) -> list[FirstDay]:
    """When `people` together first could have had a share of the picture, and when one professional had it."""
    if not view.worries:
        return []
    return [_first_day(view, "could have", people, share), _first_day(view, "had", 1, share)]


def _first_day(view: Snapshot, question: Literal["could have", "had"], people: int, share: float) -> FirstDay:
    weight = weights(view, view.worries)
    since = {
        (one, worry): view.since[one, worry]
        for one, held in view.pieces(involved=False).items()
        for worry in sorted(held)
    }

    def offers(day: int) -> dict[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for (one, worry), known in since.items():
            if known <= day:
                found[one].add(worry)
        return {one: frozenset(held) for one, held in found.items()}

    days = sorted(set(since.values()))
    first = _earliest(days, lambda day: cover.can_hold(offers(day), weight, people, share))
    day = view.day if first is None else first
    involved = involved_on(view, day)
    group = cover.fullest_group(offers(day), weight, people, (view.professionals - involved,))
    held = cover.covered(offers(day), group)
    total = view.total(held)
    return FirstDay(
        question=question,
        date=first,
        people=group,
        left_holders=tuple(one for one in group if one not in involved),
        concerns=tuple(sorted(held)),
        weight=total,
        share=total / view.total(weight),
        missing=tuple(sorted(weight.keys() - held)),
        rows=_rows_by(view, day, group, held),
    )


def _earliest(days: list[int], is_enough: Callable[[int], bool]) -> int | None:
    """The first of the days from which on it is enough, by halving; None where it is not by the last."""
    if not is_enough(days[-1]):
        return None
    low, high = 0, len(days) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(days[middle]) else (middle + 1, high)
    return days[low]


def _rows_by(view: Snapshot, day: int, people: Iterable[str], worries: Iterable[str]) -> tuple[str, ...]:
    """The rows by a day that put some worries on the record of some people."""
    among = set(worries)
    return view.in_order(
        entry.row.id
        for one in people
        for worry in among
        for entry in view.entries.get((one, worry), ())
        if view.when(entry.window) <= day
    )


def earliest_picture(
    case: Case, people: int = 2, share: float = 1.0, *, at: DateLike | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """The first day on which a few people could have put the picture together, against when anyone had it.

    The picture is what professionals had on record by `at`: the known worries, by severity. Looking back over
    every day, when did `people` of them first have `share` of it on record between them, and when did any one
    professional?

    Parameters
    ----------
    case : Case
    people : int
        How many could have met: 1 or more.
    share : float
        The part of the known severity to put together; above 0, up to 1.
    at, rules : optional
        The day whose picture it is, and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        Two lines: "could have" for `people` together and "had" for one professional alone. Columns
        ``question``, ``date`` (NaT: by `at` there was no such day), ``people`` (who, by that day; where there was
        none, those who came nearest by `at`), ``left_holders`` (those of them who are not involved on that day),
        ``concerns`` (what they hold between them), ``weight``, ``share`` (of the picture), ``missing`` (the rest of
        it) and ``rows``. No line where no worry is known.

    Raises
    ------
    ArgumentError
        If `people` is no number of people, or `share` is not above 0 and up to 1.

    Notes
    -----
    Exact over every date: what is on record never shrinks, so that the first such day is found by halving the
    dates on which something came onto a professional's record. Whoever has left may take part in both lines. Ties
    are settled as in :func:`smallest_meeting`.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.earliest_picture(sn.load_case("worked_example"))[["question", "date", "people", "share"]]
         question       date  people     share
    0  could have 2024-01-25  (P, T)  1.000000
    1         had        NaT    (P,)  0.777778
    """
    if not is_whole(people) or people < 1:
        raise ArgumentError(f"people={people!r} is not a number of people. Write people=2 for two of them.")
    return tidy(first_days(snapshot(case, at, rules), people, check_share(share)), FirstDay._fields)
