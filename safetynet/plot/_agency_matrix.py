"""The contact matrix of the agencies as a picture: how many contacts join each with each other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from ..case import Case
from ..measures.agencies import agency_matrix as table_of
from ..record.snapshot import snapshot
from ..rules import Rules
from ..wording import count
from .kit import rings
from .kit.alt import describe
from .kit.sheet import Sheet, new_axes, title
from .kit.style import INK, PAPER, SECTORS, SIZES, SMALLEST, SOFT, contrast, settings, with_style
from .kit.words import clean, day_text, fit, measure, short_name, size_that_fits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SLANT = math.radians(50)
STEPS = ("#ffffff", "#d8e7f1", "#a9cbe0", "#6ea3c4", "#2f739e", "#00496f")


def agency_matrix(
    case: Case, at: Any = None, *, window: int | None = None, ax: Axes | None = None, rules: Rules | None = None,
    cell_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """How many contact rows join each agency with each other; darker = more, with the number in the cell.

    An empty cell between two agencies is a line that the record does not show. The diagonal has the contacts
    inside each agency.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the agencies stay.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    cell_kws : mapping, optional
        Style of the cells (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    DateError
        If `at` is no date.
    ArgumentError
        If `window` is no number of days.

    See Also
    --------
    safetynet.agency_matrix : the table that it draws.

    Notes
    -----
    Agencies with much contact stand next to each other.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.agency_matrix(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)
    'Contacts between the agencies of Worked example by 30 Jan 2024: 4 agencies; 3 of 6 pairs have had contact. ...'
    """
    view = snapshot(case, at, rules)
    table = table_of(case, at, window=window, rules=rules)
    groups = [rings.Group(name, name) for name in table.index]
    cells: dict[tuple[str, str], int] = {
        (one, other): int(value) for one, row in zip(table.index, table.to_numpy().tolist(), strict=True)
        for other, value in zip(table.columns, row, strict=True)
    }  # fmt: skip
    weight = {(a, b): float(value) for (a, b), value in cells.items() if a < b and value}
    order = [group.key for group in rings.order_groups(groups, weight)]
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        sheet = Sheet(ax)
        period = "" if window is None else f", last {window} days"
        title(ax, f"{case.title}: contacts between agencies by {day_text(view.day)}{period}")
        names = [short_name(view.records, name) for name in order]
        n = len(order)
        floor = sheet.foot
        left = min(max((measure(name, 11.0)[0] for name in names), default=60.0) + 44, sheet.width * 0.34)
        longest = max((measure(name, SMALLEST)[0] for name in names), default=0.0)
        room = (sheet.width - left - n * SMALLEST * 1.2 / math.sin(SLANT)) * math.tan(SLANT)
        head = min(longest * math.sin(SLANT) + 14, sheet.height * 0.3, room, sheet.height - floor - n * SMALLEST * 1.25)
        numbered = head < 56  # no room for slanting names: numbers, which stand before the names at the left too
        if numbered:
            names = [f"{place} {name}" for place, name in enumerate(names, start=1)]
            head = 18.0
        pitch = min((sheet.height - floor - head) / max(n, 1), 44.0)
        wide = min((sheet.width - left - (4 if numbered else head / math.tan(SLANT))) / max(n, 1), pitch * 1.9)
        pitch = min(pitch, wide * 1.7)
        top = sheet.height - head
        size = size_that_fits(pitch, 11.5)
        most = max(cells.values(), default=0)
        for row, name in enumerate(order):
            y = top - (row + 0.5) * pitch
            agency = view.records.agencies.get(name)
            look = SECTORS[agency.sector if agency else "other"]
            sheet.mark(left - 8, y, look.marker, min(9.0, pitch * 0.6), look.colour)
            sheet.write(left - 17, y, fit(names[row], left - 20, size), size, ha="right")
            x = left + (row + 0.5) * wide
            if numbered:
                sheet.write(x, top + 8, str(row + 1), SMALLEST, ha="center", colour=SOFT)
            else:
                text = fit(names[row], (head - 12) / math.sin(SLANT), SMALLEST)
                sheet.write_turned(x, top + 5, text, math.degrees(SLANT))
            for column, other in enumerate(order):
                value = cells[name, other]
                colour = STEPS[min(len(STEPS) - 1, math.ceil(value / max(most, 1) * (len(STEPS) - 1)))]
                style = with_style({"facecolor": colour, "edgecolor": "#9a9a9a", "linewidth": 0.7}, cell_kws)
                if row == column:
                    style |= {"edgecolor": INK, "linewidth": 1.5}
                sheet.ax.add_patch(
                    Rectangle(
                        (left + column * wide, y - pitch / 2),
                        wide,
                        pitch,
                        zorder=2.2 if row == column else 2.0,
                        **style,
                    )
                )
                if value:
                    ink = PAPER if contrast(colour) > 4.5 else INK
                    sheet.write(left + (column + 0.5) * wide, y, str(value), min(size, 11.0), ha="center", colour=ink)
        pairs = n * (n - 1) // 2
        joined = sum(cells[a, b] > 0 for a in order for b in order if a < b)
        said = f"{count(n, 'agency', 'agencies')}; {joined} of {count(pairs, 'pair has', 'pairs have')} had contact."
        sheet.caption(
            f"{said} Numbers are contact rows in which information could move; "
            "framed: inside one agency; empty: none on record."
        )
        apart = [
            names[order.index(name)]
            for name in order
            if not any(cells[name, other] for other in order if other != name)
        ]
        words = f"Contacts between the agencies of {clean(case.title)} by {day_text(view.day)}: {said}"
        if weight:
            (a, b), number = max(weight.items(), key=lambda item: (item[1], item[0]))
            words += f" Most: {short_name(view.records, a)} and {short_name(view.records, b)} ({number:.0f})."
        if apart and n > 1:
            words += f" Without contact with any other: {', '.join(apart)}."
        describe(ax, "agency_matrix", words)
        if not n:
            sheet.write(0, sheet.height / 2, "No agency has appeared by this date.", 13, colour=SOFT)
    return ax
