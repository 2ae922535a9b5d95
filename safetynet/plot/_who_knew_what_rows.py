"""The lines of the who-knew-what picture: people under their agency, or agencies for their people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..tables._who_knew_what import STATES, Cell, State
from ..wording import count
from .kit.drawing import MOST_PEOPLE, CasePage

AROUND = "Child, family and those round them"


class Line(NamedTuple):
    """A line of the grid: whom it stands for, or the heading over some."""

    text: str
    holders: tuple[str, ...]
    heading: bool = False
    indent: bool = False


class Rows:
    """Whom the grid shows, in groups, and what the record has of each."""

    def __init__(self, page: CasePage, cells: Sequence[Cell]) -> None:
        self.page = page
        self.at = {(cell.holder, cell.concern): cell for cell in cells}
        self.groups: dict[str, list[str]] = {}
        for name in dict.fromkeys(cell.holder for cell in cells):
            party = "" if name in page.view.family else page.view.party(name)
            self.groups.setdefault(party, []).append(name)

    def state(self, line: Line, concern: str) -> State:
        """The most direct that any of those whom a line stands for has."""
        found = {self.at[name, concern].state for name in line.holders}
        return next(state for state in STATES if state in found)

    def since(self, line: Line, concern: str) -> int:
        """The day since which it is so."""
        state = self.state(line, concern)
        cells = [self.at[name, concern] for name in line.holders]
        return min(cell.since for cell in cells if cell.state == state and cell.since is not None)

    def too_many(self, lines: Sequence[Line]) -> bool:
        """Whether there are more people than can be told apart from the back of a room."""
        return sum(not line.heading for line in lines) > MOST_PEOPLE

    def of_people(self, *, silent: bool = True) -> list[Line]:
        """A line for each, under their agency; without those who have nothing on record, unless `silent`."""
        lines: list[Line] = []
        for party, names in self.groups.items():
            shown = [name for name in names if silent or self._has_any(name)]
            title = self._title(party)
            headed = len(names) > 1 and bool(title)
            if headed and shown:
                lines.append(Line(title, (), heading=True))
            for name in shown:
                text = self._name(name)
                if not headed and title not in ("", text):
                    text = f"{text}, {title}"
                lines.append(Line(text, (name,), indent=headed))
        return lines

    def of_agencies(self) -> list[Line]:
        """A line for each agency, with the number of its people, and one for those round the child."""
        lines = []
        for party, names in self.groups.items():
            number = sum(name in self.page.view.records.people for name in names)
            text = self._title(party) or self._name(names[0])
            lines.append(Line(f"{text} ({number})" if number > 1 else text, tuple(names)))
        return lines

    def note(self, lines: Sequence[Line]) -> str:
        """What is to be said of these lines: that they are agencies, or how many people have none."""
        if any(len(line.holders) > 1 for line in lines):
            return "A line is an agency, with the number of its people; the mark: the most direct of them."
        quiet = len({holder for holder, _ in self.at} - {name for line in lines for name in line.holders})
        return f"{count(quiet, 'person', 'people')} without any of these on record not shown." if quiet else ""

    def _title(self, party: str) -> str:
        """The name of a group; nothing for a professional without an agency."""
        if not party:
            return AROUND
        return self.page.name(party) if party in self.page.view.records.agencies else ""

    def _name(self, name: str) -> str:
        return "the agency's file" if name in self.page.view.records.agencies else self.page.name(name)

    def _has_any(self, name: str) -> bool:
        return any(cell.state != "no record" for (holder, _), cell in self.at.items() if holder == name)
