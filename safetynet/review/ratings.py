"""Findings about how grave a worry was thought to be at the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.records import Row
from ..dates import Window
from ..record.naming import some, who
from ..record.parties import is_actor
from ..record.snapshot import Snapshot
from ..wording import on
from .base import Finding, rule
from .parts import between, held_by, worries_among
from .requests import apart
from .several import like_first


def _rated(view: Snapshot) -> list[Row]:
    return [row for row in view.rows if row.rating is not None and any(is_actor(view, one) for one in row.who)]


def _gap(low: Row, high: Row) -> int:
    """By how many levels one rating is above another."""
    return (high.rating or 0) - (low.rating or 0)


@rule(
    title="Rated lower at the time",
    theme="reasoning",
    matters=0.6,
    rule="A row of a professional or agency whose rating is `rating_gap` or more below the coder's severity of a "
    "worry it names. One finding for each rater.",
    limits="Severity is coded with hindsight; what was known at the time of the rating may have been less. Only where "
    "ratings are coded.",
    question="What did it look like from where they stood, and against what was it measured?",
    refute="a source that gives a higher rating at the time, or a coder who gives the worry a lower severity.",
)
def rated_lower(view: Snapshot) -> Iterator[Finding]:
    """Worries that somebody rated much lower at the time than the coder's severity; a finding for each rater."""
    groups: defaultdict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    highest: dict[tuple[tuple[str, ...], str, Window], Row] = {}
    for row in _rated(view):
        for worry in worries_among(view, row.concerns):
            key = (tuple(sorted(row.who)), worry, row.date)
            highest[key] = max(highest.get(key, row), row, key=lambda one: one.rating or 0)
    for (raters, worry, _), row in highest.items():
        if view.records.concerns[worry].severity - (row.rating or 0) >= view.rules.rating_gap:
            groups[raters].setdefault(worry, row)
    for raters, found in sorted(groups.items()):
        worries = worries_among(view, found)
        row = found[worries[0]]
        said = like_first(worries, {c: (found[c], view.records.concerns[c].severity) for c in worries})
        yield Finding.of(
            view,
            f"{who(view, raters, 2)} rated {some(view, said)} {row.rating} of 4 {on(row.date)}; the coder's "
            f"severity is {view.records.concerns[worries[0]].severity}",
            key=[row],
            held=held_by(view, worries),
            rows=found.values(),
            who=raters,
            start=view.when(row.date),
        )


@rule(
    title="Rated differently by those who had it",
    theme="reasoning",
    matters=0.5,
    rule="The latest ratings that two professionals or agencies gave the same worry, `rating_gap` or "
    "more apart; of several pairs the one widest apart and then nearest in time. Worries of the same two rows are "
    "one finding. Where no row joins the two, it is two opposite views.",
    limits="What lay between two ratings in time may explain the difference. Only where ratings are coded.",
    question="Was the difference seen at the time, and what would have followed from talking about it?",
    refute="a row in which they came to the same view, or which shows that the matter had changed in between.",
)
def rated_differently(view: Snapshot) -> Iterator[Finding]:
    """The same worry rated far apart by two professionals who were in touch."""
    latest: defaultdict[str, dict[tuple[str, ...], Row]] = defaultdict(dict)
    for row in _rated(view):
        for worry in worries_among(view, row.concerns):
            latest[worry][tuple(sorted(row.who))] = row
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for worry, by_rater in sorted(latest.items()):
        rows = list(by_rater.values())
        pairs = [(low, high) for low in rows for high in rows if _gap(low, high) >= view.rules.rating_gap]
        in_touch = [(a, b) for a, b in pairs if not set(a.who) & set(b.who) and not apart(view, b, a)]
        ranked = [(-_gap(a, b), abs(b.date.last - a.date.last), a.id, b.id) for a, b in in_touch]
        if ranked:
            groups[min(ranked)[2:]].append(worry)
    for (first, second), worries in sorted(groups.items()):
        low, high = view.by_id[first], view.by_id[second]
        yield Finding.of(
            view,
            f"{who(view, high.who, 2)} rated {some(view, worries)} {high.rating} of 4, {who(view, low.who, 2)} "
            f"{low.rating}",
            key=[low, high],
            held=held_by(view, worries),
            who=[*low.who, *high.who],
            start=min(low.date.last, high.date.last),
            end=min(low.date.last, high.date.last) + max(between(low.date, high.date), between(high.date, low.date)),
        )
