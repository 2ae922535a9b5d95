"""A hand-made case: four agencies, a family, three worries, and whatever rows a test needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

import safetynet as sn

PEOPLE = {
    "K": ("child", ""),
    "M": ("family", ""),
    "N": ("support", ""),
    "A1": ("professional", "a"),
    "A2": ("professional", "a"),
    "B1": ("professional", "b"),
    "C1": ("professional", "c"),
    "D1": ("professional", ""),
}
SEVERITY = {"c1": 3, "c2": 4, "c3": 2}  # r1 is a reassurance that answers c1


def hand(
    *rows: Mapping[str, str],
    people: Mapping[str, Mapping[str, str]] | None = None,
    without: Iterable[str] = (),
    resolved: Mapping[str, str] | None = None,
    **tables: list[dict[str, str]],
) -> sn.Case:
    """A case with the given rows; `people` adds columns to some, `without` leaves some out.

    A row without an id is r1, r2 and so on by its place.
    """
    extra = people or {}
    persons = [
        {"id": name, "name": name, "kind": kind, "agency": agency, **extra.get(name, {})}
        for name, (kind, agency) in PEOPLE.items()
        if name not in without
    ]
    concerns = [
        {"id": name, "about": "K", "category": "neglect", "severity": str(severity), "summary": name}
        | {"resolved": (resolved or {}).get(name, "")}
        for name, severity in SEVERITY.items()
    ]
    concerns.append(
        {"id": "ok", "about": "K", "category": "reassurance", "severity": "0", "summary": "ok", "answers": "c1"}
    )
    chronology = [{"id": f"r{place}", **row} for place, row in enumerate(rows, start=1)]
    columns = ["id", "date", "kind", "who"]
    table = pd.DataFrame(chronology, columns=list(dict.fromkeys([*columns, *(c for row in chronology for c in row)])))
    given: dict[str, Any] = {
        name: pd.DataFrame(lines).fillna("") for name, lines in {"agencies": AGENCIES, **tables}.items()
    }
    return sn.Case(pd.DataFrame(persons).fillna(""), pd.DataFrame(concerns).fillna(""), table.fillna(""), **given)


AGENCIES = [{"id": name, "name": name} for name in "abce"]  # nobody works for e


def row(kind: str, date: str, who: str = "", to: str = "", concerns: str = "", **more: str) -> dict[str, str]:
    """A chronology row in January 2024, where `date` is a day of it; other dates are given in full."""
    full = f"2024-01-{int(date):02d}" if date.isdigit() and len(date) < 3 else date
    return {"date": full, "kind": kind, "who": who, "to": to, "concerns": concerns, **more}


def saw(date: str, who: str, concerns: str = "c1", **more: str) -> dict[str, str]:
    return row("observed", date, who, "", concerns, **more)


def told(date: str, who: str, to: str, concerns: str = "c1", channel: str = "phone", **more: str) -> dict[str, str]:
    return row("told", date, who, to, concerns, channel=channel, **more)


def met(date: str, who: str, concerns: str = "", **more: str) -> dict[str, str]:
    return row("met", date, who, "", concerns, **more)


def assumed(date: str, who: str, to: str, concerns: str = "c1", **more: str) -> dict[str, str]:
    return row("assumed", date, who, to, concerns, **more)


def agreed(date: str, who: str, concerns: str = "c1", **more: str) -> dict[str, str]:
    return row("agreed", date, who, "", concerns, **more)


def done(date: str, who: str, ref: str, **more: str) -> dict[str, str]:
    return row("done", date, who, ref=ref, **more)


def day(number: int) -> str:
    """A day of January 2024, or of the months after it."""
    return str((pd.Timestamp("2023-12-31") + pd.Timedelta(days=number)).date())


def days(column: Any) -> list[str]:
    """A column of dates as text; empty where there is none."""
    return ["" if pd.isna(one) else str(one.date()) for one in column]
