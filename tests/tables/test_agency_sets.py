"""Which agencies had which worries."""

from __future__ import annotations

import safetynet as sn
from safetynet.tables import agency_sets
from tests.measures import made
from tests.measures.made import saw, told


def test_worries_of_the_same_agencies_are_one_line():
    rows = [saw("T", "c1;c2"), told("T", "S", concerns="c1;c2"), saw("P", "c3"), saw("M", "c4")]
    table = agency_sets(made.case("M:family T@school S@council P@police", rows, "c1 c2 c3 c4"))
    assert table[["agencies", "concerns", "number", "severity"]].values.tolist() == [
        [("council", "school"), ("c1", "c2"), 2, 4.0],
        [(), ("c4",), 1, 2.0],  # the mother alone
        [("police",), ("c3",), 1, 2.0],
    ]


def test_those_who_left_still_count_for_their_agency():
    case = made.case("T@school S@council", [saw("T"), {"kind": "closed", "who": "T"}, saw("S", "c1")])
    assert agency_sets(case)["agencies"].tolist() == [("council", "school")]


def test_every_current_worry_on_a_record_is_in_exactly_one_line():
    for name in sn.list_cases()["name"]:
        table = agency_sets(sn.load_case(name))
        worries = [worry for some in table["concerns"] for worry in some]
        assert len(worries) == len(set(worries)) == table["number"].sum()
