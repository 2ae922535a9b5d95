"""How deep the records of groups are, and whether they are so unlike that a comparison would be one of paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError
from ..tidy import Holds, tidy
from ..wording import count, in_words
from .groups import DEPTH, Grouped

if TYPE_CHECKING:
    import pandas as pd

_HOLDS: dict[str, Holds] = {"group": "text", "rows": "whole", "sources": "whole"}  # counts, as in a table of scores


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
    return tidy(lines, ("case", "group", *DEPTH, "rows_a_month"), **_HOLDS)


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
