"""How each row of the chronology is drawn: a mark in its lane, and lines to the lanes that it reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from ..case.vocabulary import WORD_KINDS
from ._chronology_rows import NOBODY, Drawn
from .kit import routes
from .kit.axis import TimeAxis
from .kit.drawing import CasePage
from .kit.sheet import Across
from .kit.style import DOTTED, INK, MARK, PAPER, PASSED, QUIET, SOFT, Dash, Look, Style, with_style
from .kit.words import listed

ASKED: Dash = (0, (4, 1.6))
THOUGHT: Dash = (0, (1.2, 1.6))
PERIOD = "#d6d6d6"
LOOKS: Mapping[str, tuple[Look, float]] = MappingProxyType(
    {  # what is neither a contact word nor seen together
        "assumed": (Look("#F0E442", "d", "assumed that another would act"), 8.0),
        "believed": (Look(PAPER, "d", "took it to be so"), 8.0),
        "withheld": (Look("#999999", "X", "kept back"), 8.0),
        "decided": (Look("#CC79A7", "p", "decision"), 8.5),
        "disagreed": (Look("#D55E00", "P", "difference"), 8.5),
        "needed": (Look(PAPER, "^", "needed, nobody agreed"), 8.0),
        "agreed": (Look(PAPER, "D", "action agreed (filled: done)"), 6.5),
        "expected": (Look(PAPER, "<", "duty (filled: met)"), 7.5),
        "done": (Look(PAPER, "P", "difference settled"), 7.5),
        "opened": (Look(PAPER, ">", "opening or closing told"), 5.0),
        "closed": (Look(PAPER, ">", "opening or closing told"), 5.0),
    }
)
THOUGHTS = ("assumed", "believed", "withheld")  # the line leads to whom it was about, and nothing went there
MOST = 2  # codes beside a mark
LABELLED = ("observed", *WORD_KINDS, "met", "agreed")
BESIDE: tuple[tuple[float, float, Across], ...] = (  # where a label may stand, in letter heights up
    *((6, 0, "left"), (-6, 0, "right"), (0, 1.0, "center"), (0, -1.0, "center")),
    *((6, 0.85, "left"), (6, -0.85, "left"), (-6, 0.85, "right")),
)


class Marks:
    """What draws the rows of one chronology, whose lanes are at `y`, `pitch` points apart."""

    def __init__(
        self,
        page: CasePage,
        axis: TimeAxis,
        y: Mapping[str, float],
        pitch: float,
        contact_kws: Style,
        meeting_kws: Style,
    ) -> None:
        self.page, self.axis, self.y, self.pitch = page, axis, y, pitch
        self.contact_kws, self.meeting_kws = contact_kws, meeting_kws
        self.most = max(4.5, axis.column_width() - 1.2)
        self.levels: defaultdict[str, int] = defaultdict(int)
        self.left_out = 0
        self.written: set[str] = set()  # the codes of concerns that stand beside a mark

    def draw(self, row: Drawn) -> None:
        """Draw one row that is no bracket of a band and no end of a line."""
        kind = row.item.kind
        if row.item.earliest != row.day:
            self._draw_window(row)
        if kind in ("met", "observed"):
            self._draw_together(row)
            return
        if kind in ("agreed", "expected"):
            self._draw_action(row)
        elif row.item.to_lanes:
            self._draw_lines(row)
        if kind in LOOKS:
            look, size = LOOKS[kind]
            for lane in row.lanes:
                self._mark(row, lane, look, size)

    def _mark(self, row: Drawn, lane: str, look: Look, size: float, edge: str = INK) -> None:
        size = min(size, self.pitch * 0.62, self.most)
        label = routes.row_label(row.item.rows)
        self.page.look(row.x, self.y[lane], look, size, edge=edge, width=1.1, label=label)
        half = size / 2
        self.page.taken.add(self.page.box(row.x, self.y[lane], "", ha="center").grown(half - 0.5))

    def _draw_window(self, row: Drawn) -> None:
        """A partial date: a bar from its first day to its mark."""
        high, x0 = min(5.0, self.pitch * 0.3), self.axis.x(row.item.earliest)
        for lane in row.lanes:
            left, wide = self.y[lane] - high / 2, max(row.x - x0, 1.0)
            self.page.rectangle(x0, left, wide, high, PERIOD, QUIET, 0.7, z=1.6)

    # contacts -----------------------------------------------------------------------------------------

    def _draw_lines(self, row: Drawn) -> None:
        """The lines from who to whom, and to who was in the room."""
        item, first = row.item, row.lanes[0]
        thought = item.kind in THOUGHTS
        colour = SOFT if thought else PASSED if item.concerns else QUIET
        if item.kind in WORD_KINDS:
            for lane in row.lanes:
                self._mark(row, lane, Look(colour, "o", ""), 4.5, colour)
        for lane in item.to_lanes:
            if thought or item.kind in LOOKS:
                self._draw_aside(row, lane, colour, THOUGHT if thought else "-")
            else:
                self._draw_sent(row, lane, colour)
        for lane in (*row.lanes[1:], *item.present_lanes):
            silent = lane in item.present_lanes
            ends = [(row.x, self.y[first]), (row.x, self.y[lane])]
            self.page.line(ends, colour, 1.0, 3.0, DOTTED if silent else "-", label=routes.row_label(item.rows))

    def _draw_aside(self, row: Drawn, lane: str, colour: str, dash: Dash) -> None:
        """A thin line from a mark to whom it concerned."""
        y0, y1 = self.y[row.lanes[0]], self.y[lane]
        if y0 != y1:
            self.page.line([(row.x, y0), (row.x, y1)], colour, 1.0, 2.6, dash, label=routes.row_label(row.item.rows))
            self.page.mark(row.x, y1, "^" if y1 > y0 else "v", 4.5, PAPER, edge=colour, width=0.9, z=4.0)

    def _draw_sent(self, row: Drawn, lane: str, colour: str) -> None:
        """A message to one lane; one that did not arrive ends at a cross at the edge of its own."""
        page, item, y0 = self.page, row.item, self.y[row.lanes[0]]
        y1 = self.y[lane] if lane != row.lanes[0] else y0 + self.pitch * 0.34
        x1, up = self._read_at(row), y1 > y0
        width = float(with_style({"linewidth": 1.4}, self.contact_kws)["linewidth"])
        style = {**(self.contact_kws or {}), "label": routes.row_label(item.rows)}
        if item.state == "not arrived":
            edge = y0 + self.pitch * (0.4 if up else -0.4)
            page.line([(row.x, y0), (row.x, edge)], colour, width, 3.0, ASKED, **style)
            page.line([(row.x, edge), (row.x, y1)], QUIET, 0.7, 1.9, DOTTED, label=style["label"])
            page.mark(row.x, edge, "x", 6.0, MARK, edge=MARK, width=1.8, z=4.7)
            return
        page.line([(row.x, y0), (x1, y1)], PAPER, width + 2.2, 2.9)
        page.line([(row.x, y0), (x1, y1)], colour, width, 3.0, ASKED if item.kind == "asked" else "-", **style)
        if item.kind == "declined":
            page.mark(x1, y1, "X", 7.0, PAPER, edge=colour, width=1.1, z=4.7)
        else:
            fill, tip = PAPER if item.kind == "asked" else colour, y1 - (2.5 if up else -2.5)
            size = min(6.5, self.pitch * 0.4)
            page.mark(x1, tip, "^" if up else "v", size, fill, edge=colour, width=1.0, z=4.7)

    def _read_at(self, row: Drawn) -> float:
        """Where a message arrived: where it was sent, or on the day on which it was read."""
        read = row.item.read_on
        return row.x if read is None or read > self.page.view.day else max(self.axis.x(read), row.x)

    def _draw_together(self, row: Drawn) -> None:
        """A meeting, or what several saw together, or what one saw."""
        page, item, label = self.page, row.item, routes.row_label(row.item.rows)
        met = item.kind == "met"
        there, every = [self.y[lane] for lane in row.lanes], [self.y[lane] for lane in row.every]
        if max(every) > max(there) or min(every) < min(there):
            page.line([(row.x, min(every)), (row.x, max(every))], INK, 1.0, 3.2, (0, (1, 2)), label=label)
        if len(there) > 1:
            style = {**((self.meeting_kws if met else None) or {}), "label": label}
            page.line([(row.x, min(there)), (row.x, max(there))], INK, 3.0 if met else 1.2, 3.3, **style)
        for lane in item.absent_lanes:
            self._mark(row, lane, Look(PAPER, "s", ""), 7.0)
        for lane in item.present_lanes:
            self._mark(row, lane, Look(PAPER, "o", ""), 5.0)
        look = Look(INK, "s", "") if met else Look(PASSED if item.came else PAPER, "o", "")
        for lane in row.lanes:
            self._mark(row, lane, look, 7.5 if met else 8.5)

    # actions ------------------------------------------------------------------------------------------

    def _draw_action(self, row: Drawn) -> None:
        """The line of an action or a duty, to the day on which it was done or due, and its ends."""
        page, item, label = self.page, row.item, routes.row_label(row.item.rows)
        today, late = page.view.day, row.item.state == "overdue"
        last = item.done_on if item.done_on is not None else item.due if late else today
        for lane in row.lanes:
            if lane == NOBODY:
                self._draw_ends(row, self.y[lane])
                continue
            y = self.y[lane] - self.pitch * 0.2 - (self.levels[lane] % 3) * min(3.0, self.pitch * 0.09)
            self.levels[lane] += 1
            x1 = max(self.axis.x(min(today if last is None else last, today)), row.x + 3)
            dash = DOTTED if item.state == "open" else "-"
            colour = MARK if late else INK
            page.line([(row.x, self.y[lane]), (row.x, y), (x1, y)], colour, 1.1, 2.2, dash, label=label)
            if late:
                page.mark(x1, y, "X", 6.5, MARK, edge=MARK, width=0.6, z=4.8)
            self._draw_ends(row, y)

    def _draw_ends(self, row: Drawn, y: float) -> None:
        marker = LOOKS[row.item.kind][0].marker
        for end in row.ends:
            x, label = max(self.axis.x(end.day), row.x + 3), routes.row_label(end.item.rows)
            self.page.mark(x, y, marker, 5.5, INK, width=0.8, z=4.8, label=label)

    # labels -------------------------------------------------------------------------------------------

    def label(self, row: Drawn) -> None:
        """The concerns that a row brought to light, or passed; what cannot be written without touching is counted."""
        item, page = row.item, self.page
        if item.kind not in LABELLED or not item.concerns or not row.lanes:
            return
        new = item.kind == "observed" and bool(item.came)
        codes, weight = item.came if new else item.concerns, "bold" if new else "normal"
        words = listed(codes, MOST)
        y = self.y[row.lanes[0]]
        for dx, letters, ha in BESIDE:
            dy = letters * page.small
            box = page.box(row.x + dx, y + dy, words, ha=ha, weight=weight)
            inside = box.left > self.axis.left - 6 and box.right < page.width and abs(dy) < self.pitch * 0.5
            if inside and page.taken.free(box, 0.5):
                colour = INK if item.kind in ("met", "agreed") else PASSED
                page.write(row.x + dx, y + dy, words, ha=ha, weight=weight, colour=colour, halo=True, z=5.6)
                self.written |= set(codes[:MOST])
                return
        self.left_out += 1
