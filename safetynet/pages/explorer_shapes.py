"""The shapes of the map of an explorer, as paths of SVG round the middle: one for each sector, and for those inside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ..plot.kit.style import AROUND, SECTORS


def polygon(points: Iterable[tuple[float, float]]) -> str:
    """A closed path through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def regular(corners: int, turn: float, size: float = 10.0, stretch: Sequence[float] = (1.0, 1.0)) -> str:
    """A regular polygon; the first corner at `turn` degrees clockwise from the top."""
    angles = [math.radians(turn + 360 * place / corners) for place in range(corners)]
    return polygon((size * stretch[0] * math.sin(angle), -size * stretch[1] * math.cos(angle)) for angle in angles)


_CIRCLE = "M-10 0A10 10 0 1 1 10 0A10 10 0 1 1 -10 0Z"
_PLUS = (
    (-4, -10),
    (4, -10),
    (4, -4),
    (10, -4),
    (10, 4),
    (4, 4),
    (4, 10),
    (-4, 10),
    (-4, 4),
    (-10, 4),
    (-10, -4),
    (-4, -4),
)
_BY_MARKER = {
    "o": _CIRCLE,
    "s": regular(4, 45, 12.5),
    "^": regular(3, 0, 13.0),
    "v": regular(3, 180, 13.0),
    "D": regular(4, 0, 13.0),
    "d": regular(4, 0, 13.0, (0.75, 1.0)),
    "p": regular(5, 0, 11.5),
    "h": regular(6, 0, 11.5),
    "H": regular(6, 30, 11.5),
    "8": regular(8, 22.5, 11.0),
    "P": polygon(_PLUS),
}
SHAPES = {name: _BY_MARKER[look.marker] for name, look in {**SECTORS, **AROUND}.items()}
LOWER = {name: {"^": 0.2, "v": -0.2}.get(look.marker, 0.0) for name, look in SECTORS.items()}  # where a mark stands
SHAPE_WORDS = {name: look.words for name, look in {**SECTORS, **AROUND}.items()}
