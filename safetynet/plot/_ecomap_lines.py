"""The lines of the ecomap: strong, weak, stressful, broken, not on record, and what did not arrive."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from .kit import routes
from .kit.sheet import Box, Points, Sheet
from .kit.style import INK, PAPER, QUIET, Dash, Style

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "strong": "strong",
        "weak": "weak (tenuous)",
        "stressful": "stressful",
        "broken": "broken",
        "": "quality not on record",
    }
)
WIDTHS: Mapping[str, float] = MappingProxyType({"strong": 4.2, "weak": 1.5, "stressful": 1.5, "broken": 1.7, "": 1.1})


def draw_tie(
    sheet: Sheet,
    path: Points,
    quality: str,
    *,
    head: bool = False,
    tail: bool = False,
    label: str = "",
    style: Style = None,
) -> None:
    """One tie along a curve, drawn as its quality asks for."""
    width, dash = WIDTHS[quality], WEAK if quality == "weak" else "-"
    if quality == "stressful":
        path = _zigzag(path)
    colour = INK if quality else QUIET
    routes.arrow(sheet, path, colour, width, head=head, tail=tail, dash=dash, label=label, z=2.4, style=style)
    if quality == "broken":
        _cut(sheet, path, width)


WEAK: Dash = (0, (5, 3))


def outside(path: Points, one: Box, other: Box) -> Points:
    """The part of a curve between two boxes."""
    steps, fine = np.linspace(0, 1, len(path)), np.linspace(0, 1, 241)
    points = np.column_stack([np.interp(fine, steps, path[:, axis]) for axis in (0, 1)])
    free = [place for place, point in enumerate(points) if not (_inside(point, one) or _inside(point, other))]
    if len(free) < 5:
        return points
    return points[free[0] : free[-1] + 1]


def _inside(point: Points, box: Box) -> bool:
    return bool(box.left <= point[0] <= box.right and box.bottom <= point[1] <= box.top)


def _cut(sheet: Sheet, path: Points, width: float) -> None:
    """The two bars across the middle of a line that is broken."""
    middle = len(path) // 2
    centre = path[middle]
    along = path[min(middle + 2, len(path) - 1)] - path[max(middle - 2, 0)]
    along = along / max(float(np.hypot(*along)), 1e-9)
    across = np.array([-along[1], along[0]])
    sheet.line(np.array([centre - along * 3.2, centre + along * 3.2]), PAPER, width + 3, 2.6)
    for shift in (-3.4, 3.4):
        at = centre + along * shift
        sheet.line(np.array([at - across * 6, at + across * 6]), INK, 1.8, 2.7)


def _zigzag(path: Points, step: float = 4.0, high: float = 3.6) -> Points:
    """The curve with teeth, straight for a little at both ends so that arrow heads point its way."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    total = float(along[-1])
    stops = np.arange(4.0, max(total - 4.0, 4.1), step)

    def at(stop: float) -> Points:
        return np.array([np.interp(stop, along, path[:, axis]) for axis in (0, 1)])

    points = [path[0]]
    for number, stop in enumerate(stops):
        way = at(stop + 1) - at(stop - 1)
        across = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9)
        side = 0.0 if number in (0, len(stops) - 1) else high if number % 2 else -high
        points.append(at(stop) + across * side)
    return np.array([*points, path[-1]])
