"""Text that a spreadsheet would run as a formula, and how it is kept from running.

A text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is written to CSV and Excel
with an apostrophe before it. A text that already has apostrophes before such a sign gets one more, so that
reading, which takes one off, always gives back exactly what was there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_RUNS = re.compile(r"'*[=+\-@\t\r]")


def escape(text: str) -> str:
    """The text as a CSV or Excel cell holds it.

    Examples
    --------
    >>> escape("=1+1"), escape("'=1+1"), escape("'tis"), escape("a-b")
    ("'=1+1", "''=1+1", "'tis", 'a-b')
    """
    return "'" + text if _RUNS.match(text) else text


def escaped(table: pd.DataFrame) -> pd.DataFrame:
    """A table of results whose texts, labels and headings no spreadsheet runs when it is opened from CSV."""

    def plain(value: Any) -> Any:
        return escape(value) if isinstance(value, str) else value

    made = table.map(plain)
    made.index, made.columns = made.index.map(plain), made.columns.map(plain)
    made.index.name, made.columns.name = table.index.name, table.columns.name
    return made


def unescape(text: str) -> str:
    """The text that a CSV or Excel cell stands for; a sign without an apostrophe before it stays as it is.

    Examples
    --------
    >>> unescape("'=1+1"), unescape("''=1+1"), unescape("'tis"), unescape("-")
    ('=1+1', "'=1+1", "'tis", '-')
    """
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
