"""Places on a ring: how it bends, and who sits where on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

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
    """Which place each takes: together as near as may be to where they are drawn.

    Each in turn is seated over the shortest chain of those who move up for them (Jonker and Volgenant's way). The
    same seats as ``scipy.optimize.linear_sum_assignment`` gives, which takes longer to load than a picture to draw.
    """
    cost = [[math.hypot(px - x, py - y) for x, y in places] for px, py in pulls]
    seated = _Seated(cost)
    for one in range(len(pulls)):
        seated.seat(one)
    return seated.seat_of


class _Seated:
    """Who sits where so far, and the prices of rows and seats by which nobody gains by moving."""

    def __init__(self, cost: Sequence[Sequence[float]]) -> None:
        self.cost, rows, seats = cost, len(cost), max(map(len, cost), default=0)
        self.seat_of, self.gains = [-1] * rows, [0.0] * rows
        self.sitter, self.prices = [-1] * seats, [0.0] * seats

    def seat(self, one: int) -> None:
        """Give one more a seat; those in the way move up."""
        came_from, far, reached = self._chain(one)
        end = reached[-1]
        for seat in reached[:-1]:
            self.gains[self.sitter[seat]] += far[end] - far[seat]
        self.gains[one] += far[end]
        for seat in reached:
            self.prices[seat] -= far[end] - far[seat]
        mover, seat = -1, end
        while mover != one:
            mover = came_from[seat]
            self.sitter[seat] = mover
            self.seat_of[mover], seat = seat, self.seat_of[mover]

    def _chain(self, one: int) -> tuple[list[int], list[float], list[int]]:
        """From whom each seat is reached and how far it is, and the seats by distance up to the first free one."""
        number = len(self.sitter)
        came_from, far = [-1] * number, [math.inf] * number
        left, reached, so_far = list(range(number))[::-1], list[int](), 0.0
        while not reached or one >= 0:
            for seat in left:
                step = so_far + self.cost[one][seat] - self.gains[one] - self.prices[seat]
                if step < far[seat]:
                    came_from[seat], far[seat] = one, step
            so_far = min(far[seat] for seat in left)
            nearest = [place for place, seat in enumerate(left) if far[seat] == so_far]
            free = [place for place in nearest if self.sitter[left[place]] < 0]
            place = free[-1] if free else nearest[0]
            reached.append(left[place])
            one, left[place] = self.sitter[left[place]], left[-1]
            left.pop()
        return came_from, far, reached
