"""Circular assumptions: agencies that counted on each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..record.naming import names
from ..record.parties import party
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import Score
from ..tidy import tidy
from ..wording import count, day


class Circle(NamedTuple):
    """A group of agencies that count on each other, perhaps through others."""

    agencies: tuple[str, ...]
    people: tuple[str, ...]
    concerns: tuple[str, ...]
    rows: tuple[str, ...]


def counts_on(view: Snapshot) -> Mapping[tuple[str, str], list[Row]]:
    """Which agency counts on which, by the assumed rows of the day.

    A person counts as their agency, a professional without one as their own; family without one is left out.
    """
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in view.of_kind("assumed"):
        for pair in {(party(view, holder), party(view, assumed)) for holder, assumed in product(row.who, row.to)}:
            if all(pair) and pair[0] != pair[1]:
                found[pair].append(row)
    return found


def circular_groups(view: Snapshot) -> list[tuple[str, ...]]:
    """The groups of two or more agencies that count on each other in a circle, by the assumed rows; sorted."""
    return circles_of(counts_on(view))


def circles_of(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The groups of two or more of which each counts on the others, perhaps through others; sorted."""
    onward: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        onward[one].add(other)
    reached = {one: _reached(one, onward) for one in onward}
    groups = {frozenset(other for other in found if one in reached.get(other, ())) for one, found in reached.items()}
    return sorted(tuple(sorted(group)) for group in groups if group)


def _reached(start: str, onward: Mapping[str, Iterable[str]]) -> set[str]:
    """Whom one counts on, perhaps through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(onward.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def lines(view: Snapshot) -> list[Circle]:
    """The circles by the day, sorted by their agencies."""
    pairs = counts_on(view)
    found = []
    for group in circular_groups(view):
        rows = {row.id: row for pair in product(group, group) for row in pairs.get(pair, ())}.values()
        named = {one for row in rows for one in (*row.who, *row.to) if one in view.records.people}
        found.append(
            Circle(
                agencies=group,
                people=tuple(sorted(one for one in named if party(view, one) in group)),
                concerns=tuple(sorted({concern for row in rows for concern in row.concerns})),
                rows=in_order(rows),
            )
        )
    return found


def circular_assumptions(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> Score:
    """Groups of agencies that counted on each other in a circle: A on B, and B, perhaps through others, on A.

    Every agency in such a group could have thought that the worry was in another's hands. The circle is one of
    agencies, not of a single worry: what A left to B need not be what B left to A; the table has the worries.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`. ``who_counts`` says who is a professional, whose agency may be in a circle.

    Returns
    -------
    Score
        A count, 0 where there is none; higher is worse. ``.table``: a line per group with ``agencies`` (a
        professional without one stands for themselves), ``people`` (who assumed or was counted on),
        ``concerns`` (what their assumptions were about) and ``rows``.

    See Also
    --------
    beliefs : two parties that each thought, or assumed, that the other had one worry.

    Notes
    -----
    Strongly connected components of two or more agencies in the graph "counts on", over all ``assumed`` rows by
    `at`, also those that were taken back later.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.circular_assumptions(sn.load_case("victoria_climbie"))
    <Score circular_assumptions = 0 (a count; higher is worse)>
    """
    view = snapshot(case, at, rules)
    found = lines(view)
    said = f"By {day(view.day)} the record has {count(len(view.of_kind('assumed')), 'assumption')} that somebody else "
    said += "would act."
    if found:
        widest = max(found, key=lambda line: len(line.agencies))
        said += (
            f" They hold {count(len(found), 'circle')} of agencies that counted on each other; the widest joins "
            f"{names(view, widest.agencies, 99, as_given=True)}."
        )
    else:
        said += " No two agencies counted on each other in a circle."
    return Score(
        "circular_assumptions",
        len(found),
        table=lambda: tidy(found, Circle._fields),
        explain=said,
        rows=view.in_order(row for line in found for row in line.rows),
        case=case,
        range=(0.0, math.inf),
    )
