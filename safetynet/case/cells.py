"""DataFrames and Python values as text tables: what a cell would hold, in the columns of the case format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dates import BadDate, as_text
from ..errors import ArgumentError, Problem, type_of, without_narrative
from .records import RawTable

if TYPE_CHECKING:
    import pandas as pd

ABSENT = "safetynet: the case has no such table"


def no_table(columns: tuple[str, ...]) -> pd.DataFrame:
    """What a case gives for a table that it does not have; a new case made of it does not have it either."""
    import pandas as pd

    frame = pd.DataFrame([], columns=list(columns), dtype="str")
    frame.attrs[ABSENT] = True
    return frame


def is_table(frame: object) -> bool:
    """Whether a frame that a caller gave is a table; one with a header and no rows is."""
    return frame is not None and not (getattr(frame, "attrs", {}).get(ABSENT) and getattr(frame, "empty", False))


def normal(table: RawTable, names: tuple[str, ...]) -> RawTable:
    """The table with the known columns first and in order, missing ones empty, unknown ones behind."""
    columns = names + tuple(column for column in table.columns if column not in names)
    if columns == table.columns:
        return table
    places = [table.columns.index(column) if column in table.columns else -1 for column in columns]
    rows = tuple(tuple("" if place < 0 else row[place] for place in places) for row in table.rows)
    return RawTable(columns, rows, table.lines)


def cell_text(value: Any) -> str:
    """What a cell would hold for a Python, numpy or pandas value; a missing value is empty.

    Raises
    ------
    BadDate
        For a time with a time zone.
    """
    if isinstance(value, str):
        return value
    kind = type(value).__name__
    if value is None or kind in ("NaTType", "NAType"):
        return ""
    if kind == "ndarray":
        value = value.tolist()
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return ";".join(cell_text(item) for item in items)
    if isinstance(value, bool) or kind == "bool":
        return "yes" if value else "no"
    if value != value:  # NaN and numpy's NaT
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return as_text(value)


def checked_text(value: object, table: str, line: str, column: str, problems: list[Problem]) -> str:
    """The text of a value; one that no cell can hold becomes a problem."""
    try:
        text = cell_text(value)
        text.encode("utf-8")
    except BadDate as error:
        problems.append(Problem(table, line, column, str(value), error.problem, error.hint))
        return str(value)
    except UnicodeEncodeError:  # which is a ValueError too
        said = "the text has half a character in it (a lone surrogate)."
        problems.append(Problem(table, line, column, "", said, "Type the text again."))
        return ""
    except ValueError:  # Python does not write out whole numbers of thousands of digits
        problems.append(Problem(table, line, column, "", "the number is too long.", "Write it as text, if it is one."))
        return ""
    return text


def raw_table(name: str, frame: object, problems: list[Problem]) -> RawTable:
    """A text table from a DataFrame; its row labels are what the messages call the rows."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise ArgumentError(f"{name} is {type_of(frame)}, not a pandas DataFrame. Write {name}=pandas.DataFrame(...).")
    columns = tuple(checked_text(str(column), name, "", "", problems) for column in frame.columns)
    for column in dict.fromkeys(column for column in columns if columns.count(column) > 1):
        problems.append(
            Problem(name, "", column, column, f"the column {column!r} is there twice.", "Keep one of them.")
        )
    labels = [str(label) for label in frame.index]
    tidy = all(without_narrative(label) == repr(label) for label in labels)
    lines = tuple(labels) if tidy else tuple(str(place + 1) for place in range(len(labels)))
    cells: list[list[str]] = []
    for column, (_, values) in zip(columns, frame.items(), strict=True):
        texts = []
        for line, value in zip(lines, values.tolist(), strict=True):
            texts.append(checked_text(value, name, line, column, problems))
        cells.append(texts)
    return RawTable(columns, tuple(zip(*cells, strict=True)) if cells else (), lines)
