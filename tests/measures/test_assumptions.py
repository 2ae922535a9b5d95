"""Assumptions held against the record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.assumptions import assumptions, lines
from safetynet.measures.reliance import verdict
from safetynet.record.snapshot import snapshot, snapshot_on
from safetynet.rules import Rules
from tests import strategies
from tests.brute import actions, model, responsibility
from tests.builder import from_tables
from tests.measures.four import day, four
from tests.whatif.test_all_changes import busy_cases


def found(case: sn.Case, at: str) -> list[str]:
    return assumptions(case, at)["found"].tolist()


def test_the_three_answers_by_hand() -> None:
    case = four("1 told A1>B1;C1 c1 phone", "2 agreed B1 c1 due=20", "3 assumed A1>B1;C1;D1 c1")
    table = assumptions(case, day(3))
    assert table["assumed"].tolist() == ["B1", "C1", "D1"]
    assert table["found"].tolist() == ["owned it", "knew but did not own it", "no record of knowing it"]
    assert table["knew"].tolist() == [("B1",), ("C1",), ()]
    assert table["rows"].tolist() == [("e1", "e2", "e3"), ("e1", "e3"), ("e3",)]
    assert set(table["holder_agency"]) == {"a"}
    assert table["assumed_agency"].tolist() == ["b", "c", ""]


def test_an_action_of_another_does_not_make_an_uninformed_co_owner_own_it() -> None:
    case = four("1 told A1>B1 c1 phone", "2 agreed B1;C1 c1 due=20", "3 assumed A1>C1 c1")
    assert found(case, day(3)) == ["no record of knowing it"]


def test_whoever_completed_it_owned_it_for_four_weeks_or_until_it_came_back() -> None:
    rows = ("1 observed A1 c1", "2 agreed B1 c1", "3 done B1 - ref=e2", "2 assumed A1>B1 c1")
    assert found(four(*rows), day(31)) == ["owned it"]
    assert found(four(*rows), day(32)) == ["no record of knowing it"]  # nothing says that B1 was told
    assert found(four(*rows, "9 observed C1 c1"), day(8)) == ["owned it"]
    assert found(four(*rows, "9 observed C1 c1"), day(9)) == ["no record of knowing it"]


def test_what_was_agreed_without_a_step_since_is_owned_no_more() -> None:
    case = four("1 told A1>B1 c1 phone", "2 agreed B1 c1", "3 assumed A1>B1 c1")
    assert (found(case, day(44)), found(case, day(45))) == (["owned it"], ["knew but did not own it"])


def test_the_day_of_the_assumption_and_the_day_asked_for_are_both_answered() -> None:
    rows = ("1 told A1>B1 c1 phone", "2 agreed B1 c1 due=4", "3 assumed A1>B1 c1", "5 told A1>C1 c1 phone")
    (line,) = assumptions(four(*rows), day(9)).to_dict("records")
    assert (line["found_then"], line["found"]) == ("owned it", "knew but did not own it")
    (line,) = assumptions(four("3 assumed A1>B1 c1", "5 told C1>B1 c1 phone"), day(9)).to_dict("records")
    assert (line["found_then"], line["found"]) == ("no record of knowing it", "knew but did not own it")


def test_an_agency_knows_through_its_people_and_not_through_its_file() -> None:
    case = four("1 told A1>b c1 fax", "2 assumed A1>b c1", "4 told b>B1 c1 file")
    (line,) = assumptions(case, day(3)).to_dict("records")
    assert (line["found"], line["on_file"], line["knew"]) == ("no record of knowing it", True, ())
    (line,) = assumptions(case, day(4)).to_dict("records")
    assert (line["found"], line["knew"]) == ("knew but did not own it", ("B1",))


def test_an_agency_owned_it_where_one_of_its_people_did_or_where_it_had_taken_it_up() -> None:
    person = four("1 told A1>B1 c1 phone", "2 agreed B1 c1 due=9", "3 assumed A1>b c1")
    assert found(person, day(3)) == ["owned it"]
    desk = four("1 told A1>B1 c1 phone", "2 agreed b c1", "3 assumed A1>b c1", "12 opened B1")
    assert [found(desk, day(number)) for number in (9, 10, 12)] == [
        ["owned it"],
        ["knew but did not own it"],
        ["owned it"],
    ]


def test_family_may_be_counted_on_and_may_count_on_others() -> None:
    case = four("1 told A1>M c1 phone", "2 assumed A1>M c1", "2 assumed M>A1 c1")
    table = assumptions(case, day(2))
    assert table["found"].tolist() == ["knew but did not own it"] * 2
    assert table["assumed_agency"].tolist() == ["", "a"]


def test_an_assumption_is_taken_back_by_acting_on_it_later() -> None:
    case = four("1 told A1>B1 c1 phone", "2 assumed A1>B1 c1", "4 told A1>C1 c1 phone")
    assert assumptions(case, day(3))["stands"].tolist() == [True]
    (line,) = assumptions(case, day(4)).to_dict("records")
    assert (line["stands"], line["taken_back"]) == (False, ("e3",))
    assert "e3" in line["rows"]


def test_no_concern_named_means_every_worry_its_holder_had_by_then() -> None:
    case = four("1 observed A1 c1;c2;ok", "2 assumed A1>B1", "3 observed A1 c3")
    assert assumptions(case, day(9))["concern"].tolist() == ["c1", "c2"]


def test_resolved_worries_reassurances_and_what_was_only_believed_have_no_line() -> None:
    case = four("2 assumed A1>B1 c1;c2;ok", "2 believed A1>B1 c2", concerns="c1 resolved=2 c2 ok:0")
    assert assumptions(case, day(2))["concern"].tolist() == ["c2"]


def test_an_assumption_that_names_nobody_is_listed_as_such() -> None:
    case = four("1 observed A1 c1", "2 assumed A1 c1")
    assert found(case, day(2)) == ["nobody named"]
    assert sn.dead_ends(case, day(2)).empty


def test_several_holders_and_parties_make_a_line_each() -> None:
    case = four("2 assumed A1;B1>C1;D1 c1;c2")
    assert len(assumptions(case, day(2))) == 8  # 2 holders, 2 parties, 2 worries
    assert assumptions(case, day(1)).empty
    assert assumptions(case, day(1)).dtypes.equals(assumptions(case, day(2)).dtypes)


@given(strategies.cases(), strategies.questions)
def test_every_line_agrees_with_the_brute_force(tables, at) -> None:
    v = model.view(tables, at)
    for line in assumptions(from_tables(tables), at).to_dict("records"):
        worry, party = line["concern"], line["assumed"]
        people = {p for p in v.people if party in (p, v.agency[p])}
        owning = [a for a in actions.actions(v, worry) if set(a.who) & (people | {party})]
        standing = [row.id for row in responsibility.standing_assumptions(v, line["holder"], worry)]
        assert (line["row"] in standing) == line["stands"]
        if line["found"] == "owned it":
            assert owning
            assert actions.is_owned(v, worry) or actions.is_just_completed(v, worry)
        elif line["found"] != "nobody named":
            assert (line["found"] == "knew but did not own it") == any(v.has(one, worry) for one in people)
            assert not any(
                actions.stands(v, a, worry)
                and actions.is_in_time(v, a, worry)
                and actions.informed(v, worry) & set(a.who) & people
                for a in owning
            )


@pytest.mark.parametrize("rules", [{}, {"dates": "earliest"}, {"unconfirmed": "does_not_count"}])
@given(tables=st.one_of(strategies.cases(), busy_cases()), at=strategies.questions)
def test_what_the_party_had_then_is_what_a_snapshot_of_that_day_shows(rules, tables, at) -> None:
    view = snapshot(from_tables(tables), at, Rules(**rules))
    for line in lines(view):
        then = snapshot_on(from_tables(tables), line.date, view.rules)
        assert line.found_then == verdict(then, line.concern, line.assumed)


def test_no_snapshot_of_an_earlier_day_is_kept_on_the_case() -> None:
    case = sn.load_case("reuben")
    found = assumptions(case)
    days = {key[1] for key in case.__dict__["_cache"] if isinstance(key, tuple) and key[0] == "snapshot"}
    assert len(found) > 0
    assert days == {case._day(None)}
