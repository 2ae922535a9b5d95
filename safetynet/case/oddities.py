"""What is odd in a case but usable: the rows of ``case.warnings``.

A warning changes nothing: it points at a row that a person may want to look at again. The rules stand in `odd_tables`
(people, concerns, links), `odd_rows` (one row of the chronology) and `odd_courses` (several rows together).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Problem
from . import odd_courses, odd_rows, odd_tables
from .look import Look
from .records import RawTable, Records
from .schema import TABLES

_ORDER = {table.name: place for place, table in enumerate(TABLES)}


def oddities(raw: Mapping[str, RawTable], records: Records, created: tuple[str, ...] = ()) -> list[Problem]:
    """Everything odd in a case, in the order of its tables and rows."""
    look = Look(raw, records, created)
    found: list[Problem] = [problem for rule in odd_tables.RULES for problem in rule(look)]
    for place, row in enumerate(records.rows):
        found += [look.at("chronology", place, said) for rule in odd_rows.RULES for said in rule(look, row)]
    found += [problem for rule in odd_courses.RULES for problem in rule(look)]
    places = {(name, table.line(place)): place for name, table in raw.items() for place in range(len(table.rows))}
    return sorted(found, key=lambda one: (_ORDER[one.table], places.get((one.table, one.row), -1)))
