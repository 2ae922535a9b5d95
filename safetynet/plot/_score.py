"""The picture of one score: where it stands on its range, its bounds, and its sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from ..score import Score
from .kit.alt import describe
from .kit.frame import numeral, round_steps
from .kit.sheet import Sheet, new_axes, title
from .kit.style import INK, MARK, PAPER, PASSED, SMALLEST, SOFT, settings, with_style
from .kit.words import clean, measure, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def score(score: Score, ax: Axes | None = None, *, bar_kws: Mapping[str, Any] | None = None) -> Axes:
    """One score as a bar on its range, with its bounds and the sentence that says it in plain words.

    Parameters
    ----------
    score : Score
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes, which ``plt.show()`` shows.
    bar_kws : mapping, optional
        Style of the bar (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Notes
    -----
    A score has the date for which it was asked, so there is no ``at=`` here. One that is not defined is drawn as
    an empty range with the reason.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.score(sn.best_picture(sn.load_case("worked_example")), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:56]
    'best picture 0.778 on a range from 0 to 1, higher is bet'
    """
    with settings():
        if ax is None:
            ax = new_axes((9.0, 3.4))
        sheet = Sheet(ax)
        name = clean(score.name.replace("_", " "))
        title(ax, name)
        low, high = score.range
        endless = not math.isfinite(high)
        if endless:
            high = max([1.0, *(value for value in (score.value, score.high) if math.isfinite(value))])
        size = 11.0
        lines = wrap(score.explain(), sheet.width - 4, size, 6)
        text_high = len(lines) * size * 1.2
        number = score.numeral()
        big = 30.0
        high_bar = min(26.0, max(10.0, sheet.height * 0.12))
        middle = sheet.height / 2 + 14
        base = max(middle, text_high + high_bar + 34)
        left, right = 4.0, sheet.width - 10

        def x(value: float) -> float:
            return left + (value - low) / (high - low) * (right - left)

        sheet.ax.add_patch(
            Rectangle((left, base), right - left, high_bar, facecolor=PAPER, edgecolor=INK, linewidth=1.2, zorder=1)
        )
        if score.defined:
            zero = max(low, 0.0)
            style = with_style({"facecolor": PASSED, "edgecolor": INK, "linewidth": 1.0}, bar_kws)
            start, end = sorted((x(zero), x(score.value)))
            sheet.ax.add_patch(Rectangle((start, base), max(end - start, 1.5), high_bar, zorder=2, **style))
            if score.low != score.high:
                y = base + high_bar / 2
                sheet.line([(x(score.low), y), (x(min(score.high, high)), y)], MARK, 3.0, 3.0)
                for bound in (score.low, min(score.high, high)):
                    sheet.line([(x(bound), y - 6), (x(bound), y + 6)], MARK, 2.0, 3.0)
        for value in round_steps(low, high):
            sheet.line([(x(value), base), (x(value), base - 4)], INK, 0.8)
            half = measure(numeral(value), SMALLEST)[0] / 2
            sheet.write(min(max(x(value), half), sheet.width - half), base - 11, numeral(value), SMALLEST, ha="center")
        head = number if measure(number, big, "bold")[0] < sheet.width * 0.7 else numeral(score.value)
        sheet.write(
            left,
            base + high_bar + 22,
            head,
            big if score.defined else 18.0,
            weight="bold",
            colour=INK if score.defined else SOFT,
        )
        sheet.write(right, base + high_bar + 12, score.direction or "a count", 10.0, ha="right", colour=SOFT)
        sheet.write(left, 2, lines, size, va="bottom")
        span = "a count" if endless else f"on a range from {low:g} to {high:g}"
        direction = f", {score.direction}" if score.direction else ""
        describe(ax, "score", f"{name} {number} {span}{direction}. {clean(score.explain())}")
    return ax
