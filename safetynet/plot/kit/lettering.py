"""Letters that stay letters: with a pale rim on the picture, and as long in an SVG as they were measured."""

from __future__ import annotations

import html
import io
import re
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib import patheffects
from matplotlib.text import Text

from .fonts import is_plain, measure
from .style import PAPER

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure

_TEXT = re.compile(r'<text style="([^"]*)"([^>]*)>([^<]*)</text>')
_SIZE = re.compile(r"font-size: ([\d.]+)px")
_RIM = re.compile(r'<g id="rim">(\s*<text style=")')
_RIM_STYLE = f"paint-order: stroke; stroke: {PAPER}; stroke-width: 2.5px; stroke-linejoin: round; "


class RimmedText(Text):
    """A text with a pale rim, so that it can be read over lines.

    Matplotlib turns a text with an effect into outlines. This one draws the rim first and then itself, so that the
    letters can still be searched, copied and read aloud.
    """

    by_style = False  # whether the rim is left to the style of an SVG

    def draw(self, renderer: RendererBase) -> None:
        """Draw the rim, then the letters."""
        if self.by_style:
            self.set_gid("rim")
            super().draw(renderer)
            self.set_gid(None)
            return
        self.set_path_effects([patheffects.Stroke(linewidth=2.5, foreground=PAPER)])
        super().draw(renderer)
        self.set_path_effects([])
        super().draw(renderer)


def svg_text(figure: Figure, metadata: Mapping[str, str | None]) -> str:
    """A figure as SVG with real text, whose rims are a style and whose lengths are written down.

    With the length, another font than the one that was measured does not push labels together. A text in letters
    that the measuring font lacks, or that join, is left as long as it comes out.
    """
    rimmed = figure.findobj(RimmedText)
    out = io.StringIO()
    for text in rimmed:
        text.by_style = True
    try:
        with warnings.catch_warnings():  # the letters are those of whoever opens the file
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            figure.savefig(out, format="svg", metadata=dict(metadata))
    finally:
        for text in rimmed:
            text.by_style = False
    return _TEXT.sub(_with_length, _RIM.sub(rf"<g>\1{_RIM_STYLE}", out.getvalue()))


def with_words(svg: str, heading: str, words: str) -> str:
    """An SVG file with a title and a description, which programs that read aloud look for."""
    start = svg.index("<svg")
    end = svg.index(">", start)
    head = ' role="img" aria-labelledby="safetynet-title safetynet-desc">'
    title = f'<title id="safetynet-title">{html.escape(heading)}</title>'
    desc = f'<desc id="safetynet-desc">{html.escape(words)}</desc>'
    return f"{svg[:end]}{head}\n {title}\n {desc}{svg[end + 1 :]}"


def _with_length(found: re.Match[str]) -> str:
    style, rest, content = found.groups()
    size, shown = _SIZE.search(style), html.unescape(content)
    if size is None or not shown.strip() or not is_plain(shown):
        return found[0]
    weight = "bold" if "font-weight: 700" in style else "normal"
    wide = measure(shown, float(size[1]), weight)[0] / 1.04
    return f'<text style="{style}"{rest} textLength="{wide:.2f}" lengthAdjust="spacingAndGlyphs">{content}</text>'
