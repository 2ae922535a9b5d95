"""A case and a changed one, side by side: their scores, and who has what on record."""

from __future__ import annotations

import datetime as dt
import html
import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..case import Case, need_case
from ..dates import DateLike, date_of
from ..measures.headline import HEADLINES
from ..measures.summary import scores
from ..record.entries import Holding
from ..record.worlds import Dates, Knowledge, World, knowledge
from ..rules import Rules, as_rules
from ..tidy import tidy
from ..wording import count, in_words
from .changes import Change, changed
from .goals import NUMBERS, label

if TYPE_CHECKING:
    import pandas as pd

SAME = 1e-12  # numbers that differ by less are the same number
SHOWN = 20  # lines of what is differently on record that a notebook shows

State = Literal["certain", "possible", "no record"]
Days = Mapping[Dates, Mapping[Holding, int]]


class Difference(NamedTuple):
    """What is differently on record: a line of :attr:`Comparison.knowledge`."""

    holder: str
    concern: str
    world: World
    known_before: int | None
    known_after: int | None
    state_before: State
    state_after: State
    rows: tuple[str, ...]


def what_if(
    case: Case, changes: Case | Change | Iterable[Change], at: DateLike | None = None, *, rules: Rules | None = None
) -> Comparison:
    """The scores, and who has what on record, as they are and as they would be with some changes.

    It says what would follow from the record if the record were other than it is. It does not say what anybody
    would have done with what they then knew.

    Parameters
    ----------
    case : Case
    changes : Case, mapping or list of mappings
        Another case, or one change or several, made one after the other. A change is a mapping with one verb:
        ``{"add": row}`` (a chronology row as a mapping, or several in a list), ``{"drop": id}`` (a row, person,
        agency or concern, or several), ``{"move": row, "to": date}``, ``{"change": row, column: value, ...}`` or
        ``{"lead": person, "from": date, "to": date}``.
    at : date or str, optional
        The date asked for, of both. Default: that of `case`, the day before the harm or the last day.
    rules : Rules, optional

    Returns
    -------
    Comparison
        With the changed case, a table of scores, a table of what is differently on record, and a few sentences.

    Raises
    ------
    CaseError
        If a change does not fit the case; with everything that is wrong, of all changes, at once.
    ArgumentError
        If `case` is no case, or `changes` are neither a case nor made of mappings.
    DateError
        If `at` is no date.

    See Also
    --------
    smallest_change : the single change that would have joined most.

    Examples
    --------
    In the worked example the doctor's worry c3 never reached the police officer. What if she had rung him?

    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> call = {"date": "2024-01-28", "kind": "told", "who": "G", "to": "P", "concerns": "c3", "channel": "phone"}
    >>> compared = sn.what_if(case, {"add": call})
    >>> compared.scores.loc[["best_picture", "unshared_pairs"]].round(3)
                    before  after  difference
    score
    best_picture     0.778    1.0       0.222
    unshared_pairs   0.308    0.0      -0.308
    """
    settled, day = as_rules(rules), need_case(case)._day(at)
    return Comparison(case, changed(case, changes), date_of(day), settled)


class Comparison:
    """A case and a changed one on the same date; made by :func:`what_if`.

    Attributes
    ----------
    original, case : Case
        As it is, and with the changes.
    at : datetime.date
        The date that both are asked for.
    rules : Rules
    scores : pandas.DataFrame
        Indexed by score, as :func:`safetynet.scores` names them: ``before``, ``after``, ``difference`` (NaN where a
        score is not defined); a fresh copy.
    knowledge : pandas.DataFrame
        A line per holder and concern for which the day of knowing it, or the state at the date, differs: ``holder``,
        ``concern``, ``world`` (recorded or possible), ``known_before`` and ``known_after`` (the day by which it was on
        record or could have been known, as the rules read dates; NaT = no such day), ``state_before`` and
        ``state_after`` (certain, possible, no record) and ``rows`` (in the recorded world the rows that put it on
        record, with the changes where they still do; else the chain by which it could have come); a fresh copy.
    """

    def __init__(self, original: Case, case: Case, at: dt.date, rules: Rules) -> None:
        self.original = original
        self.case = case
        self.at = at
        self.rules = rules

    @cached_property
    def _scores(self) -> pd.DataFrame:
        import pandas as pd

        before = scores(self.original, self.at, rules=self.rules)
        after = scores(self.case, self.at, rules=self.rules)
        return pd.DataFrame({"before": before, "after": after, "difference": after - before})

    @property
    def scores(self) -> pd.DataFrame:
        return self._scores.copy()

    @cached_property
    def _found(self) -> list[Difference]:
        """What is differently on record, in the recorded world and then in the possible one."""
        return [*self._differences("recorded"), *self._differences("possible")]

    @property
    def knowledge(self) -> pd.DataFrame:
        return tidy(self._found, Difference._fields)

    def _differences(self, world: World) -> list[Difference]:
        before, after = (knowledge(case, world, rules=self.rules) for case in (self.original, self.case))
        known = [_days(one) for one in (before, after)]
        by_then = [_days(one._by(self.at)[1]) for one in (before, after)]
        found = []
        for holding in sorted({holding for one in known for days in one.values() for holding in days}):
            first = [one[self.rules.dates].get(holding) for one in known]
            states = [self._state(one, holding) for one in by_then]
            if first[0] != first[1] or states[0] != states[1]:
                shown = after if holding in known[1]["earliest"] else before
                found.append(
                    Difference(*holding, world, first[0], first[1], states[0], states[1], _rows(shown, holding))
                )
        return found

    def _state(self, known: Days, holding: Holding) -> State:
        day = self.at.toordinal()
        if known["latest"].get(holding, day + 1) <= day:
            return "certain"
        return "possible" if known["earliest"].get(holding, day + 1) <= day else "no record"

    def _gains(self) -> tuple[set[str], int, int]:
        """Who certainly has something on record at the date that they had not, how many cells, and how many fewer."""
        recorded = [one for one in self._found if one.world == "recorded"]
        more = [one.holder for one in recorded if one.state_after == "certain" != one.state_before]
        fewer = sum(one.state_before == "certain" != one.state_after for one in recorded)
        return set(more), len(more), fewer

    def _pairs(self) -> dict[str, tuple[float, float]]:
        """Each score before and after."""
        table = self._scores
        return dict(zip(table.index, zip(table["before"], table["after"], strict=True), strict=True))

    def _headlines(self) -> list[str]:
        """What became of the headline scores that differ."""
        said, pairs = [], self._pairs()
        for name in NUMBERS:
            before, after = pairs[name]
            if _same(before, after):
                continue
            words = label(name)
            if math.isnan(before) or math.isnan(after):
                said.append(f"{words} would be {_numeral(after)} ({_numeral(before)} as the record stands)")
            else:
                way = "rise" if after > before else "fall"
                said.append(f"{words} would {way} from {_numeral(before)} to {_numeral(after)}")
        return said

    def explain(self) -> str:
        """What the changes would change, in two or three plain sentences."""
        said, pairs = self._headlines(), self._pairs()
        scores = [one.name for one in HEADLINES if one.name not in NUMBERS]
        rest = [label(name) for name in scores if not _same(*pairs[name])]
        who, more, fewer = self._gains()
        sentences = [
            f"With the changes, by {self.at}, {'; '.join(said)}."
            if said
            else f"With the changes no headline score of {self.at} would be another."
        ]
        if rest:
            sentences.append(f"{count(len(rest), 'further score')} would differ: {in_words(rest)}.")
        if more:
            holders, entries = count(len(who), "person or agency", "people or agencies"), _entries(more)
            sentences.append(f"{holders} would have {entries} more on record.")
        if fewer:
            sentences.append(f"{_entries(fewer)} would not be on record any more.")
        if not more and not fewer:
            sentences.append("Nobody would have anything else on record.")
        return " ".join(sentences)

    def __repr__(self) -> str:
        differ = sum(not _same(*pair) for pair in self._pairs().values())
        cells = sum(one.world == "recorded" for one in self._found)
        name = f" of {self.original.id!r}" if self.original.id else ""
        return (
            f"<Comparison{name} at {self.at}: {count(differ, 'score')} and {_entries(cells)} "
            f"of what is on record differ>"
        )

    def _repr_html_(self) -> str:
        head = f"<strong>{html.escape(repr(self)[1:-1])}</strong>"
        table = self._scores.round(3).to_html(escape=True, border=0, na_rep="not defined")
        known = self.knowledge.head(SHOWN).to_html(escape=True, border=0, index=False, na_rep="")
        rest = len(self._found) - SHOWN
        more = f"<small>and {rest} more: see .knowledge</small>" if rest > 0 else ""
        return f"<div>{head}<p>{html.escape(self.explain())}</p>{table}{known}{more}</div>"


def _days(known: Knowledge) -> Days:
    """First-known days, by both readings of dates."""
    return {"latest": known._days("latest"), "earliest": known._days("earliest")}


def _rows(known: Knowledge, holding: Holding) -> tuple[str, ...]:
    """The rows by which a holder came to have a concern, certainly or, failing that, possibly."""
    dates: Dates = "latest" if holding in known._days("latest") else "earliest"
    return tuple(dict.fromkeys(known.explain(*holding, dates=dates)["row"]))


def _entries(number: int) -> str:
    return count(number, "entry", "entries")


def _same(before: float, after: float) -> bool:
    return abs(before - after) < SAME or (math.isnan(before) and math.isnan(after))


def _numeral(value: float) -> str:
    return "not defined" if math.isnan(value) else f"{value:.2f}"
