"""The tables of the network, counted by hand on small cases."""

from __future__ import annotations

import safetynet as sn
from safetynet.tables import network, network_meetings, network_people
from tests.builder import case


def test_child_and_family_are_always_there_and_others_once_they_have_appeared():
    made = case("K:child M:family N:support G:public T@school S@council", "c1", "observed T c1", "told N;G>S - phone")
    assert network_people(made, "2024-01-01")["id"].tolist() == ["K", "M", "T"]
    assert network_people(made)["id"].tolist() == ["K", "M", "N", "G", "T", "S"]


def test_an_agency_that_received_a_letter_has_a_line_of_its_own():
    table = network_people(case("T@school S@council", "c1", "told T>council - letter"))
    assert table["id"].tolist() == ["T", "K", "council"]  # S has not appeared
    assert table.set_index("id").loc["council", "kind"] == "agency"


def test_contacts_are_counted_for_each_direction():
    made = case(
        "T@school S@council",
        "c1 c2",
        "told T>S c1 phone",
        "told T>S - phone",
        "told S>T c2 phone",
        "told T>S c2 phone received=no",
    )
    table = network(made).set_index(["sender", "recipient"])
    there = table.loc[("T", "S")]
    assert (there["contacts"], there["not_arrived"], there["concerns"]) == (3, 1, ("c1",))  # the third did not arrive
    assert table.loc[("S", "T"), "rows"] == ("e3",)


def test_a_row_to_two_people_is_a_contact_with_each_and_with_who_was_present():
    made = case("M:family T@school S@council P@police", "c1", "told T>S;P c1 phone present=M")
    assert network(made)[["recipient", "rows"]].values.tolist() == [["M", ("e1",)], ["P", ("e1",)], ["S", ("e1",)]]


def test_a_decision_that_was_told_is_a_contact():
    made = case("T@school S@council", "c1", "decided T>S c1 outcome=step_up", "decided T c1 outcome=same")
    assert network(made)["rows"].tolist() == [("e1",)]


def test_what_is_read_later_has_not_arrived_before():
    made = case("T@school S@council", "c1", "1 told T>S c1 letter received_on=9")
    assert network(made, "2024-01-08")["not_arrived"].tolist() == [1]
    assert network(made, "2024-01-09")["not_arrived"].tolist() == [0]


def test_paper_that_nobody_confirms_arrives_unless_the_rules_say_otherwise():
    made = case("T@school S@council", "c1", "1 told T>S c1 letter")
    assert network(made)["not_arrived"].tolist() == [0]
    assert network(made, rules=sn.Rules(unconfirmed="does_not_count"))["not_arrived"].tolist() == [1]


def test_meetings_of_the_same_people_are_one_line_and_a_joint_visit_another():
    made = case(
        "M:family T@school S@council P@police",
        "c1",
        "met T;S",
        "met S;T c1",
        "met T;S;P",
        "observed T;S c1",
        "met T;S present=M",
    )
    assert network_meetings(made)[["people", "present", "kind", "times", "rows"]].values.tolist() == [
        [("S", "T"), (), "met", 2, ("e1", "e2")],
        [("P", "S", "T"), (), "met", 1, ("e3",)],
        [("S", "T"), (), "observed", 1, ("e4",)],
        [("S", "T"), ("M",), "met", 1, ("e5",)],
    ]


def test_every_contact_row_of_every_packaged_case_is_in_one_of_the_two_tables():
    for name in sn.list_cases()["name"]:
        real = sn.load_case(name)
        tables = (network(real, real.end), network_meetings(real, real.end))
        rows = {row for table in tables for rows in table["rows"] for row in rows}
        graph = real.graph()
        arrived = {data["event"] for _, _, data in graph.edges(data=True) if "event" in data}
        assert arrived <= rows
        assert set(real.contacts["id"]) | set(real.meetings["id"]) <= rows
