"""The data with published numbers: networks and lists of contacts that others have measured."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import networkx as nx

DATA = Path(__file__).resolve().parents[1] / "data"


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


def expected(folder: str) -> Any:
    """The published numbers in ``expected.json`` of such a folder."""
    return json.loads((DATA / folder / "expected.json").read_text(encoding="utf-8"))
