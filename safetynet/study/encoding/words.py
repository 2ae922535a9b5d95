"""What the different texts of a column say: words as places in their list, numbers, dates as days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...case.columns import Column
from ...case.headings import word_meant
from ...case.vocabulary import CONFIDENCE_WORDS
from ...dates import BadDate, OpenWindow, parse_window, standard
from ...written import DateOrder
from .texts import Texts

if TYPE_CHECKING:
    from .texts import Flags, Ints

EMPTY, WRONG = -1, -2  # in the place of a word or number
NO_DAY = 0  # of a side of a window that is open, or of a cell without a date
MOST_KEPT = 200_000  # different dates that are remembered
MOST_WORDS = 2_000  # different texts of a column of words that are looked at


class Windows(NamedTuple):
    """Dates: the first and the last day, the second of the day or -1, and the far day of an open end's other side.

    `first` and `last` are :data:`NO_DAY` where that side is open, both where there is no date. `wrong` says that the
    text is no date.
    """

    first: Ints
    last: Ints
    time: Ints
    reach: Ints
    wrong: Flags

    def of(self, codes: Ints) -> Windows:
        """The dates of rows."""
        first, last, time, reach, wrong = self
        return Windows(first[codes], last[codes], time[codes], reach[codes], wrong[codes])


class Dates:
    """Reads texts as dates, each different one once."""

    def __init__(self, order: DateOrder | None) -> None:
        self._order = order
        self._known: dict[str, tuple[int, int, int, int, bool]] = {}

    def windows(self, texts: Texts) -> Windows:
        """What the different texts of a column say."""
        lines = [self._line(text) for text in texts.listed]
        table = np.array(lines, np.int64).reshape(-1, 5)
        return Windows(table[:, 0], table[:, 1], table[:, 2], table[:, 3], (table[:, 4] != 0) | texts.odd)

    def _line(self, text: str) -> tuple[int, int, int, int, bool]:
        line = self._known.get(text)
        if line is None:
            line = self._read(text)
            if len(self._known) < MOST_KEPT:
                self._known[text] = line
        return line

    def _read(self, text: str) -> tuple[int, int, int, int, bool]:
        if not text:
            return NO_DAY, NO_DAY, -1, NO_DAY, False
        try:
            window = parse_window(standard(text, self._order)) if text.strip() else OpenWindow(None, None)
        except BadDate:
            window = OpenWindow(None, None)
        if window.first is None and window.last is None:
            return NO_DAY, NO_DAY, -1, NO_DAY, True
        time = -1 if window.time is None else window.time
        return window.first or NO_DAY, window.last or NO_DAY, time, window.reach or NO_DAY, False


def _each(texts: Texts, read: Any) -> Ints:
    """What each different text says; wrong where a column has too many of them to be one of words or numbers."""
    listed: Sequence[str] = texts.listed
    if len(listed) > MOST_WORDS:
        return np.full(len(listed), WRONG)
    found = np.array([read(text) if text else EMPTY for text in listed], np.int64)
    found[texts.odd] = WRONG
    return found


def words(texts: Texts, column: Column) -> Ints:
    """The places of the different texts in the list of words of a column.

    In a column of text that knows some words others are kept: they are after the list.
    """
    places = {word: place for place, word in enumerate(column.vocabulary)}
    other = WRONG if column.closed else len(places)
    return _each(texts, lambda text: places.get(word_meant(text, column.vocabulary), other))


def whole_numbers(texts: Texts, column: Column) -> Ints:
    """The whole numbers that the different texts are."""

    def read(text: str) -> int:
        fits = text.isascii() and text.isdigit() and len(text) < 20 and column.low <= int(text) <= column.high
        return int(text) if fits else WRONG

    return _each(texts, read)


def confidences(texts: Texts) -> Ints:
    """Whether the different texts are a confidence."""

    def read(text: str) -> int:
        if text in CONFIDENCE_WORDS:
            return 1
        try:
            return 1 if text == text.strip() and 0 < float(text) <= 1 else WRONG
        except ValueError:
            return WRONG

    return _each(texts, read)


def says_something(texts: Texts) -> Flags:
    """Which of the different texts have a letter or a digit in them."""
    import pyarrow.compute as compute

    found: Flags = compute.match_substring_regex(texts.words, r"[\p{L}\p{N}]").to_numpy(zero_copy_only=False)
    return found & ~texts.odd
