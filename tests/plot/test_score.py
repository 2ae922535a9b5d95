"""The picture of one score: what it draws."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle

import safetynet as sn
from tests.plot.drawing import said


def test_a_score_is_a_bar_on_its_range_with_its_sentence():
    score = sn.best_picture(sn.load_case("worked_example"))
    ax = sn.plot.score(score, ax=sn.plot.page((9, 3.4)))
    assert "0.778" in said(ax)
    assert "higher is better" in said(ax)
    sheet, bar = [patch for patch in ax.patches if isinstance(patch, Rectangle)][:2]
    assert bar.get_width() / sheet.get_width() == pytest.approx(7 / 9)


def test_a_score_that_is_not_defined_says_why():
    score = sn.best_picture(sn.load_case("worked_example"), at="2020-01-01")
    words = said(sn.plot.score(score, ax=sn.plot.page((9, 3.4))))
    assert "not defined" in words
    assert "no professional" in words


def test_bounds_are_drawn_where_they_differ():
    score = sn.temporal_fragmentation(sn.load_case("victoria_climbie"))
    ax = sn.plot.score(score, ax=sn.plot.page((9, 3.4)))
    assert any(line.get_color() == "#8f2d00" for line in ax.lines)


def test_a_score_plots_itself():
    score = sn.best_picture(sn.load_case("worked_example"))
    ax = sn.plot.page((9, 3.4))
    assert score.plot(ax=ax) is ax
