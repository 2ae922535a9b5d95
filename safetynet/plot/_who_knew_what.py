"""The who-knew-what picture: people by agency, concerns across, and how the record has each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tables._who_knew_what import STATES
from ..tables._who_knew_what import who_knew_what as table_of
from ..wording import count
from .kit import key
from .kit.alt import describe
from .kit.lines import each
from .kit.sheet import Sheet, new_axes, title
from .kit.style import FAINT, INK, PAPER, PASSED, QUIET, SIZES, SMALLEST, SOFT, Look, settings
from .kit.words import clean, day_text, fit, in_words, measure, short_name, size_that_fits, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS: Mapping[str, tuple[Look, float, float]] = {  # look, size in cells, width of the rim
    "first hand": (Look(PASSED, "o", "first hand: saw or heard it themselves"), 0.74, 1.2),
    "told": (Look("#E69F00", ">", "told by somebody"), 0.68, 1.2),
    "possible": (Look(PAPER, "o", "may have heard it in a contact; no record"), 0.42, 1.0),
}  # fmt: skip


MARGIN = 30.0  # at the right: how many each has
SLANT = math.radians(58)
FOOT = "professionals who have it on record"


@dataclass
class _Line:
    text: str
    people: tuple[str, ...]
    heading: bool = False


def who_knew_what(
    case: Case, at: Any = None, *, world: str = "possible", dates: bool = False, family: bool = False,
    ax: Axes | None = None, rules: Rules | None = None, mark_kws: Mapping[str, Any] | None = None,
    label_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """People by agency against concerns: who had what first hand, who was told, and who has no record of it.

    An empty cell is "no record of knowing"; it never says that somebody did not know.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    world : {"recorded", "possible", "permitted"}
        What the small open circles stand for; see :func:`safetynet.tables.who_knew_what`.
    dates : bool
        Write the date beside each mark, where the cells are wide enough.
    family : bool
        Show child, family and support too.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    mark_kws, label_kws : mapping, optional
        Style of the marks (``Line2D``) and of the names (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    ArgumentError
        If there is no such world.
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.tables.who_knew_what : the table that it draws.

    Notes
    -----
    People between whom worries passed stand together, and so do the concerns they share. At the right: how many
    concerns each has on record; below: how many people have each. Lines that do not fit are put together, first
    those who have none on record, then the people of an agency.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.who_knew_what(sn.load_case("worked_example"), at="2024-01-31", ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:58]
    'Who knew what in Worked example by 31 Jan 2024: 4 people a'
    """
    view = snapshot(case, at, rules)
    table = table_of(case, at, world=world, family=family, rules=rules)
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        _Grid(view, table, Sheet(ax), dates, mark_kws or {}, label_kws or {}).draw()
    return ax


class _Grid:
    """One drawing of the grid."""

    def __init__(self, view: Snapshot, table: pd.DataFrame, sheet: Sheet, dates: bool, mark_kws: Mapping[str, Any],
                 label_kws: Mapping[str, Any]) -> None:  # fmt: skip
        self.view, self.table, self.sheet, self.dates = view, table, sheet, dates
        self.mark_kws, self.label_kws = mark_kws, label_kws
        self.people = list(dict.fromkeys(table["person"])) if len(table) else list(view.actors)
        self.concerns = list(dict.fromkeys(table["concern"]))
        self.cells = {(line.person, line.concern): line for line in each(table)}
        self.said: list[str] = []

    # rows ---------------------------------------------------------------------------------------------

    def _lines(self, level: int) -> list[_Line]:
        """The lines from the most detailed (0) to one per agency (2)."""
        groups: dict[str, list[str]] = {}
        for person in self.people:
            outside = person not in self.view.professionals and person not in self.view.records.agencies
            groups.setdefault("family" if outside else self.view.party(person), []).append(person)
        lines: list[_Line] = []
        silent = 0
        for place, people in groups.items():
            agency = self.view.records.agencies.get(place)
            name = "Child, family and support" if place == "family" else clean(agency.name) if agency else ""
            if level == 2:
                size = sum(person in self.view.records.people for person in people)
                lines.append(
                    _Line(
                        f"{name or short_name(self.view.records, people[0])}" + (f" ({size})" if size > 1 else ""),
                        tuple(people),
                    )
                )
                continue
            shown = people
            if level == 1:
                shown = [
                    person
                    for person in people
                    if any(self._state((person,), concern) != "no record" for concern in self.concerns)
                ]
                silent += len(people) - len(shown)
            if len(people) > 1 and name and shown:
                lines.append(_Line(name, (), True))
            for person in shown:
                text = self._name(person)
                if len(people) == 1 and name and name != text:
                    text = f"{text}, {name}"
                lines.append(_Line(text, (person,)))
        if silent:
            self.said = [f"{count(silent, 'person', 'people')} without any of these on record not shown."]
        elif level == 2:
            self.said = [
                "Each line is an agency, with the number of its people; "
                "the mark is the most direct that any of them has."
            ]
        else:
            self.said = []
        return lines

    def _name(self, person: str) -> str:
        return (
            f"{short_name(self.view.records, person)} (file)"
            if person in self.view.records.agencies
            else short_name(self.view.records, person)
        )

    def _state(self, people: Sequence[str], concern: str) -> str:
        found = {self.cells[person, concern].state for person in people if (person, concern) in self.cells}
        return next((state for state in STATES if state in found), "no record")

    # drawing ------------------------------------------------------------------------------------------

    def draw(self) -> None:
        sheet, view = self.sheet, self.view
        title(sheet.ax, f"{view.case.title}: who knew what by {day_text(view.day)}")
        floor = self._draw_key()
        if not self.concerns:
            sheet.write(0, sheet.height / 2, "No concern is on anyone's record by this date.", 14)
            describe(sheet.ax, "who_knew_what", f"Who knew what in {clean(view.case.title)} by {day_text(view.day)}: "
                     "no concern is on anyone's record.")  # fmt: skip
            return
        left, room = self._name_width(), sheet.height - 4 - floor - 14
        wide = min((sheet.width - left - MARGIN) / len(self.concerns), 120.0)
        heads = "flat" if wide >= 66 else "slanted"
        head = self._head_height(heads, wide)
        least = head if heads == "flat" else min(head, sheet.height * 0.15)
        lines: list[_Line] = []
        for level in (0, 1, 2):
            lines = self._lines(level)
            if len(lines) * SMALLEST * 1.2 <= room - least:
                break
        if heads == "slanted":  # slanting heads take what the lines leave, and stick out to the right
            head = max(least, min(head, room - len(lines) * 17.0))
            wide = min((sheet.width - left - max(MARGIN, head * 0.66)) / len(self.concerns), 120.0)
            if wide * math.sin(SLANT) < SMALLEST * 1.1:  # no room for them: the ids alone, upright
                heads = "upright"
                head = self._head_height(heads, wide)
                wide = (sheet.width - left - MARGIN) / len(self.concerns)
        top = sheet.height - head - 4
        pitch = min((room - head) / max(len(lines), 1), 34.0)
        bottom = top - pitch * len(lines)
        self._draw_heads(left, top, wide, heads, head)
        self._draw_rows(lines, left, top, wide, pitch, size_that_fits(pitch, 12.0))
        self._draw_margins(lines, left, top, bottom, wide, pitch)
        self._caption(lines)

    def _name_width(self) -> float:
        """How wide the names at the left may be, so that the columns keep a width that can be read."""
        wanted = max(measure(line.text, 11.0)[0] + 14 for line in self._lines(0))
        spare = self.sheet.width - 100 - 24 * len(self.concerns)
        least = (0.3 if self.sheet.width > 700 else 0.25) * self.sheet.width
        most = max(least, min(0.5 * self.sheet.width, spare))
        return max(min(wanted, most), measure(FOOT, SMALLEST)[0] + 10)

    def _head_height(self, heads: str, wide: float) -> float:
        concerns = self.view.records.concerns
        if heads == "upright":
            return max(measure(clean(name), SMALLEST)[0] for name in self.concerns) + 8
        if heads == "flat":
            most = max(
                len(wrap(concerns[name].summary or concerns[name].category, wide - 6, SMALLEST, 4))
                for name in self.concerns
            )
            return (most + 1) * SMALLEST * 1.2 + 4
        longest = max(measure(self._slanted(name), SMALLEST)[0] for name in self.concerns)
        return min(longest * math.sin(SLANT) + 10, 150.0)

    def _slanted(self, concern: str) -> str:
        one = self.view.records.concerns[concern]
        return clean(f"{concern} {one.summary or one.category}")

    def _draw_heads(self, left: float, top: float, wide: float, heads: str, head: float) -> None:
        sheet, concerns = self.sheet, self.view.records.concerns
        for place, name in enumerate(self.concerns):
            x = left + (place + 0.5) * wide
            colour = INK if concerns[name].is_worry else SOFT
            if heads == "flat":
                lines = wrap(concerns[name].summary or concerns[name].category, wide - 6, SMALLEST, 4)
                high = len(lines) * SMALLEST * 1.2
                sheet.write(x, top + 3, lines, SMALLEST, ha="center", va="bottom", colour=colour)
                sheet.write(
                    x,
                    top + 3 + high,
                    fit(name, wide - 2, 10.0, "bold"),
                    10.0,
                    ha="center",
                    va="bottom",
                    weight="bold",
                    colour=colour,
                )
                continue
            text, angle = self._slanted(name), math.degrees(SLANT)
            if heads == "upright":
                if place % math.ceil(SMALLEST * 1.15 / wide):
                    continue
                text, angle = clean(name), 90.0
            text = fit(text, (head - 8) / math.sin(math.radians(angle)), SMALLEST)
            slope = "normal" if concerns[name].is_worry else "italic"
            sheet.write_turned(
                x - (1 if heads == "slanted" else 0), top + 4, text, angle, colour=colour, fontstyle=slope
            )
        if heads == "upright" and wide < SMALLEST * 1.15:
            self.said.append("Not every column has its name, for want of room.")

    def _draw_rows(
        self, lines: Sequence[_Line], left: float, top: float, wide: float, pitch: float, size: float
    ) -> None:
        sheet = self.sheet
        right = left + wide * len(self.concerns)
        across = min(pitch, wide, 20.0)
        dated = self.dates and wide >= measure("30 May 99", SMALLEST)[0] + across + 4
        if self.dates and not dated:
            self.said.append("Cells too narrow for dates: leave concerns out, or draw it wider.")
        for number, line in enumerate(lines):
            y = top - (number + 0.5) * pitch
            if line.heading:
                sheet.write(0, y, fit(line.text, left - 6, size, "bold"), size, weight="bold", style=self.label_kws)
                continue
            indent = (
                10.0 if any(one.heading for one in lines) and number and self._under_heading(lines, number) else 0.0
            )
            sheet.write(indent, y, fit(line.text, left - 6 - indent, size), size, style=self.label_kws)
            sheet.line([(left, y), (right, y)], FAINT, 0.8, 1.0)
            for place, concern in enumerate(self.concerns):
                state = self._state(line.people, concern)
                if state == "no record":
                    continue
                look, share, rim = LOOKS[state]
                x = left + (place + 0.5) * wide - (measure("30 May 99", SMALLEST)[0] / 2 if dated else 0)
                sheet.mark(x, y, look.marker, across * share, look.colour, width=rim,
                           edge=INK if state != "possible" else QUIET, style=self.mark_kws)  # fmt: skip
                if dated:
                    since = min(self.cells[person, concern].since for person in line.people
                                if self.cells[person, concern].state == state)  # fmt: skip
                    sheet.write(
                        x + across * 0.5 + 2,
                        y,
                        f"{since.day} {since:%b %y}",
                        SMALLEST,
                        colour=INK if state != "possible" else SOFT,
                    )

    def _under_heading(self, lines: Sequence[_Line], number: int) -> bool:
        mine = self.view.party(lines[number].people[0]) if lines[number].people else ""
        for other in reversed(lines[:number]):
            if other.heading:
                return True
            if other.people and (
                other.people[0] not in self.view.records.people or self.view.party(other.people[0]) != mine
            ):
                return False
        return False

    def _draw_margins(
        self, lines: Sequence[_Line], left: float, top: float, bottom: float, wide: float, pitch: float
    ) -> None:
        sheet = self.sheet
        right = left + wide * len(self.concerns)
        for place in range(len(self.concerns) + 1):
            x = left + place * wide
            calm = place < len(self.concerns) and not self.view.records.concerns[self.concerns[place]].is_worry
            first_calm = calm and (place == 0 or self.view.records.concerns[self.concerns[place - 1]].is_worry)
            sheet.line([(x, top), (x, bottom)], INK if first_calm else FAINT, 1.0 if first_calm else 0.8, 1.0)
        for number, line in enumerate(lines):
            if line.heading:
                sheet.line([(0, top - number * pitch), (right, top - number * pitch)], QUIET, 0.6, 1.1)
                continue
            held = sum(self._state(line.people, concern) in STATES[:2] for concern in self.concerns)
            sheet.write(
                right + 20, top - (number + 0.5) * pitch, str(held), SMALLEST, ha="right", colour=INK if held else SOFT
            )
        sheet.line([(left, top), (right, top)], INK, 1.0, 1.2)
        sheet.line([(left, bottom), (right, bottom)], INK, 1.0, 1.2)
        sheet.write(left - 6, bottom - 7, FOOT, SMALLEST, ha="right", colour=SOFT)
        for place, concern in enumerate(self.concerns):
            holders = sum(
                self.cells[person, concern].state in STATES[:2] and person in self.view.records.people
                for person in self.people
            )
            sheet.write(left + (place + 0.5) * wide, bottom - 7, str(holders), SMALLEST, ha="center",
                        weight="bold" if holders == 1 else "normal")  # fmt: skip

    def _draw_key(self) -> float:
        entries = [key.of_marker(LOOKS[state][0], 11.0 * LOOKS[state][1] + 2, width=LOOKS[state][2],
                                 edge=INK if state != "possible" else QUIET)
                   for state in STATES[:3] if (self.table["state"] == state).any()]  # fmt: skip
        entries.append(key.of_line(lambda sheet, x, y: None, "empty: no record of knowing", 0.0))
        return key.draw_key(self.sheet, entries, self.sheet.foot)

    def _caption(self, lines: Sequence[_Line]) -> None:
        counts = self.table["state"].value_counts()
        said = [
            f"{int(counts.get('first hand', 0))} cells first hand, {int(counts.get('told', 0))} told, "
            f"{int(counts.get('possible', 0))} possible, {int(counts.get('no record', 0))} without a record.",
            *self.said,
        ]
        if any(not self.view.records.concerns[name].is_worry for name in self.concerns):
            said.append("Behind the dark line: reassurance and strengths.")
        self.sheet.caption(" ".join(said))
        self._describe()

    def _describe(self) -> None:
        view = self.view
        held = self.table[self.table["state"].isin(STATES[:2])]
        people = [person for person in self.people if person in view.records.people]
        words = [
            f"Who knew what in {clean(view.case.title)} by {day_text(view.day)}: "
            f"{count(len(people), 'person', 'people')} "
            f"and {count(len(self.concerns), 'concern')}."
        ]
        if len(held):
            widest = held["concern"].value_counts()
            most = held["person"].value_counts()
            top = sorted(most[most == most.max()].index)[0]
            words.append(f"{short_name(view.records, top)} has most on record ({int(most.max())}).")
            alone = sorted(widest[widest == 1].index)
            if alone:
                words.append(f"On one record only: {in_words(alone)}.")
        silent = [person for person in people if person not in set(held["person"])]
        if silent:
            words.append(f"{count(len(silent), 'person has', 'people have')} none of them on record.")
        describe(self.sheet.ax, "who_knew_what", " ".join(words))
