"""The ecomap: the household in a circle, and round it who they are tied to, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Unpack

from matplotlib.patches import Circle, FancyBboxPatch

from ..case import Case, need_case
from ..dates import DateLike
from ..errors import ArgumentError, choose, unknown
from ..tables._ecomap import Bond, lines, lost, place_of
from ..wording import article, count, in_words
from ._ecomap_lines import WORDS, draw_tie, outside
from ._ecomap_places import Seats, Spot
from .kit import key, routes
from .kit.common import Keyed, picture
from .kit.drawing import CasePage, drawing
from .kit.sheet import Boxes, Points, Up
from .kit.style import AROUND, FAINT, INK, PAPER, SECTORS, SOFT, Look, Style, with_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GENOGRAM = {"male": "s", "female": "o", "unknown": "D"}
APART = 12.0  # points between two lines that join the same two
BENDS = (0, 0.06, -0.06, 0.14, -0.14, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5)


@picture
def ecomap(
    case: Case,
    at: DateLike | None = None,
    *,
    genogram: Mapping[str, str] | None = None,
    tie_kws: Style = None,
    box_kws: Style = None,
    label_kws: Style = None,
    **common: Unpack[Keyed],
) -> Axes:
    """The social worker's ecomap: the household in a circle, and its ties to everybody round it.

    Thick = strong, dashed = weak, zig-zag = stressful, cut = broken, thin grey = the record does not say. Arrow
    heads point the way in which information went in recorded contacts. In the circle: the child, and whoever is
    joined to the child by ``household`` ties. Professionals stand with their agency. Ties that had ended by the
    date, and agencies with neither a tie nor a contact to the family, are counted below.

    Parameters
    ----------
    case, at, ax, title, legend, rules
        As for every picture; see :doc:`/gallery`.
    genogram : mapping from person to {"male", "female", "unknown"}, optional
        Draw these people with genogram symbols: square, circle, diamond. The case format does not record sex, so
        you say it here.
    tie_kws, box_kws, label_kws : mapping, optional
        Style of the lines (``PathPatch``), of the boxes (``FancyBboxPatch``) and of the names (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with the ecomap.

    Raises
    ------
    UnknownNameError
        If `genogram` names nobody in the case.
    ArgumentError
        If a genogram word is not one of the three.

    See Also
    --------
    safetynet.tables.ecomap : the table that it draws.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.ecomap(sn.load_case("reuben"), genogram={"re": "male", "dad": "male"}, ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:60]
    'Ecomap of Reuben (illustrative) by 31 May 2024. In the house'
    """
    people = need_case(case)._records.people
    if not isinstance(genogram, Mapping | None):
        raise ArgumentError(f"genogram is {article(type(genogram).__name__)} and no mapping. Write {{'re': 'male'}}.")
    for name, word in (genogram or {}).items():
        if name not in people:
            raise unknown("the person", name, people)
        choose("genogram", word, tuple(GENOGRAM))
    heading = "ecomap on {day}"
    with drawing("ecomap", case, at, heading, tie_kws=tie_kws, box_kws=box_kws, label_kws=label_kws, **common) as page:
        _Eco(page, genogram or {}, tie_kws, box_kws, label_kws).draw()
    return page.ax


class _Eco:
    """One drawing of the ecomap."""

    def __init__(
        self, page: CasePage, symbols: Mapping[str, str], tie_kws: Style, box_kws: Style, label_kws: Style
    ) -> None:
        self.page, self.symbols = page, symbols
        self.tie_kws, self.box_kws, self.label_kws = tie_kws, box_kws, label_kws
        bonds = lines(page.view)
        self.bonds = [bond for bond in bonds if not bond.ended]
        self.ended = len(bonds) - len(self.bonds)
        self.lost = [lost(page.view, bond) if bond.not_arrived else {} for bond in self.bonds]
        self.joined = [bool(bond.kinds or bond.forth or bond.back) for bond in self.bonds]

    def draw(self) -> None:
        page = self.page
        page.needs(300.0, 230.0)
        floor, top = self._draw_key(), page.height - 4
        page.keep_between(floor - 2, top + 2)
        self.seats = Seats(page, self.bonds, floor + 4, top)
        self._describe()
        drawn = self._draw_lines()
        self._draw_boxes()
        for bond, path in drawn:
            shares = (0.32, 0.68, 0.25, 0.75) if bond.quality == "broken" else (0.5, 0.4, 0.6, 0.3, 0.7)
            self._label(", ".join(bond.kinds), path, shares)
        self._caption()

    def _draw_key(self) -> float:
        lines = [bond for bond, joined in zip(self.bonds, self.joined, strict=True) if joined]
        qualities = {bond.quality if bond.quality in WORDS else "" for bond in lines}
        entries = [key.sample(words, _sampler(one), 40.0) for one, words in WORDS.items() if one in qualities]
        if any(bond.forth or bond.back for bond in lines):
            entries.append(key.sample("direction of information", _sampler("", head=True), 40.0))
        if any(self.lost):
            entries.append(key.sample("did not arrive", routes.lost_sample))
        named = {name for bond in self.bonds for name in (bond.first, bond.second)}
        looks = {self.page.look_of(name) for name in named}
        around = [AROUND["family"], AROUND["support"], AROUND["public"], *SECTORS.values()]
        entries += [key.marker(look) for look in around if look in looks]
        shown = [word for word in GENOGRAM if word in self.symbols.values()]
        entries += [key.marker(Look(PAPER, GENOGRAM[word], word)) for word in shown]
        return self.page.key(entries)

    # drawing ------------------------------------------------------------------------------------------

    def _draw_lines(self) -> list[tuple[Bond, Points]]:
        page, spots = self.page, self.seats.spots
        for spot in spots.values():
            page.taken.add(spot.box)
        drawn = []
        for bond, lost_ways, joined in zip(self.bonds, self.lost, self.joined, strict=True):
            paths: list[Points] = []
            if joined:
                paths.append(self._path(bond, paths))
                silent = {row for rows in lost_ways.values() for row in rows}
                label = routes.row_label(row for row in bond.rows if row not in silent)
                ends = {"head": bond.forth > 0, "tail": bond.back > 0}
                draw_tie(page, paths[0], bond.quality, **ends, label=label, style=self.tie_kws)
                drawn.append((bond, paths[0]))
            for (sender, _), rows in sorted(lost_ways.items()):
                path = self._path(bond, paths)
                paths.append(path)
                routes.lost(page, path if sender == bond.first else path[::-1], routes.row_label(rows))
        return drawn

    def _path(self, bond: Bond, beside: Sequence[Points]) -> Points:
        """The best curve between two that does not lie on one that is there already."""
        one, other = self.seats.spots[bond.first], self.seats.spots[bond.second]
        home = one.inner or other.inner
        around = Boxes([*self.page.taken, *([] if home else [self.seats.circle])])
        ends, ways = (one.box.grown(2), other.box.grown(2)), self._ways(one, other)
        free = [way for way in ways if all(routes.apart(outside(way, *ends), there) > APART for there in beside)]
        path = routes.best(free or ways, routes.crossing(around, [one.box, other.box]))
        return outside(path, *ends)

    def _label(self, words: str, path: Points, shares: tuple[float, ...]) -> None:
        """The kinds of a tie on its line, where there is room."""
        page = self.page
        for share in shares if words else ():
            x, y = path[int(share * (len(path) - 1))]
            if page.taken.free(page.box(x, y, words, ha="center"), 1.5):
                page.write(x, y, words, ha="center", colour=SOFT, halo=True, z=5.5)
                return

    def _ways(self, one: Spot, other: Spot) -> list[Points]:
        """The curves that may lead from one to the other."""
        ways = [routes.bent(one.place, other.place, bend) for bend in BENDS]
        middle = self.seats.middle[0]
        if not one.inner and not other.inner and (one.x - middle) * (other.x - middle) > 0:
            toward = -1 if one.x > middle else 1
            nearest = (max if toward > 0 else min)(one.x, other.x)
            far = abs(one.y - other.y) * 0.3 + max(one.half_wide, other.half_wide) * 1.6
            rise = other.y - one.y
            for depth in (0.5, 0.75, 1.0):
                x = nearest + toward * far * depth
                ways.append(routes.curve(one.place, (x, one.y + rise * 0.2), (x, one.y + rise * 0.8), other.place))
        return ways

    def _draw_boxes(self) -> None:
        page, seats = self.page, self.seats
        page.ax.add_patch(Circle(seats.middle, seats.radius, facecolor=PAPER, edgecolor=INK, linewidth=1.6, zorder=1))
        for spot in seats.spots.values():
            if spot.inner:
                self._draw_person(spot)
                continue
            style = with_style({"facecolor": PAPER, "edgecolor": INK, "linewidth": 1.3, "zorder": 4.0}, self.box_kws)
            left, bottom, right, top = spot.box.grown(-4)
            boxstyle = "round,pad=4,rounding_size=8"
            page.ax.add_patch(FancyBboxPatch((left, bottom), right - left, top - bottom, boxstyle=boxstyle, **style))
            look = page.look_of(spot.name)
            page.look(left + 5, spot.y, look._replace(marker=self._symbol(spot.name, look.marker)))
            page.write(spot.x + 7, spot.y, spot.lines, ha="center", keep=False, style=self.label_kws)

    def _symbol(self, name: str, usual: str) -> str:
        return GENOGRAM.get(self.symbols.get(name, ""), usual)

    def _draw_person(self, spot: Spot) -> None:
        page, child = self.page, self.page.kind_of(spot.name) == "child"
        marker = self._symbol(spot.name, "o")
        page.mark(spot.x, spot.y, marker, 17.0, FAINT if child else PAPER, width=2.6 if child else 1.4)
        if child:
            page.mark(spot.x, spot.y, marker, 9.0, PAPER, width=1.2, z=5.1)
        up = len(self.seats.inner) > 1 and spot.y > self.seats.middle[1] + 10
        y = spot.y + (12 if up else -12)
        va: Up = "bottom" if up else "top"
        made = page.write(spot.x, y, spot.lines, ha="center", va=va, halo=True, z=6.5, style=self.label_kws)
        if child:
            made.set_fontweight("bold")

    # words --------------------------------------------------------------------------------------------

    def _caption(self) -> None:
        view = self.page.view
        absent = {place_of(view, name) for name in view.actors} - set(self.seats.spots)
        number = sum(self.joined) + sum(map(len, self.lost))
        said = [f"{count(number, 'line')}; in the circle: the child's household."]
        if self.ended:
            said.append(f"{count(self.ended, 'tie')} that had ended not drawn.")
        if absent:
            agencies = count(len(absent), "agency", "agencies")
            said.append(f"{agencies} with no recorded tie or contact with the family not drawn.")
        if not any(bond.quality for bond in self.bonds):
            said.append("The case records no quality of any tie.")
        self.page.caption(said)

    def _describe(self) -> None:
        page = self.page
        inside = in_words([page.name(name) for name in self.seats.inner]) or "nobody"
        words = [f"Ecomap of {page.title} by {page.day}. In the household: {inside}."]
        for quality in filter(None, WORDS):
            ties = [bond for bond in self.bonds if bond.quality == quality]
            if ties:
                pairs = "; ".join(f"{page.name(bond.first)} and {page.name(bond.second)}" for bond in ties)
                words.append(f"{WORDS[quality].capitalize()}: {pairs}.")
        other = sum(joined and not bond.quality for bond, joined in zip(self.bonds, self.joined, strict=True))
        if other:
            words.append(f"{count(other, 'line')} without a recorded quality.")
        if any(self.lost):
            words.append(f"{count(sum(map(len, self.lost)), 'line')} of messages that did not arrive.")
        page.describe(words)


def _straight(x: float, y: float) -> Points:
    return routes.bent((x, y), (x + 34, y), 0)


def _sampler(quality: str, *, head: bool = False) -> key.Sample:
    return lambda sheet, x, y: draw_tie(sheet, _straight(x, y), quality, head=head)
