"""Worries that nobody had in hand, and on how many days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.unowned import days_unowned, unowned_worries
from tests import strategies
from tests.brute import model, responsibility
from tests.builder import from_tables, nobody
from tests.measures import packaged, ruled
from tests.measures.four import day, days, four


def test_the_worked_example_counts_the_days_with_both_ends() -> None:
    case = sn.load_case("worked_example")
    # c1 from the 10th, c2 from the 15th, c3 from the 20th to the 31st
    assert [days_unowned(case, worry, "2024-01-31") for worry in ("c1", "c2", "c3")] == [22, 17, 12]


def test_a_worry_that_an_informed_owner_takes_the_same_day_is_unowned_on_no_day() -> None:
    case = four("1 observed A1 c1", "1 agreed A1 c1 due=20")
    assert days_unowned(case, "c1", day(20)) == 0
    assert days_unowned(case, "c1", day(23)) == 3  # 21, 22, 23


def test_spells_before_between_and_after_add_up() -> None:
    case = four(
        "1 observed A1 c1",
        "4 agreed A1 c1 due=6",  # owned on 4, 5, 6
        "9 agreed A1 c1 due=30",  # owned from 9
        "12 done A1 - ref=e3",  # just completed from 12
        "15 observed B1 c1",  # it came back
    )
    # 1 2 3, 7 8, 15 16 17 18
    assert days_unowned(case, "c1", day(18)) == 9
    (line,) = unowned_worries(case, day(18)).to_dict("records")
    assert (line["days_unowned"], line["spells"], str(line["unowned_since"].date())) == (9, 3, day(15))
    assert str(line["first_known"].date()) == day(1)
    assert line["rows"] == ("e1", "e2", "e3", "e4", "e5")


def test_completing_an_action_settles_it_for_four_weeks_only() -> None:
    case = four("1 observed A1 c1", "1 agreed A1 c1", "5 done A1 - ref=e2")
    assert days_unowned(case, "c1", day(33)) == 0
    assert days_unowned(case, "c1", day(35)) == 2  # 34, 35


def test_an_owner_counts_from_the_day_on_which_they_have_it_on_record() -> None:
    case = four("1 observed A1 c1", "2 agreed B1 c1 due=30", "5 told A1>B1 c1 fax received_on=8")
    assert days_unowned(case, "c1", day(10)) == 7  # 1 to 7


def test_paper_that_nobody_had_confirmed_by_a_day_informed_nobody_on_that_day_where_the_rules_say_so() -> None:
    rows = ("1 observed A1 c1", "2 agreed B1 c1 due=30", "5 told A1>B1 c1 fax", "8 told B1>C1 c1 phone")
    strict = sn.Rules(unconfirmed="does_not_count")
    assert days_unowned(four(*rows), "c1", day(10)) == 4  # 1 to 4
    assert days_unowned(four(*rows), "c1", day(10), strict) == 7  # 1 to 7: only then is it shown to have come


def test_an_owner_who_leaves_owns_it_to_that_day_and_again_when_they_come_back() -> None:
    case = four("1 observed A1 c1", "1 agreed A1 c1 due=30", "5 closed A1", "8 observed A1 c2")
    assert days_unowned(case, "c1", day(10)) == 2  # 6, 7


def test_an_owner_whose_post_ends_owns_it_to_that_day() -> None:
    case = four("1 observed A1 c1", "1 agreed A1 c1 due=30", people="A1@a end=4")
    assert days_unowned(case, "c1", day(6)) == 2  # 5, 6


def test_leaving_it_to_others_after_it_was_done_makes_it_unowned() -> None:
    case = four("1 observed A1 c1", "1 agreed A1 c1", "2 done A1 - ref=e2", "9 assumed A1>B1 c1")
    assert days_unowned(case, "c1", day(10)) == 2  # 9, 10


def test_the_days_on_which_a_worry_was_resolved_do_not_count() -> None:
    case = four("1 observed A1 c1", "8 observed B1 c1", concerns="c1 resolved=5")
    assert [days_unowned(case, "c1", day(number)) for number in (4, 6, 9)] == [4, 4, 6]  # 1 to 4, then 8 and 9
    assert unowned_worries(case, day(6)).empty
    assert unowned_worries(case, day(9))["spells"].tolist() == [2]


def test_what_only_the_family_or_a_file_has_is_not_known_and_has_no_days() -> None:
    case = four("1 observed M c1", "2 told M>a c1 letter")
    assert days_unowned(case, "c1", day(9)) == 0
    assert unowned_worries(case, day(9)).empty


def test_names_that_are_no_worry_are_refused() -> None:
    with pytest.raises(sn.UnknownNameError, match="'c9'"):
        days_unowned(four(), "c9")
    with pytest.raises(sn.ArgumentError, match="reassurance"):
        days_unowned(four(), "ok")


def test_the_gravest_come_first() -> None:
    case = four("1 observed A1 c3", "2 observed A1 c1;c2")
    table = unowned_worries(case, day(4))
    assert table["concern"].tolist() == ["c2", "c1", "c3"]
    assert table["days_unowned"].tolist() == [3, 3, 4]
    assert days(table["unowned_since"]) == [day(2), day(2), day(1)]


def test_an_empty_case_has_an_empty_table_with_its_types() -> None:
    table = unowned_worries(nobody())
    assert table.empty
    assert table.dtypes.equals(unowned_worries(four("1 observed A1 c1")).dtypes)


@pytest.mark.slow
@given(strategies.cases(), strategies.questions, ruled.some_rules)
def test_the_days_are_those_that_the_brute_force_finds_one_by_one(tables, at: dt.date, rules) -> None:
    v = ruled.view(tables, at, rules)
    case = from_tables(tables)
    span = [strategies.day(number) for number in range(-40, (at - strategies.FIRST_DAY).days + 1)]
    each = [responsibility.unowned_concerns(v.on(one)) for one in span]
    for worry in sorted(v.every_worry):
        assert days_unowned(case, worry, at, rules) == sum(worry in found for found in each)
    assert set(unowned_worries(case, at, rules=rules)["concern"]) == each[-1]


@packaged.on_every_date
def test_the_worries_are_those_of_the_brute_force(name: str, part: str) -> None:
    tables, case, at = packaged.asked(name, part)
    assert set(unowned_worries(case, at)["concern"]) == responsibility.unowned_concerns(model.view(tables, at))
