"""Text that a spreadsheet would run as a formula, and how it is kept from running.

A text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is written to CSV and Excel
with an apostrophe before it. A text that already has apostrophes before such a sign gets one more, so that
reading, which takes one off, always gives back exactly what was there.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")


def escape(text: str) -> str:
    """The text as a CSV or Excel cell holds it.

    Examples
    --------
    >>> escape("=1+1"), escape("'=1+1"), escape("'tis"), escape("a-b")
    ("'=1+1", "''=1+1", "'tis", 'a-b')
    """
    return "'" + text if _RUNS.match(text) else text


def unescape(text: str) -> str:
    """The text that a CSV or Excel cell stands for; a sign without an apostrophe before it stays as it is.

    Examples
    --------
    >>> unescape("'=1+1"), unescape("''=1+1"), unescape("'tis"), unescape("-")
    ('=1+1', "'=1+1", "'tis", '-')
    """
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
