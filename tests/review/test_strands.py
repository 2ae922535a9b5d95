"""Strands inside one agency and only bridges fire on a small case, and not on their twins."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import safetynet as sn
from tests.review.builder import Line, found, made, met, observed, one, row, told

PEOPLE = "S@council V@council W@council T@school"
TWO = (
    observed("S", "c1", date="2024-01-01"), told("S", "T", "c1", date="2024-01-10"),
    observed("V", "c2", date="2024-01-05"), row("agreed", "V", "c2", date="2024-01-20"),
)  # fmt: skip


def case(*rows: Line, people: str = PEOPLE, concerns: str = "c1:3 c2:4", **more: Any) -> sn.Case:
    return made(people, rows, concerns, **more)


# strands_apart


def test_two_of_one_agency_at_work_on_the_same_days_without_contact() -> None:
    finding = one("strands_apart", case(*TWO), at="2024-01-31")
    assert finding.people == ("S", "V")
    assert finding.agencies == ("council",)
    assert finding.concerns == ("c1", "c2")
    assert finding.days == 5  # both between 5 and 10 January
    assert finding.severity == 6  # twice the lesser of 3 and 4
    assert "between 2024-01-05 and 2024-01-10" in finding.statement


@pytest.mark.parametrize(
    "rows",
    [
        (*TWO, met("S;V", "", date="2024-01-25")),  # they met
        (*TWO, told("S", "W", "", date="2024-01-06"), told("W", "V", "", date="2024-01-07")),  # by a colleague
        (*TWO, told("T", "S;V", "", date="2024-01-12")),  # one row names both
        (*TWO, told("S", "V", "", date="2024-01/2024-03")),  # perhaps in contact by then
        (TWO[0], *TWO[2:]),  # S on one day only, before V
        (TWO[0], TWO[1], observed("V", "c1", date="2024-01-05")),  # the same worry
    ],
)
def test_strands_that_met_or_worked_apart_in_time_are_not_found(rows: tuple[Line, ...]) -> None:
    assert not found("strands_apart", case(*rows), at="2024-01-31")


def test_somebody_whom_only_lost_messages_name_makes_no_strand_of_their_own() -> None:
    rows = (
        observed("S", "c1", date="2024-01-01"), observed("V", "c2", date="2024-01-01"),
        told("S", "W", "c1", channel="fax", received="no", date="2024-01-02"),
        told("V", "T", "c2", date="2024-01-03"), told("S", "T", "c1", date="2024-01-03"),
    )  # fmt: skip
    finding = one("strands_apart", case(*rows), at="2024-01-31")
    assert finding.people == ("S", "V", "W")  # W is named with S, and no row certainly shows W at work
    assert finding.days == 2  # both from 1 to 3 January


def test_somebody_to_whom_only_a_lost_fax_was_sent_is_not_certainly_at_work() -> None:
    rows = (observed("A", "c1"), observed("A2", "c2"),
            told("A", "A3", "c1", channel="fax", received="no"), told("A2", "B", "c2"))  # fmt: skip
    finding = one("strands_apart", case(*rows, people="A@x A2@x A3@x B@y"), at="2024-01-31")
    assert finding.people == ("A", "A2", "A3")
    assert finding.days == 1  # A on 1 to 3 January, A2 on 2 to 4 January


def test_two_teams_of_social_care_in_one_area_count_as_one_body() -> None:
    people = "S@intake V@long T@school"

    def teams(area: str) -> pd.DataFrame:
        return pd.DataFrame([
            {"id": "intake", "name": "Intake", "sector": "social_care", "area": "North"},
            {"id": "long", "name": "Long term", "sector": "social_care", "area": area},
            {"id": "school", "name": "School", "sector": "education", "area": "North"},
        ])  # fmt: skip

    near, far = (case(*TWO, people=people, agencies=teams(area)) for area in ("North", "South"))
    assert one("strands_apart", near, at="2024-01-31").people == ("S", "V")
    assert not found("strands_apart", far, at="2024-01-31")


# only_bridge

CHAIN = "A@a B@b C@c D@d E@e"
LINKS = tuple(told(a, b, "", date="2024-01-10") for a, b in ("AB", "BC", "CD", "DE"))


def test_the_one_person_through_whom_all_contact_goes() -> None:
    rows = (observed("A", "c1"), observed("E", "c2"), *LINKS)
    finding = one("only_bridge", case(*rows, people=CHAIN), at="2024-01-31")
    assert "goes through C" in finding.statement  # B and D cut off one alone
    assert finding.severity == 3  # the lesser of 3 and 4
    assert finding.rows == ("e4", "e5")


@pytest.mark.parametrize(
    "rows",
    [
        (observed("A", "c1"), observed("E", "c2"), *LINKS, told("A", "E", "", date="2024-01-12")),  # a second way
        (observed("A", "c1"), *LINKS),  # nothing on the other side
        (observed("A", "c1"), observed("E", "c2"), *LINKS[:2]),  # each part would be one alone
    ],
)
def test_a_bridge_with_a_way_round_or_nothing_on_one_side_is_not_found(rows: tuple[Line, ...]) -> None:
    assert not found("only_bridge", case(*rows, people=CHAIN), at="2024-01-31")
