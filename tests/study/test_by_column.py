"""The scores of a study in Parquet tables, many cases at once: the same to the bit as of each case by itself."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safetynet as sn
from safetynet.errors import Problem
from safetynet.measures.headline import NAMES
from safetynet.study import asking, by_column
from safetynet.study.moments import moment_of
from safetynet.study.running import Answer, one_answer
from tests import strategies
from tests.study import cohorts

pytest.importorskip("numba", reason="scores by column are the extra `fast`")
pytest.importorskip("pyarrow", reason="a study in Parquet is the extra `study`")
pytest.importorskip("duckdb", reason="a study in Parquet is the extra `study`")

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
