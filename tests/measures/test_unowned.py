from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.responsibility import states
from safetynet.measures.unowned import days_unowned, unowned_worries
from safetynet.record.snapshot import snapshot
from tests import brute, strategies
from tests.measures.hand import agreed, assumed, day, days, done, hand, row, saw, told
from tests.measures.made import from_tables, nobody


def test_the_worked_example_counts_the_days_with_both_ends() -> None:
    case = sn.load_case("worked_example")
    # c1 from the 10th, c2 from the 15th, c3 from the 20th to the 31st
    assert [days_unowned(case, worry, "2024-01-31") for worry in ("c1", "c2", "c3")] == [22, 17, 12]


def test_a_worry_that_an_informed_owner_takes_the_same_day_is_unowned_for_no_day() -> None:
    case = hand(saw("1", "A1"), agreed("1", "A1", due=day(20)))
    assert days_unowned(case, "c1", day(20)) == 0
    assert days_unowned(case, "c1", day(23)) == 3  # 21, 22, 23


def test_spells_before_between_and_after_add_up() -> None:
    case = hand(
        saw("1", "A1"),
        agreed("4", "A1", due=day(6)),  # owned on 4, 5, 6
        agreed("9", "A1", due=day(30)),  # owned from 9
        done("12", "A1", "r3"),
        saw("15", "B1"),  # it came back
    )
    # 1 2 3, 7 8, 15 16 17 18
    assert days_unowned(case, "c1", day(18)) == 9
    (line,) = unowned_worries(case, day(18)).to_dict("records")
    assert (line["days"], line["spells"], str(line["unowned_since"].date())) == (9, 3, day(15))
    assert str(line["first_known"].date()) == day(1)
    assert line["rows"] == ("r1", "r2", "r3", "r4", "r5")


def test_an_owner_counts_from_the_day_on_which_they_have_it_on_record() -> None:
    case = hand(
        saw("1", "A1"), agreed("2", "B1", due=day(30)), told("5", "A1", "B1", channel="fax", received_on=day(8))
    )
    assert days_unowned(case, "c1", day(10)) == 7  # 1 to 7


def test_an_owner_who_leaves_owns_it_to_that_day_and_again_when_they_come_back() -> None:
    case = hand(saw("1", "A1"), agreed("1", "A1", due=day(30)), row("closed", "5", "A1"), saw("8", "A1", "c2"))
    assert days_unowned(case, "c1", day(10)) == 2  # 6, 7


def test_an_owner_whose_post_ends_owns_it_to_that_day() -> None:
    case = hand(saw("1", "A1"), agreed("1", "A1", due=day(30)), people={"A1": {"end": day(4)}})
    assert days_unowned(case, "c1", day(6)) == 2  # 5, 6


def test_leaving_it_to_others_after_it_was_done_makes_it_unowned() -> None:
    case = hand(saw("1", "A1"), agreed("1", "A1"), done("2", "A1", "r2"), assumed("9", "A1", "B1"))
    assert days_unowned(case, "c1", day(10)) == 2  # 9, 10


def test_a_resolved_worry_counts_to_the_day_before() -> None:
    case = hand(saw("1", "A1"), resolved={"c1": day(5)})
    assert days_unowned(case, "c1", day(20)) == 4
    assert unowned_worries(case, day(20)).empty


def test_what_only_the_family_or_a_file_has_is_not_known_and_has_no_days() -> None:
    case = hand(saw("1", "M"), told("2", "M", "a", channel="letter"))
    assert days_unowned(case, "c1", day(9)) == 0
    assert unowned_worries(case, day(9)).empty


def test_names_that_are_no_worry_are_refused() -> None:
    with pytest.raises(sn.UnknownNameError, match="'c9'"):
        days_unowned(hand(), "c9")
    with pytest.raises(sn.ArgumentError, match="reassurance"):
        days_unowned(hand(), "ok")


def test_the_gravest_come_first() -> None:
    case = hand(saw("1", "A1", "c3"), saw("2", "A1", "c1;c2"))
    table = unowned_worries(case, day(4))
    assert table["concern"].tolist() == ["c2", "c1", "c3"]
    assert table["days"].tolist() == [3, 3, 4]
    assert days(table["unowned_since"]) == [day(2), day(2), day(1)]


def test_an_empty_case_has_an_empty_table_with_its_types() -> None:
    table = unowned_worries(nobody())
    assert table.empty
    assert str(table["first_known"].dtype) == "datetime64[s]"


@given(strategies.cases(), strategies.questions)
def test_the_days_are_those_that_brute_force_finds_one_by_one(
    tables: dict[str, list[dict[str, str]]], at: dt.date
) -> None:
    case = from_tables(tables)
    for worry in (one["id"] for one in tables["concerns"] if one["severity"] != "0"):
        span = [strategies.day(number) for number in range((at - strategies.FIRST_DAY).days + 1)]
        expected = sum(worry in brute.unowned_concerns(tables, then) for then in span)
        assert days_unowned(case, worry, at) == expected
    table = unowned_worries(case, at)
    assert set(table["concern"]) == brute.unowned_concerns(tables, at)


@given(strategies.cases())
def test_with_the_earliest_dates_the_days_are_those_of_the_snapshots(tables: dict[str, list[dict[str, str]]]) -> None:
    case, rules = from_tables(tables), sn.Rules(dates="earliest", open_ended_days=3)
    found = [states(snapshot(case, strategies.day(number), rules)) for number in range(15)]
    for worry in (one["id"] for one in tables["concerns"] if one["severity"] != "0"):
        expected = sum(worry in then and not then[worry].owned for then in found)
        before = snapshot(case, strategies.day(-1), rules)
        if not before.since:
            assert days_unowned(case, worry, strategies.day(14), rules) == expected
