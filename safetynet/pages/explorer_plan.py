"""The maps of an explorer as plain data: places, names, what stands there while names are hidden, who shares one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..plot.kit.style import AROUND
from ..plot.kit.words import clean
from ..record.parties import agency_of
from .explorer_map import Sketch, Spot, Written, hidden_lines
from .explorer_record import Record, hidden_names
from .explorer_shapes import LOWER


class Plans:
    """The maps of one record.

    Attributes
    ----------
    groups : dict
        The agencies and other groups that share a place on some map, by their key: name, name while names are hidden,
        numbers of their members, and the number of the agency (-1 for what is none).
    """

    def __init__(self, record: Record, holders: Sequence[str]) -> None:
        self.view, self.ids, self.holders = record.view, record.ids, holders
        self.hidden = hidden_names(self.view)
        self.groups: dict[str, dict[str, Any]] = {}

    def map(self, one: Sketch) -> dict[str, Any]:
        spots = [self._spot(spot, place) for place, spot in enumerate(one.spots)]
        heads = [self._text(line) | self._head(line) for line in one.heads]
        return {"box": f"-12 -2 {one.wide + 24} {one.high + 4}", "spots": spots, "heads": heads}

    def _spot(self, spot: Spot, place: int) -> dict[str, Any]:
        numbers = [self.ids.holders[one] for one in spot.members]
        group = self._group(spot, numbers)
        shape = self._shape(spot)
        hidden = self.hidden[spot.members[0]] if group < 0 else list(self.groups.values())[group]["h"]
        return {
            "n": place,
            "m": numbers,
            "k": spot.kind,
            "s": shape,
            "x": round(spot.x),
            "y": round(spot.y),
            "q": round(spot.y + spot.radius * LOWER.get(shape, 0.0)),
            "r": round(spot.radius),
            "g": group,
            "l": [self._text(line) for line in spot.texts],
            "h": hidden_lines(hidden, spot.texts),
        }

    def _group(self, spot: Spot, numbers: list[int]) -> int:
        """The number of the agency or the group that shares a place; -1 for somebody's own."""
        name = spot.key.removeprefix("group:")
        if name == spot.key or (len(numbers) == 1 and name in self.view.records.people):
            return -1
        agency = name in self.view.records.agencies
        if spot.key not in self.groups:
            words = self.view.name(name) if agency else spot.texts[0].text.rpartition(" (")[0] if spot.texts else name
            self.groups[spot.key] = {
                "n": words,
                "h": self.hidden[name] if agency else words,
                "m": numbers,
                "a": self.ids.holders[name] if agency else -1,
            }
        return list(self.groups).index(spot.key)

    def _text(self, line: Written) -> dict[str, Any]:
        found = {"x": round(line.x), "y": round(line.y), "t": line.text, "a": line.anchor, "z": round(line.size, 1)}
        return found | ({"b": 1} if line.bold else {})

    def _head(self, line: Written) -> dict[str, Any]:
        """Whose heading a line is, and what stands there while names are hidden: the sector of the agency."""
        text = line.text.removesuffix(" (continued)").rstrip("…")
        agencies = self.view.records.agencies
        named = [one for one in agencies if text and clean(self.view.name(one)).startswith(text)]
        if not named:
            return {"h": "", "m": list(self.ids.holders.values())}
        of = [self.ids.holders[one] for one in self.holders if agency_of(self.view.records, one) == named[0]]
        return {"h": self.hidden[named[0]], "m": of}

    def _shape(self, spot: Spot) -> str:
        if spot.kind in AROUND:
            return spot.kind
        agency = self.view.records.agencies.get(agency_of(self.view.records, spot.members[0]))
        return agency.sector if agency else "other"
