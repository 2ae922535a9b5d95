"""What the page of an explorer says: the data for its script, and what it shows without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..case import Case
from ..dates import date_of
from ..errors import ArgumentError
from ..record.parties import agency_of
from ..record.snapshot import snapshot_on
from ..rules import Rules
from ..whatif import what_if
from ..whatif.changes import changed
from ..whatif.search import lines as smallest
from .conventions import rule_lines
from .explorer_known import data_of, differing
from .explorer_map import SIZES, Level, default_level, sketch
from .explorer_plan import Plans
from .explorer_record import Ids, Record, concern_data, last_day, people_data
from .explorer_shapes import SHAPES
from .explorer_still import Still
from .opening import about
from .told_then import as_told_by

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
    shown = case if at is None else as_told_by(case.until(date_of(at)), at)
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
        self.holders = self._holders()
        self.plans = Plans(record, self.holders)
        self.concerns = self._concerns()
        self.level = default_level(self.view)

    def content(self, step: Callable[[str], None]) -> dict[str, Any]:
        """What the template is given."""
        maps: dict[str, Any] = {
            level: {size: self.plans.map(sketch(self.view, level, size)) for size in SIZES} for level in LEVELS
        }
        island = self._island(maps)
        step("the page")
        dated = snapshot_on(self.record.case, self.day, self.record.rules)
        still = Still(self.record, self.data, self.day, self.holders, self.plans.groups)
        return {
            "case": self.record.case,
            "at": date_of(self.day),
            "about": about(dated),
            "island": island,
            "map": still.map(maps[self.level]["wide"], dated),
            "columns": [still.column(one) for one in self.columns],
            "known": still.known(self.columns),
            "chronology": [still.line(one.id) for one in self.record.rows()],
            "people_list": still.people_list(),
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
            "groups": list(self.plans.groups.values()),
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
