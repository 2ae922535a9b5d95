"""What an explorer shows without its script: the map of one day, who knew what, the chronology, who can be chosen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..record.parties import agency_of
from ..record.snapshot import Snapshot
from ..tables._network import contacts, meetings
from .explorer_record import Record

MARKS = ("", "1", "?", "2", "~", "·")


class Still:
    """One record on one day; `data` is what the script has of it, `groups` who share a place on a map."""

    def __init__(
        self, record: Record, data: Mapping[str, Any], day: int, holders: Sequence[str], groups: Mapping[str, Any]
    ) -> None:
        self.record, self.data, self.day, self.holders, self.groups = record, data, day, holders, groups
        self.view, self.ids = record.view, record.ids

    def map(self, plan: Mapping[str, Any], dated: Snapshot) -> dict[str, Any]:
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
        arrows = []
        for a, b, kind, times in pairs.values():
            curve, cross = bow(a, b)
            width = f"{min(1 + times * 0.6, 4):.1f}"
            arrows.append({"d": curve, "kind": kind, "width": width, "cross": cross if kind == "lost" else ""})
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

    def column(self, one: str) -> dict[str, Any]:
        concern = self.view.records.concerns[one]
        return {
            "number": self.ids.concerns[one],
            "id": one,
            "summary": " ".join(concern.summary.split()),
            "severity": concern.severity,
            "category": concern.category.replace("_", " "),
        }

    def known(self, columns: Sequence[str]) -> list[dict[str, Any]]:
        """A line per person or file that can have known anything, by agency: how each concern stands on the day."""
        numbers = [self.ids.concerns[one] for one in columns]
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

    def line(self, row: str) -> dict[str, Any]:
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

    def people_list(self) -> list[dict[str, Any]]:
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
        parts = {"Agencies: file and people together": True, "Together on the map": False}
        whole: list[dict[str, Any]] = []
        for label, agency in parts.items():
            people = [
                {"key": f"g{place}", "name": group["n"]}
                for place, group in enumerate(self.groups.values())
                if (group["a"] >= 0) == agency
            ]
            whole += [{"label": label, "of": -1, "people": people}] if people else []
        return [*whole, *(groups[order] for order in sorted(groups))]


def bow(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[str, str]:
    """A curve from one marker to another, as the script draws it, and a cross before its end."""
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    long = math.hypot(dx, dy) or 1.0
    mid = ((a["x"] + b["x"]) / 2 - dy * 0.14, (a["y"] + b["y"]) / 2 + dx * 0.14)

    def toward(one: Mapping[str, Any], by: float) -> tuple[float, float]:
        far = math.hypot(mid[0] - one["x"], mid[1] - one["y"]) or 1.0
        return one["x"] + (mid[0] - one["x"]) / far * by, one["y"] + (mid[1] - one["y"]) / far * by

    start, end = toward(a, min(a["r"] + 1, long / 3)), toward(b, min(b["r"] + 4, long / 3))
    x, y = (0.04 * first + 0.32 * bend + 0.64 * last for first, bend, last in zip(start, mid, end, strict=True))
    curve = f"M{start[0]:.1f} {start[1]:.1f}Q{mid[0]:.1f} {mid[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    return curve, f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10"
