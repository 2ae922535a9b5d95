"""The random cases are valid, and everything that the case format has comes up in them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from safetynet.case import vocabulary as words
from tests import strategies
from tests.builder import COLUMNS, from_tables


@pytest.mark.slow
def test_every_kind_column_and_table_comes_up():
    kinds: Counter[str] = Counter()
    filled: dict[str, Counter[str]] = {name: Counter() for name in COLUMNS}
    several: Counter[str] = Counter()

    @settings(max_examples=200, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(strategies.cases(permission_dates=True))
    def look(tables):
        from_tables(tables)
        kinds.update(row["kind"] for row in tables["chronology"])
        for name, rows in tables.items():
            for row in rows:
                filled[name].update(column for column, cell in row.items() if cell)
                several.update(column for column in ("ref", "disputes", "who", "about") if ";" in row.get(column, ""))

    look()
    assert set(kinds) == set(words.ROW_KINDS)
    assert {name: set(COLUMNS[name]) - set(filled[name]) for name in COLUMNS} == {name: set() for name in COLUMNS}
    assert set(several) == {"ref", "disputes", "who", "about"}
