"""How many of the first ten matters stay where one row in ten is left out: ``python benchmarks/stability.py``.

For each packaged case: 100 draws, each without a tenth of the rows of the chronology, drawn with a seed. A matter of
the whole case stays if a matter among the first ten of the draw is led by the same kind about mostly the same concerns,
or has a finding of that kind about them. Writes ``docs/_static/findings_stable.csv``, which the page on findings shows;
nothing is tuned to it.
"""

# ruff: noqa: D103, T201

from __future__ import annotations

import csv
import random
import statistics
from pathlib import Path

import safetynet as sn
from safetynet.dates import date_of
from safetynet.review import Finding, as_matters, found

DRAWS, SHARE, FIRST, SEED = 100, 0.1, 10, 1
WHERE = Path(__file__).resolve().parents[1] / "docs" / "_static" / "findings_stable.csv"
HEADING = (
    "case",
    "rows",
    "matters",
    "stay, middle draw",
    "stay, nine draws in ten",
    "stays in most draws",
    "comes and goes",
)


def first_ten(case: sn.Case, at: str) -> list[list[Finding]]:
    """The findings of the first ten matters of gaps, the heaviest of each first."""
    findings = found(case, at)
    gaps = [one for one in as_matters(findings) if one.side == "gap"]
    return [[findings[place] for place in one.findings] for one in gaps[:FIRST]]


def stays(leader: Finding, others: list[list[Finding]]) -> bool:
    """Whether one of some matters has a finding of a leader's kind about at least half of the same concerns."""
    about = set(leader.concerns)
    for matter in others:
        for one in matter:
            either = about | set(one.concerns)
            if one.kind == leader.kind and 2 * len(about & set(one.concerns)) >= len(either):
                return True
    return False


def drawn(case: sn.Case, seed: int) -> sn.Case:
    """A case without a tenth of its rows, and without what refers to those."""
    ids = sorted(case.chronology["id"])
    return case.without(*random.Random(seed).sample(ids, round(SHARE * len(ids))))


def line(name: str) -> tuple[str, ...]:
    case = sn.load_case(name)
    day = date_of(case._day()).isoformat()
    leaders = [matter[0] for matter in first_ten(case, day)]
    every = (first_ten(drawn(case, SEED + draw), day) for draw in range(DRAWS))
    kept = [[stays(one, others) for one in leaders] for others in every]
    numbers = sorted(sum(one) for one in kept)
    often = [statistics.mean(one[place] for one in kept) for place in range(len(leaders))]
    most = max(range(len(leaders)), key=lambda place: (often[place], -place))
    least = min(range(len(leaders)), key=lambda place: (often[place], place))
    return (
        name,
        str(len(case.chronology)),
        str(len(leaders)),
        str(round(statistics.median(numbers))),
        str(numbers[DRAWS // 10]),
        f"{leaders[most].kind} ({often[most]:.0%})",
        f"{leaders[least].kind} ({often[least]:.0%})",
    )


def main() -> None:
    with WHERE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADING)
        for name in sn.list_cases()["name"]:
            made = line(name)
            print(*made, sep="  ")
            out.writerow(made)


if __name__ == "__main__":
    main()
