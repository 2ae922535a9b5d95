"""The picture of the meetings: what those at each had, what they tabled, and what others would have brought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from ..case import Case
from ..dates import DateLike
from ..measures.coverage import Coverage, lines
from ..wording import count, in_words, short_when, verb
from .kit import key
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, NoRoomError, drawing
from .kit.heads import WordColumn, draw_upright
from .kit.sheet import Across
from .kit.style import BAND, INK, MARK, PAPER, PASSED, SOFT, Look, Style
from .kit.words import wrap, wrap_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# several had it or one alone, and whether it was tabled; then what nobody there had
LOOKS: dict[tuple[bool, bool], Look] = {
    (False, True): Look(PASSED, "s", "tabled; several there had it"),
    (False, False): Look(PAPER, "s", "not tabled"),
    (True, True): Look(PASSED, "D", "tabled; one there alone had it"),
    (True, False): Look(PAPER, "D", "not tabled"),
}
ELSEWHERE = Look("#E69F00", "^", "only others, not there, had it")
LEAST = 7.0  # points between two columns
WIDEST, HIGHEST = 34.0, 78.0  # points between two columns, and between two meetings


@picture
def meeting_coverage(
    case: Case,
    at: DateLike | None = None,
    *,
    mark_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """Per meeting: what those there had on record, what of it was tabled, and what others would have brought.

    A line is a meeting of two or more professionals, a column a worry. A square is a worry that several there had on
    record, a diamond one that one of them alone had; filled, it was tabled. A triangle is a worry that nobody there
    had, and that somebody would have brought who was involved and was not there. It is about what the record says was
    tabled; where the row says that it does not list everything, the numbers are "at least".

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    mark_kws : mapping, optional
        Style of the marks (``Line2D``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with a line for each meeting.

    See Also
    --------
    safetynet.meeting_coverage : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.meeting_coverage(sn.load_case("worked_example"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:70]
    'What was tabled at the meetings of Worked example by 30 Jan 2024: 1 me'
    """
    heading = "what was there to be tabled at each meeting, by {day}"
    with drawing("meeting_coverage", case, at, heading, mark_kws=mark_kws, **common) as page:
        page.needs()
        found = lines(page.view)
        _describe(page, found)
        if found:
            _Table(page, found, mark_kws).draw()
        else:
            page.say("No meeting of two or more professionals is on record by this date.")
    return page.ax


class _Table:
    """One drawing: a line for each meeting, a column for each worry."""

    def __init__(self, page: CasePage, found: Sequence[Coverage], mark_kws: Style) -> None:
        self.page, self.found, self.mark_kws = page, found, mark_kws

    def draw(self) -> None:
        page = self.page
        every = sorted({worry for line in self.found for worry in _worries(line)})
        entries = _key(self.found)
        self.head = max([page.wide(worry) for worry in every], default=0.0)

        def most() -> int | None:
            self.top = page.height - max(2.2 * page.line_high, self.head + 8)
            room = self.top - page.floor_over_codes(entries, every) - 4
            fits = int(room // (page.line_high * (2.0 if room >= 2.0 * page.line_high * len(self.found) else 1.25)))
            return fits if fits >= min(len(self.found), 2) else None

        self.shown = _with_most_left(page, self.found, page.fit_letters(most))
        self.bottom = page.key_with_codes(entries, every) + 4
        self.pitch = min((self.top - self.bottom) / len(self.shown), HIGHEST)
        self.left = page.width * (0.3 if page.width < 620 else 0.24)
        columns = self._columns()
        self._place(every, columns[0].x - columns[0].width - 12 if columns else page.width)
        for place, line in enumerate(self.shown):
            self._draw_line(line, self.top - (place + 0.5) * self.pitch, place % 2 == 0)
        self._write_cells(columns)
        self._caption()

    def _columns(self) -> list[WordColumn]:
        """The columns of words at the right, as many as leave the marks most of the room; with their headings."""
        page = self.page
        wanted: list[tuple[tuple[str, ...], float, Across]] = [
            (("tabled of what", "they had"), page.wide("tabled of what"), "right")
        ]
        if page.width >= 560:
            wanted.append((("of what one", "alone had"), page.wide("alone had") + 24, "right"))
        if page.width >= 700:
            wanted.append((("not there, and would", "have brought"), page.width * 0.23, "left"))
        x, made = page.width - sum(width + 8 for _, width, _ in wanted), []
        for head, width, ha in wanted:
            anchor = x + 10 if ha == "left" else x + width
            page.write(anchor, self.top + 4, head, ha=ha, va="bottom", colour=SOFT)
            made.append(WordColumn(head, anchor, width - 2, ha))
            x += width + 8
        return made

    def _place(self, every: Sequence[str], right: float) -> None:
        """Where the column of each worry is, with its head."""
        self.wide = min((right - self.left) / max(len(every), 1), WIDEST)
        if self.wide < LEAST:
            raise NoRoomError
        self.x = {worry: self.left + (place + 0.5) * self.wide for place, worry in enumerate(every)}
        self.right = self.left + self.wide * len(every)
        self.all_named = draw_upright(self.page, list(self.x.values()), self.top, every)

    def _draw_line(self, line: Coverage, y: float, banded: bool) -> None:
        page, row = self.page, self.page.view.by_id[line.row]
        if banded:
            page.rectangle(0, y - self.pitch / 2, page.width, self.pitch, BAND, z=0.2)
        parties = dict.fromkeys(page.name(page.view.party(one) or one) for one in row.who)
        room, most = self.left - 12, max(1, min(4, int(self.pitch // page.line_high)))
        said = wrap(f"{short_when(row.date)} · {line.row}", room, page.small, 1)
        if most > 1:
            said += wrap(", ".join(parties), room, page.small, most - 1)
        page.write(0, y, said)
        for worry in line.available:
            alone, tabled = worry in line.unique, worry in line.tabled
            self._mark(worry, y, LOOKS[alone, tabled], MARK if alone and not tabled else INK)
        for worry in sorted({one for _, held in line.would_have_brought for one in held}):
            self._mark(worry, y, ELSEWHERE, INK)

    def _mark(self, worry: str, y: float, look: Look, edge: str) -> None:
        size = min(12.0, self.wide * 0.72, self.pitch * 0.55)
        size *= {"D": 0.86, "^": 1.05}.get(look.marker, 1.0)
        self.page.look(self.x[worry], y, look, size, edge=edge, width=1.6, style=self.mark_kws)

    def _write_cells(self, columns: Sequence[WordColumn]) -> None:
        """What stands at the right of each meeting."""
        page = self.page
        most = max(1, min(4, int(self.pitch // page.line_high)))
        others = {
            line.row: "; ".join(f"{page.name(one)} {' '.join(held)}" for one, held in line.would_have_brought)
            for line in self.shown
        }
        if len(columns) == 3:
            cut = wrap_apart(others, dict.fromkeys(others, columns[2].width), page.small, most)
        for place, line in enumerate(self.shown):
            y, tabled = self.top - (place + 0.5) * self.pitch, set(line.tabled)
            least = "≥ " if line.lower_bound else ""
            cells = [[_share(least, len(tabled), len(line.available))]]
            cells += [[_share(least, len(tabled & set(line.unique)), len(line.unique))]]
            if len(columns) == 3:
                cells.append(cut[line.row] if others[line.row] else ["–"])
            for column, text in zip(columns, cells, strict=False):
                page.write(column.x, y, text, ha=column.ha)

    def _caption(self) -> None:
        said = [f"{count(len(self.found), 'meeting')} of two or more professionals."]
        rest = len(self.found) - len(self.shown)
        if rest:
            said.append(f"{count(rest, 'meeting')} at which least was left not shown for want of room.")
        if not self.all_named:
            said.append("Not every column has room for its name.")
        if any(line.lower_bound and line.available for line in self.shown):
            said.append("≥: the row does not list everything that was tabled.")
        self.page.caption(said)


def _share(least: str, part: int, whole: int) -> str:
    return f"{least}{part} of {whole}" if whole else "–"


def _worries(line: Coverage) -> set[str]:
    """The worries that a meeting has a mark for."""
    return {*line.available, *(worry for _, held in line.would_have_brought for worry in held)}


def _left(page: CasePage, line: Coverage) -> float:
    """The weight of what was not tabled, and of what others would have brought."""
    return page.view.total(_worries(line) - set(line.tabled))


def _with_most_left(page: CasePage, found: Sequence[Coverage], most: int) -> list[Coverage]:
    """As many meetings as have room, in their order: those at which most was left."""
    heaviest = sorted(range(len(found)), key=lambda place: (-_left(page, found[place]), place))[:most]
    return [found[place] for place in sorted(heaviest)]


def _key(found: Sequence[Coverage]) -> list[key.Entry]:
    """The marks that are drawn, and what they mean."""
    drawn = {(worry in line.unique, worry in line.tabled) for line in found for worry in line.available}
    entries = []
    for alone, tabled in LOOKS:
        if (alone, tabled) in drawn:
            look, edge = LOOKS[alone, tabled], MARK if alone and not tabled else INK
            words = look.words
            if not tabled:
                had = "one there alone had it" if alone else "several there had it"
                words = "the same, not tabled" if (alone, True) in drawn else f"not tabled; {had}"
            entries.append(key.marker(look._replace(words=words), 8.5, edge=edge, width=1.6))
    if any(line.would_have_brought for line in found):
        entries.append(key.marker(ELSEWHERE, 9.5))
    return entries


def _describe(page: CasePage, found: Sequence[Coverage]) -> None:
    head = f"What was tabled at the meetings of {page.title} by {page.day}:"
    meetings = f"{count(len(found), 'meeting')} of two or more professionals." if found else "no meeting."
    words = [head, meetings]
    for line in sorted(found, key=lambda one: -_left(page, one))[:4]:
        if not line.available:
            words.append(f"{line.row}: nothing on record there to be tabled.")
            continue
        said = (
            f"{line.row}: {'at least ' if line.lower_bound else ''}{len(line.tabled)} of {len(line.available)} tabled"
        )
        if line.unique:
            said += f"; of the {len(line.unique)} that one alone had, {len(set(line.tabled) & set(line.unique))}"
        words.append(f"{said}.")
    more = [line.row for line in found if line.would_have_brought]
    if more:
        also = verb(len(more), "it", "them")
        words.append(f"To {in_words(more, 8)} others who were not there would have brought what nobody at {also} had.")
    page.describe(words)
