from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.assumptions import assumptions, circular_assumptions, circular_groups, dead_ends
from safetynet.record.snapshot import snapshot
from tests import brute, strategies
from tests.measures.hand import agreed, assumed, day, done, hand, met, saw, told
from tests.measures.made import from_tables, nobody


def found(case: sn.Case, at: str) -> list[str]:
    return assumptions(case, at)["found"].tolist()


# against the record -----------------------------------------------------------------------------------------


def test_the_three_answers_by_hand() -> None:
    case = hand(
        told("1", "A1", "B1;C1"),
        agreed("2", "B1", due=day(20)),
        assumed("3", "A1", "B1;C1;D1"),
    )
    table = assumptions(case, day(3))
    assert table["assumed"].tolist() == ["B1", "C1", "D1"]
    assert table["found"].tolist() == ["owned it", "knew but did not own it", "no record of knowing it"]
    assert table["knew"].tolist() == [("B1",), ("C1",), ()]
    assert table["rows"].tolist() == [("r1", "r2", "r3"), ("r1", "r3"), ("r3",)]
    assert set(table["holder_agency"]) == {"a"}
    assert table["assumed_agency"].tolist() == ["b", "c", ""]


def test_a_live_action_of_another_does_not_make_an_uninformed_co_owner_own_it() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1;C1", due=day(20)), assumed("3", "A1", "C1"))
    assert found(case, day(3)) == ["no record of knowing it"]


def test_whoever_completed_it_owned_it_until_it_came_back() -> None:
    case = hand(saw("1", "A1"), agreed("2", "B1"), done("3", "B1", "r2"), assumed("2", "A1", "B1"), saw("9", "C1"))
    assert found(case, day(8)) == ["owned it"]
    assert found(case, day(9)) == ["no record of knowing it"]  # nothing says that B1 was told


def test_the_day_of_the_assumption_and_the_day_asked_for_are_both_answered() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(4)), assumed("3", "A1", "B1"), told("5", "A1", "C1"))
    (line,) = assumptions(case, day(9)).to_dict("records")
    assert (line["found_then"], line["found"]) == ("owned it", "knew but did not own it")
    later = hand(assumed("3", "A1", "B1"), told("5", "C1", "B1"))
    (line,) = assumptions(later, day(9)).to_dict("records")
    assert (line["found_then"], line["found"]) == ("no record of knowing it", "knew but did not own it")


def test_an_agency_knows_through_its_people_and_not_through_its_file() -> None:
    case = hand(told("1", "A1", "b", channel="fax"), assumed("2", "A1", "b"), told("4", "b", "B1", channel="file"))
    (line,) = assumptions(case, day(3)).to_dict("records")
    assert (line["found"], line["on_file"], line["knew"]) == ("no record of knowing it", True, ())
    (line,) = assumptions(case, day(4)).to_dict("records")
    assert (line["found"], line["knew"]) == ("knew but did not own it", ("B1",))


def test_an_agency_owned_it_where_one_of_its_people_did() -> None:
    case = hand(told("1", "A1", "B1"), agreed("2", "B1", due=day(9)), assumed("3", "A1", "b"))
    assert found(case, day(3)) == ["owned it"]


def test_family_may_be_counted_on_and_may_count_on_others() -> None:
    case = hand(told("1", "A1", "M"), assumed("2", "A1", "M"), assumed("2", "M", "A1"))
    table = assumptions(case, day(2))
    assert table["found"].tolist() == ["knew but did not own it"] * 2
    assert table["assumed_agency"].tolist() == ["", "a"]


def test_an_assumption_is_taken_back_by_acting_on_it_later() -> None:
    case = hand(told("1", "A1", "B1"), assumed("2", "A1", "B1"), told("4", "A1", "C1"))
    assert assumptions(case, day(3))["stands"].tolist() == [True]
    (line,) = assumptions(case, day(4)).to_dict("records")
    assert (line["stands"], line["taken_back"]) == (False, ("r3",))
    assert "r3" in line["rows"]


def test_no_concern_named_means_every_worry_its_holder_had_by_then() -> None:
    case = hand(saw("1", "A1", "c1;c2;ok"), assumed("2", "A1", "B1", ""), saw("3", "A1", "c3"))
    assert assumptions(case, day(9))["concern"].tolist() == ["c1", "c2"]


def test_resolved_worries_and_reassurances_have_no_line() -> None:
    case = hand(assumed("2", "A1", "B1", "c1;c2;ok"), resolved={"c1": day(2)})
    assert assumptions(case, day(2))["concern"].tolist() == ["c2"]


def test_an_assumption_that_names_nobody_is_listed_as_such() -> None:
    case = hand(saw("1", "A1"), assumed("2", "A1", ""))
    assert found(case, day(2)) == ["nobody named"]
    assert dead_ends(case, day(2)).empty


def test_several_holders_and_parties_make_a_line_each() -> None:
    case = hand(assumed("2", "A1;B1", "C1;D1", "c1;c2"))
    assert len(assumptions(case, day(2))) == 8  # 2 holders, 2 parties, 2 worries
    assert assumptions(case, day(1)).empty


def test_reuben_counts_on_people_without_a_record_of_knowing() -> None:
    table = assumptions(sn.load_case("reuben")).set_index("row")
    # nobody of the child protection service ever has C07 on record; dad was at the hearing about C01
    assert table["found"].to_dict() == {
        "S01": "no record of knowing it",
        "S02": "no record of knowing it",
        "S03": "knew but did not own it",
        "S04": "no record of knowing it",
        "S05": "no record of knowing it",
    }


# circles ------------------------------------------------------------------------------------------------------


def test_two_agencies_that_count_on_each_other_are_a_circle() -> None:
    case = hand(assumed("1", "A1", "B1"), assumed("2", "B1", "a", "c2"), assumed("2", "B1", "C1"))
    score = circular_assumptions(case, day(2))
    assert score.value == 1
    (line,) = score.table.to_dict("records")
    assert line["agencies"] == ("a", "b")
    assert line["people"] == ("A1", "B1")
    assert line["concerns"] == ("c1", "c2")
    assert line["rows"] == score.rows == ("r1", "r2")
    assert circular_assumptions(case, day(1)).value == 0


def test_a_longer_way_round_is_a_circle_too_and_a_person_without_agency_is_their_own() -> None:
    case = hand(assumed("1", "A1", "b"), assumed("1", "B1", "D1"), assumed("1", "D1", "A2"), assumed("1", "C1", "a"))
    assert circular_groups(snapshot(case, day(1))) == [("D1", "a", "b")]


def test_within_one_agency_or_with_the_family_there_is_no_circle() -> None:
    case = hand(assumed("1", "A1", "A2"), assumed("1", "A2", "A1"), assumed("1", "A1", "M"), assumed("1", "M", "A1"))
    assert circular_assumptions(case, day(1)).value == 0


def test_two_separate_circles_count_two() -> None:
    case = hand(
        assumed("1", "A1", "B1"), assumed("1", "B1", "A1"), assumed("1", "C1", "D1"), assumed("1", "D1", "C1"),
        assumed("1", "A1", "C1"),
    )  # fmt: skip
    assert circular_assumptions(case, day(1)).value == 2


def test_no_assumption_counts_zero() -> None:
    score = circular_assumptions(nobody())
    assert (float(score), score.defined, len(score.table)) == (0.0, True, 0)
    assert "0 assumptions" in score.explain()


# chains -------------------------------------------------------------------------------------------------------


def chains(case: sn.Case, at: str) -> list[tuple[tuple[str, ...], str]]:
    table = dead_ends(case, at)
    return list(zip(table["chain"], table["found"], strict=True))


def test_a_chain_that_ends_in_nobody_is_followed_to_its_end() -> None:
    case = hand(saw("1", "A1"), assumed("2", "A1", "B1"), assumed("2", "B1", "C1"))
    assert chains(case, day(2)) == [(("A1", "B1", "C1"), "no record of knowing it")]
    assert dead_ends(case, day(2)).loc[0, ["steps", "end", "rows"]].tolist() == [2, "C1", ("r2", "r3")]


def test_a_chain_that_reaches_an_owner_is_no_dead_end() -> None:
    case = hand(
        told("1", "A1", "C1"), assumed("2", "A1", "B1"), assumed("2", "B1", "C1"), agreed("2", "C1", due=day(9))
    )
    assert chains(case, day(9)) == []
    assert chains(case, day(10)) == [(("A1", "B1", "C1"), "knew but did not own it")]


def test_from_an_agency_it_goes_on_to_its_own_person_who_left_it_to_others() -> None:
    case = hand(assumed("2", "A1", "b"), assumed("2", "B1", "C1"))
    assert chains(case, day(2)) == [(("A1", "b", "B1", "C1"), "no record of knowing it")]
    assert dead_ends(case, day(2))["steps"].tolist() == [2]


def test_a_chain_that_comes_back_is_in_a_circle() -> None:
    closed = hand(assumed("2", "A1", "B1"), assumed("2", "B1", "A1"))
    assert chains(closed, day(2)) == [(("A1", "B1", "A1"), "in a circle")]
    led_into = hand(assumed("2", "D1", "B1"), assumed("2", "B1", "C1"), assumed("2", "C1", "B1"))
    assert chains(led_into, day(2)) == [(("D1", "B1", "C1", "B1"), "in a circle")]


def test_an_assumption_that_was_taken_back_breaks_the_chain() -> None:
    case = hand(assumed("2", "A1", "B1"), assumed("2", "B1", "C1"), told("5", "B1", "D1"))
    assert chains(case, day(5)) == [(("A1", "B1"), "knew but did not own it")]


def test_another_worry_is_another_chain() -> None:
    case = hand(assumed("2", "A1", "B1", "c1"), assumed("2", "B1", "C1", "c2"))
    assert sorted(chain for chain, _ in chains(case, day(2))) == [("A1", "B1"), ("B1", "C1")]


def test_everybody_leaving_it_to_one_agency_makes_a_chain_each() -> None:
    case = hand(met("1", "A1;B1", "c2"), assumed("2", "A1", "e", "c2"), assumed("2", "B1", "e", "c2"))
    assert chains(case, day(2)) == [(("A1", "e"), "no record of knowing it"), (("B1", "e"), "no record of knowing it")]


# against brute force -----------------------------------------------------------------------------------------


@given(strategies.cases(), strategies.questions)
def test_circles_agree_with_brute_force(tables: dict[str, list[dict[str, str]]], at: dt.date) -> None:
    view = snapshot(from_tables(tables), at)
    assert {frozenset(group) for group in circular_groups(view)} == brute.circular_assumptions(tables, at)


@given(strategies.cases(), strategies.questions)
def test_every_line_agrees_with_brute_force(tables: dict[str, list[dict[str, str]]], at: dt.date) -> None:
    case = from_tables(tables)
    table = assumptions(case, at)
    held = brute.held(tables, at)
    for line in table.to_dict("records"):
        people = [p["id"] for p in tables["people"] if line["assumed"] in (p["id"], p["agency"])]
        knows = any(line["concern"] in held.get(one, ()) for one in people)
        if line["found"] == "owned it":
            assert brute.is_owned(tables, line["concern"], at)
        else:
            assert (line["found"] == "knew but did not own it") == knows
        if line["holder"] in {p["id"] for p in tables["people"] if p["kind"] == "professional"}:
            standing = brute.standing_assumption(tables, line["holder"], line["concern"], at)
            assert standing or not line["stands"]
    for line in dead_ends(case, at).to_dict("records"):
        owners = [one for one in line["chain"][:-1] if one in {p["id"] for p in tables["people"]}]
        lines = table[table["stands"] & (table["concern"] == line["concern"])]
        assert set(owners) <= set(lines["holder"])
        assert line["found"] == "in a circle" or line["found"] in set(lines[lines["assumed"] == line["end"]]["found"])


@pytest.mark.parametrize("name", ["max", "reuben", "victoria_climbie", "malachi_subecz", "worked_example"])
def test_the_circles_of_the_packaged_cases_agree_with_brute_force(name: str) -> None:
    case = sn.load_case(name)
    tables = {table: frame.to_dict("records") for table, frame in case.tables().items()}
    assert circular_assumptions(case).value == len(brute.circular_assumptions(tables))
