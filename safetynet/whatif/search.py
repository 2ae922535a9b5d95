"""The smallest change: the one conversation, meeting, reading, letter or owner that would have mattered most."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..errors import ArgumentError, choose
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .candidates import GOALS, Candidate, Candidates, gain, keys
from .figures import NUMBERS, Figures

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("contact", "reading", "received", "owner", "meeting")
COLUMNS = [
    "kind", "statement", "people", "agencies", "concerns", "from_date", "last_date", *NUMBERS, "gain", "change", "rows",
]  # fmt: skip
SAID = {
    "picture": "the largest share of the known worries on the record of one involved professional",
    "pairs": "the share of pairs of worries that nobody involved has together",
    "diffusion": "diffusion",
    "unowned": "the share of the known worries that nobody owns",
}
LISTED = 6  # ids that a sentence lists before it counts the rest


def smallest_change(
    case: Case,
    goal: str = "picture",
    at: Any = None,
    *,
    kinds: str | Iterable[str] | None = None,
    most: int = 10,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """The single change to the record that would have mattered most, with the runners-up.

    Every pair of professionals on every day on which both were involved is tried, and every change of the other
    kinds, so that the first line is the best there is. It says what would have been on record, not that anybody
    should have known whom to call, nor what they would have done.

    Parameters
    ----------
    case : Case
    goal : {"picture", "pairs", "diffusion", "unowned"}
        What is to become better: the fullest picture that one involved professional has on record (of equal ones
        the change that joins more pairs), the pairs of worries that nobody has together, diffusion, or the share
        of worries that nobody owns.
    at : date or str, optional
        The date by which it is to be better, included. Default: the day before the harm, or the last day.
    kinds : str or list of str, optional
        Any of "contact" (two professionals on the telephone, each saying which known worries they have on
        record), "reading" (an agency's file read by one of its people), "received" (a row that did not arrive
        had arrived), "owner" (somebody involved who has a worry on record owns an action for it whose date has
        not passed) and "meeting" (one more professional at a meeting, who says what they have on record and
        hears what was on the table; or the smallest meeting that would have had every known worry on the table).
        Default: all.
    most : int
        How many lines at most.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        The best first; no line where no single change makes it better. ``kind``, ``statement``, ``people``,
        ``agencies``, ``concerns`` (passed on, on the table, or owned), ``from_date`` and ``last_date`` (the last
        day on which it would still have had this effect on the goal, and the first from which it had it on every
        day on which those concerned were involved), ``best_picture``, ``unshared_pairs``, ``diffusion``,
        ``unowned_share`` (each after the change, made on its last day), ``gain`` (by how much the number of the
        goal is better), ``change`` (for :func:`what_if`, which gives the same numbers) and ``rows`` (by which it
        was on record what would have been passed on).

    Raises
    ------
    ArgumentError
        If there is no such goal or kind, or `most` is no number of lines.
    DateError
        If `at` is no date.

    See Also
    --------
    what_if : a case and a changed one side by side.
    who_to_ask : the fewest people whom one person would have to ask.

    Notes
    -----
    Days are those of the chronology up to `at`. Somebody has on record what they certainly have by the day (with
    ``Rules(dates="earliest")``, possibly). A pair has one line, for the best day and caller; a professional who
    would have been at a meeting has one, for the best meeting; a worry one, for the owner who has it most at first
    hand. Of equal days the last. Ties between lines: the other three numbers, the order of kinds above, the
    fewer people, ids.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.smallest_change(sn.load_case("worked_example"))
    >>> table[["kind", "people", "last_date", "best_picture", "unshared_pairs"]].head(2)
          kind  people  last_date  best_picture  unshared_pairs
    0  contact  (P, T) 2024-01-30           1.0             0.0
    1  meeting    (T,) 2024-01-30           1.0             0.0
    """
    choose("goal", goal, tuple(GOALS))
    wanted = KINDS if kinds is None else (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in wanted:
        choose("kinds", kind, KINDS)
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise ArgumentError(f"most={most!r} is not a number of lines. Write most=10 for ten of them.")
    view = snapshot(case, at, rules)
    source = Candidates(Figures(view), goal, most)
    found = [one for kind in KINDS if kind in wanted for one in source.of(kind)]
    found.sort(key=lambda one: _order(goal, one))
    lines = [
        {
            "kind": one.kind, "statement": statement(view, one, goal, source.before), "people": one.people,
            "agencies": one.agencies, "concerns": one.concerns, "from_date": one.first, "last_date": one.last,
            **dict(zip(NUMBERS, one.numbers, strict=True)), "gain": gain(goal, source.before, one.numbers),
            "change": dict(one.change), "rows": source.rows(one),
        }
        for one in found[:most]
    ]  # fmt: skip
    return tidy(lines, COLUMNS)


def _order(goal: str, one: Candidate) -> tuple[Any, ...]:
    return (
        *keys(goal, one.numbers),
        KINDS.index(one.kind),
        len(one.people),
        sorted(one.people),
        one.concerns,
        -one.last,
    )


# words ------------------------------------------------------------------------------------------------


def statement(view: Snapshot, one: Candidate, goal: str, before: tuple[float, ...]) -> str:
    """The change on its last day, what it would have put on whose record, and what would have become of the goal."""
    which = GOALS[goal][0]
    was = "not defined" if math.isnan(before[which]) else f"{before[which]:.2f}"
    then = f"Then {SAID[goal]} would have been {one.numbers[which]:.2f}; as the record stands it is {was}."
    said = f"{_change(view, one)}{_learnt(view, one)} {then}"
    if one.first == one.last or "add" not in one.change:
        return said
    there = {"reading": "the reader was", "owner": "the owner was", "contact": "both were"}.get(one.kind, "all were")
    return f"{said} Any day since {date_of(one.first)} on which {there} involved would have had the same effect."


def _change(view: Snapshot, one: Candidate) -> str:
    names, day = [view.name(name) for name in one.people], date_of(one.last)
    if one.kind == "contact":
        return f"A telephone conversation between {_together(names)} on {day}"
    if one.kind == "reading":
        return f"The file of {view.name(one.agencies[0])}, read on {day} by {names[0]},"
    if one.kind == "owner":
        due = f"due on {date_of(view.day)} or later"
        who = f"{names[0]}, who had it on record"
        return f"On {day} an action for {one.concerns[0]}, {due}, could have been agreed with {who}."
    if one.kind == "received":
        sent = one.besides[0]
        return f"Row {sent.id}, sent {_on(sent.date)} and not received, would, if received by {_together(names)},"
    if one.besides:
        return f"{names[0]} at the meeting {_on(one.besides[0].date)} (row {one.besides[0].id})"
    return f"A meeting of {_together(names)} on {day}, with every known worry on the table,"


def _learnt(view: Snapshot, one: Candidate) -> str:
    if one.kind == "owner":
        return ""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, worries in one.learnt:
        groups.setdefault(worries, []).append(view.name(name))
    said = [f"{_together(_short(worries))} on the record of {_together(who)}" for worries, who in groups.items()]
    said = said or ["nothing new on record"]
    would = " have put" if one.kind == "received" else " would have put"
    return f"{would} {'; '.join(said[:-1])}{'; and ' if len(said) > 1 else ''}{said[-1]}."


def _on(window: Any) -> str:
    return f"on {window}" if window.is_day else f"between {window.first_date} and {window.last_date}"


def _short(words: tuple[str, ...]) -> list[str]:
    return [*words] if len(words) <= LISTED else [*words[: LISTED - 1], f"{len(words) - LISTED + 1} more"]


def _together(words: list[str]) -> str:
    if any("," in word for word in words):
        return "; ".join(words[:-1]) + ("; and " if len(words) > 1 else "") + words[-1]
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else "nobody"
