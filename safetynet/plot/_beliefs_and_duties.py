"""The picture of beliefs and duties over time: what each party was taken to have in hand, and what lay on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Unpack

from ..case import Case
from ..case.records import Row
from ..dates import DateLike
from ..tables._beliefs_and_duties import Stretch, lines
from ..wording import count, in_words, short_day
from ._conditions import SPAN, Conditions
from .kit import key, routes
from .kit.axis import NOT_TO_SCALE, TimeAxis
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.frame import days_high, draw_days
from .kit.style import BAND, DOTTED, EDGE, INK, MARK, PAPER, PASSED, SOFT, Look, Style
from .kit.words import ids_in_words, wrap_apart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: dict[str, tuple[str, str]] = {  # what the record showed of a party: the fill and the hatch of a bar
    "no record": (PAPER, ""),
    "had it on record": ("#a9cde3", ""),
    "took it on": (PASSED, ""),
    "acted": (PASSED, ""),
    "put it aside": ("#d6d6d6", ".."),
    "thought otherwise": ("#f3d9c9", "///"),
}
ENDS: dict[str, Look] = {  # how a duty stands
    "met": Look(INK, "D", "met"),
    "met late": Look(MARK, "D", "met late"),
    "not yet due": Look(PAPER, ">", "not yet due"),
    "no record": Look(PAPER, "o", "no record that it was met"),
    "could not be known": Look("#999999", "X", "could not be known"),
}
BELIEVED, ASSUMED = Look(PAPER, "d", "took it to be so"), Look("#F0E442", "d", "left it to another")
DUTY = Look(PAPER, "<", "duty")
FIRST = ("no record", "could not be known", "met late")  # these are drawn where not all have room


@picture
def beliefs_and_duties(
    case: Case,
    at: DateLike | None = None,
    *,
    bar_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """What was believed of each party, or left to it, and which duties lay on it: how it stood from when to when.

    A lane is a person or an agency. A bar is something that somebody took them to know or think, or counted on them
    for, from the row that says so; its fill is what the record showed of them then. A line is a duty, from the day on
    which it was laid on them (a dotted lead from the row that set it off, a stroke where it was due) to the day on
    which it was met or the date asked for; its end says how it stands. "No record" does not say that somebody did not
    know or act.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    bar_kws : mapping, optional
        Style of the bars (``Rectangle``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with a lane for each party.

    See Also
    --------
    safetynet.tables.beliefs_and_duties : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.beliefs_and_duties(sn.load_case("reuben"), ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:75]
    'Beliefs and duties of Reuben (illustrative) by 31 May 2024: 3 beliefs and 2'
    """
    heading = "what was believed of whom, and what was due from them, by {day}"
    with drawing("beliefs_and_duties", case, at, heading, bar_kws=bar_kws, **common) as page:
        page.needs(320.0, 200.0)
        drawn = _joined(lines(page.view))
        _describe(page, drawn)
        if drawn:
            _Lanes(page, drawn, bar_kws).draw()
        else:
            page.say("No belief about another and no duty is on record by this date.")
    return page.ax


class _Line(NamedTuple):
    """One belief or duty, with its stretches in order."""

    stretches: tuple[Stretch, ...]

    @property
    def one(self) -> Stretch:
        """The last stretch: how it stands."""
        return self.stretches[-1]

    @property
    def is_duty(self) -> bool:
        return self.one.kind == "expected"

    @property
    def start(self) -> int:
        return self.stretches[0].start


def _joined(found: Sequence[Stretch]) -> list[_Line]:
    """A line for each belief and each duty, those of a party together, in the order in which the parties come in."""
    each: dict[tuple[object, ...], list[Stretch]] = {}
    for one in found:
        each.setdefault((one.party, one.row, one.holder, one.concerns), []).append(one)
    parties = list(dict.fromkeys(one.party for one in found))
    made = [_Line(tuple(some)) for some in each.values()]
    return sorted(made, key=lambda line: (parties.index(line.one.party), line.start))


class _Lanes:
    """One drawing: a lane for each party, with a line for each belief and duty."""

    def __init__(self, page: CasePage, drawn: Sequence[_Line], bar_kws: Style) -> None:
        self.page, self.every, self.bar_kws = page, list(drawn), bar_kws
        self.conditions = Conditions(page, 2)

    def draw(self) -> None:
        page, entries = self.page, self._key()
        self.top = page.height - page.line_high - 4

        def most() -> int | None:
            floor = page.floor_over_codes(entries, self._codes())
            room = self.top - floor - days_high(page) - self.conditions.high - 4
            fits = int(room // (page.line_high + 2))
            return fits if fits >= min(len(self.every), 4) else None

        fits = page.fit_letters(most)
        heaviest = sorted(self.every, key=lambda line: line.one.state not in FIRST)[:fits]
        self.shown = [line for line in self.every if line in heaviest]
        floor = page.key_with_codes(entries, self._codes()) + days_high(page) + 4
        self.pitch = min((self.top - floor - self.conditions.high) / len(self.shown), 40.0)
        self.bottom = self.top - self.pitch * len(self.shown) - self.conditions.high
        self._draw_words()
        self._draw_time()
        for place, line in enumerate(self.shown):
            y = self.top - (place + 0.5) * self.pitch
            if line.is_duty:
                self._draw_duty(line.one, y)
            else:
                self._draw_belief(line, y)
        self._caption()

    def _codes(self) -> set[str]:
        return {concern for line in self.every for concern in line.one.concerns}

    def _draw_words(self) -> None:
        """The lanes with their parties, what each line is, and how it stands."""
        page, narrow = self.page, self.page.width < 620
        lane, what = page.width * (0.22 if narrow else 0.2), page.width * (0.2 if narrow else 0.27)
        ends = 0.0 if narrow else max(page.wide(line.one.state) for line in self.shown) + 8
        self.left, self.right = lane + what + 10, page.width - ends - 4
        names = {str(place): self._what(line) for place, line in enumerate(self.shown)}
        cut = wrap_apart(names, dict.fromkeys(names, what - 6), page.small, max(1, int(self.pitch // page.line_high)))
        heads = [("of, or on, whom", 0.0), ("row, concerns, by whom or what", lane)] + (
            [] if narrow else [("now", self.right + 8)]
        )
        for head, x in heads:
            page.write(x, page.height - page.line_high * 0.6, head, colour=SOFT)
        place = 0
        parties = self._parties(lane - 8)
        for number, (party, text) in enumerate(parties.items()):
            some = [line for line in self.shown if line.one.party == party]
            high, top = self.pitch * len(some), self.top - place * self.pitch
            if number % 2 == 0:
                page.rectangle(0, top - high, page.width, high, BAND, z=0.2)
            page.write(0, top - high / 2, text)
            for line in some:
                y = self.top - (place + 0.5) * self.pitch
                page.write(lane, y, cut[str(place)])
                if not narrow:
                    page.write(self.right + 8, y, line.one.state)
                place += 1

    def _parties(self, width: float) -> dict[str, list[str]]:
        """What stands beside each lane, in as many lines as it is high, and no two the same."""
        page, parties = self.page, [line.one.party for line in self.shown]
        most = {one: max(1, min(3, int(self.pitch * parties.count(one) // page.line_high))) for one in parties}
        shown: dict[str, list[str]] = {}
        for number in sorted(set(most.values())):
            names = {one: self._party(one) for one in parties if most[one] == number}
            shown |= wrap_apart(names, dict.fromkeys(names, width), page.small, number)
        return {one: shown[one] for one in dict.fromkeys(parties)}

    def _party(self, party: str) -> str:
        """A party by its name, a person with their agency."""
        page, person = self.page, self.page.view.records.people.get(party)
        if person is None or not person.agency:
            return page.name(party)
        return f"{page.name(party)}, {page.name(person.agency)}"

    def _what(self, line: _Line) -> str:
        """What a line is: who believed it of which concerns, or the rule of the duty."""
        one, page = line.one, self.page
        said = (one.rule or "a duty") if line.is_duty else page.name(one.holder)
        return f"{one.row}: {', '.join((' '.join(one.concerns), said) if one.concerns else (said,))}"

    def _draw_time(self) -> None:
        page, view = self.page, self.page.view
        days = {view.day}
        for line in self.shown:
            days |= {one.start for one in line.stretches} | {one.end for one in line.stretches}
            days |= {day for day in (line.one.due,) if day is not None and day <= view.day}
            days |= {view.when(row.date) for row in self._set_off(line.one)}
        self.axis = TimeAxis(dict.fromkeys(sorted(days), 1), self.left, self.right, 2.0)
        lowest = self.bottom + self.conditions.high
        self.conditions.draw(self.axis, self.left, self.right, lowest)
        if self.conditions.lines:
            page.write(self.left - 8, (self.bottom + lowest) / 2, "conditions", ha="right", colour=SOFT)
        page.line([(self.left, self.bottom), (self.right, self.bottom)], INK, 0.9)
        draw_days(page, self.axis, self.bottom)

    def _set_off(self, one: Stretch) -> list[Row]:
        """The rows that set a duty off, as far as they are on record by the day."""
        by_id = self.page.view.by_id
        return [by_id[row] for row in one.set_off_by.split(";") if row in by_id]

    def _draw_belief(self, line: _Line, y: float) -> None:
        page, high, label = self.page, min(self.pitch * 0.55, 13.0), routes.row_label((line.one.row,))
        starts = [self.axis.start[one.start] for one in line.stretches]
        ends = [*starts[1:], self.axis.end[line.one.end]]
        for one, x0, x1 in zip(line.stretches, starts, ends, strict=True):
            fill, hatch = SHOWN[one.state]
            page.rectangle(
                *(x0, y - high / 2, max(x1 - x0, 2.0), high, fill, INK, 0.9),
                hatch=hatch or None,
                label=label,
                style=self.bar_kws,
            )
        look = BELIEVED if line.one.kind == "believed" else ASSUMED
        page.look(self.axis.start[line.start], y, look, min(10.0, self.pitch * 0.6), width=1.1)

    def _draw_duty(self, one: Stretch, y: float) -> None:
        page, label = self.page, routes.row_label((one.row,))
        x0, x1 = self.axis.x(one.start), self.axis.x(one.end)
        earlier = [self.axis.x(page.view.when(row.date)) for row in self._set_off(one)]
        if earlier and min(earlier) < x0 - 1:
            page.line([(min(earlier), y), (x0, y)], SOFT, 1.2, 2.0, DOTTED)
            page.mark(min(earlier), y, "|", 7.0, SOFT, edge=SOFT)
        page.line([(x0, y), (max(x1, x0 + 2), y)], INK, 1.6, 2.2, label=label)
        size = min(9.0, self.pitch * 0.55)
        if one.due is not None and one.due <= page.view.day:
            page.line([(self.axis.x(one.due), y - size * 0.8), (self.axis.x(one.due), y + size * 0.8)], MARK, 2.0, 2.4)
        page.look(x0, y, DUTY, size, width=1.1)
        page.look(max(x1, x0 + size), y, ENDS[one.state], size, width=1.1, label=label)

    def _key(self) -> list[key.Entry]:
        """What is drawn, and what it means."""
        beliefs, duties = ([line for line in self.every if line.is_duty == one] for one in (False, True))
        kinds, states = {line.one.kind for line in beliefs}, {one.state for line in beliefs for one in line.stretches}
        entries = [
            key.marker(look, 9.0) for kind, look in (("believed", BELIEVED), ("assumed", ASSUMED)) if kind in kinds
        ]
        words = {state: state for state in SHOWN if state in states}
        if {"took it on", "acted"} <= states:
            words = {**words, "took it on": "took it on, or acted"}
            del words["acted"]
        entries += [key.swatch(said, SHOWN[one][0], hatch=SHOWN[one][1]) for one, said in words.items()]
        if duties:
            entries.append(key.marker(DUTY, 8.0))
            if any(line.one.due is not None and line.one.due <= self.page.view.day for line in duties):
                due = key.sample("due", lambda s, x, y: s.line([(x + 3, y - 6), (x + 3, y + 6)], MARK, 2.0), 9.0)
                entries.append(due)
            ends = {line.one.state for line in duties}
            entries += [key.marker(look, 8.0) for state, look in ENDS.items() if state in ends]
        if self.conditions.lines:
            entries.append(key.swatch("condition in force", SPAN, EDGE, 14.0, 8.0, 0.7))
        return entries

    def _caption(self) -> None:
        said = ["“No record” does not say that somebody did not know or act."]
        rest = len(self.every) - len(self.shown)
        if rest:
            said.append(f"{count(rest, 'line')} not shown for want of room.")
        said += self.conditions.said()
        if not self.axis.plain:
            said.append(NOT_TO_SCALE)
        each = sorted(
            {row for line in self.every if line.one.each_other for row in (line.one.row, *line.one.each_other)}
        )
        if each:
            said.append(f"Each believed it of the other: {ids_in_words(each)}.")
        self.page.caption(said)


def _describe(page: CasePage, drawn: Sequence[_Line]) -> None:
    beliefs, duties = ([line for line in drawn if line.is_duty == one] for one in (False, True))
    numbers = [count(len(beliefs), "belief")] * bool(beliefs) + [count(len(duties), "duty", "duties")] * bool(duties)
    said = in_words(numbers) or "no belief about another and no duty"
    words = [f"Beliefs and duties of {page.title} by {page.day}: {said}."]
    if beliefs:
        words.append(f"What the record shows now of the party: {_counted(beliefs)}.")
        changed = [line for line in beliefs if len(line.stretches) > 1]
        if changed:
            last = max(changed, key=lambda line: line.one.start)
            words.append(f"It changed for {len(changed)} of them, last on {short_day(last.one.start)}.")
    if duties:
        words.append(f"The duties: {_counted(duties)}.")
    page.describe(words)


def _counted(some: Sequence[_Line]) -> str:
    states = [ENDS[line.one.state].words if line.is_duty else line.one.state for line in some]
    return ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
