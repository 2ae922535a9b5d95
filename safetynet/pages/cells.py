"""The tables of a report, cell by cell: names instead of ids, words instead of codes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from ..case.records import Row
from ..dates import date_of
from ..measures import status
from ..measures.states import state_rows, states
from ..record.snapshot import Snapshot
from ..tables._who_knew_what import lines as known

Cells = dict[str, object]
AROUND = {
    "child": "the child",
    "family": "the family",
    "support": "natural support",
    "public": "others round the child",
}


def names(view: Snapshot, identities: Iterable[str]) -> list[str]:
    """The names of several."""
    return [view.name(identity) for identity in identities]


def written(view: Snapshot, row: str) -> tuple[str, str]:
    """The date and the summary of a row, as they were written."""

    def make() -> dict[str, tuple[str, str]]:
        table = view.case.chronology
        return dict(zip(table["id"], zip(table["date"], table["summary"], strict=True), strict=True))

    return view.keep("as written", make)[row]


def notes(view: Snapshot, row: Row) -> Iterator[str]:
    """What else a row says that changes how it counts."""
    words = {"": row.channel, "child": row.seen, "outcome": row.outcome, "because": row.reason, "by": row.rule}
    for before, word in words.items():
        if word:
            yield f"{before} {word.replace('_', ' ')}".strip()
    if row.received == "no":
        yield "not received"
    if row.received_on is not None:
        yield f"read {row.received_on}"
    if row.due is not None:
        yield f"due {date_of(row.due)}"
    people = {"in the room": row.present, "absent": row.absent}
    ids = {"refers to": row.ref, "account differs from": row.disputes}
    for before, some in {**{key: names(view, ones) for key, ones in people.items()}, **ids}.items():
        if some:
            yield f"{before}: {', '.join(some)}"
    if row.count > 1:
        yield f"stands for {row.count} occasions"
    if row.confidence < 1:
        yield f"confidence {row.confidence:g}"


def who_knew_what(view: Snapshot) -> Cells:
    """Who had what on record: people by agency against concerns, those who shared close together.

    Each cell has the words of :func:`safetynet.tables.who_knew_what`; empty: no record of knowing. Whoever has
    nothing on record has no line.
    """
    cells = known(view, family=True, chains=False)
    concerns = list(dict.fromkeys(cell.concern for cell in cells))
    held: dict[str, list[dict[str, str]]] = {}
    for cell in cells:
        state = "" if cell.state == "no record" else cell.state
        date = "" if cell.since is None else date_of(cell.since).isoformat()
        held.setdefault(cell.holder, []).append({"state": state, "date": date})
    shown = [
        {"id": holder, "name": view.name(holder), "cells": found, **_group(view, holder)}
        for holder, found in held.items()
        if any(one["state"] for one in found)
    ]
    shown.sort(key=lambda line: str(line["order"]))
    return {"concerns": [_head(view, concern) for concern in concerns], "lines": shown}


def _head(view: Snapshot, concern: str) -> Cells:
    one = view.records.concerns[concern]
    holders = len(view.holders.get(concern, frozenset()) & view.professionals)
    return {"id": concern, "severity": one.severity, "summary": one.summary, "holders": holders}


def _group(view: Snapshot, holder: str) -> Cells:
    """The heading under which a holder stands: their agency, the family, the natural support."""
    records, file = view.records, holder in view.records.agencies
    if holder in view.family:
        kind = records.people[holder].kind
        return {"order": 1 + list(AROUND).index(kind), "group": AROUND[kind], "file": False, "left": False}
    agency = records.agencies.get(view.party(holder))
    group = agency.name if agency else "no agency given"
    return {"order": 0, "group": group, "file": file, "left": not file and holder not in view.involved}


def worry_lines(view: Snapshot) -> list[Cells]:
    """How each known worry stands: who has it, who owns it, the status in a word; gravest first."""
    found = states(view)
    return [_worry_line(view, line, state_rows(view, found[line.concern])) for line in status.lines(view)]


def _worry_line(view: Snapshot, line: status.WorryStatus, rows: Iterable[str]) -> Cells:
    return {
        "id": line.concern,
        "summary": view.records.concerns[line.concern].summary,
        "severity": line.severity,
        "status": line.status,
        "informed": names(view, line.involved_holders),
        "left": names(view, line.left_holders),
        "owners": names(view, line.owners),
        "index": "not defined" if math.isnan(line.index_) else f"{line.index_:.2f}",
        "rows": list(rows),
    }
