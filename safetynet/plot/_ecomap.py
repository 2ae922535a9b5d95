"""The ecomap: the household in a circle, and round it who they are tied to, and how."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch

from ..case import Case
from ..errors import choose, unknown
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..tables._ecomap import ecomap_ties, place_of
from ..wording import count
from .kit import key, routes
from .kit import rings as ring_layout
from .kit.alt import describe
from .kit.lines import each
from .kit.sheet import Box, Boxes, Sheet, new_axes, title
from .kit.style import AROUND, FAINT, INK, PAPER, QUIET, SECTORS, SIZES, SMALLEST, SOFT, Look, settings, with_style
from .kit.words import clean, day_text, in_words, measure, short_name, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

QUALITIES = ("strong", "weak", "stressful", "broken", "")
WORDS = {
    "strong": "strong",
    "weak": "weak (tenuous)",
    "stressful": "stressful",
    "broken": "broken",
    "": "quality not on record",
}
GENOGRAM = {"male": "s", "female": "o", "unknown": "D"}


@dataclass
class Spot:
    """Somebody or an agency on the map: where, and how much room it takes."""

    name: str
    lines: list[str]
    x: float = 0.0
    y: float = 0.0
    half_wide: float = 0.0
    half_high: float = 0.0
    inner: bool = False

    @property
    def box(self) -> Box:
        return Box(self.x - self.half_wide, self.y - self.half_high, self.x + self.half_wide, self.y + self.half_high)


def ecomap(
    case: Case,
    at: Any = None,
    *,
    genogram: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    rules: Rules | None = None,
    tie_kws: Mapping[str, Any] | None = None,
    box_kws: Mapping[str, Any] | None = None,
    label_kws: Mapping[str, Any] | None = None,
) -> Axes:
    """The social worker's ecomap: the household in a circle, and its ties to everybody round it.

    Thick = strong, dashed = weak, zig-zag = stressful, cut = broken, thin grey = the record does not say. Arrow
    heads point the way in which information went in recorded contacts.

    Parameters
    ----------
    case : Case
    at : date or str, optional
        The date asked for, included. Default: the day before the harm, or the last day of the case.
    genogram : mapping from person to {"male", "female", "unknown"}, optional
        Draw these people with genogram symbols: square, circle, diamond. The case format does not record sex, so
        you say it here.
    ax : matplotlib.axes.Axes, optional
        Where to draw. Default: new axes the size of a slide, which ``plt.show()`` shows.
    rules : Rules, optional
    tie_kws, box_kws, label_kws : mapping, optional
        Style of the lines (``PathPatch``), of the boxes (``FancyBboxPatch``) and of the names (``Text``).

    Returns
    -------
    matplotlib.axes.Axes
        Those given, or the new ones.

    Raises
    ------
    UnknownNameError
        If `genogram` names nobody in the case.
    ArgumentError
        If a genogram word is not one of the three.
    DateError
        If `at` is no date.

    See Also
    --------
    safetynet.tables.ecomap_ties : the table that it draws.

    Notes
    -----
    In the circle: the child, and whoever is joined to the child by ``household`` ties. Professionals stand with their
    agency. Ties that had ended by the date, and agencies with neither a tie nor a contact to the family, are
    counted below. Agencies that only other agencies dealt with belong on :func:`network`.

    Examples
    --------
    >>> import safetynet as sn
    >>> ax = sn.plot.ecomap(sn.load_case("reuben"), genogram={"re": "male", "dad": "male"}, ax=sn.plot.page())
    >>> sn.plot.alt_text(ax)[:60]
    'Ecomap of Reuben (illustrative) by 31 May 2024. In the house'
    """
    view = snapshot(case, at, rules)
    symbols = dict(genogram or {})
    for name, word in symbols.items():
        if name not in view.records.people:
            raise unknown("the person", name, view.records.people)
        choose("genogram", word, tuple(GENOGRAM))
    table = ecomap_ties(case, at, rules=rules)
    with settings():
        if ax is None:
            ax = new_axes(SIZES["slide"])
        _Eco(view, table, Sheet(ax), symbols, tie_kws or {}, box_kws or {}, label_kws or {}).draw()
    return ax


class _Eco:
    """One drawing of the ecomap."""

    def __init__(
        self,
        view: Snapshot,
        table: pd.DataFrame,
        sheet: Sheet,
        symbols: Mapping[str, str],
        tie_kws: Mapping[str, Any],
        box_kws: Mapping[str, Any],
        label_kws: Mapping[str, Any],
    ) -> None:
        self.view, self.sheet, self.symbols = view, sheet, symbols
        self.tie_kws, self.box_kws, self.label_kws = tie_kws, box_kws, label_kws
        self.ended = int(table["ended"].sum())
        self.table = table[~table["ended"].astype(bool)]
        children = [person.id for person in view.records.people.values() if person.kind == "child"]
        people = view.records.people
        under_one_roof = [(line.first, line.second) for line in each(self.table)
                          if "household" in line.kinds and line.first in people and line.second in people]  # fmt: skip
        self.inner = children
        for _ in under_one_roof:  # whoever lives with one who lives with the child
            near = [name for pair in under_one_roof if set(pair) & set(self.inner) for name in pair]
            self.inner = list(dict.fromkeys([*self.inner, *near]))
        tied = dict.fromkeys(place for line in each(self.table) for place in (line.first, line.second))
        kin = [person.id for person in people.values() if person.kind == "family"]
        self.outer = [name for name in dict.fromkeys([*kin, *tied]) if name not in self.inner]
        self.spots: dict[str, Spot] = {}

    def draw(self) -> None:
        sheet, view = self.sheet, self.view
        title(sheet.ax, f"{view.case.title}: ecomap on {day_text(view.day)}")
        floor = self._draw_key()
        top = sheet.height - 4
        self.middle = (sheet.width / 2, (top + floor) / 2)
        for box in (Box(-999, top + 2, 9999, 9999), Box(-999, -999, 9999, floor - 2)):
            sheet.taken.add(box)  # no line leaves the picture
        self.radius = self._seat_household(min(sheet.width, top - floor))
        self._seat_others(floor + 4, top)
        self._draw_lines()
        self._draw_boxes()
        self._finish()

    # places -------------------------------------------------------------------------------------------

    def _seat_household(self, room: float) -> float:
        """Place the household in its circle; returns the radius of the circle."""
        n = len(self.inner)
        radius = min(max(60.0, 46.0 + 26.0 * n), room * 0.27)
        for place, name in enumerate(self.inner):
            lines = wrap(short_name(self.view.records, name), radius * (1.6 if n == 1 else 0.85), 10.0, 3)
            spot = Spot(name, lines, inner=True, half_wide=10.0, half_high=10.0)
            if n == 1:
                spot.x, spot.y = self.middle[0], self.middle[1] + 14
            else:
                angle = math.radians(90 - 360 * place / n)
                spot.x = self.middle[0] + math.cos(angle) * radius * 0.6
                spot.y = self.middle[1] + math.sin(angle) * radius * 0.56 + 8
            self.spots[name] = spot
        return radius

    def _seat_others(self, bottom: float, top: float) -> None:
        """Place everybody else: a few on an ellipse; many with the family inside and the agencies at the sides."""
        groups = [ring_layout.Group(name, name) for name in self.outer]
        weight = {(min(line.first, line.second), max(line.first, line.second)): 1.0 + line.forth + line.back
                  for line in each(self.table) if line.first in self.outer and line.second in self.outer}  # fmt: skip
        order = [group.key for group in ring_layout.order_groups(groups, weight)]
        if len(order) <= 8 and self._on_ellipse(order, bottom, top):
            return
        kin = [name for name in order if name in self.view.records.people and name not in self.view.professionals]
        self._on_sides([name for name in order if name not in kin], bottom, top)
        if not self._inside(kin, bottom, top):
            self._on_sides(order, bottom, top)

    def _on_ellipse(self, order: Sequence[str], bottom: float, top: float) -> bool:
        n = len(order)
        for place, name in enumerate(order):
            spot = self._spot(name, 118.0, 3)
            angle = math.radians(90 - 360 * (place + (0.5 if n > 1 else 0.25)) / n)
            rx = min(self.sheet.width / 2 - spot.half_wide - 4, self.radius * 2.9)
            ry = min((top - bottom) / 2 - spot.half_high - 2, self.radius * 2.1)
            spot.x, spot.y = self.middle[0] + math.cos(angle) * rx, self.middle[1] + math.sin(angle) * ry
            self.spots[name] = spot
        return not self._overlapping(order)

    def _on_sides(self, order: Sequence[str], bottom: float, top: float) -> None:
        half = -(-len(order) // 2)
        half_high = (top - bottom) / 2
        for side, names in ((1, order[:half]), (-1, order[half:][::-1])):
            pitch = min((top - bottom) / max(len(names), 1), 90.0)
            for place, name in enumerate(names):
                most = max(1, min(3, int((pitch - 12) // 12)))
                spot = self._spot(name, min(140.0, self.sheet.width * 0.2), most)
                spot.y = self.middle[1] + (len(names) / 2 - place - 0.5) * pitch
                share = (spot.y - self.middle[1]) / half_high
                reach = min(self.sheet.width / 2 - spot.half_wide - 4, self.radius + 300 + spot.half_wide)
                spot.x = self.middle[0] + side * reach * (0.8 + 0.2 * math.sqrt(max(0.0, 1 - share**2)))
                self.spots[name] = spot

    def _inside(self, kin: Sequence[str], bottom: float, top: float) -> bool:
        """Place the family that lives elsewhere, and its support, near a ring round the household."""
        agencies = [spot for spot in self.spots.values() if not spot.inner]
        taken = Boxes([spot.box.grown(8) for spot in agencies])
        taken.add(self._circle().grown(8))
        reach = min((abs(spot.x - self.middle[0]) - spot.half_wide for spot in agencies), default=self.sheet.width / 2)
        places = ring_layout.family_ring(max(len(kin), 1), (self.radius + reach) / 2, (top - bottom) * 0.34)
        pulls = [self._pull(name) for name in kin]
        chosen = ring_layout.seat_family(pulls, [(x, y) for x, y in places])
        found: dict[str, Spot] = {}
        for name, place in zip(kin, chosen, strict=True):
            spot = self._spot(name, 84.0, 3)
            steps = [
                (x, y)
                for x in np.arange(-reach + spot.half_wide, reach - spot.half_wide, 10.0)
                for y in np.arange(
                    bottom + spot.half_high - self.middle[1], top - spot.half_high - self.middle[1], 10.0
                )
            ]
            aim = places[place]
            for x, y in sorted(steps, key=lambda at: ((at[0] - aim[0]) ** 2 + (at[1] - aim[1]) ** 2, at)):
                spot.x, spot.y = self.middle[0] + float(x), self.middle[1] + float(y)
                if taken.free(spot.box, 9):
                    break
            else:
                return False
            taken.add(spot.box)
            found[name] = spot
        self.spots.update(found)
        return True

    def _pull(self, name: str) -> tuple[float, float]:
        """In which direction those are with whom somebody is tied."""
        others = [self.spots[other] for line in each(self.table) if name in (line.first, line.second)
                  for other in (line.first, line.second) if other != name and other in self.spots]  # fmt: skip
        if not others:
            return (0.0, 0.0)
        return (
            float(np.mean([spot.x - self.middle[0] for spot in others])),
            float(np.mean([spot.y - self.middle[1] for spot in others])),
        )

    def _circle(self) -> Box:
        return Box(
            self.middle[0] - self.radius,
            self.middle[1] - self.radius,
            self.middle[0] + self.radius,
            self.middle[1] + self.radius,
        )

    def _spot(self, name: str, width: float, most: int) -> Spot:
        lines = wrap(short_name(self.view.records, name), width, 10.0, most)
        wide = max(measure(line, 10.0)[0] for line in lines)
        return Spot(name, lines, half_wide=wide / 2 + 15, half_high=len(lines) * 6.0 + 5)

    def _overlapping(self, order: Sequence[str]) -> bool:
        boxes = [self.spots[name].box for name in order]
        return any(one.meets(other, 6) for place, one in enumerate(boxes) for other in [*boxes[:place], self._circle()])

    # drawing ------------------------------------------------------------------------------------------

    def _draw_lines(self) -> None:
        for spot in self.spots.values():
            self.sheet.taken.add(spot.box)
        drawn = []
        for line in each(self.table):
            one, other = self.spots[line.first], self.spots[line.second]
            home = one.inner or other.inner
            around = Boxes([*self.sheet.taken.boxes, *([] if home else [self._circle()])])
            path = routes.best(self._ways(one, other), routes.crossing(around, [one.box, other.box]))
            path = _outside(path, one.box.grown(2), other.box.grown(2))
            draw_tie(
                self.sheet,
                path,
                line.quality,
                head=line.forth > 0,
                tail=line.back > 0,
                label=routes.row_label(line.rows),
                style=self.tie_kws,
            )
            drawn.append((line, path))
        for line, path in drawn:
            words = ", ".join(line.kinds)
            for share in (0.5, 0.4, 0.6, 0.3, 0.7) if line.quality != "broken" else (0.32, 0.68, 0.25, 0.75):
                x, y = path[int(share * (len(path) - 1))]
                if words and self.sheet.taken.free(self.sheet.box(x, y, [words], SMALLEST, "center"), 1.5):
                    self.sheet.write(x, y, words, SMALLEST, ha="center", colour=SOFT, halo=True, z=5.5)
                    break

    def _ways(self, one: Spot, other: Spot) -> list[np.ndarray]:
        """The curves that may lead from one to the other."""
        start, end = (one.x, one.y), (other.x, other.y)
        ways = [
            routes.bent(start, end, bend) for bend in (0, 0.06, -0.06, 0.14, -0.14, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5)
        ]
        if not one.inner and not other.inner and (one.x - self.middle[0]) * (other.x - self.middle[0]) > 0:
            toward = -1 if one.x > self.middle[0] else 1
            for depth in (0.5, 0.75, 1.0):
                shift = toward * (abs(one.y - other.y) * 0.3 + max(one.half_wide, other.half_wide) * 1.6) * depth
                x = (max if toward > 0 else min)(one.x, other.x) + shift
                ways.append(
                    routes.curve(start, (x, one.y + (other.y - one.y) * 0.2), (x, one.y + (other.y - one.y) * 0.8), end)
                )
        return ways

    def _draw_boxes(self) -> None:
        sheet = self.sheet
        sheet.ax.add_patch(Circle(self.middle, self.radius, facecolor=PAPER, edgecolor=INK, linewidth=1.6, zorder=1.0))
        for spot in self.spots.values():
            if spot.inner:
                self._person(spot)
                continue
            look = self._look(spot.name)
            style = with_style({"facecolor": PAPER, "edgecolor": INK, "linewidth": 1.3}, self.box_kws)
            sheet.ax.add_patch(
                FancyBboxPatch(
                    (spot.x - spot.half_wide + 4, spot.y - spot.half_high + 4),
                    2 * spot.half_wide - 8,
                    2 * spot.half_high - 8,
                    boxstyle="round,pad=4,rounding_size=8",
                    zorder=4.0,
                    **style,
                )
            )
            marker = GENOGRAM.get(self.symbols.get(spot.name, ""), look.marker)
            sheet.mark(spot.x - spot.half_wide + 9, spot.y, marker, 9.0, look.colour, z=5)
            sheet.write(spot.x + 7, spot.y, spot.lines, 10.0, ha="center", keep=False, style=self.label_kws)

    def _person(self, spot: Spot) -> None:
        child = self.view.records.people[spot.name].kind == "child"
        marker = GENOGRAM.get(self.symbols.get(spot.name, ""), "o")
        self.sheet.mark(spot.x, spot.y, marker, 17.0, FAINT if child else PAPER, width=2.6 if child else 1.4, z=5)
        if child:
            self.sheet.mark(spot.x, spot.y, marker, 9.0, PAPER, width=1.2, z=5.1)
        up = len(self.inner) > 1 and spot.y > self.middle[1] + 10
        self.sheet.write(
            spot.x,
            spot.y + (12 if up else -12),
            spot.lines,
            10.0,
            ha="center",
            va="bottom" if up else "top",
            halo=True,
            weight="bold" if child else "normal",
            keep=False,
            z=6.5,
            style=self.label_kws,
        )

    def _look(self, name: str) -> Look:
        person = self.view.records.people.get(name)
        if person is not None and name not in self.view.professionals:
            return AROUND[person.kind]
        agency = self.view.records.agencies.get(self.view.party(name))
        return SECTORS[agency.sector if agency else "other"]

    def _draw_key(self) -> float:
        entries = [key.of_line(_sampler(quality), WORDS[quality], 40.0) for quality in QUALITIES]
        entries.append(
            key.of_line(
                lambda s, x, y: draw_tie(s, routes.bent((x, y), (x + 34, y), 0), "", head=True),
                "direction of information",
                40.0,
            )
        )
        sectors = {
            agency.sector
            for name in self.outer
            if (agency := self.view.records.agencies.get(self.view.party(name) if self._is_known(name) else name))
        }
        entries += [key.of_marker(SECTORS[sector]) for sector in SECTORS if sector in sectors]
        if any(self._look(name) is AROUND["support"] for name in self.outer):
            entries.append(key.of_marker(AROUND["support"]))
        if self.symbols:
            entries += [
                key.of_marker(Look(PAPER, marker, words), 9.0)
                for words, marker in GENOGRAM.items()
                if words in self.symbols.values()
            ]
        return key.draw_key(self.sheet, entries, self.sheet.foot)

    def _is_known(self, name: str) -> bool:
        return name in self.view.records.agencies or name in self.view.professionals

    def _finish(self) -> None:
        view = self.view
        around = {place_of(view, name) for name in view.actors}
        absent = sorted(around - set(self.spots))
        said = [f"{count(len(self.table), 'line')}; in the circle: the child's household."]
        if self.ended:
            said.append(f"{count(self.ended, 'tie')} that had ended not drawn.")
        if absent:
            said.append(
                f"{count(len(absent), 'agency', 'agencies')} with no recorded tie or contact with the family not drawn."
            )
        if self.table["quality"].eq("").all():
            said.append("The case records no quality of any tie.")
        self.sheet.caption(" ".join(said))
        words = [f"Ecomap of {clean(view.case.title)} by {day_text(view.day)}. In the household: "
                 f"{in_words([short_name(view.records, name) for name in self.inner]) or 'nobody'}."]  # fmt: skip
        for quality in QUALITIES[:4]:
            ties = [f"{short_name(view.records, line.first)} and {short_name(view.records, line.second)}"
                    for line in each(self.table) if line.quality == quality]  # fmt: skip
            if ties:
                words.append(f"{WORDS[quality].capitalize()}: {'; '.join(ties)}.")
        other = int(self.table["quality"].eq("").sum())
        if other:
            words.append(f"{count(other, 'line')} without a recorded quality.")
        describe(self.sheet.ax, "ecomap", " ".join(words))


def _outside(path: np.ndarray, one: Box, other: Box) -> np.ndarray:
    """The part of a curve between two boxes."""

    def inside(point: Sequence[float], box: Box) -> bool:
        return box.left <= point[0] <= box.right and box.bottom <= point[1] <= box.top

    fine = np.column_stack(
        [np.interp(np.linspace(0, 1, 241), np.linspace(0, 1, len(path)), path[:, axis]) for axis in (0, 1)]
    )
    start = next((place for place, point in enumerate(fine) if not inside(point, one)), 0)
    end = next((place for place in range(len(fine) - 1, -1, -1) if not inside(fine[place], other)), len(fine) - 1)
    return fine[start : end + 1] if end - start >= 4 else fine


def draw_tie(sheet: Sheet, path: np.ndarray, quality: str, *, head: bool = False, tail: bool = False, label: str = "",
             style: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    """One tie along a curve, drawn as its quality asks for."""
    width = {"strong": 4.2, "weak": 1.5, "stressful": 1.5, "broken": 1.7}.get(quality, 1.1)
    colour = QUIET if not quality else INK
    dash: Any = (0, (5, 3)) if quality == "weak" else "-"
    if quality == "stressful":
        path = _zigzag(path)
    routes.arrow(
        sheet, path, colour, width, head=head, tail=tail, dash=dash, label=label, z=2.4, style=dict(style or {})
    )
    if quality == "broken":
        middle = len(path) // 2
        centre = path[middle]
        along = path[min(middle + 2, len(path) - 1)] - path[max(middle - 2, 0)]
        along = along / max(float(np.hypot(*along)), 1e-9)
        across = np.array([-along[1], along[0]])
        sheet.line([tuple(centre - along * 3.2), tuple(centre + along * 3.2)], PAPER, width + 3, 2.6)
        for shift in (-3.4, 3.4):
            at = centre + along * shift
            sheet.line([tuple(at - across * 6), tuple(at + across * 6)], INK, 1.8, 2.7)


def _zigzag(path: np.ndarray, step: float = 4.0, high: float = 3.6) -> np.ndarray:
    """The curve with teeth, straight for a little at both ends so that arrow heads point its way."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    total = float(along[-1])
    stops = np.arange(4.0, max(total - 4.0, 4.1), step)
    points = [path[0]]
    for number, stop in enumerate(stops):
        x, y = np.interp(stop, along, path[:, 0]), np.interp(stop, along, path[:, 1])
        dx = np.interp(stop + 1, along, path[:, 0]) - np.interp(stop - 1, along, path[:, 0])
        dy = np.interp(stop + 1, along, path[:, 1]) - np.interp(stop - 1, along, path[:, 1])
        size = max(float(np.hypot(dx, dy)), 1e-9)
        sign = 0.0 if number in (0, len(stops) - 1) else (high if number % 2 else -high)
        points.append(np.array([x - dy / size * sign, y + dx / size * sign]))
    points.append(path[-1])
    return np.array(points)


def _sampler(quality: str) -> Any:
    return lambda sheet, x, y: draw_tie(sheet, routes.bent((x, y), (x + 34, y), 0), quality)
