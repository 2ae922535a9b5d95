"""Diffusion of responsibility: did everyone think that someone else had it?

:func:`states` says of every known worry who is informed, who owns it, what each of the informed could have left
it to, and in one word how it stands. The scores and tables about responsibility are made of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..errors import choose
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..wording import count
from .picture import NONE_KNOWN

MODELS = ("division_of_impact", "volunteers_dilemma")
OWNED = ("owned", "completed")
STATUSES = (
    "owned", "completed", "left with its holders", "sole holder", "given to someone without the picture",
    "left with an agency", "overdue", "undated", "left to others", "unowned",
)  # fmt: skip


@dataclass(frozen=True)
class Action:
    """How one agreed action stands for one worry: ``live``, ``completed``, ``reopened``, ``overdue``, ``undated``.

    `finished` is the done row that completed it; `owners` are those named, `informed` those of them who are
    involved and have the worry on record.
    """

    row: Row
    state: str
    finished: Row | None
    owners: tuple[str, ...]
    informed: tuple[str, ...]

    @property
    def owns(self) -> bool:
        return self.state == "completed" or (self.state == "live" and bool(self.informed))


@dataclass(frozen=True)
class Felt:
    """One informed person: whom they can see around the child, and the assumptions of theirs that stand."""

    person: str
    others: tuple[str, ...]
    assumptions: tuple[Row, ...]

    @property
    def is_sole_holder(self) -> bool:
        return not self.others and not self.assumptions


@dataclass(frozen=True)
class WorryState:
    """How one known worry stands on the day of a snapshot."""

    worry: str
    severity: int
    informed: tuple[str, ...]
    actions: tuple[Action, ...]
    felt: tuple[Felt, ...]
    status: str

    @property
    def owned(self) -> bool:
        return self.status in OWNED

    @property
    def counted(self) -> tuple[Felt, ...]:
        """The informed who have somebody to leave it to."""
        return tuple(felt for felt in self.felt if not felt.is_sole_holder)

    @property
    def owners(self) -> tuple[str, ...]:
        return tuple(sorted({name for action in self.actions if action.owns for name in action.owners}))

    def index(self, rules: Rules, model: str) -> float:
        """The responsibility index of the worry; NaN where it is not defined."""
        if self.owned:
            return 0.0
        if not self.counted:
            return NAN
        if model == "division_of_impact":
            exponent = rules.dilution[self.severity - 1]
            return 1 - max(0.0 if felt.assumptions else (1 + len(felt.others)) ** -exponent for felt in self.counted)
        ratio = rules.dilemma[self.severity - 1]
        product: float = math.prod(ratio ** (1 / len(felt.others)) for felt in self.counted if not felt.assumptions)
        return product


# actions ----------------------------------------------------------------------------------------------


def covering(view: Snapshot, worry: str) -> list[Row]:
    """The agreed rows by the day that answer a worry."""
    return [row for row in view.naming(worry) if row.kind == "agreed"]


def first_done(view: Snapshot, action: Row) -> Row | None:
    """The earliest done row by the day that completed an action."""
    done = [row for row in view.referring(action.id) if row.kind == "done" and row.outcome in ("", "completed")]
    return min(done, key=lambda row: (view.when(row.date), row.id), default=None)


def is_live(view: Snapshot, action: Row) -> bool:
    """Whether an action that is not completed is still in time; one without a due date counts for some days."""
    if action.due is not None:
        return action.due >= view.day
    return view.day - view.when(action.date) <= view.rules.open_ended_days


def came_back(view: Snapshot, worry: str, done: Row) -> tuple[Row, ...]:
    """The rows that show a worry again after it was done with: seen again, told by the family, left to others."""
    after = view.when(done.date)
    return tuple(
        row for when, row in _showing_again(view, worry)
        if when > after or (when == after and row.kind == "assumed")
    )  # fmt: skip


def _showing_again(view: Snapshot, worry: str) -> list[tuple[int, Row]]:
    """The rows that would show a worry again if they came after it was done with, each with its day."""

    def make() -> list[tuple[int, Row]]:
        around = view.records.people.keys() - view.professionals  # the child, the family and their support
        by_kind = {"observed": None, "told": around, "asked": around, "assumed": view.professionals}
        return [
            (view.when(row.date), row) for row in view.naming(worry)
            if row.kind in by_kind and ((among := by_kind[row.kind]) is None or not among.isdisjoint(row.who))
        ]  # fmt: skip

    return view.keep(("showing again", worry), make)


def action_for(view: Snapshot, worry: str, row: Row) -> Action:
    """How one agreed action stands for one worry."""
    informed = set(view.informed(worry))
    done = first_done(view, row)
    if done is not None:
        state = "reopened" if came_back(view, worry, done) else "completed"
    elif is_live(view, row):
        state = "live"
    else:
        state = "overdue" if row.due is not None else "undated"
    owners = tuple(sorted(row.who))
    return Action(row, state, done, owners, tuple(name for name in owners if name in informed))


def actions_for(view: Snapshot, worry: str) -> tuple[Action, ...]:
    """How every agreed action that answers a worry stands for it."""
    return view.keep(("actions", worry), lambda: tuple(action_for(view, worry, row) for row in covering(view, worry)))


# what people could leave it to ------------------------------------------------------------------------


def sightings(view: Snapshot, person: str) -> Sequence[tuple[Row, tuple[str, ...]]]:
    """The rows by the day in which a person can see others around the child, each with those it names."""
    return view.keep("sightings", lambda: _sightings(view)).get(person, ())


def _sightings(view: Snapshot) -> dict[str, list[tuple[Row, tuple[str, ...]]]]:
    found: defaultdict[str, list[tuple[Row, tuple[str, ...]]]] = defaultdict(list)
    for row in view.rows:
        if row.is_contact:
            reached = row.is_sent and row.arrived and view.by(row.reached)
            seeing, named = dict.fromkeys((*row.who, *(row.to if reached else ()))), row.named
        elif row.kind == "assumed":
            seeing, named = dict.fromkeys(row.who), row.to
        elif row.kind == "opened":
            seeing, named = dict.fromkeys(row.to), row.who
        else:
            continue
        for person in seeing:
            found[person].append((row, named))
    return dict(found)


def seen_around(view: Snapshot, person: str) -> tuple[str, ...]:
    """The other professionals and agencies whom a person can see around the child by the day; sorted.

    Everyone named in a contact row that they sent or took part in (also when it did not arrive: the sender does
    not know that) or that reached them, co-recipients included; whom they are recorded as assuming would act;
    and whose involvement they were told of. An agency counts only if none of its people is among them, and it
    is not their own.
    """
    seen = {name for _, names in sightings(view, person) for name in names}
    people = (seen & view.professionals) - {person}
    own = view.records.people[person].agency
    theirs = {view.records.people[name].agency for name in people}
    return tuple(sorted(people | ((seen & view.records.agencies.keys()) - theirs - {own})))


def taken_back(view: Snapshot, person: str, worry: str, assumed: Row) -> tuple[Row, ...]:
    """The later-dated rows in which a person told, asked, met with or took on a worry that they had left to others."""
    when = view.when(assumed.date)
    return tuple(row for row in _taking_on(view, person, worry) if view.when(row.date) > when)


def _taking_on(view: Snapshot, person: str, worry: str) -> list[Row]:
    """The rows in which a person told, asked, met with or took on a worry."""

    def make() -> dict[tuple[str, str], list[Row]]:
        found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in view.rows:
            if row.kind in ("told", "asked", "met", "agreed"):
                for holding in dict.fromkeys(product(row.who, row.concerns)):
                    found[holding].append(row)
        return dict(found)

    return view.keep("taking on", make).get((person, worry), [])


def standing_assumptions(view: Snapshot, person: str, worry: str) -> tuple[Row, ...]:
    """The assumptions of a person about a worry that nothing they did later takes back."""
    standing = []
    for row in view.of_sender(person):
        if row.kind != "assumed":
            continue
        when = view.when(row.date)
        named = worry in row.concerns or (not row.concerns and view.since.get((person, worry), when + 1) <= when)
        if named and not taken_back(view, person, worry, row):
            standing.append(row)
    return tuple(standing)


# how a worry stands -----------------------------------------------------------------------------------


def states(view: Snapshot) -> dict[str, WorryState]:
    """How every known worry stands, by its id."""
    return view.keep("states", lambda: _states(view))


def _states(view: Snapshot) -> dict[str, WorryState]:
    around = {
        person: seen_around(view, person) for person in sorted({p for w in view.worries for p in view.informed(w)})
    }
    found = {}
    for worry in view.worries:
        informed = view.informed(worry)
        actions = actions_for(view, worry)
        felt = tuple(Felt(person, around[person], standing_assumptions(view, person, worry)) for person in informed)
        status = _status(view, worry, actions, felt)
        found[worry] = WorryState(worry, view.records.concerns[worry].severity, informed, actions, felt, status)
    return found


def _status(view: Snapshot, worry: str, actions: tuple[Action, ...], felt: tuple[Felt, ...]) -> str:
    if any(action.owns and action.state == "live" for action in actions):
        return "owned"
    if any(action.owns for action in actions):
        return "completed"
    if not felt:
        return "left with its holders"
    if all(one.is_sole_holder for one in felt):
        return "sole holder"
    live = [action for action in actions if action.state == "live"]
    holders = view.holders.get(worry, frozenset())
    for action in live:
        people = {name for name in action.owners if name in view.records.people}
        if people and not people & holders:  # family, or whoever has left, may have the picture
            return "given to someone without the picture"
    if any(name in view.records.agencies for action in live for name in action.owners):
        return "left with an agency"
    for state in ("overdue", "undated"):
        if any(action.state == state for action in actions):
            return state
    return "left to others" if all(one.assumptions for one in felt if not one.is_sole_holder) else "unowned"


def state_rows(view: Snapshot, state: WorryState) -> tuple[str, ...]:
    """The rows that the standing of a worry rests on: who has it, actions, completions, assumptions."""
    rows = {action.row.id for action in state.actions}
    rows |= {action.finished.id for action in state.actions if action.finished is not None}
    for action in state.actions:
        if action.state == "reopened" and action.finished is not None:
            rows |= {row.id for row in came_back(view, state.worry, action.finished)}
    rows |= {row.id for felt in state.felt for row in felt.assumptions}
    return view.in_order(rows.union(view.evidence((state.worry,), state.informed or None)))


def index_rows(view: Snapshot, state: WorryState) -> tuple[str, ...]:
    """What the index of a worry rests on besides: the rows in which the informed can see others."""
    if state.owned:
        return state_rows(view, state)
    seen = {row.id for felt in state.counted for row, _ in sightings(view, felt.person)}
    return view.in_order(seen.union(state_rows(view, state)))


# scores -----------------------------------------------------------------------------------------------

_COLUMNS = ["index", "status", "severity", "informed", "owners", "others", "leaving", "rows"]


def _table(view: Snapshot, model: str) -> Any:
    import pandas as pd

    lines = [
        {
            "index": state.index(view.rules, model), "status": state.status, "severity": state.severity,
            "informed": state.informed, "owners": state.owners,
            "others": tuple((felt.person, len(felt.others)) for felt in state.felt),
            "leaving": tuple(felt.person for felt in state.felt if felt.assumptions), "rows": index_rows(view, state),
        }
        for state in states(view).values()
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=_COLUMNS, index=pd.Index(view.worries, name="concern", dtype="str"))


def mean_index(view: Snapshot, model: str) -> float:
    """The severity-weighted mean of the index over the worries for which it is defined; NaN without one."""
    pairs = [(view.weight(state.worry), state.index(view.rules, model)) for state in states(view).values()]
    defined = [(weight, index) for weight, index in pairs if not math.isnan(index)]
    if not defined:
        return NAN
    return sum(weight * index for weight, index in defined) / sum(weight for weight, _ in defined)


def diffusion(case: Case, at: Any = None, *, model: str = "division_of_impact", rules: Rules | None = None) -> Score:
    """How far responsibility for the worries that several could have acted on is spread thin.

    Each informed professional feels the less called upon, the more others they can see around the child, and
    not at all while they are on record as assuming that somebody else will act. A worry that has an informed
    owner counts 0. High: whoever had it on record could leave it to others. It says nothing about worries that
    one person kept, and it is always to be read beside :func:`unowned_share`. It describes the record, never a
    person's fault.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    model : {"division_of_impact", "volunteers_dilemma"}
        How the number of others becomes an index.
    rules : Rules, optional
        ``dilution``, ``dilemma``, ``open_ended_days`` and ``weights`` matter here.

    Returns
    -------
    Score
        0 to 1, higher is worse; an index, not a probability. Not defined where no worry is known, or where for
        none of them anybody informed has anyone to leave it to. ``.table``: indexed by worry, with ``index``,
        ``status``, ``severity``, ``informed``, ``owners``, ``others`` (pairs of each of the informed and how many
        others they can see), ``leaving`` (who has a standing assumption that others will act) and ``rows``.

    Raises
    ------
    ArgumentError
        If there is no such model.
    DateError
        If `at` is no date.

    See Also
    --------
    unowned_share : the share of the worries that nobody owns; model-free.

    Notes
    -----
    Division of impact: 1 - max over the informed i with somebody to leave it to of f_i, where f_i is 0 with a
    standing assumption and (1 + n_i)^(-t) otherwise; n_i others in sight; t falls with severity (Latané 1981;
    Fischer et al. 2011). Volunteer's dilemma: Π γ^(1/n_i) over the same people (Diekmann 1985).

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
    table = _table(view, model)
    found = states(view)
    name = "diffusion"
    if not found:
        return Score(
            name,
            None,
            table=table,
            reason=NONE_KNOWN,
            case=case,
            explain=f"By {date_of(view.day)} {NONE_KNOWN}.",
        )
    value = mean_index(view, model)
    defined = int(table["index"].notna().sum())
    owned = sum(state.owned for state in found.values())
    reason = "for no worry does anybody informed have someone to leave it to"
    said = (
        f"By {date_of(view.day)} professionals had {count(len(found), 'worry', 'worries')} on record; "
        f"{owned or 'none'} had an informed owner or a completed action."
    )
    if math.isnan(value):
        said += f" Diffusion is not defined: {reason}. Read the unowned share."
    else:
        alone = len(found) - defined
        left = (
            f" {alone} kept by people with nobody in sight, or left with its holders, are not in it." if alone else ""
        )
        said += (f" Over the {defined} that several could have acted on, the index of how thinly responsibility was "
                 f"spread is {value:.2f}.{left}")  # fmt: skip
    rows = view.in_order(row for line in table["rows"] for row in line)
    return Score(name, value, table=table, explain=said, rows=rows, reason=reason, case=case)


def unowned_share(case: Case, at: Any = None, *, rules: Rules | None = None) -> Score:
    """The share of the known worries, by severity, that nobody owns.

    Owned: a live action whose owner has the worry on record, or a completed one after which it did not come
    back. It rests on no model of how people feel.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional
        ``open_ended_days`` and ``weights`` matter here.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined where no worry is known. ``.table``: indexed by worry, with
        ``status``, ``severity``, ``owned``, ``informed``, ``owners`` and ``rows``.

    Raises
    ------
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.unowned_share(sn.load_case("reuben"))
    <Score unowned_share = 0.714 (range 0 to 1, higher is worse)>
    """
    import pandas as pd

    view = snapshot(case, at, rules)
    found = states(view)
    table = _table(view, MODELS[0])[["status", "severity", "informed", "owners", "rows"]]
    table["rows"] = pd.Series([state_rows(view, state) for state in found.values()], index=table.index, dtype=object)
    table.insert(2, "owned", [state.owned for state in found.values()])
    if not found:
        return Score("unowned_share", None, table=table, reason=NONE_KNOWN, case=case,
                     explain=f"By {date_of(view.day)} {NONE_KNOWN}.")  # fmt: skip
    open_ones = [worry for worry, state in found.items() if not state.owned]
    value = view.total(open_ones) / view.total(found)
    which = f"Of the {count(len(found), 'worry', 'worries')} that professionals had on record by {date_of(view.day)}, "
    explain = which + (
        f"no row shows an informed owner or a completed action for {len(open_ones)}: {value:.0%} by severity."
        if open_ones
        else "every one had an informed owner or a completed action."
    )
    rows = view.in_order(row for line in table["rows"] for row in line)
    return Score("unowned_share", value, table=table, explain=explain, rows=rows, case=case)
