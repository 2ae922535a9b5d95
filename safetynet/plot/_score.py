"""The picture of one score: where it stands on its range, its bounds, and its sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..io.marks import input_of
from ..score import Score
from .kit.drawing import Page, paper
from .kit.frame import numeral, round_steps
from .kit.style import INK, MARK, PAPER, PASSED, SOFT, Style
from .kit.words import clean, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BIG = 30.0  # the letters of the number
SENTENCE = 12.0  # those of its sentence


def score(score: Score, ax: Axes | None = None, *, title: str | None = None, bar_kws: Style = None) -> Axes:
    """One score as a bar on its range, with its bounds and the sentence that says it in plain words.

    A score has the date for which it was asked, so there is no ``at=`` here. One that is not defined is drawn as
    an empty range with the reason.

    Parameters
    ----------
    score : Score
    ax, title
        As for every picture; see :doc:`/gallery`.
    bar_kws : mapping, optional
        Style of the bar (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the bar.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.score(sn.best_picture(sn.load_case("worked_example")), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:35]
    'best picture 0.778 on a range from '
    """
    name = clean(score.name.replace("_", " "))
    with paper("score", name, ax=ax, title=title, size=(9.0, 3.4), bar_kws=bar_kws) as page:
        low, high = score.range
        span = f"on a range from {low:g} to {high:g}" if math.isfinite(high) else "a count"
        direction = f", {score.direction}" if score.direction else ""
        words = f"{name} {score.numeral()} {span}{direction}. {clean(score.explain())}"
        page.describe([words], input_of(score._case) if score._case is not None else "")
        _Bar(page, score, bar_kws).draw()
    return page.ax


class _Bar:
    """One drawing: the number, the bar on its range, the sentence."""

    def __init__(self, page: Page, score: Score, bar_kws: Style) -> None:
        self.page, self.score, self.bar_kws = page, score, bar_kws
        self.low, self.high = score.range
        if not math.isfinite(self.high):
            self.high = max([1.0, *(value for value in (score.value, score.high) if math.isfinite(value))])
        self.left, self.right = 4.0, page.width - 10
        self.words = wrap(score.explain(), page.width - 4, SENTENCE, 6)
        self.thick = min(26.0, max(10.0, page.height * 0.12))
        page.has_caption = False
        self.foot = page.foot + 2
        self.base = max(page.height / 2 + 14, self.foot + len(self.words) * SENTENCE * 1.2 + self.thick + 20)

    def x(self, value: float) -> float:
        """Where a value is on the range."""
        share = (min(value, self.high) - self.low) / (self.high - self.low) if self.high > self.low else 1.0
        return self.left + share * (self.right - self.left)

    def draw(self) -> None:
        page, score, over = self.page, self.score, self.base + self.thick
        page.rectangle(self.left, self.base, self.right - self.left, self.thick, PAPER, INK, 1.2, z=1)
        if score.defined:
            start, end = sorted((self.x(max(self.low, 0.0)), self.x(score.value)))
            page.rectangle(start, self.base, max(end - start, 1.5), self.thick, PASSED, INK, 1.0, style=self.bar_kws)
            self._draw_bounds()
        for value in round_steps(self.low, self.high):
            x, half = self.x(value), page.wide(numeral(value)) / 2
            page.line([(x, self.base), (x, self.base - 4)], INK, 0.8)
            page.write(min(max(x, half), page.width - half), self.base - 11, numeral(value), ha="center")
        head = score.numeral()
        if page.wide(head, BIG, "bold") > page.width * 0.7:
            head = numeral(score.value)
        size, colour = (BIG, INK) if score.defined else (18.0, SOFT)
        page.write(self.left, over + 22, head, size, weight="bold", colour=colour)
        page.write(self.right, over + 12, score.direction or "a count", ha="right", colour=SOFT)
        page.write(self.left, self.foot, self.words, SENTENCE, va="bottom")

    def _draw_bounds(self) -> None:
        score, y = self.score, self.base + self.thick / 2
        if score.low != score.high:
            self.page.line([(self.x(score.low), y), (self.x(score.high), y)], MARK, 3.0, 3.0)
            for x in (self.x(score.low), self.x(score.high)):
                self.page.line([(x, y - 6), (x, y + 6)], MARK, 2.0, 3.0)
