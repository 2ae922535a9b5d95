"""The smallest change: the one conversation, meeting, reading, letter or owner that would have mattered most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..dates import DateLike, date_of
from ..errors import ArgumentError, choose, is_whole
from ..record.parties import agencies_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .candidates import KINDS, Candidate, Ground, Kind
from .conversations import conversations
from .goals import GOAL_WORDS, GOALS, Goal, gain
from .meetings import meetings
from .owners import owners
from .papers import readings, received
from .sentences import statement

if TYPE_CHECKING:
    import pandas as pd


class Proposal(NamedTuple):
    """One change, and what it would have led to: a line of :func:`smallest_change`."""

    kind: Kind
    statement: str
    people: tuple[str, ...]
    agencies: tuple[str, ...]
    concerns: tuple[str, ...]
    from_date: int
    last_date: int
    on_days: tuple[tuple[dt.date, dt.date], ...]
    permission: str
    best_picture: float
    unshared_pairs: float
    unowned_share: float
    diffusion: float
    gain: float
    change: Mapping[str, Any]
    rows: tuple[str, ...]


def smallest_change(
    case: Case,
    goal: Goal = "picture",
    at: DateLike | None = None,
    *,
    kinds: Kind | Iterable[Kind] | None = None,
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
        Any of "contact" (two professionals on the telephone, each saying which known worries they have on record and
        may share), "reading" (an agency's file read by one of its people), "received" (a row that did not arrive had
        arrived), "owner" (somebody involved who has a worry on record owns an action for it whose date has not
        passed) and "meeting" (one more professional at a meeting, who says what they have on record and hears what
        was on the table; or the smallest meeting that would have had every known worry on the table). Default: all.
    most : int
        How many lines at most.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        The best first; no line where no single change makes it better. ``kind``, ``statement``, ``people``,
        ``agencies``, ``concerns`` (passed on, on the table, or owned), ``from_date`` and ``last_date`` (the last day
        on which it would still have had this effect on the goal, and the first from which it had it on every day on
        which those concerned were involved and might share it), ``on_days`` (these days: pairs of a first and a last),
        ``permission`` (the strictest word of the case's permissions that it rests on: required, permitted, or unknown
        where they do not say; empty where none was asked for), ``best_picture``, ``unshared_pairs``,
        ``unowned_share``, ``diffusion`` (each after the change, made on its last day), ``gain`` (by how much the
        number of the goal is better), ``change`` (for :func:`what_if`, which gives the same numbers) and ``rows`` (by
        which it was on record what would have been passed on).

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
    Nothing is proposed that the case's ``permissions`` prohibit or say was not needed, on days on which they did:
    what may be told whom is asked for each day (of a meeting or letter, for its first), and the family may tell
    whomever it likes. Days are those of the chronology up to `at`. Somebody has on record what they certainly have by
    the day (with ``Rules(dates="earliest")``, possibly). A pair has one line, for the best day and caller; a
    professional who would have been at a meeting has one, for the best meeting; a worry one, for the owner who has it
    most at first hand. Of equal days the last. Ties between lines: the other three numbers, the order of kinds above,
    the fewer people, ids.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.smallest_change(sn.load_case("worked_example"))
    >>> table[["kind", "people", "last_date", "best_picture", "unshared_pairs"]].head(2)
          kind  people  last_date  best_picture  unshared_pairs
    0  contact  (P, T) 2024-01-30           1.0             0.0
    1  meeting    (T,) 2024-01-30           1.0             0.0
    """
    wanted = _kinds(kinds)
    choose("goal", goal, GOAL_WORDS)
    if not is_whole(most) or most < 1:
        raise ArgumentError(f"most={most!r} is not a number of lines. Write most=10 for ten of them.")
    return tidy(lines(snapshot(case, at, rules), goal, wanted, most), Proposal._fields)


def _kinds(kinds: object) -> tuple[Kind, ...]:
    """The kinds asked for, in their order; all where none is."""
    if kinds is None:
        return KINDS
    if not isinstance(kinds, (str, list, tuple, set, frozenset)):
        raise ArgumentError(f"kinds={kinds!r} is neither a kind nor a list of them. Write kinds=['contact', 'owner'].")
    wanted = [choose("kinds", kind, KINDS) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return tuple(kind for kind in KINDS if kind in wanted)


def lines(view: Snapshot, goal: Goal, kinds: tuple[Kind, ...] = KINDS, most: int = 10) -> list[Proposal]:
    """The best changes, `most` of them, best first."""
    ground = Ground.of(view, goal)
    found: list[Candidate] = []
    makers: Mapping[Kind, Callable[[], Iterable[Candidate]]] = {
        "contact": lambda: conversations(ground, most),
        "reading": lambda: readings(ground),
        "received": lambda: received(ground),
        "owner": lambda: owners(ground, tuple(found), most),
        "meeting": lambda: meetings(ground, tuple(found), most),
    }
    for kind in kinds:  # owners and meetings last: of them, what cannot come up to the others is not tried
        found += makers[kind]()
    return [_proposal(ground, one) for one in sorted(found, key=lambda one: one.order(goal))[:most]]


def _proposal(ground: Ground, one: Candidate) -> Proposal:
    view, before = ground.view, ground.engine.before
    about = () if one.besides is None else (one.besides.id,)
    return Proposal(
        one.kind,
        statement(view, one, ground.goal, before),
        one.people,
        agencies_of(view, (*one.people, *one.desks)),
        one.concerns,
        one.days[0].first,
        one.last,
        tuple((date_of(first), date_of(last)) for first, last in one.days),
        one.permission,
        *one.numbers,
        gain(ground.goal, before, one.numbers[GOALS[ground.goal][0]]),
        dict(one.change),
        view.in_order((*_on_record(view, one), *about)),
    )


def _on_record(view: Snapshot, one: Candidate) -> Iterable[str]:
    """The rows by which it was on record, by the day of a change, what would have been passed on."""
    if view.rules.unconfirmed != "counts":  # what counts as having come is another thing on each day
        return view.on(one.last).evidence(one.concerns, one.carriers)
    holdings = product(one.carriers, one.concerns)
    found = (entry for holding in holdings for entry in view.entries.get(holding, ()))
    return [entry.row.id for entry in found if view.when(entry.window) <= one.last]
