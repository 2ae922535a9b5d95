"""An SVG that may stand inside a page whose policy forbids styles of its own: attributes only, and ids of its own."""

from __future__ import annotations

import html
import re

_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
_SHEET = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", re.DOTALL)
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_REFERENCE = re.compile(r'(url\(#|href="#)([^)"]*)')
_FONT = re.compile(r' font-family="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")  # a hundredth of a point is finer than any screen
_PLACES = re.compile(r'\s(?:d|transform|x|y|points)="[^"]*"')
EVERYWHERE = ' stroke-linejoin="round" stroke-linecap="butt"'  # what matplotlib says in a style sheet


def embeddable(svg: str, salt: str, label: str) -> str:
    """An SVG of matplotlib as an element of a page, as wide as its place, `label` (escaped) in its ``aria-label``.

    What was a style is an attribute; ids that nothing refers to are gone, and the others begin with `salt`, so that
    two pictures on one page do not take each other's.
    """
    text = _SHEET.sub("", _METADATA.sub("", svg[svg.index("<svg") :]))
    text = _STYLE.sub(lambda found: _attributes(found[1]), text)
    text = _PLACES.sub(lambda found: _LONG_NUMBER.sub(_rounded, found[0]), text)
    wanted = {found[2] for found in _REFERENCE.finditer(text)}
    text = _ID.sub(lambda found: f' id="{salt}-{found[1]}"' if found[1] in wanted else "", text)
    text = _REFERENCE.sub(rf"\1{salt}-\2", text)
    font = next(iter(_FONT.findall(text)), "")  # said once, for all that is written in it
    text = text.replace(font, "") if font else text
    end = text.index(">")
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", text[:end])
    return f'{head}{EVERYWHERE}{font} role="img" aria-label="{label}"{text[end:]}'


def _attributes(style: str) -> str:
    """The properties of a style attribute, each as an attribute of its own."""
    parts = (part.partition(":") for part in html.unescape(style).split(";") if ":" in part)
    return "".join(f' {name.strip()}="{html.escape(value.strip())}"' for name, _, value in parts)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
