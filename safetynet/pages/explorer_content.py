"""What the page of an explorer says: the data for its script, and what it shows without one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..case import Case
from ..dates import date_of
from ..errors import ArgumentError
from ..plot.kit.style import AROUND, SECTORS
from ..plot.kit.words import clean
from ..record.parties import agency_of
from ..record.snapshot import Snapshot, snapshot_on
from ..rules import Rules
from ..tables._network import contacts, meetings
from ..whatif import what_if
from ..whatif.changes import changed
from ..whatif.search import lines as smallest
from .conventions import rule_lines
from .explorer_map import SIZES, Level, Sketch, Spot, Written, default_level, hidden_lines, sketch
from .explorer_record import Ids, Record, concern_data, data_of, differing, hidden_names, last_day, people_data
from .opening import about

MARKS = ("", "1", "?", "2", "~", "·")
SMALLEST = "smallest"  # the what-if that the library looks for itself
LEVELS: tuple[Level, ...] = ("person", "agency")


class WhatIf(NamedTuple):
    """Another course of things beside the record, and what it is in a sentence or two."""

    case: Case
    said: str


def gather(case: Case, at: int | None, rules: Rules, wanted: Any, step: Callable[[str], None]) -> dict[str, Any]:
    """Everything that the template and the script of an explorer need.

    Where `at` is given, nothing that came after it is on the page: it is of the case as it certainly stood then.
    """
    step("the record")
    shown = case if at is None else case.until(date_of(at))
    last = last_day(shown, at)
    day = shown._day(None) if at is None else at
    other = _what_if(shown, day, rules, wanted)
    if other is not None:
        last = max(last, last_day(other.case, at))
    ids = Ids(shown, last)
    record = Record(shown, last, rules, ids)
    data = data_of(record)
    step("the map")
    page = _Page(record, data, day, other, at is None)
    return page.content(step)


def _what_if(case: Case, day: int, rules: Rules, wanted: Any) -> WhatIf | None:
    """What is to stand beside the record, if anything."""
    if wanted is None:
        return None
    if isinstance(wanted, str):
        if wanted != SMALLEST:
            raise ArgumentError(f"what_if={wanted!r} is no change. Write 'smallest', None, or what sn.what_if takes.")
        found = smallest(snapshot_on(case, day, rules), "picture", ("contact",), 1)
        return WhatIf(changed(case, found[0].change), found[0].statement) if found else None
    made = changed(case, wanted)
    before, after = case._records, made._records
    for name in ("people", "agencies", "concerns"):
        if strange := sorted(getattr(after, name).keys() - getattr(before, name).keys()):
            raise ArgumentError(
                f"what_if has {name} that the case lacks ({', '.join(strange[:3])}). Change rows, or add them to it."
            )
    return WhatIf(made, what_if(case, made, at=date_of(day), rules=rules).explain())


class _Page:
    """The page of one record, and of what stands beside it."""

    def __init__(self, record: Record, data: dict[str, Any], day: int, other: WhatIf | None, whole: bool) -> None:
        self.record, self.data, self.day, self.other, self.whole = record, data, day, other, whole
        self.view, self.ids = record.view, record.ids
        self.hidden = hidden_names(self.view)
        self.groups: dict[str, dict[str, Any]] = {}
        self.holders = self._holders()
        self.concerns = self._concerns()
        self.level = default_level(self.view)

    def content(self, step: Callable[[str], None]) -> dict[str, Any]:
        """What the template is given."""
        sketches = {level: {size: sketch(self.view, level, size) for size in SIZES} for level in LEVELS}
        maps: dict[str, Any] = {
            level: {size: self._map(one) for size, one in sizes.items()} for level, sizes in sketches.items()
        }
        island = self._island(maps)
        step("the page")
        dated = snapshot_on(self.record.case, self.day, self.record.rules)
        return {
            "case": self.record.case,
            "at": date_of(self.day),
            "about": about(dated),
            "island": island,
            "map": self._static_map(maps[self.level]["wide"], dated),
            "columns": [self._column(one) for one in self.columns],
            "known": self._known(),
            "chronology": [self._line(one.id) for one in self.record.rows()],
            "people_list": self._people_list(),
            "what_if": None if self.other is None else self.other.said,
            "kinds": {spot["s"] for spot in maps[self.level]["wide"]["spots"]},
            "last": date_of(self.ids.last),
            "whole": self.whole,
            "rules": [one for one in rule_lines(self.record.rules) if one["own"]],
        }

    # who and what is on the page ----------------------------------------------------------------------

    def _holders(self) -> list[str]:
        there = {int(one) for one in self.data["here"]}
        named = {one for row in self.data["rows"].values() for part in "wtp" for one in row.get(part, ())}
        known = {int(key.split(",")[0]) for key in self.data["cells"]}
        places = there | named | known
        names = [one for one, place in self.ids.holders.items() if place in places]
        wanted = {*names, *(agency_of(self.view.records, one) for one in names)}
        return [one for one in self.ids.holders if one in wanted]

    def _concerns(self) -> list[str]:
        named = {one for row in self.data["rows"].values() for one in row.get("c", ())}
        known = {int(key.split(",")[1]) for key in self.data["cells"]}
        return [one for one, place in self.ids.concerns.items() if place in named | known]

    @property
    def columns(self) -> list[str]:
        """The concerns that somebody can have known, gravest first."""
        known = {int(key.split(",")[1]) for key in self.data["cells"]}
        there = [one for one in self.concerns if self.ids.concerns[one] in known]
        of = self.view.records.concerns
        return sorted(there, key=lambda one: (not of[one].is_worry, -of[one].severity, self.ids.concerns[one]))

    # for the script -----------------------------------------------------------------------------------

    def _island(self, maps: Mapping[str, Any]) -> dict[str, Any]:
        ids, record = self.ids, self.record
        order = [ids.rows[row.id] for row in record.rows()]
        other = self._other()
        return {
            "first": date_of(ids.first).isoformat(),
            "at": ids.day(self.day),
            "last": ids.last - ids.first,
            "level": self.level,
            "people": people_data(self.view, ids, self.holders),
            "concerns": concern_data(self.view, ids, self.concerns),
            "groups": list(self.groups.values()),
            "maps": maps,
            "shapes": SHAPES,
            "columns": [ids.concerns[one] for one in self.columns],
            "order": order,
            "record": self.data,
            "other": other,
            "words": list(ids.words),
            "steps": [list(one) for one in ids.steps],
        }

    def _other(self) -> dict[str, Any] | None:
        if self.other is None:
            return None
        ids = self.ids
        made = Record(self.other.case, ids.last, self.record.rules, ids)
        found = differing(self.data, data_of(made))
        rows = {number: row for number, row in found["rows"].items() if row is not None}
        names = {number: row for row, number in ids.rows.items()}
        return {
            "differs": found,
            "order": [ids.rows[row.id] for row in made.rows()],
            "texts": {number: made.text_of(names[number]) for number in rows},
            "day": min((row["d"] for row in rows.values()), default=ids.day(self.day)),
        }

    def _map(self, one: Sketch) -> dict[str, Any]:
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

    # without a script ---------------------------------------------------------------------------------

    def _static_map(self, plan: Mapping[str, Any], dated: Snapshot) -> dict[str, Any]:
        """The map on the day asked for."""
        home = {member: spot for spot in plan["spots"] for member in spot["m"]}
        numbers = self.ids.holders
        pairs: dict[tuple[int, int], list[Any]] = {}
        for line in contacts(dated):
            a, b = home.get(numbers[line.sender]), home.get(numbers[line.recipient])
            if a and b and a is not b:
                kind = "told" if line.concerns else "empty" if line.contacts > line.not_arrived else "lost"
                one = pairs.setdefault((a["n"], b["n"]), [a, b, "lost", 0])
                one[2] = max(one[2], kind, key=("lost", "empty", "told").index)
                one[3] += line.contacts
        arrows = [
            {"d": bow(a, b), "kind": kind, "width": f"{min(1 + times * 0.6, 4):.1f}"}
            for a, b, kind, times in pairs.values()
        ]
        return {
            "box": plan["box"],
            "heads": [head | {"here": any(map(self._here, head["m"]))} for head in plan["heads"]],
            "arrows": arrows,
            "stars": [star for line in meetings(dated) if (star := self._star(line, home))],
            "spots": [self._static_spot(spot, dated) for spot in plan["spots"]],
        }

    def _star(self, line: Any, home: Mapping[int, Any]) -> str:
        """The lines from the middle of those who met to each of them."""
        there = [home.get(self.ids.holders[one]) for one in (*line.people, *line.agencies, *line.present)]
        spots = list({spot["n"]: spot for spot in there if spot}.values())
        if len(spots) < 2:
            return ""
        x, y = (sum(spot[axis] for spot in spots) / len(spots) for axis in "xy")
        return "".join(f"M{x:.0f} {y:.0f}L{spot['x']} {spot['y']}" for spot in spots)

    def _static_spot(self, spot: Mapping[str, Any], dated: Snapshot) -> dict[str, Any]:
        names = {number: one for one, number in self.ids.holders.items()}
        held = {concern for number in spot["m"] for concern in dated.held.get(names[number], ())}
        group = list(self.groups.values())[spot["g"]]["n"] if spot["g"] >= 0 else ""
        name = group or self.view.name(names[spot["m"][0]])
        return {**spot, "number": len(held) or "", "here": any(map(self._here, spot["m"])), "name": name}

    def _here(self, holder: int) -> bool:
        """Whether somebody is on the map on the day."""
        return bool(0 <= self.data["here"].get(holder, self.ids.last + 1) <= self.ids.day(self.day))

    def _column(self, one: str) -> dict[str, Any]:
        concern = self.view.records.concerns[one]
        return {
            "number": self.ids.concerns[one],
            "id": one,
            "summary": " ".join(concern.summary.split()),
            "severity": concern.severity,
            "category": concern.category.replace("_", " "),
        }

    def _known(self) -> list[dict[str, Any]]:
        """A line per person or file that can have known anything, by agency: how each concern stands on the day."""
        numbers = [self.ids.concerns[one] for one in self.columns]
        able = {int(key.split(",")[0]) for key in self.data["cells"]}
        lines = []
        for one in self.holders:
            number = self.ids.holders[one]
            if number in able:
                codes = [self._code(number, concern) for concern in numbers]
                cells = [{"code": code, "mark": MARKS[code]} for code in codes]
                lines.append({"number": number, "name": self.view.name(one), "cells": cells} | self._of_group(one))
        return sorted(lines, key=lambda line: (str(line["order"]), not line["file"], line["number"]))

    def _of_group(self, one: str) -> dict[str, Any]:
        agency = self.view.records.agencies.get(agency_of(self.view.records, one))
        inside = one in self.view.professionals or one in self.view.records.agencies
        file = one in self.view.records.agencies
        if inside and agency:
            number = self.ids.holders[agency.id]
            return {"group": self.view.name(agency.id), "of": number, "order": f"1 {number:6}", "file": file}
        words = "no agency given" if inside else "family and others round the child"
        return {"group": words, "of": -1, "order": "2" if inside else "3", "file": False}

    def _code(self, holder: int, concern: int) -> int:
        """How something stands on the day, with the possible world: as the script has it."""
        day, key = self.ids.day(self.day), f"{holder},{concern}"
        cell = self.data["cells"].get(key)
        if cell is None:
            return 0
        certain, possible = (0 <= shown <= day for shown in cell[:2])
        if certain:
            steps = self.data["how"].get(key, [])
            ways = [way for since, way in zip(steps[::2], steps[1::2], strict=True) if since <= day]
            return ways[-1] if ways else 2
        if possible:
            return 4
        return 5 if any(0 <= shown <= day for shown in cell[2:4]) else 0

    def _line(self, row: str) -> dict[str, Any]:
        found, one = self.data["rows"][self.ids.rows[row]], self.view.by_id[row]
        return {
            **self.record.text_of(row),
            "number": self.ids.rows[row],
            "kind": one.kind,
            "who": [self.view.name(name) for name in one.who],
            "to": [self.view.name(name) for name in one.to],
            "concerns": list(one.concerns),
            "later": found["d"] > self.ids.day(self.day),
        }

    def _people_list(self) -> list[dict[str, Any]]:
        """Who can be looked at, in groups: whole agencies, the people of each, those round the child."""
        groups: dict[str, dict[str, Any]] = {}
        for one in self.holders:
            number = self.ids.holders[one]
            if number in self.data["here"]:
                group = self._of_group(one)
                made = groups.setdefault(
                    group["order"], {"label": group["group"], "of": group["of"], "order": group["order"], "people": []}
                )
                made["people"].append({"key": f"p{number}", "name": self.view.name(one), "file": group["file"]})
        whole = [
            {"key": f"g{place}", "name": group["n"]}
            for place, group in enumerate(self.groups.values())
            if group["a"] >= 0
        ]
        agencies = [{"label": "Agencies: file and people together", "of": -1, "people": whole}] if whole else []
        return [*agencies, *(groups[order] for order in sorted(groups))]


def bow(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    """A curve from one marker to another, as the script draws it."""
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    long = math.hypot(dx, dy) or 1.0
    mid = ((a["x"] + b["x"]) / 2 - dy * 0.14, (a["y"] + b["y"]) / 2 + dx * 0.14)

    def toward(one: Mapping[str, Any], by: float) -> tuple[float, float]:
        far = math.hypot(mid[0] - one["x"], mid[1] - one["y"]) or 1.0
        return one["x"] + (mid[0] - one["x"]) / far * by, one["y"] + (mid[1] - one["y"]) / far * by

    start, end = toward(a, min(a["r"] + 1, long / 3)), toward(b, min(b["r"] + 4, long / 3))
    return f"M{start[0]:.1f} {start[1]:.1f}Q{mid[0]:.1f} {mid[1]:.1f} {end[0]:.1f} {end[1]:.1f}"


def polygon(points: Iterable[tuple[float, float]]) -> str:
    """A closed path through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def regular(corners: int, turn: float, size: float = 10.0, stretch: Sequence[float] = (1.0, 1.0)) -> str:
    """A regular polygon; the first corner at `turn` degrees clockwise from the top."""
    angles = [math.radians(turn + 360 * place / corners) for place in range(corners)]
    return polygon((size * stretch[0] * math.sin(angle), -size * stretch[1] * math.cos(angle)) for angle in angles)


_CIRCLE = "M-10 0A10 10 0 1 1 10 0A10 10 0 1 1 -10 0Z"
_PLUS = (
    (-4, -10),
    (4, -10),
    (4, -4),
    (10, -4),
    (10, 4),
    (4, 4),
    (4, 10),
    (-4, 10),
    (-4, 4),
    (-10, 4),
    (-10, -4),
    (-4, -4),
)
_BY_MARKER = {
    "o": _CIRCLE,
    "s": regular(4, 45, 12.5),
    "^": regular(3, 0, 13.0),
    "v": regular(3, 180, 13.0),
    "D": regular(4, 0, 13.0),
    "d": regular(4, 0, 13.0, (0.75, 1.0)),
    "p": regular(5, 0, 11.5),
    "h": regular(6, 0, 11.5),
    "H": regular(6, 30, 11.5),
    "8": regular(8, 22.5, 11.0),
    "P": polygon(_PLUS),
}
SHAPES = {name: _BY_MARKER[look.marker] for name, look in {**SECTORS, **AROUND}.items()}
LOWER = {name: {"^": 0.2, "v": -0.2}.get(look.marker, 0.0) for name, look in SECTORS.items()}  # where a mark stands
SHAPE_WORDS = {name: look.words for name, look in {**SECTORS, **AROUND}.items()}
