"""Four agencies, a professional without one, a mother and a neighbour; three worries and a reassurance."""

from __future__ import annotations

from typing import Any

import safetynet as sn
from tests.builder import Line, case

PEOPLE = "A1@a A2@a B1@b C1@c D1 M:family N:support"
CONCERNS = "c1:3 c2:4 c3:2 ok:0 answers=c1"
AGENCIES = "a b c e"  # nobody works for e


def four(*rows: str | Line, people: str = PEOPLE, concerns: str = CONCERNS, **more: Any) -> sn.Case:
    """The case of these rows; a row without an id is e1, e2 and so on by its place."""
    return case(people, concerns, *rows, agencies=AGENCIES, **more)


def day(number: int) -> str:
    """A day of 2024 by its number."""
    import pandas as pd

    return str((pd.Timestamp("2023-12-31") + pd.Timedelta(days=number)).date())


def days(column: Any) -> list[str]:
    """A column of dates as text; empty where there is none."""
    import pandas as pd

    return ["" if pd.isna(one) else str(one.date()) for one in column]
