"""The picture of a comparison: values of many cases or groups side by side, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError
from ..wording import count
from .kit import key
from .kit.alt import describe
from .kit.frame import numeral, round_steps
from .kit.sheet import Sheet, new_axes, title
from .kit.style import FAINT, INK, PAPER, QUIET, SIZES, SMALLEST, SOFT, Look, settings
from .kit.words import clean, fit, size_that_fits
from .kit.words import measure as text_size

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

GROUPS = (
    Look("#0072B2", "o", ""), Look("#E69F00", "s", ""), Look("#009E73", "^", ""), Look("#CC79A7", "D", ""),
    Look("#F0E442", "v", ""), Look("#56B4E9", "p", ""), Look("#D55E00", "h", ""), Look("#999999", "8", ""),
)  # fmt: skip
MEASURES = ("measure", "score", "name")
GROUPINGS = ("group", "outcome", "case")


def compare(
    table: pd.DataFrame, *, value: str = "value", measure: str | None = None, group: str | None = None,
    label: str | None = None, heading: str = "", ax: Axes | None = None, mark_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """Values of cases or groups, measure by measure: a strip of points, or points with their intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        A line per value, with the columns named below, and ``low`` and ``high`` where it has an interval. What
        :func:`safetynet.intervals` and :func:`safetynet.compare` give can be drawn as it is.
    value : str
        The column of the values.
    measure : str, optional
        The column that says what is measured. Default: ``measure``, ``score`` or ``name``, whichever is there;
        else everything is one measure.
    group : str, optional
        The column that says which group (or case) a value belongs to. Default: ``group``, ``outcome`` or
        ``case``, whichever is there; else there is one group.
    label : str, optional
        A column with a name for each point, written beside it where there is room.
    heading : str
        The title of the picture.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    mark_kws : mapping, optional
        Style of the marks (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    ArgumentError
        If a column that is named is not there, or the table has no line with a value.

    Notes
    -----
    Measures that all lie between -1 and 1 share one scale; otherwise each has its own, written under it. Values
    that are not defined are counted. The picture has the dates of the table, so there is no ``at=`` here.

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> table = pd.DataFrame(
    ...     {
    ...         "measure": ["best_picture"] * 2,
    ...         "group": ["improved", "death"],
    ...         "value": [0.9, 0.3],
    ...         "low": [0.8, 0.2],
    ...         "high": [1.0, 0.5],
    ...     }
    ... )
    >>> ax = sn.plot.compare(table, ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)
    'Comparison of 1 measure over 2 groups. best picture: improved 0.9 (0.8 to 1), death 0.3 (0.2 to 0.5).'
    """
    columns = list(table.columns)
    measure = measure or next((name for name in MEASURES if name in columns), None)
    group = group or next((name for name in GROUPINGS if name in columns and name != measure), None)
    for name in (value, measure, group, label):
        if name is not None and name not in columns:
            raise ArgumentError(f"the table has no column {name!r}; it has {', '.join(map(repr, columns))}.")
    lines = _lines(table, value, measure, group, label)
    defined = [line for line in lines if line["value"] == line["value"]]
    if not defined:
        raise ArgumentError("the table has no line with a value, so there is nothing to draw.")
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        sheet = Sheet(ax)
        title(ax, heading or "Comparison")
        _draw(sheet, defined, len(lines) - len(defined), mark_kws)
        _describe(ax, defined)
    return ax


def _lines(
    table: pd.DataFrame, value: str, measure: str | None, group: str | None, label: str | None
) -> list[dict[str, Any]]:
    found = []
    for line in table.to_dict("records"):
        low, high = (float(line[side]) if side in line else float("nan") for side in ("low", "high"))
        found.append(
            {
                "measure": "" if measure is None else clean(str(line[measure])).replace("_", " "),
                "group": "" if group is None else clean(str(line[group])),
                "value": float(line[value]),
                "low": low,
                "high": high,
                "label": "" if label is None else clean(str(line[label])),
            }
        )
    return found


def _draw(sheet: Sheet, lines: Sequence[dict[str, Any]], undefined: int, mark_kws: Any) -> None:
    measures = list(dict.fromkeys(line["measure"] for line in lines))
    groups = list(dict.fromkeys(line["group"] for line in lines))
    looks = {name: GROUPS[place % len(GROUPS)] for place, name in enumerate(groups)}
    by_group = len(groups) > 1 and len(groups) <= len(GROUPS)
    entries = [key.of_marker(looks[name], 8.0, name) for name in groups] if by_group else []
    floor = (key.draw_key(sheet, entries, sheet.foot) if entries else sheet.foot) + 4
    blocks = [
        (name, [one for one in groups if any(line["measure"] == name and line["group"] == one for line in lines)])
        for name in measures
    ]
    total = sum(len(found) for _, found in blocks)
    ends = [end for line in lines for end in (line["value"], line["low"], line["high"]) if end == end]
    shared = len(measures) == 1 or (min(ends) >= -1.0001 and max(ends) <= 1.0001)
    scales = 18.0 * (1 if shared else len(blocks))
    top = sheet.height - 6
    room = top - floor - scales - 5 * len(blocks)
    pitch = min(room / total, 52.0)
    size = size_that_fits(pitch, 11.5)
    name_wide = (
        min(max(text_size(name, size, "bold")[0] for name in measures) + 14, sheet.width * 0.3)
        if any(measures)
        else 0.0
    )
    group_wide = (
        min(max((text_size(name, SMALLEST)[0] for name in groups), default=0.0) + 14, sheet.width * 0.22)
        if len(groups) > 1
        else 8.0
    )
    left, right = name_wide + group_wide, sheet.width - 78
    y = top
    for name, found in blocks:
        mine = [line for line in lines if line["measure"] == name]
        span = _span(lines if shared else mine)
        start = y
        for one in found:
            middle = y - pitch / 2
            _row(
                sheet,
                [line for line in mine if line["group"] == one],
                middle,
                pitch,
                (left, right),
                span,
                looks[one] if by_group or len(groups) == 1 else GROUPS[0],
                mark_kws,
            )
            if len(groups) > 1:
                sheet.write(left - 8, middle, fit(one, group_wide - 8, SMALLEST), SMALLEST, ha="right")
            y -= pitch
        sheet.write(0, (start + y) / 2, fit(name, name_wide - 8, size, "bold") if name else "", size, weight="bold")
        if not shared:
            _scale(sheet, y, start, left, right, span)
            y -= 18.0
        sheet.line([(0, y - 2.5), (sheet.width, y - 2.5)], FAINT, 0.8, 0.5)
        y -= 5.0
    if shared:
        _scale(sheet, y + 5, top, left, right, _span(lines))
    said = f"{count(len(lines), 'value')}"
    if any(line["low"] == line["low"] for line in lines):
        said += "; a line through a mark is its interval"
    said += f"; {undefined} not defined and not drawn." if undefined else "."
    if not shared:
        said += " Each measure has its own scale."
    sheet.caption(said)


def _span(lines: Sequence[dict[str, Any]]) -> tuple[float, float]:
    ends = [end for line in lines for end in (line["value"], line["low"], line["high"]) if end == end]
    low, high = min(ends), max(ends)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (low, low + 1)


def _scale(sheet: Sheet, y: float, top: float, left: float, right: float, span: tuple[float, float]) -> None:
    for value in round_steps(*span):
        x = left + (value - span[0]) / (span[1] - span[0]) * (right - left)
        sheet.line([(x, y), (x, top)], QUIET if value == 0 and span[0] < 0 else FAINT, 0.8, 0.6)
        sheet.write(x, y - 9, numeral(value), SMALLEST, ha="center", colour=SOFT)


def _row(
    sheet: Sheet,
    lines: Sequence[dict[str, Any]],
    y: float,
    pitch: float,
    sides: tuple[float, float],
    span: tuple[float, float],
    look: Look,
    mark_kws: Any,
) -> None:
    """The values of one group: one with its interval and its number, or several as a strip with their median."""
    left, right = sides

    def x(value: float) -> float:
        return left + (value - span[0]) / (span[1] - span[0]) * (right - left)

    size = max(5.0, min(9.0, pitch * 0.5))
    shift = _spread(sorted(x(line["value"]) for line in lines), size)
    for place, line in enumerate(sorted(lines, key=lambda line: (line["value"], line["label"]))):
        here = (
            y + max(-pitch / 2 + size / 2, min(pitch / 2 - size / 2, shift[place] * size * 0.8))
            if len(lines) > 1
            else y
        )
        if line["low"] == line["low"] and line["high"] == line["high"]:
            sheet.line([(x(line["low"]), here), (x(line["high"]), here)], INK, 1.8, 2.0)
            for bound in (line["low"], line["high"]):
                sheet.line([(x(bound), here - 4), (x(bound), here + 4)], INK, 1.4, 2.0)
        sheet.mark(x(line["value"]), here, look.marker, size, look.colour, z=3, width=1.0, style=mark_kws)
        if line["label"]:
            box = sheet.box(x(line["value"]) + size, here, [line["label"]], SMALLEST)
            if sheet.taken.free(box, 1) and box.right < right + 70:
                sheet.write(x(line["value"]) + size, here, line["label"], SMALLEST, colour=SOFT, halo=True)
    if len(lines) == 1:
        sheet.write(
            right + 72, y, numeral(lines[0]["value"]), max(SMALLEST, min(11.0, size + 3)), ha="right", weight="bold"
        )
    else:
        values = sorted(line["value"] for line in lines)
        half = len(values) // 2
        middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
        sheet.line([(x(middle), y - pitch * 0.4), (x(middle), y + pitch * 0.4)], INK, 2.2, 2.5)
        sheet.write(right + 72, y, f"median {numeral(middle)}", SMALLEST, ha="right")


def _spread(xs: Sequence[float], size: float) -> list[int]:
    """How far up or down each point of a strip moves so that it does not lie on its neighbours."""
    placed: list[tuple[float, int]] = []
    for x in xs:
        used = {level for other, level in placed if abs(other - x) < size}
        level = next(one for one in (0, 1, -1, 2, -2, 3, -3, 4, -4, *range(5, 10000)) if one not in used)
        placed.append((x, level))
    return [level for _, level in placed]


def _describe(ax: Axes, lines: Sequence[dict[str, Any]]) -> None:
    measures = list(dict.fromkeys(line["measure"] for line in lines))
    groups = list(dict.fromkeys(line["group"] for line in lines))
    words = [f"Comparison of {count(len(measures), 'measure')} over {count(len(groups), 'group')}."]
    for name in measures[:8]:
        parts = []
        for group in groups[:6]:
            mine = [line for line in lines if line["measure"] == name and line["group"] == group]
            if len(mine) == 1:
                bounds = (
                    f" ({numeral(mine[0]['low'])} to {numeral(mine[0]['high'])})"
                    if mine[0]["low"] == mine[0]["low"]
                    else ""
                )
                parts.append(f"{group} {numeral(mine[0]['value'])}{bounds}".strip())
            elif mine:
                low, high = min(line["value"] for line in mine), max(line["value"] for line in mine)
                parts.append(f"{group} {len(mine)} values from {numeral(low)} to {numeral(high)}".strip())
        words.append(f"{name or 'values'}: {', '.join(parts)}.")
    describe(
        ax, "compare", " ".join(words) + ("" if len(measures) <= 8 else f" And {len(measures) - 8} more measures.")
    )
    ax.set_facecolor(PAPER)
