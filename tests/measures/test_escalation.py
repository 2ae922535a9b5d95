"""Escalation: quarter by quarter, the network against the person who knew most."""

from __future__ import annotations

import math

import pandas as pd

import safetynet as sn
from safetynet.measures.escalation import escalation
from tests.measures import made
from tests.measures.made import saw


def graded(rows, *grades, **more):
    """A case whose worries c1, c2 and so on have the given severities."""
    plain = made.case("T@school S@council", rows, " ".join(f"c{n}" for n in range(1, len(grades) + 1)))
    concerns = plain.concerns
    concerns["severity"] = [str(grade) for grade in grades]
    for concern, day in more.items():
        concerns.loc[concerns["id"] == concern, "resolved"] = day
    return sn.Case(plain.people, concerns, plain.chronology)


ROWS = [
    saw("T", "c1", date="2023-11-15"),
    saw("S", "c2", date="2023-12-31"),
    saw("T", "c3", date="2024-05-01"),
    {"kind": "closed", "who": "T", "date": "2024-07-10"},
]


def test_each_quarter_has_what_came_and_the_running_mean():
    # 2023Q4: c1 (1) and c2 (2); 2024Q1: nothing; 2024Q2: c3 (4); 2024Q3: T has left
    table = escalation(graded(ROWS, 1, 2, 4), "2024-08-15")
    assert table["quarter"].tolist() == ["2023Q4", "2024Q1", "2024Q2", "2024Q3"]
    assert table["end"].astype(str).tolist() == ["2023-12-31", "2024-03-31", "2024-06-30", "2024-08-15"]
    assert table["came"].tolist() == [("c1", "c2"), (), ("c3",), ()]
    assert table["known"].tolist() == [2, 2, 3, 3]
    assert table["mean"].tolist() == [1.5, 1.5, 7 / 3, 7 / 3]
    assert table["person"].tolist() == ["S", "S", "T", "S"]
    assert table["person_mean"].tolist() == [2, 2, 2.5, 2]
    assert table["gap"].round(4).tolist() == [-0.5, -0.5, round(7 / 3 - 2.5, 4), round(7 / 3 - 2, 4)]
    assert table["mean_came"].tolist()[::2] == [1.5, 4]
    assert math.isnan(table["mean_came"][1])
    assert table["rows"].tolist() == [("e1", "e2"), (), ("e3",), ()]


def test_a_worry_that_is_resolved_by_the_end_of_a_quarter_is_out_of_its_mean():
    table = escalation(graded(ROWS, 1, 2, 4, c1="2024-02-01"), "2024-08-15")
    assert table["mean"].tolist() == [1.5, 2, 3, 3]


def test_where_everybody_has_left_there_is_no_person():
    rows = [saw("T", "c1"), {"kind": "closed", "who": "T"}]
    line = escalation(graded(rows, 3), "2024-01-31").iloc[0]
    assert (line["mean"], line["person"], line["person_known"]) == (3, "", 0)
    assert math.isnan(line["gap"])


def test_there_is_no_quarter_where_nothing_is_known():
    table = escalation(made.nobody())
    assert table.empty
    assert str(table["end"].dtype) == "datetime64[s]"


def test_the_last_quarter_ends_with_the_day_asked_about():
    table = escalation(sn.load_case("victoria_climbie"))
    assert table["end"].iloc[-1] == pd.Timestamp("2000-02-23")
    assert table["known"].is_monotonic_increasing  # nothing is resolved in this case
