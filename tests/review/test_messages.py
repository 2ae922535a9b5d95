"""Each kind about messages fires on a small case, and not on its twin."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "T@school S@council V@council M:family"
SEEN = observed("T", date="2024-01-01")


def case(*rows: Line, concerns: str = "c1:3", **more: Any) -> sn.Case:
    return made(PEOPLE, [SEEN, *rows], concerns, **more)


# not_received

LOST = told("T", "S", date="2024-01-02", received="no")


def test_a_message_that_did_not_arrive_and_was_not_made_good() -> None:
    finding = one("not_received", case(LOST), at="2024-01-31")
    assert finding.rows == ("e2",)
    assert finding.people == ("S", "T")
    assert finding.days == 29
    assert "1 message from T to S" in finding.statement


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ((LOST,), "2024-01-16"),  # 14 days: too early to say
        ((LOST, told("T", "S", date="2024-01-10")), "2024-01-31"),  # told again in time
        ((LOST, met("T;S", date="2024-01-16")), "2024-01-31"),
        ((told("T", "S", date="2024-01-02"),), "2024-01-31"),  # it arrived
    ],
)
def test_a_message_that_was_made_good_in_two_weeks_is_not_lost(rows: tuple[Line, ...], at: str) -> None:
    assert not found("not_received", case(*rows), at=at)


def test_what_was_told_too_late_is_lost_until_then() -> None:
    finding = one("not_received", case(LOST, told("T", "S", date="2024-01-20")), at="2024-01-31")
    assert finding.days == 18  # 2 to 20 January
    assert finding.statement.endswith("until 2024-01-20.")


def test_calls_nobody_answered_end_with_the_next_contact() -> None:
    calls = [told("S", "M", "c1", date=f"2024-01-0{n}", received="no", channel="visit") for n in (3, 5)]
    knew = told("M", "S", date="2024-01-02")
    finding = one("not_received", case(knew, *calls), at="2024-01-31")
    assert finding.rows == ("e3", "e4")
    assert "2 messages" in finding.statement
    assert "no row shows a contact between them" in finding.statement
    assert not found("not_received", case(knew, *calls, told("M", "S", "", date="2024-01-10")), at="2024-01-31")


# received_late


def test_a_letter_read_after_a_week_was_received_late() -> None:
    finding = one("received_late", case(told("T", "S", channel="letter", date="2024-01-02", received_on="2024-01-09")))
    assert finding.days == 7
    assert "2024-01-09, 7 days later" in finding.statement


@pytest.mark.parametrize("read", ["2024-01-04", "2024-01", ""])
def test_two_days_in_the_post_or_perhaps_no_more_are_not_late(read: str) -> None:
    letter = told("T", "S", channel="letter", date="2024-01-02", received_on=read)
    assert not found("received_late", case(letter), at="2024-01-31")


# not_acknowledged

LETTER = told("T", "S", date="2024-01-02", channel="letter")


def test_a_letter_after_which_nothing_came_back() -> None:
    finding = one("not_acknowledged", case(LETTER), at="2024-02-29")
    assert finding.rows == ("e2",)
    assert finding.people == ("S", "T")
    assert finding.days == 58  # 2 January to 29 February
    assert finding.statement.startswith("T sent S word of c1 (c1) (letter on 2024-01-02)")


def test_a_second_letter_is_the_same_finding() -> None:
    again = {**LETTER, "date": "2024-01-10"}
    assert one("not_acknowledged", case(LETTER, again), at="2024-02-29").rows == ("e2", "e3")


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ((LETTER,), "2024-02-12"),  # 41 days: too early to say
        ((LETTER, told("V", "T", "", date="2024-02-13")), "2024-02-29"),  # a colleague rang on the 42nd day
        ((LETTER, told("T", "S", "", date="2024-01-05")), "2024-02-29"),  # spoken since: two-way
        ((LETTER, row("opened", "V", to="T", date="2024-01-20")), "2024-02-29"),  # told that somebody took it on
        ((told("T", "S", date="2024-01-02"),), "2024-02-29"),  # a call is answered as it is made
        ((told("V", "S", "c1", date="2024-01-02", channel="file"),), "2024-02-29"),  # inside one agency
        ((observed("V", date="2024-01-01"), LETTER), "2024-02-29"),  # nothing new there
    ],
)
def test_a_letter_is_acknowledged_by_whatever_comes_back(rows: tuple[Line, ...], at: str) -> None:
    assert not found("not_acknowledged", case(*rows), at=at)


def test_an_answer_needs_no_answer() -> None:
    rows = (row("asked", "S", "", to="T", channel="email", id="ask", date="2024-01-01"), {**LETTER, "ref": "ask"})
    assert not found("not_acknowledged", case(*rows), at="2024-02-29")


# shared_beyond_need


def permitted(word: str) -> pd.DataFrame:
    return pd.DataFrame([{"from": "*", "to": "council", "category": "", "permission": word}])


@pytest.mark.parametrize("word", ["prohibited", "not_needed"])
def test_what_was_passed_though_it_was_not_to_be(word: str) -> None:
    finding = one("shared_beyond_need", case(told("T", "S"), permissions=permitted(word)))
    assert finding.rows == ("e2",)
    assert finding.concerns == ("c1",)
    assert word.replace("_", " ") in finding.statement


@pytest.mark.parametrize("word", ["required", "permitted", "unknown"])
def test_what_might_be_passed_was_not_beyond_need(word: str) -> None:
    assert not found("shared_beyond_need", case(told("T", "S"), permissions=permitted(word)))
    assert not found("shared_beyond_need", case(told("T", "S")))  # no permissions coded


def test_consent_is_mentioned() -> None:
    agreed = case(told("T", "S", consent="given"), permissions=permitted("not_needed"))
    assert "consent is recorded" in one("shared_beyond_need", agreed).statement
