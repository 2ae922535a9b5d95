"""The directive ``layers``: the layers of the package as a drawing, from the list that `tests/test_layers.py` holds."""

from __future__ import annotations

import html
import sys
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.test_layers import LAYERS

WIDE, HIGH, APART = 680, 46, 14
FEW = 72  # letters of a line of modules


class LayersDrawn(SphinxDirective):
    """Boxes from the ground at the foot up to the command line; a box may use what lies under it."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", drawn(), format="html")]


def drawn() -> str:
    """The layers as an inline picture in the colours of the page, with all its words as text."""
    parts, y = [], float(APART)
    for heads, what in reversed(LAYERS):
        lines = broken(" ".join(heads))
        high = HIGH + 16 * (len(lines) - 1)
        parts.append(
            f'<rect x="1" y="{y:g}" width="{WIDE - 2}" height="{high}" rx="4" fill="none" stroke="currentColor"/>'
        )
        for place, line in enumerate(lines):
            weight = 'font-weight="bold" font-family="monospace"'
            parts.append(f'<text x="12" y="{y + 19 + 16 * place:g}" {weight}>{html.escape(line)}</text>')
        parts.append(f'<text x="12" y="{y + high - 9:g}">{html.escape(what)}</text>')
        y += high + APART
    words = "; ".join(f"{' '.join(heads)}: {what}" for heads, what in reversed(LAYERS))
    label = f"The layers of the package, from the command line down to the ground: {html.escape(words)}."
    return (
        f'<svg viewBox="0 0 {WIDE} {y:g}" width="100%" role="img" aria-label="{label}" font-size="13" '
        f'fill="currentColor" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def broken(text: str) -> list[str]:
    """The words of a text in lines of so many letters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > FEW:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def setup(app: Sphinx) -> dict[str, object]:
    app.add_directive("layers", LayersDrawn)
    return {"version": "1", "parallel_read_safe": True}
