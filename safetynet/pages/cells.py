"""What stands in a cell or a sentence of a page, as HTML: names for one level or both, and ids that are links.

Templates ask for it as ``report.say``, ``report.people`` and so on; there are tens of thousands of them on a page, for
which macros take too long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from .lines import Cell, Ids, Who, is_long
from .names import Said
from .safe import anchor, isolated

if TYPE_CHECKING:
    from .known import Mark

SHADES = {"S": "first", "?": "said", "T": "told", "·": "may"}  # the class of each sign of who knew what


class Cells:
    """How the cells of one page are written.

    Attributes
    ----------
    only : str
        The one level that the page shows; empty where one can switch between both.
    rows, concerns : collections of ids
        What has a place on the page, to which its id links.
    """

    def __init__(self, only: str = "", rows: Collection[str] = (), concerns: Collection[str] = ()) -> None:
        self.only, self.places = only, {"row": frozenset(rows), "concern": frozenset(concerns)}
        self._links: dict[tuple[str, str], Markup] = {}
        self._marks: dict[Mark, str] = {}

    def say(self, said: Said) -> Markup:
        """A text for the level that is shown, or for both where they differ."""
        if self.only:
            return text(getattr(said, self.only))
        if said.agency == said.person:
            return text(said.agency)
        return Markup(
            f'<span class="by-agency">{text(said.agency)}</span><span class="by-person">{text(said.person)}</span>'
        )

    def called(self, said: Said) -> Markup:
        """The same of a name, which stands by itself whatever way it is written."""
        if self.only:
            return Markup(f"<bdi>{text(getattr(said, self.only))}</bdi>")
        if said.agency == said.person:
            return Markup(f"<bdi>{text(said.agency)}</bdi>")
        return Markup(
            f'<bdi class="by-agency">{text(said.agency)}</bdi><bdi class="by-person">{text(said.person)}</bdi>'
        )

    def people(self, who: Who) -> Markup:
        """Several names, and how many more there are."""
        return self._listed(map(self.called, who.names), "; ", who.further)

    def link(self, kind: str, one: str) -> Markup:
        """The id of a row or a concern; a link where the page has it."""
        found = self._links.get((kind, one))
        if found is None:
            found = text(one)
            if one in self.places[kind]:
                found = Markup(f'<a href="#{text(anchor(kind, one))}">{found}</a>')
            self._links[kind, one] = found
        return found

    def links(self, kind: str, ids: Sequence[str], further: int = 0) -> Markup:
        """Several ids, and how many more there are."""
        return self._listed((self.link(kind, one) for one in ids), ", ", further)

    def cell(self, one: Cell) -> Markup:
        """Whatever a cell of a table holds."""
        if isinstance(one, str):
            return text(one)
        if isinstance(one, Ids):
            return self.links(one.kind, one.ids, one.further)
        return self.people(one) if isinstance(one, Who) else self.say(one)

    def classes(self, one: Cell, holds: str = "") -> Markup:
        """The class of a cell, as an attribute: a date, a word that is long, or prose; else none."""
        if holds == "day" or (holds == "date" and len(one) <= 10):
            return Markup(' class="day"')
        if is_long(one):
            return Markup(' class="long"')
        return Markup(' class="prose"' if holds == "prose" else "")

    def marks(self, marks: Iterable[Mark]) -> Markup:
        """The cells of a line of who knew what."""
        return Markup("".join(map(self._mark, marks)))

    def _mark(self, mark: Mark) -> str:
        found = self._marks.get(mark)
        if found is None:
            said = f' class="{SHADES[mark.sign]}" title="{text(mark.state)} {text(mark.since)}"' if mark.sign else ""
            found = self._marks[mark] = f"<td{said}>{text(mark.sign)}</td>"
        return found

    def _listed(self, parts: Iterable[str], between: str, further: int) -> Markup:
        return Markup(between.join(parts) + (f" and {further} more" if further else ""))


def text(value: object) -> Markup:
    """A text of the case as the templates show it: isolated and escaped."""
    return escape(isolated(value))
