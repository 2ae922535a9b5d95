"""Missed opportunities and absences fire on a small case, and not on their twins."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "T@school S@council V@council P@police"


def case(*rows: Line, concerns: str = "c1:3 c2:3", **more: Any) -> sn.Case:
    return made(PEOPLE, rows, concerns, **more)


# missed_opportunity

HAS = observed("P", "c1", date="2024-01-01")
CALL = told("P", "S", "c2", date="2024-01-05")


def test_a_call_with_somebody_who_had_the_worry_and_did_not_pass_it_on() -> None:
    finding = one("missed_opportunity", case(HAS, CALL), at="2024-01-31")
    assert finding.rows == ("e1", "e2")
    assert finding.people == ("P", "S")
    assert finding.agencies == ("council", "police")
    assert finding.concerns == ("c1",)
    assert finding.days == 26  # 5 to 31 January
    assert finding.statement.startswith("On 2024-01-05 (e2) P, in contact with S, had c1")


def test_a_shared_meeting_counts_like_any_contact() -> None:
    together = met("P;S", "c2", date="2024-01-05", channel="strategy meeting")
    finding = one("missed_opportunity", case(HAS, together), at="2024-01-31")
    assert finding.statement.startswith("At the strategy meeting on 2024-01-05 (e2) P had c1")


def test_two_contacts_of_one_day_are_one_finding() -> None:
    both = case(HAS, CALL, told("S", "P", "c2", date="2024-01-05"))
    assert one("missed_opportunity", both, at="2024-01-31").rows == ("e1", "e2", "e3")


def test_what_came_after_all_is_said() -> None:
    finding = one("missed_opportunity", case(HAS, CALL, told("P", "V", date="2024-01-20")), at="2024-01-31")
    assert finding.days == 15  # 5 to 20 January
    assert "came there by 2024-01-20" in finding.statement


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ((HAS, {**CALL, "concerns": "c1;c2"}), "2024-01-31"),  # passed
        ((HAS, CALL, told("P", "V", date="2024-01-12")), "2024-01-31"),  # a colleague had it within a week
        ((HAS, CALL, told("P", "V", date="2024-01-10/2024-01-25")), "2024-01-31"),  # perhaps within a week
        ((HAS, CALL), "2024-01-11"),  # too early to say
        ((observed("P", "c1", date="2024-01-06"), CALL), "2024-01-31"),  # not yet on record
        ((HAS, told("P", "T", "c2", date="2024-01-05", received="no")), "2024-01-31"),  # no contact came about
    ],
)
def test_nothing_was_missed(rows: tuple[Line, ...], at: str) -> None:
    assert not found("missed_opportunity", case(*rows), at=at)


def test_a_slight_worry_or_one_that_may_not_be_passed_is_no_opportunity() -> None:
    assert not found("missed_opportunity", case(HAS, CALL, concerns="c1:2 c2:3"), at="2024-01-31")
    no = pd.DataFrame([{"from": "*", "to": "council", "category": "", "permission": "not_needed"}])
    assert not found("missed_opportunity", case(HAS, CALL, permissions=no), at="2024-01-31")


# absent_from_a_meeting


def meeting(**more: str) -> Line:
    return met("S;V", "c2", date="2024-01-10", channel="strategy meeting", **{"absent": "P", **more})


def test_who_was_absent_and_what_they_would_have_brought() -> None:
    finding = one("absent_from_a_meeting", case(HAS, meeting()), at="2024-01-31")
    assert finding.rows == ("e2", "e1")
    assert finding.people == ("P", "S", "V")
    assert finding.concerns == ("c1",)
    assert finding.days == 21  # 10 to 31 January
    assert finding.statement.startswith("P, absent from the strategy meeting on 2024-01-10 (e2), had c1")


def test_an_absent_agency_brings_what_its_people_have() -> None:
    assert one("absent_from_a_meeting", case(HAS, meeting(absent="police")), at="2024-01-31").concerns == ("c1",)


def test_what_came_to_somebody_there_later_ends_it() -> None:
    finding = one("absent_from_a_meeting", case(HAS, meeting(), told("P", "V", date="2024-01-20")), at="2024-01-31")
    assert finding.days == 10
    assert "until 2024-01-20" in finding.statement


def test_first_hand_knowledge_of_a_grave_worry_is_something_to_bring() -> None:
    heard = told("P", "S", date="2024-01-03")
    finding = one("absent_from_a_meeting", case(HAS, heard, meeting()), at="2024-01-31")
    assert "at first hand, where nobody there did" in finding.statement
    assert not found("absent_from_a_meeting", case(HAS, heard, observed("S", date="2024-01-04"), meeting()))
    assert not found("absent_from_a_meeting", case(HAS, heard, meeting(), concerns="c1:2 c2:3"))


def test_a_worry_of_that_month_may_have_been_there() -> None:
    month = {**HAS, "date": "2024-01"}
    there = row("opened", "P", date="2024-01-02")
    finding = one("absent_from_a_meeting", case(there, month, meeting()), at="2024-01-31")
    assert "may by then have had c1" in finding.statement
    assert not found("absent_from_a_meeting", case(month, meeting()), at="2024-01-31")  # not certainly at work by then


@pytest.mark.parametrize(
    "rows",
    [
        (HAS, meeting(absent="")),  # nobody absent
        (HAS, meeting(absent="T")),  # T has nothing
        (HAS, observed("S", "c1", date="2024-01-04"), meeting()),  # S has seen it too
        ({**HAS, "date": "2024-01-11"}, meeting()),  # after the meeting
    ],
)
def test_an_absence_without_loss_is_not_found(rows: tuple[Line, ...]) -> None:
    assert not found("absent_from_a_meeting", case(*rows), at="2024-01-31")
