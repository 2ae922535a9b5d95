"""The who-knew-what table."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.tables import who_knew_what
from tests.measures import made
from tests.measures.made import met, saw, told


def states(table, person):
    return table[table["person"] == person].set_index("concern")["state"].to_dict()


def test_the_worked_example_by_hand():
    # T saw c1 and was told c3; S was told c1, and may have heard c2 from P on 30 Jan; P saw c2 and heard c1; G saw c3
    table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31")
    assert states(table, "T") == {"c1": "first hand", "c2": "no record", "c3": "told"}
    assert states(table, "S") == {"c1": "told", "c2": "possible", "c3": "no record"}
    assert states(table, "P") == {"c1": "told", "c2": "first hand", "c3": "no record"}
    assert states(table, "G") == {"c1": "no record", "c2": "no record", "c3": "first hand"}


def test_in_the_recorded_world_nothing_is_only_possible():
    table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31", world="recorded")
    assert "possible" not in set(table["state"])


def test_a_month_that_is_not_over_is_possible_in_every_world():
    case = made.case("T@school S@council", [{**saw("T"), "date": "2024-03"}, told("T", "S")])
    before = who_knew_what(
        case.with_rows([{"kind": "opened", "who": "T", "date": "2024-01-05"}]), "2024-03-10", world="recorded"
    )
    assert before.empty  # on nobody's record for certain yet
    other = case.with_rows([{**saw("S"), "date": "2024-03-05"}])
    table = who_knew_what(other, "2024-03-10", world="recorded")
    assert states(table, "S") == {"c1": "first hand"}
    assert "T" in set(table["person"])
    assert states(table, "T") == {"c1": "possible"}


def test_a_possible_cell_rests_on_the_rows_by_which_it_may_have_come():
    table = who_knew_what(sn.load_case("worked_example"), at="2024-01-31")
    line = table[(table["person"] == "S") & (table["concern"] == "c2")].iloc[0]
    assert line["rows"] == ("e3", "e6")  # P saw it, then met S


def test_the_family_is_there_when_asked_for():
    case = made.case("K:child M:family T@school", [saw("M"), told("M", "T", concerns="c1")])
    assert set(who_knew_what(case)["person"]) == {"T"}
    assert set(who_knew_what(case, family=True)["person"]) == {"K", "M", "T"}


def test_those_who_shared_stand_together_and_the_earlier_cluster_comes_first():
    rows = [saw("A", "c2"), saw("X", "c1"), told("A", "B", concerns="c2"), told("X", "Y", concerns="c1")]
    table = who_knew_what(made.case("A@a X@x B@b Y@y", rows, "c1 c2"))
    assert list(dict.fromkeys(table["concern"])) == ["c2", "c1"]
    assert list(dict.fromkeys(table["person"])) == ["A", "B", "X", "Y"]


def test_every_certain_cell_agrees_with_the_knowledge_engine():
    for name in ("reuben", "victoria_climbie"):
        case = sn.load_case(name)
        state = sn.knowledge(case).state()
        for line in who_knew_what(case).itertuples():
            assert (line.state in ("first hand", "told")) == (state.loc[line.person, line.concern] == "certain")


def test_reassurance_comes_after_the_worries():
    table = who_knew_what(sn.load_case("victoria_climbie"))
    assert list(dict.fromkeys(table["concern"]))[-1] == "C14"  # the one reassurance of the case


def test_a_world_that_is_not_there_is_refused():
    with pytest.raises(sn.ArgumentError, match="recorded"):
        who_knew_what(sn.load_case("max"), world="real")


def test_a_meeting_tells_everybody_in_it():
    table = who_knew_what(made.case("A@a B@b C@c", [saw("A"), met("A;B;C", concerns="c1")]))
    assert states(table, "B") == {"c1": "told"}
