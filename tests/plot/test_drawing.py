"""What every picture has: its own title and key, the line at the foot, and a word where there is no room."""

from __future__ import annotations

import inspect
import re

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

import safetynet as sn
from tests.builder import case
from tests.plot.drawing import CASES, KINDS, drawer, on_a_slide, said

pytestmark = pytest.mark.slow  # every test here draws


KEYED = [kind for kind in KINDS if kind not in ("scores_over_time", "agency_matrix")]


@pytest.fixture(scope="module")
def reuben() -> sn.Case:
    return sn.load_case("reuben")


@pytest.mark.parametrize("kind", KINDS)
def test_what_every_picture_takes_stands_in_its_signature(kind, reuben):
    shown = inspect.signature(drawer(kind)).parameters
    common = [name for name in ("ax", "title", "legend", "rules") if name != "legend" or kind in KEYED]
    assert list(shown)[:2] == ["case", "at"]
    assert [name for name in shown if name in ("ax", "title", "legend", "rules")] == common
    assert not any(one.kind is one.VAR_KEYWORD for one in shown.values())
    with pytest.raises(TypeError, match="'colour'"):
        drawer(kind)(reuben, colour="red")
    assert plt.get_fignums() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_of_your_own_takes_the_place_of_the_usual_one(kind, reuben):
    assert drawer(kind)(reuben, title="Our review", ax=sn.plot.page())._left_title.get_text() == "Our review"
    assert drawer(kind)(reuben, title="", ax=sn.plot.page())._left_title.get_text() == ""


@pytest.mark.parametrize("kind", KEYED)
def test_without_a_legend_there_is_no_key_and_more_room(kind, reuben):
    with_key, without = (drawer(kind)(reuben, legend=legend, ax=sn.plot.page()) for legend in (True, False))
    assert len(without.texts) < len(with_key.texts)
    assert sn.plot.alt_text(without) == sn.plot.alt_text(with_key)


@pytest.mark.parametrize("kind", KINDS)
def test_axes_that_are_too_small_say_so_and_nothing_else(kind):
    ax = Figure(figsize=(2, 2)).subplots()
    assert drawer(kind)(sn.load_case("victoria_climbie"), ax=ax) is ax
    assert "too small for this picture" in said(ax).replace("\n", " ")
    assert "too small for this picture" in sn.plot.alt_text(ax)
    assert len(ax.texts) == 1
    assert len(ax.lines) == len(ax.patches) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_never_say_one_of_many(kind):
    made = case("T@school S@council", "c1", "observed T c1", "told T>S - phone", "agreed S c1", "met T;S c1")
    for ax in (drawer(kind)(made, ax=sn.plot.page()), *(on_a_slide(kind, name) for name in CASES)):
        text = f"{said(ax)} {sn.plot.alt_text(ax)}".replace("\n", " ")
        assert (
            re.findall(
                r"(?<![\d.])1 (?:contacts|meetings|people|days|rows|worries|arrows|pairs|agencies|lines|sightings)",
                text,
            )
            == []
        )
