"""Continuity: did the child see the same people, and was there always a lead professional?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..errors import choose, unknown
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..wording import count

if TYPE_CHECKING:
    import pandas as pd

# the formulas ------------------------------------------------------------------------------------------


def bice_boxerman(numbers: Iterable[int]) -> float:
    """COC = (Σ n_i² - N) / (N (N - 1)) from the number of contacts with each; NaN below two contacts.

    Examples
    --------
    >>> round(bice_boxerman([5, 3, 1]), 4)
    0.3611
    """
    listed = list(numbers)
    total = sum(listed)
    return (sum(n * n for n in listed) - total) / (total * (total - 1)) if total > 1 else math.nan


def usual_provider(numbers: Iterable[int]) -> float:
    """UPC = the largest number of contacts with one / all contacts; NaN without contact.

    Examples
    --------
    >>> round(usual_provider([5, 3, 1]), 4)
    0.5556
    """
    listed = list(numbers)
    return max(listed) / sum(listed) if sum(listed) else math.nan


def sequential(steps: Sequence[Iterable[str]]) -> float:
    """SECON: the share of successive contacts with somebody of the contact before; NaN below two contacts.

    Examples
    --------
    >>> round(sequential([["a"], ["a"], ["b"], ["b", "c"]]), 4)
    0.6667
    """
    sets = [frozenset(step) for step in steps]
    pairs = list(pairwise(sets))
    return sum(bool(before & after) for before, after in pairs) / len(pairs) if pairs else math.nan


# contacts with the child -------------------------------------------------------------------------------


class Seen(NamedTuple):
    """One row in which professionals had contact with the child."""

    row: Row
    people: tuple[str, ...]


def contacts_with_child(view: Snapshot, child: str | None = None, *, observed: bool = True) -> list[Seen]:
    """The rows by the day in which a professional had contact with the child (any child if None).

    A contact row that arrived and names both; besides, if `observed`, what a professional observed themselves,
    unless the row or all of its concerns are about others.
    """
    children = {person.id for person in view.records.people.values() if person.kind == "child"}
    wanted = children if child is None else {child}
    found = []
    for row in view.rows:
        people = tuple(name for name in row.named if name in view.professionals)
        if not people or not (row.is_contact or row.kind == "observed"):
            continue
        together = row.is_contact and row.arrived and view.by(row.reached) and bool(wanted.intersection(row.named))
        if together or (observed and row.kind == "observed" and _is_about(view, row, wanted)):
            found.append(Seen(row, people))
    return found


def _is_about(view: Snapshot, row: Row, children: set[str]) -> bool:
    about = set(row.about) or {name for concern in row.concerns for name in view.records.concerns[concern].about}
    return bool(about & children) or not about


# the lead professional ---------------------------------------------------------------------------------


class Spell(NamedTuple):
    """The days, both included, on which a person is recorded as the lead professional."""

    person: str
    first: int
    last: int


def lead_spells(view: Snapshot) -> list[Spell]:
    """Who was the lead professional when, by the day; from the people table, partial dates as the rules say.

    Without a first day it counts from the first day of the record, without a last day up to the day asked for.
    """
    start = record_start(view)
    found = []
    for person in view.records.people.values():
        if person.lead_from is None and person.lead_to is None:
            continue
        first = start if person.lead_from is None else view.when(person.lead_from)
        last = view.day if person.lead_to is None else min(view.day, view.when(person.lead_to))
        if first is not None and first <= last:
            found.append(Spell(person.id, first, last))
    return sorted(found, key=lambda spell: (spell.first, spell.last, spell.person))


def record_start(view: Snapshot) -> int | None:
    """The day of the first row that counts by the day; None without one."""
    return min((view.when(row.date) for row in view.rows), default=None)


def days_without_lead(view: Snapshot, spells: Iterable[Spell]) -> list[tuple[int, int]]:
    """The stretches of days, first and last included, from the first row to the day, on which nobody was the lead."""
    start = record_start(view)
    if start is None:
        return []
    gaps, free = [], start
    for spell in sorted(spells, key=lambda spell: spell.first):
        if spell.first > free:
            gaps.append((free, spell.first - 1))
        free = max(free, spell.last + 1)
    if free <= view.day:
        gaps.append((free, view.day))
    return gaps


def changes_of_lead(spells: Sequence[Spell]) -> int:
    """How often another person follows as the lead."""
    return sum(before.person != after.person for before, after in pairwise(spells))


# the table ---------------------------------------------------------------------------------------------

NO_ROW = "no contact with the child is on record"
ONE_ROW = "fewer than two contacts with the child are on record"
ONE_DAY = "contacts with the child are on record on fewer than two days"
NO_LEAD = "nobody is recorded as the lead professional"


def continuity(
    case: Case,
    at: Any = None,
    *,
    child: str | None = None,
    by: str = "person",
    observed: bool = True,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Whether the child saw the same people again, and whether there was always a lead professional.

    High indices: few faces, seen often. Low: many, each seldom. It says nothing about how good the work was, and
    a short record makes it jumpy: read the number of contacts first.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    child : str, optional
        Contacts with this child only. Default: with any child of the case.
    by : {"person", "agency"}
        Whether two colleagues of one agency are two or one (a person without an agency counts as their own).
    observed : bool, default True
        Whether what a professional observed themselves counts as a contact with the child. Chronologies seldom
        name the child in a row; with False only those rows count that do.
    rules : Rules, optional

    Returns
    -------
    pandas.DataFrame
        A line per measure, by its name (index ``measure``), with ``value`` (NaN where not defined), ``people``
        (whom it is about), ``meaning`` (a sentence), ``reason`` (why it is not defined, else empty), ``rows``:

        - ``contacts``: number of rows in which a professional had contact with the child;
        - ``professionals``: how many of them (``agencies`` with ``by="agency"``);
        - ``coc``: 0 to 1, the chance that two contacts taken at random were with the same one; from two on;
        - ``upc``: above 0 to 1, the share of the one seen most often; from one contact on;
        - ``secon``: 0 to 1, the share of contacts with somebody of the contact before; from two days on;
        - ``lead_professionals``, ``lead_changes``: how many, and how often another followed;
        - ``days_without_lead``, ``longest_gap_without_lead``: days from the first row to `at` on which nobody was
          the lead, and the longest stretch of them; not defined where the record never names a lead.

        The lines about the lead rest on the people table, not on rows of the chronology: their ``rows`` is empty.

    Raises
    ------
    DateError
        If `at` is no date.
    UnknownNameError
        If there is no such child.
    ArgumentError
        If `by` is something else.

    Notes
    -----
    A contact with the child: a told, asked, declined, met or shared observed row that arrived and names a
    professional and the child; and, unless ``observed=False``, an observed row of a professional about the child.
    A row with two professionals is a contact with each. Contacts of one day without a time are one step of SECON,
    since their order is not known.

    COC = (Σ n_i² - N) / (N (N - 1)) (Bice & Boxerman 1977); UPC = max n_i / N (Breslau & Reeb 1975); SECON
    (Steinwachs 1979).

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.continuity(sn.load_case("reuben"))
    >>> table.loc[["contacts", "coc", "lead_changes", "days_without_lead"], "value"].round(3).to_dict()
    {'contacts': 8.0, 'coc': 0.25, 'lead_changes': 1.0, 'days_without_lead': 5.0}
    >>> table.loc["days_without_lead", "meaning"]
    'On 5 of 4170 days from 2012-12-31 to 2024-05-31 nobody was recorded as the lead professional.'
    """
    import pandas as pd

    choose("by", by, ("person", "agency"))
    view = snapshot(case, at, rules)
    children = [person.id for person in view.records.people.values() if person.kind == "child"]
    if child is not None and child not in children:
        raise unknown("the child", child, children)
    lines = _contact_lines(view, contacts_with_child(view, child, observed=observed), by) + _lead_lines(view)
    columns = ["value", "people", "meaning", "reason", "rows"]
    names = pd.Index([line[0] for line in lines], name="measure", dtype="str")
    return pd.DataFrame([line[1:] for line in lines], columns=columns, index=names).astype({"value": "float64"})


Line = tuple[str, float, tuple[str, ...], str, str, tuple[str, ...]]


def _line(name: str, value: float, people: Iterable[str], meaning: str, reason: str, rows: tuple[str, ...]) -> Line:
    if math.isnan(value):
        return name, value, tuple(people), f"Not defined: {reason}.", reason, rows
    return name, value, tuple(people), meaning, "", rows


def _contact_lines(view: Snapshot, seen: Sequence[Seen], by: str) -> list[Line]:
    numbers: Counter[str] = Counter()
    steps: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for row, people in seen:
        units = {name if by == "person" else view.party(name) for name in people}
        numbers.update(units)
        steps[view.when(row.date), -1 if row.date.time is None else row.date.time] |= units
    rows = in_order(row for row, _ in seen)
    people = tuple(sorted({name for _, names in seen for name in names}))
    total = sum(numbers.values())
    what, many = ("professional", "professionals") if by == "person" else ("agency", "agencies")
    most = max(numbers.values(), default=0)
    usual = sorted(unit for unit, number in numbers.items() if number == most)
    inside = tuple(name for name in people if (name if by == "person" else view.party(name)) in usual)
    named = sum(row.is_contact and any(view.records.people[name].kind == "child" for name in row.named
                if name in view.records.people) for row, _ in seen)  # fmt: skip
    apart = len(seen) - named
    other = "other row" if apart == 1 else "other rows"
    coc, upc = bice_boxerman(numbers.values()), usual_provider(numbers.values())
    secon = sequential([steps[moment] for moment in sorted(steps)])
    date = date_of(view.day)
    return [
        _line("contacts", len(seen), people,
              f"By {date}, {count(named, 'row names', 'rows name')} a professional and the child together" +
              (f"; in {apart} {other} a professional observed something themselves." if apart else "."), "", rows),
        _line(many, len(numbers), people, f"The contacts were with {count(len(numbers), what, many)}.", "", rows),
        _line("coc", coc, people, f"Of two contacts taken at random, the chance that both were with the same "
              f"{what} is {coc:.0%}.", ONE_ROW, rows),
        _line("upc", upc, inside, f"{most} of {count(total, 'contact')} were with the {what} seen most often "
              f"({' and as many with '.join(view.name(unit) for unit in usual)}).", NO_ROW, rows),
        _line("secon", secon, people, f"After a contact, the next was with the same {what} in {secon:.0%} of cases.",
              ONE_DAY, rows),
    ]  # fmt: skip


def _lead_lines(view: Snapshot) -> list[Line]:
    spells = lead_spells(view)
    people = tuple(dict.fromkeys(spell.person for spell in spells))
    gaps = days_without_lead(view, spells)
    start = record_start(view)
    without = sum(last - first + 1 for first, last in gaps) if spells else math.nan
    longest = max(gaps, key=lambda gap: gap[1] - gap[0], default=None)
    length = (0 if longest is None else longest[1] - longest[0] + 1) if spells else math.nan
    changes = changes_of_lead(spells)
    span = "" if start is None else f"{view.day - start + 1} days from {date_of(start)} to {date_of(view.day)}"
    stretch = "" if longest is None else f", {date_of(longest[0])} to {date_of(longest[1])}"
    days = "day" if length == 1 else "days"
    said = count(len(people), "person is", "people are") if people else "Nobody is"
    passed = f"The lead passed to another person {count(changes, 'time')}." if changes else "The lead did not change."
    return [
        _line("lead_professionals", len(people), people, f"{said} recorded as the lead professional.", "", ()),
        _line("lead_changes", changes if spells else math.nan, people, passed, NO_LEAD, ()),
        _line("days_without_lead", without, people,
              f"On {without} of {span} nobody was recorded as the lead professional.", NO_LEAD, ()),
        _line("longest_gap_without_lead", length, people,
              f"The longest stretch without a recorded lead was {length} {days}{stretch}.", NO_LEAD, ()),
    ]  # fmt: skip
