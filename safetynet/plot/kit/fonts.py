"""Which letters the pictures are written in, and how wide a text is in them."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import matplotlib as mpl

from ...errors import SafetynetWarning
from ...wording import count

LETTERS = "DejaVu Sans"  # comes with matplotlib, so that every machine draws alike
JOINERS = ("\u200c", "\u200d")  # they say how the letters beside them join, and have no width

Family = tuple[str, ...]


def family() -> Family:
    """The fonts that the user has set in ``font.family``, if any, and then the one that comes with matplotlib."""
    return _with_ours(tuple(mpl.rcParams["font.family"]))


@lru_cache(maxsize=32)
def _with_ours(wanted: Family) -> Family:
    own = () if wanted == tuple(mpl.rcParamsDefault["font.family"]) else wanted
    return tuple(dict.fromkeys((*own, LETTERS, "sans-serif")))


def measure(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and height in points of one line of text; the height is that of a line, whatever its letters."""
    return (_width(text, weight, family()) * size if text else 0.0) * 1.04 + 0.5, size * 1.2


@lru_cache(maxsize=8192)
def _width(text: str, weight: str, fonts: Family) -> float:
    """How wide one line of text is in letters of one point."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    for joiner in JOINERS:
        text = text.replace(joiner, "")
    font = FontProperties(family=list(fonts), size=100.0, weight=weight)
    with warnings.catch_warnings():  # a letter that no font has is told of when it is drawn
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100.0


@contextmanager
def lacking_told_once(stacklevel: int) -> Iterator[None]:
    """While something is drawn: what matplotlib says of each letter that no font has is said once, with what to do."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        yield
    lacking: dict[str, None] = {}
    for one in told:
        found = re.match(r"Glyph (\d+) .* missing from font", str(one.message))
        if found:
            lacking[chr(int(found[1]))] = None
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    if lacking:
        first = unicodedata.name(next(iter(lacking)), "a sign without a name")
        warnings.warn(
            f"{count(len(lacking), 'letter')} of this picture (such as {first}) {'is' if len(lacking) == 1 else 'are'} "
            f"in no font that it is drawn with ({', '.join(family()[:-1])}): empty boxes stand there. Save it as .svg, "
            "for which the reader's machine finds the letters, or set a font that has them before you draw: "
            "matplotlib.rcParams['font.family'] = ['Noto Sans CJK JP'], say, or in a file matplotlibrc.",
            SafetynetWarning,
            stacklevel=stacklevel + 2,  # this function, and what runs it as a context
        )


def is_plain(text: str) -> bool:
    """Whether the fonts have every letter and each stands by itself, so that the text is as long as it was measured."""
    known = _letters(family())
    return all(
        ord(sign) in known and unicodedata.category(sign)[0] != "M" and unicodedata.bidirectional(sign) not in _TURNED
        for sign in text
    )


_TURNED = ("R", "AL", "AN")  # written from right to left


@lru_cache(maxsize=32)
def _letters(fonts: Family) -> frozenset[int]:
    """The letters that any of the fonts has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    found: set[int] = set()
    for name in fonts:
        try:
            path = findfont(FontProperties(family=[name]), fallback_to_default=False)
        except ValueError:  # not on this machine
            continue
        found |= get_font(path).get_charmap().keys()
    return frozenset(found)
