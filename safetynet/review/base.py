"""What a finding is, and how a function becomes the rule of a kind of finding.

A rule looks at a :class:`~safetynet.record.snapshot.Snapshot` and yields findings; it looks at no prose. Everything
that is said about a kind stands on its function::

    @rule(
        title="A message that was not received",
        theme="response to incidents",
        matters=0.9,
        rule="A told, asked or declined row with `received=no`, unless ...",
        limits="Accounts of what arrived often differ; the coder chose one.",
        question="How was it noticed that a message had not arrived?",
        refute="a row that shows that the message arrived.",
    )
    def not_received(view: Snapshot) -> Iterator[Finding]:
        yield Finding.of(view, "No record that ...", key=[row], who=row.named, ...)

The name of the function is the kind.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal

from ..case.records import Row
from ..record.parties import split
from ..record.snapshot import Snapshot
from .parts import LOW, Known, first_known, start_of, surest
from .words import codes, conditions, doubts, thin

SPAN = re.compile(r"\b\d+ days?\b|\bfrom \d")  # that a sentence tells how long something lasted

Side = Literal["gap", "strength"]
Theme = Literal[
    "tools", "management", "response to incidents", "longer-term work", "family and professionals", "reasoning"
]


@dataclass(frozen=True)
class Finding:
    """Something in the record that a reviewer would want pointed out.

    Attributes
    ----------
    statement, question, refute : str
        What the record shows; what a panel would ask to understand it; which row would take it away.
    rows, people, agencies, concerns : tuple of str
        Ids, the rows by date.
    date, until : int or None
        The period it speaks of, as ordinals: the first and the last day that are certain.
    severity : float
        What the worries at stake weigh together.
    certainty : float
        The product of the confidence of the rows without which it would not stand.
    low : bool
        Whether one of those rows is of low confidence.
    basis : frozenset of str
        Those rows, and those by which the concerns that it rests on came to whom it speaks of.
    conditions : str
        What was in force then, for its question.
    kind, side, theme, title, matters
        Of the rule that found it.
    matter, weight, why
        The matter it belongs to, its rank, and why it has that rank; see :mod:`safetynet.review.weight`.
    """

    statement: str
    question: str = ""
    refute: str = ""
    rows: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    date: int | None = None
    until: int | None = None
    severity: float = 0.0
    certainty: float = 1.0
    low: bool = False
    basis: frozenset[str] = frozenset()
    conditions: str = ""
    kind: str = ""
    side: Side = "gap"
    theme: Theme = "tools"
    title: str = ""
    matters: float = 0.0
    matter: str = ""
    weight: float = 0.0
    why: str = ""

    @classmethod
    def of(
        cls,
        view: Snapshot,
        statement: str,
        *,
        key: Iterable[Row] = (),
        held: Mapping[str, Known] | None = None,
        concerns: Iterable[str] = (),
        rows: Iterable[Row | str] = (),
        who: Iterable[str] = (),
        start: int | None = None,
        end: int | None = None,
        severity: float | None = None,
        note: str = "",
    ) -> Finding:
        """A finding from what a rule found.

        Parameters
        ----------
        view : Snapshot
        statement : str
            A sentence without its full stop; codes, dates and doubts are put behind it in brackets.
        key : iterable of Row
            The rows without which it would not stand.
        held : mapping of str to Known, optional
            How each concern that it rests on came to whom the sentence speaks of. It stands while one of them does.
        concerns : iterable of str
            What else it is about; of these the codes say when they first came to a professional.
        rows : iterable of Row or str
            The other rows it rests on.
        who : iterable of str
            The people and agencies it is about, besides those who held the concerns.
        start, end : int, optional
            The first and the last day that are certain; the end is never before the start, nor after the date.
        severity : float, optional
            Default: what the worries among the concerns weigh together.
        note : str
            What else is put in brackets behind the sentence.
        """
        keys = list(dict.fromkeys(key))
        known = dict(held or {})
        basis = [row.id for row in (*keys, *(one.row for one in known.values()))]
        evidence = [*basis, *(row if isinstance(row, str) else row.id for row in rows)]
        surest = _surest(view, known.items())
        named = sorted({*concerns, *known})
        for one in named:
            if one not in known and (came := first_known(view, one)) is not None:
                known[one] = came
                evidence.append(came.row.id)
        sides = split(view, {*who, *(one.holder for one in (held or {}).values())} - {""})
        if start is not None:
            start = min(start, view.day)
            end = max(start, start if end is None else min(end, view.day))
        resting = [*keys, *surest]
        if severity is None:
            severity = view.total(one for one in named if view.records.concerns[one].is_worry)
        said = [
            codes(view, named, known, keys, tell=held or {}),
            note,
            thin(view, start, end) if SPAN.search(statement) else "",
            doubts(view, resting),
        ]
        brackets = "; ".join(part for part in said if part)
        return cls(
            statement=f"{statement} ({brackets})." if brackets else f"{statement}.",
            rows=view.in_order(evidence),
            people=sides["people"],
            agencies=sides["agencies"],
            concerns=tuple(named),
            date=start,
            until=end,
            severity=severity,
            certainty=math.prod(row.confidence for row in resting),
            low=any(row.confidence <= LOW for row in resting),
            basis=frozenset(basis),
            conditions=conditions(view, sides["agencies"], start, end),
        )

    @classmethod
    def still(
        cls,
        view: Snapshot,
        statement: str,
        held: Mapping[str, Known],
        *,
        rows: Iterable[Row | str] = (),
        who: Iterable[str] = (),
        note: str = "",
    ) -> Finding:
        """A finding about worries that holds to the date, from when the gravest of them was on record."""
        start = start_of(view, held)
        return cls.of(view, statement, held=held, rows=rows, who=who, note=note, start=start, end=view.day)

    @property
    def days(self) -> int:
        """How long it lasted: last day − first day."""
        return 0 if self.date is None or self.until is None else self.until - self.date


def _surest(view: Snapshot, held: Iterable[tuple[str, Known]]) -> list[Row]:
    """The surest of the rows that put one of several concerns on their holders' record: while it stands, so does it."""
    rows = [surest(view, known.holder, concern).likeliest for concern, known in held]
    return [max(rows, key=attrgetter("confidence", "order"))] if rows else []


OF_KIND = ("kind", "side", "theme", "title", "matters", "refute")  # what a finding has of its rule


@dataclass(frozen=True)
class Rule:
    """One kind of finding, in words and in code.

    Attributes
    ----------
    kind : str
        The name of its function.
    title : str
        What it is, as a heading.
    side : {"gap", "strength"}
        Whether it points out what was not there, or what worked.
    theme : str
        Where in a review of practice it belongs.
    matters : float
        How much a reviewer would make of the kind where all else is equal, 0 to 1.
    rule, limits : str
        Its exact rule in the words of the format, and what it cannot see.
    question, refute : str
        What a panel would ask to understand it from the inside, and which row would take it away.
    find : callable
        From a snapshot to findings.
    """

    kind: str
    title: str
    side: Side
    theme: Theme
    matters: float
    rule: str
    limits: str
    question: str
    refute: str
    find: Callable[[Snapshot], Iterator[Finding]] = field(repr=False)

    def __call__(self, view: Snapshot) -> Iterator[Finding]:
        """What the rule finds, with what is said once about the kind."""
        for found in self.find(view):
            question = self.question
            if found.conditions:
                question = f"{question.removesuffix('?')} ({found.conditions})?"
            yield replace(found, question=question, **{name: getattr(self, name) for name in OF_KIND})


def rule(
    *,
    title: str,
    theme: Theme,
    matters: float,
    rule: str,
    limits: str,
    question: str,
    refute: str,
    side: Side = "gap",
) -> Callable[[Callable[[Snapshot], Iterator[Finding]]], Rule]:
    """Make a function the rule of the kind of finding that it is named after; see :class:`Rule`."""

    def made(find: Callable[[Snapshot], Iterator[Finding]]) -> Rule:
        return Rule(find.__name__, title, side, theme, matters, rule, limits, question, refute, find)

    return made
