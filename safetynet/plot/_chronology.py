"""The chronology picture: a lane for each agency or person, time from left to right."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Unpack, get_args

from ..case import Case
from ..case.vocabulary import WORD_KINDS
from ..dates import DateLike
from ..errors import choose
from ..tables._chronology import lane_of
from ..tables._unshared_worries import ALONE, Kept
from ..tables._unshared_worries import lines as unshared
from ..wording import count, short_day
from ._chronology_marks import ASKED, LOOKS, PERIOD, Marks
from ._chronology_rows import By, Drawn, LaneRows
from ._conditions import SPAN, Conditions
from .kit import key, routes
from .kit.axis import NOT_TO_SCALE
from .kit.common import Keyed, picture
from .kit.drawing import NARROW, CasePage, drawing
from .kit.frame import days_high, draw_days
from .kit.sheet import Sheet
from .kit.style import BAND, EDGE, FAINT, INK, MARK, PAPER, PASSED, QUIET, SOFT, Dash, Look, Style
from .kit.words import ids_in_words, listed, size_that_fits, wrap_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INVOLVED = "#a8a8a8"
STAYED: Dash = (0, (1, 1.4))
BREAK: Dash = (0, (1, 3))
MOST_AT_TAIL = 3  # codes at the end of a dotted tail


@picture
def chronology(
    case: Case,
    at: DateLike | None = None,
    *,
    by: By = "auto",
    contact_kws: Style = None,
    meeting_kws: Style = None,
    label_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """The whole chronology in swim lanes: what became known where, where it went, and where it stopped.

    A dot is where somebody came to know something first hand; an arrow is a contact; a bar through the squares of
    exactly those who took part is a meeting (open squares: who was absent). A cross at the edge of a lane is a
    message that did not arrive. A diamond is an agreed action, with a line to the day on which it was done or due.
    A dotted tail is a worry that stayed with its holder. A date that the source gives only as a month, year or
    interval is a grey bar that ends at its mark. Pale spans under the lanes are the conditions of the work.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    by : {"auto", "agency", "person"}
        What a lane is. "auto": persons if that gives at most 16 lanes, else agencies.
    contact_kws, meeting_kws, label_kws : mapping, optional
        Style of the arrows and of the meeting bars (``Line2D``), and of the lane names (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the lanes.

    Raises
    ------
    ArgumentError
        If `by` is not one of the three.

    See Also
    --------
    safetynet.tables.chronology : the table that it draws.

    Notes
    -----
    Time runs to scale where every day then has room for its rows. Otherwise busy days are wide and empty
    stretches short, with a break mark where a long one is; rows of one day stand side by side in no particular
    order. To look at a part, draw ``case.between(start, end)``.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.chronology(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:59]
    'Chronology of Worked example from 10 Jan 2024 to 30 Jan 202'
    """
    choose("by", by, get_args(By))
    heading = "what happened when, up to {day}"
    with drawing(
        "chronology", case, at, heading, contact_kws=contact_kws, meeting_kws=meeting_kws, label_kws=label_kws, **common
    ) as page:
        page.needs()
        lanes = _Lanes(page, by)
        if lanes.rows:
            lanes.draw(contact_kws, meeting_kws, label_kws)
        else:
            page.say("No row of the chronology has certainly happened by this date.")
            page.describe([f"Chronology of {page.title}: no row by {page.day}."])
    return page.ax


class _Lanes(LaneRows):
    """One drawing of the chronology."""

    def draw(self, contact_kws: Style, meeting_kws: Style, label_kws: Style) -> None:
        page = self.page
        self.kept, self.conditions = unshared(self.view), Conditions(page)
        self._settle()
        self._draw_lanes(label_kws)
        self._draw_conditions(label_kws)
        self._draw_time()
        self._draw_bands()
        marks = Marks(page, self.axis, self.y, self.pitch, contact_kws, meeting_kws)
        shown = [row for row in self.rows if not row.is_bracket and row.item.row not in self.ended]
        for row in shown:
            marks.draw(row)
        for row in shown:
            marks.label(row)
        written = marks.written | self._draw_tails()
        page.key_with_codes(self._key(), self.concerns, written)
        self._caption(marks.left_out)
        self._describe()

    def _settle(self) -> None:
        """The key, and over it how wide the names are and where the lanes and the days lie."""
        page = self.page
        self.concerns = {concern for row in self.rows for concern in row.item.concerns}
        self.top, most = page.height - 2, self.conditions.lines

        def pitch() -> float | None:
            room = self.top - page.floor_over_codes(self._key(), self.concerns) - days_high(page) - 4
            self.conditions.lines = most
            if room - self.conditions.high < page.line_high * len(self.lanes) and page.coded <= NARROW:
                self.conditions.lines = 0  # they give way before the letters do
            each = min((room - self.conditions.high) / len(self.lanes), 100.0)
            return each if each >= page.line_high else None

        self.pitch = page.fit_letters(pitch, 'Give it larger ones, or by="agency".')
        widest = max(page.wide(self.lane_name(lane), page.small + 1) for lane in self.lanes)
        self.left = min((0.26 if page.width > 600 else 0.34) * page.width, widest + 26)
        page.needs(self.left + 160)
        self.bottom = self.top - self.pitch * len(self.lanes) - self.conditions.high
        self.y = {lane: self.top - (place + 0.5) * self.pitch for place, lane in enumerate(self.lanes)}
        self.axis = self.place(self.left + 8, page.width - 6)

    def _draw_lanes(self, label_kws: Style) -> None:
        page, left, size = self.page, self.left, size_that_fits(self.pitch, self.page.small + 1)
        names = {lane: self.lane_name(lane) for lane in self.lanes}
        most = 2 if self.pitch >= size * 2.5 else 1
        shown = wrap_apart(names, dict.fromkeys(names, left - 22), size, most)
        for place, lane in enumerate(self.lanes):
            y, look = self.y[lane], self.lane_look(lane)
            if place % 2 == 0:
                page.rectangle(left, y - self.pitch / 2, page.width - left, self.pitch, BAND, z=0.2)
            if look is not None:
                page.look(left - 7, y, look, min(9.0, self.pitch * 0.55), z=4)
            page.write(left - 16, y, shown[lane], size, ha="right", style=label_kws)
        page.line([(left, self.top), (left, self.bottom)], INK, 1.0, 1.0)

    def _draw_conditions(self, label_kws: Style) -> None:
        """Under the lanes, what the work was done in."""
        high, page = self.conditions.high, self.page
        if high:
            self.conditions.draw(self.axis, self.left + 2, page.width, self.bottom + high)
            page.line([(self.left, self.bottom + high), (page.width, self.bottom + high)], EDGE, 0.6, 1.0)
            page.write(self.left - 16, self.bottom + high / 2, "conditions", ha="right", style=label_kws)

    def _draw_time(self) -> None:
        """The days, the edges of busy ones, the breaks, and the harm."""
        page, axis, top, bottom = self.page, self.axis, self.top, self.bottom
        page.line([(self.left, bottom), (page.width, bottom)], INK, 1.0, 1.2)
        draw_days(page, axis, bottom)
        if not axis.plain:
            edges = {x for day in axis.days if axis.columns[day] for x in (axis.start[day], axis.end[day])}
            for x in sorted(edges):
                page.line([(x, top), (x, bottom)], FAINT, 0.6, 0.4)
        for gap in axis.breaks:
            page.line([(gap.x, top), (gap.x, bottom + 5)], "#bdbdbd", 0.8, 0.5, BREAK)
        if page.harm is not None:
            x = axis.x(page.harm)
            page.line([(x, top), (x, bottom)], MARK, 1.6, 1.4)

    def _draw_bands(self) -> None:
        """From when to when somebody of a lane was involved, with a bracket for each opening and closing."""
        page, high = self.page, max(2.0, min(3.5, self.pitch * 0.13))
        for lane, spells in self.bands().items():
            for first, last in spells:
                x0, x1 = self.axis.x(first), max(self.axis.x(last), self.axis.x(first) + 2)
                page.rectangle(x0, self.y[lane] - self.pitch / 2 + 0.8, x1 - x0, high, INVOLVED, z=1.1)
        for row in self.rows:
            if row.is_bracket:
                for lane in row.lanes:
                    _bracket(page, row, self.y[lane] - self.pitch / 2 + 0.8 + high / 2)

    def _draw_tails(self) -> set[str]:
        """The worries that stayed where they were: a dotted line from the day they were known to the end.

        Returns the codes that stand at one.
        """
        written: set[str] = set()
        found: defaultdict[str, list[Kept]] = defaultdict(list)
        for one in self.kept:
            lane = lane_of(self.view, one.holder, self.by)
            if lane in self.y:
                found[lane].append(one)
        for lane, some in found.items():
            page, y = self.page, self.y[lane] + self.pitch * 0.36
            start, end = self.axis.x(min(one.since for one in some)), self.axis.x(self.view.day)
            colour = MARK if any(one.kind == ALONE for one in some) else SOFT
            codes = sorted({one.concern for one in some})
            words = listed(codes, MOST_AT_TAIL)
            box = page.box(end, y, words, ha="right", weight="bold")
            if page.taken.free(box, 0.5) and box.left > start + 12:
                page.write(end, y, words, ha="right", weight="bold", colour=colour, halo=True)
                end = box.left - 3
                written |= set(codes[:MOST_AT_TAIL])
            page.line([(start, y), (end, y)], colour, 1.8, 2.0, STAYED, dash_capstyle="round")
        return written

    def _key(self) -> list[key.Entry]:
        return [*self._key_of_contacts(), *self._key_of_others()]

    def _key_of_contacts(self) -> list[key.Entry]:
        items = [row.item for row in self.rows]
        kinds, entries = {item.kind for item in items}, []
        sent = [item for item in items if item.kind in WORD_KINDS]
        if "observed" in kinds:
            entries.append(key.marker(Look(PASSED, "o", "first hand (open: already on a record)"), 8.0))
        if any(item.concerns for item in sent):
            entries.append(key.sample("passing concerns", _arrow(PASSED), 14.0))
        if not all(item.concerns for item in sent):
            entries.append(key.sample("none on record", _arrow(QUIET), 14.0))
        if "asked" in kinds:
            entries.append(key.sample("request", _arrow(PASSED, asked=True), 14.0))
        if "declined" in kinds:
            entries.append(key.marker(Look(PAPER, "X", "refused"), 7.0, edge=PASSED, width=1.1))
        if any(item.state == "not arrived" for item in items):
            entries.append(key.marker(Look(MARK, "x", "did not arrive"), 6.0, edge=MARK, width=1.8))
        if "met" in kinds:
            entries.append(key.marker(Look(INK, "s", "meeting (open: absent)"), 7.0))
        if any(item.present_lanes for item in items):
            entries.append(key.marker(Look(PAPER, "o", "in the room only"), 5.0))
        return entries

    def _key_of_others(self) -> list[key.Entry]:
        shown = [row for row in self.rows if not row.is_bracket and row.item.row not in self.ended]
        looks = dict.fromkeys(LOOKS[row.item.kind] for row in shown if row.item.kind in LOOKS)
        entries = [key.marker(look, size) for look, size in looks]
        if any(row.item.state == "overdue" for row in self.rows):
            entries.append(key.marker(Look(MARK, "X", "overdue"), 6.5, edge=MARK))
        if self.bands():
            entries.append(key.swatch("involved", INVOLVED, "none", 14.0, 3.0))
        if any(row.is_bracket for row in self.rows):
            entries.append(key.text("opened, closed", "[ ]"))
        if any(row.item.earliest != row.day for row in shown):
            entries.append(key.swatch("date known as a period", PERIOD, QUIET, 14.0, 5.0, 0.7))
        if self.kept:
            entries.append(key.stroke("worry that stayed there", MARK, 1.8, STAYED, 16.0))
        if self.conditions.lines:
            entries.append(key.swatch("condition in force", SPAN, EDGE, 14.0, 8.0, 0.7))
        if self.page.harm is not None:
            entries.append(key.sample("harm", lambda s, x, y: s.line([(x + 3, y - 6), (x + 3, y + 6)], MARK, 1.6), 9.0))
        return entries

    def _caption(self, left_out: int) -> None:
        said = [f"All {count(len(self.rows), 'row')} up to this date are drawn."]
        if not self.axis.plain:
            said.append(NOT_TO_SCALE)
        said += self.conditions.said()
        if left_out:
            said.append(f"{count(left_out, 'row')} without a label for want of room.")
        self.page.caption(said)

    def _describe(self) -> None:
        page, kinds = self.page, Counter(row.item.kind for row in self.rows)
        sent = sum(kinds[kind] for kind in WORD_KINDS)
        counts = [
            count(kinds["observed"], "first-hand sighting"),
            count(sent, "contact"),
            count(kinds["met"], "meeting"),
            count(kinds["agreed"], "agreed action"),
            count(kinds["assumed"], "assumption"),
        ]
        span = f"from {short_day(min(row.item.earliest for row in self.rows))} to {page.day}"
        head = f"Chronology of {page.title} {span} in {count(len(self.lanes), 'lane')}"
        words = [f"{head}: {count(len(self.rows), 'row')}, among them {', '.join(counts)}."]
        lost = sum(row.item.state == "not arrived" for row in self.rows)
        if lost:
            words.append(f"{count(lost, 'message')} did not arrive.")
        alone = sorted({one.concern for one in self.kept if one.kind == ALONE})
        if alone:
            words.append(f"Dotted tails: {ids_in_words(alone)} stayed with one involved holder.")
        late = sum(row.item.state == "overdue" for row in self.rows)
        if late:
            words.append(f"{count(late, 'action')} overdue.")
        if self.conditions.drawn:
            words.append(f"{count(self.conditions.drawn, 'condition')} of the work under the lanes.")
        page.describe(words)


def _bracket(page: CasePage, row: Drawn, y: float) -> None:
    """The bracket of an opening or a closing at its day."""
    side = 3.0 if row.item.kind == "opened" else -3.0
    points = [(row.x + side, y + 4), (row.x, y + 4), (row.x, y - 4), (row.x + side, y - 4)]
    page.line(points, INK, 1.1, 1.3, label=routes.row_label(row.item.rows))


def _arrow(colour: str, *, asked: bool = False) -> key.Sample:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.line([(x + 5, y - 6), (x + 5, y + 5)], colour, 1.4, dash=ASKED if asked else "-")
        sheet.mark(x + 5, y + 3, "^", 6.0, PAPER if asked else colour, edge=colour, width=1.0)

    return draw
