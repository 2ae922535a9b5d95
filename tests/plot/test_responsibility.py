"""The responsibility picture: what it draws."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import safetynet as sn
from tests.plot.drawing import said


def test_dark_bars_are_the_spells_without_an_owner():
    real = sn.load_case("max")
    ax = sn.plot.responsibility(real, ax=sn.plot.page())
    dark = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_zorder() == 2.2]
    assert len(dark) == sum(map(len, sn.tables.responsibility(real)["unowned"]))


def test_worries_without_room_are_counted():
    ax = Figure(figsize=(8, 3)).subplots()
    words = said(sn.plot.responsibility(sn.load_case("victoria_climbie"), ax=ax)).replace("\n", " ")
    assert "not shown for want of room" in words
