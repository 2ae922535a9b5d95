"""The tables of a report, cell by cell: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import tables
from ..case import Case
from ..case.records import Row
from ..dates import date_of
from ..record.snapshot import Snapshot


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


def who_knew_what(view: Snapshot) -> dict[str, Any]:
    """Who had what on record: people by agency against concerns, those who shared close together.

    Each cell is ``first hand``, ``told``, ``possible`` (a contact on record may have brought it, or the date is
    partial) or empty: no record of knowing. Whoever has nothing on record has no line.
    """
    table = tables.who_knew_what(view.case, date_of(view.day), family=True, rules=view.rules)
    concerns: list[str] = list(dict.fromkeys(table["concern"]))
    lines: list[dict[str, Any]] = []
    for holder, cells in table.groupby("person", sort=False):
        found = [
            {
                "state": "" if state == "no record" else state,
                "date": "" if since != since or state == "no record" else since.date().isoformat(),
            }
            for state, since in zip(cells["state"], cells["since"], strict=True)
        ]
        if any(one["state"] for one in found):
            person = str(holder)
            lines.append({"id": person, "name": view.name(person), "cells": found, **_group(view, person)})
    lines.sort(key=lambda line: line["order"])
    heads = [
        {"id": c, "severity": view.records.concerns[c].severity, "summary": view.records.concerns[c].summary,
         "holders": len(view.holders.get(c, frozenset()) & view.professionals)}
        for c in concerns
    ]  # fmt: skip
    return {"concerns": heads, "lines": lines}


def _group(view: Snapshot, holder: str) -> dict[str, Any]:
    """The heading under which a holder stands: their agency, the family, the natural support."""
    records = view.records
    if holder in records.agencies:
        return {"order": 0, "group": records.agencies[holder].name, "file": True, "left": False}
    person = records.people[holder]
    if holder in view.professionals:
        agency = records.agencies[person.agency].name if person.agency else "no agency given"
        return {"order": 0, "group": agency, "file": False, "left": holder not in view.involved}
    label = {"child": "the child", "family": "the family", "support": "natural support"}[person.kind]
    return {
        "order": 1 + ("child", "family", "support").index(person.kind),
        "group": label,
        "file": False,
        "left": False,
    }


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
