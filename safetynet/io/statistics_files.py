"""A table of results for SPSS (``.sav``) and Stata (``.dta``), with labels on its columns and on coded numbers.

Both want short names and have neither lists nor yes and no: what each column is called and stands for there is said
by its label and by the codebook. What does not fit is refused with the column, never cut: a text that is too long
would come out empty.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ArgumentError, extra
from ..tidy import Holds
from ..wording import shortened
from .described import Described, fitting
from .files import write_by
from .flat import Flat, is_endless

if TYPE_CHECKING:
    import pandas as pd

YES_NO: Mapping[int, str] = {0: "no", 1: "yes"}
LONGEST_NAME = 32
CAVEAT = "A score describes a network, never a child's risk or a person's fault."
_SPSS_WORDS = ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
_STATA_WORDS = ("byte", "double", "float", "if", "in", "int", "long", "skip", "strl", "using")  # none begins with _
_RESERVED = frozenset((*_SPSS_WORDS, *_STATA_WORDS, *(f"str{size}" for size in range(1, 2046))))
_MEASURE: dict[Holds, str] = {"whole": "scale", "number": "scale", "day": "scale", "flag": "nominal"}


class Program(NamedTuple):
    """What a statistics program takes, and how its files are written."""

    name: str
    writer: str
    first_day: dt.date
    longest_text: int  # in bytes
    longest_label: int
    label_size: type[str] | type[bytes]
    formats: Mapping[Holds, str]


PROGRAMS: dict[str, Program] = {
    ".sav": Program(
        *("SPSS", "write_sav", dt.date(1582, 10, 15), 32_767, 250, bytes),
        {"day": "SDATE10", "whole": "F8.0", "number": "F12.4", "flag": "F1.0", "maybe": "F1.0"},
    ),
    ".dta": Program(
        *("Stata", "write_dta", dt.date(100, 1, 1), 100_000, 80, str),
        {"day": "%tdCCYY-NN-DD", "whole": "%9.0g", "number": "%9.0g", "flag": "%8.0g", "maybe": "%8.0g"},
    ),
}


def named_in(flat: Flat) -> dict[str, str]:
    """What each column is called in the file."""
    return fitting(flat.holds, LONGEST_NAME, _RESERVED)


def write_statistics(flat: Flat, described: Mapping[str, Described], path: Path, *, overwrite: bool = False) -> None:
    """Write a table for the program that the ending of `path` says.

    Raises
    ------
    ArgumentError
        If a cell does not fit: a text that is too long, or a day before the calendar of the program.
    MissingExtraError
        Without the extra ``spss``.
    """
    program = PROGRAMS[path.suffix.lower()]
    pyreadstat: Any = extra("pyreadstat", "spss", f"Writing for {program.name}")
    names = named_in(flat)
    if faults := list(_unfit(flat, program)):
        raise ArgumentError(f"{path.name!r} was not written. {' '.join(faults)} Write it as .csv or .parquet.")
    options: dict[str, Any] = {
        "file_label": "Results of safetynet",
        "column_labels": {
            names[column]: _label(column, names[column], described[column], program) for column in flat.holds
        },
        "variable_value_labels": {
            names[column]: dict(values) for column in flat.holds if (values := described[column].values)
        },
        "variable_format": {
            names[column]: program.formats[holds] for column, holds in flat.holds.items() if holds in program.formats
        },
    }
    if program.name == "SPSS":
        options["note"] = CAVEAT
        options["variable_measure"] = {
            names[column]: "ordinal"
            if holds == "whole" and described[column].values
            else _MEASURE.get(holds, "nominal")
            for column, holds in flat.holds.items()
        }
    frame = _frame(flat, names)
    write_by(path, lambda made: getattr(pyreadstat, program.writer)(frame, made, **options), overwrite=overwrite)


def _label(column: str, name: str, one: Described, program: Program) -> str:
    """The label of a column: the name that it has in the table where it had to go, and what it is."""
    said = one.head
    if one.meaning and program.label_size is bytes:
        said = f"{one.head}. {one.meaning}"
    elif one.meaning and not one.reach:  # there is room for one of the two
        said = one.meaning.removesuffix(".")
    if column != name and not said.startswith(column):
        said = f"{column}: {said}"
    if program.label_size is bytes:
        return shortened(said, program.longest_label, lambda text: len(text.encode("utf-8")))
    return shortened(said, program.longest_label)


def _unfit(flat: Flat, program: Program) -> Iterator[str]:
    """What a program cannot take, column by column; no cell is quoted."""
    for column, holds in flat.holds.items():
        cells = flat.cells(column)
        if holds in ("text", "ids", "thing"):
            longest = max((len(cell.encode("utf-8", "replace")) for cell in cells if cell), default=0)
            if longest > program.longest_text:
                yield (
                    f"Column {column!r} has a text of {longest:,} bytes, and {program.name} takes "
                    f"{program.longest_text:,}."
                )
        elif holds == "day":
            early = [cell for cell in cells if cell is not None and cell < program.first_day]
            if early:
                yield (
                    f"Column {column!r} has the day {min(early).isoformat()}, and the calendar of {program.name} "
                    f"begins on {program.first_day.isoformat()}."
                )


def _frame(flat: Flat, names: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({names[column]: _cells(flat, column) for column in flat.holds})


def _cells(flat: Flat, column: str) -> pd.Series[Any]:
    """The cells of a column as the writer takes them: numbers with NaN, texts without None, days as dates."""
    import pandas as pd

    holds, cells = flat.holds[column], flat.cells(column)
    if holds in ("text", "ids", "thing"):
        return pd.Series(["" if cell is None else cell for cell in cells], dtype=object)
    if holds == "day":
        return pd.Series(cells, dtype=object) if any(cells) else pd.Series(cells, dtype="datetime64[s]")
    numbers = [math.nan if cell is None or is_endless(cell) else float(cell) for cell in cells]
    return pd.Series(numbers, dtype="float64")
