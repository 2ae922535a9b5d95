"""Axes as a sheet measured in points, with boxes that remember where something has been written.

The pictures place their own labels and work in points (1/72 inch), so that a measured text is as long on the sheet as
it is on paper. :class:`Sheet` turns axes into such a sheet; :class:`Boxes` finds free places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from .canvas import size_of
from .fonts import family, measure
from .lettering import RimmedText
from .style import INK, MARK, ON_A_SLIDE, PAPER, SMALLEST, SOFT, Dash, Look, Style, with_style
from .words import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]
Points: TypeAlias = "npt.NDArray[np.float64]"
Numbers: TypeAlias = "npt.NDArray[np.float64]"
Across = Literal["left", "center", "right"]
Up = Literal["center", "top", "bottom"]


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        across = self.left < other.right + gap and other.left < self.right + gap
        return across and self.bottom < other.top + gap and other.bottom < self.top + gap

    def grown(self, margin: float) -> Box:
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def moved(self, x: float, y: float) -> Box:
        return Box(self.left + x, self.bottom + y, self.right + x, self.top + y)

    def around(self, other: Box) -> bool:
        """Whether another lies wholly inside it."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top


class Boxes:
    """The places that are taken; they can be looked at all at once."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._rows, self._size = np.empty((64, 4)), 0  # the edges in the order of Box; of more rows than are in use
        for box in boxes:
            self.add(box)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Box]:
        return (Box(*edges) for edges in self._edges.tolist())

    @property
    def _edges(self) -> Points:
        return self._rows[: self._size]

    def add(self, box: Box) -> None:
        if self._size == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[self._size] = box
        self._size += 1

    def forget(self, since: int) -> None:
        """Give back the places that were taken when there were so many already."""
        self._size = since

    def free(self, box: Box, gap: float = 1.0) -> bool:
        return bool(self.free_of([np.array([edge]) for edge in box], gap)[0])

    def free_of(self, edges: Sequence[Numbers], gap: float = 1.0, since: int = 0) -> npt.NDArray[np.bool_]:
        """The same of many boxes at once: their left, bottom, right and top edges; of the places taken since then."""
        left, bottom, right, top = (edge[:, None] for edge in edges)
        taken = self._edges[since:].T
        across = (left < taken[2] + gap) & (taken[0] < right + gap)
        met: npt.NDArray[np.bool_] = (across & (bottom < taken[3] + gap) & (taken[1] < top + gap)).any(axis=1)
        return ~met

    def crossed(self, lines: Sequence[Points], spare: Sequence[Box] = ()) -> list[int]:
        """How many of the points of each line lie in a taken place, the spared ones apart."""
        points = np.concatenate(lines)
        (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
        taken = self._edges
        among = (taken[:, 0] < right) & (left < taken[:, 2]) & (taken[:, 1] < top) & (bottom < taken[:, 3])
        for box in spare:
            among &= (taken != box).any(axis=1)
        (x, y), edges = points.T[:, :, None], taken[among].T
        inside = ((x > edges[0]) & (x < edges[2]) & (y > edges[1]) & (y < edges[3])).any(axis=1)
        starts = np.cumsum([0, *map(len, lines[:-1])])
        return [int(number) for number in np.add.reduceat(inside, starts, dtype=int)]


class Sheet:
    """Axes on which one unit is one point: (0, 0) at the lower left, (width, height) at the upper right.

    Attributes
    ----------
    small : float
        The letters of everything that is no heading: 12 points on a slide, less on a smaller sheet, never below 9.
    taken : Boxes
        Where something has been written.
    """

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        self.width, self.height = size_of(ax)
        self.small = max(SMALLEST, min(ON_A_SLIDE, ON_A_SLIDE * min(self.width / 880, self.height / 450)))
        ax.set_xlim(0, self.width)
        ax.set_ylim(0, self.height)
        ax.set_aspect("equal", adjustable="box")
        self.taken = Boxes()

    @property
    def line_high(self) -> float:
        """How high a line of small letters is."""
        return self.small * 1.2

    def wide(self, text: str, size: float | None = None, weight: str = "normal") -> float:
        """How wide a line of text is; of small letters, unless another size is asked for."""
        return measure(clean(text), size or self.small, weight)[0]

    def box(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        size: float | None = None,
        ha: Across = "left",
        weight: str = "normal",
        va: Up = "center",
    ) -> Box:
        """The place that some lines of text would take."""
        listed = [lines] if isinstance(lines, str) else lines
        sizes = [measure(line, size or self.small, weight) for line in listed]
        wide, high = max(width for width, _ in sizes), sum(height for _, height in sizes)
        left = {"left": x, "center": x - wide / 2, "right": x - wide}[ha]
        bottom = {"center": y - high / 2, "top": y - high, "bottom": y}[va]
        return Box(left, bottom, left + wide, bottom + high)

    def write(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        size: float | None = None,
        *,
        ha: Across = "left",
        va: Up = "center",
        weight: str = "normal",
        colour: str = INK,
        halo: bool = False,
        z: float = 6.0,
        keep: bool = True,
        style: Style = None,
        **more: Any,
    ) -> Text:
        """Write a text (a sequence: its lines), and remember its place."""
        lines = [clean(text)] if isinstance(text, str) else list(text)
        box = self.box(x, y, lines, size, ha, weight, va)
        if keep:
            self.taken.add(box)
        settings = {"fontsize": size or self.small, "fontweight": weight, "color": colour, "ha": ha, "zorder": z}
        settings |= {"va": "center", "linespacing": 1.2, "clip_on": False, "transform": self.ax.transData}
        settings |= {"parse_math": False, "fontfamily": list(family()), **more}
        kind = RimmedText if halo else Text
        made = kind(x, (box.bottom + box.top) / 2, "\n".join(lines), **with_style(settings, style))
        self.ax.add_artist(made)
        return made

    def write_turned(self, x: float, y: float, text: str, angle: float, **more: Any) -> Text:
        """Write a small text that rises from (x, y) at an angle."""
        settings = {"rotation": angle, "rotation_mode": "anchor", "ha": "left", "va": "center", "zorder": 6}
        settings |= {"fontsize": self.small, "color": INK, "parse_math": False, "fontfamily": list(family())}
        return self.ax.text(x, y, clean(text), **{**settings, **more})

    def badge(
        self,
        x: float,
        y: float,
        text: str,
        size: float | None = None,
        *,
        ha: Across = "left",
        va: Up = "center",
        strong: bool = True,
        keep: bool = True,
    ) -> Text:
        """A note that stands out: white on dark, or, where it is not `strong`, dark on white with a rim."""
        made = self.write(x, y, text, size, ha=ha, va=va, weight="bold", colour=PAPER if strong else SOFT, keep=keep)
        face, edge = (MARK, MARK) if strong else (PAPER, SOFT)
        made.set_bbox({"boxstyle": "square,pad=0.05", "facecolor": face, "edgecolor": edge, "linewidth": 0.8})
        return made

    def mark(
        self,
        x: float,
        y: float,
        marker: str,
        size: float,
        colour: str,
        *,
        edge: str = INK,
        width: float = 1.3,
        z: float = 5.0,
        label: str = "",
        style: Style = None,
    ) -> Line2D:
        """One marker, `size` points across."""
        settings: dict[str, Any] = {"marker": marker, "markersize": size, "linestyle": "none", "zorder": z}
        settings |= {"markerfacecolor": colour, "markeredgecolor": edge, "markeredgewidth": width}
        line = Line2D([x], [y], **with_style(settings, style))
        if label:
            line.set_label(label)
        self.ax.add_line(line)
        return line

    def look(self, x: float, y: float, look: Look, size: float = 9.0, **more: Any) -> Line2D:
        """The marker of a kind of thing."""
        return self.mark(x, y, look.marker, size, look.colour, **more)

    def line(
        self,
        points: Sequence[Point] | Points,
        colour: str = INK,
        width: float = 1.0,
        z: float = 2.0,
        dash: Dash = "-",
        **style: Any,
    ) -> Line2D:
        """A line through some points."""
        xy = np.asarray(points, dtype=float)
        settings = {"color": colour, "linewidth": width, "linestyle": dash, "zorder": z}
        line = Line2D(xy[:, 0], xy[:, 1], **with_style(settings, style))
        self.ax.add_line(line)
        return line

    def rectangle(
        self,
        left: float,
        bottom: float,
        wide: float,
        high: float,
        fill: str,
        edge: str = "none",
        width: float = 0.8,
        *,
        z: float = 2.0,
        style: Style = None,
        **more: Any,
    ) -> Rectangle:
        """A filled rectangle."""
        settings = {"facecolor": fill, "edgecolor": edge, "linewidth": width, "zorder": z, **more}
        made = Rectangle((left, bottom), wide, high, **with_style(settings, style))
        self.ax.add_patch(made)
        return made
