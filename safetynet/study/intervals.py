"""How far each score may lie otherwise, given how wide the dates are and how sure the rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..case.records import Records, Row
from ..dates import DateLike, Window
from ..measures.headline import NAMES
from ..rules import Rules
from ..tidy import tidy
from .draws import Cells, Variant, asked, band, check_draws, check_share, stream, values

if TYPE_CHECKING:
    import pandas as pd


def intervals(
    case: Case,
    at: DateLike | None = None,
    *,
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.95,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Every score with a band: what it would be if the dates and rows that are not sure had been otherwise.

    In each draw

    - a row whose date is a window falls on one of its days, each as likely, whatever the others do; only, a row does
      not fall before a row that its ``ref`` names as long as its window allows that (it then falls on one of the days
      that are left, each as likely). A row that was read later is read on a day of that window, not before it was sent.
      A time of day stays; rows of one day without a time stay in no order, and follow ``Rules.same_day``;
    - a row is kept with the probability of its ``confidence`` (high 0.95, medium 0.8, low 0.5, empty 1), each for
      itself. What was done about an action that is left out is left out with it, as in :meth:`Case.without`.

    The day asked for stays the same in every draw. Nothing else is drawn: dates of posts, ties, services and of being
    resolved stay as they are written. What was not recorded at all is the subject of :func:`envelope`.

    Parameters
    ----------
    case, at, rules
        As everywhere: :doc:`/arguments`.
    draws : int
        How many times the case is drawn.
    seed : int
        The same seed gives the same draws, the first hundred of a thousand being those of a hundred.
    level : float
        Which middle share of the draws lies from ``low`` to ``high``.

    Returns
    -------
    pandas.DataFrame
        A row per score, in the order of :func:`scores`: ``score``, ``low``, ``high`` (values that were drawn),
        ``defined`` (the share of draws in which the score is defined; the band is of those) and ``value`` (of the
        record as it stands, which may lie outside the band: it reads every date as its last day, and every row as
        certain).

    Raises
    ------
    ArgumentError
        If `draws`, `seed` or `level` is out of its range.

    See Also
    --------
    envelope : contacts that are not in the record.
    matters_stability : which matters stay among the first ten.
    sensitivity : conventions, the grain of the coding, single rows.

    Examples
    --------
    >>> import safetynet as sn
    >>> table = sn.intervals(sn.load_case("reuben"), draws=20).set_index("score")
    >>> bool((table["low"] <= table["high"]).all())
    True
    """
    check_draws(draws, seed)
    level = check_share("level", level)
    view, value = asked(case, at, rules)
    unsure = doubtful(view.records)
    number = draws if unsure else 1  # without anything to draw, one draw is all of them
    drawn = values(view, ways(unsure, number, seed), "Drawing dates and rows", number)
    lines: list[dict[str, Any]] = [
        {"score": name, "value": value[name], **band(drawn[:, place], level)} for place, name in enumerate(NAMES)
    ]
    return tidy(lines, ("score", "low", "high", "defined", "value"))


def doubtful(records: Records) -> list[Row]:
    """The rows of which something is drawn or waited for, each after those that its ``ref`` names."""
    wide = [row for row in records.rows if not row.date.is_day or _read_on_some_day(row) or row.confidence < 1]
    if not wide:
        return []
    found: dict[str, Row] = {}
    for row in sorted(wide, key=lambda row: row.id):
        waiting = {row.id: row} if row.id not in found else {}  # a row, and above it what its `ref` leads to
        while waiting:
            top = next(reversed(waiting.values()))
            before = [one for one in top.ref if one not in found and one not in waiting]
            if before:
                waiting[before[0]] = records.by_id[before[0]]
            else:
                found[top.id] = waiting.pop(top.id)
    return list(found.values())


def _read_on_some_day(row: Row) -> bool:
    return row.received_on is not None and not row.received_on.is_day


def ways(rows: list[Row], draws: int, seed: int) -> Iterator[Variant]:
    """The dates on which such rows fall, and which of them are left out, in each draw."""
    for number in range(draws):
        chances = stream(seed, number).random((len(rows), 3))
        gone: list[str] = []
        days: dict[str, int] = {}
        cells: dict[str, Cells] = {}
        for row, (when, read, stays) in zip(rows, chances.tolist(), strict=True):
            if stays >= row.confidence:
                gone.append(row.id)
            changed = _fallen(row, days, when, read)
            if changed:
                cells[row.id] = changed
        yield gone, cells


def _fallen(row: Row, days: dict[str, int], when: float, read: float) -> Cells:
    """The days on which a row falls and is read; `days` has those of the rows before it, and takes its own."""
    made: dict[str, Window] = {}
    first, last, _ = row.date
    after = min(max([first, *(days[one] for one in row.ref if one in days)]), last)
    day = days[row.id] = after + int(when * (last - after + 1))
    if not row.date.is_day:
        made["date"] = Window(day, day)
    if row.received_on is not None and not row.received_on.is_day:
        sooner, later, _ = row.received_on
        least = min(max(sooner, day), later)
        arrived = least + int(read * (later - least + 1))
        made["received_on"] = Window(arrived, arrived)
    return made
