"""Axes in, the same axes out; nothing shown, nothing changed, the same picture every time."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

import safetynet as sn
from safetynet.plot.saving import rendered
from tests.plot.drawing import CASES, KINDS, drawer, on_a_slide, said

pytestmark = pytest.mark.slow  # every test here draws


@pytest.fixture(scope="module")
def case() -> sn.Case:
    return sn.load_case("reuben")


@pytest.mark.parametrize("kind", KINDS)
def test_the_axes_given_come_back_and_no_other_figure_is_made(kind, case):
    ax = Figure(figsize=(9, 6)).subplots()
    assert drawer(kind)(case, ax=ax) is ax
    assert plt.get_fignums() == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_axes_the_picture_is_on_a_new_figure_that_pyplot_shows(kind, case, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("shown by itself"))
    ax = drawer(kind)(case)
    assert plt.get_fignums() == [ax.figure.number]
    assert tuple(ax.figure.get_size_inches()) == pytest.approx((13.33, 7.5))


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings_of_matplotlib_are_as_they_were(kind, case):
    before = dict(mpl.rcParams)
    drawer(kind)(case, ax=sn.plot.page())
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_settings_of_the_user_do_not_change_the_picture(kind, case):
    plain = rendered(drawer(kind)(case, ax=sn.plot.page()), "svg")
    with mpl.rc_context({"font.size": 22, "lines.linewidth": 9, "text.color": "red"}):
        assert rendered(drawer(kind)(case, ax=sn.plot.page()), "svg") == plain


@pytest.mark.parametrize(
    ("kind", "ending"), [*((kind, "svg") for kind in KINDS), ("network", "png"), ("ecomap", "pdf")]
)
def test_the_same_picture_has_the_same_bytes_twice(kind, ending):
    first, second = (rendered(drawer(kind)(sn.load_case("reuben"), ax=sn.plot.page()), ending, 60) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_an_earlier_date_shows_less(kind, case):
    late, early = (drawer(kind)(case, at=at, ax=sn.plot.page()) for at in (None, "2023-12-31"))
    assert said(late) != said(early)
    assert sn.plot.alt_text(late) != sn.plot.alt_text(early)
    assert "31 May 2024" in said(late)
    assert "31 Dec 2023" in said(early)


@pytest.mark.parametrize("kind", KINDS)
def test_the_default_date_is_the_day_before_the_harm(kind):
    assert "23 Feb 2000" in on_a_slide(kind, "victoria_climbie")._left_title.get_text()


@pytest.mark.parametrize("kind", KINDS)
def test_a_date_before_anything_happened_and_a_case_without_rows_draw_without_a_fault(kind, case):
    assert sn.plot.alt_text(drawer(kind)(case, at="1990-01-01", ax=sn.plot.page()))
    table = case.chronology.iloc[:0]
    empty = sn.Case(case.people, case.concerns, table, case.agencies, title="Nothing yet")
    assert sn.plot.alt_text(drawer(kind)(empty, ax=sn.plot.page()))


@pytest.mark.parametrize("kind", KINDS)
def test_small_axes_beside_others_are_drawn_on(kind, case):
    left, right = Figure(figsize=(10, 5)).subplots(1, 2)
    drawer(kind)(case, ax=left)
    drawer(kind)(sn.load_case("max"), ax=right)
    assert "Reuben" in left._left_title.get_text()
    assert len(right.get_children()) > 10


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_alt_text_says_what_the_picture_shows(kind, name):
    words = sn.plot.alt_text(on_a_slide(kind, name))
    assert sn.load_case(name).title in words
    assert words.endswith((".", "sets."))
    assert 40 < len(words) < 1200


def test_alt_text_of_axes_on_which_nothing_was_drawn_says_so():
    with pytest.raises(sn.ArgumentError, match="drawn nothing"):
        sn.plot.alt_text(Figure().subplots())


def test_alt_text_of_a_figure_has_all_its_pictures(case):
    figure = Figure(figsize=(16, 8))
    left, right = figure.subplots(1, 2)
    sn.plot.network(case, ax=left)
    sn.plot.agency_sets(case, ax=right)
    assert sn.plot.alt_text(figure) == f"{sn.plot.alt_text(left)} {sn.plot.alt_text(right)}"


def test_a_page_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(sn.ArgumentError, match="'slide', 'a4', 'a4_landscape'"):
        sn.plot.page("a5")
