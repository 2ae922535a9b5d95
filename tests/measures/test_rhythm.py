from __future__ import annotations

import pandas as pd

import safetynet as sn
from safetynet.measures.rhythm import meeting_rhythm, planning_meetings
from safetynet.record.snapshot import snapshot
from tests.builder import nobody
from tests.measures.four import day, days, four


def test_a_planning_meeting_has_two_or_more_professionals() -> None:
    case = four("1 met A1;M;K", "2 met A1;b", "3 met A1;B1", "4 observed A1;B1 c1")
    assert [row.id for row in planning_meetings(snapshot(case, day(4)))] == ["e3"]


def test_the_days_between_and_the_longest_gap() -> None:
    case = four("1 observed C1 c1", "2 met A1;B1", "9 met A1;A2;C1;M", "12 met A1;D1")
    table = meeting_rhythm(case, day(16))
    assert table["row"].tolist() == ["e2", "e3", "e4", ""]
    assert days(table["date"]) == [day(n) for n in (2, 9, 12, 16)]
    assert table["days"].tolist() == [pd.NA, 7, 3, 4]
    assert table["is_longest"].tolist() == [False, True, False, False]
    assert table["agencies"].tolist() == [("a", "b"), ("a", "c"), ("a",), ()]  # D1 works for no agency
    assert table["not_there"].tolist() == [("c",), ("b",), ("b", "c"), ()]
    assert table["with_family"].tolist() == [False, True, False, False]
    assert table["rows"].tolist() == [("e2",), ("e2", "e3"), ("e3", "e4"), ("e4",)]


def test_the_gap_that_is_still_open_may_be_the_longest() -> None:
    table = meeting_rhythm(four("2 met A1;B1", "9 met A1;B1"), day(20))
    assert table["is_longest"].tolist() == [False, False, True]


def test_without_a_planning_meeting_there_is_no_line() -> None:
    assert meeting_rhythm(nobody()).empty


def test_max_met_six_times_and_not_for_112_days_once() -> None:
    table = meeting_rhythm(sn.load_case("max"))
    # 18 January, 13 February, 1 March, 21 June, 20 September, 13 December; asked for the 15th
    assert table["days"].tolist() == [pd.NA, 26, 16, 112, 91, 84, 2]
