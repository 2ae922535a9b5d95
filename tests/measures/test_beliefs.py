"""What was believed of others, or left to them, against the record."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.beliefs import beliefs, each_thought_the_other
from safetynet.record.snapshot import snapshot
from tests.brute import model
from tests.brute import tables as brute
from tests.builder import nobody
from tests.measures import ruled
from tests.measures.four import day, four

SEEN = "1 observed A1 c1"
BELIEVED = "5 believed A1>B1 c1"


def shown(case: sn.Case, at: str) -> list[tuple[str, str]]:
    table = beliefs(case, at)
    return list(zip(table["then"], table["now"], strict=True))


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("believed B1 c1", "thought otherwise"),
        ("disagreed B1>A1 c1 phone", "thought otherwise"),
        ("declined B1>A1 c1 phone", "thought otherwise"),
        ("done B1 - ref=act", "acted"),
        ("done B1 - ref=act outcome=attempted", "acted"),
        ("decided B1 c1 outcome=step_up", "acted"),
        ("decided B1 c1 outcome=step_down", "put it aside"),
        ("agreed B1 c1", "took it on"),
        ("told A1>B1 c1 phone", "had it on record"),
        ("decided B1 c1 outcome=same", "had it on record"),
        ("done B1 - ref=act outcome=refused", "no record"),
        ("told A1>B1 c2 phone", "no record"),
        ("believed B1 c2", "no record"),
    ],
)
def test_what_the_record_shows_of_a_party_then_and_now(row: str, word: str) -> None:
    act = "act: 2 agreed A2 c1"
    assert shown(four(SEEN, act, f"4 {row}", BELIEVED), day(9)) == [(word, word)]
    assert shown(four(SEEN, act, BELIEVED, f"7 {row}"), day(9)) == [("no record", word)]
    assert shown(four(SEEN, act, BELIEVED, f"5 {row}"), day(9)) == [(word, word)]  # of the day itself


def test_the_first_that_holds_is_said() -> None:
    rows = ("4 told A1>B1 c1 phone", "4 agreed B1 c1", "4 decided B1 c1 outcome=discharge", "4 believed B1 c1")
    found = [shown(four(SEEN, *rows[:number], BELIEVED), day(9))[-1][0] for number in (1, 2, 3, 4)]
    assert found == ["had it on record", "took it on", "put it aside", "thought otherwise"]


def test_of_an_agency_its_people_and_its_file_count() -> None:
    of_agency = "5 believed A1>b c1"
    assert shown(four(SEEN, "4 told A1>b c1 fax", of_agency), day(9)) == [("had it on record",) * 2]
    assert shown(four(SEEN, "4 agreed B1 c1", of_agency), day(9)) == [("took it on",) * 2]


def test_the_row_itself_says_nothing_of_the_party() -> None:
    assert shown(four(SEEN, "5 believed A1;B1>b c1"), day(9)) == [("no record",) * 2] * 2


def test_a_row_of_reliance_without_concerns_is_about_what_its_holder_had_by_its_last_day() -> None:
    case = four("1 observed A1 c1;ok", "5 assumed A1>B1", "6 observed A1 c2", "7 told A1>B1 c1 phone")
    table = beliefs(case, day(9))
    assert table[["concern", "then", "now", "kind"]].values.tolist() == [
        ["c1", "no record", "had it on record", "assumed"],
        ["ok", "no record", "no record", "assumed"],
    ]
    assert table["rows"].tolist() == [("e2", "e4"), ("e2",)]


def test_a_belief_about_the_matter_itself_has_no_party_and_no_line() -> None:
    assert beliefs(four(SEEN, "5 believed A1 c1"), day(9)).empty
    assert beliefs(nobody()).dtypes.equals(beliefs(four(SEEN, BELIEVED), day(9)).dtypes)


def test_two_who_each_thought_that_the_other_had_it() -> None:
    case = four(SEEN, "5 assumed A1>b c1", "7 believed B1>A1 c1", "8 believed B1>A1 c2", "9 assumed B1>A2 c1")
    (pair,) = each_thought_the_other(snapshot(case, day(9)))
    assert (pair.worry, pair.first.row, pair.second.row) == ("c1", "e2", "e3")
    table = beliefs(case, day(9)).set_index(["row", "concern"])["each_other"]
    assert table.to_dict() == {("e2", "c1"): ("e3",), ("e3", "c1"): ("e2",), ("e4", "c2"): (), ("e5", "c1"): ()}


def test_reassurances_are_nothing_to_have_in_hand() -> None:
    case = four("5 believed A1>B1 ok", "6 believed B1>A1 ok")
    assert each_thought_the_other(snapshot(case, day(9))) == []
    assert len(beliefs(case, day(9))) == 2


def agrees(case: sn.Case, v: model.View, rules: sn.Rules) -> None:
    table = beliefs(case, v.at, rules=rules)
    names = ["row", "holder", "party", "concern", "then", "now"]
    assert list(table)[:6] == names
    expected = sorted(tuple(line[name] for name in names) for line in brute.beliefs(v))
    assert sorted(map(tuple, table[names].values.tolist())) == expected
    pairs = each_thought_the_other(snapshot(case, v.at, rules))
    found = {(frozenset([pair.first.row, pair.second.row]), pair.worry) for pair in pairs}
    assert found == brute.each_thought_the_other(v)


test_every_line_of_a_random_case_agrees_with_the_brute_force = ruled.made_up(agrees)
test_every_line_of_the_packaged_cases_agrees_with_the_brute_force = ruled.packaged(agrees)
