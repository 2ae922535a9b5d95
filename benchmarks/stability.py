"""How many of the first ten matters stay where a record had been otherwise: ``python benchmarks/stability.py``.

For each packaged case :func:`safetynet.matters_stability`, as it is by default: 200 draws of dates and rows that are
not sure, each without one contact row in ten. Of the gaps; writes ``docs/_static/findings_stable.csv``, which the page
on findings shows; nothing is tuned to it.
"""

# ruff: noqa: D103, T201

from __future__ import annotations

import csv
import time
from pathlib import Path

import safetynet as sn

FIRST = 10
WHERE = Path(__file__).resolve().parents[1] / "docs" / "_static" / "findings_stable.csv"
HEADING = (
    "case",
    "rows",
    "matters",
    "stay in half of the draws",
    "stay in nine draws of ten",
    "stays in most draws",
    "comes and goes",
)


def line(name: str) -> tuple[str, ...]:
    case = sn.load_case(name)
    table = sn.matters_stability(case, first=FIRST)
    first = table[(table["side"] == "gap") & (table["rank"] <= FIRST)].reset_index(drop=True)
    most, least = (first.loc[place] for place in (first["share"].idxmax(), first["share"].idxmin()))
    return (
        name,
        str(len(case.chronology)),
        str(len(first)),
        str((first["share"] >= 0.5).sum()),
        str((first["share"] >= 0.9).sum()),
        f"{most['kind']} ({most['share']:.0%})",
        f"{least['kind']} ({least['share']:.0%})",
    )


def main() -> None:
    with WHERE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADING)
        for name in sn.list_cases()["name"]:
            began = time.process_time()
            made = line(name)
            print(*made, f"{time.process_time() - began:.1f} s", sep="  ", flush=True)
            out.writerow(made)


if __name__ == "__main__":
    main()
