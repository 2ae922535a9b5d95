"""What was passed on although it was prohibited."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.beyond_need import shared_beyond_need
from tests import strategies
from tests.brute import opportunities as brute
from tests.builder import case
from tests.measures.against import made_up, packaged

PEOPLE = "T@school S@council P@police G@health"


def test_what_was_passed_although_prohibited_is_listed():
    rows = ["observed T c1", "told T>S c1 phone", "told T>P c1 phone", "told T>G c1 phone"]
    table = "* council - prohibited\nschool police - not_needed\nschool health - permitted"
    made_case = case(PEOPLE, "c1", *rows, permissions=table)
    assert shared_beyond_need(made_case)[["row", "concern", "recipient", "senders", "agency"]].values.tolist() == [
        ["e2", "c1", "S", ("T",), "council"]
    ]


@pytest.mark.parametrize("row", ["told T>S c1 letter received=no", "told T>S - phone", "met T;S"])
def test_what_did_not_arrive_or_was_not_said_is_not_beyond_need(row):
    assert shared_beyond_need(case(PEOPLE, "c1", "observed T c1", row, permissions="* * - prohibited")).empty


def test_a_strength_can_be_passed_beyond_need_too():
    made_case = case(PEOPLE, "s:0 category=strength", "told T>S s phone", permissions="* * - prohibited")
    assert shared_beyond_need(made_case)["concern"].tolist() == ["s"]


def test_what_is_answered_in_a_call_is_not_what_the_row_passed():
    made_case = case(PEOPLE, "c1", "told T>S c1 phone", permissions="council school - prohibited")
    assert shared_beyond_need(made_case).empty


def test_without_permissions_nothing_is_beyond_need():
    assert shared_beyond_need(sn.load_case("victoria_climbie")).empty


def check(tables, made_case, at):
    table = shared_beyond_need(made_case, at)
    found = {(line.row, line.concern, sender, line.recipient) for line in table.itertuples() for sender in line.senders}
    assert found == brute.shared_beyond_need(tables, at)


test_of_the_packaged_cases_it_is_that_of_the_brute_force = packaged(check)

test_it_is_that_of_the_brute_force = made_up(check, cases=strategies.cases(permission_dates=True))
