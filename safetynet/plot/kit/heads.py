"""Heads of columns: of words, and of narrow ones slanting names, or upright ids where slanting ones have no room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from .sheet import Across, Sheet
from .words import fit_apart

SLANT = math.radians(55)


class WordColumn(NamedTuple):
    """A column of words at the right: its heading, and where and how wide it is."""

    head: tuple[str, ...]
    x: float
    width: float
    ha: Across


def slanted_high(sheet: Sheet, texts: Sequence[str], most: float) -> float:
    """How high slanting heads of these texts are, at most so many points."""
    longest = max((sheet.wide(text) for text in texts), default=0.0)
    return min(longest * math.sin(SLANT) + 12, most)


def sticks_out(high: float) -> float:
    """How far slanting heads of that height stick out to the right."""
    return high / math.tan(SLANT)


def have_room(sheet: Sheet, pitch: float) -> bool:
    """Whether slanting heads that are `pitch` points apart do not touch."""
    return pitch * math.sin(SLANT) >= sheet.small * 1.1


def draw_slanted(
    sheet: Sheet, xs: Sequence[float], base: float, texts: Mapping[str, str], high: float, calm: Sequence[bool] = ()
) -> None:
    """Slanting heads over `base`, by their ids; those that are `calm` in another type."""
    shown = fit_apart(texts, (high - 10) / math.sin(SLANT), sheet.small)
    for place, (x, text) in enumerate(zip(xs, shown.values(), strict=True)):
        slope = "italic" if calm and calm[place] else "normal"
        sheet.write_turned(x, base + 4, text, math.degrees(SLANT), fontstyle=slope)


def draw_upright(sheet: Sheet, xs: Sequence[float], base: float, texts: Sequence[str]) -> bool:
    """Upright heads over `base`, as many as there is room for; whether that was all of them."""
    wide = min((b - a for a, b in pairwise(xs)), default=100.0)
    every = max(1, math.ceil(sheet.small * 1.15 / wide))
    for x, text in list(zip(xs, texts, strict=True))[::every]:
        sheet.write_turned(x, base + 4, text, 90.0)
    return every == 1
