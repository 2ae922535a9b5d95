"""Each kind about passing on late, or not to whom it matters, fires on a small case, and not on its twin."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "T@school G@health S@council P@police"
SECTORS = {"school": "education", "health": "health", "council": "social_care", "police": "police",
           "council2": "social_care"}  # fmt: skip


def agencies(*names: str) -> pd.DataFrame:
    return pd.DataFrame([{"id": name, "name": name, "sector": SECTORS[name]} for name in names])


def case(*rows: Line, concerns: str = "c1:3", people: str = PEOPLE, **more: Any) -> sn.Case:
    known = [name for name in SECTORS if f"@{name} " in f"{people} "]
    return made(people, rows, concerns, **{"agencies": agencies(*known), **more})


# shared_late


def test_fifteen_days_to_the_first_passing_are_late() -> None:
    finding = one("shared_late", case(observed("T", date="2024-01-01"), told("T", "G", date="2024-01-16")))
    assert finding.days == 15
    assert finding.rows == ("e1", "e2")
    assert finding.people == ("T", "G")
    assert "e2 on 2024-01-16, 15 days later" in finding.statement


@pytest.mark.parametrize(
    "passed",
    [
        told("T", "G", date="2024-01-15"),  # 14 days
        told("T", "G", date="2024-01/2024-03"),  # perhaps in January
        told("T", "M", date="2024-01-20"),  # to the family: no passing between professionals
    ],
)
def test_fourteen_days_or_perhaps_fewer_are_not_late(passed: Line) -> None:
    people = PEOPLE + " M:family"
    assert not found("shared_late", case(observed("T", date="2024-01-01"), passed, people=people), at="2024-03-31")


def test_of_a_partial_date_the_fewest_days_are_said() -> None:
    partial = case(observed("T", date="2024-01-01"), told("T", "G", date="2024-02"))
    finding = one("shared_late", partial, at="2024-03-31")
    assert finding.days == 31  # to 1 February
    assert "at least 31 days" in finding.statement


def test_how_late_is_late_is_a_rule() -> None:
    slow = case(observed("T", date="2024-01-01"), told("T", "G", date="2024-01-06"))
    assert not found("shared_late", slow)
    assert one("shared_late", slow, rules=sn.Rules(late_days=4)).days == 5


# never_reached_lead

SHARED = (observed("T", date="2024-01-01"), told("T", "G", date="2024-01-02"))
LED = {"people_more": {"S": {"lead_from": "2023-12-01"}}}


def test_a_worry_two_had_and_the_lead_did_not() -> None:
    finding = one("never_reached_lead", case(*SHARED, **LED), at="2024-01-31")
    assert finding.people == ("G", "S", "T")
    assert finding.days == 30
    assert "S, who led" in finding.statement


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ((*SHARED, told("G", "S", date="2024-01-20")), LED),  # came to the lead
        (SHARED, {}),  # the case names no lead
        (SHARED, {"people_more": {"S": {"lead_from": "2023-01-01", "lead_to": "2023-12-31"}}}),  # led before
        (SHARED[:1], LED),  # one alone had it: never_left_a_person
    ],
)
def test_the_lead_is_not_missed_where_they_had_it_or_did_not_lead(rows: tuple[Line, ...], more: dict[str, Any]) -> None:
    assert not found("never_reached_lead", case(*rows, **more), at="2024-01-31")


# never_reached_social_care, never_reached_police


def test_a_grave_worry_of_two_agencies_that_social_care_never_had() -> None:
    finding = one("never_reached_social_care", case(*SHARED), at="2024-01-31")
    assert finding.concerns == ("c1",)
    assert finding.people == ("G", "T")


@pytest.mark.parametrize(
    "other",
    [
        case(*SHARED, told("G", "council", date="2024-01-05", channel="fax")),  # the file counts
        case(*SHARED, concerns="c1:2"),  # not grave
        case(observed("T", date="2024-01-01"), told("T", "U", date="2024-01-02"), people="T@school U@school S@council"),
        case(*SHARED, **LED),  # the lead is of social care, and that is said
        made(PEOPLE, SHARED, "c1:3"),  # nobody coded sectors
    ],
)
def test_social_care_is_not_missed_where_it_had_it_or_nothing_can_be_said(other: sn.Case) -> None:
    assert not found("never_reached_social_care", other, at="2024-01-31")


PHYSICAL = {"concerns_more": {"c1": {"category": "physical"}}}


def test_a_grave_physical_worry_that_the_police_never_had_is_a_question() -> None:
    finding = one("never_reached_police", case(*SHARED, **PHYSICAL), at="2024-01-31")
    assert finding.statement.endswith("?")
    assert not found("never_reached_police", case(*SHARED), at="2024-01-31")  # neglect
    told_police = case(*SHARED, told("G", "P", date="2024-01-05"), **PHYSICAL)
    assert not found("never_reached_police", told_police, at="2024-01-31")


def test_what_permissions_withhold_from_the_police_is_not_asked_for() -> None:
    no = pd.DataFrame([{"from": "*", "to": "police", "category": "", "permission": "prohibited"}])
    assert not found("never_reached_police", case(*SHARED, permissions=no, **PHYSICAL), at="2024-01-31")


# reached_late


def test_a_worry_shared_at_once_that_came_to_social_care_after_three_weeks() -> None:
    finding = one("reached_late", case(*SHARED, told("G", "S", date="2024-01-22")), at="2024-01-31")
    assert finding.days == 21  # 1 to 22 January
    assert "social care (S)" in finding.statement
    assert finding.rows == ("e1", "e2", "e3")  # e2: T says it


@pytest.mark.parametrize(
    "rows",
    [
        (*SHARED, told("G", "S", date="2024-01-15")),  # 14 days
        (observed("T", date="2024-01-01"), told("T", "S", date="2024-01-22")),  # the first passing: shared_late
    ],
)
def test_two_weeks_to_social_care_are_not_late_and_nothing_is_said_twice(rows: tuple[Line, ...]) -> None:
    assert not found("reached_late", case(*rows), at="2024-01-31")


def test_it_is_late_for_a_lead_only_from_when_they_led() -> None:
    rows = (*SHARED, told("G", "S", date="2024-01-28"))
    late = case(*rows, concerns="c1:2", people_more={"S": {"lead_from": "2024-01-05"}})
    assert one("reached_late", late, at="2024-01-31").days == 23  # 5 to 28 January
    new = case(*rows, concerns="c1:2", people_more={"S": {"lead_from": "2024-01-20"}})
    assert not found("reached_late", new, at="2024-01-31")


# not_with_a_fellow_service

TWO = "T@school S@council R@council2"


def test_two_social_services_of_which_one_never_had_what_the_other_knew() -> None:
    rows = (observed("T"), told("T", "S"), row("opened", "R", date="2024-01-10"), row("agreed", "R", date="2024-01-20"))
    finding = one("not_with_a_fellow_service", case(*rows, people=TWO), at="2024-01-31")
    assert finding.agencies == ("council", "council2")
    assert finding.days == 10  # 10 to 20 January
    assert finding.rows == ("e2",)


@pytest.mark.parametrize(
    "later",
    [
        (row("opened", "R", date="2024-01-05"),),  # 3 days after: within the days of grace
        (row("closed", "R", date="2024-01-20"),),  # only its closing
        (told("S", "R", date="2024-01-10"), row("agreed", "R", date="2024-01-20")),  # passed on
        (met("S;R", date="2024-01"), row("agreed", "R", date="2024-01-20")),  # perhaps passed on
    ],
)
def test_a_fellow_service_that_had_it_or_was_not_at_work_is_not_named(later: tuple[Line, ...]) -> None:
    together = case(observed("T"), told("T", "S"), *later, people=TWO)
    assert not found("not_with_a_fellow_service", together, at="2024-01-25")
