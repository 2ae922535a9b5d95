"""The labels of the network picture: two columns of lines, an agency's heading and then its people.

Every line is as high as its letters, so labels cannot collide, whatever they say. The columns bend outwards into two
arcs, which leave the middle to the family, the meetings and the contacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .fonts import measure
from .order import Group, Node
from .words import fit, wrap, wrap_apart

LINE = 1.28  # the height of a line, in letter sizes
BADGE = 6.0  # points between a label and the note behind it

Mode = Literal["roomy", "plain", "tight"]


@dataclass
class Line:
    """One line of a column: a heading, a label, or what continues it."""

    text: str
    kind: Literal["heading", "label", "more", "agency", "note"]
    node: Node | None = None
    note: str = ""
    gap: float = 0.0  # its share of the space that is left over, which goes above it


@dataclass(frozen=True)
class Setting:
    """How labels are set: how wide they may be, their letters, those of what is small, and how closely."""

    width: float
    size: float
    small: float
    mode: Mode

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        return self.size * (1.17 if self.mode == "tight" else LINE)

    @property
    def agency_size(self) -> float:
        """The letters of the agency under a name."""
        return max(self.small, self.size - 1.0)

    def note_wide(self, note: str) -> float:
        return measure(note, self.small, "bold")[0] + BADGE + 4 if note else 0.0


@dataclass
class Layout:
    """What fits: the columns of lines, how they are set, and the half width of the ring."""

    left: list[Line]
    right: list[Line]
    setting: Setting
    pitch: float
    half: float


class _Label:
    """What is written for one node: its text, what stands under it, and its note."""

    def __init__(self, node: Node, group: Group, setting: Setting) -> None:
        alone = len(group.nodes) == 1 and group.name not in ("", node.name)
        below = alone and setting.mode == "roomy"
        self.node, self.setting = node, setting
        self.text = f"{node.name}, {group.name}" if alone and not below else node.name
        self.second = group.name if below else ""
        note = node.note
        if setting.mode == "tight" and measure(note, setting.small, "bold")[0] > 0.4 * setting.width:
            note = note.split(" · ")[0]  # the date gives way before the name does
        wide = setting.note_wide(note)
        whole = measure(self.text, setting.size)[0] + wide
        self.inline = bool(note) and (setting.mode == "tight" or whole <= setting.width)
        self.note = note if self.inline else ""
        self.room = max(setting.width - wide, setting.width * 0.35) if self.inline else setting.width

    def lines(self, shown: Sequence[str]) -> Iterator[Line]:
        setting = self.setting
        yield Line(shown[0], "label", self.node, self.note, 1.0)
        for more in shown[1:]:
            yield Line(more, "more", self.node)
        if self.second:
            yield Line(fit(self.second, setting.width, setting.agency_size), "agency", self.node)
        if self.node.note and not self.inline:
            yield Line(fit(self.node.note, setting.width, setting.small, "bold"), "note", self.node)


def _lines_of(group: Group, labels: Sequence[_Label], shown: dict[str, list[str]], setting: Setting) -> list[Line]:
    """The lines that a group takes in its column."""
    lines: list[Line] = []
    if len(group.nodes) > 1 and group.name:
        name = f"{group.name} (continued)" if group.part else group.name
        most = 2 if setting.mode == "roomy" else 1
        lines += [Line(text, "heading") for text in wrap(name, setting.width, setting.size, most, "bold")]
    heads = len(lines)
    for label in labels:
        lines += label.lines(shown[label.node.key])
    if heads:
        lines[heads].gap = 0.3
    lines[0].gap = 2.5
    return lines


Cut = tuple[list[Group], list[Group]]


def columns(groups: Sequence[Group], setting: Setting) -> tuple[list[Line], list[Line]]:
    """The lines of the left and the right column: the ring cut where both are most nearly equal.

    Where room is tight, the cut may go through a group, whose other half is headed "(continued)".
    """
    there = [group for group in groups if group.nodes]
    labels = {node.key: _Label(node, group, setting) for group in there for node in group.nodes}
    most = 2 if setting.mode == "roomy" else 1
    texts, rooms = {key: one.text for key, one in labels.items()}, {key: one.room for key, one in labels.items()}
    shown = wrap_apart(texts, rooms, setting.size, most)
    known: dict[tuple[str, str, int], list[Line]] = {}

    def made(group: Group) -> list[Line]:
        place = (group.key, group.nodes[0].key, len(group.nodes))
        if place not in known:
            known[place] = _lines_of(group, [labels[node.key] for node in group.nodes], shown, setting)
        return known[place]

    def high(cut: Cut) -> int:
        return max(sum(len(made(group)) for group in part) for part in cut)

    first, second = min(_cuts(there, setting.mode == "tight"), key=high)
    right, left = ([line for one in part for line in made(one)] for part in (first, second[::-1]))
    return left, right


def _cuts(groups: Sequence[Group], inside: bool) -> Iterator[Cut]:
    """The ways to cut the ring in two: between groups and, if allowed, through one."""
    for place in range(len(groups) + 1):
        yield list(groups[:place]), list(groups[place:])
    if inside:
        for place, group in enumerate(groups):
            for number in range(1, len(group.nodes)):
                one = replace(group, nodes=group.nodes[:number])
                other = replace(group, nodes=group.nodes[number:], part=group.part + 1)
                yield [*groups[:place], one], [other, *groups[place + 1 :]]


def lines_high(lines: Sequence[Line], gap: float = 0.12) -> float:
    """How many lines a column is high, with `gap` lines for each share of space."""
    return sum(1 + gap * line.gap for line in lines)


def fit_columns(groups: Sequence[Group], width: float, height: float, small: float) -> Layout | None:
    """The largest letters, none under `small`, with which all labels stand beside the ring; None if none do."""
    longest = max((measure(node.name, 12.0)[0] for group in groups for node in group.nodes), default=60.0)
    widest = max((measure(group.name, 12.0, "bold")[0] for group in groups if len(group.nodes) > 1), default=0.0)
    modes: tuple[Mode, ...] = ("roomy", "plain", "tight")
    for mode in modes:
        for size in dict.fromkeys((13.0, 12.0, 11.0, 10.0, small)):
            if size < small:
                continue
            letters = Setting(0.0, size, small, mode)
            notes = max((letters.note_wide(node.note) + 4 for one in groups for node in one.nodes), default=0.0)
            wanted = max(longest * size / 12.0, widest * size / 12.0, notes) + 4
            setting = replace(letters, width=min(max(wanted, 0.14 * width), 0.28 * width))
            left, right = columns(groups, setting)
            gap = 0.0 if mode == "tight" else 0.12
            if max(lines_high(left, gap), lines_high(right, gap), 1.0) * setting.pitch <= height:
                return Layout(left, right, setting, setting.pitch, width / 2 - setting.width - 14)
    return None


def gap_size(lines: Sequence[Line], layout: Layout, height: float) -> float:
    """How many points one share of space is in a column that is to fill `height`."""
    shares = sum(line.gap for line in lines)
    return min(max(0.0, height - len(lines) * layout.pitch) / max(shares, 1e-9), layout.setting.size * 2.2)
