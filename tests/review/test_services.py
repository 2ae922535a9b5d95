"""Each kind about services fires on a small case, and not on its twin."""

from __future__ import annotations

import pandas as pd

import safetynet as sn
from tests.review.builder import found, made, observed, one


def case(*services: tuple[str, str, str, str, str]) -> sn.Case:
    """A case with lines of need, person, agency, start and end."""
    table = pd.DataFrame(services, columns=["need", "person", "agency", "start", "end"], dtype="str")
    return made("S@council T@school M:family", [observed("S", date="2024-01-01")], services=table)


def test_needs_that_no_agency_met_are_one_finding_for_each_person() -> None:
    housing = ("housing", "M", "council", "2024-01-01", "")
    needs = case(("counselling", "K", "", "", ""), ("tutoring", "K", "", "", ""), housing)
    finding = one("need_without_service", needs, at="2024-01-31")
    assert finding.people == ("K",)
    assert finding.severity == 2
    assert "counselling and tutoring as needs of K and names no agency that met them" in finding.statement


def test_a_need_met_by_the_date_is_no_finding() -> None:
    met = case(("counselling", "K", "council", "2024-01-20", ""))
    assert found("need_without_service", met, at="2024-01-31") == []
    assert len(found("need_without_service", met, at="2024-01-10")) == 1  # not begun yet


def test_a_gap_between_two_services_is_found() -> None:
    gap = case(
        ("tutoring", "K", "school", "2024-01-01", "2024-01-10"),
        ("tutoring", "K", "council", "2024-01-26", ""),
    )
    finding = one("service_gap", gap, at="2024-02-15")
    assert finding.days == 15  # 11 to 25 January
    assert finding.agencies == ("council", "school")


def test_a_gap_of_two_weeks_or_one_that_partial_dates_may_close_is_no_finding() -> None:
    short = case(
        ("tutoring", "K", "school", "2024-01-01", "2024-01-10"),
        ("tutoring", "K", "council", "2024-01-25", ""),
    )
    open_ = case(
        ("tutoring", "K", "school", "2024-01-01", "2024-01"),
        ("tutoring", "K", "council", "2024-02", ""),
    )
    for one_case in (short, open_):
        assert found("service_gap", one_case, at="2024-03-31") == []


def test_two_agencies_with_the_same_need_at_once_are_found() -> None:
    twice = case(
        ("tutoring", "K", "school", "2024-01-01", "2024-01-20"),
        ("tutoring", "K", "council", "2024-01-11", ""),
    )
    finding = one("duplicated_work", twice, at="2024-01-31")
    assert finding.days == 10  # 11 to 20 January
    assert finding.agencies == ("council", "school")
    assert finding.people == ("K",)


def test_one_after_the_other_or_for_two_people_is_no_duplication() -> None:
    after = case(
        ("tutoring", "K", "school", "2024-01-01", "2024-01-10"),
        ("tutoring", "K", "council", "2024-01-11", ""),
    )
    apart = case(
        ("tutoring", "K", "school", "2024-01-01", ""),
        ("tutoring", "M", "council", "2024-01-01", ""),
    )
    for one_case in (after, apart):
        assert found("duplicated_work", one_case, at="2024-01-31") == []
