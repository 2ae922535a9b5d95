"""The table of who knew what."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.tables import who_knew_what
from tests.builder import case


def states(table, holder):
    return table[table["holder"] == holder].set_index("concern")["state"].to_dict()


def test_the_worked_example_by_hand():
    # T saw c1 and was told c3; S was told c1, and may have heard c2 from P on 30 Jan; P saw c2 and heard c1; G saw c3
    table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31")
    assert states(table, "T") == {"c1": "first hand", "c2": "no record", "c3": "told"}
    assert states(table, "S") == {"c1": "told", "c2": "possible", "c3": "no record"}
    assert states(table, "P") == {"c1": "told", "c2": "first hand", "c3": "no record"}
    assert states(table, "G") == {"c1": "no record", "c2": "no record", "c3": "first hand"}


def test_first_hand_is_only_who_saw_it():
    made = case(
        "T@school S@council P@police", "c1 c2 c3", "told T>S c1 phone", "decided P c2 outcome=same", "observed P c3"
    )
    table = who_knew_what(made)
    assert states(table, "T")["c1"] == "source not recorded"  # said it, and no row shows where it came from
    assert states(table, "S")["c1"] == "told"
    assert states(table, "P") == {"c1": "no record", "c2": "source not recorded", "c3": "first hand"}
    seen_later = made.with_rows([{"id": "e4", "date": "2024-01-09", "kind": "observed", "who": "T", "concerns": "c1"}])
    assert states(who_knew_what(seen_later), "T")["c1"] == "first hand"


def test_what_stands_in_a_file_nobody_saw():
    assert states(who_knew_what(case("T@school", "c1", "observed school c1")), "school") == {
        "c1": "source not recorded"
    }


def test_in_the_recorded_world_nothing_is_only_possible():
    table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31", world="recorded")
    assert "possible" not in set(table["state"])


def test_a_month_that_is_not_over_is_possible_in_every_world():
    made = case("T@school S@council", "c1", "2024-03 observed T c1", "01-02 told T>S - phone", "01-05 opened T")
    assert who_knew_what(made, "2024-03-10", world="recorded").empty  # on nobody's record for certain yet
    other = made.with_rows([{"id": "e9", "date": "2024-03-05", "kind": "observed", "who": "S", "concerns": "c1"}])
    table = who_knew_what(other, "2024-03-10", world="recorded")
    assert states(table, "S") == {"c1": "first hand"}
    assert states(table, "T") == {"c1": "possible"}


def test_a_possible_cell_rests_on_the_rows_by_which_it_may_have_come():
    table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31")
    line = table[(table["holder"] == "S") & (table["concern"] == "c2")].iloc[0]
    assert line["rows"] == ("e3", "e6")  # P saw it, then met S


def test_the_family_and_the_public_are_there_when_asked_for():
    made = case("K:child M:family G:public T@school", "c1", "observed M c1", "told M>T c1 phone", "told G>T - phone")
    assert set(who_knew_what(made)["holder"]) == {"T"}
    assert set(who_knew_what(made, family=True)["holder"]) == {"K", "M", "G", "T"}


def test_those_who_shared_stand_together_and_the_earlier_cluster_comes_first():
    made = case("A@a X@x B@b Y@y", "c1 c2", "observed A c2", "observed X c1", "told A>B c2 phone", "told X>Y c1 phone")
    table = who_knew_what(made)
    assert list(dict.fromkeys(table["concern"])) == ["c2", "c1"]
    assert list(dict.fromkeys(table["holder"])) == ["A", "B", "X", "Y"]


def test_every_cell_agrees_with_the_knowledge_engine():
    for name in ("reuben", "victoria_climbie"):
        real = sn.load_case(name)
        recorded, possible = sn.knowledge(real).state(), sn.knowledge(real, "possible").state()
        for line in who_knew_what(real).itertuples():
            certain = recorded.loc[line.holder, line.concern] == "certain"
            assert (line.state in ("first hand", "source not recorded", "told")) == certain
            assert (line.state == "no record") == (possible.loc[line.holder, line.concern] == "no record")


def test_reassurance_comes_after_the_worries():
    table = who_knew_what(sn.load_case("victoria_climbie"))
    assert list(dict.fromkeys(table["concern"]))[-1] == "C14"  # the one reassurance of the case


def test_a_world_that_is_not_there_is_refused():
    with pytest.raises(sn.ArgumentError, match="recorded"):
        who_knew_what(sn.load_case("max"), world="real")


def test_a_meeting_tells_everybody_in_it():
    table = who_knew_what(case("A@a B@b C@c", "c1", "observed A c1", "met A;B;C c1"))
    assert states(table, "B") == {"c1": "told"}
