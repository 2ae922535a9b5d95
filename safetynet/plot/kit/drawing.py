"""What every picture begins and ends with: axes, title, key, the line at the foot, and what it shows in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from ...case import Case
from ...dates import DateLike, date_of
from ...errors import ArgumentError, type_of, yes_or_no
from ...io.marks import input_of
from ...record.naming import short_name
from ...record.snapshot import Snapshot, snapshot
from ...rules import Rules
from ...wording import BANNER, short_day
from .alt import Picture, remember
from .canvas import SIZES, blank, new_axes, settle, size_of
from .fonts import family, measure
from .key import Entry, draw_key, key_high
from .sheet import Box, Sheet
from .style import AROUND, INK, PASSED, SECTORS, SMALLEST, SOFT, Look, Style, settings
from .words import clean, fit_apart, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEAST = (220.0, 150.0)  # points: no picture can be read on a smaller sheet
MOST_PEOPLE = 25  # beyond so many, agencies stand for their people unless persons are asked for
FOR_KEYS = 0.42  # of the height at most: what stands under the picture
FOOT_LINES = ((64, 2), (48, 3))  # a sheet so many letters wide has so many lines at its foot; a narrower one, four
CODES = (24, 17, 12, 0)  # how many letters wide a concern stands in the key; 0: there is no room for them
NARROW = CODES[-2]  # the least with which they still say something


T = TypeVar("T")


class NoRoomError(Exception):
    """The axes are too small for what is to be drawn; `hint` is what else may help than larger ones."""

    def __init__(self, hint: str = "Give it larger ones.") -> None:
        super().__init__(hint)
        self.hint = hint


class Page(Sheet):
    """The sheet of one picture, with its title, its key and its words."""

    def __init__(self, ax: Axes, kind: str, legend: bool = True) -> None:
        super().__init__(ax)
        self.kind, self.legend = kind, legend
        self.coded = CODES[0]  # how wide the codes of concerns stand over the key, in letters
        self.said: list[str] = []  # for the line at the foot
        self.has_caption = True  # whether there is one
        self.crowded = False  # whether the banner begins the line at the foot, for want of room over it

    def needs(self, wide: float = LEAST[0], high: float = LEAST[1]) -> None:
        """Leave the drawing, with a word on it, where the sheet is smaller than so many points."""
        if self.width < wide or self.height < high:
            raise NoRoomError

    @property
    def foot(self) -> float:
        """The height that is kept for the banner and the lines at the foot."""
        return self._under_banner + (0.0 if self.crowded else self.small * 1.25)

    @property
    def _under_banner(self) -> float:
        return self._foot_lines * self.small * 1.25

    @property
    def _foot_lines(self) -> int:
        if not self.has_caption:
            return 0
        return next((lines for ems, lines in FOOT_LINES if self.width >= ems * self.small), 4)

    def floor(self, entries: Sequence[Entry]) -> float:
        """The height from which the sheet is free over such a key."""
        return self.foot + (key_high(self, entries) if self.legend else 0.0)

    def key(self, entries: Sequence[Entry]) -> float:
        """Draw the key over the foot; returns the height from which the sheet is free."""
        if self.legend:
            draw_key(self, entries, self.foot)
        return self.floor(entries)

    def fit_letters(self, fits: Callable[[], T | None], hint: str = "Give it larger ones.") -> T:
        """What `fits` gives in the largest letters with which it gives anything.

        The codes are cut shorter before letters get smaller, and letters get smaller before codes go: a picture full
        of codes without a key can be read from the back of a room and says nothing there.
        """
        largest = self.small
        sizes = dict.fromkeys(min(size, largest) for size in (largest, 11.0, 10.0, SMALLEST))
        with_codes = [(size, wide) for size in sizes for wide in CODES[:-1]]
        for self.small, self.coded in (*with_codes, *((size, CODES[-1]) for size in sizes)):
            found = fits()
            if found is not None:
                return found
        self.crowded = self.has_caption
        found = fits()
        if found is None:
            raise NoRoomError(hint)
        return found

    def keep_between(self, bottom: float, top: float) -> None:
        """Let no line leave the picture under or over these heights."""
        for box in (Box(-999, top, 9999, 9999), Box(-999, -999, 9999, bottom)):
            self.taken.add(box)

    def say(self, text: str) -> None:
        """A sentence in place of a picture, where there is nothing to draw."""
        lines = wrap(text, self.width, 13.0, 3)
        self.write(0, self.height / 2, lines, 13.0)

    def caption(self, sentences: Iterable[str] = ()) -> None:
        """The small text at the foot: what is drawn, and what is not."""
        text = " ".join([*([f"{BANNER}."] if self.crowded else []), *sentences, *self.said])
        if text:
            lines = wrap(text, self.width, self.small, self._foot_lines)
            self.write(0, self._under_banner, lines, va="top", colour=SOFT)

    def write_banner(self) -> None:
        """Over the small text at the foot: that nobody is measured here."""
        if not self.crowded:
            text = wrap(BANNER, self.width, self.small, 1, "bold")
            self.write(0, self._under_banner, text, va="bottom", weight="bold")

    def describe(self, sentences: Iterable[str], mark: str = "") -> None:
        """What the picture shows, for those who cannot see it."""
        remember(self.ax, Picture(self.kind, " ".join(sentences), mark))


class CasePage(Page):
    """The sheet of a picture of one case on one date."""

    def __init__(self, ax: Axes, kind: str, legend: bool, view: Snapshot) -> None:
        super().__init__(ax, kind, legend)
        self.view = view

    @property
    def title(self) -> str:
        """The title of the case."""
        return clean(self.view.case.title)

    @property
    def day(self) -> str:
        """The day of the picture, as one writes it."""
        return short_day(self.view.day)

    @property
    def date(self) -> dt.date:
        """The day of the picture."""
        return date_of(self.view.day)

    @property
    def harm(self) -> int | None:
        """The day of the harm, where it lies no later than the day after the one asked for."""
        harm = self.view.records.harm
        return harm.first if harm is not None and harm.first <= self.view.day + 1 else None

    def name(self, one: str) -> str:
        """The name of a person or an agency, as short as may be."""
        return clean(short_name(self.view, one)) or one

    def kind_of(self, one: str) -> str:
        """What somebody is on a picture: child, family, support, public, professional or agency."""
        person = self.view.records.people.get(one)
        return "agency" if person is None else "professional" if one in self.view.professionals else person.kind

    def look_of(self, one: str) -> Look:
        """How somebody looks: those around the child by what they are, all others by their sector."""
        if self.kind_of(one) in AROUND:
            return AROUND[self.kind_of(one)]
        agency = self.view.records.agencies.get(self.view.party(one))
        return SECTORS[agency.sector if agency else "other"]

    def about(self, concern: str) -> str:
        """The summary of a concern, or its category where it has none."""
        one = self.view.records.concerns[concern]
        return clean(one.summary) or one.category.replace("_", " ")

    def describe(self, sentences: Iterable[str], mark: str = "") -> None:
        """What the picture shows; a file that it is saved to knows of which case it is."""
        super().describe(sentences, mark or input_of(self.view.case))

    def floor_over_codes(self, entries: Sequence[Entry], concerns: Collection[str]) -> float:
        """The height from which the sheet is free over a key and the codes of concerns.

        Where the codes are asked for and would take too much, no room is left.
        """
        _, down = self._codes_laid(entries, concerns)
        if not down and self.coded and self.legend and concerns:
            return 2 * self.height
        return self.floor(entries) + (down * self.small * 1.3 + 4 if down else 0.0)

    def _codes_laid(self, entries: Sequence[Entry], concerns: Collection[str]) -> tuple[int, int]:
        """In how many columns and lines the codes stand; no lines where none stand, or they would take too much."""
        for wide in CODES:
            if self.legend and 0 < wide <= self.coded:
                across = max(1, int(self.width // (self.small * wide)))
                down = -(-len(concerns) // across)
                if self.floor(entries) + down * self.small * 1.3 <= FOR_KEYS * self.height:
                    return across, down
        return 1, 0

    def key_with_codes(
        self, entries: Sequence[Entry], concerns: Collection[str], written: Collection[str] | None = None
    ) -> float:
        """Draw the key and, over it, what the codes of concerns stand for, where there is room.

        Where they would have to be cut to a few letters and a third of them or more stand nowhere in the picture,
        which says what is `written` there, these are left out: the others then have more room.
        """
        floor, shown, (across, down) = self.key(entries), sorted(concerns), self._codes_laid(entries, concerns)
        narrow = self.width < across * self.small * CODES[1]
        if narrow and written and len(written) <= len(shown) * 2 / 3:
            shown = sorted(written)
            across = -(-len(shown) // max(down, 1))
        if down:
            self._write_codes(shown, floor, across, down)
        elif shown and self.legend:
            self.said.append(f"{shown[0]} …: see the concerns of the case.")
        return self.floor_over_codes(entries, concerns)

    def _write_codes(self, concerns: Sequence[str], floor: float, across: int, down: int) -> None:
        """The codes in columns, each with what it stands for beside it."""
        wide, high = self.width / across, self.small * 1.3
        room = max(self.wide(one, weight="bold") for one in concerns) + 5
        texts = fit_apart({one: self.about(one) for one in concerns}, wide - room - 10, self.small)
        for place, one in enumerate(concerns):
            x, y = (place // down) * wide, floor + (down - place % down - 0.5) * high
            self.write(x, y, one, weight="bold", colour=PASSED)
            self.write(x + room, y, texts[one])


@contextmanager
def paper(
    kind: str,
    heading: str,
    *,
    ax: Axes | None,
    title: str | None,
    size: tuple[float, float] = SIZES["slide"],
    **styles: Style,
) -> Iterator[Page]:
    """Axes with a title, ready to be drawn on; those that are too small say so."""
    _refuse_odd(title, styles)
    with settings():
        words = heading if title is None else title
        yield from _drawn(Page(_ready(ax or new_axes(size), words), kind), words)


@contextmanager
def drawing(
    kind: str,
    case: Case,
    at: DateLike | None,
    heading: str,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    legend: bool = True,
    rules: Rules | None = None,
    **styles: Style,
) -> Iterator[CasePage]:
    """The same for a picture of a case on a date; ``{day}`` in the heading is that date."""
    _refuse_odd(title, styles)
    yes_or_no(legend=legend)
    view = snapshot(case, at, rules)
    with settings():
        usual = f"{clean(case.title)}: {heading.format(day=short_day(view.day))}"
        words = usual if title is None else title
        yield from _drawn(CasePage(_ready(ax or new_axes(SIZES["slide"]), words), kind, legend, view), words)


def _refuse_odd(title: object, styles: Mapping[str, object]) -> None:
    """Refuse what no picture takes, a title that is no text and a style that is no mapping; nothing is drawn."""
    if not isinstance(title, str | None):
        raise ArgumentError(f"title is {type_of(title)} and no text. Write title='Who knew what'.")
    for name, given in styles.items():
        if not name.endswith("_kws"):
            raise TypeError(f"a picture got an unexpected keyword argument {name!r}")
        if not isinstance(given, Mapping | None):
            said = f"{name} is {type_of(given)} and no mapping"
            raise ArgumentError(f"{said} of matplotlib's words. Write {name}={{'color': 'black'}}.")


P = TypeVar("P", bound=Page)


def _drawn(page: P, title: str) -> Iterator[P]:
    before = set(page.ax.get_children())
    try:
        yield page
        page.write_banner()
    except NoRoomError as error:
        for artist in set(page.ax.get_children()) - before:
            artist.remove()
        wide, high = (side / 72 for side in (page.width, page.height))
        text = f"These axes, {wide:.1f} × {high:.1f} inches, are too small for this picture. {error.hint}".rstrip()
        lines = wrap(text, page.width, SMALLEST, max(1, int(page.height // (SMALLEST * 1.25))))
        page.write(0, page.height / 2, lines, SMALLEST)
        page.describe([clean(title), text] if title else [text])


def _ready(ax: Axes, title: str) -> Axes:
    """Axes as a blank sheet with its title, as large as they will be when the figure is laid out."""
    if not hasattr(ax, "get_window_extent") or not hasattr(ax, "set_xticks"):
        raise ArgumentError(f"ax is {type_of(ax)} and no axes. Write ax=sn.plot.page(), or leave it out.")
    blank(ax)
    _entitle(ax, title)
    settle(ax)
    return ax


def _entitle(ax: Axes, text: str) -> None:
    """The title over the left edge, in letters that fit: one line if possible, else two."""
    width, size = size_of(ax)[0], 15.0
    while size > 11 and measure(clean(text), size, "bold")[0] > width:
        size -= 1
    words = "\n".join(wrap(text, width, size, 2, "bold")) if text else ""
    made = ax.set_title(words, loc="left", fontsize=size, fontweight="bold", color=INK, linespacing=1.15)
    made.set_fontfamily(list(family()))
    made.set_parse_math(False)
