"""A picture as SVG text that can stand inside a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

from .kit.alt import pictures
from .kit.canvas import figure_of
from .kit.embedding import embeddable
from .kit.lettering import svg_text
from .kit.style import settings

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def svg(ax: Axes, salt: str = "safetynet") -> str:
    """The figure of some axes as SVG text for a web page: real text, no prologue, no date, nothing to fetch.

    It has no style of its own, only attributes, so that a page whose policy forbids styles shows it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    salt : str
        Begins every id inside, so that two pictures on one page do not take each other's.

    Returns
    -------
    str
        An ``<svg>`` element whose size follows the page; what the picture shows is its ``aria-label``.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.network(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.svg(ax)[:4]
    '<svg'
    """
    from html import escape

    with settings(), mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        text = svg_text(figure_of(ax), {"Date": None, "Creator": None})
    label = escape(" ".join(picture.words for picture in pictures(ax)), quote=True)
    return embeddable(text, salt, label)
