"""The columns of a table as numbers of their different texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...case.columns import Column
from ...io.parquet import values_of
from ...io.reading import text_of
from ...io.unreadable import Unreadable

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.integer[Any]]
    Flags = npt.NDArray[np.bool_]

LONGEST = 10_000  # characters of a cell that is taken apart


class Texts(NamedTuple):
    """A column: for each row the place of its text among `words`, an array of different texts.

    `odd` says of each of them that it cannot be had from what stands in the cell.
    """

    codes: Ints
    words: Any  # an array of pyarrow
    odd: Flags

    @property
    def listed(self) -> list[str]:
        """The different texts."""
        found: list[str] = self.words.to_pylist()
        return found


def is_plain(kind: Any) -> bool:
    """Whether cells of a type are texts, numbers or truth values, of which a column of one's own may be."""
    import pyarrow as pa

    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
        return bool(types.is_string(kind) or types.is_large_string(kind))
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_integer(kind)
        or types.is_float32(kind)
        or types.is_float64(kind)
        or types.is_boolean(kind)
        or types.is_null(kind)
    )


def is_readable(kind: Any) -> bool:
    """Whether the texts of a column of a type can be had from its different values."""
    import pyarrow as pa

    return is_plain(kind) or bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_decimal(kind))


def texts_of(column: Any, known: Column | None) -> Texts:
    """A column of a table as texts, each different one once."""
    import pyarrow as pa
    import pyarrow.compute as compute

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _of_dictionary(column)
    if pa.types.is_null(kind):
        return Texts(np.zeros(len(column), np.int64), pa.array([""], pa.large_string()), np.zeros(1, np.bool_))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        words = compute.fill_null(column.cast(pa.large_string()), "")
        return _encoded(words)
    found = _whole(column).dictionary_encode(null_encoding="encode")
    texts, odd = [], []
    for value in values_of(found.dictionary):
        try:
            if isinstance(value, Unreadable):
                raise value
            texts.append(text_of(value, known))
            odd.append(False)
        except Unreadable:
            texts.append("")
            odd.append(True)
    first = {(text, one): place for place, (text, one) in reversed(list(enumerate(zip(texts, odd, strict=True))))}
    kept = sorted(first.values())
    number = {place: new for new, place in enumerate(kept)}
    again = np.array([number[first[one]] for one in zip(texts, odd, strict=True)], np.int64)
    codes = again[found.indices.to_numpy(zero_copy_only=False)]
    return Texts(codes, pa.array([texts[one] for one in kept], pa.large_string()), np.array(odd)[kept])


def no_texts(rows: int) -> Texts:
    """The texts of a column that a table does not have."""
    import pyarrow as pa

    return Texts(np.zeros(rows, np.int64), pa.array([""], pa.large_string()), np.zeros(1, np.bool_))


def _of_dictionary(column: Any) -> Texts:
    """A column that is there as numbers of its different texts."""
    import pyarrow as pa
    import pyarrow.compute as compute

    found = _whole(column.unify_dictionaries() if isinstance(column, pa.ChunkedArray) else column)
    words = pa.concat_arrays([found.dictionary.cast(pa.large_string()), pa.array([""], pa.large_string())])
    codes = compute.fill_null(found.indices.cast(pa.int64()), len(words) - 1).to_numpy(zero_copy_only=False)
    return Texts(codes, words, np.zeros(len(words), np.bool_))


def _encoded(words: Any) -> Texts:
    found = _whole(words).dictionary_encode()
    codes = found.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Texts(codes, found.dictionary, np.zeros(len(found.dictionary), np.bool_))


def _whole(column: Any) -> Any:
    """A column in one piece."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column


class Items(NamedTuple):
    """Lists of things: those of `n` lie between two of the offsets."""

    at: Ints
    items: Any


def split(texts: Texts, many: bool) -> tuple[Items, Any]:
    """What stands in each different text, as places among all the parts; and the parts, an array of pyarrow."""
    import pyarrow as pa
    import pyarrow.compute as compute

    if not many:
        filled = compute.not_equal(texts.words, "").to_numpy(zero_copy_only=False)
        at = np.concatenate([[0], np.cumsum(filled)])
        return Items(at, np.flatnonzero(filled)), texts.words
    lists = compute.split_pattern(texts.words, ";")
    parts = lists.flatten()
    at = np.zeros(len(lists) + 1, np.int64)
    sizes = compute.list_value_length(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    at[1:] = np.cumsum(sizes)
    empty = np.flatnonzero(compute.equal(texts.words, "").to_numpy(zero_copy_only=False))
    if len(empty):  # a cell that holds nothing has no parts
        keep = np.ones(at[-1], np.bool_)
        keep[at[empty]] = False
        sizes[empty] = 0
        parts = parts.filter(pa.array(keep))
        at[1:] = np.cumsum(sizes)
    return Items(at, np.arange(at[-1])), parts


def expanded(codes: Ints, cells: Items) -> Items:
    """The lists of each row, where each row has one of some cells."""
    sizes = np.diff(cells.at)[codes]
    at = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(sizes, out=at[1:])
    places = np.arange(at[-1]) - np.repeat(at[:-1] - cells.at[codes], sizes)
    return Items(at, cells.items[places])


def rows_of(items: Items) -> Ints:
    """For each item, the row in whose list it is."""
    return np.repeat(np.arange(len(items.at) - 1), np.diff(items.at))
