"""The picture and the scores over time: what they draw."""

from __future__ import annotations

import pytest

import safetynet as sn
from tests.builder import case
from tests.plot.drawing import said


def test_the_two_lines_of_the_picture_end_at_the_last_values():
    words = said(sn.plot.picture_over_time(sn.load_case("worked_example"), ax=sn.plot.page()))
    assert "together: 9" in words
    assert "best one: 7" in words
    assert "Police officer" in words


def test_the_key_has_a_meeting_only_where_one_is_drawn():
    at_a_table = "meeting with worries on the table"
    met = case("A@school B@council", "c1", "observed A c1", "met A+B c1")
    apart = case("A@school B@council", "c1", "observed A c1", "told A>B c1")
    assert at_a_table in said(sn.plot.picture_over_time(met, ax=sn.plot.page()))
    assert at_a_table not in said(sn.plot.picture_over_time(apart, ax=sn.plot.page()))


def test_scores_can_be_chosen_and_a_wrong_one_is_named():
    real = sn.load_case("worked_example")
    words = said(sn.plot.scores_over_time(real, names=["diffusion", "contacts"], ax=sn.plot.page()))
    assert "diffusion" in words
    assert "best picture" not in words
    with pytest.raises(sn.UnknownNameError, match="diffusion"):
        sn.plot.scores_over_time(real, names=["difusion"])
    with pytest.raises(sn.ArgumentError, match="empty"):
        sn.plot.scores_over_time(real, names=[])


def test_the_last_values_are_the_scores_of_the_day():
    real = sn.load_case("khyra_ishaq")
    now = sn.scores(real)
    names = ["unshared_pairs", "exclusive_concerns", "missed_opportunities"]
    words = sn.plot.alt_text(sn.plot.scores_over_time(real, names=names, ax=sn.plot.page()))
    for name in names:
        assert f"{name.replace('_', ' ')} {round(float(now[name]), 2):g}" in words


def test_a_table_that_is_there_already_is_drawn_as_it_is():
    real = sn.load_case("worked_example")
    table = sn.scores_over_time(real)
    table["best_picture"] = 0.123
    assert "0.12" in said(sn.plot.scores_over_time(real, names=["best_picture"], table=table, ax=sn.plot.page()))
