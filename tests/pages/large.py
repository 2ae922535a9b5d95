"""A case as large as the largest that a page has to bear: 60 people and 1,000 rows, drawn at random."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd

import safetynet as sn

SECTORS = ("social_care", "health", "police", "education", "housing", "justice", "voluntary", "faith", "other")
START = dt.date(2020, 1, 1)


def large_case(people: int = 60, rows: int = 1000, concerns: int = 40, agencies: int = 10, seed: int = 1) -> sn.Case:
    """A child, five relatives and professionals of ten agencies, who see, tell, ask and meet over 900 days."""
    draw = random.Random(seed)
    staff = [f"p{number}" for number in range(people - 6)]
    tables = {
        "agencies": [{"id": f"a{n}", "name": f"Agency number {n}", "sector": SECTORS[n % 9]} for n in range(agencies)],
        "people": [
            {"id": "k", "name": "Child", "kind": "child"},
            *({"id": f"f{n}", "name": f"Relative {n}", "kind": "family"} for n in range(5)),
            *(
                {"id": one, "name": f"Practitioner {one}", "kind": "professional", "agency": f"a{n % agencies}"}
                for n, one in enumerate(staff)
            ),
        ],
        "concerns": [
            {
                "id": f"c{n}",
                "about": "k",
                "category": "neglect",
                "severity": str(1 + n % 4),
                "summary": f"What was seen of matter {n}",
            }
            for n in range(concerns)
        ],
        "chronology": [_row(draw, number, staff, concerns) for number in range(rows)],
    }
    made = {name: pd.DataFrame(table).fillna("") for name, table in tables.items()}
    return sn.Case(**made, id="large", title="A large case")


def _row(draw: random.Random, number: int, staff: list[str], concerns: int) -> dict[str, Any]:
    kind = draw.choice(["observed", "told", "told", "told", "met", "asked"])
    first, *others = draw.sample(staff, draw.choice([2, 2, 3, 5]))
    named = draw.sample(range(concerns), draw.choice([0, 1, 1, 2]))
    row = {
        "id": f"e{number}",
        "date": (START + dt.timedelta(days=draw.randrange(900))).isoformat(),
        "kind": kind,
        "who": first,
        "concerns": ";".join(f"c{one}" for one in named),
        "summary": "In this row somebody did something, and somebody else wrote down what it was in a sentence.",
    }
    if kind == "observed":
        return row | {"concerns": row["concerns"] or "c0"}
    if kind == "met":
        return row | {"who": ";".join([first, *others])}
    return row | {"to": others[0], "channel": draw.choice(["phone", "email", "letter", "visit"])}
