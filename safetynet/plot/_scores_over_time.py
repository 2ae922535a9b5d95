"""The scores over time: a small chart for each score, all over the same days."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..errors import ArgumentError, unknown
from ..measures.headline import NAMES
from ..measures.summary import scores_over_time as table_of
from ..record.snapshot import snapshot
from ..rules import Rules
from .kit.alt import describe
from .kit.axis import TimeAxis
from .kit.frame import Frame, numeral
from .kit.sheet import Box, Sheet, new_axes, title
from .kit.style import INK, MARK, PASSED, SIZES, SMALLEST, SOFT, settings
from .kit.words import clean, day_text, measure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SHOWN = (
    "fragmentation", "temporal_fragmentation", "agency_fragmentation", "unshared_pairs", "best_picture",
    "exclusive_concerns", "diffusion", "unowned_share", "missed_opportunities",
)  # fmt: skip
BETTER_HIGH = ("best_picture",)
SHARES = (
    "fragmentation", "distance_fragmentation", "temporal_fragmentation", "agency_fragmentation", "unshared_pairs",
    "best_picture", "diffusion", "unowned_share",
)  # fmt: skip


def scores_over_time(
    case: Case, at: Any = None, *, names: Iterable[str] = SHOWN, table: pd.DataFrame | None = None,
    ax: Axes | None = None, rules: Rules | None = None, line_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """How the scores of a case went from day to day: one small chart for each.

    A line is broken where a score is not defined. Whether high is worse or better stands in the heading.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The last date, included. Default: the day before the harm, or the last day of the case.
    names : iterable of str, optional
        Which scores, as :func:`safetynet.scores` names them. Default: nine that tell most.
    table : pandas.DataFrame, optional
        What :func:`safetynet.scores_over_time` gave, so that it need not be worked out again.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    line_kws : mapping, optional
        Style of the lines (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    UnknownNameError
        If there is no score of a name.
    ArgumentError
        If `names` is empty.
    DateError
        If `at` is no date.

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
    wanted = [names] if isinstance(names, str) else list(names)
    for name in wanted:
        if name not in NAMES:
            raise unknown("the score", name, NAMES)
    if not wanted:
        raise ArgumentError("names= is empty; name at least one score, or leave it out.")
    view = snapshot(case, at, rules)
    full = table_of(case, rules=rules) if table is None else table
    days = [date.toordinal() for date in full.index]
    kept = full.iloc[: sum(day <= view.day for day in days)]
    days = [day for day in days if day <= view.day]
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        sheet = Sheet(ax)
        title(ax, f"{case.title}: the scores from day to day, to {day_text(view.day)}")
        across = max(1, min(len(wanted), int(sheet.width // 250)))
        down = math.ceil(len(wanted) / across)
        wide, high = sheet.width / across, (sheet.height - 26) / down
        plain = True
        for place, name in enumerate(wanted):
            left, top = (place % across) * wide, sheet.height - (place // across) * high
            box = Box(left + 30, top - high + 36, left + wide - 40, top - 24)
            values = kept[name].astype(float).tolist()
            axis = _panel(sheet, box, name, days, values, line_kws)
            plain = plain and (axis is None or axis.plain)
        said = f"The last value stands at the right. {len(days)} days on which something happened."
        if not plain:
            said += " Time is not to scale: empty stretches are drawn short, the longest marked with //."
        sheet.caption(said)
        last = [
            f"{name.replace('_', ' ')} {_value(kept[name].iloc[-1]) if len(kept) else 'not defined'}" for name in wanted
        ]
        describe(
            ax,
            "scores_over_time",
            f"Scores of {clean(case.title)} over time, to {day_text(view.day)}: {', '.join(last)}.",
        )
    return ax


def _value(value: float) -> str:
    return "not defined" if value != value else numeral(value)


def _panel(sheet: Sheet, box: Box, name: str, days: list[int], values: list[float], line_kws: Any) -> TimeAxis | None:
    """One score: its heading, its scale and its line."""
    head = name.replace("_", " ")
    sheet.write(box.left - 28, box.top + 14, head, 11, weight="bold")
    note = "count" if name not in SHARES else "high is better" if name in BETTER_HIGH else "high is worse"
    if name == "ei_index":
        note = "-1 inside agencies, 1 between"
    room = box.right - box.left + 28 - measure(head, 11, "bold")[0] - 8
    if measure(note, SMALLEST)[0] <= room:
        sheet.write(box.left - 28 + measure(head, 11, "bold")[0] + 8, box.top + 13.5, note, SMALLEST, colour=SOFT)
    known = [value for value in values if value == value]
    low, high = (0.0, 1.0) if name in SHARES else (-1.0, 1.0) if name == "ei_index" else (0.0, max([*known, 1.0]))
    frame = Frame(sheet, box, low, high)
    frame.scale(2 if box.top - box.bottom < 90 else 4)
    if not known:
        sheet.write(
            (box.left + box.right) / 2,
            (box.top + box.bottom) / 2,
            "not defined on any day",
            10,
            ha="center",
            colour=SOFT,
        )
        return None
    axis = TimeAxis(dict.fromkeys(days, 1), box.left, box.right, 2.0)
    frame.time(axis, words=False)
    xs = [axis.x(day) for day in days]
    frame.steps(xs, values, PASSED, 2.4, **(line_kws or {}))
    last = values[-1]
    if last == last:
        sheet.mark(xs[-1], frame.y(last), "o", 6.0, MARK if name not in BETTER_HIGH else PASSED, z=4)
        sheet.write(box.right + 5, frame.y(last), numeral(last), 11, weight="bold")
    else:
        sheet.write(box.right + 5, (box.top + box.bottom) / 2, "–", 11, weight="bold", colour=INK)
    return axis
