"""Places on a ring: how it bends, and who sits where on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from .sheet import Point


def arc(half: float, share: float) -> float:
    """How far from the middle the ring is at `share` (-1 bottom … 1 top) of its height."""
    return half * (0.42 + 0.58 * math.sqrt(max(0.0, 1 - (0.93 * share) ** 2)))


def on_ellipse(place: float, count: int, rx: float, ry: float) -> Point:
    """The place of so many evenly round an ellipse from the top, clockwise."""
    angle = math.radians(90 - 360 * place / count)
    return (rx * math.cos(angle), ry * math.sin(angle))


def nearest(across: Iterable[float], up: Iterable[float], aim: Point) -> list[Point]:
    """The points of a grid, the nearest to an aim first."""
    rows = list(up)
    points = [(float(x), float(y)) for x in across for y in rows]
    return sorted(points, key=lambda at: ((at[0] - aim[0]) ** 2 + (at[1] - aim[1]) ** 2, at))


def seats(pulls: Sequence[Point], places: Sequence[Point]) -> list[int]:
    """Which place each takes: as near as may be to where they are drawn."""
    from scipy.optimize import linear_sum_assignment

    if not pulls:
        return []
    cost = [[math.hypot(px - x, py - y) for x, y in places] for px, py in pulls]
    _, chosen = linear_sum_assignment(np.array(cost))
    return [int(place) for place in chosen]
