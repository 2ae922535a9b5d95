"""All scores on one date and over time."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.agencies import agency_fragmentation, ei_index
from safetynet.measures.assumptions import circular_assumptions
from safetynet.measures.clusters import concern_clusters
from safetynet.measures.exclusive import exclusive_concerns
from safetynet.measures.fragmentation import distance_fragmentation, fragmentation, temporal_fragmentation
from safetynet.measures.meeting import smallest_meeting
from safetynet.measures.opportunities import missed_opportunities
from safetynet.measures.picture import best_picture, unshared_pairs
from safetynet.measures.responsibility import diffusion, unowned_share
from safetynet.measures.summary import scores, scores_over_time
from safetynet.record.snapshot import Snapshot
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import saw

CASES = ["worked_example", "max", "reuben", "victoria_climbie", "malachi_subecz"]


def test_the_worked_example_by_hand():
    found = scores(sn.load_case("worked_example"), "2024-01-31")
    assert found.name == "worked_example"
    assert found.round(4).to_dict() == {
        "people": 4, "professionals": 4, "agencies": 4, "concerns": 3, "contacts": 2, "meetings": 1,
        "fragmentation": 0, "distance_fragmentation": 0.2778, "temporal_fragmentation": 0.5,
        "agency_fragmentation": 0, "ei_index": 1, "concern_clusters": 1, "unshared_pairs": 0.3077,
        "best_picture": 0.7778, "exclusive_concerns": 1, "smallest_meeting": 2, "diffusion": 0.3457,
        "unowned_share": 1, "unowned_concerns": 3, "circular_assumptions": 0, "missed_opportunities": 0,
    }  # fmt: skip
    assert list(found.index)[:6] == ["people", "professionals", "agencies", "concerns", "contacts", "meetings"]


@pytest.mark.parametrize(
    ("name", "temporal", "meeting", "missed"),
    [
        ("max", 0.200, 1, 0),
        ("reuben", 0.804, 2, 2),
        ("victoria_climbie", 0.908, 10, 5),
        ("malachi_subecz", 0.962, 3, 1),
    ],
)
def test_the_packaged_cases_have_the_numbers_of_an_independent_count(name, temporal, meeting, missed):
    found = scores(sn.load_case(name))
    assert round(found["temporal_fragmentation"], 3) == temporal
    assert found["smallest_meeting"] == meeting
    assert found["missed_opportunities"] == missed


@pytest.mark.parametrize("name", CASES)
def test_every_score_is_that_of_its_own_function(name):
    case = sn.load_case(name)
    found = scores(case)
    functions = (
        fragmentation, distance_fragmentation, temporal_fragmentation, agency_fragmentation, ei_index, unshared_pairs,
        best_picture, diffusion, unowned_share, circular_assumptions, missed_opportunities,
    )  # fmt: skip
    for one in functions:
        assert found[one.__name__] == pytest.approx(float(one(case)), nan_ok=True), one.__name__
    assert found["concern_clusters"] == len(concern_clusters(case))
    assert found["exclusive_concerns"] == (exclusive_concerns(case)["kind"] == "one person").sum()
    assert found["smallest_meeting"] == len(smallest_meeting(case))
    assert found["unowned_concerns"] == (~unowned_share(case).table["owned"]).sum()


@given(strategies.cases(), strategies.questions)
def test_every_score_is_that_of_the_brute_force(tables, at):
    found = scores(made.from_tables(tables), at)
    with brute.reading(opportunity_day="last"):
        expected = brute.scores(tables, at)
    assert list(found.index) == list(expected)
    assert [name for name, value in expected.items() if not made.same(found[name], value)] == []


def test_over_time_there_is_a_row_for_each_date_on_which_something_happened():
    case = sn.load_case("worked_example")
    table = scores_over_time(case)
    assert [str(day.date()) for day in table.index] == [
        "2024-01-10", "2024-01-12", "2024-01-15", "2024-01-20", "2024-01-25", "2024-01-30",
    ]  # fmt: skip
    assert table.index.name == "date"
    for day in table.index:
        pd.testing.assert_series_equal(table.loc[day], scores(case, day), check_names=False)


def test_over_time_nothing_of_the_single_days_stays_in_memory():
    case = sn.load_case("victoria_climbie")
    scores_over_time(case)
    kept = [key for key, value in case.__dict__["_cache"].items() if isinstance(value, Snapshot)]
    assert kept == []


def test_over_time_a_letter_that_was_read_later_is_something_that_happened():
    letter = made.told("T", "S", concerns="c1", channel="letter", received_on="2024-01-20")
    table = scores_over_time(made.case("T@school S@council", [saw("T"), letter]))
    assert [day.day for day in table.index] == [1, 2, 20]
    assert table["best_picture"].tolist() == [1, 1, 1]
    assert table["exclusive_concerns"].tolist() == [1, 1, 0]


def test_over_time_a_partial_date_counts_on_its_last_day_unless_the_rules_say_otherwise():
    case = made.case("T@school", [saw("T", date="2024-03")])
    assert scores_over_time(case).index.tolist() == [pd.Timestamp("2024-03-31")]
    earliest = scores_over_time(case, rules=sn.Rules(dates="earliest"))
    assert earliest.index.tolist() == [pd.Timestamp("2024-03-01")]
    assert earliest["concerns"].tolist() == [1]


def test_over_time_a_case_without_rows_has_no_row():
    table = scores_over_time(made.nobody())
    assert table.empty
    assert list(table) == list(scores(made.nobody()).index)


def test_the_rules_reach_every_score():
    case = sn.load_case("victoria_climbie")
    plain, other = (
        scores(case),
        scores(case, rules=sn.Rules(weights=(1, 1, 1, 9), dates="earliest", open_ended_days=400)),
    )
    changed = [name for name in plain.index if plain[name] != other[name]]
    assert {"unshared_pairs", "best_picture", "unowned_share", "diffusion"} <= set(changed)
