"""Every headline number from day to day: against each day asked anew, and against the brute force."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.daily import daily
from safetynet.measures.headline import NAMES, numbers
from safetynet.measures.summary import score_days
from safetynet.record.snapshot import Snapshot
from tests import builder, strategies
from tests.brute import scores as brute
from tests.oracle import CASES

SHORT = dict(recent_days=3, grace_days=1, intake_days=1, settled_days=2, open_ended_days=3, plan_days=5)
RULES = [
    {},
    dict(dates="earliest"),
    dict(same_day="none"),
    dict(unconfirmed="does_not_count"),
    dict(dates="earliest", same_day="none", unconfirmed="does_not_count"),
    dict(who_counts=("professional", "family", "support"), after_closing_days=1, **SHORT),
    dict(weights=(0.3, 1.7, 2.2, 5.1), dilution=(0.9, 0.7, 0.5, 0.3), dates="earliest", after_closing_days=1),
]


def anew(case: sn.Case, rules: sn.Rules) -> pd.DataFrame:
    """The table with each day asked by itself."""
    lines = [numbers(Snapshot(case, day, rules)) for day in score_days(case, rules)]
    return pd.DataFrame(lines, columns=list(NAMES), dtype=float)


def assert_same(case: sn.Case, rules: sn.Rules) -> None:
    """To the last digit."""
    carried = sn.scores_over_time(case, rules=rules).reset_index(drop=True)
    loosely = {"check_names": False, "check_column_type": False}
    pd.testing.assert_frame_equal(carried, anew(case, rules), check_exact=True, **loosely)


@given(strategies.cases(max_rows=20, permission_dates=True), st.sampled_from(RULES))
def test_every_day_has_the_numbers_that_it_has_when_it_is_asked_by_itself(tables, rules) -> None:
    assert_same(builder.from_tables(tables), sn.Rules(**rules))


@pytest.mark.slow
@given(strategies.cases(max_rows=45, max_professionals=9, max_concerns=8), st.sampled_from(RULES))
def test_so_it_is_in_larger_cases(tables, rules) -> None:
    assert_same(builder.from_tables(tables), sn.Rules(**rules))


@pytest.mark.parametrize("rules", [{}, dict(dates="earliest"), dict(unconfirmed="does_not_count")])
@pytest.mark.parametrize("name", ["worked_example", "reuben"])
def test_so_it_is_in_packaged_cases(name, rules) -> None:
    assert_same(sn.load_case(name), sn.Rules(**rules))


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_so_it_is_in_all_packaged_cases(name) -> None:
    for rules in RULES:
        assert_same(sn.load_case(name), sn.Rules(**rules))


@given(strategies.cases(), st.sampled_from([{}, dict(unconfirmed="does_not_count")]))
def test_every_day_has_the_numbers_of_the_brute_force(tables, rules) -> None:
    for day, line in sn.scores_over_time(builder.from_tables(tables), rules=sn.Rules(**rules)).iterrows():
        for name, expected in brute.scores(tables, day.date(), **rules).items():
            assert math.isnan(line[name]) if expected is None else line[name] == pytest.approx(expected, abs=1e-12)


def test_it_takes_the_columns_from_the_registry_and_in_its_order() -> None:
    case = sn.load_case("worked_example")
    found = daily(case, sn.Rules(), score_days(case, sn.Rules()))
    assert found is not None
    assert [tuple(line) for line in found] == [NAMES] * 6


CHILDREN = "T@school K:child L:child"
# earliest: by the 6th only the closing about one child counts; by the 7th the other, dated before it, counts as well
CLOSINGS = ("1 observed T c1", "5/10 closed T about=K", "7/8 closed T about=L")


def test_who_leaves_by_a_closing_that_is_dated_before_another_leaves_only_when_both_count() -> None:
    case = builder.case(CHILDREN, "c1", *CLOSINGS, "20 observed T c1")
    rules = sn.Rules(dates="earliest")
    assert daily(case, rules, score_days(case, rules)) is None  # asked anew, day by day
    assert_same(case, rules)
    assert daily(case, sn.Rules(), score_days(case, sn.Rules())) is not None
