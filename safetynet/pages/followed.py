"""Responsibility: how each worry stands, the action plan, and the duties."""

from __future__ import annotations

import math
from typing import Any

from ..measures import action_plan, duties, status
from ..measures.states import state_rows, states
from ..record.snapshot import Snapshot
from .extent import Extent
from .lines import Column, Table, table
from .names import Names
from .rows import key_rows, weighing, written

WORRIES = (
    Column("concern", "Worry", "concerns"),
    Column("summary", "In the words of the record", "prose"),
    Column("severity", "Severity", "text"),
    Column("status", "How it stands", "text"),
    Column("involved_holders", "On record with, still involved", "who"),
    Column("owners", "Owner", "who"),
    Column("days_unowned", "Days unowned", "text"),
    Column("index", "Index"),
    Column("rows", "Key rows", "rows"),
)
ACTIONS = (
    Column("row", "Row", "rows"),
    Column("agreed_on", "Agreed", "day"),
    Column("summary", "What", "prose"),
    Column("owners", "Owner", "who"),
    Column("concerns", "Answers", "concerns"),
    Column("due", "Due", "day"),
    Column("state", "What became of it", "text"),
    Column("done_on", "Done", "day"),
)
DUTIES = (
    Column("row", "Row", "rows"),
    Column("rule", "What the rule says", "prose"),
    Column("party", "On whom it lay", "who"),
    Column("date", "From", "day"),
    Column("due", "Due", "day"),
    Column("status", "What the record shows", "text"),
    Column("set_off_by", "Set off by", "rows"),
    Column("stopped_at", "Last row upstream", "rows"),
)

NEEDED = (
    Column("row", "Row", "rows"),
    Column("date", "When", "date"),
    Column("summary", "What", "prose"),
    Column("concerns", "About", "concerns"),
)


def responsibility_of(view: Snapshot, names: Names, extent: Extent) -> dict[str, Table]:
    """The three tables."""
    limits: dict[str, Any] = {"room": extent.room(), "weigh": weighing(view)}
    acts = [_with_words(view, one) for one in action_plan.lines(view)]
    agreed = [one for one in acts if one["state"] != action_plan.NEEDED]
    needed = [one for one in acts if one["state"] == action_plan.NEEDED]
    laid = [{**one._asdict(), "set_off_by": one.set_off_by.split(";")} for one in duties.lines(view)]
    return {
        "worries": table(
            "worries", "The worries, one by one; gravest first", WORRIES, _worries(view, extent), names, **limits
        ),
        "actions": table("actions", "Action plan: what was agreed", ACTIONS, agreed, names, **limits),
        "needed": table(
            "needed",
            "What a reviewer says, looking back, was needed and no row shows agreed",
            NEEDED,
            needed,
            names,
            **limits,
        ),
        "duties": table("duties", "Duties: what a rule laid on somebody", DUTIES, laid, names, **limits),
    }


def _worries(view: Snapshot, extent: Extent) -> list[dict[str, Any]]:
    found = states(view)
    return [
        {
            **line._asdict(),
            "summary": view.records.concerns[line.concern].summary,
            "index": "not defined" if math.isnan(line.index_) else f"{line.index_:.2f}",
            "rows": key_rows(view, list(state_rows(view, found[line.concern])), extent.links),
        }
        for line in status.lines(view)
    ]


def _with_words(view: Snapshot, one: action_plan.Planned) -> dict[str, Any]:
    date, summary = written(view, one.row)
    return {**one._asdict(), "date": date, "summary": summary}
