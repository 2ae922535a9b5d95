"""What the tests ask of a drawing: its texts, their measured boxes, and the rows that its artists stand for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import safetynet as sn
from safetynet.plot.kit.canvas import figure_of
from safetynet.plot.kit.routes import rows_of

CASES = ("worked_example", "max", "reuben", "malachi_subecz", "khyra_ishaq", "pelka", "victoria_climbie")
KINDS = (
    *("network", "ecomap", "who_knew_what", "chronology", "agency_sets", "picture_over_time"),
    *("scores_over_time", "responsibility", "agency_matrix", "meeting_coverage", "matters", "beliefs_and_duties"),
)


def drawer(kind: str) -> Callable[..., Any]:
    """The function of that name."""
    return getattr(sn.plot, kind)  # type: ignore[no-any-return]


@cache
def on_a_slide(kind: str, name: str) -> Any:
    """The picture of a packaged case on a slide, drawn once and only looked at."""
    return drawer(kind)(sn.load_case(name), ax=sn.plot.page())


def texts(ax: Any) -> list[Any]:
    """Every text on the axes that says something, the title included."""
    return [text for text in (*ax.texts, ax.title, ax._left_title) if text.get_text().strip() and text.get_visible()]


def said(ax: Any) -> str:
    """All texts together."""
    return "\n".join(text.get_text() for text in texts(ax))


def boxes(ax: Any) -> list[tuple[str, Any]]:
    """Each upright text with the box that it takes, in points; as the renderer measures it."""
    figure = figure_of(ax)
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    scale = 72 / figure.dpi
    found = []
    for text in texts(ax):
        if text.get_rotation() == 0:
            box = text.get_window_extent(renderer)
            found.append((text.get_text(), tuple(side * scale for side in (box.x0, box.y0, box.x1, box.y1))))
    return found


def overlaps(ax: Any, slack: float = 0.8) -> list[tuple[str, str]]:
    """The pairs of texts whose boxes share more than a hair."""
    measured = boxes(ax)
    found = []
    for place, (one, a) in enumerate(measured):
        for other, b in measured[:place]:
            across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            if across > slack and up > slack + 1.2:  # a line of letters has some air above and below
                found.append((one, other))
    return found


def outside(ax: Any) -> list[str]:
    """The texts that leave the page."""
    figure = figure_of(ax)
    wide, high = figure.get_size_inches() * 72
    return [text for text, box in boxes(ax) if box[0] < -1 or box[1] < -1 or box[2] > wide + 1 or box[3] > high + 1]


def marks(ax: Any, marker: str, least: float = 5.5) -> list[Any]:
    """The markers of a shape that are at least so large."""
    return [line for line in ax.lines if line.get_marker() == marker and line.get_markersize() >= least]


def drawn_rows(ax: Any) -> set[str]:
    """The chronology rows that the artists of the axes stand for."""
    return {row for artist in ax.get_children() for row in rows_of(str(artist.get_label()))}
