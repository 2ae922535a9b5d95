"""Whom somebody new to a case would ask."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.asking import who_to_ask
from tests import builder
from tests.brute import model
from tests.brute import picture as brute
from tests.builder import case
from tests.measures.against import made_up, packaged


def test_the_new_practitioner_asks_the_school_first_and_then_the_one_who_had_the_file():
    # of eight worries C01, C02, C03 and C06 came with the file; C04, C05, C07 are at the school (sch: 3+4+4) and
    # C08 is with cp0, who handed the file over and is gone. No chain of contacts leads to the school, but Dad has
    # been there
    table = who_to_ask(sn.load_case("reuben"), "cp1")
    assert table[["person", "has_left", "adds", "weight", "in_contact", "via", "family"]].values.tolist() == [
        ["sch", False, ("C04", "C05", "C07"), 11.0, False, (), ("dad",)],
        ["cp0", True, ("C08",), 3.0, True, (), ("dad",)],
    ]
    assert table["saw"].tolist() == [("C07",), ("C08",)]
    assert table["seen_by"].tolist() == [("tch",), ()]  # the teacher saw C04 and C05
    assert "F07" in table["rows"][1]  # the hand-over


def test_who_only_said_it_is_not_among_those_who_saw_it():
    # B told H what no row shows B seeing: the source is not recorded
    table = who_to_ask(case("N@x H@y B@z", "c1 c2", "told B>H c1 phone", "observed H c1;c2"), "N")
    assert table[["saw", "seen_by"]].values.tolist() == [[("c1", "c2"), ()]]
    table = who_to_ask(case("N@x H@y B@z", "c1 c2", "told B>H c1 phone", "observed H c2"), "N")
    assert table[["saw", "seen_by"]].values.tolist() == [[("c2",), ()]]


def test_whoever_is_known_already_is_asked_rather_than_a_stranger():
    made_case = case("N@x A@y B@z", "c1", "observed A c1", "observed B c1", "met N;B")
    assert who_to_ask(made_case, "N")[["person", "in_contact"]].values.tolist() == [["B", True]]


def test_the_shortest_chain_introduces():
    # N knows M, M knows both O and the holder: N - M - H, not N - M - O - H
    made_case = case("N@x M@y O@z H@w", "c1", "met N;M", "met M;O", "met O;H", "met M;H", "observed H c1")
    assert who_to_ask(made_case, "N")[["person", "via"]].values.tolist() == [["H", ("M",)]]


def test_of_two_chains_the_one_through_those_who_are_still_there():
    rows = ["met N;A", "met N;B", "met A;H", "met B;H", "observed H c1", "closed A"]
    assert who_to_ask(case("N@x A@y B@z H@w", "c1", *rows), "N", "2024-01-31")["via"].tolist() == [("B",)]


def test_somebody_who_has_not_appeared_yet_can_ask():
    made_case = case("N@x T@school", "c1", "observed T c1")
    assert who_to_ask(made_case, "N")[["person", "in_contact", "via"]].values.tolist() == [["T", False, ()]]


def test_whoever_has_everything_on_record_need_not_ask():
    assert who_to_ask(builder.alone(), "T").empty
    assert who_to_ask(case("T@school"), "T").empty


def test_only_a_professional_of_the_case_can_ask():
    reuben = sn.load_case("reuben")
    with pytest.raises(sn.UnknownNameError, match="Did you mean 'cp1'"):
        who_to_ask(reuben, "cp11")
    with pytest.raises(sn.ArgumentError, match="not a professional"):
        who_to_ask(reuben, "dad")


def test_a_phone_call_is_contact_in_both_directions():
    assert who_to_ask(case("N@x T@school", "c1", "observed T c1", "told T>N - phone"), "N")["in_contact"].tolist() == [
        True
    ]


def check(tables, made_case, at):
    view = model.view(tables, at)
    for person in sorted(view.professionals):
        table = who_to_ask(made_case, person, at)
        lacking = view.known - view.held.get(person, set())
        fewest = brute.who_to_ask(tables, person, at)
        if fewest is not None:  # some may be with nobody else
            assert len(table) == fewest
            assert sorted(worry for adds in table["adds"] for worry in adds) == sorted(lacking)
        assert table["weight"].is_monotonic_decreasing


test_of_the_packaged_cases_nobody_could_ask_fewer_people = pytest.mark.slow(packaged(check))

test_nobody_could_ask_fewer_people = made_up(check)
