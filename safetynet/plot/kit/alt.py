"""The text that says what a picture shows, kept with the axes it is drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import ArgumentError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Picture(NamedTuple):
    """What has been drawn on axes: which picture, what it shows, and the mark of what it was made of."""

    kind: str
    words: str
    mark: str


_PLACE = "_safetynet_picture"


def remember(ax: Axes, picture: Picture) -> None:
    """Remember what the picture on these axes shows; it stays with them when they are pickled."""
    setattr(ax, _PLACE, picture)


def pictures(drawn: Axes | Figure) -> list[Picture]:
    """What safetynet has drawn on the axes, or on all axes of the figure."""
    every: list[Any] = [drawn] if hasattr(drawn, "get_xlim") else list(getattr(drawn, "axes", ()))
    return [picture for ax in every if (picture := getattr(ax, _PLACE, None)) is not None]


def alt_text(drawn: Axes | Figure) -> str:
    """What a picture shows, in words, for those who cannot see it.

    Parameters
    ----------
    drawn : matplotlib.axes.Axes or matplotlib.figure.Figure
        Axes that a function of ``safetynet.plot`` returned, or a figure with such axes.

    Returns
    -------
    str
        A few plain sentences. :func:`save` writes them into PNG, SVG and PDF files.

    Raises
    ------
    ArgumentError
        If safetynet has drawn nothing there.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.agency_sets(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)
    'Which agencies have which worries ...'
    """
    found = pictures(drawn)
    if not found:
        raise ArgumentError("safetynet has drawn nothing on these axes. Pass the axes that a plot function returned.")
    return " ".join(picture.words for picture in found)
