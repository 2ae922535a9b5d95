from __future__ import annotations

from typing import Any

import pytest

import safetynet as sn
from safetynet.measures.team import team_around_child
from tests.measures.hand import agreed, day, hand, met, saw, told
from tests.measures.made import nobody


def team(case: sn.Case, at: str) -> dict[str, dict[str, Any]]:
    return {line["aspect"]: line for line in team_around_child(case, at).to_dict("records")}


LED = {"A1": {"lead_from": day(1), "lead_to": day(10)}, "B1": {"lead_from": day(11)}}


def test_the_leads_share_of_the_familys_contacts() -> None:
    case = hand(
        told("1", "A1", "M"),  # the lead
        told("2", "C1", "K", channel="visit"),  # another
        told("3", "M", "b", channel="letter"),  # a desk
        met("4", "A1;C1;M"),  # the lead among others
        told("5", "B1", "M"),  # not yet the lead
        told("12", "A1", "M"),  # not the lead any more
        told("13", "B1", "M"),  # the lead
        told("14", "B1", "M", channel="letter", received="no"),  # did not arrive
        told("15", "M", "N"),  # among themselves
        told("16", "B1", "N"),  # support, not family
        people=LED,
    )
    line = team(case, day(20))["single point of contact"]
    assert line["value"] == pytest.approx(3 / 7)  # 1, 4, 13 of 1, 2, 3, 4, 5, 12, 13
    assert line["rows"] == ("r1", "r2", "r3", "r4", "r5", "r6", "r7")
    assert line["reason"] == ""


def test_without_a_lead_or_without_contacts_it_is_not_defined() -> None:
    assert team(hand(told("1", "A1", "M")), day(1))["single point of contact"]["reason"] == (
        "nobody is recorded as the lead professional"
    )
    none = team(hand(saw("1", "A1"), people=LED), day(1))["single point of contact"]
    assert none["reason"] == none["said"] == "no contact with the family is on record"


def test_meetings_and_their_gaps() -> None:
    case = hand(met("1", "A1;B1;M"), met("4", "A1;B1"), met("14", "A1;B1;K"), met("18", "A1;B1"))
    lines = team(case, day(30))
    assert lines["family present"]["value"] == 0.5
    assert lines["between meetings"]["value"] == 4  # 3, 10, 4
    assert lines["longest gap between meetings"]["value"] == 10
    assert lines["longest gap between meetings"]["rows"] == ("r2", "r3")
    assert lines["since the last meeting"]["value"] == 12


def test_a_strategy_discussion_is_no_planning_meeting() -> None:
    case = hand(met("1", "A1;B1", channel="review"), met("3", "A1;B1", channel="strategy"), met("9", "A1;B1"))
    lines = team(case, day(9))
    assert lines["between meetings"]["value"] == 8
    assert lines["family present"]["value"] == 0


def test_who_of_the_family_is_in_the_room_is_present() -> None:
    case = hand(met("1", "A1;B1", present="M"), met("3", "A1;B1"))
    assert team(case, day(9))["family present"]["value"] == 0.5


def test_a_plan_with_named_owners() -> None:
    case = hand(agreed("1", "A1", due=day(9)), agreed("1", "b", due=day(9)), agreed("1", ""), agreed("1", "B1;b"))
    lines = team(case, day(2))
    assert lines["named owners"]["value"] == 0.5  # A1; B1
    assert lines["planned"]["value"] == 0.5  # the first two


def test_nothing_on_record_is_not_defined_and_says_why() -> None:
    table = team_around_child(nobody())
    assert table["value"].isna().all()
    assert (table["reason"] != "").all()
    assert table["rows"].tolist() == [()] * 7


def test_one_meeting_has_no_gap_but_days_since() -> None:
    lines = team(hand(met("1", "A1;B1")), day(5))
    assert lines["between meetings"]["reason"] == "fewer than two planning meetings are on record"
    assert lines["since the last meeting"]["value"] == 4
