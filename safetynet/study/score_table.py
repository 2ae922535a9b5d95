"""The table of scores of a study, filled case by case: numbers lie in one array, a text that recurs is kept once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..measures.headline import NAMES
from ..tidy import column
from .depth import COUNTS, DEPTH
from .running import Answer

if TYPE_CHECKING:
    import pandas as pd

BESIDE = ("at", *DEPTH, "reason")


def score_table(lines: Iterable[Answer]) -> pd.DataFrame:
    """A line per case, with a column for each attribute that any case has."""
    import numpy as np
    import pandas as pd

    names, scores, about = list[str](), array("d"), _Attributes()
    beside: dict[str, list[Any]] = {name: [] for name in BESIDE}
    for number, (name, _, line) in enumerate(lines):
        names.append(name)
        scores.extend(line.scored.numbers)
        about.add(number, line.attributes)
        for one, cell in zip(BESIDE, (line.scored.day, *line.scored.depth, line.scored.reason), strict=True):
            beside[one].append(cell)
    numbers = np.array(scores).reshape(-1, len(NAMES))
    made = {name: column(name, beside[name], COUNTS.get(name)) for name in BESIDE}
    reason = made.pop("reason")
    columns = {"case": column("case", names), **made, **dict(zip(NAMES, numbers.T, strict=True)), "reason": reason}
    own = about.columns(columns, len(names))
    return pd.DataFrame({"case": columns.pop("case"), **own, **columns}, index=pd.RangeIndex(len(names)))


class _Attributes:
    """What cases say of themselves, by column; empty where a case does not have one."""

    def __init__(self) -> None:
        self._cells: dict[str, list[str]] = {}
        self._texts: dict[str, str] = {}

    def add(self, number: int, attributes: dict[str, str]) -> None:
        """Take in those of the case of a number."""
        for name, text in attributes.items():
            cells = self._cells.setdefault(name, [])
            cells += [""] * (number - len(cells))
            cells.append(self._texts.setdefault(text, text))

    def columns(self, taken: Iterable[str], rows: int) -> dict[str, Any]:
        """The columns, those with the name of another one under another name."""
        names = {name: f"attribute_{name}" if name in taken else name for name in self._cells}
        return {
            names[name]: column(name, cells + [""] * (rows - len(cells)), "text") for name, cells in self._cells.items()
        }
