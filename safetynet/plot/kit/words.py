"""The words on the pictures: ids in a row, texts that fit their place."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ...wording import ENDS, cut_at, in_words
from .fonts import JOINERS, measure
from .style import SMALLEST

_PARTS = re.compile(r" ?(?:[^ -]+-?|-)")  # between these a line may end
USUAL = 0.55  # how wide a letter is, in letter sizes, on the average


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """One line of text without signs that cannot be drawn or written to a file; what joins letters stays."""
    return " ".join("".join(_shown(sign) for sign in text).split())


def _shown(sign: str) -> str:
    category = unicodedata.category(sign)
    if category[0] not in "CZ" or sign in JOINERS:
        return sign
    return "" if category == "Cf" else " "  # marks of direction and the like take no room


def listed(items: Iterable[str], most: int = 4) -> str:
    """Ids as in: C01 C02 C03 +5."""
    names = list(items)
    shown = " ".join(clean(name) for name in names[:most])
    return f"{shown} +{len(names) - most}" if len(names) > most else shown


def ids_in_words(ids: Iterable[str], most: int = 8) -> str:
    """Ids for a sentence, as in: C01, C02 and 3 more."""
    return in_words((clean(one) for one in ids), most)


def fit(text: str, width: float, size: float, weight: str = "normal") -> str:
    """The text, cut with "…" where it is wider than `width` points, between two words where one is near."""
    text = clean(text)
    if measure(text, size, weight)[0] <= width:
        return text
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip(ENDS) + "…", size, weight)[0] <= width:
            low = middle
        else:
            high = middle - 1
    return cut_at(text, low) + "…"


def fit_apart(texts: Mapping[str, str], width: float, size: float) -> dict[str, str]:
    """The texts by their ids, each cut to `width` points, and no two different ones to the same."""
    wide = dict.fromkeys(texts, width)
    return {name: lines[0] for name, lines in wrap_apart(texts, wide, size, 1).items()}


def wrap_apart(
    texts: Mapping[str, str], widths: Mapping[str, float], size: float, most: int = 2
) -> dict[str, list[str]]:
    """The texts by their ids, each in at most `most` lines as wide as `widths` has it, and no two cut to the same.

    Those that would be keep their end as well ("Metropolitan…, Brent"); where that does not tell them apart either,
    their id stands behind.
    """
    whole = {name: _lines(text, widths[name], size, most) for name, text in texts.items()}
    shown = {name: [fit(line, widths[name], size) for line in lines] for name, lines in whole.items()}
    for name in _alike(shown, whole):
        shown[name][-1] = _both_ends(whole[name][-1], widths[name], size)
    for name in _alike(shown, whole):
        mark = f" ({clean(name)})"
        room = max(widths[name] - measure(mark, size)[0], 0.0)
        shown[name][-1] = fit(whole[name][-1], room, size) + mark
    return shown


def _alike(shown: Mapping[str, list[str]], whole: Mapping[str, list[str]]) -> list[str]:
    """The ids whose text was cut, and reads like what is shown of another text."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for name, lines in shown.items():
        meant[" ".join(lines)].add(" ".join(whole[name]))
    return [name for name, lines in shown.items() if len(meant[" ".join(lines)]) > 1 and lines != whole[name]]


def _both_ends(text: str, width: float, size: float) -> str:
    """The text cut in its middle, with somewhat more of its beginning than of its end."""
    tail = ""
    for start in range(len(text) - 1, 0, -1):
        if measure("…" + text[start:].lstrip(), size)[0] > width * 0.5:
            break
        tail = text[start:].lstrip()
    return fit(text, width - measure(tail, size)[0], size) + tail


def wrap(text: str, width: float, size: float, most: int = 2, weight: str = "normal") -> list[str]:
    """The text in at most `most` lines no wider than `width` points; what is left over is cut with "…"."""
    return [fit(line, width, size, weight) for line in _lines(text, width, size, most, weight)]


def _lines(text: str, width: float, size: float, most: int, weight: str = "normal") -> list[str]:
    """The text in at most `most` lines, the last of which has all that is left over."""
    parts = _PARTS.findall(clean(text))
    lines: list[str] = []
    while parts and len(lines) < most:
        number = _on_a_line(parts, width, size, weight)
        lines.append("".join(parts[:number]).lstrip())
        parts = parts[number:]
    if parts:
        lines[-1] += "".join(parts)
    return lines or [""]


def _on_a_line(parts: list[str], width: float, size: float, weight: str) -> int:
    """How many parts fit on a line, at least one: looked for from where letters of usual width would end it."""

    def fits(number: int) -> bool:
        return measure("".join(parts[:number]).lstrip(), size, weight)[0] <= width

    room, number = width / (size * USUAL), 0
    while number < len(parts) and room > 0:
        room -= len(parts[number])
        number += 1
    number = max(1, number)
    if number == 1 or fits(number):
        while number < len(parts) and fits(number + 1):
            number += 1
        return number
    while number > 1 and not fits(number):
        number -= 1
    return number


def size_that_fits(pitch: float, largest: float = 13.0) -> float:
    """The letter size for lines that are `pitch` points apart, never below the smallest legible one."""
    return max(SMALLEST, min(largest, pitch / 1.2))
