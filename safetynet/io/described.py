"""What a codebook says of the columns of a table: a line for each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..tidy import Holds

if TYPE_CHECKING:
    import pandas as pd

    from .flat import Flat

TYPES: dict[Holds, str] = {
    "text": "text",
    "ids": "list of ids",
    "day": "date",
    "whole": "whole number",
    "number": "number",
    "flag": "yes or no",
    "maybe": "yes, no or not known",
    "thing": "text",
}
COLUMNS = (
    *("name", "column", "label", "meaning", "type", "unit", "least", "greatest", "direction"),
    *("values", "missing_is", "cells_missing"),
)
NO_VALUES: Mapping[int, str] = MappingProxyType({})


class Described(NamedTuple):
    """A column of a table: what it is called in a few words, what it means, and what its numbers stand for."""

    label: str
    meaning: str = ""
    unit: str = ""
    least: float = math.nan  # NaN: nothing is said; infinite: without a limit
    greatest: float = math.nan
    direction: str = ""
    values: Mapping[int, str] = NO_VALUES

    @property
    def reach(self) -> str:
        """From where to where it goes, and what high says; empty where nothing is said."""
        ends = ""
        if not math.isnan(self.least):
            least = f"{self.least:g}".replace("-", "−")
            ends = f"{least} and more" if math.isinf(self.greatest) else f"{least} to {self.greatest:g}"
        return ", ".join(part for part in (ends, self.direction) if part)

    @property
    def head(self) -> str:
        """The label with its reach."""
        return f"{self.label} ({self.reach})" if self.reach else self.label


def codebook(
    flat: Flat, described: Mapping[str, Described], names: Mapping[str, str], missing: Mapping[Holds, str]
) -> pd.DataFrame:
    """The codebook as a table: a line per column, in the order of the columns.

    Parameters
    ----------
    flat : Flat
        The table that is written.
    described : mapping
        What is known of its columns.
    names : mapping
        What each column is called in the file.
    missing : mapping
        How the file shows that there is nothing, by what a column holds.
    """
    import pandas as pd

    def line(column: str) -> tuple[object, ...]:
        one, holds = described[column], flat.holds[column]
        said = "; ".join(f"{number} = {word}" for number, word in one.values.items())
        ends = ["" if math.isnan(end) or math.isinf(end) else f"{end:g}" for end in (one.least, one.greatest)]
        shown = missing.get(holds, "") if one.values or holds not in ("flag", "maybe") else ""
        return (
            *(names[column], column, one.label, one.meaning, TYPES[holds], one.unit, *ends, one.direction),
            *(said, shown, flat.missing(column)),
        )

    return pd.DataFrame(list(map(line, flat.holds)), columns=list(COLUMNS))


def fitting(names: Iterable[str], most: int, taken: frozenset[str]) -> dict[str, str]:
    """A name for each column that a statistics program takes: letters, digits and ``_``, begun by a letter.

    Two never differ by capitals alone, and none is one of the `taken` words.
    """
    import re
    import unicodedata

    made: dict[str, str] = {}
    used = set(taken)
    listed = list(names)
    plain = [name for name in listed if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name)]
    for name in [*plain, *(one for one in listed if one not in plain)]:  # who has a fitting name keeps it
        letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        base = re.sub(r"[^A-Za-z0-9]+", "_", letters).strip("_") if name not in plain else name
        if not base[:1].isalpha():
            base = f"v_{base}" if base else "column"
        found, number = base[:most], 1
        while found.casefold() in used:
            number += 1
            found = f"{base[: most - len(str(number)) - 1]}_{number}"
        used.add(found.casefold())
        made[name] = found
    return {name: made[name] for name in listed}
