"""What a rule laid on somebody, and whether the record shows it met."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.duties import duties
from tests.brute import model
from tests.brute import tables as brute
from tests.builder import nobody
from tests.measures import ruled
from tests.measures.four import day, four

SEEN = "1 observed A1 c1"
DUTY = "duty: 2 expected B1 c1 due=9 rule=section47"


def only(case: sn.Case, at: str, rules: sn.Rules | None = None) -> dict[str, Any]:
    (line,) = duties(case, at, rules=rules).to_dict("records")
    return {str(name): None if value is pd.NaT else value for name, value in line.items()}


def status(case: sn.Case, at: str, rules: sn.Rules | None = None) -> str:
    return str(only(case, at, rules)["status"])


def test_a_done_row_by_its_due_date_meets_it_whoever_did_it() -> None:
    line = only(four(SEEN, DUTY, "9 done C1 - ref=duty"), day(20))
    assert (line["status"], line["stopped_at"], line["rule"], line["party"]) == ("met", "", "section47", "B1")
    assert str(line["done_on"].date()) == day(9)
    assert line["rows"] == ("duty", "e3")


def test_a_later_one_meets_it_late_and_before_the_due_date_it_is_not_yet_due() -> None:
    case = four(SEEN, DUTY, "10 done B1 - ref=duty")
    assert [status(case, day(number)) for number in (8, 9, 10)] == ["not yet due", "not yet due", "met late"]


@pytest.mark.parametrize("outcome", ["partly", "attempted", "refused"])
def test_what_was_not_completed_does_not_meet_it(outcome: str) -> None:
    case = four("1 told A1>B1 c1 phone", DUTY, f"5 done B1 - ref=duty outcome={outcome}")
    assert status(case, day(20)) == "no record"


def test_without_a_due_date_it_is_met_at_any_time() -> None:
    duty = "duty: 2 expected B1 c1"
    assert status(four("1 told A1>B1 c1 phone", duty), day(20)) == "no record"
    assert status(four("1 told A1>B1 c1 phone", duty, "19 done B1 - ref=duty"), day(20)) == "met"


def test_what_nobody_on_whom_it_lay_can_have_had_could_not_be_known_and_it_is_said_where_it_stopped() -> None:
    case = four(SEEN, "3 told A1>A2 c1 phone", "4 told A2>A1 - phone", DUTY, "12 told A1>B1 c1 phone")
    line = only(case, day(20))
    assert (line["status"], line["stopped_at"]) == ("could not be known", "e2")  # e5 came after the 9th
    assert line["rows"] == ("duty", "e2")


def test_a_call_in_which_it_could_have_been_said_is_enough_to_have_been_able_to_know() -> None:
    case = four(SEEN, "3 told A1>B1 - phone", DUTY)
    assert status(case, day(20)) == "no record"
    assert status(four(SEEN, "3 told B1>A1 - letter", DUTY), day(20)) == "could not be known"  # it goes the other way


def test_an_agencys_file_and_people_can_know_and_a_file_does_not_count_for_a_person() -> None:
    agency = "duty: 2 expected b c1 due=9"
    assert status(four("1 told A1>b c1 fax", agency), day(20)) == "no record"
    assert status(four("1 told A1>B1 c1 phone", agency), day(20)) == "no record"
    assert status(four("1 told A1>b c1 fax", DUTY), day(20)) == "could not be known"  # of B1


def test_of_several_parties_one_who_can_have_known_is_enough_and_each_has_a_line() -> None:
    case = four("1 told A1>B1 c1 phone", "duty: 2 expected B1;C1 c1 due=9")
    assert duties(case, day(20))[["party", "status"]].values.tolist() == [["B1", "no record"], ["C1", "no record"]]


def test_a_duty_about_no_worry_can_always_be_known() -> None:
    assert status(four("2 expected B1 - due=9"), day(20)) == "no record"


def test_paper_that_nobody_confirms_brings_no_knowledge_where_the_rules_say_so() -> None:
    case = four("1 told A1>B1 c1 letter", DUTY)
    assert status(case, day(20)) == "no record"
    assert status(case, day(20), sn.Rules(unconfirmed="does_not_count")) == "could not be known"


def test_what_set_it_off_is_named() -> None:
    case = four("a: 1 asked A1>B1 c1 phone", "b: 1 told A1>B1 c1 phone", "2 expected B1 c1 ref=a;b")
    line = only(case, day(9))
    assert (line["set_off_by"], line["rows"]) == ("a;b", ("a", "b", "e3"))


def test_without_a_duty_there_are_columns_and_no_lines() -> None:
    assert duties(nobody()).empty
    assert duties(nobody()).dtypes.equals(duties(four(SEEN, DUTY), day(9)).dtypes)


def test_in_victoria_climbie_the_referral_came_to_rest_with_the_administrator() -> None:
    table = duties(sn.load_case("victoria_climbie")).set_index("row")
    # F08 was passed to an administrator; no row by 25 June passes it on to the duty manager
    assert table.loc["A05", ["party", "status", "stopped_at"]].tolist() == ["br_dm", "could not be known", "F08"]


def agrees(case: sn.Case, v: model.View, rules: sn.Rules) -> None:
    table = duties(case, v.at, rules=rules)
    names = ["row", "rule", "party", "set_off_by", "due", "status", "stopped_at"]
    assert list(table)[:7] == names
    found = {(line["row"], line["party"]): line for line in table.to_dict("records")}
    lines = brute.duties(v)
    assert found.keys() == {(line["row"], line["party"]) for line in lines}
    for line in lines:
        one = found[line["row"], line["party"]]
        assert (one["rule"], one["set_off_by"]) == (line["rule"], ";".join(line["set_off_by"]))
        assert (one["status"], one["stopped_at"]) == (line["status"], line["stopped_at"] or "")
        assert (None if pd.isna(one["due"]) else one["due"].date()) == line["due"]


test_every_line_of_a_random_case_agrees_with_the_brute_force = ruled.made_up(agrees)
test_every_line_of_the_packaged_cases_agrees_with_the_brute_force = ruled.packaged(agrees)
