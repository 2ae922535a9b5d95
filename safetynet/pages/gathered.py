"""What a report says: plain data for the template, gathered from the measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from ..case import Case
from ..dates import DateLike, date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from . import ending, followed, known, opening, people, scored, talked
from .conventions import rule_lines
from .extent import FULL, Extent
from .names import Names, unnamed

Level = Literal["agency", "person"]
LEVELS: tuple[Level, ...] = ("agency", "person")
FEW = 25  # professionals who can have places of their own in one picture
PARTS: dict[str, dict[str, Callable[[Snapshot, Names, Extent], Any]]] = {  # by what is said while they are made
    "people": {"people": people.people_of},
    "who knew what": {"concerns": known.concerns_of, "known": known.known_of},
    "scores": {"scores": scored.scores_of},
    "responsibility": {"responsibility": followed.responsibility_of},
    "meetings, requests and decisions": {"talk": talked.talk_of, "beliefs": talked.beliefs_of},
}
STEPS = 3 + len(PARTS)  # as many as `step` is called


def gather(
    case: Case, at: DateLike | None, rules: Rules | None, extent: Extent, step: Callable[[str], None], draws: int = 0
) -> dict[str, Any]:
    """Everything that the template of the report needs; bands of so many draws beside the scores and matters."""
    real = snapshot(case, at, rules)
    names = Names(real)
    view = snapshot(unnamed(case), date_of(real.day), real.rules)
    content: dict[str, Any] = {"full": extent is FULL, "about": opening.about(view), "counts": scored.counts_of(view)}
    step("findings")
    content["matters"] = opening.matters_of(view, names, extent, draws=draws)
    step("the picture")
    content["pictures"] = pictures(real)
    for label, parts in PARTS.items():
        step(label)
        content |= {name: part(view, names, extent) for name, part in parts.items()}
    content |= {"draws": draws, "bands": scored.bands_of(real, draws) if draws else {}}
    step("the chronology")
    key = frozenset(row for side in content["matters"].values() for row in side.key)
    content["chronology"] = ending.chronology_of(view, names, extent, key)
    content["odd"] = ending.odd_of(case, names, extent)
    content["sources"] = ending.sources_of(case, names, extent)
    return content | {
        "at": date_of(real.day),
        "rules": rule_lines(real.rules),
        "provenance": ending.provenance_of(case),
        "row_ids": content["chronology"].ids,
        "concern_ids": frozenset(case._records.concerns),
    }


def pictures(view: Snapshot) -> dict[str, dict[str, str]]:
    """The network by agency and, where there are few enough to be told apart, with people."""
    levels = LEVELS if len(view.appeared.keys() & view.professionals) <= FEW else LEVELS[:1]
    drawn = {str(level): opening.picture(view, level) for level in levels}
    return drawn if len({one["alt"] for one in drawn.values()}) > 1 else {"agency": drawn["agency"]}
