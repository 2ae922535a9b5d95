"""Escalation: quarter by quarter, the network against the person who knew most."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import safetynet as sn
from safetynet.measures.escalation import escalation
from tests import builder
from tests.brute import model
from tests.builder import case
from tests.measures.against import made_up, packaged
from tests.measures.packaged import same

ROWS = [
    "2023-11-15 observed T c1",
    "2023-12-31 observed S c2",
    "05-01 observed T c3",
    "07-10 closed T",
]


def graded(concerns, *rows):
    return case("T@school S@council", concerns, *rows)


def test_each_quarter_has_what_came_and_the_running_mean():
    # 2023Q4: c1 (1) and c2 (2); 2024Q1: nothing; 2024Q2: c3 (4); 2024Q3: T has left
    table = escalation(graded("c1:1 c2:2 c3:4", *ROWS), "2024-08-15")
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
    table = escalation(graded("c1:1 resolved=02-01 c2:2 c3:4", *ROWS), "2024-08-15")
    assert table["mean"].tolist() == [1.5, 2, 3, 3]


def test_where_everybody_has_left_there_is_no_person():
    line = escalation(graded("c1:3", "observed T c1", "closed T"), "2024-01-31").iloc[0]
    assert (line["mean"], line["person"], line["person_known"]) == (3, "", 0)
    assert math.isnan(line["gap"])


def test_there_is_no_quarter_where_nothing_is_known():
    table = escalation(builder.nobody())
    assert table.empty
    assert table.dtypes.equals(escalation(builder.alone()).dtypes)


def test_the_last_quarter_ends_with_the_day_asked_about():
    table = escalation(sn.load_case("victoria_climbie"))
    assert table["end"].iloc[-1] == pd.Timestamp("2000-02-23")
    assert table["known"].is_monotonic_increasing  # nothing is resolved in this case


def check(tables, made_case, at):
    view = model.view(tables, at)
    for line in escalation(made_case, at).itertuples():
        then = view.on(line.end.date())
        weights = [view.weight[c] for c in then.known]
        assert line.known == len(weights)
        assert same(line.mean, sum(weights) / len(weights) if weights else None)
        best = max(
            (sum(view.weight[c] for c in then.held.get(p, set()) & then.known) for p in then.involved), default=0
        )
        theirs = then.held.get(line.person, set()) & then.known
        assert sum(view.weight[c] for c in theirs) == best
        assert line.person_known == len(theirs)
        assert bool(line.person) == bool(best)
        assert not line.person or line.person_mean == pytest.approx(best / len(theirs))


test_of_the_packaged_cases_each_quarter_is_as_it_stood_at_its_end = packaged(check)

test_each_quarter_is_as_it_stood_at_its_end = made_up(check)


def test_asked_long_after_the_record_the_quiet_quarters_are_no_lines():
    # T leaves on 07-10, the record ends that day; asked in 9999 nothing has changed since
    table = escalation(graded("c1:1 c2:2 c3:4", *ROWS), "9999-12-31")
    assert table["quarter"].tolist() == ["2023Q4", "2024Q1", "2024Q2", "2024Q3"]
    assert str(table["end"].iloc[-1])[:10] == "2024-09-30"


def test_a_post_that_ends_after_the_record_is_a_change_of_its_quarter():
    one = case("T@school end=2025-02-01", "c1:3", "observed T c1")
    table = escalation(one, "9999-12-31")
    assert table["quarter"].iloc[-1] == "2025Q1"
    assert table["person"].tolist()[-2:] == ["T", ""]
