"""Requests: answered, late, declined, unanswered."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given

import safetynet as sn
from safetynet.measures.requests import requests
from tests import strategies
from tests.brute import model
from tests.builder import from_tables, nobody
from tests.measures.four import day, four

ASKED = "2 asked A1>B1 c1 phone due=9"
UNDATED = "2 asked A1>B1 c1 phone"


def only(case: sn.Case, at: str) -> dict[str, Any]:
    (line,) = requests(case, at).to_dict("records")
    return {str(name): None if value is pd.NaT or value is pd.NA else value for name, value in line.items()}


def test_a_later_row_that_refers_to_it_answers_it() -> None:
    case = four("1 observed A1 c1", "2 asked A1>B1 c1;ok phone due=9", "5 told B1>A1 c1 phone ref=e2")
    line = only(case, day(9))
    assert (line["state"], line["days"], line["days_late"]) == ("answered", 3, 0)
    assert (line["senders"], line["recipients"], line["concerns"]) == (("A1",), ("B1",), ("c1", "ok"))
    assert (line["weight"], line["rows"]) == (3, ("e2", "e3"))


def test_before_the_answer_it_is_not_yet_due_and_then_overdue() -> None:
    case = four(ASKED, "12 told B1>A1 c1 phone ref=e1")
    states = [only(case, day(n))["state"] for n in (2, 9, 10, 12)]
    assert states == ["not yet due", "not yet due", "overdue", "answered late"]
    assert [only(case, day(n))["days_late"] for n in (9, 11, 12, 20)] == [0, 2, 3, 3]
    assert only(case, day(11))["days"] == 9


def test_without_a_due_day_it_is_unanswered() -> None:
    line = only(four(UNDATED), day(6))
    assert (line["state"], line["days"], line["days_late"], line["due"]) == ("unanswered", 4, None, None)


def test_a_refusal_is_declined_and_an_answer_after_it_answers() -> None:
    case = four(ASKED, "4 declined B1>A1 - phone ref=e1", "6 told B1>A1 c1 phone ref=e1")
    first, then = only(case, day(5)), only(case, day(6))
    assert (first["state"], first["days"], first["answered_on"]) == ("declined", 2, None)
    assert (then["state"], then["days"]) == ("answered", 4)
    assert str(then["declined_on"].date()) == day(4)


def test_what_it_set_off_or_what_was_needed_answers_nothing() -> None:
    case = four(UNDATED, "3 expected B1 - ref=e1 due=9", "4 needed - - ref=e1")
    assert only(case, day(6))["state"] == "unanswered"


def test_what_was_told_and_declined_is_listed_too() -> None:
    case = four("1 told A1>B1 c1 referral", "1 told A1>C1 c1 referral", "3 declined B1>A1 - phone ref=e1")
    line = only(case, day(3))
    assert (line["row"], line["kind"], line["state"], line["days"]) == ("e1", "told", "declined", 2)


def test_a_refusal_without_a_row_for_what_was_refused_is_its_own_line() -> None:
    line = only(four("3 declined B1>A1 c2 phone"), day(9))
    assert (line["row"], line["senders"], line["recipients"], line["state"]) == ("e1", ("A1",), ("B1",), "declined")
    assert (line["days"], line["weight"]) == (0, 4)


def test_an_answer_that_did_not_arrive_answers_nothing_and_one_read_later_on_that_day() -> None:
    lost = four(UNDATED, "3 told B1>A1 c1 fax ref=e1 received=no")
    assert only(lost, day(9))["state"] == "unanswered"
    slow = four("2 asked A1>B1 c1 phone due=4", "3 told B1>A1 c1 letter ref=e1 received_on=7")
    assert only(slow, day(6))["state"] == "overdue"
    assert (only(slow, day(7))["state"], only(slow, day(7))["days"]) == ("answered late", 5)


def test_a_request_that_did_not_arrive_says_so() -> None:
    assert only(four("2 asked A1>B1 c1 fax received=no"), day(3))["arrived"] is False


def test_an_answer_of_the_same_month_may_have_come_after_the_request() -> None:
    line = only(four("2024-01 asked A1>B1 c1 phone", "20 told B1>A1 c1 phone ref=e1"), day(31))
    assert (line["state"], line["days"]) == ("answered", 0)  # the request counts on the 31st


def test_nothing_asked_is_an_empty_table_with_its_types() -> None:
    assert requests(nobody()).empty
    assert requests(nobody()).dtypes.equals(requests(four(ASKED), day(3)).dtypes)


def test_every_request_of_max_was_answered_as_its_chronology_says() -> None:
    table = requests(sn.load_case("max"), "2023-12-15")
    assert set(table["state"]) == {"answered"}
    assert table.set_index("row").loc["F03", ["days", "rows"]].tolist() == [21, ("F03", "F07")]


@given(strategies.cases(), strategies.questions)
def test_every_request_of_a_random_case_has_a_line_and_its_answers_refer_to_it(tables, at) -> None:
    v = model.view(tables, at)
    table = requests(from_tables(tables), at).set_index("row")
    assert {row.id for row in v.rows if row.kind == "asked"} <= set(table.index)
    for name, line in table.iterrows():
        answering = [v.row[one] for one in line["rows"] if one != name]
        assert all(name in row.ref and row.kind not in ("expected", "needed") and not row.lost for row in answering)
        if line["state"] in ("answered", "answered late"):
            assert any(row.kind != "declined" for row in answering)
        elif line["state"] != "declined":
            assert answering == []
