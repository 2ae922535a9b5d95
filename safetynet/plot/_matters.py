"""The picture of the matters: what a reviewer may want to look at, and beside it what worked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Unpack

from matplotlib.patches import Circle, Wedge

from ..case import Case
from ..dates import DateLike, date_of
from ..review import Finding, Matter, as_matters, found
from ..wording import count, day, short_day
from .kit import key
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.sheet import Sheet
from .kit.style import EDGE, FAINT, INK, MARK, PAPER, SOFT, Style
from .kit.words import clean, wrap_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STRENGTH = "#009E73"
SIDES = {"gap": ("gap", MARK), "strength": ("strength", STRENGTH)}  # what one is called, and its bars
BALL = 5.0  # points: the radius of the disc of certainty
CODES_AND_DAY = re.compile(r" \([^()]*, (\d{1,2} \w{3} \d{4})\)$")
HIGHEST = 64.0  # points between two matters


@picture
def matters(
    case: Case,
    at: DateLike | None = None,
    *,
    hindsight: bool = True,
    bar_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """The matters of a case: gaps at the left, strengths at the right, the weightiest of each on top.

    A bar is as long as the weight of the matter, a disc as full as its certainty, a line in the strip as long as the
    period that it speaks of. What has no room is counted. It is about the record, and no judgement of anybody.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    hindsight : bool
        As in :func:`safetynet.matters`.
    bar_kws : mapping, optional
        Style of the bars (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the two sides.

    See Also
    --------
    safetynet.matters : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.matters(sn.load_case("max"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:66]
    'Matters of Max (illustrative) by 15 Dec 2023: 7 gaps and 6 strengt'
    """
    heading = "what a reviewer may want to look at, and what worked, by {day}"
    with drawing("matters", case, at, heading, bar_kws=bar_kws, **common) as page:
        page.needs(300.0, 200.0)
        every = found(case, date_of(page.view.day), hindsight=hindsight, rules=page.view.rules)
        listed = [_dated(one, every[one.findings[0]]) for one in as_matters(every)]
        _describe(page, listed)
        if listed:
            _Sides(page, listed, bar_kws).draw()
        else:
            page.say("No rule finds anything to point out in the record by this date.")
    return page.ax


def _dated(one: Matter, leading: Finding) -> Matter:
    """A matter whose heading has its day as pictures write days."""
    if leading.date is None:
        return one
    return one._replace(matter=one.matter.replace(day(leading.date), short_day(leading.date)))


class _Side(NamedTuple):
    """One side: its matters, and where it stands."""

    name: str
    every: list[Matter]
    left: float
    right: float


class _Sides:
    """One drawing: two lists side by side."""

    def __init__(self, page: CasePage, listed: Sequence[Matter], bar_kws: Style) -> None:
        self.page, self.bar_kws = page, bar_kws
        self.heaviest = max(one.weight for one in listed) or 1.0
        cut = page.width * 0.56
        sides = {name: [one for one in listed if one.side == name] for name in SIDES}
        self.sides = [
            _Side("gap", sides["gap"], 0.0, cut - 12),
            _Side("strength", sides["strength"], cut + 12, page.width),
        ]
        self.bar = page.width * 0.055
        self.strip = page.width * 0.1 if page.width >= 640 else 0.0
        dated = [when for one in listed for when in (one.date, one.until) if when is not None]
        self.first, self.last = min([*dated, page.view.day]), max([*dated, page.view.day])

    def draw(self) -> None:
        page, entries = self.page, self._key()
        page.fit_letters(
            lambda: self._fit(page.floor(entries)) and self._fit(page.floor_over_codes(entries, self._codes()))
        )
        floor = page.key_with_codes(entries, self._codes())
        page.needs(300.0, floor + 60.0)
        for side in self.sides:
            self._draw_side(side)
        self._caption()

    def _fit(self, floor: float) -> int | None:
        """How many matters of a side have room over such a key, if that is enough; and how far apart they stand."""
        page, most = self.page, max(len(side.every) for side in self.sides)
        self.top = page.height - page.line_high * 2
        room = self.top - floor - (page.line_high * 1.3 if self.strip else 0.0) - 4
        self.pitch = min(max(room / most, 2.2 * page.line_high + 4), HIGHEST)
        self.fits = int((room + 1e-6) // self.pitch)
        return self.fits if self.fits >= min(most, 3) else None

    def _codes(self) -> set[str]:
        """The codes of concerns in the headings that are shown."""
        shown = [one for side in self.sides for one in side.every[: self.fits]]
        return {code for one in shown for code in one.concerns if re.search(rf"\b{re.escape(code)}\b", one.matter)}

    def _key(self) -> list[key.Entry]:
        there = [side for side in self.sides if side.every]
        bars = [
            key.swatch(f"weight of a {SIDES[side.name][0]}", SIDES[side.name][1], width=20.0, high=7.0)
            for side in there
        ]
        ball = key.sample("how certain: full is 1", lambda sheet, x, y: _ball(sheet, x + 6, y, 0.7), 14.0)
        period = key.stroke("the period that it speaks of", INK, 3.0, length=18.0)
        return [*bars, ball, *([period] if self.strip else [])]

    def _draw_side(self, side: _Side) -> None:
        page, number = self.page, len(side.every)
        head = count(number, SIDES[side.name][0]) if number else f"no {SIDES[side.name][0]}"
        page.write(side.left, page.height - page.line_high * 1.1, head, page.small + 1, weight="bold")
        if not number:
            page.write(side.left, self.top - page.line_high, "No rule finds one in this record.", colour=SOFT)
            return
        shown = side.every[: self.fits]
        start = side.left + self.bar + 2 * BALL + 12
        room = side.right - start - (self.strip + 10 if self.strip else 0)
        names = {str(place): one.matter for place, one in enumerate(shown)}
        most = max(1, min(4, int((self.pitch - 3) // page.line_high)))
        rooms = dict.fromkeys(names, room)
        cut = wrap_apart(names, rooms, page.small, most)
        shorter = {place: CODES_AND_DAY.sub(r" (\1)", names[place]) for place in names if cut[place][-1].endswith("…")}
        if shorter:  # the codes give way before half of a date stands there
            cut = wrap_apart(names | shorter, rooms, page.small, most)
        for place, one in enumerate(shown):
            y = self.top - (place + 0.5) * self.pitch
            page.line([(side.left, y + self.pitch / 2), (side.right, y + self.pitch / 2)], FAINT, 0.8, 0.5)
            wide = max(self.bar * one.weight / self.heaviest, 1.5)
            page.rectangle(
                side.left + self.bar - wide, y - 5, wide, 10, SIDES[side.name][1], INK, 0.8, style=self.bar_kws
            )
            _ball(page, side.left + self.bar + BALL + 5, y, one.certainty)
            page.write(start, y, cut[str(place)])
            if self.strip:
                self._draw_period(one, side.right - self.strip, y)
        if self.strip:
            self._draw_scale(side.right - self.strip, self.top - len(shown) * self.pitch)

    def _x(self, left: float, when: int) -> float:
        return left + (when - self.first) / max(self.last - self.first, 1) * self.strip

    def _draw_period(self, one: Matter, left: float, y: float) -> None:
        page = self.page
        page.line([(left, y), (left + self.strip, y)], EDGE, 0.8, 1.0)
        if one.date is None:
            return
        x0, x1 = self._x(left, one.date), self._x(left, one.until if one.until is not None else one.date)
        middle, half = (x0 + x1) / 2, max((x1 - x0) / 2, 1.5)
        page.line([(middle - half, y), (middle + half, y)], INK, 5.0, 2.0)

    def _draw_scale(self, left: float, bottom: float) -> None:
        """The first and the last year under the strip."""
        page, y = self.page, bottom - self.page.small * 0.6 - 4
        first, last = (str(date_of(when).year) for when in (self.first, self.last))
        page.line([(left, bottom), (left + self.strip, bottom)], INK, 0.9)
        if first != last:
            page.write(left, y, first, colour=SOFT)
        page.write(left + self.strip, y, last, ha="right", colour=SOFT)

    def _caption(self) -> None:
        said = []
        for side in self.sides:
            rest = len(side.every) - self.fits
            if rest > 0:
                said.append(f"{count(rest, 'lighter ' + SIDES[side.name][0])} not shown for want of room.")
        said.append("Found by rules in the coded record; a matter is a question, no judgement of anybody.")
        self.page.caption(said)


def _ball(sheet: Sheet, x: float, y: float, share: float) -> None:
    """A disc that is as full as a share."""
    sheet.ax.add_patch(Circle((x, y), BALL, facecolor=PAPER, edgecolor=INK, linewidth=1.0, zorder=3.0))
    if share > 0:
        start = 90 - 360 * min(share, 1.0)
        sheet.ax.add_patch(Wedge((x, y), BALL, start, 90, facecolor=INK, edgecolor="none", linewidth=0, zorder=3.1))


def _describe(page: CasePage, listed: Sequence[Matter]) -> None:
    sides = {name: [clean(one.matter) for one in listed if one.side == name] for name in SIDES}
    gaps, strengths = count(len(sides["gap"]), "gap"), count(len(sides["strength"]), "strength")
    words = [f"Matters of {page.title} by {page.day}: {gaps} and {strengths}."]
    for head, some in (("The weightiest gaps: ", sides["gap"]), ("The weightiest strengths: ", sides["strength"])):
        if some:
            words.append(f"{head}{'; '.join(some[:3])}.")
    unsure = sum(one.certainty < 0.5 for one in listed)
    if unsure:
        words.append(f"{count(unsure, 'matter')} of a certainty under one half.")
    page.describe(words)
