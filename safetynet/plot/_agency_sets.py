"""The picture of agency sets: which agencies together had which worries on record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from ..case import Case
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tables._agency_sets import agency_sets as table_of
from ..wording import count
from .kit import key
from .kit.alt import describe
from .kit.lines import each
from .kit.sheet import Sheet, new_axes, title
from .kit.style import INK, PAPER, PASSED, SECTORS, SIZES, SMALLEST, SOFT, settings, with_style
from .kit.words import clean, day_text, fit, in_words, measure, short_name, size_that_fits

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


STYLES = (  # fill, hatch, words of the key
    (PASSED, "", "several agencies have them"),
    ("#E69F00", "..", "one agency has them"),
    (PAPER, "", "only the family has them"),
)


def _kind(agencies: tuple[str, ...]) -> str:
    return STYLES[0][2] if len(agencies) > 1 else STYLES[1][2] if agencies else STYLES[2][2]


def _sample(sheet: Sheet, x: float, y: float, *, facecolor: str, hatch: str) -> None:
    sheet.ax.add_patch(Rectangle((x, y - 5), 14, 10, facecolor=facecolor, hatch=hatch, edgecolor=INK, linewidth=1.0))


def agency_sets(
    case: Case, at: Any = None, *, ax: Axes | None = None, rules: Rules | None = None,
    bar_kws: Mapping[str, Any] | None = None, dot_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """Which sets of agencies had which worries on record: a column for each set, with a bar for its worries.

    Columns with one dot are worries that one agency kept; the more dots, the more agencies shared it. The height
    of a bar is the severity of its worries together; the worries stand on it.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    bar_kws, dot_kws : mapping, optional
        Style of the bars (``Rectangle``) and of the dots (``Line2D``).

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
    safetynet.tables.agency_sets : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.agency_sets(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:70]
    'Which agencies have which worries on record in Worked example by 30 Ja'
    """
    view = snapshot(case, at, rules)
    table = table_of(case, at, rules=rules)
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        sheet = Sheet(ax)
        title(ax, f"{case.title}: which agencies had which worries on record by {day_text(view.day)}")
        if table.empty:
            sheet.write(0, sheet.height / 2, "No worry is on anyone's record by this date.", 13)
        else:
            _draw(sheet, view, table, bar_kws, dot_kws)
        _describe(sheet.ax, view, table)
    return ax


def _draw(sheet: Sheet, view: Snapshot, table: pd.DataFrame, bar_kws: Any, dot_kws: Any) -> None:
    held = {name: sum(line.severity for line in each(table) if name in line.agencies)
            for agencies in table["agencies"] for name in agencies}  # fmt: skip
    agencies = sorted(held, key=lambda name: (-held[name], name))
    quiet = sorted({view.party(name) for name in view.actors} - set(agencies))
    names = {name: short_name(view.records, name) for name in agencies}
    entries = [
        key.of_line(partial(_sample, facecolor=colour, hatch=hatch), words, 18.0)
        for colour, hatch, words in STYLES
        if any(_kind(line.agencies) == words for line in each(table))
    ]
    floor = key.draw_key(sheet, entries, sheet.foot) + 2
    rows = len(agencies) + (1 if quiet else 0)
    bars_at_least = sheet.height * 0.3
    pitch = max(SMALLEST * 1.2, min((sheet.height - floor - bars_at_least) / max(rows, 1), 26.0))
    size = size_that_fits(pitch, 11.5)
    left = min(max([measure(name, size)[0] for name in names.values()], default=0) + 60, sheet.width * 0.4)
    wide = min((sheet.width - left) / len(table), 80.0)
    base = floor + pitch * rows + 8
    top = sheet.height - 4
    label_room = 48.0
    unit = (top - base - label_room - 14) / max(float(table["severity"].max()), 1.0)
    for place, name in enumerate(agencies):
        y = base - 8 - (place + 0.5) * pitch
        if place % 2 == 0:
            sheet.ax.add_patch(
                Rectangle(
                    (left, y - pitch / 2), wide * len(table), pitch, facecolor="#f3f3f3", edgecolor="none", zorder=0.3
                )
            )
        agency = view.records.agencies.get(name)
        look = SECTORS[agency.sector if agency else "other"]
        sheet.mark(left - 8, y, look.marker, min(9.0, pitch * 0.6), look.colour)
        sheet.write(left - 18, y, fit(names[name], left - 50, size), size, ha="right")
        sheet.write(0, y, f"{held[name]:g}", SMALLEST, colour=SOFT)
    if quiet:
        words = f"none on record: {', '.join(short_name(view.records, name) for name in quiet)}"
        sheet.write(
            0, base - 8 - (len(agencies) + 0.5) * pitch, fit(words, sheet.width, SMALLEST), SMALLEST, colour=SOFT
        )
    sheet.line([(left, base), (left + wide * len(table), base)], INK, 1.0)
    for place, line in enumerate(each(table)):
        x = left + (place + 0.5) * wide
        _column(sheet, line, x, base, unit, wide, bar_kws)
        ys = [base - 8 - (agencies.index(name) + 0.5) * pitch for name in line.agencies]
        if len(ys) > 1:
            sheet.line([(x, min(ys)), (x, max(ys))], INK, 2.2, 2.0)
        for row in range(len(agencies)):
            y = base - 8 - (row + 0.5) * pitch
            here = agencies[row] in line.agencies
            sheet.mark(
                x,
                y,
                "o",
                min(9.0, pitch * 0.6, wide * 0.8) if here else 3.0,
                INK if here else "#c4c4c4",
                edge=INK if here else "#c4c4c4",
                width=0.6,
                z=3.0 if here else 1.0,
                style=dot_kws,
            )
    alone = int(table.loc[table["agencies"].map(len) == 1, "number"].sum())
    none = int(table.loc[table["agencies"].map(len) == 0, "number"].sum())
    said = f"{count(int(table['number'].sum()), 'worry', 'worries')}; {alone} on the record of one agency only"
    said += f", {none} known to the family alone (no dot)." if none else "."
    sheet.caption(
        f"{said} Height of a bar: severity of its worries together. "
        "At the left: the severity that an agency has on record."
    )


def _column(sheet: Sheet, line: Any, x: float, base: float, unit: float, wide: float, bar_kws: Any) -> None:
    """The bar of one set, with its worries on it."""
    high = line.severity * unit
    colour, hatch, _ = next(one for one in STYLES if one[2] == _kind(line.agencies))
    style = with_style({"facecolor": colour, "edgecolor": INK, "linewidth": 1.1, "hatch": hatch}, bar_kws)
    sheet.ax.add_patch(Rectangle((x - wide * 0.36, base), wide * 0.72, high, zorder=2.0, **style))
    inside = wide * 0.72 >= 20
    lines = _stacked(line.concerns, wide * 0.98 if inside else 200.0, high)
    sheet.write(x, base + high + 4, f"{line.severity:g}", SMALLEST, ha="center", va="bottom", weight="bold")
    if inside and len(lines) * SMALLEST * 1.2 + 4 <= high and not lines[0].startswith("+"):
        sheet.write(
            x,
            base + high - 3,
            lines,
            SMALLEST,
            ha="center",
            va="top",
            colour=PAPER if len(line.agencies) > 1 else INK,
            halo=len(line.agencies) <= 1,
        )
    elif inside:
        names = _stacked(line.concerns, wide, 3 * SMALLEST * 1.2 + 4)
        sheet.write(x, base + high + 16, names, SMALLEST, ha="center", va="bottom")
    else:
        room = max(46.0, sheet.height - base - high - 20)
        sheet.write_turned(x, base + high + 17, fit(" ".join(line.concerns), room, SMALLEST), 90.0)


def _stacked(concerns: tuple[str, ...], wide: float, high: float) -> list[str]:
    """Ids one under the other, as many as fit in a bar, the rest as a number."""
    room = max(1, int((high - 4) // (SMALLEST * 1.2)))
    names = [fit(name, wide * 0.72, SMALLEST) for name in concerns]
    return names if len(names) <= room else [*names[: room - 1], f"+{len(names) - room + 1}"]


def _describe(ax: Axes, view: Snapshot, table: pd.DataFrame) -> None:
    words = [f"Which agencies have which worries on record in {clean(view.case.title)} by {day_text(view.day)}:"]
    if table.empty:
        words.append("no worry is on anyone's record.")
    for line in each(table.head(4)):
        who = in_words([short_name(view.records, name) for name in line.agencies]) or "the family alone"
        words.append(f"{who}: {in_words(line.concerns)};")
    if len(table) > 4:
        words.append(f"and {len(table) - 4} more sets.")
    describe(ax, "agency_sets", " ".join(words).rstrip(";") + ("" if len(table) > 4 or table.empty else "."))
