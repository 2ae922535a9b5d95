"""How a comparison of groups is told: its tables, its sentences, and how a notebook shows it."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

from ..wording import count, in_words, verb
from .contrast import Adjust
from .depth import each_rate, rates
from .groups import Grouped

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 5  # differences in a sentence
METHODS = {"holm": "Holm", "bh": "Benjamini and Hochberg"}
CAVEAT = "This compares records of groups: it says nothing of why, and nothing of a single case, a child or a person."


class GroupComparison:
    """Groups of cases side by side; made by :func:`compare`.

    Attributes
    ----------
    by : str
        The column by which the cases are grouped.
    labels : tuple of str
        The groups, in their order.
    level : float
        Of the intervals.
    table : pandas.DataFrame
        A row per score and pair of groups: ``score``, ``first``, ``second``, ``n_first``, ``n_second`` (how many cases
        have the score; of pairs how many have it on both sides), ``undefined_first``, ``undefined_second`` (how many
        have not), ``difference``, ``low``, ``high``, ``delta``, ``p``, ``p_adjusted``, ``p_least`` and ``reason``
        (why a number is not defined); a fresh copy.
    groups : pandas.DataFrame
        A row per score and group: ``score``, ``group``, ``n``, ``undefined``, ``value`` (the mean), ``low``, ``high``
        (its interval) and ``median``. ``sn.plot.compare(compared)`` draws it. A fresh copy.
    records : pandas.DataFrame
        A row per case: ``case``, ``group``, ``rows``, ``sources``, ``months`` and ``rows_a_month``; a fresh copy.
    overall : pandas.DataFrame
        For more than two groups a row per score: ``score``, ``n``, ``undefined``, ``h``, ``p``, ``p_adjusted``,
        ``reason``; for two it has no rows. A fresh copy.
    """

    def __init__(
        self,
        grouped: Grouped,
        level: float,
        adjust: Adjust,
        warning: str,
        table: pd.DataFrame,
        groups: pd.DataFrame,
        records: pd.DataFrame,
        overall: pd.DataFrame,
    ) -> None:
        self.by, self.labels, self.level = grouped.by, grouped.labels, level
        self._grouped, self._adjust, self._warning = grouped, adjust, warning
        self._table, self._groups, self._records, self._overall = table, groups, records, overall

    @property
    def table(self) -> pd.DataFrame:
        return self._table.copy()

    @property
    def groups(self) -> pd.DataFrame:
        return self._groups.copy()

    @property
    def records(self) -> pd.DataFrame:
        return self._records.copy()

    @property
    def overall(self) -> pd.DataFrame:
        return self._overall.copy()

    # in words -----------------------------------------------------------------------------------------

    def explain(self) -> str:
        """What was compared, how deep the records are, what differs, and what that does not say."""
        said = [self._compared(), *self._left_out(), self._depth(), *self._differing(), *self._at_once(), CAVEAT]
        return " ".join(said)

    def _sizes(self) -> str:
        if self._grouped.paired:
            return f"{in_words(map(repr, self.labels))} ({count(self._grouped.sizes[0], 'pair')})"
        sizes = zip(self.labels, self._grouped.sizes, strict=True)
        return in_words(f"{label!r} ({count(size, 'case')})" for label, size in sizes)

    def _compared(self) -> str:
        return f"Compared by {self.by}: {self._sizes()}."

    def _left_out(self) -> list[str]:
        group = self._grouped
        said = [
            f"{count(number, 'line')} {words}"
            for number, words in (
                (group.without, f"with nothing in {self.by}"),
                (group.other, "of other groups"),
                (group.halves, "without the other half of the pair"),
            )
            if number
        ]
        return [f"Left out: {in_words(said)}."] if said else []

    def _depth(self) -> str:
        if self._warning:
            return self._warning
        each = each_rate(self._grouped, rates(self._grouped, self._records))
        return f"Rows a month are {each} (medians)."

    def _found(self) -> pd.DataFrame:
        """The rows that differ, those with the smallest p first."""
        table = self._table
        return table[table["p_adjusted"] <= 1 - self.level + 1e-12].sort_values("p_adjusted", kind="stable")

    def _differing(self) -> list[str]:
        tested = self._table[self._table["p"].notna()]
        if tested.empty:
            reasons = self._table.sort_values("p_least", kind="stable")["reason"].str.split("; ").str[0]
            first: dict[str, str] = {}
            for reason in reasons:
                first.setdefault(reason.partition(" under ")[0], reason)
            return [f"No score can be tested: {', or '.join(list(first.values())[:2])}."]
        number, limit = len(tested), f"{1 - self.level:.2g}"
        every = count(len(self._table), "comparison")
        head = f"{number} of {every} {verb(number, 'has', 'have')} a p, adjusted after {METHODS[self._adjust]}"
        found = self._found()
        if not found.empty:
            each = in_words((self._difference(row) for row in found.itertuples()), SHOWN)
            return [f"{head}; {verb(len(found), 'one is', f'{len(found)} are')} at most {limit}: {each}."]
        low = tested.sort_values("p_adjusted", kind="stable").iloc[0]
        return [
            f"{head}; none is at most {limit}, the lowest is {low['p_adjusted']:.2g} ({low['score']}).",
            *self._out_of_reach(tested),
            self._not_alike(),
        ]

    def _not_alike(self) -> str:
        """That nothing differs is no likeness: where there are intervals they say what is left open."""
        open_ended = "with so few cases no difference has an interval, and they may lie far apart."
        said = "the intervals say how far apart they may be." if self._table["low"].notna().any() else open_ended
        return f"That does not show that the groups are alike: {said}"

    def _out_of_reach(self, tested: pd.DataFrame) -> list[str]:
        """Where so many comparisons are made that none could differ, whatever the values."""
        least = len(tested) * float(tested["p_least"].min())
        if self._adjust != "holm" or least <= 1 - self.level:
            return []
        many = f"With so many comparisons of so few cases none could be under {min(least, 1):.2g}"
        return [f"{many}: ask for fewer scores or groups, or for more draws where cases are many."]

    def _at_once(self) -> list[str]:
        """Of more than two groups, which scores differ over all of them."""
        if self._overall["p"].isna().all():  # or there are two groups
            return []
        found = self._overall[self._overall["p_adjusted"] <= 1 - self.level + 1e-12]["score"]
        names = f" ({in_words(found, SHOWN)})" if len(found) else ""
        number = f"{len(found) or 'none'} of {count(len(self._overall), 'score')}"
        return [f"Over all groups at once {number} {verb(len(found) or 1, 'differs', 'differ')}{names}."]

    def _difference(self, row: Any) -> str:
        """One row of the table in words."""
        way = "higher" if row.difference > 0 else "lower"
        cases = count(row.n_first, "pair") if self._grouped.paired else f"{row.n_second} and {row.n_first} cases"
        interval = (
            "no interval" if math.isnan(row.low) else f"{100 * self.level:g} % interval {row.low:.3g} to {row.high:.3g}"
        )
        return (
            f"{row.score} on average {abs(row.difference):.3g} {way} in {row.second!r} than in {row.first!r} "
            f"({interval}, {cases}, p {row.p_adjusted:.2g})"
        )

    def __repr__(self) -> str:
        tested, found = self._table["p"].notna().any(), self._found()["score"].nunique()
        scores = count(len(self._grouped.scores), "score")
        differ = f"of which {found or 'none'} {verb(max(found, 1), 'differs', 'differ')}" if tested else "none testable"
        return f"<GroupComparison by {self.by}: {self._sizes()}; {scores}, {differ}>"

    def _repr_html_(self) -> str:
        head = f"<p><strong>{escape(repr(self)[1:-1])}</strong></p><p>{escape(self.explain())}</p>"
        depth = self._records.drop(columns="case").groupby("group").median().reindex(list(self.labels)).round(2)
        depth.insert(0, "cases", self._grouped.sizes)
        parts = [("How deep the records are (medians)", depth.reset_index()), ("Score by score", self._shown())]
        if len(self._overall):
            parts.insert(1, ("All groups at once", self._overall.round(4)))
        shown = [
            f"<p>{title}</p>{table.to_html(escape=True, border=0, index=False, na_rep='–', justify='left')}"
            for title, table in parts
        ]
        return f"<div>{head}{''.join(shown)}</div>"

    def _shown(self) -> pd.DataFrame:
        """The table as a person reads it: the mean of each group with how many cases it is of."""
        import pandas as pd

        groups = self._groups
        means = dict(zip(zip(groups["score"], groups["group"], strict=True), groups["value"], strict=True))

        def line(row: Any) -> dict[str, str]:
            made = {"score": row.score}
            sides = [(row.first, row.n_first, row.undefined_first), (row.second, row.n_second, row.undefined_second)]
            for side, (label, n, undefined) in zip(("first", "second"), sides, strict=True):
                more = f", {undefined} not defined" if undefined else ""
                made[side] = f"{label}: {_number(means[row.score, label])} (n {n}{more})"
            band = "" if math.isnan(row.low) else f" ({_number(row.low)} to {_number(row.high)})"
            made["second less first"] = f"{_number(row.difference)}{band}"
            made |= {"delta": _number(row.delta), "p": _number(row.p), "p adjusted": _number(row.p_adjusted)}
            return {**made, "why not": row.reason}

        return pd.DataFrame([line(row) for row in self._table.itertuples()])


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3g}"
