"""What came after the day of a training pack: the second file, which is asked for by name."""

from __future__ import annotations

from typing import Any

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, snapshot
from ..wording import short_when
from .explorer_record import last_day
from .family import Entry, entry
from .jigsaw_then import Then
from .names import Names


def after_of(case: Case, then: Then) -> dict[str, Any]:
    """Everything that the second file says: later rows, what was read later, what a reviewer says, how it ended."""
    view = snapshot(case, date_of(max(then.day, last_day(case, None))), then.view.rules)
    names, before = Names(view), {row.id for row in then.view.rows}
    later = [row for row in view.rows if row.id not in before and row.kind != "needed"]
    return {
        "rows": [entry(view, names, row) for row in later],
        "read": list(_read(view, names, then, before)),
        "concerns": [view.records.concerns[one].summary for one in view.holders if one not in then.view.holders],
        "needed": [entry(view, names, row) for row in view.of_kind("needed")],
        "attributes": {name.replace("_", " "): value for name, value in case.attributes.items() if value},
        "harm": case.harm_date,
    }


def _read(view: Snapshot, names: Names, then: Then, before: set[str]) -> list[tuple[str, Entry]]:
    """What had been sent by the day and was read after it."""
    rows = [row for row in view.rows if row.id in before and row.received_on is not None]
    return [(short_when(row.reached), entry(view, names, row)) for row in rows if not then.view.by(row.reached)]
