"""Who stands where on the network picture: professionals on the arcs, child and family in the middle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..dates import Window, date_of
from ..record.snapshot import Snapshot
from ..tables._network import network_contacts, network_meetings, network_people
from ..tables._unshared_worries import ALONE, first_window, unshared
from .kit import rings
from .kit.rings import Group, Layout, Line, Node
from .kit.sheet import Box, Sheet
from .kit.style import AROUND, INK, SECTORS, SMALLEST, SOFT, Look
from .kit.words import clean, listed, measure, short_name, when_text, wrap

FAMILY_SIZE = 9.5
MOST_PEOPLE = 60  # beyond this, agencies stand for their people


class Places:
    """The people of one map, and where they stand on its sheet."""

    def __init__(self, view: Snapshot, sheet: Sheet, by: str, node_kws: Any, contact_kws: Any, meeting_kws: Any,
                 label_kws: Any) -> None:  # fmt: skip
        self.view, self.sheet, self.by = view, sheet, by
        self.styles = {"node": node_kws or {}, "contact": contact_kws or {}, "meeting": meeting_kws or {},
                       "label": label_kws or {}}  # fmt: skip
        case, day = view.case, date_of(view.day)
        self.people = network_people(case, day, rules=view.rules)
        self.contacts = network_contacts(case, day, rules=view.rules)
        self.meetings = network_meetings(case, day, rules=view.rules)
        self.lines: list[dict[str, Any]] = [
            {str(name): cell for name, cell in line.items()} for line in self.people.to_dict("records")
        ]
        self.notes = self._notes()
        self.nodes: dict[str, Node] = {}
        self.home: dict[str, str] = {}
        self.left_out: list[str] = []

    def _notes(self) -> dict[str, tuple[str, bool]]:
        """Per holder, what the badge says, and whether it is about somebody still involved."""
        found: defaultdict[str, list[tuple[Window, str, str]]] = defaultdict(list)
        for worry, holder, how in unshared(self.view):
            found[holder].append((first_window(self.view, holder, worry), worry, how))
        notes = {}
        for holder, items in found.items():
            items.sort(key=lambda item: (item[0].last, item[1]))
            words = listed([worry for _, worry, _ in items], 3)
            notes[holder] = (f"{words} · {when_text(items[0][0])}", items[0][2] == ALONE)
        return notes

    def _look(self, sector: str) -> Look:
        return SECTORS.get(sector, SECTORS["other"])

    def _groups(self, level: str) -> list[Group]:
        """The outer places, grouped; the children and the family are not among them."""
        groups: dict[str, Group] = {}
        outer = [line for line in self.lines if self._is_outer(line)]
        agencies = self.view.records.agencies
        if level == "person":
            for line in outer:
                agency = line["agency"] if line["agency"] in agencies else ""
                group = groups.setdefault(
                    agency or line["id"], Group(agency or line["id"], clean(agencies[agency].name) if agency else "")
                )
                name = short_name(self.view.records, line["id"])
                if line["kind"] == "agency":
                    name = f"{name} (the agency's desk)" if len(name) < 24 else "the agency's desk"
                note = self.notes.get(line["id"], ("", True))[0]
                group.nodes.append(
                    Node(
                        line["id"],
                        name,
                        self._look(line["sector"]),
                        (line["id"],),
                        line["kind"],
                        note,
                        not line["involved"],
                    )
                )
            return list(groups.values())
        shared: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in outer:
            place = line["agency"] if line["agency"] in agencies else line["id"]
            shared[(line["sector"] or "other") if level == "sector" else place].append(line)
        for place, lines in shared.items():
            heads = sum(line["kind"] != "agency" for line in lines)
            if level == "sector":
                name, sector = self._look(place).words, place
            else:
                name = clean(agencies[place].name) if place in agencies else short_name(self.view.records, place)
                sector = lines[0]["sector"]
            text = f"{name} ({heads})" if heads > 1 or level == "sector" else name
            worries = sorted(
                {
                    worry
                    for line in lines
                    for worry, holder, how in unshared(self.view)
                    if holder == line["id"] and how == ALONE
                }
            )
            note = listed(worries, 3) if worries else ""
            node = Node(f"group:{place}", text, self._look(sector), tuple(line["id"] for line in lines), "agency", note)
            groups[place] = Group(place, "", [node])
        return list(groups.values())

    def _is_outer(self, line: Mapping[str, Any]) -> bool:
        return line["id"] in self.view.professionals or line["kind"] == "agency"

    def _weight(self, groups: Sequence[Group]) -> dict[tuple[str, str], float]:
        """Contacts between the groups over the whole case, so that the order does not change with the date."""
        home = {member: group.key for group in groups for node in group.nodes for member in node.members}
        weight: Counter[tuple[str, str]] = Counter()
        for row in self.view.records.rows:
            for a, b in row.moves:
                if a in home and b in home and home[a] != home[b]:
                    weight[min(home[a], home[b]), max(home[a], home[b])] += 1
        return dict(weight)

    def _arrange(self, height: float) -> tuple[Layout, list[Group]]:
        levels = [self.by] if self.by != "auto" else ["person", "agency", "sector"]
        if self.by == "auto" and len(set(self.view.actors) & self.view.professionals) > MOST_PEOPLE:
            levels = levels[1:]
        layout, groups = None, []
        for level in levels:
            groups = self._groups(level)
            order = rings.order_groups(groups, self._weight(groups))
            layout = rings.fit_columns(rings.split_large(order), self.sheet.width, height)
            if layout is not None:
                break
        if layout is None:  # a sheet too small for its labels: draw it all the same
            left, right = rings.columns(groups, 0.2 * self.sheet.width, SMALLEST, "tight")
            pitch = height / max(len(left), len(right), 1)
            layout = Layout(left, right, SMALLEST, pitch, 0.3 * self.sheet.width - 14, 0.2 * self.sheet.width)
        return layout, groups

    def _place_outer(self, layout: Layout, bottom: float, top: float, middle: float) -> None:
        radius = max(4.0, min(7.5, layout.pitch * 0.4))
        for side, lines in ((-1, layout.left), (1, layout.right)):
            space = rings.gap_size(lines, layout, top - bottom)
            high = len(lines) * layout.pitch + sum(line.gap for line in lines) * space
            y = (top + bottom) / 2 + high / 2
            for line in lines:
                y -= line.gap * space
                centre = y - layout.pitch / 2
                share = (centre - (top + bottom) / 2) / ((top - bottom) / 2)
                x = middle + side * rings.arc(layout.half, share)
                self._write_line(layout, line, x, centre, side, radius)
                y -= layout.pitch

    def _write_line(self, layout: Layout, line: Line, x: float, y: float, side: int, radius: float) -> None:
        sheet, size = self.sheet, layout.size
        ha = "left" if side > 0 else "right"
        label_x = x + side * (radius + 4)
        style = self.styles["label"]
        if line.node is not None and line.kind == "label":
            line.node.x, line.node.y, line.node.radius = x, y, radius
            self.nodes[line.node.key] = line.node
            self.home.update(dict.fromkeys(line.node.members, line.node.key))
            sheet.write(label_x, y, line.text, size, ha=ha, colour=SOFT if line.node.gone else INK, style=style)
            if line.note:
                at = label_x + side * (measure(line.text, size)[0] + rings.BADGE)
                self._badge(at, y, line.note, ha, line.node)
        elif line.kind == "heading":
            sheet.write(x, y, line.text, size, ha=ha, weight="bold", style=style)
        elif line.kind == "note" and line.node is not None:
            self._badge(label_x + side * 2, y, line.text, ha, line.node)
        else:
            small = size if line.kind == "more" else rings.agency_size(size)
            sheet.write(
                label_x,
                y,
                line.text,
                small,
                ha=ha,
                style=style,
                colour=SOFT if line.kind == "agency" or (line.node is not None and line.node.gone) else INK,
            )

    def _badge(self, x: float, y: float, text: str, ha: str, node: Node) -> None:
        kept = self.notes.get(node.members[0], ("", True))[1] if node.kind != "agency" else True
        self.sheet.badge(x, y, text, ha=ha, strong=kept)

    def _place_inner(self, layout: Layout, middle: tuple[float, float], height: float) -> None:
        lines = [line for line in self.lines if not self._is_outer(line)]
        children = [line for line in lines if line["kind"] == "child"]
        family = [line for line in lines if line["kind"] != "child"]
        for place, line in enumerate(children):
            node = self._inner_node(line, 12.0)
            node.x = middle[0] + (place - (len(children) - 1) / 2) * 46
            node.y = middle[1] + 4
            self._add(node)
        self._write_inner([self.nodes[line["id"]] for line in children], [False] * len(children), 110.0, 3, 11.0, True)
        nodes = [self._inner_node(line, 6.5) for line in family]
        if not self._seat(nodes, layout, middle, height):
            kept = [node for node in nodes if node.kind == "family"]
            rest = [node for node in nodes if node.kind != "family"]
            if rest:
                kept.append(Node("group:support", f"{AROUND['support'].words} ({len(rest)})", AROUND["support"],
                                 tuple(node.key for node in rest), "support", radius=8.0))  # fmt: skip
            if not self._seat(kept, layout, middle, height) and kept:
                whole = Node("group:family", f"family and support ({len(nodes)})", AROUND["family"],
                             tuple(node.key for node in nodes), "family", radius=8.0)  # fmt: skip
                if not self._seat([whole], layout, middle, height):
                    whole.x, whole.y = middle[0], middle[1] + 40
                    self._add(whole)

    def _inner_node(self, line: Mapping[str, Any], radius: float) -> Node:
        note = self.notes.get(line["id"], ("", True))[0]
        name = short_name(self.view.records, line["id"])
        return Node(line["id"], name, AROUND[line["kind"]], (line["id"],), line["kind"], note, radius=radius)

    def _add(self, node: Node) -> None:
        self.nodes[node.key] = node
        self.home.update(dict.fromkeys(node.members, node.key))

    def _seat(self, nodes: Sequence[Node], layout: Layout, middle: tuple[float, float], height: float) -> bool:
        """Find places with room for the family's labels, near a ring round the child; False if there are none."""
        if not nodes:
            return True
        places = rings.family_ring(len(nodes), layout.half * 0.5, height * 0.29)
        pulls = self._pulls(nodes, middle, layout.half, height / 2)
        chosen = rings.seat_family(pulls, [(x / layout.half, y * 2 / height) for x, y in places])
        for width, most, short in ((100.0, 3, False), (78.0, 4, False), (64.0, 3, True)):
            taken = len(self.sheet.taken.boxes)
            if short:
                for node in nodes:
                    node.note = node.note.split(" · ")[0]
            for node, place in zip(nodes, chosen, strict=True):
                spot = self._family_spot(node, places[place], layout, middle, height / 2, width, most)
                if spot is None:
                    break
                node.x, node.y = spot
                self.sheet.taken.add(self._inner_box(node, spot[1] > middle[1], width, most, FAMILY_SIZE))
                self.sheet.taken.add(around(node).grown(8))
            else:
                del self.sheet.taken.boxes[taken:]
                for node in nodes:
                    self._add(node)
                self._write_inner(nodes, [node.y > middle[1] for node in nodes], width, most, FAMILY_SIZE, False)
                return True
            del self.sheet.taken.boxes[taken:]
        return False

    def _family_spot(
        self,
        node: Node,
        aim: tuple[float, float],
        layout: Layout,
        middle: tuple[float, float],
        half: float,
        width: float,
        most: int,
    ) -> tuple[float, float] | None:
        """The free place nearest to where somebody should stand."""
        steps = [(x, y) for x in np.arange(-layout.half, layout.half, 8.0) for y in np.arange(-half, half, 8.0)]
        for x, y in sorted(steps, key=lambda at: ((at[0] - aim[0]) ** 2 + (at[1] - aim[1]) ** 2, at)):
            if np.hypot(x, y) < 56:
                continue
            node.x, node.y = middle[0] + float(x), middle[1] + float(y)
            box = self._inner_box(node, node.y > middle[1], width, most, FAMILY_SIZE)
            inside = all(
                abs(bx - middle[0]) < rings.arc(layout.half, (by - middle[1]) / half) - 30
                and abs(by - middle[1]) < half
                for bx in (box.left, box.right)
                for by in (box.bottom, box.top)
            )
            if inside and self.sheet.taken.free(box, 3) and self.sheet.taken.free(around(node), 3):
                return (node.x, node.y)
        return None

    def _pulls(
        self, nodes: Sequence[Node], middle: tuple[float, float], rx: float, ry: float
    ) -> list[tuple[float, float]]:
        pulls: dict[str, list[tuple[float, float]]] = {node.key: [(0.0, 0.0)] for node in nodes}
        home = {member: node.key for node in nodes for member in node.members}
        for row in self.view.contacts:
            for one in row.named:
                if one in home:
                    for other in row.named:
                        if other in self.home and self.nodes[self.home[other]].kind in ("professional", "agency"):
                            place = self.nodes[self.home[other]]
                            pulls[home[one]].append(((place.x - middle[0]) / rx, (place.y - middle[1]) / ry))
        return [(float(np.mean([x for x, _ in at])), float(np.mean([y for _, y in at]))) for at in pulls.values()]

    def _inner_lines(self, node: Node, width: float, most: int, size: float) -> list[str]:
        return wrap(node.name, width, size, most)

    def _inner_box(self, node: Node, up: bool, width: float, most: int, size: float) -> Box:
        lines = self._inner_lines(node, width, most, size)
        offset = node.radius + 3
        box = self.sheet.box(node.x, node.y + offset if up else node.y - offset, lines, size, "center",
                             va="bottom" if up else "top")  # fmt: skip
        if node.note:
            half = measure(node.note, SMALLEST, "bold")[0] / 2 + 2
            box = Box(
                min(box.left, node.x - half),
                box.bottom - (0 if up else 13),
                max(box.right, node.x + half),
                box.top + (13 if up else 0),
            )
        return box

    def _write_inner(
        self, nodes: Sequence[Node], above: Sequence[bool], width: float, most: int, size: float, bold: bool
    ) -> None:
        for node, up in zip(nodes, above, strict=True):
            lines = self._inner_lines(node, width, most, size)
            offset = node.radius + 3
            y = node.y + offset if up else node.y - offset
            self.sheet.write(node.x, y, lines, size, ha="center", va="bottom" if up else "top", halo=True,
                             weight="bold" if bold else "normal", style=self.styles["label"])  # fmt: skip
            if node.note:
                high = len(lines) * size * 1.2 + 2
                self.sheet.badge(node.x, y + (high if up else -high), node.note, ha="center",
                                 va="bottom" if up else "top", strong=False)  # fmt: skip


def around(node: Node) -> Box:
    """The room that a marker takes."""
    return Box(node.x - node.radius - 1, node.y - node.radius - 1, node.x + node.radius + 1, node.y + node.radius + 1)
