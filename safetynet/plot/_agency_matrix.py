"""The contact matrix of the agencies as a picture: how many contacts join each with each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Unpack

from ..case import Case
from ..dates import DateLike
from ..measures.agencies import agency_matrix as table_of
from ..wording import count, in_words
from .kit import heads
from .kit.common import Common, picture
from .kit.drawing import CasePage, drawing
from .kit.order import Group, order_groups
from .kit.style import EDGE, INK, PAPER, SOFT, Style, contrast
from .kit.words import fit_apart, size_that_fits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STEPS = ("#ffffff", "#d8e7f1", "#a9cbe0", "#6ea3c4", "#2f739e", "#00496f")
Cells = dict[tuple[str, str], int]


@picture
def agency_matrix(
    case: Case,
    at: DateLike | None = None,
    *,
    window: int | None = None,
    cell_kws: Style = None,
    **common: Unpack[Common],
) -> Axes:
    """How many contact rows join each agency with each other; darker = more, with the number in the cell.

    An empty cell between two agencies is a line that the record does not show. The diagonal has the contacts
    inside each agency. Agencies with much contact stand next to each other.

    Parameters
    ----------
    case, at, ax, title, rules
        As for every picture; see :doc:`/gallery`.
    window : int, optional
        Only contacts of the last `window` days up to `at`; the agencies stay.
    cell_kws : mapping, optional
        Style of the cells (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the matrix.

    Raises
    ------
    ArgumentError
        If `window` is no number of days.

    See Also
    --------
    safetynet.agency_matrix : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.agency_matrix(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)
    'Contacts between the agencies of Worked example by 30 Jan 2024: 4 agencies; 3 of 6 pairs have had contact. ...'
    """
    table = table_of(case, at, window=window, rules=common.get("rules"))
    cells: Cells = {
        (str(one), str(other)): int(value)
        for one, row in zip(table.index, table.to_numpy().tolist(), strict=True)
        for other, value in zip(table.columns, row, strict=True)
    }
    weight = {(a, b): float(value) for (a, b), value in cells.items() if a < b and value}
    order = [group.key for group in order_groups([Group(str(name), str(name)) for name in table.index], weight)]
    period = "" if window is None else f", last {window} days"
    heading = f"contacts between agencies by {{day}}{period}"
    with drawing("agency_matrix", case, at, heading, cell_kws=cell_kws, **common) as page:
        page.needs()
        _finish(page, order, cells)
        if order:
            _draw(page, order, cells, cell_kws)
        else:
            page.say("No agency has appeared by this date.")
    return page.ax


def _draw(page: CasePage, order: list[str], cells: Cells, cell_kws: Style) -> None:
    """The names at the left and over the columns, and the cells."""
    n, floor, least = len(order), page.foot, page.line_high
    shown = {name: page.name(name) for name in order}
    left = min(max(page.wide(name, page.small + 1) for name in shown.values()) + 30, page.width * 0.34)
    out = (page.width - left - n * page.small * 1.3) * math.tan(heads.SLANT)
    head = heads.slanted_high(page, list(shown.values()), min(page.height * 0.3, out, page.height - floor - n * least))
    numbered = head < 56  # no room for slanting names: numbers, which stand before the names at the left too
    if numbered:
        head = page.line_high + 6
    pitch = min((page.height - floor - head) / n, 44.0)
    wide = min((page.width - left - (4 if numbered else heads.sticks_out(head))) / n, pitch * 1.9)
    pitch = min(pitch, wide * 1.7)
    top, size = page.height - head, size_that_fits(pitch, page.small + 1)
    marked = {name: f"{row} {text}" for row, (name, text) in enumerate(shown.items(), start=1)}
    names = fit_apart(marked if numbered else shown, left - 22, size)
    xs = [left + (column + 0.5) * wide for column in range(n)]
    if numbered:
        for column, x in enumerate(xs, start=1):
            page.write(x, top + head / 2, str(column), min(page.small, wide), ha="center", colour=SOFT)
    else:
        heads.draw_slanted(page, xs, top, shown, head)
    for row, name in enumerate(order):
        y = top - (row + 0.5) * pitch
        page.look(left - 8, y, page.look_of(name), min(9.0, pitch * 0.6))
        page.write(left - 17, y, names[name], size, ha="right")
        for column, other in enumerate(order):
            _cell(page, cells, (name, other), (xs[column], y), (wide, pitch), cell_kws)


def _cell(
    page: CasePage,
    cells: Cells,
    pair: tuple[str, str],
    middle: tuple[float, float],
    size: tuple[float, float],
    cell_kws: Style,
) -> None:
    (x, y), (wide, high), value = middle, size, cells[pair]
    fill = STEPS[math.ceil(value / max(1, *cells.values()) * (len(STEPS) - 1))]
    own = pair[0] == pair[1]
    edge, line, z = (INK, 1.5, 2.2) if own else (EDGE, 0.7, 2.0)
    page.rectangle(x - wide / 2, y - high / 2, wide, high, fill, edge, line, z=z, style=cell_kws)
    if value:
        colour = PAPER if contrast(fill) > 4.5 else INK
        page.write(x, y, str(value), size_that_fits(high, 12.0), ha="center", colour=colour)


def _finish(page: CasePage, order: list[str], cells: Cells) -> None:
    pairs = [(a, b) for place, a in enumerate(order) for b in order[place + 1 :]]
    joined = [pair for pair in pairs if cells[pair]]
    said = f"{count(len(order), 'agency', 'agencies')}; {len(joined)} of {count(len(pairs), 'pair')} "
    said += "has had contact." if len(pairs) == 1 else "have had contact."
    page.caption([said, "Contact rows in which information could move; framed: inside one agency; empty: none."])
    words = [f"Contacts between the agencies of {page.title} by {page.day}: {said}"]
    if joined:
        a, b = max(joined, key=lambda pair: (cells[pair], pair))
        words.append(f"Most: {page.name(a)} and {page.name(b)} ({cells[a, b]}).")
    apart = [page.name(name) for name in order if not any(name in pair for pair in joined)]
    if apart and len(order) > 1:
        words.append(f"Without contact with any other: {in_words(apart)}.")
    page.describe(words)
