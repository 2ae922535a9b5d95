"""Fragmentation between agencies: does contact cross the borders of the organisations?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..spread import joined
from ..spread.edges import each
from ..tidy import tidy
from ..wording import count, day
from .fragmentation import share_unreachable
from .graphs import CaseOrGraph, Node
from .networks import Groups, Network, check_window, contact_network, grouped, shown

if TYPE_CHECKING:
    import pandas as pd

NO_CONTACT = "no two professionals or agency desks have had contact"
NO_EDGE = "no two nodes of the graph are joined"


# agencies as nodes ------------------------------------------------------------------------------------


def agencies_beside(net: Network) -> list[int]:
    """For each agency (group), in their order, those of whom somebody had contact with somebody of it, as bits."""
    place = {group: number for number, group in enumerate(net.groups())}
    beside = [0] * len(place)
    for a, b in net.pairs:
        one, other = place[net.group[a]], place[net.group[b]]
        if one != other:
            beside[one] |= 1 << other
            beside[other] |= 1 << one
    return beside


def parts(net: Network, beside: Sequence[int]) -> list[dict[str, Any]]:
    """The parts of a network of agencies, largest first."""
    lines, groups = [], net.groups()
    for part in sorted(joined.parts(beside, (1 << len(beside)) - 1), key=lambda part: -part.bit_count()):
        named = [groups[number] for number in each(part)]
        inside = [actor for actor in net.nodes() if net.group[actor] in named]
        among = set(inside)
        rows = net.rows(pair for pair in net.pairs if among.issuperset(pair))
        lines.append({"size": len(named), "groups": tuple(map(shown, named)), **net.split(inside), "rows": rows})
    return lines


def agency_fragmentation(
    case: CaseOrGraph,
    at: DateLike | None = None,
    *,
    window: int | None = None,
    groups: Groups = None,
    rules: Rules | None = None,
) -> Score:
    """The share of pairs of agencies that no chain of contacts joins.

    0: every agency can reach every other. 1: no agency had contact with another, whatever happened inside them.
    Two agencies are joined as soon as anybody of the one had contact with anybody of the other; it says nothing
    about whether that person passed anything on to their colleagues.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, groups, rules : optional
        The date, the days back from it (the agencies stay), of a graph the group of each node, and the modelling
        choices: :doc:`/arguments`. Weights of a graph are not read.

    Returns
    -------
    Score
        0 to 1, higher is worse. Not defined with fewer than two agencies. ``.table`` has a line per part of the
        network of agencies, largest first: ``size`` (agencies), ``agencies``, ``people``, ``rows``; for a graph
        ``size`` and ``groups``. A person without an agency is counted in ``size`` and named in ``people``.

    Raises
    ------
    ArgumentError
        If an argument does not fit, as in :func:`fragmentation`, or a graph has no `groups`.

    See Also
    --------
    fragmentation : the same over people.
    ei_index : contact across agencies against contact inside them.
    agency_matrix : how many contact rows join each pair of agencies.

    Notes
    -----
    F = 1 - Σ s_k (s_k - 1) / (n (n - 1)) over the sizes s_k of the parts (Borgatti 2003, 2006) with agencies as
    nodes, a person counting as their agency or, without one, as themselves.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.agency_fragmentation(sn.load_case("reuben"))
    <Score agency_fragmentation = 0.733 (range 0 to 1, higher is worse)>
    """
    net = grouped(contact_network(case, at, window, rules), case, groups)
    beside = agencies_beside(net)
    value, number, lines = share_unreachable(beside), len(beside), parts(net, beside)
    of_case = net.view is not None
    reason = f"fewer than two {'agencies have appeared' if of_case else 'groups are in the graph'}"
    whom = f"The nodes are in {count(number, 'group')}."
    if net.view is not None:
        agencies = count(number, "agency", "agencies")
        whom = f"By {day(net.view.day)}, {agencies} had appeared (a person without one counts as their own)."
    said = f"Fragmentation between agencies is not defined: {reason}."
    if value == value:
        shape = "Contacts join all of them."
        if len(lines) > 1:
            shape = f"They are in {len(lines)} parts that no contact joins; the largest has {lines[0]['size']}."
        said = f"{shape} {value:.0%} of all pairs of agencies have no chain of contacts between them."
    return Score(
        "agency_fragmentation",
        value,
        table=lambda: tidy(lines, ("size", "agencies", "people", "rows") if of_case else ("size", "groups")),
        explain=f"{whom} {said}",
        rows=net.evidence(),
        reason=reason,
        case=net.case,
    )


# inside and across ------------------------------------------------------------------------------------


def across(net: Network) -> float:
    """The E-I index; NaN without contact."""
    pairs = [net.group[a] != net.group[b] for a, b in net.pairs]
    return share_of_contacts(sum(pairs), len(pairs))


def number_across(view: Snapshot) -> float:
    """The E-I index by the day of a snapshot."""
    parties = [view.party(actor) for actor in view.actors]
    pairs = [
        parties[one] != parties[other]
        for one, near in enumerate(view.contact_beside())
        for other in each(near)
        if one < other
    ]
    return share_of_contacts(sum(pairs), len(pairs))


def number_apart(view: Snapshot) -> float:
    """Agency fragmentation by the day of a snapshot."""
    place: dict[str, int] = {}
    parties = [place.setdefault(view.party(actor), len(place)) for actor in view.actors]
    beside = [0] * len(place)
    for one, near in enumerate(view.contact_beside()):
        for other in each(near):
            beside[parties[one]] |= 1 << parties[other]
    return share_unreachable(beside)


def share_of_contacts(external: int, pairs: int) -> float:
    """(E - I) / (E + I) of so many pairs in contact; NaN without any."""
    return (2 * external - pairs) / pairs if pairs else NAN


def pairs_by_agency(net: Network) -> list[dict[str, Any]]:
    """The pairs of agencies (of groups) between or inside which there was contact."""
    place = {group: number for number, group in enumerate(net.groups())}
    found: defaultdict[tuple[int, int], list[tuple[Node, Node]]] = defaultdict(list)
    for a, b in net.pairs:
        one, other = sorted((place[net.group[a]], place[net.group[b]]))
        found[one, other].append((a, b))
    labels = [shown(group) for group in place]
    lines = []
    for (one, other), pairs in sorted(found.items()):
        line = {"first": labels[one], "second": labels[other], "crosses": one != other, "pairs": len(pairs)}
        lines.append({**line, "rows": net.rows(pairs)})
    return lines


def ei_index(
    case: CaseOrGraph,
    at: DateLike | None = None,
    *,
    groups: Groups = None,
    window: int | None = None,
    rules: Rules | None = None,
) -> Score:
    """Whether contact crosses the borders of agencies or stays inside them.

    1: all pairs in contact are of two agencies. -1: all are of one. 0: as many of the one sort as of the other.
    Neither end is good in itself; large agencies have more pairs inside them to begin with.

    Parameters
    ----------
    case : Case or networkx.Graph
    at, window, groups, rules : optional
        As in :func:`agency_fragmentation`; weights of a graph are not read.

    Returns
    -------
    Score
        -1 to 1, higher means more contact between agencies. Not defined where nobody has had contact.
        ``.table``: a line per pair of agencies between (or inside) which there was contact: ``first``,
        ``second`` (for a graph ``group``, ``other_group``), ``crosses``, ``pairs`` (of actors in contact), ``rows``.

    Notes
    -----
    (E - I) / (E + I), with E the pairs of actors in contact who are of different agencies and I those of the
    same (Krackhardt & Stern 1988). A person without an agency counts as their own.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.ei_index(sn.load_case("worked_example"))
    <Score ei_index = 1 (range -1 to 1, higher means more contact between agencies)>
    """
    net = grouped(contact_network(case, at, window, rules), case, groups)
    lines, value = pairs_by_agency(net), across(net)
    external, internal = (
        sum(line["pairs"] for line in lines if line["crosses"] is crosses) for crosses in (True, False)
    )
    total = external + internal
    reason, had = NO_EDGE, f"{count(total, 'pair')} of nodes are joined"
    if net.view is not None:
        reason = NO_CONTACT
        had = f"By {day(net.view.day)}, {count(total, 'pair')} of professionals or agency desks had had contact"
    said = f"The E-I index is not defined: {reason}."
    if total:
        said = (
            f"{had}: {external} across agencies and {internal} inside one. On a scale from -1 (all inside) to "
            f"1 (all across) that is {value:.2f}."
        )
    return Score(
        "ei_index",
        value,
        table=lambda: net.table(lines, ("first", "second", "crosses", "pairs", "rows")),
        explain=said,
        rows=net.evidence(),
        reason=reason,
        range=(-1.0, 1.0),
        direction="higher means more contact between agencies",
        case=net.case,
    )


# contact rows -----------------------------------------------------------------------------------------


class Between(NamedTuple):
    """The contact rows between two agencies, or inside one."""

    first: str
    second: str
    contacts: int
    last_contact: int | None
    people: tuple[str, ...]
    rows: tuple[str, ...]


def agencies_in(view: Snapshot) -> list[str]:
    """The agencies that have appeared by the day, and the professionals without one; sorted."""
    return sorted({view.party(actor) for actor in view.actors})


def contacts_between(view: Snapshot, window: int | None = None) -> Mapping[tuple[str, str], Between]:
    """The contact rows of each unordered pair of agencies, and of each with itself, those without any included."""
    rows: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for pair, ids in view.contact_pairs(view.contacts_in(window), view.actors).items():
        one, other = sorted(map(view.party, pair))
        rows[one, other].update(ids)
        people[one, other].update(view.records.people.keys() & set(pair))
    found = {}
    for pair in combinations_with_replacement(agencies_in(view), 2):
        ids = view.in_order(rows[pair])
        last = max((view.when(view.by_id[row].reached) for row in ids), default=None)
        found[pair] = Between(*pair, len(ids), last, tuple(sorted(people[pair])), ids)
    return found


def agency_matrix(
    case: Case, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """How many contact rows join each agency with each other: the contact matrix.

    Rows and columns are agencies; the diagonal has the contacts inside each. A 0 between two agencies that both
    knew the child is a line that the record does not show.

    Parameters
    ----------
    case : Case
    at, window, rules : optional
        The date asked for, the days back from it (the agencies stay), and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        Whole numbers, symmetric; index and columns (both named ``agency``) are the agencies that have appeared by `at`
        (of an actor, or themselves an actor), sorted; a person without an agency is a line of their own. A meeting of
        three agencies counts once for each of the three pairs. The rows behind each number are in
        :func:`agency_contacts`.

    Raises
    ------
    ArgumentError
        If this is no case, or an argument does not fit.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.agency_matrix(sn.load_case("worked_example"))
    agency   council  health  police  school
    agency
    council        0       0       1       1
    health         0       0       0       1
    police         1       0       0       0
    school         1       1       0       0
    """
    import numpy as np
    import pandas as pd

    view = snapshot(case, at, rules)
    agencies = agencies_in(view)
    place = {name: number for number, name in enumerate(agencies)}
    numbers = np.zeros((len(agencies), len(agencies)), dtype="int64")
    for line in contacts_between(view, check_window(window)).values():
        one, other = place[line.first], place[line.second]
        numbers[one, other] = numbers[other, one] = line.contacts
    names = pd.Index(agencies, name="agency", dtype="str")
    return pd.DataFrame(numbers, index=names, columns=names)


def agency_contacts(
    case: Case, at: DateLike | None = None, *, window: int | None = None, rules: Rules | None = None
) -> pd.DataFrame:
    """Each pair of agencies with the contact rows between them, pairs without any included.

    The contact matrix with a line per cell, and the rows behind each number.

    Parameters
    ----------
    case : Case
    at, window, rules : optional
        As in :func:`agency_matrix`, of which this is each cell.

    Returns
    -------
    pandas.DataFrame
        A line per unordered pair of agencies that have appeared, and per agency with itself: ``first``,
        ``second``, ``contacts`` (number of contact rows in which information could move between them),
        ``last_contact`` (certain day of the latest), ``people`` (whose contacts they are), ``rows``; most contacts
        first.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.agency_contacts(sn.load_case("max"))
    >>> table[["first", "second", "contacts"]].head(3)
      first second  contacts
    0  a_cp   a_cs        15
    1  a_cs  a_sch        13
    2  a_cs   a_fs        12
    """
    found = contacts_between(snapshot(case, at, rules), check_window(window)).values()
    lines = sorted(found, key=lambda line: (-line.contacts, line.first, line.second))
    return tidy(lines, Between._fields)
