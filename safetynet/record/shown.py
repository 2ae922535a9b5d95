"""From which day on the record shows that something was known: the state of every day at once.

:meth:`Knowledge.state` answers for one day. Here is, for each (holder, concern), the first day on which it says
"certain", and the first on which it says at least "possible"; from then on it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..case import Case
from ..dates import NEVER, Window
from ..rules import Rules
from .confirmation import confirmations
from .entries import Holding
from .worlds import Dates, Knowledge, World, _knowledge


class Shown(NamedTuple):
    """The first day on which something is certain, and the first on which it is at least possible."""

    certain: int
    possible: int


def shown_days(case: Case, world: World, rules: Rules, last: int) -> dict[Holding, Shown]:
    """For each (holder, concern) that can be known by a `last` day in a world: from when; ``NEVER``: not by then."""
    certain, possible = (_days(case, world, rules, dates, last) for dates in ("latest", "earliest"))
    return {
        holding: Shown(certain.get(holding, NEVER), possible.get(holding, NEVER))
        for holding in sorted(certain.keys() | possible.keys())
    }


def _days(case: Case, world: World, rules: Rules, dates: Dates, last: int) -> dict[Holding, int]:
    found: dict[Holding, int] = {}
    for start, end, known in _stretches(case, world, rules, last):
        for holding, day in known._days(dates).items():
            shown = max(day, start)
            if shown <= end and holding not in found:
                found[holding] = shown
    return found


def _stretches(case: Case, world: World, rules: Rules, last: int) -> Iterator[tuple[int, int, Knowledge]]:
    """The stretches of days within which the same is known of the same: paper may be confirmed only later."""
    if rules.unconfirmed == "counts":
        yield 0, last, _knowledge(case, world, rules, None)
        return

    def when(window: Window) -> int:
        return window.last if rules.dates == "latest" else window.first

    rows = case._records.rows
    papers = confirmations(case._records, rows, when).values()
    turns = sorted({day for paper in papers for day in paper.values() if day is not None and day <= last})
    for start, after in zip([0, *turns], [*turns, last + 1], strict=True):
        yield start, after - 1, _knowledge(case, world, rules, start)
