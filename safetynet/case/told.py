"""What is known to be wrong or odd before the tables are judged, so that one cause is told once.

A cell that could not be read is no bad word besides; who is named in a sheet that could not be opened is not unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import Problem
from .schema import BY_NAME

Place = tuple[str, str, str]  # table, row, column; empty is every one


@dataclass
class Told:
    """The problems and notes so far, and what else would only follow from them.

    Attributes
    ----------
    problems, notes : list of Problem
        What is wrong; what is odd but usable.
    places : set of (table, row, column)
        Where nothing else is to be said; an empty row or column is every one.
    doubtful : set of str
        Tables whose ids may not be all there.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    places: set[Place] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, problems: Iterable[Problem] = (), notes: Iterable[Problem] = ()) -> Told:
        """From problems and notes; of a cell that has a problem nothing else is said."""
        told = cls(list(problems), list(notes))
        told.places = {(one.table, one.row, one.column) for one in told.problems if one.row and one.column}
        return told

    def no_column(self, table: str, column: str) -> None:
        """Say nothing else about a column: it is there under another name."""
        self.places.add((table, "", column))
        if (known := BY_NAME[table].get(column)) is not None and known.type == "id":
            self.doubtful.add(table)

    def follows(self, fault: Problem) -> bool:
        """Whether a fault that was found later only follows from what is told already."""
        table, row, column = fault.table, fault.row, fault.column
        if {(table, row, column), (table, row, "")} & self.places and row:
            return True
        if (table, "", column) in self.places and (column or not row):
            return True
        known = BY_NAME[table].get(column) if table in BY_NAME else None
        return known is not None and bool(fault.value) and not self.doubtful.isdisjoint(known.points_to)
