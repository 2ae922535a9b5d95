"""Dates that are not sure, or not whole: what they leave open, and how the case format says it.

Nothing here is read: a text such as ``c. 12 April 2021``, ``early May 2016`` or ``spring 2019`` may stand for more
than one stretch of days, so that a person is asked, with the nearest thing to write.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NoReturn

from .written import DATE_ORDERS, NAMES, NOT_SURE, BadDate, DateOrder, Given, given

EMPTY = ("na", "n/a", "n.a.", "none", "null", "nan", "nil", "-")
"""What programs and people write into a cell that has nothing to say, in small letters."""
MISSING = (
    "na",
    "n/a",
    "n.a.",
    "nk",
    "n/k",
    "not known",
    "unknown",
    "unk",
    "none",
    "null",
    "nan",
    "nil",
    "tbc",
    "-",
    "?",
)
"""How people write that there is nothing to write, in small letters."""

_MARKS = r"c|ca|circa|approx|approximately|about|around|roughly|prob|probably|possibly|poss|perhaps|maybe|est|estimated"
_UNSURE = re.compile(
    rf"(?:(?:{_MARKS})(?:\. ?| )|[?~≈] ?)(?P<a>.+)|(?P<b>.+?) ?(?:\(?\?\)?|\(?(?:{_MARKS}|tbc|unsure)\.?\)?)"
)
_PART = re.compile(r"(early|beginning of|start of|mid|middle of|late|end of|the end of)(?: in)?[- ](.+)")
_SIDE = re.compile(r"(before|by|until|till|up to|on or before|after|since|from|on or after)(?: the)? (.+)")
_WEEK = re.compile(r"(?:w/?c|w/?b|week (?:of|commencing|beginning))(?: the)? (.+)")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_SEASON = re.compile(r"(spring|summer|autumn|fall|winter)(?: of)? (\d{4})", re.ASCII)
_QUARTER = re.compile(r"q([1-4]) ?/? ?(\d{4})|(\d{4}) ?-? ?q([1-4])", re.ASCII)
_SPAN = re.compile(
    r"(?:between |from )?(?P<left>.+?)"
    r"(?: ?[–—] ?| - | to | and | until |(?:(?<=[/.]\d\d)|(?<=\d{4}))-(?=\d+[/.]))(?P<right>.+)"
)
_TH = r"(?:st|nd|rd|th)?"
_DAYS = re.compile(
    rf"(?:between |from )?(\d{{1,2}}){_TH} ?(?:[-/&–]|to|or|and) ?(\d{{1,2}}{_TH} .*(?:{NAMES}).*)", re.ASCII
)
_NO_YEAR = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? ?[-/ ]?)?(?:{NAMES})\.?|\d{{1,2}}[/.]\d{{1,2}}", re.ASCII)
_TWO_MEANINGS = re.compile(rf"({NAMES})\.?[-/ ']{{1,2}}(\d{{2}})", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})/(\d{1,2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)


def refuse(plain: str, order: DateOrder | None) -> NoReturn:
    """Say what a text that is no date may mean.

    Raises
    ------
    BadDate
        Always: with what to write instead.
    """
    _missing(plain)
    _uncertain(plain, order)
    _stretch(plain, order)
    _season(plain)
    _span(plain, order)
    _without_year(plain)
    if _SERIAL.fullmatch(plain):
        raise BadDate(
            "it looks like a spreadsheet's day number.", "Give the cell the format of a date, or write 2019-05-20."
        )
    raise BadDate("it is not a date.")


def _known(plain: str, order: DateOrder | None) -> Given | None:
    """The date of a part of the text; one that is all numbers is no date yet."""
    try:
        return given(plain.strip(" ,.()"), order)
    except BadDate:
        return None


def _missing(plain: str) -> None:
    if plain in MISSING:
        raise BadDate(
            "it says that the date is not known.",
            "Write what is known: a year, a month or an interval, such as 2019-05/2019-08 or ../2019-08.",
        )


def _uncertain(plain: str, order: DateOrder | None) -> None:
    match = _UNSURE.fullmatch(plain)
    if match is None:
        return
    day = _known(match["a"] or match["b"], order)
    if day is None:
        if re.search(r"\d", plain):
            raise BadDate(NOT_SURE, "Write an interval such as 2019-05-13/2019-05-27, or the date with a confidence.")
        return
    if not day.day:
        raise BadDate(NOT_SURE, f"Write {day}, which is any day of it, or an interval that is sure to hold the day.")
    week = dt.timedelta(days=7)
    around = f"{day.first - week}/{day.last + week}" if 1 < day.year < 9999 else f"{day}/.."
    raise BadDate(
        NOT_SURE,
        f"Write an interval that is sure to hold the day, such as {around}, or {day} with confidence medium or low.",
    )


def _stretch(plain: str, order: DateOrder | None) -> None:
    """Early May, before 3 June, the week of 3 June."""
    match = _PART.fullmatch(plain)
    if match and (whole := _known(match[2], order)) and not whole.day:
        first, last = whole.first, whole.last
        third = (last - first + dt.timedelta(days=1)) / 3
        word = match[1]
        start = (
            first
            if word.startswith(("early", "beg", "start"))
            else first + third * (1 if word.startswith("mid") else 2)
        )
        end = last if word.startswith(("late", "end", "the")) else start + third - dt.timedelta(days=1)
        raise BadDate(f"{word} {whole} has no certain days.", f"Write an interval, such as {start}/{end}.")
    match = _SIDE.fullmatch(plain)
    if match and (side := _known(match[2], order)):
        word = match[1]
        if word in ("after", "since", "from", "on or after"):
            raise BadDate("it gives one side only.", f"Write {side}/.. if that day may be the one.")
        raise BadDate("it gives one side only.", f"Write ../{side} if that day may be the one.")
    match = _WEEK.fullmatch(plain)
    if match and (monday := _known(match[1], order)) and monday.day and monday.year < 9999:
        raise BadDate("it is a week.", f"Write {monday}/{monday.first + dt.timedelta(days=6)}.")


def _season(plain: str) -> None:
    if match := _SEASON.fullmatch(plain):
        year = int(match[2])
        if match[1] == "winter":
            raise BadDate(
                "it is not a date: a winter lies in two years.",
                f"Write {year - 1:04d}-12/{year:04d}-02 or {year:04d}-12/{year + 1:04d}-02.",
            )
        first, last = _SEASONS[match[1]]
        raise BadDate(
            "it is not a date: a season is three months.", f"Write {year:04d}-{first:02d}/{year:04d}-{last:02d}."
        )
    if match := _QUARTER.fullmatch(plain):
        quarter, of = int(match[1] or match[4]), int(match[2] or match[3])
        raise BadDate("it is a quarter of a year.", f"Write {of:04d}-{quarter * 3 - 2:02d}/{of:04d}-{quarter * 3:02d}.")


def _span(plain: str, order: DateOrder | None) -> None:
    """From one day to another: one thing on a day that is not known, or something that lasted."""
    orders: tuple[DateOrder, ...] = (order,) if order else DATE_ORDERS
    if found := list(dict.fromkeys(filter(None, (_interval(plain, one) for one in orders)))):
        either = " or, if the month comes first, ".join(found)
        raise BadDate(
            "it has two dates in it.",
            f"Write {either} for one thing on a day between them; give what lasted a row where it began.",
        )


def _interval(plain: str, order: DateOrder) -> str:
    """Two dates of a text as an interval; empty if it has not two, the earlier first."""
    two: tuple[Given | None, Given | None] = (None, None)
    if match := _DAYS.fullmatch(plain):
        last = _known(match[2], order)
        two = (last._replace(day=int(match[1])) if last and last.day and 0 < int(match[1]) <= last.day else None, last)
    elif match := _SPAN.fullmatch(plain):
        two = (_known(match["left"], order), _known(match["right"], order))
    first, last = two
    return f"{first}/{last}" if first and last and first.first <= last.last else ""


def _without_year(plain: str) -> None:
    if match := _TWO_MEANINGS.fullmatch(plain):
        month = _known(f"{match[1]} 20{match[2]}", None)
        raise BadDate("it may be a month with its year, or a day without one.", f"Write {month}, or the whole date.")
    if _NO_YEAR.fullmatch(plain):
        raise BadDate("it has no year.", "Write the whole date, such as 2019-05-20.")
    if match := _SCHOOL_YEAR.fullmatch(plain):
        year, second = int(match[1]), int(match[2])
        two = f"{year:04d}/{year + 1:04d}"
        if 1 <= second <= 12:
            hint = f"Write {year:04d}-{second:02d} for the month, or {two} for the two years."
            raise BadDate("it may be a month, or two years.", hint)
        if second == (year + 1) % 100:
            hint = f"Write {two}, or {year:04d}-09/{year + 1:04d}-08 for a school year."
            raise BadDate("it is two years.", hint)
