"""Small cases for the tests of the findings, and how to ask a single rule for what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

import safetynet as sn
from safetynet.record.snapshot import snapshot
from safetynet.review import RULES, Finding

COLUMNS = [
    "id", "date", "kind", "who", "to", "concerns", "about", "channel", "two_way", "received", "received_on", "absent",
    "due", "ref", "outcome", "rating", "consent", "interpreter", "confidence",
]  # fmt: skip
Line = Mapping[str, Any]


def made(people: str, rows: Iterable[Line], concerns: str = "c1:2", **more: Any) -> sn.Case:
    """A case of ids such as ``"T@school S@council K:child M:family"`` and ``"c1:3 c2:4 r:0"`` (severity).

    There is always a child K; a concern of severity 0 is a reassurance. `rows` without an id become e1, e2, …;
    without a date they fall on the first days of January 2024, in order. A column that the words have no
    place for comes as ``people_more={"T": {"end": "2024-02-01"}}`` (`concerns_more` likewise); other tables by name.
    """
    more_of_people = more.pop("people_more", {})
    more_of_concerns = more.pop("concerns_more", {})
    persons = []
    for word in people.split():
        name, _, kind = word.partition(":")
        name, _, agency = name.partition("@")
        persons.append({"id": name, "name": name, "kind": kind or "professional", "agency": agency})
    if not any(person["id"] == "K" for person in persons):
        persons.append({"id": "K", "name": "K", "kind": "child", "agency": ""})
    for person in persons:
        person.update(more_of_people.get(person["id"], {}))
    worries = []
    for word in concerns.split():
        name, _, severity = word.partition(":")
        category = "reassurance" if severity == "0" else "neglect"
        worries.append({"id": name, "about": "K", "category": category, "severity": severity or "2", "summary": name,
                        **more_of_concerns.get(name, {})})  # fmt: skip
    lines = [{"id": f"e{n}", "date": f"2024-01-{n:02d}", **row} for n, row in enumerate(rows, start=1)]
    chronology = _frame([{**dict.fromkeys(COLUMNS, ""), **line} for line in lines])
    return sn.Case(_frame(persons), _frame(worries), chronology, **more)


def _frame(lines: list[dict[str, Any]]) -> pd.DataFrame:
    columns = list(dict.fromkeys(name for line in lines for name in line)) or COLUMNS
    filled = [{name: line.get(name, "") for name in columns} for line in lines]
    return pd.DataFrame(filled, columns=columns, dtype="str")


def found(kind: str, case: sn.Case, at: str | None = None, rules: sn.Rules | None = None) -> list[Finding]:
    """What the rule of one kind finds in a case, unweighed."""
    return list(RULES[kind].find(snapshot(case, at, rules)))


def one(kind: str, case: sn.Case, at: str | None = None, rules: sn.Rules | None = None) -> Finding:
    """The single finding of a kind."""
    findings = found(kind, case, at, rules)
    assert len(findings) == 1, [finding.statement for finding in findings]
    return findings[0]


def observed(who: str, concerns: str = "c1", **more: Any) -> dict[str, Any]:
    """Seen first hand."""
    return {"kind": "observed", "who": who, "concerns": concerns, **more}


def told(who: str, to: str, concerns: str = "c1", **more: Any) -> dict[str, Any]:
    """A phone call, unless the channel says otherwise."""
    return {"kind": "told", "who": who, "to": to, "concerns": concerns, "channel": "phone", **more}


def asked(who: str, to: str, concerns: str = "c1", **more: Any) -> dict[str, Any]:
    """A request by phone."""
    return {**told(who, to, concerns), "kind": "asked", **more}


def met(who: str, concerns: str = "c1", **more: Any) -> dict[str, Any]:
    """A meeting."""
    return {"kind": "met", "who": who, "concerns": concerns, **more}


def row(kind: str, who: str = "", concerns: str = "", **more: Any) -> dict[str, Any]:
    """Any other row."""
    return {"kind": kind, "who": who, "concerns": concerns, **more}
