"""A small chart on a sheet: a rectangle with a scale of values, over time or over another scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.patches import Polygon

from .axis import TimeAxis, stretch_text
from .sheet import Box, Point, Sheet
from .style import EDGE, FAINT, INK, SOFT, Dash, Style


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


def days_high(sheet: Sheet) -> float:
    """How much room the days under an axis take."""
    return sheet.small * 2.4 + 5


def draw_days(sheet: Sheet, axis: TimeAxis, bottom: float, *, words: bool = True) -> None:
    """The days along the lower edge of a chart and, where time is not to scale, the breaks."""
    first, second = bottom - sheet.small * 0.6 - 5, bottom - sheet.small * 1.8 - 5
    for x, day, year in axis.ticks(sheet.small, 9.0):
        sheet.line([(x, bottom), (x, bottom - 3)], INK, 0.8, 1.0)
        sheet.write(x, first, day, ha="center")
        if year:
            sheet.write(x, second, year, ha="center", weight="bold")
    for gap in axis.breaks:
        for shift in (-2.0, 2.0):
            sheet.line([(gap.x + shift - 2, bottom - 4), (gap.x + shift + 2, bottom + 4)], INK, 1.1, 1.5)
        text = stretch_text(gap.days)
        if words and sheet.taken.free(sheet.box(gap.x, second, text, ha="center"), 3):
            sheet.write(gap.x, second, text, ha="center", colour=SOFT, fontstyle="italic")


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
            self.sheet.write(self.box.left - 4, y, numeral(value), ha="right", colour=SOFT)
        self.sheet.line([(self.box.left, self.box.bottom), (self.box.right, self.box.bottom)], INK, 0.9, 1.0)

    def steps(
        self,
        xs: Sequence[float],
        values: Sequence[float],
        colour: str,
        width: float = 2.0,
        dash: Dash = "-",
        style: Style = None,
    ) -> None:
        """A line in steps: each value holds until the next; it is broken where there is none."""
        for part in _parts(values):
            points: list[Point] = []
            for place in part:
                if points:
                    points.append((xs[place], points[-1][1]))
                points.append((xs[place], self.y(values[place])))
            following = part[-1] + 1
            if following < len(xs):
                points.append((xs[following], points[-1][1]))
            self.sheet.line(points, colour, width, 3.0, dash, **(style or {}))

    def between(
        self, xs: Sequence[float], lower: Sequence[float], upper: Sequence[float], colour: str, hatch: str
    ) -> None:
        """The area between two lines in steps."""
        edges: list[list[Point]] = []
        for values in (upper, lower):
            edge: list[Point] = []
            for x, value in zip(xs, values, strict=True):
                if edge:
                    edge.append((x, edge[-1][1]))
                edge.append((x, self.y(value)))
            edges.append(edge)
        points = [*edges[0], *reversed(edges[1])]
        style = {"facecolor": colour, "edgecolor": EDGE, "hatch": hatch, "linewidth": 0, "zorder": 1.5}
        self.sheet.ax.add_patch(Polygon(points, closed=True, **style))


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
