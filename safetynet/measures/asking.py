"""Whom to ask: for somebody new to a case, the fewest people who have the rest of the picture."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..case import Case
from ..errors import ArgumentError, unknown_holder
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from . import cover
from .meeting import has_left, most_first, weights

if TYPE_CHECKING:
    import pandas as pd

ASKED = [
    "person", "agency", "left", "concerns", "adds", "first_hand", "seen_by", "severity", "in_contact", "via", "family",
    "rows",
]  # fmt: skip


def who_to_ask(case: Case, person: str, at: Any = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """The fewest people somebody would have to talk to, to have every known worry on record themselves.

    For a practitioner who has just been given the case: whom to ring first, what each can add, and who could
    introduce them.

    Parameters
    ----------
    case : Case
    person : str
        The id of a professional; they need not have appeared yet.
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per person to talk to, whoever adds most first: ``person``, ``agency``, ``left`` (no longer
        involved), ``concerns`` (the worries they have on record that `person` has not), ``adds`` (of those, what
        nobody in a line above has), ``first_hand`` (of ``concerns``, what they saw or were the first to say),
        ``seen_by`` (who saw, or was the first to say, what they have only from others; professionals or not),
        ``severity`` (of ``adds``), ``in_contact`` (`person` has had contact with them), ``via`` (otherwise the
        people and agency desks between the two on the shortest chain of contacts, the first of them somebody
        `person` knows; empty if there is none), ``family`` (children, family and support with whom they have had
        contact, and who could also introduce them) and ``rows`` (by which they have it on record, and their
        contacts with `person`). No line: `person` has all of it on record, or no worry is known.

    Raises
    ------
    UnknownNameError
        If the case has nobody with that id.
    ArgumentError
        If `person` is not a professional.
    DateError
        If `at` is no date.

    Notes
    -----
    Minimum set cover of what `person` has no record of (exact). Of several smallest groups: the fewest people who
    have left, then the fewest with whom `person` has had no contact, then as in :func:`smallest_meeting`. Of
    several shortest chains: the one through the fewest people who have left, then the first by id.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.who_to_ask(sn.load_case("reuben"), "cp1")
    >>> table[["person", "left", "adds", "in_contact", "via", "family"]]
      person   left             adds  in_contact via  family
    0    sch  False  (C04, C05, C07)       False  ()  (dad,)
    1    cp0  False           (C08,)        True  ()  (dad,)
    """
    view = snapshot(case, at, rules)
    if not isinstance(person, str) or person not in view.records.people:
        if isinstance(person, str) and person in view.records.agencies:
            raise ArgumentError(f"{person!r} is an agency; name one of its people, who would do the asking.")
        raise unknown_holder(person, {one: view.name(one) for one in sorted(view.professionals)})
    if person not in view.professionals:
        raise ArgumentError(f"person={person!r} is not a professional. Give the id of one who is new to the case.")
    lacking = frozenset(view.worries) - view.held.get(person, frozenset())
    offers = {
        name: held & lacking for name, held in view.pieces(involved=False).items() if name != person and held & lacking
    }
    graph = view.contact_graph()
    left = has_left(view)
    known = set(graph[person]) if person in graph else set()
    group = cover.smallest_group(offers, weights(view, lacking), 1.0, (left, frozenset(offers.keys() - known)))
    lines = []
    for name, adds in most_first(view, offers, group):
        chain = shortest_chain(graph, person, name, left)
        rows = {*view.evidence(offers[name], (name,)), *(graph.edges[person, name]["rows"] if name in known else ())}
        lines.append({
            "person": name, "agency": view.records.people[name].agency, "left": name in left,
            "concerns": tuple(sorted(offers[name])), "adds": adds,
            "first_hand": tuple(sorted(worry for worry in offers[name] if view.hops.get((name, worry)) == 0)),
            "seen_by": _seen_by(view, [worry for worry in offers[name] if view.hops.get((name, worry)) != 0]),
            "severity": view.total(adds), "in_contact": name in known, "via": chain[1:-1],
            "family": _family_of(view, name), "rows": view.in_order(rows),
        })  # fmt: skip
    return tidy(lines, ASKED)


def shortest_chain(graph: nx.Graph[Any], start: str, end: str, avoid: frozenset[str]) -> tuple[str, ...]:
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
    """Whoever has any of several worries first hand."""
    among = set(worries)
    return tuple(sorted({holder for (holder, worry), hops in view.hops.items() if worry in among and hops == 0}))


def _family_of(view: Snapshot, name: str) -> tuple[str, ...]:
    """The child, family and support with whom somebody has had contact."""
    found = {
        other for row in view.contacts if view.by(row.reached)
        for pair in row.moves if name in pair for other in pair if other != name
    }  # fmt: skip
    return tuple(sorted(found & view.records.people.keys() - view.professionals))
