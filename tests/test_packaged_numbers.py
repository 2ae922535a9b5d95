"""The packaged cases at their default dates, against numbers worked out by brute force from the definitions.

The numbers were computed independently of this library; `tests/brute.py` gives them as well.
"""

from __future__ import annotations

import math

import pytest

import safetynet as sn
from safetynet import datasets
from tests import brute

NAMES = (
    "fragmentation", "distance_fragmentation", "temporal_fragmentation", "concern_clusters", "unshared_pairs",
    "best_picture", "smallest_meeting", "diffusion", "unowned_share", "missed_opportunities",
)  # fmt: skip
EXPECTED = {
    "max": ("2023-12-15", (0, 0.296, 0.200, 1, 0, 1, 1, 0, 0, 0), 10),
    "reuben": ("2024-05-31", (0.679, 0.750, 0.804, 2, 0.548, 0.607, 2, 0.395, 0.714, 2), 4),
    "victoria_climbie": ("2000-02-23", (0.869, 0.917, 0.908, 9, 0.902, 0.318, 10, 0.593, 1, 5), 12),
    "malachi_subecz": ("2021-10-31", (0.945, 0.951, 0.962, 8, 0.673, 0.520, 3, 0.443, 1, 1), 3),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_scores_are_those_of_the_brute_force_to_three_decimals(name):
    date, numbers, largest = EXPECTED[name]
    case = sn.load_case(name)
    scores = sn.scores(case)
    assert tuple(scores[list(NAMES)].round(3)) == numbers
    assert scores.equals(sn.scores(case, at=date))
    assert len(sn.concern_clusters(case)["people"][0]) == largest


@pytest.mark.parametrize("name", [*EXPECTED, "worked_example"])
def test_every_score_is_that_of_the_brute_force_kept_with_the_tests(name):
    with brute.reading(opportunity_day="last"):
        expected = brute.scores(brute.load(datasets.folder() / name))
    scores = sn.scores(sn.load_case(name))
    for key, value in expected.items():
        assert (math.isnan(scores[key]) and value is None) or scores[key] == pytest.approx(value), key


def test_the_call_of_4_august_about_scabies_is_a_missed_opportunity():
    found = sn.missed_opportunities(sn.load_case("victoria_climbie"))
    assert "F36" in set(found.table["row"])


def test_the_worked_example_to_four_decimals():
    # worked out by hand in the definitions, for 31 January; the missed opportunity for 6 February
    case = sn.load_case("worked_example")
    scores = sn.scores(case, at="2024-01-31").round(4)
    expected = {
        "fragmentation": 0, "distance_fragmentation": 0.2778, "temporal_fragmentation": 0.5, "unshared_pairs": 0.3077,
        "best_picture": 0.7778, "smallest_meeting": 2, "diffusion": 0.3457, "unowned_share": 1, "exclusive_concerns": 1,
        "concern_clusters": 1, "missed_opportunities": 0,
    }  # fmt: skip
    assert {key: scores[key] for key in expected} == expected
    assert sn.concern_clusters(case, at="2024-01-31")["kept"].tolist() == [4]
    assert sn.diffusion(case, at="2024-01-31").table["index"].round(4).to_dict() == {
        "c1": 0.3627, "c2": 0.2929, "c3": 0.4257,
    }  # fmt: skip
    assert float(sn.missed_opportunities(case, at="2024-02-06")) == 1
