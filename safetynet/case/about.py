"""The table `case` of a case that is made of DataFrames: one row of its id, title, status, harm date and attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import Problem, without_narrative
from .cells import checked_text, is_table, raw_table
from .headings import column_named
from .records import RawTable

if TYPE_CHECKING:
    import pandas as pd


def about_table(frame: pd.DataFrame | None, given: Mapping[str, Any], problems: list[Problem]) -> RawTable:
    """The table as a caller gave it, with what was given by name (None: it was not) in columns of its own.

    What is given both ways and differs is a problem.
    """
    for name in given:
        checked_text(str(name), "case", "", "", problems)  # a name of an attribute is a heading
    cells = {
        str(name): "" if value is None else checked_text(value, "case", "", str(name), problems)
        for name, value in given.items()
    }
    if not is_table(frame):
        return RawTable(tuple(cells), (tuple(cells.values()),), ("1",))
    table = raw_table("case", frame, problems)
    rows, lines = (table.rows, table.lines) if table.rows else ((("",) * len(table.columns),), ("",))
    headings = [known.name if (known := column_named("case", one)) else one for one in table.columns]
    for name, text in cells.items():
        if name not in headings or not text:
            continue
        place = headings.index(name)
        stands = rows[0][place]
        if stands.strip() and stands.strip() != text.strip():
            said = (
                f"{name} is given twice: {without_narrative(stands)} in the table, {without_narrative(text)} beside it."
            )
            problems.append(
                Problem("case", lines[0], name, stands, said, f"Leave one of them out: the column or {name}=.")
            )
        rows = ((*rows[0][:place], text, *rows[0][place + 1 :]), *rows[1:])
    own = {name: text for name, text in cells.items() if name not in headings and text}
    return RawTable((*table.columns, *own), tuple((*row, *own.values()) for row in rows), lines)
