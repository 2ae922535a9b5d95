"""Where everybody stands on the network picture: two arcs of professionals round the family and the child.

Each half of the ring is a column of lines: an agency's heading, then its people, every line as high as its
letters. So labels cannot collide, whatever they say; the arcs leave the middle to the family, the meetings and
the contacts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .style import SMALLEST, Look
from .words import fit, measure, wrap

LINE = 1.28  # the height of a line, in letter sizes
BADGE = 6.0  # points between a label and the note behind it


@dataclass
class Node:
    """Somebody on the map, or several who share a place."""

    key: str
    name: str
    look: Look
    members: tuple[str, ...]
    kind: str = "professional"
    note: str = ""
    gone: bool = False
    x: float = 0.0
    y: float = 0.0
    radius: float = 6.0

    @property
    def place(self) -> tuple[float, float]:
        return (self.x, self.y)


@dataclass
class Group:
    """An agency's people, or one person without an agency."""

    key: str
    name: str
    nodes: list[Node] = field(default_factory=list)
    part: int = 0


@dataclass
class Line:
    """One line of a column: a heading, a label, or what continues it."""

    text: str
    kind: str  # "heading", "label", "more", "agency", "note"
    node: Node | None = None
    note: str = ""
    after: float = 0.0  # extra space below, in lines


@dataclass
class Layout:
    """What fits: the columns of lines, their letters, and the half width of the ring."""

    left: list[Line]
    right: list[Line]
    size: float
    pitch: float
    half: float
    label_width: float


def order_groups(groups: Sequence[Group], weight: Mapping[tuple[str, str], float]) -> list[Group]:
    """The groups round the ring, so that those with much contact stand close; the same for the same case.

    Starts from the order of the case and moves one group at a time to where the sum of contacts × distance round
    the ring is least, until no move helps.
    """
    n = len(groups)
    if n < 4:
        return list(groups)
    place = {group.key: number for number, group in enumerate(groups)}
    strength = np.zeros((n, n))
    for (a, b), value in weight.items():
        if a in place and b in place and a != b:
            strength[place[a], place[b]] += value
            strength[place[b], place[a]] += value
    sizes = np.array([len(group.nodes) + 1.0 for group in groups])

    def cost(order: list[int]) -> float:
        ends = np.cumsum(sizes[order])
        middles = ends - sizes[order] / 2
        apart = np.abs(middles[:, None] - middles[None, :])
        apart = np.minimum(apart, ends[-1] - apart)
        return float((strength[np.ix_(order, order)] * apart).sum())

    order = list(range(n))
    least = cost(order)
    for _ in range(6):
        moved = False
        for group in range(n):
            rest = [one for one in order if one != group]
            tries = [(cost(trial), place_, trial) for place_ in range(n)
                     for trial in [[*rest[:place_], group, *rest[place_:]]]]  # fmt: skip
            value, _, trial = min(tries, key=lambda one: (one[0], one[1]))
            if value < least - 1e-9:
                order, least, moved = trial, value, True
        if not moved:
            break
    return [groups[number] for number in order]


def split_large(groups: Sequence[Group]) -> list[Group]:
    """Cut a group that is much more than half of everybody into parts, so that both halves of the ring are used."""
    total = sum(len(group.nodes) + 1 for group in groups)
    parts: list[Group] = []
    for group in groups:
        half = max(4, math.ceil(total / 2))
        if len(group.nodes) > half * 1.2:
            size = math.ceil(len(group.nodes) / math.ceil(len(group.nodes) / half))
            for number, first in enumerate(range(0, len(group.nodes), size)):
                parts.append(Group(group.key, group.name, group.nodes[first : first + size], number))
        else:
            parts.append(group)
    return parts


def lines_of(group: Group, width: float, size: float, roomy: bool) -> list[Line]:
    """The lines that a group takes in its column."""
    lines: list[Line] = []
    name = f"{group.name} (continued)" if group.part else group.name
    alone = len(group.nodes) == 1
    if not alone and group.name:
        lines += [Line(text, "heading") for text in wrap(name, width, size, 2 if roomy else 1, "bold")]
    for node in group.nodes:
        room = width
        note_wide = measure(node.note, SMALLEST, "bold")[0] + BADGE + 4 if node.note else 0.0
        inline = bool(node.note) and measure(node.name, size)[0] + note_wide <= width
        if node.note and not roomy:
            inline, room = True, max(width - note_wide, width * 0.35)
        text = node.name
        if alone and group.name and not roomy and group.name != node.name:
            text = f"{node.name}, {group.name}"
        shown = wrap(text, room, size, 2 if roomy and not inline else 1)
        lines.append(Line(shown[0], "label", node, node.note if inline else ""))
        lines += [Line(more, "more") for more in shown[1:]]
        if alone and roomy and group.name and group.name != node.name:
            lines.append(Line(fit(group.name, width, size - 0.5 if size > SMALLEST + 0.5 else SMALLEST), "agency"))
        if node.note and not inline:
            lines.append(Line(fit(node.note, width, SMALLEST, "bold"), "note", node))
    if lines:
        lines[-1].after = 0.45 if roomy else 0.2
    return lines


def columns(groups: Sequence[Group], width: float, size: float, roomy: bool) -> tuple[list[Line], list[Line]]:
    """The lines of the left and the right column: the ring cut where both are most nearly equal."""
    blocks = [lines_of(group, width, size, roomy) for group in groups]
    heights = [_lines_high(block) for block in blocks]
    total = sum(heights)
    cut = min(range(len(blocks) + 1), key=lambda place: (abs(sum(heights[:place]) * 2 - total), place))
    right = [line for block in blocks[:cut] for line in block]
    left = [line for block in reversed(blocks[cut:]) for line in block]
    return left, right


def _lines_high(lines: Sequence[Line]) -> float:
    return sum(1 + line.after for line in lines)


def fit_columns(groups: Sequence[Group], width: float, height: float) -> Layout | None:
    """The largest letters with which all labels stand beside the ring; None if none are legible."""
    longest = max((measure(node.name, 12.0)[0] for group in groups for node in group.nodes), default=60.0)
    widest = max((measure(group.name, 12.0, "bold")[0] for group in groups if len(group.nodes) > 1), default=0.0)
    for roomy in (True, False):
        for size in (13.0, 12.0, 11.0, 10.0, SMALLEST):
            wanted = max(longest, widest) * size / 12.0 + 4
            share = 0.27 if width > 700 else 0.29
            label_width = min(max(wanted, 0.14 * width), share * width)
            left, right = columns(groups, label_width, size, roomy)
            high = max(_lines_high(left), _lines_high(right), 1.0)
            if high * size * LINE <= height:
                half = width / 2 - label_width - 14
                pitch = min(height / high, size * LINE * 1.7)
                return Layout(left, right, size, pitch, half, label_width)
    return None


def arc(half: float, share: float) -> float:
    """How far from the middle the ring is at `share` (-1 bottom … 1 top) of its height."""
    return half * (0.42 + 0.58 * math.sqrt(max(0.0, 1 - (0.93 * share) ** 2)))


def family_ring(count: int, rx: float, ry: float, turn: float = 90.0) -> list[tuple[float, float]]:
    """Places for the family, evenly round an ellipse from the top, clockwise."""
    return [
        (rx * math.cos(math.radians(turn - 360 * place / count)), ry * math.sin(math.radians(turn - 360 * place / count)))
        for place in range(count)
    ]


def seat_family(pulls: Sequence[tuple[float, float]], places: Sequence[tuple[float, float]]) -> list[int]:
    """Which place each of the family takes: as near as may be to the professionals they deal with."""
    from scipy.optimize import linear_sum_assignment

    if not pulls:
        return []
    cost = [[math.hypot(px - x, py - y) for x, y in places] for px, py in pulls]
    _, chosen = linear_sum_assignment(np.array(cost))
    return [int(place) for place in chosen]
