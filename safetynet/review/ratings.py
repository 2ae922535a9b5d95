"""Findings about how grave a worry was thought to be at the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..record.snapshot import Snapshot, row_order
from ..wording import in_words
from .firsthand import brief, people_among, worries_among
from .legacy import Finding, Rule, agencies_of, concern, name, names, ordered, when

APART = 2  # levels between two ratings, or a rating and the severity, that are worth pointing out


def _rated(view: Snapshot) -> list[Row]:
    return sorted((row for row in view.rows if row.rating is not None), key=row_order)


def rated_lower(view: Snapshot) -> Iterator[Finding]:
    """Worries that somebody rated much lower at the time than the coder's severity; a finding for each rater."""
    groups: defaultdict[tuple[str, ...], list[tuple[Row, list[str]]]] = defaultdict(list)
    for row in _rated(view):
        low = [one for one in worries_among(view, row.concerns)
               if row.rating is not None and view.records.concerns[one].severity - row.rating >= APART]  # fmt: skip
        if low:
            groups[tuple(sorted(row.who))].append((row, low))
    for who, found in sorted(groups.items()):
        worries = tuple(sorted({one for _, low in found for one in low}))
        rows = [row for row, _ in found]
        ratings = sorted({row.rating for row in rows if row.rating is not None})
        grades = sorted({view.records.concerns[one].severity for one in worries})
        again = "" if len(rows) == 1 else f" and again in {in_words([row.id for row in rows[1:]])}"
        yield Finding(
            "rated_lower",
            f"The record has {names(view, who, 3)} rating {brief(view, worries)} at {_levels(ratings)} of 4 "
            f"{when(rows[0])}{again}; "
            f"the coder's severity is {_levels(grades)}.",
            "a source that gives a higher rating at the time, or a coder who gives the worry a lower severity.",
            rows=ordered(rows), people=people_among(view, who), agencies=agencies_of(view, who),
            concerns=worries, start=rows[0].date.first, end=rows[-1].date.last, severity=view.total(worries),
        )  # fmt: skip


def _levels(levels: list[int]) -> str:
    return " to ".join(str(level) for level in dict.fromkeys((levels[0], levels[-1])))


def rated_differently(view: Snapshot) -> Iterator[Finding]:
    """The same worry rated far apart by two people; worries with the same two rows are one finding."""
    by_worry: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rated(view):
        for worry in worries_among(view, row.concerns):
            by_worry[worry].append(row)
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    rows_of = {row.id: row for row in _rated(view)}
    for worry, rows in sorted(by_worry.items()):
        pairs = [
            (high.rating - low.rating, abs(high.date.last - low.date.last), low.id, high.id)
            for low in rows for high in rows
            if low.rating is not None and high.rating is not None and high.rating - low.rating >= APART
            and not set(low.who) & set(high.who)
        ]  # fmt: skip
        if pairs:
            widest = min(pairs, key=lambda pair: (-pair[0], pair[1], pair[2:]))
            groups[widest[2], widest[3]].append(worry)
    for (first, second), worries in sorted(groups.items()):
        low, high = rows_of[first], rows_of[second]
        about = concern(view, worries[0]) if len(worries) == 1 else brief(view, worries)
        apart = abs(view.when(high.date) - view.when(low.date))
        yield Finding(
            "rated_differently",
            f"{_says(view, high)} and {_says(view, low)} rated {about} differently: {high.rating} of 4 {when(high)}, "
            f"and {low.rating} {when(low)}.",
            "a row in which they came to the same view, or which shows that the matter had changed in between.",
            rows=ordered([low, high]), people=people_among(view, (*low.who, *high.who)),
            agencies=agencies_of(view, (*low.who, *high.who)), concerns=tuple(sorted(worries)),
            start=min(low.date.first, high.date.first), end=max(low.date.last, high.date.last), days=apart,
            severity=view.total(worries),
        )  # fmt: skip


def _says(view: Snapshot, row: Row) -> str:
    return name(view, row.who[0]) if len(row.who) == 1 else names(view, row.who, 2)


RULES = (
    Rule(
        "rated_lower",
        "Rated much lower at the time",
        0.6,
        "A row whose rating is at least 2 below the coder's severity of a worry it names. One finding for each rater.",
        "Severity is coded with hindsight; what was known at the time of the rating may have been less. Only where "
        "ratings are coded.",
        rated_lower,
    ),
    Rule(
        "rated_differently",
        "Rated differently by those who held it",
        0.5,
        "Two rows of different people that name the same worry with ratings at least 2 apart; of several pairs the "
        "one widest apart and then nearest in time. Worries of the same two rows are one finding.",
        "What lay between two ratings in time may explain the difference. Only where ratings are coded.",
        rated_differently,
    ),
)
