"""Exclusive concerns, and those that nobody involved has any more."""

from __future__ import annotations

from collections import defaultdict

import pytest

import safetynet as sn
from safetynet.measures.exclusive import KINDS, exclusive_concerns
from tests import builder
from tests.brute import picture as brute
from tests.builder import case
from tests.measures.against import made_up, packaged


def kinds(case, at=None):
    table = exclusive_concerns(case, at)
    return dict(zip(table["concern"], table["kind"], strict=True))


def test_in_the_worked_example_only_the_police_officer_has_c2():
    table = exclusive_concerns(sn.load_case("worked_example"), "2024-01-31")
    assert table[["concern", "kind", "people", "agencies", "rows"]].values.tolist() == [
        ["c2", "one person", ("P",), ("police",), ("e3",)]
    ]


def test_each_worry_is_named_by_where_it_is():
    made_case = case(
        "T@school S@council F:family",
        "c1 c2 c3 c4 c5",
        "observed T c1",  # one person
        "observed S c2",  # S leaves with it
        "told F>council c3 letter",  # a mother's letter to the desk: both have it
        "observed F c4",  # in the family alone
        "closed S",
        "told F>T c5 phone",  # T and F: T alone among the professionals
    )
    assert kinds(made_case, "2024-01-31") == {
        "c1": "one person",
        "c5": "one person",
        "c2": "left with its holders",
        "c3": "file and family only",
        "c4": "family only",
    }


@pytest.mark.parametrize(
    ("row", "agencies"),
    [("told school>council c1 fax", ("council", "school")), ("observed council c1", ("council",))],
)
def test_what_only_desks_have_is_on_file_only(row, agencies):
    table = exclusive_concerns(case("T@school S@council", "c1", row))
    assert table[["kind", "people", "agencies"]].values.tolist() == [["on file only", (), agencies]]


def test_what_a_guard_saw_and_nobody_else_has_is_in_the_family_alone_as_support_and_public_are():
    assert kinds(case("T@school U:public", "c1", "observed U c1")) == {"c1": "family only"}


def test_what_two_involved_professionals_have_is_not_exclusive():
    assert kinds(case("T@school S@council", "c1", "observed T;S c1")) == {}


def test_a_worry_that_is_resolved_is_out_until_it_is_seen_again():
    made_case = case("T@school", "c1 resolved=5", "observed T c1", "8 observed T c1")
    assert [kinds(made_case, f"2024-01-0{day}") for day in (4, 5, 8)] == [
        {"c1": "one person"},
        {},
        {"c1": "one person"},
    ]


@pytest.mark.parametrize("made_case", [builder.nobody(), builder.apart()])
def test_the_columns_and_their_types_are_the_same_with_and_without_lines(made_case):
    table = exclusive_concerns(made_case)
    assert list(table) == ["concern", "category", "severity", "kind", "people", "agencies", "since", "rows"]
    assert table.dtypes.equals(exclusive_concerns(builder.alone()).dtypes)


def check(tables, made_case, at):
    found = defaultdict(set)
    for concern, kind in kinds(made_case, at).items():
        found[kind].add(concern)
    names = ("exclusive", "left_with_holders", "on_file_only", "family_only", "file_and_family_only")
    expected = brute.exclusive_concerns(tables, at)
    assert [found[kind] for kind in KINDS] == [expected[name] for name in names]


test_of_the_packaged_cases_every_kind_is_that_of_the_brute_force = packaged(check)

test_every_kind_is_that_of_the_brute_force = made_up(check)
