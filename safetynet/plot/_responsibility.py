"""The responsibility picture: per worry, who is informed, who owns it, and when nobody had it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from ..case import Case
from ..dates import DateLike
from ..tables._responsibility import Standing, lines
from ..wording import count, verb
from .kit import key
from .kit.axis import TimeAxis
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, NoRoomError, drawing
from .kit.frame import days_high, draw_days
from .kit.heads import WordColumn
from .kit.sheet import Across
from .kit.style import EDGE, FAINT, INK, MARK, PAPER, SOFT, Style
from .kit.words import ids_in_words, size_that_fits, wrap_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

IN_HAND = "#cfe3ef"
OWNER, LEFT = ("owner",), ("left to others",)
NOT_OWNED = "on record, and no row shows that anybody owns it"


@picture
def responsibility(
    case: Case,
    at: DateLike | None = None,
    *,
    unowned_kws: Style = None,
    owned_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """Per worry: when nobody owned it, how many were informed, who owned it, and who assumed that others would act.

    A pale bar runs from the day on which a professional first had the worry on record; it is dark where no row
    shows that anybody had it in hand. The worry longest without an owner is on top; where the sheet has no room for
    all of them, the last are counted. It describes the record, never a person's fault.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    unowned_kws, owned_kws : mapping, optional
        Style of the dark and of the pale bars (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with a line for each worry.

    See Also
    --------
    safetynet.tables.responsibility : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.responsibility(sn.load_case("worked_example"), at="2024-01-31", ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:68]
    'Responsibility for the worries of Worked example by 31 Jan 2024: 3 w'
    """
    heading = "who had each worry in hand, by {day}"
    with drawing("responsibility", case, at, heading, unowned_kws=unowned_kws, owned_kws=owned_kws, **common) as page:
        page.needs(320.0)
        standing = lines(page.view)
        _describe(page, standing)
        if standing:
            _Bars(page, standing, unowned_kws, owned_kws).draw()
        else:
            page.say("No professional has a current worry on record by this date.")
    return page.ax


class _Bars:
    """One drawing: a line for each worry, with its bar and its words."""

    def __init__(self, page: CasePage, standing: Sequence[Standing], unowned_kws: Style, owned_kws: Style) -> None:
        self.page, self.standing = page, standing
        self.unowned_kws, self.owned_kws = unowned_kws, owned_kws

    def draw(self) -> None:
        page = self.page
        swatches = [key.swatch(NOT_OWNED, MARK), key.swatch("owned, or completed not long ago", IN_HAND)]
        bottom, top = page.key(swatches) + days_high(page) + 4, page.height - 2.6 * page.line_high
        most = int((top - bottom) // page.line_high)
        if most < 1:
            raise NoRoomError
        self.shown = self.standing[:most]
        self.pitch = min((top - bottom) / len(self.shown), 60.0)
        self.size = size_that_fits(self.pitch / (2 if self.pitch >= 27 else 1), 13.0)
        self.left = page.width * 0.26
        columns = self._columns(top)
        self._fit_words(columns)
        self._draw_axis(top, columns[0].x - columns[0].width - 8)
        for place, line in enumerate(self.shown):
            y = top - (place + 0.5) * self.pitch
            page.line([(0, y - self.pitch / 2), (page.width, y - self.pitch / 2)], FAINT, 0.8, 0.5)
            self._draw_worry(line, y)
            self._draw_bar(line, y)
            self._draw_words(line, y, columns)
        self._caption()

    def _columns(self, top: float) -> list[WordColumn]:
        """The columns of words, from the right edge to the left; with their headings."""
        page, share = self.page, 0.16 if self.page.width < 700 else 0.18
        wanted: list[tuple[tuple[str, ...], float, Across]] = [
            (("days", "unowned"), page.wide("unowned") + 6, "right"),
            (("informed",), page.wide("informed") + 6, "center"),
            (OWNER, page.width * share, "left"),
        ]
        if any(line.leaving for line in self.shown):
            wanted.append((LEFT, page.width * share, "left"))
        x = page.width - sum(width for _, width, _ in wanted)
        made = []
        for head, width, ha in wanted:
            anchor = {"left": x + 6, "center": x + width / 2, "right": x + width - 4}[ha]
            page.write(anchor, top + 4, head, ha=ha, va="bottom", colour=SOFT)
            made.append(WordColumn(head, anchor, width - 8, ha))
            x += width
        return made

    def _fit_words(self, columns: Sequence[WordColumn]) -> None:
        """What the worries are, and whom the wide columns name: no two texts cut to the same."""
        page, rows = self.page, self._rows(self.page.line_high)
        room = {line.concern: self.left - 8 - self._after_code(line) for line in self.shown}
        about = {name: page.about(name) for name, wide in room.items() if wide > 30}
        self.about = wrap_apart(about, room, page.small, rows)
        self.named: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for column in columns:
            if column.head in (OWNER, LEFT):
                texts = dict(self._whom(line, column.head) for line in self.shown)
                self.named[column.head] = wrap_apart(texts, dict.fromkeys(texts, column.width), page.small, rows)

    def _after_code(self, line: Standing) -> float:
        """Where the summary of a worry begins."""
        return 36.0 + self.page.wide(line.concern, self.size, "bold")

    def _whom(self, line: Standing, head: tuple[str, ...]) -> tuple[str, str]:
        """Whom a cell names: by their ids, and in words."""
        names = line.owners if head == OWNER else line.left_to
        words = ", ".join(map(self.page.name, names))
        if head == OWNER:
            mark = "° " if names and not line.owner_has_it else ""
            return mark + " ".join(names), mark + (words or "nobody named")
        who = count(len(line.leaving), "person", "people")
        return f"{who}: {' '.join(names)}", f"{who} to {words or 'others'}" if line.leaving else ""

    def _draw_axis(self, top: float, right: float) -> None:
        page, bottom = self.page, top - self.pitch * len(self.shown)
        days = {page.view.day, *(line.first_known for line in self.shown)}
        days |= {day.toordinal() for line in self.shown for spell in line.unowned for day in spell}
        self.axis = TimeAxis(dict.fromkeys(sorted(days), 1), self.left + 4, right, 2.0)
        draw_days(page, self.axis, bottom)
        page.line([(self.left, bottom), (right, bottom)], INK, 0.9)

    def _draw_worry(self, line: Standing, y: float) -> None:
        """The worry's severity as a row of small blocks, its id, and its summary."""
        page = self.page
        for place in range(4):
            fill, edge = (INK, INK) if place < line.severity else (PAPER, EDGE)
            page.rectangle(place * 6.0, y - 3, 4.6, 6, fill, edge, 0.7)
        page.write(30.0, y, line.concern, self.size, weight="bold")
        if line.concern in self.about:
            page.write(self._after_code(line), y, self.about[line.concern])

    def _rows(self, high: float) -> int:
        """How many lines of text a worry has room for."""
        return max(1, min(3, int(self.pitch // high)))

    def _draw_bar(self, line: Standing, y: float) -> None:
        axis, high = self.axis, min(self.pitch * 0.5, 18.0)
        x0, x1 = axis.start[line.first_known], axis.end[self.page.view.day]
        self._bar(x0, x1, y, high, IN_HAND, 2.0, self.owned_kws)
        for first, last in line.unowned:
            x0, x1 = axis.start[first.toordinal()], axis.end[last.toordinal()]
            self._bar(x0, x1, y, high, MARK, 2.2, self.unowned_kws)

    def _bar(self, x0: float, x1: float, y: float, high: float, fill: str, z: float, style: Style) -> None:
        self.page.rectangle(x0, y - high / 2, max(x1 - x0, 2.0), high, fill, INK, 0.8, z=z, style=style)

    def _draw_words(self, line: Standing, y: float, columns: Sequence[WordColumn]) -> None:
        for column, number in zip(columns, (line.days_unowned, len(line.informed)), strict=False):
            weight = "bold" if column.ha == "right" else "normal"
            self.page.write(column.x, y, str(number), ha=column.ha, weight=weight)
        for column in columns[2:]:
            text = self.named[column.head][self._whom(line, column.head)[0]]
            if any(text):
                self.page.write(column.x, y, text, ha=column.ha)

    def _caption(self) -> None:
        said = [f"{count(len(self.standing), 'worry', 'worries')} known by {self.page.day}."]
        rest = len(self.standing) - len(self.shown)
        if rest:
            said.append(f"{count(rest, 'worry', 'worries')} with the fewest days unowned not shown for want of room.")
        if not self.axis.plain:
            said.append("Time is not to scale.")
        said.append("Informed: involved professionals who have it on record.")
        if any(line.owners and not line.owner_has_it for line in self.shown):
            said.append("°: no record that the owner has it.")
        self.page.caption(said)


def _describe(page: CasePage, standing: Sequence[Standing]) -> None:
    known = f"{count(len(standing), 'worry', 'worries')} known."
    words = [f"Responsibility for the worries of {page.title} by {page.day}: {known}"]
    if standing:
        nobody = [line.concern for line in standing if not line.owned]
        words.append(
            f"Of {len(nobody)} no row shows that anybody has them in hand: {ids_in_words(nobody)}."
            if nobody
            else "Each is in somebody's hands."
        )
        longest = standing[0]
        words.append(f"Longest unowned: {longest.concern}, {count(longest.days_unowned, 'day')}.")
        leaving = {name for line in standing for name in line.leaving}
        if leaving:
            people = count(len(leaving), "person", "people")
            words.append(f"{people} {verb(len(leaving), 'is', 'are')} on record as assuming that others would act.")
    page.describe(words)
