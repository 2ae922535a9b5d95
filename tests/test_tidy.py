from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.tidy import COLUMNS, DTYPES, tidy
from tests import builder, strategies
from tests.builder import alone, apart, nobody

MEASURES: list[Callable[..., pd.DataFrame]] = [
    *(sn.action_plan, sn.assumptions, sn.beliefs, sn.channel_mix, sn.closures, sn.dead_ends, sn.duties),
    *(sn.lead_professional, sn.meeting_rhythm, sn.practice_profile, sn.requests, sn.service_gaps, sn.shared_along_ties),
    *(sn.team_around_child, sn.unowned_worries, sn.working_relationships),
]
TUPLES = {"rows", "people", "agencies", "concerns", "owners", "partners", "told", "untold", "informed", "knew", "chain"}


def check(case: sn.Case, at: Any, rules: sn.Rules) -> None:
    known = set(case.chronology["id"])
    people, agencies = set(case.people["id"]), set(case.agencies["id"])
    for measure in MEASURES:
        table = measure(case, at, rules=rules)
        assert table.columns[-1] == "rows", measure.__name__
        assert isinstance(table.index, pd.RangeIndex)
        for name in TUPLES & set(table.columns):
            assert all(isinstance(cell, tuple) for cell in table[name]), (measure.__name__, name)
        assert all(set(rows) <= known and len(set(rows)) == len(rows) for rows in table["rows"]), measure.__name__
        assert "people" not in table or all(set(names) <= people for names in table["people"]), measure.__name__
        assert "agencies" not in table or all(set(names) <= people | agencies for names in table["agencies"])


def test_types_do_not_depend_on_there_being_lines() -> None:
    columns = ["row", "people", "date", "days", "share", "owned", "owner_has_it", "change"]
    line = dict(row="r", people=("a",), date=738000, days=None, share=1, owned=True, owner_has_it=None, change={})
    full, empty = tidy([line], columns), tidy([], columns)
    wanted = ["str", "object", "datetime64[s]", "Int64", "float64", "bool", "boolean", "object"]
    assert [str(full[name].dtype) for name in columns] == wanted
    assert [str(empty[name].dtype) for name in columns] == wanted
    assert full.loc[0, "date"] == pd.Timestamp(dt.date.fromordinal(738000))
    assert isinstance(empty.index, pd.RangeIndex)
    assert tidy([], ["share"], index="concern").index.name == "concern"


def test_every_column_has_one_meaning_that_can_be_read() -> None:
    for name, column in COLUMNS.items():
        assert column.holds in DTYPES
        assert column.meaning.endswith("."), name
        assert not column.meaning.startswith("The same"), name  # in a codebook it stands by itself
        assert re.fullmatch(r"[a-z][a-z_]*", name)


def test_a_line_is_a_mapping_or_a_named_tuple() -> None:
    class Line(NamedTuple):
        holder: str
        date: int | None
        aside: str = "what is no column is left out"

    columns = ["date", "holder"]
    tuples = tidy([Line("T", 738000), Line("S", None)], columns)
    mappings = tidy([{"holder": "T", "date": 738000}, {"holder": "S", "date": None}], columns)
    pd.testing.assert_frame_equal(tuples, mappings)
    assert tuples.columns.tolist() == columns


@pytest.mark.parametrize("make", [nobody, alone, apart])
def test_cases_with_next_to_nothing_in_them_have_every_table(make: Callable[[], sn.Case]) -> None:
    check(make(), None, sn.Rules())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["max", "reuben", "victoria_climbie", "malachi_subecz", "worked_example"])
def test_the_packaged_cases_have_every_table_on_every_tenth_day(name: str) -> None:
    case = sn.load_case(name)
    assert case.end is not None
    for back in range(0, 400, 100):
        check(case, case.end - dt.timedelta(days=back), sn.Rules())


@settings(max_examples=40)
@given(strategies.cases(), strategies.questions, st.sampled_from(["latest", "earliest"]))
def test_random_cases_have_every_table(tables: builder.Tables, at: dt.date, side: Any) -> None:
    check(builder.from_tables(tables), at, sn.Rules(dates=side))
