"""The meeting that was never held: the fewest people who together had the picture, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..errors import ArgumentError, is_whole
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from . import cover

if TYPE_CHECKING:
    import pandas as pd

MEETING = ["person", "agency", "left", "concerns", "adds", "only", "severity", "rows"]
PICTURE = ["question", "date", "people", "left", "concerns", "severity", "share", "missing", "rows"]


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


def check_share(share: Any) -> float:
    """`share` if it is a part of the picture."""
    if isinstance(share, bool) or not isinstance(share, Real) or not 0 < float(share) <= 1:
        raise ArgumentError(f"share={share!r} is not a part of the picture. Write a number above 0 and up to 1.")
    return float(share)


def smallest_meeting(case: Case, at: Any = None, share: float = 1.0, *, rules: Rules | None = None) -> pd.DataFrame:
    """The fewest professionals who together had every known worry on record.

    Had these people sat down together on that day and said what they had on record, the picture would have been
    whole. Whoever has left may be invited, and is marked. It says who would have had to meet, not that they
    should have known to.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    share : float
        The part of the known severity that the meeting must have on the table; above 0, up to 1.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per person invited, whoever adds most first: ``person``, ``agency``, ``left`` (no longer
        involved), ``concerns`` (the known worries they bring), ``adds`` (of those, what nobody in a line above
        brings), ``only`` (what no other professional has on record), ``severity`` (of ``concerns``), ``rows``.
        No line where no worry is known; the number of people is not defined then.

    Raises
    ------
    DateError
        If `at` is no date.
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
    check_share(share)
    offers = view.pieces(involved=False)
    left = has_left(view)
    group = cover.smallest_group(offers, weights(view, view.worries), share, (left,))
    lines = [
        {
            "person": name, "agency": view.records.people[name].agency, "left": name in left,
            "concerns": tuple(sorted(offers[name])), "adds": adds,
            "only": tuple(sorted(offers[name] - cover.covered(offers, offers.keys() - {name}))),
            "severity": view.total(offers[name]), "rows": view.evidence(offers[name], (name,)),
        }
        for name, adds in most_first(view, offers, group)
    ]  # fmt: skip
    return tidy(lines, MEETING)


def earliest_picture(
    case: Case, people: int = 2, share: float = 1.0, *, at: Any = None, rules: Rules | None = None
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
    at : date or str, optional
        The day whose picture it is. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        Two lines: "could have" for `people` together and "had" for one professional alone. Columns
        ``question``, ``date`` (NaT: by `at` they never did), ``people`` (who, by that day; where they never did,
        those who came nearest by `at`), ``left`` (those of them who are not involved on that day), ``concerns``
        (what they hold between them), ``severity``, ``share`` (of the picture), ``missing`` (the rest of it) and
        ``rows``. No line where no worry is known.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `people` is no number of people, or `share` is not above 0 and up to 1.

    Notes
    -----
    Exact over every date: what is on record never shrinks, so that the first such day is found by halving the
    dates on which something came onto a professional's record, each answered by an integer programme. Whoever
    has left may take part in both lines. Ties are settled as in :func:`smallest_meeting`.

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
    check_share(share)
    view = snapshot(case, at, rules)
    lines = []
    if view.worries:
        lines = [_first_day(view, "could have", people, share), _first_day(view, "had", 1, share)]
    return tidy(lines, PICTURE)


def _first_day(view: Snapshot, question: str, people: int, share: float) -> dict[str, Any]:
    weight = weights(view, view.worries)
    since = {
        holding: day for holding, day in view.since.items() if holding[0] in view.professionals and holding[1] in weight
    }
    days = sorted(set(since.values()))

    def offers(day: int) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for (name, worry), known in since.items():
            if known <= day:
                found.setdefault(name, set()).add(worry)
        return {name: frozenset(held) for name, held in found.items()}

    def is_enough(day: int) -> bool:
        return cover.can_hold(offers(day), weight, people, share)

    first: int | None = None
    if is_enough(days[-1]):
        low, high = 0, len(days) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if is_enough(days[middle]) else (middle + 1, high)
        first = days[low]
    day = view.day if first is None else first
    by_day = snapshot(view.case, date_of(day), view.rules)
    group = cover.fullest_group(offers(day), weight, people, (has_left(by_day),))
    held = cover.covered(offers(day), group)
    return {
        "question": question, "date": first, "people": group,
        "left": tuple(name for name in group if name not in by_day.involved), "concerns": tuple(sorted(held)),
        "severity": view.total(held), "share": view.total(held) / view.total(weight),
        "missing": tuple(sorted(weight.keys() - held)), "rows": by_day.evidence(held, group),
    }  # fmt: skip
