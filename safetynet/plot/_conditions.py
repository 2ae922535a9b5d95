"""The lane of the conditions: what the work was done in, as pale spans with a label."""

from __future__ import annotations

from typing import NamedTuple

from ..wording import count
from .kit.axis import TimeAxis
from .kit.drawing import CasePage
from .kit.style import EDGE
from .kit.words import clean, wrap_apart

SPAN = "#ece5d3"
MOST = 3  # lines of spans


class Span(NamedTuple):
    """A condition: from when to when it was in force, where the record says so, and what it was."""

    id: str
    first: int | None
    last: int | None
    words: str


def spans(page: CasePage) -> list[Span]:
    """The conditions that began by the day of a picture, or whose beginning the record does not say."""
    found = []
    for one in page.view.records.conditions:
        if one.start is not None and one.start.first > page.view.day:
            continue
        where = f"{page.name(one.agency)}: " if one.agency else ""
        first = None if one.start is None else one.start.first
        last = None if one.end is None or one.end.last > page.view.day else one.end.last
        found.append(Span(one.id, first, last, clean(where + (one.summary or one.kind))))
    return sorted(found, key=lambda one: (one.first or 0, one.last or page.view.day, one.id))


class Conditions:
    """The lane of one picture; it has no height where the case has no conditions."""

    def __init__(self, page: CasePage, most: int = MOST) -> None:
        self.page, self.spans = page, spans(page)
        self.lines = min(len(self.spans), most)
        self.drawn = 0

    @property
    def high(self) -> float:
        """The height of the lane."""
        return self.lines * self._pitch + 4 if self.lines else 0.0

    @property
    def _pitch(self) -> float:
        return self.page.line_high + 3

    def draw(self, axis: TimeAxis, left: float, right: float, top: float) -> None:
        """Draw the spans under `top`, each with its words; those that find no free place are counted."""
        page, taken = self.page, [list[tuple[float, float]]() for _ in range(self.lines)]
        starts = {
            one.id: left if one.first is None else min(max(axis.x(one.first), left), right - 4) for one in self.spans
        }
        least = (right - left) * 0.45  # a text that would have less room begins before its span
        rooms = {one: max(right - x0, least) - 8 for one, x0 in starts.items()}
        words = wrap_apart({one.id: one.words for one in self.spans}, rooms, page.small, 1)
        self.drawn = 0
        for one in self.spans:
            x0, said, wide = starts[one.id], words[one.id][0], page.wide(words[one.id][0])
            x1 = right if one.last is None else min(max(axis.x(one.last), x0 + 4), right)
            text = max(left + 4, min(x0 + 4, right - wide - 4))
            low, high = min(x0, text - 4), max(x1, text + wide + 4)
            free = (all(high <= a or low >= b for a, b in line) for line in taken)
            line = next((number for number, is_free in enumerate(free) if is_free), None)
            if line is None:
                continue
            self.drawn += 1
            taken[line].append((low, high))
            y = top - 2 - (line + 0.5) * self._pitch
            page.rectangle(x0, y - self._pitch / 2 + 1.5, x1 - x0, self._pitch - 3, SPAN, EDGE, 0.7, z=1.3)
            page.write(text, y, said, z=5.0)

    def said(self) -> list[str]:
        """What the line at the foot says of them."""
        left = len(self.spans) - self.drawn
        return [f"{count(left, 'condition')} of the work not shown for want of room."] if left else []
