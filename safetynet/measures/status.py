"""The status of every worry on one day: the table that an analyst works in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.parties import agencies_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import covers
from ..tidy import tidy
from .actions import Action, dones
from .latency import sharing_rows
from .states import WorryState, state_rows, states
from .unowned import days_without_owner

if TYPE_CHECKING:
    import pandas as pd


class WorryStatus(NamedTuple):
    """How one known worry stands."""

    concern: str
    about: tuple[str, ...]
    category: str
    severity: int
    involved_holders: tuple[str, ...]
    left_holders: tuple[str, ...]
    first_hand: tuple[str, ...]
    source_not_recorded: tuple[str, ...]
    relayed: tuple[str, ...]
    hops: int | None
    agencies: tuple[str, ...]
    first_known: int
    first_shared: int | None
    owners: tuple[str, ...]
    owner_has_it: bool | None
    last_action: str
    action_standing: str
    due: int | None
    outcome: str
    days_unowned: int
    index_: float
    status: str
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[WorryStatus]:
    """How each known worry stands on the day, the gravest first."""
    found = [_line(view, state) for state in states(view).values()]
    return sorted(found, key=lambda line: (-line.severity, line.concern))


def _line(view: Snapshot, state: WorryState) -> WorryStatus:
    worry, concern = state.worry, view.records.concerns[state.worry]
    holders = view.holders[worry]
    people = sorted(holders & view.professionals)
    hops = {one: view.hops[one, worry] for one in people}
    involved = tuple(one for one in people if one in view.involved)
    action = foremost(view, state.actions)
    owners = action.owners if action else ()
    return WorryStatus(
        concern=worry,
        about=concern.about,
        category=concern.category,
        severity=concern.severity,
        involved_holders=involved,
        left_holders=tuple(one for one in people if one not in view.involved),
        first_hand=tuple(one for one in people if (one, worry) in view.saw),
        source_not_recorded=tuple(one for one in people if hops[one] == 0 and (one, worry) not in view.saw),
        relayed=tuple(one for one in people if hops[one] >= 2),
        hops=min((hops[one] for one in involved), default=None),
        agencies=agencies_of(view, holders - view.family),
        first_known=view.first_known[worry],
        first_shared=first_shared(view, worry),
        owners=owners,
        owner_has_it=not holders.isdisjoint(owners) if owners else None,
        last_action=action.row.id if action else "",
        action_standing=action.standing if action else "",
        due=action.row.due if action else None,
        outcome=last_outcome(view, action) if action else "",
        days_unowned=days_without_owner(view, worry),
        index_=state.index(view.rules),
        status=state.status,
        rows=view.in_order({*view.evidence((worry,), holders - view.family), *state_rows(view, state)}),
    )


def first_shared(view: Snapshot, worry: str) -> int | None:
    """The first day on which a contact row passed a worry from one professional to another; None where none has."""
    rows = (row for row in sharing_rows(view, worry) if view.by(row.date) and view.by(row.reached))
    return min((view.when(row.reached) for row in rows), default=None)


def foremost(view: Snapshot, actions: tuple[Action, ...]) -> Action | None:
    """The action that counts most: one that puts the worry in hand, else the latest; None without one."""
    return max(actions, key=lambda one: (covers(one.owns, view.day), one.row.order), default=None)


def last_outcome(view: Snapshot, action: Action) -> str:
    """What the last done row about an action says of it; empty without one."""
    done = dones(view, action.row)
    return (done[-1].outcome or "completed") if done else ""


def concern_status(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """How every known worry stands: who has it, how first hand, who owns it, since when and for how long not.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per known worry, the gravest first:

        - ``concern``, ``about`` (the children), ``category``, ``severity``;
        - ``involved_holders`` and ``left_holders``: the professionals who have it on record, still involved and not;
        - ``first_hand`` (of both: who is on record as having seen it), ``source_not_recorded`` (who said it or decided
          on it with no record of where they had it from), ``relayed`` (who has it only at two removes or more),
          ``hops`` (the fewest among the involved; ``<NA>`` without one);
        - ``agencies``: those of these professionals, and those with it on file;
        - ``first_known`` (by a professional) and ``first_shared`` (between two of them; NaT = no row);
        - ``owners``: of the action that counts most, which is one that puts the worry in hand, else the latest;
          ``owner_has_it``: whether one of them has the worry on record (``<NA>`` where no owner is named);
        - ``last_action``: the row of that action, with ``action_standing`` ("live", "completed", "refused", "overdue",
          "lapsed": no step in time), ``due`` and ``outcome`` (of the last row that says how it was done: "completed",
          "partly", "attempted", "refused"; empty without one);
        - ``days_unowned``: as :func:`days_unowned` counts them; ``index`` (how thinly responsibility is spread, 0 to 1,
          NaN where it is not defined) as in :func:`diffusion`; ``status``, the first word that holds (below);
        - ``rows``: who has it on record, what was agreed and done and assumed about it.

    See Also
    --------
    exclusive_concerns : also what only a file or the family has on record.
    unowned_worries : since when nobody has had them in hand.

    Notes
    -----
    The words of ``status``, in the order in which they are asked. In hand: "owned" (an action that is alive, whose
    owner has the worry on record), "just completed", "asked, answer pending". Not in hand, and nobody could leave it to
    others: "left with its holders" (all have left), "with another's remit" (who has it only decides, advises or passes
    on), "sole holder", "completed, nothing since", "put aside" (by a decision). Of the latest action that is not
    completed: "with the family", "owner has left", "with another's remit", "refused", "given to someone without the
    picture", "left with an agency", "overdue", "lapsed". Without such an action: "left to others" (somebody counts on
    another), "no owner".

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.concern_status(sn.load_case("worked_example"), at="2024-01-31")
    >>> table[["concern", "involved_holders", "first_hand", "hops", "days_unowned", "status"]]
      concern involved_holders first_hand  hops  days_unowned    status
    0      c2             (P,)       (P,)     0            17  no owner
    1      c1        (P, S, T)       (T,)     0            22  no owner
    2      c3           (G, T)       (G,)     0            12  no owner
    """
    return tidy(lines(snapshot(case, at, rules)), WorryStatus._fields)
