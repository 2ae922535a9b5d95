"""The best picture, and what is left of it without its holder."""

from __future__ import annotations

import copy
import pickle

import pytest

import safetynet as sn
from safetynet.measures.picture import best_picture
from tests import builder
from tests.brute import picture as brute
from tests.builder import case
from tests.measures.against import made_up, packaged
from tests.measures.packaged import same


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def test_in_the_worked_example_the_police_officer_has_seven_ninths(worked):
    score = best_picture(worked, "2024-01-31")
    assert float(score) == score.low == pytest.approx(7 / 9)
    # P has c1 and c2 (7), T c1 and c3 (5), S c1 (3), G c3 (2)
    assert score.table[["person", "weight"]].values.tolist() == [["P", 7], ["T", 5], ["S", 3], ["G", 2]]
    assert score.rows == ("e3", "e6")


def test_without_the_police_officer_five_ninths_are_left_and_the_sentence_says_with_whom(worked):
    score = best_picture(worked, "2024-01-31")
    assert score.without_best == pytest.approx(5 / 9)
    assert "The second fullest is 56% (" in score.explain()


def test_forty_unopened_e_mails_make_no_whole_picture_without_the_lower_bound_saying_so():
    # four worries of severity 2. A, who knows them all, e-mails them to forty people and leaves; T has seen one.
    # If they were read, each of the forty has the whole picture; if they were only sent, T's quarter is the best
    forty = [f"p{n}" for n in range(40)]
    people = "A@a T@school " + " ".join(f"{one}@council" for one in forty)
    emails = [f"5 told A>{one} c1;c2;c3;c4 email" for one in forty]
    made_case = case(people, "c1 c2 c3 c4", "1 observed A c1;c2;c3;c4", "2 observed T c4", *emails, "6 closed A")
    score = best_picture(made_case, "2024-03-01")
    assert (float(score), score.low, score.without_best) == (1, 1 / 4, 1)
    assert "sent only, it is 25%" in score.explain()


def test_one_of_the_forty_who_acts_on_it_confirms_what_they_read():
    rows = ["observed A c1;c2", "told A>P;Q c1;c2 email", "told P>B c1 phone", "closed A"]
    score = best_picture(case("A@a P@p Q@p B@b", "c1 c2", *rows), "2024-03-01")
    assert (float(score), score.low) == (1, 1)


def test_whoever_leaves_takes_the_picture_with_them():
    made_case = case("T@school S@council", "c1 c2", "observed T c1;c2", "observed S c1", "closed T")
    assert float(best_picture(made_case, "2024-01-03")) == 1  # until the end of the day
    assert float(best_picture(made_case, "2024-01-04")) == 0.5


def test_unless_it_was_passed_on():
    rows = ["observed T c1;c2", "told T>S c1;c2 phone", "closed T"]
    assert float(best_picture(case("T@school S@council", "c1 c2", *rows), "2024-01-31")) == 1


def test_where_nobody_who_is_still_there_has_any_of_it_the_best_picture_is_nothing():
    score = best_picture(case("T@school S@council", "c1", "observed T c1", "met S", "closed T"), "2024-01-31")
    assert float(score) == 0
    assert score.without_best != score.without_best  # there is no other
    assert "Nobody who is still involved" in score.explain()


def test_where_everybody_has_left_it_is_not_defined():
    score = best_picture(case("T@school", "c1", "observed T c1", "closed T"), "2024-01-31")
    assert not score.defined
    assert score.reason == "no professional is involved"


def test_one_head_that_holds_everything_and_tells_nobody_leaves_nothing():
    score = best_picture(case("T@school S@council", "c1 c2", "observed T c1;c2", "met T;S"))
    assert (float(score), score.without_best) == (1, 0)
    assert "nothing of it would be left" in score.explain()


def test_it_is_not_defined_without_worries():
    assert not best_picture(builder.nobody()).defined


def test_weights_other_than_severity_are_taken(worked):
    # c1 3, c2 4, c3 2 with weights 1, 1, 1, 7: P has 1 + 7 of 9
    assert float(best_picture(worked, "2024-01-31", rules=sn.Rules(weights=(1, 1, 1, 7)))) == pytest.approx(8 / 9)


def test_what_is_left_without_the_best_survives_being_copied(worked):
    score = best_picture(worked, "2024-01-31")
    for again in (copy.deepcopy(score), pickle.loads(pickle.dumps(score))):
        assert again.without_best == score.without_best


def check(tables, made_case, at):
    best = best_picture(made_case, at)
    assert same(best, brute.best_picture(tables, at))
    assert same(best.low, brute.best_picture_low(tables, at))
    if best.defined:
        assert same(best.without_best, brute.without_best(tables, at))
        assert best.low <= best <= best.high


test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(check)
test_it_is_that_of_the_brute_force = made_up(check)
