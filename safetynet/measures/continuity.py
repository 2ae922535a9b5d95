"""Continuity: did the child see the same people, and was there always a lead professional?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from .. import spells
from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..errors import choose, unknown, yes_or_no
from ..record.snapshot import Snapshot, in_order, snapshot
from ..rules import Rules
from ..score import NAN
from ..tidy import tidy
from ..wording import count, day, days
from .leading import NO_LEAD, changes_of_lead, lead_spells, record_start, without_lead

if TYPE_CHECKING:
    import pandas as pd

Unit: TypeAlias = Literal["person", "agency"]
NO_ROW = "no contact with the child is on record"
ONE_ROW = "fewer than two contacts with the child are on record"
ONE_DAY = "contacts with the child are on record on fewer than two days"


# the formulas -----------------------------------------------------------------------------------------


def bice_boxerman(numbers: Iterable[int]) -> float:
    """COC = (Σ n_i² - N) / (N (N - 1)) from the number of contacts with each; NaN below two contacts.

    Examples
    --------
    >>> round(bice_boxerman([5, 3, 1]), 4)
    0.3611
    """
    listed = list(numbers)
    total = sum(listed)
    return (sum(n * n for n in listed) - total) / (total * (total - 1)) if total > 1 else NAN


def usual_provider(numbers: Iterable[int]) -> float:
    """UPC = the largest number of contacts with one / all contacts; NaN without contact.

    Examples
    --------
    >>> round(usual_provider([5, 3, 1]), 4)
    0.5556
    """
    listed = list(numbers)
    return max(listed) / sum(listed) if sum(listed) else NAN


def sequential(steps: Sequence[Iterable[str]]) -> float:
    """SECON: the share of successive contacts with somebody of the contact before; NaN below two contacts.

    Examples
    --------
    >>> round(sequential([["a"], ["a"], ["b"], ["b", "c"]]), 4)
    0.6667
    """
    pairs = list(pairwise(frozenset(step) for step in steps))
    return sum(bool(before & after) for before, after in pairs) / len(pairs) if pairs else NAN


# contacts with the child ------------------------------------------------------------------------------


class Seen(NamedTuple):
    """One row in which professionals had contact with the child."""

    row: Row
    people: tuple[str, ...]


def contacts_with_child(view: Snapshot, child: str | None = None, *, observed: bool = True) -> list[Seen]:
    """The rows by the day in which a professional had contact with the child (any child if None).

    A contact row that arrived and names both, or any row of a professional that says that the child was seen; besides,
    if `observed`, what a professional observed themselves, unless the row or all of its concerns are about others.
    Not where the row says that the child was not there, refused or was not looked at.
    """
    wanted = frozenset(view.records.children if child is None else (child,))
    found = []
    for row in view.rows:
        people = tuple(name for name in row.named if name in view.professionals)
        if people and _is_contact(view, row, wanted, observed):
            found.append(Seen(row, people))
    return found


def _is_contact(view: Snapshot, row: Row, wanted: frozenset[str], observed: bool) -> bool:
    if row.seen:
        return row.saw_the_child and (not row.about or bool(wanted.intersection(row.about)))
    if names_together(view, row, wanted):
        return True
    return observed and row.kind == "observed" and _is_about(view, row, wanted)


def names_together(view: Snapshot, row: Row, wanted: Iterable[str]) -> bool:
    """Whether a row is a contact that arrived by the day and names one of the wanted."""
    return row.is_contact and row.arrived and view.by(row.reached) and not set(row.named).isdisjoint(wanted)


def _is_about(view: Snapshot, row: Row, children: frozenset[str]) -> bool:
    about = set(row.about) or {name for concern in row.concerns for name in view.records.concerns[concern].about}
    return bool(about & children) or not about


# the lines --------------------------------------------------------------------------------------------


class Measure(NamedTuple):
    """One measure of continuity, with what it says or why it is not defined."""

    measure: str
    value: float
    people: tuple[str, ...]
    meaning: str
    reason: str
    rows: tuple[str, ...]


def _measure(
    name: str, value: float, people: Iterable[str], meaning: str, reason: str = "", rows: tuple[str, ...] = ()
) -> Measure:
    if math.isnan(value):
        return Measure(name, value, tuple(people), f"Not defined: {reason}.", reason, rows)
    return Measure(name, value, tuple(people), meaning, "", rows)


class Faces(NamedTuple):
    """Whom a child had contact with: how often with each, and with whom on each occasion."""

    numbers: Counter[str]
    steps: list[frozenset[str]]

    @property
    def usual(self) -> list[str]:
        """Those seen most often; several where as many contacts were with each."""
        most = max(self.numbers.values(), default=0)
        return sorted(one for one, number in self.numbers.items() if number == most)


def faces(view: Snapshot, seen: Iterable[Seen], by: Unit) -> Faces:
    """The people (or agencies) of the contacts; those of one day without a time are one step."""
    numbers: Counter[str] = Counter()
    steps: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for row, people in seen:
        units = {_unit(view, one, by) for one in people}
        numbers.update(units)
        steps[view.when(row.date), -1 if row.date.time is None else row.date.time] |= units
    return Faces(numbers, [frozenset(steps[moment]) for moment in sorted(steps)])


def _unit(view: Snapshot, one: str, by: Unit) -> str:
    return one if by == "person" else view.party(one)


def of_contacts(view: Snapshot, seen: Sequence[Seen], by: Unit) -> Iterator[Measure]:
    """How many contacts there were, with how many, and how far with the same."""
    found = faces(view, seen, by)
    numbers = found.numbers.values()
    rows = in_order(row for row, _ in seen)
    people = tuple(sorted({one for _, names in seen for one in names}))
    what, many = ("professional", "professionals") if by == "person" else ("agency", "agencies")
    yield _measure("contacts", len(seen), people, _how_many(view, seen), rows=rows)
    with_whom = f"The contacts were with {count(len(numbers), what, many)}."
    yield _measure(many, len(numbers), people, with_whom, rows=rows)
    coc, secon = bice_boxerman(numbers), sequential(found.steps)
    chance = f"Of two contacts taken at random, the chance that both were with the same {what} is {coc:.0%}."
    yield _measure("coc", coc, people, chance, ONE_ROW, rows)
    usual = tuple(one for one in people if _unit(view, one, by) in found.usual)
    names = " and as many with ".join(map(view.name, found.usual))
    most = f"{max(numbers, default=0)} of {count(sum(numbers), 'contact')}"
    often = f"{most} were with the {what} seen most often ({names})."
    yield _measure("upc", usual_provider(numbers), usual, often, NO_ROW, rows)
    again = f"After a contact, the next was with the same {what} in {secon:.0%} of cases."
    yield _measure("secon", secon, people, again, ONE_DAY, rows)


def _how_many(view: Snapshot, seen: Sequence[Seen]) -> str:
    """How many rows, and in how many of them a professional observed something and the child is not named."""
    named = sum(names_together(view, row, view.records.children) for row, _ in seen)
    said = f"By {day(view.day)}, {count(named, 'row names', 'rows name')} a professional and the child together"
    if apart := len(seen) - named:
        said += f"; in {count(apart, 'other row')} a professional observed something themselves"
    return f"{said}."


def of_leads(view: Snapshot) -> Iterator[Measure]:
    """How many lead professionals there were, and the days on which nobody was."""
    leads = lead_spells(view)
    people = tuple(dict.fromkeys(lead.person for lead in leads))
    said = count(len(people), "person is", "people are") if people else "Nobody is"
    yield _measure("lead_professionals", len(people), people, f"{said} recorded as the lead professional.")
    changes = changes_of_lead(leads)
    passed = f"The lead passed to another person {count(changes, 'time')}." if changes else "The lead did not change."
    yield _measure("lead_changes", changes if leads else NAN, people, passed, NO_LEAD)
    start, gaps = record_start(view), without_lead(view, leads)
    without = spells.total(gaps)
    span = "" if start is None else f"{days(view.day - start + 1)} from {day(start)} to {day(view.day)}"
    free = f"On {without} of {span} nobody was recorded as the lead professional."
    yield _measure("days_without_lead", without if leads else NAN, people, free, NO_LEAD)
    longest = max(gaps, key=lambda gap: gap.days, default=None)
    length = 0 if longest is None else longest.days
    stretch = "" if longest is None else f", {day(longest.first)} to {day(longest.last)}"
    gap = f"The longest stretch without a recorded lead was {days(length)}{stretch}."
    yield _measure("longest_gap_without_lead", length if leads else NAN, people, gap, NO_LEAD)


def continuity(
    case: Case,
    at: DateLike | None = None,
    *,
    child: str | None = None,
    by: Unit = "person",
    observed: bool = True,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Whether the child saw the same people again, and whether there was always a lead professional.

    High indices: few faces, seen often. Low: many, each seldom. It says nothing about how good the work was, and
    a short record makes it jumpy: read the number of contacts first.

    Parameters
    ----------
    case : Case
    child : str, optional
        Contacts with this child only. Default: with any child of the case.
    by : {"person", "agency"}
        Whether two colleagues of one agency are two or one (a person without an agency counts as their own).
    observed : bool, default True
        Whether what a professional observed themselves counts as a contact with the child. Chronologies seldom
        name the child in a row; with False only those rows count that do, or that say that the child was seen.
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

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
    UnknownNameError
        If there is no such child.
    ArgumentError
        If `by` is something else, or `at` is no date.

    See Also
    --------
    contact_with_child : how long ago, and for how long not, a professional saw the child.

    Notes
    -----
    A contact with the child: a contact row that arrived and names a professional and the child; a row of a
    professional that says that the child was seen; and, unless ``observed=False``, an observed row of a professional
    about the child. None of them where ``seen`` says not_seen, refused or not_there. A row with two professionals is a
    contact with each. Contacts of one day without a time are one step of SECON, since their order is not known.

    COC = (Σ n_i² - N) / (N (N - 1)) (Bice & Boxerman 1977); UPC = max n_i / N (Breslau & Reeb 1975); SECON
    (Steinwachs 1979).

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.continuity(sn.load_case("reuben"))
    >>> table.loc[["contacts", "coc", "lead_changes", "days_without_lead"], "value"].round(3).to_dict()
    {'contacts': 7.0, 'coc': 0.19, 'lead_changes': 1.0, 'days_without_lead': 5.0}
    >>> table.loc["days_without_lead", "meaning"]
    'On 5 of 4170 days from 2012-12-31 to 2024-05-31 nobody was recorded as the lead professional.'
    """
    yes_or_no(observed=observed)
    choose("by", by, ("person", "agency"))
    view = snapshot(case, at, rules)
    if child is not None and child not in view.records.children:
        raise unknown("the child", child, view.records.children)
    seen = contacts_with_child(view, child, observed=observed)
    lines = [*of_contacts(view, seen, by), *of_leads(view)]
    return tidy(lines, Measure._fields[1:], index="measure")
