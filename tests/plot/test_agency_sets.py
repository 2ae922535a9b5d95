"""The picture of agency sets: what it draws."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle

import safetynet as sn
from tests.plot.drawing import said


def test_there_is_a_bar_for_every_set_as_high_as_its_weight():
    real = sn.load_case("reuben")
    ax = sn.plot.agency_sets(real, legend=False, ax=sn.plot.page())
    table = sn.tables.agency_sets(real)
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_zorder() == 2.0]
    highs = sorted((bar.get_x(), bar.get_height()) for bar in bars)
    unit = highs[0][1] / table["weight"].iloc[0]
    assert [high / unit for _, high in highs] == pytest.approx(table["weight"].tolist())


def test_every_worry_of_a_small_case_stands_on_its_bar_and_in_the_key():
    ax = sn.plot.agency_sets(sn.load_case("worked_example"), ax=sn.plot.page())
    for worry in ("c1", "c2", "c3"):
        assert said(ax).split().count(worry) == 2
