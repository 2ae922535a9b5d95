"""Patterns: how much of one sort of harm was known together, and by one person, at one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..record.involvement import involvement
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tidy import tidy
from .links import joined

if TYPE_CHECKING:
    import pandas as pd

THREE = 3  # from so many on it is a pattern
Key = tuple[str, str]  # child, category


class Pattern(NamedTuple):
    """The known worries of one category about one child, those that are one matter counted once."""

    child: str
    category: str
    known: int
    one_person: int
    one_table: int
    reassurances: int
    explanations: int
    three_known: int | None
    three_one: int | None
    concerns: tuple[str, ...]
    rows: tuple[str, ...]


def lines(view: Snapshot) -> list[Pattern]:
    """Every child and category in which a worry is known, resolved since or not."""
    groups: defaultdict[Key, set[str]] = defaultdict(set)
    for worry in view.ever_known:
        for key in _keys(view, worry):
            groups[key].add(worry)
    matter, explanation = joined(view, "same_matter", "became"), joined(view, "same_matter")
    tables, last = _one_table(view, matter), _last_involved(view)
    found = []
    for (child, category), worries in sorted(groups.items()):
        by_person = {one: _firsts(days, matter) for one, days in _days(view, worries).items()}
        together = _firsts(((view.first_known[worry], worry) for worry in worries), matter)
        calm = _reassurances(view, worries)
        found.append(
            Pattern(
                child=child,
                category=category,
                known=len(together),
                one_person=max(sum(day <= last[one] for day in days) for one, days in by_person.items()),
                one_table=tables.get((child, category), 0),
                reassurances=len(calm),
                explanations=len({explanation[one] for one in calm}),
                three_known=_third(together),
                three_one=min((day for days in by_person.values() if (day := _third(days)) is not None), default=None),
                concerns=tuple(sorted(worries)),
                rows=view.evidence(worries, view.professionals),
            )
        )
    return found


def _keys(view: Snapshot, worry: str) -> list[Key]:
    """The lines for which a worry counts: about no child is about every child, and sexual is with physical."""
    concern, children = view.records.concerns[worry], view.records.children
    category = "physical" if concern.category == "sexual" else concern.category
    return [(child, category) for child in [one for one in concern.about if one in children] or children]


def _days(view: Snapshot, worries: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """The days from which each professional has some worries on record."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for worry in worries:
        for one in view.holders[worry] & view.professionals:
            found[one].append((view.since[one, worry], worry))
    return found


def _firsts(days: Iterable[tuple[int, str]], matter: Mapping[str, str]) -> list[int]:
    """The first day of each matter, in order."""
    found: dict[str, int] = {}
    for day, worry in days:
        found[matter[worry]] = min(day, found.get(matter[worry], day))
    return sorted(found.values())


def _third(days: list[int]) -> int | None:
    return days[THREE - 1] if len(days) >= THREE else None


def _last_involved(view: Snapshot) -> Mapping[str, int]:
    """The last day on which each professional was involved: what they have only grows."""
    found: defaultdict[str, int] = defaultdict(int)
    found.update({one: spells[-1].last for one, spells in involvement(view).items() if spells})
    return found


def _one_table(view: Snapshot, matter: Mapping[str, str]) -> dict[Key, int]:
    """The most matters of each line in one contact row."""
    worries, most = frozenset(view.ever_known), defaultdict[Key, int](int)
    for row in view.contacts:
        there: defaultdict[Key, set[str]] = defaultdict(set)
        for worry in worries.intersection(row.concerns):
            for key in _keys(view, worry):
                there[key].add(matter[worry])
        for key, matters in there.items():
            most[key] = max(most[key], len(matters))
    return most


def _reassurances(view: Snapshot, worries: Iterable[str]) -> list[str]:
    """The reassurances on a professional's record that answer some of the worries."""
    answered = set(worries)
    concerns = (view.records.concerns[one] for one in view.first_known)
    return [one.id for one in concerns if one.category == "reassurance" and answered.intersection(one.answers)]


def patterns(case: Case, at: DateLike | None = None, *, rules: Rules | None = None) -> pd.DataFrame:
    """Cumulative harm: how many worries of one sort were known, and how many any one person, or table, had together.

    Three bruises in three places are three single events; with one person they are a pattern. Where ``known`` is
    high and ``one_person`` and ``one_table`` are 1, nobody is on record as having had the pattern before them.

    Parameters
    ----------
    case : Case
    at, rules : optional
        The date asked for and the modelling choices: :doc:`/arguments`.

    Returns
    -------
    pandas.DataFrame
        A line per child and category in which a worry is known by `at`, resolved since or not: ``child``,
        ``category`` (physical with sexual, called physical), ``known`` (how many professionals had on record
        together), ``one_person`` (the most that any one professional, while involved, had), ``one_table`` (the most
        in one contact row), ``reassurances`` (on a professional's record, that answered some of them),
        ``explanations`` (how many different ones these are), ``three_known`` and ``three_one`` (the first day on
        which three were known by professionals together, and by one; NaT = by `at` there was none), ``concerns`` and
        ``rows``.

    See Also
    --------
    links : what belongs together.
    escalation : whether it grew graver.

    Notes
    -----
    Worries that ``links`` join as same_matter or became, through any concern, count once; reassurances that they
    join as same_matter are one explanation. A worry that is about no child counts for every child.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.patterns(sn.load_case("victoria_climbie"))
    >>> table.loc[table["category"] == "emotional", ["child", "known", "one_person", "one_table", "three_known"]]
      child  known  one_person  one_table three_known
    0    vc      4           1          1  1999-07-31
    """
    return tidy(lines(snapshot(case, at, rules)), Pattern._fields)
