"""Each kind about requests, consent and differences fires on a small case, and not on its twin."""

from __future__ import annotations

import pytest

import safetynet as sn
from tests.review.builder import Line, asked, found, made, observed, one, row, told

PEOPLE = "S@council G@health T@school"
ASKED = asked("S", "G", id="ask", date="2024-01-02")


def case(*rows: Line, concerns: str = "c1:3") -> sn.Case:
    return made(PEOPLE, [observed("S", date="2024-01-01"), *rows], concerns)


# request_unanswered


def test_a_request_without_an_answer_is_found_with_what_hung_on_it() -> None:
    finding = one("request_unanswered", case(ASKED, observed("T", date="2024-01-20")), at="2024-01-31")
    assert finding.rows == ("ask", "e3")
    assert finding.people == ("G", "S")
    assert finding.days == 29  # 2 to 31 January
    assert finding.severity == 3
    assert "The next row on the worry is e3, on 2024-01-20." in finding.statement


def test_a_request_past_its_day_is_found_at_once() -> None:
    finding = one("request_unanswered", case({**ASKED, "due": "2024-01-05"}), at="2024-01-06")
    assert "due on 2024-01-05" in finding.statement
    assert "No later row up to 2024-01-06 takes the worry up." in finding.statement


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([ASKED, told("G", "S", ref="ask", date="2024-01-20")], "2024-01-31"),  # answered
        ([ASKED, row("declined", "G", to="S", ref="ask", date="2024-01-20")], "2024-01-31"),  # declined: its own kind
        ([ASKED], "2024-01-16"),  # 14 days: not yet late
        ([{**ASKED, "due": "2024-02-10"}], "2024-01-31"),  # not yet due
    ],
)
def test_a_request_that_is_answered_declined_or_young_is_not_unanswered(rows: list[Line], at: str) -> None:
    assert found("request_unanswered", case(*rows), at=at) == []


def test_an_answer_that_did_not_arrive_answers_nothing() -> None:
    rows = [ASKED, told("G", "S", ref="ask", date="2024-01-05", received="no")]
    assert len(found("request_unanswered", case(*rows), at="2024-01-31")) == 1


# request_late


def test_an_answer_after_its_day_is_found() -> None:
    rows = [{**ASKED, "due": "2024-01-05"}, told("G", "S", id="ans", ref="ask", date="2024-01-08")]
    finding = one("request_late", case(*rows), at="2024-01-31")
    assert finding.rows == ("ask", "ans")
    assert "answered on 2024-01-08, 3 days after it was due (2024-01-05)" in finding.statement


def test_without_a_day_an_answer_is_late_after_the_days_of_the_rules() -> None:
    rows = [ASKED, told("G", "S", ref="ask", date="2024-01-17")]  # 15 days
    assert "after 15 days" in one("request_late", case(*rows), at="2024-01-31").statement
    assert found("request_late", case(*rows), at="2024-01-31", rules=sn.Rules(late_days=15)) == []


def test_an_answer_in_time_is_no_finding() -> None:
    rows = [{**ASKED, "due": "2024-01-08"}, told("G", "S", ref="ask", date="2024-01-08")]
    assert found("request_late", case(*rows), at="2024-01-31") == []


# request_declined


def test_a_declined_request_is_found_until_its_worry_is_taken_up_again() -> None:
    declined = row("declined", "G", to="S", id="no", ref="ask", date="2024-01-05")
    rows = [ASKED, declined, told("S", "T", date="2024-01-15")]
    finding = one("request_declined", case(*rows), at="2024-01-31")
    assert finding.rows == ("ask", "no", "e4")
    assert finding.days == 10
    assert "G declined on 2024-01-05 what S had asked about c1" in finding.statement


def test_a_refusal_that_refers_to_nothing_is_found_as_it_stands() -> None:
    declined = row("declined", "G", "c1", to="S", id="no", date="2024-01-05")
    finding = one("request_declined", case(declined), at="2024-01-31")
    assert finding.rows == ("no",)
    assert finding.days == 26
    assert "No later row up to 2024-01-31 takes the worry up." in finding.statement


def test_a_request_declined_and_answered_after_all_is_no_finding() -> None:
    declined = row("declined", "G", to="S", ref="ask", date="2024-01-05")
    rows = [ASKED, declined, told("G", "S", ref="ask", date="2024-01-09")]
    assert found("request_declined", case(*rows), at="2024-01-31") == []


# consent_refused

REFUSED = told("S", "G", id="ref", consent="refused", date="2024-01-02")


def test_consent_refused_with_nothing_after_it_is_found() -> None:
    finding = one("consent_refused", case(REFUSED), at="2024-01-31")
    assert finding.rows == ("ref",)
    assert finding.days == 29


@pytest.mark.parametrize(
    "after",
    [
        told("S", "T", date="2024-01-10"),
        told("S", "T", date="2024-01"),  # perhaps after it
        row("decided", "S", "c1", date="2024-01-02", outcome="step_up"),
        row("opened", "T", ref="ref", date="2024-01-10"),
    ],
)
def test_consent_refused_and_followed_up_is_no_finding(after: Line) -> None:
    assert found("consent_refused", case(REFUSED, after), at="2024-01-31") == []


def test_consent_given_is_no_finding() -> None:
    assert found("consent_refused", case({**REFUSED, "consent": "given"}), at="2024-01-31") == []


# disagreement_open

DIFFERED = row("disagreed", "S", "c1", to="G", id="dis", date="2024-01-03")


def test_a_difference_that_nothing_settles_is_found() -> None:
    action = row("agreed", "G", "c1", id="act", date="2024-01-02")
    finding = one("disagreement_open", case(action, {**DIFFERED, "ref": "act"}), at="2024-01-31")
    assert finding.rows == ("act", "dis")
    assert finding.people == ("G", "S")
    assert finding.days == 28


@pytest.mark.parametrize("outcome", ["", "completed", "partly", "attempted", "refused"])
def test_a_difference_to_which_any_done_row_refers_is_no_finding(outcome: str) -> None:
    settled = row("done", "S;G", ref="dis", date="2024-01-10", outcome=outcome)
    assert found("disagreement_open", case(DIFFERED, settled), at="2024-01-31") == []


def test_a_fresh_difference_is_no_finding() -> None:
    assert found("disagreement_open", case(DIFFERED), at="2024-01-17") == []  # 14 days
