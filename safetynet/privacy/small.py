"""Small numbers in a table are replaced before it is published, and what would give them away too.

What stays in the table is checked from the side of a reader who wants to know: every number that is hidden is one of
several that would fit all that is shown (``bounds``). Where it is not, the smallest number beside
it is hidden as well, until it is.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import ArgumentError, choose, type_of, unknown
from ..labels import is_missing
from ..problems import few
from .bounds import Reader, Sum

if TYPE_CHECKING:
    import pandas as pd

Preset = Literal["dfe", "nhs", "tre10"]
TOTALS = ("total", "totals", "all", "sum", "overall")


class Convention(NamedTuple):
    """What is hidden, and how the rest is shown."""

    low: int
    high: int
    mark: str
    cells: int = 1  # to the nearest of which numbers are shown
    totals: int = 1  # the same of totals
    exact: bool = True  # whether a reader is taken to know the exact totals from elsewhere
    other: str = ""  # the mark of what would give a small number away, where that of small ones would be untrue of it


PRESETS: Mapping[str, Convention] = {
    "dfe": Convention(1, 5, "c", totals=10),
    "nhs": Convention(1, 7, "*", cells=5, totals=5, exact=False),
    "tre10": Convention(0, 9, "<10", other="10+"),
}


class _Cell(NamedTuple):
    """A number of the table: where it stands, and whether it is a total."""

    row: int
    column: int
    value: int
    is_total: bool


def suppress_small(
    table: pd.DataFrame | pd.Series[Any],
    preset: Preset = "dfe",
    *,
    columns: Sequence[Hashable] | None = None,
    totals: Sequence[str] = TOTALS,
) -> Any:
    """A table of counts with small numbers hidden, and what would give them away, ready to be published.

    - ``dfe`` (Department for Education): 1 to 5 become ``c``, and so does what would give them away; totals are shown
      to the nearest 10.
    - ``nhs`` (hospital statistics of England): 1 to 7 become ``*``, other numbers are shown to the nearest 5.
    - ``tre10`` (trusted research environments): below 10, zero included, becomes ``<10``, and what would give that away
      ``10+``.

    A number is given away when only one would fit what is shown: the row 3, 20, total 23 tells that 3 by itself. Then
    the smallest number that stands in a sum with it is hidden too, a total only where nothing else is left. For ``dfe``
    and ``tre10`` a reader is taken to know the exact totals from elsewhere, and that marks stand for small numbers; for
    ``nhs`` the table as it is shown is all that is known, as its rounding is what protects.

    Parameters
    ----------
    table : pandas.DataFrame or Series
        Counts, with labels in the index or in columns of text. A row or column whose label is one of `totals` is the
        sum of those that have the other labels alike; with several columns of labels that holds for each of them.
    preset : {"dfe", "nhs", "tre10"}
    columns : sequence, optional
        The columns of counts; default: every column of numbers. Others stay as they are: a rate or a mean can give a
        count away, leave it out.
    totals : sequence of str
        Labels of totals, whatever their capitals; empty = there are none.

    Returns
    -------
    pandas.DataFrame or Series
        The same rows and columns, counts as text; a missing count stays empty.

    Raises
    ------
    ArgumentError
        If a count is negative or no whole number, or a total is not the sum of its parts, or no column holds numbers,
        or one holds numbers as texts: then nothing can be promised.

    Notes
    -----
    It looks at one table. Two tables of the same children, or the same table a year later, can give away together what
    neither does alone.

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> table = pd.DataFrame({"girls": [3, 20, 23], "boys": [12, 30, 42]}, index=["north", "south", "Total"])
    >>> sn.suppress_small(table, preset="dfe")
          girls boys
    north     c   12
    south     c   30
    Total    20   40
    """
    import pandas as pd

    rule = PRESETS[choose("preset", preset, tuple(PRESETS))]
    if isinstance(table, pd.Series):
        made = suppress_small(table.to_frame("counts"), preset, columns=None, totals=totals)["counts"]
        return made.rename(table.name)
    if not isinstance(table, pd.DataFrame):
        raise ArgumentError(f"table is {type_of(table)}. Give a DataFrame or a Series of counts.")
    words = _words(totals)
    places = _counted(table, columns)
    cells, sums = _cells(table, places, words)
    hidden = _hidden(cells, sums, rule)
    return _shown(table, places, cells, hidden, rule)


def _words(totals: Sequence[str]) -> frozenset[str]:
    if isinstance(totals, str) or not all(isinstance(one, str) for one in totals):
        raise ArgumentError("totals is a list of labels, such as totals=('Total',).")
    return frozenset(one.strip().casefold() for one in totals)


def _counted(table: pd.DataFrame, columns: Sequence[Hashable] | None) -> list[int]:
    """The places of the columns of counts."""
    if not table.columns.is_unique:
        raise ArgumentError("two columns of the table have one name. Give each its own.")
    names: list[Hashable] = list(table.columns)
    if columns is None:
        return _numbers(table, names)
    for name in columns:
        if name not in names:
            raise unknown("the column", name, [str(one) for one in names])
    return [names.index(name) for name in columns]


def _numbers(table: pd.DataFrame, names: Sequence[Hashable]) -> list[int]:
    """The places of the columns of numbers; raise where counts may stand in a column of texts."""
    columns = [table.iloc[:, place] for place in range(len(names))]
    found = [place for place, column in enumerate(columns) if _has_numbers(column)]
    if names and not found:
        raise ArgumentError(
            f"no column of the table holds numbers: {few(list(map(repr, names)))}. Counts that were read as texts "
            "are made numbers by pd.to_numeric(table[name])."
        )
    texts = [names[place] for place, column in enumerate(columns) if place not in found and _is_all_digits(column)]
    if texts:
        raise ArgumentError(
            f"whole numbers that are texts: {few(list(map(repr, texts)))}. If they are counts, make numbers of them "
            "with pd.to_numeric(table[name]); if they are labels, name the columns of counts with columns=."
        )
    return found


def _has_numbers(column: pd.Series[Any]) -> bool:
    """Whether a column holds counts: numbers, also where pandas keeps them among other things."""
    import pandas as pd

    if pd.api.types.is_object_dtype(column.dtype):
        return any(_is_number(one) for one in column)
    return pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)


def _is_number(cell: Any) -> bool:
    import pandas as pd

    return not isinstance(cell, bool) and pd.api.types.is_number(cell) and not is_missing(cell)


def _is_all_digits(column: pd.Series[Any]) -> bool:
    """Whether a column of texts holds whole numbers and nothing else."""
    cells = [one.strip() for one in column if isinstance(one, str) and one.strip()]
    return bool(cells) and all(map(str.isdecimal, cells))


# the sums ---------------------------------------------------------------------------------------------------


def _cells(table: pd.DataFrame, places: Sequence[int], words: frozenset[str]) -> tuple[list[_Cell], list[Sum]]:
    """The counts, and each total as the sum of others."""
    labels = _labels(table, places)
    cells: list[_Cell] = []
    keys: list[tuple[str, ...]] = []
    wrong: list[str] = []
    for place in places:
        name: Hashable = table.columns[place]
        heading = tuple(map(str, name)) if isinstance(name, tuple) else (str(name),)
        for row, value in enumerate(table.iloc[:, place].tolist()):
            if is_missing(value):
                continue
            if not _is_count(value):
                wrong.append(f"{heading[-1]!r} row {row + 1}")
                continue
            key = (*labels[row], *heading)
            keys.append(key)
            cells.append(_Cell(row, place, int(value), bool(_total_by(key, words))))
    if wrong:
        raise ArgumentError(
            f"{len(wrong)} of the numbers are no counts (whole numbers from 0): {few(wrong)}. "
            "Name the columns of counts with columns=."
        )
    return cells, _sums(cells, keys, words)


def _labels(table: pd.DataFrame, places: Sequence[int]) -> list[tuple[str, ...]]:
    """What each row is called: its index, and its texts in columns that are no counts."""
    import pandas as pd

    index = [tuple(map(str, one)) if isinstance(one, tuple) else (str(one),) for one in table.index]
    if isinstance(table.index, pd.RangeIndex):
        index = [()] * len(table)
    texts = [
        table.iloc[:, place].astype(str).tolist()
        for place in range(len(table.columns))
        if place not in places and not pd.api.types.is_numeric_dtype(table.dtypes.iloc[place])
    ]
    return [(*head, *(text[row] for text in texts)) for row, head in enumerate(index)]


def _is_count(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and value >= 0 and value == int(value)
    except (TypeError, ValueError, OverflowError):
        return False


def _sums(cells: Sequence[_Cell], keys: Sequence[tuple[str, ...]], words: frozenset[str]) -> list[Sum]:
    """Each total as the sum of its parts: over one of its labels, the others alike, and over all that it is one by."""
    over = [_total_by(key, words) for key in keys]
    by: dict[frozenset[int], dict[tuple[str, ...], list[int]]] = {}
    found: list[Sum] = []
    wrong: list[str] = []
    for total, labels in enumerate(over):
        for some in dict.fromkeys([*(frozenset({label}) for label in sorted(labels)), labels] if labels else ()):
            if some not in by:
                by[some] = _by_others(keys, over, some)
            parts = tuple(by[some].get(_others(keys[total], over[total], some), ()))
            if parts and sum(cells[one].value for one in parts) != cells[total].value:
                wrong.append(" / ".join(repr(part) for part in keys[total] if part))
            if parts:
                found.append(Sum(total, parts))
    wrong = list(dict.fromkeys(wrong))
    if wrong:
        raise ArgumentError(
            f"{len(wrong)} of the totals are not the sum of their parts: {few(wrong)}. Correct them or take them "
            "out; totals=() says that none is a total, and then nothing is hidden because of them."
        )
    return found


def _total_by(key: tuple[str, ...], words: frozenset[str]) -> frozenset[int]:
    """The places of the labels by which a number is a total; pandas leaves those after the first of them empty."""
    named = {place for place, part in enumerate(key) if part.strip().casefold() in words}
    return frozenset(named | {place for place, part in enumerate(key) if not part.strip()} if named else ())


def _others(key: tuple[str, ...], total_by: frozenset[int], some: frozenset[int]) -> tuple[str, ...]:
    """The labels but for some, a total by its one word."""
    return tuple("*" if place in total_by else f"={part}" for place, part in enumerate(key) if place not in some)


def _by_others(
    keys: Sequence[tuple[str, ...]], over: Sequence[frozenset[int]], some: frozenset[int]
) -> dict[tuple[str, ...], list[int]]:
    """The numbers that are no totals by some labels, by all other labels."""
    made: dict[tuple[str, ...], list[int]] = {}
    for one, key in enumerate(keys):
        if not over[one] & some:
            made.setdefault(_others(key, over[one], some), []).append(one)
    return made


# what is hidden ---------------------------------------------------------------------------------------------


def _hidden(cells: Sequence[_Cell], sums: Sequence[Sum], rule: Convention) -> set[int]:
    """The numbers that are hidden: the small ones, and others until none of them is given away.

    Where nothing is left to hide in all the sums that a number has to do with, it stays: a mark may also stand for a
    larger number.
    """
    hidden = {number for number, cell in enumerate(cells) if rule.low <= cell.value <= rule.high}
    values = [cell.value for cell in cells]
    reader = Reader(values, sums)
    while True:
        ranges = [_range(cell, number in hidden, rule) for number, cell in enumerate(cells)]
        further: set[int] = set()
        for one in sorted(reader.knows(ranges, hidden)):
            beside = _beside(one, reader, hidden)
            if beside and not further & beside:  # one more hidden number may serve several
                further.add(min(beside, key=lambda other: (cells[other].is_total, not values[other], values[other])))
        if not further:
            return hidden
        hidden |= further


def _beside(one: int, reader: Reader, hidden: set[int]) -> set[int]:
    """What is still shown and stands in a sum in which a number is the only one hidden; else in any sum with it.

    Where that is nothing: what stands in any sum that has to do with it, however far round.
    """
    mine = [set(whole.members) for whole in reader.sums if one in whole.members]
    groups = ({other for whole in group for other in whole.members} for group in reader.groups)
    alone = [members for members in mine if members & hidden == {one}]
    for some in (alone, mine, [members for members in groups if one in members]):
        if near := set().union(*some) - hidden:
            return near
    return set()


def _range(cell: _Cell, is_hidden: bool, rule: Convention) -> tuple[int, int | None]:
    """What a reader knows of a number by itself: the least and the most that it can be."""
    small = rule.low <= cell.value <= rule.high
    if is_hidden:
        return (rule.low, rule.high) if small else (rule.high + 1 if rule.other else 0, None)
    if rule.exact or cell.value == 0:
        return cell.value, cell.value
    near = _rounded(cell.value, rule.totals if cell.is_total else rule.cells)
    half = (rule.totals if cell.is_total else rule.cells) // 2
    return max(rule.high + 1, near - half), near + half


def _rounded(value: int, to: int) -> int:
    return (value + to // 2) // to * to


def _shown(
    table: pd.DataFrame, places: Sequence[int], cells: Sequence[_Cell], hidden: set[int], rule: Convention
) -> pd.DataFrame:
    """The table as it may be published."""
    import pandas as pd

    texts = {place: [""] * len(table) for place in places}
    for number, cell in enumerate(cells):
        near = _rounded(cell.value, rule.totals if cell.is_total else rule.cells)
        mark = rule.mark if rule.low <= cell.value <= rule.high else rule.other or rule.mark
        texts[cell.column][cell.row] = mark if number in hidden else str(near)
    made = {
        name: pd.Series(texts[place], index=table.index, dtype="str") if place in texts else table.iloc[:, place]
        for place, name in enumerate(table.columns)
    }
    shown = pd.DataFrame(made, index=table.index)
    shown.columns = table.columns
    return shown
