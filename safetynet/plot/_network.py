"""The network picture: the child in the middle, the family round it, professionals by agency on two arcs outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case import Case
from ..dates import Window
from ..errors import choose
from ..record.snapshot import snapshot
from ..rules import Rules
from ..tables._unshared_worries import ALONE, unshared
from ..wording import count
from ._network_places import Places, around
from .kit import key, routes
from .kit import rings as ring_layout
from .kit.alt import describe
from .kit.lines import each
from .kit.rings import Group, Layout, Node
from .kit.sheet import Box, Sheet, new_axes, title
from .kit.style import AROUND, INK, PAPER, PASSED, QUIET, SECTORS, SIZES, SMALLEST, SOFT, Look, settings
from .kit.words import clean, day_text, fit, in_words, listed, measure, when_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEVELS = ("auto", "person", "agency", "sector")
SIDES = ((8, 0, "left", "center"), (-8, 0, "right", "center"), (0, -7, "center", "top"), (0, 7, "center", "bottom"))


@dataclass
class Link:
    """All contacts between two places of the map."""

    first: str
    second: str
    forth: set[str] = field(default_factory=set)
    back: set[str] = field(default_factory=set)
    arrived: int = 0
    concerns: set[str] = field(default_factory=set)

    @property
    def rows(self) -> set[str]:
        return self.forth | self.back


def network(
    case: Case, at: Any = None, *, by: str = "auto", ax: Axes | None = None, rules: Rules | None = None,
    node_kws: Mapping[str, Any] | None = None, contact_kws: Mapping[str, Any] | None = None,
    meeting_kws: Mapping[str, Any] | None = None, label_kws: Mapping[str, Any] | None = None,
) -> Axes:  # fmt: skip
    """A child-centred map of who had contact with whom by a date.

    The child is in the middle, the family and its own support round it, professionals outside by agency, with a
    shape and a colour for each sector. A curved arrow is every contact that one sent the other (thicker = more;
    its label = the concerns that were passed; dashed = none was). A meeting is a small black square joined to
    exactly those who were there. White on dark: a worry that stayed with one holder, and since when.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    by : {"auto", "person", "agency", "sector"}
        Whether people have a place of their own, or their agency (or its sector) stands for them with a count.
        "auto": people, as long as there are at most 60 and their labels fit.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    node_kws, contact_kws, meeting_kws, label_kws : mapping, optional
        Style of the markers (``Line2D``), of the arrows (``PathPatch``), of the lines to meetings (``Line2D``) and
        of the labels (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    ArgumentError
        If `by` is not one of the four.
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.tables.network_people, safetynet.tables.network_contacts, safetynet.tables.network_meetings,
    safetynet.tables.unshared_worries : the tables that it draws.

    Notes
    -----
    Agencies with much contact stand close together; the order is worked out from the whole case and does not
    change with `at`. What cannot be drawn is counted in the line under the picture.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.network(sn.load_case("max"), at="2023-03-01", ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:62]
    'Network map of Max (illustrative) by 1 Mar 2023. In the middle'
    """
    choose("by", by, LEVELS)
    view = snapshot(case, at, rules)
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        _Map(view, Sheet(ax), by, node_kws, contact_kws, meeting_kws, label_kws).draw()
    return ax


class _Map(Places):
    """One drawing of the map."""

    def draw(self) -> None:
        view, sheet = self.view, self.sheet
        title(sheet.ax, f"{view.case.title}: who had contact with whom by {day_text(view.day)}")
        floor = self._draw_key()
        top = sheet.height - 2
        for box in (Box(-999, top + 2, 9999, 9999), Box(-999, -999, 9999, floor - 2)):
            sheet.taken.add(box)  # no line leaves the picture
        layout, groups = self._arrange(top - floor - 6)
        middle = (sheet.width / 2, (floor + top) / 2)
        self._place_outer(layout, floor + 3, top, middle[0])
        self._place_inner(layout, middle, top - floor)
        self._draw_nodes()
        seats = self._draw_meetings(layout, middle, (top - floor) / 2)
        links = self._links()
        drawn = self._draw_links(links, seats, middle)
        self._label_links(drawn)
        self._finish(links, groups)

    def _draw_nodes(self) -> None:
        for node in self.nodes.values():
            width = 2.6 if node.kind == "child" else 1.3
            self.sheet.mark(node.x, node.y, node.look.marker, node.radius * 2, node.look.colour, width=width,
                            style=self.styles["node"])  # fmt: skip
            if node.kind == "child":
                self.sheet.mark(node.x, node.y, "o", node.radius, INK, width=0)
            self.sheet.taken.add(around(node))

    def _draw_meetings(
        self, layout: Layout, middle: tuple[float, float], half: float
    ) -> list[tuple[Any, tuple[float, float]]]:
        seats: list[tuple[Any, tuple[float, float]]] = []
        sets: dict[frozenset[str], list[Any]] = {}
        for line in each(self.meetings):
            sets.setdefault(frozenset(self.home[name] for name in line.people if name in self.home), []).append(line)
        for homes, lines in sorted(sets.items(), key=lambda item: (-len(item[0]), item[1][0].rows)):
            times = sum(line.times for line in lines)
            met = any(line.kind == "met" for line in lines)
            rows = tuple(row for line in lines for row in line.rows)
            day = when_text(self._window(rows[0]))
            words = day if times == 1 else f"{times} × from {day}"
            spot, side = self._free_spot([self.nodes[name] for name in sorted(homes)], words, layout, middle, half)
            self.sheet.mark(*spot, "s", 8.0, INK if met else PAPER, width=1.6, z=5.2)
            if side is None:
                self.left_out.append(words)
            else:
                dx, dy, ha, va = SIDES[side]
                at, style = (spot[0] + dx, spot[1] + dy), self.styles["label"]
                self.sheet.write(*at, words, SMALLEST, ha=ha, va=va, halo=True, style=style)
            self.sheet.taken.add(_square(spot))
            seats.append(((homes, rows), spot))
        for (homes, rows), spot in seats:
            for name in sorted(homes):
                node = self.nodes[name]
                spare = [around(node), _square(spot)]
                path = routes.best(
                    (routes.bent(spot, node.place, bend) for bend in (0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32)),
                    routes.crossing(self.sheet.taken, spare, self._children_but(node)),
                )
                line = routes.trimmed(path, 0, node.radius)
                self.sheet.line(line, SOFT, 1.1, 2.4, **{**self.styles["meeting"], "label": routes.row_label(rows)})
        return seats

    def _window(self, row: str) -> Window:
        return next(one.date for one in self.view.rows if one.id == row)

    def _free_spot(
        self, nodes: Sequence[Node], words: str, layout: Layout, middle: tuple[float, float], half: float
    ) -> tuple[tuple[float, float], int | None]:
        """Where a meeting stands: near those who were there, its words to a side on which there is room."""
        spots = []
        for x in np.arange(middle[0] - layout.half + 24, middle[0] + layout.half - 24, 8.0):
            for y in np.arange(middle[1] - half + 8, middle[1] + half - 8, 8.0):
                if abs(x - middle[0]) < ring_layout.arc(layout.half, (y - middle[1]) / half) - 24:
                    far = sum(float(np.hypot(x - node.x, y - node.y)) for node in nodes)
                    spots.append((far, float(x), float(y)))
        for _, x, y in sorted(spots):
            if not self.sheet.taken.free(_square((x, y)), 5.0):
                continue
            for side, (dx, dy, ha, va) in enumerate(SIDES):
                box = self.sheet.box(x + dx, y + dy, [words], SMALLEST, ha, va=va)
                edges = ring_layout.arc(layout.half, (y - middle[1]) / half) - 10
                if (
                    abs(box.left - middle[0]) < edges
                    and abs(box.right - middle[0]) < edges
                    and self.sheet.taken.free(box, 2.0)
                ):
                    return (x, y), side
        for _, x, y in sorted(spots):  # no room for its words: the square alone
            if self.sheet.taken.free(_square((x, y)), 1.0):
                return (x, y), None
        return (middle[0], middle[1] - 70), None

    def _links(self) -> dict[tuple[str, str], Link]:
        links: dict[tuple[str, str], Link] = {}
        for line in each(self.contacts):
            if line.sender not in self.home or line.recipient not in self.home:
                continue
            a, b = self.home[line.sender], self.home[line.recipient]
            pair = (min(a, b), max(a, b))
            link = links.setdefault(pair, Link(*pair))
            (link.forth if a == pair[0] else link.back).update(line.rows)
            link.arrived += line.arrived
            link.concerns.update(line.concerns)
        return links

    def _draw_links(
        self, links: Mapping[tuple[str, str], Link], seats: Any, middle: tuple[float, float]
    ) -> list[tuple[Link, np.ndarray]]:
        drawn = []
        for (a, b), link in sorted(links.items(), key=lambda item: (-len(item[1].rows), item[0])):
            if a == b:
                continue
            one, other = self.nodes[a], self.nodes[b]
            path = routes.best(
                self._ways(one, other, middle),
                routes.crossing(self.sheet.taken, [around(one), around(other)], self._children_but(one, other)),
            )
            path = routes.trimmed(path, one.radius + 2.5, other.radius + 2.5)
            width = min(1.0 + 0.75 * (len(link.rows) - 1) ** 0.7, 4.5)
            dash: Any = "-" if link.concerns else (0, (4, 2.5))
            routes.arrow(self.sheet, path, PASSED if link.concerns else QUIET, width, head=bool(link.forth),
                         tail=bool(link.back), dash=dash, label=routes.row_label(sorted(link.rows)), z=3.0,
                         open_head=link.arrived == 0, style=dict(self.styles["contact"]))  # fmt: skip
            drawn.append((link, path))
        return drawn

    def _children_but(self, *ends: Node) -> list[Box]:
        """The places of the children whom a line has nothing to do with."""
        return [around(node).grown(2) for node in self.nodes.values() if node.kind == "child" and node not in ends]

    def _ways(self, one: Node, other: Node, middle: tuple[float, float]) -> list[np.ndarray]:
        """The curves that may lead from one place to the other."""
        inner = ("child", "family", "support")
        outside = one.kind not in inner and other.kind not in inner
        sides = (one.x - middle[0]) * (other.x - middle[0])
        if outside and sides > 0:
            toward = -1 if one.x > middle[0] else 1
            apart = abs(one.y - other.y)
            nearest = min(abs(one.x - middle[0]), abs(other.x - middle[0]))
            ways = []
            for share in (0.45, 0.6, 0.32, 0.8):
                depth = min(14 + share * apart, nearest * 0.95)
                deep = middle[0] - toward * (nearest - depth)
                ways.append(routes.curve(one.place, (deep, one.y + (other.y - one.y) * 0.25),
                                         (deep, one.y + (other.y - one.y) * 0.75), other.place))  # fmt: skip
            return ways
        bends = (0.12, -0.12, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5, 0.7, -0.7, 1.0, -1.0)
        return [routes.bent(one.place, other.place, bend) for bend in bends]

    def _label_links(self, drawn: Sequence[tuple[Link, np.ndarray]]) -> None:
        for link, path in drawn:
            if not link.concerns:
                continue
            words = listed(sorted(link.concerns), 3)
            for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
                x, y = path[int(share * (len(path) - 1))]
                box = self.sheet.box(x, y, [words], SMALLEST, "center")
                if self.sheet.taken.free(box, 1.5) and box.left > 0 and box.right < self.sheet.width:
                    self.sheet.write(x, y, words, SMALLEST, ha="center", colour=PASSED, halo=True, z=5.5)
                    break
            else:
                self.left_out.append(words)

    def _draw_key(self) -> float:
        """The key and, for few concerns, their summaries; returns the height from which the picture is free."""
        sheet = self.sheet
        base = sheet.foot
        there = {line["sector"] or "other" for line in self.lines if self._is_outer(line)}
        sectors = [sector for sector in SECTORS if sector in there]
        entries = [key.of_marker(SECTORS[sector]) for sector in sectors]
        for kind in ("family", "support"):
            if kind in set(self.people["kind"]):
                entries.append(key.of_marker(AROUND[kind]))
        passed = set(self.contacts.index[self.contacts["concerns"].map(len) > 0])
        if passed:
            entries.append(
                key.of_line(lambda s, x, y: _sample(s, x, y, PASSED, "-"), "concerns passed (thicker: more contacts)")
            )
        if len(passed) < len(self.contacts):
            entries.append(
                key.of_line(
                    lambda s, x, y: _sample(s, x, y, QUIET, (0, (4, 2.5))), "contact without a concern on record"
                )
            )
        if "met" in set(self.meetings["kind"]):
            entries.append(key.of_marker(Look(INK, "s", "meeting, joined to those present"), 7.0))
        if "observed" in set(self.meetings["kind"]):
            entries.append(key.of_marker(Look(PAPER, "s", "seen together"), 7.0))
        if any(kept for _, kept in self.notes.values()):
            entries.append(key.of_badge("worry with one involved holder only, and since when"))
        if not all(kept for _, kept in self.notes.values()):
            entries.append(key.of_badge("worry only with people who left, on a file, or in the family", strong=False))
        if not self.people["involved"].all():
            entries.append(
                key.of_line(
                    lambda s, x, y: s.write(x, y, "Name", SMALLEST, colour=SOFT, keep=False),
                    "grey name: no longer involved",
                    30.0,
                )
            )
        top = key.draw_key(sheet, entries, base)
        return self._concern_key(top)

    def _concern_key(self, base: float) -> float:
        shown = sorted({concern for concerns in self.contacts["concerns"] for concern in concerns}
                       | {worry for worry, _, _ in unshared(self.view)})  # fmt: skip
        if not shown or len(shown) > 12 or self.sheet.height < 330:
            return base + 4
        per_row = max(1, int(self.sheet.width // 230))
        wide = self.sheet.width / per_row
        rows = -(-len(shown) // per_row)
        for place, concern in enumerate(shown):
            row, column = place % rows, place // rows
            y = base + (rows - row - 0.5) * SMALLEST * 1.3
            self.sheet.write(column * wide, y, concern, SMALLEST, weight="bold", colour=PASSED)
            room = measure(clean(concern), SMALLEST, "bold")[0] + 5
            text = fit(self.view.records.concerns[concern].summary, wide - room - 10, SMALLEST)
            self.sheet.write(column * wide + room, y, text, SMALLEST)
        return base + rows * SMALLEST * 1.3 + 4

    def _finish(self, links: Mapping[tuple[str, str], Link], groups: Sequence[Group]) -> None:
        view = self.view
        between = [link for (a, b), link in links.items() if a != b]
        rows = {row for link in between for row in link.rows}
        inside = {row for (a, b), link in links.items() if a == b for row in link.rows} - rows
        sent = {row.id for row in view.contacts if row.is_sent}
        met = sum(self.meetings["times"])
        said = [f"Drawn: {count(len(rows), 'contact')} as {count(len(between), 'arrow')}"]
        said[0] += f", {count(int(met), 'meeting or joint visit', 'meetings and joint visits')}." if met else "."
        if inside:
            said.append(f"{count(len(inside), 'contact')} within one place of the map not drawn.")
        if rest := len(sent - rows - inside):
            said.append(f"{count(rest, 'contact')} without a recipient on the map not drawn.")
        other = len(view.rows) - len(view.contacts)
        alone = sum(row.kind == "observed" for row in view.rows if not row.is_contact)
        said.append(f"Not drawn: {alone} first-hand sightings and {other - alone} other rows by this date.")
        if self.left_out:
            silent = count(len(self.left_out), "arrow or meeting", "arrows and meetings")
            said.append(f"{silent} without a label for want of room.")
        self.sheet.caption(" ".join(said))
        self._describe(rows, between, int(met))

    def _describe(self, rows: set[str], between: Sequence[Link], met: int) -> None:
        view = self.view
        family = sum(len(node.members) for node in self.nodes.values() if node.kind in ("family", "support"))
        busiest = sorted(between, key=lambda link: (-len(link.rows), link.first, link.second))[:3]
        parts = [
            f"Network map of {clean(view.case.title)} by {day_text(view.day)}. In the middle the child, round it "
            f"{family} of the family and its support, outside "
            f"{count(len(view.actors), 'professional or agency desk', 'professionals and agency desks')} in "
            f"{count(len({view.party(name) for name in view.actors}), 'agency', 'agencies')}; "
            f"{count(len(rows), 'contact')} between {count(len(between), 'pair')} and "
            f"{count(met, 'meeting or joint visit', 'meetings and joint visits')}."
        ]
        if busiest:
            parts.append(
                "Most contacts: "
                + "; ".join(
                    f"{self.nodes[link.first].name} and {self.nodes[link.second].name} ({len(link.rows)})"
                    for link in busiest
                )
                + "."
            )
        alone = [worry for worry, _, how in unshared(view) if how == ALONE]
        if alone:
            parts.append(f"With one involved holder only: {in_words(sorted(set(alone)))}.")
        describe(self.sheet.ax, "network", " ".join(parts))


def _square(spot: tuple[float, float]) -> Box:
    return Box(spot[0] - 5, spot[1] - 5, spot[0] + 5, spot[1] + 5)


def _sample(sheet: Sheet, x: float, y: float, colour: str, dash: Any) -> None:
    routes.arrow(sheet, routes.bent((x, y - 1), (x + 21, y - 1), 0.12), colour, 1.5, dash=dash, halo=False)
