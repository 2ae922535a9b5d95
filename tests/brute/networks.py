"""Is the professional network one network? The scores on the contact graph of the actors."""

from __future__ import annotations

import itertools

from .knowledge import LONG_AGO, spread
from .model import DAY, WORD_KINDS, view


def in_time(v, row, window):
    """Does the row (a letter by the day of its reading) lie in the last so many days before `at`?"""
    return window is None or v.at - window * DAY < v.day(row.read) <= v.at


def pairs_in_contact(case, at=None, window=None, nodes=None, carried=None):
    """The unordered pairs of actors between whom information could move by `at`.

    ``carried`` leaves only rows that carried one of these concerns; ``nodes`` are other nodes than the actors.
    """
    v = view(case, at)
    nodes = v.actors if nodes is None else nodes
    pairs = set()
    for row in v.rows:
        if in_time(v, row, window) and (carried is None or set(row.concerns) & carried):
            pairs.update(frozenset(pair) for pair in v.moved(row) if set(pair) <= nodes)
    return pairs


def distances(nodes, pairs):
    """{(a, b): the number of steps from a to b} for all ordered pairs that are joined."""
    steps = {}
    for source in nodes:
        reached, frontier = {source: 0}, [source]
        while frontier:
            here = frontier.pop(0)
            for pair in pairs:
                if here in pair:
                    (there,) = pair - {here}
                    if there not in reached:
                        reached[there] = reached[here] + 1
                        frontier.append(there)
        steps.update({(source, target): d for target, d in reached.items() if d})
    return steps


def fragmentation_of(nodes, pairs):
    """The share of pairs of nodes that cannot reach each other; not defined for fewer than two."""
    n = len(nodes)
    return 1 - len(distances(nodes, pairs)) / (n * (n - 1)) if n > 1 else None


def fragmentation(case, at=None, window=None):
    """F among the actors, by all contacts."""
    v = view(case, at)
    return fragmentation_of(v.actors, pairs_in_contact(v, window=window))


def worry_fragmentation(case, at=None, window=None):
    """F among the actors, by the contacts that carried a worry which a professional had on record by `at`."""
    v = view(case, at)
    if not v.ever_known:
        return None
    return fragmentation_of(v.actors, pairs_in_contact(v, window=window, carried=v.ever_known))


def current_fragmentation(case, at=None):
    """F among the involved and the agencies that appeared lately, by the contacts of that time."""
    v = view(case, at)
    recent = v.rules["recent_days"]
    agencies = set()
    for row in v.rows:
        if in_time(v, row, recent):
            agencies.update(row.everyone() if row.contact else [])
            agencies.update(row.who if row.kind in ("observed", "decided", "disagreed") else [])
    nodes = v.involved | (agencies & v.agencies)
    return fragmentation_of(nodes, pairs_in_contact(v, window=recent, nodes=nodes))


def distance_fragmentation(case, at=None, window=None):
    """1 minus the mean of 1/distance over ordered pairs of actors."""
    v = view(case, at)
    n = len(v.actors)
    if n < 2:
        return None
    steps = distances(v.actors, pairs_in_contact(v, window=window))
    return 1 - sum(1 / d for d in steps.values()) / (n * (n - 1))


def reaches(case, at=None, window=None, dates="earliest"):
    """The ordered pairs (i, j) of actors with a time-respecting path of contact rows from i to j."""
    v = view(case, at)
    rows = [row for row in v.rows if row.contact and in_time(v, row, window) and v.day(row.read) <= v.at]
    found = set()
    for one in v.actors:
        moments = spread(v, rows, {one: LONG_AGO}, dates, v.rules["same_day"])
        found.update((one, other) for other, moment in moments.items() if other != one and moment[0] <= v.at)
    return {(a, b) for a, b in found if b in v.actors}


def temporal_fragmentation(case, at=None, window=None, dates="earliest"):
    """1 minus the share of ordered pairs of actors with a time-respecting path between them.

    ``dates="earliest"`` is the headline, the most favourable dates within the windows; "latest" the upper bound.
    """
    v = view(case, at)
    n = len(v.actors)
    return 1 - len(reaches(v, window=window, dates=dates)) / (n * (n - 1)) if n > 1 else None


def by_agency(v, pairs):
    """Pairs of people as pairs of their agencies; what is within one is left out."""
    grouped = {frozenset(v.group(one) for one in pair) for pair in pairs}
    return {pair for pair in grouped if len(pair) == 2}


def agency_fragmentation(case, at=None, window=None):
    """F with agencies as nodes: a person counts as their agency, or as themselves without one."""
    v = view(case, at)
    nodes = {v.group(one) for one in v.actors}
    return fragmentation_of(nodes, by_agency(v, pairs_in_contact(v, window=window)))


def ei_index(case, at=None, window=None):
    """Pairs in contact between agencies minus those within one, over all pairs of actors in contact."""
    v = view(case, at)
    pairs = pairs_in_contact(v, window=window)
    external = sum(len({v.group(one) for one in pair}) == 2 for pair in pairs)
    return (external - (len(pairs) - external)) / len(pairs) if pairs else None


# --------------------------------------------------------------------------------------------------
# a second way, for small cases
# --------------------------------------------------------------------------------------------------


def fragmentation_by_components(case, at=None, window=None):
    """1 - sum of s(s-1) over the sizes of the components, over n(n-1)."""
    v = view(case, at)
    parts = [{one} for one in v.actors]
    for pair in pairs_in_contact(v, window=window):
        touched = [part for part in parts if part & pair]
        parts = [part for part in parts if not part & pair] + [set().union(*touched)]
    n = len(v.actors)
    return 1 - sum(len(part) * (len(part) - 1) for part in parts) / (n * (n - 1)) if n > 1 else None


def reaches_by_all_paths(case, at=None):
    """`reaches` of rows that have a day and no time, by trying every sequence of different rows (small cases)."""
    v = view(case, at)
    rows = [row for row in v.rows if row.contact and row.read.hi <= v.at]
    found = set()
    for size in range(1, len(rows) + 1):
        for path in itertools.permutations(rows, size):
            if any(a.read.hi > b.hi for a, b in itertools.pairwise(path)):
                continue
            if v.rules["same_day"] == "none" and any(a.read.hi == b.hi for a, b in itertools.pairwise(path)):
                continue
            ways = {(one, one) for one in v.actors}
            for row in path:
                moves = [(a, b) for a, b in v.moves(row) if {a, b} <= v.actors]
                ways = {(start, b) for start, here in ways for a, b in moves if a == here}
            found |= ways
    return {(a, b) for a, b in found if a != b}


# --------------------------------------------------------------------------------------------------
# how many
# --------------------------------------------------------------------------------------------------


def counts(case, at=None):
    """people, professionals, agencies, concerns, contacts, meetings: what has appeared by `at`."""
    v = view(case, at)
    people = v.appeared & set(v.people)
    agencies = {v.agency[one] for one in people if v.agency[one]} | (v.appeared & v.agencies)
    return {
        "people": len(people),
        "professionals": len(people & v.professionals),
        "agencies": len(agencies),
        "concerns": len(set().union(*v.held.values())),
        "contacts": sum(row.kind in WORD_KINDS for row in v.rows),
        "meetings": sum(row.kind == "met" for row in v.rows),
    }
