"""Tidy tables: the same columns and the same types whether there are lines or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .dates import datetime64

if TYPE_CHECKING:
    import pandas as pd


def tidy(
    lines: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    days: Iterable[str] = (),
    whole: Iterable[str] = (),
    numbers: Iterable[str] = (),
    flags: Iterable[str] = (),
) -> pd.DataFrame:
    """A DataFrame of the lines.

    `days` hold ordinals (None = no date) and become ``datetime64[s]``; `whole` become ``Int64`` (None = not
    defined); `numbers` float; `flags` ``bool``. The other columns stay as they are.
    """
    import pandas as pd

    table = pd.DataFrame(list(lines), columns=list(columns))
    for name in days:
        table[name] = datetime64([line[name] for line in lines])
    for name in whole:
        table[name] = pd.array([line[name] for line in lines], dtype="Int64")
    for name in numbers:
        table[name] = pd.array([line[name] for line in lines], dtype="float64")
    for name in flags:
        table[name] = pd.array([line[name] for line in lines], dtype="bool")
    return table
