"""A case and a changed one, side by side: their scores, and who has what on record."""

from __future__ import annotations

import datetime as dt
import html
import math
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..measures.headline import COUNTS
from ..measures.summary import scores
from ..record.worlds import Knowledge, knowledge
from ..rules import Rules, as_rules
from ..tidy import tidy
from ..wording import count
from .changes import Change, changed

if TYPE_CHECKING:
    import pandas as pd

KNOWLEDGE = ["holder", "concern", "world", "before", "after", "state_before", "state_after", "rows"]
HEADLINES = {
    "best_picture": "the share of the known worries that one involved professional has on record",
    "unshared_pairs": "the share of pairs of worries that nobody involved has together",
    "diffusion": "diffusion",
    "unowned_share": "the share of the known worries that nobody owns",
}
SAME = 1e-12  # numbers that differ by less are the same number


def what_if(
    case: Case, changes: Case | Change | Iterable[Change], at: Any = None, *, rules: Rules | None = None
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
        If `changes` is neither a case nor made of mappings.
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
                    before  after  change
    best_picture     0.778    1.0   0.222
    unshared_pairs   0.308    0.0  -0.308
    """
    settled, day = as_rules(rules), case._day(at)
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
        Indexed by score, as :func:`safetynet.scores` names them: ``before``, ``after``, ``change`` (NaN where a
        score is not defined); a fresh copy.
    knowledge : pandas.DataFrame
        A line per holder and concern for which the day of certainly knowing it, or the state at the date,
        differs: ``holder``, ``concern``, ``world`` (recorded or possible), ``before`` and ``after`` (the day by
        which it was certainly on record or could have been known, NaT = never), ``state_before`` and
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
        return pd.DataFrame({"before": before, "after": after, "change": after - before})

    @property
    def scores(self) -> pd.DataFrame:
        return self._scores.copy()

    @cached_property
    def _knowledge(self) -> pd.DataFrame:
        lines = [line for world in ("recorded", "possible") for line in self._differences(world)]
        return tidy(lines, KNOWLEDGE)

    @property
    def knowledge(self) -> pd.DataFrame:
        return self._knowledge.copy()

    def _differences(self, world: str) -> list[dict[str, Any]]:
        before = knowledge(self.original, world, rules=self.rules)
        after = knowledge(self.case, world, rules=self.rules)
        known = [{dates: one._days(dates) for dates in ("latest", "earliest")} for one in (before, after)]
        lines = []
        for holder, concern in sorted(set().union(*(days for one in known for days in one.values()))):
            days = [one["latest"].get((holder, concern)) for one in known]
            states = [self._state(one, holder, concern) for one in known]
            if days[0] == days[1] and states[0] == states[1]:
                continue
            shown = after if (holder, concern) in known[1]["earliest"] else before
            lines.append({
                "holder": holder, "concern": concern, "world": world, "before": days[0], "after": days[1],
                "state_before": states[0], "state_after": states[1], "rows": _rows(shown, holder, concern),
            })  # fmt: skip
        return lines

    def _state(self, known: dict[str, dict[tuple[str, str], int]], holder: str, concern: str) -> str:
        day = self.at.toordinal()
        if known["latest"].get((holder, concern), day + 1) <= day:
            return "certain"
        return "possible" if known["earliest"].get((holder, concern), day + 1) <= day else "no record"

    def _gains(self) -> tuple[set[str], int, int]:
        """Who certainly has something on record at the date that they had not, how many cells, and how many fewer."""
        table = self._knowledge[self._knowledge["world"] == "recorded"]
        more = table[(table["state_after"] == "certain") & (table["state_before"] != "certain")]
        fewer = table[(table["state_before"] == "certain") & (table["state_after"] != "certain")]
        return set(more["holder"]), len(more), len(fewer)

    def _pairs(self) -> dict[str, tuple[float, float]]:
        """Each score before and after."""
        table = self._scores
        return dict(zip(table.index, zip(table["before"], table["after"], strict=True), strict=True))

    def _headlines(self) -> list[str]:
        """What became of the headline scores that differ."""
        said, pairs = [], self._pairs()
        for name, words in HEADLINES.items():
            before, after = pairs[name]
            if _same(before, after):
                continue
            if math.isnan(before) or math.isnan(after):
                said.append(f"{words} would be {_numeral(after)} ({_numeral(before)} as the record stands)")
            else:
                way = "rise" if after > before else "fall"
                said.append(f"{words} would {way} from {_numeral(before)} to {_numeral(after)}")
        return said

    def explain(self) -> str:
        """What the changes would change, in two or three plain sentences."""
        said = self._headlines()
        rest = [
            name for name, pair in self._pairs().items()
            if name not in HEADLINES and name not in {one.name for one in COUNTS} and not _same(*pair)
        ]  # fmt: skip
        if said:
            sentence = f"With the changes, by {self.at}, {'; '.join(said)}."
        else:
            sentence = f"With the changes no headline score of {self.at} would be another."
        if rest:
            sentence += f" {count(len(rest), 'further score')} would differ: {', '.join(rest)}."
        who, more, fewer = self._gains()
        if more:
            sentence += (f" {count(len(who), 'person or agency', 'people or agencies')} would have "
                         f"{count(more, 'entry', 'entries')} more on record.")  # fmt: skip
        if fewer:
            sentence += f" {count(fewer, 'entry', 'entries')} would not be on record any more."
        if not more and not fewer:
            sentence += " Nobody would have anything else on record."
        return sentence

    def __repr__(self) -> str:
        differ = sum(not _same(*pair) for pair in self._pairs().values())
        cells = int((self._knowledge["world"] == "recorded").sum())
        name = f" of {self.original.id!r}" if self.original.id else ""
        return (
            f"<Comparison{name} at {self.at}: {count(differ, 'score')} and {count(cells, 'entry', 'entries')} "
            f"of what is on record differ>"
        )

    def _repr_html_(self) -> str:
        head = f"<strong>{html.escape(repr(self)[1:-1])}</strong>"
        table = self._scores.round(3).to_html(escape=True, border=0, na_rep="not defined")
        known = self._knowledge.head(20).to_html(escape=True, border=0, index=False, na_rep="")
        rest = len(self._knowledge) - 20
        more = f"<small>and {rest} more: see .knowledge</small>" if rest > 0 else ""
        return f"<div>{head}<p>{html.escape(self.explain())}</p>{table}{known}{more}</div>"


def _rows(known: Knowledge, holder: str, concern: str) -> tuple[str, ...]:
    """The rows by which a holder came to have a concern, certainly or, failing that, possibly."""
    dates = "latest" if (holder, concern) in known._days("latest") else "earliest"
    return tuple(dict.fromkeys(known.explain(holder, concern, dates=dates)["row"]))


def _same(before: float, after: float) -> bool:
    return abs(before - after) < SAME or (math.isnan(before) and math.isnan(after))


def _numeral(value: float) -> str:
    return "not defined" if math.isnan(value) else f"{value:.2f}"
