"""The tables of a report, cell by cell."""

from __future__ import annotations

from safetynet.pages.cells import notes, who_knew_what, worry_lines
from safetynet.record.snapshot import snapshot
from tests.builder import case


def test_a_row_says_what_else_changes_how_it_counts():
    made = case(
        "M:family T@school S@council",
        "c1",
        "e1: told T>S c1 letter received_on=9 present=M",
        "e2: decided S c1 outcome=no_further_action reason=below_threshold ref=e1 disputes=e1 count=3",
    )
    view = snapshot(made)
    assert list(notes(view, view.records.by_id["e1"])) == ["letter", "read 2024-01-09", "in the room: M"]
    assert list(notes(view, view.records.by_id["e2"])) == [
        "outcome no further action",
        "because below threshold",
        "refers to: e1",
        "account differs from: e1",
        "stands for 3 occasions",
    ]


def test_holders_stand_under_their_agency_then_those_round_the_child():
    made = case("G:public M:family T@school", "c1", "observed T;M c1", "observed school c1", "observed G c1")
    groups = [(line["group"], line["file"]) for line in who_knew_what(snapshot(made))["lines"]]
    assert sorted(groups[:2]) == [("school", False), ("school", True)]
    assert groups[2:] == [("the family", False), ("others round the child", False)]


def test_a_worry_names_who_has_it_and_who_has_left():
    made = case("T@school S@council", "c1:3", "observed T c1", "observed S c1", "closed T", "9 opened S")
    (line,) = worry_lines(snapshot(made))
    assert (line["informed"], line["left"], line["severity"]) == (["S"], ["T"], 3)
