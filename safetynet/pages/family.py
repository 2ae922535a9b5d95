"""The copy for the family: what was written down, in plain words and without codes, with room for their memory."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from ..case import Case
from ..case.records import Row
from ..dates import DateLike, Window, date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..wording import in_words, short_when
from .ending import provenance_of
from .extent import FULL, SHORT
from .names import Names, Said, unnamed
from .opening import Topic, matters_of
from .people import AROUND
from .rows import written

# What a row of each kind says, with who did it and to whom; the words of the record follow.
SAYS: Mapping[str, str] = {
    "observed": "{who} saw or found out",
    "told": "{who} told {to}",
    "asked": "{who} asked {to}",
    "declined": "{who} said no to {to}",
    "met": "{who} met",
    "withheld": "{who} decided not to tell {to}",
    "assumed": "{who} counted on {to}",
    "believed": "{who} believed",
    "agreed": "{who} took on",
    "expected": "By a rule, this was for {who} to do",
    "needed": "A reviewer, looking back, says that this was needed",
    "decided": "{who} decided",
    "disagreed": "{who} did not agree with {to}",
    "done": "{who} did",
    "opened": "{who} began to work with the family",
    "closed": "{who} ended their work with the family",
}
TO_NOBODY: Mapping[str, str] = {  # where the row does not say to whom
    "told": "{who} passed on",
    "asked": "{who} asked",
    "declined": "{who} said no",
    "disagreed": "{who} did not agree",
    "assumed": "{who} counted on others",
    "withheld": "{who} kept to themselves",
}
OUTCOMES: Mapping[str, str] = {
    "step_up": "The decision was to do more.",
    "same": "The decision was to carry on as before.",
    "step_down": "The decision was to do less.",
    "no_further_action": "The decision was to do nothing further.",
    "discharge": "The decision was to end the care.",
    "partly": "It was done in part.",
    "attempted": "It was tried.",
    "refused": "It was refused.",
}
SEEN: Mapping[str, str] = {
    "alone": "The child was seen alone.",
    "with_carer": "The child was seen together with whoever cared for them.",
    "with_others": "The child was seen together with others.",
    "glimpsed": "The child was seen for a moment.",
    "not_seen": "The child was not looked at.",
    "refused": "Seeing the child was refused.",
    "not_there": "The child was not there.",
}
LEFT_OUT = (
    "opened",
    "closed",
    "expected",
    "needed",
)  # kinds that only the whole copy has, unless they are the family's


class Entry(NamedTuple):
    """One thing that was written down."""

    when: str
    said: Said
    words: str
    more: str
    own: bool


class Years(NamedTuple):
    """What was written down of one year, and how many entries only the whole copy has."""

    year: str
    entries: list[Entry]


class Differing(NamedTuple):
    """Two accounts of one thing."""

    one: Entry
    other: Entry


def gather_family(
    case: Case, at: DateLike | None, rules: Rules | None, full: bool, step: Callable[[str], None]
) -> dict[str, Any]:
    """Everything that the template of the family's copy needs."""
    real = snapshot(case, at, rules)
    names = Names(real)
    view = snapshot(unnamed(case), date_of(real.day), real.rules)
    step("findings")
    matters = matters_of(view, names, (FULL if full else SHORT)._replace(more=0, points=1))
    step("what was written down")
    rows = _told(view, None if full else SHORT.rows)
    return {
        "at": date_of(real.day),
        "day": _long(short_when(Window(real.day, real.day))),
        "children": in_words([view.name(one) for one in view.records.children]) or "the child",
        "kin": [
            (view.name(one.id), AROUND[one.kind]) for one in view.records.people.values() if one.kind != "professional"
        ],
        "agencies": _agencies(view, names),
        "years": _years(view, names, rows),
        "left_out": len(view.rows) - len(rows),
        "differing": _differing(view, names),
        "matters": {side: [one for one in found.first if not _has_code(view, one)] for side, found in matters.items()},
        "provenance": provenance_of(case),
        **{"row_ids": frozenset(), "concern_ids": frozenset(), "full": full},  # no codes, so nothing to link to
    }


def _told(view: Snapshot, most: int | None) -> list[Row]:
    """The rows that the copy has: all of them, or so many at most, the family's own and the gravest first."""
    if most is None:
        return list(view.rows)
    rows = [row for row in view.rows if row.kind not in LEFT_OUT or is_own(view, row)]
    concerns = view.records.concerns

    def weighs(row: Row) -> tuple[bool, int]:
        return is_own(view, row), max((concerns[one].severity for one in row.concerns), default=0)

    chosen = {row.id for row in sorted(rows, key=weighs, reverse=True)[:most]}
    return [row for row in rows if row.id in chosen]


def is_own(view: Snapshot, row: Row) -> bool:
    """Whether a row is the family's own: one of them said, asked, saw or did it."""
    return any(one in view.family for one in row.who)


def _has_code(view: Snapshot, matter: Topic) -> bool:
    """Whether a sentence says a code for want of words: nothing that a family could read."""
    words = set(re.findall(r"[\w.-]*\d[\w.-]*", f"{matter.leading.sentence.agency} {matter.leading.question.agency}"))
    return not words.isdisjoint(view.records.by_id.keys() | view.records.concerns.keys())


def _agencies(view: Snapshot, names: Names) -> list[Said]:
    """Everybody who has appeared, the professionals of one agency together."""
    return names.several(one for one in view.appeared if one in view.professionals)


def _years(view: Snapshot, names: Names, rows: list[Row]) -> list[Years]:
    found = groupby(rows, lambda row: date_of(row.date.last).year)
    return [Years(str(year), [entry(view, names, row) for row in some]) for year, some in found]


def _differing(view: Snapshot, names: Names) -> list[Differing]:
    pairs = [(view.by_id[other], row) for row in view.rows for other in row.disputes if other in view.by_id]
    return [Differing(entry(view, names, one), entry(view, names, other)) for one, other in pairs]


def entry(view: Snapshot, names: Names, row: Row) -> Entry:
    """A row in plain words."""
    pattern = SAYS[row.kind] if row.to else TO_NOBODY.get(row.kind, SAYS[row.kind])
    who, to = _people(names, row.who), _people(names, row.to)
    if not row.who and row.kind == "agreed":
        pattern = "This was agreed, and no name stands beside it"
    said = Said(pattern.format(who=who.agency, to=to.agency), pattern.format(who=who.person, to=to.person))
    words = written(view, row.id)[1] or "; ".join(view.records.concerns[one].summary for one in row.concerns)
    words += "." if words and words[-1] not in ".!?…" else ""
    return Entry(_long(short_when(row.date)), said, words, _more(row), is_own(view, row))


def _people(names: Names, ones: tuple[str, ...]) -> Said:
    several = names.several(ones, "{agency} ({roles})")
    if not several:
        return Said("somebody", "somebody")
    return Said(in_words(one.agency for one in several), in_words(names.of(one).person for one in ones))


def _more(row: Row) -> str:
    """What else the record says of it: what was decided, how the child was seen, whether it arrived."""
    said = [OUTCOMES.get(row.outcome, ""), SEEN.get(row.seen, "")]
    if row.received == "no":
        said.append("It did not arrive.")
    if row.due is not None:
        said.append(f"It was to be done by {_long(short_when(Window(row.due, row.due)))}.")
    if row.count > 1:
        said.append(f"This happened {row.count} times.")
    if row.confidence < 0.6:
        said.append("Those who wrote it down were not sure.")
    return " ".join(one for one in said if one)


_MONTHS = {calendar.month_abbr[number]: calendar.month_name[number] for number in range(1, 13)}
_SHORT_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")


def _long(when: str) -> str:
    """A date with its month in full: 4 August 1999."""
    return _SHORT_MONTH.sub(lambda found: _MONTHS[found[0]], when)
