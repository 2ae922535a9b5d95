"""The tables of a report, cell by cell: names instead of ids, words instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..case import Case
from ..dates import date_of
from ..knowledge import knowledge
from ..records import Row
from ..snapshot import Snapshot


def names(view: Snapshot, identities: Iterable[str]) -> list[str]:
    """The names of several."""
    return [view.name(identity) for identity in identities]


def cell(case: Case, row: Row, column: str) -> str:
    """The text of a cell as it was written."""
    table = case._raw["chronology"]
    return table.rows[row.position][table.columns.index(column)]


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
        said.append(f"refers to {row.ref}")
    if row.absent:
        said.append("absent: " + ", ".join(row.absent))
    if row.confidence < 1:
        said.append(f"confidence {row.confidence:g}")
    return said


def who_knew_what(view: Snapshot) -> dict[str, Any]:
    """Who had what on record: people by agency against concerns, the most widely held concern first.

    Each cell is ``first hand``, ``told``, ``may have been told`` (only in the possible world), ``possibly by
    then`` (a partial date) or empty: no record of knowing.
    """
    case, day = view.case, view.day
    recorded, possible = knowledge(case, rules=view.rules), knowledge(case, "possible", rules=view.rules)
    certain, perhaps = recorded._days("latest"), recorded._days("earliest")
    might = possible._days("latest")
    concerns = sorted(
        (c for c in view.records.concerns if any(perhaps.get((h, c), day + 1) <= day for h in recorded.holders_)),
        key=lambda c: (-len(view.holders.get(c, ())), c),
    )
    lines: list[dict[str, Any]] = []
    for holder in recorded.holders_:
        row = [_state(view, holder, concern, certain, perhaps, might) for concern in concerns]
        if any(one["state"] for one in row):
            lines.append({"id": holder, "name": view.name(holder), "cells": row, **_group(view, holder)})
    lines.sort(
        key=lambda line: (line["order"], line["group"], -sum(bool(c["state"]) for c in line["cells"]), line["id"])
    )
    heads = [
        {"id": c, "severity": view.records.concerns[c].severity, "summary": view.records.concerns[c].summary,
         "holders": len(view.holders.get(c, frozenset()) & view.professionals)}
        for c in concerns
    ]  # fmt: skip
    return {"concerns": heads, "lines": lines}


def _state(view: Snapshot, holder: str, concern: str, certain: Any, perhaps: Any, might: Any) -> dict[str, str]:
    key, day = (holder, concern), view.day
    if certain.get(key, day + 1) <= day:
        word = "first hand" if view.hops.get(key) == 0 else "told"
        return {"state": word, "date": date_of(certain[key]).isoformat()}
    if perhaps.get(key, day + 1) <= day:
        return {"state": "possibly by then", "date": ""}
    if might.get(key, day + 1) <= day:
        return {"state": "may have been told", "date": ""}
    return {"state": "", "date": ""}


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
    from ..measures.responsibility import state_rows, states

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
