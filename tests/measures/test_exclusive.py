"""Exclusive concerns, and those that nobody involved has any more."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given

import safetynet as sn
from safetynet.measures.exclusive import KINDS, exclusive_concerns
from tests import brute, strategies
from tests.measures import made
from tests.measures.made import saw, told


def kinds(case, at=None):
    table = exclusive_concerns(case, at)
    return dict(zip(table["concern"], table["kind"], strict=True))


def test_in_the_worked_example_only_the_police_officer_has_c2():
    table = exclusive_concerns(sn.load_case("worked_example"), "2024-01-31")
    assert table[["concern", "kind", "people", "agencies", "rows"]].values.tolist() == [
        ["c2", "one person", ("P",), ("police",), ("e3",)]
    ]


def test_each_worry_is_named_by_where_it_is():
    case = made.case(
        "T@school S@council F:family",
        [
            saw("T", "c1"),  # one person
            saw("S", "c2"),  # S leaves with it
            told("F", "council", concerns="c3", channel="letter"),  # a mother's letter to the desk: both have it
            saw("F", "c4"),  # in the family alone
            {"kind": "closed", "who": "S"},
            told("F", "T", concerns="c5"),  # T and F: T alone among the professionals
        ],
        "c1 c2 c3 c4 c5",
    )
    assert kinds(case, "2024-01-31") == {
        "c1": "one person", "c5": "one person", "c2": "left with its holders", "c3": "file and family only",
        "c4": "family only",
    }  # fmt: skip


def test_what_one_desk_sent_to_another_is_on_file_only():
    case = made.case("T@school S@council", [told("school", "council", concerns="c1", channel="fax")])
    table = exclusive_concerns(case)
    assert table[["kind", "people", "agencies"]].values.tolist() == [["file only", (), ("council", "school")]]


def test_what_two_involved_professionals_have_is_not_exclusive():
    assert kinds(made.case("T@school S@council", [saw("T;S")])) == {}


def test_a_worry_that_is_resolved_is_out():
    case = made.case("T@school", [saw("T")])
    concerns = case.concerns
    concerns["resolved"] = "2024-01-05"
    case = sn.Case(case.people, concerns, case.chronology)
    assert kinds(case, "2024-01-04") == {"c1": "one person"}
    assert kinds(case, "2024-01-05") == {}


@pytest.mark.parametrize("case", [made.nobody(), made.apart()])
def test_the_columns_and_their_types_are_the_same_with_and_without_lines(case):
    table = exclusive_concerns(case)
    assert list(table) == ["concern", "category", "severity", "kind", "people", "agencies", "since", "rows"]
    assert str(table["since"].dtype) == "datetime64[s]"
    assert str(table["severity"].dtype) == "Int64"


@given(strategies.cases(), strategies.questions)
def test_every_kind_is_that_of_the_brute_force(tables, at):
    found = defaultdict(set)
    for concern, kind in kinds(made.from_tables(tables), at).items():
        found[kind].add(concern)
    expected = brute.exclusive_concerns(tables, at)
    names = ("exclusive", "left_with_holders", "on_file_only", "family_only")
    assert {kind: found[kind] for kind in KINDS[:4]} == {
        kind: expected[name] for kind, name in zip(KINDS, names, strict=False)
    }
