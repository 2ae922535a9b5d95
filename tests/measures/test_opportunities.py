"""Missed opportunities to pass a worry on."""

from __future__ import annotations

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.opportunities import missed_opportunities
from tests import builder, strategies
from tests.brute import opportunities as brute
from tests.builder import case
from tests.measures.against import made_up, packaged, some_rules


@pytest.fixture(scope="module")
def worked() -> sn.Case:
    return sn.load_case("worked_example")


def missed(made_case, at="2024-02-28", **more):
    table = missed_opportunities(made_case, at, **more).table
    return list(table[["row", "concern", "agency"]].itertuples(index=False, name=None))


CASES = strategies.cases(permission_dates=True)
RULES = some_rules(
    dates=["earliest"],
    grace_days=[0, 3],
    unconfirmed=["does_not_count"],
    who_counts=[("professional", "support")],
)
TWO = "T@school S@council"
THREE = "T@school S@council R@council"


def test_in_the_worked_example_the_meeting_is_the_one_that_was_missed(worked):
    # on 30 January P (with c2 since the 15th) met S, of whose agency nobody has c2 by 6 February
    score = missed_opportunities(worked, "2024-02-06")
    assert float(score) == score.low == score.high == 1
    assert list(score.table)[:3] == ["row", "concern", "agency"]
    line = score.table.iloc[0]
    assert (line["row"], line["concern"], line["agency"]) == ("e6", "c2", "council")
    assert (line["holders"], line["recipients"], line["severity"], line["weight"]) == (("P",), ("S",), 4, 4.0)
    assert line["farther"] == ()  # nothing follows the meeting
    assert pd.isna(line["on_record"])
    assert line["rows"] == score.rows == ("e3", "e6")


def test_before_the_days_of_grace_are_over_nothing_is_missed(worked):
    score = missed_opportunities(worked, "2024-02-05")
    assert float(score) == 0
    assert score.defined
    assert float(missed_opportunities(worked, "2024-02-05", rules=sn.Rules(grace_days=6))) == 1


@pytest.mark.parametrize(
    ("name", "number"),
    [("victoria_climbie", 4), ("malachi_subecz", 1), ("khyra_ishaq", 7), ("pelka", 4), ("reuben", 2), ("max", 0)],
)
def test_their_number_in_a_packaged_case_is_that_of_an_independent_count(name, number):
    score = missed_opportunities(sn.load_case(name))
    assert (float(score), score.low) == (number, number)


def test_among_them_is_the_telephone_call_about_scabies():
    table = missed_opportunities(sn.load_case("victoria_climbie")).table
    call = table[table["row"] == "F36"]
    assert set(call["date"]) == {pd.Timestamp("1999-08-04")}
    # the belt marks (C18, 4) and what the nurses logged (C19, 3) could have come to the police: 7 together
    assert sorted(zip(call["concern"], call["severity"], call["weight"], strict=True)) == [("C18", 4, 7), ("C19", 3, 7)]
    assert table["weight"].is_monotonic_decreasing


def test_only_the_first_day_counts():
    assert missed(case(TWO, "c1", "observed T c1", "told T>S - phone", "told T>S - phone")) == [("e2", "c1", "council")]


def test_a_call_that_both_sides_recorded_is_one_and_both_rows_are_listed():
    score = missed_opportunities(
        case(TWO, "c1", "observed T c1", "2 told T>S - phone", "2 told S>T - phone"), "2024-02-28"
    )
    assert score.table["row"].tolist() == ["e2", "e3"]
    assert float(score) == 1


def test_on_one_day_with_two_agencies_they_are_two():
    rows = ["observed T c1", "2 told T>S - phone", "2 told T>P - phone"]
    assert float(missed_opportunities(case("T@school S@council P@police", "c1", *rows), "2024-02-28")) == 2


def test_it_is_not_missed_if_anybody_of_the_agency_has_it_within_the_days_of_grace():
    rows = ["observed T c1", "told T>S - phone"]
    late = case(THREE, "c1", *rows, "10 told T>R c1 phone")
    assert missed(late) == [("e2", "c1", "council")]
    table = missed_opportunities(late, "2024-01-31").table
    assert table["on_record"].tolist() == [pd.Timestamp("2024-01-10")]
    assert missed(case(THREE, "c1", *rows, "9 told T>R c1 phone")) == []


def test_the_file_of_the_agency_counts_as_the_agency():
    assert missed(case(TWO, "c1", "observed T c1", "told T>S - phone", "told T>council c1 fax")) == []


def test_a_desk_is_nobody_to_whom_it_could_have_been_said():
    assert missed(case(TWO, "c1", "observed T c1", "told T>council - fax")) == []


def test_whoever_came_to_know_within_the_window_of_the_contact_could_not_certainly_have_passed_it():
    assert missed(case(TWO, "c1", "3 observed T c1", "2/8 told T>S - phone")) == []


def test_a_letter_that_never_arrived_is_no_opportunity():
    assert missed(case(TWO, "c1", "observed T c1", "told T>S - letter received=no")) == []


def test_a_letter_counts_on_the_day_on_which_it_was_read():
    rows = ["observed T c1", "2 told T>S - letter received_on=10"]
    assert missed(case(TWO, "c1", *rows), "2024-01-16") == []
    table = missed_opportunities(case(TWO, "c1", *rows), "2024-01-17").table
    assert table["date"].tolist() == [pd.Timestamp("2024-01-10")]


def test_what_the_recipient_of_a_letter_has_could_not_have_gone_back():
    assert missed(case(TWO, "c1", "observed S c1", "told T>S - letter")) == []
    assert missed(case(TWO, "c1", "observed S c1", "told T>S - phone")) == [("e2", "c1", "school")]


def test_a_worry_that_is_resolved_by_then_is_out():
    made_case = case(TWO, "c1 resolved=02-10", "observed T c1", "told T>S - phone")
    assert missed(made_case, "2024-02-09") == [("e2", "c1", "council")]
    assert missed(made_case, "2024-02-10") == []


def test_how_much_farther_it_would_have_gone():
    # T could have told S on the 2nd; S met R on the 3rd, and R rang G on the 4th. G met D before, on the 2nd
    rows = ["observed T c1", "told T>S - phone", "met S;R", "told R>G - phone", "2 met D;G"]
    made_case = case("T@school S@council R@police G@health D@housing", "c1", *rows)
    table = missed_opportunities(made_case, "2024-01-31").table
    assert table[["row", "agency", "farther"]].values.tolist() == [["e2", "council", ("G", "R")]]


def test_the_rest_of_the_same_call_is_not_what_followed_it():
    # T rang S and R together; that S could say it on in the same call is nothing that followed
    made_case = case("T@school S@council R@police", "c1", "observed T c1", "told T>S;R - phone")
    table = missed_opportunities(made_case, "2024-01-31").table
    assert table[["agency", "farther"]].values.tolist() == [["council", ()], ["police", ()]]


# what was no opportunity ------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "number"), [("prohibited", 0), ("not_needed", 0), ("permitted", 1), ("required", 1)])
def test_where_it_was_not_allowed_or_not_needed_there_was_no_opportunity(word, number):
    made_case = case(TWO, "c1", "observed T c1", "told T>S - phone", permissions=f"school council - {word}")
    score = missed_opportunities(made_case, "2024-01-31")
    assert (float(score), score.low, score.high) == (number, number, number)
    assert score.table["permission"].tolist() == [word] * number


def test_the_permission_of_the_first_day_decides():
    begins = "school council - permitted start=01-04\nschool council - prohibited end=01-03"
    rows = ["observed T c1", "2/6 told T>S - phone"]
    assert missed(case(TWO, "c1", *rows, permissions=begins)) == []
    assert missed(case(TWO, "c1", "observed T c1", "4/6 told T>S - phone", permissions=begins)) != []


def test_what_nobody_coded_counts_and_the_lower_bound_leaves_it_out():
    made_case = case(TWO, "c1", "observed T c1", "told T>S - phone", permissions="council school - permitted")
    score = missed_opportunities(made_case, "2024-01-31")
    assert (float(score), score.low, score.high) == (1, 0, 1)
    assert score.table["permission"].tolist() == ["unknown"]
    assert "it is 0" in score.explain()


def test_what_may_have_been_said_at_a_meeting_counts_and_the_lower_bound_leaves_it_out():
    score = missed_opportunities(case(TWO, "c1", "observed T c1", "met T;S complete=no"), "2024-01-31")
    assert (float(score), score.low) == (1, 0)
    assert score.table["lower_bound"].tolist() == [True]


def test_the_lower_bound_leaves_out_as_much_as_makes_the_least():
    # with T's call on the 2nd out, the first day is the 4th, with P and G, who make two: leaving it out makes it more
    rows = ["observed T;P;G c1", "2 told T>S - phone", "4 told P>S - phone", "4 told G>S - phone"]
    allowed = "police council - permitted\nhealth council - permitted"
    made_case = case("T@school P@police G@health S@council", "c1", *rows, permissions=allowed)
    score = missed_opportunities(made_case, "2024-01-31")
    assert (float(score), score.low, score.high) == (1, 1, 1)


def test_it_counts_nothing_where_nothing_happened(worked):
    score = missed_opportunities(builder.nobody())
    assert float(score) == 0
    assert score.table.dtypes.equals(missed_opportunities(worked, "2024-02-06").table.dtypes)


def test_it_says_in_plain_words_what_was_found(worked):
    assert missed_opportunities(worked, "2024-02-06").explain() == (
        "By 2024-02-06 the record shows 1 contact of two agencies in which somebody with a worry on record was in "
        "touch with an agency that had no record of it, and 7 days later it still had none: 1 worry, 1 agency."
    )


# the brute force --------------------------------------------------------------------------------------


def check(tables, made_case, at, **rules):
    score = missed_opportunities(made_case, at, rules=sn.Rules(**rules))
    found = set(score.table[["row", "concern", "agency"]].itertuples(index=False, name=None))
    assert found == brute.missed_table(tables, at, **rules)
    assert float(score) == score.high == brute.missed_opportunities(tables, at, **rules)
    assert score.low == brute.missed_opportunities_low(tables, at, **rules)


test_of_the_packaged_cases_they_are_those_of_the_brute_force = packaged(check)

test_they_are_those_of_the_brute_force = made_up(check, cases=CASES, rules=RULES)
