"""Counts, lists, dates and days as a sentence says them.

Sentences of scores, findings and messages write dates as the chronology does (2019-05-20, 2019-05), so that a reader
can look the row up; pictures write them short (20 May 2019).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence

from .dates import Window, date_of

ALONE = 8  # letters of a word that is not left off alone
EMPTY = 0.4  # of the room that may stay empty so that a text is cut between two words
ENDS = " ,;:(-"  # what a text that is cut does not end with
BANNER = "A network over a period, not a person"  # stands on every page and picture


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 child, 2 children."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def article(noun: str) -> str:
    """A noun with its article: a letter, an e-mail."""
    return f"{'an' if noun[:1].casefold() in 'aeio' else 'a'} {noun}"


def days(number: int) -> str:
    """A number of days: 1 day, 12 days."""
    return count(number, "day")


def verb(number: int, one: str, many: str) -> str:
    """The form of a verb for a number: is, are."""
    return one if number == 1 else many


def in_words(words: Iterable[str], most: int | None = None) -> str:
    """Words as a list in a sentence, A, B and C; beyond `most` the rest is counted.

    Those that have commas themselves are parted by semicolons.
    """
    listed = list(words)
    if most is not None and len(listed) > most:
        listed = [*listed[:most], f"{len(listed) - most} more"]
    if len(listed) < 2:
        return "".join(listed)
    if any("," in word for word in listed):
        return "; ".join(listed[:-1]) + "; and " + listed[-1]
    return ", ".join(listed[:-1]) + " and " + listed[-1]


# texts that are cut: between two words, with "…" -----------------------------------------------------------


def first_words(words: Sequence[str], most: int) -> str:
    """The first of some words, then " …"; all of them where only one short word would be left off.

    Examples
    --------
    >>> first_words("a bruise on the left arm seen".split(), 6)
    'a bruise on the left arm seen'
    >>> first_words("a bruise on the left arm and on the leg".split(), 6)
    'a bruise on the left arm …'
    """
    if len(words) <= most or (len(words) == most + 1 and len(words[-1]) <= ALONE):
        return " ".join(words)
    return " ".join(words[:most]).rstrip(ENDS + ".") + " …"


def cut_at(text: str, room: int) -> str:
    """What is left of a text of which `room` signs fit, without "…": up to the end of a word.

    In the middle of a word it is cut only where else too much of the room would stay empty.
    """
    left = text[:room]
    if room < len(text) and text[room] != " " and left.rfind(" ") >= room * (1 - EMPTY):
        left = left[: left.rfind(" ")]
    return left.rstrip(ENDS)


def shortened(text: str, most: int, size: Callable[[str], int] = len) -> str:
    """A text of at most so many signs, or whatever `size` counts, cut between two words where it is longer.

    Examples
    --------
    >>> shortened("a bruise on the left arm", 24), shortened("a bruise on the left arm", 22)
    ('a bruise on the left arm', 'a bruise on the left…')
    """
    if size(text) <= most:
        return text
    room = min(len(text) - 1, most)
    while room and size(made := cut_at(text, room) + "…") > most:
        room -= 1
    return made if room else "…"


def day(ordinal: int) -> str:
    """A day as the chronology writes it: 2019-05-20."""
    return date_of(ordinal).isoformat()


def _whole(window: Window) -> str:
    """Whether a window is just a year or a month: that word, else nothing."""
    first, last = window.first_date, window.last_date
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1] or first.year != last.year:
        return ""
    if first.month == last.month:
        return "month"
    return "year" if (first.month, last.month) == (1, 12) else ""


def when(window: Window) -> str:
    """A window as the chronology writes it: a day, a month, a year, or its two ends."""
    if window.is_day:
        return day(window.first)
    whole = _whole(window)
    if whole:
        return day(window.first)[: 4 if whole == "year" else 7]
    return f"{day(window.first)} to {day(window.last)}"


def on(window: Window) -> str:
    """A window with its preposition: on 2019-05-20, in 2019-05, between 2019-05-02 and 2019-05-09."""
    if window.is_day:
        return f"on {day(window.first)}"
    if _whole(window):
        return f"in {when(window)}"
    return f"between {day(window.first)} and {day(window.last)}"


def short_day(ordinal: int, *, year: bool = True) -> str:
    """A day as a picture writes it: 4 Aug 1999."""
    date = date_of(ordinal)
    text = f"{date.day} {calendar.month_abbr[date.month]}"
    return f"{text} {date.year}" if year else text


def short_when(window: Window) -> str:
    """A window as a picture writes it: 4 Aug 1999, Aug 1999, 1999, 2 to 9 Nov 1999."""
    first, last = window.first_date, window.last_date
    if window.is_day:
        return short_day(window.last)
    whole = _whole(window)
    if whole == "month":
        return f"{calendar.month_abbr[first.month]} {first.year}"
    if whole == "year":
        return str(first.year)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {short_day(window.last)}"
    return f"{short_day(window.first, year=first.year != last.year)} to {short_day(window.last)}"
