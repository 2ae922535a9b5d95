"""The key under a picture: what its shapes and lines mean, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .sheet import Sheet
from .style import INK, SMALLEST, Look
from .words import measure


class Entry(NamedTuple):
    """One line of the key: how to draw its sample at (x, y), how wide that is, and its words."""

    draw: Callable[[Sheet, float, float], object]
    width: float
    words: str


def of_marker(look: Look, size: float = 9.0, words: str = "", edge: str = INK, width: float = 1.3) -> Entry:
    """A marker and what it means."""
    return Entry(lambda sheet, x, y: _mark(sheet, x + 5, y, look, size, edge, width), 13.0, words or look.words)


def _mark(sheet: Sheet, x: float, y: float, look: Look, size: float, edge: str, width: float) -> None:
    sheet.mark(x, y, look.marker, size, look.colour, edge=edge, width=width)


def of_badge(words: str, sample: str = "C1", *, strong: bool = True) -> Entry:
    """The note that stands out."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.badge(x + 2, y, sample, strong=strong, keep=False)

    return Entry(draw, measure(sample, SMALLEST, "bold")[0] + 8, words)


def of_line(draw: Callable[[Sheet, float, float], object], words: str, width: float = 26.0) -> Entry:
    """A line, drawn by `draw` from (x, y) to (x + 22, y), and what it means."""
    return Entry(draw, width, words)


def rows_needed(entries: Sequence[Entry], width: float, size: float = SMALLEST) -> list[list[Entry]]:
    """The entries in rows that are no wider than `width`."""
    rows: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        wide = entry.width + measure(entry.words, size)[0] + 14
        if rows[-1] and used + wide > width:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += wide
    return rows if rows[0] else []


def draw_key(sheet: Sheet, entries: Sequence[Entry], y: float, *, x: float = 0.0, width: float | None = None,
             size: float = SMALLEST) -> float:  # fmt: skip
    """Draw the key with its lower edge at `y`; returns its upper edge."""
    rows = rows_needed(entries, sheet.width - x if width is None else width, size)
    high = size * 1.55
    for number, row in enumerate(reversed(rows)):
        here, middle = x, y + high * (number + 0.5)
        for entry in row:
            entry.draw(sheet, here, middle)
            sheet.write(here + entry.width, middle, entry.words, size)
            here += entry.width + measure(entry.words, size)[0] + 14
    return y + high * len(rows)
