"""Whether a worry is in hand: just completed, asked about, brought up again, put aside."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.in_hand import aside_by, in_hand, pending
from safetynet.record.snapshot import snapshot
from safetynet.spells import Spells, covers
from tests import strategies
from tests.brute import actions as brute
from tests.brute import model
from tests.builder import from_tables
from tests.measures import packaged, ruled
from tests.measures.four import day, four
from tests.measures.test_actions import KNOWN

COMPLETED = (KNOWN, "2 agreed B1 c1", "5 done B1 - ref=e2")


def spells(found: Spells) -> list[tuple[int, int]]:
    """Spells as days of 2024."""
    first = dt.date(2023, 12, 31).toordinal()
    return [(start - first, end - first) for start, end in found]


def of(case: sn.Case, at: str, way: str, rules: sn.Rules | None = None) -> list[tuple[int, int]]:
    return spells(getattr(in_hand(snapshot(case, at, rules), "c1"), way))


# just completed -----------------------------------------------------------------------------------------------


def test_completing_an_action_settles_it_for_four_weeks_and_not_the_worry() -> None:
    case = four(*COMPLETED)
    assert of(case, day(60), "owned") == [(2, 4)]
    assert of(case, day(60), "just_completed") == [(5, 33)]  # 5 + 28
    assert of(case, day(60), "completed") == [(5, 60)]
    assert of(case, day(60), "just_completed", sn.Rules(settled_days=7)) == [(5, 12)]
    assert sn.concern_status(case, day(33))["status"].tolist() == ["just completed"]
    assert sn.concern_status(case, day(34))["status"].tolist() == ["completed, nothing since"]


def test_whoever_did_it_it_is_completed_and_the_owner_need_not_have_had_it_on_record() -> None:
    assert of(four(KNOWN, "2 agreed C1 c1", "5 done M - ref=e2"), day(6), "just_completed") == [(5, 6)]


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ("9 observed C1 c1", 8),
        ("9 told M>A1 c1 phone", 8),  # by the family, its support, the public
        ("9 told N>A1 c1 letter", 8),
        ("9 asked A1>C1 c1 phone", 8),  # by anybody
        ("9 disagreed A1>B1 c1 phone", 8),
        ("9 met A1;M c1", 8),  # a meeting of theirs with one professional
        ("9 met M;N c1", 8),
        ("9 agreed - c1", 8),  # agreed on anew, if by nobody
        ("9 assumed A1>B1 c1", 8),
        ("5 assumed A1>B1 c1", 4),  # left to others on the very day
    ],
)
def test_what_brings_a_worry_up_again(row: str, ends: int) -> None:
    expected = [(5, ends)] if ends >= 5 else []
    assert of(four(*COMPLETED, row), day(12), "just_completed") == expected


@pytest.mark.parametrize(
    "row",
    [
        "5 observed C1 c1",  # on the day itself, not later
        "9 told A1>C1 c1 phone",  # professionals may speak of it
        "9 met A1;B1;M c1",
        "9 assumed M>A1 c1",  # the mother leaves it to somebody
        "9 assumed A1>B1",  # names no worry
        "9 believed A1>B1 c1",
        "9 observed C1 c2",
        "2 agreed C1 c2",
        "9 decided A1 c1 outcome=same",
    ],
)
def test_what_does_not_bring_it_up_again(row: str) -> None:
    assert of(four(*COMPLETED, row), day(12), "just_completed") == [(5, 12)]


def test_another_action_agreed_no_earlier_keeps_it_from_being_just_completed() -> None:
    assert of(four(*COMPLETED, "2 agreed C1 c1"), day(12), "just_completed") == []
    assert of(four(*COMPLETED, "1 agreed C1 c1"), day(12), "just_completed") == [(5, 12)]
    refused = ("2 agreed C1 c1", "7 done C1 - ref=e4 outcome=refused")
    assert of(four(*COMPLETED, *refused), day(12), "just_completed") == [(7, 12)]


# asked --------------------------------------------------------------------------------------------------------


def test_a_request_has_a_week() -> None:
    case = four(KNOWN, "5 asked A1>C1 c1 phone")
    assert of(case, day(20), "asked") == [(5, 12)]
    assert of(case, day(20), "asked", sn.Rules(intake_days=2)) == [(5, 7)]
    assert [row.id for row in pending(snapshot(case, day(12)), "c1")] == ["e2"]
    assert pending(snapshot(case, day(13)), "c1") == ()


@pytest.mark.parametrize(
    "answer", ["7 told C1>A1 - phone ref=e2", "7 declined C1>A1 - phone ref=e2", "7 met A1;C1 - ref=e2"]
)
def test_an_answer_or_a_refusal_ends_it(answer: str) -> None:
    assert of(four(KNOWN, "5 asked A1>C1 c1 phone", answer), day(20), "asked") == [(5, 6)]


def test_what_it_set_off_as_a_duty_is_no_answer() -> None:
    assert of(four(KNOWN, "5 asked A1>C1 c1 phone", "7 expected C1 - ref=e2"), day(20), "asked") == [(5, 12)]


def test_a_request_that_did_not_arrive_or_names_something_else_waits_for_nothing() -> None:
    assert of(four(KNOWN, "5 asked A1>C1 c1 fax received=no"), day(20), "asked") == []
    assert of(four(KNOWN, "5 asked A1>C1 c2 phone"), day(20), "asked") == []
    assert of(four(KNOWN, "5 asked A1>C1 c1 letter received_on=10"), day(20), "asked") == [(10, 12)]


def test_a_request_dated_to_a_month_counts_from_its_first_day() -> None:
    # its last day is 31 January, by which it has certainly been made; of the seven days nothing is left
    assert of(four(KNOWN, "2024-01 asked A1>C1 c1 phone"), day(40), "asked") == []
    assert of(four(KNOWN, "5/8 asked A1>C1 c1 phone"), day(40), "asked") == [(8, 12)]


# put aside ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["no_further_action", "step_down", "discharge"])
def test_a_decision_puts_it_aside_until_it_comes_up_again(outcome: str) -> None:
    case = four(KNOWN, f"5 decided A1 c1 outcome={outcome}", "9 observed C1 c1")
    assert of(case, day(12), "aside") == [(5, 8)]
    assert [row.id for row in aside_by(snapshot(case, day(8)), "c1")] == ["e2"]
    assert aside_by(snapshot(case, day(9)), "c1") == ()


@pytest.mark.parametrize("outcome", ["step_up", "same"])
def test_other_decisions_do_not(outcome: str) -> None:
    assert of(four(KNOWN, f"5 decided A1 c1 outcome={outcome}"), day(12), "aside") == []


def test_only_the_latest_decision_counts_and_of_one_day_all_of_them() -> None:
    down, up = "5 decided A1 c1 outcome=step_down", "7 decided B1 c1 outcome=step_up"
    assert of(four(KNOWN, down, up), day(12), "aside") == [(5, 6)]
    assert of(four(KNOWN, down, up, "7 decided C1 c1 outcome=step_down"), day(12), "aside") == [(5, 6)]
    assert of(four(KNOWN, down, "7 decided C1 c1 outcome=discharge"), day(12), "aside") == [(5, 12)]


def test_an_action_of_another_agency_stands_against_it() -> None:
    down = "5 decided A1 c1 outcome=step_down"
    assert of(four(KNOWN, "3 agreed B1 c1", down), day(12), "aside") == []
    assert of(four(KNOWN, "3 agreed A2 c1", down), day(12), "aside") == [(5, 12)]  # of the agency that decided
    assert of(four(KNOWN, "3 agreed M c1", down), day(12), "aside") == [(5, 12)]  # the family is no agency
    assert of(four(KNOWN, "3 agreed B1 c1", down, "8 done B1 - ref=e2"), day(12), "aside") == [(8, 12)]


def test_an_action_agreed_on_that_day_stands_against_it_too() -> None:
    assert of(four(KNOWN, "5 decided A1 c1 outcome=step_down", "5 agreed A1 c1"), day(12), "aside") == []


# owned --------------------------------------------------------------------------------------------------------


def test_an_owner_counts_while_involved_informed_and_working_with_the_family() -> None:
    since = four("1 observed A1 c1", "2 agreed B1 c1", "5 told A1>B1 c1 phone")
    assert of(since, day(9), "owned") == [(5, 9)]
    gone = four(KNOWN, "2 agreed B1 c1", "6 closed B1", "9 told B1>A1 - phone")
    assert of(gone, day(12), "owned") == [(2, 6), (9, 12)]
    post = four(KNOWN, "2 agreed B1 c1", people="A1@a B1@b end=4")
    assert of(post, day(9), "owned") == [(2, 4)]
    panel = four(KNOWN, "2 agreed B1 c1", people="A1@a B1@b remit=decides")
    assert of(panel, day(9), "owned") == []


def test_a_desk_has_a_week_to_give_it_to_a_person() -> None:
    desk = (KNOWN, "3 agreed b c1")
    assert of(four(*desk), day(20), "owned") == [(3, 10)]  # B1 knew, and took nothing on since
    assert of(four(*desk, "12 opened B1"), day(20), "owned") == [(3, 10), (12, 20)]
    assert of(four(*desk, "12 told A1>B1 c1 phone"), day(20), "owned") == [(3, 10), (12, 20)]
    assert of(four(*desk, "12 observed B1 - seen=alone"), day(20), "owned") == [(3, 10), (12, 20)]
    assert of(four(*desk, "12 observed C1 - seen=alone"), day(20), "owned") == [(3, 10)]  # of another agency


def test_an_action_is_in_hand_in_one_spell_after_another() -> None:
    # in hand from the 2nd to the 44th; taken up again on the 60th
    case = four(KNOWN, "2 agreed B1 c1", "60 observed B1 - seen=alone")
    assert of(case, day(70), "owned") == [(2, 44), (60, 70)]


# day by day, against the brute force ---------------------------------------------------------------------------------


def agrees(case: sn.Case, v: model.View, rules: sn.Rules, days: list[dt.date]) -> None:
    """The spells are the days on which the brute force, asked anew for each, says so."""
    view = snapshot(case, v.at, rules)
    asked = {one: v.on(one) for one in days}
    for worry in sorted(v.every_worry):
        found = in_hand(view, worry)
        for one, then in asked.items():
            expected = {
                "owned": brute.is_owned(then, worry),
                "just_completed": brute.is_just_completed(then, worry),
                "asked": brute.is_asked(then, worry),
                "aside": brute.is_put_aside(then, worry),
                "completed": bool(brute.settled_by(then, worry)),
            }
            assert {way: covers(getattr(found, way), one.toordinal()) for way in expected} == expected, (worry, one)


@pytest.mark.slow
@given(strategies.cases(), strategies.questions, ruled.some_rules)
def test_the_days_of_a_random_case_are_those_that_the_brute_force_finds_one_by_one(tables, at, rules) -> None:
    span = [strategies.day(number) for number in range(-1, (at - strategies.FIRST_DAY).days + 1)]
    days = span[:20] + span[20::9]
    agrees(from_tables(tables), ruled.view(tables, at, rules), rules, days)


@packaged.every_name
def test_the_days_of_the_packaged_cases_are_those_of_the_brute_force(name: str) -> None:
    tables, case, at = packaged.asked(name, "by default")
    v = model.view(tables, at)
    between = (v.at - v.start).days // 12
    days = [v.start + dt.timedelta(number * between) for number in range(13)]
    agrees(case, v, sn.Rules(), days)
