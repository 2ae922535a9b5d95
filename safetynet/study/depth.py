"""How deep a record is, and whether those of groups are so unlike that a comparison would be one of paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from ..case import Case
from ..errors import ArgumentError
from ..tidy import Holds, tidy
from ..wording import count, in_words

if TYPE_CHECKING:
    import pandas as pd

    from .groups import Grouped

DAYS_A_MONTH = 365.25 / 12


class Depth(NamedTuple):
    """How deep a record is: its rows, the sources that they name, and the months from the first to the last."""

    rows: int
    sources: int
    months: float


DEPTH = Depth._fields
COUNTS: dict[str, Holds] = {"rows": "whole", "sources": "whole"}  # as these are in tables of scores


def depth_of(case: Case) -> Depth:
    """How deep the record of a case is, over all its rows."""
    records = case._records
    sources = {source for row in records.rows for source in row.source}
    days = 0 if records.start is None or records.end is None else records.end - records.start + 1
    return Depth(len(records.rows), len(sources), round(days / DAYS_A_MONTH, 2))


# of groups --------------------------------------------------------------------------------------------


def records(groups: Grouped) -> pd.DataFrame:
    """How deep each record is: a line per case, beside its group."""
    import pandas as pd

    def known(cell: Any) -> Any:
        return None if pd.isna(cell) else cell

    table = groups.lines
    depth = {name: list(map(known, table[name])) if name in table else [None] * len(table) for name in DEPTH}
    lines: list[dict[str, Any]] = []
    for place, case in enumerate(table["case"]):
        line = {name: cells[place] for name, cells in depth.items()}
        rate = line["rows"] / line["months"] if line["rows"] is not None and line["months"] else math.nan
        lines.append({"case": case, "group": groups.labels[groups.places[place]], **line, "rows_a_month": rate})
    return tidy(lines, ("case", "group", *DEPTH, "rows_a_month"), group="text", **COUNTS)


def rates(groups: Grouped, table: pd.DataFrame) -> list[float]:
    """Rows a month in each group: the median of its records."""
    middle = table.groupby("group")["rows_a_month"].median()
    return [float(middle[label]) for label in groups.labels]


def uneven(groups: Grouped, rate: list[float], ratio: float) -> str:
    """What there is to say where the records of one group are more than `ratio` times as deep as those of another."""
    if any(math.isnan(one) for one in rate):
        return (
            "Nothing says how deep the records of some group are (columns rows and months), so that a difference "
            "between the scores may be one of how much was written down."
        )
    least, most = min(rate), max(rate)
    if most <= least * ratio * (1 + 1e-9):
        return ""
    times = f"{most / least:.1f} times" if least else "without measure"
    return (
        f"Rows a month differ {times} between the groups ({each_rate(groups, rate)}; medians), so that a difference "
        "between the scores may be one of how much was written down."
    )


def each_rate(groups: Grouped, rate: list[float]) -> str:
    """The rows a month of each group, in a sentence."""
    every = zip(groups.labels, rate, groups.sizes, strict=True)
    return in_words(f"{one:.3g} in the {count(size, 'record')} of {label!r}" for label, one, size in every)


def refusal(said: str, ratio: float) -> ArgumentError:
    """Why the comparison is not made, and what to do."""
    return ArgumentError(
        f"{said} Name groups whose records are alike with order=[...], or leave out records that are not; or compare "
        f"them all the same with anyway=True. The limit is Rules(depth_ratio={ratio:g})."
    )
