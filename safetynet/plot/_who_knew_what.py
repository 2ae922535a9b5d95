"""The who-knew-what picture: people by agency, concerns across, and how the record has each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Unpack, get_args

from ..case import Case
from ..dates import DateLike, date_of
from ..errors import choose, yes_or_no
from ..record.snapshot import snapshot
from ..record.worlds import WORLDS, World
from ..tables._who_knew_what import ON_RECORD, STATES, Cell, State, lines
from ..wording import count, verb
from ._who_knew_what_rows import Line, Rows
from .kit import heads, key
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.style import FAINT, INK, PAPER, PASSED, QUIET, SOFT, Look, Style
from .kit.words import fit_apart, ids_in_words, size_that_fits, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class _Mark(NamedTuple):
    """How a cell looks: its marker, how much of the cell it takes, and its rim."""

    look: Look
    share: float
    rim: float
    edge: str = INK


LOOKS: Mapping[State, _Mark] = MappingProxyType(
    {
        "first hand": _Mark(Look(PASSED, "o", "first hand: saw it themselves"), 0.74, 1.2),
        "source not recorded": _Mark(Look("#9ccbe4", "s", "said it; source not recorded"), 0.6, 1.2),
        "told": _Mark(Look("#E69F00", ">", "told by somebody"), 0.68, 1.2),
        "possible": _Mark(Look(PAPER, "o", "may have heard it in a contact; no record"), 0.42, 1.0, QUIET),
    }
)
Heads = Literal["flat", "slanted", "upright"]
By = Literal["auto", "person", "agency"]
BESIDE = 34.0  # points at the right: how many each has
DATE = "30 May 99"
FEET = ("professionals who have it on record", "professionals with it", "how many")  # the first that fits


@picture
def who_knew_what(
    case: Case,
    at: DateLike | None = None,
    *,
    by: By = "auto",
    world: World = "possible",
    show_dates: bool = False,
    family: bool = False,
    mark_kws: Style = None,
    label_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """People by agency against concerns: who had what first hand, who was told, and who has no record of it.

    An empty cell is "no record of knowing"; it never says that somebody did not know. People between whom worries
    passed stand together, and so do the concerns they share. At the right: how many concerns each has on record;
    below: how many professionals have each.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    by : {"auto", "person", "agency"}
        What a line is. "auto": people, as long as there are at most 25 and they fit; else agencies.
    world : {"recorded", "possible", "permitted"}
        What the small open circles stand for; see :func:`safetynet.tables.who_knew_what`.
    show_dates : bool
        Write the date beside each mark, where the cells are wide enough.
    family : bool
        Show child, family, support and public too.
    mark_kws, label_kws : mapping, optional
        Style of the marks (``Line2D``) and of the names (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the grid.

    Raises
    ------
    ArgumentError
        If `by` or `world` is none of the three.

    See Also
    --------
    safetynet.tables.who_knew_what : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.who_knew_what(sn.load_case("worked_example"), at="2024-01-31", ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:58]
    'Who knew what in Worked example by 31 Jan 2024: 4 people a'
    """
    yes_or_no(show_dates=show_dates, family=family)
    choose("by", by, get_args(By))
    choose("world", world, WORLDS)
    cells = lines(snapshot(case, at, common.get("rules")), world, family, chains=False)
    heading = "who knew what by {day}"
    with drawing("who_knew_what", case, at, heading, mark_kws=mark_kws, label_kws=label_kws, **common) as page:
        page.needs()
        _describe(page, cells)
        if cells:
            _Grid(page, cells, by, show_dates, mark_kws, label_kws).draw()
        else:
            page.say("No concern is on anyone's record by this date.")
    return page.ax


class _Grid:
    """One drawing of the grid."""

    def __init__(
        self, page: CasePage, cells: Sequence[Cell], by: By, show_dates: bool, mark_kws: Style, label_kws: Style
    ) -> None:
        self.page, self.cells, self.by, self.show_dates = page, cells, by, show_dates
        self.mark_kws, self.label_kws = mark_kws, label_kws
        self.concerns = list(dict.fromkeys(cell.concern for cell in cells))
        self.rows = Rows(page, cells)
        self.calm = [not page.view.records.concerns[name].is_worry for name in self.concerns]

    def draw(self) -> None:
        page = self.page
        entries = self._key()
        kind, head, lines = page.fit_letters(lambda: self._plan(entries), 'Give it larger ones, or by="agency".')
        page.key(entries)
        page.said += filter(None, [self.rows.note(lines)])
        room = self._room(entries)
        if kind == "slanted":  # slanting heads take what the lines leave
            full = heads.slanted_high(page, [self._head(name) for name in self.concerns], 150.0)
            head = max(head, min(full, room - len(lines) * page.small * 1.5))
        out = max(BESIDE, heads.sticks_out(head)) if kind == "slanted" else BESIDE
        self.wide = min((page.width - self.left - out) / len(self.concerns), 120.0)
        self.top, self.pitch = page.height - head - 4, min((room - head) / len(lines), 34.0)
        self.xs = [self.left + (place + 0.5) * self.wide for place in range(len(self.concerns))]
        self.right = self.left + self.wide * len(self.concerns)
        self._draw_heads(kind, head)
        self._draw_lines(lines)
        self._draw_rules(lines)
        self._caption()

    def _room(self, entries: Sequence[key.Entry]) -> float:
        """The height for heads and lines."""
        return self.page.height - self.page.floor(entries) - self.page.line_high - 8

    def _plan(self, entries: Sequence[key.Entry]) -> tuple[Heads, float, list[Line]] | None:
        """How the heads are written, how high they are at least, and the lines; None where the lines do not fit."""
        self.left = self._name_width()
        room = self._room(entries)
        kind, head = self._heads(room)
        lines = self._lines(int((room - head) // self.page.line_high))
        return None if lines is None else (kind, head, lines)

    def _name_width(self) -> float:
        """How wide the names at the left may be, so that the columns keep a width that can be read."""
        wanted = max(self.page.wide(line.text, self.page.small + 1) for line in self.rows.of_people()) + 24
        spare = self.page.width - 100 - 24 * len(self.concerns)
        most = min(max(self.page.width * 0.32, spare), self.page.width * 0.5)
        return max(min(wanted, most), min(self.page.wide(FEET[0]) + 10, most))

    def _heads(self, room: float) -> tuple[Heads, float]:
        """How the concerns are written over their columns, and how high at least."""
        page = self.page
        wide = min((page.width - self.left - BESIDE) / len(self.concerns), 120.0)
        if wide >= 66:
            most = max(len(wrap(page.about(name), wide - 6, page.small, 4)) for name in self.concerns)
            return "flat", (most + 1) * page.line_high + 6
        longest = heads.slanted_high(page, [self._head(name) for name in self.concerns], room * 0.28)
        slanting = (page.width - self.left - max(BESIDE, heads.sticks_out(longest))) / len(self.concerns)
        if heads.have_room(page, slanting):
            return "slanted", longest
        return "upright", max(map(page.wide, self.concerns)) + 8

    def _head(self, concern: str) -> str:
        return f"{concern} {self.page.about(concern)}"

    def _lines(self, most: int) -> list[Line] | None:
        """The lines that fit: people, else those who have anything on record, else agencies; None if none do."""
        ways = [self.rows.of_people(), self.rows.of_people(silent=False)] if self.by != "agency" else []
        if self.by == "auto":
            ways = [lines for lines in ways if not self.rows.too_many(lines)]
        if self.by != "person":
            ways.append(self.rows.of_agencies())
        return next((lines for lines in ways if len(lines) <= most), None)

    def _draw_heads(self, kind: Heads, high: float) -> None:
        page = self.page
        if kind == "slanted":
            texts = {name: self._head(name) for name in self.concerns}
            heads.draw_slanted(page, self.xs, self.top, texts, high, self.calm)
        elif kind == "upright":
            if not heads.draw_upright(page, self.xs, self.top, self.concerns):
                page.said.append("Not every column has its name, for want of room.")
        else:
            for x, name, calm in zip(self.xs, self.concerns, self.calm, strict=True):
                text, colour = wrap(page.about(name), self.wide - 6, page.small, 4), SOFT if calm else INK
                page.write(x, self.top + 3, text, ha="center", va="bottom", colour=colour)
                over = self.top + 3 + len(text) * page.line_high
                page.write(x, over, name, ha="center", va="bottom", weight="bold", colour=colour)

    def _draw_lines(self, lines: Sequence[Line]) -> None:
        page, size = self.page, size_that_fits(self.pitch, self.page.small + 1)
        across = min(self.pitch, self.wide, 22.0)
        dated = self.show_dates and self.wide >= page.wide(DATE) + across + 4
        if self.show_dates and not dated:
            page.said.append("Cells too narrow for dates: leave concerns out, or draw it wider.")
        names = fit_apart({str(place): line.text for place, line in enumerate(lines)}, self.left - 18, size)
        for number, line in enumerate(lines):
            y = self.top - (number + 0.5) * self.pitch
            weight = "bold" if line.heading else "normal"
            page.write(10.0 * line.indent, y, names[str(number)], size, weight=weight, style=self.label_kws)
            if line.heading:
                continue
            page.line([(self.left, y), (self.right, y)], FAINT, 0.8, 1.0)
            for x, concern in zip(self.xs, self.concerns, strict=True):
                self._draw_cell(line, concern, x, y, across, dated)
            held = sum(self.rows.state(line, concern) in ON_RECORD for concern in self.concerns)
            page.write(self.right + 24, y, str(held), ha="right", colour=INK if held else SOFT)

    def _draw_cell(self, line: Line, concern: str, x: float, y: float, across: float, dated: bool) -> None:
        page, state = self.page, self.rows.state(line, concern)
        if state not in LOOKS:
            return
        mark = LOOKS[state]
        x -= page.wide(DATE) / 2 if dated else 0
        page.look(x, y, mark.look, across * mark.share, width=mark.rim, edge=mark.edge, style=self.mark_kws)
        if dated:
            day = date_of(self.rows.since(line, concern))
            colour = SOFT if state == "possible" else INK
            page.write(x + across * 0.5 + 2, y, f"{day.day} {day:%b %y}", colour=colour)

    def _draw_rules(self, lines: Sequence[Line]) -> None:
        """The lines between the columns and under the headings, and how many have each concern."""
        page, bottom = self.page, self.top - self.pitch * len(lines)
        for place in range(len(self.concerns) + 1):
            x = self.left + place * self.wide
            first = place < len(self.calm) and self.calm[place] and not any(self.calm[:place])
            page.line([(x, self.top), (x, bottom)], INK if first else FAINT, 1.0 if first else 0.8, 1.0)
        for number, line in enumerate(lines):
            if line.heading:
                y = self.top - number * self.pitch
                page.line([(0, y), (self.right, y)], QUIET, 0.6, 1.1)
        for y in (self.top, bottom):
            page.line([(self.left, y), (self.right, y)], INK, 1.0, 1.2)
        under = bottom - page.line_high * 0.6
        foot = next((words for words in FEET if page.wide(words) <= self.left - 6), FEET[-1])
        page.write(self.left - 6, under, foot, ha="right", colour=SOFT)
        numbers = [len(page.view.holders[concern] & page.view.professionals) for concern in self.concerns]
        turned = max(page.wide(str(number)) for number in numbers) > self.wide - 1
        for x, number in zip(self.xs, numbers, strict=True):
            weight = "bold" if number == 1 else "normal"
            if turned:
                low = bottom - page.wide(str(number)) - 3
                page.write_turned(x, low, str(number), 90.0, fontweight=weight)
            else:
                page.write(x, under, str(number), ha="center", weight=weight)

    def _key(self) -> list[key.Entry]:
        there = {cell.state for cell in self.cells}
        entries = [
            key.marker(mark.look, 11.0 * mark.share + 2, edge=mark.edge, width=mark.rim)
            for state, mark in LOOKS.items()
            if state in there
        ]
        return [*entries, key.text("empty: no record of knowing")]

    def _caption(self) -> None:
        number = Counter(cell.state for cell in self.cells)
        words = ", ".join(f"{number[state]} {state}" for state in STATES if number[state])
        said = [f"{count(len(self.cells), 'cell')}: {words}."]
        if any(self.calm) and not all(self.calm):
            said.append("Behind the dark line: reassurance and strengths.")
        self.page.caption(said)


def _describe(page: CasePage, cells: Sequence[Cell]) -> None:
    head = f"Who knew what in {page.title} by {page.day}:"
    if not cells:
        page.describe([head, "no concern is on anyone's record."])
        return
    people = {cell.holder for cell in cells if cell.holder in page.view.records.people}
    concerns = count(len({cell.concern for cell in cells}), "concern")
    words = [f"{head} {count(len(people), 'person', 'people')} and {concerns}."]
    held = [cell for cell in cells if cell.state in ON_RECORD]
    if held:
        most = Counter(cell.holder for cell in held)
        top = min(most, key=lambda name: (-most[name], name))
        words.append(f"{page.name(top)} has most on record ({most[top]}).")
        known = Counter(cell.concern for cell in held)
        alone = sorted(name for name, number in known.items() if number == 1)
        if alone:
            words.append(f"On one record only: {ids_in_words(alone)}.")
    silent = len(people - {cell.holder for cell in held})
    if silent:
        words.append(f"{count(silent, 'person', 'people')} {verb(silent, 'has', 'have')} none of them on record.")
    page.describe(words)
