"""Days, months and times as people write them: ``22 May 2016``, ``2016-5-22``, ``22/05/2016 9.30 am``.

What can only mean one day is read; a date of numbers only is, when it is said whether the day or the month comes
first.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from typing import Literal, NamedTuple

DateOrder = Literal["dmy", "mdy"]
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
FORMS = "Write 2019-05-20, 2019-05-20T16:30, 2019-05, 2019, or an interval such as 2019-05/.. or 2019-05-02/2019-05-09"
ALL_NUMBERS = "it is not written as year-month-day"  # how the problem of every such date begins
NOT_SURE = "it says that the date is not sure."
LONGEST = 60  # characters; what is longer is no date
_LAST_OF_THIS_CENTURY = 49  # two-digit years up to this one are of the years 2000


class BadDate(ValueError):
    """A text that is no date: what is wrong, and what to write instead."""

    def __init__(self, problem: str, hint: str = FORMS + ".") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class Given(NamedTuple):
    """What a text gives: a day, or a month where `day` is 0, or a year where both are."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in self[1:] if part)])

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def checked(year: int, month: int = 0, day: int = 0) -> Given:
    """A day, a month or a year that there is.

    Raises
    ------
    BadDate
        If there is none.
    """
    if (month or day) and not 1 <= month <= 12:
        raise BadDate(f"there is no month {month}.")
    if not 1 <= year <= 9999:
        raise BadDate(f"the year {year} cannot be used.", "Years run from 0001 to 9999.")
    if day and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise BadDate(f"{calendar.month_name[month]} {year} has no day {day}.")
    return Given(year, month, day)


def exactly(year: str, month: str, day: str) -> Given:
    """The day of three written numbers; a year of two digits is of the years 2000 up to 49, of 1900 after it."""
    number = int(year) + (0 if len(year) > 2 else 2000 if int(year) <= _LAST_OF_THIS_CENTURY else 1900)
    if not int(day):
        raise BadDate("there is no day 0.")
    return checked(number, int(month), int(day))


# the forms ------------------------------------------------------------------------------------------------

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {name.casefold()[:3]: number for number, name in enumerate(calendar.day_name)}

_ISO = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
STANDARD = re.compile(rf"{_ISO}(?:T\d{{2}}:\d{{2}}(?::\d{{2}})?)?|(?:{_ISO}|\.\.)/(?:{_ISO}|\.\.)", re.ASCII)
_SIGN = r"\s?[-/.,\s]?\s?"
_TH = r"(?:st|nd|rd|th)?"


def _each(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.ASCII) for form in forms)


_FORMS = _each(
    r"(?P<y>\d{4})(?P<sign>\s?[-/.]\s?|\s)(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})",
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    rf"(?P<d>\d{{1,2}}){_TH}(?: day)?(?: of)?{_SIGN}(?P<name>{NAMES})\.?{_SIGN}'?(?P<y>\d{{4}}|\d{{2}})",
    rf"(?P<name>{NAMES})\.?{_SIGN}(?P<d>\d{{1,2}}){_TH}(?:, ?| |-|/)(?P<y>\d{{4}})",
    rf"(?P<y>\d{{4}}){_SIGN}(?P<name>{NAMES})\.?{_SIGN}(?P<d>\d{{1,2}}){_TH}",
)
_MONTH_FORMS = _each(
    rf"(?P<name>{NAMES})\.?(?: of)?{_SIGN}(?P<y>\d{{4}})",
    rf"(?P<y>\d{{4}}){_SIGN}(?P<name>{NAMES})\.?",
    r"(?P<y>\d{4})\s?[-.]\s?(?P<m>\d{1,2})",
    r"(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4})",
    r"(?P<y>\d{4})",
)
_NUMBERS = re.compile(r"(\d{1,2})(\s?[-/.]\s?|\s)(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? (?=\d|[a-z])", re.ASCII)
_TIME = re.compile(
    r"(?P<date>.*\S)(?:(?<=\d)t| |@)(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?"
    r"(?::(?P<second>\d{2})(?P<part>\.\d+)?)?|(?P<hours>\d{2})(?P<minutes>\d{2}))"
    r" ?(?P<half>[ap]\.?m\.?)? ?(?:h|hrs?\.?|hours)?(?P<zone> ?(?:z|utc|gmt|bst|[+-]\d{2}:?\d{2}))?",
    re.ASCII,
)


def one(plain: str, order: DateOrder | None) -> str | None:
    """A day, a day with a time, a month or a year, of a text in small letters with single blanks; None if it is none.

    Raises
    ------
    BadDate
        If there is no such day or time.

    Examples
    --------
    >>> one("22 may 2016", None), one("24-mar-21", None), one("2021-4-7 9:30", None)
    ('2016-05-22', '2021-03-24', '2021-04-07T09:30')
    >>> one("7/4/21 9.30 am", "dmy"), one("7/4/21", "mdy")
    ('2021-04-07T09:30', '2021-07-04')
    """
    found = given(plain, order)
    if found is not None:
        return str(found)
    if match := _TIME.fullmatch(plain):
        found = given(match["date"].removesuffix(" at").rstrip(" ,@"), order)
        if found is not None and found.day:
            return f"{found}T{_time(match, found)}"
    return None


def _time(match: re.Match[str], day: Given) -> str:
    """The time of day as ``16:30``, with seconds where there are some."""
    hour = int(match["hour"] or match["hours"])
    minute, second = int(match["minute"] or match["minutes"] or 0), int(match["second"] or 0)
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise BadDate(f"there is no hour {hour} {half}.")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif match["hour"] and not match["minute"]:
        raise BadDate("the time has no minutes.", f"Write {day}T{hour:02d}:00.")
    if hour > 23 or minute > 59 or second > 59:
        raise BadDate(f"there is no time {hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "") + " in a day.")
    time = f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")
    if match["zone"]:
        raise BadDate("it has a time zone.", f"Give the local time without one, such as {day}T{time}.")
    if int((match["part"] or ".0")[1:]):
        raise BadDate("it has parts of a second.", f"Round it to whole seconds: write {day}T{time}.")
    return time


def given(plain: str, order: DateOrder | None = None) -> Given | None:
    """The day, month or year of a text in small letters with single blanks; None if it is none.

    Raises
    ------
    BadDate
        If there is no such day, if it is another day of the week, or if it is all numbers and `order` is not given.
    """
    match = _WEEKDAY.match(plain)
    rest = plain[match.end() :] if match else plain
    found = _day(rest, order) or (None if match else _month(plain))
    if match and found and found.day and found.first.weekday() != _WEEKDAYS[match[1]]:
        raise BadDate(f"{found} was a {calendar.day_name[found.first.weekday()]}.", "Look at the day and at the date.")
    return found


def _day(plain: str, order: DateOrder | None) -> Given | None:
    for form in _FORMS:
        if match := form.fullmatch(plain):
            parts = match.groupdict()
            month = parts["m"] if "m" in parts else str(_MONTHS[parts["name"]])
            return exactly(parts["y"], month, parts["d"])
    if match := _NUMBERS.fullmatch(plain):
        left, _, right, year = match.groups()
        if order is None:
            raise _asked(year, left, right)
        return exactly(year, right, left) if order == "dmy" else exactly(year, left, right)
    return None


def _asked(year: str, left: str, right: str) -> BadDate:
    """What to say of a date whose first number may be the day or the month."""
    readings: list[str] = []
    wrong: BadDate | None = None
    for day, month, what in ((left, right, "day"), (right, left, "month")):
        try:
            readings.append(f"{exactly(year, month, day)} if the {what} comes first")
        except BadDate as error:
            wrong = wrong or error
    if len({reading[:10] for reading in readings}) == 1 and len(readings) == 2:
        return BadDate(f"{ALL_NUMBERS}.", f"Write {readings[0][:10]}.")
    if not readings:
        return BadDate(f"{ALL_NUMBERS}, and {wrong.problem if wrong else ''}")
    return BadDate(f"{ALL_NUMBERS}.", f"Write {', '.join(readings)}.")


def _month(plain: str) -> Given | None:
    """A month or a year."""
    for form in _MONTH_FORMS:
        if match := form.fullmatch(plain):
            parts = match.groupdict()
            if "name" in parts:
                return checked(int(parts["y"]), _MONTHS[parts["name"]])
            if "m" in parts and not int(parts["m"]):
                raise BadDate("there is no month 0.")
            return checked(int(parts["y"]), int(parts.get("m") or 0))
    return None


# signs ----------------------------------------------------------------------------------------------------

_LOOKS_LIKE = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad", "-")
_LOOKS_LIKE |= dict.fromkeys("\u2044\u2215\uff0f", "/") | dict.fromkeys("\u2236\uff1a\ua789", ":")


def sign_name(sign: str) -> str:
    """A sign as a person can look it up.

    Examples
    --------
    >>> sign_name("\u200b")
    'U+200B (zero width space)'
    """
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'a sign without a name').lower()})"


def refuse_odd_signs(plain: str) -> None:
    """Name the sign that makes a text no date though it looks like one."""
    meant = "".join(_LOOKS_LIKE.get(sign, "" if unicodedata.category(sign) == "Cf" else sign) for sign in plain)
    meant = unicodedata.normalize("NFKC", meant)
    odd = next((sign for sign in plain if not sign.isascii()), "")
    if not odd or not STANDARD.fullmatch(meant):
        return
    kind = "an invisible sign, " if unicodedata.category(odd) == "Cf" and odd not in _LOOKS_LIKE else "the sign "
    instead = f" where {_LOOKS_LIKE[odd]} belongs" if odd in _LOOKS_LIKE else " in it"
    raise BadDate(f"it has {kind}{sign_name(odd)}{instead}.", f"Type it again: {meant}.")
