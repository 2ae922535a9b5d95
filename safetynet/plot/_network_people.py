"""Who is on the network picture: the family, and professionals or those who stand for them, in groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ..tables._network import Member, members
from ..tables._unshared_worries import ALONE, Kept
from ..tables._unshared_worries import lines as unshared
from ..wording import short_when
from .kit.columns import Layout, fit_columns
from .kit.drawing import CODES, MOST_PEOPLE, CasePage
from .kit.order import Group, Node, order_groups, split_large
from .kit.style import AROUND, SECTORS
from .kit.words import listed

By = Literal["auto", "person", "agency", "sector"]
Level = Literal["person", "agency", "sector"]
LEVELS: tuple[Level, ...] = ("person", "agency", "sector")


class Note(NamedTuple):
    """What stands beside somebody who has a worry that was not shared, and whether they are involved still."""

    words: str
    strong: bool


class Cast:
    """The people of one map."""

    def __init__(self, page: CasePage) -> None:
        self.page = page
        self.members = members(page.view)
        self.kept = unshared(page.view)
        self.notes = self._notes()
        self.outer = [one for one in self.members if one.kind == "agency" or one.id in page.view.professionals]
        self.inner = [one for one in self.members if one not in self.outer]

    def _notes(self) -> dict[str, Note]:
        """Per holder, the worries that were not shared and since when."""
        found: defaultdict[str, list[Kept]] = defaultdict(list)
        for one in self.kept:
            found[one.holder].append(one)
        notes = {}
        for holder, some in found.items():
            some.sort(key=lambda one: (one.since, one.concern))
            words = f"{listed((one.concern for one in some), 3)} · {short_when(some[0].window)}"
            notes[holder] = Note(words, some[0].kind == ALONE)
        return notes

    @property
    def many(self) -> bool:
        """Whether there are more people than can be told apart from the back of a room."""
        return sum(one.kind != "agency" for one in self.outer) > MOST_PEOPLE

    def note(self, name: str) -> str:
        return self.notes[name].words if name in self.notes else ""

    def is_strong(self, node: Node) -> bool:
        """Whether the note of a node is about a worry that one involved professional alone has."""
        note = self.notes.get(node.members[0])
        return node.kind == "agency" or note is None or note.strong

    # groups -------------------------------------------------------------------------------------------

    def arrange(self, by: By, room: Callable[[], float]) -> Layout:
        """The places outside, in the largest letters with which all have their label in a room of that height."""
        levels = [level for level in LEVELS if by in ("auto", level)]
        if by == "auto":
            for wide in () if self.many else (CODES[0], CODES[-1]):  # persons stand before the codes do
                self.page.coded = wide
                layout = self._fit("person", room())
                if layout is not None:
                    return layout
            levels = levels[1:]

        def fits() -> Layout | None:
            found = (self._fit(level, room()) for level in levels)
            return next((layout for layout in found if layout is not None), None)

        return self.page.fit_letters(fits, 'Give it larger ones, or by="sector".')

    def _fit(self, level: Level, height: float) -> Layout | None:
        groups = self._people() if level == "person" else self._together(level)
        order = split_large(order_groups(groups, self._weight(groups)))
        return fit_columns(order, self.page.width, height, self.page.small)

    def _people(self) -> list[Group]:
        """Everybody outside under their agency."""
        agencies = self.page.view.records.agencies
        groups: dict[str, Group] = {}
        for one in self.outer:
            agency = one.agency if one.agency in agencies else ""
            place = agency or one.id
            group = groups.setdefault(place, Group(place, self.page.name(agency) if agency else ""))
            name = "the agency's desk" if one.kind == "agency" else self.page.name(one.id)
            look, gone = self.page.look_of(one.id), not one.involved
            group.nodes.append(Node(one.id, name, look, (one.id,), one.kind, self.note(one.id), gone))
        for group in groups.values():
            if len(group.nodes) == 1 and group.nodes[0].kind == "agency":
                group.nodes[0].name, group.name = f"{group.name} (desk)", ""
        return list(groups.values())

    def _together(self, level: Level) -> list[Group]:
        """One place for the people of an agency, or of a sector."""
        agencies = self.page.view.records.agencies
        shared: defaultdict[str, list[Member]] = defaultdict(list)
        for one in self.outer:
            agency = one.agency if one.agency in agencies else one.id
            shared[(one.sector or "other") if level == "sector" else agency].append(one)
        return [self._one_place(level, place, some) for place, some in shared.items()]

    def _one_place(self, level: Level, place: str, some: Sequence[Member]) -> Group:
        heads = sum(one.kind != "agency" for one in some)
        look = SECTORS[place] if level == "sector" else self.page.look_of(some[0].id)
        name = look.words if level == "sector" else self.page.name(place)
        text = f"{name} ({heads})" if heads > 1 or level == "sector" else name
        names = {one.id for one in some}
        worries = sorted({one.concern for one in self.kept if one.holder in names and one.kind == ALONE})
        gone = not any(one.involved for one in some)
        node = Node(f"group:{place}", text, look, tuple(one.id for one in some), "agency", listed(worries, 3), gone)
        return Group(place, "", [node])

    def _weight(self, groups: Sequence[Group]) -> dict[tuple[str, str], float]:
        """Contacts between the groups over the whole case, so that the order does not change with the date."""
        home = {member: group.key for group in groups for node in group.nodes for member in node.members}
        weight: Counter[tuple[str, str]] = Counter()
        for row in self.page.view.records.rows:
            for a, b in row.moves:
                if a in home and b in home and home[a] != home[b]:
                    weight[min(home[a], home[b]), max(home[a], home[b])] += 1
        return {pair: float(number) for pair, number in weight.items()}

    def inner_node(self, one: Member, radius: float) -> Node:
        """The node of somebody round the child."""
        name, kind = self.page.name(one.id), one.kind
        return Node(one.id, name, AROUND[kind], (one.id,), kind, self.note(one.id), radius=radius)
