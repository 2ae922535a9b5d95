from __future__ import annotations

from typing import Any

import pytest

import safetynet as sn
from safetynet.measures.practice import practice_profile
from tests import builder
from tests.builder import nobody
from tests.measures.four import day, four


def item(case: sn.Case, number: int, at: str, rules: sn.Rules | None = None) -> dict[str, Any]:
    return dict(practice_profile(case, at, rules=rules).iloc[number - 1])


def share(case: sn.Case, number: int, at: str) -> tuple[float, float, str]:
    line = item(case, number, at)
    return line["part"], line["whole"], line["mark"]


def test_there_are_ten_items_and_two_are_for_a_coder_alone() -> None:
    profile = practice_profile(nobody())
    assert profile["item"].tolist() == list(range(1, 11))
    assert [profile["mark"][place] for place in (2, 4)] == ["a coder's rating only"] * 2
    assert set(profile["mark"]) - {"a coder's rating only"} == {"not enough record"}
    assert profile["share"].isna().all()


def test_the_words_ideal_developmental_and_unacceptable_are_a_coders_alone() -> None:
    case = four("1 met A1;B1;K", ratings="x 3 ideal\ny 3 developmental\nx 10 unacceptable")
    assert item(case, 3, day(1))["ratings"] == (("x", "ideal"), ("y", "developmental"))
    assert item(case, 10, day(1))["ratings"] == (("x", "unacceptable"),)
    assert item(case, 10, day(1))["mark"] == "first mark"
    assert item(case, 1, day(1))["ratings"] == ()
    assert not {"ideal", "developmental", "unacceptable"} & set(practice_profile(case)["mark"])


# 1 natural supports ---------------------------------------------------------------------------------------------


def test_item_1_natural_supports_in_planning_meetings() -> None:
    both = ["1 met A1;B1;N", "2 met A1;B1", "3 met A1;N"]  # the last is no planning meeting
    assert share(four(*both), 1, day(3)) == (1, 2, "first mark")  # from one half
    assert share(four(*both, "3 met A1;C1"), 1, day(3)) == (1, 3, "second mark")
    assert share(four(*both[1:]), 1, day(3)) == (0, 1, "neither")
    assert item(four(*both), 1, day(3))["rows"] == ("e1", "e2")


def test_item_1_without_any_support_on_record_is_not_enough_record() -> None:
    assert item(four("1 met A1;B1", people="A1@a B1@b M:family"), 1, day(1))["mark"] == "not enough record"


# 2 shared with the family ---------------------------------------------------------------------------------------


def test_item_2_severity_that_rows_pass_to_or_from_the_family() -> None:
    case = four("1 observed A1 c1;c2;c3", "2 told A1>M c1 letter", "3 told M>a c3 phone")
    assert share(case, 2, day(2)) == (3, 9, "second mark")
    assert share(case, 2, day(3)) == (5, 9, "second mark")
    assert item(case, 2, day(3))["rows"] == ("e2", "e3")


def test_item_2_is_ideal_from_two_thirds() -> None:
    case = four("1 observed A1 c1;c2;c3", "2 met A1;M c2;c3")
    assert share(case, 2, day(2)) == (6, 9, "first mark")


@pytest.mark.parametrize(
    "no_sharing",
    [
        "2 told A1>M c1 letter received=no",
        "2 told A1>N c1 phone",  # natural support is not parents and carers
        "2 told A1>K c1 phone",
        "2 told M>N c1 phone",  # among themselves
        "2 told A1>B1;M ok phone",  # no worry
        "2 observed M c1",
        "2 agreed M c1",
    ],
)
def test_item_2_does_not_count_other_rows(no_sharing: str) -> None:
    assert share(four("1 observed A1 c1", no_sharing), 2, day(2)) == (0, 3, "neither")


def test_item_2_leaves_out_a_carer_whom_the_worry_is_about() -> None:
    people, worries = "A1@a K:child M:family F:family", "c1:3 about=M c2:4 about=K;M c3:2"
    told_her = builder.case(people, worries, "1 observed A1 c1;c2;c3", "2 told A1>M c1;c2;c3 phone")
    assert share(told_her, 2, day(2)) == (2, 9, "second mark")  # c3 of 2; c1 and c2 are about M
    told_both = builder.case(people, worries, "1 observed A1 c1", "2 met A1;M;F c1")
    assert share(told_both, 2, day(2)) == (3, 3, "first mark")  # F heard it as well


def test_item_2_who_is_in_the_room_hears_it_and_an_answer_passes_nothing() -> None:
    assert share(four("1 observed A1 c1", "2 told A1>B1 c1 phone present=M"), 2, day(2)) == (3, 3, "first mark")
    # the child tells both, and nothing goes between A1 and M
    assert share(four("1 observed A1 c1", "2 told K>A1;M c1 phone"), 2, day(2)) == (0, 3, "neither")


def test_item_2_counts_the_family_seeing_it_together_with_a_professional() -> None:
    assert share(four("1 observed A1;M c1"), 2, day(1)) == (3, 3, "first mark")


# 4 regular communication ----------------------------------------------------------------------------------------


def test_item_4_months_with_two_agencies_in_which_a_contact_joins_two() -> None:
    case = four(
        "5 observed A1 c1",
        "02-20 observed B1 c2",  # two agencies from February on
        "02-25 told A1>A2 c1 phone",  # within one agency
        "03-03 told A1>B1 c1 phone",
        "04-03 told A1>B1 c1 fax received=no",
        "05-03 told A1>e c1 fax",  # another agency's desk
    )
    assert share(case, 4, "2024-01-31")[1] == 0
    assert share(case, 4, "2024-02-29") == (0, 1, "neither")
    assert share(case, 4, "2024-03-31") == (1, 2, "second mark")
    assert share(case, 4, "2024-05-31") == (2, 4, "second mark")  # March, May of February to May
    assert item(case, 4, "2024-05-31")["rows"] == ("e4", "e6")


def test_item_4_ends_when_only_one_agency_is_left() -> None:
    case = four("5 told A1>B1 c1 phone", "02-10 closed B1", "05-01 observed A1 c1")
    assert share(case, 4, "2024-05-31") == (1, 1, "first mark")  # a month counts by who is involved on its last day
    assert share(case, 4, "2024-02-09") == (1, 2, "second mark")  # or on the day asked for
    assert item(case, 4, "2024-01-31")["mark"] == "first mark"


def test_item_4_is_about_agencies_so_who_works_for_none_is_not_counted() -> None:
    case = four("5 told A1>D1 c1 phone", "6 told D1>B1 c1 phone", "02-10 closed B1")
    assert share(case, 4, "2024-01-31") == (0, 1, "neither")
    assert share(case, 4, "2024-02-29") == (0, 1, "neither")


# 6 differences --------------------------------------------------------------------------------------------------


def test_item_6_differences_settled() -> None:
    differ = "1 disagreed A1>B1 c1", "2 disagreed A1>C1 c1"
    case = four(*differ, "5 done A1 ref=e1", "6 done A1 ref=e2 outcome=attempted", "8 done A1 ref=e2")
    assert share(case, 6, day(4)) == (0, 2, "neither")
    assert share(case, 6, day(5)) == (1, 2, "second mark")
    assert share(case, 6, day(6)) == (2, 2, "first mark")
    assert item(case, 6, day(8))["rows"] == ("e1", "e2", "e3", "e4")  # the first that refers to it, whatever came of it


@pytest.mark.parametrize("outcome", ["", "completed", "partly", "attempted", "refused"])
def test_item_6_any_done_row_settles_a_difference(outcome: str) -> None:
    case = four("1 disagreed A1>B1 c1", f"2 done A1 ref=e1 outcome={outcome}")
    assert share(case, 6, day(2)) == (1, 1, "first mark")


# 7 partners at meetings -----------------------------------------------------------------------------------------


def test_item_7_places_of_involved_agencies_at_planning_meetings() -> None:
    seen = [f"1 observed {one} c1" for one in ("A1", "B1", "C1", "D1")]
    case = four(*seen, "2 met A1;A2;B1", "3 met A1;B1;D1;e present=C1")
    assert share(case, 7, day(2)) == (2, 3, "second mark")  # D1 works for no agency
    assert share(case, 7, day(3)) == (5, 6, "first mark")  # nobody of e is involved; C1 was there


def test_a_strategy_discussion_is_no_planning_meeting() -> None:
    others = ["strategy", "legal", "supervision", "professionals", "handover", "court", "interview", "visit", "clinic"]
    planning = ["", "conference", "review", "core_group", "care_team", "tac", "family_meeting", "planning", "picnic"]
    case = four(*(f"2 met A1;B1;M;N - {channel}" for channel in (*others, *planning)))
    for number in (1, 7, 10):
        part, whole, _ = share(case, number, day(2))
        assert part == whole == len(planning) * (2 if number == 7 else 1)


def test_who_was_in_the_room_and_took_no_part_is_not_at_the_table() -> None:
    case = four("2 met A1;B1 present=M;N;K")
    assert share(case, 1, day(2)) == share(case, 10, day(2)) == (0, 1, "neither")


# 8 follow-up ----------------------------------------------------------------------------------------------------


def test_item_8_actions_now_due_completed_in_time_or_at_all() -> None:
    actions = "1 agreed A1 c1 due=5", "1 agreed A1 c1 due=6", "1 agreed A1 c1 due=20", "1 agreed A1 c1"
    case = four(*actions, "5 done A1 ref=e1", "9 done A1 ref=e2", "9 done A1 ref=e3")
    assert share(case, 8, day(4))[2] == "not enough record"
    assert share(case, 8, day(5)) == (1, 1, "first mark")
    assert share(case, 8, day(6)) == (1, 2, "second mark")  # one half completed at all
    assert share(case, 8, day(9)) == (1, 2, "second mark")
    assert item(case, 8, day(9))["share_at_all"] == 1
    assert item(case, 8, day(9))["rows"] == ("e1", "e2", "e5", "e6")


def test_item_8_late_ones_alone_are_unacceptable_below_one_half() -> None:
    case = four(*["1 agreed A1 c1 due=5"] * 3, "9 done A1 ref=e1")
    assert share(case, 8, day(9)) == (0, 3, "neither")


# 9 closure ------------------------------------------------------------------------------------------------------


def test_item_9_closures_of_which_a_partner_was_told() -> None:
    closed = "5 closed A1>B1", "6 closed B1>M"
    case = four("1 observed A1;B1;C1;D1 c1", *closed, "9 told B1>C1 c1 phone ref=e3")
    assert share(case, 9, day(5)) == (1, 1, "first mark")
    assert share(case, 9, day(6)) == (1, 2, "second mark")
    assert item(case, 9, day(8))["share_at_all"] == 0.5
    assert item(case, 9, day(9))["share_at_all"] == 1


# 10 family at the table -----------------------------------------------------------------------------------------


def test_item_10_child_or_family_at_planning_meetings() -> None:
    meetings = ["1 met A1;B1;K", "2 met A1;B1;M", "3 met A1;B1;M;K", "4 met A1;B1;N"]
    case = four(*meetings)
    assert share(case, 10, day(4)) == (3, 4, "first mark")
    assert share(four(*meetings, "5 met A1;B1"), 10, day(5)) == (3, 5, "second mark")
    assert share(four(meetings[3]), 10, day(4)) == (0, 1, "neither")


# marks ----------------------------------------------------------------------------------------------------------


def test_the_marks_are_the_rules() -> None:
    case = four("1 met A1;B1;K", "2 met A1;B1")
    assert item(case, 10, day(2))["mark"] == "second mark"
    assert item(case, 10, day(2), sn.Rules(marks={10: (0.5, 0.0)}))["mark"] == "first mark"
    assert item(case, 10, day(2), sn.Rules(marks={10: (0.9, 0.6)}))["mark"] == "neither"


def test_max_is_as_counted() -> None:
    profile = practice_profile(sn.load_case("max")).set_index("item")
    # 6: N01 of N01; 8: A01, A02, A05 in time of six; 9: nine of nine; 10: mother at M03, M05, M06 of six
    assert profile.loc[[6, 8, 9, 10], "part"].tolist() == [1, 3, 9, 3]
    assert profile.loc[[6, 8, 9, 10], "whole"].tolist() == [1, 6, 9, 6]
    assert profile.loc[8, "share_at_all"] == 1
    assert profile.loc[[6, 8, 9, 10], "mark"].tolist() == ["first mark", "second mark", "first mark", "second mark"]
