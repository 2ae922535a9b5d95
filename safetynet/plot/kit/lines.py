"""The lines of a table, one after the other."""

from __future__ import annotations

from typing import Any


def each(table: Any) -> list[Any]:
    """The lines of a DataFrame, each with its cells as attributes."""
    return list(table.itertuples(index=False))
