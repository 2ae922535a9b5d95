"""Whom somebody new to a case would ask."""

from __future__ import annotations

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.asking import who_to_ask
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import met, saw, told


def test_the_new_practitioner_asks_the_school_first_and_then_the_one_who_had_the_file():
    # of eight worries C01, C02, C03 and C06 came with the file; C04, C05, C07 are at the school (sch: 3+4+4) and
    # C08 is with cp0, who handed the file over. No chain of contacts leads to the school, but Dad has been there
    table = who_to_ask(sn.load_case("reuben"), "cp1")
    assert table[["person", "adds", "severity", "in_contact", "via", "family"]].values.tolist() == [
        ["sch", ("C04", "C05", "C07"), 11.0, False, (), ("dad",)],
        ["cp0", ("C08",), 3.0, True, (), ("dad",)],
    ]
    assert table["first_hand"].tolist() == [("C07",), ("C08",)]
    assert table["seen_by"].tolist() == [("tch",), ()]  # the teacher saw C04 and C05
    assert "F07" in table["rows"][1]  # the hand-over


def test_whoever_is_known_already_is_asked_rather_than_a_stranger():
    rows = [saw("A", "c1"), saw("B", "c1"), met("N;B")]
    case = made.case("N@x A@y B@z", rows)
    assert who_to_ask(case, "N")[["person", "in_contact"]].values.tolist() == [["B", True]]


def test_the_shortest_chain_introduces():
    # N knows M, M knows both O and the holder: N - M - H, not N - M - O - H
    case = made.case("N@x M@y O@z H@w", [met("N;M"), met("M;O"), met("O;H"), met("M;H"), saw("H", "c1")])
    assert who_to_ask(case, "N")[["person", "via"]].values.tolist() == [["H", ("M",)]]


def test_of_two_chains_the_one_through_those_who_are_still_there():
    rows = [met("N;A"), met("N;B"), met("A;H"), met("B;H"), saw("H", "c1"), {"kind": "closed", "who": "A"}]
    case = made.case("N@x A@y B@z H@w", rows)
    assert who_to_ask(case, "N", "2024-01-31")["via"].tolist() == [("B",)]


def test_somebody_who_has_not_appeared_yet_can_ask():
    case = made.case("N@x T@school", [saw("T")])
    assert who_to_ask(case, "N")[["person", "in_contact", "via"]].values.tolist() == [["T", False, ()]]


def test_whoever_has_everything_on_record_need_not_ask():
    assert who_to_ask(made.alone(), "T").empty
    assert who_to_ask(made.case("T@school", []), "T").empty


def test_only_a_professional_of_the_case_can_ask():
    case = sn.load_case("reuben")
    with pytest.raises(sn.UnknownNameError, match="Did you mean 'cp1'"):
        who_to_ask(case, "cp11")
    with pytest.raises(sn.ArgumentError, match="not a professional"):
        who_to_ask(case, "dad")


@given(strategies.cases(), strategies.questions)
def test_nobody_could_ask_fewer_people(tables, at):
    case = made.from_tables(tables)
    held, known = brute.held(tables, at), brute.known_worries(tables, at)
    people = brute.view(tables).professionals
    for person in sorted(people):
        table = who_to_ask(case, person, at)
        lacking = known - held.get(person, set())
        offers = [held.get(other, set()) & lacking for other in sorted(people - {person})]
        assert len(table) == brute.fewest(frozenset(lacking), [offer for offer in offers if offer])
        assert sorted(worry for adds in table["adds"] for worry in adds) == sorted(lacking)
        assert table["severity"].is_monotonic_decreasing


def test_a_phone_call_is_contact_in_both_directions():
    case = made.case("N@x T@school", [saw("T"), told("T", "N")])
    assert who_to_ask(case, "N")["in_contact"].tolist() == [True]
