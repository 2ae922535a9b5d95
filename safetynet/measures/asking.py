"""Whom to ask: for somebody new to a case, the fewest people who have the rest of the picture."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from ..case import Case
from ..dates import DateLike
from ..errors import ArgumentError, unknown_holder
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from . import cover
from .meeting import has_left, most_first, weights

if TYPE_CHECKING:
    import pandas as pd


class Asked(NamedTuple):
    """Somebody to talk to, and what they can add."""

    person: str
    agency: str
    has_left: bool
    concerns: tuple[str, ...]
    adds: tuple[str, ...]
    saw: tuple[str, ...]
    seen_by: tuple[str, ...]
    weight: float
    in_contact: bool
    via: tuple[str, ...]
    family: tuple[str, ...]
    rows: tuple[str, ...]


def lines(view: Snapshot, person: str) -> list[Asked]:
    """Whom a professional would talk to, whoever adds most first."""
    lacking = frozenset(view.worries) - view.held.get(person, frozenset())
    pieces = view.pieces(involved=False)
    offers = {one: held & lacking for one, held in pieces.items() if one != person and held & lacking}
    graph = view.contact_graph()
    left, known = has_left(view), frozenset(graph[person]) if person in graph else frozenset[str]()
    group = cover.smallest_group(offers, weights(view, lacking), 1.0, (left, frozenset(offers) - known))
    family = family_contacts(view)
    found = []
    for one, adds in most_first(view, offers, group):
        saw = frozenset(worry for worry in offers[one] if (one, worry) in view.saw)
        contacts = graph.edges[person, one]["rows"] if one in known else ()
        found.append(
            Asked(
                person=one,
                agency=view.records.people[one].agency,
                has_left=one in left,
                concerns=tuple(sorted(offers[one])),
                adds=adds,
                saw=tuple(sorted(saw)),
                seen_by=_seen_by(view, offers[one] - saw),
                weight=view.total(adds),
                in_contact=one in known,
                via=shortest_chain(graph, person, one, left)[1:-1],
                family=tuple(sorted(family.get(one, ()))),
                rows=view.in_order({*view.evidence(offers[one], (one,)), *contacts}),
            )
        )
    return found


def shortest_chain(graph: nx.Graph[str], start: str, end: str, avoid: frozenset[str]) -> tuple[str, ...]:
    """The nodes of a shortest path, both ends included; the fewest of `avoid`, then the first by name. () if none."""
    if start not in graph or end not in graph:
        return ()
    queue: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, (start,))]
    done: set[str] = set()
    while queue:
        length, avoided, path = heapq.heappop(queue)
        here = path[-1]
        if here == end:
            return path
        if here in done:
            continue
        done.add(here)
        for other in graph[here]:
            if other not in done:
                heapq.heappush(queue, (length + 1, avoided + (other in avoid and other != end), (*path, other)))
    return ()


def _seen_by(view: Snapshot, worries: Iterable[str]) -> tuple[str, ...]:
    """Who of those who have them is on record as having seen or heard some worries themselves."""
    return tuple(sorted({one for worry in worries for one in view.holders[worry] if (one, worry) in view.saw}))


def family_contacts(view: Snapshot) -> dict[str, frozenset[str]]:
    """The child, family and support with whom each professional or agency has had contact."""
    found: dict[str, set[str]] = {}
    for row in view.contacts_in():
        for pair in view.moves(row):
            for one, other in (pair, pair[::-1]):
                if other in view.family and one not in view.family:
                    found.setdefault(one, set()).add(other)
    return {one: frozenset(others) for one, others in found.items()}


def who_to_ask(case: Case, person: str, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The fewest people somebody would have to talk to, to have every known worry on record themselves.

    For a practitioner who has just been given the case: whom to ring first, what each can add, and who could
    introduce them.

    Parameters
    ----------
    case : Case
    person : str
        The id of a professional; they need not have appeared yet.
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per person to talk to, whoever adds most first: ``person``, ``agency``, ``has_left`` (no longer
        involved), ``concerns`` (the worries they have on record that `person` has not), ``adds`` (of those, what
        nobody in a line above has), ``saw`` (of ``concerns``, what they are on record as having seen or heard
        themselves), ``seen_by`` (who is on record as having seen the rest of it, professionals or not), ``weight``
        (of ``adds``), ``in_contact`` (`person` has had contact with them), ``via`` (otherwise the people and agency
        desks between the two on the shortest chain of contacts, the first of them somebody `person` knows; empty if
        there is none), ``family`` (children, family and support with whom they have had contact, and who could also
        introduce them) and ``rows`` (by which they have it on record, and their contacts with `person`). No line:
        `person` has all of it on record, or no worry is known.

    Raises
    ------
    UnknownNameError
        If the case has nobody with that id.
    ArgumentError
        If `person` is not a professional.

    Notes
    -----
    Minimum set cover of what `person` has no record of (exact). Of several smallest groups: the fewest people who
    have left, then the fewest with whom `person` has had no contact, then as in :func:`smallest_meeting`. Of
    several shortest chains: the one through the fewest people who have left, then the first by id.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.who_to_ask(sn.load_case("reuben"), "cp1")
    >>> table[["person", "has_left", "adds", "in_contact", "via", "family"]]
      person  has_left             adds  in_contact via  family
    0    sch     False  (C04, C05, C07)       False  ()  (dad,)
    1    cp0      True           (C08,)        True  ()  (dad,)
    """
    view = snapshot(case, at, rules)
    _check_person(view, person)
    return tidy(lines(view, person), Asked._fields)


def _check_person(view: Snapshot, person: str) -> None:
    if not isinstance(person, str) or person not in view.records.people:
        if isinstance(person, str) and person in view.records.agencies:
            raise ArgumentError(f"{person!r} is an agency; name one of its people, who would do the asking.")
        raise unknown_holder(person, {one: view.name(one) for one in sorted(view.professionals)})
    if person not in view.professionals:
        raise ArgumentError(f"person={person!r} is not a professional. Give the id of one who is new to the case.")
