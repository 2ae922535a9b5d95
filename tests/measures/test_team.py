from __future__ import annotations

from typing import Any

import pytest

import safetynet as sn
from safetynet.measures.team import team_around_child
from tests.builder import nobody
from tests.measures.four import day, four


def team(case: sn.Case, at: str) -> dict[str, dict[str, Any]]:
    return {line["aspect"]: line for line in team_around_child(case, at).to_dict("records")}


LED = "A1@a lead_from=1 lead_to=10 A2@a B1@b lead_from=11 C1@c D1 M:family N:support"


def test_the_leads_share_of_the_familys_contacts() -> None:
    case = four(
        "1 told A1>M c1 phone",  # the lead
        "2 told C1>K c1 visit",  # another
        "3 told M>b c1 letter",  # a desk
        "4 met A1;C1;M",  # the lead among others
        "5 told B1>M c1 phone",  # not yet the lead
        "12 told A1>M c1 phone",  # not the lead any more
        "13 told B1>M c1 phone",  # the lead
        "14 told B1>M c1 letter received=no",  # did not arrive
        "15 told M>N c1 phone",  # among themselves
        "16 told B1>N c1 phone",  # support, not family
        people=LED,
    )
    line = team(case, day(20))["single point of contact"]
    assert line["value"] == pytest.approx(3 / 7)  # 1, 4, 13 of 1, 2, 3, 4, 5, 12, 13
    assert line["rows"] == ("e1", "e2", "e3", "e4", "e5", "e6", "e7")
    assert line["reason"] == ""


def test_without_a_lead_or_without_contacts_it_is_not_defined() -> None:
    assert team(four("1 told A1>M c1 phone"), day(1))["single point of contact"]["reason"] == (
        "nobody is recorded as the lead professional"
    )
    none = team(four("1 observed A1 c1", people=LED), day(1))["single point of contact"]
    assert none["reason"] == none["said"] == "no contact with the family is on record"


def test_meetings_and_their_gaps() -> None:
    case = four("1 met A1;B1;M", "4 met A1;B1", "14 met A1;B1;K", "18 met A1;B1")
    lines = team(case, day(30))
    assert lines["family present"]["value"] == 0.5
    assert lines["between meetings"]["value"] == 4  # 3, 10, 4
    assert lines["longest gap between meetings"]["value"] == 10
    assert lines["longest gap between meetings"]["rows"] == ("e2", "e3")
    assert lines["since the last meeting"]["value"] == 12


def test_a_strategy_discussion_is_no_planning_meeting() -> None:
    case = four("1 met A1;B1 - review", "3 met A1;B1 - strategy", "9 met A1;B1")
    lines = team(case, day(9))
    assert lines["between meetings"]["value"] == 8
    assert lines["family present"]["value"] == 0


def test_who_of_the_family_is_in_the_room_is_present() -> None:
    case = four("1 met A1;B1 present=M", "3 met A1;B1")
    assert team(case, day(9))["family present"]["value"] == 0.5


def test_a_plan_with_named_owners() -> None:
    case = four("1 agreed A1 c1 due=9", "1 agreed b c1 due=9", "1 agreed - c1", "1 agreed B1;b c1")
    lines = team(case, day(2))
    assert lines["named owners"]["value"] == 0.5  # A1; B1
    assert lines["planned"]["value"] == 0.5  # the first two


def test_nothing_on_record_is_not_defined_and_says_why() -> None:
    table = team_around_child(nobody())
    assert table["value"].isna().all()
    assert (table["reason"] != "").all()
    assert table["rows"].tolist() == [()] * 7


def test_one_meeting_has_no_gap_but_days_since() -> None:
    lines = team(four("1 met A1;B1"), day(5))
    assert lines["between meetings"]["reason"] == "fewer than two planning meetings are on record"
    assert lines["since the last meeting"]["value"] == 4
