"""Each kind about missing voices fires on a small case, and not on its twin."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, told

PEOPLE = "S@council T@school M:family F:family I@interpreting"
KNOWN = (observed("S", "c1", date="2024-01-01"), told("S", "T", "c1", date="2024-01-02"),
         told("M", "S", "", date="2024-01-03"))  # fmt: skip


def case(*rows: Line, people: str = PEOPLE, concerns: str = "c1:3", **more: Any) -> sn.Case:
    return made(people, [*KNOWN, *rows], concerns, **more)


# child_never_speaks


def test_a_child_whom_no_row_shows_speaking() -> None:
    finding = one("child_never_speaks", case(told("S", "K", "", date="2024-01-05")), at="2024-01-31")
    assert finding.people == ("K",)
    assert finding.rows == ("e4",)
    assert finding.severity == 3
    assert finding.days == 30


@pytest.mark.parametrize(
    "spoke",
    [
        told("K", "S", "", date="2024-01-05"),
        met("S;K;M", "", date="2024-01-05"),
        told("K", "S", "", date="2024-01/2024-03"),  # perhaps by then
    ],
)
def test_a_child_who_said_something_or_may_have_did_speak(spoke: Line) -> None:
    assert not found("child_never_speaks", case(spoke), at="2024-01-31")


def test_a_short_record_is_too_short_to_say_that_a_child_never_spoke() -> None:
    assert not found("child_never_speaks", case(), at="2024-01-14")  # 13 days
    assert found("child_never_speaks", case(), at="2024-01-15")


def test_an_absence_of_the_child_is_mentioned() -> None:
    out = case(met("S;T", "", absent="K", date="2024-01-05"))
    assert "named as absent from a meeting on 2024-01-05" in one("child_never_speaks", out, at="2024-01-31").statement


# child_seldom_alone

WITH_MOTHER = met("S;K;M", "", date="2024-01-05")
ALONE = met("S;K", "", date="2024-01-10")


def test_a_child_never_seen_without_the_mother() -> None:
    finding = one("child_seldom_alone", case(WITH_MOTHER), at="2024-01-31")
    assert finding.people == ("K", "M")
    assert finding.statement.endswith("1 were with M there and none without them.")


def test_a_child_seen_alone_half_the_time_is_not_found() -> None:
    assert found("child_seldom_alone", case(WITH_MOTHER, WITH_MOTHER, ALONE), at="2024-01-31")  # 1 of 3
    assert not found("child_seldom_alone", case(WITH_MOTHER, ALONE), at="2024-01-31")  # 1 of 2
    assert not found("child_seldom_alone", case(), at="2024-01-31")  # never met at all: that is said elsewhere


# child_in_another_language


def french(*rows: Line, **languages: str) -> sn.Case:
    return case(*rows, people_more={who: {"language": said} for who, said in {"K": "French", **languages}.items()})


def test_a_child_whose_language_nobody_independent_spoke() -> None:
    finding = one("child_in_another_language", french(ALONE, {**WITH_MOTHER, "interpreter": "M"}), at="2024-01-31")
    assert finding.people == ("K", "M")
    assert "2 of 2 contacts" in finding.statement
    assert "in some M interpreted" in finding.statement


@pytest.mark.parametrize(
    "other",
    [
        case(ALONE),  # no language on record
        french({**ALONE, "interpreter": "I"}),  # interpreted
        french(ALONE, S="english; French"),  # the worker speaks it
    ],
)
def test_a_child_with_an_interpreter_or_a_worker_of_that_language_was_heard(other: sn.Case) -> None:
    assert not found("child_in_another_language", other, at="2024-01-31")


def test_none_is_no_interpreter() -> None:
    assert found("child_in_another_language", french({**ALONE, "interpreter": "none"}), at="2024-01-31")


# nobody_met_them


def test_somebody_of_the_family_in_no_contact() -> None:
    finding = one("nobody_met_them", case(), at="2024-01-31")
    assert finding.people == ("F",)
    assert finding.days == 30


def test_who_lives_with_the_child_is_named_first() -> None:
    home = pd.DataFrame([{"source": "N", "target": "K", "kind": "household"}])
    finding = one("nobody_met_them", case(people=f"{PEOPLE} N:support", ties=home), at="2024-01-31")
    assert finding.people == ("N", "F")
    assert "recorded as living with the child: N" in finding.statement


def test_a_visit_to_a_closed_door_is_no_contact() -> None:
    assert not found("nobody_met_them", case(told("S", "F", "", channel="visit")), at="2024-01-31")
    assert found("nobody_met_them", case(told("S", "F", "", channel="visit", received="no")), at="2024-01-31")


# family_at_no_meeting


def test_meetings_without_any_of_the_family() -> None:
    finding = one("family_at_no_meeting", case(met("S;T"), met("S;T")), at="2024-01-31")
    assert finding.rows == ("e4", "e5")
    assert "2 meetings" in finding.statement


@pytest.mark.parametrize("rows", [(), (met("S;T"), met("S;T;M")), (met("S;M"),)])
def test_a_family_at_one_meeting_or_no_meeting_at_all_is_not_found(rows: tuple[Line, ...]) -> None:
    assert not found("family_at_no_meeting", case(*rows), at="2024-01-31")


# sector_not_seen


def sectors(*rows: Line, at: str, **more: Any) -> list[str]:
    table = pd.DataFrame([
        {"id": "council", "name": "Council", "sector": "social_care"},
        {"id": "school", "name": "School", "sector": "education"},
        {"id": "interpreting", "name": "Interpreting", "sector": "health"},
    ])  # fmt: skip
    return [one.statement for one in found("sector_not_seen", case(*rows, agencies=table, **more), at=at)]


def test_education_that_fell_silent_for_twelve_weeks_is_a_question() -> None:
    health = told("I", "S", "", date="2024-03-20")
    assert sectors(health, at="2024-03-26") == []  # 84 days after 2 January
    (asked,) = sectors(health, at="2024-03-27")
    assert asked.startswith("No row shows anybody of education in the 85 days from 2024-01-02")
    assert asked.endswith("?")
    assert sectors(health, told("T", "S", "", date="2024-03-01"), at="2024-03-27") == []


def test_a_sector_in_no_row_counts_from_the_first_worry() -> None:
    stayed = told("T", "S", "", date="2024-03-20")
    (asked,) = sectors(stayed, at="2024-03-26")
    assert asked.startswith("No row shows anybody of health in the 85 days from 2024-01-01")


def test_a_school_worry_on_record_elsewhere_is_named() -> None:
    rows = (told("I", "S", "", date="2024-03-20"), observed("S", "c2", date="2024-02-01"))
    more: dict[str, Any] = {"concerns": "c1:3 c2:2", "concerns_more": {"c2": {"category": "school"}}}
    (asked,) = sectors(*rows, at="2024-03-27", **more)
    assert "c2 (c2) stood on record elsewhere" in asked


def test_without_sectors_nothing_is_asked() -> None:
    assert not found("sector_not_seen", case(), at="2024-12-31")
