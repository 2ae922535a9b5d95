"""The words on the pictures: dates as people write them, short names, texts that fit."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ...case.records import Records
from ...dates import Window, date_of
from .style import FAMILY, SMALLEST

_FILLERS = frozenset({"the", "of", "and", "for", "service", "services", "team", "unit"})


def day_text(day: int, *, year: bool = True) -> str:
    """A day as in: 4 Aug 1999."""
    date = date_of(day)
    text = f"{date.day} {calendar.month_abbr[date.month]}"
    return f"{text} {date.year}" if year else text


def when_text(window: Window) -> str:
    """A window as people write it: "4 Aug 1999", "Aug 1999", "1999", "2 to 9 Nov 1999"."""
    first, last = date_of(window.first), date_of(window.last)
    if first == last:
        return day_text(window.last)
    if first.day == 1 and last == month_end(last):
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{calendar.month_abbr[first.month]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_text(window.last)}"
    return f"{day_text(window.first, year=first.year != last.year)} to {day_text(window.last)}"


def month_end(date: dt.date) -> dt.date:
    """The last day of the month of a date."""
    return date.replace(day=calendar.monthrange(date.year, date.month)[1])


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """One line of text without signs that cannot be drawn or written to a file."""
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(shown.split())


def _core(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - _FILLERS


def short_name(records: Records, name: str) -> str:
    """A name without what its agency says anyway: of "Social worker, Ealing" in Ealing's team, "Social worker"."""
    if name in records.agencies:
        return clean(records.agencies[name].name) or name
    person = records.people[name]
    full = clean(person.name) or name
    agency = records.agencies.get(person.agency)
    head, comma, tail = full.rpartition(", ")
    if agency is not None and comma and head and (words := _core(tail)):
        known = _core(agency.name) | _core(agency.area)
        if 2 * len(words & known) >= len(words):
            return head
    return full


def listed(items: Iterable[str], most: int = 4) -> str:
    """Ids as in: C01 C02 C03 +5."""
    names = list(items)
    shown = " ".join(clean(name) for name in names[:most])
    return f"{shown} +{len(names) - most}" if len(names) > most else shown


def in_words(items: Sequence[str], most: int = 8) -> str:
    """Ids for a sentence, as in: C01, C02 and 3 more."""
    names = [clean(name) for name in items]
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


@lru_cache(maxsize=8192)
def _width(text: str, weight: str) -> float:
    """How wide one line of text is in letters of one point."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=list(FAMILY), size=100.0, weight=weight)
    with warnings.catch_warnings():  # a letter that no font has is told of when it is drawn
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100.0


def measure(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and height in points of one line of text; the height is that of a line, whatever its letters."""
    return (_width(text, weight) * size if text else 0.0) * 1.04 + 0.5, size * 1.2


def fit(text: str, width: float, size: float, weight: str = "normal") -> str:
    """The text, cut with "…" where it is wider than `width` points; at least one letter stays."""
    text = clean(text)
    if measure(text, size, weight)[0] <= width:
        return text
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip(" ,;(-") + "…", size, weight)[0] <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,;(-") + "…"


def wrap(text: str, width: float, size: float, most: int = 2, weight: str = "normal") -> list[str]:
    """The text in at most `most` lines no wider than `width` points; what is left over is cut with "…"."""
    words = clean(text).split(" ")
    lines: list[str] = []
    while words and len(lines) < most:
        line = words.pop(0)
        while words and measure(f"{line} {words[0]}", size, weight)[0] <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words and lines:
        lines[-1] = f"{lines[-1]} {' '.join(words)}"
    return [fit(line, width, size, weight) for line in lines] or [""]


def size_that_fits(pitch: float, largest: float = 13.0) -> float:
    """The letter size for lines that are `pitch` points apart, never below the smallest legible one."""
    return max(SMALLEST, min(largest, pitch / 1.3))
