"""The tables behind the network picture, counted by hand on small cases."""

from __future__ import annotations

import safetynet as sn
from safetynet.tables import network_contacts, network_meetings, network_people
from tests.measures import made
from tests.measures.made import met, saw, told


def test_child_and_family_are_always_there_and_others_once_they_have_appeared():
    case = made.case("K:child M:family N:support T@school S@council", [saw("T"), told("N", "S")])
    first = network_people(case, "2024-01-01")
    assert first["id"].tolist() == ["K", "M", "T"]
    assert network_people(case)["id"].tolist() == ["K", "M", "N", "T", "S"]


def test_an_agency_that_received_a_letter_has_a_line_of_its_own():
    case = made.case("T@school S@council", [told("T", "council", channel="letter")])
    table = network_people(case)
    assert table["id"].tolist() == ["T", "K", "council"]  # S has not appeared
    assert table.set_index("id").loc["council", "kind"] == "agency"


def test_contacts_are_counted_for_each_direction():
    rows = [
        told("T", "S", concerns="c1"),
        told("T", "S"),
        told("S", "T", concerns="c2"),
        told("T", "S", received="no", concerns="c2"),
    ]
    table = network_contacts(made.case("T@school S@council", rows, "c1 c2")).set_index(["sender", "recipient"])
    there = table.loc[("T", "S")]
    assert (there["contacts"], there["arrived"], there["concerns"]) == (3, 2, ("c1",))  # the third did not arrive
    assert table.loc[("S", "T"), "rows"] == ("e3",)


def test_a_row_to_two_people_is_a_contact_with_each():
    table = network_contacts(made.case("T@school S@council P@police", [told("T", "S;P", concerns="c1")]))
    assert table[["recipient", "rows"]].values.tolist() == [["P", ("e1",)], ["S", ("e1",)]]


def test_what_is_read_later_has_not_arrived_before():
    rows = [told("T", "S", channel="letter", concerns="c1", received_on="2024-01-09")]
    case = made.case("T@school S@council", rows)
    assert network_contacts(case, "2024-01-08")["arrived"].tolist() == [0]
    assert network_contacts(case, "2024-01-09")["arrived"].tolist() == [1]


def test_meetings_of_the_same_people_are_one_line_and_a_joint_visit_another():
    rows = [met("T;S"), met("S;T", concerns="c1"), met("T;S;P"), saw("T;S")]
    table = network_meetings(made.case("T@school S@council P@police", rows))
    assert table[["people", "kind", "times", "rows"]].values.tolist() == [
        [("S", "T"), "met", 2, ("e1", "e2")],
        [("P", "S", "T"), "met", 1, ("e3",)],
        [("S", "T"), "observed", 1, ("e4",)],
    ]


def test_every_contact_row_of_every_packaged_case_is_in_one_of_the_two_tables():
    for name in sn.list_cases()["name"]:
        case = sn.load_case(name)
        at = case.end
        rows = {
            row
            for table in (network_contacts(case, at), network_meetings(case, at))
            for rows in table["rows"]
            for row in rows
        }
        expected = set(case.contacts["id"]) | set(case.meetings["id"])
        expected |= set(case.observations.loc[case.observations["who"].str.contains(";"), "id"])
        assert rows == expected
