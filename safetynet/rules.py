"""Every modelling choice in one frozen object.

The measures take ``rules=``; what is not written here is not a choice. Change one with
``Rules(grace_days=14)`` or ``rules.with_(same_day="none")``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from numbers import Real
from types import MappingProxyType
from typing import Any, Literal

from .errors import ArgumentError, choose, is_whole, unknown

_MARKS = {1: (1 / 2, 0.0), 2: (2 / 3, 0.0), 4: (3 / 4, 1 / 4), 6: (1.0, 0.0), 7: (3 / 4, 1 / 4)}
_MARKS |= {8: (0.9, 1 / 2), 9: (0.9, 1 / 2), 10: (3 / 4, 0.0)}
PRACTICE_MARKS: Mapping[int, tuple[float, float]] = MappingProxyType(_MARKS)


LEAST, MOST = 1e-6, 1e6  # of a weight, an exponent or a number of days: beyond them, sums and powers lose their digits

SHARES = ("most_of_picture", "next_of_picture", "alike", "again", "thin")  # what a finding asks of shares


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """The conventions that a score follows. Shown is what differs from the default.

    Attributes
    ----------
    dates : {"latest", "earliest"}
        Whether a row with a partial date counts once it has certainly happened (its latest day), or once it
        may have (its earliest).
    same_day : {"any", "none"}
        Rows of one day without a time: "any" lets what was learnt in one be passed on in another (an upper
        bound), "none" lets nothing learnt that day be passed on that day (a lower bound).
    weights : tuple of 4 floats
        What a worry of severity 1, 2, 3 and 4 weighs.
    dilution : tuple of 4 floats
        The exponent t by severity, with which felt responsibility falls as more others are seen
        (division of impact, Latané 1981; weaker when danger is clear, Fischer et al. 2011).
    dilemma : tuple of 4 floats
        The cost-to-benefit ratio γ by severity for the volunteer's dilemma (Diekmann 1985).
    open_ended_days : int
        For how many days after its latest step an action without a due date counts as in hand.
    plan_days : int
        The same for an action with a due date that has not passed.
    settled_days : int
        For how many days a completed action settles a worry; within them there is a next step, or it is resolved.
    intake_days : int
        For how many days an agency's desk, or a request that waits for its answer, counts as having a worry in hand.
    after_closing_days : int
        How long before the date asked for somebody who has closed must have acted again to be involved still.
    grace_days : int
        How many days after an opportunity a worry may still be passed on before it counts as missed.
    recent_days : int
        How many days back the current fragmentation looks.
    unconfirmed : {"counts", "does_not_count"}
        How a one-way row without confirmation is read: as arrived, or as sent only.
    told_before_closing_days : int
        How many days before a closure a meeting still counts as telling a partner of it.
    contact_days : int
        For how many days a contact with the child counts in the enduring net.
    who_counts : tuple of str
        The kinds of people who count as professionals; "professional" always does.
    marks : mapping
        The marks of the practice profile that differ from ours: item → (first mark, second mark).
    depth_ratio : float
        In comparisons of groups: how many times as many rows a month the records of one may have as those of another.
    grave : int
        In findings: from which severity a worry is grave.
    late_days : int
        In findings: after how many days the passing on of a worry is called late.
    silence_days : int
        In findings: how many days without something that should recur are a gap.
    warning_days : int
        In findings: how many days before a decision a warning, or a grave worry, still bears on it.
    many : int
        In findings: how many agencies, senders, contacts or refusals are many.
    post_days : int
        In findings: how many days a message may take without being late.
    baby_years, school_years : int
        In findings: under which age nothing is said about a child who does not speak, or is in no school.
    rating_gap : int
        In findings: how many levels between two ratings, or a rating and the severity, are far apart.
    rise : float
        In findings: by how much a mean severity rises before it is called a rise.
    most_of_picture, next_of_picture : float
        In findings: which share of the picture one alone holds, and less than which share the next, where it is said
        that one desk held it.
    alike : float
        In findings: above which share of the same rows, concerns and people two are one matter, and above which share
        of the agencies or worries of a case a kind is.
    again : float
        In findings: what each further matter led by the same kind counts for.
    thin : float
        In findings: below which share of its days, without the long stretches in which no row stands, a time is called
        thin in the sentence.

    Examples
    --------
    >>> import safetynet as sn
    >>> sn.Rules()
    Rules()
    >>> sn.Rules(grace_days=14).with_(same_day="none")
    Rules(same_day='none', grace_days=14)
    """

    dates: Literal["latest", "earliest"] = "latest"
    same_day: Literal["any", "none"] = "any"
    weights: tuple[float, float, float, float] = (1.0, 2.0, 3.0, 4.0)
    dilution: tuple[float, float, float, float] = (1.0, 0.8, 0.65, 0.5)
    dilemma: tuple[float, float, float, float] = (0.8, 0.6, 0.4, 0.2)
    open_ended_days: int = 42
    plan_days: int = 100
    settled_days: int = 28
    intake_days: int = 7
    after_closing_days: int = 28
    grace_days: int = 7
    recent_days: int = 100
    unconfirmed: Literal["counts", "does_not_count"] = "counts"
    told_before_closing_days: int = 28
    contact_days: int = 90
    who_counts: tuple[str, ...] = ("professional",)
    marks: Mapping[int, tuple[float, float]] = field(default_factory=lambda: PRACTICE_MARKS)
    depth_ratio: float = 3.0
    grave: int = 3
    late_days: int = 14
    silence_days: int = 42
    warning_days: int = 28
    many: int = 3
    post_days: int = 2
    baby_years: int = 3
    school_years: int = 5
    rating_gap: int = 2
    rise: float = 0.5
    most_of_picture: float = 0.75
    next_of_picture: float = 0.5
    alike: float = 0.5
    again: float = 0.8
    thin: float = 0.5

    def __post_init__(self) -> None:
        choose("dates", self.dates, ("latest", "earliest"))
        choose("same_day", self.same_day, ("any", "none"))
        choose("unconfirmed", self.unconfirmed, ("counts", "does_not_count"))
        days = [one.name for one in fields(self) if one.name.endswith("_days")]
        settled: dict[str, Any] = {
            **{name: _by_severity(name, getattr(self, name)) for name in ("weights", "dilution", "dilemma")},
            **{name: _days(name, getattr(self, name)) for name in days},
            **{
                name: _number(name, getattr(self, name))
                for name in ("many", "baby_years", "school_years", "rating_gap")
            },
            **{name: _share(name, getattr(self, name)) for name in SHARES},
            "rise": _above_nothing("rise", self.rise),
            "depth_ratio": _times("depth_ratio", self.depth_ratio),
            "who_counts": _kinds(self.who_counts),
            "marks": _marks(self.marks),
        }
        if not all(LEAST <= value <= MOST for value in settled["weights"]):
            raise ArgumentError(
                f"weights must be above 0, so that every worry counts: from {LEAST:g} to {MOST:g}. "
                f"They are {self.weights!r}."
            )
        if not all(0 < value <= 1 for value in settled["dilemma"]):
            raise ArgumentError(f"dilemma needs numbers above 0 and up to 1; they are {self.dilemma!r}.")
        if not is_whole(self.grave) or not 1 <= self.grave <= 4:
            raise ArgumentError(f"grave is a severity from 1 to 4; it is {self.grave!r}.")
        settled["grave"] = int(self.grave)
        for name, value in settled.items():
            object.__setattr__(self, name, value)

    def with_(self, **changes: Any) -> Rules:
        """The same rules with some of them changed."""
        known = [one.name for one in fields(self)]
        for name in changes:
            if name not in known:
                raise unknown("the rule", name, known)
        return replace(self, **changes)

    def weight(self, severity: int) -> float:
        """What a worry of that severity weighs."""
        return self.weights[severity - 1]

    def __repr__(self) -> str:
        own = {name: value for name, value in self.choices() if value != getattr(DEFAULT, name)}
        if "marks" in own:
            own["marks"] = {item: one for item, one in self.marks.items() if one != PRACTICE_MARKS[item]}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in own.items())})"

    def choices(self) -> tuple[tuple[str, Any], ...]:
        """Every choice by its name, in the order in which they are listed, those of the default too."""
        return tuple((one.name, getattr(self, one.name)) for one in fields(self))

    def __hash__(self) -> int:  # of a few that are changed often: it is asked for with every measure
        return hash((self.dates, self.same_day, self.unconfirmed, self.who_counts, self.weights, self.grace_days))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rules, ({**dict(self.choices()), "marks": dict(self.marks)},))


def _rules(state: dict[str, Any]) -> Rules:
    return Rules(**state)


# what a setting may be --------------------------------------------------------------------------------


def _number(name: str, given: Any) -> int:
    if not is_whole(given) or given < 1:
        raise ArgumentError(f"{name} is a whole number from 1 up; it is {given!r}.")
    return int(given)


def _is_number(given: Any) -> bool:
    return isinstance(given, Real) and not isinstance(given, bool)


def _share(name: str, given: Any) -> float:
    if not _is_number(given) or not 0 <= given <= 1:
        raise ArgumentError(f"{name} is a share from 0 to 1; it is {given!r}.")
    return float(given)


def _above_nothing(name: str, given: Any) -> float:
    if not _is_number(given) or not 0 < given < math.inf:
        raise ArgumentError(f"{name} is a number above 0; it is {given!r}.")
    return float(given)


def _times(name: str, given: Any) -> float:
    if not _is_number(given) or not 1 <= given < math.inf:
        raise ArgumentError(f"{name} is a number from 1 up; it is {given!r}.")
    return float(given)


def _by_severity(name: str, given: Any) -> tuple[float, ...]:
    try:
        values = tuple(float(value) for value in given)
    except (TypeError, ValueError):
        values = ()
    if len(values) != 4 or not all(0 <= value <= MOST for value in values):
        raise ArgumentError(
            f"{name} needs four numbers from 0 to {MOST:g}, one for each severity from 1 to 4; it is {given!r}."
        )
    return values


def _days(name: str, given: Any) -> int:
    if not is_whole(given) or not 0 <= given <= MOST:
        raise ArgumentError(f"{name} is a whole number of days from 0 to {MOST:,.0f}; it is {given!r}.")
    return int(given)


def _kinds(given: Any) -> tuple[str, ...]:
    if not isinstance(given, (str, list, tuple, set, frozenset)):
        raise ArgumentError(
            f"who_counts={given!r} is not a tuple of kinds. Write who_counts=('professional', 'support')."
        )
    counts = (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))
    for kind in counts:
        choose("who_counts", kind, ("professional", "support", "family"))
    if "professional" not in counts:
        raise ArgumentError("who_counts always has 'professional'; others may be added to it.")
    return tuple(sorted(counts))


def _marks(given: Any) -> Mapping[int, tuple[float, float]]:
    if not isinstance(given, Mapping):
        raise ArgumentError(f"marks={given!r} is not a mapping. Write marks={{8: (0.9, 0.5)}}.")
    for item, marks in given.items():
        if not is_whole(item) or item not in PRACTICE_MARKS:
            known = ", ".join(str(number) for number in PRACTICE_MARKS)
            raise ArgumentError(f"marks has the item {item!r}; items with marks are the numbers {known}.")
        numbers = isinstance(marks, tuple) and len(marks) == 2 and all(_is_number(mark) for mark in marks)
        if not numbers or not 1 >= marks[0] >= marks[1] >= 0:
            raise ArgumentError(
                f"marks[{item}]={marks!r} needs two shares: the first mark, and the second (not above it)."
            )
    return MappingProxyType({**PRACTICE_MARKS, **given})


DEFAULT = Rules()


def as_rules(rules: Rules | None) -> Rules:
    """The rules given, or the default ones."""
    if rules is None:
        return DEFAULT
    if not isinstance(rules, Rules):
        raise ArgumentError(f"rules={rules!r} is not a Rules object. Write rules=safetynet.Rules(grace_days=14).")
    return rules
