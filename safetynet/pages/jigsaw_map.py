"""An ecomap with a circle for each card: blank to draw on, and with the contacts on record, to lay over it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MIDDLE, RING, CHILD = 300.0, 236.0, 44.0


class Circle(NamedTuple):
    """A place for a card."""

    number: int
    x: float
    y: float


class Line(NamedTuple):
    """A line between two circles, or from one to the child; `kind` is passed, contact or seen."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


class Map(NamedTuple):
    """The circles, their radius, the child's, and the lines."""

    circles: list[Circle]
    radius: float
    child: float
    lines: list[Line]


def map_of(numbers: Iterable[int], pairs: Mapping[tuple[int, int], bool], saw: Iterable[int]) -> Map:
    """The circles of a pack in a ring about the child, with the lines of the answer."""
    listed = list(numbers)
    radius = min(34.0, 0.8 * RING * math.sin(math.pi / max(len(listed), 2)))
    circles = []
    for place, number in enumerate(listed):
        turn = 2 * math.pi * place / len(listed) - math.pi / 2
        circles.append(
            Circle(number, round(MIDDLE + RING * math.cos(turn), 1), round(MIDDLE + RING * math.sin(turn), 1))
        )
    at = {one.number: one for one in circles}
    middle = Circle(0, MIDDLE, MIDDLE)
    lines = [
        _line(at[one], radius, at[other], radius, "passed" if passed else "contact")
        for (one, other), passed in sorted(pairs.items())
    ]
    lines += [_line(at[one], radius, middle, CHILD, "seen") for one in sorted(saw)]
    return Map(circles, round(radius, 1), CHILD, lines)


def _line(one: Circle, r1: float, other: Circle, r2: float, kind: str) -> Line:
    """A line from rim to rim."""
    far = math.hypot(other.x - one.x, other.y - one.y) or 1.0
    dx, dy = (other.x - one.x) / far, (other.y - one.y) / far
    x1, y1, x2, y2 = one.x + dx * r1, one.y + dy * r1, other.x - dx * r2, other.y - dy * r2
    return Line(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), kind)
