"""What was on whose record from when, how, and by which rows: the cells of an explorer, from the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..dates import NEVER
from ..record.entries import Entry, Holding
from ..record.shown import Shown, shown_days
from ..record.worlds import Dates, Knowledge, World, knowledge
from .explorer_record import Flat, Ids, Record

FIRST_HAND, NO_SOURCE, TOLD = 1, 2, 3  # how it stands on the record
WAYS: tuple[tuple[World, Dates], ...] = (
    ("possible", "latest"),
    ("possible", "earliest"),
    ("permitted", "latest"),
    ("permitted", "earliest"),
)


def cells(record: Record) -> dict[Holding, Flat]:
    """From which day each (holder, concern) is certain and possible in the three worlds.

    Six days: recorded, possible, permitted, each certain and then possible; the last are left out where they are
    those before them.
    """
    last = record.ids.last
    worlds = [shown_days(record.case, world, record.rules, last) for world in ("recorded", "possible", "permitted")]
    none = Shown(NEVER, NEVER)
    found = {}
    for holding in sorted(set().union(*worlds)):
        pairs = [[record.ids.day(day) for day in shown.get(holding, none)] for shown in worlds]
        while len(pairs) > 1 and pairs[-1] == pairs[-2]:
            pairs.pop()
        if any(day >= 0 for pair in pairs for day in pair):
            found[holding] = [day for pair in pairs for day in pair]
    return found


def how(record: Record) -> dict[Holding, Flat]:
    """How what is on record came there: a day and, from then on, 1 first hand, 2 source not recorded or 3 told."""
    view, saw = record.view, _saw(record)
    found = {}
    for (holder, concern), since in view.since.items():
        seen = saw.get((holder, concern), NEVER)
        days = sorted({since, seen, *(day for day, _ in view._hop_steps[holder, concern])})
        steps: Flat = []
        for day in days:
            if since <= day <= view.day:
                way = FIRST_HAND if seen <= day else TOLD if view.hop(holder, concern, day) else NO_SOURCE
                if not steps or steps[-1] != way:
                    steps += [record.ids.day(day), way]
        found[holder, concern] = steps
    return found


def _saw(record: Record) -> dict[Holding, int]:
    found: dict[Holding, int] = {}
    for row in record.view.of_kind("observed"):
        day = record.view.when(row.date)
        for one in set(row.who) & record.view.records.people.keys():
            for concern in row.concerns:
                found[one, concern] = min(day, found.get((one, concern), day))
    return found


def entries(record: Record) -> dict[Holding, Flat]:
    """The rows that put each concern on somebody's record, first first: row, how, certain day, possible day."""
    known = knowledge(record.case, rules=record.rules)
    found = {}
    for holding, rows in known._entries.items():
        steps = [
            number
            for entry in rows
            if _there(record, entry)
            for number in (
                record.ids.row(entry.row.id),
                record.ids.word(entry.how),
                record.ids.day(entry.window.last),
                record.ids.day(entry.window.first),
            )
        ]
        if steps:
            found[holding] = steps
    return found


def _there(record: Record, entry: Entry) -> bool:
    return record.view.by(entry.row.date) and entry.window.first <= record.ids.last


def ways(record: Record, found_cells: Mapping[Holding, Flat]) -> dict[Holding, Flat]:
    """The chain by which each concern can have come to somebody who had no record of it then.

    Four numbers of last steps: possible world, certain and possible, then the permitted world; the last are left
    out where they are those before them. -1: not needed, as nothing can have come earlier than it is on record.
    """
    found: defaultdict[Holding, Flat] = defaultdict(lambda: [-1, -1, -1, -1])
    ids, free = record.ids, record.case._records.permissions is None  # where nothing is restricted, two are enough
    for place, (world, dates) in enumerate(WAYS[:2] if free else WAYS):
        known = knowledge(record.case, world, rules=record.rules)
        side = place % 2
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        for (holder, concern), days in found_cells.items():
            now, before = _pair(days, 1 + place // 2)[side], _pair(days, 0)[side]
            if now >= 0 and not 0 <= before <= now:
                wanted[concern].append(holder)
        for concern, holders in wanted.items():
            for holder, step in _chains(ids, known, concern, dates, holders):
                found[holder, concern][place] = step
    return {holding: steps[:2] if free or steps[:2] == steps[2:] else steps for holding, steps in found.items()}


def _chains(
    ids: Ids, known: Knowledge, concern: str, dates: Dates, holders: Iterable[str]
) -> Iterator[tuple[str, int]]:
    for holder, steps in known.paths(concern, dates, holders).items():
        if all(step.row in ids.rows for step in steps):
            yield holder, ids.chain((ids.rows[step.row], ids.holders[step.target]) for step in steps)


def _pair(days: Flat, world: int) -> tuple[int, int]:
    """The days of a world among those of a cell."""
    place = min(2 * world, len(days) - 2)
    return days[place], days[place + 1]


def keyed(ids: Ids, found: Mapping[Holding, Flat]) -> dict[str, Flat]:
    """The same with the numbers of holder and concern as one key."""
    return {f"{ids.holders[holder]},{ids.concerns[concern]}": value for (holder, concern), value in found.items()}


def data_of(record: Record) -> dict[str, Any]:
    """All that the script is told of one case."""
    ids, found = record.ids, cells(record)
    return {
        "rows": record.row_data(),
        "here": {ids.holders[one]: ids.day(day) for one, day in record.on_the_map().items()},
        "involved": record.involved(),
        "shares": record.shares(),
        "cells": keyed(ids, found),
        "how": keyed(ids, how(record)),
        "entries": keyed(ids, entries(record)),
        "ways": keyed(ids, ways(record, found)),
    }


def differing(data: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What of another case's data is not as in the first: a value that is gone is None."""
    found = {}
    for name, part in data.items():
        changed = {key: value for key, value in other[name].items() if part.get(key) != value}
        found[name] = changed | {key: None for key in part if key not in other[name]}
    return found
