"""A case as it stood on one day, for people who are not to know what came after: its rows, and words that tell no more.

A row by the day may have been written later than it happened, and speak of what came. So words that name a later date
are left out, wherever they stand: in summaries, roles, the title.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from contextlib import suppress

from ..case import Case
from ..dates import DateLike, as_day, date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from .names import Names, Said, roles_of
from .rows import written

_MONTH = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_MONTH["sept"] = 9
_WORD = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAYS = (  # ways to write a date, with the parts in the order of the names
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)"), ("year", "month", "day")),
    (re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)"), ("day", "month", "year")),
    (re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)"), ("month", "day", "year")),
    (
        re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of|-)? ?({_WORD})\.?,?[ -](\d{{4}})(?!\d)", re.IGNORECASE),
        ("day", "month", "year"),
    ),
    (
        re.compile(rf"\b({_WORD})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)", re.IGNORECASE),
        ("month", "day", "year"),
    ),
    (re.compile(rf"\b({_WORD})\.?,? (\d{{4}})(?!\d)", re.IGNORECASE), ("month", "year")),
    (re.compile(r"(?<!\d)((?:1[89]|20|21)\d\d)(?!\d)"), ("year",)),
)


def first_days(text: str) -> Iterator[int]:
    """The first day of every date that a text may be read to name."""
    for pattern, names in _DAYS:
        for found in pattern.finditer(text):
            parts = dict(zip(names, found.groups(), strict=True))
            year = int(parts["year"])
            month, day = parts.get("month") or "1", parts.get("day") or "1"
            number = _MONTH.get(month.lower().rstrip(".")) or (int(month) if month.isdigit() else 0)
            with suppress(ValueError):  # no such day
                yield dt.date(year + 2000 if year < 100 else year, number, int(day)).toordinal()


def told_by(text: str, day: int) -> str:
    """A text, or nothing where it names a date after the day.

    Examples
    --------
    >>> import datetime as dt
    >>> from safetynet.pages.jigsaw_then import told_by
    >>> day = dt.date(1999, 8, 5).toordinal()
    >>> told_by("Seen on 2 August 1999", day), told_by("Found on 24 Feb 2000", day)
    ('Seen on 2 August 1999', '')
    """
    return "" if any(first > day for first in first_days(text)) else text


class Then:
    """A case by the end of a day.

    Attributes
    ----------
    case : Case
        The case without every row that is, or may be, later.
    view : Snapshot
        What it shows by the end of the day.
    names : Names
        What everybody is called.
    by_person : bool
        Whether people are called by name; else by agency and role.
    title : str
        What the case may be called.
    """

    def __init__(self, case: Case, at: DateLike, by_person: bool, rules: Rules | None, title: str = "") -> None:
        self.day = as_day(at, "at")
        self.date = date_of(self.day)
        self.case = case.until(self.date)
        self.view: Snapshot = snapshot(self.case, self.date, rules)
        self.names = Names(self.view)
        named = {one for row in self.view.rows for one in (*row.who, *row.to, *row.present, *row.absent)}
        people = self.view.records.people.values()
        self.names.roles.update(roles_of(one for one in people if one.id in named))  # a number tells of nobody to come
        self.by_person = by_person
        children = [self.view.name(one) for one in self.view.records.children]
        self.children = [told_by(one, self.day) or "a child" for one in children]
        self.title = title or told_by(case.title, self.day) or "A case to work through"

    def told(self, text: str) -> str:
        """A text in one line, or nothing where it names a later date."""
        return told_by(" ".join(text.split()), self.day)

    def summary(self, row: str) -> str:
        """The words of the record on a row; of an opening none, as they are apt to say how it went on."""
        if self.view.by_id[row].kind == "opened":
            return ""
        return self.told(written(self.view, row)[1])

    def concern(self, one: str) -> str:
        """What a concern is, in the words of the record; its category where those tell of a later date."""
        concern = self.view.records.concerns[one]
        return self.told(concern.summary) or f"something of the kind “{concern.category.replace('_', ' ')}”"

    def called(self, *ones: str) -> list[str]:
        """People and agencies as a page of the pack calls them."""
        said = self.names.several(ones, "{agency} ({roles})")
        return [self.say(one) or "somebody" for one in said]

    def say(self, said: Said) -> str:
        """A text by name or by agency and role, as the pack is; by role too where the name tells of a later date."""
        return (self.told(said.person) if self.by_person else "") or self.told(said.agency)
