"""The picture of the matters: gaps at the left, strengths at the right, and how much of each it shows."""

from __future__ import annotations

import re

import pytest
from matplotlib.patches import Rectangle, Wedge

import safetynet as sn
from safetynet.plot.kit.style import MARK
from tests.builder import nobody
from tests.plot.drawing import said

GAP, STRENGTH = MARK, "#009E73"


def bars(ax, colour):
    """The bars of a side, from top to bottom."""
    from matplotlib.colors import to_rgba

    found = [one for one in ax.patches if isinstance(one, Rectangle) and one.get_facecolor() == to_rgba(colour)]
    return sorted(found, key=lambda bar: -bar.get_y())


@pytest.fixture(scope="module")
def both():
    case = sn.load_case("max")
    return sn.matters(case), sn.plot.matters(case, legend=False, ax=sn.plot.page())


@pytest.mark.slow
@pytest.mark.parametrize(("side", "colour"), [("gap", GAP), ("strength", STRENGTH)])
def test_every_matter_of_a_side_has_a_bar_as_long_as_its_weight(both, side, colour):
    table, ax = both
    weights = table.loc[table["side"] == side, "weight"].tolist()
    wide = [bar.get_width() for bar in bars(ax, colour)]
    longest = max(bar.get_width() for bar in bars(ax, GAP) + bars(ax, STRENGTH))
    assert wide == pytest.approx([longest * weight / table["weight"].max() for weight in weights])


def test_gaps_stand_left_of_strengths(both):
    _, ax = both
    assert max(bar.get_x() for bar in bars(ax, GAP)) < min(bar.get_x() for bar in bars(ax, STRENGTH))


def test_a_disc_is_as_full_as_the_matter_is_certain():
    case = sn.load_case("victoria_climbie")
    certain = sn.matters(case).query("side == 'strength'")["certainty"].tolist()
    ax = sn.plot.matters(case, legend=False, ax=sn.plot.page())
    discs = sorted((one for one in ax.patches if isinstance(one, Wedge)), key=lambda one: -one.center[1])
    shares = [(one.theta2 - one.theta1) / 360 for one in discs if one.center[0] > ax.get_xlim()[1] * 0.56]
    assert shares == pytest.approx(certain)


def test_matters_without_room_are_counted():
    case = sn.load_case("victoria_climbie")
    ax = sn.plot.matters(case, ax=sn.plot.page())
    gaps = (sn.matters(case)["side"] == "gap").sum()
    drawn = len(bars(ax, GAP)) - 1  # one stands in the key
    assert 5 < drawn < gaps
    assert f"{gaps - drawn} lighter gaps not shown" in said(ax)
    assert f"{gaps} gaps" in said(ax)


def test_a_side_on_which_nothing_is_found_says_so():
    ax = sn.plot.matters(sn.load_case("worked_example"), ax=sn.plot.page())
    assert "no strength" in said(ax)
    assert "No rule finds one in this record." in said(ax)
    assert "No rule finds anything" in said(sn.plot.matters(nobody(), ax=sn.plot.page()))


def test_without_hindsight_what_a_reviewer_says_was_needed_is_not_drawn():
    case = sn.load_case("max")
    assert "Needed, as a reviewer says" in said(sn.plot.matters(case, ax=sn.plot.page()))
    assert "Needed, as a reviewer says" not in said(sn.plot.matters(case, hindsight=False, ax=sn.plot.page()))


@pytest.mark.parametrize("name", ["harbour_street", "khyra_ishaq", "victoria_climbie"])
def test_no_date_in_a_heading_is_cut_on_a_slide(name):
    ax = sn.plot.matters(sn.load_case(name), ax=sn.plot.page())
    assert not [text.get_text() for text in ax.texts if re.search(r"\d \w{3}( \d{0,3})?…", text.get_text())]
