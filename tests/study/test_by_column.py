"""The scores of a study in Parquet tables, many cases at once: the same to the bit as of each case by itself."""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.errors import Problem
from safetynet.measures.headline import NAMES
from safetynet.study import asking, by_column
from safetynet.study.encoding import tables
from safetynet.study.kernels import sums
from safetynet.study.moments import moment_of
from safetynet.study.running import Answer, one_answer
from tests import strategies
from tests.study import cohorts

pa = pytest.importorskip("pyarrow", reason="a study in Parquet is the extra `study`")
parquet = pytest.importorskip("pyarrow.parquet", reason="a study in Parquet is the extra `study`")
pytest.importorskip("numba", reason="scores by column are the extra `fast`")

OTHER = sn.Rules(
    dates="earliest",
    weights=(0.1, 0.3, 0.7, 1.3),
    dilution=(1.1, 0.7, 0.3, 0.2),
    who_counts=("professional", "support"),
    open_ended_days=9,
    plan_days=20,
    settled_days=5,
    intake_days=3,
    after_closing_days=4,
    grace_days=2,
    recent_days=6,
)
ROUGH = sn.Rules(weights=(0.1, 0.2, 0.3, 0.7), open_ended_days=4, settled_days=60, grace_days=1, recent_days=2)
MOMENTS = (None, "end", "first meeting", "first conference", "3 days before harm")


def as_study(place: Path, cases: list[dict[str, list[dict[str, str]]]]) -> Path:
    """Cases as Parquet tables with a column `case`; each case is a table of rows by the name of the table."""
    place.mkdir()
    names = {table for case in cases for table in case} | {"people", "concerns", "chronology"}
    for table in names:
        rows = [{"case": f"k{n:03}", **row} for n, case in enumerate(cases) for row in case.get(table, [])]
        columns = list(dict.fromkeys(column for row in rows for column in row)) or ["case", *strategies.COLUMNS[table]]
        frame = pd.DataFrame(rows, columns=columns, dtype="str").fillna("")
        frame.to_parquet(place / f"{'cases' if table == 'case' else table}.parquet", index=False)
    return place


def lines(study, at, rules, rows=by_column.ROWS):
    """The lines of a study by column and of each case by itself, and how many went by column."""
    moment = moment_of(at)
    ask = partial(asking.score_line, moment=moment, rules=rules)
    found = list(by_column.score_answers(study._source, moment, rules, rows=rows))
    return [one for _, one in found], [one_answer(ask, one, None) for one in study._source], sum(n for n, _ in found)


def plain(answer):
    """An answer in which numbers that are none are equal."""
    given = answer.given
    if given is not None:
        numbers = {name: repr(float(one)) for name, one in zip(NAMES, given.scored.numbers, strict=True)}
        given = (given.attributes, *given.scored[:3], numbers)
    return answer.name, answer.faults, given


def same(place, at=None, rules=None, rows=by_column.ROWS):
    """How many cases of a study went by column, where all lines are the same as by themselves."""
    found, wanted, many = lines(sn.read_study(place), at, rules or sn.Rules(), rows)
    assert list(map(plain, found)) == list(map(plain, wanted))
    return many


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.lists(st.one_of(strategies.cases(), strategies.crowded_cases()), min_size=1, max_size=6),
    st.one_of(st.sampled_from(MOMENTS), strategies.questions.map(str)),
    st.sampled_from((sn.Rules(), OTHER, ROUGH)),
)
def test_random_cases_have_the_scores_by_column_that_each_has_by_itself(cases, at, rules):
    with tempfile.TemporaryDirectory() as folder:
        same(as_study(Path(folder) / "study", cases), at, rules)


def test_most_random_cases_without_permissions_go_by_column(tmp_path):
    drawn = []

    @settings(max_examples=30, database=None, derandomize=True)
    @given(strategies.cases(permissions=False))
    def draw(case):
        drawn.append(case)

    draw()
    assert same(as_study(tmp_path / "study", drawn)) > 0.4 * len(drawn)


@pytest.fixture(scope="module")
def packaged(tmp_path_factory):
    return cohorts.as_tables(tmp_path_factory.mktemp("packaged") / "study", *sn.list_cases()["name"])


@pytest.mark.slow
@pytest.mark.parametrize("rules", [sn.Rules(), OTHER, ROUGH])
def test_the_packaged_cases_have_the_scores_by_column_that_each_has_by_itself(packaged, rules):
    for at in (None, "first conference", "90 days before harm", "2016-05"):
        assert same(packaged, at, rules)


@pytest.mark.slow
def test_a_study_of_many_cases_in_parquet_is_asked_by_column_and_its_table_is_the_same(packaged, monkeypatch):
    wanted = sn.read_study(packaged).scores(workers=1)
    monkeypatch.setattr(by_column, "MANY", 1)
    asked = []
    monkeypatch.setattr(asking, "score_line", lambda unread, *_, **__: asked.append(unread.name) or 1 / 0)
    monkeypatch.setattr(by_column, "one_answer", lambda _, unread, __: asked.append(unread.name) or BROKEN)
    found = sn.read_study(packaged).scores(workers=1)
    assert len(asked) < len(wanted) / 2
    pd.testing.assert_frame_equal(found, wanted[~wanted["case"].isin(asked)].reset_index(drop=True), check_exact=True)


BROKEN = Answer("", (Problem("", "", "", "", "it is not asked here.", ""),), None)


def made(seed):
    """A made-up case with other knobs for each seed."""
    shares = [(seed * step % 11) / 10 for step in (3, 4, 5)]
    return sn.synthetic(
        seed,
        (4, 12, 40, 90)[seed % 4],
        (0, 10, 60, 200)[seed // 2 % 4],
        *shares,
        (0.0, 0.3)[seed % 2],
        agencies=(2, 5, 8)[seed % 3],
        worries=(2, 12, 30)[seed // 3 % 3],
        days=(120, 365, 800)[seed // 5 % 3],
        meeting_every=(10, 60)[seed // 7 % 2],
    )


@pytest.mark.slow
def test_made_up_cases_all_go_by_column_whatever_their_knobs(tmp_path):
    cases = [
        {name: [dict(zip(raw.columns, row, strict=True)) for row in raw.rows] for name, raw in made(seed)._raw.items()}
        for seed in range(24)
    ]
    place = as_study(tmp_path / "study", cases)
    for at, rules in [(None, sn.Rules()), ("2023-04-01", OTHER), ("first meeting", ROUGH)]:
        assert same(place, at, rules, rows=700) == len(cases)


# what is not plain --------------------------------------------------------------------------------------

ODD = ["", " ", "n/a", "stranger", "p1;p1", "p1;", ";p1", " p1", "P1", "p1,p2", "p1\np2", "Told ", "told", "2020-02-30"]
ODD += [
    "3 April 2020",
    "03/04/2020",
    "2020-04",
    "../2020-04-02",
    "0",
    "3",
    "3.0",
    "high",
    "YES",
    "none",
    "*",
    "a1",
    "f1",
]


@st.composite
def spoilt(draw):
    """A random case in which up to three cells hold something that may not fit."""
    case = draw(strategies.cases())
    tables = [name for name, rows in case.items() if rows]
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(tables))
        row = draw(st.sampled_from(case[name]))
        row[draw(st.sampled_from(sorted(row)))] = draw(st.sampled_from(ODD))
    if draw(st.booleans()) and case["chronology"]:
        case["chronology"].append(dict(draw(st.sampled_from(case["chronology"]))))
    return case


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(spoilt(), min_size=1, max_size=6), st.sampled_from((sn.Rules(), OTHER)))
def test_what_is_wrong_in_a_case_is_told_as_if_it_was_read_by_itself(cases, rules):
    with tempfile.TemporaryDirectory() as folder:
        same(as_study(Path(folder) / "study", cases), None, rules)


@pytest.mark.slow
def test_columns_of_numbers_dates_and_categories_are_read_as_the_texts_that_they_stand_for(packaged, tmp_path):
    place = tmp_path / "typed"
    shutil.copytree(packaged, place)
    concerns = pd.read_parquet(place / "concerns.parquet")
    concerns["severity"] = concerns["severity"].astype("int64")
    concerns["category"] = concerns["category"].astype("category")
    concerns.to_parquet(place / "concerns.parquet", index=False)
    rows = pd.read_parquet(place / "chronology.parquet")
    rows["count"] = pd.to_numeric(rows["count"], errors="coerce")
    rows["kind"] = rows["kind"].astype("category")
    days = rows["date"].str.fullmatch(r"\d{4}-\d\d-\d\d")
    rows = rows[days | ~rows["case"].isin(rows["case"][~days])]
    if len(rows):
        rows["date"] = pd.to_datetime(rows["date"]).dt.date
    rows.to_parquet(place / "chronology.parquet", index=False)
    assert same(place)


@pytest.mark.slow
def test_columns_are_put_together_from_groups_of_rows_and_read_in_small_pieces(packaged, tmp_path):
    for path in packaged.glob("*.parquet"):
        whole = parquet.read_table(path)
        texts = pa.schema([(name, pa.string()) for name in whole.column_names])
        parquet.write_table(whole.cast(texts), tmp_path / path.name, row_group_size=30)
    for place in (packaged, tmp_path):
        assert same(place, rows=40) == 8


@pytest.mark.slow
def test_ids_that_are_of_one_case_only_are_looked_up_in_order(packaged, monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 0)
    assert same(packaged) == 8


@given(st.lists(st.floats(-1e9, 1e9)))
def test_sums_are_those_of_python(values):
    numbers = np.array(values, np.float64)
    assert sums.exact.py_func(numbers, len(values)) == math.fsum(values)
    assert sums.added.py_func(numbers, len(values), sys.version_info >= (3, 12)) == sum(values)


@given(st.lists(st.floats(-1e9, 1e9), max_size=2))
def test_a_compensated_sum_of_two_is_that_of_python_before_and_after(values):
    numbers = np.array(values, np.float64)
    for compensated in (False, True):
        assert sums.added.py_func(numbers, len(values), compensated) == sum(values)


def test_a_compensated_sum_keeps_what_rounding_would_lose():
    numbers = np.array([1.0, 1e100, 1.0, -1e100])
    assert sums.added.py_func(numbers, 4, False) == 0.0
    assert sums.added.py_func(numbers, 4, True) == 2.0
