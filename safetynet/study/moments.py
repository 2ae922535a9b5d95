"""On which day a study asks each of its cases: one date for all, or a moment that each case has for itself."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from ..case import Case
from ..dates import DateLike, as_day
from ..errors import DateError, nearest
from ..rules import Rules

At: TypeAlias = DateLike | Literal["end", "first conference", "first meeting"] | None
MOMENTS = ("end", "first conference", "first meeting", "30 days before harm")
NO_ROWS = "no row in the chronology"
NO_HARM = "no day of harm on record"
_BEFORE_HARM = re.compile(r"(\d{1,6}) days? before (?:the )?harm")


class Moment(NamedTuple):
    """What is asked for: a day, or a moment of each case."""

    kind: str  # default, day, end, first conference, first meeting, harm
    number: int = 0  # the day, or how many days before the harm


class Asked(NamedTuple):
    """The day on which a case is asked; None with the reason where the case has no such day."""

    day: int | None
    reason: str = ""


def moment_of(at: At) -> Moment:
    """What a person asked for.

    Raises
    ------
    DateError
        If it is neither a date nor one of the moments.

    Examples
    --------
    >>> moment_of("first conference"), moment_of("90 days before harm")
    (Moment(kind='first conference', number=0), Moment(kind='harm', number=90))
    """
    if at is None:
        return Moment("default")
    if isinstance(at, str):
        text = " ".join(at.casefold().replace("_", " ").split())
        if text in MOMENTS[:3]:
            return Moment(text)
        if found := _BEFORE_HARM.fullmatch(text):
            return Moment("harm", int(found[1]))
    try:
        return Moment("day", as_day(at))
    except DateError as error:
        moments = ", ".join(map(repr, MOMENTS))
        near = nearest(at, MOMENTS, 1) if isinstance(at, str) else []
        meant = f" Did you mean {near[0]!r}?" if near else ""
        raise DateError(f"{error} In a study it may also be one of {moments} (with any number).{meant}") from None


def day_in(case: Case, moment: Moment, rules: Rules) -> Asked:
    """The day on which a case is asked."""
    records = case._records
    if moment.kind == "day":
        return Asked(moment.number)
    if moment.kind == "harm":
        return Asked(None, NO_HARM) if records.harm is None else Asked(max(1, records.harm.first - moment.number))
    if moment.kind == "default" and records.harm is not None:
        return Asked(case._day())
    if records.end is None:
        return Asked(None, NO_ROWS)
    return Asked(records.end) if moment.kind in ("default", "end") else _first_met(case, moment, rules)


def _first_met(case: Case, moment: Moment, rules: Rules) -> Asked:
    """The day by which the first meeting, or the first conference, had taken place."""
    conference = moment.kind == "first conference"
    windows = [
        row.date for row in case._records.rows if row.kind == "met" and (not conference or row.channel == "conference")
    ]
    if not windows:
        return Asked(None, f"no {'conference' if conference else 'meeting'} on record")
    return Asked(min(one.last if rules.dates == "latest" else one.first for one in windows))
