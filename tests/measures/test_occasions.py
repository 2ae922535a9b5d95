"""Of the occasions to pass a worry on, the share that was missed."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.occasions import missed_share
from tests import builder
from tests.brute import opportunities as brute
from tests.builder import case
from tests.measures.against import made_up, packaged
from tests.measures.packaged import same
from tests.measures.test_opportunities import CASES, RULES


def test_in_the_worked_example_it_is_one_of_four():
    # c1 came from T to S's council on the 12th and from S to the police on the 30th, c3 from G to T's school on the
    # 25th: three that were taken. c2 with P on the 30th did not come to the council
    score = missed_share(sn.load_case("worked_example"), "2024-02-06")
    assert float(score) == 0.25
    assert score.table[["concern", "agency", "missed", "rows"]].values.tolist() == [
        ["c2", "council", True, ("e6",)],
        ["c1", "council", False, ("e2",)],
        ["c1", "police", False, ("e6",)],
        ["c3", "school", False, ("e5",)],
    ]
    assert "there were 4 occasions" in score.explain()


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("victoria_climbie", 7 / 19),
        ("malachi_subecz", 0.8),
        ("khyra_ishaq", 0.556),
        ("pelka", 0.833),
        ("reuben", 0.6),
        ("max", 0),
    ],
)
def test_of_a_packaged_case_it_is_that_of_an_independent_count(name, share):
    assert float(missed_share(sn.load_case(name))) == pytest.approx(share, abs=5e-4)


def test_a_network_that_talks_more_does_not_look_worse():
    # T has two worries and passes one on in the same call: one of two. A second such pair elsewhere changes nothing
    people = "T@school S@council P@police G@health"
    rows = ["observed T c1;c2", "2 told T>S c1 phone", "observed P c3;c4", "4 told P>G c3 phone"]
    first, both = (case(people, "c1 c2 c3 c4", *rows[:number]) for number in (2, 4))
    assert [float(missed_share(one, "2024-01-31")) for one in (first, both)] == [0.5, 0.5]
    assert [float(sn.missed_opportunities(one, "2024-01-31")) for one in (first, both)] == [1, 2]


def test_it_is_not_defined_where_there_was_no_occasion():
    score = missed_share(builder.apart())
    assert not score.defined
    assert "no worry had an occasion" in score.reason
    assert score.table.empty


def test_an_occasion_whose_days_of_grace_are_not_over_is_none_yet():
    made_case = case("T@school S@council", "c1", "observed T c1", "2 told T>S c1 phone")
    assert not missed_share(made_case, "2024-01-08").defined
    assert float(missed_share(made_case, "2024-01-09")) == 0


def check(tables, made_case, at, **rules):
    score = missed_share(made_case, at, rules=sn.Rules(**rules))
    assert same(score, brute.missed_share(tables, at, **rules))
    pairs = set(score.table[["concern", "agency"]].itertuples(index=False, name=None))
    assert pairs == brute.occasions(tables, at, **rules)
    lost = {missing[1:] for missing in brute.missed_table(tables, at, **rules)}
    assert lost == set(score.table[score.table["missed"]][["concern", "agency"]].itertuples(index=False, name=None))
    assert not score.defined or 0 <= score <= 1


test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(check)

test_it_is_that_of_the_brute_force = made_up(check, cases=CASES, rules=RULES)
