"""Writing a picture to a file, with what it shows in words inside; and showing cases and scores in a notebook."""

from __future__ import annotations

import base64
import html
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from ..case import Case
from ..errors import ArgumentError, choose
from ..score import Score
from .inline import svg
from .kit.alt import pictures
from .kit.lettering import svg_text
from .kit.sheet import figure_of, page
from .kit.style import settings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("png", "svg", "pdf")


def save(drawn: Axes | Figure, path: str | os.PathLike[str], *, dpi: float = 150) -> Path:
    """Write a picture as PNG, SVG or PDF; what it shows stands in the file in words.

    The same picture gives the same bytes every time: no date, no random ids. SVG and PDF have real text, which
    can be searched and copied.

    Parameters
    ----------
    drawn : matplotlib.axes.Axes or matplotlib.figure.Figure
        Axes that a function of ``safetynet.plot`` returned (the whole figure is written), or a figure.
    path : str or path
        Its ending says the format: ``.png``, ``.svg`` or ``.pdf``. A picture that is there already is replaced.
    dpi : float
        Dots per inch of a PNG.

    Returns
    -------
    pathlib.Path
        Where it was written.

    Raises
    ------
    ArgumentError
        If the ending is none of the three.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import safetynet as sn
    >>> ax = sn.plot.network(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.save(ax, pathlib.Path(tempfile.mkdtemp()) / "network.svg").name
    'network.svg'
    """
    place = Path(path)
    ending = place.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise ArgumentError(
            f"path ends in {place.suffix!r}. End it in one of: {', '.join('.' + one for one in FORMATS)}."
        )
    place.write_bytes(rendered(drawn, ending, dpi))
    return place


def rendered(drawn: Axes | Figure, ending: str, dpi: float = 150) -> bytes:
    """The bytes of a picture in a format; the same every time."""
    choose("format", ending, FORMATS)
    figure: Any = drawn if hasattr(drawn, "savefig") else figure_of(drawn)
    found = pictures(drawn)
    words = " ".join(picture.words for picture in found)
    heading = ", ".join(picture.kind.replace("_", " ") for picture in found) or "picture"
    metadata: dict[str, Any] = {
        "png": {"Title": heading, "Description": words, "Software": None},
        "svg": {"Title": heading, "Description": words, "Date": None, "Creator": None},
        "pdf": {"Title": heading, "Subject": words, "CreationDate": None, "Creator": None, "Producer": None},
    }[ending]
    out = io.BytesIO()
    with settings(), mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "safetynet", "pdf.fonttype": 42}):
        if ending == "svg":
            return svg_text(figure, metadata).encode("utf-8")
        figure.savefig(out, format=ending, dpi=dpi, metadata=metadata)
    return out.getvalue()


def mimebundle(shown: Case | Score, include: Any = None, exclude: Any = None) -> dict[str, Any]:
    """What a notebook shows for a case (its network) or a score: PNG and SVG, which need no trust, and text.

    Parameters
    ----------
    shown : Case or Score
    include, exclude : collection of str, optional
        Media types, as Jupyter passes them to ``_repr_mimebundle_``.

    Returns
    -------
    dict
        Media type to content.

    Examples
    --------
    >>> import safetynet as sn
    >>> sorted(sn.plot.mimebundle(sn.load_case("worked_example")))
    ['image/png', 'image/svg+xml', 'text/plain']
    """
    from ._network import network
    from ._score import score

    ax = network(shown, ax=page((11.0, 6.2))) if isinstance(shown, Case) else score(shown, ax=page((8.0, 3.2)))
    makers: dict[str, Any] = {
        "text/plain": lambda: repr(shown),
        "image/png": lambda: base64.b64encode(rendered(ax, "png", 110)).decode("ascii"),
        "image/svg+xml": lambda: svg(ax),
    }
    return {kind: make() for kind, make in makers.items()
            if (not include or kind in include) and (not exclude or kind not in exclude)}  # fmt: skip


def score_html(score: Score) -> str:
    """What a notebook shows for a score: number, scale, sentence, picture and the first lines of its table."""
    head = f"<strong>{html.escape(score.name)}</strong> {html.escape(score.numeral())}"
    scale, sentence = html.escape(score.scale()), html.escape(score.explain())
    picture = mimebundle(score, include=("image/png",))["image/png"]
    image = f'<img alt="{sentence}" style="max-width: 40em" src="data:image/png;base64,{picture}">'
    table = score.table.head(20).to_html(escape=True, border=0, na_rep="")
    rows = f"<small>rests on {len(score.rows)} rows of the chronology</small>"
    return f"<div>{head} <small>{scale}</small><p>{sentence}</p>{image}{table}{rows}</div>"
