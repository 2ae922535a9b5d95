from __future__ import annotations

import math

import safetynet as sn
from safetynet.measures.lead import days_without_lead, lead_professional
from tests.measures.hand import day, days, hand, saw, told
from tests.measures.made import nobody

LED = {
    "A1": {"lead_from": day(3), "lead_to": day(6)},
    "B1": {"lead_from": day(6), "lead_to": day(9)},
    "C1": {"lead_from": day(12), "lead_to": ""},
}


def test_spells_and_gaps_follow_each_other_without_a_break() -> None:
    case = hand(saw("1", "A1"), told("4", "A1", "B1"), saw("10", "C1"), people=LED)
    table = lead_professional(case, day(14))
    assert table["people"].tolist() == [(), ("A1",), ("A1", "B1"), ("B1",), (), ("C1",)]
    assert days(table["start"]) == [day(n) for n in (1, 3, 6, 7, 10, 12)]
    assert days(table["end"]) == [day(n) for n in (2, 5, 6, 9, 11, 14)]
    assert table["days"].tolist() == [2, 3, 1, 3, 2, 3]
    assert table["rows"].tolist() == [("r1",), ("r2",), (), (), ("r3",), ()]
    assert table["contacts"].tolist() == [0, 1, 0, 0, 0, 0]


def test_the_days_without_a_lead_add_up() -> None:
    case = hand(saw("1", "A1"), people=LED)
    score = days_without_lead(case, day(14))
    assert score.value == 4  # 1, 2, 10, 11
    assert score.rows == ("r1",)
    assert "on 4 of 14 days, in 2 gaps" in score.explain()
    assert "2 times" in score.explain()  # to B1, to C1


def test_a_lead_of_the_whole_period_leaves_no_day() -> None:
    case = hand(saw("1", "A1"), people={"A1": {"lead_from": "2020"}})
    assert days_without_lead(case, day(30)).value == 0
    assert lead_professional(case, day(30))["people"].tolist() == [("A1",)]


def test_without_any_lead_on_record_it_is_not_defined_and_the_gap_is_shown() -> None:
    case = hand(saw("1", "A1"))
    assert math.isnan(days_without_lead(case, day(9)).value)
    assert days_without_lead(case, day(9)).reason == "nobody is recorded as the lead professional"
    assert lead_professional(case, day(9))["state"].tolist() == ["no lead on record"]


def test_before_the_first_row_there_is_nothing() -> None:
    assert days_without_lead(nobody()).reason == "nothing is on record"
    assert lead_professional(nobody()).empty


def test_reuben_had_no_lead_in_the_first_days_of_may() -> None:
    # the earlier practitioner to April (its last day), the new one from 6 May
    assert days_without_lead(sn.load_case("reuben")).value == 5
    assert days_without_lead(sn.load_case("max")).value == 2  # 9 and 10 January
