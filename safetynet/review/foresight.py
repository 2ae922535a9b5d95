"""A case as it could be seen on a day: nothing later, and nothing that a reviewer says looking back."""

from __future__ import annotations

from ..case import Case
from ..dates import date_of
from ..record.snapshot import Snapshot, snapshot_on
from ..rules import Rules


def seen_then(case: Case, day: int, rules: Rules) -> Snapshot:
    """The snapshot of a case on a day without any later row, and without what a reviewer says was needed."""

    def make() -> Case:
        part = case.until(date_of(day))
        return part.without(*(row.id for row in part._records.rows if row.kind == "needed"))

    then: Case = case._cached(("seen then", day), make)
    return snapshot_on(then, day, rules)
