"""The picture over time: what all professionals had on record together, the best that one had, and the gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..record.snapshot import snapshot
from ..rules import Rules
from ..tables._picture_over_time import picture_over_time as table_of
from .kit import key
from .kit.alt import describe
from .kit.axis import TimeAxis
from .kit.frame import Frame, numeral
from .kit.lines import each
from .kit.sheet import Box, Sheet, new_axes, title
from .kit.style import INK, MARK, PASSED, SIZES, SMALLEST, SOFT, Look, settings
from .kit.words import clean, day_text, measure, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEST = "#B35900"  # a darker orange than Okabe-Ito's: 4.6 : 1 on white, so that the line stands alone in grey


def picture_over_time(
    case: Case, at: Any = None, *, ax: Axes | None = None, rules: Rules | None = None,
    pooled_kws: Mapping[str, Any] | None = None, best_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """How the pooled picture grew, how much of it any single professional had, and the gap between them.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The last date, included. Default: the day before the harm, or the last day of the case.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    pooled_kws, best_kws : mapping, optional
        Style of the two lines (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.tables.picture_over_time : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.picture_over_time(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[-88:]
    'By 30 Jan 2024 the best is 7 of 9 (Police officer), a gap of 2, at most 5 (20 Jan 2024).'
    """
    view = snapshot(case, at, rules)
    table = table_of(case, at, rules=rules)
    days = [date.toordinal() for date in table["date"]]
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        sheet = Sheet(ax)
        title(ax, f"{case.title}: the whole picture and the best that one professional had, to {day_text(view.day)}")
        floor = _key(sheet)
        box = Box(34, floor + 62, sheet.width - 118, sheet.height - 22)
        frame = Frame(sheet, box, 0, max(1.0, float(table["pooled"].max())))
        shown = [place for place in range(len(days)) if table["pooled"][place] or table["best"][place]]
        start = max(shown[0] - 1, 0) if shown else 0
        table = table.iloc[start:].reset_index(drop=True)
        days = days[start:]
        axis = TimeAxis(dict.fromkeys(days, 1), box.left, box.right, 3.0)
        xs = [axis.x(day) for day in days]
        frame.scale()
        frame.time(axis)
        pooled, best = table["pooled"].tolist(), table["best"].tolist()
        frame.between(xs, best, pooled, "#ededed", "///")
        frame.steps(xs, pooled, PASSED, 3.0, **(pooled_kws or {}))
        frame.steps(xs, best, BEST, 3.0, (0, (5, 1.5)), **(best_kws or {}))
        sheet.write(box.left - 30, box.top + 13, "severity of the worries on record, added up", SMALLEST, colour=SOFT)
        _name_ends(sheet, frame, box.right + 6, pooled[-1], best[-1])
        for line in each(table):
            if line.meetings:
                sheet.mark(axis.x(line.date.toordinal()), box.bottom - 32, "s", 7.0, INK)
        harm = view.records.harm
        if harm is not None and harm.first <= view.day + 1:
            sheet.line([(box.right, box.bottom), (box.right, box.top + 8)], MARK, 1.6, 3.5)
            sheet.write(
                box.right - 4,
                box.top + 13,
                f"harm {day_text(harm.first)}",
                SMALLEST,
                ha="right",
                weight="bold",
                colour=MARK,
            )
        _name_holders(sheet, frame, axis, table, view)
        widest = table.iloc[int(table["gap"].to_numpy().argmax())]
        holder = str(table["holder"].iloc[-1])
        who = f" ({short_name(view.records, holder)})" if holder else ""
        said = (
            f"By {day_text(view.day)} the best is {numeral(best[-1])} of {numeral(pooled[-1])}{who}, a gap of "
            f"{numeral(pooled[-1] - best[-1])}, at most {numeral(widest['gap'])} "
            f"({day_text(widest['date'].toordinal())})."
        )
        scale = (
            "" if axis.plain else " Time is not to scale: empty stretches are drawn short, the longest marked with //."
        )
        sheet.caption(f"{said}{scale} Names: who had the best picture from then on.")
        describe(
            ax,
            "picture_over_time",
            f"The pooled picture in {clean(case.title)} over time, and the best that any single "
            f"professional still involved had on record. {said}",
        )
    return ax


def _key(sheet: Sheet) -> float:
    entries = [
        key.of_line(lambda s, x, y: s.line([(x, y), (x + 22, y)], PASSED, 3.0), "all professionals together"),
        key.of_line(
            lambda s, x, y: s.line([(x, y), (x + 22, y)], BEST, 3.0, 2, (0, (5, 1.5))),
            "the best of any one still involved",
        ),
        key.of_marker(Look(INK, "s", "meeting with worries on the table"), 7.0),
    ]
    return key.draw_key(sheet, entries, sheet.foot)


def _name_ends(sheet: Sheet, frame: Frame, x: float, pooled: float, best: float) -> None:
    """What the lines are, at their ends; and the gap between them, if there is room for a word."""
    high, low = frame.y(pooled), frame.y(best)
    if high - low < 28:
        high, low = (high + low) / 2 + 14, (high + low) / 2 - 14
    sheet.write(x, high, [f"together: {numeral(pooled)}"], 11, weight="bold", colour=PASSED)
    sheet.write(x, low, [f"best one: {numeral(best)}"], 11, weight="bold", colour=BEST)
    if high - low >= 44:
        sheet.write(x, (high + low) / 2, f"gap: {numeral(pooled - best)}", 11)


def _name_holders(sheet: Sheet, frame: Frame, axis: TimeAxis, table: Any, view: Any) -> None:
    """Who has the best picture from when on, under the line where there is room."""
    before = ""
    for line in each(table):
        if line.holder == before or not line.holder:
            before = line.holder
            continue
        before = line.holder
        name = short_name(view.records, line.holder)
        x, y = axis.x(line.date.toordinal()) + 3, frame.y(line.best)
        wide = measure(name, SMALLEST)[0]
        for dy, ha in (
            (-9, "left"),
            (9, "left"),
            (-9, "right"),
            (-20, "left"),
            (-20, "right"),
            (20, "left"),
            (-31, "left"),
        ):
            box = sheet.box(x, y + dy, [name], SMALLEST, ha)
            if (
                sheet.taken.free(box, 1.5)
                and box.left > frame.box.left
                and box.right < frame.box.right
                and box.bottom > frame.box.bottom + 2
                and wide
            ):
                sheet.write(x, y + dy, name, SMALLEST, ha=ha, colour=BEST, halo=True)
                break
