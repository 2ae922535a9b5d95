"""On which day each case of a study is asked."""

from __future__ import annotations

import datetime as dt

import pytest

import safetynet as sn
from safetynet.rules import Rules
from safetynet.study.moments import day_in, moment_of
from tests import builder


def asked(case: sn.Case, at: object, **rules: str) -> tuple[str, str]:
    day, reason = day_in(case, moment_of(at), Rules(**rules))  # type: ignore[arg-type]
    return "" if day is None else dt.date.fromordinal(day).isoformat(), reason


CASE = builder.case(
    "T@school S@council K:child",
    "c1",
    "01-03 observed T c1",
    "01-05 met T;S c1 strategy_meeting",
    "01-10/01-12 met T;S c1 conference",
    "01-20 met T;S c1 conference",
    "02-01 told T>S c1 phone",
)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (None, "2024-02-01"),
        ("end", "2024-02-01"),
        ("End", "2024-02-01"),
        ("first meeting", "2024-01-05"),
        ("first conference", "2024-01-12"),  # by which it had certainly taken place
        ("first_conference", "2024-01-12"),
        ("2024-01-15", "2024-01-15"),
        (dt.date(2024, 1, 15), "2024-01-15"),
        ("2024-01", "2024-01-31"),
    ],
)
def test_a_moment_is_a_day_of_the_case(at: object, day: str) -> None:
    assert asked(CASE, at) == (day, "")


def test_by_the_earliest_dates_the_first_conference_may_have_been_sooner() -> None:
    assert asked(CASE, "first conference", dates="earliest") == ("2024-01-10", "")


def test_a_case_without_the_moment_has_no_day() -> None:
    quiet = builder.case("T@school K:child", "c1", "01-03 observed T c1")
    assert asked(quiet, "first conference") == ("", "no conference on record")
    assert asked(quiet, "first meeting") == ("", "no meeting on record")
    assert asked(quiet, "30 days before harm") == ("", "no day of harm on record")
    assert asked(builder.case("T@school K:child", "c1"), None) == ("", "no row in the chronology")


@pytest.mark.parametrize("at", ["first huddle", "days before harm", "-3 days before harm", "", 7, object()])
def test_what_is_no_moment_is_answered_with_those_that_there_are(at: object) -> None:
    with pytest.raises(sn.DateError, match="first conference"):
        moment_of(at)  # type: ignore[arg-type]


@pytest.mark.parametrize(("at", "meant"), [("first confrence", "first conference"), ("ends", "end")])
def test_a_moment_that_is_misspelt_is_answered_with_the_nearest(at: str, meant: str) -> None:
    with pytest.raises(sn.DateError, match=f"Did you mean '{meant}'"):
        moment_of(at)
