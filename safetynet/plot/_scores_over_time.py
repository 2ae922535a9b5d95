"""The scores over time: a small chart for each score, all over the same days."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Unpack

from ..case import Case
from ..dates import DateLike, date_of
from ..errors import ArgumentError, unknown
from ..measures.headline import NAMES
from ..measures.summary import scores
from ..measures.summary import scores_over_time as scores_over_time_table
from ..record.snapshot import Snapshot, snapshot
from .kit.axis import NOT_TO_SCALE, TimeAxis
from .kit.common import Common, picture
from .kit.drawing import CasePage, NoRoomError, drawing
from .kit.frame import Frame, days_high, draw_days, numeral
from .kit.sheet import Box, Sheet
from .kit.style import MARK, PASSED, SOFT, Style
from .kit.words import fit

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SHOWN = (
    *("best_picture", "unshared_pairs", "exclusive_concerns", "unowned_share", "diffusion"),
    *("missed_opportunities", "worry_fragmentation", "fragmentation", "temporal_fragmentation"),
)
BETTER_HIGH = ("best_picture",)
SHARES = (
    *("fragmentation", "worry_fragmentation", "current_fragmentation", "distance_fragmentation"),
    *("temporal_fragmentation", "agency_fragmentation", "unshared_pairs", "best_picture", "diffusion"),
    *("unowned_share", "missed_share"),
)


@picture
def scores_over_time(
    case: Case,
    at: DateLike | None = None,
    *,
    names: Iterable[str] = SHOWN,
    table: pd.DataFrame | None = None,
    line_kws: Style = None,
    **common: Unpack[Common],
) -> Axes:
    """How the scores of a case went from day to day: one small chart for each.

    A line is broken where a score is not defined. Whether high is worse or better stands in the heading.

    Parameters
    ----------
    case, at, ax, title, rules
        As for every picture; see :doc:`/gallery`.
    names : iterable of str, optional
        Which scores, as :func:`safetynet.scores` names them. Default: nine that tell most.
    table : pandas.DataFrame, optional
        What :func:`safetynet.scores_over_time` gave, so that it need not be worked out again.
    line_kws : mapping, optional
        Style of the lines (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the small charts.

    Raises
    ------
    UnknownNameError
        If there is no score of a name.
    ArgumentError
        If `names` is empty.

    See Also
    --------
    safetynet.scores_over_time : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.scores_over_time(sn.load_case("worked_example"), names=["best_picture"], ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)
    'Scores of Worked example over time, to 30 Jan 2024: best picture 0.78.'
    """
    wanted = _wanted(names)
    view = snapshot(case, at, common.get("rules"))
    days, series = _series(view, wanted, table)
    heading = "the scores from day to day, to {day}"
    with drawing("scores_over_time", case, at, heading, line_kws=line_kws, **common) as page:
        page.needs()
        last = [f"{_words(name)} {_value(values)}" for name, values in series.items()]
        page.describe([f"Scores of {page.title} over time, to {page.day}: {', '.join(last)}."])
        axes = [_panel(page, box, name, days, series[name], line_kws) for name, box in _places(page, wanted)]
        said = "Drawn: the days on which something happened, and the last, whose value stands at the right."
        plain = all(axis.plain for axis in axes if axis is not None)
        page.caption([said] if plain else [said, NOT_TO_SCALE])
    return page.ax


def _series(
    view: Snapshot, wanted: Sequence[str], table: pd.DataFrame | None
) -> tuple[list[int], dict[str, list[float]]]:
    """The days up to that of a snapshot, and the scores on them; without a table given, on the day itself too."""
    full = scores_over_time_table(view.case, rules=view.rules) if table is None else _table(table, wanted)
    days = [one for one in (date.toordinal() for date in full.index) if one <= view.day]
    series = {name: full[name].iloc[: len(days)].astype(float).tolist() for name in wanted}
    if table is None and days and days[-1] < view.day:  # who is involved may change without a row
        now = scores(view.case, date_of(view.day), rules=view.rules)
        days.append(view.day)
        for name in wanted:
            series[name].append(float(now[name]))
    return days, series


def _table(table: pd.DataFrame, wanted: Sequence[str]) -> pd.DataFrame:
    """A table of scores over time that was given, if it is one."""
    names = list(getattr(table, "columns", ()))
    if not hasattr(table, "index") or not set(wanted) <= set(names):
        raise ArgumentError("table is not one of scores over time. Pass what sn.scores_over_time(case) gave.")
    return table


def _wanted(names: Iterable[str]) -> list[str]:
    """The names asked for, each of which is that of a score."""
    if not isinstance(names, Iterable):
        raise ArgumentError(f"names={names!r} is not a list of scores. Write names=['diffusion'].")
    wanted = [names] if isinstance(names, str) else list(names)
    for name in wanted:
        if name not in NAMES:
            raise unknown("the score", name, NAMES)
    if not wanted:
        raise ArgumentError("names= is empty; name at least one score, or leave it out.")
    return wanted


def _places(page: CasePage, wanted: Sequence[str]) -> list[tuple[str, Box]]:
    """Where each small chart stands: as many beside each other as leaves them the best of shapes."""
    scale, end = page.wide("0.75") + 8, page.wide("0.75", page.small + 1, "bold") + 10
    under, over = days_high(page) + 8, page.line_high + 10
    found: tuple[float, list[tuple[str, Box]]] = (0.0, [])
    for across in range(1, len(wanted) + 1):
        wide, high = page.width / across, (page.height - page.foot) / math.ceil(len(wanted) / across)
        shape = min((wide - scale - end) / 2, high - under - over)
        if shape > found[0]:
            places = []
            for place, name in enumerate(wanted):
                left, top = (place % across) * wide, page.height - (place // across) * high
                places.append((name, Box(left + scale, top - high + under, left + wide - end, top - over)))
            found = (shape, places)
    if found[0] < 20:
        raise NoRoomError("Give it larger ones, or fewer names=.")
    return found[1]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value(values: Sequence[float]) -> str:
    return "not defined" if not values or math.isnan(values[-1]) else numeral(values[-1])


def _direction(name: str) -> str:
    if name == "ei_index":
        return "-1 inside agencies, 1 between"
    return "count" if name not in SHARES else "high is better" if name in BETTER_HIGH else "high is worse"


def _panel(sheet: Sheet, box: Box, name: str, days: list[int], values: list[float], line_kws: Style) -> TimeAxis | None:
    """One score: its heading, its scale and its line."""
    head, left = _words(name), box.left - sheet.wide("0.75") - 6
    size = sheet.small + 1
    shown = fit(head, box.right + 30 - left, size, "bold")
    sheet.write(left, box.top + sheet.small + 2, shown, size, weight="bold")
    note, beside = _direction(name), left + sheet.wide(shown, size, "bold") + 8
    if beside + sheet.wide(note) <= box.right + 36:
        sheet.write(beside, box.top + sheet.small + 2, note, colour=SOFT)
    known = [value for value in values if not math.isnan(value)]
    low, high = (0.0, 1.0) if name in SHARES else (-1.0, 1.0) if name == "ei_index" else (0.0, max([*known, 1.0]))
    frame = Frame(sheet, box, low, high)
    frame.scale(2 if box.top - box.bottom < 90 else 4)
    if not known:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        sheet.write(x, y, "not defined on any day", ha="center", colour=SOFT)
        return None
    axis = TimeAxis(dict.fromkeys(days, 1), box.left, box.right, 2.0)
    draw_days(sheet, axis, box.bottom, words=False)
    xs = [axis.x(day) for day in days]
    frame.steps(xs, values, PASSED, 2.4, style=line_kws)
    last = values[-1]
    if math.isnan(last):
        sheet.write(box.right + 5, (box.top + box.bottom) / 2, "–", size, weight="bold")
    else:
        sheet.mark(xs[-1], frame.y(last), "o", 6.0, PASSED if name in BETTER_HIGH else MARK, z=4)
        sheet.write(box.right + 5, frame.y(last), numeral(last), size, weight="bold")
    return axis
