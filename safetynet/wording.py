"""Counts, lists, dates and days as a sentence says them.

Sentences of scores, findings and messages write dates as the chronology does (2019-05-20, 2019-05), so that a reader
can look the row up; pictures write them short (20 May 2019).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable

from .dates import Window, date_of

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
