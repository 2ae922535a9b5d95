"""Chains of assumptions that end in nobody."""

from __future__ import annotations

from hypothesis import given

import safetynet as sn
from safetynet.measures.chains import dead_ends
from tests import strategies
from tests.builder import from_tables, nobody
from tests.measures.four import day, four


def chains(case: sn.Case, at: str) -> list[tuple[tuple[str, ...], str]]:
    table = dead_ends(case, at)
    return list(zip(table["chain"], table["found"], strict=True))


def test_a_chain_that_ends_in_nobody_is_followed_to_its_end() -> None:
    case = four("1 observed A1 c1", "2 assumed A1>B1 c1", "2 assumed B1>C1 c1")
    assert chains(case, day(2)) == [(("A1", "B1", "C1"), "no record of knowing it")]
    assert dead_ends(case, day(2)).loc[0, ["steps", "ends_with", "rows"]].tolist() == [2, "C1", ("e2", "e3")]


def test_a_chain_that_reaches_an_owner_is_no_dead_end() -> None:
    rows = ("1 told A1>C1 c1 phone", "2 assumed A1>B1 c1", "2 assumed B1>C1 c1", "2 agreed C1 c1 due=9")
    assert chains(four(*rows), day(9)) == []
    assert chains(four(*rows), day(10)) == [(("A1", "B1", "C1"), "knew but did not own it")]


def test_from_an_agency_it_goes_on_to_its_own_person_who_left_it_to_others() -> None:
    case = four("2 assumed A1>b c1", "2 assumed B1>C1 c1")
    assert chains(case, day(2)) == [(("A1", "b", "B1", "C1"), "no record of knowing it")]
    assert dead_ends(case, day(2))["steps"].tolist() == [2]


def test_an_agency_that_says_so_of_its_own_person_keeps_its_row() -> None:
    case = four("2 assumed A1>b c1", "3 assumed b>B1 c1", "4 assumed B1>C1 c1")
    assert chains(case, day(4)) == [(("A1", "b", "B1", "C1"), "no record of knowing it")]
    assert dead_ends(case, day(4)).loc[0, ["steps", "rows"]].tolist() == [3, ("e1", "e2", "e3")]


def test_a_chain_that_comes_back_is_in_a_circle() -> None:
    closed = four("2 assumed A1>B1 c1", "2 assumed B1>A1 c1")
    assert chains(closed, day(2)) == [(("A1", "B1", "A1"), "in a circle")]
    led_into = four("2 assumed D1>B1 c1", "2 assumed B1>C1 c1", "2 assumed C1>B1 c1")
    assert chains(led_into, day(2)) == [(("D1", "B1", "C1", "B1"), "in a circle")]


def test_an_assumption_that_was_taken_back_breaks_the_chain() -> None:
    case = four("2 assumed A1>B1 c1", "2 assumed B1>C1 c1", "5 told B1>D1 c1 phone")
    assert chains(case, day(5)) == [(("A1", "B1"), "knew but did not own it")]


def test_another_worry_is_another_chain() -> None:
    case = four("2 assumed A1>B1 c1", "2 assumed B1>C1 c2")
    assert sorted(chain for chain, _ in chains(case, day(2))) == [("A1", "B1"), ("B1", "C1")]


def test_everybody_leaving_it_to_one_agency_makes_a_chain_each() -> None:
    case = four("1 met A1;B1 c2", "2 assumed A1>e c2", "2 assumed B1>e c2")
    assert chains(case, day(2)) == [(("A1", "e"), "no record of knowing it"), (("B1", "e"), "no record of knowing it")]


def test_what_was_only_believed_makes_no_chain() -> None:
    assert chains(four("1 observed A1 c1", "2 believed A1>B1 c1"), day(2)) == []
    assert dead_ends(nobody()).dtypes.equals(dead_ends(four("2 assumed A1>B1 c1"), day(2)).dtypes)


@given(strategies.cases(), strategies.questions)
def test_every_chain_is_made_of_standing_assumptions_and_ends_as_its_last_party_is_found(tables, at) -> None:
    case = from_tables(tables)
    table = sn.assumptions(case, at)
    agencies = set(case.agencies["id"])
    for line in dead_ends(case, at).to_dict("records"):
        lines = table[table["stands"] & (table["concern"] == line["concern"])]
        relied = set(zip(lines["holder"], lines["assumed"], strict=True))
        steps = list(zip(line["chain"], line["chain"][1:], strict=False))
        assert all(pair in relied or pair[0] in agencies for pair in steps)  # an agency goes on to its own person
        assert line["steps"] == sum(pair in relied for pair in steps)
        assert line["found"] == "in a circle" or line["found"] in set(
            lines[lines["assumed"] == line["ends_with"]]["found"]
        )
