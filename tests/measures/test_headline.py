"""The registry of scores: against the published numbers, the brute force, and each score's own function."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet import datasets
from safetynet.measures.headline import ALL, HEADLINES, LABELS, NAMES
from safetynet.record.snapshot import Snapshot, snapshot
from tests import builder, strategies
from tests.brute import scores as brute
from tests.oracle import AT, CASES, EXPECTED, SCORES


def same(mine: float, theirs: float | None) -> bool:
    return math.isnan(mine) if theirs is None else mine == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_the_packaged_cases_have_the_numbers_of_an_independent_count(name: str) -> None:
    case = sn.load_case(name)
    found = sn.scores(case)
    assert list(found.index) == SCORES
    assert found.round(3).to_dict() == {score: EXPECTED[score][name] for score in found.index}
    assert found.equals(sn.scores(case, at=AT[name]))
    best, apart = sn.best_picture(case), sn.unshared_pairs(case)
    missed, temporal = sn.missed_opportunities(case), sn.temporal_fragmentation(case)
    bounds = {
        "best_picture.low": best.low,
        "without_best": best.without_best,
        "unshared_pairs.high": apart.high,
        "missed_opportunities.low": missed.low,
        "temporal_fragmentation.high": temporal.high,
    }
    assert {one: round(value, 3) for one, value in bounds.items()} == {one: EXPECTED[one][name] for one in bounds}


def test_the_worked_example_by_hand() -> None:
    case = sn.load_case("worked_example")
    found = sn.scores(case, at="2024-01-31").round(4)
    assert found.name == "worked_example"
    assert found.index.name == "score"
    assert found.to_dict() == {
        **dict(people=4, professionals=4, agencies=4, concerns=3, contacts=2, meetings=1, best_picture=0.7778),
        **dict(unshared_pairs=0.3077, concern_clusters=1, exclusive_concerns=1, smallest_meeting=2, unowned_share=1),
        **dict(unowned_concerns=3, diffusion=0.3457, circular_assumptions=0, missed_opportunities=0, missed_share=0),
        **dict(worry_fragmentation=0, fragmentation=0, distance_fragmentation=0.2778, temporal_fragmentation=0.5),
        **dict(current_fragmentation=0, agency_fragmentation=0, ei_index=1),
    }
    assert sn.concern_clusters(case, at="2024-01-31")["kept"].tolist() == [4]
    assert sn.diffusion(case, at="2024-01-31").table["index"].round(4).tolist() == [0.3627, 0.2929, 0.4257]
    assert (float(sn.missed_opportunities(case, at="2024-02-06")), float(sn.missed_share(case, at="2024-02-06"))) == (
        1,
        0.25,
    )


@given(strategies.cases(), strategies.questions)
def test_every_score_is_that_of_the_brute_force(tables, at) -> None:
    for rules in ({}, {"unconfirmed": "does_not_count"}):
        found = sn.scores(builder.from_tables(tables), at, rules=sn.Rules(**rules))
        expected = brute.scores(tables, at, **rules)
        assert list(found.index) == list(expected)
        assert [name for name, value in expected.items() if not same(found[name], value)] == []


@pytest.mark.slow
@given(strategies.cases(), strategies.questions)
def test_every_number_is_that_of_its_score(tables, at) -> None:
    case = builder.from_tables(tables)
    view = snapshot(case, at)
    for one in HEADLINES:
        score = one.score(case, at, None)
        assert score.name == one.name
        assert same(float(score), None if math.isnan(one.number(view)) else one.number(view)), one.name
        assert score.low <= float(score) <= score.high or not score.defined
        assert score.rows or not score.defined or score == 0, score.name  # a score above 0 leads back to its evidence


@pytest.mark.parametrize("name", CASES)
def test_so_it_is_in_the_packaged_cases_and_every_score_says_what_it_rests_on(name: str) -> None:
    case = sn.load_case(name)
    found = sn.scores(case)
    for score in (one.score(case, None, None) for one in HEADLINES):
        assert same(found[score.name], float(score) if score.defined else None)
        assert score.explain().endswith(".")
        assert score.rows or not float(score), score.name  # a score above 0 leads back to its evidence


def test_every_entry_has_a_name_and_a_label_of_its_own() -> None:
    assert len(set(NAMES)) == len(set(LABELS.values())) == len(ALL)
    assert all(getattr(sn, one.name, None) for one in HEADLINES if one.name not in ("unowned_concerns",))


# over time ---------------------------------------------------------------------------------------------


def test_over_time_there_is_a_row_for_each_date_on_which_something_happened() -> None:
    case = sn.load_case("worked_example")
    table = sn.scores_over_time(case)
    assert [day.day for day in table.index] == [10, 12, 15, 20, 25, 30]
    assert (table.index.name, table.columns.name) == ("date", "score")
    for day in table.index:
        pd.testing.assert_series_equal(table.loc[day], sn.scores(case, day), check_names=False)


def test_over_time_nothing_of_the_single_days_stays_in_memory() -> None:
    case = datasets.load_case("max")  # one of its own, of which no other test has asked anything
    sn.scores_over_time(case)
    assert [key for key, value in case.__dict__["_cache"].items() if isinstance(value, Snapshot)] == []


def test_over_time_a_letter_that_was_read_later_is_something_that_happened() -> None:
    case = builder.case("T@school S@council", "c1", "observed T c1", "told T>S c1 letter received_on=20")
    table = sn.scores_over_time(case)
    assert [day.day for day in table.index] == [1, 2, 20]
    assert table["best_picture"].tolist() == [1, 1, 1]
    assert table["exclusive_concerns"].tolist() == [1, 1, 0]


def test_over_time_a_partial_date_counts_on_its_last_day_unless_the_rules_say_otherwise() -> None:
    case = builder.case("T@school", "c1", "2024-03 observed T c1")
    assert sn.scores_over_time(case).index.tolist() == [pd.Timestamp("2024-03-31")]
    earliest = sn.scores_over_time(case, rules=sn.Rules(dates="earliest"))
    assert earliest.index.tolist() == [pd.Timestamp("2024-03-01")]
    assert earliest["concerns"].tolist() == [1]


def test_over_time_a_case_without_rows_has_no_row() -> None:
    nobody = builder.case("", "c1")
    table = sn.scores_over_time(nobody)
    assert table.empty
    assert list(table) == list(sn.scores(nobody).index)


def test_the_rules_reach_every_score() -> None:
    case = sn.load_case("victoria_climbie")
    plain = sn.scores(case)
    other = sn.scores(case, rules=sn.Rules(weights=(1, 1, 1, 9), dates="earliest", open_ended_days=400))
    changed = {name for name in plain.index if plain[name] != other[name]}
    assert {"unshared_pairs", "best_picture", "unowned_share", "diffusion"} <= changed
