"""The enduring net: who is still there for the child once somebody has closed, with what they know and have in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..spells import covers
from ..tidy import tidy
from .actions import actions_of

if TYPE_CHECKING:
    import pandas as pd

NET = ("family", "support")  # whoever of them there is belongs to it


class NetLine(NamedTuple):
    """Somebody who is still there, or an agency: a line of :func:`enduring_net`."""

    party: str
    concerns: tuple[str, ...]
    actions: tuple[str, ...]
    in_contact: bool
    kind: str
    last_contact: int | None
    rows: tuple[str, ...]


def enduring_net(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Who is left around the child, what they have on record, what they have in hand, and whether they see the child.

    Asked for the day of a closing it looks at the day after: who has closed is gone then, unless they are brought back.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. ``Rules(contact_days=...)`` says for how long a contact counts.

    Returns
    -------
    pandas.DataFrame
        A line for everybody of the family and its support but the child, then for each professional still involved,
        then for each agency with a service to a child that spans the day: ``party``, ``concerns`` (the worries that
        they have on record and that are current; of an agency, those in its file), ``actions`` (rows of the actions
        that they own and that are in hand: neither completed nor refused, with a step that is recent enough and a due
        date that has not passed, whoever is informed), ``in_contact`` (a contact row or meeting with both at most 90
        days before, or a service that the child attended), ``kind`` ("family", "support", "professional", "agency"),
        ``last_contact`` (the last such row within these days) and ``rows``.

    See Also
    --------
    contact_with_child : how long ago any professional saw the child.
    closures : who ended their involvement, and which partners were told.

    Examples
    --------
    Everybody but the school closed on the last day of the case, and the school goes on with an action.

    >>> import safetynet as sn
    >>> sn.enduring_net(sn.load_case("max"))[["party", "concerns", "actions"]].values.tolist()
    [['mo', ('C01', 'C02', 'C04'), ()], ['mp', (), ()], ['dsl', ('C01', 'C02', 'C04'), ('A08',)]]
    """
    return tidy(lines(snapshot(case, at, rules)), NetLine._fields)


def lines(view: Snapshot) -> list[NetLine]:
    """Who is left: the family and its support, the involved professionals, the agencies that serve a child."""
    if any(view.when(row.date) == view.day for row in view.of_kind("closed")):
        view = view.on(view.day + 1)
    serving = _serving(view)
    kinds = {one.id: one.kind for one in view.records.people.values() if one.kind in NET}
    kinds |= dict.fromkeys(view.involved, "professional") | dict.fromkeys(serving, "agency")
    order = {kind: place for place, kind in enumerate((*NET, "professional", "agency"))}
    found = [_line(view, one, kind, serving.get(one, False)) for one, kind in kinds.items()]
    return sorted(found, key=lambda line: (order[line.kind], line.party))


def _line(view: Snapshot, one: str, kind: str, attended: bool) -> NetLine:
    held = tuple(worry for worry in view.current if worry in view.held.get(one, ()))
    owned = [row.id for row in view.of_sender(one) if is_in_hand(view, row)]
    met = contacts_with_a_child(view, one)
    last = max((view.when(row.date) for row in met), default=None)
    rows = view.in_order({*view.evidence(held, (one,)), *owned, *(row.id for row in met)})
    return NetLine(one, held, view.in_order(owned), bool(met) or attended, kind, last, rows)


def is_in_hand(view: Snapshot, row: Row) -> bool:
    """Whether a row is an action that stands and is in time, for one of its worries or for its own sake."""
    return any(covers(action.alive, view.day) for action in actions_of(view, row))


def contacts_with_a_child(view: Snapshot, one: str) -> list[Row]:
    """The contact rows of the last days in which somebody and a child were, of those that arrived."""
    children = frozenset(view.records.children)
    first = view.day - view.rules.contact_days
    return [
        row
        for row in view.contacts
        if one in row.named and row.received != "no" and view.when(row.date) >= first and children & set(row.named)
    ]


def _serving(view: Snapshot) -> dict[str, bool]:
    """The agencies with a service to a child that may span the day, and whether the child attended one of them."""
    found: dict[str, bool] = {}
    for service in view.records.services:
        begun = service.start is None or service.start.first <= view.day
        ended = service.end is not None and service.end.last < view.day
        if service.agency and service.person in view.records.children and begun and not ended:
            found[service.agency] = found.get(service.agency, False) or service.attended == "yes"
    return found
