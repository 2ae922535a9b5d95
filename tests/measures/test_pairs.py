"""The pairs of worries that nobody involved holds together."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.pairs import unshared_pairs
from tests import builder
from tests.brute import picture as brute
from tests.builder import case
from tests.measures.against import made_up, packaged
from tests.measures.packaged import same


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def test_in_the_worked_example_nobody_has_c2_and_c3_together(worked):
    # pairs: 3*4 + 3*2 + 4*2 = 26; c2-c3 is 8
    score = unshared_pairs(worked, "2024-01-31")
    assert float(score) == pytest.approx(8 / 26)
    assert score.table[["first", "second", "pair_weight", "people"]].values.tolist() == [
        ["c1", "c2", 12, ("P",)],
        ["c1", "c3", 6, ("T",)],
        ["c2", "c3", 8, ()],
    ]


def test_in_the_worked_example_no_row_confirms_the_doctors_letter(worked):
    # without it T has c1 alone, so c1-c3 (6) is apart too: 14 of 26
    score = unshared_pairs(worked, "2024-01-31")
    assert (score.low, score.high) == (pytest.approx(8 / 26), pytest.approx(14 / 26))
    assert "54%" in score.explain()
    strict = unshared_pairs(worked, "2024-01-31", rules=sn.Rules(unconfirmed="does_not_count"))
    assert float(strict) == strict.low == strict.high == pytest.approx(14 / 26)


def test_e_mails_that_nobody_is_known_to_have_opened_put_no_two_pieces_together_for_certain():
    # T has c1 and c2 and e-mails both to S and P; T leaves. Each of S and P has both, if they read it
    rows = ["observed T c1;c2", "told T>S;P c1;c2 email", "closed T"]
    score = unshared_pairs(case("T@school S@council P@police", "c1 c2", *rows), "2024-03-01")
    assert (float(score), score.low, score.high) == (0, 0, 1)
    assert "sent only, it is 100%" in score.explain()


def test_who_has_left_holds_nothing_together():
    made_case = case("T@school S@council", "c1 c2", "observed T c1;c2", "observed S c1", "closed T")
    assert [float(unshared_pairs(made_case, f"2024-01-0{day}")) for day in (3, 4)] == [0, 1]


@pytest.mark.parametrize("made_case", [builder.nobody(), builder.alone()])
def test_below_two_known_worries_there_is_no_pair(made_case):
    score = unshared_pairs(made_case)
    assert not score.defined
    assert "fewer than two" in score.reason
    assert score.table.dtypes.equals(unshared_pairs(sn.load_case("worked_example")).table.dtypes)


def check(tables, made_case, at):
    score = unshared_pairs(made_case, at)
    assert same(score, brute.unshared_pairs(tables, at))
    assert same(score.high, brute.unshared_pairs_high(tables, at))
    assert not score.defined or score.low <= score <= score.high


test_of_the_packaged_cases_they_are_those_of_the_brute_force = packaged(check)
test_they_are_those_of_the_brute_force = made_up(check)
