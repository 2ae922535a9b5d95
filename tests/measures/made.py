"""Small cases for the tests of the measures, and the data with published numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

import safetynet as sn
from tests import strategies

DATA = Path(__file__).resolve().parents[1] / "data"
Line = Mapping[str, Any]
COLUMNS = ["id", "date", "kind", "who", "to", "concerns", "channel", "received", "received_on", "about"]


def from_tables(tables: Mapping[str, list[dict[str, str]]]) -> sn.Case:
    """The case of the tables that the strategies make."""
    given = {
        name: pd.DataFrame(rows, columns=strategies.COLUMNS[name], dtype="str")
        for name, rows in tables.items()
        if name != "case"
    }
    header = tables["case"][0] if tables.get("case") else {}
    return sn.Case(**given, title="x", harm_date=header.get("harm_date") or None)


def case(people: str, rows: Iterable[Line], concerns: str = "c1", **more: Any) -> sn.Case:
    """A case from ids such as ``"T@school S@council K:child"``; concerns of severity 2; rows get a date and an id."""
    persons = []
    for word in people.split():
        name, _, kind = word.partition(":")
        name, _, agency = name.partition("@")
        persons.append({"id": name, "name": name, "kind": kind or "professional", "agency": agency})
    worries = [{"id": c, "about": "K", "category": "neglect", "severity": "2", "summary": c} for c in concerns.split()]
    if not any(person["kind"] == "child" for person in persons):
        persons.append({"id": "K", "name": "K", "kind": "child", "agency": ""})
    blank = dict.fromkeys(COLUMNS, "")
    chronology = [
        {**blank, "id": f"e{number}", "date": f"2024-01-{number:02d}", **row}
        for number, row in enumerate(rows, start=1)
    ]
    table = pd.DataFrame(chronology, columns=COLUMNS, dtype="str")
    return sn.Case(pd.DataFrame(persons), pd.DataFrame(worries), table, **more)


def met(who: str, **more: Any) -> dict[str, Any]:
    """A meeting."""
    return {"kind": "met", "who": who, **more}


def told(who: str, to: str, **more: Any) -> dict[str, Any]:
    """A phone call, unless the channel says otherwise."""
    return {"kind": "told", "who": who, "to": to, "channel": "phone", **more}


def saw(who: str, concerns: str = "c1", **more: Any) -> dict[str, Any]:
    """Something seen first hand."""
    return {"kind": "observed", "who": who, "concerns": concerns, **more}


def joined(*contacts: str) -> sn.Case:
    """A case in which each contact is a meeting of the people in it, each of an agency of their own."""
    people = dict.fromkeys(name for contact in contacts for name in contact.split(";"))
    return case(" ".join(f"{name}@of_{name}" for name in people), [met(contact) for contact in contacts])


def nobody() -> sn.Case:
    """A child, and nothing that happened."""
    return case("K:child", [])


def alone() -> sn.Case:
    """One professional who saw one thing."""
    return case("T@school", [saw("T")])


def apart() -> sn.Case:
    """Two professionals of two agencies without any contact."""
    return case("T@school S@council", [saw("T"), saw("S")])


def matrix(name: str) -> nx.Graph:
    """The graph of ``adjacency.csv`` in a folder of the published data."""
    rows = [[int(cell) for cell in row] for row in table(name, "adjacency.csv")]
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(range(len(rows)))
    graph.add_edges_from((i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell)
    return graph


def table(folder: str, name: str) -> list[list[str]]:
    """The cells of a CSV file of the published data."""
    with (DATA / folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(value: object, expected: float | None) -> bool:
    """Whether a score is the number, or not defined where None is expected."""
    number = float(value)  # type: ignore[arg-type]
    return number != number if expected is None else abs(number - expected) < 1e-9


def turned(case: sn.Case) -> sn.Case:
    """The same case with the people and agencies of every cell of the chronology the other way round."""
    chronology = case.chronology.copy()
    for column in ("who", "to", "absent"):
        chronology[column] = [";".join(reversed(cell.split(";"))) for cell in chronology[column].fillna("")]
    tables = {name: getattr(case, name) for name in ("agencies", "ties", "services", "permissions")}
    return sn.Case(case.people, case.concerns, chronology, **tables, title=case.title, harm_date=case.harm_date)


def renamed(tables: Mapping[str, list[dict[str, str]]], names: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """The same tables with other ids, wherever they stand."""

    def again(cell: str) -> str:
        return ";".join(names.get(part, part) for part in cell.split(";"))

    return {name: [{key: again(cell) for key, cell in row.items()} for row in rows] for name, rows in tables.items()}
