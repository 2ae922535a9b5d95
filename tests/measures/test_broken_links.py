"""What held by one thread."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

import safetynet as sn
from safetynet.measures.broken_links import broken_links
from tests import builder
from tests.brute import threads as brute
from tests.builder import case
from tests.measures.against import made_up, packaged, some_rules

PEOPLE = "T@school S@council R@council P@police G@health M:family"
BY = ("row", "pair", "person", "channel")


def lost(made_case, by="row", at="2024-02-28"):
    table = broken_links(made_case, at, by)
    return dict(zip(table["what"], table["lost"], strict=True))


CHAIN = case(PEOPLE, "c1:3", "1 observed T c1", "2 told T>S c1 phone", "4 told S>P c1 letter received_on=6")


def test_in_a_chain_everything_beyond_hangs_on_each_link():
    table = broken_links(CHAIN, "2024-02-28")
    assert table[["what", "lost", "agencies", "weight", "rows"]].values.tolist() == [
        ["e2", (("P", "c1"), ("S", "c1")), ("council", "police"), 6.0, ("e2",)],
        ["e3", (("P", "c1"),), ("police",), 3.0, ("e3",)],
    ]
    assert table["left_without"][0] == (("council", "c1"), ("police", "c1"))


def test_the_same_by_pair_person_and_channel():
    assert lost(CHAIN, "pair") == {"S;T": (("P", "c1"), ("S", "c1")), "P;S": (("P", "c1"),)}
    # what T and S themselves would lose is not counted
    assert lost(CHAIN, "person") == {"T": (("P", "c1"), ("S", "c1")), "S": (("P", "c1"),)}
    assert lost(CHAIN, "channel") == {"phone": (("P", "c1"), ("S", "c1")), "letter": (("P", "c1"),)}


def test_what_came_twice_would_only_have_come_later():
    table = broken_links(case(PEOPLE, "c1", "observed T c1", "2 told T>S c1 phone", "9 told T>S c1 phone"))
    assert table[["what", "lost", "later"]].values.tolist() == [["e2", (), (("S", "c1", 7),)]]


def test_who_saw_it_together_loses_only_what_they_saw_in_that_row():
    rows = ["1 observed T;S c1", "5 observed S c1"]
    assert lost(case(PEOPLE, "c1", *rows)) == {"e1": (("T", "c1"),)}
    table = broken_links(case(PEOPLE, "c1", *rows))
    assert table["later"].tolist() == [(("S", "c1", 4),)]
    assert lost(case(PEOPLE, "c1", *rows), "pair") == {}  # each saw it themselves


def test_an_agency_that_has_it_from_elsewhere_too_is_not_left_without_it():
    rows = ["observed T c1", "told T>S c1 phone", "told T>council c1 fax"]
    assert broken_links(case(PEOPLE, "c1", *rows))["agencies"].tolist() == [(), ()]


def test_the_family_is_among_those_who_would_not_have_it():
    assert lost(case(PEOPLE, "c1", "observed T c1", "told T>M c1 phone")) == {"e2": (("M", "c1"),)}


def test_what_somebody_said_without_a_row_that_they_saw_it_has_a_source():
    assert lost(case(PEOPLE, "c1", "told T>S c1 phone")) == {"e1": (("S", "c1"),)}


def test_what_is_answered_in_a_call_is_not_what_was_passed():
    assert lost(case(PEOPLE, "c1", "1 observed S c1", "2 told T>S c1 phone", "9 told S>T c1 phone")) == {}


def test_rows_without_a_channel_are_no_channel():
    assert lost(case(PEOPLE, "c1", "observed T c1", "told T>S c1"), "channel") == {}


def test_something_else_than_the_four_is_refused():
    with pytest.raises(sn.ArgumentError, match="by='agency'"):
        broken_links(CHAIN, by="agency")


def test_the_columns_are_the_same_without_lines():
    table = broken_links(builder.nobody())
    assert list(table)[:5] == ["what", "lost", "later", "agencies", "weight"]
    assert table.dtypes.equals(broken_links(CHAIN).dtypes)


def check(tables, made_case, at, by, **rules):
    table = broken_links(made_case, at, by, rules=sn.Rules(**rules))
    expected = brute.broken_links(tables, at, by, **rules)
    if by == "channel":  # a word that is none of ours is kept as it is written
        table["what"] = table["what"].str.replace(" ", "_")
    names = {what: ";".join(sorted(what)) if by == "pair" else what for what in expected}
    assert {line.what: line for line in table.itertuples()}.keys() == set(names.values())
    for what, one in expected.items():
        line = table[table["what"] == names[what]].iloc[0]
        assert set(line["lost"]) == one["lost"]
        assert {(holder, worry): days for holder, worry, days in line["later"]} == one["later"]
        assert set(line["left_without"]) == one["agencies"]
        assert line["weight"] == one["weight"]
        assert set(line["agencies"]) == {agency for agency, _ in one["agencies"]}
    assert table["weight"].is_monotonic_decreasing


test_of_the_packaged_cases_they_are_those_of_the_brute_force = pytest.mark.slow(packaged(check, *BY))
test_they_are_those_of_the_brute_force = made_up(check, st.sampled_from(BY), rules=some_rules(dates=["earliest"]))
