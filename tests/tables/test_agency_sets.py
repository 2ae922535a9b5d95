"""Which agencies had which worries."""

from __future__ import annotations

import safetynet as sn
from safetynet.tables import agency_sets
from tests.builder import case


def test_worries_of_the_same_agencies_are_one_line():
    made = case(
        "M:family T@school S@council P@police",
        "c1 c2 c3 c4",
        "observed T c1;c2",
        "told T>S c1;c2 phone",
        "observed P c3",
        "observed M c4",
    )
    assert agency_sets(made)[["agencies", "concerns", "number", "weight"]].values.tolist() == [
        [("council", "school"), ("c1", "c2"), 2, 4.0],
        [(), ("c4",), 1, 2.0],  # the mother alone
        [("police",), ("c3",), 1, 2.0],
    ]


def test_those_who_left_still_count_for_their_agency():
    made = case("T@school S@council", "c1", "observed T c1", "closed T", "observed S c1")
    assert agency_sets(made)["agencies"].tolist() == [("council", "school")]


def test_a_professional_without_an_agency_is_a_person_and_no_agency():
    made = case("T@school V", "c1 c2", "observed V c1", "told V>T c2 phone")
    found = agency_sets(made)[["agencies", "people", "concerns"]].values.tolist()
    assert sorted(found) == [[(), ("V",), ("c1",)], [("school",), ("V",), ("c2",)]]


def test_an_agency_that_has_it_on_file_counts():
    assert agency_sets(case("T@school", "c1", "observed school c1"))["agencies"].tolist() == [("school",)]


def test_every_current_worry_on_a_record_is_in_exactly_one_line():
    for name in sn.list_cases()["name"]:
        table = agency_sets(sn.load_case(name))
        worries = [worry for some in table["concerns"] for worry in some]
        assert len(worries) == len(set(worries)) == table["number"].sum()
