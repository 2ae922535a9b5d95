"""The chronology picture: a lane for each agency or person, time from left to right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from ..case import Case
from ..errors import choose
from ..record.snapshot import snapshot
from ..rules import Rules
from ..tables._chronology import NOBODY, lane_of
from ..tables._unshared_worries import ALONE, first_window, unshared
from ..wording import count
from ._chronology_rows import BANDS, Item, LaneRows
from .kit import key, routes
from .kit.alt import describe
from .kit.axis import stretch_text
from .kit.sheet import Sheet, new_axes, title
from .kit.style import FAINT, INK, MARK, PAPER, PASSED, QUIET, SIZES, SMALLEST, SOFT, Look, settings, with_style
from .kit.words import clean, day_text, in_words, listed, measure, size_that_fits, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = "#bdbdbd"


def chronology(
    case: Case, at: Any = None, *, by: str = "auto", ax: Axes | None = None, rules: Rules | None = None,
    contact_kws: Mapping[str, Any] | None = None, meeting_kws: Mapping[str, Any] | None = None,
    label_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """The whole chronology in swim lanes: what became known where, where it went, and where it stopped.

    A dot is where somebody came to know something first hand; an arrow is a contact; a bar through the dots of
    exactly those present is a meeting (open dots: who was absent). A square is an agreed action, with a line to
    the day on which it was done or due. A dotted tail is a worry that stayed with its holder. A date that the
    source gives only as a month, year or interval is a grey bar that ends at its mark.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    by : {"auto", "agency", "person"}
        What a lane is. "auto": persons if that gives at most 16 lanes, else agencies.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    contact_kws, meeting_kws, label_kws : mapping, optional
        Style of the arrows and of the meeting bars (``Line2D``), and of the lane names (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    ArgumentError
        If `by` is not one of the three.
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.tables.chronology_lanes : the table that it draws.

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
    choose("by", by, ("auto", "agency", "person"))
    view = snapshot(case, at, rules)
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        _Lanes(view, Sheet(ax), by, contact_kws or {}, meeting_kws or {}, label_kws or {}).draw()
    return ax


class _Lanes(LaneRows):
    """One drawing of the chronology."""

    def draw(self) -> None:
        sheet, view = self.sheet, self.view
        title(sheet.ax, f"{view.case.title}: what happened when, up to {day_text(view.day)}")
        floor = self._draw_key()
        if not self.items:
            sheet.write(0, sheet.height / 2, "No row of the chronology has certainly happened by this date.", 13)
            describe(sheet.ax, "chronology", f"Chronology of {clean(view.case.title)}: no row by {day_text(view.day)}.")
            return
        left = min(0.25 * sheet.width, max(measure(self._lane_name(lane), 11.0)[0] for lane in self.lanes) + 26)
        bottom, top = floor + 30, sheet.height - 2
        pitch = min((top - bottom) / len(self.lanes), 100.0)
        self.pitch = pitch
        for place, lane in enumerate(self.lanes):
            self.y[lane] = top - (place + 0.5) * pitch
        bottom = top - pitch * len(self.lanes)
        self.axis = self._time(left + 8, sheet.width - 6)
        self._draw_lanes(left, top, bottom)
        self._draw_axis(left, top, bottom)
        self._draw_bands()
        for item in self.items:
            self._draw_item(item)
        for item in self.items:
            self._label_item(item)
        self._draw_tails()
        self._finish()

    def _draw_lanes(self, left: float, top: float, bottom: float) -> None:
        sheet = self.sheet
        size = size_that_fits(self.pitch, 11.0)
        for place, lane in enumerate(self.lanes):
            y = self.y[lane]
            if place % 2 == 0:
                sheet.ax.add_patch(
                    Rectangle(
                        (left, y - self.pitch / 2),
                        sheet.width - left,
                        self.pitch,
                        facecolor="#f5f5f5",
                        edgecolor="none",
                        zorder=0.2,
                    )
                )
            look = self._lane_look(lane)
            if look is not None:
                sheet.mark(left - 7, y, look.marker, min(9.0, self.pitch * 0.55), look.colour, z=4)
            lines = wrap(self._lane_name(lane), left - 22, size, 2 if self.pitch >= size * 2.5 else 1)
            sheet.write(left - 16, y, lines, size, ha="right", style=self.label_kws)
        sheet.line([(left, top), (left, bottom)], INK, 1.0, 1.0)

    def _draw_axis(self, left: float, top: float, bottom: float) -> None:
        sheet, axis = self.sheet, self.axis
        sheet.line([(left, bottom), (sheet.width, bottom)], INK, 1.0, 1.2)
        for x, name, year in axis.ticks(SMALLEST):
            sheet.line([(x, bottom), (x, bottom - 4)], INK, 0.9, 1.2)
            sheet.write(x, bottom - 10, name, SMALLEST, ha="center")
            if year:
                sheet.write(x, bottom - 21, year, SMALLEST, ha="center", weight="bold")
        if not axis.plain:
            for day in axis.days:
                if axis.columns[day]:
                    for x in (axis.start[day], axis.end[day]):
                        sheet.line([(x, top), (x, bottom)], FAINT, 0.6, 0.4)
        for gap in axis.breaks:
            for shift in (-2.0, 2.0):
                sheet.line([(gap.x + shift - 2, bottom - 5), (gap.x + shift + 2, bottom + 5)], INK, 1.1, 1.5)
            sheet.line([(gap.x, top), (gap.x, bottom + 5)], BAR, 0.8, 0.5, (0, (1, 3)))
            words = stretch_text(gap.days)
            if sheet.taken.free(sheet.box(gap.x, bottom - 21, [words], SMALLEST, "center"), 4):
                sheet.write(
                    gap.x, bottom - 21, words, SMALLEST, ha="center", colour=SOFT, style={"fontstyle": "italic"}
                )
        harm = self.view.records.harm
        if harm is not None and harm.first <= self.view.day + 1:
            x = axis.x(harm.first)
            sheet.line([(x, top), (x, bottom)], MARK, 1.6, 1.4)

    def _draw_bands(self) -> None:
        """From when to when an agency or a person was involved."""
        spells: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for item in self.items:
            if item.kind in BANDS:
                for lane in item.lanes:
                    spells[lane].append((item.day, item.kind, item.row))
        for lane, events in spells.items():
            y = self.y[lane] - self.pitch / 2
            open_, since = 0, -1
            rows: list[str] = []
            ends: list[tuple[int, int, tuple[str, ...]]] = []
            for day, kind, row in sorted(events, key=lambda event: (event[0], event[1] == "closed", event[2])):
                rows.append(row)
                if kind == "opened":
                    since = day if since < 0 else since
                    open_ += 1
                else:
                    open_ = max(0, open_ - 1)
                    if open_ == 0:
                        ends.append((since if since >= 0 else day, day, tuple(rows)))
                        since, rows = -1, []
            if open_ or rows:
                ends.append((since if since >= 0 else self.view.day, self.view.day, tuple(rows)))
            for first, last, named in ends:
                x0, x1 = self.axis.x(first), max(self.axis.x(last), self.axis.x(first) + 2)
                self.sheet.ax.add_patch(
                    Rectangle(
                        (x0, y + 0.8),
                        x1 - x0,
                        max(2.0, min(3.5, self.pitch * 0.13)),
                        facecolor="#a8a8a8",
                        edgecolor="none",
                        zorder=1.1,
                        label=routes.row_label(named),
                    )
                )

    def _draw_item(self, item: Item) -> None:
        if item.kind in BANDS:
            return
        if item.first != item.day and item.kind != "done":
            self._draw_window(item)
        if item.kind in ("told", "asked", "declined"):
            self._draw_sent(item)
        elif item.kind in ("met", "observed"):
            self._draw_together(item)
        elif item.kind == "agreed":
            self._draw_action(item)
        elif item.kind == "done" and self._ends_line(item):
            return
        elif item.kind in ("assumed", "decided", "disagreed"):
            self._draw_aside(item)
        else:
            for lane in item.lanes:
                self._mark(item, lane, *MARKS[item.kind])

    def _mark(self, item: Item, lane: str, marker: str, size: float, colour: str, edge: str = INK) -> None:
        size = min(size, self.pitch * 0.62, max(4.5, self.axis.column_width() - 1.2))
        made = self.sheet.mark(item.x, self.y[lane], marker, size, colour, edge=edge, z=5.0, width=1.1)
        made.set_label(routes.row_label((item.row,)))
        self.sheet.taken.add(self.sheet.box(item.x, self.y[lane], ["m"], size / 1.2, "center"))

    def _draw_window(self, item: Item) -> None:
        """A partial date: a bar from its first day to its mark."""
        for lane in item.lanes:
            high = min(5.0, self.pitch * 0.3)
            x0 = self.axis.x(item.first)
            self.sheet.ax.add_patch(
                Rectangle(
                    (x0, self.y[lane] - high / 2),
                    max(item.x - x0, 1.0),
                    high,
                    facecolor="#d6d6d6",
                    edgecolor=QUIET,
                    linewidth=0.7,
                    zorder=1.6,
                )
            )

    def _draw_sent(self, item: Item) -> None:
        sheet = self.sheet
        colour = PASSED if item.concerns else QUIET
        dash: Any = "-" if item.kind != "asked" else (0, (4, 1.6))
        width = float(with_style({"linewidth": 1.4}, self.contact_kws)["linewidth"])
        style = {**self.contact_kws, "label": routes.row_label((item.row,))}
        label = routes.row_label((item.row,))
        for lane in item.lanes:
            made = sheet.mark(
                item.x, self.y[lane], "o", min(4.5, self.pitch * 0.3), colour, edge=colour, width=0.8, z=4.6
            )
            made.set_label(label)
            sheet.taken.add(sheet.box(item.x, self.y[lane], ["."], 4, "center"))
        for source in item.lanes[:1]:
            for target in item.to:
                y0, y1 = self.y[source], self.y[target]
                if source == target:  # inside one lane
                    y1 = y0 + self.pitch * 0.34
                x1 = item.x
                if item.state == "read later" and item.until is not None and item.until <= self.view.day:
                    x1 = self.axis.x(item.until)
                stop = y1 if item.state != "not arrived" else y0 + (y1 - y0) * 0.8
                sheet.line([(item.x, y0), (x1, stop)], PAPER, width + 2.2, 2.9)
                sheet.line([(item.x, y0), (x1, stop)], colour, width, 3.0, dash, **style)
                if item.state == "not arrived":
                    sheet.mark(x1, stop, "x", 6.0, colour, edge=MARK, width=1.8, z=4.7)
                elif item.kind == "declined":
                    sheet.mark(x1, stop, "X", 7.0, PAPER, edge=colour, width=1.1, z=4.7)
                else:
                    up = stop > y0
                    sheet.mark(
                        x1,
                        stop - (2.5 if up else -2.5),
                        "^" if up else "v",
                        min(6.5, self.pitch * 0.4),
                        colour if item.kind == "told" else PAPER,
                        edge=colour,
                        width=1.0,
                        z=4.7,
                    )
        for other in item.lanes[1:]:
            between = [(item.x, self.y[item.lanes[0]]), (item.x, self.y[other])]
            sheet.line(between, colour, width, 3.0, dash, **style)

    def _draw_together(self, item: Item) -> None:
        """A meeting, or what several saw together, or what one saw."""
        met = item.kind == "met"
        label = routes.row_label((item.row,))
        if met:
            everybody = [self.y[lane] for lane in (*item.lanes, *item.absent)]
            present = [self.y[lane] for lane in item.lanes]
            if item.absent:
                self.sheet.line(
                    [(item.x, min(everybody)), (item.x, max(everybody))], INK, 1.0, 3.2, (0, (1, 2)), label=label
                )
            if len(present) > 1:
                bar = [(item.x, min(present)), (item.x, max(present))]
                self.sheet.line(bar, INK, 3.0, 3.3, **{**self.meeting_kws, "label": label})
            for lane in item.absent:
                self._mark(item, lane, "s", 7.0, PAPER)
            for lane in item.lanes:
                self._mark(item, lane, "s", 7.5, INK)
            return
        ys = [self.y[lane] for lane in item.lanes]
        if len(ys) > 1:
            self.sheet.line([(item.x, min(ys)), (item.x, max(ys))], INK, 1.2, 3.2, label=label)
        for lane in item.lanes:
            self._mark(item, lane, "o", 8.5, PASSED if item.new else PAPER)

    def _draw_action(self, item: Item) -> None:
        sheet = self.sheet
        ends = [one for one in self.items if one.kind == "done" and item.row in self.done[one.row].ref]
        label = routes.row_label((item.row,))
        for lane in item.lanes:
            y = self.y[lane]
            self._mark(item, lane, "D", 6.5, PAPER, INK)
            if lane == NOBODY:
                continue
            y -= self.pitch * 0.2 + self._level(lane, item.x) * min(3.0, self.pitch * 0.09)
            last = item.until if item.until is not None and item.state != "live" else self.view.day
            x1 = max(self.axis.x(min(last, self.view.day)), item.x + 3)
            late = item.state in ("overdue", "undated")
            sheet.line([(item.x, self.y[lane]), (item.x, y), (x1, y)], MARK if late else INK, 1.1, 2.2,
                       "-" if item.state in ("completed", "overdue") else (0, (1, 1.5)), label=label)  # fmt: skip
            if item.state == "overdue":
                sheet.mark(x1, y, "X", 6.5, MARK, edge=MARK, width=0.6, z=4.8)
            for end in ends:
                made = sheet.mark(max(self.axis.x(end.day), item.x + 3), y, "D", 5.5, INK, width=0.8, z=4.8)
                made.set_label(routes.row_label((end.row,)))

    def _level(self, lane: str, x: float) -> int:
        """How far down the line of an action runs, so that the lines of one lane lie apart."""
        used = self.levels[lane]
        used.append(x)
        return (len(used) - 1) % 3

    def _draw_aside(self, item: Item) -> None:
        """An assumption, a decision or a difference: a mark, and a thin line to whom it concerned."""
        label = routes.row_label((item.row,))
        look = MARKS[item.kind]
        for lane in item.lanes:
            self._mark(item, lane, *look)
        for lane in item.to:
            if item.lanes and lane != item.lanes[0]:
                y0, y1 = self.y[item.lanes[0]], self.y[lane]
                dash = (0, (1.2, 1.6)) if item.kind == "assumed" else "-"
                self.sheet.line([(item.x, y0), (item.x, y1)], SOFT, 1.0, 2.6, dash, label=label)
                self.sheet.mark(item.x, y1, "^" if y1 > y0 else "v", 4.5, PAPER, edge=SOFT, width=0.9, z=4.0)

    def _label_item(self, item: Item) -> None:
        """The concerns that a row brought to light, or passed; what cannot be written without touching is counted."""
        if (
            item.kind not in ("observed", "told", "asked", "met", "agreed", "declined")
            or not item.concerns
            or not item.lanes
        ):
            return
        named = item.new if item.kind == "observed" and item.new else item.concerns
        words = listed(named, 2)
        y = self.y[item.lanes[0]]
        bold = item.kind == "observed" and bool(item.new)
        for dx, dy, ha in (
            (6, 0, "left"),
            (-6, 0, "right"),
            (0, 9.5, "center"),
            (0, -9.5, "center"),
            (6, 8, "left"),
            (6, -8, "left"),
            (-6, 8, "right"),
        ):
            box = self.sheet.box(item.x + dx, y + dy, [words], SMALLEST, ha, "bold" if bold else "normal")
            if (
                self.sheet.taken.free(box, 0.5)
                and box.left > self.axis.left - 6
                and box.right < self.sheet.width
                and abs(dy) < self.pitch * 0.5
            ):
                self.sheet.write(
                    item.x + dx,
                    y + dy,
                    words,
                    SMALLEST,
                    ha=ha,
                    halo=True,
                    weight="bold" if bold else "normal",
                    colour=INK if item.kind in ("met", "agreed") else PASSED,
                    z=5.6,
                )
                return
        self.left_out += 1

    def _draw_tails(self) -> None:
        """The worries that stayed where they were: a dotted line from the day they were known to the end."""
        found: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for worry, holder, how in unshared(self.view):
            lane = lane_of(self.view, holder, self.by)
            if lane in self.y:
                found[lane].append((first_window(self.view, holder, worry).last, worry, how))
        for lane, worries in found.items():
            y = self.y[lane] + self.pitch * 0.36
            own = any(how == ALONE for _, _, how in worries)
            start = min(day for day, _, _ in worries)
            x1 = self.axis.x(self.view.day)
            colour = MARK if own else SOFT
            words = listed(sorted({worry for _, worry, _ in worries}), 3)
            box = self.sheet.box(x1, y, [words], SMALLEST, "right", "bold")
            end = x1
            if self.sheet.taken.free(box, 0.5) and box.left > self.axis.x(start) + 12:
                self.sheet.write(x1, y, words, SMALLEST, ha="right", weight="bold", colour=colour, halo=True)
                end = box.left - 3
            self.sheet.line([(self.axis.x(start), y), (end, y)], colour, 1.8, 2.0, (0, (1, 1.4)), dash_capstyle="round")

    def _draw_key(self) -> float:
        kinds = {item.kind for item in self.items}
        entries = []
        if "observed" in kinds:
            entries.append(key.of_marker(Look(PASSED, "o", "first hand (open: already on a record)"), 8.0))
        sent = [bool(item.concerns) for item in self.items if item.kind in ("told", "asked", "declined")]
        if any(sent):
            entries.append(key.of_line(lambda s, x, y: _sample(s, x, y, PASSED), "contact passing concerns", 14.0))
        if not all(sent):
            entries.append(key.of_line(lambda s, x, y: _sample(s, x, y, QUIET), "none on record", 14.0))
        if "asked" in kinds:
            entries.append(key.of_line(lambda s, x, y: _sample(s, x, y, PASSED, asked=True), "request", 14.0))
        if "declined" in kinds:
            entries.append(key.of_marker(Look(PAPER, "X", "refused"), 7.0, edge=PASSED, width=1.1))
        if any(item.state == "not arrived" for item in self.items):
            entries.append(key.of_marker(Look(MARK, "x", "did not arrive"), 6.0, edge=MARK, width=1.8))
        if "met" in kinds:
            entries.append(key.of_marker(Look(INK, "s", "meeting: present (open: absent)"), 7.0))
        if "assumed" in kinds:
            entries.append(
                key.of_marker(Look(MARKS["assumed"][2], MARKS["assumed"][0], "assumed that another would act"), 7.5)
            )
        if "agreed" in kinds:
            entries.append(key.of_marker(Look(PAPER, "D", "action agreed (filled: done)"), 6.5))
        if any(item.state == "overdue" for item in self.items):
            entries.append(key.of_marker(Look(MARK, "X", "overdue"), 6.5, edge=MARK))
        for kind, words in (
            ("needed", "needed, nobody agreed"),
            ("decided", "decision"),
            ("disagreed", "difference"),
            ("done", "difference settled"),
        ):
            if any(item.kind == kind and not self._ends_line(item) for item in self.items):
                entries.append(key.of_marker(Look(MARKS[kind][2], MARKS[kind][0], words), 7.5))
        if kinds & set(BANDS):
            entries.append(
                key.of_line(
                    lambda s, x, y: s.ax.add_patch(Rectangle((x, y - 1.5), 14, 3, facecolor="#a8a8a8")),
                    "involved",
                    17.0,
                )
            )
        if any(item.first != item.day for item in self.items if item.kind not in BANDS):
            entries.append(
                key.of_line(
                    lambda s, x, y: s.ax.add_patch(
                        Rectangle((x, y - 2.5), 14, 5, facecolor="#d6d6d6", edgecolor=QUIET, linewidth=0.7)
                    ),
                    "date known as a period",
                    17.0,
                )
            )
        if unshared(self.view):
            entries.append(
                key.of_line(
                    lambda s, x, y: s.line([(x, y), (x + 16, y)], MARK, 1.8, 2, (0, (1, 1.4))),
                    "worry that stayed there",
                    19.0,
                )
            )
        harm = self.view.records.harm
        if harm is not None and harm.first <= self.view.day + 1:
            entries.append(
                key.of_line(lambda s, x, y: s.line([(x + 3, y - 6), (x + 3, y + 6)], MARK, 1.6), "harm", 9.0)
            )
        return key.draw_key(self.sheet, entries, self.sheet.foot)

    def _finish(self) -> None:
        view = self.view
        said = [f"All {count(len(self.items), 'row')} up to this date are drawn."]
        if not self.axis.plain:
            said.append("Not to scale: busy days are drawn wide, empty stretches short, the longest marked with //.")
        if self.left_out:
            said.append(f"{count(self.left_out, 'row')} without a label for want of room.")
        self.sheet.caption(" ".join(said))
        kinds = Counter(item.kind for item in self.items)
        words = [
            f"Chronology of {clean(view.case.title)} from {day_text(self.items[0].first)} to {day_text(view.day)} in "
            f"{count(len(self.lanes), 'lane')}: {kinds['observed']} first-hand sightings, "
            f"{kinds['told'] + kinds['asked'] + kinds['declined']} contacts, {kinds['met']} meetings, "
            f"{kinds['agreed']} agreed actions, "
            f"{kinds['assumed']} assumptions."
        ]
        alone = sorted({worry for worry, _, how in unshared(view) if how == ALONE})
        if alone:
            words.append(f"Dotted tails: {in_words(alone)} stayed with one involved holder.")
        late = sum(item.state == "overdue" for item in self.items)
        if late:
            words.append(f"{count(late, 'action')} overdue.")
        describe(self.sheet.ax, "chronology", " ".join(words))


MARKS: Mapping[str, tuple[str, float, str]] = {
    "assumed": ("d", 8.0, "#F0E442"),
    "decided": ("p", 8.5, "#CC79A7"),
    "disagreed": ("P", 8.5, "#D55E00"),
    "needed": ("^", 8.0, PAPER),
    "done": ("P", 7.5, PAPER),
}  # fmt: skip


def _sample(sheet: Sheet, x: float, y: float, colour: str, *, asked: bool = False) -> None:
    sheet.line([(x + 5, y - 6), (x + 5, y + 5)], colour, 1.4, dash=(0, (4, 1.6)) if asked else "-")
    sheet.mark(x + 5, y + 3, "^", 6.0, PAPER if asked else colour, edge=colour, width=1.0)
