"""Two coders of one case: how far they agree, and what they have to talk about."""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..case import Case, need_case
from ..datasets import load_case
from ..errors import ArgumentError, choose, is_whole, type_of
from ..tidy import tidy
from ..wording import count, days, in_words, verb
from ..written import DATE_ORDERS, DateOrder
from .agreement_measures import Line, measures
from .alpha import said
from .counterparts import Given, counterparts
from .disagreements import Coded, Disagreement, disagreements, join_several
from .draws import check_draws, check_share
from .row_pairs import gap, pair_rows

if TYPE_CHECKING:
    import pandas as pd

TO_TYPE_IN = ("agreed", "note")  # columns of the workbook that the coders fill
SHOWN = 20  # lines of disagreements that a notebook shows


class _Matched(NamedTuple):
    row_a: str
    row_b: str
    date: int
    days: int
    likeness: float
    differences: str


def agreement(
    a: Case | str | os.PathLike[str],
    b: Case | str | os.PathLike[str],
    *,
    tolerance: int = 1,
    people: Given = None,
    concerns: Given = None,
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.95,
    date_order: DateOrder | None = None,
) -> Agreement:
    """How far two coders of one case agree, and every difference between them as a line to talk about.

    Ids need not be the same in both: agencies, people and concerns are taken for the same one to one, by what is
    given, else by id, name, agency, role or category and by the rows in which they stand. Which are so taken, and by
    what, stands in ``.assumed``: look there first. Rows are then taken for one, each with one at most, that are at
    most `tolerance` days apart and alike in two of three: who took part, which concerns, which kind of row. Rows that
    are the same in date, kind, people and concerns come first; of the others, the pairs are as alike as possible
    together.

    Parameters
    ----------
    a, b : Case or path
        The two codings: cases, or what :func:`load_case` takes.
    tolerance : int
        The most days between two rows that may be one. Windows (a month, a year) with a day in common are 0 apart.
    people, concerns : mapping, optional
        From ids of `a` to ids of `b`, for those that you know: ``{"p1": "teacher"}``. `people` may have agencies too.
        Several ids of `a` may have one of `b`, and one of `a` a list; None says that `b` does not have it.
    draws, seed, level
        Of the bands: rows, people and concerns are drawn so many times anew with replacement.
    date_order : {"dmy", "mdy"}, optional
        Of what is read from a path: as in :func:`read_case`.

    Returns
    -------
    Agreement
        ``.table`` (measures), ``.disagreements``, ``.matched``, ``.assumed``, ``.explain()``, ``.write(path)``.

    Raises
    ------
    ArgumentError
        If a number means nothing, or `people` or `concerns` has an id that is not in its case; all of them at once.
    CaseError
        If a case that is read has problems.

    See Also
    --------
    krippendorff_alpha : several coders, or units of your own.
    merge_cases : the chronologies of several agencies as one case.

    Notes
    -----
    Alpha is of what both have coded: rows, people and concerns that are taken for one. Whether one of them is there at
    all has no alpha, as nobody can count the contacts that both did not see; it has precision and recall.

    Examples
    --------
    >>> import safetynet as sn
    >>> case = sn.load_case("worked_example")
    >>> found = sn.agreement(case, case.without("e5"))
    >>> found
    <Agreement on 'worked_example': 2 of 3 contact rows in both, 1 disagreement>
    >>> found.disagreements[["kind", "in_a", "rows_a"]].values.tolist()
    [['only in a', 'told G > T: c3', ('e5',)]]
    """
    if not is_whole(tolerance) or tolerance < 0:
        raise ArgumentError(f"tolerance is a whole number of days from 0 up; it is {tolerance!r}.")
    if date_order is not None:
        choose("date_order", date_order, DATE_ORDERS)
    check_draws(draws, seed)
    share = check_share("level", level)
    first, second = (_case(given, name, date_order) for given, name in ((a, "a"), (b, "b")))
    found = counterparts(first._records, second._records, people, concerns)
    records = first._records, second._records
    pairs = pair_rows(*records, found, int(tolerance))
    if join_several(Coded(*records, found, pairs)):
        pairs = pair_rows(*records, found, int(tolerance))
    coded = Coded(*records, found, pairs)
    return Agreement(first, second, coded, int(tolerance), measures(coded, draws, seed, share))


def _case(given: object, name: str, date_order: DateOrder | None) -> Case:
    """A case, or that of a path or of a packaged name."""
    if isinstance(given, (str, os.PathLike)):
        return load_case(given, date_order=date_order)
    if not isinstance(given, Case):
        raise ArgumentError(f"{name} is a case or the path of one, not {type_of(given)}.")
    return need_case(given)


class Agreement:
    """Two codings of one case, side by side: see :func:`agreement`.

    Attributes
    ----------
    a, b : Case
        The two codings.
    tolerance : int
        The most days between two rows that may be one.
    table : pandas.DataFrame
        A line per measure: ``measure`` (of what), ``kind`` (recall: the share of what a has that b has too; precision:
        the share of what b has that a has too; F1: their harmonic mean, whoever is first; share; alpha, nominal or
        ordinal), ``number`` (of units), ``value``, ``low``, ``high``, ``defined`` (the share of draws in which it is)
        and ``reason`` (why it is not defined).
    disagreements : pandas.DataFrame
        A line per difference: ``table``, ``kind`` (only in a, only in b, other date, other person, other concern,
        other channel, other severity …, several for one, one for several), ``date``, ``days`` (between the two dates),
        ``in_a``, ``in_b``, ``rows_a``, ``rows_b``. Ids, code words and dates only.
    matched : pandas.DataFrame
        A line per pair of rows that are taken for one: ``row_a``, ``row_b``, ``date``, ``days``, ``likeness`` and
        ``differences``.
    assumed : pandas.DataFrame
        Who and what is taken for the same: ``table``, ``in_a``, ``in_b``, ``taken_by`` (given, id, name, likeness).
    """

    def __init__(self, a: Case, b: Case, coded: Coded, tolerance: int, lines: list[Line]) -> None:
        self.a, self.b, self.tolerance = a, b, tolerance
        self._lines, self._found, self._same = lines, disagreements(coded), list(coded.found.same)
        self._matched = list(_matched(coded, self._found))

    @property
    def table(self) -> pd.DataFrame:
        return tidy(self._lines, Line._fields)

    @property
    def disagreements(self) -> pd.DataFrame:
        return tidy(self._found, Disagreement._fields)

    @property
    def matched(self) -> pd.DataFrame:
        return tidy(self._matched, _Matched._fields)

    @property
    def assumed(self) -> pd.DataFrame:
        return tidy(self._same, ("table", "in_a", "in_b", "taken_by"))

    def _line(self, measure: str, kind: str) -> Line:
        return next(line for line in self._lines if (line.measure, line.kind) == (measure, kind))

    def explain(self) -> str:
        """What the two have in common and what they do not, in a few plain sentences."""
        return " ".join(self._sentences())

    def _sentences(self) -> list[str]:
        both = [
            _in_both(noun, self._line(measure, "recall"), self._line(measure, "precision"))
            for measure, noun in (("contacts", "contact row"), ("concerns", "concern"))
        ]
        both[0] = f"With dates up to {days(self.tolerance)} apart, {both[0]}"
        both[1] = both[1].replace("neither", "Neither", 1)
        sentences = [*both, said(self._line("severity", "ordinal alpha"), "Alpha of severity")]
        if not self._matched and len(self.a.chronology) and len(self.b.chronology):
            sentences.append("No row of the one is a row of the other: are they codings of one case?")
        told = [one for one in self._same if one.taken_by in ("name", "likeness")]
        if told:
            what = count(len(told), "agency, person or concern", "agencies, people and concerns")
            sentences.append(
                f"{what} {verb(len(told), 'is', 'are')} taken for the same by name or likeness: see .assumed first."
            )
        return [*sentences, self._to_resolve()]

    def _to_resolve(self) -> str:
        """How many disagreements there are, the most frequent kinds by name."""
        if not self._found:
            return "There is nothing to resolve."
        kinds: dict[str, int] = {}
        for line in self._found:
            kinds[line.kind] = kinds.get(line.kind, 0) + 1
        most = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
        number = count(len(self._found), "disagreement")
        return f"{number} to resolve: {in_words([f'{kind} ({kinds[kind]})' for kind in most], 4)}."

    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write a workbook for the two coders' meeting: the disagreements, the measures, the rows, what is assumed.

        Parameters
        ----------
        path : path
            It ends with ``.xlsx``. The sheet of disagreements has two empty columns for what the coders agree on.
        overwrite : bool
            Whether a file that is there is replaced.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        ArgumentError
            If the path does not end with ``.xlsx``.
        FileInTheWayError
            If something is there and `overwrite` is false.
        """
        from ..io.results import write_sheets
        from ..io.template import need_xlsx

        place = need_xlsx(path, "the agreement of two coders")
        names = [f" ({case.id})" if case.id else "" for case in (self.a, self.b)]
        about = [f"a is the first coder{names[0]}, b the second{names[1]}. Ids are those that each of them wrote."]
        about += [*self._sentences(), *ABOUT]
        sheets = {
            "disagreements": self.disagreements.assign(**dict.fromkeys(TO_TYPE_IN, "")),
            "measures": self.table,
            "matched": self.matched,
            "assumed": self.assumed,
            "about": tidy([{"said": one} for one in about], ["said"]),
        }
        write_sheets(sheets, place, typed=TO_TYPE_IN, overwrite=overwrite)
        return place

    def __repr__(self) -> str:
        one = self._line("contacts", "recall")
        names = in_words(dict.fromkeys(repr(case.id) for case in (self.a, self.b) if case.id))
        shared = f"{round(one.value * one.number)} of {count(one.number, 'contact row')} in both" if one.number else ""
        found = count(len(self._found), "disagreement")
        return f"<Agreement{f' on {names}' if names else ''}: {', '.join(filter(None, (shared, found)))}>"

    def _repr_html_(self) -> str:
        head = f"<strong>{html.escape(repr(self)[1:-1])}</strong>"
        measured = self.table.round(3).to_html(escape=True, border=0, index=False, na_rep="not defined")
        found = self.disagreements.head(SHOWN).to_html(escape=True, border=0, index=False, na_rep="")
        rest = len(self._found) - SHOWN
        more = f"<small>and {rest} more: see .disagreements</small>" if rest > 0 else ""
        return f"<div>{head}<p>{html.escape(self.explain())}</p>{measured}{found}{more}</div>"


def _matched(coded: Coded, found: list[Disagreement]) -> Iterator[_Matched]:
    """A line for each pair of rows, with what they differ in."""
    kinds: dict[str, list[str]] = {}
    for line in found:
        if line.table == "chronology" and line.rows_a and line.rows_b:
            kinds.setdefault(line.rows_a[0], []).append(line.kind)
    for pair in coded.pairs:
        one, other = pair.a.row, pair.b.row
        differences = "; ".join(kinds.get(one.id, ()))
        yield _Matched(one.id, other.id, one.date.last, gap(one.date, other.date), pair.likeness, differences)


ABOUT = (
    "recall: the share of what a has that b has too. precision: the share of what b has that a has too. "
    "F1: their harmonic mean, whoever is first.",
    "alpha: Krippendorff's, of what both have coded; 1 is full agreement, 0 what chance would give. He takes data from "
    "0.8 up as reliable, and from 0.667 for tentative conclusions only.",
    "low and high: 95 of 100 samples drawn anew from the same rows, people or concerns lie between them, unless "
    "another level was asked for.",
    "Resolve agencies, people and concerns first: much in the rows follows from them.",
)


def _in_both(noun: str, recall: Line, precision: Line) -> str:
    """How much of what each has the other has too."""
    if not recall.number and not precision.number:
        return f"neither has a {noun}."
    shared = round(recall.value * recall.number) if recall.number else 0
    return (
        f"b has {shared} of the {count(recall.number, noun)} of a, and a {shared} of the "
        f"{count(precision.number, noun)} of b."
    )
