"""Agencies that counted on each other."""

from __future__ import annotations

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.circles import circular_assumptions, circular_groups
from safetynet.record.snapshot import snapshot
from tests import strategies
from tests.brute import model, responsibility
from tests.builder import from_tables, nobody
from tests.measures import packaged
from tests.measures.four import day, four


def test_two_agencies_that_count_on_each_other_are_a_circle() -> None:
    case = four("1 assumed A1>B1 c1", "2 assumed B1>a c2", "2 assumed B1>C1 c1")
    score = circular_assumptions(case, day(2))
    assert score == 1
    (line,) = score.table.to_dict("records")
    assert line["agencies"] == ("a", "b")
    assert line["people"] == ("A1", "B1")
    assert line["concerns"] == ("c1", "c2")
    assert line["rows"] == score.rows == ("e1", "e2")
    assert circular_assumptions(case, day(1)) == 0


def test_what_was_believed_of_each_other_is_no_reliance_and_makes_no_circle() -> None:
    assert circular_assumptions(four("1 believed A1>B1 c1", "2 believed B1>A1 c1"), day(2)) == 0
    assert circular_assumptions(four("1 assumed A1>B1 c1", "2 believed B1>A1 c1"), day(2)) == 0


def test_a_longer_way_round_is_a_circle_too_and_a_person_without_agency_is_their_own() -> None:
    case = four("1 assumed A1>b c1", "1 assumed B1>D1 c1", "1 assumed D1>A2 c1", "1 assumed C1>a c1")
    assert circular_groups(snapshot(case, day(1))) == [("D1", "a", "b")]


def test_within_one_agency_or_with_the_family_there_is_no_circle() -> None:
    rows = ("1 assumed A1>A2 c1", "1 assumed A2>A1 c1", "1 assumed A1>M c1", "1 assumed M>A1 c1")
    assert circular_assumptions(four(*rows), day(1)) == 0


def test_two_separate_circles_count_two() -> None:
    rows = ("1 assumed A1>B1", "1 assumed B1>A1", "1 assumed C1>D1", "1 assumed D1>C1", "1 assumed A1>C1")
    assert circular_assumptions(four(*rows), day(1)) == 2


def test_no_assumption_counts_zero() -> None:
    score = circular_assumptions(nobody())
    assert (float(score), score.defined, len(score.table)) == (0.0, True, 0)
    assert "0 assumptions" in score.explain()


@given(strategies.cases(), strategies.questions)
def test_circles_agree_with_the_brute_force(tables, at) -> None:
    view = snapshot(from_tables(tables), at)
    found = {frozenset(group) for group in circular_groups(view)}
    assert found == responsibility.circular_assumptions(model.view(tables, at))


@packaged.on_every_date
def test_the_circles_of_the_packaged_cases_agree_with_the_brute_force(name: str, part: str) -> None:
    tables, case, at = packaged.asked(name, part)
    assert circular_assumptions(case, at) == len(responsibility.circular_assumptions(model.view(tables, at)))


@pytest.mark.parametrize("name", packaged.NAMES)
def test_no_packaged_case_has_a_circle_of_reliance(name: str) -> None:
    assert circular_assumptions(sn.load_case(name)) == 0
