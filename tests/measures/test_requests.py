from __future__ import annotations

from typing import Any

import pandas as pd

import safetynet as sn
from safetynet.measures.requests import requests
from tests.measures.hand import day, hand, row, saw, told
from tests.measures.made import nobody


def asked(date: str, who: str = "A1", to: str = "B1", concerns: str = "c1", **more: str) -> dict[str, str]:
    return row("asked", date, who, to, concerns, **({"channel": "phone"} | more))


def declined(date: str, who: str = "B1", to: str = "A1", **more: str) -> dict[str, str]:
    return row("declined", date, who, to, channel="phone", **more)


def only(case: sn.Case, at: str) -> dict[str, Any]:
    (line,) = requests(case, at).to_dict("records")
    return {str(name): None if value is pd.NaT or value is pd.NA else value for name, value in line.items()}


def test_a_later_row_that_refers_to_it_answers_it() -> None:
    case = hand(saw("1", "A1"), asked("2", due=day(9), concerns="c1;ok"), told("5", "B1", "A1", ref="r2"))
    line = only(case, day(9))
    assert (line["state"], line["days"], line["days_late"]) == ("answered", 3, 0)
    assert (line["who"], line["to"], line["concerns"], line["severity"]) == (("A1",), ("B1",), ("c1", "ok"), 3)
    assert line["rows"] == ("r2", "r3")


def test_before_the_answer_it_is_not_yet_due_and_then_overdue() -> None:
    case = hand(asked("2", due=day(9)), told("12", "B1", "A1", ref="r1"))
    assert [only(case, day(n))["state"] for n in (2, 9, 10, 12)] == [
        "not yet due", "not yet due", "overdue", "answered late",
    ]  # fmt: skip
    assert [only(case, day(n))["days_late"] for n in (9, 11, 12, 20)] == [0, 2, 3, 3]
    assert only(case, day(11))["days"] == 9


def test_without_a_due_day_it_is_unanswered() -> None:
    line = only(hand(asked("2")), day(6))
    assert (line["state"], line["days"], line["days_late"], line["due"]) == ("unanswered", 4, None, None)


def test_a_refusal_is_declined_and_an_answer_after_it_answers() -> None:
    case = hand(asked("2", due=day(9)), declined("4", ref="r1"), told("6", "B1", "A1", ref="r1"))
    first, then = only(case, day(5)), only(case, day(6))
    assert (first["state"], first["days"], first["answered_on"]) == ("declined", 2, None)
    assert (then["state"], then["days"]) == ("answered", 4)
    assert str(then["declined_on"].date()) == day(4)


def test_a_referral_that_was_declined_is_listed_too() -> None:
    case = hand(
        told("1", "A1", "B1", channel="referral"), told("1", "A1", "C1", channel="referral"), declined("3", ref="r1")
    )
    line = only(case, day(3))
    assert (line["row"], line["kind"], line["state"], line["days"]) == ("r1", "told", "declined", 2)


def test_a_refusal_without_a_row_for_what_was_refused_is_its_own_line() -> None:
    line = only(hand(declined("3", concerns="c2")), day(9))
    assert (line["row"], line["who"], line["to"], line["state"]) == ("r1", ("A1",), ("B1",), "declined")
    assert (line["days"], line["severity"]) == (0, 4)


def test_an_answer_that_did_not_arrive_answers_nothing_and_one_read_later_on_that_day() -> None:
    lost = hand(asked("2"), told("3", "B1", "A1", ref="r1", channel="fax", received="no"))
    assert only(lost, day(9))["state"] == "unanswered"
    slow = hand(asked("2", due=day(4)), told("3", "B1", "A1", ref="r1", channel="letter", received_on=day(7)))
    assert only(slow, day(6))["state"] == "overdue"
    assert (only(slow, day(7))["state"], only(slow, day(7))["days"]) == ("answered late", 5)


def test_a_request_that_did_not_arrive_says_so() -> None:
    assert only(hand(asked("2", channel="fax", received="no")), day(3))["arrived"] is False


def test_an_answer_of_the_same_month_may_have_come_after_the_request() -> None:
    case = hand(asked("2024-01"), told("20", "B1", "A1", ref="r1"))
    line = only(case, day(31))
    assert (line["state"], line["days"]) == ("answered", 0)  # the request counts on the 31st


def test_nothing_asked_is_an_empty_table() -> None:
    assert requests(nobody()).empty
    assert "rows" in requests(nobody())


def test_max_was_answered_on_the_day_it_was_due() -> None:
    line = only(sn.load_case("max"), "2023-12-15")
    assert (line["row"], line["state"], line["days"], line["rows"]) == ("F03", "answered", 21, ("F03", "F07"))
