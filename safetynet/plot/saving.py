"""Writing a picture to a file, with what it shows in words inside; and showing cases and scores in a notebook."""

from __future__ import annotations

import base64
import html
import io
import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl

from ..case import Case
from ..errors import ArgumentError, FileInTheWayError, choose, yes_or_no
from ..io.files import full_path, write_file
from ..score import Score
from ..wording import count
from .inline import svg
from .kit.alt import alt_text, pictures
from .kit.canvas import figure_of, page
from .kit.fonts import lacking_told_once
from .kit.lettering import svg_text, with_words
from .kit.style import settings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("png", "svg", "pdf")
METADATA: Mapping[str, tuple[tuple[str, str, str], tuple[str, ...]]] = {  # title, words and mark; what is left out
    "png": (("Title", "Description", "Source"), ("Software",)),
    "svg": (("Title", "Description", "Source"), ("Date", "Creator")),
    "pdf": (("Title", "Subject", "Keywords"), ("CreationDate", "Creator", "Producer")),
}
_ENDS = 1 << 16  # bytes at both ends of a file in which its mark must stand


def save(drawn: Axes | Figure, path: str | os.PathLike[str], *, dpi: float = 150, overwrite: bool = False) -> Path:
    """Write a picture as PNG, SVG or PDF; what it shows stands in the file in words.

    The same picture gives the same bytes every time: no date, no random ids. SVG and PDF have real text, which
    can be searched and copied. The file is there whole or not at all.

    Parameters
    ----------
    drawn : matplotlib.axes.Axes or matplotlib.figure.Figure
        Axes that a function of ``safetynet.plot`` returned (the whole figure is written), or a figure.
    path : str or path
        Its ending says the format: ``.png``, ``.svg`` or ``.pdf``. A picture that safetynet made of the same case
        is replaced; anything else only with ``overwrite=True``. A link is replaced, never written through.
    dpi : float
        Dots per inch of a PNG.
    overwrite : bool

    Returns
    -------
    pathlib.Path
        Where it was written.

    Raises
    ------
    ArgumentError
        If the ending is none of the three.
    FileInTheWayError
        If something else is there, and `overwrite` is false.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import safetynet as sn
    >>> ax = sn.plot.network(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.save(ax, pathlib.Path(tempfile.mkdtemp()) / "network.svg").name
    'network.svg'
    """
    yes_or_no(overwrite=overwrite)
    place, ending = full_path(path), ending_of(path)
    own = _is_own(place, mark_in_files(drawn))
    if os.path.lexists(place) and not own and not overwrite and not place.is_dir():
        raise FileInTheWayError(
            f"{str(place)!r} was not made by safetynet of the same case, and was left alone. Give another name, or "
            "overwrite=True."
        )
    write_file(place, rendered(drawn, ending, dpi), overwrite=True)
    return place


def ending_of(path: str | os.PathLike[str]) -> str:
    """The format that the ending of a path says; anything but the three is refused."""
    place = full_path(path)
    ending = place.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        allowed = ", ".join("." + one for one in FORMATS)
        raise ArgumentError(f"{place.name!r} is not the name of a picture. End it in one of: {allowed}.")
    return ending


def mark_in_files(drawn: Axes | Figure) -> str:
    """What a file of this picture carries, so that it is known later what it was made of."""
    return "safetynet picture of " + "+".join(sorted({one.mark for one in pictures(drawn)})) + "."


def _is_own(path: Path, mark: str) -> bool:
    """Whether a file carries the mark; what lies behind a link is not looked at."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_ENDS)
        file.seek(max(0, path.stat().st_size - _ENDS))
        return mark.encode() in head + file.read(_ENDS)


def rendered(drawn: Axes | Figure, ending: str, dpi: float = 150) -> bytes:
    """The bytes of a picture in a format; the same every time."""
    choose("format", ending, FORMATS)
    figure, found, mark = figure_of(drawn), pictures(drawn), mark_in_files(drawn)
    words = " ".join(picture.words for picture in found)
    heading = ", ".join(picture.kind.replace("_", " ") for picture in found) or "picture"
    own, silent = METADATA[ending]
    metadata: dict[str, str | None] = dict(zip(own, (heading, words, mark), strict=True)) | dict.fromkeys(silent)
    out = io.BytesIO()
    with settings(), mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "safetynet", "pdf.fonttype": 42}):
        if ending == "svg":
            return with_words(svg_text(figure, metadata), heading, words).encode("utf-8")
        with lacking_told_once(3):
            figure.savefig(out, format=ending, dpi=dpi, metadata=metadata)
    return out.getvalue()


Bundle = dict[str, str]


def mimebundle(
    shown: Case | Score, include: Collection[str] | None = None, exclude: Collection[str] | None = None
) -> Bundle:
    """What a notebook shows for a case (its network) or a score: pictures that need no trust, and text.

    The HTML of a case is an image with what it shows in words, for those who cannot see it.

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
    ['image/png', 'image/svg+xml', 'text/html', 'text/plain']
    """
    from ._network import network
    from ._score import score

    ax = network(shown, ax=page((11.0, 6.2))) if isinstance(shown, Case) else score(shown, ax=page((8.0, 3.2)))
    makers: dict[str, Callable[[], str]] = {
        "text/plain": lambda: repr(shown),
        "image/png": lambda: base64.b64encode(rendered(ax, "png", 110)).decode("ascii"),
        "image/svg+xml": lambda: svg(ax),
    }
    if isinstance(shown, Case):
        makers["text/html"] = lambda: _image(svg(ax).encode("utf-8"), "svg+xml", alt_text(ax), "width: 100%")
    wanted = {kind for kind in makers if not include or kind in include} - set(exclude or ())
    return {kind: make() for kind, make in makers.items() if kind in wanted}


def _image(content: bytes | str, kind: str, words: str, style: str) -> str:
    """A picture inside a page, with what it shows in words; text is taken to be in base 64 already."""
    coded = content if isinstance(content, str) else base64.b64encode(content).decode("ascii")
    return f'<img alt="{html.escape(words)}" style="{style}" src="data:image/{kind};base64,{coded}">'


def score_html(score: Score) -> str:
    """What a notebook shows for a score: number, scale, sentence, picture and the first lines of its table."""
    head = f"<strong>{html.escape(score.name)}</strong> {html.escape(score.numeral())}"
    scale, sentence = html.escape(score.scale()), html.escape(score.explain())
    picture = mimebundle(score, include=("image/png",))["image/png"]
    image = _image(picture, "png", score.explain(), "max-width: 40em")
    table = score.table.head(20).to_html(escape=True, border=0, na_rep="")
    rows = f"<small>rests on {count(len(score.rows), 'row')} of the chronology</small>"
    return f"<div>{head} <small>{scale}</small><p>{sentence}</p>{image}{table}{rows}</div>"
