"""The table of the chronology."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.tables import chronology
from tests.builder import case


def test_every_row_up_to_the_date_has_one_line():
    real = sn.load_case("victoria_climbie")
    table = chronology(real, real.end)
    assert sorted(table["row"]) == sorted(real.chronology["id"])
    assert chronology(real, "1999-01-31")["row"].tolist() == ["in4", "oC01"]  # November and December 1998


def test_lanes_are_agencies_and_those_round_the_child_or_persons():
    made = case("M:family G:public T@school S@council", "c1", "told M>T;S - phone", "told G>T - phone")
    assert chronology(made)[["lanes", "to_lanes"]].values.tolist() == [
        [("family",), ("school", "council")],
        [("public",), ("school",)],
    ]
    assert chronology(made, by="person")["lanes"].tolist() == [("M",), ("G",)]


def test_who_was_in_the_room_and_who_was_absent_have_lanes_of_their_own():
    made = case("M:family T@school S@council P@police", "c1", "met T;S present=M absent=P")
    line = chronology(made).iloc[0]
    assert line["lanes"] == ("school", "council")
    assert line["present_lanes"] == ("family",)
    assert line["absent_lanes"] == ("police",)


def test_a_concern_came_where_it_first_came_onto_a_record_and_sightings_go_first():
    made = case("T@school S@council", "c1", "2 told T>S c1 phone", "2 observed T c1", "3 observed S c1")
    assert chronology(made).set_index("row")["came"].to_dict() == {"e1": (), "e2": ("c1",), "e3": ()}


def test_an_action_and_a_duty_say_what_became_of_them():
    made = case(
        "T@school",
        "c1",
        "1 observed T c1",
        "live: 1 agreed T c1 due=06-01",
        "late: 1 agreed T c1 due=20",
        "open: 1 agreed T c1",
        "ready: 1 agreed T c1 due=20",
        "duty: 1 expected T c1 rule=law",
        "15 done T ref=ready",
        "16 done T ref=duty outcome=partly",
    )
    table = chronology(made, "2024-02-15").set_index("row")
    states = table.loc[["live", "late", "open", "ready", "duty"], "state"].tolist()
    assert states == ["open", "overdue", "open", "done", "open"]  # partly done is not done
    assert str(table.loc["ready", "done_on"].date()) == "2024-01-15"
    assert str(table.loc["late", "due"].date()) == "2024-01-20"


def test_what_is_due_on_the_day_is_not_overdue():
    made = case("T@school", "c1", "a: 1 agreed T c1 due=20")
    assert chronology(made, "2024-01-20")["state"].tolist() == ["open"]
    assert chronology(made, "2024-01-21")["state"].tolist() == ["overdue"]


def test_a_contact_says_whether_it_arrived():
    made = case(
        "T@school S@council",
        "c1",
        "told T>S - phone",
        "told T>S - phone received=no",
        "3 told T>S - letter received_on=20",
    )
    table = chronology(made)
    assert table["state"].tolist() == ["arrived", "not arrived", "read later"]
    assert str(table["read_on"].iloc[2].date()) == "2024-01-20"


def test_a_decision_that_was_told_is_a_contact_and_one_that_was_not_is_none():
    made = case("T@school S@council", "c1", "decided T>S c1 outcome=same", "decided T c1 outcome=same")
    assert chronology(made)["state"].tolist() == ["arrived", ""]


def test_lanes_of_another_kind_are_refused():
    with pytest.raises(sn.ArgumentError, match="'agency', 'person'"):
        chronology(sn.load_case("max"), by="sector")
