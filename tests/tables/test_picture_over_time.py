"""The pooled picture and the best single one, day by day."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.tables import picture_over_time
from tests.measures import made
from tests.measures.made import met, saw


def test_the_worked_example_by_hand():
    # severities 3, 4, 2; T saw c1; P saw c2 on the 15th; G c3 on the 20th; T heard c3 on the 25th; P c1 on the 30th
    table = picture_over_time(sn.load_case("worked_example"))
    assert table["pooled"].tolist() == [3, 7, 9, 9, 9]
    assert table["best"].tolist() == [3, 4, 4, 5, 7]
    assert table["holder"].tolist() == ["T", "P", "P", "T", "P"]
    assert table["meetings"].tolist()[-1] == ("e6",)


def test_whoever_leaves_takes_the_picture_along():
    rows = [
        saw("T", "c1;c2"),
        saw("S", "c1"),
        {"kind": "closed", "who": "T"},
        {"kind": "opened", "who": "S", "date": "2024-01-09"},
    ]
    table = picture_over_time(made.case("T@school S@council", rows, "c1 c2"))
    assert table[["date", "best"]].assign(date=table["date"].dt.day).values.tolist() == [[1, 4.0], [4, 2.0], [9, 2.0]]
    assert table["pooled"].tolist() == [4, 4, 4]


def test_the_last_line_agrees_with_the_best_picture():
    for name in sn.list_cases()["name"]:
        case = sn.load_case(name)
        last = picture_over_time(case).iloc[-1]
        assert last["best"] / last["pooled"] == pytest.approx(float(sn.best_picture(case)))
        assert (picture_over_time(case)["gap"] >= 0).all()


def test_a_meeting_with_worries_is_a_line_even_if_nothing_changed():
    table = picture_over_time(made.case("T@school S@council", [met("T;S", concerns="c1"), met("T;S", concerns="c1")]))
    assert table["meetings"].tolist() == [("e1",), ("e2",)]
