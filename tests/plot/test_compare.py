"""The comparison: what it draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import safetynet as sn
from tests.plot.drawing import outside, overlaps, said


def table(**more):
    lines = [
        ("fragmentation", "death", 0.9),
        ("fragmentation", "death", 0.7),
        ("fragmentation", "improved", 0.2),
        ("diffusion", "death", 0.5),
    ]
    return pd.DataFrame(lines, columns=["measure", "outcome", "value"]).assign(**more)


def test_a_strip_has_a_point_for_every_value_and_the_median_in_words():
    ax = sn.plot.compare(table(), ax=sn.plot.page())
    points = [line for line in ax.lines if line.get_marker() in ("o", "s")]
    assert len(points) == 4
    assert "median 0.8" in said(ax)  # of 0.7 and 0.9
    assert overlaps(ax) == []


def test_intervals_are_lines_from_low_to_high():
    ax = sn.plot.compare(table(low=0.1, high=0.95), ax=sn.plot.page())
    spans = [line for line in ax.lines if line.get_linewidth() == 1.8]
    assert len(spans) == 4
    assert len({tuple(line.get_xdata()) for line in spans}) == 1  # all from 0.1 to 0.95 on one scale


def test_values_that_are_not_defined_are_counted():
    frame = table()
    frame.loc[0, "value"] = float("nan")
    assert "1 not defined and not drawn" in said(sn.plot.compare(frame, ax=sn.plot.page()))


def test_measures_on_different_scales_have_their_own():
    frame = pd.DataFrame(
        {"score": ["contacts", "fragmentation"], "value": [40, 0.4], "low": [30, 0.2], "high": [55, 0.5]}
    )
    assert "own scale" in said(sn.plot.compare(frame, ax=sn.plot.page()))


def test_where_not_all_measures_have_room_the_first_are_drawn_and_the_others_counted():
    lines = [(f"measure{number:02}", group, 10.0 * number) for number in range(30) for group in ("east", "west")]
    ax = sn.plot.compare(pd.DataFrame(lines, columns=["measure", "group", "value"]), ax=sn.plot.page())
    there = [f"measure{number:02}" for number in range(30) if f"measure{number:02}" in said(ax)]
    assert there == [f"measure{number:02}" for number in range(len(there))]
    assert 5 <= len(there) < 30
    assert f"{30 - len(there)} more measures not drawn for want of room" in said(ax)
    assert overlaps(ax) == []


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(sn.ArgumentError, match=r"'difference'.*'measure'"):
        sn.plot.compare(table(), value="difference")
    with pytest.raises(sn.ArgumentError, match="no line with a value"):
        sn.plot.compare(table(value=float("nan")))


def test_one_hundred_cases_stand_beside_each_other_without_touching():
    frame = pd.DataFrame({"measure": "fragmentation", "group": "all", "value": np.linspace(0.4, 0.45, 100)})
    ax = sn.plot.compare(frame, ax=sn.plot.page())
    assert len([line for line in ax.lines if line.get_marker() == "o"]) == 100
    assert outside(ax) == []


def test_many_cases_have_lines_of_their_own_that_do_not_touch():
    measures = [f"measure {number}" for number in range(5)]
    lines = [(one, f"case_{case}", case / 8) for one in measures for case in range(7)]
    ax = sn.plot.compare(pd.DataFrame(lines, columns=["measure", "case", "value"]), ax=sn.plot.page())
    assert overlaps(ax) == []
    assert said(ax).count("case_3") == 5


def test_what_is_no_table_is_answered():
    with pytest.raises(sn.ArgumentError, match=r"table is None\. Give a DataFrame"):
        sn.plot.compare(None)
    with pytest.raises(sn.ArgumentError, match="not a list of scores"):
        sn.plot.scores_over_time(sn.load_case("worked_example"), names=3)
    with pytest.raises(sn.ArgumentError, match="no axes on a figure"):
        sn.plot.svg("x")
