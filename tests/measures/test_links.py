"""Concerns that belong together."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.measures.links import links
from tests import builder
from tests.brute import tables as brute
from tests.builder import case
from tests.measures.against import made_up, packaged

PEOPLE = "T@school S@council P@police G@health M:family K:child"


def line(table, *rows, concerns="c1 c2", at="2024-01-31"):
    return links(case(PEOPLE, concerns, *rows, links=table), at).iloc[0]


TWO = ("observed T c1", "observed G c2")


def test_two_independent_voices_that_did_not_meet():
    found = line("c1 c2 corroborates T", *TWO, "met S;P c1")
    assert (found["from"], found["to"], found["kind"], found["both"]) == ("c1", "c2", "corroborates", ())
    assert found["unmet"]
    assert found["people"] == ("T",)
    assert found["rows"] == ("e1", "e2", "e3")


@pytest.mark.parametrize(
    "rows",
    [
        ("1 observed T c1", "2 met T;S", "3 told S>G - phone", "4 observed G c2"),  # a path by then
        ("1 observed T c1", "4 observed G c2", "9 told T>G c1 phone"),  # somebody has both
        ("1 observed T c1", "4 observed M c2"),  # a voice that no professional heard
    ],
)
def test_what_makes_them_meet(rows):
    assert not line("c1 c2 corroborates", *rows)["unmet"]


def test_a_contact_after_the_second_was_known_came_too_late():
    assert line("c1 c2 same_matter", *TWO, "9 met T;G")["unmet"]


def test_of_other_kinds_nobody_asks_whether_they_met():
    assert not line("c1 c2 contradicts", *TWO)["unmet"]


def test_who_has_both_must_be_involved():
    assert line("c1 c2 became", "observed T;S c1;c2", "closed T")["both"] == ("S",)


def test_a_worry_that_became_another_has_both_severities():
    found = line("c1 c2 became", concerns="c1:4 c2:1")
    assert (found["from_severity"], found["to_severity"]) == (4, 1)


@pytest.mark.parametrize(
    ("row", "one_word"),
    [
        ("told M>G c1 phone", True),  # the mother's account, and nobody else's
        ("observed G c1", False),
        ("told M>G c1 phone\nobserved T c1", False),  # G has it from her, T saw it
        ("told T>G c1 phone", False),
    ],
)
def test_an_explanation_that_rests_on_one_word_of_the_family(row, one_word):
    assert line("c1 c2 explains", *row.split("\n"))["one_word"] == one_word


def test_a_reassurance_is_linked_with_each_worry_that_it_answers():
    table = links(case(PEOPLE, "c1 c2 r:0 answers=c1;c2", "told M>G r;c1 phone"))
    assert table[["from", "to", "kind", "both", "one_word"]].values.tolist() == [
        ["r", "c1", "answers", ("G",), True],
        ["r", "c2", "answers", (), True],
    ]


def test_the_columns_are_the_same_without_lines():
    table = links(builder.nobody())
    assert list(table)[:6] == ["from", "to", "kind", "both", "unmet", "one_word"]
    assert table.dtypes.equals(links(sn.load_case("victoria_climbie")).dtypes)


def check(tables, made_case, at):
    table = links(made_case, at)
    expected = sorted(brute.links(tables, at), key=lambda one: (one["from"], one["to"], one["kind"]))
    names = ["from", "to", "kind", "unmet", "one_word"]
    assert table[names].values.tolist() == [[one[name] for name in names] for one in expected]
    assert [set(both) for both in table["both"]] == [one["both"] for one in expected]
    for found, one in zip(table[["from_severity", "to_severity"]].values.tolist(), expected, strict=True):
        assert one["severities"] in (None, tuple(found))


test_of_the_packaged_cases_they_are_those_of_the_brute_force = packaged(check)

test_they_are_those_of_the_brute_force = made_up(check)
