"""The arrows and the meetings of the network picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from ..tables._network import Contact, Meeting, contacts, has_reached, meetings
from ..wording import short_when
from ._network_places import Places, around
from .kit import routes
from .kit.order import Node
from .kit.sheet import Across, Box, Point, Points, Up
from .kit.style import DASHED, DOTTED, INK, PAPER, PASSED, QUIET, SOFT, Style
from .kit.words import listed

Side = tuple[float, float, Across, Up]
Positions: TypeAlias = "npt.NDArray[np.intp]"  # in the grid
SIDES: tuple[Side, ...] = (
    *((8, 0, "left", "center"), (-8, 0, "right", "center")),
    *((0, -7, "center", "top"), (0, 7, "center", "bottom")),
)
SLIGHT = (0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32)  # of a line to a meeting
WIDEST, WIDEST_OF_MANY = 4.5, 2.5  # points: the thickest arrow, and on a map of more pairs than can be drawn
BENDS = (0.12, -0.12, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5, 0.7, -0.7, 1.0, -1.0)
APART = 7.0  # points between two curves that join the same places
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
MOST_PAIRS = 60  # pairs of places joined by arrows: nobody can follow more of them
MOST_SEATS = 30  # squares of meetings, each with its lines


@dataclass
class Link:
    """All contacts between two places of the map: those that arrived, each way, and those that did not."""

    first: str
    second: str
    forth: bool = False
    back: bool = False
    came: set[str] = field(default_factory=set)
    concerns: set[str] = field(default_factory=set)
    sent: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # what did not arrive, by its way

    @property
    def lost(self) -> dict[tuple[str, str], set[str]]:
        """By its way, what reached nobody at the other place."""
        return {way: rows - self.came for way, rows in sorted(self.sent.items()) if rows - self.came}

    @property
    def rows(self) -> set[str]:
        return self.came.union(*self.sent.values())


class Seat(NamedTuple):
    """A square of the map: who was there, who was present, the rows, and where it stands."""

    homes: frozenset[str]
    silent: frozenset[str]
    rows: tuple[str, ...]
    spot: Point


def square(spot: Point) -> Box:
    """The room that a meeting takes."""
    return Box(*spot, *spot).grown(5)


def times(lines: Iterable[Meeting]) -> int:
    """How many meetings these are."""
    return sum(line.times for line in lines)


def _more_and_more(near: Positions) -> Iterator[Positions]:
    """The first few, then twice as many, and so on: what is looked for mostly stands early."""
    start, number = 0, 32
    while start < len(near):
        yield near[start : start + number]
        start, number = start + number, number * 2


class Links:
    """What joins the nodes of one map."""

    def __init__(self, places: Places, styles: Mapping[str, Style]) -> None:
        self.places, self.page, self.styles = places, places.page, styles
        self.contacts: list[Contact] = contacts(self.page.view)
        self.meetings: list[Meeting] = meetings(self.page.view)
        self.links = self._links()
        every = [link for link in self.links.values() if link.first != link.second]
        every.sort(key=lambda link: (-len(link.rows), link.first, link.second))
        self.between, self.further = every[:MOST_PAIRS], every[MOST_PAIRS:]  # what is drawn, most contacts first
        self.left_out = 0
        self._roomy: dict[float, tuple[npt.NDArray[np.bool_], int]] = {}

    def _links(self) -> dict[tuple[str, str], Link]:
        links: dict[tuple[str, str], Link] = {}
        home = self.places.home
        for line in self.contacts:
            if line.sender not in home or line.recipient not in home:
                continue
            a, b = home[line.sender], home[line.recipient]
            pair = (min(a, b), max(a, b))
            link = links.setdefault(pair, Link(*pair))
            link.concerns.update(line.concerns)
            by_id = self.page.view.by_id
            came = {row for row in line.rows if has_reached(self.page.view, by_id[row], line.recipient)}
            link.came |= came
            link.sent.setdefault((a, b), set()).update(set(line.rows) - came)
            if came:
                link.forth, link.back = link.forth or a == pair[0], link.back or a != pair[0]
        return links

    # meetings -----------------------------------------------------------------------------------------

    def draw_meetings(self) -> None:
        """A square for each set of places that met, and a line to each of them."""
        seats = [self._draw_square(lines) for lines in self.seats]
        for seat in seats:
            for name in sorted(seat.homes | seat.silent):
                node = self.places.nodes[name]
                spare = [around(node), square(seat.spot)]
                ways = routes.bends(seat.spot, node.place, SLIGHT)
                path = routes.best(ways, routes.crossing(self.page.taken, spare, self._children_but(node)))
                style = {**(self.styles["meeting_kws"] or {}), "label": routes.row_label(seat.rows)}
                dash = "-" if name in seat.homes else DOTTED
                self.page.line(routes.trimmed(path, 0, node.radius), SOFT, 1.1, 2.4, dash, **style)

    @cached_property
    def seats(self) -> list[list[Meeting]]:
        """The meetings of the same places together, the largest first: of many sets of places those that met most."""
        sets: dict[tuple[frozenset[str], frozenset[str]], list[Meeting]] = {}
        for line in self.meetings:
            sets.setdefault((self._homes((*line.people, *line.agencies)), self._homes(line.present)), []).append(line)
        largest = [lines for _, lines in sorted(sets.items(), key=lambda item: (-len(item[0][0]), item[1][0].rows))]
        most = sorted(range(len(largest)), key=lambda place: -times(largest[place]))[:MOST_SEATS]
        return [largest[place] for place in sorted(most)]

    def _homes(self, names: Sequence[str]) -> frozenset[str]:
        return frozenset(self.places.home[name] for name in names if name in self.places.home)

    def _draw_square(self, lines: Sequence[Meeting]) -> Seat:
        page, homes = self.page, self._homes((*lines[0].people, *lines[0].agencies))
        silent = self._homes(lines[0].present) - homes
        number = times(lines)
        met = any(line.kind == "met" for line in lines)
        rows = tuple(row for line in lines for row in line.rows)
        day = short_when(page.view.by_id[rows[0]].date)
        words = day if number == 1 else f"{number} × from {day}"
        spot, side = self._free_spot([self.places.nodes[name] for name in sorted(homes | silent)], words)
        page.mark(*spot, "s", 8.0, INK if met else PAPER, width=1.6, z=5.2)
        if side is None:
            self.left_out += 1
        else:
            dx, dy, ha, va = side
            page.write(spot[0] + dx, spot[1] + dy, words, ha=ha, va=va, halo=True, style=self.styles["label_kws"])
        page.taken.add(square(spot))
        return Seat(homes, silent, rows, spot)

    def _free_spot(self, nodes: Sequence[Node], words: str) -> tuple[Point, Side | None]:
        """Where a meeting stands: near those who were there, its words to a side on which there is room."""
        spots, _ = self._grid
        order, wide = self._nearest(nodes), self.page.wide(words)
        near = order[self._with_room(5.0)[order]]
        near = near[(self._too_wide[near] > wide).any(axis=1)]  # places are taken and never given back
        for some in _more_and_more(near):
            fits = self._fits(some, words)
            self._too_wide[some] = np.where(fits, self._too_wide[some], np.minimum(self._too_wide[some], wide))
            if fits.any():
                first = int(fits.any(axis=1).argmax())
                x, y = spots[some[first]]
                return (float(x), float(y)), SIDES[int(fits[first].argmax())]
        alone = order[self._with_room(1.0)[order]]  # no room for its words
        if len(alone):
            return (float(spots[alone[0], 0]), float(spots[alone[0], 1])), None
        return (self.places.middle[0], self.places.middle[1] - 70), None

    def _fits(self, some: Positions, words: str) -> npt.NDArray[np.bool_]:
        """Of some places of the grid, whether words fit within the ring on each side of a square there."""
        spots, rings = self._grid
        x, y, edge, middle = spots[some, 0], spots[some, 1], rings[some] - 10, self.places.middle[0]
        fits = np.zeros((len(some), len(SIDES)), dtype=bool)
        for place, (dx, dy, ha, va) in enumerate(SIDES):
            box = self.page.box(0.0, 0.0, words, ha=ha, va=va)
            left, right = x + dx + box.left, x + dx + box.right
            inside = (middle - edge < left) & (right < middle + edge)
            fits[:, place] = inside & self.page.taken.free_of((left, y + dy + box.bottom, right, y + dy + box.top), 2.0)
        return fits

    def _with_room(self, gap: float) -> npt.NDArray[np.bool_]:
        """Of each place within the ring, whether a square has room there: only what came since is looked at anew."""
        spots, _ = self._grid
        known, seen = self._roomy.get(gap, (np.ones(len(spots), dtype=bool), 0))
        x, y = spots[:, 0], spots[:, 1]
        known &= self.page.taken.free_of((x - 5, y - 5, x + 5, y + 5), gap, seen)
        self._roomy[gap] = known, len(self.page.taken)
        return known

    @cached_property
    def _too_wide(self) -> npt.NDArray[np.float64]:
        """For each place of the grid and each side, how wide the shortest words were that did not fit."""
        return np.full((len(self._grid[0]), len(SIDES)), np.inf)

    def _nearest(self, nodes: Sequence[Node]) -> Positions:
        """The places within the ring, as positions in the grid, those nearest to some nodes together first."""
        spots, _ = self._grid
        far = np.zeros(len(spots))
        for node in nodes:
            far += np.hypot(spots[:, 0] - node.x, spots[:, 1] - node.y)
        return np.argsort(far, kind="stable")  # of equally near ones, in the order of the grid

    @cached_property
    def _grid(self) -> tuple[Points, npt.NDArray[np.float64]]:
        """The places within the ring, and how far from the middle the ring is at the height of each."""
        x0, y0 = self.places.middle
        half, high = self.places.layout.half, self.places.half_high
        rows = [(float(y), self.places.ring(float(y))) for y in np.arange(y0 - high + 8, y0 + high - 8, 8.0)]
        within = [
            (float(x), y, ring)
            for x in np.arange(x0 - half + 24, x0 + half - 24, 8.0)
            for y, ring in rows
            if abs(x - x0) < ring - 24
        ]
        made = np.array(within, dtype=float).reshape(-1, 3)
        return made[:, :2], made[:, 2]

    # arrows -------------------------------------------------------------------------------------------

    def draw_arrows(self) -> None:
        """An arrow for all contacts that arrived between two places, with the concerns that they passed.

        What did not arrive has a broken line of its own beside it, each way.
        """
        drawn = []
        for link in self.between:
            paths: list[Points] = []
            if link.came:
                paths.append(self._path(link, paths))
                self._draw_arrow(link, paths[0], routes.row_label(sorted(link.came)))
                drawn.append((link, paths[0]))
            for way, rows in link.lost.items():
                path = self._path(link, paths)
                paths.append(path)
                along = path if way == (link.first, link.second) else path[::-1]
                routes.lost(self.page, along, routes.row_label(sorted(rows)))
        for link, path in drawn:
            if link.concerns:
                self._label(listed(sorted(link.concerns), 3), path)

    def _path(self, link: Link, beside: Sequence[Points]) -> Points:
        """The best curve between two places that does not lie on one that is there already."""
        one, other = self.places.nodes[link.first], self.places.nodes[link.second]
        cost = routes.crossing(self.page.taken, [around(one), around(other)], self._children_but(one, other))
        ends = one.radius + 2.5, other.radius + 2.5
        ways = [routes.trimmed(way, *ends) for way in self._ways(one, other)]
        free = [way for way in ways if all(routes.apart(way, there) > APART for there in beside)]
        return routes.best(free or ways, cost)

    def _draw_arrow(self, link: Link, path: Points, label: str) -> None:
        width = min(1.0 + 0.75 * (len(link.came) - 1) ** 0.7, WIDEST_OF_MANY if self.further else WIDEST)
        colour, dash = (PASSED, "-") if link.concerns else (QUIET, DASHED)
        ends, style = {"head": link.forth, "tail": link.back}, self.styles["contact_kws"]
        routes.arrow(self.page, path, colour, width, **ends, dash=dash, label=label, z=3.0, style=style)

    def _label(self, words: str, path: Points) -> None:
        page = self.page
        for share in SHARES:
            x, y = path[int(share * (len(path) - 1))]
            box = page.box(x, y, words, ha="center")
            if page.taken.free(box, 1.5) and box.left > 0 and box.right < page.width:
                page.write(x, y, words, ha="center", colour=PASSED, halo=True, z=5.5)
                return
        self.left_out += 1

    def _children_but(self, *ends: Node) -> list[Box]:
        """The places of the children whom a line has nothing to do with."""
        nodes = self.places.nodes.values()
        return [around(node).grown(2) for node in nodes if node.kind == "child" and node not in ends]

    def _ways(self, one: Node, other: Node) -> list[Points]:
        """The curves that may lead from one place to the other."""
        x0 = self.places.middle[0]
        outside = all(node.kind in ("professional", "agency") for node in (one, other))
        if not outside or (one.x - x0) * (other.x - x0) <= 0:
            return routes.bends(one.place, other.place, BENDS)
        toward = -1 if one.x > x0 else 1
        rise, nearest = other.y - one.y, min(abs(one.x - x0), abs(other.x - x0))
        ways = []
        for share in (0.45, 0.6, 0.32, 0.8):
            deep = x0 - toward * (nearest - min(14 + share * abs(rise), nearest * 0.95))
            ways.append(routes.curve(one.place, (deep, one.y + rise * 0.25), (deep, one.y + rise * 0.75), other.place))
        return ways
