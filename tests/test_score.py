"""The score object."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import safetynet as sn
from safetynet.score import Score


def made(value=0.25, **more) -> Score:
    return Score("test", value, table=pd.DataFrame({"a": [1]}), explain="A sentence.", **more)


def test_a_score_is_a_number_with_its_range_and_direction():
    assert repr(made()) == "<Score test = 0.25 (range 0 to 1, higher is worse)>"
    assert repr(made(low=0.2, high=0.5)) == "<Score test = 0.25 (0.2 to 0.5; range 0 to 1, higher is worse)>"
    assert (float(made()), round(made(), 1), f"{made():.1%}") == (0.25, 0.2, "25.0%")


def test_a_score_that_is_not_defined_says_why_and_is_never_nought():
    score = made(None, reason="nobody knew")
    assert math.isnan(float(score))
    assert not score.defined
    assert repr(score) == "<Score test is not defined: nobody knew>"
    assert made().reason == ""


def test_a_score_cannot_be_changed_and_its_table_is_a_copy():
    score = made()
    with pytest.raises(AttributeError, match="cannot be changed"):
        score.value = 3  # type: ignore[misc]
    table = score.table
    table.loc[0, "a"] = 9
    assert score.table.loc[0, "a"] == 1


def test_evidence_is_the_rows_of_the_chronology_by_date():
    score = sn.best_picture(sn.load_case("worked_example"), at="2024-01-31")
    # P holds c2 (observed, e3) and c1 (the meeting, e6)
    assert score.rows == ("e3", "e6")
    assert score.evidence["id"].tolist() == ["e3", "e6"]
    assert list(score.evidence.columns) == list(sn.load_case("worked_example").chronology.columns)


def test_in_a_notebook_a_score_shows_its_picture_and_a_case_its_network():
    case = sn.load_case("worked_example")
    assert "data:image/png;base64," in sn.best_picture(case)._repr_html_()
    assert set(case._repr_mimebundle_()) == {"text/plain", "image/png", "image/svg+xml"}


def test_a_score_without_an_end_that_is_not_defined_is_shown_all_the_same():
    score = sn.days_without_lead(sn.load_case("victoria_climbie"))
    assert not score.defined
    assert "not defined" in score._repr_html_()


def test_in_a_notebook_everything_is_escaped():
    score = Score("x", 0.5, table=pd.DataFrame({"who": ["<script>alert(1)</script>"]}), explain="<b>bold</b>")
    assert "<script>" not in score._repr_html_()
    assert "&lt;b&gt;bold" in score._repr_html_()
