"""The scores that a report opens with, each as a :class:`~safetynet.score.Score`, tables included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import Score
from ..wording import count
from .agencies import agency_fragmentation, ei_index
from .assumptions import circular_assumptions
from .clusters import concern_clusters
from .exclusive import exclusive_concerns
from .fragmentation import distance_fragmentation, fragmentation, temporal_fragmentation
from .meeting import smallest_meeting
from .opportunities import missed_opportunities
from .picture import NONE_KNOWN, best_picture, unshared_pairs
from .responsibility import diffusion, unowned_share

if TYPE_CHECKING:
    import pandas as pd


def headline(case: Case, at: Any = None, *, rules: Rules | None = None) -> list[Score]:
    """The scores of a case on a date, in the order of :func:`safetynet.scores`."""
    view = snapshot(case, at, rules)
    return [
        fragmentation(case, at, rules=rules),
        distance_fragmentation(case, at, rules=rules),
        temporal_fragmentation(case, at, rules=rules),
        agency_fragmentation(case, at, rules=rules),
        ei_index(case, at, rules=rules),
        clusters_score(view, concern_clusters(case, at, rules=rules)),
        unshared_pairs(case, at, rules=rules),
        best_picture(case, at, rules=rules),
        exclusive_score(view, exclusive_concerns(case, at, rules=rules)),
        meeting_score(view, smallest_meeting(case, at, rules=rules)),
        diffusion(case, at, rules=rules),
        unowned_share(case, at, rules=rules),
        circular_assumptions(case, at, rules=rules),
        missed_opportunities(case, at, rules=rules),
    ]


def _count_score(view: Snapshot, name: str, value: float, table: pd.DataFrame, explain: str, **more: Any) -> Score:
    rows = [row for rows in table["rows"] for row in rows]
    settings: dict[str, Any] = {"range": (0.0, math.inf), "direction": "", **more}
    return Score(name, value, table=table, explain=explain, rows=view.in_order(rows), case=view.case, **settings)


def clusters_score(view: Snapshot, table: pd.DataFrame) -> Score:
    """The number of clusters, said together with what was kept inside them."""
    kept = float(table["kept"].sum())
    if table.empty:
        said = f"By {date_of(view.day)} {NONE_KNOWN}, so there is no cluster."
    else:
        largest = len(table["people"].iloc[0])
        alone = sum(bool(one) for one in table["only_here"])
        said = (
            f"By {date_of(view.day)} those with a worry on record form {count(len(table), 'cluster')} between which "
            f"none of the worries passed; the largest has {count(largest, 'professional')}. "
            f"{count(alone, 'cluster holds', 'clusters hold')} something that no other does, and worries of a severity "
            f"of {kept:g} together were kept by one person inside a cluster."
        )
        if len(table) == 1 and not kept:
            said = f"By {date_of(view.day)} the picture is on one wire: one cluster, and nothing was kept inside it."
    return _count_score(view, "concern_clusters", len(table), table, said)


def exclusive_score(view: Snapshot, table: pd.DataFrame) -> Score:
    """The number of worries that exactly one involved professional holds."""
    by_kind = table["kind"].value_counts()
    alone = int(by_kind.get("one person", 0))
    whom = "exactly one holder among the involved professionals"
    said = f"By {date_of(view.day)} {count(alone, 'worry', 'worries')} had {whom}."
    words = {
        "left with its holders": "left with everybody who had it on record",
        "on file only": "only on an agency's file",
        "family only": "on record in the family alone",
        "file and family only": "on an agency's file and in the family alone",
    }
    rest = [f"{int(number)} {words[str(kind)]}" for kind, number in by_kind.items() if kind != "one person"]
    if rest:
        said += f" Besides: {', '.join(rest)}."
    return _count_score(view, "exclusive_concerns", alone, table, said)


def meeting_score(view: Snapshot, table: pd.DataFrame) -> Score:
    """The size of the smallest meeting that would hold every known worry."""
    if not view.worries:
        return _count_score(
            view, "smallest_meeting", math.nan, table, f"By {date_of(view.day)} {NONE_KNOWN}.", reason=NONE_KNOWN
        )
    left = int(table["left"].sum())
    said = (
        f"By {date_of(view.day)} no fewer than {count(len(table), 'professional')} together had every known worry "
        "on record" + (f"; {count(left, 'of them has', 'of them have')} left." if left else ".")
    )
    return _count_score(view, "smallest_meeting", len(table), table, said, range=(1.0, math.inf))
