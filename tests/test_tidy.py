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
from safetynet.measures.action_plan import action_plan
from safetynet.measures.assumptions import assumptions, dead_ends
from safetynet.measures.closures import closures
from safetynet.measures.lead import lead_professional
from safetynet.measures.practice import practice_profile
from safetynet.measures.relationships import channel_mix, shared_along_ties, working_relationships
from safetynet.measures.requests import requests
from safetynet.measures.rhythm import meeting_rhythm
from safetynet.measures.services import service_gaps
from safetynet.measures.team import team_around_child
from safetynet.measures.unowned import unowned_worries
from safetynet.tidy import COLUMNS, DTYPES, tidy
from tests import strategies
from tests.measures.made import alone, apart, nobody

MEASURES: list[Callable[..., pd.DataFrame]] = [
    action_plan, assumptions, channel_mix, closures, dead_ends, lead_professional, meeting_rhythm, practice_profile,
    requests, service_gaps, shared_along_ties, team_around_child, unowned_worries, working_relationships,
]  # fmt: skip
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


@pytest.mark.parametrize("name", ["max", "reuben", "victoria_climbie", "malachi_subecz", "worked_example"])
def test_the_packaged_cases_have_every_table_on_every_tenth_day(name: str) -> None:
    case = sn.load_case(name)
    assert case.end is not None
    for back in range(0, 400, 100):
        check(case, case.end - dt.timedelta(days=back), sn.Rules())


dates = st.sampled_from(["", "2020-03", "2020-03-28", "2020-03-30/2020-04-02", "2020-04-01", "2020-04-03"])
names = st.sampled_from(["k1", "f1", "s1", "p1", "p2"])


def line(**cells: Any) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(cells)


@settings(max_examples=40)
@given(
    strategies.cases(),
    strategies.questions,
    st.lists(line(source=names, target=names, kind=st.just("working"), quality=st.sampled_from(["", "weak", "broken"]),
                  start=dates), max_size=3),
    st.lists(line(need=st.sampled_from(["x", "y"]), person=names, agency=st.sampled_from(["", "a1"]), start=dates),
             max_size=4),
    dates,
    st.sampled_from(["latest", "earliest"]),
)  # fmt: skip
def test_random_cases_have_every_table(
    tables: dict[str, list[dict[str, str]]],
    at: dt.date,
    ties: list[dict[str, str]],
    services: list[dict[str, str]],
    lead_from: str,
    side: str,
) -> None:
    tables = {**tables, "ties": ties, "services": [one for one in services if one["agency"] in ("", "a1")]}
    tables["people"] = [one | {"lead_from": lead_from if one["id"] == "p1" else ""} for one in tables["people"]]
    listed = {one["id"] for one in tables["agencies"]} | {one["agency"] for one in tables["people"]}
    tables["services"] = [one for one in tables["services"] if one["agency"] in listed | {""}]
    frames = {name: pd.DataFrame(lines) for name, lines in tables.items() if lines and name != "case"}
    if "chronology" in frames:
        check(sn.Case(**frames), at, sn.Rules(dates=side))  # type: ignore[arg-type]


class Line(NamedTuple):
    concern: str
    from_: str
    days: int | None


def test_a_named_tuple_is_a_line_and_a_field_named_like_a_word_of_python_loses_its_line() -> None:
    table = tidy([Line("c1", "T", None)], ["from", "concern", "days"])
    assert table.values.tolist() == [["T", "c1", pd.NA]]
    assert table.dtypes.astype(str).tolist() == ["str", "str", "Int64"]
