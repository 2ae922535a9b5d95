"""The registry of headline scores: each with its name, label, number and score, what matters first.

Whatever shows the scores of a case (`scores`, the report, what-if, the documentation) takes their names, labels,
numbers and order from here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..case import Case
from ..dates import DateLike
from ..memory import without_collector
from ..record.snapshot import Snapshot, snapshot
from ..rules import Rules
from ..score import NAN, Score
from ..tidy import tidy
from ..wording import count, day
from . import clusters, exclusive, meeting, responsibility
from .agencies import agency_fragmentation, ei_index, number_across, number_apart
from .chances import missed, missed_number
from .circles import circular_assumptions, circular_groups
from .fragmentation import (
    current_fragmentation,
    distance_fragmentation,
    fragmentation,
    share_apart_now,
    share_distant,
    share_of_worries_apart,
    share_unreachable,
    worry_fragmentation,
)
from .occasions import missed_share, share_missed
from .opportunities import missed_opportunities
from .pairs import share_apart, unshared_pairs
from .picture import NONE_KNOWN, best_picture, best_share
from .responsibility import diffusion, share_unowned, unowned_share
from .states import mean_index, unowned
from .temporal import share_out_of_reach, temporal_fragmentation

Number = Callable[[Snapshot], float]
AsScore = Callable[[Case, Any, Rules | None], Score]  # at is a DateLike or None


class Count(NamedTuple):
    """How many of something have appeared by a date."""

    name: str
    label: str

    def number(self, view: Snapshot) -> float:
        """The count by the day of a snapshot."""
        return float(view.counts[self.name])


class Headline(NamedTuple):
    """One headline score: what it is called in tables and on a page, its number, and the score with all behind it."""

    name: str
    label: str
    number: Number
    score: AsScore


COUNTS: tuple[Count, ...] = (
    Count("people", "People who have appeared"),
    Count("professionals", "Professionals who have appeared"),
    Count("agencies", "Agencies that have appeared, themselves or by their people"),
    Count("concerns", "Concerns on anyone's record"),
    Count("contacts", "Contacts"),
    Count("meetings", "Meetings"),
)


def _apart(view: Snapshot) -> float:
    return share_unreachable(view.contact_beside())


def _distant(view: Snapshot) -> float:
    return share_distant(view.contact_beside())


def _taking(function: Callable[..., Score]) -> AsScore:
    return lambda case, at, rules: function(case, at, rules=rules)


# scores of tables whose number is a count --------------------------------------------------------------


def _counted(
    view: Snapshot,
    name: str,
    lines: Sequence[Any],
    columns: Sequence[str],
    said: str,
    value: float | None = None,
    index: str | None = None,
    **more: Any,
) -> Score:
    """The score of a table: `value`, or how many lines it has."""
    settings: dict[str, Any] = {"range": (0.0, math.inf), "direction": "", **more}
    settings["table"] = lambda: tidy(lines, columns, index=index)
    rows = view.in_order(row for line in lines for row in line.rows)
    number = len(lines) if value is None else value
    return Score(name, number, explain=said, rows=rows, case=view.case, **settings)


def clusters_score(case: Case, at: DateLike | None = None, rules: Rules | None = None) -> Score:
    """The number of clusters, said together with what was kept inside them."""
    view = snapshot(case, at, rules)
    lines = clusters.lines(view)
    kept, by = float(sum(line.kept for line in lines)), f"By {day(view.day)}"
    if not lines:
        said = f"{by} {NONE_KNOWN}, so there is no cluster."
    elif len(lines) == 1 and not kept:
        said = f"{by} the picture is on one wire: one cluster, and nothing was kept inside it."
    else:
        alone = sum(bool(line.only_here) for line in lines)
        said = (
            f"{by} those with a worry on record form {count(len(lines), 'cluster')} between which none of the worries "
            f"passed; the largest has {count(len(lines[0].people), 'professional')}. "
            f"{count(alone, 'cluster holds', 'clusters hold')} something that no other does, and worries of a severity "
            f"of {kept:g} together were kept by one person inside a cluster."
        )
    return _counted(view, "concern_clusters", lines, clusters.Cluster._fields, said)


BESIDES = {
    "left with its holders": "left with everybody who had it on record",
    "on file only": "only on an agency's file",
    "family only": "on record in the family alone",
    "file and family only": "on an agency's file and in the family alone",
}


def exclusive_score(case: Case, at: DateLike | None = None, rules: Rules | None = None) -> Score:
    """The number of worries that exactly one involved professional holds."""
    view = snapshot(case, at, rules)
    lines = exclusive.lines(view)
    by_kind = Counter(line.kind for line in lines)
    alone = by_kind["one person"]
    holders = "exactly one holder among the involved professionals"
    said = f"By {day(view.day)} {count(alone, 'worry', 'worries')} had {holders}."
    if rest := [f"{number} {BESIDES[kind]}" for kind, number in by_kind.most_common() if kind != "one person"]:
        said += f" Besides: {', '.join(rest)}."
    return _counted(view, "exclusive_concerns", lines, exclusive.Exclusive._fields, said, alone)


def meeting_score(case: Case, at: DateLike | None = None, rules: Rules | None = None) -> Score:
    """The size of the smallest meeting that would hold every known worry."""
    view = snapshot(case, at, rules)
    lines, by, columns = meeting.lines(view), f"By {day(view.day)}", meeting.Invited._fields
    if not view.worries:
        return _counted(view, "smallest_meeting", lines, columns, f"{by} {NONE_KNOWN}.", NAN, reason=NONE_KNOWN)
    left = sum(line.has_left for line in lines)
    who = f"; {count(left, 'of them has', 'of them have')} left." if left else "."
    said = f"{by} no fewer than {count(len(lines), 'professional')} together had every known worry on record{who}"
    return _counted(view, "smallest_meeting", lines, columns, said, range=(1.0, math.inf))


def unowned_score(case: Case, at: DateLike | None = None, rules: Rules | None = None) -> Score:
    """The number of known worries that are not owned."""
    view = snapshot(case, at, rules)
    lines = [line for line in responsibility.owned_lines(view) if not line.owned]
    number = len(unowned(view))
    known = count(len(view.worries), "known worry", "known worries")
    said = f"By {day(view.day)} {number} of {known} had no owner on record who was still at it."
    settings: dict[str, Any] = {"index": "concern", "direction": "higher is worse"}
    return _counted(view, "unowned_concerns", lines, responsibility.Owned._fields[1:], said, number, **settings)


# the registry ------------------------------------------------------------------------------------------

HEADLINES: tuple[Headline, ...] = (
    Headline(
        "best_picture",
        "Most of the picture that one person held",
        lambda view: best_share(view, view.pieces().values()),
        _taking(best_picture),
    ),
    Headline(
        "unshared_pairs",
        "Pairs of worries that nobody held together",
        lambda view: share_apart(view, view.pieces().values()),
        _taking(unshared_pairs),
    ),
    Headline("concern_clusters", "Clusters of worries", lambda view: len(clusters.parts(view)), clusters_score),
    Headline(
        "exclusive_concerns",
        "Worries with one holder",
        lambda view: list(exclusive.kinds(view).values()).count("one person"),
        exclusive_score,
    ),
    Headline("smallest_meeting", "People in the smallest meeting", meeting.meeting_size, meeting_score),
    Headline("unowned_share", "Unowned share", share_unowned, _taking(unowned_share)),
    Headline("unowned_concerns", "Unowned worries", lambda view: len(unowned(view)), unowned_score),
    Headline("diffusion", "Diffusion of responsibility", mean_index, _taking(diffusion)),
    Headline(
        "circular_assumptions",
        "Circular assumptions",
        lambda view: len(circular_groups(view)),
        _taking(circular_assumptions),
    ),
    Headline(
        "missed_opportunities",
        "Missed opportunities",
        lambda view: missed_number(view, missed(view)),
        _taking(missed_opportunities),
    ),
    Headline("missed_share", "Share of occasions missed", share_missed, _taking(missed_share)),
    Headline("worry_fragmentation", "Fragmentation of worries", share_of_worries_apart, _taking(worry_fragmentation)),
    Headline("fragmentation", "Fragmentation", _apart, _taking(fragmentation)),
    Headline("distance_fragmentation", "Distance fragmentation", _distant, _taking(distance_fragmentation)),
    Headline("temporal_fragmentation", "Fragmentation in time", share_out_of_reach, _taking(temporal_fragmentation)),
    Headline("current_fragmentation", "Fragmentation now", share_apart_now, _taking(current_fragmentation)),
    Headline("agency_fragmentation", "Fragmentation of agencies", number_apart, _taking(agency_fragmentation)),
    Headline("ei_index", "E–I index of agencies", number_across, _taking(ei_index)),
)
ALL: Sequence[Count | Headline] = (*COUNTS, *HEADLINES)
NAMES: tuple[str, ...] = tuple(one.name for one in ALL)
LABELS: dict[str, str] = {one.name: one.label for one in ALL}


@without_collector()
def numbers(view: Snapshot) -> dict[str, float]:
    """Every count and score by the day of a snapshot, without the tables behind them."""
    return {one.name: one.number(view) for one in ALL}
