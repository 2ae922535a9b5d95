"""How many people can be told from everybody else by what stays when the names are gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case, need_case
from ..tidy import tidy
from ..wording import count, verb

if TYPE_CHECKING:
    import pandas as pd

    from ..case.records import Records, Row

_MANY = 3  # turns by which the shape of a network is told, its neighbours' neighbours and theirs


class Line(NamedTuple):
    """One way of telling people apart."""

    by: str
    people: tuple[str, ...]
    number: int
    share: float
    smallest: int | None
    statement: str


def uniqueness(case: Case) -> pd.DataFrame:
    """How many people are the only one of their sort, in ways that pseudonyms do not change.

    Whoever knows that one person in the data was a health visitor who was at six contacts has found them, if only one
    is. A person who stands out by `shape` can be found by somebody who knows nothing but who was in contact with how
    many others, and how many contacts these had.

    Parameters
    ----------
    case : Case

    Returns
    -------
    pandas.DataFrame
        A row for each way of telling people apart: ``by``, ``people`` (those who are the only one, as ids), ``number``
        (how many), ``share`` (of all people), ``smallest`` (how many are in the smallest group; 1 = somebody stands
        out) and ``statement``.

    See Also
    --------
    pseudonymise : keyed ids, labels and moved dates.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.uniqueness(sn.load_case("worked_example"))
    >>> table[["by", "number"]].to_numpy().tolist()[:2]
    [['kind and role', 6], ['role and sector', 6]]
    >>> print(table["statement"][0])
    6 of 6 people are the only one with their kind and role.
    """
    records = need_case(case)._records
    lines = [_line(by, tell, list(records.people)) for by, tell in _ways(records).items()]
    return tidy(lines, Line._fields)


def _ways(records: Records) -> dict[str, Callable[[str], Hashable]]:
    """What is known of a person in each of the ways."""
    near = _partners(records)
    rows = Counter(one for row in records.rows if row.is_contact for one in set(row.who + row.to + row.present))
    shapes = _shapes(near)
    people, agencies = records.people, records.agencies

    def role(one: str) -> Hashable:
        return people[one].kind, " ".join(people[one].role.casefold().split())

    def sector(one: str) -> Hashable:
        agency = agencies.get(people[one].agency)
        return role(one), agency.sector if agency is not None else ""

    return {
        "kind and role": role,
        "role and sector": sector,
        "role, sector and number of contacts": lambda one: (sector(one), rows[one]),
        "number of others in contact": lambda one: len(near[one]),
        "shape": lambda one: shapes.get(one, 0),
        "role, sector and shape": lambda one: (sector(one), shapes.get(one, 0)),
    }


def _line(by: str, tell: Callable[[str], Hashable], people: list[str]) -> Line:
    groups: defaultdict[Hashable, list[str]] = defaultdict(list)
    for one in people:
        groups[tell(one)].append(one)
    alone = tuple(sorted(members[0] for members in groups.values() if len(members) == 1))
    smallest = min((len(members) for members in groups.values()), default=None)
    share = len(alone) / len(people) if people else float("nan")
    return Line(by, alone, len(alone), share, smallest, _said(by, len(alone), len(people)))


def _said(by: str, alone: int, people: int) -> str:
    if by == "shape":
        what = "can be told from all others by the shape of the network around them"
    elif by == "role, sector and shape":
        what = "can be told from all others by their role, their sector and the shape of the network around them"
    else:
        what = f"{verb(alone, 'is', 'are')} the only one with their {by}"
    return f"{alone} of {count(people, 'person', 'people')} {what}."


# the network ------------------------------------------------------------------------------------------------


def _partners(records: Records) -> defaultdict[str, set[str]]:
    """Whom each person or agency is in a contact row with."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for row in records.rows:
        for one, other in _pairs(row):
            if one != other:
                near[one].add(other)
                near[other].add(one)
    return near


def _pairs(row: Row) -> list[tuple[str, str]]:
    if row.is_together:
        return list(combinations((*row.who, *row.present), 2))
    return list(product((*row.who, *row.present), (*row.to, *row.present))) if row.is_sent else []


def _shapes(near: Mapping[str, set[str]]) -> dict[str, int]:
    """What everybody's surroundings look like: how many partners they have, how many these have, and so on.

    Nodes whose surroundings are alike have one number (a colour refinement of the graph).
    """
    shapes = dict.fromkeys(near, 0)
    for _ in range(_MANY):
        around = {one: (shapes[one], tuple(sorted(shapes[other] for other in near[one]))) for one in near}
        numbers = {what: number for number, what in enumerate(sorted(set(around.values())), 1)}
        shapes = {one: numbers[what] for one, what in around.items()}
    return shapes
