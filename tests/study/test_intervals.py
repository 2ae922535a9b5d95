"""Bands over dates and rows that are not sure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.headline import NAMES
from safetynet.study.intervals import doubtful, ways
from tests.builder import case


def of(one: sn.Case, **more: Any) -> pd.DataFrame:
    return sn.intervals(one, **more).set_index("score")


def test_a_row_is_there_in_as_many_draws_as_its_confidence_says() -> None:
    one = case("T@school S@council", "c1:3", "01-10 told T>S c1 phone confidence=0.5")
    # 400 draws of a chance of a half: the share has a standard deviation of 0.025
    assert of(one, draws=400).loc["unowned_share", "defined"] == pytest.approx(0.5, abs=0.1)


def test_a_row_falls_on_each_day_of_its_window_as_often() -> None:
    one = case("T@school S@council", "c1:3", "01-10/01-19 told T>S c1 phone", "01-30 told S>T - phone")
    # on four of ten days it has happened by 13 January; the standard deviation of the share is 0.024
    assert of(one, at="2024-01-13", draws=400).loc["unowned_share", "defined"] == pytest.approx(0.4, abs=0.1)
    assert of(one, at="2024-01-09", draws=50).loc["unowned_share", "defined"] == 0
    assert of(one, at="2024-01-19", draws=50).loc["unowned_share", "defined"] == 1


def test_what_is_read_later_is_read_on_a_day_of_its_window() -> None:
    one = case("T@school S@council", "c1:3", "01-01 told T>S c1 letter received_on=01-10/01-19", "01-30 met T;S -")
    found = of(one, at="2024-01-13", draws=400, level=0.5)
    assert found.loc["best_picture", "value"] == 1  # T has it
    (row,) = doubtful(one._records)
    days = [rows[row.id]["received_on"].first for _, rows in ways([row], 400, 1)]
    assert {dt.date.fromordinal(day).day for day in days} == set(range(10, 20))


def test_the_answer_never_falls_before_its_request_where_the_dates_allow() -> None:
    rows = "q: 01-10/01-19 asked T>S c1 phone\n01-05/01-25 told S>T c1 phone ref=q\n01-01/01-12 told S>T - ref=q"
    one = case("T@school S@council", "c1:3", rows)
    records = one._records
    order = doubtful(records)
    assert order[0].id == "q"
    for _, drawn in ways(order, 200, 1):
        days = {name: cells["date"].first for name, cells in drawn.items()}
        for row in records.rows[1:]:
            assert days[row.id] >= min(days["q"], row.date.last)
            assert row.date.first <= days[row.id] <= row.date.last


def test_rows_that_refer_to_each_other_in_a_circle_are_drawn_all_the_same() -> None:
    one = case("T@school S@council", "c1:3", "a: 01-10/01-19 told T>S c1 phone ref=b\nb: 01-10/01-19 told S>T - ref=a")
    assert len(doubtful(one._records)) == 2
    assert of(one, draws=5).loc["contacts", "low"] == 2


def test_a_record_without_doubt_has_bands_without_width() -> None:
    one = sn.load_case("worked_example")
    found = of(one, draws=1000)
    assert found["value"].to_dict() == pytest.approx(sn.scores(one).to_dict(), nan_ok=True)
    assert (found["low"] == found["value"]).all()
    assert (found["high"] == found["value"]).all()
    assert (found["defined"] == 1).all()


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bands_and_another_does_not() -> None:
    one = sn.load_case("pelka")
    first, again, other = (sn.intervals(one, draws=20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_the_columns_and_rows_are_those_of_the_scores() -> None:
    found = sn.intervals(sn.load_case("reuben"), draws=3)
    assert found.columns.tolist()[:4] == ["score", "low", "high", "defined"]
    assert found["score"].tolist() == list(NAMES)


def one_way_it_may_have_been(record: sn.Case, rng: np.random.Generator) -> sn.Case:
    """The record with its dates and rows settled, through the public edits."""
    made = record
    for row in record._records.rows:
        day = row.date.first + int(rng.random() * (row.date.last - row.date.first + 1))
        made = made.with_row(row.id, date=dt.date.fromordinal(day))
    gone = [row.id for row in record._records.rows if rng.random() >= row.confidence]
    return made.without(*gone)


@pytest.mark.slow
def test_a_band_holds_the_truth_about_as_often_as_it_says() -> None:
    record = case(
        "T@school S@council P@police G@health",
        "c1:3 c2:4 c3:2",
        """
        01-05/01-15 observed T c1
        01-08/01-28 observed P c2
        01-10/02-10 told T>S c1 phone confidence=low
        01-10/02-10 told P>S c2 phone confidence=medium
        01-20/02-20 told G>T c3 phone confidence=medium
        01-25/02-25 met S;G;P c1 confidence=low
        """,
    )
    at = "2024-02-12"
    found = of(record, at=at, draws=200, level=0.9)
    rng = np.random.default_rng(20)
    truths = [sn.scores(one_way_it_may_have_been(record, rng), at) for _ in range(100)]
    for name in ("fragmentation", "unshared_pairs", "temporal_fragmentation", "contacts"):
        there = [truth[name] for truth in truths if not np.isnan(truth[name])]
        held = [found.loc[name, "low"] <= truth <= found.loc[name, "high"] for truth in there]
        # at least nine in ten; with 100 truths three standard deviations are 0.09
        assert np.mean(held) >= 0.81, name


@pytest.mark.parametrize(
    ("name", "value"), [("draws", 0), ("draws", 2.5), ("seed", -1), ("level", 1.0), ("level", True)]
)
def test_a_number_out_of_its_range_is_named(name: str, value: Any) -> None:
    with pytest.raises(sn.ArgumentError, match=name):
        sn.intervals(sn.load_case("worked_example"), **{name: value})
