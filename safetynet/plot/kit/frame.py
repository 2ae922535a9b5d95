"""A small chart on a sheet: a rectangle with a scale of values, over time or over another scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from .axis import TimeAxis, stretch_text
from .sheet import Box, Sheet
from .style import FAINT, INK, SMALLEST, SOFT


def round_steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from about `low` to about `high`, at most `most` + 1 of them."""
    if not high > low:
        return [low]
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= raw - 1e-12)
    first = math.ceil(low / step - 1e-9)
    return [round(number * step, 10) for number in range(first, math.floor(high / step + 1e-9) + 1)]


def numeral(value: float) -> str:
    """A number as short as it can be read."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 10 else f"{value:.0f}"


class Frame:
    """A rectangle of a sheet with a scale of values upwards."""

    def __init__(self, sheet: Sheet, box: Box, low: float, high: float) -> None:
        self.sheet, self.box = sheet, box
        self.low, self.high = low, high if high > low else low + 1

    def y(self, value: float) -> float:
        """How high a value is."""
        return self.box.bottom + (value - self.low) / (self.high - self.low) * (self.box.top - self.box.bottom)

    def scale(self, most: int = 4) -> None:
        """Draw the scale: pale lines, and their numbers at the left."""
        for value in round_steps(self.low, self.high, most):
            y = self.y(value)
            self.sheet.line([(self.box.left, y), (self.box.right, y)], FAINT, 0.8, 0.6)
            self.sheet.write(self.box.left - 4, y, numeral(value), SMALLEST, ha="right", colour=SOFT)
        self.sheet.line([(self.box.left, self.box.bottom), (self.box.right, self.box.bottom)], INK, 0.9, 1.0)

    def time(self, axis: TimeAxis, *, words: bool = True) -> None:
        """Draw the days along the lower edge, and the breaks."""
        bottom = self.box.bottom
        for x, day, year in axis.ticks(SMALLEST, 9.0):
            self.sheet.line([(x, bottom), (x, bottom - 3)], INK, 0.8, 1.0)
            self.sheet.write(x, bottom - 10, day, SMALLEST, ha="center")
            if year:
                self.sheet.write(x, bottom - 21, year, SMALLEST, ha="center", weight="bold")
        for gap in axis.breaks:
            for shift in (-2.0, 2.0):
                self.sheet.line([(gap.x + shift - 2, bottom - 4), (gap.x + shift + 2, bottom + 4)], INK, 1.0, 1.4)
            text = stretch_text(gap.days)
            if words and self.sheet.taken.free(self.sheet.box(gap.x, bottom - 21, [text], SMALLEST, "center"), 3):
                self.sheet.write(
                    gap.x, bottom - 21, text, SMALLEST, ha="center", colour=SOFT, style={"fontstyle": "italic"}
                )

    def steps(self, xs: Sequence[float], values: Sequence[float], colour: str, width: float = 2.0, dash: Any = "-",
              marker: str = "", z: float = 3.0, **style: Any) -> list[Line2D]:  # fmt: skip
        """A line in steps: each value holds until the next; it is broken where there is none."""
        drawn = []
        for part in _parts(values):
            points: list[tuple[float, float]] = []
            for place in part:
                if points:
                    points.append((xs[place], points[-1][1]))
                points.append((xs[place], self.y(values[place])))
            following = part[-1] + 1
            if following < len(xs):
                points.append((xs[following], points[-1][1]))
            drawn.append(self.sheet.line(points, colour, width, z, dash, **style))
            if marker:
                for place in part:
                    self.sheet.mark(xs[place], self.y(values[place]), marker, 4.5, colour, z=z + 0.2, width=0.6)
        return drawn

    def between(
        self, xs: Sequence[float], lower: Sequence[float], upper: Sequence[float], colour: str, hatch: str
    ) -> None:
        """The area between two lines in steps."""
        top: list[tuple[float, float]] = []
        low: list[tuple[float, float]] = []
        for place, x in enumerate(xs):
            if place:
                top.append((x, top[-1][1]))
                low.append((x, low[-1][1]))
            top.append((x, self.y(upper[place])))
            low.append((x, self.y(lower[place])))
        self.sheet.ax.add_patch(
            Polygon(
                [*top, *reversed(low)],
                closed=True,
                facecolor=colour,
                edgecolor="#9a9a9a",
                hatch=hatch,
                linewidth=0,
                zorder=1.5,
            )
        )


def _parts(values: Sequence[float]) -> list[list[int]]:
    """The stretches of places whose values are numbers."""
    parts: list[list[int]] = []
    for place, value in enumerate(values):
        if value != value:
            continue
        if parts and parts[-1][-1] == place - 1:
            parts[-1].append(place)
        else:
            parts.append([place])
    return parts
