"""Who stands where on the network picture: professionals on the arcs, child and family in the middle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ._network_people import Cast
from .kit import columns, rings
from .kit.columns import Layout, Line
from .kit.drawing import CasePage
from .kit.order import Node
from .kit.sheet import Across, Box, Point
from .kit.style import AROUND, INK, SOFT, Style
from .kit.words import wrap

APART = 60.0  # points between two children
FREE = 56.0  # points round the child that stay free
WAYS = ((110.0, 3, False), (84.0, 4, False), (66.0, 3, True))  # label width, its lines, and whether notes are cut


def around(node: Node) -> Box:
    """The room that a marker takes."""
    return Box(node.x, node.y, node.x, node.y).grown(node.radius + 1)


class Places:
    """The nodes of one map, placed and named between `bottom` and `top` of its page."""

    def __init__(self, page: CasePage, cast: Cast, layout: Layout, bottom: float, top: float, label_kws: Style) -> None:
        self.page, self.cast, self.layout, self.label_kws = page, cast, layout, label_kws
        self.bottom, self.top = bottom, top
        self.middle: Point = (page.width / 2, (top + bottom) / 2)
        self.half_high = (top - bottom) / 2
        self.nodes: dict[str, Node] = {}
        self.home: dict[str, str] = {}
        for side, lines in ((-1, layout.left), (1, layout.right)):
            self._place_side(side, lines)
        self._place_children()
        self._place_family()

    def ring(self, y: float) -> float:
        """How far from the middle the ring is at a height."""
        return rings.arc(self.layout.half, (y - self.middle[1]) / self.half_high)

    def _add(self, node: Node) -> None:
        self.nodes[node.key] = node
        self.home.update(dict.fromkeys(node.members, node.key))

    # outside ------------------------------------------------------------------------------------------

    def _place_side(self, side: int, lines: Sequence[Line]) -> None:
        layout = self.layout
        space = columns.gap_size(lines, layout, self.top - self.bottom)
        high = len(lines) * layout.pitch + sum(line.gap for line in lines) * space
        y = self.middle[1] + high / 2
        for line in lines:
            y -= line.gap * space
            centre = y - layout.pitch / 2
            self._write_line(line, self.middle[0] + side * self.ring(centre), centre, side)
            y -= layout.pitch

    def _write_line(self, line: Line, x: float, y: float, side: int) -> None:
        page, setting, node, style = self.page, self.layout.setting, line.node, self.label_kws
        ha: Across = "left" if side > 0 else "right"
        radius = max(4.0, min(7.5, self.layout.pitch * 0.4))
        beside = x + side * (radius + 4)
        colour = SOFT if line.kind == "agency" or (node is not None and node.gone) else INK
        if node is None:
            page.write(x, y, line.text, setting.size, ha=ha, weight="bold", style=style)
        elif line.kind == "note":
            page.badge(beside + side * 2, y, line.text, setting.small, ha=ha, strong=self.cast.is_strong(node))
        elif line.kind == "label":
            node.x, node.y, node.radius = x, y, radius
            self._add(node)
            page.write(beside, y, line.text, setting.size, ha=ha, colour=colour, style=style)
            if line.note:
                at = beside + side * (page.wide(line.text, setting.size) + columns.BADGE)
                page.badge(at, y, line.note, setting.small, ha=ha, strong=self.cast.is_strong(node))
        else:
            size = setting.size if line.kind == "more" else setting.agency_size
            page.write(beside, y, line.text, size, ha=ha, colour=colour, style=style)

    # inside -------------------------------------------------------------------------------------------

    def _place_children(self) -> None:
        children = [self.cast.inner_node(one, 12.0) for one in self.cast.inner if one.kind == "child"]
        if len(children) > 1 and len(children) * APART > 2 * self.layout.half - 40:
            children = self._as_one(children, "child")
        for place, node in enumerate(children):
            node.x = self.middle[0] + (place - (len(children) - 1) / 2) * APART
            node.y = self.middle[1] + 4
            self._add(node)
            self._write_inner(node, 110.0 if len(children) == 1 else APART - 4, 3, up=False)

    def _place_family(self) -> None:
        """Everybody round the child; where there is no room for each, those of one kind together."""
        family = [self.cast.inner_node(one, 6.5) for one in self.cast.inner if one.kind != "child"]
        kept = [node for node in family if node.kind == "family"]
        for kind in ("support", "public"):
            kept += self._as_one([node for node in family if node.kind == kind], kind)
        if not (self._seat(family) or self._seat(kept)):
            (whole,) = self._as_one(family, "family")
            if not self._seat([whole]):
                whole.x, whole.y = self.middle[0], self.middle[1] + 40
                self._add(whole)

    def _as_one(self, nodes: Sequence[Node], kind: str) -> list[Node]:
        words = {"family": "family and others", "child": "children"}.get(kind, AROUND[kind].words)
        names = tuple(node.key for node in nodes)
        radius = 12.0 if kind == "child" else 8.0
        made = Node(f"group:{kind}", f"{words} ({len(names)})", AROUND[kind], names, kind, radius=radius)
        return [made] if len(nodes) > 1 else list(nodes)

    def _seat(self, nodes: Sequence[Node]) -> bool:
        """Find places with room for the labels of the family, near a ring round the child; False if there are none."""
        rx, ry = self.layout.half * 0.5, self.half_high * 0.58
        places = [rings.on_ellipse(place, len(nodes), rx, ry) for place in range(len(nodes))]
        scaled = [(x / self.layout.half, y / self.half_high) for x, y in places]
        chosen = rings.seats([self._pull(node) for node in nodes], scaled)
        for width, most, short in WAYS:
            before = len(self.page.taken)
            if short:
                for node in nodes:
                    node.note = node.note.split(" · ")[0]
            done = all(
                self._find_spot(node, places[place], width, most) for node, place in zip(nodes, chosen, strict=True)
            )
            self.page.taken.forget(before)
            if done:
                for node in nodes:
                    self._add(node)
                    self._write_inner(node, width, most, up=node.y > self.middle[1])
                return True
        return False

    def _find_spot(self, node: Node, aim: Point, width: float, most: int) -> bool:
        """Move somebody to the free place nearest to where they should stand; False if there is none."""
        across, up = (np.arange(-half, half, 8.0) for half in (self.layout.half, self.half_high))
        steps = [(x, y) for x, y in rings.nearest(across, up, aim) if np.hypot(x, y) >= FREE]
        taken, shapes = self.page.taken, {up: self._label_box(node, width, most, up=up) for up in (True, False)}
        for x, y in steps:
            node.x, node.y = self.middle[0] + x, self.middle[1] + y
            box = shapes[y > 0].moved(node.x, node.y)
            if self._is_inside(box) and taken.free(box, 3) and taken.free(around(node), 3):
                taken.add(box)
                taken.add(around(node).grown(8))
                return True
        return False

    def _is_inside(self, box: Box, margin: float = 30.0) -> bool:
        """Whether a box lies within the ring."""
        x, y = self.middle
        corners = [(bx, by) for bx in (box.left, box.right) for by in (box.bottom, box.top)]
        return all(abs(bx - x) < self.ring(by) - margin and abs(by - y) < self.half_high for bx, by in corners)

    def _pull(self, node: Node) -> Point:
        """In which direction those are with whom somebody had contact."""
        pulls: list[Point] = [(0.0, 0.0)]
        for row in self.page.view.contacts:
            if set(row.named) & set(node.members):
                for other in row.named:
                    place = self.nodes.get(self.home.get(other, ""))
                    if place is not None and place.kind in ("professional", "agency"):
                        dx, dy = place.x - self.middle[0], place.y - self.middle[1]
                        pulls.append((dx / self.layout.half, dy / self.half_high))
        x, y = np.mean(pulls, axis=0)
        return (float(x), float(y))

    def _label_box(self, node: Node, width: float, most: int, *, up: bool) -> Box:
        """The room of somebody's label and note over or under their marker, as seen from there."""
        page, y = self.page, (node.radius + 3) * (1 if up else -1)
        lines = wrap(node.name, width, page.small, most)
        box = page.box(0.0, y, lines, ha="center", va="bottom" if up else "top")
        if node.note:
            half, high = page.wide(node.note, weight="bold") / 2 + 2, page.small + 4
            left, right = min(box.left, -half), max(box.right, half)
            box = Box(left, box.bottom - (0 if up else high), right, box.top + (high if up else 0))
        return box

    def _write_inner(self, node: Node, width: float, most: int, *, up: bool) -> None:
        page = self.page
        lines = wrap(node.name, width, page.small, most)
        sign, weight = (1 if up else -1), "bold" if node.kind == "child" else "normal"
        y = node.y + (node.radius + 3) * sign
        page.write(
            node.x, y, lines, ha="center", va="bottom" if up else "top", halo=True, weight=weight, style=self.label_kws
        )
        if node.note:
            y += (len(lines) * page.line_high + 2) * sign
            page.badge(node.x, y, node.note, ha="center", va="bottom" if up else "top", strong=False)
