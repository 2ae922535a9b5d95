"""The best picture and the unshared pairs."""

from __future__ import annotations

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.picture import best_picture, unshared_pairs
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import saw, told


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def test_in_the_worked_example_nobody_has_c2_and_c3_together(worked):
    # pairs: 3*4 + 3*2 + 4*2 = 26; c2-c3 is 8
    score = unshared_pairs(worked, "2024-01-31")
    assert float(score) == pytest.approx(8 / 26)
    assert score.table[["first", "second", "weight", "people"]].values.tolist() == [
        ["c1", "c2", 12, ("P",)], ["c1", "c3", 6, ("T",)], ["c2", "c3", 8, ()],
    ]  # fmt: skip


def test_in_the_worked_example_the_police_officer_has_seven_ninths(worked):
    score = best_picture(worked, "2024-01-31")
    assert float(score) == pytest.approx(7 / 9)
    # P has c1 and c2 (7), T c1 and c3 (5), S c1 (3), G c3 (2)
    assert score.table[["person", "severity"]].values.tolist() == [["P", 7], ["T", 5], ["S", 3], ["G", 2]]
    assert score.rows == ("e3", "e6")


def test_whoever_leaves_takes_the_picture_with_them():
    rows = [saw("T", "c1;c2"), saw("S", "c1"), {"kind": "closed", "who": "T"}]
    case = made.case("T@school S@council", rows, "c1 c2")
    assert float(best_picture(case, "2024-01-03")) == 1  # until the end of the day
    assert float(best_picture(case, "2024-01-04")) == 0.5
    assert float(unshared_pairs(case, "2024-01-04")) == 1


def test_unless_it_was_passed_on():
    rows = [saw("T", "c1;c2"), told("T", "S", concerns="c1;c2"), {"kind": "closed", "who": "T"}]
    assert float(best_picture(made.case("T@school S@council", rows, "c1 c2"), "2024-01-31")) == 1


def test_where_everybody_has_left_the_best_picture_is_nothing():
    score = best_picture(made.case("T@school", [saw("T"), {"kind": "closed", "who": "T"}]), "2024-01-31")
    assert float(score) == 0
    assert "has left" in score.explain()


def test_they_are_not_defined_without_worries():
    assert not best_picture(made.nobody()).defined
    assert not unshared_pairs(made.nobody()).defined
    assert not unshared_pairs(made.alone()).defined  # one worry makes no pair
    assert "fewer than two" in unshared_pairs(made.alone()).reason


def test_weights_other_than_severity_are_taken(worked):
    # c1 3, c2 4, c3 2 with weights 1, 1, 1, 7: P has 1 + 7 of 9
    assert float(best_picture(worked, "2024-01-31", rules=sn.Rules(weights=(1, 1, 1, 7)))) == pytest.approx(8 / 9)


@given(strategies.cases(), strategies.questions)
def test_they_are_those_of_the_brute_force(tables, at):
    case = made.from_tables(tables)
    assert made.same(unshared_pairs(case, at), brute.unshared_pairs(tables, at))
    assert made.same(best_picture(case, at), brute.best_picture(tables, at))
