"""Warnings that nothing followed fire on a small case, and not on its twins."""

from __future__ import annotations

from typing import Any

import pytest

import safetynet as sn
from tests.review.builder import Line, asked, found, made, met, observed, one, row, told

PEOPLE = "S@council V@council T@school N:support M:family"
WARNED = told("N", "S", date="2024-01-02")


def case(*rows: Line, concerns: str = "c1:3 c2:2", **more: Any) -> sn.Case:
    return made(PEOPLE, rows, concerns, **more)


def test_a_neighbours_call_that_nothing_followed() -> None:
    finding = one("warning_not_followed", case(WARNED), at="2024-02-29")
    assert finding.rows == ("e1",)
    assert finding.people == ("N", "S")
    assert finding.agencies == ("council",)
    assert finding.days == 58  # 2 January to 29 February


def test_two_calls_of_one_person_are_one_finding() -> None:
    again = asked("N", "T", "c2", date="2024-01-05")
    finding = one("warning_not_followed", case(WARNED, again), at="2024-02-29")
    assert finding.rows == ("e1", "e2")
    assert finding.concerns == ("c1", "c2")
    assert "in the 55 days after each" in finding.statement  # 5 January to 29 February


DUE = row("agreed", "V", "c1", date="2024-01-03", id="act")


@pytest.mark.parametrize(
    "rows",
    [
        (WARNED, told("V", "K", "", date="2024-02-13")),  # seen on the 42nd day
        (WARNED, met("V;K;M", "", date="2024-01-20")),
        (WARNED, observed("V", "c2", date="2024-01-20")),  # something seen of the child (neglect)
        (WARNED, told("S", "T", date="2024-01-05"), told("K", "T", "", date="2024-01-20")),  # T was told, and saw
        (WARNED, {**DUE, "due": "2024-03-01"}),  # still in time
        (WARNED, {**DUE, "due": "2024-01-10"}, row("done", "V", ref="act", date="2024-01-20")),  # done
        ({**WARNED, "received": "no"},),  # did not arrive: told elsewhere
        (told("S", "T", date="2024-01-02"),),  # from a professional
        (told("N", "M", date="2024-01-02"),),  # to the family
        (told("N", "S", "", date="2024-01-02"),),  # no worry
    ],
)
def test_a_warning_that_was_followed_or_is_none(rows: tuple[Line, ...]) -> None:
    assert not found("warning_not_followed", case(*rows), at="2024-02-29")


@pytest.mark.parametrize(
    "rows",
    [
        (WARNED, told("V", "K", "", date="2024-02-14")),  # on the 43rd day
        (WARNED, told("T", "K", "", date="2024-01-20")),  # seen by an agency that had no word of it
        (WARNED, {**DUE, "due": "2024-01-10"}),  # never done
        (WARNED, DUE),  # undated: 28 days
        (WARNED, {**DUE, "who": "", "due": "2024-03-01"}),  # nobody took it
        (WARNED, {**DUE, "concerns": "c2", "due": "2024-03-01"}),  # for another worry
    ],
)
def test_what_comes_too_late_or_from_elsewhere_does_not_follow_a_warning(rows: tuple[Line, ...]) -> None:
    assert one("warning_not_followed", case(*rows), at="2024-02-29").rows == ("e1",)


def test_a_view_of_the_school_register_is_no_sight_of_the_child() -> None:
    read = observed("V", "c2", date="2024-01-20")
    school = case(WARNED, read, concerns_more={"c2": {"category": "school"}})
    assert one("warning_not_followed", school, at="2024-02-29").rows == ("e1",)


def test_two_weeks_are_too_few_to_say() -> None:
    assert not found("warning_not_followed", case(WARNED), at="2024-01-15")  # 13 days
    assert "in the 14 days after" in one("warning_not_followed", case(WARNED), at="2024-01-16").statement
