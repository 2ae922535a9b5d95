"""Headings, table names and code words as people spell them: whatever their case, with blanks, ``_`` or ``-``.

``Harm date`` is ``harm_date``, ``Told `` is ``told``. A heading that is one of ours but for a letter or a plural is
not read as it, and not kept as a column of one's own either: it is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from ..errors import Problem, without_narrative
from .columns import Column
from .records import RawTable
from .schema import BY_NAME, TABLES
from .told import Told

_INSIDE = re.compile(r"[\s_\-]+")


def fold(text: str) -> str:
    """What is left of a heading or a word when case, blanks, ``_`` and ``-`` do not count.

    Examples
    --------
    >>> fold("Harm date"), fold(" face-to-face "), fold("TOLD")
    ('harmdate', 'facetoface', 'told')
    """
    plain = text if text.isascii() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _INSIDE.sub("", unicodedata.normalize("NFKC", plain).casefold())


@cache
def _columns(table: str) -> dict[str, str]:
    return {fold(column.name): column.name for column in BY_NAME[table].columns}


_TABLES = {fold(table.name): table.name for table in TABLES}
_EVERYWHERE = {column.name for table in TABLES for column in table.columns}


def table_named(name: str) -> str:
    """The table that a sheet, file or key of that name is; empty if it is none."""
    return _TABLES.get(fold(name), "")


def column_named(table: str, heading: str) -> Column | None:
    """The column of the case format that a heading is, or None for a column of one's own."""
    known = BY_NAME[table]
    return known.get(heading) or known.get(_columns(table).get(fold(heading), ""))


def word_meant(text: str, words: Iterable[str]) -> str:
    """The word of a closed list that a text is but for its spelling; empty if it is none."""
    known = tuple(words)
    return text if text in known else _folded(known).get(fold(text), "")


@cache
def _folded(words: tuple[str, ...]) -> dict[str, str]:
    return {fold(word): word for word in words}


def spell_headings(name: str, table: RawTable, told: Told) -> RawTable:
    """The table with the headings of the case format; what is there twice or nearly ours becomes a problem."""
    known = BY_NAME[name]
    if all(heading in known.names for heading in table.columns) and len(set(table.columns)) == len(table.columns):
        return table
    columns: list[str] = []
    for heading in table.columns:
        column = column_named(name, heading)
        spelt = heading if column is None else column.name
        if spelt in columns and spelt != heading:
            first = table.columns[columns.index(spelt)]
            said = f"the columns {without_narrative(first)} and {without_narrative(heading)} are the same column."
            told.problems.append(Problem(name, "", spelt, heading, said, "Keep one of them, or rename one."))
            spelt = heading
        columns.append(spelt)
    for heading in columns:
        if twin := twin_of(name, heading, columns):
            said = f"the column {heading!r} is nearly {twin!r}, which the table does not have."
            hint = f"Write {twin!r} if it is that; if it is a column of your own, add an empty column {twin!r} besides."
            told.problems.append(Problem(name, "", heading, heading, said, hint))
            told.no_column(name, twin)
    return table if tuple(columns) == table.columns else RawTable(tuple(columns), table.rows, table.lines)


def twin_of(table: str, heading: str, there: Iterable[str]) -> str:
    """The column of the table that a heading is but for a letter or a plural, where `there` does not hold it."""
    known = BY_NAME[table]
    if known.get(heading) is not None:
        return ""
    wanted, present = fold(heading), set(there)
    lacking = [name for name in known.names if name not in present]
    plural = [name for name in lacking if wanted in _plurals(fold(name)) or fold(name) in _plurals(wanted)]
    if plural or heading in _EVERYWHERE or len(wanted) < 4:
        return plural[0] if plural else ""
    return next((name for name in lacking if len(name) >= 4 and one_letter_apart(wanted, fold(name))), "")


def _plurals(word: str) -> set[str]:
    ends = {f"{word}s", f"{word}es", f"{word}'s"}
    return ends | {f"{word[:-1]}ies"} if word.endswith("y") else ends


def one_letter_apart(left: str, right: str) -> bool:
    """Whether one letter more, fewer or other, or two that changed places, make one word of the other.

    Examples
    --------
    >>> one_letter_apart("sumary", "summary"), one_letter_apart("recieved", "received"), one_letter_apart("a", "abc")
    (True, True, False)
    """
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    at = next(
        (place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
    a, b = left[at:], right[at:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
