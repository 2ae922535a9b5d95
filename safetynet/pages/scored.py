"""The scores, in the order of ``scores``: each with its number, its bounds, its sentence and its key rows."""

from __future__ import annotations

from typing import NamedTuple

from ..dates import date_of
from ..measures.headline import COUNTS, HEADLINES, Headline
from ..record.snapshot import Snapshot
from ..score import Score
from ..study.envelope import direction
from ..study.intervals import intervals
from .extent import Extent
from .names import Names, Said
from .rows import key_rows


class Card(NamedTuple):
    """One score as a page says it; shares are of its range, 0 to 100, None where it has no end."""

    name: str
    label: str
    number: str
    low: str
    high: str
    share: float | None
    share_low: float | None
    share_high: float | None
    scale: str
    sentence: Said
    rows: tuple[str, ...]
    further_rows: int


def scores_of(view: Snapshot, names: Names, extent: Extent) -> list[Card]:
    """Every score of the registry."""
    return [_card(view, names, extent, one) for one in HEADLINES]


WAYS = {"up": "only raise it", "down": "only lower it", "either": "move it either way"}


class Band(NamedTuple):
    """What a score would be if the dates and rows that are not sure had been otherwise."""

    text: str
    defined: str
    direction: str


def bands_of(view: Snapshot, draws: int) -> dict[str, Band]:
    """By its name, the band of every score of so many draws; see :func:`safetynet.intervals`."""
    table = intervals(view.case, date_of(view.day), draws=draws, rules=view.rules).set_index("score")
    return {one.name: _band(view, one, *table.loc[one.name, ["low", "high", "defined"]]) for one in HEADLINES}


def _band(view: Snapshot, one: Headline, low: float, high: float, defined: float) -> Band:
    score = one.score(view.case, date_of(view.day), view.rules)
    ends = [_numeral(score, value) for value in (low, high)]
    text = ends[0] if ends[0] == ends[1] else " to ".join(ends)
    seldom = f"defined in {100 * defined:.0f} % of the draws" if defined < 1 else ""
    return Band(text, seldom, f"further contacts could {WAYS[direction(one.name)]}")


def counts_of(view: Snapshot) -> list[tuple[str, int]]:
    """How many people, contacts and the like have appeared by the day."""
    return [(one.label, int(one.number(view))) for one in COUNTS]


def _card(view: Snapshot, names: Names, extent: Extent, one: Headline) -> Card:
    score = one.score(view.case, date_of(view.day), view.rules)
    rows = key_rows(view, score.rows, extent.links)
    open_ended = score.low != score.high
    return Card(
        name=score.name,
        label=one.label,
        number=_numeral(score, score.value),
        low=_numeral(score, score.low) if open_ended else "",
        high=_numeral(score, score.high) if open_ended else "",
        share=_share(score, score.value),
        share_low=_share(score, score.low),
        share_high=_share(score, score.high),
        scale=score.scale(),
        sentence=names.say(score.explain()),
        rows=rows,
        further_rows=len(score.rows) - len(rows),
    )


def _numeral(score: Score, value: float) -> str:
    if value != value:
        return "not defined"
    return f"{value:.0f}" if score.range[1] == float("inf") else f"{value:.2f}"


def _share(score: Score, value: float) -> float | None:
    low, high = score.range
    return None if high == float("inf") or value != value else 100 * (value - low) / (high - low)
