"""Letters that stay letters: with a pale rim on the picture, and as long in an SVG as they were measured."""

from __future__ import annotations

import html
import io
import re
from typing import Any

from matplotlib import patheffects
from matplotlib.text import Text

from .style import PAPER
from .words import measure

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

    def draw(self, renderer: Any) -> None:
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


def svg_text(figure: Any, metadata: dict[str, Any]) -> str:
    """A figure as SVG with real text, whose rims are a style and whose lengths are written down.

    With the length, another font than the one that was measured does not push labels together.
    """
    rimmed = figure.findobj(RimmedText)
    out = io.StringIO()
    for text in rimmed:
        text.by_style = True
    try:
        figure.savefig(out, format="svg", metadata=metadata)
    finally:
        for text in rimmed:
            text.by_style = False
    return _TEXT.sub(_with_length, _RIM.sub(rf"<g>\1{_RIM_STYLE}", out.getvalue()))


def _with_length(found: re.Match[str]) -> str:
    style, rest, content = found.groups()
    size = _SIZE.search(style)
    if size is None or not content.strip():
        return found[0]
    weight = "bold" if "font-weight: 700" in style else "normal"
    wide = measure(html.unescape(content), float(size[1]), weight)[0] / 1.04
    return f'<text style="{style}"{rest} textLength="{wide:.2f}" lengthAdjust="spacingAndGlyphs">{content}</text>'
