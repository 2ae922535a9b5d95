"""The pooled picture and the best single one, day by day."""

from __future__ import annotations

import pytest

import safetynet as sn
from safetynet.tables import picture_over_time
from tests.builder import case


def test_the_worked_example_by_hand():
    # severities 3, 4, 2; T saw c1; P saw c2 on the 15th; G c3 on the 20th; T heard c3 on the 25th; P c1 on the 30th
    table = picture_over_time(sn.load_case("worked_example"))
    assert table["pooled"].tolist() == [3, 7, 9, 9, 9]
    assert table["best"].tolist() == [3, 4, 4, 5, 7]
    assert table["holder"].tolist() == ["T", "P", "P", "T", "P"]
    assert table["known"].tolist() == [1, 2, 3, 3, 3]
    assert table["person_known"].tolist() == [1, 1, 1, 2, 2]
    assert table["meeting_rows"].tolist()[-1] == ("e6",)


def test_whoever_leaves_takes_the_picture_along():
    made = case("T@school S@council", "c1 c2", "observed T c1;c2", "observed S c1", "closed T", "9 opened S")
    table = picture_over_time(made)
    assert table[["date", "best"]].assign(date=table["date"].dt.day).values.tolist() == [[1, 4.0], [4, 2.0], [9, 2.0]]
    assert table["pooled"].tolist() == [4, 4, 4]


def test_the_last_line_agrees_with_the_best_picture():
    for name in sn.list_cases()["name"]:
        real = sn.load_case(name)
        table = picture_over_time(real)
        assert table["best"].iloc[-1] / table["pooled"].iloc[-1] == pytest.approx(float(sn.best_picture(real)))
        assert (table["gap"] >= 0).all()


def test_a_meeting_with_worries_is_a_line_even_if_nothing_changed():
    made = case("T@school S@council", "c1", "met T;S c1", "met T;S c1")
    assert picture_over_time(made)["meeting_rows"].tolist() == [("e1",), ("e2",)]
