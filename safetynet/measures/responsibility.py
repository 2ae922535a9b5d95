"""Diffusion of responsibility: did everyone think that someone else had it?

Two scores that are read together: how thinly responsibility is spread over the worries that several could have acted
on, and the share of the worries that nobody has in hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..case import Case
from ..dates import DateLike
from ..errors import choose
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import Score
from ..tidy import tidy
from ..wording import count, day, verb
from .picture import NONE_KNOWN
from .states import MODELS, Model, WorryState, index_rows, mean_index, state_rows, states, unowned

NOBODY_TO_LEAVE_IT_TO = "for no worry does anybody informed have someone to leave it to"


class Diffused(NamedTuple):
    """How thinly the responsibility for one worry is spread."""

    concern: str
    index_: float
    status: str
    severity: int
    informed: tuple[str, ...]
    owners: tuple[str, ...]
    others: tuple[tuple[str, int], ...]
    leaving: tuple[str, ...]
    rows: tuple[str, ...]


class Owned(NamedTuple):
    """Whether one worry is in hand."""

    concern: str
    status: str
    severity: int
    owned: bool
    informed: tuple[str, ...]
    owners: tuple[str, ...]
    actions: tuple[str, ...]
    aside_by: tuple[str, ...]
    actions_on_record: int
    rows: tuple[str, ...]


def lines(view: Snapshot, model: Model = "division_of_impact") -> list[Diffused]:
    """Each known worry with its index, by id."""
    return [
        Diffused(
            concern=state.worry,
            index_=state.index(view.rules, model),
            status=state.status,
            severity=state.severity,
            informed=state.informed,
            owners=state.owners,
            others=tuple((felt.person, len(felt.others)) for felt in state.felt),
            leaving=state.leaving,
            rows=index_rows(view, state),
        )
        for state in states(view).values()
    ]


def owned_lines(view: Snapshot) -> list[Owned]:
    """Each known worry and whether it is in hand, by id."""
    coded = len(actions_on_record(view))
    return [
        Owned(
            concern=state.worry,
            status=state.status,
            severity=state.severity,
            owned=state.owned,
            informed=state.informed,
            owners=state.owners,
            actions=tuple(action.row.id for action in state.actions),
            aside_by=state.aside,
            actions_on_record=coded,
            rows=state_rows(view, state),
        )
        for state in states(view).values()
    ]


def actions_on_record(view: Snapshot) -> tuple[str, ...]:
    """The actions by the day, whatever they are about: agreed rows, and opened rows that name a concern."""
    return tuple(row.id for row in view.rows if row.kind == "agreed" or (row.kind == "opened" and row.concerns))


def diffusion(
    case: Case, at: DateLike | None = None, *, model: Model = "division_of_impact", rules: Rules | None = None
) -> Score:
    """How far responsibility for the worries that several could have acted on is spread thin.

    Each informed professional feels the less called upon, the more others they can see around the child, and
    not at all while they are on record as assuming that somebody else will act. A worry that is in hand counts 0.
    High: whoever had it on record could leave it to others. It says nothing about worries that one person kept, and it
    is always to be read beside :func:`unowned_share`. It describes the record, never a person's fault.

    Parameters
    ----------
    case : Case
    model : {"division_of_impact", "volunteers_dilemma"}
        How the number of others becomes an index.
    at, rules : optional
        As everywhere: :doc:`/arguments`. ``dilution`` and ``dilemma`` are the numbers of the two models.

    Returns
    -------
    Score
        0 to 1, higher is worse; an index, not a probability. Not defined where no worry is known, or where for
        none of them anybody informed has anyone to leave it to. ``.table``: indexed by worry, with ``index``,
        ``status`` (the words are those of :func:`concern_status`), ``severity``, ``informed`` (involved
        professionals who work with the family and have it on record), ``owners``, ``others`` (pairs of each of the
        informed and how many others they can see), ``leaving`` (who has a standing assumption that others will act)
        and ``rows``.

    Raises
    ------
    ArgumentError
        If there is no such model.

    See Also
    --------
    unowned_share : the share of the worries that nobody has in hand; model-free.

    Notes
    -----
    Division of impact: 1 - max over the informed i with somebody to leave it to of f_i, where f_i is 0 with a
    standing assumption and (1 + n_i)^(-t) otherwise; n_i others in sight; t falls with severity (Latané 1981;
    Fischer et al. 2011). Volunteer's dilemma: Π γ^(1/n_i) over the same people (Diekmann 1985). Not defined for a
    worry that was completed a while ago or put aside by a decision: nobody left it to anybody.

    Examples
    --------
    >>> import safetynet as sn
    >>> score = sn.diffusion(sn.load_case("worked_example"), at="2024-01-31")
    >>> score
    <Score diffusion = 0.346 (range 0 to 1, higher is worse)>
    >>> score.table["index"].round(4).to_dict()
    {'c1': 0.3627, 'c2': 0.2929, 'c3': 0.4257}
    """
    choose("model", model, MODELS)
    view = snapshot(case, at, rules)
    found = lines(view, model)
    return Score(
        "diffusion",
        mean_index(view, model),
        table=lambda: tidy(found, Diffused._fields[1:], index="concern"),
        reason=NOBODY_TO_LEAVE_IT_TO if found else NONE_KNOWN,
        explain=_diffusion_said(view, found, mean_index(view, model)),
        rows=_rows(view, found),
        case=case,
    )


def unowned_share(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """The share of the known worries, by severity, that nobody has in hand.

    In hand: an action that is alive, with an owner who has the worry on record; one that was completed in the last four
    weeks, with nothing since; or a request of the last days that waits for its answer. It rests on no model of how
    people feel. Where no action is coded at all it speaks of the coding: its sentence and its table say how many are.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. ``open_ended_days``, ``plan_days``, ``settled_days`` and ``intake_days`` say
        for how long what counts.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined where no worry is known. ``.table``: indexed by worry, with ``status``,
        ``severity``, ``owned`` (whether it is in hand), ``informed``, ``owners``, ``actions`` (those on it),
        ``aside_by`` (the decisions that have put it aside), ``actions_on_record`` (how many actions the case has by
        the date, on anything; the same on every line) and ``rows``.

    See Also
    --------
    concern_status : the status in its context.
    unowned_worries : since when, and for how many days.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.unowned_share(sn.load_case("reuben"))
    <Score unowned_share = 0.857 (range 0 to 1, higher is worse)>
    """
    view = snapshot(case, at, rules)
    found = owned_lines(view)
    return Score(
        "unowned_share",
        share_unowned(view),
        table=lambda: tidy(found, Owned._fields[1:], index="concern"),
        reason=NONE_KNOWN,
        explain=_unowned_said(view, states(view)),
        rows=_rows(view, found),
        case=case,
    )


def share_unowned(view: Snapshot) -> float:
    """What the known worries that nobody has in hand weigh, of what all of them do; NaN where none is known."""
    return view.total(unowned(view)) / view.total(view.worries) if view.worries else math.nan


def _rows(view: Snapshot, found: Iterable[Diffused] | Iterable[Owned]) -> tuple[str, ...]:
    return view.in_order(row for line in found for row in line.rows)


def _diffusion_said(view: Snapshot, found: list[Diffused], value: float) -> str:
    if not found:
        return f"By {day(view.day)} {NONE_KNOWN}."
    owned = sum(state.owned for state in states(view).values())
    said = (
        f"By {day(view.day)} professionals had {count(len(found), 'worry', 'worries')} on record, "
        f"of which {owned or 'none'} {verb(owned, 'was', 'were')} in hand."
    )
    if math.isnan(value):
        return f"{said} Diffusion is not defined: {NOBODY_TO_LEAVE_IT_TO}. Read the unowned share."
    defined = sum(not math.isnan(line.index_) for line in found)
    said += (
        f" Over the {defined} that several could have acted on, the index of how thinly responsibility was spread is "
        f"{value:.2f}."
    )
    left = len(found) - defined
    if left:
        said += f" {left} that nobody could have left to others, completed or put aside by a decision, are not in it."
    return said


def _unowned_said(view: Snapshot, found: Mapping[str, WorryState]) -> str:
    if not found:
        return f"By {day(view.day)} {NONE_KNOWN}."
    coded = len(actions_on_record(view))
    on_record = f"{count(coded, 'action')} {verb(coded, 'is', 'are')} on record at all."
    if not coded:
        on_record = "No action is on record at all: this may say more of the coding than of the case."
    which = f"Of the {count(len(found), 'worry', 'worries')} that professionals had on record by {day(view.day)}, "
    left = unowned(view)
    if not left:
        return f"{which}every one was in hand. {on_record}"
    aside = sum(bool(found[worry].aside) for worry in left)
    decided = f", {aside} of them put aside by a decision" if aside else ""
    share = view.total(left) / view.total(found)
    return f"{which}no row shows that {len(left)} were in hand ({share:.0%} by severity){decided}. {on_record}"
