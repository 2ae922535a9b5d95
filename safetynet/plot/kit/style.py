"""Colours, shapes and sizes of the pictures: Okabe-Ito colours, always with a shape and a dark outline.

Nothing here changes matplotlib's settings: the pictures are drawn inside :func:`settings`, which puts back what
it found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import matplotlib as mpl

from .fonts import family

INK = "#1a1a1a"  # outlines and text
SOFT = "#5c5c5c"  # second texts and quiet lines; 6.7 : 1 on white
EDGE = "#9a9a9a"  # the rim of something pale
FAINT = "#e9e9e9"  # bands behind things; carries no meaning alone
BAND = "#f5f5f5"  # every second lane
PAPER = "#ffffff"
PASSED = "#00496f"  # a contact in which a concern was passed
QUIET = "#767676"  # a contact in which none was; 4.5 : 1 on white
MARK = "#8f2d00"  # what the eye should find: unshared, overdue
SMALLEST = 9.0  # points; what can still be read on paper
ON_A_SLIDE = 12.0  # points; what can still be read from the back of a room

Dash: TypeAlias = "str | tuple[float, tuple[float, ...]]"
Style: TypeAlias = "Mapping[str, Any] | None"  # what a caller wants otherwise, as matplotlib takes it
DASHED: Dash = (0, (4, 2.5))
DOTTED: Dash = (0, (1, 1.5))


class Look(NamedTuple):
    """How a kind of thing looks: its fill, its marker, and the words of the legend."""

    colour: str
    marker: str
    words: str


SECTORS: Mapping[str, Look] = MappingProxyType(
    {
        "social_care": Look("#E69F00", "o", "social care"),
        "health": Look("#009E73", "s", "health"),
        "police": Look("#0072B2", "^", "police"),
        "education": Look("#F0E442", "D", "education"),
        "housing": Look("#CC79A7", "p", "housing"),
        "justice": Look("#56B4E9", "v", "justice"),
        "voluntary": Look("#D55E00", "h", "voluntary"),
        "faith": Look("#FFFFFF", "P", "faith"),
        "other": Look("#999999", "8", "other sector"),
    }
)
AROUND: Mapping[str, Look] = MappingProxyType(
    {
        "child": Look("#FFFFFF", "o", "child"),
        "family": Look("#FFFFFF", "o", "family"),
        "support": Look("#FFFFFF", "d", "family's own support"),
        "public": Look("#FFFFFF", "H", "public"),
    }
)

_PLAIN: Mapping[Any, Any] = MappingProxyType(
    {
        "text.usetex": False,
        "font.size": 10.0,
        "axes.unicode_minus": True,
        "path.sketch": None,
        "path.effects": [],
        "lines.dash_joinstyle": "round",
        "lines.solid_capstyle": "butt",
        "lines.scale_dashes": True,
        "patch.force_edgecolor": False,
        "hatch.linewidth": 1.0,
        "axes.axisbelow": True,
        "axes.prop_cycle": mpl.rcParamsDefault["axes.prop_cycle"],
    }
)


@contextmanager
def settings() -> Iterator[None]:
    """Draw under plain settings, the user's fonts apart, and leave matplotlib's own as they were."""
    with mpl.rc_context({**_PLAIN, "font.family": list(family())}):
        yield


def luminance(colour: str) -> float:
    """Relative luminance of a ``#rrggbb`` colour, 0 black to 1 white (WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str = PAPER) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    first, second = sorted((luminance(one), luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


_SHORT: Mapping[str, str] = MappingProxyType(
    {
        **{"lw": "linewidth", "ls": "linestyle", "c": "color", "fc": "facecolor", "ec": "edgecolor"},
        **{"ms": "markersize", "mfc": "markerfacecolor", "mec": "markeredgecolor", "mew": "markeredgewidth"},
        **{"size": "fontsize", "weight": "fontweight", "family": "fontfamily"},
    }
)


def with_style(defaults: Mapping[str, Any], given: Style) -> dict[str, Any]:
    """The default style with what the caller wants otherwise; matplotlib's short names mean their long ones.

    ``color`` of something that is filled is what it is filled with.
    """
    wanted = {_SHORT.get(name, name): value for name, value in (given or {}).items()}
    if "color" in wanted and "color" not in defaults:
        filled = "facecolor" if defaults.get("facecolor", "none") != "none" else "edgecolor"
        wanted[filled if "facecolor" in defaults else "markerfacecolor"] = wanted.pop("color")
    return {**defaults, **wanted}
