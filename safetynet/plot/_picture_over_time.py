"""The picture over time: what all professionals had on record together, the best that one had, and the gap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from ..case import Case
from ..dates import DateLike
from ..tables._picture_over_time import Moment, lines
from ..wording import short_day
from .kit import key
from .kit.axis import NOT_TO_SCALE, TimeAxis
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.frame import Frame, days_high, draw_days, numeral
from .kit.sheet import Across, Box
from .kit.style import INK, MARK, PASSED, SOFT, Dash, Look, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEST = "#B35900"  # a darker orange than Okabe-Ito's: 4.6 : 1 on white, so that the line stands alone in grey
BROKEN: Dash = (0, (5, 1.5))
BESIDE: tuple[tuple[float, Across], ...] = (  # how far over or under the line a name stands, and to which side
    *((-1, "left"), (1, "left"), (-1, "right"), (-2.2, "left"), (-2.2, "right"), (2.2, "left"), (-3.4, "left")),
)


@picture
def picture_over_time(
    case: Case,
    at: DateLike | None = None,
    *,
    pooled_kws: Style = None,
    best_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """How the pooled picture grew, how much of it any single professional had, and the gap between them.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    pooled_kws, best_kws : mapping, optional
        Style of the two lines (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the two lines.

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
    heading = "the whole picture and the best that one professional had, to {day}"
    with drawing("picture_over_time", case, at, heading, pooled_kws=pooled_kws, best_kws=best_kws, **common) as page:
        page.needs(320.0, 200.0)
        moments = lines(page.view)
        axis = _draw(page, moments, pooled_kws, best_kws)
        said = _sentence(page, moments)
        page.caption([said, *([] if axis.plain else [NOT_TO_SCALE]), "Names: who had the best from then on."])
        head = f"The pooled picture in {page.title} over time, and the best that any single professional still "
        page.describe([f"{head}involved had on record. {said}"])
    return page.ax


def _draw(page: CasePage, moments: Sequence[Moment], pooled_kws: Style, best_kws: Style) -> TimeAxis:
    """The frame, the two lines, the area between them, and what stands beside them."""
    begun = next((place for place, one in enumerate(moments) if one.pooled or one.best), 0)
    shown = moments[max(begun - 1, 0) :]
    entries = [
        key.stroke("all professionals together", PASSED, 3.0),
        key.stroke("the best of any one still involved", BEST, 3.0, BROKEN),
    ]
    if any(one.meeting_rows for one in shown):
        entries.append(key.marker(Look(INK, "s", "meeting with worries on the table"), 7.0))
    floor = page.key(entries)
    ends = page.wide(f"together: {moments[-1].pooled:g}", weight="bold") + 12
    left = page.wide(f"{max(one.pooled for one in moments):.0f}") + 10
    box = Box(left, floor + days_high(page) + 14, page.width - ends, page.height - page.small * 2.0)
    frame = Frame(page, box, 0, max(1.0, *(one.pooled for one in moments)))
    axis = TimeAxis({one.date: 1 for one in shown}, box.left, box.right, 3.0)
    xs, pooled, best = zip(*((axis.x(one.date), one.pooled, one.best) for one in shown), strict=True)
    frame.scale()
    draw_days(page, axis, box.bottom)
    frame.between(xs, best, pooled, "#ededed", "///")
    frame.steps(xs, pooled, PASSED, 3.0, style=pooled_kws)
    frame.steps(xs, best, BEST, 3.0, BROKEN, best_kws)
    words = "severity of the worries on record, added up" if page.width > 500 else "severity, added up"
    page.write(0, box.top + page.small * 1.4, words, colour=SOFT)
    for one in shown:
        if one.meeting_rows:
            page.mark(axis.x(one.date), box.bottom - days_high(page) - 6, "s", 7.0, INK)
    _draw_harm(page, box)
    _name_ends(frame, box.right + 6, moments[-1])
    _name_holders(frame, axis, shown, page)
    return axis


def _draw_harm(page: CasePage, box: Box) -> None:
    if page.harm is not None:
        page.line([(box.right, box.bottom), (box.right, box.top + 8)], MARK, 1.6, 3.5)
        words = f"harm {short_day(page.harm)}"
        page.write(box.right - 4, box.top + page.small * 1.4, words, ha="right", weight="bold", colour=MARK)


def _name_ends(frame: Frame, x: float, last: Moment) -> None:
    """What the lines are, at their ends; and the gap between them, if there is room for a word."""
    high, low = frame.y(last.pooled), frame.y(last.best)
    if high - low < 28:
        high, low = (high + low) / 2 + 14, (high + low) / 2 - 14
    frame.sheet.write(x, high, f"together: {numeral(last.pooled)}", weight="bold", colour=PASSED)
    frame.sheet.write(x, low, f"best one: {numeral(last.best)}", weight="bold", colour=BEST)
    if high - low >= 44:
        frame.sheet.write(x, (high + low) / 2, f"gap: {numeral(last.gap)}")


def _name_holders(frame: Frame, axis: TimeAxis, shown: Sequence[Moment], page: CasePage) -> None:
    """Who has the best picture from when on, near the line where there is room."""
    before = ""
    inside = Box(frame.box.left, frame.box.bottom + 2, frame.box.right, page.height)
    for one in shown:
        if one.holder and one.holder != before:
            name, x, y = page.name(one.holder), axis.x(one.date) + 3, frame.y(one.best)
            for lines_off, ha in BESIDE:
                place = y + lines_off * page.small * 0.95
                box = page.box(x, place, name, ha=ha)
                if inside.around(box) and page.taken.free(box, 1.5):
                    page.write(x, place, name, ha=ha, colour=BEST, halo=True)
                    break
        before = one.holder


def _sentence(page: CasePage, moments: Sequence[Moment]) -> str:
    last, widest = moments[-1], max(moments, key=lambda one: one.gap)
    who = f" ({page.name(last.holder)})" if last.holder else ""
    said = f"By {page.day} the best is {numeral(last.best)} of {numeral(last.pooled)}{who}, a gap of "
    return f"{said}{numeral(last.gap)}, at most {numeral(widest.gap)} ({short_day(widest.date)})."
