"""The table of who knew what: each professional and each concern, and how the record has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case
from ..dates import DateLike, date_of
from ..errors import yes_or_no
from ..measures import clusters
from ..record.entries import first_days
from ..record.snapshot import Snapshot, snapshot
from ..record.worlds import World, knowledge
from ..rules import Rules
from ..tidy import tidy

if TYPE_CHECKING:
    import pandas as pd

State = Literal["first hand", "source not recorded", "told", "possible", "no record"]
STATES: tuple[State, ...] = ("first hand", "source not recorded", "told", "possible", "no record")
ON_RECORD = STATES[:3]


class Cell(NamedTuple):
    """What the record has of one holder and one concern."""

    holder: str
    agency: str
    concern: str
    state: State
    hops: int | None
    since: int | None
    rows: tuple[str, ...]


def lines(view: Snapshot, world: World = "possible", family: bool = False, *, chains: bool = True) -> list[Cell]:
    """Every holder and concern by the day of a snapshot, those who shared close together.

    Without `chains` what is only possible has no rows, which take most of the time.
    """
    known = knowledge(view.case, world, rules=view.rules)
    _, by_then = known._by(date_of(view.day))
    may, first = by_then._days("earliest"), known._days("earliest")
    people, concerns = _order(view, family)
    made = []
    for holder in people:
        party = view.party(holder)
        agency = party if party in view.records.agencies else ""
        for concern in concerns:
            cell = Cell(holder, agency, concern, "no record", None, None, ())
            since = view.since.get((holder, concern))
            if since is not None:
                rows = view.evidence((concern,), (holder,))
                hop = view.hops.get((holder, concern))
                cell = cell._replace(state=_how(view, holder, concern), hops=hop, since=since, rows=rows)
            elif may.get((holder, concern), view.day + 1) <= view.day:
                chain = known.explain(holder, concern, dates="earliest")["row"] if chains else ()
                cell = cell._replace(state="possible", since=first[holder, concern], rows=tuple(dict.fromkeys(chain)))
            made.append(cell)
    return made


def _how(view: Snapshot, holder: str, concern: str) -> State:
    """How what is on record came there: who saw it, who said it without a row that they did, who was told."""
    if (holder, concern) in view.saw and holder in view.records.people:
        return "first hand"
    return "told" if view.hops.get((holder, concern)) else "source not recorded"


def _order(view: Snapshot, family: bool) -> tuple[list[str], list[str]]:
    """Holders and concerns: those of one cluster together, the earlier cluster and the earlier concern first."""
    concerns = [name for name in view.records.concerns if name in view.holders]
    first = {
        name: min(first_days(view.entries[holder, name]) for holder in sorted(view.holders[name])) for name in concerns
    }
    found = sorted(clusters.lines(view), key=lambda one: min(first[worry] for worry in one.concerns))
    none = len(found)
    of_holder = {name: rank for rank, one in enumerate(found) for name in (*one.people, *one.files)}
    of_concern = {worry: rank for rank, one in reversed(list(enumerate(found))) for worry in one.concerns}
    calm = {name: not view.records.concerns[name].is_worry for name in concerns}
    concerns.sort(key=lambda name: (calm[name], of_concern.get(name, none), first[name], name))
    place = {name: number for number, name in enumerate(concerns)}

    def mean(*names: str) -> float:
        held = [place[one] for name in names for one in sorted(view.held.get(name, ()))]
        return sum(held) / len(held) if held else float(len(place))

    def of_group(names: list[str]) -> tuple[bool, bool, float, float, str]:
        mine = sorted(of_holder[name] for name in names if name in of_holder)
        outside = names[0] in view.family
        return (outside, not mine, mine[len(mine) // 2] if mine else none, mean(*names), view.party(names[0]))

    ordered: list[str] = []
    for names in sorted(_groups(view, family), key=of_group):
        ordered += sorted(names, key=lambda one: (one not in view.held, of_holder.get(one, none), mean(one), one))
    return ordered, concerns


def _groups(view: Snapshot, family: bool) -> list[list[str]]:
    """The actors by their party and, if they are asked for, the family and those round it together."""
    groups: dict[str, list[str]] = {}
    for name in view.actors:
        groups.setdefault(view.party(name), []).append(name)
    around = [
        person.id
        for person in view.records.people.values()
        if person.id in view.family and (person.kind in ("child", "family") or person.id in view.appeared)
    ]
    return [*groups.values(), around] if family and around else list(groups.values())


def who_knew_what(
    case: Case,
    at: DateLike | None = None,
    *,
    world: World = "possible",
    family: bool = False,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Who had which concern on record by a date, first hand or told, and who may have had it.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    world : {"recorded", "possible", "permitted"}
        What may have been known besides: "possible" and "permitted" as in :func:`safetynet.knowledge`;
        "recorded" adds only what is dated too loosely to say that it was known by `at`.
    family : bool
        Whether child, family, support and public have lines too.

    Returns
    -------
    pandas.DataFrame
        A line per person (and agency file) and concern that is on anyone's record by `at`: ``holder``,
        ``agency``, ``concern``, ``state`` ("first hand": a row shows that they saw it; "source not recorded": they
        said it or decided on it, and nothing shows where they had it from; "told": somebody passed it to them;
        "possible": only the world asked for has it; "no record"), ``hops``, ``since`` (the day from which it
        certainly was on record, or may have been known; NaT without) and ``rows``. People come by agency and
        concerns in an order that brings together those who shared; professionals who have not appeared by `at` are
        not listed.

    Raises
    ------
    ArgumentError
        If there is no such world.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.tables.who_knew_what(sn.load_case("worked_example"), at="2024-01-31")
    >>> table.pivot(index="holder", columns="concern", values="state").loc["S"].to_dict()
    {'c1': 'told', 'c2': 'possible', 'c3': 'no record'}
    """
    yes_or_no(family=family)
    return tidy(lines(snapshot(case, at, rules), world, family), Cell._fields)
