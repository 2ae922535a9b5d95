"""What people could leave a worry to: whom they see around the child, and assumptions that stand."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.leaving import seen_around, standing_assumptions
from safetynet.record.snapshot import snapshot
from tests.measures.four import day, four
from tests.measures.test_actions import KNOWN


def seen(case: sn.Case, person: str, at: str, rules: sn.Rules | None = None) -> tuple[str, ...]:
    return seen_around(snapshot(case, at, rules), person)


def leaving(case: sn.Case, person: str, at: str, worry: str = "c1") -> tuple[str, ...]:
    return tuple(row.id for row in standing_assumptions(snapshot(case, at), person, worry))


# whom somebody sees -------------------------------------------------------------------------------------------


def test_co_recipients_are_seen_and_a_letter_that_did_not_arrive_is_seen_by_its_sender_only() -> None:
    case = four("1 told A1>B1;C1 c1 letter", "2 told D1>A2 c1 fax received=no")
    assert seen(case, "B1", day(2)) == ("A1", "C1")
    assert seen(case, "D1", day(2)) == ("A2",)
    assert seen(case, "A2", day(2)) == ()


def test_what_is_read_later_is_seen_by_the_reader_on_that_day() -> None:
    case = four("1 told A1>B1 c1 letter received_on=5")
    assert (seen(case, "A1", day(1)), seen(case, "B1", day(4)), seen(case, "B1", day(5))) == (("B1",), (), ("A1",))


def test_paper_that_nobody_confirms_is_seen_by_its_sender_alone_where_the_rules_say_so() -> None:
    case, strict = four("1 told A1>B1;C1 c1 letter"), sn.Rules(unconfirmed="does_not_count")
    assert seen(case, "B1", day(2), strict) == ()
    assert seen(case, "A1", day(2), strict) == ("B1", "C1")


def test_an_agency_is_seen_unless_one_of_its_people_is_or_it_is_ones_own() -> None:
    assert seen(four("1 told A1>b;a;e c1 fax"), "A1", day(1)) == ("b", "e")
    assert seen(four("1 told A1>b;B1 c1 fax"), "A1", day(1)) == ("b", "B1")[1:]


def test_those_whose_involvement_one_was_told_of_are_seen_and_family_and_absentees_are_not() -> None:
    case = four("1 opened B1>A1", "2 met A1;M;K;N absent=C1", "3 observed A1;D1 c1")
    assert seen(case, "A1", day(3)) == ("B1", "D1")
    assert seen(case, "B1", day(3)) == ("A1",)  # who told of it knows whom they told


def test_who_closed_is_not_seen_by_the_row_that_says_so_and_their_hearers_are() -> None:
    case = four("1 closed B1>A1;C1")
    assert seen(case, "A1", day(1)) == ("C1",)
    assert seen(case, "B1", day(1)) == ("A1", "C1")


def test_whoever_was_present_sees_the_others_and_is_seen() -> None:
    case = four("1 told A1>M c1 visit present=B1")
    assert seen(case, "A1", day(1)) == ("B1",)
    assert seen(case, "B1", day(1)) == ("A1",)


def test_whom_one_assumes_to_act_is_seen_and_what_is_believed_of_somebody_shows_nobody() -> None:
    case = four("1 assumed A1>B1 c2", "1 believed A1>C1 c2")
    assert seen(case, "A1", day(1)) == ("B1",)
    assert seen(case, "B1", day(1)) == ()


# standing assumptions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        "3 told A1>C1 c1 phone",
        "3 asked A1>C1 c1 fax",
        "3 met A1;C1 c1",
        "3 disagreed A1>C1 c1 phone",
        "3 decided A1 c1 outcome=same",
        "3 agreed A1 c1",
        "3 opened A1 c1",
    ],
)
def test_acting_on_it_later_takes_an_assumption_back(act: str) -> None:
    case = four(KNOWN, "2 assumed A1>B1 c1", act)
    assert leaving(case, "A1", day(2)) == ("e2",)
    assert leaving(case, "A1", day(3)) == ()


@pytest.mark.parametrize(
    "row",
    [
        "2 told A1>C1 c1 phone",  # the same day
        "3 told C1>A1 c1 phone",  # hearing of it again
        "3 told A1>C1 c2 phone",  # something else
        "3 declined A1>C1 c1 phone",
        "3 observed A1 c1",
        "3 withheld A1>C1 c1",
    ],
)
def test_other_rows_leave_an_assumption_standing(row: str) -> None:
    assert leaving(four(KNOWN, "2 assumed A1>B1 c1", row), "A1", day(3)) == ("e2",)


def test_what_was_believed_of_somebody_leaves_nothing_to_them() -> None:
    assert leaving(four(KNOWN, "2 believed A1>B1 c1"), "A1", day(3)) == ()


def test_an_assumption_without_a_concern_is_about_what_its_holder_had_on_record_by_then() -> None:
    case = four(KNOWN, "2 assumed A1>B1", "3 told A1>B1 c2 phone")
    assert leaving(case, "A1", day(3)) == ("e2",)
    assert leaving(case, "A1", day(3), "c2") == ()
