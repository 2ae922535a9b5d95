"""Actions on a worry: what is a step, and on which days one was in hand."""

from __future__ import annotations

import datetime as dt

import pytest

import safetynet as sn
from safetynet.measures.actions import actions_on
from safetynet.record.snapshot import snapshot
from safetynet.spells import covers
from tests.brute import actions as brute
from tests.brute import model
from tests.measures import ruled
from tests.measures.four import day, four

KNOWN = "1 told A1>B1 c1 phone"  # A1 and B1 have c1, of severity 3


def standing(case: sn.Case, at: str, rules: sn.Rules | None = None) -> str:
    """How the first action on c1 stands."""
    return actions_on(snapshot(case, at, rules), "c1")[0].standing


def steps(case: sn.Case, at: str) -> list[str]:
    """The steps of the first action on c1."""
    return sorted(step.row.id for step in actions_on(snapshot(case, at), "c1")[0].steps)


# everyday situations ------------------------------------------------------------------------------------------


def test_monitor_due_in_three_years_is_in_hand_for_a_hundred_days_and_no_longer() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=2027-01-02")
    assert standing(case, day(102)) == "live"
    assert standing(case, day(103)) == "lapsed"
    assert sn.concern_status(case, day(365))["status"].tolist() == ["lapsed"]


def test_weekly_visits_keep_it_in_hand_for_as_long_as_they_go_on() -> None:
    visits = [f"{number} observed B1 - seen=with_carer" for number in range(9, 366, 7)]
    case = four(KNOWN, "2 agreed B1 c1", *visits)
    for number in (8, 60, 200, 365):
        assert sn.concern_status(case, day(number))["status"].tolist() == ["owned"]
    assert standing(case, day(359 + 42)) == "live"  # the last visit is on day 359
    assert standing(case, day(359 + 43)) == "lapsed"


def test_an_open_involvement_that_names_the_worry_is_an_action() -> None:
    case = four(KNOWN, "2 opened B1 c1", "3 opened C1")
    assert standing(case, day(44)) == "live"  # 2 + 42
    assert standing(case, day(45)) == "lapsed"
    assert len(actions_on(snapshot(case, day(9)), "c1")) == 1


# steps --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "20 told B1>C1 c1 phone",  # names it
        "20 asked B1>C1 c1;c2 phone",
        "20 met B1;C1 c1",
        "20 decided B1 c1 outcome=step_up",
        "20 observed B1 - seen=alone",  # saw the child whom it is about
        "20 told B1>M - visit seen=with_others",
        "20 done A2 - ref=e2 outcome=partly",  # whoever did it
        "20 done B1 - ref=e2 outcome=attempted",
        "2 disagreed B1>A1 c1 phone",  # dated on the day of the action
    ],
)
def test_what_is_a_step(row: str) -> None:
    assert steps(four(KNOWN, "2 agreed B1 c1", row), day(40)) == ["e2", "e3"]


@pytest.mark.parametrize(
    "row",
    [
        "20 told B1>C1 c2 phone",  # another worry
        "20 told A1>C1 c1 phone",  # not by an owner
        "1 told B1>C1 c1 phone",  # dated before it
        "20 observed B1 - seen=glimpsed",
        "20 observed B1 - seen=not_there",
        "20 told B1>M - visit",  # nothing says that the child was seen
        "20 assumed B1>A1 c1",
        "20 believed B1>A1 c1",
        "20 withheld B1>M c1",
        "20 closed B1>C1 c1",
        "20 declined B1>C1 c1 phone",
        "20 expected B1 c1",
        "20 decided B1 c1 outcome=no_further_action",
        "20 decided B1>M c1 outcome=step_down",
        "20 told B1>C1 c1 phone received=no",
        "20 told B1>C1 c1 letter",  # nobody is on record as having read it
        "20 met B1;C1 c1 supervision",
        "20 done B1 - ref=e2 outcome=refused",
    ],
)
def test_what_is_no_step(row: str) -> None:
    assert steps(four(KNOWN, "2 agreed B1 c1", row), day(40)) == ["e2"]


def test_a_letter_is_a_step_of_its_own_day_once_somebody_confirms_it() -> None:
    case = four(KNOWN, "2 agreed B1 c1", "40 told B1>C1 c1 letter", "50 told C1>D1 c1 phone")
    (action,) = actions_on(snapshot(case, day(99)), "c1")
    assert standing(case, day(45)) == "lapsed"  # more than 42 days after the 2nd, and the letter says nothing yet
    assert standing(case, day(50)) == standing(case, day(82)) == "live"  # 40 + 42
    assert standing(case, day(83)) == "lapsed"
    first = dt.date(2023, 12, 31).toordinal()
    assert [(start - first, end - first) for start, end in action.timely] == [(2, 44), (50, 82)]


def test_of_an_agency_its_people_take_the_steps() -> None:
    case = four(KNOWN, "2 agreed b c1", "20 observed B1 - seen=alone", "20 observed C1 - seen=alone")
    assert steps(case, day(20)) == ["e2", "e3"]


def test_a_child_whom_the_worry_is_not_about_is_no_step() -> None:
    two = "A1@a B1@b K:child L:child"
    rows = [KNOWN, "2 agreed B1 c1", "20 observed B1 - seen=alone about=L"]
    assert steps(four(*rows, people=two), day(20)) == ["e2"]
    assert steps(four(*rows[:2], "20 observed B1 - seen=alone", people=two), day(20)) == ["e2", "e3"]  # every child
    assert steps(four(*rows, people=two, concerns="c1:3 about=L"), day(20)) == ["e2", "e3"]


# completed, refused, overdue -----------------------------------------------------------------------------------


def test_a_refusal_stands_until_a_later_step() -> None:
    refused = [KNOWN, "2 agreed B1 c1", "3 done B1 - ref=e2 outcome=refused"]
    assert standing(four(*refused), day(3)) == "refused"
    assert standing(four(*refused, "3 told B1>C1 c1 phone"), day(3)) == "refused"  # the same day
    assert standing(four(*refused, "4 told B1>C1 c1 phone"), day(4)) == "live"


def test_a_due_date_that_has_passed_is_overdue_whatever_is_done() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=10", "9 observed B1 - seen=alone")
    assert (standing(case, day(10)), standing(case, day(11))) == ("live", "overdue")


def test_a_completed_action_stands_no_more() -> None:
    case = four(KNOWN, "2 agreed B1 c1 due=90", "5 done C1 - ref=e2")
    assert (standing(case, day(4)), standing(case, day(5))) == ("live", "completed")
    (action,) = actions_on(snapshot(case, day(9)), "c1")
    assert not covers(action.stands, snapshot(case, day(5)).day)
    assert covers(action.stands, snapshot(case, day(4)).day)


def test_the_rules_say_for_how_long_a_step_counts() -> None:
    case = four(KNOWN, "2 agreed B1 c1")
    assert standing(case, day(45), sn.Rules(open_ended_days=43)) == "live"
    assert standing(four(KNOWN, "2 agreed B1 c1 due=2027"), day(9), sn.Rules(plan_days=6)) == "lapsed"


# against the brute force -------------------------------------------------------------------------------------------


def agrees(case: sn.Case, v: model.View, rules: sn.Rules) -> None:
    view = snapshot(case, v.at, rules)
    for worry in sorted(v.every_worry):
        found = {action.row.id: action for action in actions_on(view, worry)}
        assert found.keys() == {row.id for row in brute.actions(v, worry)}
        for row in brute.actions(v, worry):
            action = found[row.id]
            assert {step.row.id for step in action.steps} == {step.id for step in brute.steps(v, row, worry)}
            assert (action.done is not None) == bool(brute.completions(v, row))
            assert covers(action.stands, view.day) == brute.stands(v, row, worry)
            assert covers(action.timely, view.day) == brute.is_in_time(v, row, worry)
            assert covers(action.taken, view.day) == brute.has_an_owner_who_knows(v, row, worry)


test_every_action_of_a_random_case_agrees_with_the_brute_force = ruled.made_up(agrees)
test_every_action_of_the_packaged_cases_agrees_with_the_brute_force = ruled.packaged(agrees)
