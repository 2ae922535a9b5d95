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
    gap: float = 0.0  # its share of the space that is left over, which goes above it


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
    links = [
        (place[a], place[b], value) for (a, b), value in sorted(weight.items()) if a in place and b in place and a != b
    ]
    if not links:
        return list(groups)
    ones, others, values = (np.array(column) for column in zip(*links, strict=True))
    sizes = np.array([len(group.nodes) + 1.0 for group in groups])
    where = np.empty(n)

    def cost(order: list[int]) -> float:
        ends = np.cumsum(sizes[order])
        where[order] = ends - sizes[order] / 2
        apart = np.abs(where[ones] - where[others])
        return float((values * np.minimum(apart, ends[-1] - apart)).sum())

    joined = sorted({*ones.tolist(), *others.tolist()})
    order = list(range(n))
    least = cost(order)
    for _ in range(6 if n <= 80 else 1):
        moved = False
        for group in joined:
            rest = [one for one in order if one != group]
            tries = [[*rest[:spot], group, *rest[spot:]] for spot in range(n)]
            costs = [cost(trial) for trial in tries]
            value = min(costs)
            if value < least - 1e-9:
                order, least, moved = tries[costs.index(value)], value, True
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


def lines_of(group: Group, width: float, size: float, mode: str) -> list[Line]:
    """The lines that a group takes in its column; `mode` is "roomy", "plain" or "tight"."""
    lines: list[Line] = []
    name = f"{group.name} (continued)" if group.part else group.name
    alone = len(group.nodes) == 1
    if not alone and group.name:
        lines += [Line(text, "heading") for text in wrap(name, width, size, 2 if mode == "roomy" else 1, "bold")]
    for node in group.nodes:
        text, second = node.name, ""
        if alone and group.name not in ("", node.name):
            text, second = (text, group.name) if mode == "roomy" else (f"{text}, {group.name}", "")
        note = node.note
        if mode == "tight" and measure(note, SMALLEST, "bold")[0] > 0.4 * width:
            note = note.split(" · ")[0]  # the date gives way before the name does
        note_wide = measure(note, SMALLEST, "bold")[0] + BADGE + 4 if note else 0.0
        inline = bool(node.note) and (mode == "tight" or measure(text, size)[0] + note_wide <= width)
        room = max(width - note_wide, width * 0.35) if inline else width
        shown = wrap(text, room, size, 2 if mode == "roomy" and not inline else 1)
        lines.append(Line(shown[0], "label", node, note if inline else "", 1.0))
        lines += [Line(more, "more", node) for more in shown[1:]]
        if second:
            lines.append(Line(fit(second, width, agency_size(size)), "agency"))
        if node.note and not inline:
            lines.append(Line(fit(node.note, width, SMALLEST, "bold"), "note", node))
    lines[0].gap = 2.5
    for line in lines[1:2]:
        if lines[0].kind == "heading" and line.kind == "label":
            line.gap = 0.3
    return lines


def agency_size(size: float) -> float:
    """The letters of the agency under a name."""
    return max(SMALLEST, size - 1.0)


def columns(groups: Sequence[Group], width: float, size: float, mode: str) -> tuple[list[Line], list[Line]]:
    """The lines of the left and the right column: the ring cut where both are most nearly equal.

    Where room is tight, the cut may go through a group, whose other half is headed "(continued)".
    """
    there = [group for group in groups if group.nodes]
    known: dict[tuple[str, int, int, int], list[Line]] = {}

    def made(group: Group) -> list[Line]:
        place = (group.key, group.part, len(group.nodes), id(group.nodes[0]))
        if place not in known:
            known[place] = lines_of(group, width, size, mode)
        return known[place]

    best: tuple[float, int, list[Line], list[Line]] | None = None
    for number, (first, second) in enumerate(_cuts(there, mode == "tight")):
        right = [line for group in first for line in made(group)]
        left = [line for group in reversed(second) for line in made(group)]
        high = max(lines_high(left, 0.0), lines_high(right, 0.0))
        if best is None or high < best[0] - 1e-9:
            best = (high, number, left, right)
    return (best[2], best[3]) if best is not None else ([], [])


def _cuts(groups: Sequence[Group], inside: bool) -> list[tuple[list[Group], list[Group]]]:
    """The ways to cut the ring in two: between groups and, if allowed, through one."""
    cuts = [(list(groups[:place]), list(groups[place:])) for place in range(len(groups) + 1)]
    if inside:
        for place, group in enumerate(groups):
            for number in range(1, len(group.nodes)):
                one = Group(group.key, group.name, group.nodes[:number], group.part)
                other = Group(group.key, group.name, group.nodes[number:], group.part + 1)
                cuts.append(([*groups[:place], one], [other, *groups[place + 1 :]]))
    return cuts


def lines_high(lines: Sequence[Line], gap: float = 0.12) -> float:
    """How many lines a column is high, with `gap` lines for each share of space."""
    return sum(1 + gap * line.gap for line in lines)


def fit_columns(groups: Sequence[Group], width: float, height: float) -> Layout | None:
    """The largest letters with which all labels stand beside the ring; None if none are legible."""
    longest = max((measure(node.name, 12.0)[0] for group in groups for node in group.nodes), default=60.0)
    widest = max((measure(group.name, 12.0, "bold")[0] for group in groups if len(group.nodes) > 1), default=0.0)
    notes = max(
        (measure(node.note, SMALLEST, "bold")[0] + 14 for group in groups for node in group.nodes if node.note),
        default=0.0,
    )
    for mode in ("roomy", "plain", "tight"):
        for size in (13.0, 12.0, 11.0, 10.0, SMALLEST):
            wanted = max(longest * size / 12.0, widest * size / 12.0, notes) + 4
            label_width = min(max(wanted, 0.14 * width), 0.28 * width)
            left, right = columns(groups, label_width, size, mode)
            pitch, gap = (size * LINE, 0.12) if mode != "tight" else (size * 1.17, 0.0)
            if max(lines_high(left, gap), lines_high(right, gap), 1.0) * pitch <= height:
                return Layout(left, right, size, pitch, width / 2 - label_width - 14, label_width)
    return None


def gap_size(lines: Sequence[Line], layout: Layout, height: float) -> float:
    """How many points one share of space is in a column that is to fill `height`."""
    shares = sum(line.gap for line in lines)
    return min(max(0.0, height - len(lines) * layout.pitch) / max(shares, 1e-9), layout.size * 2.2)


def arc(half: float, share: float) -> float:
    """How far from the middle the ring is at `share` (-1 bottom … 1 top) of its height."""
    return half * (0.42 + 0.58 * math.sqrt(max(0.0, 1 - (0.93 * share) ** 2)))


def family_ring(count: int, rx: float, ry: float, turn: float = 90.0) -> list[tuple[float, float]]:
    """Places for the family, evenly round an ellipse from the top, clockwise."""
    return [
        (
            rx * math.cos(math.radians(turn - 360 * place / count)),
            ry * math.sin(math.radians(turn - 360 * place / count)),
        )
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
