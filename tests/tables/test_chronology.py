"""The table behind the chronology picture."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.tables import chronology_lanes
from tests.measures import made
from tests.measures.made import saw, told


def test_every_row_up_to_the_date_has_one_line():
    case = sn.load_case("victoria_climbie")
    table = chronology_lanes(case, case.end)
    assert sorted(table["row"]) == sorted(case.chronology["id"])
    assert chronology_lanes(case, "1999-01-31")["row"].tolist() == ["in4", "oC01"]  # November and December 1998


def test_lanes_are_agencies_and_the_family_or_persons():
    case = made.case("M:family T@school S@council", [told("M", "T;S")])
    assert chronology_lanes(case)[["lanes", "to"]].values.tolist() == [[("family",), ("school", "council")]]
    assert chronology_lanes(case, by="person")[["lanes", "to"]].values.tolist() == [[("M",), ("T", "S")]]


def test_a_concern_is_new_where_it_first_came_onto_a_record_and_sightings_go_first():
    rows = [
        {**told("T", "S", concerns="c1"), "date": "2024-01-02"},
        {**saw("T"), "date": "2024-01-02"},
        {**saw("S"), "date": "2024-01-03"},
    ]
    table = chronology_lanes(made.case("T@school S@council", rows)).set_index("row")
    assert table["new"].to_dict() == {"e1": (), "e2": ("c1",), "e3": ()}


def test_an_action_says_how_it_stands():
    base = {"kind": "agreed", "who": "T", "concerns": "c1"}
    rows = [
        {**base, "id": "live", "date": "2024-01-01", "due": "2024-06-01"},
        {**base, "id": "late", "date": "2024-01-01", "due": "2024-01-20"},
        {**base, "id": "open", "date": "2024-01-01"},
        {**base, "id": "ready", "date": "2024-01-01", "due": "2024-01-20"},
        {"id": "d", "date": "2024-01-15", "kind": "done", "who": "T", "ref": "ready"},
    ]
    case = made.case("T@school", [saw("T")]).with_rows(rows)
    table = chronology_lanes(case, "2024-02-15").set_index("row")
    assert table.loc[["live", "late", "open", "ready"], "state"].tolist() == ["live", "overdue", "undated", "completed"]
    assert str(table.loc["ready", "until"].date()) == "2024-01-15"
    assert str(table.loc["late", "until"].date()) == "2024-01-20"


def test_a_contact_says_whether_it_arrived():
    rows = [told("T", "S"), told("T", "S", received="no"), told("T", "S", channel="letter", received_on="2024-01-20")]
    table = chronology_lanes(made.case("T@school S@council", rows))
    assert table["state"].tolist() == ["arrived", "not arrived", "read later"]


def test_lanes_of_another_kind_are_refused():
    with pytest.raises(sn.ArgumentError, match="'agency', 'person'"):
        chronology_lanes(sn.load_case("max"), by="sector")
