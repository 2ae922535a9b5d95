"""Axes as a sheet measured in points, with boxes that remember where something has been written.

The pictures that place their own labels work in points (1/72 inch), so that a measured text is as long on the
sheet as it is on paper. :class:`Sheet` turns axes into such a sheet; :class:`Boxes` finds free places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.text import Text

from .lettering import RimmedText
from .style import FAMILY, INK, MARK, PAPER, SIZES, SMALLEST, SOFT, with_style
from .words import clean, measure, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        return (
            self.left < other.right + gap and other.left < self.right + gap
            and self.bottom < other.top + gap and other.bottom < self.top + gap
        )  # fmt: skip

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


class Boxes:
    """The places that are taken."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self.boxes = list(boxes)

    def add(self, box: Box) -> None:
        self.boxes.append(box)

    def free(self, box: Box, gap: float = 1.0) -> bool:
        return not any(box.meets(other, gap) for other in self.boxes)

    def crossed(self, points: np.ndarray, spare: Sequence[Box] = ()) -> int:
        """How many of the points of a line lie in a taken place, the spared ones apart."""
        among = [box for box in self.boxes if box not in spare]
        if not among:
            return 0
        edges = np.array(among)
        x, y = points[:, :1], points[:, 1:]
        inside = (x > edges[:, 0]) & (x < edges[:, 2]) & (y > edges[:, 1]) & (y < edges[:, 3])
        return int(inside.any(axis=1).sum())


def size_of(ax: Axes) -> tuple[float, float]:
    """Width and height of axes in points."""
    from ...errors import ArgumentError

    if ax.figure is None:
        raise ArgumentError("these axes have been taken off their figure. Pass axes that belong to one.")
    box = ax.get_window_extent()
    return float(box.width) * 72 / ax.figure.dpi, float(box.height) * 72 / ax.figure.dpi


def figure_of(ax: Any) -> Any:
    """The whole figure of some axes, also where they are in a part of it."""
    figure = ax.figure
    while (outer := getattr(figure, "figure", figure)) is not None and outer is not figure:
        figure = outer
    return figure


class Sheet:
    """Axes on which one unit is one point: (0, 0) at the lower left, (width, height) at the upper right."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        self.width, self.height = size_of(ax)
        ax.set_xlim(0, self.width)
        ax.set_ylim(0, self.height)
        ax.set_aspect("equal", adjustable="box")
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
        ax.set_facecolor(PAPER)
        self.taken = Boxes()

    def box(self, x: float, y: float, lines: Sequence[str], size: float, ha: str = "left", weight: str = "normal",
            va: str = "center") -> Box:  # fmt: skip
        """The place that some lines of text would take."""
        sizes = [measure(line, size, weight) for line in lines]
        wide, high = max(width for width, _ in sizes), sum(height for _, height in sizes)
        left = {"left": x, "center": x - wide / 2, "right": x - wide}[ha]
        bottom = {"center": y - high / 2, "top": y - high, "bottom": y}[va]
        return Box(left, bottom, left + wide, bottom + high)

    def write(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        size: float = 10.0,
        *,
        ha: str = "left",
        va: str = "center",
        weight: str = "normal",
        colour: str = INK,
        halo: bool = False,
        z: float = 6.0,
        keep: bool = True,
        style: Mapping[str, Any] | None = None,
    ) -> Text:
        """Write a text (a list: its lines), and remember its place."""
        lines = [clean(text)] if isinstance(text, str) else list(text)
        box = self.box(x, y, lines, size, ha, weight, va)
        if keep:
            self.taken.add(box)
        settings: dict[str, Any] = {"fontsize": size, "fontweight": weight, "color": colour}
        settings |= {"ha": ha, "va": "center", "zorder": z, "linespacing": 1.2, "clip_on": False}
        settings |= {"parse_math": False, "fontfamily": list(FAMILY), "transform": self.ax.transData}
        kind = RimmedText if halo else Text
        made = kind(x, (box.bottom + box.top) / 2, "\n".join(lines), **with_style(settings, style))
        self.ax.add_artist(made)
        return made

    def write_turned(self, x: float, y: float, text: str, angle: float, *, colour: str = INK, **style: Any) -> Text:
        """Write a text that rises from (x, y) at an angle."""
        return self.ax.text(
            x, y, clean(text), rotation=angle, rotation_mode="anchor", ha="left", va="center", fontsize=SMALLEST,
            color=colour, zorder=6, parse_math=False, fontfamily=list(FAMILY), **style,
        )  # fmt: skip

    def badge(self, x: float, y: float, text: str, *, ha: str = "left", va: str = "center", strong: bool = True,
              keep: bool = True) -> Text:  # fmt: skip
        """A note that stands out: white on dark, or, where it is not `strong`, dark on white with a rim."""
        made = self.write(
            x, y, text, SMALLEST, ha=ha, va=va, weight="bold", colour=PAPER if strong else SOFT, keep=keep
        )
        made.set_bbox({"boxstyle": "square,pad=0.05", "facecolor": MARK if strong else PAPER,
                       "edgecolor": MARK if strong else SOFT, "linewidth": 0.8})  # fmt: skip
        return made

    def mark(self, x: float, y: float, marker: str, size: float, colour: str, *, edge: str = INK, width: float = 1.3,
             z: float = 5.0, style: Mapping[str, Any] | None = None) -> Line2D:  # fmt: skip
        """One marker, `size` points across."""
        settings: dict[str, Any] = {"marker": marker, "markersize": size, "linestyle": "none", "zorder": z}
        settings |= {"markerfacecolor": colour, "markeredgecolor": edge, "markeredgewidth": width}
        line = Line2D([x], [y], **with_style(settings, style))
        self.ax.add_line(line)
        return line

    def line(self, points: Sequence[Point] | np.ndarray, colour: str = INK, width: float = 1.0, z: float = 2.0,
             dash: Any = "-", **style: Any) -> Line2D:  # fmt: skip
        """A line through some points."""
        xy = np.asarray(points, dtype=float)
        settings = {"color": colour, "linewidth": width, "linestyle": dash, "zorder": z}
        line = Line2D(xy[:, 0], xy[:, 1], **with_style(settings, style))
        self.ax.add_line(line)
        return line

    @property
    def foot(self) -> float:
        """The height that is kept for the caption."""
        return self._foot_lines() * SMALLEST * 1.25

    def _foot_lines(self) -> int:
        return 2 if self.width >= 520 else 3

    def caption(self, text: str) -> None:
        """The small text at the foot: what is drawn, and what is not."""
        lines = wrap(text, self.width, SMALLEST, self._foot_lines())
        self.write(0, 0, lines, SMALLEST, va="bottom", colour=SOFT)


def new_axes(size: tuple[float, float]) -> Axes:
    """New axes on a figure that ``plt.show()`` knows, as seaborn and pandas make them."""
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=size)
    return _axes(figure)


def page(size: str | tuple[float, float] = "slide") -> Axes:
    """Empty axes on a page of their own, which no window ever shows.

    For programs that draw many pictures (reports, websites): the figure belongs to no window system, so nothing
    has to be closed.

    Parameters
    ----------
    size : {"slide", "a4", "a4_landscape"} or (width, height) in inches

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ArgumentError
        If there is no page of that name.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.network(sn.load_case("max"), ax=sn.plot.page("a4"))
    >>> ax.figure.get_size_inches().tolist()
    [8.27, 11.69]
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from ...errors import choose

    wanted = SIZES[choose("size", size, tuple(SIZES))] if isinstance(size, str) else size
    figure = Figure(figsize=wanted)
    FigureCanvasAgg(figure)
    return _axes(figure)


def _axes(figure: Figure) -> Axes:
    wide, high = figure.get_size_inches()
    figure.set_facecolor(PAPER)
    return figure.add_axes((0.3 / wide, 0.22 / high, 1 - 0.6 / wide, 1 - 0.8 / high))


def title(ax: Axes, text: str, size: float = 15.0) -> None:
    """The title over the left edge, in letters that fit: one line if possible, else two."""
    width = size_of(ax)[0]
    while size > 11 and measure(clean(text), size, "bold")[0] > width:
        size -= 1
    made = ax.set_title("\n".join(wrap(text, width, size, 2, "bold")), loc="left", fontsize=size, fontweight="bold",
                        color=INK, fontfamily=list(FAMILY), linespacing=1.15)  # fmt: skip
    made.set_parse_math(False)
