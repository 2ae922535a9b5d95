"""The tables of a report, cell by cell: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..record.snapshot import Snapshot
from ..tables._who_knew_what import lines as known


def names(view: Snapshot, identities: Iterable[str]) -> list[str]:
    """The names of several."""
    return [view.name(identity) for identity in identities]


def cell(case: Case, row: Row, column: str) -> str:
    """The text of a cell as it was written."""
    table = case._raw["chronology"]
    return table.rows[case._records.places[row.id]][table.columns.index(column)]


def notes(row: Row) -> list[str]:
    """What else a row says that changes how it counts."""
    said = []
    if row.channel:
        said.append(row.channel.replace("_", " "))
    if row.received == "no":
        said.append("not received")
    if row.received_on is not None:
        said.append(f"read {row.received_on}")
    if row.due is not None:
        said.append(f"due {date_of(row.due)}")
    if row.outcome:
        said.append(row.outcome.replace("_", " "))
    if row.ref:
        said.append(f"refers to {', '.join(row.ref)}")
    if row.absent:
        said.append("absent: " + ", ".join(row.absent))
    if row.confidence < 1:
        said.append(f"confidence {row.confidence:g}")
    return said


AROUND = {
    "child": "the child",
    "family": "the family",
    "support": "natural support",
    "public": "others round the child",
}


def who_knew_what(view: Snapshot) -> dict[str, Any]:
    """Who had what on record: people by agency against concerns, those who shared close together.

    Each cell has the words of :func:`safetynet.tables.who_knew_what`; empty: no record of knowing. Whoever has
    nothing on record has no line.
    """
    cells = known(view, family=True)
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
    shown.sort(key=lambda line: line["order"])
    return {"concerns": [_head(view, concern) for concern in concerns], "lines": shown}


def _head(view: Snapshot, concern: str) -> dict[str, Any]:
    one = view.records.concerns[concern]
    holders = len(view.holders.get(concern, frozenset()) & view.professionals)
    return {"id": concern, "severity": one.severity, "summary": one.summary, "holders": holders}


def _group(view: Snapshot, holder: str) -> dict[str, Any]:
    """The heading under which a holder stands: their agency, the family, the natural support."""
    records, file = view.records, holder in view.records.agencies
    if holder in view.family:
        kind = records.people[holder].kind
        return {"order": 1 + list(AROUND).index(kind), "group": AROUND[kind], "file": False, "left": False}
    agency = records.agencies.get(view.party(holder))
    group = agency.name if agency else "no agency given"
    return {"order": 0, "group": group, "file": file, "left": not file and holder not in view.involved}


def worry_lines(view: Snapshot) -> list[dict[str, Any]]:
    """How each known worry stands: who has it, who owns it, the status in a word."""
    from ..measures.states import state_rows, states

    lines: list[dict[str, Any]] = []
    for worry, state in states(view).items():
        concern = view.records.concerns[worry]
        left = sorted((view.holders[worry] & view.professionals) - view.involved)
        index = state.index(view.rules, "division_of_impact")
        lines.append({
            "id": worry, "summary": concern.summary, "severity": concern.severity, "status": state.status,
            "informed": names(view, state.informed), "left": names(view, left), "owners": names(view, state.owners),
            "index": "not defined" if index != index else f"{index:.2f}", "rows": list(state_rows(view, state)),
        })  # fmt: skip
    lines.sort(key=lambda line: (-line["severity"], line["id"]))
    return lines
