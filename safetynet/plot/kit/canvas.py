"""Axes to draw on: new ones, those of a page that no window shows, and how large they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ...errors import ArgumentError, choose
from .style import PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"slide": (13.33, 7.5), "a4": (8.27, 11.69), "a4_landscape": (11.69, 8.27)}
)


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

    wanted = SIZES[choose("size", size, tuple(SIZES))] if isinstance(size, str) else size
    figure = Figure(figsize=wanted)
    FigureCanvasAgg(figure)
    return _axes(figure)


def new_axes(size: tuple[float, float]) -> Axes:
    """New axes on a figure that ``plt.show()`` knows, as seaborn and pandas make them."""
    import matplotlib.pyplot as plt

    return _axes(plt.figure(figsize=size))


def _axes(figure: Figure) -> Axes:
    wide, high = figure.get_size_inches()
    figure.set_facecolor(PAPER)
    return figure.add_axes((0.3 / wide, 0.22 / high, 1 - 0.6 / wide, 1 - 0.8 / high))


def figure_of(drawn: Axes | Figure) -> Figure:
    """The whole figure of some axes, also where they are in a part of it."""
    part: Any = getattr(drawn, "figure", None)
    if part is None:
        raise ArgumentError("there are no axes on a figure here. Pass the axes that a plot function returned.")
    whole: Figure = part.figure  # that of a part of a figure is the whole one
    return whole


def size_of(ax: Axes) -> tuple[float, float]:
    """Width and height of axes in points."""
    dpi = figure_of(ax).dpi
    box = ax.get_window_extent()
    return float(box.width) * 72 / dpi, float(box.height) * 72 / dpi


def blank(ax: Axes) -> None:
    """Take ticks and frame off some axes."""
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_facecolor(PAPER)


def settle(ax: Axes) -> None:
    """Let the figure lay itself out now, where it would do so when it is shown: then axes keep their size."""
    figure = figure_of(ax)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
