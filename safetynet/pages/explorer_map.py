"""Where everybody stands on the map of an explorer: the places of the network picture, for several widths of screen.

The places, the order round the ring and the wrapped names are those of :func:`safetynet.plot.network`; here they become
numbers for inline SVG, in pixels from the upper left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import plot
from ..plot._network_people import Cast, Level, Note
from ..plot._network_places import Places
from ..plot.kit.columns import Line
from ..plot.kit.drawing import CasePage
from ..plot.kit.order import Group, Node
from ..plot.kit.words import wrap
from ..record.snapshot import Snapshot

if TYPE_CHECKING:
    from matplotlib.text import Text

    from ..tables._network import Member

PIXEL = 4 / 3  # pixels in a point
LETTERS = 12.0  # points: what can be read from the back of a room
GROWTH = (1.0, 1.15, 1.32, 1.52, 1.75, 2.0, 2.3)  # by how much a map is made larger, and then shown smaller, to fit
SIZES: Mapping[str, tuple[int, int]] = {
    "room": (1120, 640),
    "wide": (776, 580),
    "half": (612, 500),
    "phone": (350, 520),
}  # pixels
OUTER, INNER = 14.0, 10.0  # how large markers are: in pixels outside, in points inside


@dataclass
class Spot:
    """One place on the map: who stands there, and what is written beside it."""

    key: str
    members: tuple[str, ...]
    kind: str
    x: float
    y: float
    radius: float
    texts: list[Written] = field(default_factory=list)


class Written(NamedTuple):
    """A line of text on the map; `of` is the agency or person it names, or empty."""

    x: float
    y: float
    text: str
    anchor: str
    size: float
    bold: bool
    of: str
    place: int


class Sketch(NamedTuple):
    """A map of one width."""

    wide: float
    high: float
    spots: list[Spot]
    heads: list[Written]


class _Noting(CasePage):
    """A page that notes what is written on it, and for whom."""

    subject = ""

    def __init__(self, view: Snapshot, wide: float, high: float) -> None:
        super().__init__(plot.page((wide / 72 + 0.6, high / 72 + 0.8)), "explorer", False, view)
        self.small = LETTERS
        self.noted: list[tuple[str, Text]] = []

    def write(self, *given: Any, **more: Any) -> Text:
        made = super().write(*given, **more)
        self.noted.append((self.subject, made))
        return made


class _Everybody(Cast):
    """The people of the map, without notes: what they know changes with the day."""

    def _notes(self) -> dict[str, Note]:
        self.kept = []
        return {}

    def _one_place(self, level: Level, place: str, some: Sequence[Member]) -> Group:
        group = super()._one_place(level, place, some)
        if level == "agency":
            group.nodes[0].name = self.page.name(place)
        return group

    def inner_node(self, one: Member, radius: float) -> Node:
        return super().inner_node(one, radius if one.kind == "child" else INNER)

    def layout(self, level: Level) -> Any:
        """The columns of names, where they fit."""
        return self._fit(level, self.page.height - 16)


class _Noted(Places):
    """The places, with a note of whose name is being written."""

    def _write_line(self, line: Line, x: float, y: float, side: int) -> None:
        self.page.subject = line.node.key if line.node else ""  # type: ignore[attr-defined]
        super()._write_line(line, x, y, side)

    def _write_inner(self, node: Node, width: float, most: int, *, up: bool) -> None:
        self.page.subject = node.key  # type: ignore[attr-defined]
        super()._write_inner(node, width, most, up=up)


def many(view: Snapshot) -> bool:
    """Whether the agencies are shown first, as there are more people than can be told apart on a wall."""
    return _Everybody(_Noting(view, 400, 300)).many


def sketch(view: Snapshot, level: Level, size: str) -> Sketch:
    """The map of a width, with a place for everybody or for each agency; larger, and so in smaller letters, to fit."""
    wide, high = (pixels / PIXEL for pixels in SIZES[size])
    for growth in GROWTH:
        page = _Noting(view, wide * growth, high * growth)
        cast = _Everybody(page)
        layout = cast.layout(level)
        if layout is not None or growth == GROWTH[-1]:
            break
    if layout is None:
        page = _Noting(view, wide * growth, high * growth * 4)
        cast = _Everybody(page)
        layout = cast.layout(level)
    places = _Noted(page, cast, layout, 8, page.height - 8, None)
    return _as_sketch(page, places)


def _as_sketch(page: _Noting, places: Places) -> Sketch:
    spots = {key: _spot(page, node) for key, node in places.nodes.items()}
    _give_room(list(spots.values()))
    heads: list[Written] = []
    for subject, text in page.noted:
        lines = _lines(page, text)
        if subject in spots:
            spots[subject].texts += [line._replace(of=spots[subject].key, place=n) for n, line in enumerate(lines)]
        else:
            heads += lines
    for spot in spots.values():
        _push_aside(spot, places.nodes[spot.key].radius * PIXEL)
        spot.texts = [line._replace(place=place) for place, line in enumerate(spot.texts)]
    return Sketch(round(page.width * PIXEL), round(page.height * PIXEL), list(spots.values()), heads)


def _spot(page: _Noting, node: Node) -> Spot:
    x, y = node.x * PIXEL, (page.height - node.y) * PIXEL
    inside = node.kind not in ("professional", "agency")
    return Spot(node.key, node.members, node.kind, x, y, max(node.radius, INNER) * PIXEL if inside else OUTER)


def _give_room(spots: Sequence[Spot]) -> None:
    """Make markers smaller where they would touch."""
    for spot in spots:
        near = min((max(abs(spot.x - one.x), abs(spot.y - one.y)) for one in spots if one is not spot), default=99.0)
        spot.radius = max(6.0, min(spot.radius, near / 2 - 1))


def _push_aside(spot: Spot, before: float) -> None:
    """Move the name of somebody whose marker has grown."""
    more = max(spot.radius - before, 0.0)
    moved = []
    for line in spot.texts:
        if line.anchor == "middle":
            moved.append(line._replace(y=line.y + (more if line.y > spot.y else -more)))
        else:  # under one another, where the picture follows the ring
            moved.append(line._replace(x=spot.texts[0].x + (more + 4 if line.anchor == "start" else -more - 4)))
    spot.texts = moved


def _lines(page: _Noting, text: Text) -> list[Written]:
    """The lines of a text; the place of each is its middle."""
    x, y = text.get_position()
    size, shown = float(text.get_fontsize()) * PIXEL, text.get_text().split("\n")
    anchor = {"left": "start", "right": "end", "center": "middle"}[str(text.get_horizontalalignment())]
    top = (page.height - float(y)) * PIXEL - (len(shown) - 1) * size * 0.6
    bold = text.get_fontweight() == "bold"
    return [
        Written(float(x) * PIXEL, top + place * size * 1.2, line, anchor, size, bold, "", place)
        for place, line in enumerate(shown)
    ]


def hidden_lines(text: str, lines: Sequence[Written]) -> list[str]:
    """What stands in place of the lines of a name while names are hidden; as many lines, some may be empty."""
    from ..plot.kit.fonts import measure

    if not lines:
        return []
    wide = max(measure(line.text, line.size / PIXEL)[0] for line in lines)
    shown = wrap(text, max(wide, 90.0), lines[0].size / PIXEL, len(lines))
    return [*shown, *[""] * (len(lines) - len(shown))]


def default_level(view: Snapshot) -> Level:
    """Agencies from about 25 people on, else people."""
    return "agency" if many(view) else "person"


__all__ = ["SIZES", "Level", "Sketch", "Spot", "Written", "default_level", "hidden_lines", "sketch"]
