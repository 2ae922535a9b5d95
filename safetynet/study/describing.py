"""What a codebook says of the columns of a table of results: from the registries of columns and of headline scores."""

from __future__ import annotations

import math

from ..io.described import Described
from ..io.flat import Flat
from ..io.statistics_files import YES_NO
from ..measures.headline import LABELS
from ..measures.meanings import MEANINGS
from ..tidy import COLUMNS, Holds

LEVELS = {0: "reassurance or strength", 1: "low", 4: "grave"}  # those in between have no word
HOPS = {0: "saw it or said it first", 1: "from them"}
VALUES = {"severity": LEVELS, "from_severity": LEVELS, "to_severity": LEVELS, "hops": HOPS}
SHARES = ("share", "share_at_all", "share_first_hand", "rich_share", "coverage", "unique_coverage", "certainty", "p")
OF_A_STUDY: dict[str, str] = {  # what these mean in a table of scores, where they are counts
    "rows": "How many rows the record of the case has.",
    "sources": "How many sources the rows of the record name.",
}
OWN = "What the cases say of themselves under this name, as text."
COUNTED: tuple[Holds, ...] = ("whole", "number")


def described(flat: Flat) -> dict[str, Described]:
    """What is known of each column of a table; of one that nobody knows, only its name."""
    of_scores = "case" in flat.holds or set(MEANINGS) <= set(flat.holds)
    return {name: _described(name, holds, of_scores) for name, holds in flat.holds.items()}


def _described(name: str, holds: Holds, of_scores: bool) -> Described:
    if holds in COUNTED and name in MEANINGS and (of_scores or not _has_meaning(name, holds)):
        one = MEANINGS[name]
        return Described(LABELS[name], one.said, one.unit, one.least, one.greatest, one.direction)
    if of_scores and holds in COUNTED and name in OF_A_STUDY:
        return Described(_words(name), OF_A_STUDY[name], name, 0, math.inf)
    values = YES_NO if holds in ("flag", "maybe") else VALUES.get(name, {})
    if not _has_meaning(name, holds):
        return Described(name, OWN if of_scores and holds == "text" else "", values=values)
    least, greatest = (0.0, 1.0) if name in SHARES else (math.nan, math.nan)
    return Described(_words(name), COLUMNS[name].meaning, _unit(name, holds), least, greatest, values=values)


def _has_meaning(name: str, holds: Holds) -> bool:
    """Whether the registry of columns speaks of this column, not of one of the same name that holds something else."""
    if name not in COLUMNS:
        return False
    registered = COLUMNS[name].holds
    return registered == holds or {registered, holds} <= {"whole", "number"} or registered in ("thing", "maybe")


def _unit(name: str, holds: Holds) -> str:
    if holds not in COUNTED:
        return ""
    if name in SHARES:
        return "share"
    parts = name.split("_")
    return next((unit for unit in ("days", "months") if unit in parts), "")


def _words(name: str) -> str:
    """The name as words."""
    return name.replace("_", " ").capitalize()
