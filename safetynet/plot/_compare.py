"""The picture of a comparison: values of many cases or groups side by side, with their intervals."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ArgumentError, type_of
from ..wording import count
from .kit.drawing import NoRoomError, Page, paper
from .kit.frame import numeral, round_steps
from .kit.style import FAINT, INK, QUIET, SOFT, Look, Style
from .kit.words import clean, fit_apart, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ..study.compared import GroupComparison

GROUPS = (
    *(Look("#0072B2", "o", ""), Look("#E69F00", "s", ""), Look("#009E73", "^", ""), Look("#CC79A7", "D", "")),
    *(Look("#F0E442", "v", ""), Look("#56B4E9", "p", ""), Look("#D55E00", "h", ""), Look("#999999", "8", "")),
)
MEASURES = ("measure", "score", "name")
GROUPINGS = ("group", "outcome", "case")
BESIDE = 90.0  # points at the right, for the numbers


class Value(NamedTuple):
    """One value of the table, with its interval where it has one."""

    measure: str
    group: str
    value: float
    low: float
    high: float
    label: str

    @property
    def bounded(self) -> bool:
        return not math.isnan(self.low + self.high)


def compare(
    table: pd.DataFrame | GroupComparison,
    *,
    value: str = "value",
    measure: str | None = None,
    group: str | None = None,
    label: str | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    mark_kws: Style = None,
) -> Axes:
    """Values of cases or groups, measure by measure: a strip of points, or points with their intervals.

    The picture has the dates of the table, so there is no ``at=`` here. Measures that all lie between -1 and 1
    share one scale; otherwise each has its own, written under it. Values that are not defined are counted, and so are
    the last measures where not all have room.

    Parameters
    ----------
    table : pandas.DataFrame or GroupComparison
        A line per value, with the columns named below, and ``low`` and ``high`` where it has an interval. What
        :func:`safetynet.intervals` and :func:`safetynet.compare` give can be drawn as it is; of groups their means.
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
    ax, title, mark_kws
        As for every picture; see :doc:`/gallery`. The style is that of the marks (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the strips.

    Raises
    ------
    ArgumentError
        If a column that is named is not there, or the table has no line with a value.

    Examples
    --------
    >>> import pandas as pd
    >>> import safetynet as sn
    >>> line = {"measure": "best_picture", "group": "improved", "value": 0.9, "low": 0.8, "high": 1.0}
    >>> other = {"measure": "best_picture", "group": "death", "value": 0.3, "low": 0.2, "high": 0.5}
    >>> ax = sn.plot.compare(pd.DataFrame([line, other]), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)
    'Comparison of 1 measure over 2 groups. best picture: improved 0.9 (0.8 to 1), death 0.3 (0.2 to 0.5).'
    """
    from ..study.compared import GroupComparison

    if isinstance(table, GroupComparison):
        table = table.groups
    if not hasattr(table, "columns"):
        hint = "Give a DataFrame with a line per value, such as sn.intervals(case) gives."
        raise ArgumentError(f"table is {type_of(table)}. {hint}")
    columns = list(table.columns)
    measure = measure or next((name for name in MEASURES if name in columns), None)
    group = group or next((name for name in GROUPINGS if name in columns and name != measure), None)
    for name in (value, measure, group, label):
        if name is not None and name not in columns:
            raise ArgumentError(f"the table has no column {name!r}; it has {', '.join(map(repr, columns))}.")
    lines = _values(table, value, measure, group, label)
    defined = [line for line in lines if not math.isnan(line.value)]
    if not defined:
        raise ArgumentError("the table has no line with a value, so there is nothing to draw.")
    with paper("compare", "Comparison", ax=ax, title=title, mark_kws=mark_kws) as page:
        page.needs()
        _describe(page, defined)
        _Strips(page, defined, mark_kws).draw(len(lines) - len(defined))
    return page.ax


def _values(table: pd.DataFrame, value: str, measure: str | None, group: str | None, label: str | None) -> list[Value]:
    def text(line: dict[str, object], column: str | None) -> str:
        return "" if column is None else clean(str(line[column]))

    found = []
    for one in table.to_dict("records"):
        line = {str(name): cell for name, cell in one.items()}
        low, high = (float(line.get(side, math.nan)) for side in ("low", "high"))
        words = text(line, measure).replace("_", " ")
        found.append(Value(words, text(line, group), float(line[value]), low, high, text(line, label)))
    return found


class _Strips:
    """One drawing: a block for each measure, in it a strip for each group."""

    def __init__(self, page: Page, lines: Sequence[Value], mark_kws: Style) -> None:
        self.page, self.lines, self.mark_kws = page, lines, mark_kws
        self.measures = list(dict.fromkeys(line.measure for line in lines))
        self.left_off = 0
        self.groups = list(dict.fromkeys(line.group for line in lines))
        told_apart = len(self.groups) <= len(GROUPS)
        self.looks = {name: GROUPS[place if told_apart else 0] for place, name in enumerate(self.groups)}
        ends = _ends(lines)
        self.shared = len(self.measures) == 1 or (min(ends) >= -1.0001 and max(ends) <= 1.0001)

    def draw(self, undefined: int) -> None:
        page, floor = self.page, self.page.foot + 4
        blocks = self._blocks()
        self._measure_names()
        y = top = page.height - 6
        for name, groups in blocks.items():
            mine = [line for line in self.lines if line.measure == name]
            start, y = y, self._draw_block(y, name, groups, mine)
            if not self.shared:
                self._draw_scale(y, start, _span(mine))
                y -= page.small + 9.0
            page.line([(0, y - 2.5), (page.width, y - 2.5)], FAINT, 0.8, 0.5)
            y -= 5.0
        if self.shared:
            self._draw_scale(max(y + 5, floor + page.small + 9.0), top, _span(self.lines))
        self._caption(undefined)

    def _blocks(self) -> dict[str, list[str]]:
        """The groups of each measure that is drawn: of all, or of the first ones where not all have room."""
        blocks = {name: self._groups_of(name) for name in self.measures}
        with suppress(NoRoomError):
            self.pitch = self.page.fit_letters(lambda: self._pitch(blocks))
            return blocks
        while self._pitch(blocks) is None:  # in the smallest letters, in which it was tried last
            blocks.popitem()
            if not blocks:
                raise NoRoomError
        self.pitch = self._pitch(blocks) or 0.0
        self.left_off = len(self.measures) - len(blocks)
        self.measures = list(blocks)
        self.lines = [line for line in self.lines if line.measure in blocks]
        return blocks

    def _pitch(self, blocks: Mapping[str, Sequence[str]]) -> float | None:
        """How far the strips are apart; None where that is less than a line of letters."""
        page, scales = self.page, 1 if self.shared else len(blocks)
        room = page.height - 10 - page.foot - (page.small + 9.0) * scales - 5 * len(blocks)
        pitch = min(room / sum(map(len, blocks.values())), 52.0)
        return pitch if pitch >= page.line_high else None

    def _groups_of(self, measure: str) -> list[str]:
        there = {line.group for line in self.lines if line.measure == measure}
        return [name for name in self.groups if name in there]

    def _measure_names(self) -> None:
        """How wide the names of the measures and of the groups are, and so where the strips begin and end."""
        page, many = self.page, len(self.groups) > 1
        longest = max(page.wide(name, weight="bold") for name in self.measures) if any(self.measures) else -14.0
        self.name_wide = min(longest + 14, page.width * 0.3)
        self.group_wide = min(max(map(page.wide, self.groups)) + 14, page.width * 0.22) if many else 8.0
        self.left, self.right = self.name_wide + self.group_wide, page.width - BESIDE
        shown = {name: name for name in self.groups}
        self.group_names = fit_apart(shown, self.group_wide - 8, page.small) if many else {}

    def _draw_block(self, y: float, name: str, groups: Sequence[str], lines: Sequence[Value]) -> float:
        """The strips of one measure from `y` down; returns where they end."""
        page, start = self.page, y
        span = _span(self.lines if self.shared else lines)
        for group in groups:
            middle = y - self.pitch / 2
            self._draw_strip([line for line in lines if line.group == group], middle, span)
            if self.group_names:
                page.write(self.left - 8, middle, self.group_names[group], ha="right")
            y -= self.pitch
        if name:
            text = wrap(name, self.name_wide - 8, page.small, max(1, len(groups)), "bold")
            page.write(0, (start + y) / 2, text, weight="bold")
        return y

    def _x(self, value: float, span: tuple[float, float]) -> float:
        return self.left + (value - span[0]) / (span[1] - span[0]) * (self.right - self.left)

    def _draw_scale(self, y: float, top: float, span: tuple[float, float]) -> None:
        for value in round_steps(*span):
            x = self._x(value, span)
            self.page.line([(x, y), (x, top)], QUIET if value == 0 and span[0] < 0 else FAINT, 0.8, 0.6)
            self.page.write(x, y - self.page.small, numeral(value), ha="center", colour=SOFT)

    def _draw_strip(self, lines: Sequence[Value], y: float, span: tuple[float, float]) -> None:
        """The values of one group: one with its interval and its number, or several with their median."""
        page, size = self.page, max(5.0, min(9.0, self.pitch * 0.5))
        ordered = sorted(lines, key=lambda line: (line.value, line.label))
        half = max(self.pitch / 2 - size / 2, 0.0)
        for line, level in zip(ordered, _levels([self._x(one.value, span) for one in ordered], size), strict=True):
            here = y + max(-half, min(half, level * size * 0.8))
            self._draw_value(line, here, size, span)
        if len(lines) == 1:
            page.write(self.right + BESIDE - 6, y, numeral(lines[0].value), ha="right", weight="bold")
        else:
            middle = statistics.median(line.value for line in lines)
            x = self._x(middle, span)
            page.line([(x, y - self.pitch * 0.4), (x, y + self.pitch * 0.4)], INK, 2.2, 2.5)
            page.write(self.right + BESIDE - 6, y, f"median {numeral(middle)}", ha="right")

    def _draw_value(self, line: Value, y: float, size: float, span: tuple[float, float]) -> None:
        page, x = self.page, self._x(line.value, span)
        if line.bounded:
            low, high = self._x(line.low, span), self._x(line.high, span)
            page.line([(low, y), (high, y)], INK, 1.8)
            for bound in (low, high):
                page.line([(bound, y - 4), (bound, y + 4)], INK, 1.4)
        page.look(x, y, self.looks[line.group], size, z=3, width=1.0, style=self.mark_kws)
        if line.label:
            box = page.box(x + size, y, line.label)
            if page.taken.free(box, 1) and box.right < self.right + BESIDE - 8:
                page.write(x + size, y, line.label, colour=SOFT, halo=True)

    def _caption(self, undefined: int) -> None:
        said = count(len(self.lines), "value")
        if any(line.bounded for line in self.lines):
            said += "; a line through a mark is its interval"
        said += f"; {undefined} not defined and not drawn." if undefined else "."
        sentences = [said] if self.shared else [said, "Each measure has its own scale."]
        if self.left_off:
            sentences.append(f"{count(self.left_off, 'more measure')} not drawn for want of room.")
        self.page.caption(sentences)


def _ends(lines: Sequence[Value]) -> list[float]:
    return [end for line in lines for end in (line.value, line.low, line.high) if not math.isnan(end)]


def _span(lines: Sequence[Value]) -> tuple[float, float]:
    """From where to where a scale goes: 0 to 1 where everything lies there, else so that it has 0."""
    ends = _ends(lines)
    low, high = min(0.0, *ends), max(0.0, *ends)
    if low == 0 and high <= 1:
        return 0.0, 1.0
    return (low, high) if high > low else (low, low + 1)


def _levels(xs: Sequence[float], size: float) -> list[int]:
    """How far up or down each point of a strip moves so that it does not lie on its neighbours."""
    placed: list[tuple[float, int]] = []
    for x in xs:
        used = {level for other, level in placed if abs(other - x) < size}
        level = next(one for step in range(len(xs) + 1) for one in (step, -step) if one not in used)
        placed.append((x, level))
    return [level for _, level in placed]


def _describe(page: Page, lines: Sequence[Value]) -> None:
    measures = list(dict.fromkeys(line.measure for line in lines))
    groups = list(dict.fromkeys(line.group for line in lines))
    words = [f"Comparison of {count(len(measures), 'measure')} over {count(len(groups), 'group')}."]
    for name in measures[:8]:
        mine = [[line for line in lines if (line.measure, line.group) == (name, one)] for one in groups]
        parts = [_of_group(some) for some in mine[:6] if some]
        words.append(f"{name or 'values'}: {', '.join(parts)}.")
    if len(measures) > 8:
        words.append(f"And {count(len(measures) - 8, 'more measure')}.")
    page.describe(words, "comparison")


def _of_group(lines: Sequence[Value]) -> str:
    """The values of one group in words."""
    first, values = lines[0], [line.value for line in lines]
    if len(lines) > 1:
        span = f"{len(lines)} values from {numeral(min(values))} to {numeral(max(values))}"
        return f"{first.group} {span}".strip()
    bounds = f" ({numeral(first.low)} to {numeral(first.high)})" if first.bounded else ""
    return f"{first.group} {numeral(first.value)}{bounds}".strip()
