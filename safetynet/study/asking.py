"""What a study asks each of its cases: each function takes a case that is not yet read and gives plain values.

They run in this process, in another or on another machine, so that nothing in them knows of the rest of the study.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..case import Case
from ..dates import date_of
from ..io.studies import Unread
from ..measures.care_density import around_child
from ..measures.headline import NAMES, numbers
from ..measures.summary import scores_over_time
from ..record.snapshot import snapshot_on
from ..review import COLUMNS, as_matters, found
from ..rules import Rules
from .depth import Depth, depth_of
from .moments import Asked, Moment, day_in
from .turning import Lines, lines


class Scored(NamedTuple):
    """The scores of a case with the day asked for, and nothing that the case tells."""

    day: int | None
    reason: str
    depth: Depth
    numbers: tuple[float, ...]


class Professionals(NamedTuple):
    """The professionals of a case with their sectors; none, with the reason, where it has no such day."""

    reason: str
    sectors: dict[str, str]


class ScoreLine(NamedTuple):
    """A case as a line of the table of scores."""

    attributes: dict[str, str]
    scored: Scored


def score_line(unread: Unread, kept: Scored | None, moment: Moment, rules: Rules) -> ScoreLine:
    """The scores of one case; what an earlier run has `kept` of it is not computed again."""
    if kept is not None:
        return ScoreLine(unread.attributes(), kept)
    case = unread.read()
    day, reason = day_in(case, moment, rules)
    values = (float("nan"),) * len(NAMES) if day is None else tuple(numbers(snapshot_on(case, day, rules)).values())
    return ScoreLine(case.attributes, Scored(day, reason, depth_of(case), tuple(map(float, values))))


def scores_by_date(unread: Unread, _: Scored | None, rules: Rules) -> list[dict[str, Any]]:
    """The scores of one case on every day on which something happened."""
    table = scores_over_time(unread.read(), rules=rules)
    days = [one.toordinal() for one in table.index]
    return [
        dict(zip(("date", *NAMES), (day, *row), strict=True)) for day, row in zip(days, table.to_numpy(), strict=True)
    ]


def finding_lines(
    unread: Unread, _: Scored | None, moment: Moment, hindsight: bool, rules: Rules
) -> list[dict[str, Any]]:
    """What a reviewer would want pointed out in one case."""
    case = unread.read()
    asked = day_in(case, moment, rules)
    return [{name: getattr(one, name) for name in COLUMNS} for one in _found(case, asked, hindsight, rules)]


def matter_lines(
    unread: Unread, _: Scored | None, moment: Moment, hindsight: bool, rules: Rules
) -> list[dict[str, Any]]:
    """The matters of one case."""
    case = unread.read()
    return [one._asdict() for one in as_matters(_found(case, day_in(case, moment, rules), hindsight, rules))]


def _found(case: Case, asked: Asked, hindsight: bool, rules: Rules) -> list[Any]:
    if asked.day is None:
        return []
    return found(case, date_of(asked.day), hindsight=hindsight, rules=rules)


def contact_lines(unread: Unread, _: Scored | None, moment: Moment, rules: Rules) -> Lines | None:
    """The contacts of one case with their alternatives; none where it has no such day."""
    case = unread.read()
    day = day_in(case, moment, rules).day
    return None if day is None else lines(case, day, rules)


def around(unread: Unread, _: Scored | None, moment: Moment, rules: Rules) -> Professionals:
    """The professionals of one case by the day asked for, each with their sector."""
    case = unread.read()
    day, reason = day_in(case, moment, rules)
    return Professionals(reason, {} if day is None else around_child(snapshot_on(case, day, rules)))


def looked_at(unread: Unread, _: Scored | None) -> None:
    """Whether a case can be read."""
    unread.read()
