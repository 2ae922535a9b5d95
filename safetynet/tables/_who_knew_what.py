"""The table behind who-knew-what: each professional and each concern, and how the record has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import datetime64
from ..errors import choose
from ..measures import clusters
from ..record.entries import first_days
from ..record.snapshot import Snapshot, snapshot
from ..record.worlds import WORLDS, knowledge
from ..rules import Rules

if TYPE_CHECKING:
    import pandas as pd

STATES = ("first hand", "told", "possible", "no record")


def who_knew_what(
    case: Case, at: Any = None, *, world: str = "possible", family: bool = False, rules: Rules | None = None
) -> pd.DataFrame:
    """Who had which concern on record by a date, first hand or told, and who may have had it.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    world : {"recorded", "possible", "permitted"}
        What may have been known besides: "possible" and "permitted" as in :func:`safetynet.knowledge`;
        "recorded" adds only what is dated too loosely to say that it was known by `at`.
    family : bool
        Whether child, family and support have lines too.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per person (and agency file) and concern that is on anyone's record by `at`: ``person``,
        ``agency``, ``concern``, ``state`` ("first hand": 0 hops; "told": 1 and more; "possible": only the world
        asked for has it; "no record"), ``hops``, ``since`` (the day from which it certainly was on record, or
        may have been known; NaT without) and ``rows``. People come by agency and concerns in an order that
        brings those who shared together; professionals who have not appeared by `at` are not listed.

    Raises
    ------
    ArgumentError
        If there is no such world.
    DateError
        If `at` is no date.

    Examples
    --------
    >>> import safetynet as sn
    >>> from safetynet.tables import who_knew_what
    >>> table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31")
    >>> table.pivot(index="person", columns="concern", values="state").loc["S"].to_dict()
    {'c1': 'told', 'c2': 'possible', 'c3': 'no record'}
    """
    import pandas as pd

    choose("world", world, WORLDS)
    view = snapshot(case, at, rules)
    known = knowledge(case, world, rules=view.rules)
    may = known._days("earliest")
    people, concerns = _order(view, family)
    lines: list[dict[str, Any]] = []
    for person in people:
        for concern in concerns:
            since = view.since.get((person, concern))
            line: dict[str, Any] = {
                "person": person, "agency": _agency(view, person), "concern": concern, "state": "no record",
                "hops": None, "since": None, "rows": (),
            }  # fmt: skip
            if since is not None:
                hop = view.hops.get((person, concern))
                if hop is None:  # counted from the first day of its window, so not yet certain
                    hop = int(min(view.entries[person, concern], key=lambda entry: entry.window.first).received)
                line |= {
                    "state": STATES[min(hop, 1)],
                    "hops": hop,
                    "since": since,
                    "rows": view.evidence((concern,), (person,)),
                }
            elif (day := may.get((person, concern), view.day + 1)) <= view.day:
                chain = known.explain(person, concern, dates="earliest")["row"].tolist()
                line |= {"state": "possible", "since": day, "rows": tuple(dict.fromkeys(chain))}
            lines.append(line)
    columns = ["person", "agency", "concern", "state", "hops", "since", "rows"]
    table = pd.DataFrame(lines, columns=columns)
    table["hops"] = table["hops"].astype("Int64")
    table["since"] = datetime64(table["since"])
    return table


def _agency(view: Snapshot, person: str) -> str:
    agency = view.party(person)
    return agency if agency in view.records.agencies else ""


def _order(view: Snapshot, family: bool) -> tuple[list[str], list[str]]:
    """People and concerns, those of one cluster together, the earlier cluster and the earlier concern first."""
    concerns = [name for name in view.records.concerns if name in view.holders]
    first = {
        name: min(first_days(view.entries[holder, name]) for holder in sorted(view.holders[name])) for name in concerns
    }
    found = clusters.lines(view)
    started = sorted(range(len(found)), key=lambda place: (min(first[worry] for worry in found[place].concerns), place))
    rank = {number: place for place, number in enumerate(started)}
    of_person = {name: rank[number] for number, one in enumerate(found) for name in (*one.people, *one.files)}
    of_concern = {worry: min(rank[number] for number, one in enumerate(found) if worry in one.concerns)
                  for one in found for worry in one.concerns}  # fmt: skip
    none = len(found)
    calm = {name: not view.records.concerns[name].is_worry for name in concerns}
    concerns.sort(key=lambda name: (calm[name], of_concern.get(name, none), first[name], name))
    place = {name: number for number, name in enumerate(concerns)}

    people = list(view.actors)
    if family:
        named = {name for row in view.rows for name in (*row.who, *row.to)}
        people += [
            person.id
            for person in view.records.people.values()
            if person.id not in view.professionals and (person.kind in ("child", "family") or person.id in named)
        ]

    def mean(names: list[str]) -> float:
        held = [place[one] for name in names for one in sorted(view.held.get(name, ())) if one in place]
        return sum(held) / len(held) if held else float(len(place))

    groups: dict[str, list[str]] = {}
    for name in people:
        outside = name not in view.professionals and name not in view.records.agencies
        groups.setdefault("family" if outside else view.party(name), []).append(name)

    def group_key(item: tuple[str, list[str]]) -> tuple[bool, bool, float, float, str]:
        key, names = item
        mine = sorted(of_person[name] for name in names if name in of_person)
        return (key == "family", not mine, mine[len(mine) // 2] if mine else none, mean(names), key)

    ordered = []
    for _, names in sorted(groups.items(), key=group_key):
        ordered += sorted(
            names, key=lambda name: (not view.held.get(name), of_person.get(name, none), mean([name]), name)
        )
    return ordered, concerns
