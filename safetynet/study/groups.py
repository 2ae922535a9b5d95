"""The cases of a table in groups: which of them stand where, and what a person may have meant otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ArgumentError, did_you_mean, type_of, unknown
from ..measures.headline import HEADLINES, NAMES
from ..wording import count, in_words
from .contrast import Numbers
from .depth import DEPTH

if TYPE_CHECKING:
    import pandas as pd

PEOPLE = frozenset(
    {
        *("worker", "social worker", "key worker", "allocated worker", "professional", "lead professional"),
        *("practitioner", "manager", "team manager", "supervisor", "person", "staff", "officer"),
    }
)
MOST_GROUPS = 8
SHOWN = 4  # names in a message


@dataclass(frozen=True)
class Grouped:
    """The lines of a table that stand in a group, in the order of the groups and, within one, of the cases."""

    by: str
    labels: tuple[str, ...]
    lines: pd.DataFrame
    places: Sequence[int]  # of each line, which label
    scores: tuple[str, ...]
    without: int  # lines without a label
    other: int  # lines with a label that was not asked for
    paired: bool
    halves: int  # lines whose other half is not there

    def of(self, score: str, group: int) -> Numbers:
        """The values of a score in one group; NaN where it is not defined."""
        found: Numbers = self.values(score)[np.asarray(self.places) == group]
        return found

    def values(self, score: str) -> Numbers:
        """The values of a score in every line."""
        made = np.array(self.lines[score].to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
        made[~np.isfinite(made)] = np.nan
        return made

    @property
    def sizes(self) -> list[int]:
        """How many lines are in each group."""
        return [list(self.places).count(group) for group in range(len(self.labels))]


def grouped(table: Any, by: Any, scores: Any, order: Any, paired: Any) -> Grouped:
    """The groups of a table, if what a person asks for can be had of it."""
    frame = _frame(table, by)
    column, measures = _attribute(frame, by), _measures(frame, scores)
    texts = [_text(cell) for cell in column]
    labels = _labels(column, texts, order, paired)
    there = [place for place, text in enumerate(texts) if text in labels]
    if paired is None:
        _refuse_cases_twice([str(frame["case"].iloc[place]) for place in there])
        kept, ties = there, [""] * len(texts)
    else:
        ties = _ties(frame, paired, by)
        kept = _whole_pairs(ties, there, texts, labels)
    cases = [str(case) for case in frame["case"]]
    kept = sorted(kept, key=lambda place: (labels.index(texts[place]), ties[place], cases[place]))
    return Grouped(
        by=by,
        labels=tuple(labels),
        lines=frame.iloc[kept],
        places=[labels.index(texts[place]) for place in kept],
        scores=tuple(measures),
        without=texts.count(""),
        other=len(texts) - texts.count("") - len(there),
        paired=paired is not None,
        halves=len(there) - len(kept),
    )


# what was asked for -----------------------------------------------------------------------------------


def _frame(given: Any, by: Any) -> pd.DataFrame:
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        raise ArgumentError(
            f"the table is {type_of(given)}. Give a DataFrame with a line per case, such as study.scores() gives."
        )
    table: pd.DataFrame = given
    for name in ("case", by):  # such as of pd.concat({"before": a, "after": b}, names=[by])
        if isinstance(name, str) and name not in table and name in table.index.names:
            table = table.reset_index(name)
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()].unique()
        raise ArgumentError(f"the table has several columns of one name: {in_words(map(str, twice), SHOWN)}.")
    if "case" not in table:
        raise ArgumentError(
            "the table has no column 'case'. Groups are made of cases, a line for each: take the table of "
            "study.scores(), or put the names of the cases into a column 'case'."
        )
    return table


def _attribute(frame: pd.DataFrame, by: Any) -> pd.Series[Any]:
    """The column by which cases are grouped."""
    possible = [str(name) for name in frame.columns if name not in ("case", "reason", *DEPTH, *NAMES)]
    if not isinstance(by, str):
        raise ArgumentError(f"by is {type_of(by)} and no name of a column. {did_you_mean('', possible)}".rstrip())
    if by not in frame:
        raise unknown("the column", by, possible)
    if by == "case":
        raise ArgumentError("by='case' would compare single cases. Groups are of what several cases have in common.")
    if by in (*DEPTH, *NAMES):
        raise ArgumentError(
            f"by={by!r} is a number of the record. Groups are of what is known of a case besides, such as its outcome; "
            f'or make a column of parts first: table.assign(part=pd.cut(table["{by}"], 2)).'
        )
    if by.casefold().replace("_", " ").strip() in PEOPLE:
        raise ArgumentError(
            f"by={by!r} would set people against each other, and a score says nothing about a person. "
            "Group by outcome, time, area and the like."
        )
    return frame[by]


def _measures(frame: pd.DataFrame, scores: Any) -> list[str]:
    """The columns that are compared."""
    import pandas as pd

    names = [one.name for one in HEADLINES if one.name in frame] if scores is None else scores
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, Iterable) or isinstance(names, bytes):
        raise ArgumentError(f"scores is {type_of(scores)} and no list of columns. Write scores=['best_picture', ...].")
    found: list[Any] = list(dict.fromkeys(names))
    if not found:
        raise ArgumentError("there is no score to compare. Name columns of numbers with scores=[...].")
    for name in found:
        if not isinstance(name, str) or name not in frame:
            raise unknown("the score", name, map(str, frame.columns))
        if not pd.api.types.is_numeric_dtype(frame[name]):
            raise ArgumentError(
                f"the column {name!r} holds no numbers. Make numbers of it first: "
                f'table.assign({name}=pd.to_numeric(table["{name}"])).'
            )
    return found


# labels -----------------------------------------------------------------------------------------------


def _text(cell: Any) -> str:
    """A cell as the name of a group; empty where it says nothing."""
    import pandas as pd

    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():  # as whole numbers become where some are missing
        return str(int(cell))
    text = str(cell).strip()
    return text.removesuffix(" 00:00:00") if isinstance(cell, pd.Timestamp) else text


def _labels(column: pd.Series[Any], texts: Sequence[str], order: Any, paired: Any) -> list[str]:
    """The groups, in their order."""
    by, there = str(column.name), list(dict.fromkeys(text for text in texts if text))
    labels = _in_order(column, there, as_they_come=paired is not None) if order is None else _chosen(by, order, there)
    if not labels:
        raise ArgumentError(f"no line says anything of {by!r}, so there are no groups.")
    if len(labels) == 1:
        number, rest = texts.count(labels[0]), texts.count("")
        none = f", and {count(rest, 'line says', 'lines say')} nothing of it" if rest else ""
        raise ArgumentError(
            f"there is one group only: {count(number, 'line')} with {labels[0]!r} in {by!r}{none}. "
            "A comparison takes two."
        )
    if paired is not None and len(labels) > 2:
        raise ArgumentError(
            f"a pair has two sides, and {by!r} has {len(labels)} groups: {in_words(map(repr, labels), SHOWN)}. "
            "Name two of them with order=[...]."
        )
    if len(labels) > MOST_GROUPS:
        raise ArgumentError(
            f"{by!r} has {len(labels)} groups: {in_words(map(repr, labels), SHOWN)}. At most {MOST_GROUPS} are "
            "compared: name them with order=[...], or join them into wider groups in a column of your own."
        )
    return labels


def _in_order(column: pd.Series[Any], there: list[str], *, as_they_come: bool) -> list[str]:
    """Categories in their own order, sides of pairs as they come, else numbers by size and words by the alphabet."""
    import pandas as pd

    _refuse_one_word_twice(str(column.name), there)
    if isinstance(column.dtype, pd.CategoricalDtype):
        return [text for text in map(_text, column.cat.categories) if text in there]
    if as_they_come and not pd.api.types.is_datetime64_any_dtype(column.dtype):
        return there
    try:
        return sorted(there, key=float)
    except ValueError:
        return sorted(there, key=lambda text: (text.casefold(), text))


def _refuse_one_word_twice(by: str, there: list[str]) -> None:
    """Two spellings of one word would be two groups that nobody meant."""
    spelt: dict[str, list[str]] = {}
    for text in there:
        spelt.setdefault(" ".join(text.casefold().replace("_", " ").split()), []).append(text)
    for several in spelt.values():
        if len(several) > 1:
            raise ArgumentError(
                f"{by!r} has {in_words(map(repr, several))}, which are spelt alike but for capitals or spaces. "
                "Write them alike, or say with order=[...] that they are different groups."
            )


def _chosen(by: str, order: Any, there: list[str]) -> list[str]:
    if isinstance(order, (str, bytes)) or not isinstance(order, Iterable):
        some = ", ".join(map(repr, there[:2])) or "'one', 'other'"
        raise ArgumentError(f"order={order!r} is no list of groups. Write order=[{some}].")
    labels = [_text(one) for one in order]
    for text in labels:
        if text not in there:
            raise unknown(f"the group of {by!r}", text, there)
    if len(set(labels)) < len(labels):
        raise ArgumentError(f"order names a group twice: {in_words(map(repr, labels))}.")
    return labels


# cases and pairs --------------------------------------------------------------------------------------


def _refuse_cases_twice(cases: Sequence[str]) -> None:
    """The lines of one case are not independent of each other."""
    several = [case for case, times in Counter(cases).items() if times > 1]
    if several:
        raise ArgumentError(
            f"{count(len(several), 'case has', 'cases have')} more than one line in the groups "
            f"({in_words(map(repr, several), SHOWN)}), and the lines of one case are not independent. For the same "
            "cases at two moments write paired='case'; else keep one line of each."
        )


def _ties(frame: pd.DataFrame, paired: Any, by: str) -> list[str]:
    """Of each line, which pair it belongs to."""
    if not isinstance(paired, str):
        raise ArgumentError(
            f"paired is {type_of(paired)} and no name of a column. For the same cases write paired='case'."
        )
    if paired not in frame:
        raise unknown("the column", paired, map(str, frame.columns))
    if paired == by:
        raise ArgumentError(
            f"paired={paired!r} is what the groups are made by. For the same cases write paired='case'."
        )
    return [_text(cell) for cell in frame[paired]]


def _whole_pairs(ties: Sequence[str], there: Sequence[int], texts: Sequence[str], labels: Sequence[str]) -> list[int]:
    """The lines of those pairs that have both sides."""
    sides = Counter((ties[place], texts[place]) for place in there if ties[place])
    for (tie, label), times in sides.items():
        if times > 1:
            raise ArgumentError(f"the pair {tie!r} has {times} lines in the group {label!r}; a pair has one in each.")
    kept = [place for place in there if all((ties[place], label) in sides for label in labels)]
    if not kept:
        raise ArgumentError(
            f"no pair has a line in {labels[0]!r} and one in {labels[1]!r}. With paired='case' a case has the same "
            "name in both."
        )
    return kept
