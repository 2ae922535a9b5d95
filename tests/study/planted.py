"""Cases in which it is known what made people turn to whom: contacts drawn from a conditional logit.

Everybody is there from the first day, there is one contact a day, by telephone, and what a sender says of their worries
is drawn. The terms are counted here as they happen, apart from the library.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

import safetynet as sn

SECTORS = {"a1": "health", "a2": "health", "a3": "police", "a4": "education"}
FIRST = dt.date(2024, 1, 1)
EFFECTS = {
    "inertia": 0.5,
    "reciprocity": 0.4,
    "popularity": 0.3,
    "same_agency": 0.7,
    "same_sector": 0.4,
    "receiver_leads": 0.8,
    "days_since_contact": -0.25,
    "no_contact_yet": -0.6,
    "receiver_lacks": 0.12,
    "receiver_could_act": 0.6,
}
LOGGED = ("inertia", "reciprocity", "popularity", "days_since_contact")


class Book:
    """What has happened by an evening, counted as it happens."""

    def __init__(self, dice: np.random.Generator, people: int) -> None:
        self.names = [f"p{number:02}" for number in range(people)]
        self.agency = {name: f"a{dice.integers(1, 5)}" for name in self.names}
        self.works = {name: bool(dice.random() < 0.6) for name in self.names}
        self.lead = (self.names[0], int(dice.integers(5, 20)))
        self.turned: Counter[tuple[str, str]] = Counter()
        self.last: dict[frozenset[str], int] = {}
        self.has: dict[str, set[str]] = {name: set() for name in self.names}
        self.severity: dict[str, int] = {}

    def terms(self, day: int, sender: str, one: str) -> dict[str, Any]:
        """What was so of somebody on the evening before a day."""
        agencies = self.agency[sender], self.agency[one]
        last = self.last.get(frozenset((sender, one)))
        return {
            "inertia": self.turned[sender, one],
            "reciprocity": self.turned[one, sender],
            "popularity": sum(self.turned[other, one] for other in self.names if other != sender),
            "same_agency": agencies[0] == agencies[1],
            "same_sector": SECTORS[agencies[0]] == SECTORS[agencies[1]],
            "receiver_leads": one == self.lead[0] and self.lead[1] < day,
            "days_since_contact": None if last is None else day - last,
            "no_contact_yet": last is None,
            "receiver_lacks": float(sum(self.severity[worry] for worry in self.has[sender] - self.has[one])),
            "receiver_could_act": self.works[one],
        }


def pull(terms: dict[str, Any], effects: dict[str, float]) -> float:
    """What the terms of somebody add up to."""
    return sum(
        effect * (np.log1p(terms[name] or 0) if name in LOGGED else float(terms[name]))
        for name, effect in effects.items()
    )


def drawn(seed: int, effects: dict[str, float], people: int = 9, contacts: int = 40) -> tuple[sn.Case, pd.DataFrame]:
    """A case, and the alternatives of each of its contacts with the terms by which it was drawn."""
    dice = np.random.default_rng(seed)
    book = Book(dice, people)
    rows: list[dict[str, str]] = [row(0, "opened", name) for name in book.names]
    lines: list[dict[str, Any]] = []
    for day in range(1, contacts + 1):
        sender = book.names[dice.integers(people)]
        others = [name for name in book.names if name != sender]
        terms = {one: book.terms(day, sender, one) for one in others}
        luck = {one: pull(terms[one], effects) + dice.gumbel() for one in others}
        chosen = max(others, key=luck.__getitem__)
        lines += [{"sender": sender, "receiver": one, "chosen": one == chosen, **terms[one]} for one in others]
        said = sorted(worry for worry in sorted(book.has[sender]) if dice.random() < 0.5)
        rows.append(row(day, "told", sender, to=chosen, concerns=";".join(said), channel="phone"))
        book.turned[sender, chosen] += 1
        book.last[frozenset((sender, chosen))] = day
        book.has[chosen].update(said)
        if dice.random() < 0.35:  # and somebody sees something new
            worry, by = f"c{len(book.severity):02}", book.names[dice.integers(people)]
            book.severity[worry] = int(dice.integers(1, 5))
            book.has[by].add(worry)
            rows.append(row(day, "observed", by, concerns=worry))
    return case(f"case{seed}", book, rows), pd.DataFrame(lines)


def row(day: int, kind: str, who: str, **cells: str) -> dict[str, str]:
    return {"date": (FIRST + dt.timedelta(days=day)).isoformat(), "kind": kind, "who": who, **cells}


def case(name: str, book: Book, rows: list[dict[str, str]]) -> sn.Case:
    """The case of such rows."""
    people = [{"id": "K", "name": "K", "kind": "child"}]
    for one in book.names:
        about = {"id": one, "name": one, "kind": "professional", "agency": book.agency[one]}
        remit = {} if book.works[one] else {"remit": "advises"}
        people.append({**about, **remit})
    lead, since = book.lead
    people[1 + book.names.index(lead)]["lead_from"] = (FIRST + dt.timedelta(days=since)).isoformat()
    worries = [
        {"id": one, "about": "K", "category": "neglect", "severity": str(level), "summary": one}
        for one, level in (book.severity or {"c": 1}).items()
    ]
    agencies = [{"id": one, "name": one, "sector": sector} for one, sector in SECTORS.items()]
    numbered = [{"id": f"r{number}", **one} for number, one in enumerate(rows)]
    tables = {"people": people, "concerns": worries, "chronology": numbered, "agencies": agencies}
    return sn.Case(**{table: pd.DataFrame(given).fillna("") for table, given in tables.items()}, id=name)  # type: ignore[arg-type]
