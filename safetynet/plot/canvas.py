"""Axes as a sheet measured in points, with boxes that remember where something has been written.

The pictures that place their own labels work in points (1/72 inch), so that a measured text is as long on the
sheet as it is on paper. :class:`Sheet` turns axes into such a sheet; :class:`Boxes` finds free places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.lines import Line2D

from .style import FAMILY, INK, PAPER, SIZES, SMALLEST, SOFT
from .words import clean, measure, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

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


class Sheet:
    """Axes on which one unit is one point: (0, 0) at the lower left, (width, height) at the upper right."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        figure = ax.get_figure(root=True)
        if figure is None:
            raise ValueError("these axes belong to no figure.")
        place = ax.get_position()
        wide, high = figure.get_size_inches()
        self.width = float(wide * place.width * 72)
        self.height = float(high * place.height * 72)
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
        self, x: float, y: float, text: str | Sequence[str], size: float = 10.0, *, ha: str = "left", va: str = "center",
        weight: str = "normal", colour: str = INK, halo: bool = False, badge: str = "", z: float = 6.0, keep: bool = True,
        style: Mapping[str, Any] | None = None,
    ) -> Text:  # fmt: skip
        """Write a text (a list: its lines), and remember its place."""
        lines = [clean(text)] if isinstance(text, str) else list(text)
        box = self.box(x, y, lines, size, ha, weight, va)
        if keep:
            self.taken.add(box)
        settings: dict[str, Any] = {"fontsize": size, "fontweight": weight, "color": colour}
        settings.update(style or {})
        made = self.ax.text(x, (box.bottom + box.top) / 2, "\n".join(lines), ha=ha, va="center", zorder=z,
                            linespacing=1.2, parse_math=False, fontfamily=list(FAMILY), **settings)  # fmt: skip
        if badge:
            made.set_bbox({"boxstyle": "square,pad=0.12", "facecolor": badge, "edgecolor": "none"})
        elif halo:
            made.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground=PAPER)])
        return made

    def mark(self, x: float, y: float, marker: str, size: float, colour: str, *, edge: str = INK, width: float = 1.3,
             z: float = 5.0, style: Mapping[str, Any] | None = None) -> Line2D:  # fmt: skip
        """One marker, `size` points across."""
        settings = {"markerfacecolor": colour, "markeredgecolor": edge, "markeredgewidth": width, **(style or {})}
        line = Line2D([x], [y], marker=marker, markersize=size, linestyle="none", zorder=z, **settings)
        self.ax.add_line(line)
        return line

    def line(self, points: Sequence[Point] | np.ndarray, colour: str = INK, width: float = 1.0, z: float = 2.0,
             dash: Any = "-", **style: Any) -> Line2D:  # fmt: skip
        """A line through some points."""
        xy = np.asarray(points, dtype=float)
        line = Line2D(xy[:, 0], xy[:, 1], color=colour, linewidth=width, linestyle=dash, zorder=z, **style)
        self.ax.add_line(line)
        return line

    def caption(self, text: str, x: float, y: float, width: float, size: float = SMALLEST, most: int = 4,
                colour: str = SOFT) -> float:  # fmt: skip
        """A small text whose last line ends at `y`; returns its upper edge."""
        lines = wrap(text, width, size, most)
        if lines == [""]:
            return y
        self.write(x, y, lines, size, va="bottom", colour=colour)
        return y + len(lines) * size * 1.2


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

    from ..errors import choose

    wanted = SIZES[choose("size", size, tuple(SIZES))] if isinstance(size, str) else size
    figure = Figure(figsize=wanted)
    FigureCanvasAgg(figure)
    return _axes(figure)


def _axes(figure: Figure) -> Axes:
    wide, high = figure.get_size_inches()
    figure.set_facecolor(PAPER)
    return figure.add_axes((0.3 / wide, 0.22 / high, 1 - 0.6 / wide, 1 - 0.8 / high))


def title(ax: Axes, text: str, size: float = 15.0) -> None:
    """The title over the left edge, cut to the width of the axes."""
    from .words import fit

    figure = ax.get_figure(root=True)
    width = float(figure.get_size_inches()[0] * ax.get_position().width * 72) if figure is not None else 400.0
    while size > 11 and measure(clean(text), size, "bold")[0] > width:
        size -= 1
    made = ax.set_title(fit(text, width, size, "bold"), loc="left", fontsize=size, fontweight="bold", color=INK,
                        fontfamily=list(FAMILY))  # fmt: skip
    made.set_parse_math(False)
