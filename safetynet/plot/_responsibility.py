"""The responsibility picture: per worry, who is informed, who owns it, and when nobody had it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from ..case import Case
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tables._responsibility import worry_responsibility
from ..wording import count
from .kit import key
from .kit.alt import describe
from .kit.axis import TimeAxis
from .kit.frame import Frame
from .kit.lines import each
from .kit.sheet import Box, Sheet, new_axes, title
from .kit.style import FAINT, INK, MARK, PAPER, SIZES, SMALLEST, SOFT, settings, with_style
from .kit.words import clean, day_text, in_words, measure, short_name, size_that_fits, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

OWNED = "#cfe3ef"


def responsibility(
    case: Case, at: Any = None, *, ax: Axes | None = None, rules: Rules | None = None,
    unowned_kws: Mapping[str, Any] | None = None, owned_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """Per worry: when nobody owned it, how many were informed, who owned it, and who assumed that others would act.

    A pale bar runs from the day on which a professional first had the worry on record; it is dark where no row
    shows an informed owner or a completed action. It describes the record, never a person's fault.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    unowned_kws, owned_kws : mapping, optional
        Style of the dark and of the pale bars (``Rectangle``).

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
    safetynet.tables.worry_responsibility : the table that it draws.

    Notes
    -----
    The worry longest unowned is on top. Where the sheet has no room for all of them, the last are counted.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.responsibility(sn.load_case("worked_example"), at="2024-01-31", ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:68]
    'Responsibility for the worries of Worked example by 31 Jan 2024: 3 w'
    """
    view = snapshot(case, at, rules)
    table = worry_responsibility(case, at, rules=rules)
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        sheet = Sheet(ax)
        title(ax, f"{case.title}: who had each worry in hand, by {day_text(view.day)}")
        if table.empty:
            sheet.write(0, sheet.height / 2, "No professional has a current worry on record by this date.", 13)
        else:
            _draw(sheet, view, table, unowned_kws, owned_kws)
        _describe(ax, view, table)
    return ax


def _draw(sheet: Sheet, view: Snapshot, table: pd.DataFrame, unowned_kws: Any, owned_kws: Any) -> None:
    entries = [
        key.of_line(
            lambda s, x, y: s.ax.add_patch(Rectangle((x, y - 4), 18, 8, facecolor=MARK, edgecolor=INK, linewidth=0.8)),
            "on record, and no row shows that anybody owns it",
            22.0,
        ),
        key.of_line(
            lambda s, x, y: s.ax.add_patch(Rectangle((x, y - 4), 18, 8, facecolor=OWNED, edgecolor=INK, linewidth=0.8)),
            "owned, or completed",
            22.0,
        ),
    ]
    floor = key.draw_key(sheet, entries, sheet.foot) + 26
    top = sheet.height - 32
    most = int((top - floor) // (SMALLEST * 1.25))
    shown = table.head(most)
    pitch = min((top - floor) / len(shown), 46.0)
    size = size_that_fits(pitch / (2 if pitch >= 27 else 1), 11.5)
    narrow = sheet.width < 700
    left = sheet.width * 0.26
    columns = [
        ("days", 34.0, "right"),
        ("informed", 52.0, "center"),
        ("owner", sheet.width * (0.16 if narrow else 0.18), "left"),
    ]
    if shown["leaving"].map(len).any():
        columns.append(("left to others", sheet.width * (0.15 if narrow else 0.17), "left"))
    right = sheet.width - sum(width for _, width, _ in columns) - 8
    first = [date.toordinal() for date in shown["first_known"]]
    days = {day for start, spells in zip(first, shown["unowned"], strict=True)
            for day in (start, *(one.toordinal() for spell in spells for one in spell))} | {view.day}  # fmt: skip
    axis = TimeAxis(dict.fromkeys(sorted(days), 1), left + 4, right, 2.0)
    bottom = top - pitch * len(shown)
    Frame(sheet, Box(left, bottom, right, top), 0, 1).time(axis)
    sheet.line([(left, bottom), (right, bottom)], INK, 0.9)
    places = []
    x = right + 8
    for head, width, ha in columns:
        anchor = {"left": x + 4, "center": x + width / 2, "right": x + width - 4}[ha]
        sheet.write(anchor, top + 11, ["days", "unowned"] if head == "days" else head, SMALLEST, ha=ha, colour=SOFT)
        places.append((anchor, width - 6, ha))
        x += width
    for place, line in enumerate(each(shown)):
        y = top - (place + 0.5) * pitch
        sheet.line([(0, y - pitch / 2), (sheet.width, y - pitch / 2)], FAINT, 0.8, 0.5)
        _worry(sheet, view, line, y, left - 8, size, pitch)
        _bars(sheet, view, line, y, axis, min(pitch * 0.56, 15.0), unowned_kws, owned_kws)
        owners = ", ".join(short_name(view.records, name) for name in line.owners) or "nobody named"
        if line.owners and not line.owner_has_it:
            owners = f"° {owners}"
        left_to = ""
        if line.leaving:
            whom = ", ".join(short_name(view.records, name) for name in line.assumed) or "others"
            left_to = f"{count(len(line.leaving), 'person', 'people')} to {whom}"
        cells = (str(line.days_unowned), str(len(line.informed)), owners, left_to)
        rows = max(1, min(3, int(pitch // (SMALLEST * 1.2))))
        for (anchor, width, ha), text in zip(places, cells[: len(places)], strict=True):
            if text:
                sheet.write(
                    anchor,
                    y,
                    wrap(text, width, SMALLEST, rows),
                    SMALLEST,
                    ha=ha,
                    weight="bold" if ha == "right" else "normal",
                )
    said = f"{count(len(table), 'worry', 'worries')} known by {day_text(view.day)}."
    if len(table) > len(shown):
        rest = count(len(table) - len(shown), "worry", "worries")
        said += f" {rest} with the fewest days unowned not shown for want of room."
    if not axis.plain:
        said += " Time is not to scale."
    said += " Informed: involved professionals who have it on record."
    if (table["owners"].map(len).astype(bool) & ~table["owner_has_it"].fillna(True).astype(bool)).any():
        said += " °: no record that the owner has it."
    if table["leaving"].map(len).any():
        said += " Left to others: who is on record as assuming that somebody else would act."
    sheet.caption(said)


def _worry(sheet: Sheet, view: Snapshot, line: Any, y: float, width: float, size: float, pitch: float) -> None:
    """The worry's id, its summary, and its severity as a row of small blocks."""
    blocks = 4 * 6.0 + 6
    name = clean(line.concern)
    wide = measure(name, size, "bold")[0]
    for place in range(4):
        full = place < line.severity
        sheet.ax.add_patch(
            Rectangle(
                (place * 6.0, y - 3),
                4.6,
                6,
                facecolor=INK if full else PAPER,
                edgecolor=INK if full else "#9a9a9a",
                linewidth=0.7,
            )
        )
    sheet.write(blocks, y, name, size, weight="bold")
    text = view.records.concerns[line.concern].summary or view.records.concerns[line.concern].category
    room = width - blocks - wide - 6
    if room > 30:
        rows = max(1, min(3, int(pitch // (SMALLEST * 1.25))))
        sheet.write(blocks + wide + 6, y, wrap(text, room, SMALLEST, rows), SMALLEST)


def _bars(
    sheet: Sheet, view: Snapshot, line: Any, y: float, axis: TimeAxis, high: float, unowned_kws: Any, owned_kws: Any
) -> None:
    start = line.first_known.toordinal()
    pale = with_style({"facecolor": OWNED, "edgecolor": INK, "linewidth": 0.8}, owned_kws)
    dark = with_style({"facecolor": MARK, "edgecolor": INK, "linewidth": 0.8}, unowned_kws)
    end = axis.end[view.day]
    sheet.ax.add_patch(
        Rectangle((axis.start[start], y - high / 2), max(end - axis.start[start], 2.0), high, zorder=2.0, **pale)
    )
    for first, last in line.unowned:
        x0, x1 = axis.start[first.toordinal()], axis.end[last.toordinal()]
        sheet.ax.add_patch(Rectangle((x0, y - high / 2), max(x1 - x0, 2.0), high, zorder=2.2, **dark))


def _describe(ax: Axes, view: Snapshot, table: pd.DataFrame) -> None:
    words = [
        f"Responsibility for the worries of {clean(view.case.title)} by {day_text(view.day)}: "
        f"{count(len(table), 'worry', 'worries')} known."
    ]
    if len(table):
        nobody = table.loc[~table["status"].isin(["owned", "completed"]), "concern"].tolist()
        words.append(
            f"No row shows an informed owner or a completed action for {len(nobody)} of them"
            + (f": {in_words(nobody)}." if nobody else ".")
        )
        words.append(f"Longest unowned: {table['concern'][0]}, {table['days_unowned'][0]} days.")
        leaving = sorted({name for some in table["leaving"] for name in some})
        if leaving:
            words.append(
                f"{count(len(leaving), 'person is', 'people are')} on record as assuming that others would act."
            )
    describe(ax, "responsibility", " ".join(words))
