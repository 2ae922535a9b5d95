"""The picture of agency sets: which agencies together had which worries on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from ..case import Case
from ..dates import DateLike
from ..tables._agency_sets import AgencySet, lines
from ..wording import count, in_words
from .kit import key
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.style import BAND, INK, PAPER, PASSED, SOFT, Style
from .kit.words import fit, fit_apart, ids_in_words, size_that_fits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STYLES = (  # fill, hatch, words of the key
    (PASSED, "", "several agencies have them"),
    ("#E69F00", "..", "one agency has them"),
    (PAPER, "", "only the family has them"),
)


@picture
def agency_sets(
    case: Case,
    at: DateLike | None = None,
    *,
    bar_kws: Style = None,
    dot_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """Which sets of agencies had which worries on record: a column for each set, with a bar for its worries.

    Columns with one dot are worries that one agency kept; the more dots, the more agencies shared it. The height
    of a bar is the severity of its worries together; the worries stand on it.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    bar_kws, dot_kws : mapping, optional
        Style of the bars (``Rectangle``) and of the dots (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with a column for each set.

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
    heading = "which agencies had which worries on record by {day}"
    with drawing("agency_sets", case, at, heading, bar_kws=bar_kws, dot_kws=dot_kws, **common) as page:
        page.needs()
        sets = lines(page.view)
        _describe(page, sets)
        if sets:
            _Columns(page, sets, bar_kws, dot_kws).draw()
        else:
            page.say("No worry is on anyone's record by this date.")
    return page.ax


def _look(line: AgencySet) -> tuple[str, str, str]:
    return STYLES[0 if len(line.parties) > 1 else 1 if line.parties else 2]


class _Columns:
    """One drawing: the agencies are the lines under the bars, a set is a column through them."""

    def __init__(self, page: CasePage, sets: Sequence[AgencySet], bar_kws: Style, dot_kws: Style) -> None:
        self.page, self.sets, self.bar_kws, self.dot_kws = page, sets, bar_kws, dot_kws
        self.weight = {
            name: sum(line.weight for line in sets if name in line.parties) for line in sets for name in line.parties
        }
        self.agencies = sorted(self.weight, key=lambda name: (-self.weight[name], name))
        self.quiet = sorted({page.view.party(name) for name in page.view.actors} - set(self.agencies))

    def draw(self) -> None:
        page = self.page
        shown = [one for one in STYLES if any(_look(line) == one for line in self.sets)]
        entries = [key.swatch(words, fill, line=1.0, hatch=hatch) for fill, hatch, words in shown]
        worries = {worry for line in self.sets for worry in line.concerns}
        self.rows = len(self.agencies) + bool(self.quiet)
        self.pitch, self.unit = page.fit_letters(lambda: self._sizes(page.floor_over_codes(entries, worries)))
        self.base = page.key_with_codes(entries, worries) + 2 + self.pitch * self.rows + 8
        self.size = size_that_fits(self.pitch, page.small + 1)
        longest = max((page.wide(page.name(name), self.size) for name in self.agencies), default=0.0)
        self.left = min(longest + 62, page.width * 0.4)
        self.wide = min((page.width - self.left) / len(self.sets), 80.0)
        self._draw_agencies()
        page.line([(self.left, self.base), (self.left + self.wide * len(self.sets), self.base)], INK)
        for place, line in enumerate(self.sets):
            x = self.left + (place + 0.5) * self.wide
            self._draw_bar(line, x)
            self._draw_dots(line, x)
        self._caption()

    def _sizes(self, floor: float) -> tuple[float, float] | None:
        """How far the lines are apart, and how high a bar is for each unit of weight; None where there is no room."""
        page, over = self.page, 4 * self.page.line_high + 14  # what stands on the bars
        pitch = max(page.line_high, min((page.height * 0.8 - floor - over) / max(self.rows, 1), 26.0))
        bars = page.height - 14 - floor - pitch * self.rows - over
        return (pitch, bars / max(line.weight for line in self.sets)) if bars >= 20 else None

    def _y(self, row: int) -> float:
        return self.base - 8 - (row + 0.5) * self.pitch

    def _draw_agencies(self) -> None:
        page = self.page
        names = fit_apart({name: page.name(name) for name in self.agencies}, self.left - 54, self.size)
        for row, name in enumerate(self.agencies):
            y = self._y(row)
            if row % 2 == 0:
                page.rectangle(self.left, y - self.pitch / 2, self.wide * len(self.sets), self.pitch, BAND, z=0.3)
            page.look(self.left - 8, y, page.look_of(name), min(9.0, self.pitch * 0.6))
            page.write(self.left - 18, y, names[name], self.size, ha="right")
            page.write(0, y, f"{self.weight[name]:g}", colour=SOFT)
        if self.quiet:
            words = f"none on record: {', '.join(page.name(name) for name in self.quiet)}"
            page.write(0, self._y(len(self.agencies)), fit(words, page.width, page.small), colour=SOFT)

    def _draw_dots(self, line: AgencySet, x: float) -> None:
        ys = [self._y(self.agencies.index(name)) for name in line.parties]
        if len(ys) > 1:
            self.page.line([(x, min(ys)), (x, max(ys))], INK, 2.2)
        for row, name in enumerate(self.agencies):
            here = name in line.parties
            size, colour = (min(9.0, self.pitch * 0.6, self.wide * 0.8), INK) if here else (3.0, "#c4c4c4")
            z = 3.0 if here else 1.0
            self.page.mark(x, self._y(row), "o", size, colour, edge=colour, width=0.6, z=z, style=self.dot_kws)

    def _draw_bar(self, line: AgencySet, x: float) -> None:
        """The bar of one set, with its worries on it or over it."""
        page, high, wide = self.page, line.weight * self.unit, self.wide * 0.72
        fill, hatch, _ = _look(line)
        left, style = x - wide / 2, self.bar_kws
        page.rectangle(left, self.base, wide, high, fill, INK, 1.1, hatch=hatch or None, style=style)
        top = self.base + high + 4
        page.write(x, top, f"{line.weight:g}", ha="center", va="bottom", weight="bold")
        if any(page.wide(name) > self.wide - 2 for name in line.concerns):
            room = max(46.0, page.height - top - page.line_high - 4)
            page.write_turned(x, top + page.line_high + 2, fit(" ".join(line.concerns), room, page.small), 90.0)
        elif len(line.concerns) * page.line_high + 4 <= high:
            colour, halo = (PAPER, False) if fill == PASSED else (INK, True)
            page.write(x, top - 7, line.concerns, ha="center", va="top", colour=colour, halo=halo)
        else:
            names = line.concerns if len(line.concerns) <= 3 else (*line.concerns[:2], f"+{len(line.concerns) - 2}")
            page.write(x, top + page.line_high, names, ha="center", va="bottom")

    def _caption(self) -> None:
        alone = sum(line.number for line in self.sets if len(line.parties) == 1)
        family = sum(line.number for line in self.sets if not line.parties)
        said = f"{count(sum(line.number for line in self.sets), 'worry', 'worries')}; "
        said += f"{alone} on the record of one agency"
        said += f" only, {family} known to the family alone (no dot)." if family else " only."
        self.page.caption([said, "Bars, and the numbers at the left: severity added up."])


def _describe(page: CasePage, sets: Sequence[AgencySet]) -> None:
    head = f"Which agencies have which worries on record in {page.title} by {page.day}:"
    if not sets:
        page.describe([head, "no worry is on anyone's record."])
        return
    parts = []
    for line in sets[:4]:
        who = in_words([page.name(name) for name in line.parties], 8) or "the family alone"
        parts.append(f"{who}: {ids_in_words(line.concerns)}")
    if len(sets) > 4:
        parts.append(f"and {count(len(sets) - 4, 'more set')}")
    page.describe([head, "; ".join(parts) + "."])
