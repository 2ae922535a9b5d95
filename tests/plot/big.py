"""Made-up cases of any size, the same each time, with long names and everything that a picture can draw."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from typing import Any

import pandas as pd

import safetynet as sn

SECTORS = ("social_care", "health", "police", "education", "housing", "justice", "voluntary", "faith", "other")
ROLES = (
    *("Social worker", "Community health visitor", "Designated safeguarding lead", "Police constable"),
    *("Consultant paediatrician", "Housing officer", "Family support worker", "Referral and assessment team manager"),
    *("Paediatric senior house officer", "Youth justice worker"),
)
START = dt.date(2021, 1, 4)


@cache
def case(people: int, *, agencies: int | None = None, rows: int | None = None, worries: int = 14) -> sn.Case:
    """A case with that many professionals."""
    rng = random.Random(people)
    agency_count = agencies or max(3, people // 4)
    agency_rows = [
        {
            "id": f"ag{place}",
            "name": f"{SECTORS[place % 9].replace('_', ' ').capitalize()} organisation {place + 1}, north district",
            "sector": SECTORS[place % 9],
        }
        for place in range(agency_count)
    ]
    around = {"kid": ("Kit", "child"), "mum": ("Mother", "family"), "dad": ("Father", "family")}
    around |= {"gran": ("Grandmother on the father's side", "support"), "next": ("Neighbour", "support")}
    around |= {"cab": ("Driver of a cab", "public")}
    persons: list[dict[str, Any]] = [{"id": one, "name": name, "kind": kind} for one, (name, kind) in around.items()]
    staff = [f"p{place:02d}" for place in range(people)]
    for place, one in enumerate(staff):
        name, agency = f"{ROLES[place % len(ROLES)]} {place + 1}", f"ag{place % agency_count}"
        persons.append({"id": one, "name": name, "kind": "professional", "agency": agency})
    names = [f"w{number:02d}" for number in range(1, worries + 1)]
    concerns = []
    for name in names:
        summary = f"Something that somebody came to worry about, number {name}"
        severity = str(rng.randint(1, 4))
        concerns.append({"id": name, "about": "kid", "category": "neglect", "severity": severity, "summary": summary})
    concerns.append({"id": "calm", "about": "kid", "category": "strength", "severity": "0", "summary": "Kit sings"})
    lines: list[dict[str, Any]] = []

    def add(kind: str, day: int, **more: Any) -> str:
        date = START + dt.timedelta(days=day)
        lines.append({"id": f"r{len(lines):03d}", "date": date.isoformat(), "kind": kind, **more})
        return str(lines[-1]["id"])

    for place, person in enumerate(staff):  # everybody appears, so that the size is what it says
        add("observed", rng.randint(0, 200), who=person, concerns=names[place % worries])
    for _ in range(rows if rows is not None else 2 * people):
        day, one, other = rng.randint(0, 300), rng.choice(staff), rng.choice([*staff, *staff, "mum", "gran"])
        if one == other:
            continue
        kind = rng.choice(("told", "told", "told", "asked", "declined"))
        passed = ";".join(rng.sample(names, rng.randint(0, 2)))
        channel, received = rng.choice(("phone", "letter")), rng.choice(("", "", "yes", "no"))
        add(kind, day, who=one, to=other, concerns=passed, channel=channel, received=received)
    for _ in range(max(2, people // 6)):
        there = rng.sample(staff, min(people, rng.randint(2, 5)))
        absent = rng.choice([p for p in staff if p not in there] or [""])
        day, tabled = rng.randint(0, 300), rng.choice(names)
        add("met", day, who=";".join(there), concerns=tabled, absent=absent, present=rng.choice(("", "mum")))
    for number in range(6):
        day = rng.randint(0, 200)
        due = "" if number % 3 == 0 else (START + dt.timedelta(days=day + 30)).isoformat()
        row = add("agreed", day, who=rng.choice(staff), concerns=rng.choice(names), due=due)
        if number % 2:
            add("done", day + 10, who=rng.choice(staff), ref=row)
    add("agreed", 50, who="", concerns=names[0])
    add("needed", 60, concerns=names[1])
    add("assumed", 70, who=staff[0], to=f"ag{agency_count - 1}", concerns=names[2])
    add("believed", 71, who=staff[1], concerns=names[2])
    add("withheld", 72, who=staff[2], to=staff[0], concerns=names[3], reason="consent_thought_needed")
    add("expected", 73, who="ag1", concerns=names[2], rule="law", due=(START + dt.timedelta(days=80)).isoformat())
    add("decided", 80, who=staff[1], to=staff[0], concerns=names[0], outcome="same")
    row = add("disagreed", 81, who=staff[1], to=staff[2], concerns=names[0])
    add("done", 90, who=staff[1], ref=row)
    add("told", 91, who="cab", to="ag0", channel="phone")
    add("observed", 92, who=staff[0], present="dad", concerns=names[5])
    add("opened", 0, who=staff[0])
    add("closed", 250, who=staff[0])
    add("closed", 251, who=staff[1], to=staff[2])
    letter = {"kind": "told", "channel": "letter"}
    lines.append({"id": "part", "date": "2021-02", "kind": "observed", "who": "mum;gran", "concerns": names[3]})
    desk = {"who": staff[2], "to": "ag0", "concerns": names[4]}
    lines.append({"id": "desk", "date": "2021-03-01/2021-03-09", **letter, **desk})
    late = {"who": staff[0], "to": staff[1], "concerns": names[5], "received_on": "2021-04-20"}
    lines.append({"id": "late", "date": "2021-04-01", **letter, **late})
    ties = [
        {"source": "kid", "target": "mum", "kind": "household", "quality": "strong"},
        {"source": "kid", "target": "dad", "kind": "kin", "quality": "broken"},
        {"source": "mum", "target": "gran", "kind": "kin", "quality": "stressful"},
        {"source": "mum", "target": staff[0], "kind": "care", "quality": "weak"},
        {"source": staff[0], "target": staff[1], "kind": "working", "quality": "strong"},
    ]
    frames = (pd.DataFrame(table).fillna("") for table in (persons, concerns, lines, agency_rows, ties))
    return sn.Case(*frames, title=f"Made-up case of {people}", id=f"made{people}")
