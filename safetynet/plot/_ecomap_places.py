"""Who stands where on the ecomap: the household in its circle, everybody else round it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..tables._ecomap import Bond
from .kit import rings
from .kit.drawing import CasePage, NoRoomError
from .kit.order import Group, order_groups
from .kit.sheet import Box, Boxes, Point
from .kit.words import wrap_apart

ROUND = 8  # so many stand on an ellipse; more stand at the sides


@dataclass
class Spot:
    """Somebody or an agency on the map: where, and how much room it takes."""

    name: str
    lines: list[str]
    x: float = 0.0
    y: float = 0.0
    half_wide: float = 0.0
    half_high: float = 0.0
    inner: bool = False

    @property
    def box(self) -> Box:
        return Box(self.x - self.half_wide, self.y - self.half_high, self.x + self.half_wide, self.y + self.half_high)

    @property
    def place(self) -> Point:
        return (self.x, self.y)


def household(page: CasePage, bonds: Iterable[Bond]) -> list[str]:
    """The children, and whoever is joined to them by household ties."""
    people = page.view.records.people
    roofs = [{bond.first, bond.second} for bond in bonds if "household" in bond.kinds]
    roofs = [pair for pair in roofs if pair <= people.keys()]
    inside = list(page.view.records.children)
    for _ in roofs:  # whoever lives with one who lives with the child
        near = [name for pair in roofs if pair & set(inside) for name in sorted(pair)]
        inside = list(dict.fromkeys([*inside, *near]))
    return inside


class Seats:
    """The places of one ecomap, between `bottom` and `top` of its page."""

    def __init__(self, page: CasePage, bonds: Sequence[Bond], bottom: float, top: float) -> None:
        self.page, self.bonds, self.bottom, self.top = page, bonds, bottom, top
        self.inner = household(page, bonds)
        tied = [name for bond in bonds for name in (bond.first, bond.second)]
        kin = [person.id for person in page.view.records.people.values() if person.kind == "family"]
        self.outer = [name for name in dict.fromkeys([*kin, *tied]) if name not in self.inner]
        self.middle = (page.width / 2, (top + bottom) / 2)
        room = min(page.width, top - bottom)
        self.radius = min(max(66.0, 46.0 + 30.0 * len(self.inner)), room * 0.29)
        self.spots: dict[str, Spot] = {}
        self._seat_household()
        self._seat_others()

    @property
    def circle(self) -> Box:
        """The room of the household."""
        x, y = self.middle
        return Box(x, y, x, y).grown(self.radius)

    def _seat_household(self) -> None:
        n = len(self.inner)
        names = self._names(self.inner, self.radius * (1.6 if n == 1 else 0.8), 3)
        for place, (name, lines) in enumerate(names.items()):
            dx, dy = rings.on_ellipse(place, n, self.radius * 0.6, self.radius * 0.56) if n > 1 else (0.0, 6.0)
            spot = Spot(name, lines, self.middle[0] + dx, self.middle[1] + dy + 8, 10.0, 10.0, inner=True)
            self.spots[name] = spot

    def _seat_others(self) -> None:
        """A few on an ellipse; many with the family inside and the agencies at the sides."""
        groups = [Group(name, name) for name in self.outer]
        among = set(self.outer)
        weight = {
            (min(bond.first, bond.second), max(bond.first, bond.second)): 1.0 + bond.forth + bond.back
            for bond in self.bonds
            if {bond.first, bond.second} <= among
        }
        order = [group.key for group in order_groups(groups, weight)]
        if len(order) <= ROUND and self._on_ellipse(order):
            return
        kin = [name for name in order if name in self.page.view.family]
        self._on_sides([name for name in order if name not in kin])
        if not self._inside(kin):
            self._on_sides(order)

    def _names(self, people: Sequence[str], width: float, most: int) -> dict[str, list[str]]:
        """Names in lines of that width, no two cut to the same."""
        names = {name: self.page.name(name) for name in people}
        return wrap_apart(names, dict.fromkeys(names, width), self.page.small, most)

    def _spot(self, name: str, lines: list[str]) -> Spot:
        wide = max(map(self.page.wide, lines))
        return Spot(name, lines, half_wide=wide / 2 + 15, half_high=len(lines) * self.page.line_high / 2 + 5)

    def _on_ellipse(self, order: Sequence[str]) -> bool:
        n, names = len(order), self._names(order, 130.0, 3)
        for place, name in enumerate(order):
            spot = self._spot(name, names[name])
            rx = min(self.page.width / 2 - spot.half_wide - 4, self.radius * 3.0)
            ry = min((self.top - self.bottom) / 2 - spot.half_high - 2, self.radius * 2.1)
            dx, dy = rings.on_ellipse(place + (0.5 if n > 1 else 0.25), n, rx, ry)
            spot.x, spot.y = self.middle[0] + dx, self.middle[1] + dy
            self.spots[name] = spot
        boxes = [self.circle, *(self.spots[name].box for name in order)]
        return not any(one.meets(other, 6) for place, one in enumerate(boxes) for other in boxes[:place])

    def _on_sides(self, order: Sequence[str]) -> None:
        half, half_high = -(-len(order) // 2), (self.top - self.bottom) / 2
        pitch = min((self.top - self.bottom) / max(half, 1), 90.0)
        if pitch < self.page.line_high + 12:
            raise NoRoomError
        most = max(1, min(3, int((pitch - 12) // self.page.line_high)))
        names = self._names(order, min(150.0, self.page.width * 0.2), most)
        for side, some in ((1, order[:half]), (-1, order[half:][::-1])):
            for place, name in enumerate(some):
                spot = self._spot(name, names[name])
                spot.y = self.middle[1] + (len(some) / 2 - place - 0.5) * pitch
                share = (spot.y - self.middle[1]) / half_high
                reach = min(self.page.width / 2 - spot.half_wide - 4, self.radius + 300 + spot.half_wide)
                spot.x = self.middle[0] + side * reach * (0.8 + 0.2 * math.sqrt(max(0.0, 1 - share**2)))
                self.spots[name] = spot

    def _inside(self, kin: Sequence[str]) -> bool:
        """Place the family that lives elsewhere, and those round it, near a ring round the household."""
        agencies = [spot for spot in self.spots.values() if not spot.inner]
        taken = Boxes([*(spot.box.grown(8) for spot in agencies), self.circle.grown(8)])
        sides = (abs(spot.x - self.middle[0]) - spot.half_wide for spot in agencies)
        reach = min(sides, default=self.page.width / 2)
        rx, ry = (self.radius + reach) / 2, (self.top - self.bottom) * 0.34
        places = [rings.on_ellipse(place, len(kin), rx, ry) for place in range(len(kin))]
        found: dict[str, Spot] = {}
        names = self._names(kin, 90.0, 3)
        for name, place in zip(kin, rings.seats([self._pull(name) for name in kin], places), strict=True):
            spot = self._spot(name, names[name])
            if not self._nearest(spot, places[place], reach, taken):
                return False
            taken.add(spot.box)
            found[name] = spot
        self.spots.update(found)
        return True

    def _nearest(self, spot: Spot, aim: Point, reach: float, taken: Boxes) -> bool:
        """Move a spot to the free place that is nearest to its aim; whether there is one."""
        low, high = self.bottom + spot.half_high - self.middle[1], self.top - spot.half_high - self.middle[1]
        across = np.arange(-reach + spot.half_wide, reach - spot.half_wide, 10.0)
        for x, y in rings.nearest(across, np.arange(low, high, 10.0), aim):
            spot.x, spot.y = self.middle[0] + x, self.middle[1] + y
            if taken.free(spot.box, 9):
                return True
        return False

    def _pull(self, name: str) -> Point:
        """In which direction those are with whom somebody is tied."""
        pairs = [(bond.first, bond.second) for bond in self.bonds if name in (bond.first, bond.second)]
        others = [self.spots[one] for pair in pairs for one in pair if one != name and one in self.spots]
        if not others:
            return (0.0, 0.0)
        x, y = np.mean([spot.place for spot in others], axis=0)
        return (float(x) - self.middle[0], float(y) - self.middle[1])
