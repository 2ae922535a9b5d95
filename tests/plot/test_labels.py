"""No label lies on another, none is too small to read, and none leaves the page: measured, at every size."""

from __future__ import annotations

import itertools
import math

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import safetynet as sn
from safetynet.plot.kit.style import SMALLEST, SOFT
from tests.plot.crowd import crowded
from tests.plot.drawing import CASES, KINDS, boxes, drawer, on_a_slide, outside, overlaps, said, texts

pytestmark = pytest.mark.slow  # every test here draws


QUICK = [kind for kind in KINDS if kind != "scores_over_time"]  # it works out every score of every day


SLOW = [pytest.param(size, page, marks=pytest.mark.slow) for size in (15, 30, 60) for page in ("slide", "a4")]


@pytest.mark.parametrize(("people", "page"), [(20, "slide"), *SLOW])
@pytest.mark.parametrize("kind", QUICK)
def test_no_label_box_overlaps_another_at_any_size(kind, people, page):
    ax = drawer(kind)(crowded(people), ax=sn.plot.page(page))
    assert overlaps(ax) == []
    assert outside(ax) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_of_every_packaged_case_fits_on_an_a4_page_with_legible_letters(kind, name):
    ax = drawer(kind)(sn.load_case(name), ax=sn.plot.page("a4_landscape"))
    assert overlaps(ax) == []
    assert outside(ax) == []
    assert min(text.get_fontsize() for text in texts(ax)) >= SMALLEST


@pytest.mark.parametrize("kind", KINDS)
def test_letters_on_a_slide_are_twelve_points_and_eleven_where_the_key_of_codes_needs_the_room(kind):
    for name in ("max", "victoria_climbie"):
        ax = on_a_slide(kind, name)
        least = 11 if (kind, name) == ("chronology", "victoria_climbie") else 12  # 21 lanes, and 32 concerns
        assert min(text.get_fontsize() for text in texts(ax)) >= least


@pytest.mark.parametrize("name", [*CASES, "harbour_street"])
@pytest.mark.parametrize("kind", ["chronology", "network", "agency_sets", "meeting_coverage", "beliefs_and_duties"])
def test_every_code_that_stands_in_a_picture_on_a_slide_stands_in_its_key(kind, name):
    ax = on_a_slide(kind, name)
    codes = {concern.id for concern in sn.load_case(name)._records.concerns.values()}
    every = [text.get_text() for text in ax.texts]
    explained = {one for one, after in itertools.pairwise(every) if one in codes and len(after) > 4}
    standing = {word.strip("·,:") for text in every for word in text.split() if word.strip("·,:") in codes}
    assert standing <= explained
    assert "see the concerns of the case" not in said(ax)


@pytest.mark.parametrize("kind", [kind for kind in QUICK if kind != "responsibility"])  # the same owner often
def test_no_two_labels_are_cut_to_the_same_text(kind):
    for page in ("slide", (5.4, 4.6)):
        ax = drawer(kind)(sn.load_case("victoria_climbie"), ax=sn.plot.page(page))
        cut = [text.get_text() for text in ax.texts if text.get_text().endswith("…") and len(text.get_text()) > 4]
        assert len(cut) == len(set(cut))


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_says_that_nobody_is_measured_and_its_small_print_is_whole(kind):
    drawn = [drawer(kind)(crowded(15), ax=sn.plot.page("a4"))] if kind in QUICK else []
    for ax in (on_a_slide(kind, "victoria_climbie"), *drawn):
        words = [text.get_text() for text in ax.texts]
        assert words.count("A network over a period, not a person") == 1
        small = [text for text in ax.texts if text.get_color() == SOFT and text.get_position()[0] == 0]
        foot = min(small, key=lambda text: text.get_position()[1])
        assert not foot.get_text().endswith("…")


@pytest.mark.parametrize("kind", QUICK)
def test_a_picture_beside_another_keeps_its_room_its_letters_and_its_small_print(kind):
    for made in (sn.load_case("reuben"), crowded(30)):
        figure = Figure(figsize=(14, 6))
        FigureCanvasAgg(figure)
        left, right = figure.subplots(1, 2)
        ax = drawer(kind)(made, ax=left)
        assert overlaps(ax) == []
        assert all(box[2] < right.get_window_extent().x0 * 72 / figure.dpi for _, box in boxes(ax))
        assert min(text.get_fontsize() for text in texts(ax)) >= SMALLEST
        assert not [text for text in ax.texts if "too small" in text.get_text()]
        foot = min(boxes(ax), key=lambda found: found[1][1])[0]
        assert not foot.endswith("…")


@pytest.mark.parametrize("kind", ["network", "chronology", "agency_sets"])
def test_codes_are_explained_on_a_slide_of_sixty_people_and_no_two_alike(kind):
    ax = drawer(kind)(crowded(60), ax=sn.plot.page())
    explained = [text.get_text() for text in ax.texts if text.get_text().startswith("Someth")]
    assert len(explained) == len(set(explained)) == 14
    assert "see the concerns of the case" not in said(ax)


def test_worries_and_owners_in_the_picture_of_responsibility_are_not_cut_to_the_same():
    ax = sn.plot.responsibility(crowded(60), ax=sn.plot.page())
    explained = [text.get_text() for text in ax.texts if text.get_text().startswith("Someth")]
    assert len(explained) == len(set(explained)) == 14
    leads = [text.get_text() for text in ax.texts if "Designated" in text.get_text()]
    assert len(leads) == len(set(leads)) == 2  # number 43 and number 53


@pytest.mark.parametrize("name", [pytest.param("khyra_ishaq", marks=pytest.mark.slow), "max"])
@pytest.mark.parametrize("kind", KINDS)
def test_beside_another_picture_the_drawing_keeps_most_of_its_room(kind, name):
    figure = Figure(figsize=(14, 6))
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    drawer(kind)(sn.load_case(name), ax=left)
    right.set_axis_off()
    assert overlaps(left) == []
    assert "too small" not in said(left)
    high = left.get_ylim()[1]
    foot = [text for text in left.texts if text.get_position()[1] < high * 0.42]
    assert len(foot) < len(left.texts)


@pytest.mark.parametrize("kind", ["network", "chronology", "agency_sets"])
def test_in_a_figure_that_lays_itself_out_the_drawing_is_as_large_as_it_was_measured(kind):
    figure = Figure(figsize=(14, 6), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    right.set_ylabel("something else")
    drawer(kind)(sn.load_case("max"), ax=left)
    figure.draw_without_rendering()
    box = left.get_window_extent()
    assert box.width * 72 / figure.dpi == pytest.approx(left.get_xlim()[1], rel=0.01)
    assert overlaps(left) == []


@pytest.mark.parametrize("people", [15, pytest.param(60, marks=pytest.mark.slow)])
def test_slanting_heads_stand_further_apart_than_their_letters_are_high(people):
    ax = sn.plot.who_knew_what(crowded(people), ax=sn.plot.page())
    heads = sorted((text for text in ax.texts if text.get_rotation()), key=lambda text: text.get_position()[0])
    places = [text.get_position()[0] for text in heads]
    angle = math.radians(heads[0].get_rotation())
    assert len(heads) > 10
    assert min(b - a for a, b in itertools.pairwise(places)) * math.sin(angle) > heads[0].get_fontsize()


@pytest.mark.slow
def test_sixty_people_still_have_a_place_each_where_they_are_asked_for():
    made = crowded(60)
    ax = sn.plot.network(made, by="person", ax=sn.plot.page())
    written = [line.get_text() for line in ax.texts]
    assert sum(any(text.startswith(name) for text in written) for name in made.people["name"]) >= 60
    assert overlaps(ax) == []


def test_beyond_twenty_five_people_an_agency_stands_for_its_people_with_their_number():
    ax = sn.plot.network(crowded(30, agencies=10), ax=sn.plot.page())
    assert said(ax).count("(3)") == 10  # 30 people in 10 agencies
    assert overlaps(ax) == []
    few = sn.plot.network(crowded(15), ax=sn.plot.page("a4"))
    assert "Social worker 1" in said(few)


@pytest.mark.slow
def test_two_hundred_agencies_are_rolled_up_to_their_sectors():
    ax = sn.plot.network(crowded(200, agencies=200, rows=50), ax=sn.plot.page())
    assert "police (22)" in said(ax)  # agencies 2, 11, ... of 9 sectors: 22 of 200
    assert overlaps(ax) == []
