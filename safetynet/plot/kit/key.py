"""The key under a picture: what its shapes and lines mean, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from .fonts import measure
from .style import INK, Dash, Look

if TYPE_CHECKING:
    from .sheet import Sheet

GAP = 14.0  # points between two entries
Sample: TypeAlias = "Callable[[Sheet, float, float], object]"  # draws from (x, y) on


class Entry(NamedTuple):
    """One line of the key: how to draw its sample at (x, y), how wide that is, and its words."""

    draw: Sample
    width: float
    words: str


def marker(look: Look, size: float = 9.0, *, edge: str = INK, width: float = 1.3) -> Entry:
    """A marker and what it means."""
    return Entry(lambda sheet, x, y: sheet.look(x + 5, y, look, size, edge=edge, width=width), 13.0, look.words)


def badge(words: str, sample: str = "C1", *, strong: bool = True) -> Entry:
    """The note that stands out."""
    wide = measure(sample, 12.0, "bold")[0] + 8
    return Entry(lambda sheet, x, y: sheet.badge(x + 2, y, sample, strong=strong, keep=False), wide, words)


def stroke(words: str, colour: str, width: float = 1.0, dash: Dash = "-", length: float = 22.0, **style: Any) -> Entry:
    """A straight line and what it means."""
    return Entry(
        lambda sheet, x, y: sheet.line([(x, y), (x + length, y)], colour, width, dash=dash, **style), length + 4, words
    )


def swatch(
    words: str, fill: str, edge: str = INK, width: float = 18.0, high: float = 8.0, line: float = 0.8, hatch: str = ""
) -> Entry:
    """A filled rectangle and what it means."""
    return Entry(
        lambda sheet, x, y: sheet.rectangle(x, y - high / 2, width, high, fill, edge, line, hatch=hatch or None),
        width + 4,
        words,
    )


def sample(words: str, draw: Sample, width: float = 26.0) -> Entry:
    """Whatever `draw` makes from (x, y) on, and what it means."""
    return Entry(draw, width, words)


def text(words: str, shown: str = "", colour: str = INK) -> Entry:
    """Words alone, or a text as the picture has it and what it means."""
    wide = measure(shown, 12.0)[0] + 2 if shown else 0.0
    return Entry(lambda sheet, x, y: shown and sheet.write(x, y, shown, colour=colour, keep=False), wide, words)


def rows_needed(sheet: Sheet, entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in rows that are no wider than the sheet."""
    rows: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        wide = entry.width + sheet.wide(entry.words) + GAP
        if rows[-1] and used + wide > sheet.width + GAP:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += wide
    return rows if rows[0] else []


def key_high(sheet: Sheet, entries: Sequence[Entry]) -> float:
    """How high the key is."""
    return len(rows_needed(sheet, entries)) * sheet.small * 1.5


def draw_key(sheet: Sheet, entries: Sequence[Entry], y: float) -> None:
    """Draw the key with its lower edge at `y`."""
    high = sheet.small * 1.5
    for number, row in enumerate(reversed(rows_needed(sheet, entries))):
        here, middle = 0.0, y + high * (number + 0.5)
        for entry in row:
            entry.draw(sheet, here, middle)
            sheet.write(here + entry.width, middle, entry.words)
            here += entry.width + sheet.wide(entry.words) + GAP
