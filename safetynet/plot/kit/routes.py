"""Curved lines that go round what is in their way, with arrow heads measured in points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from .style import DASHED, MARK, PAPER, QUIET, Dash, Style, with_style

if TYPE_CHECKING:
    from matplotlib.patches import Patch

    from .sheet import Box, Boxes, Point, Points, Sheet

STEPS = 41
ROWS = "_rows:"


def curve(*points: Point) -> Points:
    """Points along the Bézier curve of a start, its control points, and an end."""
    (made,) = curves(*(np.array([point], dtype=float) for point in points))
    return made


def curves(*points: Points) -> list[Points]:
    """The same of several curves at once: each of the `points` has a line for every curve."""
    t = np.linspace(0, 1, STEPS)[:, None]
    at = [some[:, None, :] for some in points]
    while len(at) > 1:
        at = [(1 - t) * one + t * other for one, other in pairwise(at)]
    return list(at[0])


def bent(start: Point, end: Point, bend: float) -> Points:
    """A curve that leaves the straight line by half of `bend` times its length, to the left if that is positive."""
    return bends(start, end, [bend])[0]


def bends(start: Point, end: Point, by: Sequence[float]) -> list[Points]:
    """The curves that are bent by each of these."""
    (x0, y0), (x1, y1) = start, end
    middles = [((x0 + x1) / 2 - bend * (y1 - y0), (y0 + y1) / 2 + bend * (x1 - x0)) for bend in by]
    ends = (np.array([place] * len(by), dtype=float) for place in (start, end))
    return curves(next(ends), np.array(middles, dtype=float), next(ends))


def trimmed(points: Points, start: float, end: float) -> Points:
    """The curve without its first `start` and last `end` points (1/72 inch) of length."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    total = along[-1]
    if total <= start + end:
        start = end = total * 0.1
    stops = np.concatenate([[start], along[(along > start) & (along < total - end)], [total - end]])
    return np.column_stack([np.interp(stops, along, points[:, 0]), np.interp(stops, along, points[:, 1])])


def apart(one: Points, other: Points) -> float:
    """How far two curves are from each other in their middle."""
    return float(np.hypot(*(one[len(one) // 2] - other[len(other) // 2])))


def best(candidates: Sequence[Points], costs: Callable[[Sequence[Points]], Sequence[float]]) -> Points:
    """The candidate of the least cost; the first of equals."""
    every = costs(candidates)
    return candidates[every.index(min(every))]


def crossing(
    taken: Boxes, spare: Sequence[Box], never: Sequence[Box] = ()
) -> Callable[[Sequence[Points]], Sequence[float]]:
    """The cost of each curve: how many of its points lie where something else is, then how long it is.

    What lies in a box of `never` costs more than everything else.
    """
    forbidden = type(taken)(never)

    def costs(ways: Sequence[Points]) -> list[float]:
        lengths = [float(np.hypot(*np.diff(way, axis=0).T).sum()) for way in ways]
        found = zip(forbidden.crossed(ways), taken.crossed(ways, spare), lengths, strict=True)
        return [worst * 1e6 + crossed * 40.0 + length * 0.25 for worst, crossed, length in found]

    return costs


def arrow(
    sheet: Sheet,
    points: Points,
    colour: str,
    width: float = 1.2,
    *,
    head: bool = True,
    tail: bool = False,
    dash: Dash = "-",
    label: str = "",
    z: float = 3.0,
    open_head: bool = False,
    halo: bool = True,
    style: Style = None,
) -> PathPatch:
    """Draw a curve with a head at its end (and at its start, with `tail`), and a pale rim where it crosses others.

    `label` names the rows it stands for; matplotlib keeps labels that start with ``_`` out of legends.
    """
    length = 5.0 + 1.5 * width
    line = Path(trimmed(points, length * 0.8 if tail else 0.0, length * 0.8 if head else 0.0))
    settings: dict[str, Any] = {"facecolor": "none", "capstyle": "butt", "linewidth": width, "zorder": z}
    if halo:
        pale = {**settings, "edgecolor": PAPER, "linewidth": width + 2.4, "zorder": z - 0.01}
        sheet.ax.add_artist(PathPatch(line, **pale))
    settings = with_style({**settings, "edgecolor": colour, "linestyle": dash}, style)
    patch = PathPatch(line, **{**settings, "label": label})
    sheet.ax.add_artist(patch)
    for wanted, way in ((head, points), (tail, points[::-1])):
        if wanted:
            sheet.ax.add_artist(_head(way, length, settings["edgecolor"], z, open_head, settings.get("alpha")))
    return patch


def _head(points: Points, length: float, colour: str, z: float, open_head: bool, alpha: float | None) -> Patch:
    tip = points[-1]
    back = trimmed(points, 0.0, length)[-1]
    along = (tip - back) / max(float(np.hypot(*(tip - back))), 1e-9)
    across = np.array([-along[1], along[0]])
    base = tip - along * length
    corners = np.array([tip, base + across * length * 0.42, base - across * length * 0.42])
    face = PAPER if open_head else colour
    settings = {"facecolor": face, "edgecolor": colour, "linewidth": 0.8, "zorder": z + 0.02, "alpha": alpha}
    return Polygon(corners, closed=True, joinstyle="miter", **settings)


def lost(sheet: Sheet, points: Points, label: str = "") -> None:
    """What was sent and did not arrive: a thin broken line that ends at a cross before its aim."""
    way = points[: max(2, int(len(points) * 0.8))]
    sheet.line(way, QUIET, 1.1, 2.4, DASHED, label=label)
    sheet.mark(way[-1][0], way[-1][1], "x", 7.0, MARK, edge=MARK, width=1.8)


def lost_sample(sheet: Sheet, x: float, y: float) -> None:
    """The same as the key has it."""
    lost(sheet, bent((x, y), (x + 27, y), 0))


def row_label(rows: Iterable[str]) -> str:
    """The label of an artist that stands for chronology rows: ``_rows:F01;F02``."""
    return ROWS + ";".join(rows)


def rows_of(label: str) -> tuple[str, ...]:
    """The chronology rows that an artist's label names; none if it names none."""
    return tuple(label[len(ROWS) :].split(";")) if label.startswith(ROWS) and label != ROWS else ()
