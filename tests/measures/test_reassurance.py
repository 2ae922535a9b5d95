"""Reach of reassurance against reach of the worries that it answers."""

from __future__ import annotations

import pandas as pd

import safetynet as sn
from safetynet.measures.reassurance import reach_of_reassurance
from tests.measures import made
from tests.measures.made import saw, told


def case(rows, **more):
    """Worry c1 and a reassurance r1 that answers it."""
    plain = made.case("T@school S@council G@health F:family", rows, "c1 r1")
    concerns = plain.concerns
    concerns.loc[concerns["id"] == "r1", ["category", "severity", "answers"]] = ["reassurance", "0", "c1"]
    for column, value in more.items():
        concerns.loc[concerns["id"] == "c1", column] = value
    return sn.Case(plain.people, concerns, plain.chronology)


def test_the_reassurance_that_went_further_than_the_worry():
    # T saw c1 on the 1st; G gave r1 on the 2nd, and told S and the council's desk
    rows = [saw("T", "c1"), saw("G", "r1"), told("G", "S;council", concerns="r1", channel="letter")]
    line = reach_of_reassurance(case(rows)).iloc[0]
    assert (line["reassured"], line["informed"], line["reassured_only"]) == (("G", "S"), ("T",), ("G", "S"))
    assert (line["people_reassured"], line["people_informed"]) == (2, 1)
    assert (line["agencies_reassured"], line["agencies_informed"]) == (2, 1)
    assert (line["days"], line["first"]) == (1, "worry")
    assert line["rows"] == ("e1", "e2", "e3")


def test_which_was_first():
    assert reach_of_reassurance(case([saw("G", "r1"), saw("T", "c1")]))[["first", "days"]].values.tolist() == [
        ["reassurance", -1]
    ]
    assert reach_of_reassurance(case([saw("G", "r1;c1")]))["first"].tolist() == ["same day"]
    assert reach_of_reassurance(case([saw("G", "c1")]))["first"].tolist() == ["worry"]
    only = reach_of_reassurance(case([saw("G", "r1"), saw("F", "c1")])).iloc[0]  # the family has the worry alone
    assert (only["first"], only["people_informed"]) == ("reassurance", 0)
    assert pd.isna(only["informed_since"])
    assert only["days"] is pd.NA


def test_a_worry_that_is_resolved_or_that_nobody_has_is_left_out():
    assert reach_of_reassurance(case([saw("G", "r1"), saw("T", "c1")], resolved="2024-01-02")).empty
    assert reach_of_reassurance(case([])).empty


def test_in_the_climbie_case_more_had_the_scabies_diagnosis_than_the_suspicion():
    table = reach_of_reassurance(sn.load_case("victoria_climbie"))
    assert table["reassurance"].tolist() == ["C14", "C14"]
    assert (table["people_reassured"] > table["people_informed"]).all()
